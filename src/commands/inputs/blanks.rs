//! What blank sheets are made from: the sets and the units of a round, and what was given so far.

use super::files::refuse_others;
use super::reader::{Reader, round_file};
use super::{StageArg, read_source, stage_of};
use crate::commands::naming::near;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::{Dataset, Stage, Unit};
use crate::report::blank::{Blank, Earlier, Filled, Head};
use crate::round::{FileName, Round, Tier};
use crate::validate;
use crate::validate::units::Listed;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// For which sheets are asked.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct BlankArgs {
    /// The round: a folder with a round.toml, or that file
    #[arg(value_name = "ROUND", conflicts_with_all = ["criteria", "units"], required_unless_present = "criteria")]
    pub round: Option<PathBuf>,
    /// Criteria set without a round: a file, or the id of a set that comes along
    #[arg(long, value_name = "SET", requires = "units")]
    pub criteria: Option<PathBuf>,
    /// List of units without a round
    #[arg(long, value_name = "FILE", requires = "criteria")]
    pub units: Option<PathBuf>,
    /// Only this tier [default: all]
    #[arg(long, value_name = "TIER")]
    pub tier: Option<String>,
    /// The stage that is entered [default: self, where the round has stages]
    #[arg(long, value_enum)]
    pub stage: Option<StageArg>,
}

/// What blank sheets are made from.
pub struct Prepared {
    /// The round.
    pub round: Round,
    /// The folder that it lives in.
    pub folder: PathBuf,
    /// The stage that is entered.
    pub stage: Stage,
    /// The tiers for which sheets are asked.
    pub tiers: Vec<PreparedTier>,
}

/// A tier for which sheets are asked.
pub struct PreparedTier {
    /// Its id; empty without a round.
    pub id: String,
    /// Its set.
    pub set: CriteriaSet,
    /// Its units.
    pub units: Vec<Unit>,
    /// What was given so far, where that matters.
    pub data: Option<Dataset>,
}

impl BlankArgs {
    /// Reads what the sheets are made from. `None`: it has mistakes, which are reported.
    ///
    /// # Errors
    /// What kept the program from running.
    pub fn prepare(&self, out: &mut Diagnostics) -> Result<Option<Prepared>> {
        let mut files = Vec::new();
        let (round, folder, at) = match &self.round {
            Some(path) => {
                let path = round_file(path);
                refuse_others(&path)?;
                let source = read_source(&path, &mut files, out)?;
                let Some((round, whole)) = source.and_then(|source| {
                    validate::round::round(&source, out).map(|round| (round, source.whole()))
                }) else {
                    return Ok(None);
                };
                (round, path.parent().unwrap_or(Path::new("")).to_owned(), Some(whole))
            }
            None => (self.alone(), PathBuf::new(), None),
        };
        let stage = self.stage(&round)?;
        self.check_tier(&round)?;
        let mut reader = Reader { folder, round, keep_places: false, back: 0, trail: Vec::new(), files, out };
        let Some(listed) = reader.listed()? else {
            if let (Some(place), false) = (at, reader.out.has_errors()) {
                reader.out.no_unit_list(place);
            }
            return Ok(None);
        };
        let mut tiers = Vec::new();
        for tier in reader.round.tiers.clone().iter().filter(|tier| self.wants(&tier.id)) {
            let Some(set) = reader.set(&tier.criteria)? else { continue };
            let units = units_of(tier, &listed);
            if units.is_empty() {
                let place = reader.round.units.as_ref().and_then(|name| name.place.clone());
                reader.out.no_listed_units(place, &tier.id);
            }
            let data =
                if Stage::SelfAssessed < stage { so_far(&mut reader, tier, &set, &listed)? } else { None };
            tiers.push(PreparedTier { id: tier.id.clone(), set, units, data });
        }
        let Reader { round, folder, out, .. } = reader;
        Ok((!out.has_errors()).then_some(Prepared { round, folder, stage, tiers }))
    }

    /// A round of one tier.
    fn alone(&self) -> Round {
        let name = |path: &Path| FileName { name: path.display().to_string(), place: None };
        let tier = self.criteria.as_deref().map(|criteria| Tier {
            id: String::new(),
            name: String::new(),
            criteria: name(criteria),
            results: Vec::new(),
            deductions: None,
            missing: None,
            units_of: None,
        });
        Round {
            units: self.units.as_deref().map(name),
            tiers: tier.into_iter().collect(),
            ..Round::default()
        }
    }

    /// The stage that is entered: the first of the round's, unless another is asked for.
    fn stage(&self, round: &Round) -> Result<Stage> {
        let asked = self.stage.map(stage_of);
        match asked {
            Some(stage) if !round.stages.is_empty() && !round.stages.contains(&stage) => {
                let known: Vec<&str> = round.stages.iter().map(|stage| stage.word()).collect();
                let (word, known) = (stage.word(), known.join(", "));
                bail!(
                    "đợt này không có lần \"{word}\", chỉ có: {known} · this round has no stage \"{word}\", only: {known}"
                );
            }
            Some(stage) => Ok(stage),
            None => Ok(round.stages.iter().copied().min().unwrap_or_default()),
        }
    }

    fn check_tier(&self, round: &Round) -> Result<()> {
        let Some(wanted) = &self.tier else { return Ok(()) };
        let ids = || round.tiers.iter().map(|tier| tier.id.as_str());
        if !ids().any(|id| id == wanted) {
            let near = near(wanted, ids());
            bail!("đợt này không có cấp \"{wanted}\"{near} · this round has no tier \"{wanted}\"");
        }
        Ok(())
    }

    fn wants(&self, tier: &str) -> bool {
        self.tier.as_ref().is_none_or(|wanted| wanted == tier)
    }
}

impl Prepared {
    /// The sheet of a tier, still without units.
    pub fn blank<'a>(&'a self, tier: &'a PreparedTier) -> Blank<'a> {
        let head = Head { issuer: &self.round.issuer, title: &self.round.title };
        let mut blank = Blank::new(&tier.set, head, self.stage, Filled::by(&self.round));
        let earlier = |data: &'a Dataset| {
            let before = data.stages.iter().map(|(stage, _)| *stage).filter(|stage| *stage < self.stage);
            Earlier { data, stages: before.collect() }
        };
        blank.earlier = tier.data.as_ref().map(earlier).filter(|earlier| !earlier.stages.is_empty());
        blank
    }
}

/// The units of a tier.
fn units_of(tier: &Tier, listed: &[Listed]) -> Vec<Unit> {
    let of = tier.units_of.as_ref().map_or(tier.id.as_str(), |(of, _)| of.as_str());
    let is_of = |listed: &&Listed| listed.tier.is_empty() || of.is_empty() || listed.tier == of;
    listed.iter().filter(is_of).map(|listed| listed.unit.clone()).collect()
}

/// What came so far; none where nothing did. That some is lacking is no mistake yet.
fn so_far(
    reader: &mut Reader<'_>,
    tier: &Tier,
    set: &CriteriaSet,
    listed: &[Listed],
) -> Result<Option<Dataset>> {
    const LACKING: [&str; 6] =
        ["no-results", "no-sheets", "no-units", "sheets-missing", "blank-sheet", "unreadable"];
    let mut faults = Diagnostics::default();
    let mut own = Reader {
        folder: reader.folder.clone(),
        round: reader.round.clone(),
        keep_places: false,
        back: 0,
        trail: Vec::new(),
        files: Vec::new(),
        out: &mut faults,
    };
    let read = own.results(tier, set, Some(listed))?;
    let is_wrong = |fault: &Diagnostic| fault.severity == Severity::Error && !LACKING.contains(&fault.code);
    if faults.iter().any(is_wrong) {
        reader.out.append_errors(faults);
    }
    Ok(read.map(|(data, _)| data))
}
