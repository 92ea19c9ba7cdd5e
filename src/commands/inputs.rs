//! The round as the command line gives it: a folder, or one tier by flags. Files in, a
//! [`Loaded`] round out.

use crate::criteria_set::{CriteriaSet, Missing};
use crate::diagnostic::Diagnostics;
use crate::load;
use crate::model::{Dataset, Stage};
use crate::number::reading::Form;
use crate::round::{FileName, Round, Tier};
use crate::scored::{Loaded, LoadedTier};
use crate::source::{Fingerprint, Place, Sheet, Source};
use crate::text::nearest;
use crate::validate::results::{Assembly, KnownUnits, Options, Plan};
use crate::validate::units::{Listed, units};
use crate::validate::{self, deductions::Events};
use anyhow::{Context, Result, bail};
use std::io;
use std::path::{Component, Path, PathBuf};

/// What is scored.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct Args {
    /// The round: a folder with a round.toml, or that file
    #[arg(value_name = "ROUND", conflicts_with_all = ["criteria", "results"])]
    pub round: Option<PathBuf>,
    #[command(flatten)]
    pub tier: TierArgs,
}

/// One tier by flags.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct TierArgs {
    /// Criteria set: a file, or the id of a set that comes along (see `parindex kinds`)
    #[arg(long, value_name = "SET")]
    pub criteria: Option<PathBuf>,
    /// Results in CSV; may be given more than once
    #[arg(long, value_name = "FILE", requires = "criteria")]
    pub results: Vec<PathBuf>,
    /// List of units
    #[arg(long, value_name = "FILE", requires = "criteria")]
    pub units: Option<PathBuf>,
    /// Deductions and other events
    #[arg(long, value_name = "FILE", requires = "criteria")]
    pub deductions: Option<PathBuf>,
    /// What a missing input means [default: error]
    #[arg(long, value_enum)]
    pub missing: Option<MissingArg>,
    /// The decimal mark of the files, where a number can be read in two ways
    #[arg(long, value_enum)]
    pub decimal: Option<DecimalArg>,
    /// The latest stage that counts [default: final]
    #[arg(long, value_enum)]
    pub stage: Option<StageArg>,
}

/// What a missing input means.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum MissingArg {
    /// Stop and say so
    Error,
    /// 0 points
    Zero,
    /// Not applicable: its maximum leaves the denominator
    #[value(name = "n/a", alias = "na")]
    NotApplicable,
}

/// A decimal mark.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum DecimalArg {
    /// 1.511,25
    Comma,
    /// 1,511.25
    Point,
}

/// A stage.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum StageArg {
    /// Self-assessment
    #[value(name = "self")]
    SelfAssessed,
    /// First appraisal
    Appraisal1,
    /// Explanation
    Explanation,
    /// Second appraisal
    Appraisal2,
    /// The final value
    Final,
}

impl Args {
    /// Whether only a criteria set is given, to be checked alone.
    pub fn set_alone(&self) -> Option<&Path> {
        let by_flag = self.tier.criteria.as_deref().filter(|_| self.tier.results.is_empty());
        by_flag.filter(|_| self.round.is_none())
    }

    /// Reads everything. `None`: there were errors, and no data to go on with. There may be data and
    /// errors, so that everything wrong can be said in one run.
    ///
    /// # Errors
    /// What kept the program from running: no round was named, a file cannot be read.
    pub fn load(&self, keep_places: bool, out: &mut Diagnostics) -> Result<Option<Loaded>> {
        let mut files = Vec::new();
        let (round, folder) = match &self.round {
            Some(path) => {
                let path = if path.is_dir() { path.join("round.toml") } else { path.clone() };
                refuse_other_files(&path)?;
                let source = read_source(&path, &mut files, out)?;
                let Some(round) = source.and_then(|source| validate::round::round(&source, out)) else {
                    return Ok(None);
                };
                (round, path.parent().unwrap_or(Path::new("")).to_owned())
            }
            None => (self.tier.round()?, PathBuf::new()),
        };
        let mut round = round;
        self.tier.override_round(&mut round);
        let mut reader = Reader { folder, round, keep_places, files, out };
        let tiers = reader.tiers()?;
        let Reader { round, files, .. } = reader;
        Ok(tiers.map(|tiers| Loaded { round, tiers, files }))
    }
}

impl TierArgs {
    /// A round of one tier.
    fn round(&self) -> Result<Round> {
        let Some(criteria) = &self.criteria else {
            bail!(
                "cần thư mục đợt đánh giá, hoặc --criteria và --results · a round folder is needed, or --criteria and --results"
            );
        };
        if self.results.is_empty() {
            bail!("thiếu --results · --results is lacking");
        }
        let name = |path: &Path| FileName { name: path.display().to_string(), place: None };
        let tier = Tier {
            id: String::new(),
            name: String::new(),
            criteria: name(criteria),
            results: self.results.iter().map(|path| name(path)).collect(),
            deductions: self.deductions.as_deref().map(name),
            missing: Missing::Error,
        };
        Ok(Round { units: self.units.as_deref().map(name), tiers: vec![tier], ..Round::default() })
    }

    /// Flags go before what the round says.
    fn override_round(&self, round: &mut Round) {
        if let Some(missing) = self.missing {
            let missing = match missing {
                MissingArg::Error => Missing::Error,
                MissingArg::Zero => Missing::Zero,
                MissingArg::NotApplicable => Missing::NotApplicable,
            };
            round.tiers.iter_mut().for_each(|tier| tier.missing = missing);
        }
        if let Some(decimal) = self.decimal {
            round.form = Some(match decimal {
                DecimalArg::Comma => Form::Comma,
                DecimalArg::Point => Form::Point,
            });
        }
        if let Some(stage) = self.stage {
            round.stage = Some(match stage {
                StageArg::SelfAssessed => Stage::SelfAssessed,
                StageArg::Appraisal1 => Stage::Appraisal1,
                StageArg::Explanation => Stage::Explanation,
                StageArg::Appraisal2 => Stage::Appraisal2,
                StageArg::Final => Stage::Final,
            });
        }
    }
}

/// Reads the files of a round.
struct Reader<'a> {
    folder: PathBuf,
    round: Round,
    keep_places: bool,
    files: Vec<Fingerprint>,
    out: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn tiers(&mut self) -> Result<Option<Vec<LoadedTier>>> {
        let listed = self.listed()?;
        let mut tiers = Vec::new();
        for at in 0..self.round.tiers.len() {
            let tier = self.round.tiers[at].clone();
            let Some(set) = self.set(&tier.criteria)? else { continue };
            let Some((data, named)) = self.results(&tier, &set, listed.as_deref())? else { continue };
            let id = [tier.id, named.unwrap_or_default(), set.tier.clone().unwrap_or_default()];
            let id = id.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
            let events = Events::default();
            tiers.push(LoadedTier { id, name: tier.name, set, data, events, missing: tier.missing });
        }
        if tiers.len() < self.round.tiers.len() {
            return Ok(None);
        }
        self.deductions(&mut tiers)?;
        Ok(Some(tiers))
    }

    /// The list of units, if the round has one.
    fn listed(&mut self) -> Result<Option<Vec<Listed>>> {
        let Some(name) = self.round.units.clone() else { return Ok(None) };
        let before = self.out.errors();
        let Some(sheet) = self.sheet(&name)? else { return Ok(None) };
        let tiers: Vec<&str> =
            self.round.tiers.iter().map(|tier| tier.id.as_str()).filter(|id| !id.is_empty()).collect();
        let listed = units(&sheet, &tiers, self.out);
        // A list with mistakes is not held against the results: each would be reported again.
        Ok((self.out.errors() == before).then_some(listed))
    }

    fn set(&mut self, name: &FileName) -> Result<Option<CriteriaSet>> {
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
    fn results(
        &mut self,
        tier: &Tier,
        set: &CriteriaSet,
        listed: Option<&[Listed]>,
    ) -> Result<Option<(Dataset, Option<String>)>> {
        let options = Options {
            form: self.round.form,
            stage: self.round.stage.unwrap_or(Stage::Final),
            keep_places: self.keep_places,
        };
        let tiers: Vec<String> = self.round.tiers.iter().map(|tier| tier.id.clone()).collect();
        let known = KnownUnits { listed, tier: &tier.id, tiers: tiers.iter().map(String::as_str).collect() };
        let mut assembly = Assembly::new(set, known, options);
        let (mut is_whole, before) = (true, self.out.errors());
        for name in &tier.results {
            let path = self.folder.join(&name.name);
            let opened = load::csv::open(&path, self.out);
            let Some(csv) = self.opened(opened, name, &path)? else {
                is_whole = false;
                continue;
            };
            let Some(plan) = Plan::new(csv.file.clone(), csv.header.clone(), set, options, self.out) else {
                is_whole = false;
                continue;
            };
            let file = assembly.begin(&plan);
            let read = |rows: &load::csv::Rows| {
                let (mut part, mut faults) = (plan.part(), Diagnostics::default());
                rows.for_each(&mut faults, |row| plan.read_row(&mut part, row));
                (part, faults)
            };
            let out = &mut *self.out;
            let print = csv.read(read, |(part, faults)| {
                out.append(faults);
                assembly.absorb(&plan, file, part);
            });
            self.files.push(print.with_context(|| path.display().to_string())?);
        }
        let named = assembly.tier().map(str::to_owned);
        let is_readable = self.out.errors() == before;
        let data = assembly.finish(is_whole && is_readable, self.out);
        if is_whole && data.units.is_empty() && !self.out.has_errors() {
            let file = tier.results.first().map_or_else(String::new, |name| name.name.clone());
            self.out.no_units(Place::File { file: file.into() });
        }
        Ok(is_whole.then_some((data, named)))
    }

    /// Events of all tiers; a file that tiers share is read once for each.
    fn deductions(&mut self, tiers: &mut [LoadedTier]) -> Result<()> {
        let mut read: Vec<(String, Option<Sheet>)> = Vec::new();
        for at in 0..tiers.len() {
            let Some(name) = self.round.tiers[at].deductions.clone() else { continue };
            if !read.iter().any(|(other, _)| *other == name.name) {
                let sheet = self.sheet(&name)?;
                read.push((name.name.clone(), sheet));
            }
            let Some((_, Some(sheet))) = read.iter().find(|(other, _)| *other == name.name) else { continue };
            let is_elsewhere = |id: &str| {
                let others = tiers.iter().enumerate().filter(|(other, _)| *other != at);
                others.flat_map(|(_, tier)| &tier.data.units).any(|unit| unit.id == id)
            };
            let units = tiers[at].data.units.iter().map(|unit| unit.id.as_str());
            let form = self.round.form;
            let events =
                validate::deductions::deductions(sheet, &tiers[at].set, units, is_elsewhere, form, self.out);
            tiers[at].events = events;
        }
        Ok(())
    }

    fn sheet(&mut self, name: &FileName) -> Result<Option<Sheet>> {
        let path = self.folder.join(&name.name);
        let opened = load::csv::sheet(&path, self.out);
        let Some((sheet, print)) = self.opened(opened, name, &path)? else { return Ok(None) };
        self.files.push(print);
        Ok(Some(sheet))
    }

    /// A file that a round names and that cannot be read is a mistake of the round; one that the
    /// command line names keeps the program from running.
    fn opened<T>(
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

/// A table or a criteria set where a round is wanted is a slip that one sentence mends.
fn refuse_other_files(path: &Path) -> Result<()> {
    let name = path.display();
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
        bail!(
            "{name} là bảng số liệu, không phải đợt đánh giá: dùng --criteria … --results {name} · a table, not a round: use --criteria … --results {name}"
        );
    }
    let Ok((_, Ok(Source { text, .. }))) = load::text(path) else { return Ok(()) };
    let has = |table: &str| has_table(&text, table);
    let is_round =
        path.file_name().is_some_and(|name| name == "round.toml") || has("[round]") || has("[[tier]]");
    if has("[set]") && !is_round {
        bail!(
            "{name} là bộ tiêu chí, không phải đợt đánh giá: dùng --criteria {name} --results … · a criteria set, not a round: use --criteria {name} --results …"
        );
    }
    Ok(())
}

/// Whether a TOML text has a table, by its header.
pub fn has_table(text: &str, header: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with(header))
}

/// Reads a TOML file that the command line names.
pub fn read_source(
    path: &Path,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Result<Option<Source>> {
    let read = load::text(path).with_context(|| cannot_read(path))?;
    Ok(take_source(read, path, files, out))
}

/// The text of a TOML file that was read, under a tidy name; reports one that is no text.
fn take_source(
    (mut print, source): load::Text,
    path: &Path,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Option<Source> {
    let shown = tidy(path);
    print.file = shown.as_str().into();
    files.push(print);
    match source {
        Ok(source) => Some(source.named(shown)),
        Err(fault) => {
            out.not_utf8(Place::Row { file: shown.into(), row: fault.line, header: None }, false);
            None
        }
    }
}

/// A criteria set that comes along, by its id.
pub fn builtin(name: &FileName, files: &mut Vec<Fingerprint>, out: &mut Diagnostics) -> Option<Source> {
    let Some(text) = load::builtin::set(&name.name) else {
        let ids: Vec<&str> = load::builtin::SETS.iter().map(|(id, _)| *id).collect();
        out.unknown_set(name.place.clone(), &name.name, nearest(&name.name, ids.iter().copied()), &ids);
        return None;
    };
    let file = format!("criteria/{}.toml", name.name);
    files.push(Fingerprint { file: file.as_str().into(), sha256: load::sha256(text.as_bytes()) });
    Some(Source::new(file, text))
}

fn cannot_read(path: &Path) -> String {
    format!("không đọc được · cannot read {}", path.display())
}

/// `a/b/../c` as `a/c`, for people.
fn tidy(path: &Path) -> String {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            (part, _) => parts.push(part),
        }
    }
    parts.iter().collect::<PathBuf>().display().to_string()
}
