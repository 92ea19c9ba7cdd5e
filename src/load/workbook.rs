//! Workbooks: XLSX and XLSM, ODS, XLSB and XLS, told apart by what is in them. A sheet is read row by
//! row, and of a workbook nothing is in memory but its texts and some rows.
//!
//! What a file claims of its size is not believed: how far a part may be unpacked, how long a text may
//! be, how many columns a row has are all bounded, and only cells in which something stands take room.

mod block;
mod format;
mod ods;
mod package;
mod strings;
mod value;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use block::{Block, Cell, Kind, RowHead, Shown};

use package::Package;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A workbook whose list of sheets was read.
pub struct Workbook {
    /// Its sheets, in the order of their tabs.
    pub sheets: Vec<Sheet>,
    content: Content,
}

enum Content {
    Xlsx(Box<xlsx::Xlsx>),
    Ods(Box<ods::Ods>),
    Xls(Box<xls::Xls>),
    Xlsb(Box<xlsb::Xlsb>),
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether its tab is hidden.
    pub is_hidden: bool,
    /// Where its cells are; none for a chart.
    part: Option<String>,
}

/// What is known of a sheet when its rows were read to the end.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Columns that are hidden: the first and the last of each stretch, counted from 0.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged cells.
    pub merged: Vec<Merged>,
    /// Whether no spreadsheet program has computed the formulas since they were written.
    pub is_uncomputed: bool,
    /// The first row of each column in which a formula gave a value; columns count from 0.
    pub formulas: BTreeMap<u32, u64>,
}

impl Notes {
    fn add_formula(&mut self, row: u64, column: u32) {
        self.formulas.entry(column).or_insert(row);
    }
}

/// Cells that were merged to one. Rows count from 1, columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The first row and column.
    pub from: (u64, u32),
    /// The last row and column.
    pub to: (u64, u32),
}

/// Why a file cannot be read as a workbook.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It is broken: what was found, for who can make use of it.
    Damaged(String),
    /// It is protected by a password.
    Encrypted,
    /// A part unpacks to more than an honest file's would.
    Bomb(String),
    /// A part has a document type, which no spreadsheet program writes.
    DocumentType(String),
    /// It is something else: Word, a zip file.
    Other(&'static str),
}

/// The rows of a sheet, one after the other.
pub trait Rows {
    /// Reads the next row that has cells into a block; `false` at the end.
    fn next_row(&mut self, block: &mut Block) -> Result<bool, Fault>;

    /// What is known at the end.
    fn notes(&mut self) -> Notes;
}

impl Workbook {
    /// Whether a file begins as a workbook does.
    pub fn begins(bytes: &[u8]) -> bool {
        [&b"PK\x03\x04"[..], b"PK\x05\x06", OLE].iter().any(|magic| bytes.starts_with(magic))
    }

    /// Reads the list of sheets.
    ///
    /// # Errors
    /// Why it is no workbook that can be read.
    pub fn open(bytes: Arc<[u8]>) -> Result<Workbook, Fault> {
        if bytes.starts_with(OLE) {
            let (xls, sheets) = xls::open(&bytes)?;
            return Ok(Workbook { sheets, content: Content::Xls(Box::new(xls)) });
        }
        let package = Package::open(bytes)?;
        if package.has("content.xml") {
            let (ods, sheets) = ods::open(package)?;
            return Ok(Workbook { sheets, content: Content::Ods(Box::new(ods)) });
        }
        if package.has("xl/workbook.bin") {
            let (xlsb, sheets) = xlsb::open(package)?;
            return Ok(Workbook { sheets, content: Content::Xlsb(Box::new(xlsb)) });
        }
        for (part, what) in
            [("word/document.xml", "Word (docx)"), ("ppt/presentation.xml", "PowerPoint (pptx)")]
        {
            if package.has(part) {
                return Err(Fault::Other(what));
            }
        }
        if !package.has("_rels/.rels") {
            return Err(Fault::Other("zip"));
        }
        let (xlsx, sheets) = xlsx::open(package)?;
        Ok(Workbook { sheets, content: Content::Xlsx(Box::new(xlsx)) })
    }

    /// Reads the rows of a sheet with `read`.
    ///
    /// # Errors
    /// Why the sheet cannot be read; or what `read` says.
    pub fn rows<T>(
        &mut self,
        sheet: usize,
        read: impl FnOnce(&mut dyn Rows) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Some(Sheet { part: Some(part), .. }) = self.sheets.get(sheet) else {
            return Err(Fault::Damaged("no cells".to_owned()));
        };
        match &mut self.content {
            Content::Xlsx(xlsx) => xlsx.rows(part, read),
            Content::Ods(ods) => ods.rows(part, read),
            Content::Xls(xls) => xls.rows(part, read),
            Content::Xlsb(xlsb) => xlsb.rows(part, read),
        }
    }
}

impl Sheet {
    /// Whether it has cells: a chart has none.
    pub fn has_cells(&self) -> bool {
        self.part.is_some()
    }
}

/// How files of the old compound kind begin: XLS, DOC, and whatever is protected by a password.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
