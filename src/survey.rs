//! Sampling error: what a survey says of everybody, and how sure one can be of it.
//!
//! Shares, means, totals and differences come with the variance that the sampling design gives them,
//! by Taylor linearisation (Woodruff 1971; Särndal, Swensson & Wretman 1992, ch. 5; R's `survey`).
//! Everything is built on sums that are gathered in one pass:
//!
//! ```text
//!  weighted values of a respondent ──▶ Totals (per cluster) ──▶ Moments (per stratum)
//!                                                                   │ Design::covariance
//!  Estimate ◀── Estimates::ratio, difference, combination ◀── Estimates (totals, covariance)
//! ```
//!
//! A *unit of the first stage* (primary sampling unit, PSU) is what was drawn first: a respondent in
//! a simple sample, a hamlet or a commune where respondents were drawn within those. A factor's index
//! is a ratio of satisfied to valid answers whose units are respondents or clusters; answers are never
//! taken as independent of one another.
//!
//! This is the one part of the core that computes with binary floating point: sampling errors,
//! quantiles and tests are irrational numbers that nobody signs to the last digit. Points and indices
//! stay decimals; what is printed from here becomes a decimal in [`decimal`] first.

pub mod allocation;
pub mod calibration;
pub mod comparison;
pub mod correction;
pub mod design;
pub mod design_effect;
pub mod distribution;
pub mod estimates;
pub mod interval;
pub mod matrix;
pub mod moments;
pub mod rank_sets;
pub mod rao_scott;
pub mod sample_size;

use rust_decimal::Decimal;

/// A number as an exact decimal of twelve digits after the mark, to be rounded and printed; `None`
/// for what is no number or too large.
pub fn decimal(number: f64) -> Option<Decimal> {
    /// A float knows about sixteen digits; twelve after the mark are more than any table prints.
    const SCALE: f64 = 1e12;
    let scaled = number * SCALE;
    (scaled.abs() < 1e27)
        .then(|| Decimal::from_i128_with_scale((scaled + 0.5).floor() as i128, 12).normalize())
}

#[cfg(test)]
mod tests;
