//! Tables for people, as wide as the terminal: numbers and words are never broken. Where there is no
//! room, names take more lines, then the columns of single fields are left out (and it is said), and
//! on the narrowest screens each row becomes a few lines.

mod wrap;

use super::Style;
use crate::lang::Lang;
use crate::report::drawing::{BAR, Signs};
use crate::report::{Cell, Column, ColumnKind, Report, Table, words};
use crate::text::printable;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Row, Width, presets};
use unicode_width::UnicodeWidthStr;
use wrap::push_wrapped;

pub(super) fn render(report: &Report<'_>, style: Style) -> Vec<u8> {
    let mut text = String::new();
    for title in &report.titles {
        push_wrapped(&mut text, title.get(style.lang), "", style);
    }
    for section in &report.sections {
        if !text.is_empty() {
            text.push('\n');
        }
        if let Some(heading) = &section.heading {
            push_wrapped(&mut text, heading.get(style.lang), "", style);
        }
        if let Some(table) = &section.table {
            push_table(&mut text, table, style);
        }
        for note in &section.notes {
            push_wrapped(&mut text, note.get(style.lang), "  ", style);
        }
    }
    if !report.notes.is_empty() {
        text.push('\n');
    }
    for note in &report.notes {
        push_wrapped(&mut text, note.get(style.lang), "  ", style);
    }
    if !report.provenance.is_empty() {
        let by = if style.lang == Lang::Vi { "Lập bằng" } else { "Made by" };
        push_wrapped(&mut text, &format!("{by} parindex {}", env!("CARGO_PKG_VERSION")), "  ", style);
    }
    for print in &report.provenance {
        push_wrapped(&mut text, &format!("{} sha256 {}", print.file, &print.sha256[..16]), "  ", style);
    }
    text.into_bytes()
}

fn push_table(text: &mut String, table: &Table<'_>, style: Style) {
    let cells: Vec<Vec<Cell<'_>>> = (0..table.len).map(table.row.as_ref()).collect();
    let drawn: Vec<Option<Room>> = (0..table.columns.len()).map(|at| room(&cells, at)).collect();
    let written = |cell: &Cell<'_>| match cell {
        Cell::Drawn(_) => String::new(),
        cell => printable(&words(cell, style.lang)).into_owned(),
    };
    let mut rows: Vec<Vec<String>> = cells.iter().map(|row| row.iter().map(written).collect()).collect();
    let widest = |at: usize| {
        let title = table.columns[at].title.get(style.lang);
        let least = drawn[at].map_or(0, |room| room.least);
        rows.iter().map(|row| row[at].width()).chain([title.width(), least]).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..table.columns.len()).map(widest).collect();
    let longest_word = |at: usize| {
        rows.iter().flat_map(|row| row[at].split(' ')).map(UnicodeWidthStr::width).max().unwrap_or(0)
    };
    let least = |text: usize| -> Vec<usize> {
        let of = |at: usize| match table.columns[at].kind {
            ColumnKind::Text => widths[at].min(text.max(longest_word(at))),
            _ => widths[at],
        };
        (0..table.columns.len()).map(of).collect()
    };
    let is_drawn = |at: usize| drawn[at].is_some();
    let Some((shown, left_out)) =
        fitting(table, [least(EASY_TEXT), least(LEAST_TEXT)], is_drawn, style.width)
    else {
        return push_cards(text, table, &rows, is_drawn, style);
    };
    for &at in &shown {
        let Some(room) = drawn[at] else { continue };
        widths[at] = room.width(
            widths[at],
            style.width.map(|all| {
                let taken: usize = shown.iter().map(|&at| widths[at] + 3).sum();
                (all + widths[at]).saturating_sub(taken + 1)
            }),
        );
        for (row, cells) in rows.iter_mut().zip(&cells) {
            if let Cell::Drawn(drawing) = &cells[at] {
                row[at] = drawing.text(widths[at].min(room.most), style.signs);
            }
        }
    }
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(match style.signs {
        Signs::Blocks => presets::UTF8_FULL_CONDENSED,
        Signs::Ascii => presets::ASCII_FULL_CONDENSED,
    });
    drawn.set_content_arrangement(ContentArrangement::Dynamic);
    match style.width {
        Some(width) => drawn.set_width(u16::try_from(width).unwrap_or(u16::MAX)),
        None => drawn.set_content_arrangement(ContentArrangement::Disabled),
    };
    drawn.set_header(Row::from(
        shown.iter().map(|&at| table.columns[at].title.get(style.lang)).collect::<Vec<_>>(),
    ));
    for row in &rows {
        drawn.add_row(Row::from(shown.iter().map(|&at| row[at].as_str()).collect::<Vec<_>>()));
    }
    for (place, &at) in shown.iter().enumerate() {
        let Some(column) = drawn.column_mut(place) else { continue };
        if matches!(table.columns[at].kind, ColumnKind::Number | ColumnKind::Extra | ColumnKind::Detail) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if table.columns[at].kind != ColumnKind::Text {
            let width = u16::try_from(widths[at] + 2).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    *text += &drawn.to_string();
    text.push('\n');
    if left_out {
        let note = match style.lang {
            Lang::Vi => {
                "Màn hình hẹp: một số cột không hiện ở đây; xem bằng --format csv hoặc màn hình rộng hơn."
            }
            Lang::En => "Narrow screen: some columns are not shown; use --format csv or a wider screen.",
        };
        push_wrapped(text, note, "  ", style);
    }
}

/// The room for what is drawn in a column.
#[derive(Clone, Copy)]
struct Room {
    least: usize,
    most: usize,
}

/// The room for a column, if anything is drawn in it.
fn room(cells: &[Vec<Cell<'_>>], at: usize) -> Option<Room> {
    let drawings = cells.iter().filter_map(|row| match &row[at] {
        Cell::Drawn(drawing) => Some(Room { least: drawing.least_width(), most: drawing.most_width() }),
        _ => None,
    });
    drawings.reduce(|a, b| Room { least: a.least.max(b.least), most: a.most.max(b.most) })
}

impl Room {
    /// What a column takes of the room that is left for it; none for no limit.
    fn width(self, least: usize, left: Option<usize>) -> usize {
        let wanted = left.unwrap_or(BAR + (self.least - self.least.min(8)));
        least.max(self.most.min(wanted))
    }
}

/// The columns that fit: all for people, or those without the details, or without some extras too,
/// the first ones first (and whether any are left out); none where even the rest needs more room.
fn fitting(
    table: &Table<'_>,
    [easy, least]: [Vec<usize>; 2],
    is_drawn: impl Fn(usize) -> bool,
    room: Option<usize>,
) -> Option<(Vec<usize>, bool)> {
    let kind = |at: usize| table.columns[at].kind;
    let all: Vec<usize> = (0..table.columns.len()).filter(|&at| kind(at) != ColumnKind::Machine).collect();
    let without =
        |columns: &[usize], left_out| columns.iter().copied().filter(|&at| kind(at) != left_out).collect();
    let fits = |columns: &[usize], widths: &[usize]| {
        room.is_none_or(|room| columns.iter().map(|&at| widths[at] + 3).sum::<usize>() < room)
    };
    if fits(&all, &least) {
        return Some((all, false));
    }
    // Extras may not squeeze the names; without them the names give way.
    let mut columns: Vec<usize> = without(&all, ColumnKind::Detail);
    while !fits(&columns, &easy)
        && let Some(extra) = columns.iter().position(|&at| kind(at) == ColumnKind::Extra)
    {
        columns.remove(extra);
    }
    if !fits(&columns, &least) {
        columns.retain(|&at| !is_drawn(at));
    }
    if !fits(&columns, &least) {
        return None;
    }
    let is_less = columns.len() < all.len();
    Some((columns, is_less))
}

/// A table on a screen that is too narrow for one: each row as a few lines of "title: value".
fn push_cards(
    text: &mut String,
    table: &Table<'_>,
    rows: &[Vec<String>],
    is_drawn: impl Fn(usize) -> bool,
    style: Style,
) {
    for row in rows {
        let is_told = |at: usize, column: &Column| column.kind != ColumnKind::Machine && !is_drawn(at);
        let shown = table.columns.iter().zip(row).enumerate();
        let shown = shown.filter(|(at, (column, _))| is_told(*at, column)).map(|(_, cell)| cell);
        let (mut head, mut rest): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (at, (column, value)) in shown.enumerate() {
            match (at, column.kind) {
                (0, _) | (_, ColumnKind::Text) => head.push(value.clone()),
                (_, ColumnKind::Detail) => {}
                _ => rest.push(format!("{}: {value}", column.title.get(style.lang)).replace(' ', "\u{a0}")),
            }
        }
        push_wrapped(text, &head.join("  "), "", style);
        push_wrapped(text, &rest.join("; "), "    ", style);
    }
}

/// The least room for a column of text.
const LEAST_TEXT: usize = 14;

/// Room in which a column of text reads easily.
const EASY_TEXT: usize = 22;
