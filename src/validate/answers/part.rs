//! What was read from one part of a file of answers.

use super::tally::Tally;
use crate::diagnostic::Diagnostics;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What was read from one part of a file; names are numbered within the part.
#[derive(Debug, Default)]
pub struct Part {
    pub(super) forms: Vec<FormHead>,
    /// For each form, its codes: items, groups, questions.
    pub(super) items: Vec<u8>,
    pub(super) groups: Vec<u8>,
    pub(super) questions: Vec<u64>,
    /// The ids of the forms, one behind the other.
    pub(super) ids: Vec<u8>,
    /// The names of units, strata, clusters, second clusters and interviewers.
    pub(super) names: [Names; 5],
    pub(super) tally: Tally,
    /// A mean that stands where no item is, in a file that lacks items.
    pub(super) mean: Option<(u64, usize, String)>,
    pub(super) means: u64,
    pub(super) out: Diagnostics,
}

/// A form without its answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormHead {
    pub row: u64,
    /// Where its id ends in [`Part::ids`].
    pub id_end: usize,
    /// Unit, stratum, cluster, second cluster and interviewer, by their numbers in [`Part::names`].
    pub of: [u32; 5],
    pub weight: Decimal,
    pub populations: [Option<Decimal>; 2],
    pub time: Option<i64>,
}

/// No name: the file has no such column.
pub(super) const NONE: u32 = u32::MAX;

/// The places in [`Part::names`].
pub(super) const UNIT: usize = 0;
pub(super) const STRATUM: usize = 1;
pub(super) const CLUSTER: usize = 2;
pub(super) const SECOND: usize = 3;
pub(super) const INTERVIEWER: usize = 4;

impl Part {
    /// The id of a form.
    pub(super) fn id(&self, form: usize) -> &[u8] {
        let start = form.checked_sub(1).map_or(0, |before| self.forms[before].id_end);
        &self.ids[start..self.forms[form].id_end]
    }
}

/// Names with numbers, in the order in which they were seen.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<Box<[u8]>, u32>,
    pub list: Vec<(String, u64)>,
    last: u32,
}

impl Names {
    /// The number of a name; most rows have that of the row before.
    pub fn number(&mut self, name: &[u8], row: u64) -> u32 {
        if self.list.get(self.last as usize).is_some_and(|(last, _)| last.as_bytes() == name) {
            return self.last;
        }
        let number = match self.numbers.get(name) {
            Some(&number) => number,
            None => {
                let number = self.list.len() as u32;
                self.list.push((String::from_utf8_lossy(name).into_owned(), row));
                self.numbers.insert(name.into(), number);
                number
            }
        };
        self.last = number;
        number
    }
}
