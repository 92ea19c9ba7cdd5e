//! A measure in % of the target that a unit was given (chỉ tiêu giao; catalogue K21).
//!
//! | key | says | default |
//! |---|---|---|
//! | `of`, `zero_denominator` | what is compared, see `quantity` | `value` |
//! | `target` | the target of every unit for which `targets.csv` gives none | |
//! | `better` | `higher`: measure ÷ target; `lower`: 100 % up to the target, beyond it target ÷ measure | `higher` |

use super::HUNDRED;
use super::quantity::Quantity;
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::lang::Text;
use crate::model::Value;
use crate::number::{both, shown};
use crate::rule::{Award, Fraction, Input, Numbers, Origin, Trace, Trouble};
use crate::text;
use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub(super) struct Target {
    quantity: Quantity,
    of_all: Option<Decimal>,
    lower_is_better: bool,
}

impl Target {
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> Target {
        let quantity = Quantity::read(keys, out);
        let of_all = keys.amount("target", out).map(Spanned::into_inner);
        let betters = [("higher", false), ("lower", true)];
        let lower_is_better = keys.word("better", &betters, out).unwrap_or(false);
        Target { quantity, of_all, lower_is_better }
    }

    /// Those of the quantity, then the target.
    pub fn inputs(&self, values: Numbers) -> Vec<Input> {
        let mut inputs = self.quantity.inputs(values);
        let numbers = Numbers { percent: true, ..Numbers::AMOUNT };
        inputs.push(Input::number(Input::TARGET, numbers).from(Origin::Target));
        inputs
    }

    /// What is held against the target.
    pub fn quantity(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        self.quantity.of(&values[..values.len() - 1], trace)
    }

    pub fn of(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        let at = values.len() - 1;
        let value = self.quantity(values, trace)?;
        let target = match (values[at], self.of_all) {
            (Value::Number(target), _) | (Value::Missing, Some(target)) => target,
            (other, _) => return Err(Award::without(other, at)),
        };
        let order = value.compare(target);
        let is_met = if self.lower_is_better { order.is_le() } else { order.is_ge() };
        trace.target(is_met);
        let (tv, te) = both(target);
        trace.step(|| match is_met {
            true => text!("đạt chỉ tiêu {tv}", "the target {te} is met"),
            false => text!("chưa đạt chỉ tiêu {tv}", "the target {te} is missed"),
        });
        if self.lower_is_better && is_met {
            return Ok(Fraction::whole(HUNDRED));
        }
        if target.is_zero() && !self.lower_is_better {
            return Err(Award::Trouble(at, Trouble::ZeroTarget));
        }
        let (above, below) = match self.lower_is_better {
            true => (Fraction::whole(target), value),
            false => (value, Fraction::whole(target)),
        };
        let share = above.checked_div(below).and_then(|share| share.checked_mul(Fraction::whole(HUNDRED)));
        let reached = share.ok_or(Award::Trouble(at, Trouble::TooLarge))?;
        trace.step(|| {
            Text::by(|lang| {
                let [value, target, reached] =
                    [value.value(), target, reached.value()].map(|number| shown(number, lang));
                match self.lower_is_better {
                    false => format!("{value} ÷ {target} × 100 = {reached} %"),
                    true => format!("{target} ÷ {value} × 100 = {reached} %"),
                }
            })
        });
        Ok(reached)
    }

    pub fn describe(&self) -> Text {
        let lower = match self.lower_is_better {
            true => text!(", càng thấp càng tốt", ", lower is better"),
            false => Text::default(),
        };
        let (vi, en) = (lower.vi, lower.en);
        match self.of_all.map(both) {
            Some((tv, te)) => text!("% so với chỉ tiêu {tv}{vi}", "% of the target {te}{en}"),
            None => text!("% so với chỉ tiêu giao{vi}", "% of the assigned target{en}"),
        }
    }
}
