//! Reading numbers as people in Vietnam write them: `80,13`, `80.13`, `1.511`, `98 %`.
//!
//! A number that can be read in two ways is refused with both readings, unless the file has
//! declared its decimal mark (product rule: never guess `1.511` in silence).

use rust_decimal::Decimal;

/// The decimal mark that a file declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `1.511,25`
    Comma,
    /// `1,511.25`
    Point,
}

/// A number that was read, and what stood around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The number.
    pub value: Decimal,
    /// A percent sign followed it; the value is not divided by 100.
    pub percent: bool,
}

/// Why a text is not read as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no number.
    NotANumber,
    /// One mark with three digits behind it: a decimal or thousands.
    Ambiguous {
        /// The reading with a decimal mark.
        decimal: Decimal,
        /// The reading with a thousands mark.
        thousands: Decimal,
    },
    /// The marks do not fit the form that the file declares.
    OtherForm,
    /// More digits than can be kept exactly (28).
    TooLong,
}

/// Reads a number; `form` is the decimal mark that the file declares, if it does.
///
/// # Errors
/// Says why the text is no number; see [`Fault`].
pub fn read(text: &str, form: Option<Form>) -> Result<Read, Fault> {
    let text = text.trim();
    let (text, percent) = match text.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let (text, negative) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let mut value = read_unsigned(text, form)?;
    value.set_sign_negative(negative && !value.is_zero());
    Ok(Read { value, percent })
}

fn read_unsigned(text: &str, form: Option<Form>) -> Result<Decimal, Fault> {
    let text = join_spaced_thousands(text).ok_or(Fault::NotANumber)?;
    let is_number_like = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    if text.is_empty() || !text.chars().all(is_number_like) || !text.contains(|c: char| c.is_ascii_digit()) {
        return Err(Fault::NotANumber);
    }
    let points = text.matches('.').count();
    let commas = text.matches(',').count();
    match (points, commas) {
        (0, 0) => decimal(&text, None),
        (1, 0) => one_mark(&text, '.', form),
        (0, 1) => one_mark(&text, ',', form),
        (_, 0) => only_thousands(&text, '.', form),
        (0, _) => only_thousands(&text, ',', form),
        _ => both_marks(&text, form),
    }
}

/// `12 345` (also with narrow or no-break spaces) is 12345; spaces anywhere else make no number.
fn join_spaced_thousands(text: &str) -> Option<String> {
    let space = |c: char| c == ' ' || c == '\u{a0}' || c == '\u{202f}' || c == '\u{2009}';
    if !text.contains(space) {
        return Some(text.to_owned());
    }
    let whole_end = text.find(['.', ',']).unwrap_or(text.len());
    let (whole, rest) = text.split_at(whole_end);
    let groups: Vec<&str> = whole.split(space).collect();
    (is_grouped(&groups) && !rest.contains(space)).then(|| groups.concat() + rest)
}

/// 1–3 digits, then groups of exactly three.
fn is_grouped(groups: &[&str]) -> bool {
    let digits = |g: &&str| g.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|g| g.len() == 3)
        && groups.iter().all(digits)
}

/// One mark: a decimal, or one group of thousands, or either of them.
fn one_mark(text: &str, mark: char, form: Option<Form>) -> Result<Decimal, Fault> {
    let (whole, rest) = text.split_once(mark).ok_or(Fault::NotANumber)?;
    if rest.is_empty() {
        return Err(Fault::NotANumber);
    }
    let can_be_thousands = is_grouped(&[whole, rest]) && !whole.starts_with('0');
    match (form.map(|f| f.mark() == mark), can_be_thousands) {
        (Some(true), _) | (None, false) => decimal(text, Some(mark)),
        (Some(false), true) => decimal(&text.replace(mark, ""), None),
        (Some(false), false) => Err(Fault::OtherForm),
        (None, true) => Err(Fault::Ambiguous {
            decimal: decimal(text, Some(mark))?,
            thousands: decimal(&text.replace(mark, ""), None)?,
        }),
    }
}

/// `1.511.000`: a mark that stands more than once can only separate thousands.
fn only_thousands(text: &str, mark: char, form: Option<Form>) -> Result<Decimal, Fault> {
    let groups: Vec<&str> = text.split(mark).collect();
    if !is_grouped(&groups) {
        return Err(Fault::NotANumber);
    }
    if form.is_some_and(|f| f.mark() == mark) {
        return Err(Fault::OtherForm);
    }
    decimal(&groups.concat(), None)
}

/// `1.511,25`: the last mark is the decimal one.
fn both_marks(text: &str, form: Option<Form>) -> Result<Decimal, Fault> {
    let at = text.rfind(['.', ',']).ok_or(Fault::NotANumber)?;
    let mark = if text[at..].starts_with('.') { '.' } else { ',' };
    let other = if mark == '.' { ',' } else { '.' };
    let groups: Vec<&str> = text[..at].split(other).collect();
    if !is_grouped(&groups) || text[..at].contains(mark) {
        return Err(Fault::NotANumber);
    }
    if form.is_some_and(|f| f.mark() != mark) {
        return Err(Fault::OtherForm);
    }
    decimal(&(groups.concat() + &text[at..]), Some(mark))
}

impl Form {
    fn mark(self) -> char {
        match self {
            Form::Comma => ',',
            Form::Point => '.',
        }
    }
}

/// Digits with at most one decimal mark, to an exact decimal.
fn decimal(text: &str, mark: Option<char>) -> Result<Decimal, Fault> {
    let text = match mark {
        Some(',') => text.replace(',', "."),
        _ => text.to_owned(),
    };
    let text = if text.starts_with('.') { format!("0{text}") } else { text };
    Decimal::from_str_exact(&text).map_err(|_| Fault::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::number::plain;

    #[track_caller]
    fn check(text: &str, form: Option<Form>, expected: &str) {
        let shown = match read(text, form) {
            Ok(read) => plain(read.value, Lang::En) + if read.percent { "%" } else { "" },
            Err(Fault::Ambiguous { decimal, thousands }) => {
                format!("{} or {}", plain(decimal, Lang::En), plain(thousands, Lang::En))
            }
            Err(fault) => format!("{fault:?}"),
        };
        assert_eq!(shown, expected, "{text:?} read as {form:?}");
    }

    #[test]
    fn both_forms_are_read() {
        check("80,13", None, "80.13");
        check("80.13", None, "80.13");
        check(" 98 % ", None, "98%");
        check("85,50%", None, "85.5%");
        check("1.511,25", None, "1511.25");
        check("1,511.25", None, "1511.25");
        check("1.511.000", None, "1511000");
        check("12 345,6", None, "12345.6");
        check("-3", None, "-3");
        check("\u{2212}0,5", None, "-0.5");
        check(".5", None, "0.5");
    }

    #[test]
    fn a_number_with_two_readings_is_refused_until_the_form_is_declared() {
        check("1.511", None, "1.511 or 1511");
        check("1,511", None, "1.511 or 1511");
        check("1.511", Some(Form::Comma), "1511");
        check("1.511", Some(Form::Point), "1.511");
        check("1,511", Some(Form::Comma), "1.511");
        check("0.125", None, "0.125");
        check("1234.567", None, "1234.567");
    }

    #[test]
    fn what_is_no_number_is_not_one() {
        for text in
            ["", "chưa có", "1e3", "NaN", "inf", "1..2", "12.34.5", "1 2", "--1", "5.", "0x10", "١٢", "."]
        {
            check(text, None, "NotANumber");
        }
        check("80.13", Some(Form::Comma), "OtherForm");
        check("1.511.000", Some(Form::Point), "OtherForm");
        check("123456789012345678901234567890123", None, "TooLong");
    }
}
