//! Which weights and which uncertain criteria decide the ranking.

use super::Fault;
use super::draw::Draw;
use super::model::mean_shift;
use super::ranking::Ranker;
use super::simulation::{Simulation, Weights, noisy};
use super::sobol::Sample;
use rayon::prelude::*;

/// What is looked at in each draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response {
    /// By how many places units move on average against the ranking without noise, as in COINr.
    MeanShift,
    /// The rank of one unit.
    RankOf(usize),
}

impl Simulation<'_> {
    /// A sample for [`Sample::effects`], whose inputs are the noise of the weights of each group of
    /// criteria and then each source, in their order.
    ///
    /// The weights of criteria in no group stay as they are, until all are brought back to their old
    /// sum. It takes `rows × (inputs + 2)` draws; those of row `r` have the streams `2r` (half `A`)
    /// and `2r + 1` (half `B`). Results are not centred yet: see [`Sample::centred`].
    pub fn deciding(&self, groups: &[Vec<usize>], response: Response, rows: u64) -> Result<Sample, Fault> {
        let prepared = self.prepare()?;
        let group_of = self.group_of(groups)?;
        let (model, inputs) = (self.model, groups.len() + self.sources.len());
        let units = model.units();
        if let Response::RankOf(unit) = response
            && units <= unit
        {
            return Err(Fault::NoUnit(unit));
        }
        let own = model.ranks();
        let answers = |row: u64| {
            let factors = [self.factors(2 * row), self.factors(2 * row + 1)];
            // Halves A, B, AB_0, AB_1, …: of which half an input is.
            let half = |part: usize, input: usize| usize::from(part == 1 || part == input + 2);
            let weights: Vec<f64> = (0..inputs + 2)
                .flat_map(|part| {
                    noisy(model.weights(), |at| {
                        group_of[at].map_or(1.0, |group| factors[half(part, group)][at])
                    })
                })
                .collect();
            let stream = |part: usize, source: usize| {
                Draw::new(self.seed, 2 * row + half(part, groups.len() + source) as u64, 1 + source)
            };
            let mut index = vec![0.0; (inputs + 2) * units];
            prepared.indices(&weights, stream, &mut index);
            let (mut ranker, mut ranks) = (Ranker::default(), vec![0; units]);
            let answer = |index: &[f64]| {
                ranker.rank(index, model.method(), &mut ranks);
                match response {
                    Response::MeanShift => mean_shift(&ranks, &own),
                    Response::RankOf(unit) => f64::from(ranks[unit]),
                }
            };
            index.chunks_exact(units).map(answer).collect()
        };
        let answers: Vec<Vec<f64>> = (0..rows).into_par_iter().map(answers).collect();
        let part = |part: usize| answers.iter().map(|row| row[part]).collect();
        Ok(Sample { a: part(0), b: part(1), ab: (0..inputs).map(|input| part(input + 2)).collect() })
    }

    /// The noise of each weight in a stream.
    fn factors(&self, stream: u64) -> Vec<f64> {
        let mut draw = Draw::new(self.seed, stream, 0);
        let noise = if let Weights::Noise(noise) = self.weights { noise } else { 0.0 };
        self.model.weights().iter().map(|_| 1.0 + noise * (2.0 * draw.uniform() - 1.0)).collect()
    }

    /// The group of each criterion.
    fn group_of(&self, groups: &[Vec<usize>]) -> Result<Vec<Option<usize>>, Fault> {
        if !groups.is_empty() && !matches!(self.weights, Weights::Noise(_))
            || matches!(self.weights, Weights::Given(_))
        {
            return Err(Fault::NoNoise);
        }
        let mut group_of = vec![None; self.model.criteria()];
        for (group, criteria) in groups.iter().enumerate() {
            for &criterion in criteria {
                let place = group_of.get_mut(criterion).ok_or(Fault::NoCriterion(criterion))?;
                if place.replace(group).is_some() {
                    return Err(Fault::Twice { criterion });
                }
            }
        }
        Ok(group_of)
    }
}
