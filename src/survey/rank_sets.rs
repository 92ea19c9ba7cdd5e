//! Ranks that cannot be told apart: confidence sets of ranks.
//!
//! A rank is a count of better units, so it is as sure as the differences are. Mogstad, Romano,
//! Shaikh & Wilhelm (2024, *Review of Economic Studies* 91, 476–518) test for each pair whether one
//! unit is better than the other, so that no pair is told apart wrongly with the given confidence;
//! a unit with `b` units told to be better and `w` to be worse, of `p`, has a rank from `1 + b` to
//! `p − w`. A *marginal* set is right for one unit that was chosen beforehand and takes the tests with
//! that unit; *simultaneous* sets are right for all units at once and take all pairs.
//!
//! Their critical values come from a bootstrap; here they are those of Holm's stepdown over one-sided
//! tests, which hold whatever the differences have to do with each other, and are a little wider.
//! (Klein, Wright & Wieczorek 2020 do without differences and compare joint intervals of the single
//! values.) Example: A 90, B 86, C 85 with standard errors of 1: A is first (1–1), B and C are 2–3.

use super::distribution::t_quantile;

/// The best and the worst rank that a unit may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankSet {
    /// The best; 1 is first.
    pub best: usize,
    /// The worst.
    pub worst: usize,
}

/// Units to be ranked, high to low.
pub struct Ranked<'a, E: Fn(usize, usize) -> f64> {
    /// What they are ranked by.
    pub values: &'a [f64],
    /// The standard error of the difference of two units.
    pub error: E,
    /// Degrees of freedom; infinite for the normal.
    pub degrees: f64,
}

impl<E: Fn(usize, usize) -> f64> Ranked<'_, E> {
    /// Sets of which each is right with the given confidence.
    pub fn marginal(&self, level: f64) -> Vec<RankSet> {
        let count = self.values.len();
        let set = |unit: usize| {
            let others = (0..count).filter(|&other| other != unit);
            let sizes: Vec<f64> = others.map(|other| self.t(unit, other)).collect();
            let bound = self.bound(&sizes, level);
            let better = sizes.iter().filter(|t| **t < -bound).count();
            let worse = sizes.iter().filter(|t| bound < **t).count();
            RankSet { best: 1 + better, worst: count - worse }
        };
        (0..count).map(set).collect()
    }

    /// Sets that are all right at once with the given confidence.
    pub fn simultaneous(&self, level: f64) -> Vec<RankSet> {
        let count = self.values.len();
        let pairs = || (0..count).flat_map(|a| (0..a).map(move |b| (a, b)));
        let sizes: Vec<f64> = pairs().map(|(a, b)| self.t(a, b)).collect();
        let bound = self.bound(&sizes, level);
        let mut sets = vec![RankSet { best: 1, worst: count }; count];
        for ((a, b), t) in pairs().zip(&sizes).filter(|(_, t)| bound < t.abs()) {
            let (better, worse) = if 0.0 < *t { (a, b) } else { (b, a) };
            sets[better].worst -= 1;
            sets[worse].best += 1;
        }
        sets
    }

    /// A difference in standard errors.
    fn t(&self, a: usize, b: usize) -> f64 {
        let difference = self.values[a] - self.values[b];
        if difference == 0.0 { 0.0 } else { difference / (self.error)(a, b) }
    }

    /// Beyond which size a difference tells units apart. Each pair has two one-sided tests; those
    /// that are told apart leave a milder bound for the rest (Holm 1979).
    fn bound(&self, sizes: &[f64], level: f64) -> f64 {
        let mut told = 0;
        loop {
            let left = (2 * sizes.len() - told) as f64;
            if left == 0.0 {
                return f64::INFINITY;
            }
            let bound = -t_quantile((1.0 - level) / left, self.degrees);
            let now = sizes.iter().filter(|size| bound < size.abs()).count();
            if now == told {
                return bound;
            }
            told = now;
        }
    }
}
