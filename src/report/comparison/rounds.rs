//! Two rounds: who moved, and which fields moved them; one unit criterion by criterion.

use crate::engine::Scores;
use crate::lang::{Lang, Text};
use crate::report::json::{bytes, made_by, number, text};
use crate::report::ranking::{changed_set, heading, matching_nodes, other_tiers};
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, View, words};
use crate::scored::{LoadedTier, Scored, predecessors};
use crate::text;
use crate::text::folded;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::HashSet;

/// A round against the one before it.
pub struct RoundsView<'a> {
    /// The new round, with its previous one and the scores of every node.
    pub scored: &'a Scored,
    /// Only this unit, criterion by criterion: its tier's place and its own.
    pub unit: Option<(usize, usize)>,
}

/// How many fields are named as what moved a unit.
const NAMED: usize = 3;

impl View for RoundsView<'_> {
    fn report(&self) -> Report<'_> {
        let loaded = &self.scored.loaded;
        let mut report = Report { provenance: loaded.files.clone(), ..Report::default() };
        let old = self.scored.loaded.previous.as_ref().map_or("", |previous| previous.file.as_str());
        report.titles.push(text!("So với {old}", "Compared with {old}"));
        report.titles.extend((!loaded.round.title.is_empty()).then(|| Text::same(&loaded.round.title)));
        if let Some((tier, unit)) = self.unit {
            report.sections.push(self.unit_section(tier, unit));
            return report;
        }
        for (at, (tier, _, ranking)) in self.scored.tiers().enumerate() {
            if (0..tier.data.units.len()).all(|unit| self.scored.before(at, unit).is_none()) {
                report.notes.extend(self.notes(at));
                continue;
            }
            let pairs = self.pairs(at);
            let fields: Vec<(usize, usize)> =
                pairs.into_iter().filter(|(_, new)| tier.set.nodes[*new].depth == 0).collect();
            for block in &ranking.blocks {
                let units: Vec<usize> = block.ranked.iter().chain(&block.unranked).copied().collect();
                if units.is_empty() {
                    continue;
                }
                let keys = vec![("tier", tier.id.clone()), ("block", block.name.clone())];
                let charts = vec![self.places_chart(at, units.clone())];
                let table = Some(self.table(at, fields.clone(), units));
                report.sections.push(Section {
                    heading: heading(tier, block),
                    keys,
                    table,
                    charts,
                    ..Section::default()
                });
            }
            report.notes.extend(self.notes(at));
        }
        report
    }

    fn json(&self, _: Lang) -> Vec<u8> {
        let tiers: Vec<Value> = (0..self.scored.tiers.len()).map(|at| self.tier_json(at)).collect();
        let old = self.scored.loaded.previous.as_ref().map(|previous| &previous.file);
        let all = json!({ "previous": old, "tiers": tiers, "made_by": made_by(&self.scored.loaded.files) });
        bytes(&all)
    }
}

impl RoundsView<'_> {
    /// The tier of the round before that has the id of one of today's.
    fn tier_before(&self, at: usize) -> Option<(&LoadedTier, &Scores)> {
        let round = self.scored.loaded.previous.as_ref()?.round.as_ref()?;
        let id = &self.scored.loaded.tiers[at].id;
        let found = round.tiers().find(|(tier, ..)| tier.id == *id);
        found.map(|(tier, scores, _)| (tier, scores))
    }

    /// The nodes that both sets have, old and new.
    fn pairs(&self, at: usize) -> Vec<(usize, usize)> {
        let before = self.tier_before(at).map(|(tier, _)| &tier.set);
        before.map_or_else(Vec::new, |before| matching_nodes(before, &self.scored.loaded.tiers[at].set))
    }

    /// By how much the points of a node changed, for a unit that came from one unit.
    fn change(&self, at: usize, unit: usize, (old, new): (usize, usize)) -> Option<Decimal> {
        let (before, scores) = self.tier_before(at)?;
        let tier = &self.scored.loaded.tiers[at];
        let mut ids = predecessors(&tier.data.units[unit]);
        let (id, None) = (folded(ids.next()?), ids.next()) else { return None };
        let was = before.data.units.iter().position(|unit| folded(&unit.id) == id)?;
        let points = |scores: &Scores, unit, node| {
            scores
                .nodes
                .get(unit, node)
                .filter(|score| !score.not_applicable)
                .map(|score| score.points.exact())
        };
        let now = points(&self.scored.tiers[at].0, unit, new)?;
        Some(now - points(scores, was, old)?)
    }

    fn table(&self, at: usize, fields: Vec<(usize, usize)>, units: Vec<usize>) -> Table<'_> {
        let set = &self.scored.loaded.tiers[at].set;
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let mut columns = vec![
            column("rank", text!("Hạng", "Rank"), ColumnKind::Number),
            column("unit", text!("Mã", "Id"), ColumnKind::Machine),
            column("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
            column("previous_rank", text!("Hạng trước", "Rank before"), ColumnKind::Extra),
            column("places", text!("Bậc", "Places"), ColumnKind::Number),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("previous_index", text!("Năm trước", "Before"), ColumnKind::Extra),
            column("change", text!("Tăng, giảm", "Change"), ColumnKind::Number),
        ];
        columns.extend(fields.iter().map(|&(_, new)| {
            let id = &set.nodes[new].id;
            Column::new(id, Text::same(format!("Δ {id}")), ColumnKind::Detail)
        }));
        if !fields.is_empty() {
            columns.push(column("moved_by", text!("Chủ yếu do", "Moved by"), ColumnKind::Text));
        }
        Table { columns, len: units.len(), row: Box::new(move |row| self.row(at, units[row], &fields)) }
    }

    fn row(&self, at: usize, unit: usize, fields: &[(usize, usize)]) -> Vec<Cell<'_>> {
        let tier = &self.scored.loaded.tiers[at];
        let (scores, ranking) = &self.scored.tiers[at];
        let (set, score) = (&tier.set, &scores.units[unit]);
        let moved = self.scored.moved(at, unit);
        let before = moved.as_ref().map(|moved| &moved.before);
        let rank = |rank: Option<u32>| rank.map_or(Cell::Missing, |rank| Cell::Whole(rank.into()));
        let mut cells = vec![
            rank(ranking.ranks[unit]),
            Cell::text(&tier.data.units[unit].id),
            Cell::text(tier.data.units[unit].label()),
            rank(before.and_then(|before| before.rank)),
            moved.as_ref().and_then(|moved| moved.places).map_or(Cell::Missing, Cell::Places),
            Cell::Number(score.index.exact(), set.index_rounding),
            before
                .and_then(|before| before.index)
                .map_or(Cell::Missing, |index| Cell::Number(index, set.index_rounding)),
            moved
                .as_ref()
                .and_then(|moved| moved.change)
                .map_or(Cell::Missing, |change| Cell::Change(change, set.index_rounding)),
        ];
        let changes: Vec<Option<Decimal>> = fields.iter().map(|&pair| self.change(at, unit, pair)).collect();
        cells.extend(changes.iter().map(|change| match change {
            Some(change) => Cell::Change(*change, set.points_rounding),
            None => Cell::Missing,
        }));
        let ids: Vec<&str> = fields.iter().map(|&(_, new)| set.nodes[new].id.as_str()).collect();
        if !fields.is_empty() {
            cells.push(movers(set.points_rounding, &ids, &changes));
        }
        cells
    }

    /// Units that are new, and units that are no more; sets that changed.
    fn notes(&self, at: usize) -> Vec<Text> {
        let tier = &self.scored.loaded.tiers[at];
        let mut notes = Vec::new();
        let units = || tier.data.units.iter().enumerate();
        let new: Vec<&str> = units()
            .filter(|(unit, _)| self.scored.before(at, *unit).is_none())
            .map(|(_, unit)| unit.label())
            .collect();
        if !new.is_empty() {
            let (count, list) = (new.len(), new.join(", "));
            notes.push(text!(
                "Không có đơn vị trước đó ({count}): {list}",
                "Without a predecessor ({count}): {list}"
            ));
        }
        let named: HashSet<String> = units().flat_map(|(_, unit)| predecessors(unit)).map(folded).collect();
        let previous = self.scored.loaded.previous.iter().flat_map(|previous| &previous.standings);
        let gone: Vec<&str> = previous
            .filter(|standing| standing.tier == tier.id || standing.tier.is_empty())
            .filter(|standing| !named.contains(&folded(&standing.unit)))
            .map(|standing| if standing.name.is_empty() { &standing.unit } else { &standing.name })
            .map(String::as_str)
            .collect();
        if !gone.is_empty() {
            let (count, list) = (gone.len(), gone.join(", "));
            notes.push(text!(
                "Không còn trong đợt mới ({count}): {list}",
                "No more in the new round ({count}): {list}"
            ));
        }
        notes.extend(self.set_notes(at));
        notes
    }

    /// What of the sets can be compared.
    fn set_notes(&self, at: usize) -> Vec<Text> {
        let tier = &self.scored.loaded.tiers[at];
        let note = match self.tier_before(at) {
            Some((before, _)) => changed_set(&before.set, &tier.set),
            None => {
                let previous = self.scored.loaded.previous.as_ref();
                previous.and_then(|previous| other_tiers(previous, tier)).or_else(|| Some(text!(
                    "Đợt trước chỉ có kết quả công bố: so được chỉ số và hạng, không so được lĩnh vực",
                    "Only published results are known of the round before: index and rank can be compared, fields cannot"
                )))
            }
        };
        note.into_iter().collect()
    }

    /// One unit, criterion by criterion.
    fn unit_section(&self, at: usize, unit: usize) -> Section<'_> {
        let set = &self.scored.loaded.tiers[at].set;
        let mut changes: Vec<(usize, Decimal)> = self
            .pairs(at)
            .into_iter()
            .filter(|(_, new)| set.nodes[*new].leaf.is_some())
            .filter_map(|pair| Some((pair.1, self.change(at, unit, pair)?)))
            .filter(|(_, change)| !change.is_zero())
            .collect();
        changes.sort_by_key(|(_, change)| std::cmp::Reverse(change.abs()));
        let scores = &self.scored.tiers[at].0;
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let is_empty = changes.is_empty();
        let table = Table {
            columns: vec![
                column("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
                column("name", text!("Tên", "Name"), ColumnKind::Text),
                column("max", text!("Tối đa", "Max"), ColumnKind::Number),
                column("points", text!("Điểm", "Points"), ColumnKind::Number),
                column("change", text!("Tăng, giảm", "Change"), ColumnKind::Number),
            ],
            len: changes.len(),
            row: Box::new(move |row| {
                let (node, change) = changes[row];
                let points = scores.nodes.get(unit, node).map_or(Decimal::ZERO, |score| score.points.exact());
                vec![
                    Cell::text(&set.nodes[node].id),
                    Cell::text(&set.nodes[node].name),
                    Cell::Plain(set.nodes[node].max.exact()),
                    Cell::Number(points, set.points_rounding),
                    Cell::Change(change, set.points_rounding),
                ]
            }),
        };
        let name = self.scored.loaded.tiers[at].data.units[unit].label();
        let rounding = set.index_rounding;
        let moved = self.scored.moved(at, unit);
        let change = moved.as_ref().and_then(|moved| moved.change);
        let shown = Text::by(|lang| {
            change.map_or("–".to_owned(), |change| words(&Cell::Change(change, rounding), lang))
        });
        let (vi, en) = (shown.vi, shown.en);
        let heading = text!("{name}: chỉ số thay đổi {vi}", "{name}: the index changed by {en}");
        let why = match moved.map(|moved| moved.before.of.len()) {
            None => Some(text!("Không có đơn vị trước đó", "Without a predecessor")),
            Some(1) if is_empty => Some(text!(
                "Không có tiêu chí nào so được mà thay đổi",
                "No criterion that can be compared changed"
            )),
            Some(1) => None,
            Some(_) => Some(text!(
                "Gộp từ nhiều đơn vị: so được chỉ số với bình quân, không so được tiêu chí",
                "It came from several units: the index is compared with their mean, criteria cannot be compared"
            )),
        };
        let notes = why.into_iter().chain(self.set_notes(at)).collect();
        let table = Some(table).filter(|_| !is_empty);
        Section { heading: Some(heading), table, notes, ..Section::default() }
    }

    fn tier_json(&self, at: usize) -> Value {
        let (tier, ranking) = (&self.scored.loaded.tiers[at], &self.scored.tiers[at].1);
        let pairs = self.pairs(at);
        let all = ranking.blocks.iter().flat_map(|block| block.ranked.iter().chain(&block.unranked));
        let is_shown = |unit: &&usize| self.unit.is_none_or(|only| only == (at, **unit));
        let units: Vec<Value> = all
            .filter(is_shown)
            .map(|&unit| {
                let moved = self.scored.moved(at, unit);
                let before = moved.as_ref().map(|moved| &moved.before);
                let exact = |value: Option<Decimal>| value.map_or(Value::Null, number);
                let criteria: serde_json::Map<String, Value> = pairs
                    .iter()
                    .filter_map(|&pair| {
                        let change = self.change(at, unit, pair)?;
                        Some((tier.set.nodes[pair.1].id.clone(), number(change)))
                    })
                    .collect();
                let set = &tier.set;
                let index = set.index_rounding.apply(self.scored.tiers[at].0.units[unit].index.exact());
                json!({
                    "id": tier.data.units[unit].id,
                    "name": text(tier.data.units[unit].label()),
                    "index": number(index),
                    "previous_index": exact(before.and_then(|before| before.index)),
                    "change": exact(moved.as_ref().and_then(|moved| moved.change)),
                    "rank": ranking.ranks[unit],
                    "previous_rank": before.and_then(|before| before.rank),
                    "places": moved.as_ref().and_then(|moved| moved.places),
                    "criteria": criteria,
                })
            })
            .collect();
        json!({ "id": tier.id, "units": units })
    }
}

/// "3: +2,10; 5: −1,00": the fields that moved a unit most.
fn movers(rounding: crate::number::Rounding, ids: &[&str], changes: &[Option<Decimal>]) -> Cell<'static> {
    let mut moved: Vec<(&str, Decimal)> =
        ids.iter().zip(changes).filter_map(|(id, change)| Some((*id, (*change)?))).collect();
    moved.retain(|(_, change)| !change.is_zero());
    moved.sort_by_key(|(_, change)| std::cmp::Reverse(change.abs()));
    if moved.is_empty() {
        return Cell::Missing;
    }
    Cell::Words(Text::by(|lang| {
        let one = |(id, change): &(&str, Decimal)| {
            format!("{id}: {}", words(&Cell::Change(*change, rounding), lang))
        };
        moved.iter().take(NAMED).map(one).collect::<Vec<_>>().join("; ")
    }))
}
