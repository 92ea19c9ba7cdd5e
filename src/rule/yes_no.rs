//! # `yes-no`
//!
//! Awards the maximum or 0 (catalogue K1, K33).
//!
//! | key | says | default |
//! |---|---|---|
//! | `award_on` | the answer that earns the points: `yes` or `no` ("không vi phạm: điểm tối đa") | `yes` |
//!
//! ```toml
//! [[criterion]]
//! id = "II.3.1"
//! name = "Bố trí nhân lực chuyển đổi số"
//! max = 4
//! kind = "yes-no"
//! ```
//!
//! "Có" gives 4 points, "Không" gives 0. An empty cell is not "Không": it is missing.

use super::{Award, Given, Head, Input, Kind, Level, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::text;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind { name: "yes-no", awards: ("điểm tối đa hoặc 0", "the maximum or 0"), read };

#[derive(Debug)]
struct YesNo {
    award_on: bool,
    inputs: [Input; 1],
}

fn read(keys: &mut Keys<'_>, _: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let award_on = keys.word("award_on", &[("yes", true), ("no", false)], out).unwrap_or(true);
    Some(Box::new(YesNo { award_on, inputs: [Input::yes_no(Input::VALUE)] }))
}

impl Rule for YesNo {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let Value::Word(answer) = given.values[0] else { return Award::without(given.values[0], 0) };
        let yes = answer == 1;
        trace.step(|| {
            if yes {
                text!("trả lời: có", "answer: yes")
            } else {
                text!("trả lời: không", "answer: no")
            }
        });
        if yes == self.award_on { Award::Full } else { Award::Points(Decimal::ZERO) }
    }

    fn levels(&self, _: &[Value]) -> Vec<Level> {
        let said = if self.award_on { text!("có", "yes") } else { text!("không", "no") };
        vec![Level { inputs: vec![(0, Value::Word(u16::from(self.award_on)))], said }]
    }

    fn describe(&self) -> Text {
        if self.award_on {
            text!("có: điểm tối đa; không: 0 điểm", "yes: the maximum; no: 0 points")
        } else {
            text!("không: điểm tối đa; có: 0 điểm", "no: the maximum; yes: 0 points")
        }
    }
}
