//! Text that a spreadsheet would take for something else when it opens a CSV file: a formula that it
//! runs, or a number or date that it puts in the place of an id.

use std::borrow::Cow;

/// Text that no spreadsheet runs as a formula: an apostrophe stands before what would begin one. Numbers
/// with a sign are none.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let begin = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']);
    let is_formula = begin.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && 1 < begin.chars().count()
        && !is_number(begin);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// [`harmless`] text that Excel leaves as it is: an apostrophe stands also before 007, 1.10, 3/7 or 1-2,
/// which would become 7, a date, a date and a date.
pub(super) fn unchanged(text: &str) -> Cow<'_, str> {
    if is_changed(text) { Cow::Owned(format!("'{text}")) } else { harmless(text) }
}

/// Whether Excel would show other signs than these.
pub(super) fn is_changed(text: &str) -> bool {
    let text = text.trim();
    let is_numeric = text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || " .,/-+:%eE".contains(c));
    is_numeric && !is_kept(text)
}

/// Whether a text is a number as Excel in Vietnam shows it itself: no zeros that it drops, no more digits
/// than it shows.
fn is_kept(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, behind) = digits.split_once(',').unwrap_or((digits, "1"));
    let is_all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    is_all_digits(whole)
        && is_all_digits(behind)
        && (whole == "0" || !whole.starts_with('0'))
        && !behind.ends_with('0')
        && text.len() <= 11
}

/// Whether a text is a number with a sign and nothing more.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']).trim_end_matches('%').trim_end();
    text.len() <= digits.len() + 3
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        for text in ["=1+1", "+A1", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", " =1", "＝1", "-Xã", "--1+2"]
        {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["Xã An Bình", "-1,5", "+3", "-12.50 %", "-", "", "a=b", "– không", "−1,5"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn ids_that_excel_would_change_are_marked() {
        for text in
            ["007", "1.10", "1-2", "3/7", "1.2.3", "12:30", "1e5", "123456789012", "1,50", "+3", "5 %"]
        {
            assert_eq!(unchanged(text), format!("'{text}"));
        }
        for text in ["12", "0", "-1,5", "H15.198", "X01", "N/A", "2026", "10", ""] {
            assert_eq!(unchanged(text), text);
        }
    }
}
