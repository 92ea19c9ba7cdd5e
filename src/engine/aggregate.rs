//! Up the tree: sums, group caps, bonus and deductions, floor and ceiling, index, grade.

use super::{Desk, NotScored, Targets, UnitScore};
use crate::criteria_set::{At, CriteriaSet, EntryBy, EventRule, Reduce, Taken};
use crate::model::{Event, Value};
use crate::number::{Percent, Points, Rounding, settle};
use rust_decimal::Decimal;

/// Points and maximum of a node for a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NodeScore {
    /// Points.
    pub points: Points,
    /// The maximum that applies; 0 for N/A.
    pub max: Points,
    /// Whether it does not apply.
    pub not_applicable: bool,
}

impl NodeScore {
    /// Its points as a cell.
    pub(super) fn value(&self) -> Value {
        if self.not_applicable { Value::NotApplicable } else { Value::Number(self.points.exact()) }
    }

    pub(super) fn from_cells(points: Value, max: Decimal) -> NodeScore {
        let (points, not_applicable) = match points {
            Value::Number(points) => (points, false),
            _ => (Decimal::ZERO, true),
        };
        NodeScore { points: Points::new(points), max: Points::new(max), not_applicable }
    }
}

/// What a unit's total is made of, entry by entry.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// What each entry of the set gave or took, after its own cap.
    pub entries: Vec<Points>,
    /// What each event gave or took, after caps.
    pub events: Vec<Points>,
    /// What was taken from each node by events.
    pub from_nodes: Vec<Points>,
}

impl Desk {
    /// From outcomes of leaves to the unit's score.
    pub(super) fn aggregate(&mut self, set: &CriteriaSet, events: &[Event]) -> UnitScore {
        let too_late = self.count_entries(set, events);
        self.sum_up(set);
        let score = total(set, &self.nodes, &self.parts);
        let incomplete = self.incomplete.map(|leaf| NotScored::Incomplete { leaf });
        let too_late = too_late.map(|(entry, event)| NotScored::TooLate { entry, event });
        match too_late.or(incomplete) {
            Some(why) => UnitScore { grade: None, not_scored: Some(why), ..score },
            None => score,
        }
    }

    /// The points of all criteria, before bonus and deductions.
    pub(super) fn sum_of_criteria(&mut self, set: &CriteriaSet) -> Points {
        self.count_entries(set, &[]);
        self.sum_up(set);
        let sum = set.fields().fold(Points::ZERO, |sum, field| sum + self.nodes[field].points);
        set.total.cap.map_or(sum, |cap| sum.min(cap))
    }

    /// How many targets the unit met and missed.
    pub(super) fn count_targets(&self) -> Targets {
        let count =
            |is_met| self.outcomes.iter().filter(|outcome| outcome.target == Some(is_met)).count() as u32;
        Targets { met: count(true), missed: count(false) }
    }

    /// What every entry gives or takes; the entry and event by which the unit is too late, if any.
    fn count_entries(&mut self, set: &CriteriaSet, events: &[Event]) -> Option<(usize, usize)> {
        let parts = &mut self.parts;
        parts.entries.clear();
        parts.entries.resize(set.entries.len(), Points::ZERO);
        parts.events.clear();
        parts.events.resize(events.len(), Points::ZERO);
        parts.from_nodes.clear();
        parts.from_nodes.resize(if events.is_empty() { 0 } else { set.nodes.len() }, Points::ZERO);
        for (entry, sum) in set.entries.iter().zip(&mut parts.entries) {
            if let EntryBy::Leaf(leaf) = entry.by {
                *sum = Points::new(self.outcomes[leaf].points);
            }
        }
        let mut too_late = None;
        for (at, event) in events.iter().enumerate() {
            let entry = &set.entries[event.entry];
            let EntryBy::Events(rule) = &entry.by else { continue };
            let taken = match rule.of(event) {
                Taken::Points(points) => Points::new(points),
                Taken::NotScored(_) => {
                    too_late = too_late.or(Some((event.entry, at)));
                    continue;
                }
            };
            let so_far = parts.entries[event.entry];
            let taken = if is_once(rule) && Points::ZERO < so_far { Points::ZERO } else { taken };
            let taken = entry.cap.map_or(taken, |cap| taken.min(cap - so_far));
            parts.entries[event.entry] += taken;
            parts.events[at] = taken;
            if let (Some(node), At::Group | At::Criterion) = (event.node, rule.at) {
                parts.from_nodes[node] += taken;
            }
        }
        too_late
    }

    /// Leaves into their groups, from the last node to the first. Maxima are only summed up again
    /// for a unit to which something does not apply.
    fn sum_up(&mut self, set: &CriteriaSet) {
        for (score, node) in self.nodes.iter_mut().zip(&set.nodes) {
            *score = NodeScore { points: Points::ZERO, max: node.max, not_applicable: false };
        }
        let mut is_reduced = false;
        for at in (0..set.nodes.len()).rev() {
            let node = &set.nodes[at];
            let mut points = self.nodes[at].points;
            if let Some(leaf) = node.leaf {
                let outcome = &self.outcomes[leaf];
                points = Points::new(outcome.points);
                is_reduced |= !outcome.status.counts();
            }
            if let Some(cap) = node.cap {
                points = points.min(cap);
            }
            if let Some(&taken) = self.parts.from_nodes.get(at)
                && Points::ZERO < taken
            {
                points = less(points, taken, node.leaf.and_then(|leaf| set.leaves[leaf].rounding));
            }
            self.nodes[at].points = points;
            if let Some(parent) = node.parent {
                self.nodes[parent].points += points;
            }
        }
        if is_reduced {
            self.reduce(set);
        }
    }

    /// Takes the maxima of what does not apply out of the groups above it.
    fn reduce(&mut self, set: &CriteriaSet) {
        for (score, node) in self.nodes.iter_mut().zip(&set.nodes) {
            let counts = node.leaf.is_some_and(|leaf| self.outcomes[leaf].status.counts());
            score.max = if counts { node.max } else { Points::ZERO };
            score.not_applicable = !counts;
        }
        for at in (0..set.nodes.len()).rev() {
            if let Some(cap) = set.nodes[at].cap {
                self.nodes[at].max = self.nodes[at].max.min(cap);
            }
            let NodeScore { max, not_applicable, .. } = self.nodes[at];
            if let Some(parent) = set.nodes[at].parent {
                self.nodes[parent].max += max;
                self.nodes[parent].not_applicable &= not_applicable;
            }
        }
    }
}

/// Whether all events of an entry together count once.
fn is_once(rule: &EventRule) -> bool {
    matches!(rule.per, crate::criteria_set::Per::Once)
}

/// Points less what events took; never below 0 (K17).
fn less(points: Points, taken: Points, rounding: Option<Rounding>) -> Points {
    let left = (points - taken).max(Points::ZERO);
    rounding.map_or(left, |rounding| Points::new(rounding.apply(left.exact())))
}

/// Total, maximum, index and grade.
fn total(set: &CriteriaSet, nodes: &[NodeScore], parts: &Parts) -> UnitScore {
    let policy = &set.total;
    let mut regular = set.fields().fold(Points::ZERO, |sum, field| sum + nodes[field].points);
    let mut applicable = set.fields().fold(Points::ZERO, |sum, field| sum + nodes[field].max);
    if let Some(cap) = policy.cap {
        (regular, applicable) = (regular.min(cap), applicable.min(cap));
    }
    let bonus_in_max =
        if policy.bonus_in_max { policy.bonus_cap.unwrap_or(Points::ZERO) } else { Points::ZERO };
    let full = set.max - bonus_in_max;
    if policy.reduce == Reduce::Appraised {
        (regular, applicable) = bring_back(set, nodes, regular, applicable, full);
    }
    let (bonus, deductions) = sum_entries(set, parts);
    let mut score = UnitScore {
        regular,
        bonus,
        deductions,
        total: Points::ZERO,
        max: applicable + bonus_in_max,
        index: Percent::ZERO,
        grade: None,
        limit: None,
        targets: Targets::default(),
        not_scored: None,
    };
    if applicable == Points::ZERO {
        score.not_scored = Some(NotScored::NothingApplies);
        return score;
    }
    if policy.adjust_after {
        score.regular = Points::new(regular.exact() * full.exact() / applicable.exact());
        score.max = set.max;
    }
    let reduced = set.max - score.max;
    let mut sum = Points::new(settle((score.regular + bonus - deductions).exact()));
    if let Some(ceiling) = policy.ceiling {
        sum = sum.min(ceiling - reduced);
    }
    if let Some(floor) = policy.floor {
        sum = sum.max(floor);
    }
    score.total = sum;
    score.index = Percent::new(settle(sum.exact() * Decimal::ONE_HUNDRED / score.max.exact()));
    score.grade = set.grade(score.index.exact());
    score
}

/// The appraised part, brought back to its full maximum T: p ÷ (T − R) × T; surveys untouched
/// (the formula of Sơn La's "Báo cáo đặc thù").
fn bring_back(
    set: &CriteriaSet,
    nodes: &[NodeScore],
    regular: Points,
    applicable: Points,
    full: Points,
) -> (Points, Points) {
    let (mut survey, mut survey_max, mut survey_full) = (Points::ZERO, Points::ZERO, Points::ZERO);
    for (node, score) in set.nodes.iter().zip(nodes) {
        if node.leaf.is_some_and(|leaf| set.leaves[leaf].is_survey) {
            survey += score.points;
            survey_max += score.max;
            survey_full += node.max;
        }
    }
    let (points, max, appraised_full) = (regular - survey, applicable - survey_max, full - survey_full);
    if max <= Points::ZERO {
        return (survey, survey_max);
    }
    let back = Points::new(points.exact() * appraised_full.exact() / max.exact());
    (back + survey, appraised_full + survey_max)
}

/// All bonus and all deductions from the unit, after their caps.
fn sum_entries(set: &CriteriaSet, parts: &Parts) -> (Points, Points) {
    let (mut bonus, mut deductions) = (Points::ZERO, Points::ZERO);
    for (entry, &points) in set.entries.iter().zip(&parts.entries) {
        let on_unit = match &entry.by {
            EntryBy::Leaf(_) => true,
            EntryBy::Events(rule) => rule.at == At::Unit,
        };
        match (entry.is_deduction, on_unit) {
            (false, _) => bonus += points,
            (true, true) => deductions += points,
            (true, false) => {}
        }
    }
    let capped = |points: Points, cap: Option<Points>| cap.map_or(points, |cap| points.min(cap));
    (capped(bonus, set.total.bonus_cap), capped(deductions, set.total.deduction_cap))
}
