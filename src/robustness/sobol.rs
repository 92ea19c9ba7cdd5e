//! Which inputs a result hangs on: Sobol's effects, from the results of a sample.
//!
//! The sample has two independent halves `A` and `B` of `n` rows and, for each input `i`, a half
//! `AB_i`: `A` with the column of `i` from `B`. From the results `y` of all rows come
//!
//! - the *first-order* effect, the part of the variance that would go if `i` were known:
//!   `mean(y_B (y_AB − y_A)) ÷ V` (Saltelli et al. 2010, *Computer Physics Communications* 181,
//!   259–270, table 2 b);
//! - the *total* effect, the part that stays as long as `i` is not known, in company with others too:
//!   `mean((y_A − y_AB)²) ÷ 2V` (Jansen 1999, *Computer Physics Communications* 117, 35–43),
//!
//! with `V` the variance of `y_A` and `y_B` together (n − 1). These are the estimators of COINr.
//!
//! They are estimates: in a small sample a first-order effect may be below 0 or above the total one.
//! The first-order estimator is the worse the farther results lie from 0 beside their spread (the
//! effects themselves do not depend on that), so results such as ranks are brought there first:
//! [`Sample::centred`].

use super::draw::Draw;
use crate::survey::interval::Interval;
use rayon::prelude::*;

/// How much one input matters; NaN if the results do not vary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The first-order effect.
    pub first: f64,
    /// The total effect.
    pub total: f64,
}

/// The results of a sample, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Of half `A`.
    pub a: Vec<f64>,
    /// Of half `B`.
    pub b: Vec<f64>,
    /// Of `AB_i`, input by input.
    pub ab: Vec<Vec<f64>>,
}

impl Sample {
    /// The same results less the mean of both halves.
    pub fn centred(mut self) -> Sample {
        let mean = (self.a.iter().sum::<f64>() + self.b.iter().sum::<f64>()) / (2 * self.a.len()) as f64;
        let halves = [&mut self.a, &mut self.b].into_iter().chain(&mut self.ab);
        halves.flatten().for_each(|y| *y -= mean);
        self
    }

    /// The effect of each input.
    pub fn effects(&self) -> Vec<Effect> {
        self.effects_of(&|row| row)
    }

    /// Intervals of the first-order and the total effect of each input with a confidence level such
    /// as 0.95, from a bootstrap of rows (percentiles; Archer, Saltelli & Sobol 1997, *Journal of
    /// Statistical Computation and Simulation* 58, 99–120).
    pub fn intervals(&self, replicates: u64, level: f64, seed: u64) -> Vec<(Interval, Interval)> {
        let replicate = |number: u64| {
            let mut draw = Draw::new(seed, number, 0);
            let rows: Vec<usize> = self.a.iter().map(|_| draw.below(self.a.len())).collect();
            self.effects_of(&|row| rows[row])
        };
        let found: Vec<Vec<Effect>> = (0..replicates).into_par_iter().map(replicate).collect();
        let interval = |input: usize, value: fn(&Effect) -> f64| {
            let mut values: Vec<f64> = found.iter().map(|effects| value(&effects[input])).collect();
            values.sort_by(f64::total_cmp);
            let tail = (1.0 - level) / 2.0;
            Interval { low: quantile(&values, tail), high: quantile(&values, 1.0 - tail) }
        };
        let both = |input| (interval(input, |effect| effect.first), interval(input, |effect| effect.total));
        (0..self.ab.len()).map(both).collect()
    }

    fn effects_of(&self, row: &impl Fn(usize) -> usize) -> Vec<Effect> {
        let rows = || (0..self.a.len()).map(row);
        let count = self.a.len() as f64;
        let both = || rows().map(|row| self.a[row]).chain(rows().map(|row| self.b[row]));
        let mean = both().sum::<f64>() / (2.0 * count);
        let variance = both().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (2.0 * count - 1.0);
        let effect = |ab: &Vec<f64>| Effect {
            first: rows().map(|row| self.b[row] * (ab[row] - self.a[row])).sum::<f64>() / (count * variance),
            total: rows().map(|row| (self.a[row] - ab[row]) * (self.a[row] - ab[row])).sum::<f64>()
                / (2.0 * count * variance),
        };
        self.ab.iter().map(effect).collect()
    }
}

/// A quantile of ordered values, type 7; NaN without any.
fn quantile(values: &[f64], probability: f64) -> f64 {
    let place = values.len().saturating_sub(1) as f64 * probability;
    let (Some(low), high) = (values.get(place as usize), values.get(place as usize + 1)) else {
        return f64::NAN;
    };
    low + (high.unwrap_or(low) - low) * (place - place.floor())
}
