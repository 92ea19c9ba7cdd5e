//! From what was read to what it means. Every mistake is reported, not only the first.

pub mod answers;
pub mod costs;
pub mod criteria_set;
pub mod deductions;
pub mod header;
pub mod indices;
pub mod links;
pub mod names;
pub mod percent;
pub mod predecessors;
pub mod published;
pub mod questionnaire;
pub mod results;
pub mod round;
pub mod scenario;
mod small;
pub mod strata;
pub mod targets;
pub mod units;
