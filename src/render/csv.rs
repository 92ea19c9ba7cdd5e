//! CSV for machines: one table, decimal points, an empty cell where nothing is.

use crate::lang::Lang;
use crate::report::{Cell, Column, ColumnKind, Report, Section, Table, words};
use rayon::prelude::*;

/// All sections as one table; columns that only some sections have are empty in the others.
pub(super) fn render(report: &Report<'_>) -> anyhow::Result<Vec<u8>> {
    let tables = || report.sections.iter().filter_map(|section| Some((section, section.table.as_ref()?)));
    if tables().next().is_none() && !report.sections.is_empty() {
        return sentences(report);
    }
    let mut header: Vec<String> = Vec::new();
    for (section, table) in tables() {
        let mut behind = 0;
        let keys = section.keys.iter().map(|(key, _)| *key);
        let columns = table.columns.iter().filter(|column| column.kind != ColumnKind::Screen);
        for key in keys.chain(columns.map(|column| column.key.as_str())) {
            match header.iter().position(|known| known == key) {
                Some(at) => behind = at + 1,
                None => {
                    header.insert(behind, key.to_owned());
                    behind += 1;
                }
            }
        }
    }
    let mut bytes = Vec::new();
    if !header.is_empty() {
        let mut writer = csv::Writer::from_writer(&mut bytes);
        writer.write_record(&header)?;
        writer.flush()?;
    }
    for (section, table) in tables() {
        for part in rows(section, table, &header) {
            bytes.extend(part?);
        }
    }
    Ok(bytes)
}

/// A report without tables: one column of sentences.
fn sentences(report: &Report<'_>) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["text"])?;
    let of_sections = report.sections.iter().flat_map(|section| section.heading.iter().chain(&section.notes));
    for text in report.titles.iter().chain(of_sections).chain(&report.notes) {
        writer.write_record([text.get(Lang::Vi)])?;
    }
    Ok(writer.into_inner()?)
}

/// The rows of a table, in parts that all cores write at once.
fn rows(section: &Section<'_>, table: &Table<'_>, header: &[String]) -> Vec<csv::Result<Vec<u8>>> {
    let at = |key: &str| header.iter().position(|known| known == key).unwrap_or(0);
    let keys: Vec<usize> = section.keys.iter().map(|(key, _)| at(key)).collect();
    let is_told = |column: &Column| column.kind != ColumnKind::Screen;
    let columns: Vec<Option<usize>> =
        table.columns.iter().map(|column| is_told(column).then(|| at(&column.key))).collect();
    let write = |part: usize| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut record: Vec<String> = vec![String::new(); header.len()];
        for row in part * PART..table.len.min((part + 1) * PART) {
            record.iter_mut().for_each(String::clear);
            for ((_, value), &at) in section.keys.iter().zip(&keys) {
                record[at].push_str(value);
            }
            for (cell, at) in (table.row)(row).iter().zip(&columns) {
                if let Some(at) = *at {
                    record[at] = machine_words(cell);
                }
            }
            writer.write_record(&record)?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    };
    (0..table.len.div_ceil(PART)).into_par_iter().map(write).collect()
}

/// A cell for machines, the same in every language: numbers with a point, reasons in Vietnamese,
/// nothing for nothing.
fn machine_words(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Words(text) => text.get(Lang::Vi).to_owned(),
        Cell::Change(number, rounding) => rounding.text(*number, Lang::En),
        Cell::Places(places) => places.to_string(),
        Cell::Chance(p) => p.normalize().to_string(),
        cell => words(cell, Lang::En),
    }
}

/// How many rows are written at once.
const PART: usize = 4096;
