//! What is known of the round before: where units stood, and what was measured in them.

use super::Scored;
use crate::model::{Standing, Unit, Value};
use crate::rule::{Input, Part};
use crate::source::Fingerprint;
use crate::text::folded;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The round before.
#[derive(Debug, Default)]
pub struct Previous {
    /// The file that it was read from, for people.
    pub file: String,
    /// Where each unit stood.
    pub standings: Vec<Standing>,
    /// The round itself, if there is more than a table.
    pub round: Option<Box<Scored>>,
    /// The files that were read for it.
    pub files: Vec<Fingerprint>,
    by_unit: HashMap<String, Vec<usize>>,
}

/// Where a unit, or those that it came from, stood in the round before.
#[derive(Clone, Debug, PartialEq)]
pub struct Before<'a> {
    /// Their standings; never empty.
    pub of: Vec<&'a Standing>,
    /// The index as it was printed; of several, the mean of what was printed, if all are known.
    pub index: Option<Decimal>,
    /// The total, in the same way.
    pub total: Option<Decimal>,
    /// The rank, where it is one unit.
    pub rank: Option<u32>,
}

impl Previous {
    /// From a table of published results.
    pub fn published(file: String, standings: Vec<Standing>) -> Previous {
        let mut by_unit: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, standing) in standings.iter().enumerate() {
            by_unit.entry(folded(&standing.unit)).or_default().push(at);
        }
        Previous { file, standings, by_unit, ..Previous::default() }
    }

    /// From a round that was scored.
    pub fn scored(file: String, round: Box<Scored>) -> Previous {
        let mut standings = Vec::new();
        for (tier, scores, ranking) in round.tiers() {
            let set = &tier.set;
            for block in &ranking.blocks {
                for &unit in block.ranked.iter().chain(&block.unranked) {
                    let (of, score) = (&tier.data.units[unit], &scores.units[unit]);
                    let rank = ranking.ranks[unit];
                    standings.push(Standing {
                        tier: tier.id.clone(),
                        unit: of.id.clone(),
                        name: of.name.clone(),
                        block: block.name.clone(),
                        total: Some(set.total_rounding.apply(score.total.exact())),
                        index: Some(set.index_rounding.apply(score.index.exact())),
                        rank,
                        of: rank.map(|_| block.ranked.len() as u32),
                        grade: score.grade.map_or(String::new(), |grade| set.grades[grade].name.clone()),
                    });
                }
            }
        }
        let files = round.loaded.files.clone();
        Previous { round: Some(round), files, ..Previous::published(file, standings) }
    }

    /// Where a unit of a tier stood; `None` if it has no predecessor.
    pub fn before(&self, tier: &str, unit: &Unit) -> Option<Before<'_>> {
        let ids = || predecessors(unit);
        let of: Vec<&Standing> = ids().filter_map(|id| self.standing(tier, id)).collect();
        if of.is_empty() || of.len() < ids().count() {
            return None;
        }
        let mean = |value: fn(&Standing) -> Option<Decimal>| {
            let values: Option<Vec<Decimal>> = of.iter().map(|standing| value(standing)).collect();
            let values = values?;
            Some(values.iter().sum::<Decimal>() / Decimal::from(values.len()))
        };
        let rank = if of.len() == 1 { of[0].rank } else { None };
        let (index, total) = (mean(|standing| standing.index), mean(|standing| standing.total));
        Some(Before { of, index, total, rank })
    }

    /// Whether the round had a unit of this id, scored or not.
    pub fn knows(&self, id: &str) -> bool {
        let key = folded(id);
        let tiers = self.round.iter().flat_map(|round| &round.loaded.tiers);
        self.by_unit.contains_key(&key)
            || tiers.flat_map(|tier| &tier.data.units).any(|unit| folded(&unit.id) == key)
    }

    fn standing(&self, tier: &str, id: &str) -> Option<&Standing> {
        let of = self.by_unit.get(&folded(id))?.iter().map(|&at| &self.standings[at]);
        // A table of one tier need not name it; a round of one tier may have named it otherwise.
        let mut all: Vec<&Standing> = of.collect();
        if all.iter().any(|standing| standing.tier == tier) {
            all.retain(|standing| standing.tier == tier);
        } else {
            all.retain(|standing| standing.tier.is_empty() || tier.is_empty());
        }
        all.first().copied()
    }

    /// A part of the measure that a criterion had in the round before. The numerators and
    /// denominators of units that became one are added; their values cannot be.
    pub fn measure(&self, tier: &str, unit: &Unit, criterion: &str, part: Part) -> Option<Decimal> {
        let round = self.round.as_ref()?;
        let (tier, ..) = round.tiers().find(|(of, ..)| of.id == tier)?;
        let leaf = tier.set.leaves.iter().position(|leaf| leaf.id == criterion)?;
        let name = match part {
            Part::Value => Input::VALUE,
            Part::Numerator => Input::NUMERATOR,
            Part::Denominator => Input::DENOMINATOR,
        };
        let inputs = tier.set.leaves[leaf].rule.inputs();
        let column = |name: &str| {
            let at = inputs.iter().position(|input| input.name == name)?;
            Some(tier.set.leaves[leaf].columns.start + at)
        };
        let ids: Vec<&str> = predecessors(unit).collect();
        if part == Part::Value && 1 < ids.len() {
            return None;
        }
        let mut sum = Decimal::ZERO;
        for id in ids {
            let key = folded(id);
            let unit = tier.data.units.iter().position(|unit| folded(&unit.id) == key)?;
            sum += match column(name).map(|column| tier.data.value(unit, column)) {
                Some(Value::Number(number)) => number,
                // What was measured need not stand in one cell: it may be a sum, or a formula.
                _ if part == Part::Value && column(Input::NUMERATOR).is_none() => {
                    let columns = tier.set.leaves[leaf].columns.clone();
                    let values: Vec<Value> = columns.map(|column| tier.data.value(unit, column)).collect();
                    tier.set.leaves[leaf].rule.measure(&values)?.value()
                }
                _ => return None,
            };
        }
        Some(sum)
    }
}

/// The ids of the units that a unit came from: its own, where the list says nothing else.
pub fn predecessors(unit: &Unit) -> impl Iterator<Item = &str> {
    let own = unit.previous.is_empty().then_some(unit.id.as_str());
    own.into_iter().chain(unit.previous.iter().map(String::as_str))
}
