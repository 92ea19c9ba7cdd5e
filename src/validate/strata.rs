//! `strata.csv` → the strata among which a sample is shared.

use super::header::{self, STRATA, Sought};
use super::small::Row;
use crate::diagnostic::Diagnostics;
use crate::lang::Text;
use crate::number::reading::{self, Fault, Form};
use crate::source::{Place, Sheet};
use crate::text;
use crate::text::{folded, quoted};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::HashMap;

/// A stratum.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// How many people it has.
    pub population: u64,
    /// The standard deviation of what is asked, where the file says it.
    pub deviation: Option<Decimal>,
}

/// More people than any stratum has.
pub(super) const MOST: Decimal = Decimal::from_parts(1_410_065_408, 2, 0, false, 0); // 10^10

/// What the header of strata looks like.
pub fn sought() -> Sought<'static> {
    Sought::small(&STRATA, "stratum, population")
}

/// Reads the strata; `needs_deviation` where the rule of allocation looks at it.
pub fn strata(
    sheet: &Sheet,
    needs_deviation: bool,
    form: Option<Form>,
    out: &mut Diagnostics,
) -> Vec<Listed> {
    let needed: &[&'static str] =
        if needs_deviation { &["stratum", "population", "sd"] } else { &["stratum", "population"] };
    let Some(columns) = header::find_in(sheet, &STRATA, needed, out) else { return Vec::new() };
    if sheet.rows.is_empty() && !out.has_errors() {
        out.no_strata(sheet.table.whole());
    }
    let mut seen: HashMap<String, Place> = HashMap::new();
    let mut strata = Vec::with_capacity(sheet.rows.len());
    for (row, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *row, cells, declared: form };
        let name = row.cell("stratum");
        if name.is_empty() {
            out.empty_stratum(row.place("stratum"));
            continue;
        }
        if let Some(first) = seen.insert(folded(name), row.place("stratum")) {
            out.duplicate_stratum(row.place("stratum"), name, first);
            continue;
        }
        let population = number(&row, "population", people(), out).filter(|number| {
            let fits = number.is_integer() && Decimal::ZERO < *number;
            if !fits {
                out.bad_stratum_cell(row.place("population"), row.cell("population"), people());
            }
            fits
        });
        let is_wanted = needs_deviation || !row.cell("sd").is_empty();
        let deviation = if is_wanted { number(&row, "sd", deviation(), out) } else { None };
        if let Some(population) = population.and_then(|number| number.to_u64()) {
            strata.push(Listed { name: name.to_owned(), population, deviation });
        }
    }
    strata
}

fn people() -> Text {
    text!("số người, nguyên dương", "a number of people, whole and above 0")
}

fn deviation() -> Text {
    text!("độ lệch chuẩn, một số không âm", "a standard deviation, a number that is not negative")
}

/// A number that is not negative; reports what is none.
fn number(row: &Row<'_>, column: &str, expected: Text, out: &mut Diagnostics) -> Option<Decimal> {
    let cell = row.cell(column);
    match reading::read(cell, row.form(column)) {
        Ok(read) if !read.percent && Decimal::ZERO <= read.value && read.value <= MOST => Some(read.value),
        Err(Fault::Ambiguous { decimal, thousands }) => {
            out.ambiguous_number(row.place(column), cell, "", "", decimal, thousands);
            None
        }
        _ => {
            out.bad_stratum_cell(row.place(column), &quoted(cell), expected);
            None
        }
    }
}
