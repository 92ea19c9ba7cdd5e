//! What came out of many draws.

use super::duel::Duel;
use super::histogram::Histogram;

/// The draws of all units.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// How many draws there were.
    pub draws: u64,
    /// Unit by unit.
    pub units: Vec<Unit>,
    /// The pairs that were asked for.
    pub duels: Vec<Duel>,
}

/// The draws of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its ranks.
    pub ranks: Histogram,
    /// In how many draws it had each grade, the best first; the last is for what reaches
    /// no limit. All 0 if no limits were given.
    pub grades: Vec<u64>,
    index: Sums,
}

/// Sums of differences from a value that lies nearby, so that no digits are lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sums {
    near: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    pub(super) fn from(near: f64) -> Sums {
        Sums { near, sum: 0.0, squares: 0.0 }
    }

    pub(super) fn clear(&mut self) {
        *self = Sums::from(self.near);
    }

    pub(super) fn add(&mut self, index: f64) {
        let difference = index - self.near;
        self.sum += difference;
        self.squares += difference * difference;
    }
}

impl Unit {
    /// A unit before the first draw, with the index that it has without any.
    pub(super) fn new(index: f64, limits: usize) -> Unit {
        Unit { ranks: Histogram::default(), grades: vec![0; limits + 1], index: Sums::from(index) }
    }

    /// Counts draws: their ranks, and parts of the rest.
    pub(super) fn add<'a>(&mut self, ranks: &[u32], parts: impl Iterator<Item = (Sums, &'a [u32])>) {
        self.ranks.add(ranks);
        for (sums, grades) in parts {
            self.index.sum += sums.sum;
            self.index.squares += sums.squares;
            self.grades.iter_mut().zip(grades).for_each(|(count, more)| *count += u64::from(*more));
        }
    }

    /// The chance of a grade, 0 for the best.
    pub fn chance_of_grade(&self, grade: usize) -> f64 {
        self.grades.get(grade).map_or(0.0, |count| *count as f64 / self.ranks.draws() as f64)
    }

    /// The mean index; NaN if in some draw nothing with a weight applied.
    pub fn mean_index(&self) -> f64 {
        self.index.near + self.index.sum / self.ranks.draws() as f64
    }

    /// The standard deviation of the index (n − 1); NaN for fewer than two draws.
    pub fn deviation_of_index(&self) -> f64 {
        let draws = self.ranks.draws() as f64;
        let squares = self.index.squares - self.index.sum * self.index.sum / draws;
        if draws < 2.0 { f64::NAN } else { (squares.max(0.0) / (draws - 1.0)).sqrt() }
    }
}
