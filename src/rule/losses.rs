//! # `losses`
//!
//! Awards the maximum less counted violations, never below 0 (catalogue K3, K16).
//!
//! | key | says |
//! |---|---|
//! | `each` | points lost for each violation; the input is `value` |
//! | `cap` | the most that can be lost |
//! | `losses` | instead of `each`, several kinds of violation: `{ id, name, points }` or `share` (% of the maximum), each with an optional `cap`, and `once = true` for a violation that counts once however often it happens; each is an input of its own |
//!
//! ```toml
//! [[criterion]]
//! id = "3.2"
//! name = "Chấp hành kỷ luật, kỷ cương"
//! max = 2
//! kind = "losses"
//! losses = [
//!   { id = "nhe", name = "vi phạm nhẹ", share = 25 },
//!   { id = "nghiem-trong", name = "vi phạm nghiêm trọng", points = 2, once = true },
//! ]
//! ```
//!
//! One light violation: 2 − 0.5 = 1.5 points. Five of them: 2 − 2.5, held at 0. A kind that is N/A
//! takes nothing; if every kind is N/A, so is the criterion.

use super::checklist::{points_text, read_item_id};
use super::{Award, Given, Head, Input, Kind, Numbers, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::number::plain;
use crate::text;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind {
        name: "losses", awards: ("điểm tối đa trừ vi phạm", "the maximum less violations"), read
    };

#[derive(Debug)]
struct Losses {
    max: Decimal,
    kinds: Vec<Loss>,
    cap: Option<Decimal>,
    inputs: Vec<Input>,
}

#[derive(Debug)]
struct Loss {
    name: String,
    points: Decimal,
    cap: Option<Decimal>,
    once: bool,
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let has = [keys.has("each"), keys.has("losses")].into_iter().filter(|has| *has).count();
    if has != 1 {
        out.one_of_keys(keys.place(), &["each", "losses"], has);
    }
    let (mut kinds, mut inputs): (Vec<Loss>, Vec<Input>) = (Vec::new(), Vec::new());
    if let Some(each) = keys.amount("each", out) {
        inputs.push(Input::number(Input::VALUE, Numbers::COUNT));
        kinds.push(Loss { name: String::new(), points: each.into_inner(), cap: None, once: false });
    }
    for mut loss in keys.tables("losses", text!("loại vi phạm", "the kind of violation"), out) {
        let id = read_item_id(&mut loss, &inputs, out);
        let name = loss.need_text("name", out);
        let points = read_points(&mut loss, head.max, out);
        let cap = loss.amount("cap", out).map(|cap| cap.into_inner());
        let once = loss.flag("once", out).unwrap_or(false);
        if let (Some(id), Some(name), Some(points)) = (id, name, points) {
            inputs.push(Input::number(&id, Numbers::COUNT).called(name.get_ref()));
            kinds.push(Loss { name: name.into_inner(), points, cap, once });
        }
        loss.finish(out);
    }
    let cap = keys.amount("cap", out).map(|cap| cap.into_inner());
    (!kinds.is_empty()).then(|| Box::new(Losses { max: head.max, kinds, cap, inputs }) as Box<dyn Rule>)
}

/// `points`, or `share` of the maximum.
fn read_points(loss: &mut Keys<'_>, max: Decimal, out: &mut Diagnostics) -> Option<Decimal> {
    let points = loss.amount("points", out).map(|points| points.into_inner());
    let share = loss.amount("share", out).map(|share| max * share.into_inner() / Decimal::ONE_HUNDRED);
    match (points, share) {
        (Some(points), None) | (None, Some(points)) => Some(points),
        (points, share) => {
            let found = usize::from(points.is_some()) + usize::from(share.is_some());
            out.one_of_keys(loss.place(), &["points", "share"], found);
            None
        }
    }
}

impl Loss {
    fn of(&self, count: Decimal) -> Decimal {
        let times = if self.once { count.min(Decimal::ONE) } else { count };
        let lost = self.points * times;
        self.cap.map_or(lost, |cap| lost.min(cap))
    }
}

impl Rule for Losses {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let mut lost = Decimal::ZERO;
        if given.values.iter().all(|value| *value == Value::NotApplicable) {
            return Award::NotApplicable(None);
        }
        for (at, (loss, value)) in self.kinds.iter().zip(given.values).enumerate() {
            let count = match *value {
                Value::Number(count) => count,
                Value::NotApplicable if 1 < self.kinds.len() => continue,
                other => return Award::without(other, at),
            };
            lost += loss.of(count);
            trace.step(|| {
                let name = if loss.name.is_empty() {
                    text!("vi phạm", "violations")
                } else {
                    Text::same(&loss.name)
                };
                Text::by(|lang| {
                    format!("{}: {} → −{}", name.get(lang), plain(count, lang), plain(loss.of(count), lang))
                })
            });
        }
        let lost = self.cap.map_or(lost, |cap| lost.min(cap));
        trace.step(|| {
            Text::by(|lang| {
                let points = (self.max - lost).max(Decimal::ZERO);
                format!("{} − {} → {}", plain(self.max, lang), plain(lost, lang), plain(points, lang))
            })
        });
        Award::Points((self.max - lost).max(Decimal::ZERO))
    }

    fn describe(&self) -> Text {
        let list = |lang| {
            let write = |loss: &Loss| {
                let points = points_text(loss.points);
                if loss.name.is_empty() {
                    points.get(lang).to_owned()
                } else {
                    format!("{}: {}", loss.name, points.get(lang))
                }
            };
            self.kinds.iter().map(write).collect::<Vec<_>>().join("; ")
        };
        let list = Text::by(list);
        let (vi, en) = (list.vi, list.en);
        text!(
            "điểm tối đa trừ mỗi vi phạm {vi}; không dưới 0",
            "the maximum less, for each violation, {en}; never below 0"
        )
    }
}
