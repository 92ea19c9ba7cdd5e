//! Plans in the order of their cost until enough are confirmed.
//!
//! A plan whose gains promise the need, but which the scoring does not confirm (a cap, a tie, a grade
//! limit), may still be a part of one that holds. What it lacks, others must promise beside it: the
//! cheapest additions to it, and better levels of what it does already, join the queue.

use super::bench::Bench;
use super::{DIGITS, Goal, Improvement, Way};
use crate::optimum::{Alternative, Choices};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashSet};

/// Of each choice the alternative that is taken, if any.
pub type Chosen = Vec<Option<usize>>;

/// So many plans are tried before the search is given up.
const TRIED: usize = 20_000;

/// So many additions to a plan that fails join the queue.
const ADDED: usize = 32;

/// What waits: its cost, how many choices it touches, and the plan.
type Waiting = Reverse<(u64, usize, Chosen)>;

/// A search for ways to a goal.
pub struct Search<'s, 'a> {
    pub bench: &'s mut Bench<'a>,
    pub offered: &'s [Vec<Improvement>],
    pub alternatives: &'s [Vec<Alternative>],
    pub choices: &'s Choices,
    /// Decimal places of costs.
    pub digits: u32,
}

impl Search<'_, '_> {
    /// The cheapest ways, at most so many; and whether nothing cheaper than the last was left out.
    pub fn ways(&mut self, goal: Goal, need: u128, count: usize) -> (Vec<Way>, bool) {
        let mut plans = self.choices.plans(need).peekable();
        let mut waiting: BinaryHeap<Waiting> = BinaryHeap::new();
        let mut seen: HashSet<Chosen> = HashSet::new();
        let mut unseen_from = u64::MAX;
        let mut found: Vec<Way> = Vec::new();
        for _ in 0..TRIED {
            let first = plans.peek().map(|plan| (plan.cost, plan.touched()));
            let second = waiting.peek().map(|Reverse((cost, touched, _))| (*cost, *touched));
            let next = match (first, second) {
                (None, None) => return (found, unseen_from == u64::MAX),
                (Some(first), second) if second.is_none_or(|second| first <= second) => {
                    plans.next().map(|plan| (plan.cost, plan.chosen))
                }
                _ => waiting.pop().map(|Reverse((cost, _, chosen))| (cost, chosen)),
            };
            let Some((cost, chosen)) = next else { continue };
            if !seen.insert(chosen.clone()) || self.is_more_than_one(&chosen, &found) {
                continue;
            }
            let way = self.way(&chosen, cost);
            if self.bench.is_reached(way.reached, goal) {
                found.push(way);
                if found.len() == count {
                    return (found, cost <= unseen_from);
                }
                continue;
            }
            let lacking = self.lacking(&way, goal);
            unseen_from = unseen_from.min(self.add_to(&chosen, cost, lacking, &mut waiting));
        }
        (found, false)
    }

    /// A way by what is taken.
    pub fn way(&mut self, chosen: &Chosen, cost: u64) -> Way {
        let (mut start, mut acts, mut taken) = (0, Vec::new(), Vec::new());
        for (options, at) in self.offered.iter().zip(chosen) {
            if let Some(at) = at {
                acts.push(start + at);
                taken.push(&options[*at].act);
            }
            start += options.len();
        }
        let cost = Decimal::from_i128_with_scale(i128::from(cost), self.digits);
        Way { acts, cost, reached: self.bench.reached(&taken) }
    }

    /// Whether a plan does all that a found way does, and more.
    fn is_more_than_one(&self, chosen: &Chosen, found: &[Way]) -> bool {
        let mut start = 0;
        let mut acts = BTreeSet::new();
        for (options, at) in self.offered.iter().zip(chosen) {
            acts.extend(at.map(|at| start + at));
            start += options.len();
        }
        found.iter().any(|way| way.acts.iter().all(|act| acts.contains(act)))
    }

    /// What a plan lacks, in scaled points: at least one step, even where a tie or a limit is all.
    fn lacking(&self, way: &Way, goal: Goal) -> u128 {
        let Some(needed) = self.bench.needed_index(goal) else { return u128::MAX };
        let lacking = (needed - way.reached.index) * self.bench.max() / Decimal::ONE_HUNDRED;
        super::scaled_down(lacking, DIGITS).max(1)
    }

    /// Puts the cheapest additions to a plan into the queue; the cost from which on some are left out.
    fn add_to(&self, chosen: &Chosen, cost: u64, lacking: u128, waiting: &mut BinaryHeap<Waiting>) -> u64 {
        let mut offered: Vec<Vec<Alternative>> = Vec::with_capacity(chosen.len());
        let mut places: Vec<Vec<usize>> = Vec::with_capacity(chosen.len());
        for (all, taken) in self.alternatives.iter().zip(chosen) {
            let base = taken.map_or(Alternative { gain: 0, cost: 0 }, |at| all[at]);
            let better =
                all.iter().enumerate().filter(|(_, one)| base.gain < one.gain && base.cost <= one.cost);
            let more = |(at, one): (usize, &Alternative)| {
                (at, Alternative { gain: one.gain - base.gain, cost: one.cost - base.cost })
            };
            let (at, more): (Vec<usize>, Vec<Alternative>) = better.map(more).unzip();
            places.push(at);
            offered.push(more);
        }
        let Ok(choices) = Choices::new(offered) else { return cost };
        for (number, plan) in choices.plans(lacking).enumerate() {
            if number == ADDED {
                return cost.saturating_add(plan.cost);
            }
            let mut all = chosen.clone();
            for (choice, at) in plan.chosen.iter().enumerate() {
                if let Some(at) = at {
                    all[choice] = Some(places[choice][*at]);
                }
            }
            let touched = all.iter().flatten().count();
            waiting.push(Reverse((cost + plan.cost, touched, all)));
        }
        u64::MAX
    }
}
