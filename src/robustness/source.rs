//! Where shares of one criterion are not certain: errors of measurement and of sampling, and
//! appraisals that disagree.

use super::draw::Draw;

/// What draws the shares of all units in one criterion.
///
/// A closure that gives the share of one unit is a source too, and is not asked for cells that do
/// not apply: `|draw: &mut Draw, unit: usize| shares[unit] * (0.95 + 0.1 * draw.uniform())`.
pub trait Source: Sync {
    /// Writes the share of the maximum that each unit has in this draw. What comes is the model's
    /// share, NaN where the criterion does not apply; what is written there is not used. Where NaN is
    /// written, the model's share stays.
    fn fill(&self, draw: &mut Draw, shares: &mut [f64]);
}

impl<F: Fn(&mut Draw, usize) -> f64 + Sync> Source for F {
    fn fill(&self, draw: &mut Draw, shares: &mut [f64]) {
        for (unit, share) in shares.iter_mut().enumerate().filter(|(_, share)| !share.is_nan()) {
            *share = self(draw, unit);
        }
    }
}

/// Shares with a standard error, such as those of a survey: normal, and held within 0 and 1.
pub struct Normal<'a> {
    /// The standard error of each unit's share.
    pub errors: &'a [f64],
}

impl Source for Normal<'_> {
    fn fill(&self, draw: &mut Draw, shares: &mut [f64]) {
        for (share, error) in shares.iter_mut().zip(self.errors) {
            *share = (*share + error * draw.normal()).clamp(0.0, 1.0);
        }
    }
}

/// Shares that were drawn elsewhere, such as bootstrap replicates of a survey: one row of them at
/// random for all units, so that what units have in common stays together.
pub struct Replicates<'a> {
    /// Rows of shares, one for each unit.
    pub rows: &'a [Vec<f64>],
}

impl Source for Replicates<'_> {
    fn fill(&self, draw: &mut Draw, shares: &mut [f64]) {
        if let Some(row) = self.rows.get(draw.below(self.rows.len())) {
            shares.iter_mut().zip(row).for_each(|(share, drawn)| *share = *drawn);
        }
    }
}

/// One of two appraisals for each unit, one as likely as the other.
pub struct Either<'a> {
    /// What the unit says itself.
    pub own: &'a [f64],
    /// What the appraisers say.
    pub appraised: &'a [f64],
}

impl Source for Either<'_> {
    fn fill(&self, draw: &mut Draw, shares: &mut [f64]) {
        for ((share, own), appraised) in shares.iter_mut().zip(self.own).zip(self.appraised) {
            *share = if draw.uniform() < 0.5 { *own } else { *appraised };
        }
    }
}

/// A share between two appraisals, all equally likely.
pub struct Between<'a> {
    /// What the unit says itself.
    pub own: &'a [f64],
    /// What the appraisers say.
    pub appraised: &'a [f64],
}

impl Source for Between<'_> {
    fn fill(&self, draw: &mut Draw, shares: &mut [f64]) {
        for ((share, own), appraised) in shares.iter_mut().zip(self.own).zip(self.appraised) {
            *share = own + (appraised - own) * draw.uniform();
        }
    }
}
