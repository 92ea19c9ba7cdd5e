//! Answers, one row a form or one row an answer → forms for a consumer, one after the other.
//!
//! A file is read in parts, so that all cores can share it: a [`Plan`] is made from the header,
//! [`Plan::read_row`] turns rows into a [`Part`], and an [`Assembly`] gives the forms of the parts,
//! in their order, to whoever counts them. Nothing is kept of a form but what the consumer keeps.

mod assembly;
mod design;
mod header;
mod label;
mod long;
mod margins;
mod part;
mod plan;
mod quotas;
mod tally;
mod targets;
mod unit;

pub use assembly::Assembly;
pub use header::sought;
pub use margins::{Count, Counts, UNANSWERED, margins, margins_sought};
pub use part::Part;
pub use plan::Plan;
pub use quotas::{Quota, quotas, quotas_sought};
pub use targets::{Targets, unit_targets};

use crate::number::reading;
use crate::questionnaire::Column;

/// How answers are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The decimal mark that the files declare.
    pub form: Option<reading::Form>,
    /// The unit of all forms, where a file is of one unit and has no column for it.
    pub unit: Option<String>,
    /// Names of columns that go before those of the questionnaire.
    pub columns: Vec<(Column, String)>,
    /// Whether clusters are numbered anew in each stratum.
    pub nested: bool,
}
