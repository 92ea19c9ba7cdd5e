//! Rounding in formulas, and how far formulas see.

use super::Digits;
use crate::lang::Lang;
use crate::number::{Mode, Rounding, plain};
use rust_decimal::Decimal;

/// Digits at which formulas compare. Binary numbers hold about 15, an index has up to three before
/// the mark; what lies between is room for the error of sums.
pub(super) const SEEN: Rounding = Rounding { digits: 10, mode: Mode::HalfUp };

/// A number as a formula writes it.
pub(super) fn literal(number: Decimal) -> String {
    plain(number, Lang::En)
}

/// A number without the error that binary sums leave behind.
pub(super) fn seen(what: &str) -> String {
    format!("ROUND({what},{})", SEEN.digits)
}

/// What a formula sees of a number.
pub(super) fn as_seen(number: Decimal) -> Decimal {
    SEEN.apply(number)
}

/// A figure as it is shown. Number formats round half up; where the set rounds another way the cell
/// holds the rounded number.
pub(super) fn shown(formula: String, exact: Decimal, rounding: Rounding) -> (String, Decimal) {
    match rounding.mode {
        Mode::HalfUp => (formula, exact),
        _ => {
            let number = rounded(&formula, rounding);
            (format!("IF(ISNUMBER({formula}),{number},{formula})"), as_printed(exact, rounding))
        }
    }
}

/// The number of a cell that shows a figure.
pub(super) fn as_printed(exact: Decimal, rounding: Rounding) -> Decimal {
    if rounding.mode == Mode::HalfUp { exact } else { rounding.apply(as_seen(exact)) }
}

/// The digits of a cell that keeps an unrounded number: more than are printed, where a number format
/// would round another way than the set.
pub(super) fn digits(rounding: Rounding) -> Digits {
    Digits::Fixed(if rounding.mode == Mode::HalfUp { rounding.digits } else { rounding.digits + 4 })
}

/// A number rounded as a set says. Excel's ROUND is half up; the other ways start from a whole
/// number of steps, so that no binary error decides.
pub(super) fn rounded(what: &str, rounding: Rounding) -> String {
    let Rounding { digits, mode } = rounding;
    let steps = || match digits {
        0 => seen(what),
        _ => format!("ROUND(({what})*10^{digits},{})", SEEN.digits.saturating_sub(digits)),
    };
    let back = |steps: String| match digits {
        0 => steps,
        _ => format!("({steps})/10^{digits}"),
    };
    match mode {
        Mode::HalfUp if digits < SEEN.digits => format!("ROUND({},{digits})", seen(what)),
        Mode::HalfUp => seen(what),
        Mode::Truncate => back(format!("TRUNC({})", steps())),
        Mode::HalfEven => {
            let steps = steps();
            back(format!("IF(MOD(ABS({steps}),1)=0.5,2*ROUND(({steps})/2,0),ROUND({steps},0))"))
        }
    }
}
