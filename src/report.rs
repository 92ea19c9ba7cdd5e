//! What is shown, before it has a format: titles, tables of typed cells, notes, provenance.
//!
//! A report is a view: rows are made when a renderer asks for them. Renderers never see a result
//! and never compute; reports never see a format.

pub mod annex;
pub mod blank;
pub mod chart;
pub mod comparison;
pub mod drawing;
pub mod drawn;
pub mod explanation;
pub mod findings;
mod json;
pub mod publication;
pub mod ranking;
pub mod robust;
pub mod sample;
pub mod scorecards;
pub mod sipas;
pub mod stages;
pub mod target;
pub mod whatif;
pub mod workbook;

use crate::lang::{Lang, Text};
use crate::number::{Rounding, plain};
use crate::source::Fingerprint;
use chart::Chart;
use drawing::{BAR, Drawing, Signs};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A result that can be shown.
pub trait View {
    /// As titles, tables and notes.
    fn report(&self) -> Report<'_>;

    /// As JSON, exact numbers and all; sentences in one language.
    fn json(&self, lang: Lang) -> Vec<u8>;
}

/// Everything that one output shows.
#[derive(Default)]
pub struct Report<'a> {
    /// Lines above everything.
    pub titles: Vec<Text>,
    /// Tables with their headings.
    pub sections: Vec<Section<'a>>,
    /// Sentences below everything.
    pub notes: Vec<Text>,
    /// What made it.
    pub provenance: Vec<Fingerprint>,
}

/// A heading, a table, and sentences below it.
#[derive(Default)]
pub struct Section<'a> {
    /// The heading.
    pub heading: Option<Text>,
    /// What is the same in all rows, for formats that put all sections into one table.
    pub keys: Vec<(&'static str, String)>,
    /// The table.
    pub table: Option<Table<'a>>,
    /// Sentences below it.
    pub notes: Vec<Text>,
    /// Rows of the table that sum up others: groups, totals.
    pub strong: Vec<usize>,
    /// A name by which other parts of a document can point here; empty for none.
    pub anchor: String,
    /// Charts of what the table shows.
    pub charts: Vec<Chart<'a>>,
}

/// A table whose rows are made when they are asked for.
pub struct Table<'a> {
    /// The columns.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub len: usize,
    /// Makes a row: a cell for each column.
    pub row: Box<dyn Fn(usize) -> Vec<Cell<'a>> + Send + Sync + 'a>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name for machines.
    pub key: String,
    /// Its name for people.
    pub title: Text,
    /// How it is shown.
    pub kind: ColumnKind,
}

/// How a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text; it may be broken into lines.
    Text,
    /// Short text that is never broken.
    Word,
    /// Numbers, to the right, never broken.
    Number,
    /// Numbers that are left out next where there is no room.
    Extra,
    /// Numbers that are left out first where there is no room.
    Detail,
    /// Only for machines.
    Machine,
    /// Short text that is never broken, only for people.
    Screen,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// Text in both languages.
    Words(Text),
    /// A whole number.
    Whole(u64),
    /// An exact number, and how it is printed.
    Number(Decimal, Rounding),
    /// An exact number that is printed with all its digits.
    Plain(Decimal),
    /// By how much an exact number changed; with its sign.
    Change(Decimal, Rounding),
    /// By how many places a rank rose; negative where it fell.
    Places(i64),
    /// A p-value.
    Chance(Decimal),
    /// Signs for people in terminals; what they show stands in another cell.
    Drawn(Drawing),
    /// Nothing is there.
    Missing,
}

impl Column {
    /// A column.
    pub fn new(key: impl Into<String>, title: Text, kind: ColumnKind) -> Column {
        Column { key: key.into(), title, kind }
    }
}

impl<'a> Cell<'a> {
    /// Borrowed text.
    pub fn text(text: &'a str) -> Cell<'a> {
        Cell::Text(Cow::Borrowed(text))
    }
}

/// A p-value with four digits; what would be zero is less than the least that is not.
pub fn chance(p: Decimal, lang: Lang) -> String {
    let rounding = Rounding { digits: 4, ..Rounding::CENTS };
    if rounding.apply(p).is_zero() && !p.is_sign_negative() {
        let least = plain(Decimal::new(1, 4), lang);
        return format!("< {least}");
    }
    rounding.text(p, lang)
}

/// A cell as people read it; a dash where nothing is.
pub fn words(cell: &Cell<'_>, lang: Lang) -> String {
    match cell {
        Cell::Text(text) => text.clone().into_owned(),
        Cell::Words(text) => text.get(lang).to_owned(),
        Cell::Whole(number) => number.to_string(),
        Cell::Number(number, rounding) => rounding.text(*number, lang),
        Cell::Plain(number) => plain(*number, lang),
        Cell::Change(number, rounding) => {
            let text = rounding.text(*number, lang);
            match text.strip_prefix('-') {
                Some(text) if rounding.apply(*number).is_zero() => text.to_owned(),
                Some(text) => format!("−{text}"),
                None if number.is_zero() => text,
                None => format!("+{text}"),
            }
        }
        Cell::Places(places) => match places {
            0 => "=".to_owned(),
            1.. => format!("▲ {places}"),
            _ => format!("▼ {}", places.unsigned_abs()),
        },
        Cell::Chance(p) => chance(*p, lang),
        Cell::Drawn(drawing) => drawing.text(BAR, Signs::Blocks),
        Cell::Missing => "–".to_owned(),
    }
}
