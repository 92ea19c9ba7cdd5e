//! What was odd in cells, counted by what stood there: a million cells of one kind are one message.

use crate::text::quoted;
use std::collections::BTreeMap;

/// What is odd about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Odd {
    /// It is not on the scale.
    Off,
    /// It is a mean.
    Mean,
    /// It was read as another spelling of a label.
    As(u8),
}

/// Odd cells by column and text.
#[derive(Debug, Default)]
pub(super) struct Tally {
    seen: BTreeMap<(usize, Odd, String), Count>,
}

/// How many there are, and where the first stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub count: u64,
    pub row: u64,
    /// What was asked there, among [`super::plan::Plan::asked`].
    pub asked: usize,
}

/// How many texts are told apart; the others of a column are counted under the last.
const MOST: usize = 1_000;

impl Tally {
    pub fn add(&mut self, column: usize, odd: Odd, cell: &[u8], row: u64, asked: usize) {
        let text = String::from_utf8_lossy(cell);
        self.add_count(column, odd, quoted(text.trim()), Count { count: 1, row, asked });
    }

    fn add_count(&mut self, column: usize, odd: Odd, text: String, count: Count) {
        let key = (column, odd, text);
        if MOST <= self.seen.len() && !self.seen.contains_key(&key) {
            let nearest = self.seen.range_mut(..key).next_back();
            if let Some((_, seen)) = nearest {
                seen.count += count.count;
            }
            return;
        }
        self.seen.entry(key).or_insert(Count { count: 0, ..count }).count += count.count;
    }

    /// Adds what a later part found.
    pub fn append(&mut self, other: Tally) {
        for ((column, odd, text), count) in other.seen {
            self.add_count(column, odd, text, count);
        }
    }

    /// All of it, by column.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Odd, &str, Count)> {
        self.seen.iter().map(|((column, odd, text), count)| (*column, *odd, text.as_str(), *count))
    }
}
