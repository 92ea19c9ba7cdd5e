//! # `proportional`
//!
//! Awards the maximum × measure ÷ `full_at`, never more than the maximum (catalogue K6–K8, K21).
//!
//! | key | says | default |
//! |---|---|---|
//! | `full_at` | the measure that earns the maximum; above it the points saturate | 100 |
//! | `zero_below` | gate: below this measure there are no points | |
//! | `zero_at` | the points rise in a straight line from 0 at this measure | |
//! | `better` | `higher`, or `lower`: full up to `full_at`, then maximum × `full_at` ÷ measure, or down in a straight line to `zero_at` | `higher` |
//! | `zero_above` | gate for `better = "lower"` | |
//!
//! and the keys of the measure.
//!
//! ```toml
//! [[criterion]]
//! id = "II.6"
//! name = "Tỷ lệ giải ngân"
//! max = 10
//! kind = "proportional"
//! measure = "ratio"
//! full_at = 85
//! zero_below = 60
//! rounding = { points = { digits = 2, mode = "half-up" } }
//! ```
//!
//! 85 % gives 10; 72.25 % gives 10 × 72.25 ÷ 85 = 8.50; 84.99 % gives 9.9988…, rounded 10.00;
//! 60 % gives 7.06, and 59.99 % gives 0.

use super::measure::Measure;
use super::{Award, Fraction, Given, Head, Input, Kind, Level, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::number::{both, shown};
use crate::text;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind {
        name: "proportional", awards: ("theo tỷ lệ với giá trị", "in proportion to the measure"), read
    };

#[derive(Debug)]
struct Proportional {
    max: Decimal,
    measure: Measure,
    full_at: Decimal,
    zero_at: Option<Decimal>,
    gate: Option<Decimal>,
    lower_is_better: bool,
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let measure = Measure::read(keys, head, out);
    read_over(measure, keys, head, out)
}

/// Reads the line over a measure.
pub(super) fn read_over(
    measure: Measure,
    keys: &mut Keys<'_>,
    head: Head,
    out: &mut Diagnostics,
) -> Option<Box<dyn Rule>> {
    let lower_is_better = keys.word("better", &[("higher", false), ("lower", true)], out).unwrap_or(false);
    if lower_is_better {
        keys.need("full_at", out);
    }
    let place = keys.place_of_key("full_at");
    // What grew by less than nothing can be what is wanted: "giảm từ 2,5 % trở lên".
    let may_fall = measure.domain().0.is_none();
    let full_at = if may_fall { keys.decimal("full_at", out) } else { keys.amount("full_at", out) };
    let full_at = full_at.map_or(Decimal::ONE_HUNDRED, |full| full.into_inner());
    let zero_at = keys.decimal("zero_at", out).map(|zero| zero.into_inner());
    let gate = match lower_is_better {
        false if may_fall => keys.decimal("zero_below", out),
        true if may_fall => keys.decimal("zero_above", out),
        false => keys.amount("zero_below", out),
        true => keys.amount("zero_above", out),
    };
    let gate = gate.map(|gate| gate.into_inner());
    let wrong_way = |zero: Decimal| if lower_is_better { zero <= full_at } else { full_at <= zero };
    if zero_at.is_some_and(wrong_way) {
        out.anchors_wrong_way(place, full_at, zero_at.unwrap_or(full_at), lower_is_better);
        return None;
    }
    if full_at <= Decimal::ZERO && !(lower_is_better && zero_at.is_some()) {
        out.number_out_of_range(place, "full_at", text!("số lớn hơn 0", "a number above 0"));
        return None;
    }
    if !lower_is_better && measure.domain().1.is_some_and(|high| high < full_at) {
        out.full_out_of_reach(place, full_at, measure.domain().1.unwrap_or(full_at));
    }
    Some(Box::new(Proportional { max: head.max, measure, full_at, zero_at, gate, lower_is_better }))
}

impl Rule for Proportional {
    fn inputs(&self) -> &[Input] {
        self.measure.inputs()
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let measure = match self.measure.of(given.values, trace) {
            Ok(measure) => measure,
            Err(award) => return award,
        };
        let is_full =
            |order: std::cmp::Ordering| if self.lower_is_better { order.is_le() } else { order.is_ge() };
        let is_gated = |gate| {
            let order = measure.compare(gate);
            if self.lower_is_better { order.is_gt() } else { order.is_lt() }
        };
        let (fv, fe) = both(self.full_at);
        if is_full(measure.compare(self.full_at)) {
            trace.step(|| text!("đạt mức đủ điểm ({fv})", "reaches the level for full points ({fe})"));
            return Award::Full;
        }
        if let Some(gate) = self.gate.filter(|gate| is_gated(*gate)) {
            let (vi, en) = both(gate);
            trace.step(|| {
                text!("chưa qua mức tối thiểu ({vi}): 0 điểm", "does not pass the gate ({en}): 0 points")
            });
            return Award::Points(Decimal::ZERO);
        }
        let points = match (self.zero_at, self.lower_is_better) {
            (Some(zero), _) => measure.less(zero).scaled(self.max, self.full_at - zero).max(Decimal::ZERO),
            (None, false) => measure.scaled(self.max, self.full_at),
            (None, true) => measure.under(self.max * self.full_at).unwrap_or(self.max),
        };
        trace.step(|| {
            Text::by(|lang| {
                let [max, full, value, points] =
                    [self.max, self.full_at, measure.value(), points].map(|number| shown(number, lang));
                match (self.zero_at.map(|zero| shown(zero, lang)), self.lower_is_better) {
                    (Some(zero), _) => format!("{max} × ({value} − {zero}) ÷ ({full} − {zero}) = {points}"),
                    (None, false) => format!("{max} × {value} ÷ {full} = {points}"),
                    (None, true) => format!("{max} × {full} ÷ {value} = {points}"),
                }
            })
        });
        Award::Points(points)
    }

    fn measure(&self, values: &[Value]) -> Option<Fraction> {
        self.measure.looked_at(values)
    }

    fn has_measure(&self) -> bool {
        true
    }

    fn levels(&self, _: &[Value]) -> Vec<Level> {
        self.measure.level(self.full_at).into_iter().collect()
    }

    fn describe(&self) -> Text {
        let measure = self.measure.describe();
        Text::by(|lang| {
            let vi = lang == crate::lang::Lang::Vi;
            let [max, full] = [self.max, self.full_at].map(|number| shown(number, lang));
            let measure = measure.get(lang);
            let mut words = match (self.zero_at.map(|zero| shown(zero, lang)), self.lower_is_better) {
                (Some(zero), _) => format!("{max} × ({measure} − {zero}) ÷ ({full} − {zero})"),
                (None, false) => format!("{max} × {measure} ÷ {full}"),
                (None, true) => format!("{max} × {full} ÷ {measure}"),
            };
            if let Some(gate) = self.gate.map(|gate| shown(gate, lang)) {
                words += &match (vi, self.lower_is_better) {
                    (true, false) => format!("; dưới {gate}: 0 điểm"),
                    (true, true) => format!("; trên {gate}: 0 điểm"),
                    (false, false) => format!("; below {gate}: 0 points"),
                    (false, true) => format!("; above {gate}: 0 points"),
                };
            }
            words + &if vi { format!("; tối đa {max}") } else { format!("; at most {max}") }
        })
    }
}
