//! The columns that hold no answer: the form, its unit, how the sample was drawn, who asked and when.

use super::Options;
use super::part::{CLUSTER, FormHead, INTERVIEWER, NONE, Part, SECOND, STRATUM, UNIT};
use super::plan::Plan;
use crate::answers::Design;
use crate::diagnostic::Diagnostics;
use crate::number::reading::{self, Fault};
use crate::questionnaire::{COLUMNS, Column, Questionnaire};
use crate::source::{Place, Row};
use crate::text::{folded, nearest, quoted};
use crate::validate::results::{date, short_number};
use chrono::Datelike;
use rust_decimal::Decimal;

/// Where the columns that hold no answer stand.
#[derive(Debug)]
pub(super) struct Meta {
    at: Vec<(Column, usize)>,
    form: Option<reading::Form>,
    /// The unit of all forms.
    unit: Option<Vec<u8>>,
}

/// The columns whose absence may not pass in silence where somebody named them.
const DESIGN: [Column; 7] = [
    Column::Unit,
    Column::Weight,
    Column::Stratum,
    Column::Cluster,
    Column::Second,
    Column::Population,
    Column::SecondPopulation,
];

impl Meta {
    pub fn new(
        header: &[String],
        questionnaire: &Questionnaire,
        options: &Options,
        place: impl Fn(Option<&str>) -> Place,
        out: &mut Diagnostics,
    ) -> Meta {
        let keys: Vec<String> = header.iter().map(|name| folded(name)).collect();
        let mut meta = Meta {
            at: Vec::new(),
            form: options.form,
            unit: options.unit.as_ref().map(|unit| unit.trim().as_bytes().to_vec()),
        };
        let before = out.errors();
        for (column, word, also) in COLUMNS {
            let find = |name: &str| keys.iter().position(|key| *key == folded(name));
            let of_option =
                options.columns.iter().filter(|(of, _)| *of == column).map(|(_, name)| (name, None));
            let of_file = questionnaire.columns.names.iter().filter(|(of, ..)| *of == column);
            let mut named: Vec<(&String, Option<&Place>)> = of_option.collect();
            if named.is_empty() {
                named = of_file.map(|(_, name, place)| (name, place.as_ref())).collect();
            }
            let found = named.iter().find_map(|(name, _)| find(name));
            let known = || std::iter::once(&word).chain(also).find_map(|name| find(name));
            let is_given = column == Column::Unit && meta.unit.is_some();
            match (found, named.first()) {
                (Some(at), _) => meta.at.push((column, at)),
                (None, Some((name, _))) if DESIGN.contains(&column) && !is_given => {
                    let near = nearest(name, header.iter().map(String::as_str));
                    out.missing_named_column(place(None), word, name, near);
                }
                (None, Some(_)) => {}
                (None, None) => meta.at.extend(known().map(|at| (column, at))),
            }
        }
        let is_named = |column: Column| meta.at(column).is_some();
        if is_named(Column::Item) != is_named(Column::Answer) {
            meta.at.retain(|(column, _)| ![Column::Item, Column::Answer].contains(column));
        }
        meta.check(header, place, out.errors() > before, out);
        meta
    }

    /// Reports a file that does not say whose its forms are.
    fn check(
        &self,
        header: &[String],
        place: impl Fn(Option<&str>) -> Place,
        has_faults: bool,
        out: &mut Diagnostics,
    ) {
        if self.unit.is_none() && self.at(Column::Unit).is_none() && !has_faults {
            out.no_unit_of_forms(place(None), header);
        }
        if self.long().is_some() && self.at(Column::Form).is_none() {
            out.missing_column(place(None), "form");
        }
    }

    /// Where a column stands.
    pub fn at(&self, column: Column) -> Option<usize> {
        self.at.iter().find(|(of, _)| *of == column).map(|(_, at)| *at)
    }

    /// Whether a column of the file is one of them.
    pub fn uses(&self, at: usize) -> bool {
        self.at.iter().any(|(_, of)| *of == at)
    }

    /// The columns of a long file.
    pub fn long(&self) -> Option<(usize, usize)> {
        self.at(Column::Item).zip(self.at(Column::Answer))
    }

    pub fn design(&self, header: &[String]) -> Design {
        let name = |column: Column| self.at(column).map(|at| header[at].clone());
        Design {
            weight: name(Column::Weight),
            stratum: name(Column::Stratum),
            cluster: name(Column::Cluster),
            second: name(Column::Second),
            populations: [name(Column::Population), name(Column::SecondPopulation)],
        }
    }

    /// Begins a form with what its row says of it; `false`: it was reported why it is none.
    pub fn begin_form(&self, plan: &Plan<'_>, part: &mut Part, row: Row<'_>) -> bool {
        let before = part.out.errors();
        let of = [
            self.unit(plan, part, row),
            self.name(plan, part, row, Column::Stratum, STRATUM),
            self.name(plan, part, row, Column::Cluster, CLUSTER),
            self.name(plan, part, row, Column::Second, SECOND),
            self.name(plan, part, row, Column::Interviewer, INTERVIEWER),
        ];
        let weight = self.number(plan, part, row, Column::Weight).unwrap_or(Decimal::ONE);
        let populations = [
            self.number(plan, part, row, Column::Population),
            self.number(plan, part, row, Column::SecondPopulation),
        ];
        if part.out.errors() > before {
            return false;
        }
        let id = self.at(Column::Form).map_or(&[][..], |at| row.cell(at)).trim_ascii();
        part.ids.extend_from_slice(id);
        let time = self.at(Column::Time).and_then(|at| time(row.cell(at)));
        let id_end = part.ids.len();
        part.forms.push(FormHead { row: row.number, id_end, of, weight, populations, time });
        true
    }

    fn unit(&self, plan: &Plan<'_>, part: &mut Part, row: Row<'_>) -> u32 {
        let at = self.at(Column::Unit);
        let cell = match (&self.unit, at) {
            (Some(unit), _) => unit.as_slice(),
            (None, Some(at)) => row.cell(at).trim_ascii(),
            (None, None) => &[],
        };
        if cell.is_empty() {
            part.out.empty_unit(plan.place(row.number, at));
            return NONE;
        }
        part.names[UNIT].number(cell, row.number)
    }

    fn name(&self, plan: &Plan<'_>, part: &mut Part, row: Row<'_>, column: Column, names: usize) -> u32 {
        let Some(at) = self.at(column) else { return NONE };
        let cell = row.cell(at).trim_ascii();
        if cell.is_empty() && column != Column::Interviewer {
            part.out.empty_design(plan.place(row.number, Some(at)), &plan.table.header[at]);
        }
        part.names[names].number(cell, row.number)
    }

    /// A number that is not negative; `None` where there is no such column, or it was reported.
    fn number(&self, plan: &Plan<'_>, part: &mut Part, row: Row<'_>, column: Column) -> Option<Decimal> {
        let at = self.at(column)?;
        let cell = row.cell(at).trim_ascii();
        let form = row.form(at, self.form);
        if let Some((mantissa, scale)) = short_number(cell, form) {
            return Some(Decimal::new(mantissa, scale));
        }
        let text = String::from_utf8_lossy(cell);
        let place = plan.place(row.number, Some(at));
        match reading::read(&text, form) {
            Ok(read) if !read.percent && (read.value.is_zero() || read.value.is_sign_positive()) => {
                return Some(read.value);
            }
            Err(Fault::Ambiguous { decimal, thousands }) => {
                part.out.ambiguous_number(place, &text, "", "", decimal, thousands);
            }
            _ => part.out.bad_weight(place, &quoted(&text), &plan.table.header[at]),
        }
        None
    }
}

/// `05/12/2026 8:30:15`, `2026-12-05T08:30`, with SA/CH or AM/PM: seconds since the year 1.
fn time(cell: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(cell).ok()?.trim();
    let (day, clock) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let days = i64::from(date(day)?.num_days_from_ce());
    let mut words = clock.split_whitespace();
    let numbers = words.next().unwrap_or("0:0").trim_end_matches('Z');
    let mut parts = numbers.split([':', '.']).map(|part| part.parse::<i64>().ok());
    let mut part = || parts.next().unwrap_or(Some(0)).filter(|part| (0..60).contains(part));
    let (hours, minutes, seconds) = (part()?, part()?, part()?);
    let hours = match words.next().unwrap_or_default() {
        "CH" | "PM" | "pm" if hours < 12 => hours + 12,
        "SA" | "AM" | "am" if hours == 12 => 0,
        _ => hours,
    };
    Some(days * 86_400 + hours * 3_600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_forms_write_them() {
        let at = time(b"05/12/2026 20:30:15");
        assert!(at.is_some());
        for text in ["2026-12-05T20:30:15Z", "5/12/2026 8:30:15 CH", "2026/12/05 8:30:15 PM GMT+7"] {
            assert_eq!(time(text.as_bytes()), at, "{text}");
        }
        assert_eq!(time(b"2026-12-05").map(|midnight| midnight % 86_400), Some(0));
        assert_eq!(time("hôm qua".as_bytes()), None);
    }
}
