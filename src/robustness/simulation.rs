//! Many draws of weights and shares, each of them ranked.

use super::Fault;
use super::draw::Draw;
use super::duel::{Duel, Pairs};
use super::model::{self, Model, expect_weights};
use super::outcome::{Outcome, Sums, Unit};
use super::product::product;
use super::ranking::{Ranker, ranks, settled};
use super::source::Source;
use rayon::prelude::*;
use std::ops::Range;

/// Draws that one thread computes at once: their weights and sums fit into its cache.
const TOGETHER: usize = 32;

/// Ranks that are kept at once, of as many draws as go in: 8 MB.
const CELLS: usize = 1 << 21;

/// Units that one thread counts at once: their ranks stand in a few lines of the cache.
const TILE: usize = 64;

/// What is uncertain, and how.
pub struct Simulation<'a> {
    /// What is varied.
    pub model: &'a Model,
    /// Where weights come from.
    pub weights: Weights<'a>,
    /// Criteria whose shares are drawn, in any order, each once.
    pub sources: Vec<(usize, &'a dyn Source)>,
    /// The seed of all draws.
    pub seed: u64,
}

/// Where the weights of a draw come from.
#[derive(Clone, Copy, Debug)]
pub enum Weights<'a> {
    /// The model's own in every draw.
    Fixed,
    /// The model's own, each times a number between `1 − x` and `1 + x`, all equally likely, and then
    /// all times one number that brings back their old sum.
    Noise(f64),
    /// These, a vector for each draw, as they are.
    Given(&'a [Vec<f64>]),
}

/// What is to be counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The lowest index of each grade, best first.
    pub grades: &'a [f64],
    /// The pairs to compare.
    pub pairs: Pairs<'a>,
}

/// One draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The weight of each criterion.
    pub weights: Vec<f64>,
    /// The index of each unit.
    pub index: Vec<f64>,
    /// Its rank.
    pub ranks: Vec<u32>,
}

impl Simulation<'_> {
    /// Makes draws `0..draws` and counts what comes out.
    pub fn run(&self, draws: u64, wanted: Wanted) -> Result<Outcome, Fault> {
        self.watched(draws, wanted, &mut |_| {})
    }

    /// [`Simulation::run`] that tells now and then how many draws are done.
    pub fn watched(&self, draws: u64, wanted: Wanted, done: &mut dyn FnMut(u64)) -> Result<Outcome, Fault> {
        let prepared = self.prepare()?;
        self.expect_draws(0..draws)?;
        if !wanted.grades.is_sorted_by(|a, b| b < a) {
            return Err(Fault::Grades);
        }
        let limits: Vec<f64> = wanted.grades.iter().map(|&limit| settled(limit)).collect();
        let (units, own) = (self.model.units(), self.model.index());
        let mut outcome = Outcome {
            draws,
            units: own.iter().map(|own| Unit::new(*own, limits.len())).collect(),
            duels: Duel::all(wanted.pairs, units)?,
        };
        let together = (CELLS / units).clamp(TOGETHER, 32 * TOGETHER) / TOGETHER * TOGETHER;
        let mut block = Block::new(together.min(draws as usize), &own, &limits);
        for first in (0..draws).step_by(together) {
            let count = together.min((draws - first) as usize);
            block.fill(&prepared, first, count, &limits);
            block.count(count, &mut outcome);
            done(first + count as u64);
        }
        Ok(outcome)
    }

    /// Makes one draw, as it is in a run of many.
    pub fn draw(&self, number: u64) -> Result<Drawn, Fault> {
        let prepared = self.prepare()?;
        self.expect_draws(number..number.saturating_add(1))?;
        let mut index = vec![0.0; self.model.units()];
        prepared.draws(number, &mut index);
        let ranks = ranks(&index, self.model.method());
        Ok(Drawn { weights: self.weights_of(number), index, ranks })
    }

    /// That there are such draws.
    fn expect_draws(&self, numbers: Range<u64>) -> Result<(), Fault> {
        let most = match self.weights {
            Weights::Given(rows) => rows.len() as u64,
            _ => u64::from(u32::MAX),
        };
        if numbers.is_empty() || most < numbers.end {
            return Err(Fault::Draws { most });
        }
        if let Weights::Given(rows) = self.weights {
            let rows = &rows[numbers.start as usize..numbers.end as usize];
            rows.iter().try_for_each(|row| expect_weights(self.model.criteria(), row))?;
        }
        Ok(())
    }

    pub(super) fn prepare(&self) -> Result<Prepared<'_>, Fault> {
        let criteria = self.model.criteria();
        if let Weights::Noise(noise) = self.weights
            && !(0.0..=1.0).contains(&noise)
        {
            return Err(Fault::Noise(noise));
        }
        let drawn: Vec<usize> = self.sources.iter().map(|(criterion, _)| *criterion).collect();
        for (at, &criterion) in drawn.iter().enumerate() {
            if criteria <= criterion {
                return Err(Fault::NoCriterion(criterion));
            }
            if drawn[..at].contains(&criterion) {
                return Err(Fault::Twice { criterion });
            }
        }
        Ok(Prepared { simulation: self, tables: self.model.tables(&drawn) })
    }

    fn weights_of(&self, number: u64) -> Vec<f64> {
        match self.weights {
            Weights::Fixed => self.model.weights().to_vec(),
            Weights::Given(rows) => rows[number as usize].clone(),
            Weights::Noise(noise) => {
                let mut draw = Draw::new(self.seed, number, 0);
                noisy(self.model.weights(), |_| 1.0 + noise * (2.0 * draw.uniform() - 1.0))
            }
        }
    }
}

/// Weights times a factor each, with their old sum.
pub(super) fn noisy(weights: &[f64], factor: impl FnMut(usize) -> f64) -> Vec<f64> {
    let factors = (0..weights.len()).map(factor);
    let mut noisy: Vec<f64> = weights.iter().zip(factors).map(|(weight, factor)| weight * factor).collect();
    let sum: f64 = noisy.iter().sum();
    if 0.0 < sum {
        let scale = weights.iter().sum::<f64>() / sum;
        noisy.iter_mut().for_each(|weight| *weight *= scale);
    }
    noisy
}

/// A simulation whose parts fit together.
pub(super) struct Prepared<'a> {
    simulation: &'a Simulation<'a>,
    tables: model::Tables,
}

impl Prepared<'_> {
    /// The indices of draws from `first` on, a row of `N` for each.
    fn draws(&self, first: u64, index: &mut [f64]) {
        let simulation = self.simulation;
        let rows = index.len() / simulation.model.units();
        let weights: Vec<f64> =
            (first..).take(rows).flat_map(|number| simulation.weights_of(number)).collect();
        self.indices(
            &weights,
            |row, source| Draw::new(simulation.seed, first + row as u64, 1 + source),
            index,
        );
    }

    /// Indices from rows of weights and the streams that sources draw from.
    pub(super) fn indices(&self, weights: &[f64], stream: impl Fn(usize, usize) -> Draw, index: &mut [f64]) {
        let model = self.simulation.model;
        product(&self.tables.shares, weights, index);
        let totals = self.tables.totals(weights);
        let mut shares = Vec::new();
        let masks = totals.len() / (index.len() / model.units());
        let rows = weights.chunks_exact(model.criteria()).zip(totals.chunks_exact(masks));
        for (row, ((weights, totals), index)) in rows.zip(index.chunks_exact_mut(model.units())).enumerate() {
            for (at, (criterion, source)) in self.simulation.sources.iter().enumerate() {
                let own = model.shares(*criterion);
                shares.clear();
                shares.extend_from_slice(own);
                source.fill(&mut stream(row, at), &mut shares);
                for ((sum, share), own) in index.iter_mut().zip(&shares).zip(own) {
                    let share = if share.is_nan() { own } else { share };
                    *sum += if own.is_nan() { 0.0 } else { weights[*criterion] * share };
                }
            }
            model.finish(totals, index);
        }
    }
}

/// Some draws of all units on their way to be counted.
struct Block {
    /// Ranks, draw by draw.
    ranks: Vec<u32>,
    /// What else is counted, of [`TOGETHER`] draws each.
    parts: Vec<Part>,
}

/// What is counted of some draws.
#[derive(Clone)]
struct Part {
    /// Unit by unit.
    sums: Vec<Sums>,
    /// For each unit the draws in each grade; empty if no limits are given.
    grades: Vec<u32>,
}

impl Block {
    fn new(draws: usize, own: &[f64], limits: &[f64]) -> Block {
        let grades = if limits.is_empty() { 0 } else { limits.len() + 1 };
        let part = Part {
            sums: own.iter().map(|own| Sums::from(*own)).collect(),
            grades: vec![0; grades * own.len()],
        };
        Block { ranks: vec![0; draws * own.len()], parts: vec![part; draws.div_ceil(TOGETHER)] }
    }

    /// Makes and ranks `count` draws from `first` on.
    fn fill(&mut self, prepared: &Prepared, first: u64, count: usize, limits: &[f64]) {
        let model = prepared.simulation.model;
        let units = model.units();
        let ranks = self.ranks[..count * units].par_chunks_mut(TOGETHER * units);
        let scratch = || (Ranker::default(), vec![0.0; TOGETHER * units]);
        ranks.zip(&mut self.parts).enumerate().for_each_init(
            scratch,
            |(ranker, index), (at, (ranks, part))| {
                let index = &mut index[..ranks.len()];
                prepared.draws(first + (at * TOGETHER) as u64, index);
                part.clear();
                for (index, ranks) in index.chunks_exact(units).zip(ranks.chunks_exact_mut(units)) {
                    ranker.rank(index, model.method(), ranks);
                    part.add(index, limits);
                }
            },
        );
    }

    /// Counts the first `count` draws.
    fn count(&self, count: usize, outcome: &mut Outcome) {
        let units = outcome.units.len();
        let ranks = &self.ranks[..count * units];
        let parts = &self.parts[..count.div_ceil(TOGETHER)];
        let scratch = || vec![0; TILE * count];
        outcome.units.par_chunks_mut(TILE).enumerate().for_each_init(scratch, |turned, (tile, found)| {
            let start = tile * TILE;
            for (draw, ranks) in ranks.chunks_exact(units).enumerate() {
                for (at, rank) in ranks[start..][..found.len()].iter().enumerate() {
                    turned[at * count + draw] = *rank;
                }
            }
            for (at, (unit, ranks)) in found.iter_mut().zip(turned.chunks_exact(count)).enumerate() {
                unit.add(ranks, parts.iter().map(|part| part.of(start + at)));
            }
        });
        Duel::count(&mut outcome.duels, ranks, units);
    }
}

impl Part {
    fn clear(&mut self) {
        self.sums.iter_mut().for_each(Sums::clear);
        self.grades.fill(0);
    }

    fn add(&mut self, index: &[f64], limits: &[f64]) {
        self.sums.iter_mut().zip(index).for_each(|(sums, index)| sums.add(*index));
        for (grades, index) in self.grades.chunks_exact_mut(limits.len() + 1).zip(index) {
            let index = settled(*index);
            grades[limits.iter().filter(|limit| index < **limit).count()] += 1;
        }
    }

    /// What is counted of one unit.
    fn of(&self, unit: usize) -> (Sums, &[u32]) {
        let grades = self.grades.len() / self.sums.len();
        (self.sums[unit], &self.grades[unit * grades..][..grades])
    }
}
