//! Is a difference more than chance? Tests of a difference, and of a plain table of counts.

use super::distribution::{chi_square_above, normal_quantile, t_two_sided};
use super::estimates::Estimate;
use super::interval::{Interval, around};

/// A difference held against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The difference in standard errors.
    pub t: f64,
    /// How likely chance alone gives one as large.
    pub p: f64,
    /// Its interval.
    pub interval: Interval,
}

/// The t-test of a difference of a complex sample.
///
/// As `svyttest` of R's `survey` for two groups, where `degrees` are those of the design less 1.
/// A difference without any error is sure, one of nothing is none.
pub fn t_test(difference: Estimate, degrees: f64, level: f64) -> Difference {
    let t = match difference.standard_error() {
        0.0 if difference.value == 0.0 => 0.0,
        error => difference.value / error,
    };
    Difference { t, p: t_two_sided(t, degrees), interval: around(difference, degrees, level) }
}

/// A chi-square and what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquare {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees: f64,
    /// How likely chance alone gives one as large.
    pub p: f64,
}

/// Pearson's chi-square of a table of counts, row by row (R's `chisq.test(correct = FALSE)`); for
/// simple random samples alone. `None` for a table with less than two rows or columns that hold anything.
pub fn pearson(counts: &[f64], columns: usize) -> Option<ChiSquare> {
    let total: f64 = counts.iter().sum();
    let rows: Vec<f64> = counts.chunks(columns).map(|row| row.iter().sum()).collect();
    let column = |at: usize| -> f64 { counts.iter().skip(at).step_by(columns).sum() };
    let column_sums: Vec<f64> = (0..columns).map(column).collect();
    let held = |sums: &[f64]| sums.iter().filter(|sum| 0.0 < **sum).count();
    let degrees = held(&rows).checked_sub(1)? * held(&column_sums).checked_sub(1)?;
    if degrees == 0 {
        return None;
    }
    let part = |(at, count): (usize, &f64)| {
        let expected = rows[at / columns] * column_sums[at % columns] / total;
        if expected == 0.0 { 0.0 } else { (count - expected).powi(2) / expected }
    };
    let statistic = counts.iter().enumerate().map(part).sum();
    let degrees = degrees as f64;
    Some(ChiSquare { statistic, degrees, p: chi_square_above(statistic, degrees) })
}

/// Two shares of simple random samples: the difference of the first less the second, its interval
/// without a pooled variance, and Pearson's test (R's `prop.test(correct = FALSE)`).
pub fn two_shares(hits: [u64; 2], counts: [u64; 2], level: f64) -> Option<(f64, Interval, ChiSquare)> {
    let misses = [counts[0].checked_sub(hits[0])?, counts[1].checked_sub(hits[1])?];
    let test = pearson(&[hits[0] as f64, misses[0] as f64, hits[1] as f64, misses[1] as f64], 2)?;
    let share = |at: usize| hits[at] as f64 / counts[at] as f64;
    let variance = |at: usize| share(at) * (1.0 - share(at)) / counts[at] as f64;
    let difference = share(0) - share(1);
    let reach = normal_quantile(0.5 + level / 2.0) * (variance(0) + variance(1)).sqrt();
    Some((difference, Interval { low: difference - reach, high: difference + reach }, test))
}
