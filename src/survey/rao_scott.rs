//! Does one question depend on another, or on a group? Pearson's test as the design allows it.
//!
//! Under a design the chi-square of a table is a weighted sum of chi-squares whose weights, the
//! generalised design effects, are the eigenvalues of `Δ`; Rao & Scott (1981, 1984) divide by their
//! mean, and Satterthwaite's degrees of freedom `d = (tr Δ)²/tr Δ²` make the second order. With
//! Thomas & Rao's F (1987) this is `svychisq(statistic = "F")` of R's `survey`.

use super::comparison::{ChiSquare, pearson};
use super::distribution::{chi_square_above, f_above};
use super::matrix::Matrix;

/// The test of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaoScott {
    /// `X²/tr Δ`.
    pub f: f64,
    /// Degrees of freedom of the effects.
    pub numerator: f64,
    /// Degrees of freedom of the design, times those of the effects.
    pub denominator: f64,
    /// How likely chance alone gives an F as large.
    pub p: f64,
    /// Pearson's statistic, with the first-order correction of what it says (R's `"Chisq"`).
    pub chi_square: ChiSquare,
}

/// A table of shares that add up to 1, row by row, with their covariance.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// The shares of all cells.
    pub shares: &'a [f64],
    /// How many columns.
    pub columns: usize,
    /// The covariance of the shares.
    pub covariance: &'a Matrix,
    /// Respondents.
    pub count: u64,
    /// Degrees of freedom of the design.
    pub degrees: f64,
}

/// Tests whether rows and columns have to do with each other; `None` for tables without two rows
/// and two columns that hold anything, or without any error.
pub fn rao_scott(table: Table<'_>) -> Option<RaoScott> {
    let count = table.count as f64;
    let counts: Vec<f64> = table.shares.iter().map(|share| share * count).collect();
    let plain = pearson(&counts, table.columns)?;
    let delta = table.design_effects()?;
    let (trace, squares) = (delta.trace(), delta.times(&delta).trace());
    if trace <= 0.0 || squares <= 0.0 {
        return None;
    }
    let numerator = trace * trace / squares;
    let denominator = numerator * table.degrees;
    let f = plain.statistic / trace;
    let first_order = plain.statistic / (trace / delta.size() as f64);
    let chi_square = ChiSquare {
        p: chi_square_above(first_order, delta.size() as f64),
        degrees: delta.size() as f64,
        ..plain
    };
    Some(RaoScott { f, numerator, denominator, p: f_above(f, numerator, denominator), chi_square })
}

impl Table<'_> {
    /// `Δ = (Cᵀ D⁻¹ C/n)⁻¹ (Cᵀ D⁻¹ V D⁻¹ C)`, where `D` holds the shares and `C` is a base of the tables
    /// whose rows and columns add up to nothing. Every base has the same eigenvalues.
    fn design_effects(&self) -> Option<Matrix> {
        let base = self.interactions();
        let inverse = |at: usize| if self.shares[at] == 0.0 { 0.0 } else { 1.0 / self.shares[at] };
        let scale = |table: &Vec<f64>| -> Vec<f64> {
            table.iter().enumerate().map(|(at, x)| x * inverse(at)).collect()
        };
        let scaled: Vec<Vec<f64>> = base.iter().map(scale).collect();
        let product = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        let simple = Matrix::from_fn(base.len(), |row, column| {
            product(&base[row], &scaled[column]) / self.count as f64
        });
        let real =
            Matrix::from_fn(base.len(), |row, column| self.covariance.form(&scaled[row], &scaled[column]));
        simple.solve(real)
    }

    /// For each cell outside of the last row and column: +1 there and in the corner, −1 at the ends of
    /// its row and column.
    fn interactions(&self) -> Vec<Vec<f64>> {
        let (columns, rows) = (self.columns, self.shares.len() / self.columns);
        let mut base = Vec::new();
        for row in 0..rows.saturating_sub(1) {
            for column in 0..columns.saturating_sub(1) {
                let mut table = vec![0.0; self.shares.len()];
                table[row * columns + column] = 1.0;
                table[row * columns + columns - 1] = -1.0;
                table[(rows - 1) * columns + column] = -1.0;
                table[rows * columns - 1] = 1.0;
                base.push(table);
            }
        }
        base
    }
}
