//! What was read from a sheet: rows of cells, only those in which something stands.

use super::Fault;
use std::ops::Range;

/// Some rows of a sheet.
#[derive(Debug, Default)]
pub struct Block {
    /// The texts of all cells.
    pub bytes: Vec<u8>,
    /// The cells, row by row.
    pub cells: Vec<Cell>,
    /// The rows.
    pub rows: Vec<RowHead>,
}

/// A row of a block.
#[derive(Clone, Copy, Debug)]
pub struct RowHead {
    /// Its number, as the spreadsheet shows it.
    pub number: u64,
    /// Whether the spreadsheet hides it.
    pub is_hidden: bool,
    /// Its first cell.
    pub first: usize,
}

/// A cell in which something stands.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Its column, counted from 0.
    pub column: u32,
    /// What it is.
    pub kind: Kind,
    start: u32,
    end: u32,
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, a date or a truth value, as text.
    Text,
    /// A number, written with a point and with no digit that it does not need.
    Number(Shown),
    /// A number that the cell shows as a percentage, written with a percent sign.
    Percent,
    /// An error, by its code: `#N/A`.
    Error,
    /// A formula that was never computed.
    Uncomputed,
}

/// With how many digits a cell shows its number, at least; none where it shows them as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Digits before the mark.
    pub whole: u8,
    /// Digits behind it.
    pub decimals: u8,
}

/// The most columns that a sheet has.
pub const MOST_COLUMNS: u32 = 16_384;

/// The most rows that a sheet has.
pub const MOST_ROWS: u64 = 1_048_576;

impl Block {
    /// Begins a row.
    pub fn begin_row(&mut self, number: u64, is_hidden: bool) {
        self.rows.push(RowHead { number, is_hidden, first: self.cells.len() });
    }

    /// Adds a cell whose text was written behind the others, from `start` on; an empty one is none. A few
    /// words of a file may ask for the same long text again and again: a row has its bounds too.
    pub fn push(&mut self, column: u32, kind: Kind, start: usize) -> Result<(), Fault> {
        const MOST: usize = 1 << 28;
        if MOST < self.bytes.len() {
            return Err(Fault::Bomb("row".to_owned()));
        }
        if start < self.bytes.len() || kind == Kind::Uncomputed {
            self.cells.push(Cell { column, kind, start: start as u32, end: self.bytes.len() as u32 });
        }
        Ok(())
    }

    /// The cells of a row.
    pub fn cells(&self, row: usize) -> &[Cell] {
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |next| next.first);
        &self.cells[self.rows[row].first..end]
    }

    /// The text of a cell.
    pub fn text(&self, cell: &Cell) -> &[u8] {
        &self.bytes[cell.range()]
    }

    /// Whether there is enough in it to be handed on.
    pub fn is_full(&self) -> bool {
        const CELLS: usize = 1 << 15;
        const BYTES: usize = 1 << 22;
        CELLS <= self.cells.len() || CELLS <= self.rows.len() || BYTES <= self.bytes.len()
    }
}

impl Cell {
    fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Shown {
    /// Whether the format asks for no digits of its own.
    pub fn is_general(self) -> bool {
        self == Shown::default()
    }

    /// A number's text as the cell shows it, where that only adds noughts to it.
    pub fn pad(self, text: &str) -> String {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let noughts = |has: usize, wants: u8| "0".repeat(usize::from(wants).saturating_sub(has));
        let rest = rest.to_owned() + &noughts(rest.len(), self.decimals);
        let mark = if rest.is_empty() { "" } else { "." };
        format!("{sign}{}{whole}{mark}{rest}", noughts(whole.len(), self.whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_padded_as_its_cell_shows_it() {
        let check = |whole, decimals, text: &str, expected: &str| {
            assert_eq!(Shown { whole, decimals }.pad(text), expected);
        };
        check(1, 2, "1.1", "1.10");
        check(5, 0, "123", "00123");
        check(0, 0, "1.1", "1.1");
        check(1, 0, "1.1", "1.1");
        check(2, 1, "-3", "-03.0");
    }
}
