//! The cheapest way to points: which improvements, at most one a criterion, reach a score.
//!
//! Every criterion is a *choice* that offers *alternatives*, each with a gain and a cost. At most one
//! alternative of a choice is taken; the gains together must reach a need; the costs together shall be
//! as low as can be. This is the multiple-choice knapsack problem in its covering form (Kellerer,
//! Pferschy & Pisinger 2004, *Knapsack Problems*, ch. 11). Example: a need of 30, one choice with
//! 12 for 78 and 25 for 148, another with 18 for 90 and 40 for 300: the first of each, 30 for 168.
//!
//! ```text
//!  Choices ──▶ Problem ──need, limit──▶ Reduced ──▶ Completions ──▶ Plan, Plans
//!              decisions, relaxation    what may    what later
//!                                       still be    choices add
//! ```
//!
//! Gains are points scaled to whole numbers; they, and costs, may be as large as they can be added up.
//! Nothing is rounded, every answer is exact. Plans stand in one order: by cost, then by how few
//! choices they touch, then by larger gain, then by the first choice in which they differ, where the
//! earlier alternative goes before the later and any before none.
//!
//! How: cost and number of choices make one weight. The linear relaxation says what a need weighs at
//! least. What must exceed a limit a little above that is left out, decisions first; for the choices
//! that are still open, states of gain and weight are merged from the last choice to the first, without
//! those that are dominated or exceed the limit with the relaxation of the choices before them. A limit
//! that proves too low is widened.
//!
//! Usually lists hold some dozens of states and a hundred choices take a fraction of a millisecond. The
//! problem is NP-hard, though: lists are as long as there are gains, costs or ways to combine
//! alternatives, whichever is least. Only where gains and costs both have many digits and stand nearly
//! in proportion, so that the relaxation tells nothing apart, is that too much for time and memory.

mod completions;
mod decision;
mod frontier;
mod plans;
mod problem;
mod reduced;
mod relaxation;

pub use plans::Plans;

use problem::{Chosen, Problem};

/// Something that can be done in a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Alternative {
    /// What it adds, in the unit of the need.
    pub gain: u128,
    /// What it costs.
    pub cost: u64,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// All costs together.
    pub cost: u64,
    /// All gains together.
    pub gain: u128,
    /// For each choice the alternative that is taken, if any, as its place among those offered.
    pub chosen: Vec<Option<usize>>,
}

impl Plan {
    /// In how many choices something is done.
    pub fn touched(&self) -> usize {
        self.chosen.iter().flatten().count()
    }
}

/// There are more than 2²⁴ choices, or the largest gains of all choices exceed `u128` together, or
/// their highest costs `u64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Choices with their alternatives; no sum of theirs overflows.
#[derive(Clone, Debug)]
pub struct Choices {
    offered: Vec<Vec<Alternative>>,
    /// The highest costs of all choices together.
    costs: u64,
    /// Weighs a plan by its cost, then by the choices it touches.
    by_cost: Problem,
}

impl Choices {
    /// Gets choices ready, in O(a log a) for `a` alternatives.
    ///
    /// # Errors
    /// Choices that are too many or too large to be added up.
    pub fn new(offered: Vec<Vec<Alternative>>) -> Result<Choices, TooLarge> {
        let costs = added(&offered)?;
        // One more cost weighs more than touching all choices.
        let by_cost = Problem::new(&offered, offered.len() as u128 + 1, 1);
        Ok(Choices { offered, costs, by_cost })
    }

    /// The best plan that reaches a need; none if nothing does. A need of 0 has the empty plan.
    pub fn cheapest(&self, need: u128) -> Option<Plan> {
        let (_, chosen) = self.by_cost.lightest(need)?;
        Some(self.plan(chosen))
    }

    /// The best among the plans that reach a need and touch the fewest choices; none if nothing
    /// reaches it.
    ///
    /// The relaxation says less of the number of choices than of the cost, so lists are longer than
    /// for [`Choices::cheapest`].
    pub fn fewest(&self, need: u128) -> Option<Plan> {
        // One more choice weighs more than all costs.
        let by_touch = Problem::new(&self.offered, 1, u128::from(self.costs) + 1);
        let (_, chosen) = by_touch.lightest(need)?;
        Some(self.plan(chosen))
    }

    /// What [`Choices::cheapest`] gives for each of many needs, in their order, but from lists of
    /// states that they share: usually thousands of needs in about the time of some hundred single
    /// ones.
    pub fn frontier(&self, needs: &[u128]) -> Vec<Option<Plan>> {
        let mut sorted = needs.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let ways = self.by_cost.frontier(&sorted);
        let plan = |need| Some(self.plan(ways.get(sorted.binary_search(need).ok()?)?.clone()?));
        needs.iter().map(plan).collect()
    }

    /// The greatest gain that can be had, by its cheapest plan; in O(a) for `a` alternatives.
    pub fn most(&self) -> Plan {
        let most = |offered: &Vec<Alternative>| {
            let useful = offered.iter().enumerate().filter(|(_, alternative)| 0 < alternative.gain);
            // Of equal ones the first.
            let best = useful.min_by_key(|(_, one)| (std::cmp::Reverse(one.gain), one.cost));
            best.map(|(at, _)| at)
        };
        self.plan(self.offered.iter().map(most).collect())
    }

    /// All minimal plans that reach a need, one after the other.
    pub fn plans(&self, need: u128) -> Plans<'_> {
        Plans::new(self, need)
    }

    fn plan(&self, chosen: Chosen) -> Plan {
        let mut plan = Plan { cost: 0, gain: 0, chosen };
        for (offered, chosen) in self.offered.iter().zip(&plan.chosen) {
            if let Some(at) = chosen {
                plan.cost += offered[*at].cost;
                plan.gain += offered[*at].gain;
            }
        }
        plan
    }
}

/// The highest costs of all choices together, if they and the gains can be added up.
fn added(offered: &[Vec<Alternative>]) -> Result<u64, TooLarge> {
    /// With so many, weights still leave room for products with gains.
    const MOST: usize = 1 << 24;
    if MOST < offered.len() {
        return Err(TooLarge);
    }
    let (mut costs, mut gains) = (0_u64, 0_u128);
    for offered in offered {
        let cost = offered.iter().map(|alternative| alternative.cost).max().unwrap_or(0);
        let gain = offered.iter().map(|alternative| alternative.gain).max().unwrap_or(0);
        costs = costs.checked_add(cost).ok_or(TooLarge)?;
        gains = gains.checked_add(gain).ok_or(TooLarge)?;
    }
    Ok(costs)
}
