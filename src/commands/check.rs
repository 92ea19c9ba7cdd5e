//! `check`: everything that is wrong, at once.

use super::{inputs, output, score};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::global::{Exit, Global};
use crate::lang::Text;
use crate::load;
use crate::render::Format;
use crate::report::findings::FindingsView;
use crate::round::FileName;
use crate::text;
use crate::validate;
use anyhow::Result;
use std::path::Path;

/// Options of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex check examples/dak-lak-2026
  parindex check criteria/qd766-xa-2026.toml
  parindex check --criteria qd766-xa-2026 --results ket-qua.csv --format json")]
pub struct Args {
    /// A round folder, its round.toml, or a criteria set
    #[command(flatten)]
    inputs: inputs::Args,
    #[command(flatten)]
    output: output::Args,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let mut out = Diagnostics::default();
    let mut checked = Vec::new();
    match set_to_check(&args.inputs) {
        Some(path) => checked.extend(check_set(&path, &mut out)?),
        None => {
            if let Some(scored) = score::scored_with_places(&args.inputs, Keep::Fields, &mut out)? {
                for (tier, ..) in scored.tiers() {
                    let (id, units, leaves) = (&tier.set.id, tier.data.units.len(), tier.set.leaves.len());
                    checked.push(text!(
                        "{id}: {leaves} tiêu chí, {units} đơn vị",
                        "{id}: {leaves} criteria, {units} units"
                    ));
                }
            }
        }
    }
    if args.output.format != Format::Json {
        output::talk(&out, usize::MAX, global);
    }
    let view = FindingsView { diagnostics: &out, checked };
    output::write(&view, &args.output, global)?;
    Ok(if out.has_errors() { Exit::InputsWrong } else { Exit::Done })
}

/// A criteria set that is to be checked without data: by `--criteria` alone, or a TOML file that
/// says `[set]`.
fn set_to_check(inputs: &inputs::Args) -> Option<std::path::PathBuf> {
    if let Some(path) = inputs.set_alone() {
        return Some(path.to_owned());
    }
    let path = inputs.round.as_ref().filter(|path| path.is_file())?;
    let (_, source) = load::text(path).ok()?;
    let text = source.ok()?.text;
    let has = |table: &str| inputs::has_table(&text, table);
    (has("[set]") || (has("[[criterion]]") && !has("[[tier]]"))).then(|| path.clone())
}

fn check_set(path: &Path, out: &mut Diagnostics) -> Result<Option<Text>> {
    let mut files = Vec::new();
    let source = if path.exists() {
        inputs::read_source(path, &mut files, out)?
    } else {
        inputs::builtin(&FileName { name: path.display().to_string(), place: None }, &mut files, out)
    };
    let set = source.and_then(|source| validate::criteria_set::criteria_set(&source, out));
    Ok(set.map(|set| {
        let (id, name) = (&set.id, &set.name);
        let (leaves, entries) =
            (set.nodes.iter().filter(|node| node.leaf.is_some()).count(), set.entries.len());
        text!(
            "{id}: {name}; {leaves} tiêu chí, {entries} mục thưởng và trừ",
            "{id}: {name}; {leaves} criteria, {entries} bonus and deduction entries"
        )
    }))
}
