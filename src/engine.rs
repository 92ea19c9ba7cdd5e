//! From values to points, sums, index and rank. Nothing here reads a file, and nothing can fail:
//! what cannot be scored is a finding.

mod aggregate;
mod evaluate;
mod explain;
pub mod findings;
pub mod rank;

use crate::criteria_set::{CriteriaSet, Missing};
use crate::model::{Cells, Dataset, Event, Ranked, Stage, Value};
use crate::number::{Percent, Points};
use crate::rule::{Outcome, Status, Trace};
use crate::validate::deductions::Events;
use rayon::prelude::*;
use rust_decimal::Decimal;

pub use aggregate::{NodeScore, Parts};
pub use explain::{Explained, Explanation, explain};
pub use findings::{Finding, What};
pub use rank::{Ranking, rank};

/// What one unit came to.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitScore {
    /// Points of the criteria, after group caps, before bonus and deductions.
    pub regular: Points,
    /// Bonus, after its cap.
    pub bonus: Points,
    /// Deductions from the unit, after their cap.
    pub deductions: Points,
    /// Total, between floor and ceiling.
    pub total: Points,
    /// The maximum that applies to the unit.
    pub max: Points,
    /// Total ÷ maximum × 100, exact.
    pub index: Percent,
    /// Its grade: the place among the set's grades.
    pub grade: Option<usize>,
    /// Why it is not scored, if it is not.
    pub not_scored: Option<NotScored>,
}

/// Why a unit is not scored. That is not 0 points.
#[derive(Clone, Debug, PartialEq)]
pub enum NotScored {
    /// It was so late that it is not accepted: the entry, and the event's place among its events.
    TooLate {
        /// The entry of the set.
        entry: usize,
        /// The event's place among the unit's events.
        event: usize,
    },
    /// No criterion applies to it.
    NothingApplies,
    /// It is listed as not ranked, and has no results.
    NoResults,
}

impl UnitScore {
    fn without_results(set: &CriteriaSet) -> UnitScore {
        UnitScore {
            regular: Points::ZERO,
            bonus: Points::ZERO,
            deductions: Points::ZERO,
            total: Points::ZERO,
            max: set.max,
            index: Percent::ZERO,
            grade: None,
            not_scored: Some(NotScored::NoResults),
        }
    }
}

/// The scores of a tier's units.
#[derive(Debug, Default)]
pub struct Scores {
    /// One for each unit of the dataset.
    pub units: Vec<UnitScore>,
    /// Points and maxima of the nodes that were kept.
    pub nodes: NodeScores,
    /// What was found on the way.
    pub findings: Vec<Finding>,
    /// How many criteria got 0 points or left the denominator because an input was missing.
    pub missing: usize,
}

/// Points and maxima of some nodes of every unit, eight bytes each.
#[derive(Debug, Default)]
pub struct NodeScores {
    kept: Vec<Option<usize>>,
    width: usize,
    points: Cells,
    max: Cells,
}

/// Which nodes' scores are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Fields, and what the ranking compares.
    Fields,
    /// All of them.
    All,
}

/// Scores all units of a tier, on all cores.
pub fn score(set: &CriteriaSet, missing: Missing, data: &Dataset, events: &Events, keep: Keep) -> Scores {
    let kept: Vec<usize> = (0..set.nodes.len())
        .filter(|node| {
            keep == Keep::All || set.nodes[*node].depth == 0 || set.ranking.tie_break.contains(node)
        })
        .collect();
    let count = data.units.len();
    let blocks: Vec<Block> = (0..count.div_ceil(BLOCK))
        .into_par_iter()
        .map_init(
            || Desk::new(set),
            |desk, at| {
                let mut block = Block::default();
                for unit in at * BLOCK..count.min((at + 1) * BLOCK) {
                    let events = events.get(&unit).map_or(&[][..], Vec::as_slice);
                    block.units.push(desk.score(set, missing, data, unit, events));
                    for &node in &kept {
                        let score = desk.nodes[node];
                        block.points.push(score.value(), Stage::None);
                        block.max.push(Value::Number(score.max.exact()), Stage::None);
                    }
                    block.findings.append(&mut desk.findings);
                    block.missing += std::mem::take(&mut desk.missing);
                }
                block
            },
        )
        .collect();
    gather(set, &kept, count, blocks)
}

/// How many units a core scores at once.
const BLOCK: usize = 1024;

/// The scores of some units.
#[derive(Default)]
struct Block {
    units: Vec<UnitScore>,
    points: Cells,
    max: Cells,
    findings: Vec<Finding>,
    missing: usize,
}

fn gather(set: &CriteriaSet, kept: &[usize], units: usize, blocks: Vec<Block>) -> Scores {
    let mut places = vec![None; set.nodes.len()];
    kept.iter().enumerate().for_each(|(place, &node)| places[node] = Some(place));
    let mut nodes = NodeScores {
        kept: places,
        width: kept.len(),
        points: Cells::missing(units * kept.len()),
        max: Cells::missing(units * kept.len()),
    };
    let mut scores = Scores { units: Vec::with_capacity(units), ..Scores::default() };
    let mut at = 0;
    for block in blocks {
        for cell in 0..block.points.len() {
            nodes.points.copy(at, &block.points, cell);
            nodes.max.copy(at, &block.max, cell);
            at += 1;
        }
        scores.units.extend(block.units);
        scores.findings.extend(block.findings);
        scores.missing += block.missing;
    }
    scores.nodes = nodes;
    scores
}

impl NodeScores {
    /// Points and maximum of a unit's node; `None` if the node was not kept.
    pub fn get(&self, unit: usize, node: usize) -> Option<NodeScore> {
        let at = unit * self.width + self.kept[node]?;
        let Value::Number(max) = self.max.value(at) else { return None };
        Some(NodeScore::from_cells(self.points.value(at), max))
    }
}

/// Where a unit is worked on; its room is used again for the next.
#[derive(Debug, Default)]
pub struct Desk {
    values: Vec<Value>,
    /// How each leaf came out.
    pub outcomes: Vec<Outcome>,
    /// Points and maximum of each node.
    pub nodes: Vec<NodeScore>,
    /// What the total is made of.
    pub parts: Parts,
    findings: Vec<Finding>,
    missing: usize,
    trace: Trace,
}

impl Desk {
    /// Room for a set.
    pub fn new(set: &CriteriaSet) -> Desk {
        let faulty =
            Outcome { status: Status::Faulty, points: Decimal::ZERO, answer: None, not_applicable: false };
        Desk {
            outcomes: vec![faulty; set.leaves.len()],
            nodes: vec![NodeScore::default(); set.nodes.len()],
            ..Desk::default()
        }
    }

    /// Scores one unit.
    pub fn score(
        &mut self,
        set: &CriteriaSet,
        missing: Missing,
        data: &Dataset,
        unit: usize,
        events: &[Event],
    ) -> UnitScore {
        if data.units[unit].ranked != Ranked::Yes && data.is_blank(unit) {
            return UnitScore::without_results(set);
        }
        for &leaf in &set.order {
            self.outcomes[leaf] = self.evaluate(set, missing, data, unit, leaf);
        }
        self.aggregate(set, events)
    }
}
