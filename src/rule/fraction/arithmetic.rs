//! Fractions added, multiplied and divided.
//!
//! 1 ÷ 3 × 3 stays 3 ÷ 3, which is 1. Only where a product has more digits than a decimal can hold
//! is a fraction divided out, to 28 digits; and where even that is too large there is no result.

use super::Fraction;
use rust_decimal::Decimal;

impl Fraction {
    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        self.top.is_zero()
    }

    /// The same with the other sign.
    pub fn negated(self) -> Fraction {
        Fraction { top: -self.top, ..self }
    }

    /// A sum; `None` if it is too large.
    pub fn checked_add(self, other: Fraction) -> Option<Fraction> {
        let over_one_bottom = || {
            let top = sum(self.top, other.top)?;
            (self.bottom == other.bottom).then_some(Fraction { top, ..self })
        };
        let crosswise = || {
            let top = sum(product(self.top, other.bottom)?, product(other.top, self.bottom)?)?;
            Some(Fraction::new(top, product(self.bottom, other.bottom)?))
        };
        let divided = || Some(Fraction::whole(self.quotient()?.checked_add(other.quotient()?)?));
        over_one_bottom().or_else(crosswise).or_else(divided)
    }

    /// A difference; `None` if it is too large.
    pub fn checked_sub(self, other: Fraction) -> Option<Fraction> {
        self.checked_add(other.negated())
    }

    /// A product; `None` if it is too large.
    pub fn checked_mul(self, other: Fraction) -> Option<Fraction> {
        let exact = || {
            let top = product(self.top, other.top)?;
            let whole = self.whole && other.whole;
            Some(Fraction { top, bottom: product(self.bottom, other.bottom)?, whole })
        };
        let divided = || Some(Fraction::whole(self.quotient()?.checked_mul(other.quotient()?)?));
        exact().or_else(divided)
    }

    /// A quotient; `None` if it is too large, or if the divisor is 0.
    pub fn checked_div(self, other: Fraction) -> Option<Fraction> {
        if other.is_zero() {
            return None;
        }
        let (top, bottom) = match other.top.is_sign_negative() {
            true => (-other.bottom, -other.top),
            false => (other.bottom, other.top),
        };
        self.checked_mul(Fraction { top, bottom, whole: false })
    }

    /// Its value to 28 digits; `None` if it is too large.
    fn quotient(self) -> Option<Decimal> {
        if self.whole { Some(self.top) } else { self.top.checked_div(self.bottom) }
    }
}

/// A product with all its digits; a decimal would drop those that it has no room for.
fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    let product = a.checked_mul(b)?;
    (product.is_zero() && (a.is_zero() || b.is_zero()) || product.scale() == a.scale() + b.scale())
        .then_some(product)
}

/// A sum with all its digits.
fn sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = a.checked_add(b)?;
    (a.is_zero() || b.is_zero() || sum.scale() == a.scale().max(b.scale())).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn number(text: &str) -> Fraction {
        Fraction::whole(Decimal::from_str(text).unwrap())
    }

    fn value(fraction: Option<Fraction>) -> Option<String> {
        fraction.map(|fraction| fraction.value().normalize().to_string())
    }

    #[test]
    fn thirds_make_one() {
        let third = number("1").checked_div(number("3")).unwrap();
        let half = number("1").checked_div(number("2")).unwrap();
        let sixth = third.checked_mul(half).unwrap();
        assert_eq!(value(third.checked_mul(number("3"))).as_deref(), Some("1"));
        assert_eq!(value(third.checked_add(third).unwrap().checked_add(third)).as_deref(), Some("1"));
        assert_eq!(value(third.checked_add(half).unwrap().checked_add(sixth)).as_deref(), Some("1"));
        assert_eq!(value(third.checked_sub(third)).as_deref(), Some("0"));
        assert_eq!(value(number("1").checked_div(third.negated())).as_deref(), Some("-3"));
    }

    #[test]
    fn digits_are_dropped_only_where_there_is_no_room() {
        let small = number("0.000000000000000001");
        assert_eq!(value(small.checked_mul(small)).as_deref(), Some("0"), "36 digits are too many");
        assert_eq!(value(small.checked_div(small)).as_deref(), Some("1"));
        let large = number("1000000000000000");
        let square = large.checked_mul(large);
        assert_eq!(square, None, "10 to the 30th");
        let seventh = large.checked_div(number("7")).unwrap();
        // The square of a seventh of it has room as a quotient, with 28 digits of it.
        let again = seventh.checked_mul(seventh).and_then(|square| square.checked_div(seventh));
        assert_eq!(value(again).as_deref(), Some("142857142857142.85714285714287"));
        assert_eq!(value(number("5").checked_div(number("0"))), None);
    }
}
