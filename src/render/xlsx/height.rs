//! How high a row must be for all its words to be seen. Excel finds out by itself when it opens a
//! file, LibreOffice does not, so every row with broken lines says it.

use super::looks::LINE;
use crate::report::workbook::{Cell, Known, Role, Row, Sheet, Value, Width};
use unicode_width::UnicodeWidthStr;

/// The height of a row, in points; none where one line is enough.
pub(super) fn of(sheet: &Sheet<'_>, at: u32, row: &Row<'_>) -> Option<f64> {
    let lines = row.lines.unwrap_or_else(|| {
        let lines = |(column, cell): (usize, &Cell<'_>)| match &cell.value {
            Value::Text(text) | Value::Formula(_, Known::Text(text)) => {
                let (_, last) = merged(sheet, at, column).unwrap_or((column, column));
                lines(text, cell.look.role, width(sheet, column..=last))
            }
            _ => 1,
        };
        row.cells.iter().enumerate().map(lines).max().unwrap_or(1)
    });
    (1 < lines).then_some(lines as f64 * LINE)
}

/// The first and last column that a cell stands across.
pub(super) fn merged(sheet: &Sheet<'_>, at: u32, column: usize) -> Option<(usize, usize)> {
    let start = sheet.merged.partition_point(|(row, ..)| *row < at);
    let of_row = sheet.merged[start..].iter().take_while(|(row, ..)| *row == at);
    let mut all = of_row.map(|(_, first, last)| (usize::from(*first), usize::from(*last)));
    all.find(|(first, _)| *first == column)
}

/// The display cells of some columns together.
fn width(sheet: &Sheet<'_>, columns: std::ops::RangeInclusive<usize>) -> usize {
    let of = |width: &Width| match width {
        Width::Cells(cells) => *cells,
        Width::Hidden => 0,
    };
    columns.filter_map(|column| sheet.columns.get(column)).map(of).sum()
}

/// How many lines a cell needs. Columns are measured in digits: most letters of running text are
/// narrower, those of titles are wider.
fn lines(text: &str, role: Role, width: usize) -> usize {
    match role {
        Role::Sentence => broken(text, width * 9 / 8),
        Role::Banner => broken(text, width * 3 / 4) + 1,
        Role::Name => broken(text, (width * 17 / 16).saturating_sub(1)),
        Role::Head | Role::SumName => broken(text, width.saturating_sub(2)),
        _ => 1,
    }
}

/// How many lines a text takes in a column, broken between words where that is possible.
fn broken(text: &str, width: usize) -> usize {
    let width = width.max(1);
    text.split('\n')
        .map(|line| {
            let (mut lines, mut used) = (1, 0);
            for word in line.split_whitespace() {
                let own = word.width();
                if 0 < used && width < used + 1 + own {
                    lines += 1;
                    used = 0;
                }
                used += own + usize::from(0 < used);
                lines += used.saturating_sub(1) / width;
                used -= used.saturating_sub(1) / width * width;
            }
            lines
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        for (text, width, expected) in
            [("", 9, 1), ("một hai", 9, 1), ("một hai ba", 8, 2), ("1234567890", 5, 2), ("a\nb", 9, 2)]
        {
            assert_eq!(broken(text, width), expected, "{text:?} in {width}");
        }
    }
}
