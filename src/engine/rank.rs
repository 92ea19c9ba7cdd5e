//! Ranking: exact values first, rounding last, ties as the set says.

use super::Scores;
use crate::criteria_set::{CriteriaSet, Method};
use crate::model::{Ranked, Unit};
use crate::number::settle;
use crate::text::{alphabet, folded};
use rayon::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The ranking of a tier.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// The blocks, in the order in which they first appear; one without a name if there are none.
    pub blocks: Vec<Block>,
    /// The rank of each unit; none if it is not ranked.
    pub ranks: Vec<Option<u32>>,
}

/// Units that are ranked together.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its name; empty for none.
    pub name: String,
    /// Ranked units, first to last; equal ones by the alphabet.
    pub ranked: Vec<usize>,
    /// Units that are scored but not ranked, by their index.
    pub unranked: Vec<usize>,
    /// Units that are not scored.
    pub not_scored: Vec<usize>,
}

/// Ranks the units of a tier.
pub fn rank(set: &CriteriaSet, units: &[Unit], scores: &Scores) -> Ranking {
    let mut ranking = Ranking { blocks: Vec::new(), ranks: vec![None; units.len()] };
    for (at, unit) in units.iter().enumerate() {
        let name = if set.ranking.within_block { unit.block.as_str() } else { "" };
        let found = ranking.blocks.iter().position(|block| same(&block.name, name));
        let block = found.unwrap_or_else(|| {
            ranking.blocks.push(Block { name: name.to_owned(), ..Block::default() });
            ranking.blocks.len() - 1
        });
        let block = &mut ranking.blocks[block];
        match (&scores.units[at].not_scored, &unit.ranked) {
            (Some(_), _) => block.not_scored.push(at),
            (None, Ranked::No(_)) => block.unranked.push(at),
            (None, Ranked::Yes) => block.ranked.push(at),
        }
    }
    for block in &mut ranking.blocks {
        let keys = |unit: usize| Key::of(set, scores, unit);
        order(&mut block.ranked, units, keys);
        order(&mut block.unranked, units, keys);
        block.not_scored.sort_by_cached_key(|&unit| alphabet::key(units[unit].label()));
        let keys: Vec<Key> = block.ranked.iter().map(|&unit| keys(unit)).collect();
        let equal = |a: usize, b: usize| keys[a] == keys[b];
        for (rank, &unit) in
            ranks(set.ranking.method, block.ranked.len(), equal).into_iter().zip(&block.ranked)
        {
            ranking.ranks[unit] = Some(rank);
        }
    }
    ranking
}

/// Whether two names are one block, however they are spelt.
fn same(a: &str, b: &str) -> bool {
    a == b || folded(a) == folded(b)
}

/// What the ranking compares: the index, then the tie-break.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    index: Decimal,
    tie_break: Vec<Decimal>,
}

impl Key {
    fn of(set: &CriteriaSet, scores: &Scores, unit: usize) -> Key {
        let printed = set.ranking.on_printed;
        let index = scores.units[unit].index.exact();
        let points = |node: &usize| {
            let points = scores.nodes.get(unit, *node).map_or(Decimal::ZERO, |score| score.points.exact());
            if printed { set.points_rounding.apply(points) } else { settle(points) }
        };
        Key {
            index: if printed { set.index_rounding.apply(index) } else { index },
            tie_break: set.ranking.tie_break.iter().map(points).collect(),
        }
    }

    /// The better comes first.
    fn compare(&self, other: &Key) -> Ordering {
        other.index.cmp(&self.index).then_with(|| other.tie_break.cmp(&self.tie_break))
    }
}

/// Best first; equal units by the alphabet of their names.
fn order(block: &mut Vec<usize>, units: &[Unit], key: impl Fn(usize) -> Key + Sync) {
    let mut keyed: Vec<(Key, usize)> = block.par_iter().map(|&unit| (key(unit), unit)).collect();
    keyed.par_sort_by(|a, b| a.0.compare(&b.0));
    let mut groups: Vec<&mut [(Key, usize)]> = keyed.chunk_by_mut(|a, b| a.0 == b.0).collect();
    groups.par_iter_mut().filter(|group| 1 < group.len()).for_each(|group| {
        group.sort_by_cached_key(|(_, unit)| (alphabet::key(units[*unit].label()), units[*unit].id.clone()));
    });
    *block = keyed.into_iter().map(|(_, unit)| unit).collect();
}

/// The ranks of a list that is in order, where `equal` says which neighbours are tied.
///
/// Competition is `rankdata(method = "min")` of scipy, dense is `"dense"`, ordinal is `"ordinal"`.
pub fn ranks(method: Method, count: usize, equal: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    let mut ranks: Vec<u32> = Vec::with_capacity(count);
    for at in 0..count {
        let place = at as u32 + 1;
        let rank = match (method, ranks.last()) {
            (_, None) => 1,
            (Method::Ordinal, _) => place,
            (_, Some(&last)) if equal(at - 1, at) => last,
            (Method::Competition, _) => place,
            (Method::Dense, Some(&last)) => last + 1,
        };
        ranks.push(rank);
    }
    ranks
}
