//! Addresses of cells as formulas write them. Rows and columns count from 0, as in the model; only
//! the text counts from 1.

use crate::source::letters;

/// A rectangle of cells: first row and column, last row and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The first row and column.
    pub first: (u32, u16),
    /// The last row and column.
    pub last: (u32, u16),
}

impl Area {
    /// A part of a column.
    pub fn column(column: u16, rows: (u32, u32)) -> Area {
        Area { first: (rows.0, column), last: (rows.1, column) }
    }

    /// `$C$7:$C$30`.
    pub fn fixed(self) -> String {
        format!("{}:{}", pinned(self.first), pinned(self.last))
    }
}

/// `C7`.
pub(super) fn cell(row: u32, column: u16) -> String {
    format!("{}{}", letters(column.into()), row + 1)
}

/// `$C7`: the column stays where the formula is copied.
pub(super) fn in_column(row: u32, column: u16) -> String {
    format!("${}{}", letters(column.into()), row + 1)
}

/// `C$7`: the row stays where the formula is copied.
pub(super) fn in_row(row: u32, column: u16) -> String {
    format!("{}${}", letters(column.into()), row + 1)
}

/// `$C$7`: nothing moves.
pub(super) fn pinned((row, column): (u32, u16)) -> String {
    format!("${}${}", letters(column.into()), row + 1)
}

/// `'Tên trang'!` before an address.
pub(super) fn on(sheet: &str) -> String {
    format!("'{}'!", sheet.replace('\'', "''"))
}

/// Text as a formula writes it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_a_spreadsheet() {
        assert_eq!(Area::column(2, (6, 29)).fixed(), "$C$7:$C$30");
        assert_eq!(cell(9, 27), "AB10");
        assert_eq!(on("Xã 'mới'"), "'Xã ''mới'''!");
        assert_eq!(quoted("hạng \"A\""), "\"hạng \"\"A\"\"\"");
    }
}
