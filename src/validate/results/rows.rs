//! Rows of a results file → values of a part.

use super::layout::{Holds, Layout, Long};
use super::part::Part;
use super::plan::Plan;
use crate::diagnostic::Diagnostics;
use crate::model::Stage;
use crate::rule::Input;
use crate::source::Row;
use crate::text::{folded, nearest, quoted};

impl Plan<'_> {
    /// Reads one row.
    pub fn read_row(&self, part: &mut Part, cells: Row<'_>) {
        let row = cells.number;
        if cells.width() != self.table.header.len() {
            if !cells.is_blank() {
                let place = self.place(row, None);
                part.out.ragged_row(place, cells.width(), self.table.header.len());
            }
            return;
        }
        let unit = cells.cell(self.unit).trim_ascii();
        if unit.is_empty() {
            if !self.is_blank(cells) {
                part.out.empty_unit(self.place(row, Some(self.unit)));
            }
            return;
        }
        let about = |at: Option<usize>| at.map_or(&[][..], |at| cells.cell(at));
        let unit = part.unit(unit, row, || [about(self.name), about(self.tier), about(self.block)]);
        match &self.layout {
            Layout::Long(long) => self.read_long(long, part, unit, cells),
            Layout::Wide(columns) => {
                let first = part.units[unit as usize].row;
                if first != row && self.has_one_row_a_unit() {
                    let id = part.unit_id(unit).to_owned();
                    let at = Some(self.unit);
                    part.out.duplicate_unit(self.place(row, at), &id, self.place(first, at));
                    return;
                }
                self.read_wide(columns, part, unit, cells);
            }
        }
    }

    fn read_wide(&self, columns: &[(usize, Holds)], part: &mut Part, unit: u32, cells: Row<'_>) {
        let Some(stage) = self.stage(part, cells).filter(|stage| *stage <= self.options.stage) else {
            return;
        };
        for &(at, holds) in columns {
            let cell = cells.cell(at);
            match holds {
                Holds::Input(column) => {
                    let leaf = self.leaf_of(column);
                    if stage == Stage::SelfAssessed
                        && self.set.leaves[leaf].is_survey
                        && !cell.trim_ascii().is_empty()
                    {
                        let (unit, id) = (part.unit_id(unit).to_owned(), &self.set.leaves[leaf].id);
                        part.out.survey_self_scored(self.place(cells.number, Some(at)), &unit, id);
                        continue;
                    }
                    self.read_cell(part, unit, column, stage, cells, at);
                }
                Holds::Note(leaf) => part.note(unit, self.set.leaves[leaf].columns.start, stage, cell),
            }
        }
    }

    fn read_long(&self, long: &Long, part: &mut Part, unit: u32, cells: Row<'_>) {
        let row = cells.number;
        let id = cells.cell(long.criterion);
        let found = match self.by_number(long, cells) {
            None => self.leaf(long, part, id),
            Some([node]) => self.set.nodes[*node].leaf,
            Some(_) => {
                let id = String::from_utf8_lossy(id);
                part.out.number_as_id(self.place(row, Some(long.criterion)), id.trim());
                return;
            }
        };
        let Some(leaf) = found else {
            let id = quoted(String::from_utf8_lossy(id).trim());
            let group = self.set.nodes.iter().any(|node| node.id == id && node.leaf.is_none());
            let near = part.out.advise(|| nearest(&id, self.set.leaves.iter().map(|leaf| leaf.id.as_str())));
            let unit = part.unit_id(unit).to_owned();
            part.out.unknown_criterion(
                self.place(row, Some(long.criterion)),
                &id,
                &unit,
                near,
                group,
                &self.set.id,
            );
            return;
        };
        part.last_leaf = leaf;
        let Some(stage) = self.stage(part, cells) else { return };
        if self.options.stage < stage {
            return;
        }
        if stage == Stage::SelfAssessed && self.set.leaves[leaf].is_survey && long.gives(cells) {
            let (unit, id) = (part.unit_id(unit).to_owned(), &self.set.leaves[leaf].id);
            part.out.survey_self_scored(self.place(row, self.stage), &unit, id);
            return;
        }
        let named = long.input.map_or(&[][..], |at| cells.cell(at)).trim_ascii();
        for (&(at, name), column) in long.inputs.iter().zip(&long.columns[leaf]) {
            let cell = cells.cell(at);
            let column = if name == Input::VALUE && !named.is_empty() {
                let Some(column) = self.named_input(leaf, named) else {
                    self.report_input(part, unit, leaf, named, row, long.input);
                    continue;
                };
                Some(column)
            } else {
                *column
            };
            match column {
                Some(column) => self.read_cell(part, unit, column, stage, cells, at),
                None if cell.trim_ascii().is_empty() || name == Input::EVIDENCE => {}
                None => self.report_input(part, unit, leaf, name.as_bytes(), row, Some(at)),
            }
        }
        if let Some(note) = long.note.map(|at| cells.cell(at)) {
            part.note(unit, self.set.leaves[leaf].columns.start, stage, note);
        }
    }

    /// What an id that is kept as a number may stand for, if it may for anything.
    fn by_number<'l>(&self, long: &'l Long, cells: Row<'_>) -> Option<&'l [usize]> {
        if !cells.is_number(long.criterion) {
            return None;
        }
        let number = std::str::from_utf8(cells.cell(long.criterion)).ok()?;
        long.by_number.get(number).map(Vec::as_slice)
    }

    /// The leaf that a row names; most rows name the one after the last row's.
    fn leaf(&self, long: &Long, part: &Part, id: &[u8]) -> Option<usize> {
        let next = part.last_leaf + 1;
        let next = if next < self.set.leaves.len() { next } else { 0 };
        if self.set.leaves[next].id.as_bytes() == id {
            return Some(next);
        }
        long.leaves.get(id).or_else(|| long.leaves.get(id.trim_ascii())).copied()
    }

    fn stage(&self, part: &mut Part, cells: Row<'_>) -> Option<Stage> {
        let Some(at) = self.stage else { return Some(Stage::None) };
        let text = String::from_utf8_lossy(cells.cell(at));
        let word = folded(&text);
        if word.is_empty() {
            return Some(Stage::None);
        }
        let stage = Stage::named(&word);
        if stage.is_none() {
            let words: Vec<&str> = Stage::WORDS.iter().map(|(name, _)| *name).collect();
            let text = quoted(&text);
            let names = Stage::VIETNAMESE.iter().map(|(name, _)| *name);
            let near = nearest(&text, words.iter().copied().chain(names));
            part.out.unknown_stage(self.place(cells.number, Some(at)), &text, near, &words);
        }
        if let Some(stage) = stage.filter(|stage| !self.options.has(*stage)) {
            if !part.strays.iter().any(|(stray, _)| *stray == stage) {
                part.strays.push((stage, cells.number));
            }
            return None;
        }
        stage
    }

    /// Reports a stage that the round does not have, at its first row.
    pub(super) fn report_stray(&self, stage: Stage, row: u64, out: &mut Diagnostics) {
        let words = Stage::WORDS.iter().filter(|(_, stage)| self.options.has(*stage));
        let known: Vec<&str> = words.map(|(name, _)| *name).collect();
        out.stage_not_in_round(self.place(row, self.stage), stage.word(), &known);
    }

    fn named_input(&self, leaf: usize, name: &[u8]) -> Option<usize> {
        self.set.leaf_columns(leaf).find(|&column| self.set.columns[column].input.name.as_bytes() == name)
    }

    fn report_input(
        &self,
        part: &mut Part,
        unit: u32,
        leaf: usize,
        name: &[u8],
        row: u64,
        at: Option<usize>,
    ) {
        let name = quoted(&String::from_utf8_lossy(name));
        let known: Vec<&str> =
            self.set.leaf_columns(leaf).map(|column| self.set.columns[column].input.name.as_str()).collect();
        let near = nearest(&name, known.iter().copied());
        let (unit, id) = (part.unit_id(unit).to_owned(), &self.set.leaves[leaf].id);
        part.out.unknown_input(self.place(row, at), &name, &unit, id, near, &known);
    }
}
