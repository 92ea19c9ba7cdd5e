//! How a unit came to its points, criterion by criterion.

use super::{Desk, NodeScore, Parts};
use crate::criteria_set::{CriteriaSet, Missing};
use crate::lang::Text;
use crate::model::{Dataset, Event};
use crate::rule::{Outcome, Trace};

/// How a unit came to its points.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// One for each leaf of the set.
    pub leaves: Vec<Explained>,
    /// Points and maximum of each node.
    pub nodes: Vec<NodeScore>,
    /// What each entry and each event gave or took.
    pub parts: Parts,
}

/// How a criterion came to its points.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The outcome.
    pub outcome: Outcome,
    /// The steps.
    pub steps: Vec<Text>,
    /// How many of the steps lead to the points; those behind only round them.
    pub main: usize,
}

impl Explained {
    /// The step that gave the points.
    pub fn main_step(&self) -> Option<&Text> {
        self.steps[..self.main].last()
    }
}

/// Scores one unit again, writing every step down.
pub fn explain(
    set: &CriteriaSet,
    missing: Missing,
    data: &Dataset,
    unit: usize,
    events: &[Event],
) -> Explanation {
    let mut desk = Desk::new(set);
    desk.trace = Trace::with_steps();
    let mut steps: Vec<(Vec<Text>, usize)> = vec![(Vec::new(), 0); set.leaves.len()];
    for &leaf in &set.order {
        desk.outcomes[leaf] = desk.evaluate(set, missing, data, unit, leaf);
        steps[leaf] = desk.trace.take_steps();
    }
    desk.aggregate(set, events);
    let leaves = desk
        .outcomes
        .iter()
        .zip(steps)
        .map(|(outcome, (steps, main))| Explained { outcome: *outcome, steps, main })
        .collect();
    Explanation { leaves, nodes: desk.nodes, parts: desk.parts }
}
