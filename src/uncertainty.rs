//! What is uncertain in a scored round, as numbers to draw from: weights, inputs, surveys, appraisal.
//!
//! ```text
//!  Scored, block ──▶ Block: robustness::Model (shares, weights, points outside of the criteria)
//!                      │ inputs, surveys, appraisal ──▶ Cell tables: equally likely shares per unit
//!                      ▼
//!                    robustness::Simulation
//! ```
//!
//! What an uncertain value is worth is found by the criterion's own rule: for each unit it is put through
//! the rule at the middles of [`STEPS`] equally likely parts of its distribution, and a draw takes one of
//! these. So a value next to the edge of a band falls on either side as often as it should.
//!
//! Points outside of the criteria, such as bonus, deductions and what a cap cuts off, stay as they are.

mod block;
mod tables;

pub use block::{Block, Fault, Frame};
pub use tables::{Appraisal, Error, Table};

/// Parts of a distribution.
pub const STEPS: usize = 64;
