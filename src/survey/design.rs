//! How the sample was drawn, and the covariance that this gives to totals.
//!
//! For totals `t` of the units in stratum `h`, `n` drawn of `N`:
//!
//! ```text
//!  V = Σ_h (1 − n/N) n/(n−1) Σ_i (t_i − t̄)(t_i − t̄)ᵀ  +  Σ_h n/N Σ_i V_i
//! ```
//!
//! where `V_i` is the same formula for the units drawn within unit `i`, if those were drawn without
//! replacement too (Särndal, Swensson & Wretman 1992, 4.3; `svyrecvar` of R's `survey`, after
//! Bellhouse 1985). Example: 9 of 90 hamlets, 2 of 20 households in each: the first term is taken
//! ×0.9, the second, from households within hamlets, ×0.1 × 0.9.

use super::matrix::Matrix;
use super::moments::{Moments, Totals};

/// Of how many units some were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Population {
    /// Drawn with replacement, or of so many that it does not matter.
    #[default]
    Endless,
    /// This many.
    Size(f64),
    /// The share that was drawn.
    Fraction(f64),
}

/// How many units were drawn in a group, and of how many.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Drawn {
    /// Units in the sample, with those that did not answer a question.
    pub units: u64,
    /// Units that there are.
    pub population: Population,
}

impl Drawn {
    /// The share that was drawn: `n/N`; 0 where there is no end to them.
    pub fn fraction(self) -> f64 {
        match self.population {
            Population::Endless => 0.0,
            Population::Size(size) => self.units as f64 / size,
            Population::Fraction(fraction) => fraction,
        }
    }

    /// Whether everything was drawn, so that there is no sampling error (R's bound).
    fn is_whole(self) -> bool {
        1.0 - self.fraction() < 1e-7
    }
}

/// What becomes of a group of which one unit was drawn: its variance cannot be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lonely {
    /// Nothing is computed.
    #[default]
    Fail,
    /// It adds nothing to the variance.
    Remove,
    /// It is sure to be in the sample, so it adds nothing to the variance.
    Certainty,
    /// It is held against the mean of all units: a cautious choice.
    Adjust,
    /// It adds what the other groups add on average.
    Average,
}

/// Why there is no variance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// One unit was drawn in this stratum.
    LonelyStratum(usize),
    /// One unit was drawn within this unit of the first stage.
    LonelyUnit(usize),
    /// More were drawn in this stratum than there are.
    TooManyInStratum(usize),
    /// More were drawn within this unit of the first stage than there are.
    TooManyInUnit(usize),
    /// Units were counted in this stratum, or within this unit of the first stage, that the design
    /// does not know of.
    NotDrawn(usize),
    /// No stratum has two units.
    NothingToCompare,
}

/// A sampling design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// The strata; one where there are none.
    pub strata: Vec<Drawn>,
    /// What was drawn within the units of the first stage, where that counts.
    pub within: Option<Within>,
    /// What becomes of strata with one unit.
    pub lonely: Lonely,
}

/// The second stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Within {
    /// What was drawn within each unit of the first stage.
    pub units: Vec<Drawn>,
    /// The stratum of each.
    pub stratum_of: Vec<usize>,
}

impl Design {
    /// Units of the first stage less strata (R's `degf`).
    pub fn degrees_of_freedom(&self) -> f64 {
        let drawn = self.strata.iter().filter(|stratum| 0 < stratum.units);
        drawn.map(|stratum| stratum.units as f64 - 1.0).sum()
    }

    /// The covariance of totals, from moments per stratum; what was drawn within units does not count.
    ///
    /// # Errors
    /// A stratum with one unit where that is to fail; more units than there are.
    pub fn covariance(&self, moments: &Moments) -> Result<Matrix, Fault> {
        Stage { groups: &self.strata, lonely: self.lonely, is_second: false }.covariance(moments, |_| 1.0)
    }

    /// The covariance of totals, from moments per unit of the first stage: both stages count.
    /// Without a second stage it is the covariance of the first.
    ///
    /// # Errors
    /// As [`Design::covariance`], also for units in which one was drawn.
    pub fn two_stage_covariance(&self, moments: &Moments) -> Result<Matrix, Fault> {
        let Some(within) = &self.within else {
            return self.covariance(moments);
        };
        let first = Moments::of(moments.totals(), &within.stratum_of);
        let mut covariance = self.covariance(&first)?;
        let share = |unit: usize| {
            let stratum = within.stratum_of.get(unit).and_then(|&stratum| self.strata.get(stratum));
            stratum.map_or(0.0, |stratum| stratum.fraction())
        };
        let second = Stage { groups: &within.units, lonely: self.lonely, is_second: true };
        covariance.add_scaled(&second.covariance(moments, share)?, 1.0);
        Ok(covariance)
    }
}

/// The groups of one stage.
struct Stage<'a> {
    groups: &'a [Drawn],
    lonely: Lonely,
    /// Whether the groups are units of the first stage.
    is_second: bool,
}

impl Stage<'_> {
    /// The sum of the groups' covariances, each times a factor.
    fn covariance(&self, moments: &Moments, factor: impl Fn(usize) -> f64) -> Result<Matrix, Fault> {
        let width = moments.totals().width();
        let drawn = |group: usize| self.groups.get(group).map_or(0, |drawn| drawn.units);
        let counted = moments.totals().groups();
        if let Some(group) = (0..counted).find(|&group| drawn(group) < moments.totals().count(group)) {
            return Err(Fault::NotDrawn(group));
        }
        let mut sum = Matrix::zeros(width);
        let (mut groups, mut unknown) = (0, 0);
        for (at, &drawn) in self.groups.iter().enumerate().filter(|(_, drawn)| 0 < drawn.units) {
            let factor = factor(at);
            if 1.0 + 1e-7 < drawn.fraction() {
                return Err(self.too_many(at));
            }
            groups += 1;
            if factor == 0.0 || drawn.is_whole() {
                continue;
            }
            let rest = factor * (1.0 - drawn.fraction());
            match (drawn.units, self.lonely) {
                (2.., _) => add_spread(&mut sum, moments, at, drawn.units as f64, rest),
                (_, Lonely::Fail) => return Err(self.lonely(at)),
                (_, Lonely::Remove | Lonely::Certainty) => {}
                (_, Lonely::Adjust) => self.add_distance(&mut sum, moments.totals(), at, rest),
                (_, Lonely::Average) => unknown += 1,
            }
        }
        match unknown {
            0 => Ok(sum),
            _ if groups == unknown => Err(Fault::NothingToCompare),
            _ => Ok(sum.scaled(f64::from(groups) / f64::from(groups - unknown))),
        }
    }

    fn lonely(&self, group: usize) -> Fault {
        if self.is_second { Fault::LonelyUnit(group) } else { Fault::LonelyStratum(group) }
    }

    fn too_many(&self, group: usize) -> Fault {
        if self.is_second { Fault::TooManyInUnit(group) } else { Fault::TooManyInStratum(group) }
    }

    /// The square of one unit's distance from the mean of all units. A linearised value has mean 0, so
    /// that for ratios this is what R adds.
    fn add_distance(&self, sum: &mut Matrix, totals: &Totals, group: usize, rest: f64) {
        let units: f64 = self.groups.iter().map(|drawn| drawn.units as f64).sum();
        let own = totals.sums(group);
        let overall = totals.overall();
        let distance = |at: usize| own.map_or(0.0, |own| own[at]) - overall[at] / units;
        sum.add_scaled(&Matrix::from_fn(sum.size(), |row, column| distance(row) * distance(column)), rest);
    }
}

/// `rest × n/(n−1) × (Σ t tᵀ − (Σ t)(Σ t)ᵀ/n)`: units that were not added are zeros.
fn add_spread(sum: &mut Matrix, moments: &Moments, group: usize, units: f64, rest: f64) {
    let Some(sums) = moments.totals().sums(group) else { return };
    let scale = rest * units / (units - 1.0);
    for row in 0..sum.size() {
        for column in 0..sum.size() {
            let spread = moments.product(group, row, column) - sums[row] * sums[column] / units;
            sum.add(row, column, scale * spread);
        }
    }
}
