//! Reads the files that a round names, in the order in which they need each other.

use super::Args;
use super::files::{builtin, cannot_read, take_source, tidy};
use super::gather::Gathered;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::load;
use crate::model::{Dataset, ForeignIndex, Stage, Standing, Unit, Value};
use crate::number::reading::Form;
use crate::round::{FileName, IndexSource, Round, Tier};
use crate::rule::{Input, Origin};
use crate::scored::{Loaded, LoadedTier, Previous};
use crate::source::{Fingerprint, Place, Sheet};
use crate::text::{folded, nearest};
use crate::validate;
use crate::validate::deductions::{self, Events, deductions};
use crate::validate::header::Sought;
use crate::validate::indices::{self, index};
use crate::validate::links::{Linked, Links, links};
use crate::validate::names::{ByName, Meant, Names};
use crate::validate::predecessors::predecessors;
use crate::validate::published::{self, published};
use crate::validate::results::{self, Assembly, KnownUnits, Options, Plan};
use crate::validate::targets::{self, Targets, targets};
use crate::validate::units::{self, Listed, units};
use anyhow::{Context, Result};
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// Reads the files of a round.
pub(super) struct Reader<'a> {
    pub folder: PathBuf,
    pub round: Round,
    pub keep_places: bool,
    /// How many rounds before this one are read.
    pub back: usize,
    /// The files of the rounds that led here, the newest first, and of this one.
    pub trail: Vec<PathBuf>,
    pub files: Vec<Fingerprint>,
    pub out: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Everything that the round names. `None`: there were errors, and no data to go on with.
    ///
    /// # Errors
    /// What kept a file that the command line names from being read.
    pub fn load(mut self) -> Result<Option<Loaded>> {
        let listed = self.listed()?;
        // What is wrong with the round before is said whether or not this one can be read.
        let first = self.files.len();
        let listed_units = listed.as_deref().unwrap_or_default();
        let mut previous = if self.back == 0 { None } else { self.previous(listed_units)? };
        let before = self.files.split_off(first);
        let Some(mut tiers) = self.tiers(listed.as_deref())? else { return Ok(None) };
        self.deductions(&mut tiers)?;
        self.targets(&mut tiers)?;
        let indices = self.indices(&tiers, listed.as_deref())?;
        let links = self.links(&tiers, &indices);
        if self.back == 0 && tiers.iter().any(needs_previous) {
            previous = self.previous(listed_units)?;
        }
        let before_this = previous.as_ref().and_then(|previous| previous.round.as_ref());
        if let Some(round) = before_this {
            tiers.iter().for_each(|tier| check_previous(tier, &round.loaded.tiers, self.out));
        }
        let Reader { round, files: mut read, .. } = self;
        read.extend(before);
        // Tiers may share a file, and rounds too.
        let mut files: Vec<Fingerprint> = Vec::with_capacity(read.len());
        for print in read {
            if !files.contains(&print) {
                files.push(print);
            }
        }
        Ok(Some(Loaded { round, tiers, files, indices, links, previous: previous.map(Into::into) }))
    }

    fn tiers(&mut self, listed: Option<&[Listed]>) -> Result<Option<Vec<LoadedTier>>> {
        let mut tiers = Vec::new();
        for at in 0..self.round.tiers.len() {
            let tier = self.round.tiers[at].clone();
            let Some(set) = self.set(&tier.criteria)? else { continue };
            let Some((data, named)) = self.results(&tier, &set, listed)? else { continue };
            let id = [tier.id, named.unwrap_or_default(), set.tier.clone().unwrap_or_default()];
            tiers.push(LoadedTier {
                id: id.into_iter().find(|id| !id.is_empty()).unwrap_or_default(),
                name: tier.name,
                missing: tier.missing.unwrap_or(set.missing),
                set,
                data,
                events: Events::default(),
                targets: Targets::default(),
            });
        }
        Ok((tiers.len() == self.round.tiers.len()).then_some(tiers))
    }

    /// The list of units, if the round has one.
    pub(super) fn listed(&mut self) -> Result<Option<Vec<Listed>>> {
        let Some(name) = self.round.units.clone() else { return Ok(None) };
        let before = self.out.errors();
        let Some(sheet) = self.sheet(&name, &units::sought())? else { return Ok(None) };
        let tiers: Vec<&str> =
            self.round.tiers.iter().map(|tier| tier.id.as_str()).filter(|id| !id.is_empty()).collect();
        let listed = units(&sheet, &tiers, self.out);
        // A list with mistakes is not held against the results: each would be reported again.
        Ok((self.out.errors() == before).then_some(listed))
    }

    /// The targets of all tiers.
    fn targets(&mut self, tiers: &mut [LoadedTier]) -> Result<()> {
        let Some(name) = self.round.targets.clone() else { return Ok(()) };
        let Some(sheet) = self.sheet(&name, &targets::sought())? else { return Ok(()) };
        let of: Vec<targets::Tier<'_>> =
            tiers.iter().map(|tier| targets::Tier { set: &tier.set, units: &tier.data.units }).collect();
        let read = targets(&sheet, &of, self.round.form, self.out);
        tiers.iter_mut().zip(read).for_each(|(tier, targets)| tier.targets = targets);
        Ok(())
    }

    /// The indices that the round does not score.
    fn indices(&mut self, tiers: &[LoadedTier], listed: Option<&[Listed]>) -> Result<Vec<ForeignIndex>> {
        let units = tiers.iter().flat_map(|tier| &tier.data.units);
        let names = Names::new(units.map(|unit| (unit.id.as_str(), unit.name.as_str())));
        let mut indices = Vec::new();
        for of in self.round.indices.clone() {
            match &of.source {
                IndexSource::Table(file) => {
                    if let Some(sheet) = self.sheet(file, &indices::sought())? {
                        let named = (of.id.as_str(), of.name.as_str());
                        indices.push(index(&sheet, named, &names, self.round.form, self.out));
                    }
                }
                IndexSource::Survey(survey) => indices.extend(self.surveyed(&of, survey, listed)?),
            }
        }
        Ok(indices)
    }

    /// What the tiers look at in each other. Where a file of an index could not be read, nothing is
    /// said of criteria that look at it.
    fn links(&mut self, tiers: &[LoadedTier], indices: &[ForeignIndex]) -> Links {
        let linked: Vec<Linked<'_>> = tiers
            .iter()
            .map(|tier| {
                let gives = |column: usize| {
                    let data = &tier.data;
                    let has = |unit: usize| !data.cells.is_missing(unit * data.width + column);
                    // Of results that name no unit yet nobody knows what they will give.
                    data.places.units.iter().all(|(_, row)| *row == 0) || (0..data.units.len()).any(has)
                };
                Linked { id: &tier.id, set: &tier.set, gives: Box::new(gives) }
            })
            .collect();
        let mut faults = Diagnostics::default();
        let links = links(&linked, indices, &mut faults);
        if indices.len() == self.round.indices.len() {
            self.out.append(faults);
        }
        links
    }

    /// The round before: scored, or a table of what was published.
    fn previous(&mut self, listed: &[Listed]) -> Result<Option<Previous>> {
        let Some(name) = self.round.previous.clone() else { return Ok(None) };
        let path = self.folder.join(&name.name);
        let is_table = load::table::is_named_so(&path);
        let previous = if is_table || !path.exists() {
            let Some(sheet) = self.sheet(&name, &published::sought())? else { return Ok(None) };
            let mut standings = published(&sheet, self.round.form, self.out);
            let file = Place::File { file: tidy(&path).into() };
            known_by_name(&mut standings, listed, &file, self.out);
            Previous::published(name.name, standings)
        } else {
            let Some(previous) = self.round_before(&name, &path)? else { return Ok(None) };
            previous
        };
        let of_round = || previous.round.iter().flat_map(|round| &round.loaded.tiers);
        let units = || of_round().flat_map(|tier| &tier.data.units);
        let known = previous.standings.iter().map(|standing| standing.unit.as_str());
        let known = known.chain(units().map(|unit| unit.id.as_str()));
        let older = units().flat_map(|unit| unit.previous.iter().map(String::as_str));
        predecessors(listed, known, older, self.out);
        Ok(Some(previous))
    }

    /// Scores the round before, and adds its files to those that were read.
    fn round_before(&mut self, name: &FileName, path: &Path) -> Result<Option<Previous>> {
        let same = |other: &PathBuf| {
            let [a, b] = [other.as_path(), &round_file(path)].map(|path| path.canonicalize().ok());
            a.is_some() && a == b
        };
        if let (Some(from), Some(place)) = (self.trail.iter().position(same), &name.place) {
            let circle = self.trail[from..].iter().chain([&self.trail[from]]);
            let names: Vec<String> = circle.map(|path| tidy(path)).collect();
            self.out.round_cycle(place.clone(), &names);
            return Ok(None);
        }
        let previous = match score_before(
            (&name.name, path),
            self.back.saturating_sub(1),
            &self.trail,
            Keep::Fields,
            self.out,
        ) {
            Ok(previous) => previous,
            Err(error) => {
                let place = name.place.clone().unwrap_or(Place::File { file: tidy(path).into() });
                self.out.unreadable(place, &name.name, &format!("{error:#}"), None);
                None
            }
        };
        self.files.extend(previous.iter().flat_map(|previous| previous.files.iter().cloned()));
        Ok(previous)
    }

    pub(super) fn set(&mut self, name: &FileName) -> Result<Option<CriteriaSet>> {
        let path = self.folder.join(&name.name);
        let source = if path.exists() {
            let read = load::text(&path);
            let read = self.opened(read.map(Some), name, &path)?;
            read.and_then(|read| take_source(read, &path, &mut self.files, self.out))
        } else {
            builtin(name, &mut self.files, self.out)
        };
        Ok(source.and_then(|source| validate::criteria_set::criteria_set(&source, self.out)))
    }

    /// The dataset of a tier, and the tier that the results themselves name.
    pub(super) fn results(
        &mut self,
        tier: &Tier,
        set: &CriteriaSet,
        listed: Option<&[Listed]>,
    ) -> Result<Option<(Dataset, Option<String>)>> {
        let options = Options {
            form: self.round.form,
            stage: self.round.stage.unwrap_or(Stage::Final),
            stages: self.stages(),
            keep_places: self.keep_places,
        };
        let tiers: Vec<String> = self.round.tiers.iter().map(|tier| tier.id.clone()).collect();
        let known = KnownUnits {
            listed,
            tier: &tier.id,
            units_of: tier.units_of.as_ref().map(|(of, _)| of.as_str()),
            tiers: tiers.iter().map(String::as_str).collect(),
        };
        let mut assembly = Assembly::new(set, known, options);
        let (mut is_whole, before) = (true, self.out.errors());
        let mut gathered = Gathered::default();
        let sought = results::sought(set);
        for name in &tier.results {
            let path = self.folder.join(&name.name);
            if let Some(files) = self.pattern(name, &path) {
                is_whole &= self.gather(files, (set, options), &mut assembly, &mut gathered)?;
                continue;
            }
            let opened = load::table::open(&path, tidy(&path).into(), &sought, self.out);
            let Some(input) = self.opened(opened, name, &path)? else {
                is_whole = false;
                continue;
            };
            let Some(plan) = Plan::new(input.table.clone(), set, options, self.out) else {
                is_whole = false;
                continue;
            };
            let file = assembly.begin(&plan);
            let read = |rows: &load::table::Rows<'_>| {
                let (mut part, mut faults) = (plan.part(), Diagnostics::default());
                rows.for_each(&mut faults, |row| plan.read_row(&mut part, row));
                (part, faults)
            };
            let out = &mut *self.out;
            let print = input.read(read, |(part, faults)| {
                out.append(faults);
                assembly.absorb(&plan, file, part);
            });
            self.files.push(print.with_context(|| path.display().to_string())?);
        }
        let named = assembly.tier().map(str::to_owned);
        let is_readable = self.out.errors() == before;
        let mut data = assembly.finish(is_whole && is_readable && !gathered.any(), self.out);
        data.handed_in = self.count_sheets(&gathered, tier, &data, listed);
        data.own_points = gathered.own_points(set, &data);
        if is_whole && data.units.is_empty() && !self.out.has_errors() {
            let file = tier.results.first().map_or_else(String::new, |name| name.name.clone());
            self.out.no_units(Place::File { file: file.into() });
        }
        Ok(is_whole.then_some((data, named)))
    }

    /// The stages that the round has, if it names them.
    fn stages(&self) -> Option<[bool; 6]> {
        let mut stages = [false; 6];
        stages[Stage::None as usize] = true;
        self.round.stages.iter().for_each(|stage| stages[*stage as usize] = true);
        (!self.round.stages.is_empty()).then_some(stages)
    }

    /// Events of all tiers; a file that tiers share is read once for each.
    fn deductions(&mut self, tiers: &mut [LoadedTier]) -> Result<()> {
        let mut read: Vec<(String, Option<Sheet>)> = Vec::new();
        for at in 0..tiers.len() {
            let Some(name) = self.round.tiers[at].deductions.clone() else { continue };
            if !read.iter().any(|(other, _)| *other == name.name) {
                let sheet = self.sheet(&name, &deductions::sought())?;
                read.push((name.name.clone(), sheet));
            }
            let Some((_, Some(sheet))) = read.iter().find(|(other, _)| *other == name.name) else { continue };
            let others = tiers.iter().enumerate().filter(|(other, _)| *other != at);
            let elsewhere: Vec<&Unit> = others.flat_map(|(_, tier)| &tier.data.units).collect();
            let (set, units) = (&tiers[at].set, &tiers[at].data.units);
            let events = deductions(sheet, set, units, &elsewhere, self.round.form, self.out);
            tiers[at].events = events;
        }
        Ok(())
    }

    pub(super) fn sheet(&mut self, name: &FileName, sought: &Sought<'_>) -> Result<Option<Sheet>> {
        let path = self.folder.join(&name.name);
        let opened = load::table::sheet(&path, tidy(&path).into(), sought, self.out);
        let Some((sheet, print)) = self.opened(opened, name, &path)? else { return Ok(None) };
        self.files.push(print);
        Ok(Some(sheet))
    }

    /// A file that a round names and that cannot be read is a mistake of the round; one that the
    /// command line names keeps the program from running.
    pub(super) fn opened<T>(
        &mut self,
        opened: io::Result<Option<T>>,
        name: &FileName,
        path: &Path,
    ) -> Result<Option<T>> {
        match (opened, &name.place) {
            (Ok(opened), _) => Ok(opened),
            (Err(error), Some(place)) => {
                let siblings = load::siblings(path);
                let file = Path::new(&name.name)
                    .file_name()
                    .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let near = nearest(&file, siblings.iter().map(String::as_str));
                self.out.unreadable(place.clone(), &name.name, &error.to_string(), near);
                Ok(None)
            }
            (Err(error), None) => Err(error).with_context(|| cannot_read(path)),
        }
    }
}

/// A decision that was published names units by their names: those that today's units bear mean them.
fn known_by_name(standings: &mut [Standing], listed: &[Listed], file: &Place, out: &mut Diagnostics) {
    let mut by_name = ByName::default();
    let names = Names::new(listed.iter().map(|of| (of.unit.id.as_str(), of.unit.name.as_str())));
    let former: HashSet<String> =
        listed.iter().flat_map(|of| &of.unit.previous).map(|id| folded(id)).collect();
    for standing in standings.iter_mut().filter(|standing| !former.contains(&folded(&standing.unit))) {
        if let Meant::Name(at) = names.find(&standing.unit) {
            by_name.see(at, || file.clone(), &standing.unit, names.id(at));
            standing.name = std::mem::replace(&mut standing.unit, names.id(at).to_owned());
        }
    }
    by_name.say(out);
}

/// The file of a round that is named by its folder or its file.
pub fn round_file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("round.toml") } else { path.to_owned() }
}

/// Reports criteria that name one of the round before which its set does not have.
fn check_previous(tier: &LoadedTier, before: &[LoadedTier], out: &mut Diagnostics) {
    let Some(before) = before.iter().find(|before| before.id == tier.id) else { return };
    for leaf in &tier.set.leaves {
        let named = |input: &Input| match &input.origin {
            Some(Origin::Previous(named, _)) => named.clone(),
            _ => None,
        };
        let Some(named) = leaf.rule.inputs().iter().find_map(named) else { continue };
        let ids = || before.set.leaves.iter().map(|leaf| leaf.id.as_str());
        if !ids().any(|id| id == named.id) {
            out.no_such_criterion_before(
                named.place.clone(),
                &named.id,
                &before.set.id,
                nearest(&named.id, ids()),
            );
        }
    }
}

/// Whether a criterion of a tier looks at the round before for what its results do not give.
fn needs_previous(tier: &LoadedTier) -> bool {
    let is_previous =
        |column: &usize| matches!(tier.set.columns[*column].input.origin, Some(Origin::Previous(..)));
    let lacks = |column: usize| {
        (0..tier.data.units.len()).any(|unit| tier.data.value(unit, column) == Value::Missing)
    };
    (0..tier.set.columns.len()).filter(is_previous).any(lacks)
}

/// Scores the round before. What was odd in it was said when it was scored itself; only what keeps it
/// from being scored is said now.
fn score_before(
    (name, path): (&str, &Path),
    back: usize,
    trail: &[PathBuf],
    keep: Keep,
    out: &mut Diagnostics,
) -> Result<Option<Previous>> {
    let mut faults = Diagnostics::default();
    let loaded = Args::of_round(path).load_before(back, trail, &mut faults)?;
    let scored = loaded.map(|loaded| loaded.score(keep));
    if let Some(scored) = &scored {
        scored.report_findings(&mut faults);
    }
    let is_right = !faults.has_errors();
    out.append_errors(faults);
    Ok(scored.filter(|_| is_right).map(|scored| Previous::scored(name.to_owned(), Box::new(scored))))
}

/// The round before that the command line names: a round, or a table of published results, which
/// writes numbers in the given form. `None`: it has mistakes, which are reported.
///
/// # Errors
/// What kept it from being read.
pub fn read_previous(
    path: &Path,
    keep: Keep,
    form: Option<Form>,
    out: &mut Diagnostics,
) -> Result<Option<Previous>> {
    let name = path.display().to_string();
    if !load::table::is_named_so(path) {
        return score_before((&name, path), 0, &[], keep, out);
    }
    let Some((sheet, print)) = load::table::sheet(path, tidy(path).into(), &published::sought(), out)
        .with_context(|| cannot_read(path))?
    else {
        return Ok(None);
    };
    let standings = published(&sheet, form, out);
    let mut previous = Previous::published(name, standings);
    previous.files.push(print);
    Ok(Some(previous).filter(|_| !out.has_errors()))
}
