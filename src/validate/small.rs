//! One row of a small table: deductions, targets, published results.

use crate::diagnostic::Diagnostics;
use crate::lang::Text;
use crate::number::reading::{self, Fault, Form};
use crate::source::{Place, Sheet};
use crate::text;
use crate::text::{id_as_number, quoted};
use rust_decimal::Decimal;

/// A row of a small table.
pub(super) struct Row<'a> {
    pub sheet: &'a Sheet,
    /// What each column of the file is.
    pub columns: &'a [Option<&'static str>],
    pub row: u64,
    pub cells: &'a [String],
    /// The decimal mark that the file declares.
    pub declared: Option<Form>,
}

/// More events, days, points or percent than any year has.
const MOST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

impl Row<'_> {
    fn at(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(name))
    }

    /// The text of a cell; empty where there is no such column.
    pub fn cell(&self, name: &str) -> &str {
        self.at(name).and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// Where a cell stands.
    pub fn place(&self, name: &str) -> Place {
        self.sheet.place(self.row, self.at(name))
    }

    /// The form in which the number of a cell is written.
    pub fn form(&self, name: &str) -> Option<Form> {
        self.at(name).map_or(self.declared, |at| self.form_at(at))
    }

    fn form_at(&self, column: usize) -> Option<Form> {
        self.sheet.form(self.row, column, self.declared)
    }

    /// The id in a column, among those that are `known`: a cell that keeps it as a number may have lost
    /// noughts at its end. `None`: it may be two, which is reported.
    pub fn id<'a>(
        &'a self,
        name: &str,
        known: impl Iterator<Item = &'a str>,
        out: &mut Diagnostics,
    ) -> Option<&'a str> {
        let id = self.cell(name);
        if !self.at(name).is_some_and(|at| self.sheet.numbers.contains(&(self.row, at))) {
            return Some(id);
        }
        let mut meant: Vec<&str> = known.filter(|known| id_as_number(known) == Some(id)).collect();
        meant.sort_unstable();
        meant.dedup();
        match meant[..] {
            [] => Some(id),
            [known] => Some(known),
            _ => {
                out.number_as_id(self.place(name), id);
                None
            }
        }
    }

    /// A number that is not negative, of the unit and the thing that are named; reports what is none.
    pub fn number(&self, name: &str, whole: bool, of: [&str; 2], out: &mut Diagnostics) -> Option<Decimal> {
        self.read_named(name, (whole, false), of, out)
    }

    /// [`Row::number`] that may have a percent sign.
    pub fn percent(&self, name: &str, of: [&str; 2], out: &mut Diagnostics) -> Option<Decimal> {
        self.read_named(name, (false, true), of, out)
    }

    /// [`Row::percent`] of the cell in a column of the file.
    pub fn percent_at(&self, column: usize, of: [&str; 2], out: &mut Diagnostics) -> Option<Decimal> {
        self.read_number(column, (false, true), of, out)
    }

    /// Nothing where there is no such column.
    fn read_named(
        &self,
        name: &str,
        kind: (bool, bool),
        of: [&str; 2],
        out: &mut Diagnostics,
    ) -> Option<Decimal> {
        self.read_number(self.at(name)?, kind, of, out)
    }

    fn read_number(
        &self,
        column: usize,
        (whole, percent): (bool, bool),
        [unit, id]: [&str; 2],
        out: &mut Diagnostics,
    ) -> Option<Decimal> {
        let cell = self.cells.get(column).map_or("", |cell| cell.trim());
        let place = self.sheet.place(self.row, Some(column));
        if cell.is_empty() {
            return None;
        }
        let fits = |number: &Decimal| {
            Decimal::ZERO <= *number
                && *number <= MOST
                && number.scale() <= 10
                && (!whole || number.is_integer())
        };
        let expected = match reading::read(cell, self.form_at(column)) {
            Ok(read) if percent >= read.percent && fits(&read.value) => return Some(read.value),
            Err(Fault::Ambiguous { decimal, thousands }) => {
                out.ambiguous_number(place, cell, unit, id, decimal, thousands);
                return None;
            }
            _ if whole => text!("số nguyên không âm", "a whole number that is not negative"),
            _ => text!("một số không âm", "a number that is not negative"),
        };
        out.bad_event_cell(place, &quoted(cell), unit, id, expected);
        None
    }

    /// Reports a cell that cannot be used.
    pub fn report(&self, name: &str, unit: &str, id: &str, expected: Text, out: &mut Diagnostics) {
        out.bad_event_cell(self.place(name), &quoted(self.cell(name)), unit, id, expected);
    }
}
