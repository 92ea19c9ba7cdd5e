//! `score`: ranked tables of a round.

use super::{inputs, output};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::global::{Exit, Global};
use crate::render::Format;
use crate::report::drawn::{Bars, DrawnView};
use crate::report::ranking::{Fields, RankingView};
use crate::report::stages::StagesView;
use crate::scored::{History, Scored};
use anyhow::Result;
use std::path::Path;

/// Options of `score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex score examples/dak-lak-2026 --top 10
  parindex score examples/dak-lak-2026 --format csv --output xep-hang.csv
  parindex score --criteria qd766-xa-2026 --results ket-qua.csv --missing zero")]
pub struct Args {
    #[command(flatten)]
    inputs: inputs::Args,
    #[command(flatten)]
    output: output::Args,
    /// Only the first N ranked units of each table
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Only this unit, by id or name; its rank is still among all
    #[arg(long, value_name = "UNIT", conflicts_with = "top")]
    unit: Option<String>,
    /// Columns of points
    #[arg(long, value_enum, default_value = "top")]
    fields: FieldsArg,
    /// The stages of appraisal side by side, and the points that were cut
    #[arg(long, conflicts_with = "fields")]
    stages: bool,
    /// A bar of each index, on a scale from 0 to 100 %
    #[arg(long, conflicts_with = "stages")]
    bars: bool,
    /// A line of each unit's index over the last N rounds, where each names the one before
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=20), conflicts_with = "stages")]
    years: Option<u8>,
}

/// Which columns of points the tables have.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FieldsArg {
    /// None
    None,
    /// The fields
    Top,
    /// Every criterion
    All,
}

pub(super) fn run(mut args: Args, global: Global) -> Result<Exit> {
    args.inputs.further_back = args.years.map_or(0, |years| usize::from(years) - 2);
    let fields = match args.fields {
        FieldsArg::None => Fields::None,
        FieldsArg::Top => Fields::Top,
        FieldsArg::All => Fields::All,
    };
    let keep =
        if fields == Fields::All || args.output.format == Format::Json { Keep::All } else { Keep::Fields };
    let mut out = Diagnostics::default();
    let scored = scored(&args.inputs, keep, &mut out)?;
    output::talk(&out, SHOWN, global);
    let Some(mut scored) = scored else { return Ok(Exit::InputsWrong) };
    let unit = match &args.unit {
        Some(name) => Some(super::explain::find_unit(&scored.loaded, name)?),
        None => None,
    };
    if args.stages {
        output::write(&StagesView { scored: &scored, top: args.top, unit }, &args.output, global)?;
        return Ok(Exit::Done);
    }
    scored.forget_values();
    let ranking = RankingView { scored: &scored, fields, top: args.top, unit };
    let history = args.years.map(|years| History::new(&scored, years.into()));
    let view = DrawnView {
        view: &ranking,
        bars: args.bars.then_some(Bars::Index),
        history: history.as_ref().map(|history| (&scored, history)),
    };
    output::write(&view, &args.output, global)?;
    if args.output.format.is_csv() {
        output::say(&ranking.missing_notes(), global);
    }
    Ok(Exit::Done)
}

/// How many messages of a kind are shown whole beside a result; `check` shows all.
pub(super) const SHOWN: usize = 20;

/// Scores a round with every node; what is odd in it is said. `None`: there were errors, which were
/// said too.
pub(super) fn of_round(round: &Path, global: Global) -> Result<Option<Scored>> {
    let mut out = Diagnostics::default();
    let scored = scored(&inputs::Args::of_round(round), Keep::All, &mut out)?;
    output::talk(&out, SHOWN, global);
    Ok(scored)
}

/// Loads and scores a round. Where there is something to say, everything is read once more with
/// the place of every value, which a clean run can do without. `None`: there were errors.
pub(super) fn scored(inputs: &inputs::Args, keep: Keep, out: &mut Diagnostics) -> Result<Option<Scored>> {
    let mut first = Diagnostics::default();
    let scored = inputs.load(false, &mut first)?.map(|loaded| loaded.score(keep));
    if let Some(scored) = &scored {
        scored.report_findings(&mut first);
        scored.review(&mut first);
    }
    match scored {
        Some(scored) if first.is_empty() => Ok(Some(scored)),
        _ => scored_with_places(inputs, keep, out),
    }
}

/// Loads and scores a round, keeping the place of every value.
pub(super) fn scored_with_places(
    inputs: &inputs::Args,
    keep: Keep,
    out: &mut Diagnostics,
) -> Result<Option<Scored>> {
    let scored = inputs.load(true, out)?.map(|loaded| loaded.score(keep));
    if let Some(scored) = &scored {
        scored.report_findings(out);
        scored.review(out);
    }
    out.drop_repeats();
    Ok(scored.filter(|_| !out.has_errors()))
}
