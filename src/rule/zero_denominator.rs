//! What 0 below the line gives: the key `zero_denominator`.

use super::{Award, Trace, Trouble};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::text;
use rust_decimal::Decimal;

/// What 0 below the line gives.
#[derive(Clone, Copy, Debug)]
pub(super) enum ZeroDenominator {
    Full,
    Zero,
    NotApplicable,
    Error,
}

impl ZeroDenominator {
    /// Reads the key; without it, 0 below the line is a mistake.
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> ZeroDenominator {
        let words = [
            ("full", ZeroDenominator::Full),
            ("zero", ZeroDenominator::Zero),
            ("n/a", ZeroDenominator::NotApplicable),
            ("error", ZeroDenominator::Error),
        ];
        keys.word("zero_denominator", &words, out).unwrap_or(ZeroDenominator::Error)
    }

    /// The award where the input with this place makes the line 0.
    pub fn award(self, input: usize, trace: &mut Trace) -> Award {
        match self {
            ZeroDenominator::Full => {
                trace.step(|| text!("mẫu số 0 được điểm tối đa", "a zero denominator gives full points"));
                Award::Full
            }
            ZeroDenominator::Zero => {
                trace.step(|| text!("mẫu số 0 được 0 điểm", "a zero denominator gives 0 points"));
                Award::Points(Decimal::ZERO)
            }
            ZeroDenominator::NotApplicable => {
                let why = text!("mẫu số bằng 0: không phát sinh", "the denominator is 0: nothing arose");
                trace.step(|| why.clone());
                Award::NotApplicable(Some(why))
            }
            ZeroDenominator::Error => Award::Trouble(input, Trouble::ZeroDenominator),
        }
    }
}
