//! Files with one row an answer: `form,unit,item,answer`.

use super::header::{Headers, Holds};
use super::part::Part;
use super::plan::Plan;
use crate::questionnaire::Column;
use crate::source::Row;
use crate::text::{nearest, quoted};
use std::collections::HashMap;

/// The columns of a long file.
#[derive(Debug)]
pub(super) struct Long {
    item: usize,
    answer: usize,
    headers: Headers,
    /// Ids as they are written, for nearly every row.
    exact: HashMap<Vec<u8>, usize>,
}

impl Long {
    pub fn new(item: usize, answer: usize, headers: Headers) -> Long {
        let exact = headers.written().map(|(name, asked)| (name.as_bytes().to_vec(), asked));
        Long { item, answer, exact: exact.collect(), headers }
    }

    pub fn read_row(&self, plan: &Plan<'_>, part: &mut Part, row: Row<'_>) {
        if row.is_blank() || !self.continue_form(plan, part, row) {
            return;
        }
        let name = row.cell(self.item).trim_ascii();
        let Some(asked) = self.find(name) else {
            let name = quoted(&String::from_utf8_lossy(name));
            let near = part.out.advise(|| nearest(&name, self.headers.written().map(|(name, _)| name)));
            let place = plan.place(row.number, Some(self.item));
            part.out.unknown_item(place, &name, near, &plan.questionnaire.id);
            return;
        };
        if plan.is_answered(part, asked) {
            let form = String::from_utf8_lossy(part.id(part.forms.len() - 1)).into_owned();
            let place = plan.place(row.number, Some(self.answer));
            part.out.duplicate_answer(place, &form, plan.name(asked));
            return;
        }
        plan.answer(part, asked, row.cell(self.answer), (row.number, self.answer));
    }

    /// Whether the row belongs to a form that could be begun, or goes on with the last one.
    fn continue_form(&self, plan: &Plan<'_>, part: &mut Part, row: Row<'_>) -> bool {
        let id = plan.column(Column::Form).map_or(&[][..], |at| row.cell(at)).trim_ascii();
        let is_same = part.forms.len().checked_sub(1).is_some_and(|last| part.id(last) == id);
        if is_same {
            return true;
        }
        let is_begun = plan.meta.begin_form(plan, part, row);
        if is_begun {
            plan.make_room(part);
        }
        is_begun
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        if let Some(&asked) = self.exact.get(name) {
            return Some(asked);
        }
        match self.headers.find(std::str::from_utf8(name).ok()?)? {
            Holds::One(asked) => Some(asked),
            Holds::Grid(_) => None,
        }
    }
}
