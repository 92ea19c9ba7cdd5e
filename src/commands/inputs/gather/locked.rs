//! Locked cells that were changed all the same: a sheet that was handed in is held against the blank
//! one, row by row. What the program reads by is put right, so that a slip does not hide the figures.

use super::sheet::Sheet;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::lang::Lang;
use crate::number::plain;
use crate::report::blank::{Column, Line};
use crate::text::folded;
use std::collections::HashSet;

/// A cell that is not what it was.
struct Changed {
    row: u64,
    column: usize,
    was: String,
    is: String,
    /// Whether the program reads by it.
    is_read: bool,
}

/// Reports locked cells that were changed, and puts those right that rows are read by. A file that is no
/// such sheet is left alone.
pub(super) fn check(sheet: &mut Sheet, lines: &[Line<'_>], set: &CriteriaSet, out: &mut Diagnostics) {
    let Some(columns) = Columns::of(sheet) else { return };
    let blocks = blocks(sheet, lines.len());
    for (top, unit) in &blocks {
        let changed = compare(sheet, &columns, (*top, unit), lines, set);
        // Where many rows differ the rows were moved, or the set is another one.
        let rows = changed.iter().map(|changed| changed.row).collect::<HashSet<_>>();
        if 4 < rows.len() && lines.len() < 5 * rows.len() {
            if let Some(first) = changed.first() {
                let place = sheet.table.place(first.row, Some(first.column));
                out.other_sheet(place, rows.len(), &set.id, unit);
            }
            continue;
        }
        for Changed { row, column, was, is, is_read } in changed {
            out.changed_cell(sheet.table.place(row, Some(column)), &was, &is, is_read, unit);
            if let Some(own) = sheet.row_mut(row).filter(|_| is_read) {
                own.set(column, &was);
            }
        }
    }
}

/// The columns of a sheet that are locked.
struct Columns {
    shown: [usize; 3],
    unit: usize,
    criterion: usize,
    input: usize,
    stage: Option<usize>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Option<Columns> {
        let at = |column: Column| sheet.column(column.key());
        Some(Columns {
            shown: [at(Column::Id)?, at(Column::Name)?, at(Column::Max)?],
            unit: at(Column::Unit)?,
            criterion: at(Column::Criterion)?,
            input: at(Column::Input)?,
            stage: at(Column::Stage),
        })
    }
}

/// Where the rows of each unit begin, and the unit that most of them name. With several units the name
/// of each stands in a row above its own.
fn blocks(sheet: &Sheet, lines: usize) -> Vec<(u64, String)> {
    let first = sheet.table.header_row + 1;
    let last = sheet.rows.last().map_or(0, |row| row.number);
    // A row that was put in does not make two units of one.
    let is_one = last < first + 2 * lines as u64;
    let (height, named) = if is_one { (lines as u64, 0) } else { (lines as u64 + 1, 1) };
    let unit = sheet.column(Column::Unit.key()).unwrap_or(0);
    let mut blocks = Vec::new();
    let mut top = first;
    while top <= last && 0 < lines && (!is_one || blocks.is_empty()) {
        let rows = sheet.rows_in(top..top + height);
        if let Some(most) = most_frequent(rows.iter().map(|row| row.text(unit))) {
            blocks.push((top + named, most.to_owned()));
        }
        top += height;
    }
    blocks
}

/// The text that stands most often in cells; the first of several.
fn most_frequent<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        match counts.iter_mut().find(|(other, _)| *other == text) {
            Some((_, count)) => *count += 1,
            None => counts.push((text, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(text, _)| text)
}

/// The locked cells of a unit's rows that are not what they were.
fn compare(
    sheet: &Sheet,
    columns: &Columns,
    (top, unit): (u64, &str),
    lines: &[Line<'_>],
    set: &CriteriaSet,
) -> Vec<Changed> {
    let own = sheet.rows_in(top..top + lines.len() as u64);
    let text = |row: u64, column: usize| {
        own.binary_search_by_key(&row, |own| own.number).map_or("", |at| own[at].text(column))
    };
    let stage = columns.stage.and_then(|stage| most_frequent(own.iter().map(|row| row.text(stage))));
    let stage = stage.unwrap_or("");
    let mut changed = Vec::new();
    for (line, row) in lines.iter().zip(top..) {
        let [id, name, max] = columns.shown;
        let mut hold = |column: usize, was: &str, is_read: bool, is_same: &dyn Fn(&str) -> bool| {
            let is = text(row, column);
            if !is_same(is) {
                changed.push(Changed { row, column, was: was.to_owned(), is: is.to_owned(), is_read });
            }
        };
        hold(id, line.id, false, &|is| is == line.id);
        let words = line.name.get(Lang::Vi);
        hold(name, words, false, &|is| folded(is) == folded(words) || folded(is) == folded(&line.name.en));
        let most = line.max.map(|max| [plain(max, Lang::En), plain(max, Lang::Vi)]);
        let shown = most.as_ref().map_or("", |most| &most[1]);
        hold(max, shown, false, &|is| match &most {
            Some(most) => most.iter().any(|most| most == is),
            None => is.is_empty(),
        });
        // What the round fills in may have changed since the sheet was written.
        let Some(ask) = line.ask.as_ref().filter(|ask| set.columns[ask.column].input.origin.is_none()) else {
            continue;
        };
        hold(columns.unit, unit, true, &|is| is == unit);
        hold(columns.criterion, ask.criterion, true, &|is| is == ask.criterion);
        hold(columns.input, ask.input, true, &|is| is == ask.input);
        if let Some(column) = columns.stage {
            hold(column, stage, true, &|is| is == stage);
        }
    }
    changed
}
