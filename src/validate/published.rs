//! A table of published results: what is known of the round before when there is no more.

use super::header::{self, PUBLISHED, Sought};
use super::small::Row;
use crate::diagnostic::Diagnostics;
use crate::model::Standing;
use crate::number::reading::Form;
use crate::source::{Place, Sheet};
use crate::text::folded;
use std::collections::HashMap;

/// What the header of published results looks like.
pub fn sought() -> Sought<'static> {
    let fits =
        |found: &[&str]| header::names_units(found) && (found.contains(&"index") || found.contains(&"rank"));
    Sought::new(|name| PUBLISHED.known(name), fits, "unit, index (rank)")
}

/// Reads published results.
pub fn published(sheet: &Sheet, form: Option<Form>, out: &mut Diagnostics) -> Vec<Standing> {
    let Some(columns) = header::find_in(sheet, &PUBLISHED, &["unit"], out) else { return Vec::new() };
    if !columns.contains(&Some("index")) && !columns.contains(&Some("rank")) {
        out.missing_column(sheet.header_place(None), "index");
        return Vec::new();
    }
    let mut seen: HashMap<(String, String), Place> = HashMap::new();
    let mut standings = Vec::with_capacity(sheet.rows.len());
    for (row, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *row, cells, declared: form };
        let (unit, tier) = (row.cell("unit"), row.cell("tier"));
        if unit.is_empty() {
            out.empty_unit(row.place("unit"));
            continue;
        }
        if let Some(first) = seen.insert((folded(tier), folded(unit)), row.place("unit")) {
            out.duplicate_unit(row.place("unit"), unit, first);
            continue;
        }
        let number = |name, whole, out: &mut Diagnostics| row.number(name, whole, [unit, ""], out);
        let rank =
            |name, out: &mut Diagnostics| number(name, true, out).and_then(|rank| u32::try_from(rank).ok());
        standings.push(Standing {
            tier: tier.to_owned(),
            unit: unit.to_owned(),
            name: row.cell("name").to_owned(),
            block: row.cell("block").to_owned(),
            total: number("total", false, out),
            index: row.percent("index", [unit, ""], out),
            rank: rank("rank", out),
            of: rank("of", out),
            grade: row.cell("grade").to_owned(),
        });
    }
    standings
}
