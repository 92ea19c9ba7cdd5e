//! Units by their overall index, and the ranks that cannot be told apart.

use super::account::Account;
use super::measure::{Gathered, How, Measure};
use crate::engine::rank::ranks;
use crate::model::Ranked;
use crate::number::settle;
use crate::survey::distribution::{normal_quantile, t_two_sided};
use crate::survey::rank_sets::{self, RankSet};
use crate::text::{alphabet, folded};
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The ranking of all units.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// Units that are ranked together, in the order of the list.
    pub blocks: Vec<Block>,
    /// The overall index of each unit; none where nobody gave a valid answer.
    pub overall: Vec<Option<Measure>>,
    /// The place of each unit; none where it is not ranked.
    pub places: Vec<Option<Place>>,
}

/// Units that are ranked together.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its name; empty for none.
    pub name: String,
    /// Ranked units, first to last; equal ones by the alphabet.
    pub ranked: Vec<usize>,
    /// Units that are listed and not ranked, by the alphabet.
    pub unranked: Vec<usize>,
    /// Whether an error could not be told, so that there are no sets of ranks.
    pub lacks_sets: bool,
}

/// The place of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its rank.
    pub rank: u32,
    /// The ranks that it may have, right for this unit with the given confidence.
    pub marginal: Option<RankSet>,
    /// The ranks that all units may have, all right at once with the given confidence.
    pub simultaneous: Option<RankSet>,
}

impl Gathered<'_> {
    /// Whether a unit is ranked: the list does not say otherwise, and it has enough valid forms.
    pub fn is_ranked(&self, unit: usize) -> bool {
        let listed = &self.surveyed.units[unit];
        listed.ranked == Ranked::Yes && self.has_enough(unit)
    }

    /// Whether a unit has enough valid forms.
    pub fn has_enough(&self, unit: usize) -> bool {
        self.layout.questionnaire.validity.forms <= self.surveyed.units[unit].valid
    }

    /// What the forms of a unit add up to; none where none is valid.
    pub fn account(&self, unit: usize) -> Option<&Account> {
        self.units.get(unit)?.as_ref()
    }

    /// Ranks the units.
    pub fn rank(&self, how: How) -> Ranking {
        let units = &self.surveyed.units;
        let overall: Vec<Option<Measure>> = (0..units.len())
            .map(|unit| self.account(unit).and_then(|account| self.measure(account, 0, how)))
            .collect();
        let mut ranking = Ranking { blocks: Vec::new(), places: vec![None; units.len()], overall };
        for (at, unit) in units.iter().enumerate() {
            let found = ranking.blocks.iter().position(|block| folded(&block.name) == folded(&unit.block));
            let block = found.unwrap_or_else(|| {
                ranking.blocks.push(Block { name: unit.block.clone(), ..Block::default() });
                ranking.blocks.len() - 1
            });
            let block = &mut ranking.blocks[block];
            let is_ranked = self.is_ranked(at) && ranking.overall[at].is_some();
            if is_ranked { block.ranked.push(at) } else { block.unranked.push(at) }
        }
        for block in &mut ranking.blocks {
            let key = |unit: usize| ranking.overall[unit].as_ref().map(|measure| self.key(measure));
            let name = |unit: &usize| alphabet::key(units[*unit].label());
            block.ranked.sort_by_cached_key(name);
            block.ranked.sort_by_key(|unit| Reverse(key(*unit)));
            block.unranked.sort_by_cached_key(name);
            let equal = |a: usize, b: usize| key(block.ranked[a]) == key(block.ranked[b]);
            let method = self.layout.questionnaire.ranking.method;
            let sets = self.sets(&block.ranked, &ranking.overall, how);
            block.lacks_sets = sets.is_none();
            for (at, rank) in ranks(method, block.ranked.len(), equal).into_iter().enumerate() {
                let (marginal, simultaneous) =
                    sets.as_ref().map_or((None, None), |[marginal, all]| (Some(marginal[at]), Some(all[at])));
                ranking.places[block.ranked[at]] = Some(Place { rank, marginal, simultaneous });
            }
        }
        ranking
    }

    /// What the ranking compares.
    fn key(&self, measure: &Measure) -> Decimal {
        let asked = self.layout.questionnaire;
        let index = measure.index.exact();
        if asked.ranking.on_printed { asked.rounding.apply(index) } else { settle(index) }
    }

    /// Sets of ranks, marginal and simultaneous; `None` where an error cannot be told.
    fn sets(&self, units: &[usize], overall: &[Option<Measure>], how: How) -> Option<[Vec<RankSet>; 2]> {
        let shares = units.iter().map(|unit| overall[*unit].as_ref()?.share()).collect::<Option<Vec<_>>>()?;
        let accounts = units.iter().map(|unit| self.account(*unit)).collect::<Option<Vec<_>>>()?;
        let strata: Vec<BTreeSet<usize>> =
            accounts.iter().map(|account| self.drawing.strata_of(&account.groups)).collect();
        let values: Vec<f64> = shares.iter().map(|share| share.estimate.value).collect();
        let apart: Vec<f64> = shares.iter().map(|share| share.for_comparison().variance).collect();
        let error = |a: usize, b: usize| {
            let sum = apart[a] + apart[b];
            if strata[a].is_disjoint(&strata[b]) {
                return sum.sqrt();
            }
            let together = self.difference([accounts[a], accounts[b]], 0, how.lonely);
            let Some(Ok(together)) = together else { return sum.sqrt() };
            let alone = shares[a].estimate.variance + shares[b].estimate.variance;
            (sum + together.variance - alone).max(0.0).sqrt()
        };
        // Each pair has degrees of freedom of its own: its t becomes the z that is as unlikely.
        let error = |a: usize, b: usize| {
            let (error, difference) = (error(a, b), (values[a] - values[b]).abs());
            let degrees: f64 =
                [a, b].map(|unit| self.drawing.degrees_of_freedom(accounts[unit])).iter().sum();
            let shared = strata[a].intersection(&strata[b]).count() as f64;
            let z = normal_of_t(difference / error, degrees + shared);
            if 0.0 < z { difference / z } else { error }
        };
        let ranked = rank_sets::Ranked { values: &values, error, degrees: f64::INFINITY };
        Some([ranked.marginal(how.level), ranked.simultaneous(how.level)])
    }
}

/// The normal number that is as unlikely as one of Student's t.
fn normal_of_t(t: f64, degrees: f64) -> f64 {
    -normal_quantile(t_two_sided(t, degrees) / 2.0)
}
