//! A measure as a fraction, so that nothing is divided before everything is multiplied:
//! 1 ÷ 3 × 3 is 0.999… in any decimal, (1 × 3) ÷ 3 is 1.

use rust_decimal::Decimal;
use std::cmp::Ordering;

/// `top ÷ bottom`; the bottom is positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fraction {
    top: Decimal,
    bottom: Decimal,
}

impl Fraction {
    /// A plain number.
    pub fn whole(number: Decimal) -> Fraction {
        Fraction { top: number, bottom: Decimal::ONE }
    }

    /// `top ÷ bottom` for a bottom that is above 0.
    pub fn new(top: Decimal, bottom: Decimal) -> Fraction {
        debug_assert!(Decimal::ZERO < bottom, "a fraction has a positive bottom");
        Fraction { top, bottom }
    }

    /// Its value, to 28 digits.
    pub fn value(self) -> Decimal {
        if self.bottom == Decimal::ONE { self.top } else { self.top / self.bottom }
    }

    /// Compares with a number, without dividing.
    pub fn compare(self, number: Decimal) -> Ordering {
        if self.bottom == Decimal::ONE { self.top.cmp(&number) } else { self.top.cmp(&(number * self.bottom)) }
    }

    /// `factor × self ÷ divisor`, divided once.
    pub fn scaled(self, factor: Decimal, divisor: Decimal) -> Decimal {
        factor * self.top / (self.bottom * divisor)
    }

    /// `factor ÷ self`, divided once; `None` for a value of 0.
    pub fn under(self, factor: Decimal) -> Option<Decimal> {
        (!self.top.is_zero()).then(|| factor * self.bottom / self.top)
    }

    /// `self − number`.
    pub fn less(self, number: Decimal) -> Fraction {
        Fraction { top: self.top - number * self.bottom, bottom: self.bottom }
    }
}
