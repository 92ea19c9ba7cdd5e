//! SIPAS: forms become indices, each with the error that its sample gives it.
//!
//! ```text
//!  Form ──Gather::add──▶ Account of each domain ──▶ Gathered ──▶ Measure, Ranking, Crosstab, Compared
//! ```
//!
//! A *domain* is what an index is of: a unit, or those of a unit who chose one option of a group. The
//! forms of all units together are domains put side by side. An index is satisfied answers ÷ valid
//! answers, weighted and exact; its error is that of a ratio of totals whose units of the first stage
//! are respondents or clusters ([`crate::survey`]).
//!
//! Where files name no stratum each unit is one: quotas are set unit by unit, so how many forms a unit
//! has is not left to chance.

pub mod account;
pub mod association;
pub mod calibrated;
pub mod comparison;
pub mod crosstab;
pub mod drawing;
pub mod gather;
pub mod layout;
pub mod measure;
pub mod pairs;
pub mod ranking;
pub mod tally;
pub mod weighed;

pub use gather::Gather;
pub use layout::{Layout, Measured};
pub use measure::{Gathered, How, Measure};
