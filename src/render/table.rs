//! Tables for people, as wide as the terminal: numbers and words are never broken. Where there is no
//! room, names take more lines, then the columns of single fields are left out (and it is said), and
//! on the narrowest screens each row becomes a few lines.

use super::Style;
use crate::lang::Lang;
use crate::report::{ColumnKind, Report, Table, words};
use crate::text::printable;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Row, Width, presets};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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
    let rows: Vec<Vec<String>> = (0..table.len)
        .map(|row| {
            (table.row)(row).iter().map(|cell| printable(&words(cell, style.lang)).into_owned()).collect()
        })
        .collect();
    let widest = |at: usize| {
        let title = table.columns[at].title.get(style.lang);
        rows.iter().map(|row| row[at].width()).chain([title.width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(widest).collect();
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
    let Some((shown, left_out)) = fitting(table, [least(EASY_TEXT), least(LEAST_TEXT)], style.width) else {
        return push_cards(text, table, &rows, style);
    };
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(presets::UTF8_FULL_CONDENSED);
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

/// The columns that fit: all for people, or those without the details, or without some extras too,
/// the first ones first (and whether any are left out); none where even the rest needs more room.
fn fitting(
    table: &Table<'_>,
    [easy, least]: [Vec<usize>; 2],
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
        return None;
    }
    let is_less = columns.len() < all.len();
    Some((columns, is_less))
}

/// A table on a screen that is too narrow for one: each row as a few lines of "title: value".
fn push_cards(text: &mut String, table: &Table<'_>, rows: &[Vec<String>], style: Style) {
    for row in rows {
        let shown = table.columns.iter().zip(row).filter(|(column, _)| column.kind != ColumnKind::Machine);
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

/// Adds a line, broken between words where it is longer than the terminal; further lines are
/// indented.
fn push_wrapped(text: &mut String, line: &str, indent: &str, style: Style) {
    let line = &printable(line);
    let room = style.width.unwrap_or(usize::MAX);
    let mut used = indent.width();
    *text += indent;
    let mut is_first = true;
    let longest = room.saturating_sub(indent.width() + 2).max(1);
    for word in line.split(' ').flat_map(|word| pieces(word, longest)) {
        let width = word.width();
        if !is_first && room < used + 1 + width {
            text.push('\n');
            *text += indent;
            *text += "  ";
            used = indent.width() + 2;
        } else if !is_first {
            text.push(' ');
            used += 1;
        }
        *text += word;
        used += width;
        is_first = false;
    }
    text.push('\n');
}

/// A word in pieces that are not wider than a line: paths and the like.
fn pieces(word: &str, widest: usize) -> Vec<&str> {
    let (mut pieces, mut start, mut width) = (Vec::new(), 0, 0);
    for (at, c) in word.char_indices() {
        let more = c.width().unwrap_or(0);
        if widest < width + more {
            pieces.push(&word[start..at]);
            (start, width) = (at, 0);
        }
        width += more;
    }
    pieces.push(&word[start..]);
    pieces
}
