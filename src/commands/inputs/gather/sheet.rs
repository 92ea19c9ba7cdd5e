//! A sheet that was handed in, whole in memory: it is small, and is looked at more than once.

use crate::diagnostic::Diagnostics;
use crate::load::table;
use crate::number::reading::{self, Form};
use crate::report::blank::Column;
use crate::source::{CellKind, Fingerprint, Place, Row, Table};
use crate::text::quoted;
use crate::validate::header::{self, RESULTS, Sought};
use rust_decimal::Decimal;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// A sheet that was handed in.
pub(super) struct Sheet {
    pub table: Arc<Table>,
    /// In the order of their numbers.
    pub rows: Vec<OwnRow>,
}

/// A row with its own cells.
pub(super) struct OwnRow {
    pub number: u64,
    bytes: Vec<u8>,
    cells: Vec<(usize, usize)>,
    kinds: Vec<CellKind>,
}

impl Sheet {
    /// Reads a file whole. `None`: it was reported why it is no table.
    pub fn read(
        path: &Path,
        file: Arc<str>,
        sought: &Sought<'_>,
        out: &mut Diagnostics,
    ) -> io::Result<Option<(Sheet, Fingerprint)>> {
        let Some(input) = table::open(path, file, sought, out)? else { return Ok(None) };
        let mut sheet = Sheet { table: input.table.clone(), rows: Vec::new() };
        let read = |rows: &table::Rows<'_>| {
            let (mut list, mut faults) = (Vec::new(), Diagnostics::default());
            rows.for_each(&mut faults, |row| list.push(OwnRow::new(row)));
            (list, faults)
        };
        let print = input.read(read, |(list, faults)| {
            out.append(faults);
            sheet.rows.extend(list);
        })?;
        Ok(Some((sheet, print)))
    }

    /// The rows of so many numbers that are there.
    pub fn rows_in(&self, numbers: Range<u64>) -> &[OwnRow] {
        let before = |number: u64| self.rows.partition_point(|row| row.number < number);
        &self.rows[before(numbers.start)..before(numbers.end)]
    }

    /// The row of a number.
    pub fn row_mut(&mut self, number: u64) -> Option<&mut OwnRow> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.rows.get_mut(at)
    }

    /// The column under a header.
    pub fn column(&self, header: &str) -> Option<usize> {
        self.table.header.iter().position(|name| name == header)
    }

    /// The units that it names, each with its stage, in the order of their first rows.
    pub fn units(&self) -> Vec<(String, String)> {
        let find =
            |name: &str| self.table.header.iter().position(|header| RESULTS.known(header) == Some(name));
        let (Some(unit), stage) = (find("unit"), find("stage")) else { return Vec::new() };
        let mut units: Vec<(String, String)> = Vec::new();
        for row in &self.rows {
            let id = row.text(unit);
            let stage = stage.map_or("", |stage| row.text(stage));
            if !id.is_empty() && units.last().is_none_or(|last| last.0 != id || last.1 != stage) {
                let named = (id.to_owned(), stage.to_owned());
                if !units.contains(&named) {
                    units.push(named);
                }
            }
        }
        units
    }

    /// Adds the points that units gave themselves; reports what is no number.
    pub fn read_own_points(
        &self,
        form: Option<Form>,
        points: &mut Vec<(String, String, Decimal, Place)>,
        out: &mut Diagnostics,
    ) {
        let at = |column: Column| self.column(column.key());
        let (Some(own), Some(unit), Some(criterion)) =
            (at(Column::OwnPoints), at(Column::Unit), at(Column::Criterion))
        else {
            return;
        };
        for row in self.rows.iter().filter(|row| !row.text(own).is_empty()) {
            let [text, unit, criterion] = [own, unit, criterion].map(|column| row.text(column));
            let place = self.table.place(row.number, Some(own));
            match reading::read(text, row.as_row().form(own, form)) {
                Ok(read) if !read.percent => {
                    points.push((unit.to_owned(), criterion.to_owned(), read.value, place));
                }
                _ => out.not_understood(place, &quoted(text), unit, criterion, &[], true, false),
            }
        }
    }

    /// Whether anything was entered: something stands where values do.
    pub fn gives(&self) -> bool {
        const ABOUT: [&str; 9] =
            ["unit", "name", "tier", "block", "criterion", "input", "stage", "evidence", "note"];
        let names = self.table.header.iter().enumerate();
        let is_value = |name: &str| {
            !header::is_ignored(name) && RESULTS.known(name).is_none_or(|known| !ABOUT.contains(&known))
        };
        let values: Vec<usize> = names.filter(|(_, name)| is_value(name)).map(|(at, _)| at).collect();
        self.rows.iter().any(|row| values.iter().any(|&at| !row.text(at).is_empty()))
    }
}

impl OwnRow {
    fn new(row: Row<'_>) -> OwnRow {
        let (mut bytes, mut cells) = (Vec::new(), Vec::with_capacity(row.width()));
        for at in 0..row.width() {
            let start = bytes.len();
            bytes.extend_from_slice(row.cell(at));
            cells.push((start, bytes.len()));
        }
        OwnRow { number: row.number, bytes, cells, kinds: row.kinds.to_vec() }
    }

    /// The row as readers take it.
    pub fn as_row(&self) -> Row<'_> {
        Row { number: self.number, bytes: &self.bytes, cells: &self.cells, kinds: &self.kinds }
    }

    /// The text of a cell, trimmed; empty beyond the row's end.
    pub fn text(&self, column: usize) -> &str {
        std::str::from_utf8(self.as_row().cell(column)).unwrap_or_default().trim()
    }

    /// Puts a text into a cell.
    pub fn set(&mut self, column: usize, text: &str) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text.as_bytes());
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = (start, self.bytes.len());
        }
        if let Some(kind) = self.kinds.get_mut(column) {
            *kind = CellKind::Text;
        }
    }
}
