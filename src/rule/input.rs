//! The inputs of a rule: what may stand in a cell of the results.

use super::Origin;
use crate::text::{folded, words};
use rust_decimal::Decimal;

/// One input of a criterion: a column of the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name: `value`, `numerator`, the id of a checklist item.
    pub name: String,
    /// What it asks for, in the words of the set; empty where its name says it.
    pub label: String,
    /// Numbers that it takes, if it takes numbers.
    pub numbers: Option<Numbers>,
    /// Words that it takes.
    pub words: Vec<Word>,
    /// Whether it takes a date.
    pub dates: bool,
    /// Whether any text will do: only its presence counts.
    pub any_text: bool,
    /// Where its value comes from when the results do not give it.
    pub origin: Option<Origin>,
}

/// Which numbers an input takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbers {
    /// The lowest.
    pub low: Option<Decimal>,
    /// The highest.
    pub high: Option<Decimal>,
    /// Only whole ones.
    pub whole: bool,
    /// A percent sign may follow.
    pub percent: bool,
}

/// A word that an input takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// As the criteria set writes it.
    pub text: String,
    /// Other words for the same.
    pub also: &'static [&'static str],
}

impl Input {
    /// The input that is meant when a column names only the criterion.
    pub const VALUE: &'static str = "value";
    /// Points given by an appraiser.
    pub const POINTS: &'static str = "points";
    /// The part of a ratio above the line.
    pub const NUMERATOR: &'static str = "numerator";
    /// The part of a ratio below the line.
    pub const DENOMINATOR: &'static str = "denominator";
    /// The target that a measure is held against (chỉ tiêu).
    pub const TARGET: &'static str = "target";
    /// The measure of the round before.
    pub const PREVIOUS: &'static str = "previous";
    /// Its part above the line, where it was a ratio.
    pub const PREVIOUS_NUMERATOR: &'static str = "previous_numerator";
    /// Its part below the line.
    pub const PREVIOUS_DENOMINATOR: &'static str = "previous_denominator";
    /// Evidence (tài liệu kiểm chứng).
    pub const EVIDENCE: &'static str = "evidence";

    /// An input that takes numbers.
    pub fn number(name: &str, numbers: Numbers) -> Input {
        Input {
            name: name.to_owned(),
            label: String::new(),
            numbers: Some(numbers),
            words: Vec::new(),
            dates: false,
            any_text: false,
            origin: None,
        }
    }

    /// An input that takes yes (word 1) or no (word 0).
    pub fn yes_no(name: &str) -> Input {
        let word = |text: &str, also| Word { text: text.to_owned(), also };
        Input::words(name, vec![word("không", words::NO), word("có", words::YES)])
    }

    /// An input that takes one of several words.
    pub fn words(name: &str, words: Vec<Word>) -> Input {
        Input {
            name: name.to_owned(),
            label: String::new(),
            numbers: None,
            words,
            dates: false,
            any_text: false,
            origin: None,
        }
    }

    /// The same input with words for what it asks.
    #[must_use]
    pub fn called(self, label: &str) -> Input {
        Input { label: label.to_owned(), ..self }
    }

    /// The same input, filled in from elsewhere in the round.
    #[must_use]
    pub fn from(self, origin: Origin) -> Input {
        Input { origin: Some(origin), ..self }
    }

    /// The input for evidence: any text.
    pub fn evidence() -> Input {
        Input {
            name: Input::EVIDENCE.to_owned(),
            label: String::new(),
            numbers: None,
            words: Vec::new(),
            dates: false,
            any_text: true,
            origin: None,
        }
    }
}

impl Word {
    /// Whether a text means this word.
    pub fn is(&self, text: &str) -> bool {
        let key = folded(text);
        folded(&self.text) == key || self.also.iter().any(|also| folded(also) == key)
    }
}

impl Numbers {
    /// Any number that is not negative.
    pub const AMOUNT: Numbers =
        Numbers { low: Some(Decimal::ZERO), high: None, whole: false, percent: false };

    /// A whole number that is not negative.
    pub const COUNT: Numbers = Numbers { low: Some(Decimal::ZERO), high: None, whole: true, percent: false };

    /// Any number.
    pub const ANY: Numbers = Numbers { low: None, high: None, whole: false, percent: false };

    /// Points between 0 and a maximum.
    pub fn points(max: Decimal) -> Numbers {
        Numbers { high: Some(max), ..Numbers::AMOUNT }
    }
}
