//! One value of one unit from one end to another: where points, grade and rank jump.

use crate::lang::{Lang, Text};
use crate::number::plain;
use crate::report::drawing::{Drawing, Scale};
use crate::report::json::{bytes, made_by, number};
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::scored::Scored;
use crate::source::Fingerprint;
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What comes out for each of many values.
pub struct SweepView<'a> {
    /// The round as it stands.
    pub base: &'a Scored,
    /// The tier and the unit.
    pub unit: (usize, usize),
    /// What is changed, as it was written.
    pub input: String,
    /// The node of its criterion, if it is one.
    pub node: Option<usize>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The files that were read.
    pub files: Vec<Fingerprint>,
}

/// What one value gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The value.
    pub value: Decimal,
    /// Points of the criterion.
    pub points: Option<Decimal>,
    /// The total.
    pub total: Decimal,
    /// The index, in %.
    pub index: Decimal,
    /// The place in the ranking.
    pub rank: Option<u32>,
    /// The grade: its place in the set.
    pub grade: Option<usize>,
}

impl View for SweepView<'_> {
    fn report(&self) -> Report<'_> {
        let (tier, unit) = self.unit;
        let of = &self.base.loaded.tiers[tier];
        let (name, input) = (of.data.units[unit].label(), &self.input);
        let mut report = Report { provenance: self.files.clone(), ..Report::default() };
        report.titles.push(text!("{name}: nếu {input} khác đi", "{name}: if {input} were otherwise"));
        report.sections.push(self.table());
        report.notes.extend(self.jumps());
        report.notes.push(text!(
            "giả định: không phải kết quả chấm; các đơn vị khác giữ nguyên số liệu",
            "supposed, not scored: all other units stay as they are"
        ));
        report
    }

    fn json(&self, _: Lang) -> Vec<u8> {
        let (tier, unit) = self.unit;
        let of = &self.base.loaded.tiers[tier];
        let step = |step: &Step| {
            json!({
                "value": number(step.value),
                "points": step.points.map_or(Value::Null, number),
                "total": number(step.total),
                "index": number(step.index),
                "rank": step.rank,
                "grade": step.grade.map(|grade| of.set.grades[grade].name.as_str()),
            })
        };
        let all = json!({
            "tier": of.id,
            "unit": of.data.units[unit].id,
            "input": self.input,
            "steps": self.steps.iter().map(step).collect::<Vec<_>>(),
            "made_by": made_by(&self.files),
        });
        bytes(&all)
    }
}

impl SweepView<'_> {
    fn table(&self) -> Section<'_> {
        let of = &self.base.loaded.tiers[self.unit.0];
        let set = &of.set;
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let mut columns = vec![
            column("value", text!("Giá trị", "Value"), ColumnKind::Number),
            column("points", text!("Điểm", "Points"), ColumnKind::Number),
            column("total", text!("Tổng", "Total"), ColumnKind::Detail),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("rank", text!("Hạng", "Rank"), ColumnKind::Number),
        ];
        let has_grades = !set.grades.is_empty();
        if has_grades {
            columns.push(column("grade", text!("Loại", "Grade"), ColumnKind::Word));
        }
        columns.push(column("bar", text!("Biểu đồ", "Chart"), ColumnKind::Screen));
        let indices = || self.steps.iter().map(|step| step.index);
        let (low, high) = (indices().min().unwrap_or_default(), indices().max().unwrap_or_default());
        let row = move |at: usize| {
            let step = &self.steps[at];
            let mut cells = vec![
                Cell::Plain(step.value),
                step.points.map_or(Cell::Missing, |points| Cell::Number(points, set.points_rounding)),
                Cell::Number(step.total, set.total_rounding),
                Cell::Number(step.index, set.index_rounding),
                step.rank.map_or(Cell::Missing, |rank| Cell::Whole(rank.into())),
            ];
            if has_grades {
                let grade = step.grade.map(|grade| set.grades[grade].name.as_str());
                cells.push(grade.map_or(Cell::Missing, Cell::text));
            }
            let before = at.checked_sub(1).map(|before| &self.steps[before]);
            let mark = Some(before.is_some_and(|before| is_jump(before, step)));
            cells.push(Cell::Drawn(Drawing::Bar { value: step.index, scale: Scale { low, high }, mark }));
            cells
        };
        Section {
            keys: vec![("unit", of.data.units[self.unit.1].id.clone()), ("input", self.input.clone())],
            table: Some(Table { columns, len: self.steps.len(), row: Box::new(row) }),
            notes: if self.steps.windows(2).any(|pair| is_jump(&pair[0], &pair[1])) {
                vec![text!("◆ đổi hạng hoặc loại", "◆ the rank or the grade changes")]
            } else {
                Vec::new()
            },
            ..Section::default()
        }
    }

    /// "từ 40: hạng 12 → 9, loại Khá → Tốt"
    fn jumps(&self) -> Vec<Text> {
        let set = &self.base.loaded.tiers[self.unit.0].set;
        let mut notes = Vec::new();
        for pair in self.steps.windows(2) {
            let [before, after] = pair else { continue };
            if before.points == after.points && !is_jump(before, after) {
                continue;
            }
            notes.push(Text::by(|lang| {
                let vi = lang == Lang::Vi;
                let mut parts = Vec::new();
                if let (Some(a), Some(b)) = (before.points, after.points)
                    && a != b
                {
                    let [a, b] = [a, b].map(|points| set.points_rounding.text(points, lang));
                    parts.push(format!("{} {a} → {b}", if vi { "điểm" } else { "points" }));
                }
                if let (Some(a), Some(b)) = (before.rank, after.rank)
                    && a != b
                {
                    parts.push(format!("{} {a} → {b}", if vi { "hạng" } else { "rank" }));
                }
                if before.grade != after.grade {
                    let name = |grade: Option<usize>| grade.map_or("–", |grade| &set.grades[grade].name);
                    let (a, b) = (name(before.grade), name(after.grade));
                    parts.push(format!("{} {a} → {b}", if vi { "loại" } else { "grade" }));
                }
                let from = plain(after.value, lang);
                format!("{} {from}: {}", if vi { "từ" } else { "from" }, parts.join(", "))
            }));
        }
        /// A curve without steps jumps everywhere; the table says so.
        const SHOWN: usize = 12;
        if SHOWN < notes.len() {
            notes.clear();
        }
        notes
    }
}

/// Whether rank or grade change.
fn is_jump(before: &Step, after: &Step) -> bool {
    before.rank != after.rank || before.grade != after.grade
}
