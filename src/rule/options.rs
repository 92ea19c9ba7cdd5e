//! # `options`
//!
//! Awards what the named option says (catalogue K2, K3, K30).
//!
//! | key | says |
//! |---|---|
//! | `options` | a list of `{ name, points }`, `{ name, share }` (% of the maximum) or `{ name, up_to, from }` (a free number from `from`, or else 0, to `up_to`, given as the input `points`) |
//!
//! ```toml
//! [[criterion]]
//! id = "II.1.3"
//! name = "Sử dụng nền tảng số dùng chung"
//! max = 10
//! kind = "options"
//! options = [
//!   { name = "hiệu quả, cập nhật thường xuyên", points = 10 },
//!   { name = "không thường xuyên", share = 30 },
//!   { name = "cải tiến từ mô hình cũ", up_to = 3 },
//!   { name = "không thực hiện", points = 0 },
//! ]
//! ```
//!
//! "Không thường xuyên" gives 10 × 30 % = 3 points. Names are matched without regard to capitals,
//! spaces and the place of tone marks. The best option gives the maximum.

use super::{Award, Given, Head, Input, Kind, Level, Numbers, Remark, Rule, Trace, Trouble, Word};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::lang::Text;
use crate::model::Value;
use crate::number::{both, plain};
use crate::text;
use crate::text::folded;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind {
        name: "options", awards: ("theo phương án được chọn", "what the named option says"), read
    };

#[derive(Debug)]
struct Options {
    awards: Vec<(String, Gives)>,
    inputs: Vec<Input>,
}

#[derive(Clone, Copy, Debug)]
enum Gives {
    Points(Decimal),
    /// As many as the appraiser gives, from so many to so many.
    Between(Decimal, Decimal),
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    keys.need("options", out);
    let mut awards: Vec<(String, Gives)> = Vec::new();
    for mut option in keys.tables("options", text!("phương án", "the option"), out) {
        let name = option.need_text("name", out);
        let gives = read_gives(&mut option, head.max, out);
        if let (Some(name), Some(gives)) = (name, gives) {
            if awards.iter().any(|(other, _)| folded(other) == folded(name.get_ref())) {
                out.duplicate_option(option.place_of(&name), name.get_ref());
            }
            awards.push((name.into_inner(), gives));
        }
        option.finish(out);
    }
    if awards.is_empty() {
        return None;
    }
    let words = awards.iter().map(|(name, _)| Word { text: name.clone(), also: &[] }).collect();
    let mut inputs = vec![Input::words(Input::VALUE, words)];
    if awards.iter().any(|(_, gives)| matches!(gives, Gives::Between(..))) {
        inputs.push(Input::number(Input::POINTS, Numbers::points(head.max)));
    }
    Some(Box::new(Options { awards, inputs }))
}

fn read_gives(option: &mut Keys<'_>, max: Decimal, out: &mut Diagnostics) -> Option<Gives> {
    let points = option.amount("points", out);
    let share = option.amount("share", out);
    let up_to = option.amount("up_to", out);
    let from = if points.is_none() && share.is_none() { option.amount("from", out) } else { None };
    let keys = ["points", "share", "up_to"];
    let given: Vec<&Spanned<Decimal>> = [&points, &share, &up_to].into_iter().flatten().collect();
    let [only] = given[..] else {
        out.one_of_keys(option.place(), &keys, given.len());
        return None;
    };
    let gives = match (&points, &share) {
        (Some(points), _) => Gives::Points(*points.get_ref()),
        (_, Some(share)) => Gives::Points(max * share.get_ref() / Decimal::ONE_HUNDRED),
        _ => Gives::Between(from.as_ref().map_or(Decimal::ZERO, |from| *from.get_ref()), *only.get_ref()),
    };
    if let (Some(from), Gives::Between(least, most)) = (&from, gives)
        && most < least
    {
        let (vi, en) = both(most);
        let expected = text!("số không quá up_to ({vi})", "at most up_to ({en})");
        out.number_out_of_range(option.place_of(from), "from", expected);
    }
    if max < gives.most() {
        out.more_than_maximum(option.place_of(only), gives.most(), max);
    }
    Some(gives)
}

impl Gives {
    fn most(self) -> Decimal {
        match self {
            Gives::Points(points) | Gives::Between(_, points) => points,
        }
    }
}

impl Rule for Options {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let Value::Word(word) = given.values[0] else { return Award::without(given.values[0], 0) };
        let (name, gives) = &self.awards[usize::from(word)];
        trace.step(|| text!("phương án: {name}", "option: {name}"));
        match *gives {
            Gives::Points(points) => {
                if let Some(Value::Number(ignored)) = given.values.get(1) {
                    trace.remark(Remark::PointsIgnored(*ignored));
                }
                Award::Points(points)
            }
            Gives::Between(least, most) => match given.values[1] {
                Value::Number(points) if most < points => Award::Trouble(1, Trouble::AboveLimit(most)),
                Value::Number(points) if points < least => Award::Trouble(1, Trouble::BelowLimit(least)),
                Value::Number(points) => {
                    trace.step(|| {
                        let ((v, e), range) = (both(points), range(least, most));
                        let (vi, en) = (range.vi, range.en);
                        text!("cho {v} điểm ({vi})", "given {e} points ({en})")
                    });
                    Award::Points(points)
                }
                other => Award::without(other, 1),
            },
        }
    }

    fn most(&self) -> Option<Decimal> {
        self.awards.iter().map(|(_, gives)| gives.most()).max()
    }

    fn levels(&self, _: &[Value]) -> Vec<Level> {
        let level = |(at, (name, gives)): (usize, &(String, Gives))| {
            let mut inputs = vec![(0, Value::Word(at as u16))];
            if let Gives::Between(_, most) = gives {
                inputs.push((1, Value::Number(*most)));
            }
            Level { inputs, said: Text::same(name) }
        };
        self.awards.iter().enumerate().map(level).collect()
    }

    fn describe(&self) -> Text {
        let list = |lang| {
            let write = |(name, gives): &(String, Gives)| match *gives {
                Gives::Points(points) => format!("{name}: {}", plain(points, lang)),
                Gives::Between(least, most) => format!("{name}: {}", range(least, most).get(lang)),
            };
            self.awards.iter().map(write).collect::<Vec<_>>().join("; ")
        };
        Text::by(list)
    }
}

/// Which points can be given, in words.
fn range(least: Decimal, most: Decimal) -> Text {
    let ((least_vi, least_en), (most_vi, most_en)) = (both(least), both(most));
    if least.is_zero() {
        return text!("tối đa {most_vi}", "at most {most_en}");
    }
    text!("từ {least_vi} đến {most_vi}", "from {least_en} to {most_en}")
}
