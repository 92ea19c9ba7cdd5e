//! The cells of an ODS sheet, row by row. Runs of equal cells and of equal rows are written once, with
//! their number; the empty ones reach to the end of the sheet and take no room here.

use crate::load::workbook::block::{Block, Kind, MOST_COLUMNS, MOST_ROWS, Shown};
use crate::load::workbook::format::Format;
use crate::load::workbook::xml::{Xml, attribute, attributes, push_sign};
use crate::load::workbook::{Fault, Merged, Notes, Rows, value};
use quick_xml::events::Event;
use std::io::BufRead;

/// Reads the rows of a sheet.
pub struct SheetRows<R> {
    xml: Xml<R>,
    /// The number of the last row that was read.
    row: u64,
    /// How often the last row stands below itself.
    again: u64,
    /// How many cells were given.
    given: usize,
    /// The last row, if it is to be given again.
    last: Block,
    /// The column that the next `table-column` describes.
    column: u32,
    notes: Notes,
    is_at_end: bool,
    text: Vec<u8>,
}

/// The most cells of a sheet, since a line of a file may claim a million equal rows.
const MOST_CELLS: usize = 50_000_000;

/// What a cell says of itself.
#[derive(Debug, Default)]
struct Head {
    repeated: u32,
    spanned: (u32, u64),
    is_computed: bool,
    is_error: bool,
    kind: String,
    value: String,
}

impl<R: BufRead> SheetRows<R> {
    /// Of a part that was read up to the start of the sheet.
    pub fn new(xml: Xml<R>) -> SheetRows<R> {
        SheetRows {
            xml,
            row: 0,
            again: 0,
            given: 0,
            last: Block::default(),
            column: 0,
            notes: Notes::default(),
            is_at_end: false,
            text: Vec::new(),
        }
    }

    fn read_cells(&mut self, block: &mut Block) -> Result<(), Fault> {
        let mut column: u32 = 0;
        loop {
            match self.xml.next()? {
                Event::Start(start) => {
                    let is_cell = start.local_name().as_ref() == "table-cell";
                    let is_covered = start.local_name().as_ref() == "covered-table-cell";
                    let mut head = Head { repeated: 1, spanned: (1, 1), ..Head::default() };
                    for (name, value) in attributes(&start) {
                        match name {
                            "table:number-columns-repeated" => head.repeated = value.parse().unwrap_or(1),
                            "table:number-columns-spanned" => head.spanned.0 = value.parse().unwrap_or(1),
                            "table:number-rows-spanned" => head.spanned.1 = value.parse().unwrap_or(1),
                            "table:formula" => head.is_computed = true,
                            "office:value-type" => value.clone_into(&mut head.kind),
                            "calcext:value-type" => head.is_error = value == "error",
                            "office:value"
                            | "office:date-value"
                            | "office:time-value"
                            | "office:boolean-value" => value.clone_into(&mut head.value),
                            _ => {}
                        }
                    }
                    if !is_cell && !is_covered {
                        self.xml.skip()?;
                        continue;
                    }
                    self.read_text()?;
                    if is_cell {
                        self.push(column, &head, block)?;
                    }
                    column = column.saturating_add(head.repeated);
                }
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(self.xml.ends_early()),
                _ => {}
            }
        }
    }

    /// The paragraphs of a cell, without comments.
    fn read_text(&mut self) -> Result<(), Fault> {
        self.text.clear();
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "p" => {
                    if !self.text.is_empty() {
                        self.text.push(b'\n');
                    }
                    self.read_paragraph()?;
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(self.xml.ends_early()),
                _ => {}
            }
        }
    }

    /// A paragraph's text; runs of spaces and line ends are elements of their own.
    fn read_paragraph(&mut self) -> Result<(), Fault> {
        let mut depth = 0_usize;
        loop {
            self.xml.hold(&self.text)?;
            match self.xml.next()? {
                Event::Start(start) => {
                    match start.local_name().as_ref() {
                        "s" => {
                            let count = attribute(&start, "c")
                                .and_then(|count| count.parse().ok())
                                .unwrap_or(1_usize);
                            self.text.extend(std::iter::repeat_n(b' ', count.min(1_000)));
                        }
                        "tab" => self.text.push(b'\t'),
                        "line-break" => self.text.push(b'\n'),
                        _ => {}
                    }
                    depth += 1;
                }
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => depth -= 1,
                Event::Text(text) => self.text.extend_from_slice(text.xml10_content().as_bytes()),
                Event::CData(text) => self.text.extend_from_slice(text.xml10_content().as_bytes()),
                Event::GeneralRef(name) => push_sign(&name, &mut self.text)?,
                Event::Eof => return Err(self.xml.ends_early()),
                _ => {}
            }
        }
    }

    /// Adds a cell as often as it stands.
    fn push(&mut self, column: u32, head: &Head, block: &mut Block) -> Result<(), Fault> {
        if head.spanned != (1, 1) && self.notes.merged.len() < 100_000 {
            let (columns, rows) = head.spanned;
            let to = (self.row.saturating_add(rows.max(1) - 1), column.saturating_add(columns.max(1) - 1));
            self.notes.merged.push(Merged { from: (self.row, column), to });
        }
        if head.is_computed {
            self.notes.add_formula(self.row, column);
        }
        let is_empty = head.kind.is_empty() && self.text.is_empty() && !head.is_computed;
        if is_empty {
            return Ok(());
        }
        for at in 0..head.repeated {
            let column = column.saturating_add(at);
            if MOST_COLUMNS <= column || MOST_CELLS < block.cells.len() {
                return Err(Fault::Damaged(format!("row {}: too many cells", self.row)));
            }
            let start = block.bytes.len();
            let kind = self.write(head, &mut block.bytes);
            block.push(column, kind, start)?;
        }
        Ok(())
    }

    fn write(&self, head: &Head, bytes: &mut Vec<u8>) -> Kind {
        let is_code = |text: &[u8]| text.starts_with(b"#") || text.starts_with(b"Err:");
        let number = match head.kind.as_str() {
            _ if head.is_error || (head.is_computed && head.kind == "string" && is_code(&self.text)) => None,
            "float" | "currency" => {
                value::write(&head.value, Format::Number(shown(&self.text, &head.value)), false, bytes)
            }
            "percentage" => value::write(&head.value, Format::Percent, false, bytes),
            "date" => {
                let midnight = head.value.strip_suffix("T00:00:00").unwrap_or(&head.value);
                bytes.extend_from_slice(midnight.as_bytes());
                Some(Kind::Text)
            }
            "boolean" => {
                bytes.extend_from_slice(if head.value == "true" { b"TRUE" } else { b"FALSE" });
                Some(Kind::Text)
            }
            "" if head.is_computed && self.text.is_empty() => return Kind::Uncomputed,
            _ => {
                bytes.extend_from_slice(&self.text);
                Some(Kind::Text)
            }
        };
        number.unwrap_or_else(|| {
            bytes.extend_from_slice(&self.text);
            Kind::Error
        })
    }

    /// Gives the last row once more.
    fn repeat(&mut self, block: &mut Block) -> Result<(), Fault> {
        self.again -= 1;
        self.row += 1;
        self.given += self.last.cells.len();
        if MOST_ROWS < self.row || MOST_CELLS < self.given {
            return Err(Fault::Damaged(format!("row {}: too many rows", self.row)));
        }
        let is_hidden = self.last.rows.first().is_some_and(|row| row.is_hidden);
        block.begin_row(self.row, is_hidden);
        for cell in &self.last.cells {
            let start = block.bytes.len();
            block.bytes.extend_from_slice(self.last.text(cell));
            block.push(cell.column, cell.kind, start)?;
        }
        Ok(())
    }
}

impl<R: BufRead> Rows for SheetRows<R> {
    fn next_row(&mut self, block: &mut Block) -> Result<bool, Fault> {
        if 0 < self.again {
            self.repeat(block)?;
            return Ok(true);
        }
        while !self.is_at_end {
            match self.xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "table-row" => {
                        let (mut repeated, mut is_hidden) = (1_u64, false);
                        for (name, value) in attributes(&start) {
                            match name {
                                "table:number-rows-repeated" => repeated = value.parse().unwrap_or(1),
                                "table:visibility" => is_hidden = value != "visible",
                                _ => {}
                            }
                        }
                        self.row = self.row.saturating_add(1);
                        let mut row = Block::default();
                        row.begin_row(self.row, is_hidden);
                        self.read_cells(&mut row)?;
                        if row.cells.is_empty() {
                            self.row = self.row.saturating_add(repeated.max(1) - 1);
                            continue;
                        }
                        self.last = row;
                        (self.row, self.again) = (self.row - 1, repeated.max(1));
                        self.repeat(block)?;
                        return Ok(true);
                    }
                    "table-column" => {
                        let repeated = attribute(&start, "number-columns-repeated");
                        let repeated =
                            repeated.and_then(|count| count.parse::<u32>().ok()).unwrap_or(1).max(1);
                        let is_hidden =
                            attribute(&start, "visibility").is_some_and(|value| value != "visible");
                        let last = self.column.saturating_add(repeated - 1);
                        if is_hidden {
                            self.notes.hidden_columns.push((self.column, last));
                        }
                        self.column = last.saturating_add(1);
                    }
                    // Groups of rows and columns, and rows that are printed on each page.
                    "table-header-rows"
                    | "table-rows"
                    | "table-row-group"
                    | "table-header-columns"
                    | "table-columns"
                    | "table-column-group" => {}
                    _ => self.xml.skip()?,
                },
                Event::End(end) if end.local_name().as_ref() == "table" => self.is_at_end = true,
                Event::Eof => return Err(self.xml.ends_early()),
                _ => {}
            }
        }
        Ok(false)
    }

    fn notes(&mut self) -> Notes {
        std::mem::take(&mut self.notes)
    }
}

/// With how many digits a cell shows its number; as it is, where it shows signs besides them, or a mark
/// between thousands.
fn shown(text: &[u8], value: &str) -> Shown {
    let number = |text: &str| text.parse::<f64>().ok();
    let as_shown = std::str::from_utf8(text).ok().and_then(|text| number(&text.replace(',', ".")));
    if as_shown.is_none() || as_shown != number(value) {
        return Shown::default();
    }
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let is_plain = !text.is_empty() && text.iter().all(|byte| byte.is_ascii_digit() || b".,".contains(byte));
    let marks = text.iter().filter(|byte| b".,".contains(byte)).count();
    if !is_plain || 1 < marks || 30 < text.len() {
        return Shown::default();
    }
    let whole = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    Shown { whole: whole as u8, decimals: (text.len() - whole - marks) as u8 }
}
