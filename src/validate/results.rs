//! Results, long or wide → a [`Dataset`](crate::model::Dataset).
//!
//! A file is read in parts, so that two cores can share a large one: a [`Plan`] is made from the
//! header, [`Plan::read_row`] turns rows into a [`Part`], and an [`Assembly`] puts the parts
//! together in their order.

mod assembly;
mod cell;
mod layout;
mod one;
mod part;
mod plan;
mod rows;
mod values;

pub use assembly::{Assembly, KnownUnits};
pub(super) use cell::{date, short_number};
pub use layout::sought;
pub use one::read_value;
pub use part::Part;
pub use plan::Plan;

use crate::model::Stage;
use crate::number::reading::Form;

/// How results are read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The decimal mark that the files declare.
    pub form: Option<Form>,
    /// The latest stage that counts.
    pub stage: Stage,
    /// The stages that the round has; none says that it has all.
    pub stages: Option<[bool; 6]>,
    /// Whether to remember the row of every value.
    pub keep_places: bool,
}

impl Options {
    /// Whether the round has a stage.
    fn has(&self, stage: Stage) -> bool {
        self.stages.is_none_or(|stages| stages[stage as usize])
    }
}

impl Default for Options {
    fn default() -> Options {
        Options { form: None, stage: Stage::Final, stages: None, keep_places: false }
    }
}
