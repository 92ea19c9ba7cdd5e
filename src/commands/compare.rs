//! `compare`: two rounds, or two units: where the difference comes from.

use super::{explain, inputs, output, score};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::global::{Exit, Global};
use crate::report::comparison::{RoundsView, UnitsView};
use crate::report::drawn::{Bars, DrawnView};
use crate::scored::{Previous, Scored};
use crate::source::Fingerprint;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// Options of `compare`.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "parindex compare [OPTIONS] OLD NEW\n       parindex compare [OPTIONS] ROUND --units A,B"
)]
#[command(after_help = "Examples:
  parindex compare examples/thanh-hoa-2023 examples/thanh-hoa-2024
  parindex compare examples/dak-lak-2026 --units H15.198,H15.106")]
pub struct Args {
    /// The round before (or a table of published results), then the round; with --units only a round
    #[arg(value_name = "ROUND", required = true, num_args = 1..=2)]
    rounds: Vec<PathBuf>,
    /// Two units of the round, by id or name, separated by a comma
    #[arg(long, value_name = "A,B", value_delimiter = ',', num_args = 1..)]
    units: Vec<String>,
    /// Only this unit of the new round, criterion by criterion
    #[arg(long, value_name = "UNIT", conflicts_with = "units")]
    unit: Option<String>,
    /// A bar of each unit's change, to both sides of zero
    #[arg(long, conflicts_with_all = ["units", "unit"])]
    bars: bool,
    #[command(flatten)]
    output: output::Args,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    match (&args.rounds[..], &args.units[..]) {
        ([round], [a, b]) => {
            let Some(scored) = score::of_round(round, global)? else { return Ok(Exit::InputsWrong) };
            let (a, b) = (explain::find_unit(&scored.loaded, a)?, explain::find_unit(&scored.loaded, b)?);
            if a.0 != b.0 {
                bail!(
                    "hai đơn vị khác cấp, không so được từng tiêu chí · the two units are of different tiers"
                );
            }
            if a == b {
                bail!("hai tên chỉ cùng một đơn vị · both names are of one unit");
            }
            output::write(
                &UnitsView { scored: &scored, tier: a.0, units: [a.1, b.1] },
                &args.output,
                global,
            )?;
            Ok(Exit::Done)
        }
        ([old, new], []) => {
            let scored = score::of_round(new, global)?;
            let Some(scored) = against(old, scored, global)? else { return Ok(Exit::InputsWrong) };
            let unit = match &args.unit {
                Some(name) => Some(explain::find_unit(&scored.loaded, name)?),
                None => None,
            };
            let view = RoundsView { scored: &scored, unit };
            let bars = args.bars.then_some(Bars::Change);
            output::write(&DrawnView { view: &view, bars, history: None }, &args.output, global)?;
            Ok(Exit::Done)
        }
        ([_, _], _) => bail!("--units so hai đơn vị của một đợt: chỉ ghi một đợt · --units takes one round"),
        ([_], []) => bail!("cần hai đợt, hoặc --units A,B · two rounds are needed, or --units A,B"),
        _ => bail!("--units cần đúng hai đơn vị: --units A,B · --units takes two units"),
    }
}

/// A scored round with the round before, or the table of published results, that a path names. `None`:
/// one of the two has mistakes, which were said.
pub(super) fn against(old: &Path, scored: Option<Scored>, global: Global) -> Result<Option<Scored>> {
    let form = scored.as_ref().and_then(|scored| scored.loaded.round.form);
    let mut out = Diagnostics::default();
    let before = inputs::read_previous(old, Keep::All, form, &mut out)?;
    output::talk(&out, score::SHOWN, global);
    let (Some(before), Some(mut scored)) = (before, scored) else { return Ok(None) };
    if let Some(unknown) = unknown_predecessor(&before, &scored) {
        bail!(
            "đơn vị cũ \"{unknown}\" (cột previous) không có trong {} · not in the round before",
            old.display()
        );
    }
    let read = before.files.iter().filter(|print| !scored.loaded.files.contains(print)).cloned();
    let read: Vec<Fingerprint> = read.collect();
    scored.loaded.files.extend(read);
    scored.loaded.previous = Some(before.into());
    Ok(Some(scored))
}

/// A unit's predecessor of which the round before knows nothing.
fn unknown_predecessor<'a>(before: &Previous, scored: &'a Scored) -> Option<&'a str> {
    let mut named =
        scored.loaded.tiers.iter().flat_map(|tier| &tier.data.units).flat_map(|unit| &unit.previous);
    named.find(|id| !before.knows(id)).map(String::as_str)
}
