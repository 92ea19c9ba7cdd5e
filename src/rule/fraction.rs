//! A measure as a fraction, so that nothing is divided before everything is multiplied:
//! 1 ÷ 3 × 3 is 0.999… in any decimal, (1 × 3) ÷ 3 is 1.

mod arithmetic;

use crate::number;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// `top ÷ bottom`; the bottom is positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fraction {
    top: Decimal,
    bottom: Decimal,
    /// Whether the bottom is 1: most measures are plain numbers.
    whole: bool,
}

impl Fraction {
    /// A plain number.
    pub fn whole(number: Decimal) -> Fraction {
        Fraction { top: number, bottom: Decimal::ONE, whole: true }
    }

    /// `top ÷ bottom` for a bottom that is above 0.
    pub fn new(top: Decimal, bottom: Decimal) -> Fraction {
        debug_assert!(Decimal::ZERO < bottom, "a fraction has a positive bottom");
        Fraction { top, bottom, whole: false }
    }

    /// Its value, to 28 digits.
    pub fn value(self) -> Decimal {
        if self.whole { self.top } else { over(self.top, self.bottom) }
    }

    /// Compares with a number, without dividing.
    #[inline]
    pub fn compare(self, number: Decimal) -> Ordering {
        match self.whole {
            true => number::compare(self.top, number),
            false => number::compare(self.top, times(number, self.bottom)),
        }
    }

    /// `factor × self ÷ divisor`, divided once; by 100 the mark is moved, which is as exact.
    pub fn scaled(self, factor: Decimal, divisor: Decimal) -> Decimal {
        let mut product = times(factor, self.top);
        if self.whole && divisor == Decimal::ONE_HUNDRED && product.scale() <= 26 {
            let moved = product.set_scale(product.scale() + 2);
            debug_assert!(moved.is_ok(), "28 digits are allowed");
            return product;
        }
        over(product, times(self.bottom, divisor))
    }

    /// `factor ÷ self`, divided once; `None` for a value of 0.
    pub fn under(self, factor: Decimal) -> Option<Decimal> {
        (!self.top.is_zero()).then(|| over(times(factor, self.bottom), self.top))
    }

    /// `self − number`.
    pub fn less(self, number: Decimal) -> Fraction {
        Fraction { top: self.top - times(number, self.bottom), ..self }
    }
}

/// A product; one that is too large for 28 digits stays at the largest number. Points are held at
/// the maximum, so nothing is lost by that.
fn times(a: Decimal, b: Decimal) -> Decimal {
    a.checked_mul(b).unwrap_or_else(|| largest(a.is_sign_negative() != b.is_sign_negative()))
}

/// A quotient; see [`times`].
fn over(a: Decimal, b: Decimal) -> Decimal {
    a.checked_div(b).unwrap_or_else(|| largest(a.is_sign_negative() != b.is_sign_negative()))
}

fn largest(negative: bool) -> Decimal {
    if negative { Decimal::MIN } else { Decimal::MAX }
}
