//! Answers as the statistics see them: one form after the other, each a few bytes.
//!
//! A file of any length is read once; a [`Form`] is lent for the time of one call, so that what is
//! made of the forms needs memory for the units and not for the rows.

pub mod quality;

use crate::questionnaire::Questionnaire;
use rust_decimal::Decimal;

/// The code of an item that was not answered.
pub const BLANK: u8 = u8::MAX;

/// The code of an answer that is not on the scale: reported, and in no denominator.
pub const OFF_SCALE: u8 = u8::MAX - 1;

/// One form.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// Its file, in the order in which files are read.
    pub file: u16,
    /// Its row there (its first one in a long file).
    pub row: u64,
    /// Its id; empty where files give none.
    pub id: &'a [u8],
    /// Its unit among [`Surveyed::units`].
    pub unit: u32,
    /// For each item, the place of the chosen label in the item's scale, [`BLANK`] or [`OFF_SCALE`].
    pub items: &'a [u8],
    /// For each group, the place of the chosen option, [`BLANK`] or [`OFF_SCALE`].
    pub groups: &'a [u8],
    /// For each question, the chosen options as bits; none are 0.
    pub questions: &'a [u64],
    /// Whether enough items are answered. Forms that are not valid are given too.
    pub is_valid: bool,
    /// Its weight, exact; 1 where files give none.
    pub weight: Decimal,
    /// Its stratum among [`Surveyed::strata`].
    pub stratum: u32,
    /// Its cluster of the first stage; `None`: each form is its own.
    pub cluster: Option<u32>,
    /// Its cluster of the second stage, if files give it.
    pub second: Option<u32>,
    /// The finite populations of the first and the second stage, if files give them.
    pub populations: [Option<Decimal>; 2],
    /// Who interviewed, among [`Surveyed::interviewers`].
    pub interviewer: Option<u32>,
    /// When it was filled in: seconds since the year 1, by the clock of the file.
    pub time: Option<i64>,
}

impl Form<'_> {
    /// Whether a form counts in a share: `None` where it does not answer the question.
    pub fn share(&self, questionnaire: &Questionnaire, share: usize) -> Option<bool> {
        let share = &questionnaire.shares[share];
        let chosen = self.questions[share.question];
        (chosen != 0).then_some(chosen & share.options != 0)
    }
}

/// What the forms are about, known when all of them are read.
#[derive(Clone, Debug, Default)]
pub struct Surveyed {
    /// The units: those of the list in its order, or in the order of the files.
    pub units: Vec<SurveyedUnit>,
    /// The strata; one without a name where files name none.
    pub strata: Vec<Stratum>,
    /// The clusters of the first stage; none where each form is its own.
    pub clusters: Vec<Cluster>,
    /// How many clusters of the second stage there are.
    pub seconds: usize,
    /// The interviewers.
    pub interviewers: Vec<String>,
    /// How many forms were read.
    pub forms: u64,
    /// How many of them are valid.
    pub valid: u64,
    /// The policies that were applied: columns that were used, and what stood for those that lack.
    pub design: Design,
}

/// A unit and its forms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SurveyedUnit {
    /// Its id.
    pub id: String,
    /// Its name; empty where only the id is known.
    pub name: String,
    /// Its block; empty for none.
    pub block: String,
    /// Whether it takes part in the ranking, as the list says.
    pub ranked: crate::model::Ranked,
    /// How many forms were returned.
    pub forms: u64,
    /// How many of them are valid.
    pub valid: u64,
}

impl SurveyedUnit {
    /// Its name, or its id.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

/// A stratum.
#[derive(Clone, Debug, Default)]
pub struct Stratum {
    /// Its name.
    pub name: String,
    /// How many forms it has.
    pub forms: u64,
    /// How many clusters of the first stage it has; as many as forms where each is its own.
    pub clusters: u64,
    /// The file and the row that named it first.
    pub first: (u16, u64),
}

/// A cluster of the first stage.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Its name.
    pub name: String,
    /// Its stratum.
    pub stratum: u32,
    /// The file and the row that named it first.
    pub first: (u16, u64),
}

/// Which columns say how the sample was drawn: the header of each, where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    /// The weight; without one each form counts 1.
    pub weight: Option<String>,
    /// The stratum; without one all forms are one stratum.
    pub stratum: Option<String>,
    /// The cluster of the first stage; without one each form is its own.
    pub cluster: Option<String>,
    /// The cluster of the second stage.
    pub second: Option<String>,
    /// The finite populations; without them sampling was with replacement, or from very many.
    pub populations: [Option<String>; 2],
}
