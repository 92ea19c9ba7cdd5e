//! `explain`: how a unit, or one criterion of it, came to its points.

use super::naming::near;
use super::{inputs, output, score};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::global::{Exit, Global};
use crate::report::explanation::{ExplanationView, Only};
use crate::scored::Loaded;
use crate::text::folded;
use anyhow::{Result, bail};

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex explain examples/dak-lak-2026 H15.198
  parindex explain examples/dak-lak-2026 H15.198 5.1
  parindex explain --criteria qd766-xa-2026 --results ket-qua.csv H15.198 5.1")]
pub struct Args {
    /// The round, then the unit, then the criterion; with --criteria the unit and the criterion
    #[arg(value_name = "ROUND] [UNIT] [CRITERION", num_args = 0..=3)]
    words: Vec<String>,
    #[command(flatten)]
    tier: inputs::TierArgs,
    #[command(flatten)]
    output: output::Args,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let mut words = args.words.iter();
    let round = if args.tier.criteria.is_none() { words.next().map(Into::into) } else { None };
    let Some(unit) = words.next() else {
        bail!("thiếu đơn vị · the unit is lacking: parindex explain ROUND UNIT [CRITERION]");
    };
    let criterion = words.next();
    if let Some(more) = words.next() {
        bail!("thừa \"{more}\" · \"{more}\" is too much: parindex explain ROUND UNIT [CRITERION]");
    }
    let inputs = inputs::Args { round, tier: args.tier, further_back: 0 };
    let mut out = Diagnostics::default();
    let scored = score::scored_with_places(&inputs, Keep::Fields, &mut out)?;
    let Some(scored) = scored else {
        output::talk(&out, usize::MAX, global);
        return Ok(Exit::InputsWrong);
    };
    let (tier, at) = find_unit(&scored.loaded, unit)?;
    let only = match criterion {
        Some(id) => Some(find_criterion(&scored.loaded, tier, id)?),
        None => None,
    };
    let view = ExplanationView { only, ..ExplanationView::of_unit(&scored, tier, at) };
    output::write(&view, &args.output, global)?;
    Ok(Exit::Done)
}

/// A unit by its id, else by its name: its tier's place and its own.
pub(super) fn find_unit(loaded: &Loaded, name: &str) -> Result<(usize, usize)> {
    let all = || {
        let tiers = loaded.tiers.iter().enumerate();
        tiers
            .flat_map(|(tier, of)| of.data.units.iter().enumerate().map(move |(at, unit)| ((tier, at), unit)))
    };
    let key = folded(name);
    let by_id = all().find(|(_, unit)| folded(&unit.id) == key);
    let by_name: Vec<_> = all().filter(|(_, unit)| folded(&unit.name) == key).collect();
    match (by_id, &by_name[..]) {
        (Some((place, _)), _) => Ok(place),
        (None, [(place, _)]) => Ok(*place),
        (None, []) => {
            let names = all().flat_map(|(_, unit)| [unit.id.as_str(), unit.name.as_str()]);
            bail!("không có đơn vị · there is no unit \"{name}\"{}", near(name, names))
        }
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|(_, unit)| unit.id.as_str()).collect();
            bail!("nhiều đơn vị cùng tên · several units are called \"{name}\": {}", ids.join(", "))
        }
    }
}

/// A criterion, group or entry of a tier's set by its id.
fn find_criterion(loaded: &Loaded, tier: usize, id: &str) -> Result<Only> {
    let set = &loaded.tiers[tier].set;
    if let Some(leaf) = set.leaves.iter().position(|leaf| leaf.id == id) {
        return Ok(Only::Leaf(leaf));
    }
    if let Some(entry) = set.entries.iter().position(|entry| entry.id == id) {
        return Ok(Only::Entry(entry));
    }
    if let Some(group) = set.node(id) {
        return Ok(Only::Group(group));
    }
    let ids = set
        .nodes
        .iter()
        .map(|node| node.id.as_str())
        .chain(set.entries.iter().map(|entry| entry.id.as_str()));
    bail!("bộ tiêu chí không có · the set has no criterion \"{id}\"{}", near(id, ids))
}
