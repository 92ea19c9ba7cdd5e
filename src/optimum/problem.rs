//! Choices with weights: of all ways to reach a need the lightest is asked for.

use super::Alternative;
use super::completions::Completions;
use super::decision::{Decision, decisions};
use super::reduced::Reduced;
use super::relaxation::{Curve, Relaxation, Scale};

/// For each choice the alternative that is taken, if any.
pub(super) type Chosen = Vec<Option<usize>>;

/// Decisions and what they weigh, so much for a cost of 1 and so much for a choice that is touched.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) choices: Vec<Vec<Decision>>,
    pub(super) scale: Scale,
    pub(super) curve: Curve,
    /// The greatest gain.
    pub(super) most: u128,
    /// No plan weighs more.
    pub(super) heaviest: u128,
}

impl Problem {
    pub(super) fn new(offered: &[Vec<Alternative>], per_cost: u128, per_touch: u128) -> Problem {
        let choices: Vec<Vec<Decision>> =
            offered.iter().map(|offered| decisions(offered, per_cost, per_touch)).collect();
        let sum = |of: fn(&Decision) -> u128| -> u128 {
            choices.iter().map(|decisions| decisions.iter().map(of).max().unwrap_or(0)).sum()
        };
        let (most, heaviest) = (sum(|decision| decision.gain), sum(|decision| decision.weight));
        let scale = Scale::new(most, heaviest);
        let curve = Relaxation::new(&choices, scale).curve(choices.len());
        Problem { choices, scale, curve, most, heaviest }
    }

    /// The lightest way to a need, and its weight; none if nothing reaches the need.
    pub(super) fn lightest(&self, need: u128) -> Option<(u128, Chosen)> {
        let mut known = self.heaviest;
        for limit in self.limits(need)? {
            let limit = limit.min(known);
            let Some(reduced) = Reduced::new(self, need..=need, limit) else { continue };
            let completions = Completions::new(&reduced, usize::MAX)?;
            if let Some((weight, path)) = completions.best(&reduced, need) {
                return Some((weight, reduced.chosen(&path)));
            }
            // It need not be the best, but nothing heavier has to be looked at.
            known = completions.beyond(&reduced).map_or(known, |weight| known.min(weight));
        }
        None
    }

    /// Limits of weight in which to look, each wider than the one before; none if nothing reaches the
    /// need.
    pub(super) fn limits(&self, need: u128) -> Option<Limits> {
        if self.most < need {
            return None;
        }
        let least = self.curve.bound(self.scale.apply(need))?.weight;
        // A thousandth more is a first guess; few plans are looked at in vain.
        let gap = (least >> 10).max(1);
        Some(Limits { least, gap, heaviest: self.heaviest, is_last: false })
    }
}

/// See [`Problem::limits`].
#[derive(Clone, Debug)]
pub(super) struct Limits {
    least: u128,
    gap: u128,
    heaviest: u128,
    is_last: bool,
}

impl Iterator for Limits {
    type Item = u128;

    fn next(&mut self) -> Option<u128> {
        if self.is_last {
            return None;
        }
        let limit = (self.least + self.gap).min(self.heaviest);
        self.is_last = limit == self.heaviest;
        self.gap *= 2;
        Some(limit)
    }
}
