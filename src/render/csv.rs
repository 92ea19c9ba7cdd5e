//! CSV for machines: one table, decimal points, an empty cell where nothing is.

use super::words;
use crate::lang::Lang;
use crate::report::{Cell, Report};

/// All sections as one table; columns that only some sections have are empty in the others.
pub(super) fn render(report: &Report<'_>) -> anyhow::Result<Vec<u8>> {
    let mut header: Vec<String> = Vec::new();
    let tables = || report.sections.iter().filter_map(|section| Some((section, section.table.as_ref()?)));
    for (section, table) in tables() {
        let mut behind = 0;
        let keys = section.keys.iter().map(|(key, _)| *key);
        for key in keys.chain(table.columns.iter().map(|column| column.key.as_str())) {
            match header.iter().position(|known| known == key) {
                Some(at) => behind = at + 1,
                None => {
                    header.insert(behind, key.to_owned());
                    behind += 1;
                }
            }
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    if !header.is_empty() {
        writer.write_record(&header)?;
    }
    let mut record: Vec<String> = Vec::new();
    for (section, table) in tables() {
        let at = |key: &str| header.iter().position(|known| known == key).unwrap_or(0);
        let keys: Vec<usize> = section.keys.iter().map(|(key, _)| at(key)).collect();
        let columns: Vec<usize> = table.columns.iter().map(|column| at(&column.key)).collect();
        for row in 0..table.len {
            record.clear();
            record.resize(header.len(), String::new());
            for ((_, value), &at) in section.keys.iter().zip(&keys) {
                record[at].clone_from(value);
            }
            for (cell, &at) in (table.row)(row).iter().zip(&columns) {
                if *cell != Cell::Missing {
                    record[at] = words(cell, Lang::En);
                }
            }
            writer.write_record(&record)?;
        }
    }
    Ok(writer.into_inner()?)
}
