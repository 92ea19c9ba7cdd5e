//! Addresses of cells as formulas write them. Rows and columns count from 0, as in the model; only
//! the text counts from 1.

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

/// The letters of a column: A, Z, AA.
pub(super) fn letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = usize::from(column) + 1;
    while 0 < rest {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// `C7`.
pub(super) fn cell(row: u32, column: u16) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// `$C7`: the column stays where the formula is copied.
pub(super) fn in_column(row: u32, column: u16) -> String {
    format!("${}{}", letters(column), row + 1)
}

/// `C$7`: the row stays where the formula is copied.
pub(super) fn in_row(row: u32, column: u16) -> String {
    format!("{}${}", letters(column), row + 1)
}

/// `$C$7`: nothing moves.
pub(super) fn pinned((row, column): (u32, u16)) -> String {
    format!("${}${}", letters(column), row + 1)
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
        for (column, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(column), expected);
        }
        assert_eq!(Area::column(2, (6, 29)).fixed(), "$C$7:$C$30");
        assert_eq!(on("Xã 'mới'"), "'Xã ''mới'''!");
        assert_eq!(quoted("hạng \"A\""), "\"hạng \"\"A\"\"\"");
    }
}
