//! What is known beside the results: indices that were computed elsewhere, and where units stood in
//! the round before.

use crate::lang::Text;
use crate::source::Place;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// An index that the round does not score, in %.
#[derive(Clone, Debug, Default)]
pub struct ForeignIndex {
    /// Its id, as criteria name it.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// The names of its factors.
    pub factors: Vec<String>,
    /// What each unit has, by its folded id.
    pub units: HashMap<String, OfUnit>,
}

/// The values of one unit.
#[derive(Clone, Debug)]
pub struct OfUnit {
    /// Its id, as the table has it.
    pub unit: String,
    /// The index.
    pub index: Option<Decimal>,
    /// The factors, in the order of their names.
    pub factors: Vec<Option<Decimal>>,
    /// The standard errors of the index and of each factor, where they were computed from forms.
    pub errors: Vec<Option<Decimal>>,
    /// The row that says so, or the file of the forms.
    pub place: Place,
    /// What is known of the index and of each factor, where they were computed from forms.
    pub said: Vec<Text>,
}

/// Where a unit stood in the round before, as it was printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The id of its tier; empty where the table has one tier only.
    pub tier: String,
    /// Its id then.
    pub unit: String,
    /// Its name then; may be empty.
    pub name: String,
    /// The block in which it was ranked; empty for none, or if that is not known.
    pub block: String,
    /// Total.
    pub total: Option<Decimal>,
    /// Index, in %.
    pub index: Option<Decimal>,
    /// Rank.
    pub rank: Option<u32>,
    /// How many were ranked with it.
    pub of: Option<u32>,
    /// Grade; may be empty.
    pub grade: String,
}
