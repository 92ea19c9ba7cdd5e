//! Exact numbers, and the one place where they are rounded and become text.
//!
//! `rust_decimal` has two traps: `format!("{:.2}")` cuts digits off, and `round_dp` rounds half
//! to even. So [`Points`] and [`Percent`] have no `Display`, and [`Rounding`] is the only road
//! from a score to a shorter number or to text.

pub mod reading;
#[cfg(test)]
mod tests;

use crate::lang::Lang;
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Sub};

/// Points of a criterion, a group or a unit; exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(Decimal);

/// A share in percent: 80.13 is 80.13 %; exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(Decimal);

macro_rules! exact {
    ($name:ident) => {
        impl $name {
            /// Nothing.
            pub const ZERO: $name = $name(Decimal::ZERO);

            /// From an exact number.
            pub const fn new(value: Decimal) -> $name {
                $name(value)
            }

            /// The exact number, unrounded.
            pub const fn exact(self) -> Decimal {
                self.0
            }
        }

        impl Add for $name {
            type Output = $name;
            fn add(self, other: $name) -> $name {
                $name(self.0 + other.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: $name) {
                self.0 += other.0;
            }
        }

        impl Sub for $name {
            type Output = $name;
            fn sub(self, other: $name) -> $name {
                $name(self.0 - other.0)
            }
        }
    };
}
exact!(Points);
exact!(Percent);

/// How a number is shortened: to how many digits after the mark, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// Digits after the decimal mark.
    pub digits: u32,
    /// Which way.
    pub mode: Mode,
}

/// Which way a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// 2.345 → 2.35, −2.345 → −2.35: as taught in school, and as Excel's ROUND does.
    HalfUp,
    /// 2.345 → 2.34, 2.355 → 2.36.
    HalfEven,
    /// 2.349 → 2.34: the rest is cut off.
    Truncate,
}

impl Rounding {
    /// The distance of two neighbours: 0.01 for two digits.
    pub fn step(self) -> Decimal {
        Decimal::new(1, self.digits)
    }

    /// Two digits, half up: what provinces print unless their decision says otherwise.
    pub const CENTS: Rounding = Rounding { digits: 2, mode: Mode::HalfUp };

    /// The number rounded.
    pub fn apply(self, value: Decimal) -> Decimal {
        if value.scale() <= self.digits {
            return value;
        }
        let strategy = match self.mode {
            Mode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Mode::HalfEven => RoundingStrategy::MidpointNearestEven,
            Mode::Truncate => RoundingStrategy::ToZero,
        };
        value.round_dp_with_strategy(self.digits, strategy)
    }

    /// The number rounded, as text with exactly `digits` digits after the language's mark.
    pub fn text(self, value: Decimal, lang: Lang) -> String {
        let mut value = self.apply(value);
        value.rescale(self.digits);
        write(value, lang)
    }
}

/// Takes off what 28 digits could not keep: a third three times is 1 again. Numbers that end
/// before the 20th digit behind the mark are left as they are.
///
/// Points that are not rounded can be quotients without an end (1 ÷ 3). They carry 28 digits, a sum
/// of a thousand of them is right to 24, and totals are compared and graded at 20.
pub fn settle(value: Decimal) -> Decimal {
    Rounding { digits: 20, mode: Mode::HalfEven }.apply(value)
}

/// Compares two numbers exactly. Short ones are compared as integers of the same scale, which is
/// several times faster than the general way; this runs for every cell and every bound.
#[inline]
pub fn compare(a: Decimal, b: Decimal) -> Ordering {
    let (left, right) = (a.unpack(), b.unpack());
    let (up, down) = (right.scale.saturating_sub(left.scale), left.scale.saturating_sub(right.scale));
    if (left.hi | left.mid | right.hi | right.mid) != 0 || 9 < up || 9 < down {
        return a.cmp(&b);
    }
    let short = |lo: u32, negative: bool, by: u32| {
        let size = (u64::from(lo) * TENS[by as usize]) as i64; // below 2^63: 32 bits times 10^9
        if negative { -size } else { size }
    };
    short(left.lo, left.negative, up).cmp(&short(right.lo, right.negative, down))
}

/// Powers of ten; 32 bits times the largest fit into 64.
const TENS: [u64; 10] =
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// A number with all the digits that it carries. (`Decimal`'s own text has a point, no comma.)
fn write(value: Decimal, lang: Lang) -> String {
    let digits = value.mantissa().unsigned_abs().to_string();
    let scale = value.scale() as usize;
    let mut text = String::with_capacity(digits.len() + 3);
    if value.is_sign_negative() && !value.is_zero() {
        text.push('-'); // no "-0,00"
    }
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(scale));
    text += if whole.is_empty() { "0" } else { whole };
    if scale > 0 {
        text.push(if lang == Lang::Vi { ',' } else { '.' });
        text.extend(std::iter::repeat_n('0', scale.saturating_sub(digits.len())));
        text += rest;
    }
    text
}

/// All digits of a number and no more: 80.130 is "80,13" in Vietnamese.
pub fn plain(value: Decimal, lang: Lang) -> String {
    write(value.normalize(), lang)
}

/// [`plain`] in both languages, for messages that name a number.
pub fn both(value: Decimal) -> (String, String) {
    (plain(value, Lang::Vi), plain(value, Lang::En))
}

/// At most six digits after the mark, and "…" where there are more: for the steps of an
/// explanation, never for a result.
pub fn shown(value: Decimal, lang: Lang) -> String {
    let cut = Rounding { digits: 6, mode: Mode::Truncate }.apply(value);
    let more = if cut == value { "" } else { "…" };
    plain(cut, lang) + more
}

/// Whether a printed number is what rounding or cutting the exact one gives.
pub fn is_rounding_of(given: Decimal, exact: Decimal) -> bool {
    let digits = given.scale();
    let to = |mode| Rounding { digits, mode }.apply(exact) == given;
    to(Mode::HalfUp) || to(Mode::Truncate)
}
