//! Tables of every kind through one door: CSV files, and sheets of workbooks. What a file is, its
//! content says and not its name.

pub mod address;
mod choose;
mod rows;

pub use rows::Rows;

use super::csv::{self, Csv};
use super::sha256;
use super::workbook::{Fault, Workbook};
use crate::diagnostic::Diagnostics;
use crate::source::{CellKind, Fingerprint, Place, Sheet, Table};
use crate::text;
use crate::validate::header::{Fit, Sought};
use choose::Chosen;
use rows::SheetReader;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// A table whose header has been read.
pub struct Input {
    /// What it is, and its header.
    pub table: Arc<Table>,
    content: Content,
}

enum Content {
    Csv(Box<Csv>),
    Sheet(Box<SheetReader>),
}

/// A larger workbook is not read: it would fill the memory.
const MOST: u64 = 1 << 30;

/// How the names of workbooks end.
const WORKBOOKS: [&str; 6] = ["xlsx", "xlsm", "xltx", "xlsb", "xls", "ods"];

/// Whether a name is that of a table, by how it ends: of a file, or of a sheet of a workbook.
pub fn is_named_so(path: &Path) -> bool {
    let (path, sheet) = address::find(path);
    sheet.is_some() || ends_with(&path, &["csv", "tsv", "txt"]) || ends_with(&path, &WORKBOOKS)
}

/// Whether the file of a table can be opened.
///
/// # Errors
/// What the system says when it cannot.
pub fn is_there(path: &Path) -> io::Result<()> {
    File::open(address::find(path).0).map(drop)
}

fn ends_with(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|own| extensions.iter().any(|known| own.eq_ignore_ascii_case(known)))
}

/// Opens a table, which people know as `file`, and finds its header. A sheet of a workbook is named
/// behind a `#`; else it is the only one whose header is `sought`. `None`: it was reported why it is no
/// such table.
///
/// # Errors
/// What the system says when the file cannot be read.
pub fn open(
    path: &Path,
    file: Arc<str>,
    sought: &Sought<'_>,
    out: &mut Diagnostics,
) -> io::Result<Option<Input>> {
    let (path, sheet) = address::find(path);
    let file: Arc<str> = match &sheet {
        Some(sheet) => file.strip_suffix(&format!("#{sheet}")).unwrap_or(&file).into(),
        None => file,
    };
    let whole = Place::File { file: file.clone() };
    let mut input = File::open(&path)?;
    let mut beginning = Vec::new();
    (&mut input).take(8).read_to_end(&mut beginning)?;
    let is_named_workbook = ends_with(&path, &WORKBOOKS);
    if !Workbook::begins(&beginning) {
        if let Some(sheet) = sheet {
            out.no_workbook(whole, &sheet);
            return Ok(None);
        }
        let before = out.errors();
        let Some(csv) = csv::open(&path, file, &|header| Fit::Nearly <= sought.fit(header), out)? else {
            return Ok(None);
        };
        if is_named_workbook && out.errors() == before {
            out.other_content(whole, text!("văn bản (CSV)", "text (CSV)"));
        }
        return Ok(Some(Input { table: csv.table.clone(), content: Content::Csv(Box::new(csv)) }));
    }
    if MOST < input.metadata()?.len() {
        out.workbook_too_large(whole, MOST);
        return Ok(None);
    }
    let mut bytes = beginning;
    input.read_to_end(&mut bytes)?;
    let print = Fingerprint { file: file.clone(), sha256: sha256(&bytes) };
    let mut workbook = match Workbook::open(bytes.into()) {
        Ok(workbook) => workbook,
        Err(fault) => {
            report(&fault, whole, out);
            return Ok(None);
        }
    };
    if !is_named_workbook {
        out.other_content(whole.clone(), text!("bảng tính Excel", "a workbook"));
    }
    Ok(match choose::choose(&mut workbook, sheet.as_deref(), sought, &file, out) {
        Ok(Some(Chosen { sheet, table, uses })) => {
            let table = Arc::new(table);
            let reader = SheetReader { workbook, sheet, table: table.clone(), uses, print };
            Some(Input { table, content: Content::Sheet(Box::new(reader)) })
        }
        Ok(None) => None,
        Err(fault) => {
            report(&fault, whole, out);
            None
        }
    })
}

/// Says why a workbook cannot be read.
pub(super) fn report(fault: &Fault, place: Place, out: &mut Diagnostics) {
    match fault {
        Fault::Damaged(what) => out.damaged_workbook(place, what),
        Fault::Encrypted => out.password_protected(place),
        Fault::Bomb(part) => out.workbook_bomb(place, part),
        Fault::DocumentType(part) => out.document_type(place, part),
        Fault::Other(what) => out.not_a_table(place, what),
    }
}

impl Input {
    /// Reads all rows: `read` makes something of each part, on any thread; `take` gets what was
    /// made, in the order of the table.
    ///
    /// # Errors
    /// What the system says when the file cannot be read on.
    pub fn read<T: Send>(
        self,
        read: impl Fn(&Rows<'_>) -> T + Sync,
        take: impl FnMut(T) + Send,
    ) -> io::Result<Fingerprint> {
        match self.content {
            Content::Csv(csv) => csv.read(|rows| read(&Rows::Csv(rows)), take),
            Content::Sheet(sheet) => Ok(sheet.read(read, take)),
        }
    }
}

/// Reads a small table whole; rows of another width than the header are reported.
///
/// # Errors
/// What the system says when the file cannot be read.
pub fn sheet(
    path: &Path,
    file: Arc<str>,
    sought: &Sought<'_>,
    out: &mut Diagnostics,
) -> io::Result<Option<(Sheet, Fingerprint)>> {
    let Some(input) = open(path, file, sought, out)? else { return Ok(None) };
    let mut sheet = Sheet { table: input.table.clone(), rows: Vec::new(), numbers: HashSet::new() };
    let width = sheet.header().len();
    let read = |rows: &Rows<'_>| {
        let mut faults = Diagnostics::default();
        let mut list = Vec::new();
        rows.for_each(&mut faults, |row| {
            let is_number = |kind: &CellKind| *kind == CellKind::Number;
            let numbers = row.kinds.iter().map(is_number).collect::<Vec<bool>>();
            list.push((row.number, row.texts().collect::<Vec<_>>(), numbers));
        });
        (list, faults)
    };
    let print = input.read(read, |(list, faults)| {
        out.append(faults);
        for (row, cells, numbers) in list {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if cells.len() != width {
                out.ragged_row(sheet.place(row, None), cells.len(), width);
                continue;
            }
            let numbers = (0..width).filter(|at| numbers.get(*at) == Some(&true));
            sheet.numbers.extend(numbers.map(|at| (row, at)));
            sheet.rows.push((row, cells));
        }
    })?;
    Ok(Some((sheet, print)))
}
