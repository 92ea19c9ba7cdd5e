//! # `given`
//!
//! Awards the number that an appraiser entered, from 0 to the maximum, or the mean of several
//! judges' (catalogue K15, K26).
//!
//! | key | says | default |
//! |---|---|---|
//! | `judges` | a list of `{ id, name, weight }`: the weighted mean of their points; each judge is an input of its own, and one who is N/A is left out | one appraiser |
//! | `weight` | how much a judge's points weigh | 1 |
//!
//! ```toml
//! [[criterion]]
//! id = "3.1"
//! name = "Cung cấp dịch vụ công trực tuyến"
//! max = 12
//! kind = "given"
//!
//! [[criterion]]
//! id = "6.1"
//! name = "Đánh giá của lãnh đạo UBND tỉnh"
//! max = 10
//! kind = "given"
//! judges = [
//!   { id = "chu-tich", name = "Chủ tịch", weight = 2 },
//!   { id = "pho-1", name = "Phó Chủ tịch phụ trách kinh tế" },
//!   { id = "pho-2", name = "Phó Chủ tịch phụ trách văn hóa, xã hội" },
//! ]
//! ```
//!
//! In a wide file the column of the first is `3.1.points` (or `3.1`). 6.36 gives 6.36 points; 12.5 is
//! refused: it is more than the maximum. Those of the second are `6.1.chu-tich`, `6.1.pho-1` and
//! `6.1.pho-2`: 9, 8 and 7 give (2 × 9 + 8 + 7) ÷ 4 = 8.25; 9, 8 and N/A give (2 × 9 + 8) ÷ 3.

use super::checklist::read_item_id;
use super::{Award, Fraction, Given as Inputs, Head, Input, Kind, Numbers, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::{both, plain, shown};
use crate::text;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind {
        name: "given", awards: ("điểm người thẩm định cho", "points given by an appraiser"), read
    };

#[derive(Debug)]
struct Given {
    /// Several judges; none where one appraiser gives the points.
    judges: Vec<Judge>,
    inputs: Vec<Input>,
}

#[derive(Debug)]
struct Judge {
    name: String,
    weight: Decimal,
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let points = Numbers::points(head.max);
    let (mut judges, mut inputs): (Vec<Judge>, Vec<Input>) = (Vec::new(), Vec::new());
    let has_judges = keys.has("judges");
    for mut judge in keys.tables("judges", text!("người chấm", "the judge"), out) {
        let id = read_item_id(&mut judge, &inputs, out);
        let name = judge.text("name", out).map(|name| name.into_inner());
        let weight = read_weight(&mut judge, out);
        if let (Some(id), Some(weight)) = (id, weight) {
            let name = name.unwrap_or_else(|| id.clone());
            inputs.push(Input::number(&id, points).called(&name));
            judges.push(Judge { name, weight });
        }
        judge.finish(out);
    }
    match has_judges {
        true if judges.is_empty() => return None,
        true => {}
        false => inputs.push(Input::number(Input::POINTS, points)),
    }
    Some(Box::new(Given { judges, inputs }))
}

fn read_weight(judge: &mut Keys<'_>, out: &mut Diagnostics) -> Option<Decimal> {
    if !judge.has("weight") {
        return Some(Decimal::ONE);
    }
    let weight = judge.amount("weight", out)?;
    if weight.get_ref().is_zero() {
        let expected = text!("số lớn hơn 0", "a number above 0");
        out.number_out_of_range(judge.place_of(&weight), "weight", expected);
        return None;
    }
    Some(weight.into_inner())
}

impl Rule for Given {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Inputs<'_>, trace: &mut Trace) -> Award {
        if !self.judges.is_empty() {
            return self.mean(given.values, trace);
        }
        let Value::Number(points) = given.values[0] else { return Award::without(given.values[0], 0) };
        let (vi, en) = both(points);
        trace.step(|| text!("điểm được cho: {vi}", "points given: {en}"));
        Award::Points(points)
    }

    fn describe(&self) -> Text {
        if self.judges.is_empty() {
            return text!("điểm do người thẩm định cho", "points given by the appraiser");
        }
        let list = Text::by(|lang| {
            let names = self.judges.iter().map(|judge| match lang {
                _ if judge.weight == Decimal::ONE => judge.name.clone(),
                Lang::Vi => format!("{} (hệ số {})", judge.name, plain(judge.weight, lang)),
                Lang::En => format!("{} (weight {})", judge.name, plain(judge.weight, lang)),
            });
            names.collect::<Vec<_>>().join("; ")
        });
        let (vi, en) = (list.vi, list.en);
        text!("trung bình điểm của: {vi}", "the mean of the points of: {en}")
    }
}

impl Given {
    /// The weighted mean of what the judges gave; one who is N/A is left out.
    fn mean(&self, values: &[Value], trace: &mut Trace) -> Award {
        if let Some(award) = Award::settled(values.iter().copied().enumerate()) {
            return award;
        }
        let given = self.judges.iter().zip(values).filter_map(|(judge, value)| match value {
            Value::Number(points) => Some((judge, *points)),
            _ => None,
        });
        let weight: Decimal = given.clone().map(|(judge, _)| judge.weight).sum();
        let sum: Decimal = given.clone().map(|(judge, points)| judge.weight * points).sum();
        let points = Fraction::new(sum, weight).value();
        trace.step(|| {
            Text::by(|lang| {
                let parts = given.clone().map(|(judge, points)| match plain(points, lang) {
                    points if judge.weight == Decimal::ONE => points,
                    points => format!("{} × {points}", plain(judge.weight, lang)),
                });
                let sum = parts.collect::<Vec<_>>().join(" + ");
                format!("({sum}) ÷ {} = {}", plain(weight, lang), shown(points, lang))
            })
        });
        Award::Points(points)
    }
}
