//! Weights fitted to known counts of people: post-stratification by one question, raking by several.
//!
//! The new weight of a form depends on all the others, and so does its error: of a value only the
//! part that the questions do not explain is left to chance (Deville & Särndal 1992, 4; `postStratify`
//! and `rake` of R's `survey`). So forms are kept, a few hundred bytes each, where otherwise they are
//! forgotten; and what a domain does not have in common with the questions is computed when it is asked
//! for.

use super::account::{Account, Groups};
use super::drawing::Drawing;
use super::layout::Layout;
use super::tally::Tally;
use crate::answers::{Form, OFF_SCALE};
use crate::survey::calibration::{self, Calibrated, Margin, Until, post_stratify, rake};
use crate::survey::decimal;
use crate::survey::design::{Fault, Lonely};
use crate::survey::matrix::Matrix;
use crate::validate::answers::{Counts, UNANSWERED};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::{HashMap, HashSet};

/// The valid forms, kept.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    units: Vec<u32>,
    groups: Vec<u32>,
    weights: Vec<Decimal>,
    /// The answers to all demographic questions, form after form.
    codes: Vec<u8>,
    asked: usize,
    /// Satisfied and valid answers of everything that is measured, form after form.
    tallies: Vec<[u8; 2]>,
    /// The cells of all answers, form after form.
    cells: Vec<u32>,
}

/// Why weights cannot be fitted; `margin` and `cell` are places in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unfit {
    /// A cell that has people but no form.
    WithoutForms {
        /// Which question.
        margin: usize,
        /// Which of its cells.
        cell: usize,
    },
    /// Forms whose option the file does not have.
    LacksOption {
        /// Which question.
        margin: usize,
        /// The option or the unit.
        of: u32,
        /// How many forms.
        forms: u64,
        /// Their weights added up.
        weight: Decimal,
    },
    /// The counts do not hold together.
    NotMet,
}

impl Kept {
    /// Keeps a valid form.
    pub fn push(&mut self, form: &Form<'_>, tally: &Tally, group: u32) {
        self.units.push(form.unit);
        self.groups.push(group);
        self.weights.push(form.weight);
        self.codes.extend(form.groups);
        self.asked = form.groups.len();
        let pair = |(y, x): (&f64, &f64)| [*y as u8, *x as u8];
        self.tallies.extend(tally.satisfied.iter().zip(&tally.valid).map(pair));
        self.cells.extend(&tally.cells);
    }

    /// How many forms there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The answer of a form to a demographic question.
    pub fn code(&self, form: usize, asked: usize) -> u8 {
        self.codes[form * self.asked + asked]
    }

    /// The unit of a form.
    pub fn unit(&self, form: usize) -> u32 {
        self.units[form]
    }

    /// What a form counts, as it was kept.
    pub fn tally(&self, form: usize, measured: usize) -> Tally {
        let pairs = &self.tallies[form * measured..][..measured];
        let cells = self.cells.len() / self.len();
        Tally::kept(
            pairs.iter().map(|[y, _]| f64::from(*y)).collect(),
            pairs.iter().map(|[_, x]| f64::from(*x)).collect(),
            self.cells[form * cells..][..cells].to_vec(),
        )
    }

    /// The group of each form is its unit.
    pub fn rename_groups(&mut self) {
        self.groups.clone_from(&self.units);
    }

    /// What a form's sums are gathered by.
    pub fn group(&self, form: usize) -> u32 {
        self.groups[form]
    }

    /// Fits the weights.
    ///
    /// # Errors
    /// Everything that keeps them from being fitted.
    pub fn fit(self, counts: &[Counts]) -> Result<Fitted, Vec<Unfit>> {
        let mut unfit = Vec::new();
        let mut margins = Vec::new();
        for (margin, counts) in counts.iter().enumerate() {
            margins.push(self.margin(margin, counts, &mut unfit));
        }
        if !unfit.is_empty() {
            return Err(unfit);
        }
        let design: Vec<f64> =
            self.weights.iter().map(|weight| weight.to_f64().unwrap_or(f64::NAN)).collect();
        let calibrated = match &margins[..] {
            [margin] => post_stratify(&design, margin),
            margins => rake(&design, margins, Until::default()),
        };
        match calibrated {
            Ok(calibrated) => {
                let by = counts.iter().map(|counts| counts.id.clone()).collect();
                Ok(Fitted { kept: self, calibrated, by })
            }
            Err(calibration::Fault::EmptyCell { margin, cell }) => {
                Err(vec![Unfit::WithoutForms { margin, cell }])
            }
            // Forms without a cell were found above.
            Err(calibration::Fault::NotMet { .. } | calibration::Fault::UnknownCell { .. }) => {
                Err(vec![Unfit::NotMet])
            }
        }
    }

    fn margin(&self, margin: usize, counts: &Counts, unfit: &mut Vec<Unfit>) -> Margin {
        let cells: HashMap<u32, usize> =
            counts.cells.iter().enumerate().map(|(cell, count)| (count.of, cell)).collect();
        let mut lacking: Vec<(u32, u64, Decimal)> = Vec::new();
        let of = |form: usize| match counts.group {
            None => self.unit(form),
            Some(group) if OFF_SCALE <= self.code(form, group) => UNANSWERED,
            Some(group) => u32::from(self.code(form, group)),
        };
        let mut cell_of = Vec::with_capacity(self.len());
        let mut is_met = vec![false; counts.cells.len()];
        for form in 0..self.len() {
            let of = of(form);
            if let Some(cell) = cells.get(&of) {
                is_met[*cell] = true;
                cell_of.push(*cell);
                continue;
            }
            let at = lacking.iter().position(|(known, ..)| *known == of).unwrap_or_else(|| {
                lacking.push((of, 0, Decimal::ZERO));
                lacking.len() - 1
            });
            lacking[at].1 += 1;
            lacking[at].2 += self.weights[form];
        }
        let lacks = |(of, forms, weight)| Unfit::LacksOption { margin, of, forms, weight };
        unfit.extend(lacking.into_iter().map(lacks));
        let empty = is_met.iter().enumerate().filter(|(_, is_met)| !**is_met);
        unfit.extend(empty.map(|(cell, _)| Unfit::WithoutForms { margin, cell }));
        let people = |people: Decimal| people.to_f64().unwrap_or(f64::NAN);
        Margin { cell_of, population: counts.cells.iter().map(|count| people(count.people)).collect() }
    }
}

/// Forms with fitted weights.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The forms.
    pub kept: Kept,
    calibrated: Calibrated,
    /// The ids of the questions.
    pub by: Vec<String>,
}

impl Fitted {
    /// The new weight of a form, to twelve digits.
    pub fn weight(&self, form: usize) -> Decimal {
        decimal(self.calibrated.weights[form]).unwrap_or_default()
    }

    /// Totals of satisfied and valid answers to the given parts in each domain, side by side, and their
    /// covariance.
    ///
    /// # Errors
    /// A stratum whose error cannot be told.
    pub fn covariance(
        &self,
        layout: &Layout<'_>,
        drawing: &Drawing,
        (accounts, parts, by): (&[&Account], &[usize], &[usize]),
        lonely: Lonely,
    ) -> Result<(Vec<f64>, Matrix), Fault> {
        let (mut totals, mut residuals) = (Vec::new(), Vec::new());
        for account in accounts {
            let domain: HashSet<_> = account.domain.iter().copied().collect();
            let is_in = |form: &usize| {
                let unit = self.kept.unit(*form);
                let chose = |(at, asked): (usize, &usize)| {
                    domain.contains(&(unit, Some((at, self.kept.code(*form, *asked)))))
                };
                domain.contains(&(unit, None)) || by.iter().enumerate().any(chose)
            };
            let forms: Vec<usize> = (0..self.kept.len()).filter(is_in).collect();
            for part in parts {
                for side in 0..2 {
                    let mut column = vec![0.0; self.kept.len()];
                    for form in &forms {
                        let pair = self.kept.tallies[form * layout.measured.len() + part];
                        column[*form] = f64::from(pair[side]);
                    }
                    totals.push(self.calibrated.total(&column));
                    residuals.push(self.calibrated.residuals(&column));
                }
            }
        }
        let mut groups = Groups::default();
        let mut sums = drawing.sums(residuals.len());
        for form in 0..self.kept.len() {
            let row: Vec<f64> = residuals.iter().map(|residual| residual[form]).collect();
            sums.add(groups.number(self.kept.group(form)), &row);
        }
        let (_, covariance) = drawing.covariance(&groups, &sums, lonely)?;
        Ok((totals, covariance))
    }
}
