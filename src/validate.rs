//! From what was read to what it means. Every mistake is reported, not only the first.

pub mod criteria_set;
pub mod deductions;
pub mod header;
pub mod results;
pub mod round;
pub mod units;
