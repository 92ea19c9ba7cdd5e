//! A value that is the sum of its parts. What is printed as the sum and is not, shows: 54 + 54
//! programmes are not 104.
//!
//! | key | says |
//! |---|---|
//! | `parts` | a list of `{ id, name }`; each is an input of its own |

use super::VALUE;
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::number::shown;
use crate::rule::checklist::read_item_id;
use crate::rule::{Award, Fraction, Input, Numbers, Remark, Trace};
use crate::text;
use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub(super) struct Parts {
    parts: Vec<Input>,
}

impl Parts {
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> Parts {
        let mut parts: Vec<Input> = Vec::new();
        for mut table in keys.tables("parts", text!("phần", "the part"), out) {
            let id = read_item_id(&mut table, &parts, out);
            let name = table.need_text("name", out).map(|name| name.into_inner()).unwrap_or_default();
            parts.extend(id.map(|id| Input::number(&id, Numbers::AMOUNT).called(&name)));
            table.finish(out);
        }
        Parts { parts }
    }

    /// The value, then the parts.
    pub fn inputs(&self, numbers: Numbers) -> Vec<Input> {
        let parts = self.parts.iter().map(|part| Input { numbers: Some(numbers), ..part.clone() });
        [Input::number(Input::VALUE, numbers)].into_iter().chain(parts).collect()
    }

    pub fn of(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        let parts = &values[VALUE + 1..];
        if parts.iter().all(|part| *part == Value::Missing) {
            return super::quantity::plain(values[VALUE]);
        }
        let mut sum = Decimal::ZERO;
        let mut counted = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            match part {
                Value::Number(number) => {
                    sum += number;
                    counted.push(*number);
                }
                Value::NotApplicable => {}
                other => return Err(Award::without(*other, VALUE + 1 + at)),
            }
        }
        if counted.is_empty() {
            return Err(Award::NotApplicable(None));
        }
        trace.step(|| {
            Text::by(|lang| {
                let parts: Vec<String> = counted.iter().map(|part| shown(*part, lang)).collect();
                format!("{} = {}", parts.join(" + "), shown(sum, lang))
            })
        });
        if let Value::Number(given) = values[VALUE]
            && given != sum
        {
            trace.remark(Remark::SumDiffers { given, computed: sum });
        }
        Ok(Fraction::whole(sum))
    }
}
