//! Weighted counts that are exact.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A weight of a form, in the ways in which it is added up.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    /// Nearly exact, for errors.
    pub float: f64,
    /// A whole number of millionths; none where it has more digits, or is very large.
    millionths: Option<u64>,
    exact: Decimal,
}

/// Digits after the point that most weights do not use up.
const DIGITS: u32 = 6;

impl Weight {
    /// From the exact weight.
    pub fn new(exact: Decimal) -> Weight {
        /// So many forms of such weights are not yet too many for a [`Decimal`].
        const MOST: u64 = 1 << 60;
        let shift = DIGITS.checked_sub(exact.scale());
        let whole = u64::try_from(exact.mantissa()).ok();
        let millionths = whole.zip(shift).and_then(|(whole, shift)| whole.checked_mul(10u64.pow(shift)));
        let float = exact.to_f64().unwrap_or(f64::NAN);
        Weight { float, millionths: millionths.filter(|millionths| *millionths < MOST), exact }
    }
}

/// How many forms there are, and their weights added up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weighed {
    /// Forms.
    pub forms: u64,
    millionths: u128,
    others: Decimal,
}

impl Weighed {
    /// Adds a form.
    pub fn add(&mut self, weight: Weight) {
        self.forms += 1;
        match weight.millionths {
            Some(millionths) => self.millionths += u128::from(millionths),
            None => self.others += weight.exact,
        }
    }

    /// The weights added up.
    pub fn weight(self) -> Decimal {
        let millionths = i128::try_from(self.millionths).unwrap_or(i128::MAX);
        Decimal::from_i128_with_scale(millionths, DIGITS) + self.others
    }

    /// With those of another domain.
    pub fn merge(&mut self, other: Weighed) {
        self.forms += other.forms;
        self.millionths += other.millionths;
        self.others += other.others;
    }
}
