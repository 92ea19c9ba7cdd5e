//! The index of `N` units over `C` criteria, as numbers that can be varied.

use super::Fault;
use super::product::{Panels, product};
use super::ranking::ranks;
use crate::criteria_set::Method;
use std::collections::HashMap;

/// What the index is computed from:
/// `100 × (Σ weight × share + extra) ÷ Σ weight`, both sums over the criteria that apply to the unit.
///
/// Example: weights 60 and 40, shares 0.9 and 0.5, 2 points of bonus: 100 × (54 + 20 + 2) ÷ 100 = 76.
/// Without the second criterion (N/A): 100 × (54 + 2) ÷ 60 = 93.3….
#[derive(Clone, Debug)]
pub struct Model {
    weights: Vec<f64>,
    units: usize,
    /// Share of the maximum, criterion by criterion; NaN where it does not apply.
    shares: Vec<f64>,
    extra: Vec<f64>,
    method: Method,
    /// Sets of criteria that apply; most often there is one.
    masks: Vec<Vec<bool>>,
    mask_of: Vec<usize>,
}

/// What other weights make of the ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Shifted {
    /// The index of each unit.
    pub index: Vec<f64>,
    /// Its rank.
    pub ranks: Vec<u32>,
    /// By how many places units move on average, up or down, against the model's own weights.
    pub mean_shift: f64,
}

impl Model {
    /// A model from `C` weights (maximum points), `C × N` shares of the maximum, all units of the
    /// first criterion first, NaN for not applicable, and `N` points outside of the criteria (bonus
    /// less deductions).
    pub fn new(weights: Vec<f64>, shares: Vec<f64>, extra: Vec<f64>, method: Method) -> Result<Model, Fault> {
        let (criteria, units) = (weights.len(), extra.len());
        expect_length(criteria * units, shares.len())?;
        expect_weights(criteria, &weights)?;
        if units == 0 {
            return Err(Fault::NoUnits);
        }
        if let Some(at) = shares.iter().position(|share| share.is_infinite()) {
            return Err(Fault::NotFinite { unit: at % units });
        }
        if let Some(unit) = extra.iter().position(|extra| !extra.is_finite()) {
            return Err(Fault::NotFinite { unit });
        }
        let (mut masks, mut known, mut mask_of) = (Vec::new(), HashMap::new(), Vec::with_capacity(units));
        for unit in 0..units {
            let mask: Vec<bool> = (0..criteria).map(|at| !shares[at * units + unit].is_nan()).collect();
            if !mask.iter().zip(&weights).any(|(applies, weight)| *applies && 0.0 < *weight) {
                return Err(Fault::NothingApplies { unit });
            }
            mask_of.push(*known.entry(mask).or_insert_with_key(|mask| {
                masks.push(mask.clone());
                masks.len() - 1
            }));
        }
        Ok(Model { weights, units, shares, extra, method, masks, mask_of })
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.units
    }

    /// How many criteria there are.
    pub fn criteria(&self) -> usize {
        self.weights.len()
    }

    /// The weight of each criterion.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// What equal units get.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Shares of one criterion, unit by unit.
    pub fn shares(&self, criterion: usize) -> &[f64] {
        &self.shares[criterion * self.units..][..self.units]
    }

    /// The index of each unit.
    pub fn index(&self) -> Vec<f64> {
        self.index_under(&self.weights)
    }

    /// The rank of each unit.
    pub fn ranks(&self) -> Vec<u32> {
        ranks(&self.index(), self.method)
    }

    /// The ranking under other weights; a unit to which nothing with a weight applies has no index
    /// (NaN) and comes last.
    pub fn reweighted(&self, weights: &[f64]) -> Result<Shifted, Fault> {
        expect_weights(self.criteria(), weights)?;
        let index = self.index_under(weights);
        let ranks = ranks(&index, self.method);
        let mean_shift = mean_shift(&ranks, &self.ranks());
        Ok(Shifted { index, ranks, mean_shift })
    }

    /// The ranking without some criteria, other weights as they are.
    pub fn without(&self, criteria: &[usize]) -> Result<Shifted, Fault> {
        let mut weights = self.weights.clone();
        for &criterion in criteria {
            *weights.get_mut(criterion).ok_or(Fault::NoCriterion(criterion))? = 0.0;
        }
        self.reweighted(&weights)
    }

    /// The ranking without each of the criteria, one after the other.
    pub fn without_each(&self) -> Result<Vec<Shifted>, Fault> {
        (0..self.criteria()).map(|criterion| self.without(&[criterion])).collect()
    }

    fn index_under(&self, weights: &[f64]) -> Vec<f64> {
        let mut index = vec![0.0; self.units];
        let tables = self.tables(&[]);
        product(&tables.shares, weights, &mut index);
        self.finish(&tables.totals(weights), &mut index);
        index
    }

    /// What is multiplied with weights. Shares that do not apply are 0, and so are those of some
    /// criteria.
    pub(super) fn tables(&self, but: &[usize]) -> Tables {
        let share = |criterion: usize, unit: usize| {
            let share = self.shares[criterion * self.units + unit];
            if share.is_nan() || but.contains(&criterion) { 0.0 } else { share }
        };
        let applies = |criterion: usize, mask: usize| f64::from(u8::from(self.masks[mask][criterion]));
        Tables {
            shares: Panels::new(self.criteria(), self.units, share),
            applies: Panels::new(self.criteria(), self.masks.len(), applies),
        }
    }

    /// From sums of weighted shares to indices, in place; `totals` are the sums of weights by mask.
    pub(super) fn finish(&self, totals: &[f64], sums: &mut [f64]) {
        let index = |sum: f64, extra: f64, total: f64| {
            if 0.0 < total { 100.0 * (sum + extra) / total } else { f64::NAN }
        };
        let sums = sums.iter_mut().zip(&self.extra);
        if let [total] = *totals {
            sums.for_each(|(sum, extra)| *sum = index(*sum, *extra, total));
        } else {
            sums.zip(&self.mask_of)
                .for_each(|((sum, extra), mask)| *sum = index(*sum, *extra, totals[*mask]));
        }
    }
}

/// What both sums of the index are made of, ready to be multiplied with weights.
pub(super) struct Tables {
    /// Shares by unit.
    pub(super) shares: Panels,
    /// 1 for what applies, by mask.
    applies: Panels,
}

impl Tables {
    /// The sums of weights, a row by mask for each row of weights.
    pub(super) fn totals(&self, weights: &[f64]) -> Vec<f64> {
        let mut totals = vec![0.0; weights.len() / self.applies.criteria() * self.applies.units()];
        product(&self.applies, weights, &mut totals);
        totals
    }
}

/// By how many places units have moved on average.
pub(super) fn mean_shift(ranks: &[u32], from: &[u32]) -> f64 {
    let places: u64 = ranks.iter().zip(from).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    places as f64 / ranks.len() as f64
}

pub(super) fn expect_length(expected: usize, found: usize) -> Result<(), Fault> {
    if expected == found { Ok(()) } else { Err(Fault::Length { expected, found }) }
}

pub(super) fn expect_weights(criteria: usize, weights: &[f64]) -> Result<(), Fault> {
    expect_length(criteria, weights.len())?;
    if let Some(criterion) = weights.iter().position(|weight| !(0.0..f64::INFINITY).contains(weight)) {
        return Err(Fault::Weight { criterion });
    }
    if weights.iter().all(|weight| *weight == 0.0) { Err(Fault::NoWeight) } else { Ok(()) }
}
