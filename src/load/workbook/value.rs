//! Numbers and days as text. A workbook keeps a number as a binary one with 15 to 17 digits; what was
//! meant is what a spreadsheet shows and lets people type, 15 digits: 85.5, not 85.4999999999999964, and
//! 435 where 4.35 × 100 was computed or pasted as 434.99999999999994.

use super::block::Kind;
use super::format::Format;
use crate::lang::Lang;
use crate::number::{Mode, Rounding, plain};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use std::io::Write;

/// Writes the number that a cell holds as `text` behind `bytes`, as its format says; `from_1904` where
/// days are counted from 1904. `None`: it is no number.
pub fn write(text: &str, format: Format, from_1904: bool, bytes: &mut Vec<u8>) -> Option<Kind> {
    match format {
        Format::Number(shown) if write_short(text, bytes) => Some(Kind::Number(shown)),
        Format::Number(shown) => {
            write_shortest(finite(text)?, bytes);
            Some(Kind::Number(shown))
        }
        Format::Percent => {
            let mut number = Vec::new();
            write_shortest(finite(text)?, &mut number);
            let number = Decimal::from_str_exact(std::str::from_utf8(&number).ok()?).ok();
            let percent = number.and_then(|number| number.checked_mul(Decimal::ONE_HUNDRED));
            match percent {
                Some(percent) => bytes.extend_from_slice(plain(percent, Lang::En).as_bytes()),
                None => bytes.extend_from_slice(text.as_bytes()), // too long, and refused as such
            }
            bytes.push(b'%');
            Some(Kind::Percent)
        }
        Format::Date => {
            write_day(finite(text)?, from_1904, bytes)?;
            Some(Kind::Text)
        }
    }
}

/// Writes a binary number as [`write`] does; one that is none is a text.
pub fn write_binary(number: f64, format: Format, from_1904: bool, bytes: &mut Vec<u8>) -> Kind {
    let text = number.to_string();
    write(&text, format, from_1904, bytes).unwrap_or_else(|| {
        bytes.extend_from_slice(text.as_bytes());
        Kind::Text
    })
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Writes a number that is its own shortest decimal but for noughts at its end, which is nearly every
/// one: up to 15 digits always come back from a binary number as they were.
fn write_short(text: &str, bytes: &mut Vec<u8>) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = whole == "0" || (!whole.is_empty() && !whole.starts_with('0'));
    if 15 < whole.len() + rest.len() || !is_plain || !is_digits(whole) || !is_digits(rest) {
        return false;
    }
    let short = if rest.is_empty() {
        text.trim_end_matches('.')
    } else {
        text.trim_end_matches('0').trim_end_matches('.')
    };
    bytes.extend_from_slice(if short == "-0" { b"0" } else { short.as_bytes() });
    true
}

/// Writes the shortest decimal of a binary number, at the 15 digits that a spreadsheet shows: what was
/// computed carries the errors of binary sums in its last digits, and so does what was pasted from it.
fn write_shortest(number: f64, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    let number = if number == 0.0 { 0.0 } else { number }; // no "-0"
    let _ = write!(bytes, "{number}"); // writing to memory cannot fail
    let text = String::from_utf8_lossy(&bytes[start..]).into_owned();
    let Ok(exact) = Decimal::from_str_exact(&text) else { return };
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count() as u32;
    let Some(digits) = (exact.scale() + 15).checked_sub(digits).filter(|kept| *kept < exact.scale()) else {
        return;
    };
    let rounded = Rounding { digits, mode: Mode::HalfUp }.apply(exact);
    bytes.truncate(start);
    bytes.extend_from_slice(plain(rounded, Lang::En).as_bytes());
}

/// Writes a day by its number, with the time if it has one: `2026-12-15`, `2026-12-15 08:30:00`; a time
/// alone as `08:30:00`.
fn write_day(serial: f64, from_1904: bool, bytes: &mut Vec<u8>) -> Option<()> {
    let seconds = (serial * 86_400.0 + 0.5) as u64;
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    if serial < 0.0 || 3_000_000 < days {
        return None;
    }
    let is_time_alone = days == 0 && !from_1904;
    if !is_time_alone {
        // Spreadsheets have a 29 February 1900, which was not.
        let zero = match (from_1904, days) {
            (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
            (false, 0..60) => NaiveDate::from_ymd_opt(1899, 12, 31),
            (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30),
        };
        let day = zero?.checked_add_days(Days::new(days))?;
        let _ = write!(bytes, "{day}");
    }
    if is_time_alone || 0 < seconds {
        let space = if is_time_alone { "" } else { " " };
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let _ = write!(bytes, "{space}{hours:02}:{minutes:02}:{seconds:02}");
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, format: Format, expected: &str) {
        let mut bytes = Vec::new();
        let kind = write(text, format, false, &mut bytes);
        let found = kind.map(|_| String::from_utf8(bytes).unwrap());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text} as {format:?}");
    }

    #[test]
    fn numbers_are_the_shortest_decimals() {
        for (text, expected) in [
            ("85.5", "85.5"),
            ("85.50", "85.5"),
            ("100", "100"),
            ("0", "0"),
            ("-0", "0"),
            ("1.1000000000000001", "1.1"),
            ("0.28999999999999998", "0.29"),
            ("1E-3", "0.001"),
            ("1.5e+3", "1500"),
            ("12345678901234567", "12345678901234568"),
            ("0.30000000000000004", "0.3"),
            ("434.99999999999994", "435"),
            ("1.030", "1.03"),
            ("1.511", "1.511"),
            ("abc", "none"),
            ("1e999", "none"),
            ("", "none"),
        ] {
            check(text, Format::GENERAL, expected);
        }
    }

    #[test]
    fn what_was_computed_is_taken_at_15_digits() {
        check("0.30000000000000004", Format::GENERAL, "0.3");
        check("89.999999999999986", Format::GENERAL, "90");
        check("98.571428571428569", Format::GENERAL, "98.5714285714286");
        check("0.98571428571428577", Format::Percent, "98.5714285714286%");
        check("85.5", Format::GENERAL, "85.5");
        check("1234567890123", Format::GENERAL, "1234567890123");
    }

    #[test]
    fn percentages_are_a_hundred_times_what_is_kept() {
        for (text, expected) in
            [("0.98", "98%"), ("1", "100%"), ("7.0000000000000007E-2", "7%"), ("0.985", "98.5%"), ("0", "0%")]
        {
            check(text, Format::Percent, expected);
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        for (text, expected) in [
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("61", "1900-03-01"),
            ("46371", "2026-12-15"),
            ("46371.354166666664", "2026-12-15 08:30:00"),
            ("0.5", "12:00:00"),
            ("-1", "none"),
            ("1e12", "none"),
        ] {
            check(text, Format::Date, expected);
        }
        let mut bytes = Vec::new();
        assert!(write("44909", Format::Date, true, &mut bytes).is_some());
        assert_eq!(bytes, b"2026-12-15");
    }
}
