//! Confidence intervals: for a number, for a share of a complex sample, for a plain count.
//!
//! All are two-sided. A share of 0 or 1 has a variance of 0, and no interval follows from that; then
//! the interval is that of the plain count of respondents (R gives `NaN` there, or the empty interval).

use super::distribution::{beta_quantile, normal_quantile, t_quantile};
use super::estimates::Estimate;

/// Two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// How an interval is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// The share ± t standard errors; it may leave 0…1 (`svyciprop("mean")`).
    Mean,
    /// The same on the logit (`svyciprop("xlogit")`; Korn & Graubard 1999, 3.2).
    Logit,
    /// The same on the arcsine of the root (`svyciprop("asin")`).
    Arcsine,
    /// Clopper–Pearson with the effective sample size (Korn & Graubard 1998; `svyciprop("beta")`).
    Beta,
    /// [`Method::Beta`] whose effective sample size is at most the sample's (NCHS 2017; `svy` calls it
    /// Korn–Graubard).
    BetaTruncated,
    /// Wilson's with the effective sample size and t instead of z (Dean & Pagano 2015; `svy`).
    #[default]
    Wilson,
}

/// The quantile for a level: 1.96 for 0.95 and infinite degrees of freedom.
pub fn critical(level: f64, degrees: f64) -> f64 {
    t_quantile(0.5 + level / 2.0, degrees)
}

/// A number ± t standard errors; infinite degrees of freedom for the normal (`confint` of R's `survey`).
pub fn around(estimate: Estimate, degrees: f64, level: f64) -> Interval {
    let reach = critical(level, degrees) * estimate.standard_error();
    Interval { low: estimate.value - reach, high: estimate.value + reach }
}

/// A share of a sample, and what its interval needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share and its variance.
    pub estimate: Estimate,
    /// Respondents it is the share of.
    pub count: u64,
    /// Degrees of freedom of the design; infinite for the normal.
    pub degrees: f64,
}

impl Share {
    /// The interval at a level such as 0.95.
    pub fn interval(&self, method: Method, level: f64) -> Interval {
        let (share, error) = (self.estimate.value, self.estimate.standard_error());
        if self.is_without_error() {
            return self.of_count(method, level);
        }
        let reach = critical(level, self.degrees) * error;
        match method {
            Method::Mean => around(self.estimate, self.degrees, level),
            Method::Logit => on_logit(share, reach),
            Method::Arcsine => on_arcsine(share, reach),
            Method::Beta => beta(share, self.effective_count(level), level),
            Method::BetaTruncated => beta(share, self.effective_count(level).min(self.count as f64), level),
            Method::Wilson => wilson(share, self.effective_count(level), critical(level, self.degrees)),
        }
    }

    /// As many respondents of a simple random sample would have the same error: `p (1 − p)/V`.
    pub fn effective(&self) -> f64 {
        let share = self.estimate.value;
        share * (1.0 - share) / self.estimate.variance
    }

    /// [`Share::effective`], less what few degrees of freedom cost (Korn & Graubard 1998): times
    /// `(t_{n−1}/t_df)²`.
    pub fn effective_count(&self, level: f64) -> f64 {
        let ratio = critical(level, self.count as f64 - 1.0) / critical(level, self.degrees);
        self.effective() * ratio * ratio
    }

    /// The estimate for comparisons with other units: where everybody, or nobody, is satisfied the
    /// variance is that of one more of each kind (Agresti & Caffo 2000), never 0.
    pub fn for_comparison(&self) -> Estimate {
        if !self.is_without_error() {
            return self.estimate;
        }
        let count = self.count as f64 + 2.0;
        let share = (self.estimate.value * self.count as f64 + 1.0) / count;
        Estimate { variance: share * (1.0 - share) / count, ..self.estimate }
    }

    fn is_without_error(&self) -> bool {
        let share = self.estimate.value;
        share <= 0.0 || 1.0 <= share || self.estimate.variance <= 0.0
    }

    /// The interval of a plain count, where the design gives none.
    fn of_count(&self, method: Method, level: f64) -> Interval {
        let (share, count) = (self.estimate.value.clamp(0.0, 1.0), self.count as f64);
        match method {
            Method::Wilson => wilson(share, count, critical(level, f64::INFINITY)),
            _ => beta(share, count, level),
        }
    }
}

fn on_logit(share: f64, reach: f64) -> Interval {
    let logit = (share / (1.0 - share)).ln();
    let reach = reach / (share * (1.0 - share));
    let back = |x: f64| 1.0 / (1.0 + (-x).exp());
    Interval { low: back(logit - reach), high: back(logit + reach) }
}

/// `sin²(asin √p ± reach/(2 √(p (1 − p))))`. R lets the angle turn back beyond 0 and 90°; here the
/// bound stays at 0 and 1.
fn on_arcsine(share: f64, reach: f64) -> Interval {
    let angle = share.sqrt().asin();
    let reach = reach / (2.0 * (share * (1.0 - share)).sqrt());
    let back = |x: f64| x.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2);
    Interval { low: back(angle - reach), high: back(angle + reach) }
}

/// Clopper–Pearson for a count that need not be whole.
fn beta(share: f64, count: f64, level: f64) -> Interval {
    let (below, hits) = ((1.0 - level) / 2.0, share * count);
    let misses = count - hits;
    Interval {
        low: if hits <= 0.0 { 0.0 } else { beta_quantile(below, hits, misses + 1.0) },
        high: if misses <= 0.0 { 1.0 } else { beta_quantile(1.0 - below, hits + 1.0, misses) },
    }
}

/// Wilson's interval (1927) for a count that need not be whole.
fn wilson(share: f64, count: f64, z: f64) -> Interval {
    let square = z * z / count;
    let centre = (share + square / 2.0) / (1.0 + square);
    let reach = z * (share * (1.0 - share) / count + square / (4.0 * count)).sqrt() / (1.0 + square);
    Interval {
        low: if share <= 0.0 { 0.0 } else { centre - reach },
        high: if 1.0 <= share { 1.0 } else { centre + reach },
    }
}

/// Intervals for `hits` of `count` in a simple random sample.
pub mod binomial {
    use super::{Interval, beta, normal_quantile, wilson};

    fn z(level: f64) -> f64 {
        normal_quantile(0.5 + level / 2.0)
    }

    fn share(hits: u64, count: u64) -> f64 {
        hits as f64 / count as f64
    }

    /// Wilson's (1927): R's `prop.test(correct = FALSE)`.
    pub fn wilson_score(hits: u64, count: u64, level: f64) -> Interval {
        wilson(share(hits, count), count as f64, z(level))
    }

    /// Wilson's with Yates' correction: R's `prop.test` (Newcombe 1998, method 4).
    pub fn wilson_corrected(hits: u64, count: u64, level: f64) -> Interval {
        let (share, n, z) = (share(hits, count), count as f64, z(level));
        let correction = (hits as f64 - n / 2.0).abs().min(0.5) / n;
        let square = z * z / n;
        let bound = |sign: f64| {
            let moved = share + sign * correction;
            let reach = z * (moved * (1.0 - moved) / n + square / (4.0 * n)).sqrt();
            ((moved + square / 2.0 + sign * reach) / (1.0 + square)).clamp(0.0, 1.0)
        };
        Interval {
            low: if hits == 0 { 0.0 } else { bound(-1.0) },
            high: if hits == count { 1.0 } else { bound(1.0) },
        }
    }

    /// Clopper & Pearson's (1934), never too narrow: R's `binom.test`.
    pub fn clopper_pearson(hits: u64, count: u64, level: f64) -> Interval {
        beta(share(hits, count), count as f64, level)
    }

    /// The share ± z standard errors, for comparison only: it is too narrow near 0 and 1.
    pub fn wald(hits: u64, count: u64, level: f64) -> Interval {
        let share = share(hits, count);
        let reach = z(level) * (share * (1.0 - share) / count as f64).sqrt();
        Interval { low: share - reach, high: share + reach }
    }

    /// Agresti & Coull's (1998): Wald's after `z²` more answers, half of them hits.
    pub fn agresti_coull(hits: u64, count: u64, level: f64) -> Interval {
        let square = z(level) * z(level);
        let n = count as f64 + square;
        let share = (hits as f64 + square / 2.0) / n;
        let reach = z(level) * (share * (1.0 - share) / n).sqrt();
        Interval { low: share - reach, high: share + reach }
    }
}
