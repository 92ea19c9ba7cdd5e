//! Does an item depend on a demographic question? Rao and Scott's test of the table of options by
//! satisfied and not.

use super::account::Account;
use super::layout::Measured;
use super::measure::Gathered;
use crate::questionnaire::Part;
use crate::survey::design::{Fault, Lonely};
use crate::survey::matrix::Matrix;
use crate::survey::rao_scott::{RaoScott, Table, rao_scott};

impl Gathered<'_> {
    /// Whether forms have one answer each to something, so that options and answers are a table of
    /// forms: items and shares.
    pub fn is_one_answer(&self, at: usize) -> bool {
        matches!(self.layout.measured[at], Measured::Part(Part::Item(_)) | Measured::Share(_))
    }

    /// Tests whether an item or a share depends on the options of a group, given as domains that have
    /// no form in common; `None` where the table has no two options, or nobody to tell apart.
    ///
    /// # Errors
    /// A stratum whose error cannot be told.
    pub fn association(
        &self,
        options: &[&Account],
        at: usize,
        lonely: Lonely,
    ) -> Option<Result<RaoScott, Fault>> {
        let answered: Vec<&Account> =
            options.iter().copied().filter(|account| 0 < account.pairs.count(at)).collect();
        let mut whole: Option<Account> = None;
        for account in &answered {
            match &mut whole {
                Some(whole) => whole.merge(account),
                None => whole = Some((*account).clone()),
            }
        }
        let whole = whole?;
        let (totals, covariance) = match self.totals(&answered, at, lonely)? {
            Ok(found) => found,
            Err(fault) => return Some(Err(fault)),
        };
        let (shares, covariance) = table(&totals, &covariance)?;
        let test = rao_scott(Table {
            shares: &shares,
            columns: 2,
            covariance: &covariance,
            count: whole.pairs.count(at),
            degrees: self.drawing.degrees_of_freedom(&whole),
        });
        test.map(Ok)
    }
}

/// The shares of satisfied and not satisfied forms of each option among all, with their covariance:
/// from totals of satisfied and of all forms `y, x`, cells are `y` and `x − y`, and a share is a ratio
/// of a cell to the sum.
fn table(totals: &[f64], covariance: &Matrix) -> Option<(Vec<f64>, Matrix)> {
    let sum: f64 = totals.iter().skip(1).step_by(2).sum();
    if sum <= 0.0 {
        return None;
    }
    let cells = totals.len();
    let share = |cell: usize| match cell % 2 {
        0 => totals[cell] / sum,
        _ => (totals[cell] - totals[cell - 1]) / sum,
    };
    let shares: Vec<f64> = (0..cells).map(share).collect();
    // ∂share/∂total: of the cell itself, less the share of the sum, to which every `x` adds.
    let gradient = |cell: usize| -> Vec<f64> {
        let own = |total: usize| match (cell % 2, total) {
            (0, total) if total == cell => 1.0,
            (1, total) if total == cell => 1.0,
            (1, total) if total + 1 == cell => -1.0,
            _ => 0.0,
        };
        let of_sum = |total: usize| if total % 2 == 1 { shares[cell] } else { 0.0 };
        (0..cells).map(|total| (own(total) - of_sum(total)) / sum).collect()
    };
    let gradients: Vec<Vec<f64>> = (0..cells).map(gradient).collect();
    let of_shares =
        Matrix::from_fn(cells, |row, column| covariance.form(&gradients[row], &gradients[column]));
    Some((shares, of_shares))
}
