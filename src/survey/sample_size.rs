//! How many to ask, and what a number of answers brings.
//!
//! | formula | n | source |
//! |---|---|---|
//! | Slovin | `N/(1 + N e²)` | the ministry's guideline (Decision 1383/QĐ-BNV); Yamane 1967. It is Cochran's with z = 2 and p = 50 % |
//! | Cochran | `n₀ = z² p (1 − p)/e²` | Cochran 1977, 4.4 |
//! | finite | `n₀/(1 + (n₀ − 1)/N)` | Cochran 1977, 4.4 |
//! | exact | `N z² p (1 − p)/((N − 1) e² + z² p (1 − p))` | Krejcie & Morgan 1970; equal to the finite one |
//!
//! Then times the design effect, at most everybody, and divided by the response rate. Example: 34,170
//! people, e = 5 %, p = 50 %, 95 %: Slovin 396, Cochran 385, finite and exact 380.

use super::interval::critical;

/// A formula for the size of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// `N/(1 + N e²)`.
    Slovin,
    /// For a population without end.
    Cochran,
    /// Cochran's, corrected for the population.
    Finite,
    /// From the variance of a sample without replacement.
    Exact,
}

impl Formula {
    /// All, in the order in which they are shown.
    pub const ALL: [Formula; 4] = [Formula::Slovin, Formula::Cochran, Formula::Finite, Formula::Exact];
}

/// What is wanted, and what is expected. Shares are from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// How far off the estimate may be: 0.05 for ±5 points.
    pub margin: f64,
    /// The share that is expected; 0.5 asks for the most answers.
    pub share: f64,
    /// How sure: 0.95.
    pub level: f64,
    /// How many times the variance is that of a simple random sample.
    pub design_effect: f64,
    /// The share of forms that come back valid.
    pub response: f64,
    /// How many people there are, if that is known.
    pub population: Option<f64>,
}

/// The size of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// What the formula says of a simple random sample, unrounded.
    pub simple: f64,
    /// Valid answers that are needed.
    pub answers: u64,
    /// Forms to hand out.
    pub forms: u64,
}

impl Wanted {
    /// The size of a sample; `None` where the formula needs the population.
    pub fn size(&self, formula: Formula) -> Option<Size> {
        let simple = self.simple(formula)?;
        let most = self.population.unwrap_or(f64::INFINITY);
        let answers = whole((simple * self.design_effect).min(most));
        Some(Size { simple, ..self.given(answers) })
    }

    /// A size that was chosen.
    pub fn given(&self, answers: u64) -> Size {
        let forms = (answers as f64 / self.response).min(self.population.unwrap_or(f64::INFINITY));
        Size { simple: answers as f64, answers, forms: whole(forms) }
    }

    fn simple(&self, formula: Formula) -> Option<f64> {
        let (z, margin) = (critical(self.level, f64::INFINITY), self.margin * self.margin);
        let spread = z * z * self.share * (1.0 - self.share);
        let endless = spread / margin;
        Some(match formula {
            Formula::Cochran => endless,
            Formula::Slovin => {
                let all = self.population?;
                all / (1.0 + all * margin)
            }
            Formula::Finite => endless / (1.0 + (endless - 1.0) / self.population?),
            Formula::Exact => {
                let all = self.population?;
                all * spread / ((all - 1.0) * margin + spread)
            }
        })
    }

    /// How far off the estimate of so many answers may be: z standard errors without replacement.
    pub fn margin_of(&self, answers: u64) -> f64 {
        let (answers, z) = (answers as f64, critical(self.level, f64::INFINITY));
        let rest = self.population.map_or(1.0, |all| ((all - answers) / (all - 1.0).max(1.0)).max(0.0));
        z * (self.design_effect * self.share * (1.0 - self.share) / answers * rest).sqrt()
    }

    /// How far off the estimate of everybody may be when strata of so many people have so many answers
    /// and are weighted by their people (Cochran 1977, 5.4); `None` where a stratum has no answers.
    pub fn margin_of_strata(&self, strata: &[(u64, u64)]) -> Option<f64> {
        let all: f64 = strata.iter().map(|(people, _)| *people as f64).sum();
        let part = |&(people, answers): &(u64, u64)| {
            let own = Wanted { population: Some(people as f64), ..*self };
            (0 < answers).then(|| (people as f64 / all * own.margin_of(answers)).powi(2))
        };
        strata.iter().map(part).sum::<Option<f64>>().map(f64::sqrt)
    }

    /// The gap from which two units with so many answers each can be told apart. 150 and 150 answers
    /// at 85 %: 8.1 points.
    pub fn gap_between(&self, answers: [u64; 2]) -> f64 {
        let [a, b] = answers.map(|answers| self.margin_of(answers));
        (a * a + b * b).sqrt()
    }
}

/// Rounded up; what is above a whole number by an error of the computer alone is that number.
fn whole(number: f64) -> u64 {
    (number * (1.0 - 1e-12)).ceil().max(0.0) as u64
}
