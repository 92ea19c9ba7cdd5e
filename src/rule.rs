//! The kinds of scoring rule. A kind is one file: its manual, its keys, its scoring; and one line
//! in [`KINDS`].
//!
//! A rule looks at the values of its own inputs and awards points. It knows nothing of weights,
//! sums, policies for missing values or files.

mod bands;
mod branch;
mod checklist;
mod count;
mod expression;
mod formula;
mod fraction;
mod given;
mod index;
mod input;
mod losses;
mod lower_tier;
mod measure;
mod options;
mod origin;
mod proportional;
mod trace;
mod weighted;
mod yes_no;
mod zero_denominator;

use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::number::Rounding;
use crate::source::Place;
use rust_decimal::Decimal;
use std::fmt;

pub use fraction::Fraction;
pub use input::{Input, Numbers, Word};
pub use measure::days_between;
pub use origin::{Condition, CountsAs, IndexOf, LowerPlaces, LowerTier, Named, Origin, Part, Take};
pub use trace::{Remark, Trace};

/// A scoring rule of one criterion.
pub trait Rule: fmt::Debug + Send + Sync {
    /// What must be given for a unit, in the order in which [`Given::values`] has it.
    fn inputs(&self) -> &[Input];

    /// Points for what was given.
    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award;

    /// How points are computed, in a sentence.
    fn describe(&self) -> Text;

    /// The most that it can award, where that may differ from the maximum of the criterion.
    fn most(&self) -> Option<Decimal> {
        None
    }

    /// The number that it looks at, for conditions of others; `None` if it looks at none, or that is
    /// not there.
    fn measure(&self, _values: &[Value]) -> Option<Fraction> {
        None
    }

    /// Whether it looks at such a number at all.
    fn has_measure(&self) -> bool {
        false
    }

    /// The id of another criterion on whose outcome the rule looks, and where it says so.
    fn depends_on(&self) -> Option<(&str, Place)> {
        None
    }

    /// What could be given instead, each level once: band edges, options, the level for full points.
    /// Some may award less than what is given now. None: the rule names no such levels, and only full
    /// points can be supposed.
    fn levels(&self, _values: &[Value]) -> Vec<Level> {
        Vec::new()
    }

    /// Tells the rule what the criterion that it depends on takes as answers.
    fn link(&mut self, _other: &[Input], _out: &mut Diagnostics) {}
}

/// What could be given instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Inputs, by their places, with their new values.
    pub inputs: Vec<(usize, Value)>,
    /// In words: "70 %", "đúng hạn".
    pub said: Text,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The values of its inputs.
    pub values: &'a [Value],
    /// The outcome of the criterion that it depends on.
    pub other: Option<&'a Outcome>,
}

/// What a rule makes of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Award {
    /// Points, not yet rounded, not yet held between 0 and the maximum.
    Points(Decimal),
    /// The maximum.
    Full,
    /// An input (by its place) is missing, so there are no points yet.
    Missing(usize),
    /// The criterion does not apply: an input that the rule looks at says so, or the rule itself,
    /// and then why.
    NotApplicable(Option<Text>),
    /// An input (by its place) cannot be used.
    Trouble(usize, Trouble),
    /// An input could not be read, which was reported when it was.
    Unreadable,
}

impl Award {
    /// The award where an input that is looked at holds nothing that can be scored.
    fn without(value: Value, input: usize) -> Award {
        match value {
            Value::NotApplicable => Award::NotApplicable(None),
            Value::Unreadable => Award::Unreadable,
            _ => Award::Missing(input),
        }
    }

    /// The award that several inputs settle between them, each with its place: N/A where all of them
    /// are, else unreadable or missing where one is.
    fn settled(mut values: impl Iterator<Item = (usize, Value)> + Clone) -> Option<Award> {
        if values.clone().all(|(_, value)| value == Value::NotApplicable) {
            return Some(Award::NotApplicable(None));
        }
        if values.clone().any(|(_, value)| value == Value::Unreadable) {
            return Some(Award::Unreadable);
        }
        values.find(|(_, value)| *value == Value::Missing).map(|(at, _)| Award::Missing(at))
    }
}

/// Why an input cannot be used, though it could be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The denominator is 0 and the criterion does not say what that means.
    ZeroDenominator,
    /// The target is 0, and nothing can be held against that.
    ZeroTarget,
    /// More than 100 %, which the criterion does not allow.
    OverFulfilled,
    /// More points than the chosen option allows.
    AboveLimit(Decimal),
    /// Fewer points than the chosen option gives.
    BelowLimit(Decimal),
    /// A formula comes to a number that is too large to be kept.
    TooLarge,
    /// The branch that applies takes another kind of answer.
    WrongBranch(Text),
    /// No branch covers the outcome of the other criterion.
    NoBranch,
}

/// How a criterion came out for a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Whether it has points.
    pub status: Status,
    /// Its points, rounded; 0 unless it is scored.
    pub points: Decimal,
    /// The answer that was given, if it was a word.
    pub answer: Option<u16>,
    /// Whether it was found not to apply, whatever that then means.
    pub not_applicable: bool,
    /// Whether its target was met, if it has one.
    pub target: Option<bool>,
}

/// Whether a criterion, group or entry has points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It has points.
    Scored,
    /// It does not apply; its maximum leaves the denominator.
    NotApplicable,
    /// An input is missing and the round says that this is 0 points.
    MissingZero,
    /// An input is missing and the round says that it is then not applicable.
    MissingNotApplicable,
    /// No points, and scoring stops: an input is missing or cannot be used.
    Faulty,
}

impl Status {
    /// Whether the maximum counts in the denominator.
    pub fn counts(self) -> bool {
        !matches!(self, Status::NotApplicable | Status::MissingNotApplicable)
    }
}

/// What a kind needs to know of its criterion when it is read.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Maximum points.
    pub max: Decimal,
    /// How the measure is rounded before the rule sees it.
    pub measure_rounding: Option<Rounding>,
}

/// A kind of rule: the word for it, and how its keys are read.
pub struct Kind {
    /// The word that stands behind `kind =`.
    pub name: &'static str,
    /// What it awards, in a few words: Vietnamese and English.
    pub awards: (&'static str, &'static str),
    /// Reads the keys of a criterion; mistakes are reported, and then there may be no rule.
    pub read: fn(&mut Keys<'_>, Head, &mut Diagnostics) -> Option<Box<dyn Rule>>,
}

/// Every kind of rule.
pub const KINDS: &[Kind] = &[
    yes_no::KIND,
    options::KIND,
    checklist::KIND,
    bands::KIND,
    proportional::KIND,
    count::KIND,
    losses::KIND,
    given::KIND,
    index::KIND,
    lower_tier::KIND,
    weighted::KIND,
    formula::KIND,
    branch::KIND,
];

/// Reads the rule of a criterion by its `kind`.
pub fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let rule = read_part(keys, head, out)?;
    if let Some(most) = rule.most()
        && most < head.max
    {
        out.best_is_not_maximum(keys.place(), most, head.max);
    }
    Some(rule)
}

/// [`read`] for a rule that need not reach the maximum: one arm of a branch.
fn read_part(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let words: Vec<_> = KINDS.iter().map(|kind| (kind.name, kind.read)).collect();
    let read = keys.word("kind", &words, out)?;
    read(keys, head, out)
}
