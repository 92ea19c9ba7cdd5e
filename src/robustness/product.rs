//! Weights of many draws times shares of many units.
//!
//! Compiled for several kinds of processors, of which the running one picks its own. Every sum runs
//! over the criteria in their order, with a plain product and a plain addition (never fused), so all
//! of them come to the same bits.

use fearless_simd::{Level, Simd, dispatch};

/// Units that are computed at once; with [`ROWS`] as many sums as the registers of AVX hold.
const WIDTH: usize = 8;

/// Draws that are computed at once.
const ROWS: usize = 4;

/// Shares in strips of units, criterion by criterion, so that a strip stays in the nearest cache.
pub(super) struct Panels {
    criteria: usize,
    units: usize,
    strips: Vec<[f64; WIDTH]>,
}

impl Panels {
    /// The panels of a table that is read by criterion and unit.
    pub(super) fn new(criteria: usize, units: usize, share: impl Fn(usize, usize) -> f64) -> Panels {
        let mut strips = Vec::with_capacity(units.div_ceil(WIDTH) * criteria);
        for start in (0..units).step_by(WIDTH) {
            let cell = |criterion, unit: usize| if unit < units { share(criterion, unit) } else { 0.0 };
            let strip = |criterion| std::array::from_fn(|at| cell(criterion, start + at));
            strips.extend((0..criteria).map(strip));
        }
        Panels { criteria, units, strips }
    }

    pub(super) fn criteria(&self) -> usize {
        self.criteria
    }

    pub(super) fn units(&self) -> usize {
        self.units
    }
}

/// Sums of weighted shares: a row of `N` sums for each row of `C` weights.
pub(super) fn product(panels: &Panels, weights: &[f64], sums: &mut [f64]) {
    dispatch!(Level::new(), simd => rows_of_sums(simd, panels, weights, sums));
}

#[inline(always)]
fn rows_of_sums<S: Simd>(_: S, panels: &Panels, weights: &[f64], sums: &mut [f64]) {
    let (criteria, units) = (panels.criteria, panels.units);
    let rows: Vec<Vec<[f64; ROWS]>> =
        weights.chunks(ROWS * criteria).map(|rows| interleaved(rows, criteria)).collect();
    for (strip, start) in panels.strips.chunks_exact(criteria).zip((0..units).step_by(WIDTH)) {
        let width = WIDTH.min(units - start);
        for (rows, sums) in rows.iter().zip(sums.chunks_mut(ROWS * units)) {
            let found = sums_of(strip, rows);
            for (row, found) in sums.chunks_exact_mut(units).zip(&found) {
                row[start..][..width].copy_from_slice(&found[..width]);
            }
        }
    }
}

#[inline(always)]
fn sums_of(strip: &[[f64; WIDTH]], rows: &[[f64; ROWS]]) -> [[f64; WIDTH]; ROWS] {
    let mut sums = [[0.0; WIDTH]; ROWS];
    for (shares, weights) in strip.iter().zip(rows) {
        for (sums, weight) in sums.iter_mut().zip(weights) {
            for (sum, share) in sums.iter_mut().zip(shares) {
                *sum += weight * share;
            }
        }
    }
    sums
}

/// The weights of a few draws, criterion by criterion; 0 for draws that there are not.
fn interleaved(rows: &[f64], criteria: usize) -> Vec<[f64; ROWS]> {
    let weight = |row: usize, criterion: usize| rows.get(row * criteria + criterion).copied().unwrap_or(0.0);
    (0..criteria).map(|criterion| std::array::from_fn(|row| weight(row, criterion))).collect()
}
