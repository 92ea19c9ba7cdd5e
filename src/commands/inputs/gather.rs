//! Sheets that units handed in, one file each: they are read side by side, held against what the blank
//! sheet was, and those that lack are named.

mod locked;
mod sheet;

use super::files::tidy;
use super::reader::Reader;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::load;
use crate::model::{Dataset, HandedIn, OwnPoints, Ranked};
use crate::report::blank::{Blank, Filled, Head, Line};
use crate::round::{FileName, Tier};
use crate::source::{Fingerprint, Place};
use crate::text::{folded, nearest};
use crate::validate::header::Sought;
use crate::validate::results::{self, Assembly, Options, Part, Plan};
use crate::validate::units::Listed;
use anyhow::{Context, Result};
use rayon::prelude::*;
use rust_decimal::Decimal;
use sheet::Sheet;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What came of the sheets of a tier.
#[derive(Default)]
pub(super) struct Gathered {
    /// Whether there was a pattern at all.
    any: bool,
    /// The first file of each unit and stage, by the unit's folded id.
    seen: HashMap<(String, String), Place>,
    /// The folded ids of units whose sheet was left blank.
    blank: Vec<String>,
    /// Points that units gave themselves, each with unit and criterion.
    own_points: Vec<(String, String, Decimal, Place)>,
}

/// A file that was read.
struct Opened<'a> {
    path: PathBuf,
    read: std::io::Result<Option<(Sheet, Plan<'a>, Fingerprint)>>,
    faults: Diagnostics,
}

impl Reader<'_> {
    /// The files that a name means where it is a pattern; reports one that means none.
    pub(super) fn pattern(&mut self, name: &FileName, path: &Path) -> Option<Vec<PathBuf>> {
        // Without the folder there are no files.
        let found = load::matching(path).unwrap_or_else(|_| Some(Vec::new()))?;
        if found.is_empty() {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir());
            let folder = folder.map(tidy);
            let siblings = load::siblings(path);
            let pattern =
                path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let names = siblings.iter().map(String::as_str).filter(|name| !name.starts_with(['~', '.']));
            let near = nearest(&pattern, names.clone()).or(names.into_iter().next());
            let place = name.place.clone().unwrap_or(Place::File { file: tidy(path).into() });
            self.out.no_sheets(place, &name.name, folder.as_deref(), near);
        }
        Some(found)
    }

    /// Reads the files of a pattern into a dataset. `false`: one of them is no table.
    pub(super) fn gather<'s>(
        &mut self,
        files: Vec<PathBuf>,
        (set, options): (&'s CriteriaSet, Options),
        assembly: &mut Assembly<'_>,
        gathered: &mut Gathered,
    ) -> Result<bool> {
        gathered.any = true;
        let lines = Blank::new(set, Head::default(), options.stage, Filled::by(&self.round)).lines;
        let sought = results::sought(set);
        let open = |path: PathBuf| {
            let mut faults = Diagnostics::default();
            let read = open(&path, (set, options), &sought, &lines, &mut faults);
            Opened { path, read, faults }
        };
        let opened: Vec<Opened<'s>> = files.into_par_iter().map(open).collect();
        let mut is_whole = true;
        for Opened { path, read, faults } in opened {
            self.out.append(faults);
            let read = read.with_context(|| path.display().to_string())?;
            let Some((sheet, plan, print)) = read else {
                is_whole = false;
                continue;
            };
            self.files.push(print);
            if !self.accept(&sheet, gathered) {
                continue;
            }
            sheet.read_own_points(options.form, &mut gathered.own_points, self.out);
            let file = assembly.begin(&plan);
            let mut part: Part = plan.part();
            sheet.rows.iter().for_each(|row| plan.read_row(&mut part, row.as_row()));
            assembly.absorb(&plan, file, part);
        }
        Ok(is_whole)
    }

    /// Whether a sheet counts: it is not blank, and the first of its unit and stage.
    fn accept(&mut self, sheet: &Sheet, gathered: &mut Gathered) -> bool {
        let place = sheet.table.whole();
        let units = sheet.units();
        if let [(unit, _)] = &units[..]
            && !sheet.gives()
        {
            self.out.blank_sheet(place, unit);
            gathered.blank.push(folded(unit));
            return false;
        }
        let mut is_first = true;
        for (unit, stage) in units {
            match gathered.seen.get(&(folded(&unit), folded(&stage))) {
                Some(first) => {
                    self.out.handed_in_twice(place.clone(), &unit, first.clone());
                    is_first = false;
                }
                None => drop(gathered.seen.insert((folded(&unit), folded(&stage)), place.clone())),
            }
        }
        is_first
    }

    /// How many of the listed units handed in a sheet; reports those that did not, unless the list says
    /// that they are not ranked.
    pub(super) fn count_sheets(
        &mut self,
        gathered: &Gathered,
        tier: &Tier,
        data: &Dataset,
        listed: Option<&[Listed]>,
    ) -> Option<HandedIn> {
        if !gathered.any || listed.is_none() {
            return None;
        }
        if data.units.is_empty() {
            let place = self.round.units.as_ref().and_then(|name| name.place.clone());
            self.out.no_listed_units(place, &tier.id);
        }
        let came: HashSet<&str> = gathered.seen.keys().map(|(unit, _)| unit.as_str()).collect();
        let units = data.units.iter().enumerate();
        let (mut without, mut missing) = (HashSet::new(), Vec::new());
        for (at, unit) in units.filter(|(_, unit)| !came.contains(folded(&unit.id).as_str())) {
            without.insert(at);
            if unit.ranked == Ranked::Yes && !gathered.blank.contains(&folded(&unit.id)) {
                missing.push(match unit.name.as_str() {
                    "" => unit.id.clone(),
                    name => format!("{name} ({})", unit.id),
                });
            }
        }
        let of = data.units.len();
        let handed_in = HandedIn { units: of - without.len(), of, without };
        // That there are none at all was said.
        let any_came = !gathered.seen.is_empty() || !gathered.blank.is_empty();
        if any_came && !missing.is_empty() {
            let pattern = tier.results.iter().find(|name| name.name.contains(['*', '?']));
            let place = pattern.and_then(|name| name.place.clone());
            self.out.sheets_missing(place, (handed_in.units, of), &missing);
        }
        Some(handed_in)
    }
}

impl Gathered {
    /// The points that units gave themselves.
    pub(super) fn own_points(self, set: &CriteriaSet, data: &Dataset) -> Vec<OwnPoints> {
        let units: HashMap<String, usize> =
            data.units.iter().enumerate().map(|(at, unit)| (folded(&unit.id), at)).collect();
        let own = |(unit, criterion, points, place): (String, String, Decimal, Place)| {
            let leaf = set.leaves.iter().position(|leaf| leaf.id == criterion)?;
            Some(OwnPoints { unit: *units.get(&folded(&unit))?, leaf, points, place })
        };
        self.own_points.into_iter().filter_map(own).collect()
    }

    /// Whether sheets were gathered, so that absent units are told of otherwise.
    pub(super) fn any(&self) -> bool {
        self.any
    }
}

/// Reads a file whole and holds it against the blank sheet. `None`: it was reported why it is no table.
fn open<'s>(
    path: &Path,
    (set, options): (&'s CriteriaSet, Options),
    sought: &Sought<'_>,
    lines: &[Line<'_>],
    out: &mut Diagnostics,
) -> std::io::Result<Option<(Sheet, Plan<'s>, Fingerprint)>> {
    let Some((mut sheet, print)) = Sheet::read(path, tidy(path).into(), sought, out)? else {
        return Ok(None);
    };
    let Some(plan) = Plan::new(sheet.table.clone(), set, options, out) else { return Ok(None) };
    locked::check(&mut sheet, lines, set, out);
    Ok(Some((sheet, plan, print)))
}
