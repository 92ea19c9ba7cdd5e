//! The cells of an XLSX sheet, row by row.

use super::styles::Styles;
use crate::load::workbook::block::{Block, Kind, MOST_COLUMNS, MOST_ROWS};
use crate::load::workbook::strings::{Strings, unescape};
use crate::load::workbook::xml::{Xml, attribute, attributes, is_true};
use crate::load::workbook::{Fault, Merged, Notes, Rows, value};
use quick_xml::events::Event;
use std::io::BufRead;

/// Reads the rows of a sheet.
pub struct SheetRows<'a, R> {
    xml: Xml<R>,
    strings: &'a Strings,
    styles: &'a Styles,
    from_1904: bool,
    /// The number of the last row.
    row: u64,
    notes: Notes,
    is_at_end: bool,
    /// The text of the value that is read.
    value: Vec<u8>,
}

/// What a cell says of itself.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    column: Option<u32>,
    style: usize,
    kind: Stored,
}

/// How a cell's value is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Stored {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Truth,
    Error,
    Day,
}

impl<'a, R: BufRead> SheetRows<'a, R> {
    /// Of a sheet's part.
    pub fn new(
        xml: Xml<R>,
        strings: &'a Strings,
        styles: &'a Styles,
        (from_1904, is_uncomputed): (bool, bool),
    ) -> SheetRows<'a, R> {
        SheetRows {
            xml,
            strings,
            styles,
            from_1904,
            row: 0,
            notes: Notes { is_uncomputed, ..Notes::default() },
            is_at_end: false,
            value: Vec::new(),
        }
    }

    /// Reads the cells of a row that was begun.
    fn read_cells(&mut self, block: &mut Block) -> Result<(), Fault> {
        let mut next = 0;
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "c" => {
                    let mut head = Head::default();
                    for (name, value) in attributes(&start) {
                        match name {
                            "r" => head.column = column(value.as_bytes()),
                            "s" => head.style = value.parse().unwrap_or(0),
                            "t" => head.kind = stored(value),
                            _ => {}
                        }
                    }
                    let column = head.column.unwrap_or(next);
                    if MOST_COLUMNS <= column || column < next {
                        return Err(Fault::Damaged(format!("row {}: cells out of order", self.row)));
                    }
                    next = column + 1;
                    self.read_cell(column, head, block)?;
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(self.xml.ends_early()),
                _ => {}
            }
        }
    }

    fn read_cell(&mut self, column: u32, head: Head, block: &mut Block) -> Result<(), Fault> {
        let (start, mut is_computed) = (block.bytes.len(), false);
        self.value.clear();
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => self.xml.text_into(&mut self.value, |_| false)?,
                    "is" => self.xml.text_into(&mut self.value, |name| name == "rPh" || name == "rPr")?,
                    "f" => {
                        is_computed = true;
                        self.xml.skip()?;
                    }
                    _ => self.xml.skip()?,
                },
                Event::End(_) => break,
                Event::Eof => return Err(self.xml.ends_early()),
                _ => {}
            }
        }
        if is_computed {
            self.notes.add_formula(self.row, column);
        }
        let value = std::str::from_utf8(&self.value).unwrap_or_default();
        let kind = match head.kind {
            Stored::Number if value.is_empty() && is_computed => Kind::Uncomputed,
            Stored::Number => {
                value::write(value, self.styles.format(head.style), self.from_1904, &mut block.bytes)
                    .unwrap_or_else(|| {
                        block.bytes.extend_from_slice(value.as_bytes());
                        Kind::Text
                    })
            }
            Stored::Shared => {
                let text = value.trim().parse().ok().and_then(|at| self.strings.get(at));
                let Some(text) = text else {
                    return Err(Fault::Damaged(format!("row {}: no such text", self.row)));
                };
                block.bytes.extend_from_slice(text);
                Kind::Text
            }
            Stored::Text | Stored::Inline => {
                block.bytes.extend_from_slice(&self.value);
                unescape(&mut block.bytes, start);
                Kind::Text
            }
            Stored::Truth => {
                let is_true = is_true(value.trim());
                block.bytes.extend_from_slice(if is_true { b"TRUE" } else { b"FALSE" });
                Kind::Text
            }
            Stored::Day => {
                // 2026-12-15T00:00:00
                let midnight =
                    value.strip_suffix("T00:00:00").or_else(|| value.strip_suffix("T00:00:00.000"));
                block.bytes.extend_from_slice(midnight.unwrap_or(value).as_bytes());
                Kind::Text
            }
            Stored::Error => {
                block.bytes.extend_from_slice(value.as_bytes());
                Kind::Error
            }
        };
        block.push(column, kind, start)
    }
}

impl<R: BufRead> Rows for SheetRows<'_, R> {
    fn next_row(&mut self, block: &mut Block) -> Result<bool, Fault> {
        while !self.is_at_end {
            match self.xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "row" => {
                        let (mut number, mut is_hidden) = (None, false);
                        for (name, value) in attributes(&start) {
                            match name {
                                "r" => number = value.parse::<u64>().ok(),
                                "hidden" => is_hidden = is_true(value),
                                _ => {}
                            }
                        }
                        let number = number.unwrap_or(self.row + 1);
                        if number <= self.row || MOST_ROWS < number {
                            return Err(Fault::Damaged(format!("row {number}: rows out of order")));
                        }
                        self.row = number;
                        block.begin_row(number, is_hidden);
                        self.read_cells(block)?;
                        if block.rows.last().is_some_and(|row| row.first < block.cells.len()) {
                            return Ok(true);
                        }
                        block.rows.pop();
                    }
                    "col" => {
                        let number =
                            |name: &str| attribute(&start, name).and_then(|at| at.parse::<u32>().ok());
                        let is_hidden = attribute(&start, "hidden").is_some_and(|value| is_true(&value));
                        if let (Some(min), Some(max), true) = (number("min"), number("max"), is_hidden) {
                            self.notes.hidden_columns.push((min.saturating_sub(1), max.saturating_sub(1)));
                        }
                    }
                    "mergeCell" => {
                        const MOST: usize = 100_000;
                        let merged = attribute(&start, "ref").and_then(|range| merged(&range));
                        if self.notes.merged.len() < MOST {
                            self.notes.merged.extend(merged);
                        }
                    }
                    "sheetData" | "worksheet" | "cols" | "mergeCells" => {}
                    _ => self.xml.skip()?,
                },
                Event::Eof => self.is_at_end = true,
                _ => {}
            }
        }
        Ok(false)
    }

    fn notes(&mut self) -> Notes {
        std::mem::take(&mut self.notes)
    }
}

fn stored(kind: &str) -> Stored {
    match kind {
        "s" => Stored::Shared,
        "str" => Stored::Text,
        "inlineStr" => Stored::Inline,
        "b" => Stored::Truth,
        "e" => Stored::Error,
        "d" => Stored::Day,
        _ => Stored::Number,
    }
}

/// The column of `C12`, counted from 0.
fn column(reference: &[u8]) -> Option<u32> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let number = letters.fold(0_u32, |number, letter| {
        number.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    number.checked_sub(1)
}

/// `B5:B7`.
fn merged(range: &str) -> Option<Merged> {
    let cell = |reference: &str| {
        let row = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '$').parse().ok()?;
        Some((row, column(reference.as_bytes())?))
    };
    let (from, to) = range.split_once(':')?;
    Some(Merged { from: cell(from)?, to: cell(to)? })
}
