//! # `count`
//!
//! Awards so many points each, up to the maximum (catalogue K10).
//!
//! | key | says |
//! |---|---|
//! | `each` | points for each |
//!
//! ```toml
//! [[criterion]]
//! id = "1.4"
//! name = "Số nội quy, quy chế được ban hành"
//! max = 2
//! kind = "count"
//! each = 0.5
//! ```
//!
//! 3 give 1.5 points; 5 give 2 points; 0 gives 0 points, and an empty cell is missing.

use super::{Award, Fraction, Given, Head, Input, Kind, Level, Numbers, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::number::{both, plain};
use crate::text;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind { name: "count", awards: ("mỗi lần một số điểm", "so many points each"), read };

#[derive(Debug)]
struct Count {
    max: Decimal,
    each: Decimal,
    inputs: [Input; 1],
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let each = keys.need_amount("each", out)?.into_inner();
    Some(Box::new(Count { max: head.max, each, inputs: [Input::number(Input::VALUE, Numbers::COUNT)] }))
}

impl Rule for Count {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let Value::Number(count) = given.values[0] else { return Award::without(given.values[0], 0) };
        let points = self.each * count;
        trace.step(|| {
            Text::by(|lang| {
                format!("{} × {} = {}", plain(count, lang), plain(self.each, lang), plain(points, lang))
            })
        });
        Award::Points(points.min(self.max))
    }

    fn measure(&self, values: &[Value]) -> Option<Fraction> {
        match values {
            [Value::Number(count)] => Some(Fraction::whole(*count)),
            _ => None,
        }
    }

    fn has_measure(&self) -> bool {
        true
    }

    fn levels(&self, values: &[Value]) -> Vec<Level> {
        /// Nobody plans more than so many more of anything.
        const MOST: u32 = 50;
        let Some(Value::Number(now)) = values.first() else { return Vec::new() };
        let more = (1..=MOST).map(|more| now + Decimal::from(more));
        let is_capped = |count: &Decimal| self.max <= self.each * (count - Decimal::ONE);
        let level = |count: Decimal| Level {
            inputs: vec![(0, Value::Number(count))],
            said: Text::by(|lang| plain(count, lang)),
        };
        more.take_while(|count| !is_capped(count)).map(level).collect()
    }

    fn describe(&self) -> Text {
        let ((each_vi, each_en), (max_vi, max_en)) = (both(self.each), both(self.max));
        text!("mỗi lần {each_vi} điểm, tối đa {max_vi}", "{each_en} points each, at most {max_en}")
    }
}
