//! What is measured before it is compared with anything: a value, or a ratio in %.
//!
//! | key | says | default |
//! |---|---|---|
//! | `of` | of `change` and `against-target`: `value` or `ratio` | `value` |
//! | `zero_denominator` | of a ratio: `full`, `zero`, `n/a`, `error` | `error` |

use super::{DENOMINATOR, HUNDRED, NUMERATOR, VALUE};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::number::{is_rounding_of, shown};
use crate::rule::zero_denominator::ZeroDenominator;
use crate::rule::{Award, Fraction, Input, Numbers, Remark, Trace};

/// A value or a ratio.
#[derive(Clone, Copy, Debug)]
pub(super) enum Quantity {
    Value,
    Ratio(Ratio),
}

/// Numerator ÷ denominator × 100.
#[derive(Clone, Copy, Debug)]
pub(in crate::rule) struct Ratio {
    zero: ZeroDenominator,
}

impl Quantity {
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> Quantity {
        match keys.word("of", &[("value", false), ("ratio", true)], out) {
            Some(true) => Quantity::Ratio(Ratio::read(keys, out)),
            _ => Quantity::Value,
        }
    }

    /// Its inputs; the first one is always the value.
    pub fn inputs(&self, values: Numbers) -> Vec<Input> {
        match self {
            Quantity::Value => vec![Input::number(Input::VALUE, values)],
            Quantity::Ratio(_) => Ratio::inputs(values),
        }
    }

    pub fn of(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        match self {
            Quantity::Value => plain(values[VALUE]),
            Quantity::Ratio(ratio) => ratio.of(values, trace),
        }
    }

    pub fn is_ratio(&self) -> bool {
        matches!(self, Quantity::Ratio(_))
    }
}

/// A number as it was given.
pub(super) fn plain(value: Value) -> Result<Fraction, Award> {
    match value {
        Value::Number(number) => Ok(Fraction::whole(number)),
        other => Err(Award::without(other, VALUE)),
    }
}

impl Ratio {
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> Ratio {
        Ratio { zero: ZeroDenominator::read(keys, out) }
    }

    /// Value in %, numerator, denominator.
    pub fn inputs(value: Numbers) -> Vec<Input> {
        vec![
            Input::number(Input::VALUE, value),
            Input::number(Input::NUMERATOR, Numbers::AMOUNT),
            Input::number(Input::DENOMINATOR, Numbers::AMOUNT),
        ]
    }

    pub fn of(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        if values[..=DENOMINATOR].contains(&Value::Unreadable) {
            return Err(Award::Unreadable);
        }
        let (numerator, denominator) = match (values[NUMERATOR], values[DENOMINATOR]) {
            (Value::Number(numerator), Value::Number(denominator)) => (numerator, denominator),
            (Value::Missing, Value::Missing) => match values[VALUE] {
                Value::Number(percent) => return Ok(Fraction::whole(percent)),
                Value::NotApplicable => return Err(Award::NotApplicable(None)),
                _ => return Err(Award::Missing(NUMERATOR)),
            },
            (Value::NotApplicable, _) | (_, Value::NotApplicable) => return Err(Award::NotApplicable(None)),
            (Value::Missing, _) => return Err(Award::Missing(NUMERATOR)),
            _ => return Err(Award::Missing(DENOMINATOR)),
        };
        if denominator.is_zero() {
            trace.step(|| {
                Text::by(|lang| format!("{} ÷ {}", shown(numerator, lang), shown(denominator, lang)))
            });
            return Err(self.zero.award(DENOMINATOR, trace));
        }
        let ratio = Fraction::new(numerator * HUNDRED, denominator);
        trace.step(|| {
            Text::by(|lang| {
                format!(
                    "{} ÷ {} × 100 = {} %",
                    shown(numerator, lang),
                    shown(denominator, lang),
                    shown(ratio.value(), lang)
                )
            })
        });
        if let Value::Number(given) = values[VALUE]
            && !is_rounding_of(given, ratio.value())
        {
            trace.remark(Remark::RatioDiffers { given, computed: ratio.value() });
        }
        Ok(ratio)
    }
}
