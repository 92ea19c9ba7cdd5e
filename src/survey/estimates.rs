//! Totals, ratios, and whatever is a combination of ratios, each with its variance.

use super::matrix::Matrix;

/// A number that was estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its sampling variance.
    pub variance: f64,
}

impl Estimate {
    /// The standard error.
    pub fn standard_error(self) -> f64 {
        self.variance.sqrt()
    }
}

/// A ratio of two totals, by their columns. A mean is a ratio whose denominator adds up weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// The total above the line.
    pub numerator: usize,
    /// The total below the line.
    pub denominator: usize,
}

/// Estimated totals and their covariance.
///
/// The variance of a ratio `R = Y/X` is that of `Σ w (y − R x)/X` (Woodruff 1971; Cochran 1977, 2.11;
/// `svyratio` of R's `survey`), a linear combination of the totals, so it comes from their covariance.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    totals: Vec<f64>,
    covariance: Matrix,
}

impl Estimates {
    /// From totals and the covariance that a design gives them.
    pub fn new(totals: Vec<f64>, covariance: Matrix) -> Estimates {
        Estimates { totals, covariance }
    }

    /// A total.
    pub fn total(&self, column: usize) -> Estimate {
        Estimate { value: self.totals[column], variance: not_negative(self.covariance.at(column, column)) }
    }

    /// A ratio; `None` where nothing stands below the line.
    pub fn ratio(&self, ratio: Ratio) -> Option<Estimate> {
        self.combination(&[(1.0, ratio)])
    }

    /// A difference of two ratios, what they have in common included: two domains, two items, two years.
    pub fn difference(&self, a: Ratio, b: Ratio) -> Option<Estimate> {
        self.combination(&[(1.0, a), (-1.0, b)])
    }

    /// A weighted sum of ratios: the mean of items, an index of weighted factors.
    pub fn combination(&self, terms: &[(f64, Ratio)]) -> Option<Estimate> {
        let mut gradient = vec![0.0; self.totals.len()];
        let mut value = 0.0;
        for &(factor, ratio) in terms {
            value += factor * self.value(ratio)?;
            self.add_gradient(&mut gradient, factor, ratio)?;
        }
        let variance = self.covariance.form(&gradient, &gradient);
        Some(Estimate { value, variance: if self.is_noise(variance, &gradient) { 0.0 } else { variance } })
    }

    /// Ratios together with their covariance.
    pub fn ratios(&self, ratios: &[Ratio]) -> Option<(Vec<f64>, Matrix)> {
        let values = ratios.iter().map(|ratio| self.value(*ratio)).collect::<Option<_>>()?;
        let mut gradients = vec![vec![0.0; self.totals.len()]; ratios.len()];
        for (gradient, ratio) in gradients.iter_mut().zip(ratios) {
            self.add_gradient(gradient, 1.0, *ratio)?;
        }
        let cell = |row: usize, column: usize| self.covariance.form(&gradients[row], &gradients[column]);
        Some((values, Matrix::from_fn(ratios.len(), cell)))
    }

    /// Whether a variance is nothing but rounding errors: where all units have the same ratio its terms
    /// cancel out, and what is left may even be negative.
    fn is_noise(&self, variance: f64, gradient: &[f64]) -> bool {
        /// A few dozen roundings of a float.
        const NOISE: f64 = 1e-14;
        let term = |at: usize| gradient[at] * gradient[at] * self.covariance.at(at, at);
        variance <= NOISE * (0..gradient.len()).map(term).sum::<f64>()
    }

    fn value(&self, ratio: Ratio) -> Option<f64> {
        let below = self.totals[ratio.denominator];
        (below != 0.0).then(|| self.totals[ratio.numerator] / below)
    }

    /// `∂R/∂Y = 1/X`, `∂R/∂X = −R/X`.
    fn add_gradient(&self, gradient: &mut [f64], factor: f64, ratio: Ratio) -> Option<()> {
        let below = self.totals[ratio.denominator];
        gradient[ratio.numerator] += factor / below;
        gradient[ratio.denominator] -= factor * self.value(ratio)? / below;
        Some(())
    }
}

/// A variance of nothing but rounding errors is none.
fn not_negative(variance: f64) -> f64 {
    variance.max(0.0)
}
