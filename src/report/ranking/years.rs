//! The change on the round before: in the index as it was printed, and in places.

use crate::criteria_set::CriteriaSet;
use crate::engine::rank::Block;
use crate::lang::{Lang, Text};
use crate::report::{Cell, Column, ColumnKind, words};
use crate::scored::{Before, LoadedTier, Previous, Scored};
use crate::text;
use crate::text::folded;
use rust_decimal::Decimal;

/// How a unit moved since the round before.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved<'a> {
    /// Where it, or those that it came from, stood.
    pub before: Before<'a>,
    /// The printed index less the printed index of before.
    pub change: Option<Decimal>,
    /// By how many places it rose.
    pub places: Option<i64>,
}

impl Moved<'_> {
    /// "Năm trước: 79,56 %, hạng 8; nay tăng, giảm +0,57, bậc =".
    pub fn describe(&self, set: &CriteriaSet) -> Text {
        Text::by(|lang| {
            let cell = |cell: Option<Cell<'_>>| words(&cell.unwrap_or(Cell::Missing), lang);
            let index = cell(self.before.index.map(|index| Cell::Number(index, set.index_rounding)));
            let rank = cell(self.before.rank.map(|rank| Cell::Whole(rank.into())));
            let change = cell(self.change.map(|change| Cell::Change(change, set.index_rounding)));
            let places = cell(self.places.map(Cell::Places));
            match lang {
                Lang::Vi => {
                    format!("Năm trước: chỉ số {index}, hạng {rank}; thay đổi {change}, bậc {places}")
                }
                Lang::En => {
                    format!("Round before: index {index}, rank {rank}; change {change}, places {places}")
                }
            }
        })
    }
}

impl Scored {
    /// How a unit moved since the round before; `None` where it has no predecessor.
    ///
    /// The change is that of the printed figures: both stand in signed decisions, and a reader takes
    /// one from the other.
    pub fn moved(&self, tier: usize, unit: usize) -> Option<Moved<'_>> {
        let mut before = self.before(tier, unit)?;
        let (scores, ranking) = &self.tiers[tier];
        if scores.units[unit].not_scored.is_some() {
            return None;
        }
        let set = &self.loaded.tiers[tier].set;
        // A mean was never printed; it is now.
        if 1 < before.of.len() {
            before.index = before.index.map(|index| set.index_rounding.apply(index));
        }
        let now = set.index_rounding.apply(scores.units[unit].index.exact());
        let change = before.index.map(|index| now - index);
        // Ranks of two different groups cannot be compared.
        let block = ranking.blocks.iter().find(|block| block.ranked.contains(&unit));
        let then = before.of.first().map_or("", |standing| standing.block.as_str());
        let is_same = then.is_empty() || block.is_some_and(|block| folded(&block.name) == folded(then));
        let ranks = before.rank.zip(ranking.ranks[unit]).filter(|_| is_same);
        let places = ranks.map(|(then, now)| i64::from(then) - i64::from(now));
        Some(Moved { before, change, places })
    }
}

/// Whether any unit of a tier has a predecessor.
pub(in crate::report) fn has_any(scored: &Scored, tier: usize) -> bool {
    scored.loaded.previous.is_some()
        && (0..scored.loaded.tiers[tier].data.units.len()).any(|unit| scored.before(tier, unit).is_some())
}

/// Index of the round before, change, rank of the round before, places.
pub(super) fn columns() -> [Column; 4] {
    [
        Column::new("previous_index", text!("Năm trước", "Before"), ColumnKind::Extra),
        Column::new("change", text!("Tăng, giảm", "Change"), ColumnKind::Extra),
        Column::new("previous_rank", text!("Hạng trước", "Rank before"), ColumnKind::Machine),
        Column::new("places", text!("Bậc", "Places"), ColumnKind::Extra),
    ]
}

pub(super) fn cells<'a>(scored: &'a Scored, tier: usize, unit: usize, set: &CriteriaSet) -> [Cell<'a>; 4] {
    let rounding = set.index_rounding;
    let Some(Moved { before, change, places }) = scored.moved(tier, unit) else {
        return [Cell::Missing, Cell::Missing, Cell::Missing, Cell::Missing];
    };
    [
        before.index.map_or(Cell::Missing, |index| Cell::Number(index, rounding)),
        change.map_or(Cell::Missing, |change| Cell::Change(change, rounding)),
        before.rank.map_or(Cell::Missing, |rank| Cell::Whole(rank.into())),
        places.map_or(Cell::Missing, Cell::Places),
    ]
}

/// Units that came from several: their base is a mean, and that is said.
pub(super) fn merged(scored: &Scored, tier: usize, units: &[usize]) -> Vec<Text> {
    let of = &scored.loaded.tiers[tier];
    let one = |&unit: &usize| {
        let before = scored.before(tier, unit).filter(|before| 1 < before.of.len())?;
        let name = of.data.units[unit].label();
        let label = |standing: &crate::model::Standing| {
            if standing.name.is_empty() { standing.unit.clone() } else { standing.name.clone() }
        };
        let names = before.of.iter().map(|standing| label(standing)).collect::<Vec<_>>().join(", ");
        Some(text!(
            "Năm trước – {name}: bình quân của {names}; không so bậc",
            "Round before – {name}: the mean of {names}; places are not compared"
        ))
    };
    units.iter().filter_map(one).collect()
}

/// Where another number of units was ranked then: places are then only a hint.
pub(super) fn other_count(scored: &Scored, tier: usize, block: &Block) -> Option<Text> {
    let now = block.ranked.len();
    let before = |&unit: &usize| scored.before(tier, unit)?.of.first()?.of;
    let then = block.ranked.iter().filter_map(before).find(|then| *then as usize != now)?;
    Some(text!(
        "Năm trước xếp hạng {then} đơn vị, nay {now}: số bậc tăng, giảm chỉ để tham khảo",
        "{then} units were ranked before, {now} now: places up and down are only a hint"
    ))
}

/// What the reader must know of the comparison.
pub(in crate::report) fn note(previous: &Previous) -> Text {
    let file = &previous.file;
    text!(
        "So với {file}: hiệu của các chỉ số đã làm tròn như công bố; \"–\" là không có đơn vị trước đó",
        "Compared with {file}: differences of the indices as they were printed; \"–\" where there is no predecessor"
    )
}

/// What of a tier's set can still be compared, where the set changed.
pub(super) fn changed_of(previous: &Previous, tier: &LoadedTier) -> Option<Text> {
    let round = previous.round.iter().flat_map(|round| &round.loaded.tiers);
    let before = round.into_iter().find(|before| before.id == tier.id)?;
    changed_set(&before.set, &tier.set)
}

/// Where the round before has tiers, and this is none of them: another id, or a new tier.
pub fn other_tiers(previous: &Previous, tier: &LoadedTier) -> Option<Text> {
    let of_round = previous.round.iter().flat_map(|round| &round.loaded.tiers).map(|tier| tier.id.as_str());
    let of_table = previous.standings.iter().map(|standing| standing.tier.as_str());
    let mut known: Vec<&str> = of_round.chain(of_table).collect();
    known.sort_unstable();
    known.dedup();
    if tier.id.is_empty() || known.iter().any(|id| id.is_empty() || *id == tier.id) || known.is_empty() {
        return None;
    }
    let (id, known) = (&tier.id, known.join(", "));
    Some(text!(
        "Đợt trước không có cấp \"{id}\" (có: {known}): không so được; hai đợt phải dùng cùng mã cấp",
        "The round before has no tier \"{id}\" (it has: {known}): nothing can be compared; both rounds must use the same id"
    ))
}

/// The places in both sets of the groups and criteria that are still the same: id, name, maximum.
pub fn matching_nodes(before: &CriteriaSet, now: &CriteriaSet) -> Vec<(usize, usize)> {
    let same = |&(old, new): &(usize, usize)| {
        let (old, new) = (&before.nodes[old], &now.nodes[new]);
        folded(&old.name) == folded(&new.name) && old.max == new.max
    };
    let of = |new: usize| before.node(&now.nodes[new].id).map(|old| (old, new));
    (0..now.nodes.len()).filter_map(of).filter(same).collect()
}

/// What still matches where the set of the round before was another.
pub fn changed_set(before: &CriteriaSet, now: &CriteriaSet) -> Option<Text> {
    let matching = matching_nodes(before, now);
    if matching.len() == now.nodes.len() && before.nodes.len() == now.nodes.len() && before.id == now.id {
        return None;
    }
    let (same, other): (Vec<usize>, Vec<usize>) =
        now.fields().partition(|field| matching.iter().any(|(_, new)| new == field));
    let ids = |nodes: &[usize]| {
        nodes.iter().map(|&node| now.nodes[node].id.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (old_id, new_id) = (&before.id, &now.id);
    let leaves = matching.iter().filter(|(_, new)| now.nodes[*new].leaf.is_some()).count();
    let (same, other) = (ids(&same), ids(&other));
    Some(Text::by(|lang| {
        let parts = match lang {
            Lang::Vi => [
                format!("Bộ tiêu chí đã đổi ({old_id} → {new_id}); so được chỉ số chung"),
                format!("lĩnh vực {same}"),
                format!("{leaves} tiêu chí giữ nguyên mã, tên, điểm tối đa"),
                format!("không so lĩnh vực {other}"),
            ],
            Lang::En => [
                format!("The criteria set changed ({old_id} → {new_id}); the index can be compared"),
                format!("fields {same}"),
                format!("{leaves} criteria of the same id, name and maximum"),
                format!("not fields {other}"),
            ],
        };
        let is_said = [true, !same.is_empty(), 0 < leaves, !other.is_empty()];
        let said = parts.into_iter().zip(is_said).filter(|(_, is_said)| *is_said).map(|(part, _)| part);
        said.collect::<Vec<_>>().join("; ")
    }))
}
