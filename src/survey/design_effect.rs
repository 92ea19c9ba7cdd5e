//! The design effect: how much wider a design makes the error than a simple random sample would.
//!
//! `deff = V / V_srs` (Kish 1965, 8.2), where `V_srs = s²/n`, or `s²/n × (1 − n/N)` for a sample
//! without replacement, and `s²` is the weighted variance of `y − R x` (`svymean(deff = TRUE)`,
//! `svyvar` of R's `survey`; `"replace"` is the one without `1 − n/N`). Example: hamlets of 31 people
//! that think alike (intraclass correlation 0.05) have deff = 1 + 30 × 0.05 = 2.5.

use super::estimates::Estimate;

/// Sums for the variance that a simple random sample would have had. Weights count once here, while
/// in [`super::moments::Moments`] they count twice.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SimpleRandom {
    count: u64,
    weight: f64,
    y: f64,
    x: f64,
    yy: f64,
    xy: f64,
    xx: f64,
}

/// How many times the variance is that of a simple random sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DesignEffect {
    /// Against one drawn without replacement; `None` where weights do not add up to more than the
    /// sample, so that the population is not known from them.
    pub without_replacement: Option<f64>,
    /// Against one drawn with replacement.
    pub with_replacement: f64,
}

impl SimpleRandom {
    /// From sums over respondents: their number and weights, `w [y, x]` and `w [yy, xy, xx]`.
    pub fn of(count: u64, weight: f64, [y, x]: [f64; 2], [yy, xy, xx]: [f64; 3]) -> SimpleRandom {
        SimpleRandom { count, weight, y, x, yy, xy, xx }
    }

    /// Adds a respondent of the domain who answered.
    pub fn add(&mut self, weight: f64, y: f64, x: f64) {
        self.count += 1;
        self.weight += weight;
        self.y += weight * y;
        self.x += weight * x;
        self.yy += weight * y * y;
        self.xy += weight * x * y;
        self.xx += weight * x * x;
    }

    /// Adds what another pass gathered.
    pub fn merge(&mut self, other: &SimpleRandom) {
        self.count += other.count;
        for (sum, more) in [
            (&mut self.weight, other.weight),
            (&mut self.y, other.y),
            (&mut self.x, other.x),
            (&mut self.yy, other.yy),
            (&mut self.xy, other.xy),
            (&mut self.xx, other.xx),
        ] {
            *sum += more;
        }
    }

    /// How many respondents were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The design effect of a ratio; `None` where a simple random sample would have had no error.
    pub fn design_effect(&self, ratio: Estimate) -> Option<DesignEffect> {
        let count = self.count as f64;
        let r = ratio.value;
        let squares = self.yy - 2.0 * r * self.xy + r * r * self.xx;
        let mean_x = self.x / self.weight;
        let variance = squares / self.weight * count / (count - 1.0) / (mean_x * mean_x);
        let simple = variance / count;
        (0.0 < simple).then(|| DesignEffect {
            with_replacement: ratio.variance / simple,
            without_replacement: (count < self.weight)
                .then(|| ratio.variance / (simple * (1.0 - count / self.weight))),
        })
    }
}
