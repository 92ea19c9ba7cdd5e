//! Differences and whether they are more than chance.

use super::{Head, bound_columns, float};
use crate::lang::{Lang, Text};
use crate::number::Rounding;
use crate::report::json::{bytes, number};
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::sipas::comparison::{Compared, Correction};
use crate::survey::decimal;
use crate::text;
use serde_json::{Value, json};

/// What is compared with what.
pub enum Against {
    /// Units, or options of the named group, with each other.
    Each(Text),
    /// The same units in an earlier survey.
    Before,
}

/// A unit or an option.
pub struct Named {
    /// Its id; the code of an option; empty for all forms together.
    pub id: String,
    /// What people call it.
    pub name: Text,
}

/// Differences of a survey.
pub struct ComparedView<'a> {
    /// The survey.
    pub head: Head<'a>,
    /// What is compared with what.
    pub against: Against,
    /// What each number of a pair is.
    pub names: Vec<Named>,
    /// The pairs.
    pub pairs: Vec<Compared>,
    /// How p-values were corrected.
    pub correction: Correction,
    /// What is measured.
    pub part: usize,
    /// What a reader must know: other definitions, units without a counterpart.
    pub notes: Vec<Text>,
}

impl View for ComparedView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = self.head.report();
        report.sections.push(self.section());
        report.notes.extend(self.notes.iter().cloned());
        report.notes.extend(self.head.reasons(self.pairs.iter().filter_map(|pair| pair.fault)));
        report.notes.push(match self.correction {
            Correction::Holm => text!(
                "p hiệu chỉnh: Holm, để xác suất có dù chỉ một kết luận khác nhau sai không vượt mức đã chọn",
                "corrected p: Holm's, so that the chance of even one false difference stays within the level"
            ),
            Correction::BenjaminiHochberg => text!(
                "p hiệu chỉnh: Benjamini–Hochberg, để trong số các kết luận khác nhau, tỷ lệ sai trung bình không vượt mức đã chọn",
                "corrected p: Benjamini and Hochberg's, so that of the differences found the false share stays within the level on average"
            ),
            Correction::None => text!(
                "p chưa hiệu chỉnh theo số phép so sánh: càng nhiều phép so sánh càng dễ thấy khác nhau do ngẫu nhiên",
                "p-values are not corrected for their number: the more comparisons, the more differences by chance"
            ),
        });
        report.notes.extend(self.head.notes());
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let pair = |pair: &Compared| {
            let [a, b] = pair.pair.map(|at| &self.names[at]);
            let test = pair.test;
            let of = |value: Option<f64>| float(value.map(|value| value * 100.0));
            json!({
                "first": a.id,
                "first_name": a.name.get(lang),
                "second": b.id,
                "second_name": b.name.get(lang),
                "indices": pair.indices.map(|index| number(index.exact())),
                "difference": number(pair.indices[0].exact() - pair.indices[1].exact()),
                "low": of(test.map(|test| test.interval.low)),
                "high": of(test.map(|test| test.interval.high)),
                "t": float(test.map(|test| test.t)),
                "p": float(test.map(|test| test.p)),
                "p_corrected": float(pair.corrected),
                "told_apart": pair.corrected.map(|p| self.is_apart(p)),
            })
        };
        let correction = match self.correction {
            Correction::None => "none",
            Correction::Holm => "holm",
            Correction::BenjaminiHochberg => "bh",
        };
        let all = json!({
            "survey": self.head.json(),
            "part": self.head.gathered.layout.id(self.part),
            "correction": correction,
            "notes": self.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>(),
            "pairs": self.pairs.iter().map(pair).collect::<Vec<Value>>(),
        });
        bytes(&all)
    }
}

impl ComparedView<'_> {
    fn section(&self) -> Section<'_> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let is_before = matches!(self.against, Against::Before);
        let mut columns = vec![column("first", text!("Đơn vị", "Unit"), ColumnKind::Text)];
        if is_before {
            columns.push(column("now", text!("Nay %", "Now %"), ColumnKind::Number));
            columns.push(column("before", text!("Trước %", "Before %"), ColumnKind::Number));
        } else {
            columns[0].title = text!("Thứ nhất", "First");
            columns.push(column("second", text!("Thứ hai", "Second"), ColumnKind::Text));
            columns.push(column("index_1", text!("Chỉ số 1", "Index 1"), ColumnKind::Detail));
            columns.push(column("index_2", text!("Chỉ số 2", "Index 2"), ColumnKind::Detail));
        }
        columns.extend([column("difference", text!("Chênh lệch", "Difference"), ColumnKind::Number)]);
        columns.extend(bound_columns().map(|column| Column { kind: ColumnKind::Extra, ..column }));
        columns.extend([
            column("p", text!("p", "p"), ColumnKind::Detail),
            column("p_corrected", text!("p hiệu chỉnh", "Corrected p"), ColumnKind::Number),
            column("told_apart", text!("Khác nhau", "Told apart"), ColumnKind::Word),
        ]);
        let row = move |at: usize| {
            let pair = &self.pairs[at];
            let [a, b] = pair.pair.map(|at| Cell::Words(self.names[at].name.clone()));
            let [x, y] = pair.indices.map(|index| self.head.percent(index));
            let difference = pair.indices[0].exact() - pair.indices[1].exact();
            let p = |p: Option<f64>| p.and_then(decimal).map_or(Cell::Missing, Cell::Chance);
            let apart = pair.corrected.map(|p| {
                Cell::Words(if self.is_apart(p) {
                    text!("có", "yes")
                } else {
                    text!("chưa rõ", "cannot tell")
                })
            });
            let mut cells = if is_before { vec![a, x, y] } else { vec![a, b, x, y] };
            cells.extend([Cell::Change(difference, self.head.asked().rounding)]);
            let bound = |bound: Option<f64>| {
                let number = bound.and_then(super::points);
                number.map_or(Cell::Missing, |number| Cell::Change(number, Rounding::CENTS))
            };
            cells.extend([
                bound(pair.test.map(|test| test.interval.low)),
                bound(pair.test.map(|test| test.interval.high)),
                p(pair.test.map(|test| test.p)),
                p(pair.corrected),
                apart.unwrap_or(Cell::Missing),
            ]);
            cells
        };
        let what = self.head.name(self.part);
        let heading = Text::by(|lang| {
            let (vi, what) = (lang == Lang::Vi, what.get(lang));
            match &self.against {
                Against::Each(name) if vi => format!("So sánh theo {}: {what}", name.get(lang)),
                Against::Each(name) => format!("Comparison of {}: {what}", name.get(lang)),
                Against::Before if vi => format!("So với kỳ trước: {what}"),
                Against::Before => format!("Compared with the survey before: {what}"),
            }
        });
        Section {
            heading: Some(heading),
            keys: Vec::new(),
            table: Some(Table { columns, len: self.pairs.len(), row: Box::new(row) }),
            notes: Vec::new(),
            ..Section::default()
        }
    }

    fn is_apart(&self, p: f64) -> bool {
        p < 1.0 - self.head.how.level
    }
}
