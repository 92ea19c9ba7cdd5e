//! A measure that arithmetic over named inputs gives (catalogue K31), see `rule::formula`.
//!
//! | key | says | default |
//! |---|---|---|
//! | `inputs` | a list of `{ id, name }` | |
//! | `formula` | arithmetic over their ids: `(hs + kq) / tong * 100` | |
//! | `zero_denominator` | what a division by 0 gives: `full`, `zero`, `n/a`, `error` | `error` |

use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::rule::expression::{Expression, Fault};
use crate::rule::formula::{Variables, tell};
use crate::rule::zero_denominator::ZeroDenominator;
use crate::rule::{Award, Fraction, Input, Numbers, Trace, Trouble};
use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub(super) struct Formula {
    max: Decimal,
    variables: Variables,
    /// None where it has a mistake, which was reported.
    expression: Option<Expression>,
    zero: ZeroDenominator,
}

impl Formula {
    pub fn read(keys: &mut Keys<'_>, max: Decimal, out: &mut Diagnostics) -> Formula {
        let variables = Variables::read(keys, out);
        keys.need("formula", out);
        let expression = variables.read_formula(keys, out);
        if let Some(expression) = &expression {
            variables.report_unused(&[expression], out);
        }
        Formula { max, variables, expression, zero: ZeroDenominator::read(keys, out) }
    }

    /// One for each name. Where the formula has a mistake there may be none, and a rule needs one.
    pub fn inputs(&self) -> Vec<Input> {
        let inputs: Vec<Input> = self.variables.inputs().collect();
        if inputs.is_empty() { vec![Input::number(Input::VALUE, Numbers::AMOUNT)] } else { inputs }
    }

    pub fn of(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        let Some(expression) = &self.expression else { return Err(Award::Unreadable) };
        let mut numbers = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            match value {
                Value::Number(number) => numbers.push(*number),
                _ if values.contains(&Value::Unreadable) => return Err(Award::Unreadable),
                other => return Err(Award::without(*other, at)),
            }
        }
        let result = expression.evaluate(|at| numbers[at], self.max);
        let value = result.map(Fraction::value).ok();
        trace.step(|| tell(expression, |at| numbers[at], self.max, value));
        result.map_err(|fault| match fault {
            Fault::ZeroDenominator(input) => self.zero.award(input, trace),
            Fault::TooLarge => Award::Trouble(0, Trouble::TooLarge),
        })
    }

    pub fn describe(&self) -> Text {
        Text::by(|lang: Lang| match &self.expression {
            Some(expression) => self.variables.describe(expression, self.max, lang),
            None => String::new(),
        })
    }
}
