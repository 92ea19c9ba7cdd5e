//! CSV: one table, an empty cell where nothing is. For machines with commas and decimal points, for
//! Excel in Vietnam with semicolons and decimal commas. No cell is one that a spreadsheet runs.

mod guard;

use crate::lang::{Lang, Text};
use crate::number::plain;
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, words};
use crate::text;
use csv::{Terminator, Writer, WriterBuilder};
use guard::{harmless, is_changed, unchanged};
use rayon::prelude::*;

/// Whom the table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// Programs: the same in every language.
    Machine,
    /// Excel in Vietnam, opened by a person who reads this language.
    Excel(Lang),
}

/// All sections as one table; columns that only some sections have are empty in the others.
pub(super) fn render(report: &Report<'_>, reader: Reader) -> anyhow::Result<Vec<u8>> {
    let mut bytes = reader.mark().to_vec();
    let tables = || report.sections.iter().filter_map(|section| Some((section, section.table.as_ref()?)));
    if tables().next().is_none() && !report.sections.is_empty() {
        bytes.extend(sentences(report, reader)?);
        return Ok(bytes);
    }
    let mut header: Vec<(String, Text)> = Vec::new();
    for (section, table) in tables() {
        let mut behind = 0;
        let keys = section.keys.iter().map(|(key, _)| (*key, key_title(key)));
        let columns = table.columns.iter().filter(|column| column.kind != ColumnKind::Screen);
        let columns = columns.map(|column| (column.key.as_str(), column.title.clone()));
        for (key, title) in keys.chain(columns) {
            match header.iter().position(|(known, _)| known == key) {
                Some(at) => behind = at + 1,
                None => {
                    header.insert(behind, (key.to_owned(), title));
                    behind += 1;
                }
            }
        }
    }
    if !header.is_empty() {
        let mut writer = reader.writer();
        writer.write_record(header.iter().map(|(key, title)| reader.heading(key, title)))?;
        bytes.extend(writer.into_inner()?);
    }
    let keys: Vec<&str> = header.iter().map(|(key, _)| key.as_str()).collect();
    for (section, table) in tables() {
        for part in rows(section, table, &keys, reader) {
            bytes.extend(part?);
        }
    }
    Ok(bytes)
}

/// A report without tables: one column of sentences.
fn sentences(report: &Report<'_>, reader: Reader) -> anyhow::Result<Vec<u8>> {
    let mut writer = reader.writer();
    writer.write_record([reader.heading("text", &text!("Nội dung", "Text"))])?;
    let of_sections = report.sections.iter().flat_map(|section| section.heading.iter().chain(&section.notes));
    for text in report.titles.iter().chain(of_sections).chain(&report.notes) {
        writer.write_record([reader.words(&Cell::Words(text.clone()))])?;
    }
    Ok(writer.into_inner()?)
}

/// The rows of a table, in parts that all cores write at once.
fn rows(
    section: &Section<'_>,
    table: &Table<'_>,
    header: &[&str],
    reader: Reader,
) -> Vec<csv::Result<Vec<u8>>> {
    let at = |key: &str| header.iter().position(|known| *known == key).unwrap_or(0);
    let keys: Vec<(usize, String)> =
        section.keys.iter().map(|(key, value)| (at(key), reader.words(&Cell::text(value)))).collect();
    let is_told = |column: &Column| column.kind != ColumnKind::Screen;
    let columns: Vec<Option<usize>> =
        table.columns.iter().map(|column| is_told(column).then(|| at(&column.key))).collect();
    let write = |part: usize| {
        let mut writer = reader.writer();
        let mut record: Vec<String> = vec![String::new(); header.len()];
        for row in part * PART..table.len.min((part + 1) * PART) {
            record.iter_mut().for_each(String::clear);
            for (at, value) in &keys {
                record[*at].push_str(value);
            }
            for (cell, at) in (table.row)(row).iter().zip(&columns) {
                if let Some(at) = *at {
                    record[at] = reader.words(cell);
                }
            }
            writer.write_record(&record)?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    };
    (0..table.len.div_ceil(PART)).into_par_iter().map(write).collect()
}

impl Reader {
    /// What a file begins with; without it Excel takes UTF-8 for the letters of its own region.
    fn mark(self) -> &'static [u8] {
        if self == Reader::Machine { b"" } else { "\u{feff}".as_bytes() }
    }

    fn writer(self) -> Writer<Vec<u8>> {
        let mut builder = WriterBuilder::new();
        if self != Reader::Machine {
            builder.delimiter(b';').terminator(Terminator::CRLF);
        }
        builder.from_writer(Vec::new())
    }

    /// A heading; one that Excel would change, as `1.10`, gets a word before it.
    fn heading(self, key: &str, title: &Text) -> String {
        match self {
            Reader::Machine => harmless(key).into_owned(),
            Reader::Excel(lang) => {
                let title = title.get(lang);
                match lang {
                    Lang::Vi if is_changed(title) => format!("Mục {title}"),
                    Lang::En if is_changed(title) => format!("Item {title}"),
                    _ => harmless(title).into_owned(),
                }
            }
        }
    }

    /// A cell: numbers as the reader writes them, words in Vietnamese for machines, nothing for nothing.
    fn words(self, cell: &Cell<'_>) -> String {
        let (lang, number) = match self {
            Reader::Machine => (Lang::Vi, Lang::En),
            Reader::Excel(lang) => (lang, Lang::Vi),
        };
        let written = |text: &str| match self {
            Reader::Machine => harmless(text).into_owned(),
            Reader::Excel(_) => unchanged(text).into_owned(),
        };
        match cell {
            Cell::Missing => String::new(),
            Cell::Text(text) => match (self, status(text)) {
                (Reader::Excel(lang), Some(said)) => said.get(lang).to_owned(),
                _ => written(text),
            },
            Cell::Words(text) => written(text.get(lang)),
            Cell::Change(change, rounding) => rounding.text(*change, number),
            Cell::Places(places) => places.to_string(),
            Cell::Chance(p) => plain(p.normalize(), number),
            cell => words(cell, number),
        }
    }
}

/// What the words of the column `status` say to people.
fn status(word: &str) -> Option<Text> {
    match word {
        "ranked" => Some(text!("xếp hạng", "ranked")),
        "not-ranked" => Some(text!("không xếp hạng", "not ranked")),
        "not-scored" => Some(text!("không chấm", "not scored")),
        _ => None,
    }
}

/// The heading of what is the same in all rows of a section.
fn key_title(key: &str) -> Text {
    match key {
        "tier" => text!("Cấp", "Tier"),
        "block" => text!("Khối", "Block"),
        "table" => text!("Bảng", "Table"),
        "unit" => text!("Mã", "Id"),
        "scenario" => text!("Kịch bản", "Scenario"),
        "input" => text!("Số liệu", "Input"),
        "by" => text!("Theo", "By"),
        key => Text::same(key),
    }
}

/// How many rows are written at once.
const PART: usize = 4096;
