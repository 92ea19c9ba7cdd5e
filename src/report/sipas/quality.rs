//! Quality checks: what stands out, with counts with and without.

use super::Head;
use crate::answers::quality::{Checks, Flag, KEPT, Quality, Tally};
use crate::lang::{Lang, Text};
use crate::number::Rounding;
use crate::report::json::{bytes, number};
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::text;
use crate::validate::answers::Quota;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// The quality of a survey's forms.
pub struct QualityView<'a> {
    /// The survey.
    pub head: Head<'a>,
    /// What was found.
    pub quality: Quality,
    /// Forms issued and needed, in the order of the units; empty where nobody says.
    pub quotas: Vec<Quota>,
}

/// Id, name and what was found of a unit or an interviewer; the id of all together is empty.
type Row<'a> = (&'a str, Text, &'a Checks);

impl View for QualityView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = self.head.report();
        report.sections.push(self.checks(
            text!("Từng đơn vị", "By unit"),
            ("unit", text!("Đơn vị", "Unit")),
            self.units(),
            true,
        ));
        if !self.quality.interviewers.is_empty() {
            report.sections.push(self.checks(
                text!("Từng điều tra viên", "By interviewer"),
                ("interviewer", text!("Điều tra viên", "Interviewer")),
                self.interviewers(),
                false,
            ));
        }
        report.sections.push(self.items());
        if !self.quality.copies.is_empty() {
            report.sections.push(self.copies());
        }
        report.notes.extend(self.notes());
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let checks = |(id, name, checks): &(&str, Text, &Checks)| {
            let flags: serde_json::Map<String, Value> =
                Flag::ALL.iter().map(|flag| (word(*flag).to_owned(), checks.with(*flag).into())).collect();
            json!({
                "id": id,
                "name": name.get(lang),
                "forms": checks.forms,
                "valid": checks.valid,
                "suspect": checks.suspect,
                "flags": flags,
                "blank": checks.blank,
                "off_scale": checks.off_scale,
                "index": share(checks.all).map(number),
                "index_without": share(checks.without).map(number),
                "all_satisfied": checks.is_all_satisfied(),
                "stands_out": checks.stands_out(&self.quality.all),
            })
        };
        let copies = self.quality.copies.iter().map(|copy| {
            json!({ "by": word(copy.by), "row": copy.at.1, "first": copy.first.1, "seconds": copy.apart })
        });
        let quota = |(at, quota): (usize, &Quota)| {
            let unit = &self.head.gathered.surveyed.units[at];
            json!({ "unit": unit.id, "issued": quota.issued, "quota": quota.quota, "valid": unit.valid })
        };
        let all = json!({
            "survey": self.head.json(),
            "all": checks(&("", Text::default(), &self.quality.all)),
            "units": self.units().iter().map(checks).collect::<Vec<_>>(),
            "interviewers": self.interviewers().iter().map(checks).collect::<Vec<_>>(),
            "quotas": self.quotas.iter().enumerate().map(quota).collect::<Vec<_>>(),
            "copies": copies.collect::<Vec<_>>(),
        });
        bytes(&all)
    }
}

impl QualityView<'_> {
    fn units(&self) -> Vec<Row<'_>> {
        let units = self.head.gathered.surveyed.units.iter().zip(&self.quality.units);
        let named = units.filter(|(_, checks)| 0 < checks.forms);
        let all = ("", text!("Tất cả", "All"), &self.quality.all);
        std::iter::once(all)
            .chain(named.map(|(unit, checks)| (unit.id.as_str(), Text::same(unit.label()), checks)))
            .collect()
    }

    fn interviewers(&self) -> Vec<Row<'_>> {
        let names = self.head.gathered.surveyed.interviewers.iter();
        names
            .zip(&self.quality.interviewers)
            .map(|(name, checks)| (name.as_str(), Text::same(name), checks))
            .collect()
    }

    fn checks<'a>(
        &'a self,
        heading: Text,
        (key, title): (&'static str, Text),
        rows: Vec<Row<'a>>,
        is_units: bool,
    ) -> Section<'a> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let has_quota = is_units && self.quotas.iter().any(|quota| quota.quota.is_some());
        let mut columns = vec![
            column(key, text!("Mã", "Id"), ColumnKind::Machine),
            column("name", title, ColumnKind::Text),
            column("forms", text!("Phiếu", "Forms"), ColumnKind::Number),
            column("valid", text!("Hợp lệ", "Valid"), ColumnKind::Number),
        ];
        if has_quota {
            columns.push(column("quota", text!("Cần", "Needed"), ColumnKind::Number));
        }
        columns.push(column("suspect", text!("Đáng ngờ", "Suspect"), ColumnKind::Number));
        columns.extend(Flag::ALL.map(|flag| column(word(flag), name(flag), ColumnKind::Extra)));
        columns.extend([
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("index_without", text!("Bỏ phiếu đáng ngờ", "Without suspect"), ColumnKind::Number),
        ]);
        let mut notes: Vec<Text> = Vec::new();
        for (_, name, checks) in &rows {
            if is_units && checks.is_all_satisfied() {
                notes.push(Text::by(|lang| match lang {
                    Lang::Vi => format!("{}: mọi câu trả lời đều hài lòng", name.get(lang)),
                    Lang::En => format!("{}: every single answer is satisfied", name.get(lang)),
                }));
            }
            if !is_units && checks.stands_out(&self.quality.all) {
                let (suspect, forms) = (checks.suspect, checks.forms);
                notes.push(Text::by(|lang| match lang {
                    Lang::Vi => format!(
                        "{}: {suspect} trong {forms} phiếu đáng ngờ, nhiều hơn hẳn mức chung",
                        name.get(lang)
                    ),
                    Lang::En => format!(
                        "{}: {suspect} of {forms} forms are suspect, far more than overall",
                        name.get(lang)
                    ),
                }));
            }
        }
        if has_quota {
            notes.extend(self.below_quota());
        }
        let quota_of: Vec<Option<u64>> = self.quotas_of(&rows);
        let len = rows.len();
        let row = move |at: usize| {
            let (id, name, checks) = &rows[at];
            let mut cells = vec![
                Cell::text(id),
                Cell::Words(name.clone()),
                Cell::Whole(checks.forms),
                Cell::Whole(checks.valid),
            ];
            if has_quota {
                cells.push(quota_of[at].map_or(Cell::Missing, Cell::Whole));
            }
            cells.push(Cell::Whole(checks.suspect));
            cells.extend(Flag::ALL.map(|flag| Cell::Whole(checks.with(flag))));
            let percent = |tally| {
                share(tally).map_or(Cell::Missing, |share| Cell::Number(share, self.head.asked().rounding))
            };
            cells.extend([percent(checks.all), percent(checks.without)]);
            cells
        };
        Section {
            heading: Some(heading),
            keys: vec![("table", if is_units { "units" } else { "interviewers" }.to_owned())],
            table: Some(Table { columns, len, row: Box::new(row) }),
            notes,
            ..Section::default()
        }
    }

    /// What the units of the first table need; all together need the sum.
    fn quotas_of(&self, rows: &[Row<'_>]) -> Vec<Option<u64>> {
        let quota = |at: usize| self.quotas.get(at).and_then(|quota| quota.quota);
        let units = self.quality.units.iter().enumerate().filter(|(_, checks)| 0 < checks.forms);
        let of_units: Vec<Option<u64>> = units.map(|(at, _)| quota(at)).collect();
        let all = of_units.iter().copied().sum::<Option<u64>>();
        std::iter::once(all).chain(of_units).take(rows.len()).collect()
    }

    fn below_quota(&self) -> Vec<Text> {
        let units = self.head.gathered.surveyed.units.iter().zip(&self.quotas);
        let below = units.filter_map(|(unit, quota)| {
            let (needed, valid) = (quota.quota?, unit.valid);
            (valid < needed).then(|| {
                let name = unit.label();
                text!(
                    "{name}: {valid} phiếu hợp lệ, cần {needed}",
                    "{name}: {valid} valid forms, {needed} are needed"
                )
            })
        });
        below.collect()
    }

    fn items(&self) -> Section<'_> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = vec![
            column("item", text!("Mục", "Item"), ColumnKind::Word),
            column("item_name", text!("Nội dung", "Text"), ColumnKind::Text),
            column("blank", text!("Bỏ trống", "Blank"), ColumnKind::Number),
            column("blank_share", text!("Bỏ trống %", "Blank %"), ColumnKind::Number),
            column("off_scale", text!("Ngoài thang", "Off scale"), ColumnKind::Number),
            column("no_opinion", text!("Không ý kiến", "No opinion"), ColumnKind::Number),
        ];
        let forms = Decimal::from(self.quality.all.forms);
        let row = move |at: usize| {
            let (item, checks) = (&self.head.asked().items[at], &self.quality.items[at]);
            let share = (Decimal::from(checks.blank) * Decimal::ONE_HUNDRED).checked_div(forms);
            vec![
                Cell::text(&item.id),
                Cell::text(&item.text),
                Cell::Whole(checks.blank),
                share.map_or(Cell::Missing, |share| Cell::Number(share, Rounding::CENTS)),
                Cell::Whole(checks.off_scale),
                Cell::Whole(checks.no_opinion),
            ]
        };
        Section {
            heading: Some(text!("Từng mục", "By item")),
            keys: vec![("table", "items".to_owned())],
            table: Some(Table { columns, len: self.quality.items.len(), row: Box::new(row) }),
            ..Section::default()
        }
    }

    fn copies(&self) -> Section<'_> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = vec![
            column("unit", text!("Mã", "Id"), ColumnKind::Machine),
            column("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
            column("row", text!("Dòng", "Row"), ColumnKind::Number),
            column("first", text!("Giống dòng", "Same as row"), ColumnKind::Number),
            column("by", text!("Giống ở", "Same by"), ColumnKind::Word),
            column("seconds", text!("Cách nhau (giây)", "Seconds apart"), ColumnKind::Number),
        ];
        let row = move |at: usize| {
            let copy = &self.quality.copies[at];
            let unit = self.head.gathered.surveyed.units.get(copy.unit as usize);
            vec![
                unit.map_or(Cell::Missing, |unit| Cell::text(&unit.id)),
                unit.map_or(Cell::Missing, |unit| Cell::text(unit.label())),
                Cell::Whole(copy.at.1),
                Cell::Whole(copy.first.1),
                Cell::Words(name(copy.by)),
                copy.apart.map_or(Cell::Missing, Cell::Whole),
            ]
        };
        Section {
            heading: Some(text!("Phiếu giống nhau", "Copied forms")),
            keys: vec![("table", "copies".to_owned())],
            table: Some(Table { columns, len: self.quality.copies.len(), row: Box::new(row) }),
            ..Section::default()
        }
    }

    fn notes(&self) -> Vec<Text> {
        let mut notes = vec![
            text!(
                "không phiếu nào bị loại: các chỉ số khác của parindex vẫn tính mọi phiếu hợp lệ",
                "no form is left out: parindex's other indices count every valid form"
            ),
            text!(
                "đáng ngờ: trùng mã, trả lời giống hệt một phiếu trước, một mức cho mọi mục, hoặc lặp theo quy luật; phiếu đầu tiên trong các phiếu giống nhau không tính là đáng ngờ",
                "suspect: an id or all answers as in an earlier form, one label everywhere, or a repeated pattern; the first of several that are the same is not suspect"
            ),
            text!(
                "chỉ số ở đây không có trọng số, gộp mọi câu trả lời; chỉ để thấy phiếu đáng ngờ làm thay đổi bao nhiêu",
                "indices here are unweighted and pooled over all answers, to show what suspect forms change"
            ),
        ];
        if KEPT <= self.quality.copies.len() {
            notes.push(text!(
                "chỉ liệt kê {KEPT} phiếu giống nhau đầu tiên",
                "only the first {KEPT} copied forms are listed"
            ));
        }
        notes
    }
}

fn share(tally: Tally) -> Option<Decimal> {
    (Decimal::from(tally.satisfied) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(tally.answers))
}

const fn word(flag: Flag) -> &'static str {
    match flag {
        Flag::SameId => "same_id",
        Flag::SameAnswers => "same_answers",
        Flag::StraightLined => "straight_lined",
        Flag::Patterned => "patterned",
        Flag::OffScale => "off_scale_forms",
        Flag::Incomplete => "incomplete",
    }
}

fn name(flag: Flag) -> Text {
    match flag {
        Flag::SameId => text!("Trùng mã", "Same id"),
        Flag::SameAnswers => text!("Giống hệt", "Same answers"),
        Flag::StraightLined => text!("Một mức", "Straight-lined"),
        Flag::Patterned => text!("Theo quy luật", "Patterned"),
        Flag::OffScale => text!("Ngoài thang", "Off scale"),
        Flag::Incomplete => text!("Thiếu trả lời", "Incomplete"),
    }
}
