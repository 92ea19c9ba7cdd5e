//! What a measure grew by since the round before (catalogue K20).
//!
//! | key | says | default |
//! |---|---|---|
//! | `of`, `zero_denominator` | what is compared, see `quantity` | `value` |
//! | `change` | `difference`, or `percent` of what it was | `difference` |
//! | `no_previous` | a unit without a value in the round before, or with 0 where `change` is in %: `full`, `zero`, `n/a`, `error` | `error` |
//! | `previous_criterion` | the id that the criterion had in the set before | its own |
//!
//! The two are compared unrounded: a third is not more than a third.

use super::quantity::Quantity;
use super::{HUNDRED, VALUE};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::lang::Text;
use crate::model::Value;
use crate::number::shown;
use crate::rule::{Award, Fraction, Input, Named, Numbers, Origin, Part, Trace, Trouble};
use crate::text;
use rust_decimal::Decimal;
use std::sync::Arc;

#[derive(Clone, Debug)]
pub(super) struct Change {
    quantity: Quantity,
    in_percent: bool,
    without: Without,
    criterion: Option<Arc<Named>>,
}

/// What a unit gets that has no value in the round before.
#[derive(Clone, Copy, Debug)]
enum Without {
    Full,
    Zero,
    NotApplicable,
    Error,
}

impl Change {
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> Change {
        let withouts = [
            ("full", Without::Full),
            ("zero", Without::Zero),
            ("n/a", Without::NotApplicable),
            ("error", Without::Error),
        ];
        let place = keys.place_of_key("previous_criterion");
        let criterion = keys.text("previous_criterion", out).map(Spanned::into_inner);
        let criterion = criterion.map(|id| Arc::new(Named { id, place }));
        Change {
            quantity: Quantity::read(keys, out),
            in_percent: keys
                .word("change", &[("difference", false), ("percent", true)], out)
                .unwrap_or(false),
            without: keys.word("no_previous", &withouts, out).unwrap_or(Without::Error),
            criterion,
        }
    }

    /// Those of now, then those of the round before in the same order.
    pub fn inputs(&self, values: Numbers) -> Vec<Input> {
        let mut inputs = self.quantity.inputs(values);
        let mut add = |name, numbers, part| {
            let origin = Origin::Previous(self.criterion.clone(), part);
            inputs.push(Input::number(name, numbers).from(origin));
        };
        add(Input::PREVIOUS, values, Part::Value);
        if self.quantity.is_ratio() {
            add(Input::PREVIOUS_NUMERATOR, Numbers::AMOUNT, Part::Numerator);
            add(Input::PREVIOUS_DENOMINATOR, Numbers::AMOUNT, Part::Denominator);
        }
        inputs
    }

    pub fn of(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        let (now, before) = values.split_at(values.len() / 2);
        let now = self.quantity.of(now, trace)?;
        // Nothing can be said in % of nothing.
        let before = self.before(before).filter(|before| !(self.in_percent && before.is_zero()));
        let Some(before) = before else { return Err(self.without(values.len() / 2, trace)) };
        let difference = now.checked_sub(before);
        let change = match self.in_percent {
            false => difference,
            true => difference
                .and_then(|difference| difference.checked_div(before)?.checked_mul(Fraction::whole(HUNDRED))),
        };
        let change = change.ok_or(Award::Trouble(VALUE, Trouble::TooLarge))?;
        trace.step(|| {
            Text::by(|lang| {
                let [now, before, change] =
                    [now, before, change].map(|fraction| shown(fraction.value(), lang));
                match self.in_percent {
                    false => format!("{now} − {before} = {change}"),
                    true => format!("({now} − {before}) ÷ {before} × 100 = {change} %"),
                }
            })
        });
        Ok(change)
    }

    /// What it was, if that is known: numerator and denominator count before the value.
    fn before(&self, values: &[Value]) -> Option<Fraction> {
        match *values {
            [_, Value::Number(numerator), Value::Number(denominator)] if Decimal::ZERO < denominator => {
                Some(Fraction::new(numerator * HUNDRED, denominator))
            }
            [Value::Number(value), ..] => Some(Fraction::whole(value)),
            _ => None,
        }
    }

    fn without(&self, input: usize, trace: &mut Trace) -> Award {
        let why = text!("không có số liệu năm trước", "nothing is known of the round before");
        match self.without {
            Without::Error => return Award::Missing(input),
            Without::NotApplicable => return Award::NotApplicable(Some(why)),
            Without::Full | Without::Zero => trace.step(|| why),
        }
        if matches!(self.without, Without::Full) { Award::Full } else { Award::Points(Decimal::ZERO) }
    }

    pub fn describe(&self) -> Text {
        match (self.in_percent, self.quantity.is_ratio()) {
            (true, _) => text!("mức tăng so với năm trước, %", "growth on the round before, in %"),
            (false, true) => {
                text!(
                    "mức tăng của tỷ lệ so với năm trước, điểm %",
                    "growth of the ratio on the round before, in points of %"
                )
            }
            (false, false) => text!("mức tăng so với năm trước", "growth on the round before"),
        }
    }
}
