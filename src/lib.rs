//! parindex scores administrative units by Vietnam's public administration reform index.
pub mod lang;
pub mod number;
pub mod text;
pub mod source;
pub mod diagnostic;
pub mod keys;
pub mod model;
pub mod rule;
pub mod criteria_set;
pub mod round;
pub mod validate;
