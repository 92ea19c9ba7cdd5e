//! # `formula`
//!
//! Awards what a formula over named inputs gives, from 0 to the maximum (catalogue K31, K32).
//!
//! | key | says | default |
//! |---|---|---|
//! | `inputs` | a list of `{ id, name }`; an id is a word of letters, digits and `_`, and every one is used | |
//! | `formula` | arithmetic: `+ - * / ( )` (also `−`, `×`, `÷`), numbers with a point, ids of inputs, and `max` for the maximum | |
//! | `formulas` | instead of `formula`: a list of `{ name, formula }`, one of which is picked by its name as the input `value` | |
//! | `zero_denominator` | what a division by 0 gives: `full`, `zero`, `n/a`, `error` | `error` |
//!
//! ```toml
//! [[criterion]]
//! id = "5.2"
//! name = "Tỷ lệ phản ánh, kiến nghị được xử lý tốt"
//! max = 2
//! kind = "formula"
//! inputs = [
//!   { id = "tong", name = "Tổng số phản ánh, kiến nghị" },
//!   { id = "xau", name = "Số bị phản hồi không hài lòng hoặc quá hạn" },
//! ]
//! formula = "max * (tong - xau) / tong"
//! zero_denominator = "n/a"
//! ```
//!
//! In a wide file the columns are `5.2.tong` and `5.2.xau`. 100 and 20 give 2 × (100 − 20) ÷ 100 =
//! 1.6 points. 10 and 12, where one complaint was counted twice, would give −0.4 and give 0. 0 and 0
//! is N/A. A result above the maximum gives the maximum, with a warning.

use super::checklist::read_item_id;
use super::expression::{Expression, Fault, Operand, is_name};
use super::zero_denominator::ZeroDenominator;
use super::{Award, Given, Head, Input, Kind, Numbers, Remark, Rule, Trace, Trouble, Word};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::shown;
use crate::source::Place;
use crate::text;
use crate::text::folded;
use rust_decimal::Decimal;

pub(super) const KIND: Kind =
    Kind { name: "formula", awards: ("theo công thức", "what a formula over named inputs gives"), read };

#[derive(Debug)]
struct Formula {
    max: Decimal,
    variables: Variables,
    by: By,
    zero: ZeroDenominator,
    inputs: Vec<Input>,
}

/// Which expression gives the points.
#[derive(Debug)]
enum By {
    One(Expression),
    /// The one whose name was given.
    Named(Vec<(String, Expression)>),
}

/// The named inputs of expressions, in the order in which expressions count them.
#[derive(Clone, Debug)]
pub(super) struct Variables {
    list: Vec<Variable>,
    /// Whether they were read without a mistake; else nobody knows what a formula may name.
    are_right: bool,
}

#[derive(Clone, Debug)]
struct Variable {
    id: String,
    name: String,
    place: Place,
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let before = out.errors();
    let variables = Variables::read(keys, out);
    let has = [keys.has("formula"), keys.has("formulas")].into_iter().filter(|has| *has).count();
    if has != 1 {
        out.one_of_keys(keys.place(), &["formula", "formulas"], has);
    }
    let one = variables.read_formula(keys, out);
    let named = read_named(keys, &variables, out);
    let zero = ZeroDenominator::read(keys, out);
    let by = match one {
        Some(expression) => By::One(expression),
        None => By::Named(named),
    };
    // What a formula with a mistake uses is not known.
    if out.errors() != before {
        return None;
    }
    variables.report_unused(&by.expressions(), out);
    let inputs = by.words().into_iter().chain(variables.inputs()).collect();
    Some(Box::new(Formula { max: head.max, variables, by, zero, inputs }))
}

fn read_named(
    keys: &mut Keys<'_>,
    variables: &Variables,
    out: &mut Diagnostics,
) -> Vec<(String, Expression)> {
    let mut named: Vec<(String, Expression)> = Vec::new();
    for mut table in keys.tables("formulas", text!("công thức", "the formula"), out) {
        let name = table.need_text("name", out);
        table.need("formula", out);
        let expression = variables.read_formula(&mut table, out);
        if let (Some(name), Some(expression)) = (name, expression) {
            if named.iter().any(|(other, _)| folded(other) == folded(name.get_ref())) {
                out.duplicate_option(table.place_of(&name), name.get_ref());
            }
            named.push((name.into_inner(), expression));
        }
        table.finish(out);
    }
    named
}

impl Variables {
    /// Reads `inputs`.
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> Variables {
        let before = out.errors();
        keys.need("inputs", out);
        let (mut list, mut inputs): (Vec<Variable>, Vec<Input>) = (Vec::new(), Vec::new());
        for mut table in keys.tables("inputs", text!("số liệu", "the input"), out) {
            let place = table.place_of_key("id");
            if let Some(id) = read_item_id(&mut table, &inputs, out) {
                if !is_name(&id) {
                    out.bad_name(place.clone(), &id);
                }
                let name = table.text("name", out).map_or_else(|| id.clone(), |name| name.into_inner());
                inputs.push(Input::number(&id, Numbers::AMOUNT));
                list.push(Variable { id, name, place });
            }
            table.finish(out);
        }
        Variables { list, are_right: out.errors() == before }
    }

    /// Reads `formula`, if it is there.
    pub fn read_formula(&self, keys: &mut Keys<'_>, out: &mut Diagnostics) -> Option<Expression> {
        let text = keys.text("formula", out)?;
        let ids: Vec<&str> = self.list.iter().map(|variable| variable.id.as_str()).collect();
        if self.are_right { Expression::read(&text, &ids, keys, out) } else { None }
    }

    /// Reports every input that none of the expressions looks at.
    pub fn report_unused(&self, expressions: &[&Expression], out: &mut Diagnostics) {
        for (at, variable) in self.list.iter().enumerate() {
            if !expressions.iter().any(|expression| expression.uses(at)) {
                out.unused_input(variable.place.clone(), &variable.id);
            }
        }
    }

    /// The inputs, each a number that is not negative.
    pub fn inputs(&self) -> impl Iterator<Item = Input> + '_ {
        self.list.iter().map(|variable| Input::number(&variable.id, Numbers::AMOUNT).called(&variable.name))
    }

    /// An expression with the ids of its inputs, and what the ids stand for.
    pub fn describe(&self, expression: &Expression, max: Decimal, lang: Lang) -> String {
        let formula = expression.write(|operand| match operand {
            Operand::Number(number) => shown(number, lang),
            Operand::Input(at) => self.list[at].id.clone(),
            Operand::Max => shown(max, lang),
        });
        let has_name =
            |(at, variable): &(usize, &Variable)| expression.uses(*at) && variable.name != variable.id;
        let named = self.list.iter().enumerate().filter(has_name);
        let legend = named.map(|(_, variable)| format!("{}: {}", variable.id, variable.name));
        let legend = legend.collect::<Vec<_>>().join("; ");
        match lang {
            _ if legend.is_empty() => formula,
            Lang::Vi => format!("{formula}, trong đó {legend}"),
            Lang::En => format!("{formula}, where {legend}"),
        }
    }
}

impl By {
    fn expressions(&self) -> Vec<&Expression> {
        match self {
            By::One(expression) => vec![expression],
            By::Named(named) => named.iter().map(|(_, expression)| expression).collect(),
        }
    }

    /// The input by which a formula is picked, if there are several.
    fn words(&self) -> Option<Input> {
        let By::Named(named) = self else { return None };
        let words = named.iter().map(|(name, _)| Word { text: name.clone(), also: &[] }).collect();
        Some(Input::words(Input::VALUE, words))
    }
}

impl Rule for Formula {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        match &self.by {
            By::One(expression) => self.compute(expression, given.values, 0, trace),
            By::Named(named) => {
                let Value::Word(word) = given.values[0] else { return Award::without(given.values[0], 0) };
                let (name, expression) = &named[usize::from(word)];
                trace.step(|| text!("công thức: {name}", "formula: {name}"));
                self.compute(expression, given.values, 1, trace)
            }
        }
    }

    fn describe(&self) -> Text {
        let say = |expression, lang| self.variables.describe(expression, self.max, lang);
        Text::by(|lang| match &self.by {
            By::One(expression) => say(expression, lang),
            By::Named(named) => {
                let each = named.iter().enumerate().map(|(at, (name, expression))| {
                    format!("({}) {name}: {}", at + 1, say(expression, lang))
                });
                each.collect::<Vec<_>>().join("; ")
            }
        })
    }
}

impl Formula {
    /// The points that an expression gives; its inputs begin behind so many other values.
    fn compute(&self, expression: &Expression, values: &[Value], skip: usize, trace: &mut Trace) -> Award {
        let used =
            || values.iter().copied().enumerate().skip(skip).filter(|(at, _)| expression.uses(at - skip));
        let is_number = |value: &Value| matches!(value, Value::Number(_));
        if let Some((at, value)) = used().find(|(_, value)| !is_number(value)) {
            let unreadable = used().any(|(_, value)| value == Value::Unreadable);
            return if unreadable { Award::Unreadable } else { Award::without(value, at) };
        }
        let number = |at: usize| match values[at + skip] {
            Value::Number(number) => number,
            _ => Decimal::ZERO, // an input that this expression does not use
        };
        let result = expression.evaluate(number, self.max);
        let points = result.map(|fraction| fraction.value());
        trace.step(|| tell(expression, number, self.max, points.ok()));
        match points {
            Ok(points) => {
                if self.max < points {
                    trace.remark(Remark::AboveMaximum(points));
                }
                Award::Points(points)
            }
            Err(Fault::ZeroDenominator(input)) => self.zero.award(input + skip, trace),
            Err(Fault::TooLarge) => Award::Trouble(skip, Trouble::TooLarge),
        }
    }
}

/// An expression with its numbers, and what they come to.
pub(super) fn tell(
    expression: &Expression,
    number: impl Fn(usize) -> Decimal,
    max: Decimal,
    result: Option<Decimal>,
) -> Text {
    Text::by(|lang| {
        let formula = expression.write(|operand| match operand {
            Operand::Number(number) => shown(number, lang),
            Operand::Input(at) => shown(number(at), lang),
            Operand::Max => shown(max, lang),
        });
        match result {
            Some(result) => format!("{formula} = {}", shown(result, lang)),
            None => formula,
        }
    })
}
