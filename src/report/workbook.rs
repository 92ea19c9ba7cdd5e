//! A scored round as a workbook: sheets of typed cells, among them formulas that compute sums, index,
//! rank and grade once more from the points of the criteria.
//!
//! Each formula carries our own value, which is what a reader sees until the spreadsheet computes
//! again. Spreadsheets know binary numbers of about 15 digits and we compare at 20, so formulas
//! compare at ten digits; where that would give another rank or grade than ours, the cell is a value
//! and the sheet of notes says so.

mod a1;
mod arithmetic;
mod card;
mod cards;
mod charts;
mod cover;
mod events;
mod fields;
mod names;
mod not_applicable;
mod plan;
mod points;
mod ranking;
mod standing;
mod tables;
mod total;

use super::publication::{Publication, What};
use crate::lang::{Lang, Text};
use crate::scored::Scored;
use names::Names;
use plan::Plan;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::sync::Arc;

pub use a1::Area;
pub use charts::rows_of;

/// A workbook.
pub struct Workbook<'a> {
    /// Its title, among its properties.
    pub title: String,
    /// Who issues it, among its properties.
    pub issuer: String,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet<'a>>,
}

/// A sheet whose rows are made when they are asked for.
pub struct Sheet<'a> {
    /// Its name: legal, and like no other.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Width>,
    /// How many rows it has.
    pub len: usize,
    /// Makes a row: cells from the first column on.
    pub row: Box<dyn Fn(usize) -> Row<'a> + Send + Sync + 'a>,
    /// So many rows and columns stay in view.
    pub frozen: (u32, u16),
    /// Rows that are printed on each page: first and last.
    pub repeated: Option<(u32, u32)>,
    /// Columns that are printed on each page, first and last; then a table may be wider than a page.
    pub repeated_columns: Option<(u16, u16)>,
    /// What is printed, where that is not all.
    pub printed: Option<Area>,
    /// A table with a filter: from its header to its last row.
    pub filter: Option<Area>,
    /// Cells that stand across several columns: row, first and last column; by rows.
    pub merged: Vec<(u32, u16, u16)>,
    /// What is coloured by its value.
    pub paints: Vec<(Area, Paint)>,
    /// What may be put into cells.
    pub checks: Vec<(Area, Check)>,
    /// Charts.
    pub charts: Vec<Chart>,
    /// Rows before which a new page begins.
    pub breaks: Vec<u32>,
    /// Whether pages stand upright.
    pub is_upright: bool,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// So many display cells wide.
    Cells(usize),
    /// Only formulas look at it.
    Hidden,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row<'a> {
    /// Its cells, from the first column on.
    pub cells: Vec<Cell<'a>>,
    /// How many lines high it is, where that is not to be seen from one cell.
    pub lines: Option<usize>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell<'a> {
    /// What stands in it.
    pub value: Value<'a>,
    /// What it looks like.
    pub look: Look,
    /// The sheet that opens when it is clicked.
    pub link: Option<Cow<'a, str>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    #[default]
    Empty,
    /// Text, never a formula.
    Text(Cow<'a, str>),
    /// An exact number.
    Number(Decimal),
    /// A formula in its English form, without `=`, and what it gives.
    Formula(String, Known<'a>),
}

/// What a formula gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Known<'a> {
    /// An exact number.
    Number(Decimal),
    /// Text.
    Text(Cow<'a, str>),
}

/// What a cell looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Look {
    /// What it is for.
    pub role: Role,
    /// How a number is shown.
    pub digits: Digits,
}

/// What a cell is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// No table: a sentence that runs on.
    #[default]
    Plain,
    /// A sentence in a column that breaks it into lines.
    Sentence,
    /// The title of a sheet.
    Title,
    /// The title of a sheet, in the middle above its table.
    Banner,
    /// A heading in the middle below it.
    Below,
    /// A heading above a table.
    Heading,
    /// The head of a column.
    Head,
    /// The head of a narrow column, turned upwards.
    Turned,
    /// Text in a table.
    Name,
    /// A number or a word in a table.
    Body,
    /// A sum in a table.
    Sum,
    /// The name of a sum.
    SumName,
    /// A cell that may be changed.
    Input,
    /// A step that formulas need.
    Step,
    /// Something that a reader should not miss.
    Warning,
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Digits {
    /// As it is.
    #[default]
    General,
    /// Text, even where it looks like a number.
    Text,
    /// A number that counts: a rank, a row.
    Whole,
    /// With so many digits behind the mark.
    Fixed(u32),
    /// The same with its sign, red where it fell.
    Change(u32),
    /// Places up or down.
    Places,
}

/// A colour by value.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// The more, the darker; readable in grey too.
    Shades,
    /// A bar behind the number.
    Bars,
    /// Marked where a formula, written for the first cell, holds.
    Where(String),
}

/// What may be put into cells.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// What a formula, written for the first cell, allows; and what is said otherwise.
    Formula(String, String),
    /// One of the values in other cells.
    List(String),
}

/// A chart of horizontal bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub says: String,
    /// Where its upper left corner is: row and column.
    pub at: (u32, u16),
    /// How many bars there are.
    pub bars: usize,
    /// Whether series stand one behind the other, instead of beside each other.
    pub is_stacked: bool,
    /// Its series.
    pub series: Vec<Series>,
}

/// A series of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The names of its bars.
    pub labels: (String, Area),
    /// Their lengths.
    pub values: (String, Area),
}

impl Workbook<'_> {
    /// An export as a workbook in one language.
    pub fn of<'a>(publication: &'a Publication<'a>, lang: Lang) -> Workbook<'a> {
        let scored = publication.scored;
        let mut book = Book { lang, scored, names: Names::default(), sheets: Vec::new() };
        book.names.take(cover::name().get(lang));
        let wants = |what| publication.part(what).is_some();
        let plans: Vec<Arc<Plan<'a>>> = match wants(What::Ranking) || wants(What::Scorecards) {
            true => {
                let plan = |tier| Arc::new(Plan::new(scored, tier, &mut book.names, lang));
                (0..scored.tiers.len()).map(plan).collect()
            }
            false => Vec::new(),
        };
        let cards = wants(What::Scorecards).then(|| cards::Cards::new(&publication.cards, &mut book));
        if wants(What::Ranking) {
            ranking::add(&plans, cards.as_ref(), &mut book);
        }
        for plan in plans.iter().filter(|plan| !plan.units.is_empty()) {
            points::add(plan, &mut book);
            events::add(plan, &mut book);
        }
        if wants(What::Ranking) {
            not_applicable::add(&mut book);
        }
        if let Some(cards) = &cards {
            cards.add(&plans, &mut book);
        }
        for part in
            publication.parts.iter().filter(|part| !matches!(part.what, What::Ranking | What::Scorecards))
        {
            tables::add(part, &mut book);
        }
        let cover = cover::sheet(cards.as_ref(), &plans, &book);
        book.sheets.insert(0, cover);
        let round = &scored.loaded.round;
        Workbook { title: round.title.clone(), issuer: round.issuer.clone(), sheets: book.sheets }
    }
}

/// A workbook that is being put together.
struct Book<'a> {
    lang: Lang,
    scored: &'a Scored,
    names: Names,
    sheets: Vec<Sheet<'a>>,
}

impl Book<'_> {
    fn say(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }
}

impl<'a> Sheet<'a> {
    /// A sheet of rows that are already there.
    fn of(name: String, columns: Vec<Width>, rows: Vec<Row<'a>>) -> Sheet<'a> {
        Sheet { len: rows.len(), row: Box::new(move |at| rows[at].clone()), ..Sheet::empty(name, columns) }
    }

    fn empty(name: String, columns: Vec<Width>) -> Sheet<'a> {
        Sheet {
            name,
            columns,
            len: 0,
            row: Box::new(|_| Row::default()),
            frozen: (0, 0),
            repeated: None,
            repeated_columns: None,
            printed: None,
            filter: None,
            merged: Vec::new(),
            paints: Vec::new(),
            checks: Vec::new(),
            charts: Vec::new(),
            breaks: Vec::new(),
            is_upright: false,
        }
    }
}

impl<'a> Row<'a> {
    fn of(cells: Vec<Cell<'a>>) -> Row<'a> {
        Row { cells, lines: None }
    }
}

impl<'a> Cell<'a> {
    fn text(text: impl Into<Cow<'a, str>>, role: Role) -> Cell<'a> {
        Cell { value: Value::Text(text.into()), look: Look { role, digits: Digits::Text }, link: None }
    }

    fn number(number: Decimal, role: Role, digits: Digits) -> Cell<'a> {
        Cell { value: Value::Number(number), look: Look { role, digits }, link: None }
    }

    fn formula(formula: String, known: Known<'a>, role: Role, digits: Digits) -> Cell<'a> {
        Cell { value: Value::Formula(formula, known), look: Look { role, digits }, link: None }
    }

    fn empty(role: Role) -> Cell<'a> {
        Cell { value: Value::Empty, look: Look { role, digits: Digits::General }, link: None }
    }
}
