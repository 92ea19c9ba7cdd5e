//! XLS and XLSB, the binary kinds of workbook, through calamine.

use super::block::{Block, Kind};
use super::format::Format;
use super::{Fault, Notes, Rows, Sheet, value};
use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

type Bytes = Cursor<Arc<[u8]>>;

/// A workbook of a binary kind.
pub enum Binary {
    Xls(Box<Xls<Bytes>>),
    Xlsb(Box<Xlsb<Bytes>>),
}

/// Opens a compound file: an XLS workbook, or something else.
pub fn open_ole(bytes: Arc<[u8]>) -> Result<(Binary, Vec<Sheet>), Fault> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(&bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Err(Fault::Encrypted);
    }
    for (stream, what) in [("WordDocument", "Word (doc)"), ("PowerPoint Document", "PowerPoint (ppt)")] {
        if has(stream) {
            return Err(Fault::Other(what));
        }
    }
    let xls = guarded(|| {
        Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Password => Fault::Encrypted,
            error => Fault::Damaged(error.to_string()),
        })
    })?;
    let sheets = sheets(xls.sheets_metadata());
    Ok((Binary::Xls(Box::new(xls)), sheets))
}

/// Opens an XLSB workbook.
pub fn open_zip(bytes: Arc<[u8]>) -> Result<(Binary, Vec<Sheet>), Fault> {
    let xlsb = guarded(|| {
        Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsbError::Password => Fault::Encrypted,
            error => Fault::Damaged(error.to_string()),
        })
    })?;
    let sheets = sheets(xlsb.sheets_metadata());
    Ok((Binary::Xlsb(Box::new(xlsb)), sheets))
}

/// The reader of these kinds may stumble over a broken file.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let read = catch_unwind(AssertUnwindSafe(read));
    read.unwrap_or_else(|_| Err(Fault::Damaged("broken records".to_owned())))
}

fn sheets(all: &[calamine::Sheet]) -> Vec<Sheet> {
    let sheet = |sheet: &calamine::Sheet| Sheet {
        name: sheet.name.clone(),
        is_hidden: sheet.visible != SheetVisible::Visible,
        part: (sheet.typ == SheetType::WorkSheet).then(|| sheet.name.clone()),
    };
    all.iter().map(sheet).collect()
}

impl Binary {
    /// Reads the rows of a sheet by its name.
    pub fn rows<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Rows) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let damaged = |error: &dyn std::fmt::Display| Fault::Damaged(error.to_string());
        let (cells, from_1904) = match self {
            Binary::Xls(xls) => (
                guarded(|| xls.worksheet_range(name).map_err(|error| damaged(&error)))?,
                xls.has_1904_epoch(),
            ),
            Binary::Xlsb(xlsb) => (
                guarded(|| xlsb.worksheet_range(name).map_err(|error| damaged(&error)))?,
                xlsb.has_1904_epoch(),
            ),
        };
        read(&mut RangeRows { cells: &cells, next: 0, from_1904 })
    }
}

/// The rows of a sheet that was read whole.
struct RangeRows<'a> {
    cells: &'a Range<Data>,
    next: usize,
    from_1904: bool,
}

impl Rows for RangeRows<'_> {
    fn next_row(&mut self, block: &mut Block) -> Result<bool, Fault> {
        let Some((first_row, first_column)) = self.cells.start() else { return Ok(false) };
        while self.next < self.cells.height() {
            let row = &self.cells[self.next];
            block.begin_row(u64::from(first_row) + self.next as u64 + 1, false);
            self.next += 1;
            for (column, data) in row.iter().enumerate() {
                let start = block.bytes.len();
                if let Some(kind) = write(data, self.from_1904, &mut block.bytes) {
                    block.push(first_column + column as u32, kind, start);
                }
            }
            if block.rows.last().is_some_and(|row| row.first < block.cells.len()) {
                return Ok(true);
            }
            block.rows.pop();
        }
        Ok(false)
    }

    fn notes(&mut self) -> Notes {
        Notes::default()
    }
}

fn write(data: &Data, from_1904: bool, bytes: &mut Vec<u8>) -> Option<Kind> {
    let text = match data {
        Data::Empty => return None,
        Data::Int(number) => {
            return value::write(&number.to_string(), Format::GENERAL, (false, false), bytes);
        }
        Data::Float(number) => return value::write_binary(*number, Format::GENERAL, false, bytes),
        Data::DateTime(day) => return value::write_binary(day.as_f64(), Format::Date, from_1904, bytes),
        Data::Bool(is_true) => if *is_true { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Error(error) => {
            bytes.extend_from_slice(error.to_string().as_bytes());
            return Some(Kind::Error);
        }
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
    };
    bytes.extend_from_slice(text.as_bytes());
    Some(Kind::Text)
}
