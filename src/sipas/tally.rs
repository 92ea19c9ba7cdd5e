//! What one form counts.

use super::layout::{Layout, Members};
use crate::answers::Form;

/// Satisfied and valid answers of one form, for each thing that is measured.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Satisfied answers.
    pub satisfied: Vec<f64>,
    /// Valid answers.
    pub valid: Vec<f64>,
    /// The cell of each answer, [`Layout::no_cell`] where there is none.
    pub cells: Vec<u32>,
    /// Before each item, and behind the last, how many answers are satisfied and how many are valid.
    before: Vec<[u16; 2]>,
}

impl Tally {
    /// One that was counted before.
    pub fn kept(satisfied: Vec<f64>, valid: Vec<f64>, cells: Vec<u32>) -> Tally {
        Tally { satisfied, valid, cells, before: Vec::new() }
    }

    /// Counts a form.
    pub fn count(&mut self, layout: &Layout<'_>, form: &Form<'_>) {
        let items = form.items.len();
        for list in [&mut self.satisfied, &mut self.valid] {
            list.resize(layout.measured.len(), 0.0);
        }
        self.cells.resize(items + layout.questionnaire.shares.len(), 0);
        self.before.resize(items + 1, [0, 0]);
        let mut sums = [0, 0];
        let places = self.cells.iter_mut().zip(&mut self.before[1..]);
        for ((code, marks), (cell, behind)) in form.items.iter().zip(&layout.marks).zip(places) {
            let mark = marks[usize::from(*code)];
            *cell = mark.cell;
            sums = [sums[0] + u16::from(mark.satisfied), sums[1] + u16::from(mark.valid)];
            *behind = sums;
        }
        let between = |from: usize, to: usize| {
            let (from, to) = (self.before[from], self.before[to]);
            [to[0] - from[0], to[1] - from[1]]
        };
        for (at, members) in layout.members.iter().enumerate() {
            let [satisfied, valid] = match members {
                Members::Run(items) => between(items.start, items.end),
                Members::Some(items) => items.iter().fold([0, 0], |[satisfied, valid], item| {
                    let [more_satisfied, more_valid] = between(*item, item + 1);
                    [satisfied + more_satisfied, valid + more_valid]
                }),
            };
            (self.satisfied[at], self.valid[at]) = (f64::from(satisfied), f64::from(valid));
        }
        let shares = layout.members.len();
        for share in 0..layout.questionnaire.shares.len() {
            let names = form.share(layout.questionnaire, share);
            self.satisfied[shares + share] = f64::from(u8::from(names == Some(true)));
            self.valid[shares + share] = f64::from(u8::from(names.is_some()));
            let cell = |names: bool| layout.cells[items + share] + usize::from(!names);
            self.cells[items + share] = names.map_or(layout.no_cell(), cell) as u32;
        }
    }
}
