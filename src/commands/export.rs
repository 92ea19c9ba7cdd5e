//! `export`: a round as files that are signed, published and checked.

mod annex;
mod pdf;
mod survey;

use super::inputs::AnswerArgs;
use super::{compare, explain, inputs, output, robust, score, whatif};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::global::{Exit, Global};
use crate::render::{self, FileFormat};
use crate::report::comparison::RoundsView;
use crate::report::publication::{Part, Publication, What};
use crate::report::ranking::{Fields, RankingView};
use crate::report::scorecards::ScorecardsView;
use crate::report::whatif::WhatIfView;
use crate::scored::{Loaded, Scored};
use anyhow::{Result, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::{Path, PathBuf};
use survey::Survey;

/// Options of `export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex export examples/dak-lak-2026 --to ket-qua.xlsx --to ket-qua.html --to ket-qua.csv
  parindex export examples/khanh-hoa-2022 --to du-thao.docx --decision
  parindex export examples/tham-dinh-2026 --to phu-luc.docx --to phu-luc.pdf --columns stt,unit,self,total,rank
  parindex export examples/khanh-hoa-2022 --to ket-qua.json --to ket-qua.md --what ranking,scorecards
  parindex export examples/phu-xuyen-2023 --to kich-ban.md --what scenario --scenario examples/phu-xuyen-2023/ke-hoach.toml")]
pub struct Args {
    #[command(flatten)]
    inputs: inputs::Args,
    /// Write to this file; its extension says the format. May be given more than once: all files
    /// appear whole, or none
    #[arg(long, value_name = "FILE", required = true)]
    to: Vec<PathBuf>,
    /// What is written [default: everything that there is; CSV, Word, PDF: ranking]
    #[arg(long, value_delimiter = ',', value_name = "PARTS", value_parser = part())]
    what: Vec<Wanted>,
    /// Scorecards only of this unit, by id or name; may be given more than once
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    /// The round before, or a table of published results [default: what the round says]
    #[arg(long, value_name = "OLD")]
    against: Option<PathBuf>,
    /// Scenarios in TOML; may be given more than once
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
    /// Questionnaire of the survey: a file, or the id of one that comes along
    #[arg(long, value_name = "FILE", requires = "answers")]
    questionnaire: Option<PathBuf>,
    /// Answers of the survey [default: what the round says]; may be given more than once
    #[arg(long, value_name = "FILE", requires = "questionnaire")]
    answers: Vec<PathBuf>,
    #[command(flatten)]
    annex: annex::Args,
}

/// A part, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Part(What),
    All,
}

/// `ranking`, …, `all`.
fn part() -> impl TypedValueParser<Value = Wanted> {
    let value = |what: What| PossibleValue::new(what.word()).help(what.title().en);
    let all = PossibleValue::new("all").help("Everything that there is");
    let words = PossibleValuesParser::new(What::ALL.map(value).into_iter().chain([all]));
    words.map(|word| What::ALL.into_iter().find(|what| what.word() == word).map_or(Wanted::All, Wanted::Part))
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let formats = args.formats()?;
    let mut out = Diagnostics::default();
    let scored = score::scored_with_places(&args.inputs, Keep::All, &mut out)?;
    output::talk(&out, score::SHOWN, global);
    let scored = match (&args.against, scored) {
        (Some(old), scored) => compare::against(old, scored, global)?,
        (None, scored) => scored,
    };
    let Some(scored) = scored else { return Ok(Exit::InputsWrong) };
    let units = args.units(&scored)?;
    let annex = args.annex.options(&scored, &formats)?;
    let (mut out, mut files) = (Diagnostics::default(), Vec::new());
    // Scenarios start from the round before it was scored.
    let loaded: Option<Loaded> = (!args.scenario.is_empty()).then(|| scored.loaded.clone());
    let supposed = match &loaded {
        Some(loaded) => whatif::suppose(&args.scenario, None, (loaded, &scored), &mut files, &mut out)?,
        None => Vec::new(),
    };
    let mut said = Diagnostics::default();
    let surveys = args.surveys(&scored, &mut said)?;
    let gathered = surveys.iter().map(|survey| survey.gather(&mut said)).collect::<Result<Vec<_>>>()?;
    match args.questionnaire {
        Some(_) => out.append(said),
        // What is odd in the surveys of the round was said when it was scored.
        None => out.append_errors(said),
    }
    output::talk(&out, score::SHOWN, global);
    if out.has_errors() {
        return Ok(Exit::InputsWrong);
    }
    let mut parts: Vec<Part<'_>> = Vec::new();
    for what in What::ALL.into_iter().filter(|what| args.wants(*what, &formats)) {
        let before = parts.len();
        let mut add = |view| parts.push(Part { what, view });
        match what {
            What::Ranking => {
                add(Box::new(RankingView { scored: &scored, fields: Fields::Top, top: None, unit: None }));
            }
            What::Scorecards => add(Box::new(ScorecardsView { scored: &scored, units: units.clone() })),
            What::Comparison if scored.loaded.previous.is_some() => {
                add(Box::new(RoundsView { scored: &scored, unit: None }));
            }
            What::Sipas => gathered.iter().flatten().for_each(|gathered| add(gathered.view())),
            What::Robust => match robust::Args::usual().view(&scored, None) {
                Ok(view) => add(Box::new(view)),
                Err(why) if args.names(what) => return Err(why),
                Err(_) => {}
            },
            What::Scenario if !supposed.is_empty() => {
                let files = files.clone();
                add(Box::new(WhatIfView { base: &scored, scenarios: &supposed, unit: None, files }));
            }
            What::Comparison | What::Scenario => {}
        }
        if parts.len() == before && args.names(what) {
            bail!("{}", lacking(what));
        }
    }
    let mut publication = Publication { scored: &scored, parts, cards: units, annex };
    let mut written: Vec<(&Path, Vec<u8>)> = Vec::new();
    for (path, format) in &formats {
        let all = std::mem::take(&mut publication.parts).into_iter();
        let (held, aside): (Vec<_>, Vec<_>) = all.partition(|part| args.holds(part.what, *format));
        publication.parts = held;
        let bytes = render::publish(&publication, *format, global.lang())?;
        publication.parts.extend(aside);
        publication.parts.sort_by_key(|part| part.what);
        let bytes = if *format == FileFormat::Pdf { pdf::from_docx(&bytes, global)? } else { bytes };
        written.push((path, bytes));
    }
    let files: Vec<(&Path, &[u8])> = written.iter().map(|(path, bytes)| (*path, &bytes[..])).collect();
    output::write_files(&files)?;
    Ok(Exit::Done)
}

impl Args {
    /// The files with their formats.
    fn formats(&self) -> Result<Vec<(PathBuf, FileFormat)>> {
        let known = || FileFormat::EXTENSIONS.map(|(extension, _)| format!(".{extension}")).join(", ");
        let mut formats: Vec<(PathBuf, FileFormat)> = Vec::new();
        for path in &self.to {
            let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
            let Some(format) = extension.and_then(|extension| FileFormat::of(&extension)) else {
                bail!(
                    "--to {}: không biết định dạng, cần một trong · no such format, one of these is needed: {}",
                    path.display(),
                    known()
                );
            };
            if formats.iter().any(|(other, _)| other.components().eq(path.components())) {
                bail!("--to {}: ghi hai lần · given twice", path.display());
            }
            formats.push((path.clone(), format));
        }
        Ok(formats)
    }

    /// Whether a part was asked for by its name.
    fn names(&self, what: What) -> bool {
        self.what.contains(&Wanted::Part(what))
    }

    /// Whether a file of a format holds a part: one that was asked for, or that it usually does.
    fn holds(&self, what: What, format: FileFormat) -> bool {
        match self.what.is_empty() {
            true => format.usually_holds(what),
            false => self.what.contains(&Wanted::All) || self.names(what),
        }
    }

    /// Whether any file holds a part.
    fn wants(&self, what: What, formats: &[(PathBuf, FileFormat)]) -> bool {
        formats.iter().any(|(_, format)| self.holds(what, *format))
    }

    /// The units whose scorecards are written.
    fn units(&self, scored: &Scored) -> Result<Vec<(usize, usize)>> {
        if self.unit.is_empty() {
            return Ok(ScorecardsView::of_all(scored).units);
        }
        let mut units = Vec::new();
        for name in &self.unit {
            let unit = explain::find_unit(&scored.loaded, name)?;
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        Ok(units)
    }

    /// The survey of the command line, else those of the round.
    fn surveys(&self, scored: &Scored, out: &mut Diagnostics) -> Result<Vec<Survey>> {
        let Some(questionnaire) = &self.questionnaire else {
            let Some(round) = &self.inputs.round else { return Ok(Vec::new()) };
            return Survey::of_round(round, &scored.loaded.round, out);
        };
        let answers = AnswerArgs {
            questionnaire: Some(questionnaire.clone()),
            answers: self.answers.clone(),
            ..AnswerArgs::default()
        };
        let of = Survey::of_flags(answers, &self.inputs, &scored.loaded.round, out)?;
        Ok(of.into_iter().collect())
    }
}

/// What a part needs that is not there.
fn lacking(what: What) -> &'static str {
    match what {
        What::Comparison => {
            "--what comparison: đợt này không nêu kỳ trước (previous); dùng --against · the round names none before it; use --against"
        }
        What::Sipas => {
            "--what sipas: đợt này không có phiếu khảo sát; dùng --questionnaire và --answers · the round has no survey; use --questionnaire and --answers"
        }
        What::Scenario => "--what scenario: cần --scenario FILE · --scenario FILE is needed",
        What::Ranking | What::Scorecards | What::Robust => "không có gì để ghi · there is nothing to write",
    }
}
