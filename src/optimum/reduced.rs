//! What may still be decided if a plan shall not exceed a weight.
//!
//! With the slope of the relaxation as the price of a gain, a decision has a reduced weight: how much
//! heavier than the bound a plan with it must be. What exceeds the limit is left out; a choice with
//! one decision left is settled (Pisinger 1995, *European Journal of Operational Research* 83,
//! 394–410, reduces classes so).

use super::decision::Decision;
use super::problem::{Chosen, Problem};
use super::relaxation::{Relaxation, Scale};
use std::ops::RangeInclusive;

/// The part of a problem that is open, and what is settled.
#[derive(Debug)]
pub(super) struct Reduced {
    /// The decisions of each open choice.
    pub(super) open: Vec<Vec<Decision>>,
    /// Their places among all choices.
    places: Vec<usize>,
    /// For each choice what is settled; none where it is open.
    settled: Chosen,
    /// Gain, weight and least drop of what is settled.
    pub(super) gain: u128,
    pub(super) weight: u128,
    pub(super) drop: u128,
    /// The least and the greatest need, and what a plan may weigh, with what is settled.
    pub(super) least: u128,
    pub(super) greatest: u128,
    pub(super) limit: u128,
    pub(super) scale: Scale,
}

impl Reduced {
    /// None if nothing reaches the least need within the limit. Takes O(a) for `a` alternatives.
    pub(super) fn new(problem: &Problem, needs: RangeInclusive<u128>, limit: u128) -> Option<Reduced> {
        let (least, greatest) = needs.into_inner();
        let scale = problem.scale;
        let need = scale.apply(least);
        let slope = problem.curve.bound(need)?.slope;
        let reduced = |decision: &Decision| {
            (decision.weight * slope.gain) as i128 - (scale.apply(decision.gain) * slope.weight) as i128
        };
        let lowest = |decisions: &Vec<Decision>| decisions.iter().map(reduced).min().unwrap_or(0);
        let bound: i128 = problem.choices.iter().map(lowest).sum::<i128>() + (need * slope.weight) as i128;
        let spare = (limit * slope.gain) as i128 - bound;
        let count = problem.choices.len();
        let (mut open, mut places, mut settled) = (Vec::new(), Vec::new(), vec![None; count]);
        let (mut gain, mut weight, mut drop) = (0, 0, u128::MAX);
        for (place, decisions) in problem.choices.iter().enumerate() {
            let lowest = lowest(decisions);
            let left = |decision: &&Decision| reduced(decision) - lowest <= spare;
            let mut few = decisions.iter().filter(left);
            let first = few.next()?;
            if few.next().is_none() {
                gain += first.gain;
                weight += first.weight;
                drop = drop.min(first.drop);
                settled[place] = first.alternative;
            } else {
                open.push(decisions.iter().filter(left).copied().collect());
                places.push(place);
            }
        }
        Some(Reduced { open, places, settled, gain, weight, drop, least, greatest, limit, scale })
    }

    pub(super) fn relaxation(&self) -> Relaxation {
        Relaxation::new(&self.open, self.scale)
    }

    /// For each choice of the problem the alternative that is taken, given the places of the
    /// decisions in the open choices.
    pub(super) fn chosen(&self, path: &[usize]) -> Chosen {
        let mut chosen = self.settled.clone();
        for ((&place, decisions), &at) in self.places.iter().zip(&self.open).zip(path) {
            chosen[place] = decisions[at].alternative;
        }
        chosen
    }
}
