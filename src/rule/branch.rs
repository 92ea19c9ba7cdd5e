//! # `branch`
//!
//! Another criterion's outcome picks the rule (catalogue K11).
//!
//! | key | says |
//! |---|---|
//! | `on` | the id of the criterion whose outcome decides |
//! | `when` | a list of arms, tried in order; each has conditions and a rule of its own (`kind` and its keys) |
//!
//! Conditions of an arm: `answer` (an answer of the other criterion), `points_from` and
//! `points_below` (its points, half-open), `na = true` (it does not apply). An arm without a
//! condition is for everything else and stands last.
//!
//! ```toml
//! [[criterion]]
//! id = "II.4.2"
//! name = "Tổ chức lớp đào tạo"
//! max = 5
//! kind = "branch"
//! on = "II.4.1"
//! [[criterion.when]]
//! answer = "không"
//! kind = "options"
//! options = [{ name = "có tổ chức", points = 2 }, { name = "không tổ chức", points = 0 }]
//! [[criterion.when]]
//! answer = "có"
//! kind = "bands"
//! unit = "%"
//! bands = [{ from = 100, points = 5 }, { from = 60, below = 100, points = 3 }, { below = 60, points = 0 }]
//! ```
//!
//! Where II.4.1 is "không", "có tổ chức" gives 2 points; where it is "có", 85 gives 3 points. The
//! arms read the same column: an answer that only the other arm takes is reported.

use super::{Award, Given, Head, Input, Kind, Outcome, Rule, Status, Trace, Trouble};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::source::Place;
use crate::text;
use crate::text::{folded, nearest};
use rust_decimal::Decimal;

pub(super) const KIND: Kind = Kind {
    name: "branch",
    awards: ("theo kết quả tiêu chí khác", "by the outcome of another criterion"),
    read,
};

#[derive(Debug)]
struct Branch {
    on: (String, Place),
    arms: Vec<Arm>,
    inputs: Vec<Input>,
    most: Decimal,
}

#[derive(Debug)]
struct Arm {
    condition: Condition,
    rule: Box<dyn Rule>,
    takes: Vec<Takes>,
}

/// An input of an arm's rule as one of the branch's inputs.
#[derive(Debug)]
struct Takes {
    input: usize,
    numbers: bool,
    dates: bool,
    /// For each word of the branch's input, the word of the arm's.
    words: Vec<Option<u16>>,
}

#[derive(Debug)]
struct Condition {
    answer: Option<(String, Place, Option<u16>)>,
    from: Option<Decimal>,
    below: Option<Decimal>,
    na: bool,
}

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let on = keys.need_text("on", out);
    keys.need("when", out);
    let mut arms: Vec<(Condition, Box<dyn Rule>)> = Vec::new();
    let tables = keys.tables("when", text!("nhánh", "the arm"), out);
    let count = tables.len();
    for (at, mut table) in tables.into_iter().enumerate() {
        let condition = read_condition(&mut table, out);
        if condition.is_otherwise() && at + 1 < count {
            out.otherwise_not_last(table.place());
        }
        table.need("kind", out);
        if let Some(rule) = super::read_part(&mut table, head, out) {
            if let Some((_, place)) = rule.depends_on() {
                out.branch_in_branch(place);
            }
            arms.push((condition, rule));
        }
        table.finish(out);
    }
    let most = arms.iter().map(|(_, rule)| rule.most().unwrap_or(head.max)).max()?;
    let on = on.map(|on| (on.get_ref().clone(), keys.place_of(&on)))?;
    let inputs = merge_inputs(arms.iter().map(|(_, rule)| rule.inputs()));
    let arms = arms
        .into_iter()
        .map(|(condition, rule)| Arm { takes: takes(&inputs, rule.inputs()), condition, rule })
        .collect();
    Some(Box::new(Branch { on, arms, inputs, most }))
}

fn read_condition(table: &mut Keys<'_>, out: &mut Diagnostics) -> Condition {
    let answer = table.text("answer", out);
    Condition {
        answer: answer.map(|answer| {
            let place = table.place_of(&answer);
            (answer.into_inner(), place, None)
        }),
        from: table.amount("points_from", out).map(|from| from.into_inner()),
        below: table.amount("points_below", out).map(|below| below.into_inner()),
        na: table.flag("na", out).unwrap_or(false),
    }
}

/// One input for each name that an arm reads; it takes whatever one of them takes.
fn merge_inputs<'a>(arms: impl Iterator<Item = &'a [Input]>) -> Vec<Input> {
    let mut merged: Vec<Input> = Vec::new();
    for input in arms.flatten() {
        let Some(same) = merged.iter_mut().find(|other| other.name == input.name) else {
            merged.push(input.clone());
            continue;
        };
        same.numbers = match (same.numbers, input.numbers) {
            (Some(a), Some(b)) => Some(super::Numbers {
                low: a.low.zip(b.low).map(|(a, b)| a.min(b)),
                high: a.high.zip(b.high).map(|(a, b)| a.max(b)),
                whole: a.whole && b.whole,
                percent: a.percent || b.percent,
            }),
            (a, b) => a.or(b),
        };
        for word in &input.words {
            if !same.words.iter().any(|other| folded(&other.text) == folded(&word.text)) {
                same.words.push(word.clone());
            }
        }
        same.dates |= input.dates;
    }
    merged
}

fn takes(merged: &[Input], own: &[Input]) -> Vec<Takes> {
    own.iter()
        .map(|input| {
            let at = merged.iter().position(|other| other.name == input.name).unwrap_or(0);
            let word = |text: &str| input.words.iter().position(|own| folded(&own.text) == folded(text));
            Takes {
                input: at,
                numbers: input.numbers.is_some(),
                dates: input.dates,
                words: merged[at].words.iter().map(|other| word(&other.text).map(|at| at as u16)).collect(),
            }
        })
        .collect()
}

impl Condition {
    fn is_otherwise(&self) -> bool {
        self.answer.is_none() && self.from.is_none() && self.below.is_none() && !self.na
    }

    fn holds(&self, other: &Outcome) -> bool {
        if self.is_otherwise() {
            return true;
        }
        if self.na {
            return other.not_applicable;
        }
        !other.not_applicable
            && self.answer.as_ref().is_none_or(|(_, _, word)| word.is_some() && *word == other.answer)
            && self.from.is_none_or(|from| from <= other.points)
            && self.below.is_none_or(|below| other.points < below)
    }
}

impl Takes {
    /// The arm's own view of a value, if the arm takes it.
    fn view(&self, value: Value) -> Option<Value> {
        match value {
            Value::Word(word) => self.words[usize::from(word)].map(Value::Word),
            Value::Number(_) if !self.numbers => None,
            Value::Date(_) if !self.dates => None,
            other => Some(other),
        }
    }
}

impl Rule for Branch {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let Some(other) = given.other.filter(|other| other.status != Status::Faulty) else {
            return Award::Missing(0);
        };
        let on = &self.on.0;
        let Some((at, arm)) = self.arms.iter().enumerate().find(|(_, arm)| arm.condition.holds(other)) else {
            return self.no_arm(other);
        };
        let number = at + 1;
        trace.step(|| {
            text!(
                "theo kết quả tiêu chí {on}: nhánh {number}",
                "by the outcome of criterion {on}: arm {number}"
            )
        });
        let mut values = Vec::with_capacity(arm.takes.len());
        for takes in &arm.takes {
            match takes.view(given.values[takes.input]) {
                Some(value) => values.push(value),
                None => return Award::Trouble(takes.input, Trouble::WrongBranch(arm.rule.describe())),
            }
        }
        match arm.rule.award(&Given { values: &values, other: None }, trace) {
            Award::Missing(input) => Award::Missing(arm.takes[input].input),
            Award::Trouble(input, trouble) => Award::Trouble(arm.takes[input].input, trouble),
            award => award,
        }
    }

    fn most(&self) -> Option<Decimal> {
        Some(self.most)
    }

    fn describe(&self) -> Text {
        let on = &self.on.0;
        let arms = |lang| {
            let write = |(at, arm): (usize, &Arm)| format!("({}) {}", at + 1, arm.rule.describe().get(lang));
            self.arms.iter().enumerate().map(write).collect::<Vec<_>>().join("; ")
        };
        let arms = Text::by(arms);
        let (vi, en) = (arms.vi, arms.en);
        text!("theo kết quả tiêu chí {on}: {vi}", "by the outcome of criterion {on}: {en}")
    }

    fn depends_on(&self) -> Option<(&str, Place)> {
        Some((&self.on.0, self.on.1.clone()))
    }

    fn link(&mut self, other: &[Input], out: &mut Diagnostics) {
        // Only a value is an answer; the items of a checklist are not.
        let taken =
            other.first().filter(|input| input.name == Input::VALUE).map_or(&[][..], |input| &input.words);
        let words: Vec<&str> = taken.iter().map(|word| word.text.as_str()).collect();
        let find = |text: &str| taken.iter().position(|word| word.is(text)).map(|at| at as u16);
        for arm in &mut self.arms {
            if let Some((text, place, word)) = &mut arm.condition.answer {
                *word = find(text);
                if word.is_none() {
                    out.unknown_answer(
                        place.clone(),
                        text,
                        &self.on.0,
                        nearest(text, words.iter().copied()),
                        &words,
                    );
                }
            }
        }
        let conditions = || self.arms.iter().map(|arm| &arm.condition);
        let all_answers = || (0..words.len() as u16).all(|word| conditions().any(|c| c.is_just_answer(word)));
        let has_otherwise = conditions().any(Condition::is_otherwise);
        let has_all_answers = !words.is_empty() && all_answers();
        if !(has_otherwise || has_all_answers || self.covers_points()) {
            out.branch_not_exhaustive(self.on.1.clone(), &self.on.0);
        }
    }
}

impl Condition {
    fn is_just_answer(&self, word: u16) -> bool {
        self.from.is_none()
            && self.below.is_none()
            && self.answer.as_ref().is_some_and(|(_, _, own)| *own == Some(word))
    }
}

impl Branch {
    /// No arm holds: the criterion does not apply where the other does not, and it cannot be decided
    /// where the other has no answer.
    fn no_arm(&self, other: &Outcome) -> Award {
        let on = &self.on.0;
        if other.not_applicable {
            return Award::NotApplicable(Some(text!(
                "tiêu chí {on} không áp dụng",
                "criterion {on} does not apply"
            )));
        }
        if other.status != Status::Scored || other.answer.is_none() {
            return Award::Missing(0);
        }
        Award::Trouble(0, Trouble::NoBranch)
    }

    /// Whether the arms' ranges of points leave no gap from 0 upwards.
    fn covers_points(&self) -> bool {
        let ranges = || self.arms.iter().map(|arm| &arm.condition).filter(|c| c.answer.is_none() && !c.na);
        let mut reached = Decimal::ZERO;
        loop {
            match ranges()
                .find(|c| c.from.is_none_or(|from| from <= reached) && c.below.is_none_or(|b| reached < b))
            {
                None => return false,
                Some(Condition { below: None, .. }) => return true,
                Some(Condition { below: Some(below), .. }) => reached = *below,
            }
        }
    }
}
