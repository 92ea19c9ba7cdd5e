//! What the columns of one results file are, from its header.

use super::Options;
use super::cell::{CellFault, CellReader, How, Plain, Seen};
use super::part::Part;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::model::{Stage, Value};
use crate::rule::Input;
use crate::source::{Place, Row};
use crate::text::{folded, nearest, quoted};
use crate::validate::header::{self, RESULTS};
use std::collections::HashMap;
use std::sync::Arc;

/// What the columns of one results file are.
#[derive(Debug)]
pub struct Plan<'a> {
    set: &'a CriteriaSet,
    options: Options,
    pub(super) file: Arc<str>,
    pub(super) header: Vec<String>,
    layout: Layout,
    readers: Vec<CellReader>,
    unit: usize,
    name: Option<usize>,
    tier: Option<usize>,
    block: Option<usize>,
}

#[derive(Debug)]
enum Layout {
    /// One row a criterion.
    Long(Long),
    /// One row a unit: for each column of the file, what it holds.
    Wide(Vec<(usize, Holds)>),
}

#[derive(Debug)]
struct Long {
    criterion: usize,
    input: Option<usize>,
    stage: Option<usize>,
    note: Option<usize>,
    /// File columns that name an input themselves: `value`, `numerator`, `evidence`, …
    inputs: Vec<(usize, &'static str)>,
    /// For each leaf and each entry of `inputs`, the column of the set.
    columns: Vec<Vec<Option<usize>>>,
    leaves: HashMap<Vec<u8>, usize>,
}

/// What a column of a wide file holds.
#[derive(Clone, Copy, Debug)]
enum Holds {
    Input(usize),
    Note(usize),
}

/// The columns of a long file that are inputs.
const LONG_INPUTS: [&str; 7] = [
    Input::VALUE,
    Input::NUMERATOR,
    Input::DENOMINATOR,
    Input::POINTS,
    Input::TARGET,
    Input::PREVIOUS,
    Input::EVIDENCE,
];

impl<'a> Plan<'a> {
    /// Reads a header; reports columns that are unknown, double or lacking.
    pub fn new(
        file: Arc<str>,
        header: Vec<String>,
        set: &'a CriteriaSet,
        options: Options,
        out: &mut Diagnostics,
    ) -> Option<Plan<'a>> {
        let known: Vec<Option<&str>> = header.iter().map(|name| RESULTS.known(name)).collect();
        let is_long = known.contains(&Some("criterion"));
        let readers = set.columns.iter().map(|column| CellReader::new(&column.input, options.form)).collect();
        let find = |name: &str| known.iter().position(|column| *column == Some(name));
        let place = |name: &str| Place::Row { file: file.clone(), row: 1, header: Some(name.to_owned()) };
        let before = out.errors();
        let Some(unit) = find("unit") else {
            out.no_unit_column(Place::Row { file: file.clone(), row: 1, header: None }, &header);
            return None;
        };
        let layout = if is_long {
            let columns = header::find(&header, &RESULTS, &["unit", "criterion"], place, out)?;
            Layout::Long(Long::new(&columns, set))
        } else {
            Layout::Wide(wide_columns(&header, set, place, out))
        };
        let (name, tier, block) = (find("name"), find("tier"), find("block"));
        (out.errors() == before).then_some(Plan {
            set,
            options,
            file,
            header,
            layout,
            readers,
            unit,
            name,
            tier,
            block,
        })
    }

    /// The header in this file under which each of the set's columns stands; empty if under none.
    pub(super) fn headers(&self) -> Vec<String> {
        let mut headers = vec![String::new(); self.set.columns.len()];
        match &self.layout {
            Layout::Long(long) => {
                for columns in &long.columns {
                    for ((at, _), column) in long.inputs.iter().zip(columns) {
                        if let Some(column) = column {
                            headers[*column].clone_from(&self.header[*at]);
                        }
                    }
                }
            }
            Layout::Wide(columns) => {
                for (at, holds) in columns {
                    if let Holds::Input(column) = holds {
                        headers[*column].clone_from(&self.header[*at]);
                    }
                }
            }
        }
        headers
    }

    /// The leaf that a column of the set belongs to.
    pub(super) fn leaf_of(&self, column: usize) -> usize {
        self.set.columns[column].leaf
    }

    /// The columns of the leaf that a column of the set belongs to.
    pub(super) fn columns_beside(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        self.set.leaf_columns(self.leaf_of(column))
    }

    /// What a column of the set is called in messages: `1.2`, `1.2.numerator`.
    pub(super) fn column_name(&self, column: usize) -> String {
        self.set.header(column)
    }

    /// An empty part of the file, to read rows into.
    pub fn part(&self) -> Part {
        Part::default()
    }

    /// Whether each unit has one row.
    pub(super) fn is_wide(&self) -> bool {
        matches!(self.layout, Layout::Wide(_))
    }

    /// Whether places of values are kept.
    pub(super) fn keeps_places(&self) -> bool {
        self.options.keep_places
    }

    /// Reads one row.
    pub fn read_row(&self, part: &mut Part, cells: Row<'_>) {
        let row = cells.number;
        if cells.width() != self.header.len() {
            if !cells.is_blank() {
                let place = Place::Row { file: self.file.clone(), row, header: None };
                part.out.ragged_row(place, cells.width(), self.header.len());
            }
            return;
        }
        let unit = cells.cell(self.unit).trim_ascii();
        if unit.is_empty() {
            if !cells.is_blank() {
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
                if first != row {
                    let id = part.unit_id(unit).to_owned();
                    let at = Some(self.unit);
                    part.out.duplicate_unit(self.place(row, at), &id, self.place(first, at));
                    return;
                }
                for &(at, holds) in columns {
                    let cell = cells.cell(at);
                    match holds {
                        Holds::Input(column) => {
                            self.read_cell(part, unit, column, cell, Stage::None, row, at)
                        }
                        Holds::Note(leaf) => {
                            part.note(unit, self.set.leaves[leaf].columns.start, Stage::None, cell)
                        }
                    }
                }
            }
        }
    }

    fn read_long(&self, long: &Long, part: &mut Part, unit: u32, cells: Row<'_>) {
        let row = cells.number;
        let id = cells.cell(long.criterion);
        let Some(leaf) = self.leaf(long, part, id) else {
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
        let Some(stage) = self.stage(long, part, cells) else { return };
        if self.options.stage < stage {
            return;
        }
        if stage == Stage::SelfAssessed && self.set.leaves[leaf].is_survey && long.gives(cells) {
            let (unit, id) = (part.unit_id(unit).to_owned(), &self.set.leaves[leaf].id);
            part.out.survey_self_scored(self.place(row, long.stage), &unit, id);
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
                Some(column) => self.read_cell(part, unit, column, cell, stage, row, at),
                None if cell.trim_ascii().is_empty() || name == Input::EVIDENCE => {}
                None => self.report_input(part, unit, leaf, name.as_bytes(), row, Some(at)),
            }
        }
        if let Some(note) = long.note.map(|at| cells.cell(at)) {
            part.note(unit, self.set.leaves[leaf].columns.start, stage, note);
        }
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

    fn stage(&self, long: &Long, part: &mut Part, cells: Row<'_>) -> Option<Stage> {
        let Some(at) = long.stage else { return Some(Stage::None) };
        let text = String::from_utf8_lossy(cells.cell(at));
        let word = folded(&text);
        if word.is_empty() {
            return Some(Stage::None);
        }
        let stage = Stage::WORDS.iter().find(|(name, _)| *name == word);
        if stage.is_none() {
            let words: Vec<&str> = Stage::WORDS.iter().map(|(name, _)| *name).collect();
            let text = quoted(&text);
            let near = nearest(&text, words.iter().copied());
            part.out.unknown_stage(self.place(cells.number, Some(at)), &text, near, &words);
        }
        let stage = stage.map(|(_, stage)| *stage);
        if let Some(stage) = stage.filter(|stage| !self.options.has(*stage)) {
            let words = Stage::WORDS.iter().filter(|(_, stage)| self.options.has(*stage));
            let known: Vec<&str> = words.map(|(name, _)| *name).collect();
            part.out.stage_not_in_round(self.place(cells.number, Some(at)), stage.word(), &known);
            return None;
        }
        stage
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

    #[expect(
        clippy::too_many_arguments,
        reason = "the hot loop passes what it has; a struct would be made per cell"
    )]
    fn read_cell(
        &self,
        part: &mut Part,
        unit: u32,
        column: usize,
        cell: &[u8],
        stage: Stage,
        row: u64,
        at: usize,
    ) {
        match self.readers[column].read_plain(cell) {
            Some(Plain::Word(word)) => {
                part.cells.push_word(word, stage);
                return part.place(unit, column, row, self.options.keep_places);
            }
            Some(Plain::Number { mantissa, scale }) => {
                part.cells.push_short(mantissa, scale, stage);
                if scale > 0 && part.marks[1].is_none() {
                    part.see_mark(false, row, at);
                }
                return part.place(unit, column, row, self.options.keep_places);
            }
            None => {}
        }
        match self.readers[column].read(cell) {
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

    #[expect(clippy::too_many_arguments, reason = "see read_cell")]
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

    #[expect(clippy::too_many_arguments, reason = "see read_cell")]
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
        let found = String::from_utf8_lossy(cell);
        let found = quoted(found.trim());
        let Input { numbers, words, dates, .. } = &self.set.columns[column].input;
        let (unit, id) =
            (part.unit_id(unit).to_owned(), self.set.leaves[self.set.columns[column].leaf].id.as_str());
        let place = self.place(row, Some(at));
        match fault {
            CellFault::NotUnderstood => {
                let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
                part.out.not_understood(place, &found, &unit, id, &words, numbers.is_some(), *dates);
            }
            CellFault::Ambiguous { decimal, thousands } => {
                part.out.ambiguous_number(place, &found, &unit, id, decimal, thousands);
            }
            CellFault::OtherForm => part.out.other_form(place, &found, &unit, id),
            CellFault::TooLong => part.out.number_too_long(place, &found, &unit, id),
            CellFault::NoPercent => part.out.no_percent(place, &found, &unit, id),
            CellFault::OutOfRange(number) => {
                if let Some(numbers) = numbers {
                    part.out.value_out_of_range(place, number, &unit, id, numbers);
                }
            }
        }
    }

    fn place(&self, row: u64, column: Option<usize>) -> Place {
        let header = column.and_then(|column| self.header.get(column)).cloned();
        Place::Row { file: self.file.clone(), row, header }
    }
}

impl Long {
    /// Whether a row gives any input.
    fn gives(&self, cells: Row<'_>) -> bool {
        self.inputs.iter().any(|(at, _)| !cells.cell(*at).trim_ascii().is_empty())
    }

    fn new(columns: &[Option<&'static str>], set: &CriteriaSet) -> Long {
        let find = |name: &str| columns.iter().position(|column| *column == Some(name));
        let inputs: Vec<(usize, &'static str)> =
            LONG_INPUTS.iter().filter_map(|&name| find(name).map(|at| (at, name))).collect();
        let column = |leaf: usize, name: &str| {
            let own = set.leaf_columns(leaf).find(|&column| set.columns[column].input.name == name);
            // The value of a criterion with one input is that input, whatever its name.
            let only = || {
                (name == Input::VALUE && set.leaves[leaf].columns.len() == 1)
                    .then_some(set.leaves[leaf].columns.start)
            };
            own.or_else(only)
        };
        let of_leaf = |leaf| inputs.iter().map(|(_, name)| column(leaf, name)).collect();
        Long {
            criterion: find("criterion").unwrap_or(0),
            input: find("input"),
            stage: find("stage"),
            note: find("note"),
            columns: (0..set.leaves.len()).map(of_leaf).collect(),
            leaves: set
                .leaves
                .iter()
                .enumerate()
                .map(|(at, leaf)| (leaf.id.clone().into_bytes(), at))
                .collect(),
            inputs,
        }
    }
}

/// What each column of a wide file holds; those that hold nothing of ours are left out.
fn wide_columns(
    header: &[String],
    set: &CriteriaSet,
    place: impl Fn(&str) -> Place,
    out: &mut Diagnostics,
) -> Vec<(usize, Holds)> {
    let mut by_name: HashMap<String, Holds> = HashMap::new();
    for column in 0..set.columns.len() {
        by_name.insert(set.header(column), Holds::Input(column));
    }
    for (at, leaf) in set.leaves.iter().enumerate() {
        by_name.insert(format!("{}.note", leaf.id), Holds::Note(at));
        // `3.1` may stand for `3.1.points` where that is the only input.
        if leaf.columns.len() == 1 {
            by_name.entry(leaf.id.clone()).or_insert(Holds::Input(leaf.columns.start));
        }
        by_name.entry(format!("{}.value", leaf.id)).or_insert(Holds::Input(leaf.columns.start));
    }
    let about = ["unit", "name", "tier", "block"];
    let mut columns: Vec<(usize, Holds)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        if header::is_ignored(name) {
            continue;
        }
        if let Some(first) = seen.insert(folded(name), at) {
            out.duplicate_column(place(name), &header[first]);
            continue;
        }
        if RESULTS.known(name).is_some_and(|known| about.contains(&known)) {
            continue;
        }
        match by_name.get(name.as_str()).or_else(|| by_name.get(&in_english(name)?)) {
            Some(holds) => columns.push((at, *holds)),
            None => {
                let names = by_name.keys().map(String::as_str).chain(about);
                let near = out.advise(|| nearest(name, names));
                out.unknown_column(place(name), name, near);
            }
        }
    }
    columns
}

/// `2.tử số` as `2.numerator`.
fn in_english(header: &str) -> Option<String> {
    let (id, input) = header.rsplit_once('.')?;
    Some(format!("{id}.{}", RESULTS.known(input)?))
}
