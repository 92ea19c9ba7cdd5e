//! corruptions
