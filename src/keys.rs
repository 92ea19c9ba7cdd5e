//! Reading the tables of a TOML file key by key: exact decimals, a place for every value, and
//! every mistake reported instead of the first.
//!
//! (serde's `tag` and `flatten` lose the places of values, and its messages are for programmers.)

use crate::diagnostic::Diagnostics;
use crate::lang::Text;
use crate::source::{Place, Source};
use crate::text;
use crate::text::nearest;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::ops::Range;
pub use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of a TOML file that is being read; what is left at the end is unknown.
pub struct Keys<'a> {
    source: &'a Source,
    table: DeTable<'a>,
    span: Range<usize>,
    what: Text,
    asked: Vec<&'static str>,
}

/// Parses a file; syntax mistakes are reported and the rest is read all the same.
pub fn parse<'a>(source: &'a Source, what: Text, out: &mut Diagnostics) -> Keys<'a> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors {
        out.toml_syntax(source.place(error.span().unwrap_or(0..0)), error.message());
    }
    Keys { source, table: table.into_inner(), span: 0..0, what, asked: Vec::new() }
}

impl<'a> Keys<'a> {
    /// Where the table begins.
    pub fn place(&self) -> Place {
        self.source.place(self.span.clone())
    }

    /// Where a value stands.
    pub fn place_of<T>(&self, value: &Spanned<T>) -> Place {
        self.source.place(value.span())
    }

    /// Where a part of a text stands, by its bytes; the whole text where it is written with escapes.
    pub fn place_within(&self, text: &Spanned<String>, part: Range<usize>) -> Place {
        let written = self.source.text.get(text.span()).unwrap_or_default();
        let is_triple = ["\"\"\"", "'''"].iter().any(|quotes| written.starts_with(quotes));
        let quotes = if is_triple { 3 } else { 1 };
        let end = text.span().end.saturating_sub(quotes);
        let start = end.saturating_sub(text.get_ref().len());
        match self.source.text.get(start..end) == Some(text.get_ref()) {
            true => self.source.place(start + part.start..start + part.end),
            false => self.place_of(text),
        }
    }

    /// What this table is, for messages: "tiêu chí 1.2".
    pub fn what(&self) -> &Text {
        &self.what
    }

    /// Says better what this table is, once it is known.
    pub fn call(&mut self, what: Text) {
        self.what = what;
    }

    /// Whether the key stands in the table and was not read yet.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The place of a key's value, without reading it.
    pub fn place_of_key(&self, key: &str) -> Place {
        self.table.get(key).map_or_else(|| self.place(), |value| self.source.place(value.span()))
    }

    /// Text.
    pub fn text(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<String>> {
        self.value(key, out, text!("chữ trong dấu nháy kép", "text in double quotes"), |value| {
            match value {
                DeValue::String(text) => Some(text.clone().into_owned()),
                _ => None,
            }
        })
    }

    /// Text that must be there and not be blank.
    pub fn need_text(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<String>> {
        self.need(key, out);
        let text = self.text(key, out)?;
        if text.get_ref().trim().is_empty() {
            out.number_out_of_range(
                self.place_of(&text),
                key,
                text!("chữ, không để trống", "text, not blank"),
            );
            return None;
        }
        Some(text)
    }

    /// Text, or a list of texts.
    pub fn texts(&mut self, key: &'static str, out: &mut Diagnostics) -> Vec<Spanned<String>> {
        let found = self.value(
            key,
            out,
            text!("chữ, hoặc danh sách chữ", "text, or a list of texts"),
            |value| match value {
                DeValue::String(text) => Some(vec![Spanned::new(0..0, text.clone().into_owned())]),
                DeValue::Array(list) => list
                    .iter()
                    .map(|item| match item.get_ref() {
                        DeValue::String(text) => Some(Spanned::new(item.span(), text.clone().into_owned())),
                        _ => None,
                    })
                    .collect(),
                _ => None,
            },
        );
        found.map(Spanned::into_inner).unwrap_or_default()
    }

    /// An exact decimal: an integer or a decimal number, never in quotes.
    pub fn decimal(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<Decimal>> {
        self.value(key, out, text!("một số", "a number"), |value| exact(value))
    }

    /// A decimal that must be there.
    pub fn need_decimal(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<Decimal>> {
        self.need(key, out);
        self.decimal(key, out)
    }

    /// A decimal that is not negative.
    pub fn amount(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<Decimal>> {
        let number = self.decimal(key, out)?;
        if number.get_ref().is_sign_negative() && !number.get_ref().is_zero() {
            out.number_out_of_range(
                self.place_of(&number),
                key,
                text!("số không âm", "a number that is not negative"),
            );
            return None;
        }
        Some(number)
    }

    /// A decimal that must be there and not be negative.
    pub fn need_amount(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<Decimal>> {
        self.need(key, out);
        self.amount(key, out)
    }

    /// A decimal, or the word "none": then the inner option is empty.
    pub fn decimal_or_none(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Option<Decimal>> {
        let expected = text!("một số, hoặc \"none\"", "a number, or \"none\"");
        let found = self.value(key, out, expected, |value| match value {
            DeValue::String(word) if word == "none" => Some(None),
            value => exact(value).map(Some),
        });
        found.map(Spanned::into_inner)
    }

    /// A whole number between 0 and a limit.
    pub fn whole(&mut self, key: &'static str, limit: u32, out: &mut Diagnostics) -> Option<Spanned<u32>> {
        let number = self.decimal(key, out)?;
        let whole = Some(*number.get_ref()).filter(Decimal::is_integer).and_then(|n| u32::try_from(n).ok());
        match whole.filter(|n| *n <= limit) {
            Some(whole) => Some(Spanned::new(number.span(), whole)),
            None => {
                let expected = text!("số nguyên từ 0 đến {limit}", "a whole number from 0 to {limit}");
                out.number_out_of_range(self.place_of(&number), key, expected);
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<bool> {
        let flag = self.value(key, out, text!("true hoặc false", "true or false"), |value| match value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => None,
        });
        flag.map(Spanned::into_inner)
    }

    /// Text, a number, a date, true or false: as a table would write it.
    pub fn written(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<String>> {
        let expected = text!("chữ, số, ngày, true hoặc false", "text, a number, a date, true or false");
        self.value(key, out, expected, |value| match value {
            DeValue::String(text) => Some(text.clone().into_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => exact(value).map(|number| number.to_string()),
            DeValue::Boolean(flag) => Some(if *flag { "có" } else { "không" }.to_owned()),
            DeValue::Datetime(at) => Some(at.to_string()),
            DeValue::Array(_) | DeValue::Table(_) => None,
        })
    }

    /// A date: 2026-12-15, without quotes.
    pub fn date(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<NaiveDate>> {
        self.value(
            key,
            out,
            text!("ngày dạng 2026-12-31, không đặt trong nháy", "a date like 2026-12-31, without quotes"),
            |value| {
                let DeValue::Datetime(at) = value else { return None };
                let date = at.date.filter(|_| at.time.is_none())?;
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            },
        )
    }

    /// One of several words, each standing for a value.
    pub fn word<T: Clone>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        out: &mut Diagnostics,
    ) -> Option<T> {
        let word = self.text(key, out)?;
        let found = words.iter().find(|(name, _)| name == word.get_ref());
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
            let near = nearest(word.get_ref(), known.iter().copied());
            out.unknown_word(self.place_of(&word), key, word.get_ref(), near, &known);
        }
        found.map(|(_, value)| value.clone())
    }

    /// A list of words, each standing for a value.
    pub fn word_list<T: Clone>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        out: &mut Diagnostics,
    ) -> Vec<T> {
        let whole = self.place_of_key(key);
        let known: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        let mut found = Vec::new();
        for word in self.texts(key, out) {
            match words.iter().find(|(name, _)| name == word.get_ref()) {
                Some((_, value)) => found.push(value.clone()),
                None => {
                    let place = if word.span().is_empty() { whole.clone() } else { self.place_of(&word) };
                    let near = nearest(word.get_ref(), known.iter().copied());
                    out.unknown_word(place, key, word.get_ref(), near, &known);
                }
            }
        }
        found
    }

    /// A list of numbers.
    pub fn decimals(&mut self, key: &'static str, out: &mut Diagnostics) -> Option<Spanned<Vec<Decimal>>> {
        self.value(key, out, text!("danh sách số", "a list of numbers"), |value| match value {
            DeValue::Array(list) => list.iter().map(|item| exact(item.get_ref())).collect(),
            _ => None,
        })
    }

    /// A table below this one.
    pub fn table(&mut self, key: &'static str, what: Text, out: &mut Diagnostics) -> Option<Keys<'a>> {
        let source = self.source;
        let value = self.take(key)?;
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Some(Keys { source, table, span, what, asked: Vec::new() }),
            other => {
                out.wrong_type(source.place(span), key, type_of(&other), text!("một bảng", "a table"), None);
                None
            }
        }
    }

    /// A list of tables: `[[key]]`, or inline.
    pub fn tables(&mut self, key: &'static str, what: Text, out: &mut Diagnostics) -> Vec<Keys<'a>> {
        let source = self.source;
        let Some(value) = self.take(key) else { return Vec::new() };
        let span = value.span();
        let list = match value.into_inner() {
            DeValue::Array(list) => list,
            other => {
                let help = text!(
                    "viết [[{key}]] hoặc {key} = [ {{ … }} ]",
                    "write [[{key}]] or {key} = [ {{ … }} ]"
                );
                let expected = text!("danh sách bảng", "a list of tables");
                out.wrong_type(source.place(span), key, type_of(&other), expected, Some(help));
                return Vec::new();
            }
        };
        if list.is_empty() {
            out.empty_list(source.place(span), key);
        }
        let mut tables = Vec::with_capacity(list.len());
        for item in list {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => {
                    tables.push(Keys { source, table, span, what: what.clone(), asked: Vec::new() });
                }
                other => out.wrong_type(
                    source.place(span),
                    key,
                    type_of(&other),
                    text!("một bảng", "a table"),
                    None,
                ),
            }
        }
        tables
    }

    /// Reports a key that must be there and is not.
    pub fn need(&mut self, key: &'static str, out: &mut Diagnostics) {
        if !self.table.contains_key(key) {
            out.missing_key(self.place(), key, &self.what);
        }
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, out: &mut Diagnostics) {
        for key in self.table.keys() {
            let near = nearest(key.get_ref(), self.asked.iter().copied());
            out.unknown_key(self.source.place(key.span()), key.get_ref(), near, &self.asked);
        }
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.table.remove(key)
    }

    /// Takes a value and reads it, or reports its type.
    fn value<T>(
        &mut self,
        key: &'static str,
        out: &mut Diagnostics,
        expected: Text,
        read: impl FnOnce(&DeValue<'a>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let value = self.take(key)?;
        match read(value.get_ref()) {
            Some(read) => Some(Spanned::new(value.span(), read)),
            None => {
                let help = quoted_number(value.get_ref(), &expected);
                let place = self.source.place(value.span());
                if expected.vi.contains("số")
                    && matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_))
                {
                    let exact = text!(
                        "số thập phân viết thường, không quá 1 000 000 000, tối đa 10 chữ số sau dấu chấm",
                        "a plain decimal, not beyond 1 000 000 000, with at most 10 digits after the point"
                    );
                    out.number_out_of_range(place, key, exact);
                } else {
                    out.wrong_type(place, key, type_of(value.get_ref()), expected, help);
                }
                None
            }
        }
    }
}

/// All the digits that stand in the file. Numbers that cannot be kept exactly are no numbers.
fn exact(value: &DeValue<'_>) -> Option<Decimal> {
    let digits = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let number = if digits.contains(['e', 'E']) {
        Decimal::from_scientific(digits).ok()
    } else {
        Decimal::from_str_exact(digits).ok()
    };
    number.filter(is_kept)
}

/// Whether a rule may be written with this number.
pub fn is_kept(number: &Decimal) -> bool {
    number.abs() <= LARGEST && number.scale() <= DECIMALS
}

/// More than any rule is written with; see [`LARGEST`].
const DECIMALS: u32 = 10;

/// Larger than any points, percent or count in a rule; products with data stay exact below it.
const LARGEST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Advice for `max = "6"` and `max = "6,5"`.
fn quoted_number(value: &DeValue<'_>, expected: &Text) -> Option<Text> {
    let DeValue::String(text) = value else { return None };
    let number = crate::number::reading::read(text, None).ok()?;
    let plain = crate::number::plain(number.value, crate::lang::Lang::En);
    expected.vi.contains("số").then(|| text!("bỏ dấu nháy: {plain}", "without quotes: {plain}"))
}

/// The type of a value, in words.
fn type_of(value: &DeValue<'_>) -> Text {
    match value {
        DeValue::String(_) => text!("chữ", "text"),
        DeValue::Integer(_) | DeValue::Float(_) => text!("số", "a number"),
        DeValue::Boolean(_) => text!("true/false", "true/false"),
        DeValue::Datetime(_) => text!("ngày giờ", "a date or time"),
        DeValue::Array(_) => text!("danh sách", "a list"),
        DeValue::Table(_) => text!("bảng", "a table"),
    }
}
