//! How a unit reaches a rank, an index or a grade: what it could do, what that gains, and the cheapest
//! way, others unchanged.
//!
//! Every criterion of the unit is a choice between the levels that its rule names, every event of a
//! deduction can be waived. What each can add to the total at the most makes an integer problem
//! ([`crate::optimum`]) whose plans come cheapest first; the ordinary scoring confirms each, with caps,
//! ties, grade limits and all, and the first that it confirms is the cheapest. Where a criterion's rule
//! looks at another criterion, both together may bring more than was promised, and a way that is cheaper
//! still could be passed over.

mod alternatives;
mod bench;
mod search;

use super::Scored;
use crate::lang::Text;
use crate::number::settle;
use crate::optimum::{Alternative, Choices};
use crate::validate::costs::Costs;
use rust_decimal::Decimal;
use std::collections::HashMap;

pub use alternatives::{Act, Improvement};
use bench::Bench;
use search::Search;

/// What a unit is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// A rank in its block, or a better one.
    Rank(u32),
    /// An index, in %.
    Index(Decimal),
    /// A grade, by its place in the set, or a better one.
    Grade(usize),
}

/// How a unit stands after a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// The index, exact.
    pub index: Decimal,
    /// The rank in its block.
    pub rank: Option<u32>,
    /// The grade: its place in the set.
    pub grade: Option<usize>,
}

/// A way to the goal.
#[derive(Clone, Debug)]
pub struct Way {
    /// What is done: places among the improvements.
    pub acts: Vec<usize>,
    /// What it costs together.
    pub cost: Decimal,
    /// How the unit then stands.
    pub reached: Reached,
}

/// Everything that can be done for a unit.
#[derive(Debug)]
pub struct Improvements<'a> {
    bench: Bench<'a>,
    /// What can be done, choice by choice.
    pub offered: Vec<Vec<Improvement>>,
    /// How the unit stands now.
    pub now: Reached,
    alternatives: Vec<Vec<Alternative>>,
    choices: Choices,
    /// Costs are whole numbers of so many decimal places.
    digits: u32,
}

/// Digits of points that bounds are computed with; gains are rounded up, needs down.
const DIGITS: u32 = 6;

/// Why nothing can be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The unit is not scored.
    NotScored,
    /// Costs are too large to be added up.
    TooLarge,
}

impl<'a> Improvements<'a> {
    /// What can be done for a unit of a scored round; criteria in `keep` (folded ids) stay as they are.
    ///
    /// # Errors
    /// A unit that is not scored; costs that are too large.
    pub fn of(
        scored: &'a Scored,
        (tier, unit): (usize, usize),
        costs: &Costs,
        keep: &[String],
    ) -> Result<Improvements<'a>, Fault> {
        let mut bench = Bench::new(scored, tier, unit).ok_or(Fault::NotScored)?;
        let offered = alternatives::all(&mut bench, costs, keep);
        let digits = offered.iter().flatten().map(|one| one.cost.normalize().scale()).max().unwrap_or(0);
        let alternative = |one: &Improvement| Alternative {
            gain: scaled_up(one.bound, DIGITS),
            cost: u64::try_from(scaled_up(one.cost, digits)).unwrap_or(u64::MAX),
        };
        let alternatives: Vec<Vec<Alternative>> =
            offered.iter().map(|options| options.iter().map(alternative).collect()).collect();
        let choices = Choices::new(alternatives.clone()).map_err(|_| Fault::TooLarge)?;
        let now = bench.reached(&[]);
        Ok(Improvements { bench, offered, now, alternatives, choices, digits })
    }

    /// The levels that criteria and deductions have for the unit, by folded id.
    pub fn levels(&self) -> HashMap<String, Vec<Text>> {
        alternatives::levels(&self.bench)
    }

    /// The cheapest ways to a goal, at most so many, fewer where there are no more; and whether nothing
    /// cheaper was left out.
    pub fn ways(&mut self, goal: Goal, count: usize) -> (Vec<Way>, bool) {
        let need = self.need(goal);
        self.search().ways(goal, need, count)
    }

    /// The cheapest way among those that touch the fewest criteria, if the scoring confirms it.
    pub fn fewest(&mut self, goal: Goal) -> Option<Way> {
        let plan = self.choices.fewest(self.need(goal))?;
        let way = self.search().way(&plan.chosen, plan.cost);
        self.bench.is_reached(way.reached, goal).then_some(way)
    }

    /// The cheapest way to every better rank, best first.
    pub fn frontier(&mut self) -> Vec<(u32, Option<Way>)> {
        let Some(now) = self.now.rank else { return Vec::new() };
        let ranks: Vec<u32> = (1..now).collect();
        let needs: Vec<u128> = ranks.iter().map(|rank| self.need(Goal::Rank(*rank))).collect();
        let plans = self.choices.frontier(&needs);
        let mut found = Vec::new();
        for (rank, plan) in ranks.into_iter().zip(plans) {
            let goal = Goal::Rank(rank);
            let first = plan.map(|plan| self.search().way(&plan.chosen, plan.cost));
            let confirmed = match first {
                Some(way) if self.bench.is_reached(way.reached, goal) => Some(way),
                Some(_) => self.ways(goal, 1).0.pop(),
                None => None,
            };
            found.push((rank, confirmed));
        }
        found
    }

    /// Whether the unit has reached a goal already.
    pub fn is_reached(&self, goal: Goal) -> bool {
        self.bench.is_reached(self.now, goal)
    }

    /// How far everything together brings the unit.
    pub fn most(&mut self) -> Way {
        let plan = self.choices.most();
        self.search().way(&plan.chosen, plan.cost)
    }

    fn search(&mut self) -> Search<'_, 'a> {
        Search {
            bench: &mut self.bench,
            offered: &self.offered,
            alternatives: &self.alternatives,
            choices: &self.choices,
            digits: self.digits,
        }
    }

    /// The index that a goal needs at least; more where ties and limits ask for it.
    pub fn needed_index(&self, goal: Goal) -> Option<Decimal> {
        self.bench.needed_index(goal)
    }

    /// The need in scaled points: never more than what is needed.
    fn need(&self, goal: Goal) -> u128 {
        let Some(index) = self.bench.needed_index(goal) else { return u128::MAX };
        scaled_down(settle((index - self.now.index) * self.bench.max() / Decimal::ONE_HUNDRED), DIGITS)
    }
}

/// A number that is not negative as a whole number of so many decimal places, never less than it is.
fn scaled_up(number: Decimal, digits: u32) -> u128 {
    let unit = Decimal::new(1, digits);
    u128::try_from((number / unit).ceil().mantissa()).unwrap_or(0)
}

/// The same, never more than it is; 0 below 0.
fn scaled_down(number: Decimal, digits: u32) -> u128 {
    let unit = Decimal::new(1, digits);
    u128::try_from((number / unit).floor().mantissa()).unwrap_or(0)
}
