//! The stages of appraisal of a unit: what it gave itself, what it was given, what was cut and why.

use super::ExplanationView;
use crate::engine::{Staged, stages};
use crate::lang::{Lang, Text};
use crate::model::{Stage, Value};
use crate::number::plain;
use crate::report::json::number;
use crate::report::stages::cuts;
use crate::report::{Cell, Column, ColumnKind, Section, Table};
use crate::text;
use rust_decimal::Decimal;
use serde_json::json;

/// What a stage says of a criterion.
struct AtStage<'a> {
    stage: Stage,
    points: Option<Decimal>,
    note: Option<&'a str>,
}

impl ExplanationView<'_> {
    /// Criteria whose points changed between the stages.
    pub(super) fn stages_section(&self) -> Option<Section<'_>> {
        let (tier, set) = (self.tier(), self.set());
        if tier.data.stages.is_empty() {
            return None;
        }
        let staged = stages(set, &tier.data, self.unit);
        let cuts = cuts(tier, self.unit, &staged);
        let lost: Decimal = cuts.iter().map(|cut| (cut.own - cut.given).max(Decimal::ZERO)).sum();
        let count = cuts.iter().filter(|cut| cut.given < cut.own).count();
        let amount = Text::by(|lang| plain(lost, lang));
        let (vi, en) = (amount.vi, amount.en);
        let heading = text!(
            "Thẩm định cắt {vi} điểm ở {count} tiêu chí",
            "{en} points cut in {count} criteria by the appraisal"
        );
        let mut columns = vec![
            Column::new("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
            Column::new("name", text!("Tên", "Name"), ColumnKind::Text),
        ];
        columns.extend(
            staged
                .iter()
                .map(|staged| Column::new(staged.stage.word(), staged.stage.name(), ColumnKind::Number)),
        );
        columns.push(Column::new("change", text!("Thay đổi", "Change"), ColumnKind::Number));
        columns.push(Column::new("note", text!("Ghi chú thẩm định", "Appraiser's note"), ColumnKind::Text));
        let cents = set.points_rounding;
        let table = Table {
            columns,
            len: cuts.len(),
            row: Box::new(move |at| {
                let cut = &cuts[at];
                let mut cells =
                    vec![Cell::text(&set.leaves[cut.leaf].id), Cell::text(self.words(cut.leaf).0)];
                cells.extend(staged.iter().map(|staged| match staged.points[cut.leaf] {
                    Some(points) if staged.is_given[cut.leaf] => Cell::Number(points, cents),
                    _ => Cell::Missing,
                }));
                cells.push(Cell::Change(cut.given - cut.own, cents));
                cells.push(if cut.note.is_empty() {
                    Cell::Missing
                } else {
                    Cell::Text(cut.note.clone().into())
                });
                cells
            }),
        };
        Some(Section { heading: Some(heading), table: Some(table), ..Section::default() })
    }

    /// What each stage gave a criterion, with its note. An explanation may be a note alone.
    pub(super) fn stage_lines(&self, leaf: usize) -> Vec<Text> {
        let cents = self.set().points_rounding;
        let line = |AtStage { stage, points, note }: AtStage<'_>| {
            let (name, values) = (stage.name(), self.values_at(leaf, stage));
            Text::by(|lang| {
                let word = if lang == Lang::Vi { "điểm" } else { "points" };
                let mut line = name.get(lang).to_owned();
                if let Some(points) = points {
                    line += &format!(": {} {word} ({})", cents.text(points, lang), values.get(lang));
                }
                if let Some(note) = note {
                    line += &format!(" – {note}");
                }
                line
            })
        };
        self.at_stages(leaf).into_iter().map(line).collect()
    }

    /// [`ExplanationView::stage_lines`] as JSON.
    pub(super) fn stages_json(&self, leaf: usize) -> serde_json::Map<String, serde_json::Value> {
        let one = |AtStage { stage, points, note }: AtStage<'_>| {
            let points = points.map_or(serde_json::Value::Null, number);
            (stage.word().to_owned(), json!({ "points": points, "note": note }))
        };
        self.at_stages(leaf).into_iter().map(one).collect()
    }

    /// The stages that say anything of a criterion.
    fn at_stages(&self, leaf: usize) -> Vec<AtStage<'_>> {
        let staged = self.staged();
        let column = self.set().leaves[leaf].columns.start;
        let one = |(_, stage): &(&str, Stage)| {
            let given = staged.iter().find(|staged| staged.stage == *stage && staged.is_given[leaf]);
            let points = given.and_then(|staged| staged.points[leaf]);
            let note = self.tier().data.note_at(self.unit, column, *stage);
            (points.is_some() || note.is_some()).then_some(AtStage { stage: *stage, points, note })
        };
        Stage::WORDS.iter().filter_map(one).collect()
    }

    fn staged(&self) -> Vec<Staged> {
        stages(self.set(), &self.tier().data, self.unit)
    }

    /// The values that a stage gave a criterion.
    fn values_at(&self, leaf: usize, stage: Stage) -> Text {
        let data = &self.tier().data;
        let Some((_, cells)) = data.stages.iter().find(|(at, _)| *at == stage) else {
            return Text::default();
        };
        let columns: Vec<usize> = self.set().leaf_columns(leaf).collect();
        let given: Vec<(String, Text)> = columns
            .into_iter()
            .map(|column| (column, cells.value(self.unit * data.width + column)))
            .filter(|(_, value)| *value != Value::Missing)
            .map(|(column, value)| (self.set().header(column), self.words_of(column, value)))
            .collect();
        Text::by(|lang| {
            let list = given.iter().map(|(header, value)| format!("{header} = {}", value.get(lang)));
            list.collect::<Vec<_>>().join("; ")
        })
    }
}
