//! Differences between units, between options of a group, and between two surveys.

use super::account::Account;
use super::measure::{Gathered, How, Measure};
use crate::number::Percent;
use crate::survey::comparison::{Difference, t_test};
use crate::survey::correction::{benjamini_hochberg, holm};
use crate::survey::design::Fault;
use crate::survey::estimates::Estimate;

/// How p-values are corrected for their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Not at all.
    None,
    /// Holm's.
    Holm,
    /// Benjamini & Hochberg's.
    BenjaminiHochberg,
}

/// Two things compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What is compared, by the caller's numbers.
    pub pair: [usize; 2],
    /// The two indices.
    pub indices: [Percent; 2],
    /// The test of the first less the second; none where an error cannot be told.
    pub test: Option<Difference>,
    /// Why not, where a stratum is the reason.
    pub fault: Option<Fault>,
    /// The p-value after the correction.
    pub corrected: Option<f64>,
}

/// Corrects the p-values of all pairs together.
pub fn correct(pairs: &mut [Compared], correction: Correction) {
    let raw: Vec<f64> = pairs.iter().filter_map(|pair| Some(pair.test?.p)).collect();
    let corrected = match correction {
        Correction::None => raw,
        Correction::Holm => holm(&raw),
        Correction::BenjaminiHochberg => benjamini_hochberg(&raw),
    };
    let mut corrected = corrected.into_iter();
    for pair in pairs.iter_mut().filter(|pair| pair.test.is_some()) {
        pair.corrected = corrected.next();
    }
}

impl Gathered<'_> {
    /// Compares two domains that have no form in common.
    pub fn compare(
        &self,
        pair: [usize; 2],
        accounts: [&Account; 2],
        at: usize,
        how: How,
    ) -> Option<Compared> {
        let [a, b] = accounts;
        let measures = [self.measure(a, at, how)?, self.measure(b, at, how)?];
        let test = || {
            let together = self.difference(accounts, at, how.lonely)?.ok()?;
            let more = beyond(&measures[0])? + beyond(&measures[1])?;
            let difference = Estimate { variance: together.variance + more, ..together };
            let mut both = a.clone();
            both.merge(b);
            let degrees = self.drawing.degrees_of_freedom(&both);
            (0.0 < degrees).then(|| t_test(difference, degrees, how.level))
        };
        let fault = measures.iter().find_map(|measure| measure.estimate.err());
        let indices = measures.each_ref().map(|of| of.index);
        Some(Compared { pair, indices, test: test(), fault, corrected: None })
    }
}

/// Compares an index with that of another survey, whose people were drawn anew: the degrees of freedom
/// are Satterthwaite's (1946).
pub fn between_surveys(pair: [usize; 2], [a, b]: [&Measure; 2], how: How) -> Compared {
    let test = || {
        let estimates = [a.share()?.for_comparison(), b.share()?.for_comparison()];
        let [v, w] = estimates.map(|estimate| estimate.variance);
        let degrees = (v + w) * (v + w) / (v * v / a.degrees + w * w / b.degrees);
        let difference = Estimate { value: estimates[0].value - estimates[1].value, variance: v + w };
        (0.0 < degrees).then(|| t_test(difference, degrees, how.level))
    };
    let fault = a.estimate.err().or(b.estimate.err());
    Compared { pair, indices: [a.index, b.index], test: test(), fault, corrected: None }
}

/// What a share of 0 or 1 has more of variance in comparisons.
fn beyond(measure: &Measure) -> Option<f64> {
    let share = measure.share()?;
    Some(share.for_comparison().variance - share.estimate.variance)
}
