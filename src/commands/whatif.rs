//! `whatif`: scenarios beside the round as it stands.

mod flags;
mod sweep;

use super::{explain, inputs, output, score};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::global::{Exit, Global};
use crate::report::whatif::WhatIfView;
use crate::scenario::Scenario;
use crate::scored::{Loaded, Scored, WhatIf};
use crate::source::Fingerprint;
use crate::text::folded;
use crate::validate;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Options of `whatif`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex whatif examples/phu-xuyen-2023 --set phu-xuyen:4.1=\"đạt chỉ tiêu\"
  parindex whatif examples/phu-xuyen-2023 --scenario examples/phu-xuyen-2023/ke-hoach.toml
  parindex whatif examples/phu-xuyen-2023 --drop 4.1 --max 1.2=3
  parindex whatif examples/khanh-hoa-2022 --tier huyen --grade Tốt=85
  parindex whatif examples/phu-xuyen-2023 --sweep \"phu-xuyen:3.3=90..100 step 0.5\"")]
pub struct Args {
    #[command(flatten)]
    inputs: inputs::Args,
    /// Scenarios in TOML; may be given more than once
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
    #[command(flatten)]
    changes: flags::Args,
    /// A value from one end to another: UNIT:CRITERION=30..45 step 0.5
    #[arg(long, value_name = "RANGE", conflicts_with_all = ["scenario"])]
    sweep: Option<String>,
    /// Only this unit, by id or name
    #[arg(long, value_name = "UNIT", conflicts_with = "sweep")]
    unit: Option<String>,
    #[command(flatten)]
    output: output::Args,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let changes = args.changes.scenario()?;
    if args.scenario.is_empty() && args.sweep.is_none() && changes.is_none() {
        bail!(
            "thiếu thay đổi: --scenario FILE, --set, --points, --na, --deduct, --waive, --max, --drop, --grade hoặc --sweep · no change is given"
        );
    }
    let mut out = Diagnostics::default();
    let Some((loaded, base)) = load(&args.inputs, &mut out, global)? else { return Ok(Exit::InputsWrong) };
    if let Some(sweep) = &args.sweep {
        return sweep::run(sweep, changes, (&loaded, base), &args.output, global);
    }
    let (mut files, mut out) = (Vec::new(), Diagnostics::default());
    let found = suppose(&args.scenario, changes, (&loaded, &base), &mut files, &mut out)?;
    output::talk(&out, score::SHOWN, global);
    if out.has_errors() {
        return Ok(Exit::InputsWrong);
    }
    let unit = match &args.unit {
        Some(name) => Some(explain::find_unit(&base.loaded, name)?),
        None => None,
    };
    output::write(&WhatIfView { base: &base, scenarios: &found, unit, files }, &args.output, global)?;
    Ok(Exit::Done)
}

/// Scenarios of files and of flags, and what each makes of a round; those with mistakes are reported
/// and left out.
pub(super) fn suppose(
    paths: &[PathBuf],
    changes: Option<Scenario>,
    (loaded, base): (&Loaded, &Scored),
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Result<Vec<(Scenario, WhatIf)>> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    for path in paths {
        let Some(source) = inputs::read_source(path, files, out)? else { continue };
        scenarios.extend(validate::scenario::scenarios(&source, out));
    }
    scenarios.extend(changes);
    for (at, scenario) in scenarios.iter().enumerate() {
        if let Some(first) = scenarios[..at].iter().find(|first| folded(&first.id) == folded(&scenario.id)) {
            out.duplicate_id(scenario.place.clone(), &scenario.id, Some(first.place.clone()));
        }
    }
    let mut found: Vec<(Scenario, WhatIf)> = Vec::new();
    for scenario in scenarios {
        let after = loaded.whatif(base, &scenario, out);
        found.extend(after.map(|after| (scenario, after)));
    }
    Ok(found)
}

/// The round as it was read, and scored with every node. `None`: it has mistakes, which were said.
pub(super) fn load(
    inputs: &inputs::Args,
    out: &mut Diagnostics,
    global: Global,
) -> Result<Option<(Loaded, Scored)>> {
    let loaded = inputs.load(true, out)?;
    let both = loaded.map(|loaded| {
        let base = loaded.clone().score(Keep::All);
        base.report_findings(out);
        base.review(out);
        (loaded, base)
    });
    out.drop_repeats();
    output::talk(out, score::SHOWN, global);
    Ok(both.filter(|_| !out.has_errors()))
}
