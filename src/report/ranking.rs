//! The ranked tables of a round.

mod heat;
mod json;
mod notes;
mod years;

use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::criteria_set::CriteriaSet;
use crate::engine::rank::Block;
use crate::engine::{Ranking, Scores};
use crate::lang::{Lang, Text};
use crate::number::{Points, Rounding};
use crate::scored::{LoadedTier, Scored};
use json::RoundData;
use notes::reasons;

pub(super) use notes::{limit_reason, missed_ids, not_applicable, set_status, status, tier_notes};
pub(super) use years::{has_any, note as previous_note};

pub use years::{Moved, changed_set, matching_nodes, other_tiers};

/// Which columns of points the tables have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fields {
    /// None.
    None,
    /// The fields.
    #[default]
    Top,
    /// Every criterion.
    All,
}

/// A scored round as ranked tables.
#[derive(Clone, Copy)]
pub struct RankingView<'a> {
    /// What was scored.
    pub scored: &'a Scored,
    /// Which columns of points.
    pub fields: Fields,
    /// Only the first so many of each table.
    pub top: Option<usize>,
    /// Only this unit: its place in its tier, by tier.
    pub unit: Option<(usize, usize)>,
}

impl View for RankingView<'_> {
    fn report(&self) -> Report<'_> {
        let round = &self.scored.loaded.round;
        let mut report = Report { provenance: self.scored.loaded.files.clone(), ..Report::default() };
        report.titles.extend(
            [&round.title, &round.issuer].into_iter().filter(|line| !line.is_empty()).map(Text::same),
        );
        for (at, (tier, scores, ranking)) in self.scored.tiers().enumerate() {
            let units = |block: &Block| self.shown(at, block);
            for block in ranking.blocks.iter().filter(|block| !units(block).is_empty()) {
                report.sections.push(self.section(at, block, units(block)));
            }
            report.notes.extend(tier_notes(tier, scores, self.fields));
            report.notes.extend(self.changed_note(at));
        }
        report.notes.extend(self.scored.loaded.previous.as_deref().map(years::note));
        report.notes.extend(round.notes.iter().map(Text::same));
        report
    }

    fn json(&self, _: Lang) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(&RoundData { view: self }).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

impl<'a> RankingView<'a> {
    /// What of a tier cannot be compared with the round before, or not as a whole.
    pub(super) fn changed_note(self, at: usize) -> Option<Text> {
        let (tier, previous) = (&self.scored.loaded.tiers[at], self.scored.loaded.previous.as_ref()?);
        match years::has_any(self.scored, at) {
            true => years::changed_of(previous, tier),
            // A table may hold some of the tiers alone.
            false => other_tiers(previous, tier).filter(|_| previous.round.is_some()),
        }
    }

    /// The units of a block that are shown: ranked, not ranked, not scored.
    pub(super) fn shown(self, tier: usize, block: &Block) -> Vec<usize> {
        let all = block.ranked.iter().chain(&block.unranked).chain(&block.not_scored).copied();
        match (self.unit, self.top) {
            (Some((of, unit)), _) => all.filter(|at| of == tier && *at == unit).collect(),
            (None, Some(top)) => block.ranked.iter().copied().take(top).collect(),
            (None, None) => all.collect(),
        }
    }

    /// What is said below the table of a block.
    pub(super) fn notes(self, at: usize, block: &Block, units: &[usize], with_targets: bool) -> Vec<Text> {
        let mut notes = reasons(&self.scored.loaded.tiers[at], &self.scored.tiers[at].0, units, with_targets);
        notes.extend(years::merged(self.scored, at, units));
        notes.extend(years::other_count(self.scored, at, block));
        notes
    }

    /// The table of a block, and why units of it are not ranked.
    pub(super) fn section(self, at: usize, block: &'a Block, units: Vec<usize>) -> Section<'a> {
        let tier = &self.scored.loaded.tiers[at];
        let (scores, ranking) = &self.scored.tiers[at];
        let set = &tier.set;
        let nodes = shown_nodes(set, self.fields);
        let has_other_max = units.iter().any(|&unit| scores.units[unit].max != set.max);
        let heading = heading(tier, block);
        let notes = self.notes(at, block, &units, true);
        let charts = self.heat(at, &units).into_iter().collect();
        let has_previous = years::has_any(self.scored, at);
        let mut columns = columns(set, &nodes, has_other_max);
        if has_previous {
            columns.extend(years::columns());
        }
        let table = Table {
            columns,
            len: units.len(),
            row: Box::new(move |row_at| {
                let mut cells = row(tier, scores, ranking, &nodes, units[row_at]);
                if has_previous {
                    cells.extend(years::cells(self.scored, at, units[row_at], set));
                }
                cells
            }),
        };
        let keys = vec![("tier", tier.id.clone()), ("block", block.name.clone())];
        Section { heading, keys, table: Some(table), notes, charts, ..Section::default() }
    }
}

/// What must be known of the base of a comparison: merged units, another number of ranked ones.
pub(super) fn notes_on_years(scored: &Scored) -> Vec<Text> {
    let of_tier = |(at, (_, ranking)): (usize, &(Scores, Ranking))| {
        let units: Vec<usize> = (0..ranking.ranks.len()).collect();
        let counts = ranking.blocks.iter().filter_map(|block| years::other_count(scored, at, block));
        years::merged(scored, at, &units).into_iter().chain(counts).collect::<Vec<_>>()
    };
    scored.tiers.iter().enumerate().flat_map(of_tier).collect()
}

/// The nodes that have a column.
fn shown_nodes(set: &CriteriaSet, fields: Fields) -> Vec<usize> {
    match fields {
        Fields::None => Vec::new(),
        Fields::Top => set.fields().collect(),
        Fields::All => (0..set.nodes.len()).collect(),
    }
}

pub(super) fn heading(tier: &LoadedTier, block: &Block) -> Option<Text> {
    let name = if tier.name.is_empty() { tier.id.as_str() } else { &tier.name };
    let parts: Vec<&str> = [name, &block.name].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| Text::same(parts.join(" – ")))
}

fn columns(set: &CriteriaSet, nodes: &[usize], has_other_max: bool) -> Vec<Column> {
    let column = |key: &str, vi: &str, en: &str, kind| {
        Column::new(key, Text { vi: vi.to_owned(), en: en.to_owned() }, kind)
    };
    let mut columns = vec![
        column("rank", "Hạng", "Rank", ColumnKind::Number),
        column("unit", "Mã", "Id", ColumnKind::Machine),
        column("name", "Đơn vị", "Unit", ColumnKind::Text),
    ];
    columns.extend(nodes.iter().map(|&node| {
        let id = &set.nodes[node].id;
        Column::new(id, Text::same(id), ColumnKind::Detail)
    }));
    if set.has_bonus() {
        columns.push(column("bonus", "Thưởng", "Bonus", ColumnKind::Extra));
    }
    if set.has_deductions() {
        columns.push(column("deductions", "Trừ", "Deducted", ColumnKind::Extra));
    }
    columns.push(column("total", "Tổng", "Total", ColumnKind::Number));
    let max = if has_other_max { ColumnKind::Extra } else { ColumnKind::Machine };
    columns.push(column("max", "Tối đa", "Max", max));
    columns.push(column("index", "Chỉ số %", "Index %", ColumnKind::Number));
    let grade = if set.grades.is_empty() { ColumnKind::Machine } else { ColumnKind::Word };
    columns.push(column("grade", "Xếp loại", "Grade", grade));
    if !set.grade_limits.is_empty() {
        columns.push(column("grade_limit", "Giới hạn xếp loại", "Grade limit", ColumnKind::Machine));
    }
    if set.has_targets() {
        columns.push(column("targets", "Chỉ tiêu đạt", "Targets met", ColumnKind::Extra));
        columns.push(column("targets_missed", "Chỉ tiêu chưa đạt", "Targets missed", ColumnKind::Machine));
    }
    columns.push(column("status", "Tình trạng", "Status", ColumnKind::Machine));
    columns.push(column("reason", "Lý do", "Reason", ColumnKind::Machine));
    columns
}

fn row<'a>(
    tier: &'a LoadedTier,
    scores: &'a Scores,
    ranking: &'a Ranking,
    nodes: &[usize],
    unit: usize,
) -> Vec<Cell<'a>> {
    let (set, score) = (&tier.set, &scores.units[unit]);
    let is_scored = score.not_scored.is_none();
    let points = |points: Points, rounding: Rounding| match is_scored {
        true => Cell::Number(points.exact(), rounding),
        false => Cell::Missing,
    };
    let mut cells = vec![
        ranking.ranks[unit].map_or(Cell::Missing, |rank| Cell::Whole(rank.into())),
        Cell::text(&tier.data.units[unit].id),
        Cell::text(tier.data.units[unit].label()),
    ];
    cells.extend(nodes.iter().map(|&node| match scores.nodes.get(unit, node) {
        Some(score) if score.not_applicable => Cell::Text("N/A".into()),
        Some(score) => points(score.points, set.points_rounding),
        None => Cell::Missing,
    }));
    if set.has_bonus() {
        cells.push(points(score.bonus, set.points_rounding));
    }
    if set.has_deductions() {
        cells.push(points(score.deductions, set.points_rounding));
    }
    cells.push(points(score.total, set.total_rounding));
    cells.push(points(score.max, set.total_rounding));
    cells.push(points(Points::new(score.index.exact()), set.index_rounding));
    cells.push(grade(set, score.grade));
    if !set.grade_limits.is_empty() {
        cells.push(limit_reason(set, score).map_or(Cell::Missing, Cell::Words));
    }
    if set.has_targets() {
        let (met, all) = (score.targets.met, score.targets.met + score.targets.missed);
        let missed = missed_ids(tier, scores, unit);
        let shown = |text: String, is_there| if is_there { Cell::Text(text.into()) } else { Cell::Missing };
        cells.push(shown(format!("{met}/{all}"), is_scored && 0 < all));
        cells.push(shown(missed.join("; "), is_scored && !missed.is_empty()));
    }
    let (status, reason) = status(tier, scores, unit);
    cells.push(Cell::text(status));
    cells.push(reason.map_or(Cell::Missing, Cell::Words));
    cells
}

fn grade(set: &CriteriaSet, grade: Option<usize>) -> Cell<'_> {
    grade.map_or(Cell::Missing, |grade| Cell::text(&set.grades[grade].name))
}
