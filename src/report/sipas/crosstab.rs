//! Crosstabs: the index by the options of demographic questions.

use super::{Head, bound_columns, bounds, float};
use crate::lang::{Lang, Text};
use crate::number::Rounding;
use crate::report::json::{bytes, number};
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, View, chance};
use crate::sipas::Measure;
use crate::sipas::crosstab::{self, Crosstab, UNANSWERED};
use crate::survey::decimal;
use crate::survey::rao_scott::RaoScott;
use crate::text;
use serde_json::{Value, json};

/// Crosstabs of a survey.
pub struct CrosstabView<'a> {
    /// The survey.
    pub head: Head<'a>,
    /// One for each group.
    pub tabs: Vec<Crosstab>,
    /// What is measured.
    pub part: usize,
    /// The least number of forms of a cell that is shown.
    pub least: u64,
    /// Only this unit.
    pub only: Option<usize>,
}

impl View for CrosstabView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = self.head.report();
        for tab in &self.tabs {
            report.sections.push(self.options(tab));
            if self.only.is_none() && 2 < tab.rows.len() {
                report.sections.push(self.units(tab));
            }
        }
        let least = self.least;
        let is_hidden =
            |tab: &Crosstab| tab.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.suppressed.is_some());
        if self.tabs.iter().any(is_hidden) {
            report.notes.push(text!(
                "•: không công bố vì ô có ít hơn {least} phiếu, hoặc để không trừ ngược ra được ô như thế",
                "•: not shown, as the cell has fewer than {least} forms, or so that such a cell cannot be subtracted back"
            ));
        }
        let cells = self.tabs.iter().flat_map(|tab| &tab.rows).flat_map(|row| &row.cells);
        let measures = cells.filter_map(|cell| self.measure(cell));
        report.notes.extend(self.head.reasons(measures.filter_map(|measure| measure.estimate.err())));
        report.notes.extend(self.head.notes());
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let tab = |tab: &Crosstab| {
            let group = &self.head.asked().groups[tab.group];
            let cells = |row: &crosstab::Row| -> Vec<Value> {
                let cells = row.cells.iter().zip(&tab.options);
                cells.map(|(cell, option)| self.json_cell(tab, cell, *option, lang)).collect()
            };
            let rows: Vec<Value> = tab
                .rows
                .iter()
                .filter(|row| self.only.is_none() || row.unit == self.only)
                .map(|row| {
                    let unit = row.unit.map(|unit| &self.head.gathered.surveyed.units[unit]);
                    json!({ "unit": unit.map(|unit| &unit.id), "n": row.forms, "options": cells(row) })
                })
                .collect();
            let test = self
                .association(tab)
                .map(|test| json!({ "f": test.f, "df": [test.numerator, test.denominator], "p": test.p }));
            json!({ "by": group.id, "name": group.name, "rao_scott": test, "rows": rows })
        };
        let all = json!({
            "survey": self.head.json(),
            "part": self.head.gathered.layout.id(self.part),
            "least": self.least,
            "crosstabs": self.tabs.iter().map(tab).collect::<Vec<_>>(),
        });
        bytes(&all)
    }
}

impl CrosstabView<'_> {
    /// The options of a group: all forms together, or those of one unit.
    fn options<'a>(&'a self, tab: &'a Crosstab) -> Section<'a> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let group = &self.head.asked().groups[tab.group];
        let mut columns = vec![
            column("option", Text::same(&group.name), ColumnKind::Text),
            column("n", text!("Phiếu", "Forms"), ColumnKind::Number),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("se", text!("Sai số chuẩn", "Std. error"), ColumnKind::Extra),
        ];
        columns.extend(bound_columns());
        let row = tab.rows.iter().find(|row| row.unit == self.only);
        let row_of = move |at: usize| {
            let cell = row.map(|row| &row.cells[at]);
            let name = Cell::Words(self.option(tab, tab.options[at]));
            let shown = |cell: &crosstab::Cell| cell.suppressed.is_none();
            let measure = cell.filter(|cell| shown(cell)).and_then(|cell| self.measure(cell));
            let n = match cell {
                Some(cell) if !shown(cell) => Cell::text(HIDDEN),
                cell => Cell::Whole(cell.map_or(0, crosstab::Cell::forms)),
            };
            let index = match (cell, &measure) {
                (Some(cell), _) if !shown(cell) => Cell::text(HIDDEN),
                (_, measure) => {
                    measure.as_ref().map_or(Cell::Missing, |measure| self.head.percent(measure.index))
                }
            };
            let error = measure.as_ref().and_then(|measure| measure.estimate.ok());
            let interval = measure.as_ref().and_then(|measure| measure.interval);
            let [low, high] = bounds(interval);
            vec![name, n, index, super::cell(error.map(|error| error.standard_error())), low, high]
        };
        let unit = self.only.map(|unit| self.head.gathered.surveyed.units[unit].label().to_owned());
        let what = self.head.name(self.part);
        let heading = Text::by(|lang| {
            let all = if lang == Lang::Vi { "toàn bộ phiếu" } else { "all forms" };
            format!("{} – {}: {}", group.name, unit.as_deref().unwrap_or(all), what.get(lang))
        });
        let notes = self.association(tab).map(|test| {
            let number = |digits: u32, number: f64| {
                let rounding = Rounding { digits, ..Rounding::CENTS };
                move |lang: Lang| {
                    decimal(number).map_or_else(String::new, |number| rounding.text(number, lang))
                }
            };
            let (f, above, below) =
                (number(2, test.f), number(2, test.numerator), number(2, test.denominator));
            Text::by(|lang| {
                let depends = match (lang, test.p < 1.0 - self.head.how.level) {
                    (Lang::Vi, true) => "có liên hệ",
                    (Lang::Vi, false) => "chưa thấy liên hệ",
                    (Lang::En, true) => "they have to do with each other",
                    (Lang::En, false) => "no sign that they have to do with each other",
                };
                let (f, above, below) = (f(lang), above(lang), below(lang));
                let p = decimal(test.p).map_or_else(String::new, |p| chance(p, lang));
                let p = if p.starts_with('<') { p } else { format!("= {p}") };
                format!("Rao–Scott: F({above}; {below}) = {f}, p {p}: {depends}")
            })
        });
        Section {
            heading: Some(heading),
            keys: vec![("table", "options".to_owned()), ("by", group.id.clone())],
            table: Some(Table { columns, len: tab.options.len(), row: Box::new(row_of) }),
            notes: notes.into_iter().collect(),
            ..Section::default()
        }
    }

    /// Whether an item or a share depends on the group, over the options that are answered.
    fn association(&self, tab: &Crosstab) -> Option<RaoScott> {
        let gathered = self.head.gathered;
        let row = tab.rows.iter().find(|row| row.unit == self.only)?;
        let cells = row.cells.iter().zip(&tab.options).filter(|(_, option)| **option != UNANSWERED);
        let accounts: Vec<_> = cells.filter_map(|(cell, _)| cell.account.as_ref()).collect();
        let is_one_answer = gathered.is_one_answer(self.part);
        let test = is_one_answer.then(|| gathered.association(&accounts, self.part, self.head.how.lonely));
        test??.ok()
    }

    /// Units by options.
    fn units<'a>(&'a self, tab: &'a Crosstab) -> Section<'a> {
        let group = &self.head.asked().groups[tab.group];
        let scale = &self.head.asked().scales[group.scale];
        let mut columns = vec![
            Column::new("unit", text!("Mã", "Id"), ColumnKind::Machine),
            Column::new("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
        ];
        for option in &tab.options {
            let code = scale.labels.get(usize::from(*option)).map_or("none", |label| &label.code);
            let name = self.option(tab, *option);
            let count = Text::by(|lang| format!("n {}", name.get(lang)));
            columns.push(Column::new(format!("n_{code}"), count, ColumnKind::Detail));
            columns.push(Column::new(format!("index_{code}"), name, ColumnKind::Number));
        }
        let rows: Vec<&crosstab::Row> = tab.rows.iter().filter(|row| row.unit.is_some()).collect();
        let len = rows.len();
        let row = move |at: usize| {
            let row = rows[at];
            let unit = row.unit.map(|unit| &self.head.gathered.surveyed.units[unit]);
            let (id, name) = unit.map_or(("", ""), |unit| (unit.id.as_str(), unit.label()));
            let mut cells = vec![Cell::text(id), Cell::text(name)];
            for cell in &row.cells {
                if cell.suppressed.is_some() {
                    cells.extend([Cell::text(HIDDEN), Cell::text(HIDDEN)]);
                    continue;
                }
                let measured = self.head.gathered.layout.measured[self.part];
                let account = cell.account.as_ref();
                let index = account
                    .filter(|_| self.least <= cell.forms())
                    .and_then(|account| self.head.gathered.index(account, measured));
                cells.push(Cell::Whole(cell.forms()));
                cells.push(index.map_or(Cell::Missing, |index| self.head.percent(index)));
            }
            cells
        };
        let name = &group.name;
        Section {
            heading: Some(text!("{name} – từng đơn vị, %", "{name} – by unit, %")),
            keys: vec![("table", "units".to_owned()), ("by", group.id.clone())],
            table: Some(Table { columns, len, row: Box::new(row) }),
            notes: Vec::new(),
            ..Section::default()
        }
    }

    /// The index of a cell; none of forms that do not answer, where they are few.
    fn measure(&self, cell: &crosstab::Cell) -> Option<Measure> {
        if cell.forms() < self.least {
            return None;
        }
        self.head.gathered.measure(cell.account.as_ref()?, self.part, self.head.how)
    }

    fn option(&self, tab: &Crosstab, option: u8) -> Text {
        let group = &self.head.asked().groups[tab.group];
        let labels = &self.head.asked().scales[group.scale].labels;
        match labels.get(usize::from(option)).filter(|_| option != UNANSWERED) {
            Some(label) => Text::same(&label.text),
            None => text!("(không trả lời)", "(not answered)"),
        }
    }

    fn json_cell(&self, tab: &Crosstab, cell: &crosstab::Cell, option: u8, lang: Lang) -> Value {
        let name = self.option(tab, option).get(lang).to_owned();
        let scale = &self.head.asked().scales[self.head.asked().groups[tab.group].scale];
        let code = scale.labels.get(usize::from(option)).map(|label| &label.code);
        if let Some(why) = cell.suppressed {
            let why = match why {
                crosstab::Suppressed::Small => "small",
                crosstab::Suppressed::Complementary => "complementary",
            };
            return json!({ "code": code, "option": name, "suppressed": why });
        }
        let measure = self.measure(cell);
        let of = |value: Option<f64>| float(value.map(|value| value * 100.0));
        let error = measure.as_ref().and_then(|measure| measure.estimate.ok());
        let interval = measure.as_ref().and_then(|measure| measure.interval);
        json!({
            "code": code,
            "option": name,
            "n": cell.forms(),
            "index": measure.as_ref().map(|measure| number(measure.index.exact())),
            "se": of(error.map(|error| error.standard_error())),
            "low": of(interval.map(|interval| interval.low)),
            "high": of(interval.map(|interval| interval.high)),
        })
    }
}

/// What stands for a cell that is not shown.
const HIDDEN: &str = "•";
