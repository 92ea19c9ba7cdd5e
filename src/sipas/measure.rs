//! An index and how sure one can be of it.

use super::account::{Account, Groups, Sums};
use super::calibrated::Fitted;
use super::drawing::Drawing;
use super::layout::{Layout, Measured};
use super::weighed::Weighed;
use crate::answers::Surveyed;
use crate::number::Percent;
use crate::questionnaire::{Overall, Part};
use crate::survey::design::{Fault, Lonely};
use crate::survey::estimates::{Estimate, Estimates, Ratio};
use crate::survey::interval::{Interval, Method, Share};
use crate::survey::matrix::Matrix;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::HashMap;

/// All forms of a survey, gathered.
#[derive(Debug)]
pub struct Gathered<'a> {
    /// What is measured.
    pub layout: Layout<'a>,
    /// What the forms are about.
    pub surveyed: Surveyed,
    /// How the sample was drawn.
    pub drawing: Drawing,
    /// The valid forms of each unit; none where it has none.
    pub units: Vec<Option<Account>>,
    /// The valid forms of all units.
    pub all: Account,
    /// For each group that was asked for, those of a unit that chose an option.
    pub by: Vec<(usize, Options)>,
    /// The forms with fitted weights, where they were fitted.
    pub fitted: Option<Fitted>,
}

/// Valid forms by unit and option.
pub type Options = HashMap<(u32, u8), Account>;

/// How errors are computed.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// The method of intervals.
    pub method: Method,
    /// Their level, such as 0.95.
    pub level: f64,
    /// What becomes of strata with one unit.
    pub lonely: Lonely,
}

/// An index, and how sure one can be of it. Shares are from 0 to 1.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Forms with a valid answer.
    pub forms: u64,
    /// Satisfied answers ÷ valid answers, exact, in percent.
    pub index: Percent,
    /// The share with its variance, or why it has none.
    pub estimate: Result<Estimate, Fault>,
    /// Degrees of freedom.
    pub degrees: f64,
    /// The confidence interval.
    pub interval: Option<Interval>,
    /// The design effect, against a sample drawn with replacement.
    pub effect: Option<f64>,
}

impl Measure {
    /// The share for [`Share::interval`] and comparisons.
    pub fn share(&self) -> Option<Share> {
        let estimate = self.estimate.ok()?;
        Some(Share { estimate, count: self.forms, degrees: self.degrees })
    }
}

impl Gathered<'_> {
    /// Measures something in a domain; `None` where nobody gave a valid answer.
    pub fn measure(&self, account: &Account, at: usize, how: How) -> Option<Measure> {
        let index = self.index(account, self.layout.measured[at])?;
        let degrees = self.drawing.degrees_of_freedom(account);
        let forms = account.pairs.count(at);
        let mut estimate = self.estimate(account, at, how.lonely)?;
        // Where everybody agrees there is no spread; sums of squares leave a trace of rounding.
        let is_bound = index.exact().is_zero() || index.exact() == Decimal::ONE_HUNDRED;
        if let Some(estimate) = estimate.as_mut().ok().filter(|_| is_bound) {
            estimate.variance = 0.0;
        }
        let mut measure = Measure { forms, index, estimate, degrees, interval: None, effect: None };
        if let Some(share) = measure.share().filter(|_| 0.0 < degrees) {
            measure.interval = Some(share.interval(how.method, how.level));
            let is_ratio = at != 0 || self.layout.mean_of.is_empty();
            let effect = account.pairs.simple(at).design_effect(share.estimate).filter(|_| is_ratio);
            measure.effect = effect.map(|effect| effect.with_replacement).filter(|effect| effect.is_finite());
        }
        Some(measure)
    }

    /// The exact index of something; `None` where nobody gave a valid answer.
    pub fn index(&self, account: &Account, measured: Measured) -> Option<Percent> {
        let asked = self.layout.questionnaire;
        let of = |part: Part| self.index(account, Measured::Part(part)).map(Percent::exact);
        let mean = |parts: Vec<Part>| -> Option<Decimal> {
            let count = Decimal::from(parts.len() as u64);
            Some(parts.into_iter().map(of).sum::<Option<Decimal>>()? / count)
        };
        let factors = || (0..asked.factors.len()).map(Part::Factor).collect::<Vec<_>>();
        let index = match (measured, &asked.overall) {
            (Measured::Part(Part::Overall), Overall::MeanOfItems) => {
                mean(asked.items_in(Part::Overall).into_iter().map(Part::Item).collect())?
            }
            (Measured::Part(Part::Overall), Overall::MeanOfFactors) => mean(factors())?,
            (Measured::Part(Part::Overall), Overall::WeightedFactors(weights)) => {
                let parts = factors().into_iter().zip(weights);
                parts.map(|(part, weight)| Some(of(part)? * weight)).sum::<Option<Decimal>>()?
            }
            _ => {
                let (satisfied, valid) = account.exact(&self.layout, measured);
                (satisfied * Decimal::ONE_HUNDRED).checked_div(valid)?
            }
        };
        Some(Percent::new(index))
    }

    fn estimate(&self, account: &Account, at: usize, lonely: Lonely) -> Option<Result<Estimate, Fault>> {
        let estimates = match self.totals(&[account], at, lonely)? {
            Ok((totals, covariance)) => Estimates::new(totals, covariance),
            Err(fault) => return Some(Err(fault)),
        };
        Some(Ok(estimates.combination(&self.terms(at, 0, 1.0))?))
    }

    /// The totals from which something is computed in each of several domains that have no form in
    /// common, side by side, and their covariance; `None` where a domain does not measure it.
    ///
    /// # Errors
    /// A stratum whose error cannot be told.
    pub(super) fn totals(
        &self,
        accounts: &[&Account],
        at: usize,
        lonely: Lonely,
    ) -> Option<Result<(Vec<f64>, Matrix), Fault>> {
        if let Some(fitted) = &self.fitted {
            let parts: Vec<usize> = match at {
                0 if !self.layout.mean_of.is_empty() => {
                    self.layout.mean_of.iter().map(|(_, at)| *at).collect()
                }
                at => vec![at],
            };
            let by: Vec<usize> = self.by.iter().map(|(asked, _)| *asked).collect();
            let of = (accounts, &parts[..], &by[..]);
            return Some(fitted.covariance(&self.layout, &self.drawing, of, lonely));
        }
        let sums = accounts.iter().map(|account| self.sums(account, at)).collect::<Option<Vec<_>>>()?;
        if let ([account], [sums]) = (accounts, &sums[..]) {
            return Some(self.drawing.covariance(&account.groups, sums, lonely));
        }
        let width = self.width(at);
        let mut groups = Groups::default();
        let mut side_by_side = self.drawing.sums(width * accounts.len());
        for (domain, (account, sums)) in accounts.iter().zip(sums).enumerate() {
            for (of, group) in account.groups.all.iter().enumerate() {
                side_by_side.absorb(groups.number(*group), &sums, of, domain * width);
            }
        }
        Some(self.drawing.covariance(&groups, &side_by_side, lonely))
    }

    /// How many totals something is computed from.
    fn width(&self, at: usize) -> usize {
        if at == 0 { 2 * self.layout.mean_of.len().max(1) } else { 2 }
    }

    /// The sums that something is computed from.
    fn sums<'b>(&self, account: &'b Account, at: usize) -> Option<Cow<'b, Sums>> {
        if at == 0 && !self.layout.mean_of.is_empty() {
            return account.wide.as_ref().map(Cow::Borrowed);
        }
        (at < account.pairs.parts()).then(|| Cow::Owned(account.pairs.sums(at)))
    }

    /// The ratios that something is the sum of, whose totals begin at `offset`.
    fn terms(&self, at: usize, offset: usize, sign: f64) -> Vec<(f64, Ratio)> {
        let ratio = |pair: usize| Ratio { numerator: offset + 2 * pair, denominator: offset + 2 * pair + 1 };
        match at {
            0 if !self.layout.mean_of.is_empty() => {
                let weights = self.layout.mean_of.iter().enumerate();
                weights.map(|(pair, (weight, _))| (sign * weight, ratio(pair))).collect()
            }
            _ => vec![(sign, ratio(0))],
        }
    }

    /// The difference of something between two domains that have no form in common, with what they
    /// have in common by design: a stratum, a cluster.
    ///
    /// # Errors
    /// A stratum whose error cannot be told.
    pub fn difference(
        &self,
        [a, b]: [&Account; 2],
        at: usize,
        lonely: Lonely,
    ) -> Option<Result<Estimate, Fault>> {
        let estimates = match self.totals(&[a, b], at, lonely)? {
            Ok((totals, covariance)) => Estimates::new(totals, covariance),
            Err(fault) => return Some(Err(fault)),
        };
        let terms = [self.terms(at, 0, 1.0), self.terms(at, self.width(at), -1.0)].concat();
        Some(Ok(estimates.combination(&terms)?))
    }

    /// How answers are distributed over the labels of one scale, weighted; `None` where the items have
    /// several scales.
    pub fn distribution(&self, account: &Account, part: Part) -> Option<(usize, Vec<Weighed>)> {
        let asked = self.layout.questionnaire;
        let items = asked.items_in(part);
        let scale = asked.items[*items.first()?].scale;
        let mut labels = vec![Weighed::default(); asked.scales[scale].labels.len()];
        for item in items {
            if asked.items[item].scale != scale {
                return None;
            }
            let cells = &account.cells[self.layout.cells[item]..];
            labels.iter_mut().zip(cells).for_each(|(label, cell)| label.merge(*cell));
        }
        Some((scale, labels))
    }
}
