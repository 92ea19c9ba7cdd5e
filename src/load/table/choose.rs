//! Which sheet of a workbook is meant, and which of its rows is the header.

use crate::diagnostic::Diagnostics;
use crate::load::workbook::{Block, Fault, Kind, Workbook};
use crate::source::{Place, Table};
use crate::text::{folded, nearest};
use crate::validate::header::{Fit, Sought, is_ignored};
use std::sync::Arc;

/// A sheet whose header was found.
pub struct Chosen {
    /// The sheet's place in the workbook.
    pub sheet: usize,
    /// What it is, and its header.
    pub table: Table,
    /// What its columns are for.
    pub uses: Vec<Use>,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Nothing: it is not read.
    None,
    /// Names and words; a number is meant as it looks.
    Names,
    /// Numbers.
    Values,
}

/// Of so many rows that have cells, one must be the header.
const ROWS: usize = 40;

/// Finds the sheet and its header; reports what is in the way.
pub fn choose(
    workbook: &mut Workbook,
    named: Option<&str>,
    sought: &Sought<'_>,
    file: &Arc<str>,
    out: &mut Diagnostics,
) -> Result<Option<Chosen>, Fault> {
    let whole = Place::File { file: file.clone() };
    let candidates: Vec<usize> = match named {
        Some(named) => match find_sheet(workbook, named) {
            Some(sheet) => vec![sheet],
            None => {
                let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
                out.no_such_sheet(whole, named, nearest(named, names.iter().copied()), &names);
                return Ok(None);
            }
        },
        None => (0..workbook.sheets.len()).filter(|&at| !workbook.sheets[at].is_hidden).collect(),
    };
    let mut found: Vec<(usize, Header)> = Vec::new();
    for &sheet in &candidates {
        if !workbook.sheets[sheet].has_cells() {
            continue;
        }
        let rows = first_rows(workbook, sheet)?;
        found.extend(header(&rows, sought).map(|header| (sheet, header)));
    }
    let name = |sheet: usize| workbook.sheets[sheet].name.as_str();
    let best = found.iter().map(|(_, header)| header.fit).max();
    let fitting: Vec<usize> = match best {
        Some(best) if Fit::Nearly <= best => (0..found.len()).filter(|&at| found[at].1.fit == best).collect(),
        _ => (0..found.len()).collect(),
    };
    let at = match fitting[..] {
        [] if named.is_some() => {
            out.no_cells(whole, Some(name(candidates[0])));
            return Ok(None);
        }
        [] => {
            out.no_cells(whole, None);
            return Ok(None);
        }
        [at] => at,
        _ if Some(Fit::Nearly) <= best => {
            let names: Vec<&str> = fitting.iter().map(|&at| name(found[at].0)).collect();
            out.several_sheets_fit(whole, &names, file);
            return Ok(None);
        }
        _ => {
            let sheets: Vec<(&str, &[String])> =
                found.iter().map(|(sheet, header)| (name(*sheet), &header.texts[..])).collect();
            out.no_sheet_fits(whole, sought.wanted, &sheets);
            return Ok(None);
        }
    };
    let (sheet, header) = found.swap_remove(at);
    let table = Table {
        file: file.clone(),
        sheet: Some(name(sheet).to_owned()),
        header_row: header.row,
        header: header.texts,
    };
    let uses = table.header.iter().map(|name| match sought.meaning(name) {
        Some(meaning) if Sought::holds_names(meaning) => Use::Names,
        Some(_) => Use::Values,
        None if is_ignored(name) || !sought.is_open() => Use::None,
        None => Use::Values,
    });
    let uses = uses.collect();
    if header.ambiguous.is_empty() {
        return Ok(Some(Chosen { sheet, table, uses }));
    }
    let table = Arc::new(table);
    for column in header.ambiguous {
        out.number_as_id(table.place(header.row, Some(column)), &table.header[column]);
    }
    Ok(None)
}

/// A sheet by its name, by the same name written otherwise, or by its number among those that are shown.
fn find_sheet(workbook: &Workbook, named: &str) -> Option<usize> {
    let sheets = &workbook.sheets;
    let exact = sheets.iter().position(|sheet| sheet.name == named);
    let key = folded(named);
    let alike = || sheets.iter().position(|sheet| folded(&sheet.name) == key);
    let by_number = || {
        let number = named.trim().parse::<usize>().ok()?.checked_sub(1)?;
        (0..sheets.len()).filter(|&at| !sheets[at].is_hidden).nth(number)
    };
    exact.or_else(alike).or_else(by_number)
}

/// A row that may be the header.
#[derive(Clone, Debug)]
struct Header {
    row: u64,
    texts: Vec<String>,
    fit: Fit,
    /// Columns whose header is a number that may be two ids: 1.1 is 1.1 or 1.10.
    ambiguous: Vec<usize>,
}

/// A row with its number and its cells, and which of them are plain numbers.
type FirstRow = (u64, Vec<(String, bool)>);

/// The first rows of a sheet.
fn first_rows(workbook: &mut Workbook, sheet: usize) -> Result<Vec<FirstRow>, Fault> {
    let block = workbook.rows(sheet, |rows| {
        let mut block = Block::default();
        while block.rows.len() < ROWS && rows.next_row(&mut block)? {}
        Ok(block)
    })?;
    let row = |at: usize| {
        let mut cells: Vec<(String, bool)> = Vec::new();
        for cell in block.cells(at) {
            cells.resize(cell.column as usize, (String::new(), false));
            let text = String::from_utf8_lossy(block.text(cell));
            cells.push(match cell.kind {
                Kind::Number(shown) => (shown.pad(&text), shown.is_general()),
                _ => (text.trim().to_owned(), false),
            });
        }
        (block.rows[at].number, cells)
    };
    Ok((0..block.rows.len()).map(row).collect())
}

/// The row that is the header: the first that is whole, alone or with the rows above it where cells were
/// merged; else the first that nearly is, else the one of which most is known, else the first.
fn header(rows: &[FirstRow], sought: &Sought<'_>) -> Option<Header> {
    let mut best: Option<Header> = None;
    for at in 0..rows.len() {
        for above in [0, 1, 2] {
            let Some(header) = candidate(rows, at, above, sought) else { continue };
            if header.fit == Fit::Whole {
                return Some(header);
            }
            if best.as_ref().is_none_or(|best| best.fit < header.fit) {
                best = Some(header);
            }
        }
    }
    best
}

/// A row whose empty cells are filled from so many rows above it.
fn candidate(rows: &[FirstRow], at: usize, above: usize, sought: &Sought<'_>) -> Option<Header> {
    let first = at.checked_sub(above)?;
    let row = rows[at].0;
    if row - rows[first].0 != above as u64 {
        return None;
    }
    let width = rows[first..=at].iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut cells = vec![(String::new(), false); width];
    for (_, higher) in &rows[first..=at] {
        for (cell, new) in cells.iter_mut().zip(higher).filter(|(_, new)| !new.0.is_empty()) {
            cell.clone_from(new);
        }
    }
    let mut ambiguous = Vec::new();
    let texts: Vec<String> = cells
        .into_iter()
        .enumerate()
        .map(|(column, (text, is_number))| {
            let padded = |noughts: &str| {
                Some(format!("{text}{noughts}")).filter(|name| sought.meaning(name).is_some())
            };
            let noughts = ["", "0", "00"].into_iter().filter(|_| is_number && text.contains('.'));
            let mut ids = noughts.filter_map(padded);
            match (ids.next(), ids.next()) {
                (Some(id), None) => id,
                (None, _) => text,
                (Some(_), Some(_)) => {
                    ambiguous.push(column);
                    text
                }
            }
        })
        .collect();
    let fit = sought.fit(&texts);
    Some(Header { row, texts, fit, ambiguous })
}
