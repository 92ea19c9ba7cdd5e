//! Any view as a sheet: its titles, its tables one below the other, its notes.

use super::arithmetic::as_printed;
use super::{Book, Cell, Digits, Role, Row, Sheet, Value, Width};
use crate::lang::Lang;
use crate::report::publication::Part;
use crate::report::{self, ColumnKind, Report, Section, Table};
use rust_decimal::Decimal;

/// Columns of text are at most so wide.
const WIDEST: usize = 44;

/// A sheet is at least so wide, for its sentences.
const NARROWEST: usize = 90;

/// So many rows tell how wide a column is.
const MEASURED: usize = 200;

pub(super) fn add<'a>(part: &'a Part<'a>, book: &mut Book<'a>) {
    let report = part.view.report();
    let lang = book.lang;
    let name = book.names.take(part.what.title().get(lang));
    let mut heads = vec![Row::of(vec![Cell::text(part.what.title().get(lang).to_owned(), Role::Title)])];
    heads.extend(report.titles.iter().map(|title| sentence(title.get(lang))));
    let sheet = sheet(name, heads, report, lang);
    book.sheets.push(sheet);
}

/// A line that runs across the table, broken where it is longer.
pub(super) fn sentence<'a>(text: &str) -> Row<'a> {
    Row::of(vec![Cell::text(text.to_owned(), Role::Sentence)])
}

/// A sheet of rows above a report's sections, and these.
fn sheet<'a>(name: String, mut rows: Vec<Row<'a>>, report: Report<'a>, lang: Lang) -> Sheet<'a> {
    let mut widths: Vec<usize> = Vec::new();
    for section in report.sections {
        rows.push(Row::default());
        add_section(&section, lang, &mut rows, &mut widths);
    }
    rows.push(Row::default());
    rows.extend(report.notes.iter().map(|note| sentence(note.get(lang))));
    while widths.iter().sum::<usize>() < NARROWEST {
        widths.push(10);
    }
    let merged = across(&rows, widths.len());
    let widths = widths.into_iter().map(Width::Cells).collect();
    Sheet { merged, ..Sheet::of(name, widths, rows) }
}

/// The lines that run across so many columns.
pub(super) fn across(rows: &[Row<'_>], columns: usize) -> Vec<(u32, u16, u16)> {
    let runs = |row: &Row<'_>| {
        let first = row.cells.first().map(|cell| cell.look.role);
        row.cells.len() == 1
            && matches!(first, Some(Role::Sentence | Role::Banner | Role::Title | Role::Heading))
    };
    let merged = (0..).zip(rows).filter(|(_, row)| 1 < columns && runs(row));
    merged.map(|(at, _)| (at, 0, columns.saturating_sub(1) as u16)).collect()
}

/// A section: its heading, its table, its notes. Machines' columns are left out.
pub(super) fn add_section<'a>(
    section: &Section<'a>,
    lang: Lang,
    rows: &mut Vec<Row<'a>>,
    widths: &mut Vec<usize>,
) {
    if let Some(heading) = &section.heading {
        rows.push(Row::of(vec![Cell::text(heading.get(lang).to_owned(), Role::Heading)]));
    }
    if let Some(table) = &section.table {
        add_table(table, &section.strong, lang, rows, widths);
    }
    rows.extend(section.notes.iter().map(|note| sentence(note.get(lang))));
}

/// The columns of a table that people read.
pub(super) fn shown(table: &Table<'_>) -> Vec<usize> {
    let is_shown = |at: &usize| table.columns[*at].kind != ColumnKind::Machine;
    (0..table.columns.len()).filter(is_shown).collect()
}

fn add_table<'a>(
    table: &Table<'a>,
    strong: &[usize],
    lang: Lang,
    rows: &mut Vec<Row<'a>>,
    widths: &mut Vec<usize>,
) {
    let columns = shown(table);
    let title = |at: &usize| Cell::text(table.columns[*at].title.get(lang).to_owned(), Role::Head);
    rows.push(Row::of(columns.iter().map(title).collect()));
    widths.resize(widths.len().max(columns.len()), 6);
    for (width, &at) in widths.iter_mut().zip(&columns) {
        let words = table.columns[at].title.get(lang).split_whitespace();
        *width = words.map(|word| word.chars().count() + 2).max().unwrap_or(0).max(*width);
    }
    for at in 0..table.len {
        let cells = (table.row)(at);
        if at < MEASURED {
            for (width, &column) in widths.iter_mut().zip(&columns) {
                let length = report::words(&cells[column], lang).chars().count() + 2;
                *width = length.min(WIDEST).max(*width);
            }
        }
        let is_strong = strong.contains(&at);
        let mut all: Vec<Option<report::Cell<'a>>> = cells.into_iter().map(Some).collect();
        let cell = |&column: &usize| match all[column].take() {
            Some(cell) => in_kind(typed(cell, is_strong, lang), table.columns[column].kind),
            None => Cell::empty(Role::Body),
        };
        rows.push(Row::of(columns.iter().map(cell).collect()));
    }
}

/// Short words stand in the middle, as numbers do.
fn in_kind<'a>(mut cell: Cell<'a>, kind: ColumnKind) -> Cell<'a> {
    cell.look.role = match (kind, cell.look.role) {
        (ColumnKind::Text, role) => role,
        (_, Role::Name) => Role::Body,
        (_, Role::SumName) => Role::Sum,
        (_, role) => role,
    };
    cell
}

/// A report's cell as a sheet's: numbers stay numbers.
pub(super) fn typed<'a>(cell: report::Cell<'a>, is_strong: bool, lang: Lang) -> Cell<'a> {
    let [number, name] = if is_strong { [Role::Sum, Role::SumName] } else { [Role::Body, Role::Name] };
    let of = |value, digits| Cell::number(value, number, digits);
    match cell {
        report::Cell::Text(text) => Cell::text(text, name),
        report::Cell::Words(text) => Cell::text(text.get(lang).to_owned(), name),
        report::Cell::Whole(whole) => of(Decimal::from(whole), Digits::Whole),
        report::Cell::Number(value, rounding) => {
            of(as_printed(value, rounding), Digits::Fixed(rounding.digits))
        }
        report::Cell::Plain(value) => of(value, Digits::General),
        report::Cell::Change(value, rounding) => of(value, Digits::Change(rounding.digits)),
        report::Cell::Places(places) => of(Decimal::from(places), Digits::Places),
        cell @ report::Cell::Chance(_) => Cell::text(report::words(&cell, lang), number),
        // What is drawn in a terminal stands in another cell as a number.
        report::Cell::Drawn(_) => Cell::empty(number),
        report::Cell::Missing => Cell { value: Value::Empty, ..Cell::empty(number) },
    }
}
