//! # `weighted`
//!
//! Awards the maximum × the weighted mean of counted answers: maximum × Σ nₖwₖ ÷ Σ nₖ (catalogue
//! K24).
//!
//! | key | says | default |
//! |---|---|---|
//! | `answers` | a list of `{ id, name, weight }` (weight in % of the maximum, the highest 100), or of `{ id, name, counts = false }` for answers that are left out; each is an input of its own | |
//! | `at_least` | fewer answers than this: N/A | 1 |
//!
//! ```toml
//! [[criterion]]
//! id = "8.1"
//! name = "Mức độ hài lòng của người dân"
//! max = 2
//! part = "survey"
//! kind = "weighted"
//! answers = [
//!   { id = "a", name = "Tốt", weight = 100 },
//!   { id = "b", name = "Khá", weight = 60 },
//!   { id = "c", name = "Trung bình", weight = 20 },
//!   { id = "d", name = "Kém", weight = 0 },
//!   { id = "kyk", name = "Không ý kiến", counts = false },
//! ]
//! ```
//!
//! In a wide file the columns are `8.1.a`, `8.1.b` and so on, each so many answers. 50, 30, 15 and 5
//! make 71 %, and 2 × 71 % = 1.42 points. Where nobody answered, the criterion is N/A.

use super::checklist::read_item_id;
use super::{Award, Fraction, Given, Head, Input, Kind, Numbers, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::{both, plain, shown};
use crate::text;
use rust_decimal::Decimal;

pub(super) const KIND: Kind = Kind {
    name: "weighted",
    awards: ("trung bình có trọng số", "the weighted mean of counted answers"),
    read,
};

#[derive(Debug)]
struct Weighted {
    max: Decimal,
    answers: Vec<Answer>,
    at_least: Option<Decimal>,
    inputs: Vec<Input>,
}

#[derive(Debug)]
struct Answer {
    name: String,
    /// In % of the maximum; none for an answer that is left out.
    weight: Option<Decimal>,
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let before = out.errors();
    keys.need("answers", out);
    let (mut answers, mut inputs): (Vec<Answer>, Vec<Input>) = (Vec::new(), Vec::new());
    for mut answer in keys.tables("answers", text!("trả lời", "the answer"), out) {
        let id = read_item_id(&mut answer, &inputs, out);
        let name = answer.text("name", out).map(|name| name.into_inner());
        let weight = read_weight(&mut answer, out);
        if let (Some(id), Some(weight)) = (id, weight) {
            let name = name.unwrap_or_else(|| id.clone());
            inputs.push(Input::number(&id, Numbers::AMOUNT).called(&name));
            answers.push(Answer { name, weight });
        }
        answer.finish(out);
    }
    let at_least = keys.amount("at_least", out).map(|least| least.into_inner());
    (out.errors() == before)
        .then(|| Box::new(Weighted { max: head.max, answers, at_least, inputs }) as Box<dyn Rule>)
}

/// `weight`, or nothing where `counts = false`.
fn read_weight(answer: &mut Keys<'_>, out: &mut Diagnostics) -> Option<Option<Decimal>> {
    let counts = answer.flag("counts", out).unwrap_or(true);
    if counts {
        answer.need("weight", out);
    }
    let weight = answer.amount("weight", out);
    match weight {
        Some(weight) if Decimal::ONE_HUNDRED < *weight.get_ref() => {
            let expected = text!("số từ 0 đến 100", "a number from 0 to 100");
            out.number_out_of_range(answer.place_of(&weight), "weight", expected);
            None
        }
        Some(_) if !counts => {
            out.one_of_keys(answer.place(), &["weight", "counts"], 2);
            None
        }
        Some(weight) => Some(Some(weight.into_inner())),
        None => (!counts).then_some(None),
    }
}

impl Rule for Weighted {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let counted = self.answers.iter().zip(given.values).enumerate();
        let counted = counted.filter_map(|(at, (answer, value))| Some((at, answer.weight?, *value)));
        if let Some(award) = Award::settled(counted.clone().map(|(at, _, value)| (at, value))) {
            return award;
        }
        let counted = counted.filter_map(|(_, weight, value)| Some((number(value)?, weight)));
        let count: Decimal = counted.clone().map(|(count, _)| count).sum();
        if count.is_zero() || self.at_least.is_some_and(|least| count < least) {
            let why = self.too_few(count);
            trace.step(|| why.clone());
            return Award::NotApplicable(Some(why));
        }
        let mean = Fraction::new(counted.clone().map(|(count, weight)| count * weight).sum(), count);
        let points = mean.scaled(self.max, Decimal::ONE_HUNDRED);
        trace.step(|| {
            Text::by(|lang| {
                let parts = counted
                    .clone()
                    .map(|(count, weight)| format!("{} × {} %", plain(count, lang), plain(weight, lang)));
                let (sum, count) = (parts.collect::<Vec<_>>().join(" + "), plain(count, lang));
                format!("({sum}) ÷ {count} = {} %", shown(mean.value(), lang))
            })
        });
        trace.step(|| {
            Text::by(|lang| {
                let [max, mean, points] = [self.max, mean.value(), points].map(|number| shown(number, lang));
                format!("{max} × {mean} % = {points}")
            })
        });
        Award::Points(points)
    }

    fn most(&self) -> Option<Decimal> {
        let highest = self.answers.iter().filter_map(|answer| answer.weight).max().unwrap_or_default();
        Some(self.max * highest / Decimal::ONE_HUNDRED)
    }

    fn describe(&self) -> Text {
        Text::by(|lang| {
            let vi = lang == Lang::Vi;
            let answers = self.answers.iter().map(|answer| match answer.weight {
                Some(weight) => format!("{} {} %", answer.name, plain(weight, lang)),
                None if vi => format!("{} không tính", answer.name),
                None => format!("{} not counted", answer.name),
            });
            let (max, answers) = (plain(self.max, lang), answers.collect::<Vec<_>>().join("; "));
            let least = self.at_least.map(|least| plain(least, lang));
            match (vi, least) {
                (true, None) => format!("{max} × trung bình có trọng số: {answers}"),
                (true, Some(least)) => {
                    format!("{max} × trung bình có trọng số: {answers}; ít nhất {least} lượt")
                }
                (false, None) => format!("{max} × the weighted mean: {answers}"),
                (false, Some(least)) => {
                    format!("{max} × the weighted mean: {answers}; at least {least} answers")
                }
            }
        })
    }
}

impl Weighted {
    /// Why there is nothing to take a mean of.
    fn too_few(&self, count: Decimal) -> Text {
        let Some(least) = self.at_least.filter(|_| !count.is_zero()) else {
            return text!("không có lượt trả lời nào", "nobody answered");
        };
        let ((vi, en), (least_vi, least_en)) = (both(count), both(least));
        text!("chỉ có {vi} lượt trả lời, cần ít nhất {least_vi}", "only {en} answers, {least_en} are needed")
    }
}

/// The number that a value is; none for N/A.
fn number(value: Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}
