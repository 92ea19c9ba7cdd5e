//! One cell of text → a value of its input.
//!
//! This runs once for every cell of the country, so the plain cases come first and look only at
//! bytes: an exact word, a short number. Everything else takes the slow and careful way.

use crate::model::Value;
use crate::number::reading::{self, Fault, Form};
use crate::rule::Input;
use crate::text::{folded, words};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Reads the cells of one input.
#[derive(Debug)]
pub(super) struct CellReader {
    input: Input,
    exact: Vec<(Vec<u8>, u16)>,
    folded: HashMap<String, u16>,
    /// Short numbers up to this whole one need no closer look.
    plain_up_to: Option<i64>,
}

/// A value that was read, and what should be known about the reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    pub value: Value,
    pub how: How,
}

/// A plain cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Plain {
    /// A word.
    Word(u16),
    /// A number: its digits, and how many of them stand behind the point.
    Number { mantissa: i64, scale: u32 },
}

/// What should be known about the reading of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum How {
    /// Nothing: it is plain.
    Plain,
    /// A word in another spelling.
    Spelling,
    /// A percent sign was taken off.
    Percent,
    /// A number with a decimal comma.
    Comma,
    /// A number with a decimal point.
    Point,
}

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CellFault {
    /// None of the words, no number where one is needed.
    NotUnderstood,
    /// A number that can be read in two ways.
    Ambiguous { decimal: Decimal, thousands: Decimal },
    /// A number in another form than the file declares.
    OtherForm,
    /// Too many digits, or too large.
    TooLong,
    /// A percent sign behind a number that is no percentage.
    NoPercent,
    /// A number that is too low, too high or not whole.
    OutOfRange(Decimal),
}

/// The most digits behind the mark; with more, products with a rule's bounds could vanish.
const DECIMALS: u32 = 18;

/// The largest number in results; above it products could not be kept exactly.
const LARGEST: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);

impl CellReader {
    pub fn new(input: &Input) -> CellReader {
        let plain_up_to = input.numbers.and_then(|numbers| {
            let from_zero = numbers.low.is_none_or(|low| low <= Decimal::ZERO) && !numbers.whole;
            let high = numbers.high.map_or(Some(1_000_000_000), |high| i64::try_from(high.floor()).ok());
            high.filter(|_| from_zero)
        });
        let mut reader =
            CellReader { input: input.clone(), exact: Vec::new(), folded: HashMap::new(), plain_up_to };
        for (at, word) in input.words.iter().enumerate() {
            reader.exact.push((word.text.clone().into_bytes(), at as u16));
            reader.folded.entry(folded(&word.text)).or_insert(at as u16);
        }
        for (at, word) in input.words.iter().enumerate() {
            for also in word.also {
                reader.exact.push((also.as_bytes().to_vec(), at as u16));
                reader.folded.entry(folded(also)).or_insert(at as u16);
            }
        }
        if input.numbers.is_none() && input.words.first().is_some_and(|word| word.also == words::NO) {
            reader.exact.extend([(b"0".to_vec(), 0), (b"1".to_vec(), 1)]);
        }
        reader
    }

    /// Reads a cell that is plain: one of the words, or a short number in range. This is nearly
    /// every cell, so it is done without a detour. `form` is how the cell writes its number.
    #[inline]
    pub fn read_plain(&self, cell: &[u8], form: Option<Form>) -> Option<Plain> {
        if self.input.numbers.is_none() {
            let (_, word) = self.exact.iter().find(|(text, _)| text == cell)?;
            return Some(Plain::Word(*word));
        }
        let (mantissa, scale) = short_number(cell, form)?;
        let most = self.plain_up_to?.checked_mul(TENS[scale as usize])?;
        let is_plain = self.exact.is_empty() && mantissa <= most;
        is_plain.then_some(Plain::Number { mantissa, scale })
    }

    /// Reads a cell; `form` is how it writes its number.
    pub fn read(&self, cell: &[u8], form: Option<Form>) -> Result<Seen, CellFault> {
        let plain = |value| Ok(Seen { value, how: How::Plain });
        if cell.is_empty() {
            return plain(Value::Missing);
        }
        if let Some((_, word)) = self.exact.iter().find(|(text, _)| text == cell) {
            return plain(Value::Word(*word));
        }
        if self.input.numbers.is_some()
            && let Some((mantissa, scale)) = short_number(cell, form)
        {
            let how = if scale > 0 { How::Point } else { How::Plain };
            return self.in_range(Decimal::new(mantissa, scale)).map(|value| Seen { value, how });
        }
        self.read_with_care(cell, form)
    }

    fn read_with_care(&self, cell: &[u8], form: Option<Form>) -> Result<Seen, CellFault> {
        let plain = |value| Ok(Seen { value, how: How::Plain });
        let text = std::str::from_utf8(cell).map_err(|_| CellFault::NotUnderstood)?;
        if text.trim().is_empty() {
            return plain(Value::Missing);
        }
        let key = folded(text);
        if words::is_not_applicable(&key) {
            return plain(Value::NotApplicable);
        }
        if self.input.any_text {
            return plain(if words::yes_no(text) == Some(false) { Value::Missing } else { Value::Present });
        }
        if let Some(&word) = self.folded.get(&key) {
            let is_own = folded(&self.input.words[usize::from(word)].text) == key;
            let is_yes_no = !self.input.words[usize::from(word)].also.is_empty();
            let how = if is_own && !is_yes_no { How::Spelling } else { How::Plain };
            return Ok(Seen { value: Value::Word(word), how });
        }
        if self.input.dates
            && let Some(date) = date(text)
        {
            return plain(Value::Date(date.num_days_from_ce()));
        }
        let Some(numbers) = self.input.numbers else { return Err(CellFault::NotUnderstood) };
        match reading::read(text, form) {
            Ok(read) if read.percent && !numbers.percent => Err(CellFault::NoPercent),
            Ok(read) if LARGEST < read.value.abs() || DECIMALS < read.value.scale() => {
                Err(CellFault::TooLong)
            }
            Ok(read) => {
                let how = match (read.percent, text.contains(','), text.contains('.')) {
                    (true, _, _) => How::Percent,
                    (_, true, false) if !read.value.is_integer() => How::Comma,
                    (_, false, true) if !read.value.is_integer() => How::Point,
                    _ => How::Plain,
                };
                self.in_range(read.value).map(|value| Seen { value, how })
            }
            Err(Fault::NotANumber) => Err(CellFault::NotUnderstood),
            Err(Fault::Ambiguous { decimal, thousands }) => Err(CellFault::Ambiguous { decimal, thousands }),
            Err(Fault::OtherForm) => Err(CellFault::OtherForm),
            Err(Fault::TooLong) => Err(CellFault::TooLong),
        }
    }

    fn in_range(&self, number: Decimal) -> Result<Value, CellFault> {
        let Some(numbers) = &self.input.numbers else { return Err(CellFault::NotUnderstood) };
        let fits = numbers.low.is_none_or(|low| low <= number)
            && numbers.high.is_none_or(|high| number <= high)
            && !(numbers.whole && number.scale() > 0 && !number.is_integer());
        if fits { Ok(Value::Number(number)) } else { Err(CellFault::OutOfRange(number)) }
    }
}

/// Up to 15 digits with at most one point, if there is no other way to read them: the digits, and
/// how many stand behind the point.
#[inline]
pub fn short_number(cell: &[u8], form: Option<Form>) -> Option<(i64, u32)> {
    if 15 < cell.len() || cell.is_empty() {
        return None;
    }
    let mut mantissa: i64 = 0;
    let mut point = None;
    for (at, &byte) in cell.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + i64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let Some(point) = point else { return Some((mantissa, 0)) };
    let digits = cell.len() - point - 1;
    let may_be_thousands = digits == 3 && point <= 3 && cell[0] != b'0';
    let clear = match form {
        Some(Form::Point) => true,
        Some(Form::Comma) => false,
        None => !may_be_thousands,
    };
    (clear && 0 < digits && 0 < point).then_some((mantissa, digits as u32))
}

/// Powers of ten for as many digits as a short number has.
const TENS: [i64; 15] = {
    let mut tens = [1; 15];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// `2026-12-15` or `15/12/2026`.
pub fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [a, b, c] = parts[..] else { return None };
    let is_year = |part: &str| part.len() == 4;
    let (year, month, day) = if is_year(a) { (a, b, c) } else { (c, b, a) };
    let is_number =
        |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !is_year(year) || !is_number(month) || !is_number(day) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Numbers;

    #[test]
    fn the_short_way_and_the_careful_way_agree() {
        for form in [None, Some(Form::Point), Some(Form::Comma)] {
            for text in [
                "0", "7", "85.5", "85.50", "100", "1.511", "0.125", "1234.567", "12.345", ".5", "5.",
                "1.2.3", "007",
            ] {
                if let Some((mantissa, scale)) = short_number(text.as_bytes(), form) {
                    let number = Decimal::new(mantissa, scale);
                    assert_eq!(
                        reading::read(text, form).map(|read| read.value),
                        Ok(number),
                        "{text} {form:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_largest_number_is_ten_to_the_fifteenth() {
        assert_eq!(LARGEST, Decimal::from(1_000_000_000_000_000_i64));
        let reader = CellReader::new(&Input::number("value", Numbers::AMOUNT));
        assert_eq!(reader.read(b"1000000000000001", None), Err(CellFault::TooLong));
    }

    #[test]
    fn dates_are_read_in_both_forms() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 5);
        assert_eq!(date("2026-12-05"), day);
        assert_eq!(date("5/12/2026"), day);
        assert_eq!(date("31/2/2026"), None);
        assert_eq!(date("5/12"), None);
    }
}
