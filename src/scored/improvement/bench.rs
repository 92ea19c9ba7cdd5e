//! One unit on its own, scored again and again, and where its index would stand among the others.

use super::alternatives::Act;
use super::{Goal, Reached};
use crate::criteria_set::{CriteriaSet, Method};
use crate::engine::{self, Desk, UnitScore};
use crate::model::{Dataset, Event, Stage, Value};
use crate::scored::{LoadedTier, Scored};
use rust_decimal::Decimal;

/// A unit that is tried out.
#[derive(Debug)]
pub struct Bench<'a> {
    scored: &'a Scored,
    tier: usize,
    unit: usize,
    data: Dataset,
    events: Vec<Event>,
    desk: Desk,
    now: UnitScore,
    /// The indices of the others in its block that are ranked, as the ranking compares them, best first.
    others: Vec<Decimal>,
}

impl<'a> Bench<'a> {
    /// A unit as it stands; none where it is not scored.
    pub fn new(scored: &'a Scored, tier: usize, unit: usize) -> Option<Bench<'a>> {
        let of = &scored.loaded.tiers[tier];
        let (scores, ranking) = &scored.tiers[tier];
        let now = scores.units[unit].clone();
        if now.not_scored.is_some() {
            return None;
        }
        let mut data =
            Dataset { units: vec![of.data.units[unit].clone()], width: of.data.width, ..Dataset::default() };
        for column in 0..of.data.width {
            data.cells.push(of.data.value(unit, column), Stage::None);
        }
        let supposed = of.data.supposed.iter().filter(|((of, _), _)| *of == unit);
        data.supposed = supposed.map(|((_, leaf), points)| ((0, *leaf), *points)).collect();
        let block = ranking.blocks.iter().find(|block| block.ranked.contains(&unit));
        let others = block.iter().flat_map(|block| &block.ranked).filter(|other| **other != unit);
        let compared = |index: Decimal| match of.set.ranking.on_printed {
            true => of.set.index_rounding.apply(index),
            false => index,
        };
        let others = others.map(|other| compared(scores.units[*other].index.exact())).collect();
        let events = of.events.get(&unit).cloned().unwrap_or_default();
        Some(Bench { scored, tier, unit, data, events, desk: Desk::new(&of.set), now, others })
    }

    pub fn tier(&self) -> &'a LoadedTier {
        &self.scored.loaded.tiers[self.tier]
    }

    pub fn set(&self) -> &'a CriteriaSet {
        &self.tier().set
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The maximum that applies.
    pub fn max(&self) -> Decimal {
        self.now.max.exact()
    }

    /// The total now.
    pub fn total(&self) -> Decimal {
        self.now.total.exact()
    }

    /// The unit's score after some acts, and the points of a leaf.
    pub fn score(&mut self, acts: &[&Act]) -> UnitScore {
        let mut data = self.data.clone();
        let mut events = self.events.clone();
        for act in acts {
            match act {
                Act::Give { leaf, inputs } => {
                    let start = self.set().leaves[*leaf].columns.start;
                    for (input, value) in inputs {
                        data.cells.set(start + input, *value, Stage::None);
                    }
                }
                Act::Suppose { leaf, points } => {
                    data.supposed.insert((0, *leaf), *points);
                }
                Act::Waive { event } => events[*event].waived = true,
            }
        }
        let tier = self.tier();
        self.desk.score(&tier.set, tier.missing, &data, 0, &events)
    }

    /// The points of a leaf as it was scored last.
    pub fn points(&self, leaf: usize) -> Decimal {
        self.desk.outcomes[leaf].points
    }

    /// Whether a leaf applied when the unit was scored last.
    pub fn counts(&self, leaf: usize) -> bool {
        self.desk.outcomes[leaf].status.counts()
    }

    /// Where the unit stands after some acts.
    pub fn reached(&mut self, acts: &[&Act]) -> Reached {
        let score = self.score(acts);
        let rank = if score.not_scored.is_some() { None } else { self.rank(&score) };
        Reached { index: score.index.exact(), rank, grade: score.grade }
    }

    /// Whether a goal is reached.
    pub fn is_reached(&self, reached: Reached, goal: Goal) -> bool {
        match goal {
            Goal::Rank(rank) => reached.rank.is_some_and(|reached| reached <= rank),
            Goal::Index(index) => index <= reached.index,
            Goal::Grade(grade) => reached.grade.is_some_and(|reached| reached <= grade),
        }
    }

    /// The lowest index with which a goal can be reached; none where the block has no such rank.
    pub fn needed_index(&self, goal: Goal) -> Option<Decimal> {
        let set = self.set();
        let unrounded = |index: Decimal, on_printed: bool| match on_printed {
            // Half a step up is printed as the step at the most.
            true => index - set.index_rounding.step(),
            false => index,
        };
        match goal {
            Goal::Index(index) => Some(index),
            Goal::Grade(grade) => {
                let grade = &set.grades[grade];
                Some(unrounded(grade.from, grade.on_printed))
            }
            Goal::Rank(rank) => {
                let place = (rank as usize).checked_sub(1)?;
                let needed = match set.ranking.method {
                    Method::Competition | Method::Ordinal => self.others.get(place).copied(),
                    Method::Dense => {
                        let mut distinct = self.others.clone();
                        distinct.dedup();
                        distinct.get(place).copied()
                    }
                };
                Some(unrounded(needed.unwrap_or(Decimal::ZERO), set.ranking.on_printed))
            }
        }
    }

    /// The rank of a score among the others. Where it equals another and the set breaks ties, the whole
    /// ranking decides.
    fn rank(&self, score: &UnitScore) -> Option<u32> {
        let set = self.set();
        self.scored.tiers[self.tier].1.ranks[self.unit]?;
        let index = match set.ranking.on_printed {
            true => set.index_rounding.apply(score.index.exact()),
            false => score.index.exact(),
        };
        let is_tied = self.others.contains(&index);
        let breaks = !set.ranking.tie_break.is_empty() || set.ranking.method == Method::Ordinal;
        if is_tied && breaks {
            return self.rank_anew(score);
        }
        let better = self.others.iter().filter(|other| index < **other);
        let above = match set.ranking.method {
            Method::Competition | Method::Ordinal => better.count(),
            Method::Dense => {
                let mut better: Vec<&Decimal> = better.collect();
                better.dedup();
                better.len()
            }
        };
        Some(above as u32 + 1)
    }

    fn rank_anew(&self, score: &UnitScore) -> Option<u32> {
        let tier = self.tier();
        let mut scores = self.scored.tiers[self.tier].0.clone();
        scores.put(self.unit, score.clone(), &self.desk.nodes);
        engine::rank(&tier.set, &tier.data.units, &scores).ranks[self.unit]
    }

    /// The value of an input of a leaf.
    pub fn values(&self, leaf: usize) -> Vec<Value> {
        self.set().leaves[leaf].columns.clone().map(|column| self.data.value(0, column)).collect()
    }
}
