//! The cells of an XLS sheet, row by row.

use super::compound::{error_code, f64_at, packed, u16_at, u32_at};
use super::records::{Record, Records, Text, kind};
use crate::load::workbook::block::{Block, Kind};
use crate::load::workbook::strings::Strings;
use crate::load::workbook::xlsx::Styles;
use crate::load::workbook::{Fault, Merged, Notes, Rows, value};
use std::collections::HashSet;

/// Reads the rows of a sheet.
pub struct SheetRows<'a> {
    records: Records<'a>,
    strings: &'a Strings,
    styles: &'a Styles,
    from_1904: bool,
    hidden: HashSet<u16>,
    /// A record that belongs to the next row.
    kept: Option<Record<'a>>,
    /// How many streams, of the sheet and of charts in it, are open.
    depth: usize,
    is_at_end: bool,
    notes: Notes,
}

impl<'a> SheetRows<'a> {
    /// From the first record of a sheet.
    pub fn new(
        records: Records<'a>,
        strings: &'a Strings,
        styles: &'a Styles,
        from_1904: bool,
    ) -> SheetRows<'a> {
        SheetRows {
            records,
            strings,
            styles,
            from_1904,
            hidden: HashSet::new(),
            kept: None,
            depth: 0,
            is_at_end: false,
            notes: Notes::default(),
        }
    }

    /// Adds the cells of a record.
    fn read(&mut self, record: Record<'a>, block: &mut Block) -> Option<()> {
        let (data, start) = (record.data, block.bytes.len());
        let (row, column, style) = (u16_at(data, 0)?, u32::from(u16_at(data, 2)?), u16_at(data, 4)?);
        let format = |style: u16| self.styles.format(style.into());
        let kind = match record.id {
            kind::NUMBER => {
                value::write_binary(f64_at(data, 6)?, format(style), self.from_1904, &mut block.bytes)
            }
            kind::PACKED_NUMBER => {
                value::write_binary(packed(u32_at(data, 6)?), format(style), self.from_1904, &mut block.bytes)
            }
            kind::PACKED_NUMBERS => {
                let cells = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                for (column, cell) in (column..).zip(cells) {
                    let start = block.bytes.len();
                    let (style, number) = (u16_at(cell, 0)?, packed(u32_at(cell, 2)?));
                    let kind = value::write_binary(number, format(style), self.from_1904, &mut block.bytes);
                    block.push(column, kind, start).ok()?;
                }
                return Some(());
            }
            kind::SHARED_TEXT => {
                block.bytes.extend_from_slice(self.strings.get(u32_at(data, 6)? as usize)?);
                Kind::Text
            }
            kind::TEXT => {
                block.bytes.extend_from_slice(Text::new(data.get(6..)?, &[]).long()?.as_bytes());
                Kind::Text
            }
            kind::TRUTH => truth(*data.get(6)?, *data.get(7)? == 1, &mut block.bytes),
            kind::FORMULA => {
                self.notes.add_formula(u64::from(row) + 1, column);
                let result = data.get(6..14)?;
                match (result[6] == 0xFF && result[7] == 0xFF, result[0]) {
                    (false, _) => value::write_binary(
                        f64_at(result, 0)?,
                        format(style),
                        self.from_1904,
                        &mut block.bytes,
                    ),
                    (true, 0) => {
                        let text = self.formula_text()?;
                        block.bytes.extend_from_slice(text.as_bytes());
                        Kind::Text
                    }
                    (true, 1) => truth(result[2], false, &mut block.bytes),
                    (true, 2) => truth(result[2], true, &mut block.bytes),
                    (true, _) => Kind::Text,
                }
            }
            _ => return Some(()),
        };
        block.push(column, kind, start).ok()
    }

    /// The text that a formula gave stands in a record behind it, with some others in between; `None`
    /// where the next cell comes first.
    fn formula_text(&mut self) -> Option<String> {
        loop {
            let record = self.records.next()?;
            match record.id {
                kind::FORMULA_TEXT => {
                    let more = self.records.continued();
                    return Text::new(record.data, &more).long();
                }
                kind::FORMULA | kind::NUMBER | kind::TEXT | kind::SHARED_TEXT | kind::TRUTH => return None,
                kind::PACKED_NUMBER | kind::PACKED_NUMBERS | kind::ROW | kind::END => return None,
                _ => {}
            }
        }
    }

    /// What a record says of the sheet and not of a cell.
    fn note(&mut self, Record { id, data }: Record<'_>) {
        match id {
            kind::ROW if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                self.hidden.extend(u16_at(data, 0));
            }
            kind::COLUMNS if u16_at(data, 8).is_some_and(|flags| flags & 1 == 1) => {
                let columns = u16_at(data, 0).zip(u16_at(data, 2));
                self.notes.hidden_columns.extend(columns.map(|(first, last)| (first.into(), last.into())));
            }
            kind::MERGED => {
                for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let number = |at: usize| u16_at(range, at).unwrap_or(0);
                    self.notes.merged.push(Merged {
                        from: (u64::from(number(0)) + 1, number(4).into()),
                        to: (u64::from(number(2)) + 1, number(6).into()),
                    });
                }
            }
            _ => {}
        }
    }
}

impl Rows for SheetRows<'_> {
    fn next_row(&mut self, block: &mut Block) -> Result<bool, Fault> {
        let mut row: Option<u16> = None;
        if self.is_at_end {
            return Ok(false);
        }
        while let Some(record) = self.kept.take().or_else(|| self.records.next()) {
            let is_cell = [
                kind::NUMBER,
                kind::PACKED_NUMBER,
                kind::PACKED_NUMBERS,
                kind::SHARED_TEXT,
                kind::TEXT,
                kind::TRUTH,
                kind::FORMULA,
            ]
            .contains(&record.id);
            match record.id {
                kind::BEGIN => self.depth += 1,
                kind::END => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        self.is_at_end = true;
                        return Ok(row.is_some());
                    }
                }
                _ if self.depth != 1 => {} // a chart in the sheet
                _ if is_cell => {
                    let of = u16_at(record.data, 0);
                    if row.is_some() && row != of {
                        self.kept = Some(record);
                        return Ok(true);
                    }
                    if let (None, Some(number)) = (row, of) {
                        block.begin_row(u64::from(number) + 1, self.hidden.contains(&number));
                        row = of;
                    }
                    if self.read(record, block).is_none() {
                        return Err(Fault::Damaged(format!(
                            "row {}",
                            of.map_or(0, |row| u64::from(row) + 1)
                        )));
                    }
                }
                _ => self.note(record),
            }
        }
        Err(Fault::Damaged("records end early".to_owned()))
    }

    fn notes(&mut self) -> Notes {
        std::mem::take(&mut self.notes)
    }
}

/// Writes a truth value, or an error.
fn truth(value: u8, is_error: bool, bytes: &mut Vec<u8>) -> Kind {
    let (text, kind) = match (is_error, value) {
        (true, code) => (error_code(code), Kind::Error),
        (false, 0) => ("FALSE", Kind::Text),
        (false, _) => ("TRUE", Kind::Text),
    };
    bytes.extend_from_slice(text.as_bytes());
    kind
}
