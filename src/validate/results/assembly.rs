//! Puts the parts of results files together to one dataset.

use super::part::PartUnit;
use super::{Options, Part, Plan};
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::model::{Cells, Dataset, Ranked, Stage, Unit, Value};
use crate::source::{Place, Table};
use crate::text::folded;
use crate::validate::header::RESULTS;
use crate::validate::names::{ByName, Meant, Names};
use crate::validate::units::Listed;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The units that results may name.
#[derive(Clone, Debug, Default)]
pub struct KnownUnits<'a> {
    /// The list of units, if there is one.
    pub listed: Option<&'a [Listed]>,
    /// The id of the tier that is read; empty if the results alone say it.
    pub tier: &'a str,
    /// The id of the tier whose units these are, where that is another.
    pub units_of: Option<&'a str>,
    /// The ids of all tiers of the round.
    pub tiers: Vec<&'a str>,
}

/// A dataset that is being put together.
#[derive(Debug)]
pub struct Assembly<'a> {
    known: KnownUnits<'a>,
    options: Options,
    data: Dataset,
    by_id: HashMap<String, usize>,
    /// The units of the list, of this tier and of others; without a list, those that files name.
    names: Names,
    /// The place of each of them among the units; none for one of another tier.
    own: Vec<Option<usize>>,
    by_name: ByName,
    /// Cells of which a stage was given, where files name stages.
    staged: HashSet<(usize, Stage)>,
    /// Where a decimal comma, and a decimal point, first stood in the file.
    marks: [Option<Place>; 2],
    /// Stages in the file that the round does not have; each is reported once.
    strays: Vec<Stage>,
    tier: Option<(String, Place)>,
    out: Diagnostics,
}

impl<'a> Assembly<'a> {
    /// An empty dataset for a set's columns, with the listed units of the tier.
    pub fn new(set: &CriteriaSet, known: KnownUnits<'a>, options: Options) -> Assembly<'a> {
        let mut assembly = Assembly {
            options,
            data: Dataset { width: set.columns.len(), ..Dataset::default() },
            by_id: HashMap::new(),
            names: Names::default(),
            own: Vec::new(),
            by_name: ByName::default(),
            staged: HashSet::new(),
            marks: [None, None],
            strays: Vec::new(),
            tier: None,
            out: Diagnostics::default(),
            known,
        };
        for listed in assembly.known.listed.unwrap_or_default() {
            let tier = assembly.known.units_of.unwrap_or(assembly.known.tier);
            if listed.tier.is_empty() || tier.is_empty() || listed.tier == tier {
                assembly.add(listed.unit.clone(), 0, 0);
            } else {
                assembly.names.add(&listed.unit.id, &listed.unit.name);
                assembly.own.push(None);
            }
        }
        assembly
    }

    /// Begins a file; returns its number.
    pub fn begin(&mut self, plan: &Plan<'_>) -> u16 {
        self.by_name.say(&mut self.out);
        self.data.places.tables.push(plan.table.clone());
        self.data.places.headers.push(plan.headers());
        self.data.places.wide.push(plan.is_wide());
        self.marks = [None, None];
        self.strays.clear();
        (self.data.places.tables.len() - 1) as u16
    }

    /// Adds what was read from a part; parts come in the order of the file.
    pub fn absorb(&mut self, plan: &Plan<'_>, file: u16, part: Part) {
        let units: Vec<Option<usize>> =
            part.units.iter().map(|unit| self.resolve(plan, file, unit)).collect();
        self.data.cells.grow(self.data.units.len() * self.data.width);
        if plan.keeps_places() {
            self.data.places.rows.resize(self.data.cells.len(), (0, 0));
        }
        let mut duplicate = None; // a row with two inputs is reported once
        for (cell, &(unit, column)) in part.at.iter().enumerate() {
            let Some(unit) = units[unit as usize] else { continue };
            let at = unit * self.data.width + column as usize;
            let row = part.rows.get(cell).copied().unwrap_or(0);
            if part.cells.is_missing(cell) {
                if let Some(place) = self.data.places.rows.get_mut(at).filter(|(_, row)| *row == 0) {
                    *place = (file, row);
                }
                continue;
            }
            if !self.takes(plan, unit, column as usize, part.cells.stage(cell)) {
                let this = (unit, plan.leaf_of(column as usize), row);
                if duplicate.replace(this) != Some(this) {
                    self.report_duplicate(plan, unit, column as usize, row);
                }
                continue;
            }
            self.keep_stage(at, &part, cell);
            if part.cells.stage(cell) < self.latest(plan, unit, column as usize) {
                continue;
            }
            self.data.cells.copy(at, &part.cells, cell);
            if let Some(place) = self.data.places.rows.get_mut(at) {
                *place = (file, row);
                match part.by_format.binary_search(&cell) {
                    Ok(_) => self.data.places.by_format.insert(at),
                    Err(_) => self.data.places.by_format.remove(&at),
                };
            }
        }
        for (unit, column, stage, note) in part.notes {
            if let Some(unit) = units[unit as usize] {
                self.data.notes.entry((unit, column)).or_default().push((stage, note));
            }
        }
        self.notice_marks(plan, part.marks);
        for (stage, row) in part.strays {
            if !self.strays.contains(&stage) {
                self.strays.push(stage);
                plan.report_stray(stage, row, &mut self.out);
            }
        }
        self.out.append(part.out);
    }

    /// Whether a value is the first of its stage for an input. A later stage of a criterion takes the
    /// place of all that an earlier one gave for it.
    fn takes(&mut self, plan: &Plan<'_>, unit: usize, column: usize, stage: Stage) -> bool {
        let first = unit * self.data.width;
        let is_free = self.data.cells.is_missing(first + column);
        if stage == Stage::None && self.staged.is_empty() {
            return is_free;
        }
        if !self.staged.insert((first + column, stage))
            || (!is_free && self.data.cells.stage(first + column) == stage)
        {
            return false;
        }
        if self.latest(plan, unit, column) < stage {
            for column in plan.columns_beside(column) {
                self.data.cells.set(first + column, Value::Missing, Stage::None);
            }
        }
        true
    }

    /// Keeps what was given at a stage, which stays visible beside what counts.
    fn keep_stage(&mut self, at: usize, part: &Part, cell: usize) {
        let stage = part.cells.stage(cell);
        if stage == Stage::None {
            return;
        }
        let stages = &mut self.data.stages;
        let found = stages.binary_search_by_key(&stage, |(stage, _)| *stage);
        let place = found.unwrap_or_else(|place| {
            stages.insert(place, (stage, Cells::default()));
            place
        });
        let cells = &mut stages[place].1;
        cells.grow(self.data.cells.len());
        cells.copy(at, &part.cells, cell);
    }

    /// The latest stage of which a criterion has a value.
    fn latest(&self, plan: &Plan<'_>, unit: usize, column: usize) -> Stage {
        if self.staged.is_empty() {
            return Stage::None;
        }
        let cells = &self.data.cells;
        let given = plan.columns_beside(column).map(|column| unit * self.data.width + column);
        given.filter(|&at| !cells.is_missing(at)).map(|at| cells.stage(at)).max().unwrap_or_default()
    }

    /// The dataset and everything that was wrong with the files; `is_whole` says that all of them
    /// could be read.
    pub fn finish(mut self, is_whole: bool, out: &mut Diagnostics) -> Dataset {
        self.by_name.say(&mut self.out);
        if is_whole {
            self.notice_absent();
        }
        self.data.cells.grow(self.data.units.len() * self.data.width);
        let count = self.data.cells.len();
        self.data.stages.iter_mut().for_each(|(_, cells)| cells.grow(count));
        if self.options.keep_places {
            self.data.places.rows.resize(count, (0, 0));
        }
        out.append(self.out);
        self.data
    }

    /// Reports listed units of which the results say nothing, unless the list says that they are not
    /// ranked: such a unit is listed as not scored.
    fn notice_absent(&mut self) {
        if self.known.listed.is_none() || self.out.has_errors() {
            return; // rows that went astray may be theirs
        }
        for (at, unit) in self.data.units.iter().enumerate() {
            let is_absent = self.data.places.units[at].1 == 0;
            if is_absent && unit.ranked == Ranked::Yes {
                self.out.no_results(self.data.unit_place(at), &unit.id);
            }
        }
    }

    /// The tier that the results themselves name, where no round names it.
    pub fn tier(&self) -> Option<&str> {
        self.tier.as_ref().map(|(tier, _)| tier.as_str())
    }

    fn add(&mut self, unit: Unit, file: u16, row: u32) -> usize {
        let at = self.data.units.len();
        self.by_id.insert(unit.id.clone(), at);
        self.names.add(&unit.id, &unit.name);
        self.own.push(Some(at));
        self.data.units.push(unit);
        self.data.places.units.push((file, row));
        at
    }

    /// The unit that a file means, if it belongs to this tier and is known.
    fn resolve(&mut self, plan: &Plan<'_>, file: u16, named: &PartUnit) -> Option<usize> {
        let place = |header: &str| {
            let known =
                |header: &str| plan.table.header.iter().position(|name| RESULTS.known(name) == Some(header));
            plan.place(named.row, if header == "unit" { Some(plan.unit) } else { known(header) })
        };
        if !named.tier.is_empty() && !self.is_of_tier(&named.tier, &named.id, place("tier")) {
            return None;
        }
        let row = u32::try_from(named.row).unwrap_or(u32::MAX);
        let meant = match self.by_id.get(&named.id) {
            Some(&at) => Ok(Some(at)),
            None => self.look_up(named, || place("unit")),
        };
        if let Ok(Some(at)) = meant {
            if let Some(other) = self.named_otherwise(at, named) {
                // It is an error; the row is read by its id, so that the unit is not missed as well.
                self.out.name_of_another_unit(place("name"), &named.id, &named.name, &other);
            }
            self.complete(at, named, place("block"));
            match self.data.places.units[at] {
                (_, 0) => self.data.places.units[at] = (file, row),
                (first_file, first) if first_file == file && plan.has_one_row_a_unit() => {
                    let first = plan.place(first.into(), None);
                    self.out.duplicate_unit(place("unit"), &named.id, first);
                    return None;
                }
                _ => {}
            }
            return Some(at);
        }
        let meant = match meant {
            Ok(_) => return None, // a unit of another tier in a file that several tiers share
            Err(meant) => meant,
        };
        if self.known.listed.is_some() || matches!(meant, Meant::Several(_)) {
            self.names.report(place("unit"), &named.id, &meant, &mut self.out);
            return None;
        }
        let unit = Unit {
            id: named.id.clone(),
            name: named.name.clone(),
            block: named.block.clone(),
            parent: String::new(),
            previous: Vec::new(),
            ranked: Ranked::Yes,
            row: named.row,
        };
        Some(self.add(unit, file, row))
    }

    /// The id of another unit whose name stands beside the id of this one: a column was sorted by itself.
    fn named_otherwise(&self, at: usize, named: &PartUnit) -> Option<String> {
        let unit = &self.data.units[at];
        if named.name.is_empty() || folded(&named.name) == folded(&unit.name) {
            return None;
        }
        let Meant::Name(other) = self.names.find(&named.name) else { return None };
        let other = self.names.id(other);
        (folded(other) != folded(&unit.id)).then(|| other.to_owned())
    }

    /// The unit that a word means, none where it is one of another tier; what it means where it is no unit.
    fn look_up(&mut self, named: &PartUnit, place: impl Fn() -> Place) -> Result<Option<usize>, Meant> {
        // A row that names its tier means no unit of another.
        let is_among = |at: usize| named.tier.is_empty() || self.own[at].is_some();
        let meant = self.names.find_among(&named.id, is_among);
        // Without a list, a new id that has a name of its own is a new unit.
        let is_new = self.known.listed.is_none() && !named.name.is_empty();
        match meant {
            Meant::Name(_) | Meant::Several(_) if is_new => Err(Meant::None),
            Meant::Id(at) => {
                let meant = self.names.id(at);
                if self.own[at].is_some() && meant != named.id {
                    self.out.read_as_unit(place(), &named.id, meant);
                }
                Ok(self.own[at])
            }
            Meant::Name(at) => {
                if self.own[at].is_some() {
                    self.by_name.see(at, place, &named.id, self.names.id(at));
                }
                Ok(self.own[at])
            }
            meant => Err(meant),
        }
    }

    /// Takes over what the results say of a unit and the list does not.
    fn complete(&mut self, at: usize, named: &PartUnit, place: Place) {
        let unit = &mut self.data.units[at];
        if unit.name.is_empty() {
            unit.name.clone_from(&named.name);
        }
        if unit.block.is_empty() {
            unit.block.clone_from(&named.block);
        } else if !named.block.is_empty() && folded(&unit.block) != folded(&named.block) {
            self.out.two_blocks(place, &named.id, &unit.block, &named.block);
        }
    }

    /// Whether a row is for the tier that is read. Rows of other tiers of the round are passed over.
    fn is_of_tier(&mut self, tier: &str, unit: &str, place: Place) -> bool {
        if self.known.tier.is_empty() {
            let first = self.tier.get_or_insert_with(|| (tier.to_owned(), place.clone()));
            if first.0 == tier {
                return true;
            }
            let first = first.clone();
            self.out.second_tier(place, tier, unit, &first.0, first.1);
            return false;
        }
        if tier == self.known.tier || Some(tier) == self.known.units_of {
            return true;
        }
        if !self.known.tiers.contains(&tier) {
            self.out.unknown_tier(place, tier, unit, &self.known.tiers);
        }
        false
    }

    fn report_duplicate(&mut self, plan: &Plan<'_>, unit: usize, column: usize, row: u32) {
        let name = plan.column_name(column);
        let place = |table: Arc<Table>, row: u32, header: Option<String>| Place::Row {
            table,
            row: row.into(),
            header,
        };
        let first = self.data.places.rows.get(unit * self.data.width + column).filter(|(_, row)| *row > 0);
        let first =
            first.map(|&(file, row)| place(self.data.places.tables[usize::from(file)].clone(), row, None));
        let header = plan.headers().get(column).filter(|header| !header.is_empty()).cloned();
        let here = if row > 0 { place(plan.table.clone(), row, header) } else { plan.table.whole() };
        self.out.duplicate_value(here, &self.data.units[unit].id, &name, first);
    }

    /// A file that writes numbers in both forms is read, and it is said.
    fn notice_marks(&mut self, plan: &Plan<'_>, marks: [Option<(u64, usize)>; 2]) {
        let had_both = self.marks.iter().all(Option::is_some);
        for (seen, mark) in self.marks.iter_mut().zip(marks) {
            if let (None, Some((row, at))) = (&seen, mark) {
                *seen = Some(plan.place(row, Some(at)));
            }
        }
        if let ([Some(comma), Some(point)], false) = (&self.marks, had_both) {
            self.out.both_forms(comma.clone(), point.clone());
        }
    }
}
