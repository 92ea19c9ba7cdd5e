//! XLS, the workbook of Excel 97 to 2003: records in a stream of a compound file. After MS-XLS.

mod compound;
mod records;
mod sheet;

pub use compound::{error_code, f64_at, packed, u16_at, u32_at};

use super::format::Format;
use super::strings::Strings;
use super::xlsx::Styles;
use super::{Fault, Rows, Sheet};
use compound::Compound;
use records::{Record, Records, Text, kind};
use sheet::SheetRows;
use std::collections::HashMap;

/// An XLS workbook.
pub struct Xls {
    stream: Vec<u8>,
    strings: Strings,
    styles: Styles,
    from_1904: bool,
}

/// Reads the list of sheets, the shared texts and the formats.
pub fn open(bytes: &[u8]) -> Result<(Xls, Vec<Sheet>), Fault> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Fault::Encrypted);
    }
    for (stream, what) in [
        ("WordDocument", "Word (doc)"),
        ("PowerPoint Document", "PowerPoint (ppt)"),
        ("Book", "Excel 95 (xls)"),
    ] {
        if file.has(stream) && !file.has("Workbook") {
            return Err(Fault::Other(what));
        }
    }
    let mut xls = Xls {
        stream: file.stream("Workbook")?,
        strings: Strings::default(),
        styles: Styles::default(),
        from_1904: false,
    };
    let sheets = xls.globals()?;
    Ok((xls, sheets))
}

impl Xls {
    /// What stands before the sheets.
    fn globals(&mut self) -> Result<Vec<Sheet>, Fault> {
        let (mut sheets, mut codes, mut styles) = (Vec::new(), HashMap::new(), Vec::new());
        let mut strings = Strings::default();
        let mut records = Records::new(&self.stream, 0);
        while let Some(record) = records.next() {
            let Record { id, data } = record;
            match id {
                kind::PASSWORD => return Err(Fault::Encrypted),
                kind::DAYS => self.from_1904 = u16_at(data, 0) == Some(1),
                kind::FORMAT => {
                    let mut text = Text::new(data, &[]);
                    if let (Some(id), Some(code)) = (text.u16(), text.long()) {
                        codes.insert(id, Format::of_code(&code));
                    }
                }
                kind::STYLE => styles.push(u16_at(data, 2).unwrap_or(0)),
                kind::SHEET => sheets.extend(sheet_of(data)),
                kind::STRINGS => {
                    let more = records.continued();
                    let mut text = Text::new(data, &more);
                    let count = text.u32().and(text.u32()).unwrap_or(0);
                    for _ in 0..count {
                        let Some(string) = text.rich() else {
                            return Err(Fault::Damaged("shared strings".to_owned()));
                        };
                        strings.push(string.chars())?;
                    }
                }
                kind::END => break,
                _ => {}
            }
        }
        let format = |id: &u16| codes.get(id).copied().or_else(|| Format::builtin((*id).into()));
        self.styles = Styles::new(styles.iter().map(|id| format(id).unwrap_or(Format::GENERAL)).collect());
        self.strings = strings;
        Ok(sheets)
    }

    /// Reads the rows of a sheet, by where its records begin.
    pub fn rows<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut dyn Rows) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let records = Records::new(&self.stream, part.parse().unwrap_or(usize::MAX));
        read(&mut SheetRows::new(records, &self.strings, &self.styles, self.from_1904))
    }
}

/// The name of a sheet, whether it is hidden, and where it begins.
fn sheet_of(data: &[u8]) -> Option<Sheet> {
    let start = u32_at(data, 0)?;
    let (state, is_of_cells) = (*data.get(4)? & 3, *data.get(5)? == 0);
    let name = Text::new(data.get(6..)?, &[]).short()?;
    Some(Sheet { name, is_hidden: state != 0, part: is_of_cells.then(|| start.to_string()) })
}
