//! Single cells of a results file, and what is said of those that cannot be read.

use super::cell::{CellFault, How, Plain, Seen};
use super::one::report;
use super::part::Part;
use super::plan::Plan;
use crate::model::{Stage, Value};
use crate::source::Row;
use crate::text::quoted;

impl Plan<'_> {
    /// Reads a cell of an input into a part.
    pub(super) fn read_cell(
        &self,
        part: &mut Part,
        unit: u32,
        column: usize,
        stage: Stage,
        cells: Row<'_>,
        at: usize,
    ) {
        let (cell, row, form) = (cells.cell(at), cells.number, cells.form(at, self.options.form));
        match self.readers[column].read_plain(cell, form) {
            Some(Plain::Word(word)) => {
                part.cells.push_word(word, stage);
                return part.place(unit, column, row, self.options.keep_places);
            }
            Some(Plain::Number { mantissa, scale }) => {
                part.cells.push_short(mantissa, scale, stage);
                if scale > 0 && part.marks[1].is_none() && !cells.is_number(at) {
                    part.see_mark(false, row, at);
                }
                return part.place(unit, column, row, self.options.keep_places);
            }
            None => {}
        }
        if cells.is_refused(at) {
            part.cells.push(Value::Unreadable, stage);
            return part.place(unit, column, row, self.options.keep_places);
        }
        match self.readers[column].read(cell, form) {
            Ok(Seen { value: Value::Missing, .. }) => {
                // The row of an empty cell is where the missing value belongs.
                if self.options.keep_places {
                    part.cells.push(Value::Missing, stage);
                    part.place(unit, column, row, true);
                }
            }
            Ok(Seen { value, how }) => {
                part.cells.push(value, stage);
                part.place(unit, column, row, self.options.keep_places);
                match how {
                    How::Percent if cells.is_number(at) => part.read_by_format(),
                    How::Point if cells.is_number(at) => {}
                    How::Plain => {}
                    How::Comma => part.see_mark(true, row, at),
                    How::Point => part.see_mark(false, row, at),
                    How::Spelling | How::Percent => {
                        self.report_reading(part, unit, column, cell, value, row, at)
                    }
                }
            }
            Err(fault) => {
                part.cells.push(Value::Unreadable, stage);
                part.place(unit, column, row, self.options.keep_places);
                self.report_cell(part, unit, column, cell, fault, row, at);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a message names all of what it is about")]
    fn report_reading(
        &self,
        part: &mut Part,
        unit: u32,
        column: usize,
        cell: &[u8],
        value: Value,
        row: u64,
        at: usize,
    ) {
        let found = quoted(&String::from_utf8_lossy(cell));
        let (unit, id) =
            (part.unit_id(unit).to_owned(), self.set.leaves[self.set.columns[column].leaf].id.as_str());
        let place = self.place(row, Some(at));
        match value {
            Value::Word(word) => {
                let name = &self.set.columns[column].input.words[usize::from(word)].text;
                part.out.read_as_word(place, &found, name, &unit, id);
            }
            Value::Number(number) => part.out.read_as_number(place, &found, number, &unit, id),
            _ => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a message names all of what it is about")]
    fn report_cell(
        &self,
        part: &mut Part,
        unit: u32,
        column: usize,
        cell: &[u8],
        fault: CellFault,
        row: u64,
        at: usize,
    ) {
        let unit = part.unit_id(unit).to_owned();
        let place = self.place(row, Some(at));
        let found = String::from_utf8_lossy(cell);
        report((self.set, column), &found, fault, (place, &unit), &mut part.out);
    }
}
