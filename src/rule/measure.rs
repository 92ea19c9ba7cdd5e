//! The measure: the number that `bands` and `proportional` look at.
//!
//! | measure | is | inputs |
//! |---|---|---|
//! | `value` | the value as given | `value` |
//! | `ratio` | numerator ÷ denominator × 100, in % | `numerator` and `denominator`, or `value` in % |
//! | `days-late` | days between the due date and the date given, 0 if earlier; or the number given | `value` |
//!
//! Keys: `measure`, `unit`, `range`, `whole` (only whole numbers), `zero_denominator`, `over_fulfilment`, `due`, `days`.
//! Example: 27 of 24 is 112.5 %; with `over_fulfilment = "cap"` it counts as 100.

use super::{Award, Fraction, Head, Input, Numbers, Remark, Trace, Trouble};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::{Mode, Rounding, both, shown};
use crate::text;
use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::Decimal;

/// A measure and how it is taken.
#[derive(Clone, Debug)]
pub struct Measure {
    of: Of,
    unit: String,
    low: Decimal,
    high: Option<Decimal>,
    over: Over,
    whole: bool,
    rounding: Option<Rounding>,
    inputs: Vec<Input>,
}

/// What is measured.
#[derive(Clone, Debug)]
enum Of {
    Value,
    Ratio { zero: ZeroDenominator },
    DaysLate { due: Option<NaiveDate>, working: bool },
}

/// What 0 in the denominator gives.
#[derive(Clone, Copy, Debug)]
enum ZeroDenominator {
    Full,
    Zero,
    NotApplicable,
    Error,
}

/// What more than 100 % gives.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Over {
    Cap,
    Count,
    Error,
}

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;
/// The places of a ratio's inputs.
const VALUE: usize = 0;
const NUMERATOR: usize = 1;
const DENOMINATOR: usize = 2;

impl Measure {
    /// Reads the keys of a measure.
    pub fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Measure {
        let kinds = [("value", 0), ("ratio", 1), ("days-late", 2)];
        let which = keys.word("measure", &kinds, out).unwrap_or(0);
        let unit = keys.text("unit", out).map(|unit| unit.into_inner()).unwrap_or_default();
        let of = match which {
            1 => {
                let zero = [
                    ("full", ZeroDenominator::Full),
                    ("zero", ZeroDenominator::Zero),
                    ("n/a", ZeroDenominator::NotApplicable),
                    ("error", ZeroDenominator::Error),
                ];
                Of::Ratio {
                    zero: keys.word("zero_denominator", &zero, out).unwrap_or(ZeroDenominator::Error),
                }
            }
            2 => Of::DaysLate {
                due: keys.date("due", out).map(|date| date.into_inner()),
                working: keys.word("days", &[("calendar", false), ("working", true)], out).unwrap_or(false),
            },
            _ => Of::Value,
        };
        let percent = unit.trim() == "%" || matches!(of, Of::Ratio { .. });
        let (low, mut high) = read_range(keys, out);
        let overs = [("cap", Over::Cap), ("count", Over::Count), ("error", Over::Error)];
        let over = match of {
            Of::Ratio { .. } => keys.word("over_fulfilment", &overs, out).unwrap_or(Over::Cap),
            _ if percent => keys.word("over_fulfilment", &overs, out).unwrap_or(Over::Error),
            _ => Over::Count,
        };
        if percent && high.is_none() && over != Over::Count {
            high = Some(HUNDRED);
        }
        let whole = match of {
            Of::Value => keys.flag("whole", out).unwrap_or(false),
            Of::Ratio { .. } => false,
            Of::DaysLate { .. } => true,
        };
        let mut measure =
            Measure { of, unit, low, high, over, whole, rounding: head.measure_rounding, inputs: Vec::new() };
        measure.inputs = measure.make_inputs(percent);
        measure
    }

    fn make_inputs(&self, percent: bool) -> Vec<Input> {
        let cap = self.over == Over::Cap;
        let value =
            Numbers { low: Some(self.low), high: self.high.filter(|_| !cap), whole: self.whole, percent };
        match self.of {
            Of::Value => vec![Input::number(Input::VALUE, value)],
            Of::Ratio { .. } => vec![
                Input::number(Input::VALUE, value),
                Input::number(Input::NUMERATOR, Numbers::AMOUNT),
                Input::number(Input::DENOMINATOR, Numbers::AMOUNT),
            ],
            Of::DaysLate { due, .. } => {
                vec![Input {
                    dates: due.is_some(),
                    ..Input::number(Input::VALUE, Numbers { high: self.high, ..Numbers::COUNT })
                }]
            }
        }
    }

    /// What must be given.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The lowest and the highest measure that a rule can see; `None` for no end.
    pub fn domain(&self) -> (Decimal, Option<Decimal>) {
        (self.low, self.high)
    }

    /// Whether the measure only takes whole numbers.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The measure of what was given, or the award that is already settled without it.
    ///
    /// # Errors
    /// The award: missing, full, zero, N/A or trouble.
    pub fn of(&self, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        let measure = match self.of {
            Of::Value => self.plain(values[VALUE])?,
            Of::Ratio { zero } => self.ratio(values, zero, trace)?,
            Of::DaysLate { due, working } => days_late(values[VALUE], due, working, trace)?,
        };
        let measure = self.capped(measure, values, trace)?;
        Ok(match self.rounding {
            Some(rounding) => {
                let rounded = rounding.apply(measure.value());
                trace.step(|| {
                    let by =
                        |lang| format!("{} → {}", shown(measure.value(), lang), rounding.text(rounded, lang));
                    Text {
                        vi: format!("làm tròn trước khi tính: {}", by(Lang::Vi)),
                        en: format!("rounded before the rule: {}", by(Lang::En)),
                    }
                });
                Fraction::whole(rounded)
            }
            None => measure,
        })
    }

    fn plain(&self, value: Value) -> Result<Fraction, Award> {
        match value {
            Value::Number(number) => Ok(Fraction::whole(number)),
            other => Err(Award::without(other, VALUE)),
        }
    }

    fn ratio(&self, values: &[Value], zero: ZeroDenominator, trace: &mut Trace) -> Result<Fraction, Award> {
        if values.contains(&Value::Unreadable) {
            return Err(Award::Unreadable);
        }
        let (numerator, denominator) = match (values[NUMERATOR], values[DENOMINATOR]) {
            (Value::Number(numerator), Value::Number(denominator)) => (numerator, denominator),
            (Value::Missing, Value::Missing) => match values[VALUE] {
                Value::Number(percent) => return Ok(Fraction::whole(percent)),
                Value::NotApplicable => return Err(Award::NotApplicable(None)),
                _ => return Err(Award::Missing(NUMERATOR)),
            },
            (Value::NotApplicable, _) | (_, Value::NotApplicable) => return Err(Award::NotApplicable(None)),
            (Value::Missing, _) => return Err(Award::Missing(NUMERATOR)),
            _ => return Err(Award::Missing(DENOMINATOR)),
        };
        if denominator.is_zero() {
            let (n, d) = (shown(numerator, Lang::Vi), shown(denominator, Lang::Vi));
            return Err(match zero {
                ZeroDenominator::Full => {
                    trace.step(|| {
                        text!(
                            "{n} ÷ {d}: mẫu số 0 được điểm tối đa",
                            "{n} ÷ {d}: a zero denominator gives full points"
                        )
                    });
                    Award::Full
                }
                ZeroDenominator::Zero => {
                    trace.step(|| {
                        text!(
                            "{n} ÷ {d}: mẫu số 0 được 0 điểm",
                            "{n} ÷ {d}: a zero denominator gives 0 points"
                        )
                    });
                    Award::Points(Decimal::ZERO)
                }
                ZeroDenominator::NotApplicable => Award::NotApplicable(Some(text!(
                    "mẫu số bằng 0: không phát sinh",
                    "the denominator is 0: nothing arose"
                ))),
                ZeroDenominator::Error => Award::Trouble(DENOMINATOR, Trouble::ZeroDenominator),
            });
        }
        let ratio = Fraction::new(numerator * HUNDRED, denominator);
        trace.step(|| {
            Text::by(|lang| {
                format!(
                    "{} ÷ {} × 100 = {} %",
                    shown(numerator, lang),
                    shown(denominator, lang),
                    shown(ratio.value(), lang)
                )
            })
        });
        if let Value::Number(given) = values[VALUE]
            && !is_rounding_of(given, ratio.value())
        {
            trace.remark(Remark::RatioDiffers { given, computed: ratio.value() });
        }
        Ok(ratio)
    }

    /// Holds the measure below 100 % where the criterion says so.
    fn capped(&self, measure: Fraction, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        let Some(high) = self.high.filter(|_| self.over != Over::Count) else { return Ok(measure) };
        if measure.compare(high).is_le() {
            return Ok(measure);
        }
        match self.over {
            Over::Error => {
                let input = if self.inputs.len() > 1 { NUMERATOR } else { VALUE };
                Err(Award::Trouble(input, Trouble::OverFulfilled))
            }
            _ => {
                let (done, planned) = match (values.get(NUMERATOR), values.get(DENOMINATOR)) {
                    (Some(Value::Number(numerator)), Some(Value::Number(denominator))) => {
                        (*numerator, *denominator)
                    }
                    _ => (measure.value(), high),
                };
                trace.remark(Remark::OverFulfilled { done, planned });
                let (vi, en) = both(high);
                trace.step(|| text!("vượt kế hoạch, tính bằng {vi} %", "over-fulfilled, counts as {en} %"));
                Ok(Fraction::whole(high))
            }
        }
    }

    /// The measure in words, with its unit: "tỷ lệ", "giá trị (lượt)".
    pub fn describe(&self) -> Text {
        match self.of {
            Of::Ratio { .. } => text!("tỷ lệ %", "ratio in %"),
            Of::DaysLate { .. } => text!("số ngày trễ", "days late"),
            Of::Value if self.unit.is_empty() => text!("giá trị", "value"),
            Of::Value => {
                let unit = &self.unit;
                text!("giá trị ({unit})", "value ({unit})")
            }
        }
    }
}

/// `range = [low, high]`, or only `[low]`.
fn read_range(keys: &mut Keys<'_>, out: &mut Diagnostics) -> (Decimal, Option<Decimal>) {
    let Some(range) = keys.decimals("range", out) else { return (Decimal::ZERO, None) };
    match range.get_ref()[..] {
        [low] => (low, None),
        [low, high] if low < high => (low, Some(high)),
        _ => {
            let expected = text!("[thấp nhất, cao nhất]", "[lowest, highest]");
            out.number_out_of_range(keys.place_of(&range), "range", expected);
            (Decimal::ZERO, None)
        }
    }
}

/// Whether a printed number is what rounding or cutting the exact one gives.
fn is_rounding_of(given: Decimal, exact: Decimal) -> bool {
    let digits = given.scale();
    let to = |mode| Rounding { digits, mode }.apply(exact) == given;
    to(Mode::HalfUp) || to(Mode::Truncate)
}

fn days_late(
    value: Value,
    due: Option<NaiveDate>,
    working: bool,
    trace: &mut Trace,
) -> Result<Fraction, Award> {
    let days = match (value, due) {
        (Value::Number(days), _) => return Ok(Fraction::whole(days)),
        (Value::Date(day), Some(due)) => days_between(due, day, working),
        _ => return Err(Award::without(value, VALUE)),
    };
    trace.step(|| {
        let kind = if working { text!("ngày làm việc", "working days") } else { text!("ngày", "days") };
        let due = due.map(|due| due.format("%d/%m/%Y").to_string()).unwrap_or_default();
        Text {
            vi: format!("hạn {due}, trễ {days} {}", kind.vi),
            en: format!("due {due}, {days} {} late", kind.en),
        }
    });
    Ok(Fraction::whole(Decimal::from(days)))
}

/// Days from the due date to a day (`num_days_from_ce`), 0 if that is earlier; working days are
/// Monday to Friday.
pub fn days_between(due: NaiveDate, day: i32, working: bool) -> i64 {
    let calendar = i64::from(day) - i64::from(due.num_days_from_ce());
    if calendar <= 0 || !working {
        return calendar.max(0);
    }
    let is_weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let rest = calendar % 7;
    let in_rest = due.iter_days().skip(1).take(rest as usize).filter(|date| !is_weekend(*date)).count();
    calendar / 7 * 5 + in_rest as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_day_after_the_due_date() {
        let due = NaiveDate::from_ymd_opt(2026, 12, 15).unwrap(); // a Tuesday
        let day = |d| NaiveDate::from_ymd_opt(2026, 12, d).unwrap().num_days_from_ce();
        assert_eq!(days_between(due, day(10), false), 0);
        assert_eq!(days_between(due, day(15), false), 0);
        assert_eq!(days_between(due, day(18), false), 3);
        assert_eq!(days_between(due, day(20), true), 3); // Wed, Thu, Fri
        assert_eq!(days_between(due, day(21), true), 4);
        assert_eq!(days_between(due, day(29), true), 10);
    }
}
