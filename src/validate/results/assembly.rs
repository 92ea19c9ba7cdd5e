//! Puts the parts of results files together to one dataset.

use super::{Options, Part, Plan};
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::model::{Dataset, Ranked, Unit};
use crate::source::Place;
use crate::text::{folded, nearest};
use crate::validate::header::{self, RESULTS};
use crate::validate::units::Listed;
use std::collections::HashMap;
use std::sync::Arc;

/// The units that results may name.
#[derive(Clone, Debug, Default)]
pub struct KnownUnits<'a> {
    /// The list of units, if there is one.
    pub listed: Option<&'a [Listed]>,
    /// The id of the tier that is read; empty if the results alone say it.
    pub tier: &'a str,
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
    by_key: HashMap<String, usize>,
    elsewhere: HashMap<&'a str, &'a str>,
    /// Where a decimal comma, and a decimal point, first stood in the file.
    marks: [Option<Place>; 2],
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
            by_key: HashMap::new(),
            elsewhere: HashMap::new(),
            marks: [None, None],
            tier: None,
            out: Diagnostics::default(),
            known,
        };
        for listed in assembly.known.listed.unwrap_or_default() {
            if listed.tier.is_empty() || assembly.known.tier.is_empty() || listed.tier == assembly.known.tier
            {
                assembly.add(listed.unit.clone(), 0, 0);
            } else {
                assembly.elsewhere.insert(&listed.unit.id, &listed.tier);
            }
        }
        assembly
    }

    /// Begins a file; returns its number.
    pub fn begin(&mut self, plan: &Plan<'_>) -> u16 {
        self.data.places.files.push(plan.file.clone());
        self.data.places.headers.push(plan.headers());
        self.marks = [None, None];
        (self.data.places.files.len() - 1) as u16
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
            let stage = part.cells.stage(cell);
            if !self.data.cells.is_missing(at) {
                let older = self.data.cells.stage(at);
                if stage == older {
                    let this = (unit, plan.leaf_of(column as usize), row);
                    if duplicate.replace(this) != Some(this) {
                        self.report_duplicate(plan, unit, column as usize, row);
                    }
                    continue;
                }
                if stage < older {
                    continue;
                }
            }
            self.data.cells.copy(at, &part.cells, cell);
            if let Some(place) = self.data.places.rows.get_mut(at) {
                *place = (file, row);
            }
        }
        for (unit, column, note) in part.notes {
            if let Some(unit) = units[unit as usize] {
                self.data.notes.insert((unit, column), note);
            }
        }
        self.notice_marks(plan, part.marks);
        self.out.append(part.out);
    }

    /// The dataset and everything that was wrong with the files.
    pub fn finish(mut self, out: &mut Diagnostics) -> Dataset {
        self.data.cells.grow(self.data.units.len() * self.data.width);
        if self.options.keep_places {
            self.data.places.rows.resize(self.data.cells.len(), (0, 0));
        }
        out.append(self.out);
        self.data
    }

    /// The tier that the results themselves name, where no round names it.
    pub fn tier(&self) -> Option<&str> {
        self.tier.as_ref().map(|(tier, _)| tier.as_str())
    }

    fn add(&mut self, unit: Unit, file: u16, row: u32) -> usize {
        let at = self.data.units.len();
        self.by_id.insert(unit.id.clone(), at);
        self.by_key.insert(folded(&unit.id), at);
        self.data.units.push(unit);
        self.data.places.units.push((file, row));
        at
    }

    /// The unit that a file means, if it belongs to this tier and is known.
    fn resolve(&mut self, plan: &Plan<'_>, file: u16, named: &super::part::PartUnit) -> Option<usize> {
        let place = |header: &str| {
            let column = plan.header.iter().find(|name| header::known(name, RESULTS) == Some(header));
            Place::Row { file: plan.file.clone(), row: named.row, header: column.cloned() }
        };
        if !named.tier.is_empty() && !self.is_of_tier(&named.tier, &named.id, place("tier")) {
            return None;
        }
        let row = u32::try_from(named.row).unwrap_or(u32::MAX);
        let found = self.by_id.get(&named.id).copied().or_else(|| {
            let at = self.by_key.get(&folded(&named.id)).copied()?;
            let meant = self.data.units[at].id.clone();
            self.out.read_as_unit(place("unit"), &named.id, &meant);
            Some(at)
        });
        if let Some(at) = found {
            let unit = &mut self.data.units[at];
            if self.known.listed.is_none() {
                if unit.name.is_empty() {
                    unit.name.clone_from(&named.name);
                }
                if !named.block.is_empty() && unit.block != named.block {
                    if unit.block.is_empty() {
                        unit.block.clone_from(&named.block);
                    } else {
                        self.out.two_blocks(place("block"), &named.id, &unit.block, &named.block);
                    }
                }
            } else if unit.name.is_empty() {
                unit.name.clone_from(&named.name);
            }
            match self.data.places.units[at] {
                (_, 0) => self.data.places.units[at] = (file, row),
                (first_file, first) if first_file == file && plan.is_wide() => {
                    let first = Place::Row { file: plan.file.clone(), row: first.into(), header: None };
                    self.out.duplicate_unit(place("unit"), &named.id, first);
                    return None;
                }
                _ => {}
            }
            return Some(at);
        }
        if self.elsewhere.contains_key(named.id.as_str()) {
            return None; // a unit of another tier in a file that several tiers share
        }
        if let Some(listed) = self.known.listed {
            let ids = listed.iter().map(|listed| listed.unit.id.as_str());
            let near = nearest(&named.id, ids);
            let near_name = near.and_then(|near| listed.iter().find(|listed| listed.unit.id == near));
            self.out.unknown_unit(
                place("unit"),
                &named.id,
                near,
                near_name.map(|listed| listed.unit.name.as_str()),
            );
            return None;
        }
        let unit = Unit {
            id: named.id.clone(),
            name: named.name.clone(),
            block: named.block.clone(),
            parent: String::new(),
            ranked: Ranked::Yes,
            row: named.row,
        };
        Some(self.add(unit, file, row))
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
        if tier == self.known.tier {
            return true;
        }
        if !self.known.tiers.contains(&tier) {
            self.out.unknown_tier(place, tier, unit, &self.known.tiers);
        }
        false
    }

    fn report_duplicate(&mut self, plan: &Plan<'_>, unit: usize, column: usize, row: u32) {
        let name = plan.column_name(column);
        let place =
            |file: Arc<str>, row: u32, header: Option<String>| Place::Row { file, row: row.into(), header };
        let first = self.data.places.rows.get(unit * self.data.width + column).filter(|(_, row)| *row > 0);
        let first =
            first.map(|&(file, row)| place(self.data.places.files[usize::from(file)].clone(), row, None));
        let header = plan.headers().get(column).filter(|header| !header.is_empty()).cloned();
        let here = if row > 0 {
            place(plan.file.clone(), row, header)
        } else {
            Place::File { file: plan.file.clone() }
        };
        self.out.duplicate_value(here, &self.data.units[unit].id, &name, first);
    }

    /// A file that writes numbers in both forms is read, and it is said.
    fn notice_marks(&mut self, plan: &Plan<'_>, marks: [Option<(u64, usize)>; 2]) {
        let had_both = self.marks.iter().all(Option::is_some);
        for (seen, mark) in self.marks.iter_mut().zip(marks) {
            if let (None, Some((row, at))) = (&seen, mark) {
                *seen =
                    Some(Place::Row { file: plan.file.clone(), row, header: plan.header.get(at).cloned() });
            }
        }
        if let ([Some(comma), Some(point)], false) = (&self.marks, had_both) {
            self.out.both_forms(comma.clone(), point.clone());
        }
    }
}
