//! The measure: the number that `bands` and `proportional` look at.
//!
//! | measure | is | inputs |
//! |---|---|---|
//! | `value` | the value as given, or the sum of its `parts` | `value`, or one for each part |
//! | `ratio` | numerator ÷ denominator × 100, in % | `numerator` and `denominator`, or `value` in % |
//! | `change` | what it grew by since the round before | those of `of`, and `previous` |
//! | `against-target` | in % of the unit's target | those of `of`, and `target` |
//! | `formula` | what arithmetic over named inputs gives | one for each name |
//! | `days-late` | days between the due date and the date given, 0 if earlier; or the number given | `value` |
//!
//! Keys: `measure`, `unit`, `range`, `whole` (only whole numbers), `over_fulfilment`, and those of
//! each measure in its file.
//! Example: 27 of 24 is 112.5 %; with `over_fulfilment = "cap"` it counts as 100.

mod change;
mod days_late;
mod formula;
mod parts;
mod quantity;
mod target;

use super::{Award, Fraction, Head, Input, Level, Numbers, Remark, Trace, Trouble};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::{Rounding, both, plain, shown};
use crate::text;
use change::Change;
use days_late::DaysLate;
use formula::Formula;
use parts::Parts;
use rust_decimal::Decimal;
use target::Target;

pub use days_late::days_between;
use quantity::Ratio;

/// A measure and how it is taken.
#[derive(Clone, Debug)]
pub struct Measure {
    of: Of,
    unit: String,
    low: Option<Decimal>,
    high: Option<Decimal>,
    over: Over,
    whole: bool,
    rounding: Option<Rounding>,
    inputs: Vec<Input>,
    /// What it is called, where its kind knows better.
    called: Option<Text>,
}

/// What is measured.
#[derive(Clone, Debug)]
enum Of {
    Value,
    Parts(Parts),
    Ratio(Ratio),
    Change(Change),
    Target(Target),
    DaysLate(DaysLate),
    Formula(Formula),
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
        let measures = [
            ("value", 0),
            ("ratio", 1),
            ("days-late", 2),
            ("change", 3),
            ("against-target", 4),
            ("formula", 5),
        ];
        let which = keys.word("measure", &measures, out).unwrap_or(0);
        let unit = keys.text("unit", out).map(|unit| unit.into_inner()).unwrap_or_default();
        let of = match which {
            1 => Of::Ratio(Ratio::read(keys, out)),
            2 => Of::DaysLate(DaysLate::read(keys, out)),
            3 => Of::Change(Change::read(keys, out)),
            4 => Of::Target(Target::read(keys, out)),
            5 => Of::Formula(Formula::read(keys, head.max, out)),
            _ if keys.has("parts") => Of::Parts(Parts::read(keys, out)),
            _ => Of::Value,
        };
        Measure::with(of, unit, keys, head, out)
    }

    /// A ratio in % of two inputs that the round fills in.
    pub(super) fn linked_ratio(
        inputs: [Input; 2],
        called: Text,
        keys: &mut Keys<'_>,
        head: Head,
        out: &mut Diagnostics,
    ) -> Measure {
        let of = Of::Ratio(Ratio::read(keys, out));
        let mut measure = Measure::with(of, String::new(), keys, head, out);
        let [numerator, denominator] = inputs;
        (measure.inputs[NUMERATOR], measure.inputs[DENOMINATOR]) = (numerator, denominator);
        measure.called = Some(called);
        measure
    }

    /// A percentage that the round fills in.
    pub(super) fn linked_percent(
        input: Input,
        called: Text,
        keys: &mut Keys<'_>,
        head: Head,
        out: &mut Diagnostics,
    ) -> Measure {
        let mut measure = Measure::with(Of::Value, "%".to_owned(), keys, head, out);
        measure.inputs[VALUE].origin = input.origin;
        measure.called = Some(called);
        measure
    }

    /// The keys that every measure has.
    fn with(of: Of, unit: String, keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Measure {
        let by_nature = matches!(of, Of::Ratio(_) | Of::Target(_));
        let percent = by_nature || (unit.trim() == "%" && !matches!(of, Of::Change(_)));
        let range = read_range(keys, out);
        let (low, mut high) = match of {
            // Their range is that of the values; a change may be less than nothing.
            Of::Change(_) => (None, None),
            Of::Target(_) => {
                (Some(Decimal::ZERO).filter(|zero| range.0.is_none_or(|low| *zero <= low)), None)
            }
            _ => (range.0.or(Some(Decimal::ZERO)), range.1),
        };
        let overs = [("cap", Over::Cap), ("count", Over::Count), ("error", Over::Error)];
        let over = match percent {
            true => keys.word("over_fulfilment", &overs, out).unwrap_or(if by_nature {
                Over::Cap
            } else {
                Over::Error
            }),
            false => Over::Count,
        };
        if percent && high.is_none() && over != Over::Count {
            high = Some(HUNDRED);
        }
        let whole = match of {
            Of::Value | Of::Parts(_) => keys.flag("whole", out).unwrap_or(false),
            Of::DaysLate(_) => true,
            Of::Ratio(_) | Of::Change(_) | Of::Target(_) | Of::Formula(_) => false,
        };
        let rounding = head.measure_rounding;
        let mut measure =
            Measure { of, unit, low, high, over, whole, rounding, inputs: Vec::new(), called: None };
        measure.inputs = measure.make_inputs(percent, range);
        measure
    }

    fn make_inputs(&self, percent: bool, range: (Option<Decimal>, Option<Decimal>)) -> Vec<Input> {
        let of_values =
            Numbers { low: range.0.or(Some(Decimal::ZERO)), high: range.1, whole: false, percent: true };
        let cap = self.over == Over::Cap;
        let numbers = Numbers { low: self.low, high: self.high.filter(|_| !cap), whole: self.whole, percent };
        match &self.of {
            Of::Value => vec![Input::number(Input::VALUE, numbers)],
            Of::Parts(parts) => parts.inputs(numbers),
            Of::Ratio(_) => Ratio::inputs(numbers),
            Of::Change(change) => change.inputs(of_values),
            Of::Target(target) => target.inputs(of_values),
            Of::DaysLate(days) => vec![days.input(self.high)],
            Of::Formula(formula) => formula.inputs(),
        }
    }

    /// What must be given.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The lowest and the highest measure that a rule can see; `None` for no end.
    pub fn domain(&self) -> (Option<Decimal>, Option<Decimal>) {
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
        let measure = match &self.of {
            Of::Value => quantity::plain(values[VALUE])?,
            Of::Parts(parts) => parts.of(values, trace)?,
            Of::Ratio(ratio) => ratio.of(values, trace).map_err(|award| self.without_units(award))?,
            Of::Change(change) => change.of(values, trace)?,
            Of::Target(target) => target.of(values, trace)?,
            Of::DaysLate(days) => days.of(values[VALUE], trace)?,
            Of::Formula(formula) => formula.of(values, trace)?,
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

    /// The measure as something that could be given; none where it comes from elsewhere, or from a
    /// formula over several inputs.
    pub fn level(&self, measure: Decimal) -> Option<Level> {
        if self.called.is_some() || self.low.is_some_and(|low| measure < low) {
            return None;
        }
        let mut inputs = vec![(VALUE, Value::Number(measure))];
        match &self.of {
            Of::Value | Of::DaysLate(_) => {}
            Of::Ratio(_) => inputs.extend([(NUMERATOR, Value::Missing), (DENOMINATOR, Value::Missing)]),
            Of::Parts(_) | Of::Change(_) | Of::Target(_) | Of::Formula(_) => return None,
        }
        let unit = match &self.of {
            Of::Ratio(_) => "%",
            Of::DaysLate(_) => "",
            _ => self.unit.trim(),
        };
        let said = Text::by(|lang| {
            let number = plain(measure, lang);
            if unit.is_empty() { number } else { format!("{number} {unit}") }
        });
        Some(Level { inputs, said })
    }

    /// The number that conditions of others look at: what was measured, before it is held against a
    /// target; `None` where there is none.
    pub fn looked_at(&self, values: &[Value]) -> Option<Fraction> {
        let mut trace = Trace::default();
        match &self.of {
            Of::Target(target) => target.quantity(values, &mut trace).ok(),
            _ => self.of(values, &mut trace).ok(),
        }
    }

    /// Says of a ratio over lower units that there are none, where nothing stands below the line.
    fn without_units(&self, award: Award) -> Award {
        match award {
            Award::NotApplicable(Some(_)) if self.called.is_some() => Award::NotApplicable(Some(text!(
                "không có đơn vị cấp dưới nào được tính",
                "it has no lower units that count"
            ))),
            award => award,
        }
    }

    /// Holds the measure below 100 % where the criterion says so.
    fn capped(&self, measure: Fraction, values: &[Value], trace: &mut Trace) -> Result<Fraction, Award> {
        let Some(high) = self.high.filter(|_| self.over != Over::Count) else { return Ok(measure) };
        if measure.compare(high).is_le() {
            return Ok(measure);
        }
        let is_ratio = matches!(self.of, Of::Ratio(_));
        if self.over == Over::Error {
            return Err(Award::Trouble(if is_ratio { NUMERATOR } else { VALUE }, Trouble::OverFulfilled));
        }
        let (done, planned) = match (values.get(NUMERATOR), values.get(DENOMINATOR)) {
            (Some(Value::Number(numerator)), Some(Value::Number(denominator))) if is_ratio => {
                (*numerator, *denominator)
            }
            _ => (measure.value(), high),
        };
        // More than the target is what targets are for; more than all there is, a slip.
        if !matches!(self.of, Of::Target(_)) {
            trace.remark(Remark::OverFulfilled { done, planned });
        }
        let (vi, en) = both(high);
        trace.step(|| text!("vượt kế hoạch, tính bằng {vi} %", "over-fulfilled, counts as {en} %"));
        Ok(Fraction::whole(high))
    }

    /// The measure in words, with its unit: "tỷ lệ", "giá trị (lượt)".
    pub fn describe(&self) -> Text {
        if let Some(called) = &self.called {
            return called.clone();
        }
        match &self.of {
            Of::Ratio(_) => text!("tỷ lệ %", "ratio in %"),
            Of::DaysLate(_) => text!("số ngày trễ", "days late"),
            Of::Change(change) => change.describe(),
            Of::Formula(formula) => formula.describe(),
            Of::Target(target) => target.describe(),
            Of::Value | Of::Parts(_) if self.unit.is_empty() => text!("giá trị", "value"),
            Of::Value | Of::Parts(_) => {
                let unit = &self.unit;
                text!("giá trị ({unit})", "value ({unit})")
            }
        }
    }
}

/// `range = [low, high]`, or only `[low]`.
fn read_range(keys: &mut Keys<'_>, out: &mut Diagnostics) -> (Option<Decimal>, Option<Decimal>) {
    let Some(range) = keys.decimals("range", out) else { return (None, None) };
    match range.get_ref()[..] {
        [low] => (Some(low), None),
        [low, high] if low < high => (Some(low), Some(high)),
        _ => {
            let expected = text!("[thấp nhất, cao nhất]", "[lowest, highest]");
            out.number_out_of_range(keys.place_of(&range), "range", expected);
            (None, None)
        }
    }
}
