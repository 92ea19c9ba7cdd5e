//! Quality checks of answers: forms that look copied, careless or made up, counted in one pass.
//!
//! Nothing is deleted. A form that stands out is flagged, and every count exists twice: of all forms,
//! and without the flagged ones, so that a reader sees what they change. Of two forms that are the
//! same the first one is not flagged.
//!
//! | flag | a form that … |
//! |---|---|
//! | [`Flag::SameId`] | has the id of an earlier one |
//! | [`Flag::SameAnswers`] | answers all items and groups like an earlier one of its unit ([`LEAST_SAME`] answers or more, not all equal) |
//! | [`Flag::StraightLined`] | gives the same answer everywhere ([`LEAST_STRAIGHT`] answers or more) |
//! | [`Flag::Patterned`] | repeats two to five answers from the first item to the last |
//! | [`Flag::OffScale`] | has an answer that is not on the scale |
//! | [`Flag::Incomplete`] | answers too few items, and is not valid |
//!
//! Copies are found by a number of 64 bits for each form, so this needs memory for the forms (about
//! 40 bytes each, and as much again where they say when) where everything else needs memory for the units.

use super::{BLANK, Form, OFF_SCALE};
use crate::questionnaire::{Counts, Questionnaire};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// What is odd about a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flag {
    /// It has the id of an earlier form.
    SameId,
    /// It answers like an earlier form of its unit.
    SameAnswers,
    /// It gives the same answer everywhere.
    StraightLined,
    /// It repeats a few answers in turn.
    Patterned,
    /// It has an answer that is not on the scale.
    OffScale,
    /// It answers too few items.
    Incomplete,
}

impl Flag {
    /// All of them, in the order of tables.
    pub const ALL: [Flag; 6] = [
        Flag::SameId,
        Flag::SameAnswers,
        Flag::StraightLined,
        Flag::Patterned,
        Flag::OffScale,
        Flag::Incomplete,
    ];
}

/// What is odd about one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u8);

impl Flags {
    /// Whether it has a flag.
    pub fn has(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u8) != 0
    }

    /// Whether it looks copied, careless or made up. A form with an answer off the scale, or with too
    /// few, is no such thing: those leave the denominators anyway.
    pub fn is_suspect(self) -> bool {
        [Flag::SameId, Flag::SameAnswers, Flag::StraightLined, Flag::Patterned]
            .into_iter()
            .any(|flag| self.has(flag))
    }

    fn set(&mut self, flag: Flag, is_so: bool) {
        self.0 |= u8::from(is_so) << flag as u8;
    }
}

/// The least number of equal answers that is called straight-lining.
pub const LEAST_STRAIGHT: usize = 5;

/// The least number of answers by which two forms are called the same, or a turn of answers a pattern.
pub const LEAST_SAME: usize = 10;

/// How many flagged copies are kept by their rows; more are only counted.
pub const KEPT: usize = 1_000;

/// What was found in all forms, in those of a unit, or in those of an interviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// Forms.
    pub forms: u64,
    /// Valid forms.
    pub valid: u64,
    /// Forms that look copied, careless or made up; see [`Flags::is_suspect`].
    pub suspect: u64,
    /// For each of [`Flag::ALL`], the forms that have it.
    pub flagged: [u64; 6],
    /// Items that were not answered, and answers that are not on the scale.
    pub blank: u64,
    /// Answers that are not on the scale.
    pub off_scale: u64,
    /// Over the valid forms.
    pub all: Tally,
    /// Over the valid forms that are not suspect.
    pub without: Tally,
}

/// Answers to items, unweighted: satisfied ones, and all that are in the denominator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Satisfied answers.
    pub satisfied: u64,
    /// Answers in the denominator.
    pub answers: u64,
}

/// What was found in one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemChecks {
    /// Forms that leave it blank.
    pub blank: u64,
    /// Answers that are not on the scale.
    pub off_scale: u64,
    /// Answers that have no opinion.
    pub no_opinion: u64,
    /// Satisfied answers, and those in the denominator, of valid forms.
    pub tally: Tally,
}

/// A form that is the copy of another, by id or by answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// How it is the same.
    pub by: Flag,
    /// Its unit.
    pub unit: u32,
    /// Its file and row.
    pub at: (u16, u64),
    /// The file and the row of the earlier one.
    pub first: (u16, u64),
    /// Seconds between them, where both say when.
    pub apart: Option<u64>,
}

/// The checks of all forms that were looked at.
#[derive(Debug)]
pub struct Quality {
    /// Of everything.
    pub all: Checks,
    /// Of each unit, by its number; units without forms may lack.
    pub units: Vec<Checks>,
    /// Of each interviewer, by number.
    pub interviewers: Vec<Checks>,
    /// Of each item.
    pub items: Vec<ItemChecks>,
    /// Copies, in the order in which they were found; at most [`KEPT`].
    pub copies: Vec<Copied>,
    /// For each item and code, how it counts.
    counts: Vec<Vec<Counts>>,
    ids: Firsts,
    answers: Firsts,
    /// When the forms were filled in that say so, by file and row.
    times: HashMap<(u16, u64), i64, BuildHasherDefault<DefaultHasher>>,
}

/// For what was hashed of a form, the first one that had it: its file in the upper 16 bits, its row
/// below.
type Firsts = HashMap<u64, u64, BuildHasherDefault<Hashed>>;

/// A number that is a hash already.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Quality {
    /// No forms yet.
    pub fn new(questionnaire: &Questionnaire) -> Quality {
        let labels = |scale: usize| questionnaire.scales[scale].labels.iter().map(|label| label.counts);
        Quality {
            all: Checks::default(),
            units: Vec::new(),
            interviewers: Vec::new(),
            items: vec![ItemChecks::default(); questionnaire.items.len()],
            copies: Vec::new(),
            counts: questionnaire.items.iter().map(|item| labels(item.scale).collect()).collect(),
            ids: Firsts::default(),
            answers: Firsts::default(),
            times: HashMap::default(),
        }
    }

    /// Looks at a form, counts it, and says what is odd about it.
    pub fn look(&mut self, form: &Form<'_>) -> Flags {
        let mut flags = Flags::default();
        let answered = form.items.iter().filter(|code| **code < OFF_SCALE).count();
        let is_straight = LEAST_STRAIGHT <= answered && is_straight(form.items);
        flags.set(Flag::StraightLined, is_straight);
        flags.set(Flag::Patterned, !is_straight && is_patterned(form.items));
        flags.set(Flag::OffScale, form.items.contains(&OFF_SCALE));
        flags.set(Flag::Incomplete, !form.is_valid);
        flags.set(Flag::SameId, !form.id.is_empty() && self.is_copy(form, Flag::SameId));
        let can_be_same = LEAST_SAME <= answered && !is_straight;
        flags.set(Flag::SameAnswers, can_be_same && self.is_copy(form, Flag::SameAnswers));
        if let Some(time) = form.time {
            self.times.insert((form.file, form.row), time);
        }
        self.count(form, flags);
        flags
    }

    /// Whether an earlier form is the same; the first one is remembered.
    fn is_copy(&mut self, form: &Form<'_>, by: Flag) -> bool {
        let mut hasher = DefaultHasher::new();
        let seen = if by == Flag::SameId {
            form.id.hash(&mut hasher);
            &mut self.ids
        } else {
            (form.unit, form.items, form.groups, form.questions).hash(&mut hasher);
            &mut self.answers
        };
        const ROW: u32 = 48;
        let now = (u64::from(form.file) << ROW) | form.row;
        let first = *seen.entry(hasher.finish()).or_insert(now);
        if first == now {
            return false;
        }
        let first = ((first >> ROW) as u16, first & ((1 << ROW) - 1));
        if self.copies.len() < KEPT {
            let then = self.times.get(&first);
            self.copies.push(Copied {
                by,
                unit: form.unit,
                at: (form.file, form.row),
                first,
                apart: form.time.zip(then).map(|(now, then)| now.abs_diff(*then)),
            });
        }
        true
    }

    fn count(&mut self, form: &Form<'_>, flags: Flags) {
        let mut found = Checks {
            forms: 1,
            valid: form.is_valid.into(),
            suspect: flags.is_suspect().into(),
            flagged: Flag::ALL.map(|flag| flags.has(flag).into()),
            ..Checks::default()
        };
        for ((code, item), counts) in form.items.iter().zip(&mut self.items).zip(&self.counts) {
            match *code {
                BLANK => (found.blank, item.blank) = (found.blank + 1, item.blank + 1),
                OFF_SCALE => (found.off_scale, item.off_scale) = (found.off_scale + 1, item.off_scale + 1),
                code => match counts[usize::from(code)] {
                    Counts::NoOpinion => item.no_opinion += 1,
                    counts if form.is_valid => {
                        let one = Tally { satisfied: (counts == Counts::Satisfied).into(), answers: 1 };
                        found.all.add(one);
                        item.tally.add(one);
                    }
                    _ => {}
                },
            }
        }
        if !flags.is_suspect() {
            found.without = found.all;
        }
        self.all.add(&found);
        at(&mut self.units, form.unit).add(&found);
        if let Some(interviewer) = form.interviewer {
            at(&mut self.interviewers, interviewer).add(&found);
        }
    }
}

/// The checks of a number; those between are empty.
fn at(list: &mut Vec<Checks>, number: u32) -> &mut Checks {
    let number = number as usize;
    if list.len() <= number {
        list.resize(number + 1, Checks::default());
    }
    &mut list[number]
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.satisfied += other.satisfied;
        self.answers += other.answers;
    }
}

impl Checks {
    fn add(&mut self, other: &Checks) {
        self.forms += other.forms;
        self.valid += other.valid;
        self.suspect += other.suspect;
        for (flagged, other) in self.flagged.iter_mut().zip(other.flagged) {
            *flagged += other;
        }
        self.blank += other.blank;
        self.off_scale += other.off_scale;
        self.all.add(other.all);
        self.without.add(other.without);
    }

    /// How many forms have a flag.
    pub fn with(&self, flag: Flag) -> u64 {
        self.flagged[flag as usize]
    }

    /// Whether every answer of every valid form is a satisfied one, of enough forms to wonder.
    pub fn is_all_satisfied(&self) -> bool {
        const WONDER: u64 = 30;
        WONDER <= self.valid && self.all.answers > 0 && self.all.satisfied == self.all.answers
    }

    /// Whether an interviewer's forms stand out: enough of them, at least a tenth suspect, and more
    /// than three times as often as all forms. Counts only, so that it is exact.
    pub fn stands_out(&self, all: &Checks) -> bool {
        const ENOUGH: u64 = 10;
        let often = 3 * u128::from(all.suspect) * u128::from(self.forms);
        ENOUGH <= self.forms
            && self.forms <= 10 * self.suspect
            && often < u128::from(self.suspect) * u128::from(all.forms)
    }
}

/// Whether all answers are equal; what is blank or off the scale is passed over.
fn is_straight(items: &[u8]) -> bool {
    let mut answers = items.iter().filter(|code| **code < OFF_SCALE);
    answers.next().is_some_and(|first| answers.all(|code| code == first))
}

/// Whether the same two to five answers come again and again, with no item left out.
fn is_patterned(items: &[u8]) -> bool {
    let is_whole = || items.iter().all(|code| *code < OFF_SCALE);
    let repeats = |turn: usize| items.iter().zip(&items[turn..]).all(|(now, next)| now == next);
    LEAST_SAME <= items.len() && (2..=5).any(repeats) && is_whole()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_not_a_straight_line() {
        assert!(is_straight(&[3, 3, BLANK, 3, OFF_SCALE]));
        assert!(!is_straight(&[3, 3, 4]));
        assert!(!is_straight(&[BLANK, BLANK]));
        assert!(is_patterned(&[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0]));
        assert!(is_patterned(&[3, 4, 3, 4, 3, 4, 3, 4, 3, 4]));
        assert!(!is_patterned(&[3, 4, 3, 4]));
        assert!(!is_patterned(&[3, 4, 3, 4, 3, 4, 3, 4, 3, 3]));
        assert!(!is_patterned(&[BLANK; 12]));
    }
}
