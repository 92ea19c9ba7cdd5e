//! XLSB: the parts of an XLSX workbook as binary records. After MS-XLSB.

use super::block::{Block, Kind, MOST_COLUMNS, MOST_ROWS};
use super::format::Format;
use super::package::Package;
use super::strings::Strings;
use super::xls::{error_code, f64_at, packed, u16_at, u32_at};
use super::xlsx::{Styles, related};
use super::{Fault, Merged, Notes, Rows, Sheet, value};
use std::collections::HashMap;
use std::io::{ErrorKind, Read};

/// An XLSB workbook.
pub struct Xlsb {
    package: Package,
    strings: Strings,
    styles: Styles,
    from_1904: bool,
}

/// What records are, by number.
mod kind {
    pub const ROW: u32 = 0x00;
    pub const PACKED_NUMBER: u32 = 0x02;
    pub const ERROR: u32 = 0x03;
    pub const TRUTH: u32 = 0x04;
    pub const NUMBER: u32 = 0x05;
    pub const SHARED_TEXT: u32 = 0x07;
    pub const FORMULA_TEXT: u32 = 0x08;
    pub const FORMULA_NUMBER: u32 = 0x09;
    pub const FORMULA_TRUTH: u32 = 0x0A;
    pub const FORMULA_ERROR: u32 = 0x0B;
    pub const STRING: u32 = 0x13;
    pub const FORMAT: u32 = 0x2C;
    pub const STYLE: u32 = 0x2F;
    pub const COLUMNS: u32 = 0x3C;
    pub const WORKBOOK: u32 = 0x99;
    pub const SHEET: u32 = 0x9C;
    pub const MERGED: u32 = 0xB0;
    pub const CELL_STYLES: u32 = 0x269;
    pub const CELL_STYLES_END: u32 = 0x26A;
}

const WORKBOOK: &str = "xl/workbook.bin";

/// A longer record is none that is needed.
const MOST: usize = 16 << 20;

/// Reads the list of sheets, the shared texts and the formats.
pub fn open(mut package: Package) -> Result<(Xlsb, Vec<Sheet>), Fault> {
    let related = related(&mut package, WORKBOOK)?;
    let of_kind = |kind: &str| related.iter().find(|of| of.kind == kind).map(|of| of.part.as_str());
    let mut strings = Strings::default();
    if let Some(part) = of_kind("sharedStrings") {
        each(&mut package, part, |id, data| match id {
            kind::STRING => strings.push(text(data, 1).ok_or_else(|| broken(part))?.0.chars()),
            _ => Ok(()),
        })?;
    }
    let (mut codes, mut styles, mut is_of_cells) = (HashMap::new(), Vec::new(), false);
    if let Some(part) = of_kind("styles") {
        each(&mut package, part, |id, data| {
            match id {
                kind::FORMAT => {
                    let code = text(data, 2).ok_or_else(|| broken(part))?.0;
                    codes.insert(u16_at(data, 0).unwrap_or(0), Format::of_code(&code));
                }
                kind::CELL_STYLES => is_of_cells = true,
                kind::CELL_STYLES_END => is_of_cells = false,
                kind::STYLE if is_of_cells => styles.push(u16_at(data, 2).unwrap_or(0)),
                _ => {}
            }
            Ok(())
        })?;
    }
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    each(&mut package, WORKBOOK, |id, data| {
        match id {
            kind::WORKBOOK => from_1904 = data.first().is_some_and(|flags| flags & 1 == 1),
            kind::SHEET => {
                let (id, behind) = text(data, 8).ok_or_else(|| broken(WORKBOOK))?;
                let (name, _) = text(data, behind).ok_or_else(|| broken(WORKBOOK))?;
                let part = related.iter().find(|of| of.id == id && of.kind == "worksheet");
                let is_hidden = u32_at(data, 0) != Some(0);
                sheets.push(Sheet { name, is_hidden, part: part.map(|of| of.part.clone()) });
            }
            _ => {}
        }
        Ok(())
    })?;
    let format = |id: &u16| codes.get(id).copied().or_else(|| Format::builtin((*id).into()));
    let styles = Styles::new(styles.iter().map(|id| format(id).unwrap_or(Format::GENERAL)).collect());
    Ok((Xlsb { package, strings, styles, from_1904 }, sheets))
}

impl Xlsb {
    /// Reads the rows of a sheet.
    pub fn rows<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut dyn Rows) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let records = Records { read: self.package.part(part)?, data: Vec::new(), part };
        read(&mut SheetRows {
            records,
            strings: &self.strings,
            styles: &self.styles,
            from_1904: self.from_1904,
            begun: None,
            notes: Notes::default(),
        })
    }
}

/// Reads all records of a part.
fn each(
    package: &mut Package,
    part: &str,
    mut take: impl FnMut(u32, &[u8]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut records = Records { read: package.part(part)?, data: Vec::new(), part };
    while let Some(id) = records.next()? {
        take(id, &records.data)?;
    }
    Ok(())
}

/// The records of a part, one after the other.
struct Records<'p, R> {
    read: R,
    data: Vec<u8>,
    part: &'p str,
}

impl<R: Read> Records<'_, R> {
    /// Reads the next record; its kind.
    fn next(&mut self) -> Result<Option<u32>, Fault> {
        let Some(id) = self.varying(2)? else { return Ok(None) };
        let length = self.varying(4)?.ok_or_else(|| broken(self.part))? as usize;
        if MOST < length {
            return Err(Fault::Bomb(self.part.to_owned()));
        }
        self.data.resize(length, 0);
        self.read.read_exact(&mut self.data).map_err(|_| broken(self.part))?;
        Ok(Some(id))
    }

    /// A number of up to so many bytes, each of which says in its highest bit whether there are more.
    /// `None` at the end.
    fn varying(&mut self, most: u32) -> Result<Option<u32>, Fault> {
        let mut number = 0;
        for at in 0..most {
            let mut byte = [0];
            match self.read.read_exact(&mut byte) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::UnexpectedEof && at == 0 => return Ok(None),
                Err(_) => return Err(broken(self.part)),
            }
            number |= u32::from(byte[0] & 0x7F) << (at * 7);
            if byte[0] < 0x80 {
                break;
            }
        }
        Ok(Some(number))
    }
}

fn broken(part: &str) -> Fault {
    Fault::Damaged(part.to_owned())
}

/// The text at a place, and the place behind it.
fn text(data: &[u8], at: usize) -> Option<(String, usize)> {
    let end = (u32_at(data, at)? as usize).checked_mul(2)?.checked_add(at + 4)?;
    let units = data.get(at + 4..end)?.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
    Some((String::from_utf16_lossy(&units.collect::<Vec<u16>>()), end))
}

/// Reads the rows of a sheet.
struct SheetRows<'a, R> {
    records: Records<'a, R>,
    strings: &'a Strings,
    styles: &'a Styles,
    from_1904: bool,
    /// The row that was begun: its number, and whether it is hidden.
    begun: Option<(u64, bool)>,
    notes: Notes,
}

impl<R: Read> SheetRows<'_, R> {
    /// Adds a cell; `None` where its record is not whole.
    fn read(&mut self, id: u32, row: u64, block: &mut Block) -> Option<()> {
        let (data, start) = (&self.records.data, block.bytes.len());
        let column = u32_at(data, 0).filter(|column| *column < MOST_COLUMNS)?;
        let format = self.styles.format((u32_at(data, 4)? & 0x00FF_FFFF) as usize);
        let is_computed = (kind::FORMULA_TEXT..=kind::FORMULA_ERROR).contains(&id);
        if is_computed {
            self.notes.add_formula(row, column);
        }
        let kind = match id {
            kind::PACKED_NUMBER => {
                value::write_binary(packed(u32_at(data, 8)?), format, self.from_1904, &mut block.bytes)
            }
            kind::NUMBER | kind::FORMULA_NUMBER => {
                value::write_binary(f64_at(data, 8)?, format, self.from_1904, &mut block.bytes)
            }
            kind::ERROR | kind::FORMULA_ERROR => {
                block.bytes.extend_from_slice(error_code(*data.get(8)?).as_bytes());
                Kind::Error
            }
            kind::TRUTH | kind::FORMULA_TRUTH => {
                let is_true = *data.get(8)? != 0;
                block.bytes.extend_from_slice(if is_true { b"TRUE" } else { b"FALSE" });
                Kind::Text
            }
            kind::SHARED_TEXT => {
                block.bytes.extend_from_slice(self.strings.get(u32_at(data, 8)? as usize)?);
                Kind::Text
            }
            _ => {
                // A text of the cell's own.
                block.bytes.extend_from_slice(text(data, 8)?.0.as_bytes());
                Kind::Text
            }
        };
        block.push(column, kind, start).ok()
    }

    /// What a record says of the sheet and not of a cell.
    fn note(&mut self, id: u32) {
        let number = |at: usize| u32_at(&self.records.data, at).unwrap_or(0);
        match id {
            kind::COLUMNS if u16_at(&self.records.data, 16).is_some_and(|flags| flags & 1 == 1) => {
                self.notes.hidden_columns.push((number(0), number(4)));
            }
            kind::MERGED => self.notes.merged.push(Merged {
                from: (u64::from(number(0)) + 1, number(8)),
                to: (u64::from(number(4)) + 1, number(12)),
            }),
            _ => {}
        }
    }
}

impl<R: Read> Rows for SheetRows<'_, R> {
    fn next_row(&mut self, block: &mut Block) -> Result<bool, Fault> {
        if let Some((number, is_hidden)) = self.begun {
            block.begin_row(number, is_hidden);
        }
        while let Some(id) = self.records.next()? {
            match (id, self.begun) {
                (kind::ROW, before) => {
                    let data = &self.records.data;
                    let number = u64::from(u32_at(data, 0).ok_or_else(|| broken(self.records.part))?) + 1;
                    if MOST_ROWS < number || before.is_some_and(|(before, _)| number <= before) {
                        return Err(Fault::Damaged(format!("row {number}: rows out of order")));
                    }
                    self.begun = Some((number, data.get(11).is_some_and(|flags| flags & 0x10 != 0)));
                    if block.rows.last().is_some_and(|row| row.first < block.cells.len()) && before.is_some()
                    {
                        return Ok(true);
                    }
                    if before.is_some() {
                        block.rows.pop();
                    }
                    let (number, is_hidden) = self.begun.unwrap_or_default();
                    block.begin_row(number, is_hidden);
                }
                (kind::PACKED_NUMBER..=kind::FORMULA_ERROR, Some((row, _))) => {
                    if self.read(id, row, block).is_none() {
                        return Err(Fault::Damaged(format!("row {row}")));
                    }
                }
                _ => self.note(id),
            }
        }
        let is_row = self.begun.take().is_some();
        let has_cells = block.rows.last().is_some_and(|row| row.first < block.cells.len());
        if is_row && !has_cells {
            block.rows.pop();
        }
        Ok(is_row && has_cells)
    }

    fn notes(&mut self) -> Notes {
        std::mem::take(&mut self.notes)
    }
}
