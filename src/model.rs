//! What the data says: units, what was measured in them, and the events that cost or earn points.

pub mod cell;
pub mod dataset;
pub mod elsewhere;

use crate::source::Place;
use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use cell::{Cells, Stage, Value};
pub use dataset::{Dataset, HandedIn, OwnPoints, Places};
pub use elsewhere::{ForeignIndex, OfUnit, Standing};

/// A unit that is scored: a commune, a department, a province.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its id, as given.
    pub id: String,
    /// Its name, as given; empty where only the id is known.
    pub name: String,
    /// The block (khối) in which it is ranked; empty for none.
    pub block: String,
    /// The id of the unit above it; empty for none.
    pub parent: String,
    /// The units of the round before that it came from; none where it is the one of the same id.
    pub previous: Vec<String>,
    /// Whether it takes part in the ranking.
    pub ranked: Ranked,
    /// The row that names it.
    pub row: u64,
}

impl Unit {
    /// The name to print: the name, or the id where there is none.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

/// Whether a unit takes part in the ranking.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Ranked {
    /// It does.
    #[default]
    Yes,
    /// It is scored but not ranked; the reason may be empty.
    No(String),
}

/// One row of deductions.csv: something that costs or earns a unit points.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The entry of the criteria set: its place among the bonus entries, then the deductions.
    pub entry: usize,
    /// How often, or how many days.
    pub count: Option<Decimal>,
    /// When, where days are counted from a due date.
    pub date: Option<NaiveDate>,
    /// Free points, for entries that take them.
    pub points: Option<Decimal>,
    /// The criterion or group that it works on: its place among the nodes.
    pub node: Option<usize>,
    /// Waived: listed, and nothing is taken.
    pub waived: bool,
    /// The document that it rests on; may be empty.
    pub document: String,
    /// Why; may be empty.
    pub reason: String,
    /// The row that says so.
    pub place: Place,
}

impl Event {
    /// Whether it says the same as another, wherever that stands.
    pub fn is_same(&self, other: &Event) -> bool {
        *self == Event { place: self.place.clone(), ..other.clone() }
    }
}
