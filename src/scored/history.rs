//! The index of each unit over years: along the rounds before, as far as they were read.

use super::{Scored, predecessors};
use crate::text::folded;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The indices of all units over years.
#[derive(Debug, Default)]
pub struct History {
    /// The year of each round, the oldest first; none where it is not known.
    pub years: Vec<Option<u32>>,
    /// The printed indices of each unit, by tier and unit, the oldest first.
    of: Vec<Vec<Vec<Option<Decimal>>>>,
}

/// A round, and where each unit stands in it, by its tier's id and its own.
struct Year<'a> {
    scored: &'a Scored,
    units: HashMap<(&'a str, String), (usize, usize)>,
}

impl History {
    /// Over as many years as there are, and no more than these.
    pub fn new(scored: &Scored, most: usize) -> History {
        let rounds = std::iter::successors(Some(scored), |scored| before(scored)).take(most);
        let years: Vec<Year<'_>> = rounds.map(Year::new).collect();
        let mut named: Vec<Option<u32>> = years.iter().map(|year| year.scored.loaded.round.year).collect();
        let ends_in_a_table = years
            .last()
            .is_some_and(|year| before(year.scored).is_none() && year.scored.loaded.previous.is_some());
        if ends_in_a_table && named.len() < most {
            named.push(None);
        }
        let count = named.len();
        named.reverse();
        let of_unit = |tier: usize, unit: usize| {
            (0..count).rev().map(|back| index(&years, 0, (tier, unit), back)).collect()
        };
        let of_tier = |tier: usize| {
            let units = scored.loaded.tiers[tier].data.units.len();
            (0..units).map(|unit| of_unit(tier, unit)).collect()
        };
        History { years: named, of: (0..scored.tiers.len()).map(of_tier).collect() }
    }

    /// The indices of a unit, the oldest first.
    pub fn of(&self, tier: usize, unit: usize) -> &[Option<Decimal>] {
        self.of.get(tier).and_then(|tier| tier.get(unit)).map_or(&[], Vec::as_slice)
    }

    /// All indices that are known.
    pub fn known(&self) -> impl Iterator<Item = Decimal> + Clone + '_ {
        self.of.iter().flatten().flatten().flatten().copied()
    }
}

/// The round before, where it is more than a table.
fn before(scored: &Scored) -> Option<&Scored> {
    scored.loaded.previous.as_ref()?.round.as_deref()
}

impl<'a> Year<'a> {
    fn new(scored: &'a Scored) -> Year<'a> {
        let tiers = scored.loaded.tiers.iter().enumerate();
        let units = tiers.flat_map(|(at, tier)| {
            let units = tier.data.units.iter().enumerate();
            units.map(move |(unit, of)| ((tier.id.as_str(), folded(&of.id)), (at, unit)))
        });
        Year { scored, units: units.collect() }
    }
}

/// The printed index of a unit of a year, so many years back; of units that became one, the mean of what
/// was printed.
fn index(years: &[Year<'_>], year: usize, (tier, unit): (usize, usize), back: usize) -> Option<Decimal> {
    let scored = years.get(year)?.scored;
    let of = &scored.loaded.tiers[tier];
    match back {
        0 => {
            let score = &scored.tiers[tier].0.units[unit];
            score.not_scored.is_none().then(|| of.set.index_rounding.apply(score.index.exact()))
        }
        1 => scored.before(tier, unit)?.index,
        _ => {
            let older = &years.get(year + 1)?.units;
            let place = |id: &str| older.get(&(of.id.as_str(), folded(id))).copied();
            let values: Option<Vec<Decimal>> = predecessors(&of.data.units[unit])
                .map(|id| index(years, year + 1, place(id)?, back - 1))
                .collect();
            let values = values?;
            (!values.is_empty()).then(|| values.iter().sum::<Decimal>() / Decimal::from(values.len()))
        }
    }
}
