//! A table of an index that was computed elsewhere (SIPAS): one row a unit, the index and its factors
//! in %.

use super::header::{self, INDICES, Sought};
use super::names::{ByName, Meant, Names};
use super::percent::fractions;
use super::small::Row;
use crate::diagnostic::Diagnostics;
use crate::model::{ForeignIndex, OfUnit};
use crate::number::reading::Form;
use crate::source::{Place, Sheet};
use crate::text::folded;
use rust_decimal::Decimal;

/// What the header of an index looks like; every further column is a factor.
pub fn sought() -> Sought<'static> {
    Sought::small(&INDICES, "unit, index").open()
}

/// Reads the values of an index for units that have these names; every column that is not known is a
/// factor. Units that the round does not have may stand in the table.
pub fn index(
    sheet: &Sheet,
    (id, name): (&str, &str),
    names: &Names,
    form: Option<Form>,
    out: &mut Diagnostics,
) -> ForeignIndex {
    let mut index = ForeignIndex { id: id.to_owned(), name: name.to_owned(), ..ForeignIndex::default() };
    let mut columns: Vec<Option<&'static str>> =
        sheet.header().iter().map(|name| INDICES.known(name)).collect();
    header::name_for_unit(&mut columns);
    let mut by_name = ByName::default();
    let mut factors: Vec<usize> = Vec::new();
    for (at, name) in sheet.header().iter().enumerate() {
        if columns[at].is_some() && columns[..at].contains(&columns[at]) {
            out.duplicate_column(sheet.header_place(Some(at)), name);
        }
        if columns[at].is_none() && !header::is_ignored(name) {
            if index.factors.iter().any(|factor| folded(factor) == folded(name)) {
                out.duplicate_column(sheet.header_place(Some(at)), name);
            }
            index.factors.push(name.clone());
            factors.push(at);
        }
    }
    for column in ["unit", "index"] {
        if !columns.contains(&Some(column)) {
            out.missing_column(sheet.header_place(None), column);
            return index;
        }
    }
    for (row, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *row, cells, declared: form };
        let unit = row.cell("unit");
        if unit.is_empty() {
            out.empty_unit(row.place("unit"));
            continue;
        }
        let meant = names.find(unit);
        if let Meant::Several(_) = meant {
            names.report(row.place("unit"), unit, &meant, out);
            continue;
        }
        let mut key = folded(unit);
        if let Meant::Name(at) = meant {
            key = folded(names.id(at));
            by_name.see(at, || row.place("unit"), unit, names.id(at));
        }
        let of_unit = OfUnit {
            unit: unit.to_owned(),
            index: row.percent("index", [unit, ""], out),
            factors: factors.iter().map(|&at| row.percent_at(at, [unit, ""], out)).collect(),
            errors: Vec::new(),
            place: row.place("unit"),
            said: Vec::new(),
        };
        if let Some(first) = index.units.insert(key, of_unit) {
            out.duplicate_unit(row.place("unit"), unit, first.place);
        }
    }
    by_name.say(out);
    let whole = columns.iter().position(|column| *column == Some("index"));
    let mut at = whole.into_iter().chain(factors);
    report_fractions(sheet, &index, &mut at, out);
    index
}

/// Says which values look like fractions of 1, in the order of the file. `columns` are those of the
/// index and of its factors.
fn report_fractions(
    sheet: &Sheet,
    index: &ForeignIndex,
    columns: &mut dyn Iterator<Item = usize>,
    out: &mut Diagnostics,
) {
    let row = |of: &OfUnit| if let Place::Row { row, .. } = of.place { row } else { 0 };
    let mut units: Vec<&OfUnit> = index.units.values().collect();
    units.sort_by_key(|of| row(of));
    let mut look = |name: &str, value: &dyn Fn(&OfUnit) -> Option<Decimal>| {
        let column = columns.next();
        let given: Vec<(&OfUnit, Decimal)> = units.iter().filter_map(|of| Some((*of, value(of)?))).collect();
        let values: Vec<Decimal> = given.iter().map(|(_, value)| *value).collect();
        for at in fractions(&values) {
            let (of, value) = given[at];
            out.looks_like_fraction(sheet.place(row(of), column), &of.unit, name, value);
        }
    };
    look(&index.id, &|of| of.index);
    for (at, factor) in index.factors.iter().enumerate() {
        look(factor, &|of| of.factors[at]);
    }
}
