//! From values to points, sums, index and rank. Nothing here reads a file, and nothing can fail:
//! what cannot be scored is a finding.

mod aggregate;
mod evaluate;
mod explain;
mod grade_limit;
pub mod findings;
pub mod rank;
mod stages;

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
pub use stages::{Staged, stages};

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
    /// The limit that keeps it from the grade of its index: the place among the set's limits.
    pub limit: Option<usize>,
    /// How many targets it met and how many it missed.
    pub targets: Targets,
    /// Why it is not scored, if it is not.
    pub not_scored: Option<NotScored>,
}

/// How many targets were met, and how many were missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Met.
    pub met: u32,
    /// Missed.
    pub missed: u32,
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
    /// An input of a criterion is missing, and the set or the round scores no such unit.
    Incomplete {
        /// The first such leaf.
        leaf: usize,
    },
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
            limit: None,
            targets: Targets::default(),
            not_scored: Some(NotScored::NoResults),
        }
    }
}

/// The scores of a tier's units.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// One for each unit of the dataset.
    pub units: Vec<UnitScore>,
    /// Points and maxima of the nodes that were kept.
    pub nodes: NodeScores,
    /// What was found on the way.
    pub findings: Vec<Finding>,
    /// How many criteria got 0 points or left the denominator because an input was missing.
    pub missing: usize,
    /// The targets that were met or missed: unit, leaf, whether it was met.
    pub targets: Vec<(usize, usize, bool)>,
}

impl Scores {
    /// Puts in another score of a unit, with all its nodes.
    pub fn put(&mut self, unit: usize, score: UnitScore, nodes: &[NodeScore]) {
        self.units[unit] = score;
        for (node, score) in nodes.iter().enumerate() {
            self.nodes.set(unit, node, *score);
        }
    }
}

/// Points and maxima of some nodes of every unit, eight bytes each.
#[derive(Clone, Debug, Default)]
pub struct NodeScores {
    kept: Vec<Option<usize>>,
    width: usize,
    /// Points and maxima, [`BLOCK`] units at a time.
    blocks: Vec<(Cells, Cells)>,
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
/// Scores of `wanted` nodes are kept beside those that `keep` says.
pub fn score(
    set: &CriteriaSet,
    missing: Missing,
    data: &Dataset,
    events: &Events,
    keep: Keep,
    wanted: &[usize],
) -> Scores {
    let is_kept = |node: &usize| {
        keep == Keep::All
            || set.nodes[*node].depth == 0
            || set.ranking.tie_break.contains(node)
            || wanted.contains(node)
    };
    let kept: Vec<usize> = (0..set.nodes.len()).filter(is_kept).collect();
    let mut scores =
        Scores { units: vec![UnitScore::without_results(set); data.units.len()], ..Scores::default() };
    let score_block = |desk: &mut Desk, (at, units): (usize, &mut [UnitScore])| {
        let mut block = Block::default();
        for (unit, score) in (at * BLOCK..).zip(units) {
            let events = events.get(&unit).map_or(&[][..], Vec::as_slice);
            *score = desk.score(set, missing, data, unit, events);
            for &node in &kept {
                let score = desk.nodes[node];
                block.points.push(score.value(), Stage::None);
                block.max.push(Value::Number(score.max.exact()), Stage::None);
            }
            if 0 < score.targets.met + score.targets.missed {
                let of = |(leaf, outcome): (usize, &Outcome)| Some((unit, leaf, outcome.target?));
                block.targets.extend(desk.outcomes.iter().enumerate().filter_map(of));
            }
            block.findings.append(&mut desk.findings);
            block.missing += std::mem::take(&mut desk.missing);
        }
        block
    };
    let units = scores.units.par_chunks_mut(BLOCK).enumerate();
    let blocks: Vec<Block> = units.map_init(|| Desk::new(set), score_block).collect();
    scores.nodes = NodeScores { kept: vec![None; set.nodes.len()], width: kept.len(), blocks: Vec::new() };
    kept.iter().enumerate().for_each(|(place, &node)| scores.nodes.kept[node] = Some(place));
    for block in blocks {
        scores.nodes.blocks.push((block.points, block.max));
        scores.findings.extend(block.findings);
        scores.targets.extend(block.targets);
        scores.missing += block.missing;
    }
    scores
}

/// Scores some units anew, whose data changed, among scores of the same set.
pub fn rescore(
    set: &CriteriaSet,
    missing: Missing,
    data: &Dataset,
    events: &Events,
    units: &[usize],
    scores: &mut Scores,
) {
    let mut desk = Desk::new(set);
    for &unit in units {
        let events = events.get(&unit).map_or(&[][..], Vec::as_slice);
        let score = desk.score(set, missing, data, unit, events);
        scores.put(unit, score, &desk.nodes);
        scores.targets.retain(|(of, ..)| *of != unit);
        if 0 < scores.units[unit].targets.met + scores.units[unit].targets.missed {
            let of = |(leaf, outcome): (usize, &Outcome)| Some((unit, leaf, outcome.target?));
            scores.targets.extend(desk.outcomes.iter().enumerate().filter_map(of));
        }
        scores.findings.retain(|finding| finding.unit != unit);
        scores.findings.append(&mut desk.findings);
    }
    scores.targets.sort_unstable();
}

/// How many units a core scores at once.
const BLOCK: usize = 1024;

/// What was found of some units.
#[derive(Default)]
struct Block {
    points: Cells,
    max: Cells,
    findings: Vec<Finding>,
    missing: usize,
    targets: Vec<(usize, usize, bool)>,
}

impl NodeScores {
    /// Puts in a node that is kept.
    fn set(&mut self, unit: usize, node: usize, score: NodeScore) {
        let Some(kept) = self.kept[node] else { return };
        let Some((points, max)) = self.blocks.get_mut(unit / BLOCK) else { return };
        let at = unit % BLOCK * self.width + kept;
        points.set(at, score.value(), Stage::None);
        max.set(at, Value::Number(score.max.exact()), Stage::None);
    }

    /// Points and maximum of a unit's node; `None` if the node was not kept.
    pub fn get(&self, unit: usize, node: usize) -> Option<NodeScore> {
        let (points, max) = self.blocks.get(unit / BLOCK)?;
        let at = unit % BLOCK * self.width + self.kept[node]?;
        let Value::Number(max) = max.value(at) else { return None };
        Some(NodeScore::from_cells(points.value(at), max))
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
    incomplete: Option<usize>,
    trace: Trace,
}

impl Desk {
    /// Room for a set.
    pub fn new(set: &CriteriaSet) -> Desk {
        let faulty = Outcome {
            status: Status::Faulty,
            points: Decimal::ZERO,
            answer: None,
            not_applicable: false,
            target: None,
        };
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
        self.incomplete = None;
        for &leaf in &set.order {
            self.outcomes[leaf] = self.evaluate(set, missing, data, unit, leaf);
        }
        let mut score = self.aggregate(set, events);
        score.targets = self.count_targets();
        self.limit_grade(set, data, unit, &mut score);
        score
    }
}
