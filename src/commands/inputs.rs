//! The round as the command line gives it: a folder, or one tier by flags. Files in, a
//! [`Loaded`] round out.

mod answers;
mod blanks;
mod files;
mod gather;
mod margins;
mod reader;
mod surveyed;

use crate::criteria_set::Missing;
use crate::diagnostic::Diagnostics;
use crate::load;
use crate::model::Stage;
use crate::number::reading::Form;
use crate::round::{FileName, Round, Tier};
use crate::scored::Loaded;
use crate::source::{Fingerprint, Sheet};
use crate::validate;
use crate::validate::header::Sought;
use crate::validate::units::Listed;
use anyhow::{Context, Result, bail};
use reader::Reader;
use std::path::{Path, PathBuf};

pub use answers::{AnswerArgs, read_questionnaire};
pub use blanks::{BlankArgs, Prepared, PreparedTier};
pub use files::{builtin, has_table, read_source};
pub use margins::fitted;
pub use reader::{read_previous, round_file};
pub use surveyed::HOW;

/// What is scored.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct Args {
    /// The round: a folder with a round.toml, or that file
    #[arg(value_name = "ROUND", conflicts_with_all = ["criteria", "results"])]
    pub round: Option<PathBuf>,
    #[command(flatten)]
    pub tier: TierArgs,
    /// How many rounds before the one before are read too.
    #[arg(skip)]
    pub further_back: usize,
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
    #[arg(long, value_name = "FILE")]
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
    /// The unit is not scored
    NotScored,
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
        match self.reader(keep_places, out)? {
            Some(reader) => reader.load(),
            None => Ok(None),
        }
    }

    /// [`Args::load`] of a round before, with so many rounds before it; the one before these is only looked
    /// at if criteria need it. `trail` are the rounds that led to it, the newest first.
    pub(super) fn load_before(
        &self,
        back: usize,
        trail: &[PathBuf],
        out: &mut Diagnostics,
    ) -> Result<Option<Loaded>> {
        let Some(mut reader) = self.reader(false, out)? else { return Ok(None) };
        reader.back = back;
        reader.trail.splice(0..0, trail.iter().cloned());
        reader.load()
    }

    /// Reads the round itself; `None` where it has mistakes.
    fn reader<'o>(&self, keep_places: bool, out: &'o mut Diagnostics) -> Result<Option<Reader<'o>>> {
        let mut files = Vec::new();
        let mut trail = Vec::new();
        let (round, folder) = match &self.round {
            Some(_) if self.tier.units.is_some() => bail!(
                "--units đi với --criteria hoặc --questionnaire; round.toml tự nêu danh sách đơn vị · --units goes with --criteria or --questionnaire; a round names its own"
            ),
            Some(path) => {
                let path = reader::round_file(path);
                trail.push(path.clone());
                files::refuse_others(&path)?;
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
        let back = 1 + self.further_back;
        Ok(Some(Reader { folder, round, keep_places, back, trail, files, out }))
    }

    /// A round by its folder or file.
    pub fn of_round(path: &Path) -> Args {
        Args { round: Some(path.to_owned()), ..Args::default() }
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
            missing: None,
            units_of: None,
        };
        Ok(Round { units: self.units.as_deref().map(name), tiers: vec![tier], ..Round::default() })
    }

    /// The decimal mark that the files declare.
    pub fn form(&self) -> Option<Form> {
        self.decimal.map(|decimal| match decimal {
            DecimalArg::Comma => Form::Comma,
            DecimalArg::Point => Form::Point,
        })
    }

    /// The list of units, read alone; `None` where none is given or it has mistakes.
    ///
    /// # Errors
    /// What kept it from being read.
    pub fn listed(&self, files: &mut Vec<Fingerprint>, out: &mut Diagnostics) -> Result<Option<Vec<Listed>>> {
        listed(self.units.as_deref(), files, out)
    }

    /// Flags go before what the round says.
    fn override_round(&self, round: &mut Round) {
        if let Some(missing) = self.missing {
            let missing = match missing {
                MissingArg::Error => Missing::Error,
                MissingArg::Zero => Missing::Zero,
                MissingArg::NotApplicable => Missing::NotApplicable,
                MissingArg::NotScored => Missing::NotScored,
            };
            round.tiers.iter_mut().for_each(|tier| tier.missing = Some(missing));
        }
        round.form = self.form().or(round.form);
        if let Some(stage) = self.stage {
            round.stage = Some(stage_of(stage));
        }
    }
}

/// The stage that a flag names.
fn stage_of(stage: StageArg) -> Stage {
    match stage {
        StageArg::SelfAssessed => Stage::SelfAssessed,
        StageArg::Appraisal1 => Stage::Appraisal1,
        StageArg::Explanation => Stage::Explanation,
        StageArg::Appraisal2 => Stage::Appraisal2,
        StageArg::Final => Stage::Final,
    }
}

/// The list of units of a file, read alone; `None` where none is given or it has mistakes.
///
/// # Errors
/// What kept it from being read.
pub fn listed(
    path: Option<&Path>,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Result<Option<Vec<Listed>>> {
    let Some(path) = path else { return Ok(None) };
    let before = out.errors();
    let Some(sheet) = sheet(path, &validate::units::sought(), files, out)? else { return Ok(None) };
    let listed = validate::units::units(&sheet, &[], out);
    Ok((out.errors() == before).then_some(listed))
}

/// A small table that the command line names; `None` where it has mistakes.
///
/// # Errors
/// What kept it from being read.
pub fn sheet(
    path: &Path,
    sought: &Sought<'_>,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Result<Option<Sheet>> {
    let read = load::table::sheet(path, files::tidy(path).into(), sought, out);
    let Some((sheet, print)) = read.with_context(|| files::cannot_read(path))? else { return Ok(None) };
    files.push(print);
    Ok(Some(sheet))
}
