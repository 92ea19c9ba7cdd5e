//! The stages of appraisal side by side: what units gave themselves, what they were given, and the
//! points that were cut.

use super::json::{bytes, made_by, number, text};
use super::ranking::{heading, status};
use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::engine::{Staged, stages};
use crate::lang::{Lang, Text};
use crate::model::Stage;
use crate::number::{Points, plain};
use crate::scored::{LoadedTier, Scored};
use crate::text;
use rayon::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// A scored round, stage by stage.
pub struct StagesView<'a> {
    /// What was scored; its values are needed.
    pub scored: &'a Scored,
    /// Only the first so many of each table.
    pub top: Option<usize>,
    /// Only this unit: its place in its tier, by tier.
    pub unit: Option<(usize, usize)>,
}

/// A criterion whose points fell after the self-assessment, or rose.
pub(super) struct Cut {
    pub leaf: usize,
    /// What the unit gave itself.
    pub own: Decimal,
    /// What counts.
    pub given: Decimal,
    /// The stage that says so.
    pub stage: Stage,
    /// The appraiser's note; may be empty.
    pub note: String,
}

impl View for StagesView<'_> {
    fn report(&self) -> Report<'_> {
        let round = &self.scored.loaded.round;
        let mut report = Report { provenance: self.scored.loaded.files.clone(), ..Report::default() };
        report.titles.extend((!round.title.is_empty()).then(|| Text::same(&round.title)));
        for (at, (tier, _, ranking)) in self.scored.tiers().enumerate() {
            if tier.data.stages.is_empty() {
                let name = &tier.id;
                report.notes.push(text!(
                    "Cấp {name}: số liệu không ghi lần chấm (cột stage)",
                    "Tier {name}: the results name no stages (column stage)"
                ));
                continue;
            }
            for block in &ranking.blocks {
                let units = self.shown(at, block.ranked.iter().chain(&block.unranked).copied());
                if !units.is_empty() {
                    report.sections.push(self.section(at, tier, heading(tier, block), &block.name, units));
                }
                let not_scored = self.shown(at, block.not_scored.iter().copied());
                report.notes.extend(not_scored.iter().map(|&unit| self.not_scored_line(at, unit)));
            }
        }
        report.notes.push(text!(
            "Điểm mỗi lần là điểm các tiêu chí thẩm định, chưa kể điều tra xã hội học, điểm thưởng, điểm trừ; tiêu chí chưa chấm ở một lần lấy điểm lần trước",
            "Each stage shows the points of appraised criteria, without surveys, bonus and deductions; a criterion that a stage does not name keeps its points of the stage before"
        ));
        report
    }

    fn json(&self, _: Lang) -> Vec<u8> {
        let tiers: Vec<Value> =
            self.scored.tiers().enumerate().map(|(at, (tier, ..))| self.tier_json(at, tier)).collect();
        let all = json!({ "tiers": tiers, "made_by": made_by(&self.scored.loaded.files) });
        bytes(&all)
    }
}

impl StagesView<'_> {
    fn shown(&self, tier: usize, units: impl Iterator<Item = usize>) -> Vec<usize> {
        match (self.unit, self.top) {
            (Some((of, unit)), _) => units.filter(|at| of == tier && *at == unit).collect(),
            (None, Some(top)) => units.take(top).collect(),
            (None, None) => units.collect(),
        }
    }

    fn not_scored_line(&self, at: usize, unit: usize) -> Text {
        let (tier, scores) = (&self.scored.loaded.tiers[at], &self.scored.tiers[at].0);
        let name = tier.data.units[unit].label();
        let Text { vi, en } = status(tier, scores, unit).1.unwrap_or_default();
        text!("Không chấm điểm – {name}: {vi}", "Not scored – {name}: {en}")
    }

    fn section<'a>(
        &'a self,
        at: usize,
        tier: &'a LoadedTier,
        heading: Option<Text>,
        block: &str,
        units: Vec<usize>,
    ) -> Section<'a> {
        let staged: Vec<Vec<Staged>> =
            units.par_iter().map(|&unit| stages(&tier.set, &tier.data, unit)).collect();
        let notes = units
            .iter()
            .zip(&staged)
            .flat_map(|(&unit, staged)| cuts(tier, unit, staged).into_iter().map(move |cut| (unit, cut)))
            .map(|(unit, cut)| cut_line(tier, tier.data.units[unit].label(), &cut))
            .collect();
        let has_survey = tier.set.leaves.iter().any(|leaf| leaf.is_survey);
        let table = Table {
            columns: self.columns(tier, has_survey),
            len: units.len(),
            row: Box::new(move |row| self.row(at, units[row], &staged[row], has_survey)),
        };
        let keys = vec![("tier", tier.id.clone()), ("block", block.to_owned())];
        Section { heading, keys, table: Some(table), notes, ..Section::default() }
    }

    fn columns(&self, tier: &LoadedTier, has_survey: bool) -> Vec<Column> {
        let set = &tier.set;
        let mut columns = vec![
            Column::new("rank", text!("Hạng", "Rank"), ColumnKind::Number),
            Column::new("unit", text!("Mã", "Id"), ColumnKind::Machine),
            Column::new("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
        ];
        for (stage, _) in &tier.data.stages {
            columns.push(Column::new(stage.word(), stage.name(), ColumnKind::Number));
        }
        columns.push(Column::new("change", text!("Thay đổi", "Change"), ColumnKind::Number));
        let mut extra = |key: &str, name: Text, is_there: bool| {
            if is_there {
                columns.push(Column::new(key, name, ColumnKind::Extra));
            }
        };
        extra("survey", text!("Điều tra XHH", "Survey"), has_survey);
        extra("bonus", text!("Thưởng", "Bonus"), set.has_bonus());
        extra("deductions", text!("Trừ", "Deducted"), set.has_deductions());
        columns.push(Column::new("total", text!("Tổng", "Total"), ColumnKind::Number));
        columns
    }

    fn row(&self, at: usize, unit: usize, staged: &[Staged], has_survey: bool) -> Vec<Cell<'_>> {
        let tier = &self.scored.loaded.tiers[at];
        let (scores, ranking) = &self.scored.tiers[at];
        let (set, score) = (&tier.set, &scores.units[unit]);
        let points = |points: Decimal| Cell::Number(points, set.points_rounding);
        let mut cells = vec![
            ranking.ranks[unit].map_or(Cell::Missing, |rank| Cell::Whole(rank.into())),
            Cell::text(&tier.data.units[unit].id),
            Cell::text(tier.data.units[unit].label()),
        ];
        cells.extend(staged.iter().map(|staged| points(staged.appraised.exact())));
        cells.push(Cell::Change(-lost_on_the_way(staged).exact(), set.points_rounding));
        if has_survey {
            cells.push(points(survey(tier, staged)));
        }
        if set.has_bonus() {
            cells.push(points(score.bonus.exact()));
        }
        if set.has_deductions() {
            cells.push(points(score.deductions.exact()));
        }
        cells.push(Cell::Number(score.total.exact(), set.total_rounding));
        cells
    }

    fn tier_json(&self, at: usize, tier: &LoadedTier) -> Value {
        let (scores, ranking) = &self.scored.tiers[at];
        let all = ranking.blocks.iter().flat_map(|block| block.ranked.iter().chain(&block.unranked).copied());
        let units: Vec<Value> = self
            .shown(at, all)
            .into_iter()
            .map(|unit| {
                let staged = stages(&tier.set, &tier.data, unit);
                let points: serde_json::Map<String, Value> = staged
                    .iter()
                    .map(|staged| (staged.stage.word().to_owned(), number(staged.appraised.exact())))
                    .collect();
                let cuts: Vec<Value> = cuts(tier, unit, &staged)
                    .iter()
                    .map(|cut| {
                        json!({
                            "criterion": tier.set.leaves[cut.leaf].id,
                            "self": number(cut.own),
                            "points": number(cut.given),
                            "stage": cut.stage.word(),
                            "note": text(&cut.note),
                        })
                    })
                    .collect();
                json!({
                    "id": tier.data.units[unit].id,
                    "name": tier.data.units[unit].label(),
                    "rank": ranking.ranks[unit],
                    "stages": points,
                    "change": number(-lost_on_the_way(&staged).exact()),
                    "survey": number(survey(tier, &staged)),
                    "points": number(scores.units[unit].total.exact()),
                    "cuts": cuts,
                })
            })
            .collect();
        let names: Vec<&str> = tier.data.stages.iter().map(|(stage, _)| stage.word()).collect();
        json!({ "id": tier.id, "criteria_set": tier.set.id, "stages": names, "units": units })
    }
}

/// What surveys gave.
fn survey(tier: &LoadedTier, staged: &[Staged]) -> Decimal {
    let Some(last) = staged.last() else { return Decimal::ZERO };
    let leaves = tier.set.nodes.iter().filter_map(|node| node.leaf);
    leaves.filter(|&leaf| tier.set.leaves[leaf].is_survey).filter_map(|leaf| last.points[leaf]).sum()
}

/// The points of the first stage less those of the last.
fn lost_on_the_way(staged: &[Staged]) -> Points {
    match (staged.first(), staged.last()) {
        (Some(first), Some(last)) => first.appraised - last.appraised,
        _ => Points::ZERO,
    }
}

/// Criteria whose points changed after the self-assessment, the largest cut first.
pub(super) fn cuts(tier: &LoadedTier, unit: usize, staged: &[Staged]) -> Vec<Cut> {
    let Some((own, later)) = staged.split_first().filter(|(own, _)| own.stage == Stage::SelfAssessed) else {
        return Vec::new();
    };
    let Some(last) = later.last() else { return Vec::new() };
    let mut cuts: Vec<Cut> = (0..tier.set.leaves.len())
        .filter_map(|leaf| {
            let (before, after) = (own.points[leaf].filter(|_| own.is_given[leaf])?, last.points[leaf]?);
            let by = later.iter().rev().find(|staged| staged.is_given[leaf]).filter(|_| before != after)?;
            let column = tier.set.leaves[leaf].columns.start;
            let note = tier.data.note_at(unit, column, by.stage).unwrap_or_default().to_owned();
            Some(Cut { leaf, own: before, given: after, stage: by.stage, note })
        })
        .collect();
    cuts.sort_by_key(|cut| cut.given - cut.own);
    cuts
}

/// "Xã A, 1.2: tự chấm 2, thẩm định lần 1 còn 1,5 (−0,5): thiếu báo cáo".
fn cut_line(tier: &LoadedTier, unit: &str, cut: &Cut) -> Text {
    let id = &tier.set.leaves[cut.leaf].id;
    let stage = cut.stage.name();
    let note = if cut.note.is_empty() { String::new() } else { format!(": {}", cut.note) };
    Text::by(|lang| {
        let [own, given, change] =
            [cut.own, cut.given, cut.given - cut.own].map(|points| plain(points, lang));
        let change = change.strip_prefix('-').map_or(format!("+{change}"), |change| format!("−{change}"));
        let stage = stage.get(lang).to_lowercase();
        match lang {
            Lang::Vi => format!("{unit}, {id}: tự chấm {own}, {stage} {given} ({change}){note}"),
            Lang::En => format!("{unit}, {id}: self {own}, {stage} {given} ({change}){note}"),
        }
    })
}
