//! What was read, and where things are in it: files, places in them, rows of cells.

use crate::lang::Text;
use crate::number::reading::Form;
use crate::text;
use crate::text::printable;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// A text file that was read whole: a criteria set, a round.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's name as the user gave it.
    pub file: Arc<str>,
    /// Its text.
    pub text: String,
    /// Where each line begins.
    lines: Vec<usize>,
}

/// A place that a message points at. Lines, columns and rows count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A whole file, or a thing in it that has no line.
    File {
        /// The file.
        file: Arc<str>,
    },
    /// A stretch of a text file.
    Text {
        /// The file.
        file: Arc<str>,
        /// Line.
        line: usize,
        /// Column, in characters.
        column: usize,
        /// The line itself.
        excerpt: String,
        /// Display cells before the stretch.
        indent: usize,
        /// Display cells of the stretch, at least 1.
        width: usize,
    },
    /// A row of a table, or a cell of it.
    Row {
        /// The table.
        table: Arc<Table>,
        /// Row, as the spreadsheet shows it.
        row: u64,
        /// The column's header, if one cell is meant.
        header: Option<String>,
    },
}

impl Source {
    /// A source from its file's name and its text.
    pub fn new(file: impl Into<Arc<str>>, text: impl Into<String>) -> Source {
        let text = text.into();
        let lines =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Source { file: file.into(), text, lines }
    }

    /// The same text under another name.
    pub fn named(self, file: impl Into<Arc<str>>) -> Source {
        Source { file: file.into(), ..self }
    }

    /// The place of a stretch of bytes; only its first line is shown.
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = self.floor(span.start);
        let line = self.lines.partition_point(|begin| *begin <= start);
        let line_start = self.lines[line - 1];
        let line_end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        let end = self.floor(span.end).clamp(start, line_end);
        let excerpt = self.text[line_start..line_end].trim_end_matches('\r').replace('\t', " ");
        Place::Text {
            file: self.file.clone(),
            line,
            column: self.text[line_start..start].chars().count() + 1,
            indent: self.text[line_start..start].replace('\t', " ").width(),
            width: self.text[start..end].trim_end().width().max(1),
            excerpt,
        }
    }

    /// The whole file as a place.
    pub fn whole(&self) -> Place {
        Place::File { file: self.file.clone() }
    }

    /// The nearest character boundary at or before a byte offset.
    fn floor(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

impl Place {
    /// The file that the place is in.
    pub fn file(&self) -> &str {
        match self {
            Place::File { file } | Place::Text { file, .. } => file,
            Place::Row { table, .. } => &table.file,
        }
    }

    /// The sheet and the cell of a place in a workbook: `Xã` and `C12`, or no cell where a whole row
    /// is meant.
    pub fn in_sheet(&self) -> Option<(&str, Option<String>)> {
        let Place::Row { table, row, header } = self else { return None };
        let column = header.as_ref().and_then(|header| table.header.iter().position(|name| name == header));
        Some((table.sheet.as_deref()?, column.map(|column| format!("{}{row}", letters(column)))))
    }

    /// A place in a workbook in words: `kq.xlsx, trang tính "Xã", ô C12 (cột "1.2")`.
    pub fn sheet_words(&self) -> Option<Text> {
        let Place::Row { table, row, header } = self else { return None };
        let (sheet, cell) = self.in_sheet()?;
        let (file, sheet) = (printable(&table.file), printable(sheet));
        Some(match (cell, header) {
            (Some(cell), Some(header)) => {
                let header = printable(header);
                text!(
                    "{file}, trang tính \"{sheet}\", ô {cell} (cột \"{header}\")",
                    "{file}, sheet \"{sheet}\", cell {cell} (column \"{header}\")"
                )
            }
            _ => text!("{file}, trang tính \"{sheet}\", dòng {row}", "{file}, sheet \"{sheet}\", row {row}"),
        })
    }

    /// The row of a table in words, as it stands behind what was read from it.
    pub fn row_words(&self) -> Text {
        match self {
            place if place.in_sheet().is_some() => place.sheet_words().unwrap_or_default(),
            Place::Row { table, row, .. } => {
                let file = &table.file;
                text!("{file}: dòng {row}", "{file}: row {row}")
            }
            place => Text::same(place.file()),
        }
    }
}

/// A table: a CSV file, or a sheet of a workbook.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// The file's name as the user gave it.
    pub file: Arc<str>,
    /// The sheet's name, if the file is a workbook.
    pub sheet: Option<String>,
    /// The row of the header, counted from 1.
    pub header_row: u64,
    /// The headers, trimmed; the first column's first, whether or not it has one.
    pub header: Vec<String>,
}

impl Table {
    /// A file whose columns do not matter.
    pub fn of_file(file: impl Into<Arc<str>>) -> Arc<Table> {
        Arc::new(Table { file: file.into(), sheet: None, header_row: 1, header: Vec::new() })
    }

    /// The place of a row, or of a cell of it.
    pub fn place(self: &Arc<Table>, row: u64, column: Option<usize>) -> Place {
        let header = column.and_then(|column| self.header.get(column)).cloned();
        Place::Row { table: self.clone(), row, header }
    }

    /// The place of a header, or of the whole header row.
    pub fn header_place(self: &Arc<Table>, header: Option<&str>) -> Place {
        Place::Row { table: self.clone(), row: self.header_row, header: header.map(str::to_owned) }
    }

    /// The whole file as a place.
    pub fn whole(&self) -> Place {
        Place::File { file: self.file.clone() }
    }
}

/// Without its headers: a table is in every place of it.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Table").field(&self.file).field(&self.sheet).finish()
    }
}

/// A column as a spreadsheet names it: A, B, …, Z, AA.
pub fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while 0 < rest {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// One row of a table, whatever it was read from: cells as UTF-8 bytes.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its number, as the spreadsheet shows it.
    pub number: u64,
    /// The bytes that the cells lie in.
    pub bytes: &'a [u8],
    /// Where each cell begins and ends.
    pub cells: &'a [(usize, usize)],
    /// What each cell is; in a CSV file all are text, and nothing is said.
    pub kinds: &'a [CellKind],
}

/// What a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// A text, which may read like a number.
    #[default]
    Text,
    /// A number, written with a point.
    Number,
    /// Something that cannot be used, which was reported.
    Refused,
}

impl<'a> Row<'a> {
    /// The cell in a column, counted from 0; empty beyond the row's end.
    pub fn cell(&self, column: usize) -> &'a [u8] {
        self.cells.get(column).map_or(&[], |&(start, end)| &self.bytes[start..end])
    }

    /// Whether the cell in a column is a number, and not a text that may read like one.
    #[inline]
    pub fn is_number(&self, column: usize) -> bool {
        self.kinds.get(column) == Some(&CellKind::Number)
    }

    /// Whether the cell in a column cannot be used, which was reported.
    #[inline]
    pub fn is_refused(&self, column: usize) -> bool {
        self.kinds.get(column) == Some(&CellKind::Refused)
    }

    /// The form in which the number in a column is written, where the file declares `form` for texts.
    #[inline]
    pub fn form(&self, column: usize, form: Option<Form>) -> Option<Form> {
        if self.is_number(column) { Some(Form::Point) } else { form }
    }

    /// How many cells the row has.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        (0..self.width()).all(|at| self.cell(at).trim_ascii().is_empty())
    }

    /// The cells as text.
    pub fn texts(&self) -> impl Iterator<Item = String> + '_ {
        (0..self.width()).map(|at| String::from_utf8_lossy(self.cell(at)).into_owned())
    }
}

/// A small table that was read whole.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Where it stands.
    pub table: Arc<Table>,
    /// The rows below the header, with their numbers.
    pub rows: Vec<(u64, Vec<String>)>,
    /// The rows and columns of cells that are numbers and no text, written with a point.
    pub numbers: HashSet<(u64, usize)>,
}

impl Sheet {
    /// The headers, trimmed.
    pub fn header(&self) -> &[String] {
        &self.table.header
    }

    /// The place of a row, or of a cell of it.
    pub fn place(&self, row: u64, column: Option<usize>) -> Place {
        self.table.place(row, column)
    }

    /// The place of a header, by its column, or of the whole header row.
    pub fn header_place(&self, column: Option<usize>) -> Place {
        self.table.place(self.table.header_row, column)
    }

    /// The form in which the number of a cell is written, where the file declares `form` for texts.
    pub fn form(&self, row: u64, column: usize, form: Option<Form>) -> Option<Form> {
        if self.numbers.contains(&(row, column)) { Some(Form::Point) } else { form }
    }
}

/// An input file and its fingerprint, printed with every result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The file's name as the user gave it.
    pub file: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal, as `sha256sum` prints it.
    pub sha256: String,
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sha256, self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn places_count_characters_and_display_cells() {
        let source = Source::new("a.toml", "x = 1\nname = \"Sở Nội vụ\" # đây\n");
        let at = source.text.find("Nội").unwrap();
        let Place::Text { line, column, indent, width, excerpt, .. } = source.place(at..at + "Nội".len())
        else {
            panic!("a text place");
        };
        assert_eq!((line, column, indent, width), (2, 12, 11, 3));
        assert_eq!(excerpt, "name = \"Sở Nội vụ\" # đây");
    }
}
