//! `check`: everything that is wrong, at once.

use super::{inputs, output, score};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::global::{Exit, Global};
use crate::lang::Text;
use crate::load;
use crate::model::HandedIn;
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
  parindex check --criteria qd766-xa-2026 --results ket-qua.csv --format json
  parindex check --questionnaire sipas-2026 --answers phieu.csv --units units.csv")]
pub struct Args {
    /// A round folder, its round.toml, or a criteria set
    #[command(flatten)]
    inputs: inputs::Args,
    #[command(flatten)]
    survey: inputs::AnswerArgs,
    #[command(flatten)]
    output: output::Args,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let mut out = Diagnostics::default();
    let mut checked = Vec::new();
    let scenarios = args.inputs.round.as_deref().filter(|path| says(path, "[[scenario]]"));
    match (questionnaire_to_check(&args), set_to_check(&args.inputs)) {
        _ if let Some(path) = scenarios => checked.extend(check_scenarios(path, &mut out)?),
        (Some(path), _) => checked.extend(check_survey(&path, &args, &mut out)?),
        (None, Some(path)) => checked.extend(check_set(&path, &mut out)?),
        (None, None) => {
            if let Some(scored) = score::scored_with_places(&args.inputs, Keep::Fields, &mut out)? {
                for (tier, ..) in scored.tiers() {
                    let (id, units, leaves) = (&tier.set.id, tier.data.units.len(), tier.set.leaves.len());
                    checked.push(text!(
                        "{id}: {leaves} tiêu chí, {units} đơn vị",
                        "{id}: {leaves} criteria, {units} units"
                    ));
                    if let Some(HandedIn { units, of, .. }) = &tier.data.handed_in {
                        checked.push(text!(
                            "{units} trên {of} đơn vị đã nộp phiếu",
                            "{units} of {of} units have handed in"
                        ));
                    }
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

/// Whether a file is a TOML file with a table.
fn says(path: &Path, table: &str) -> bool {
    let read = path.is_file().then(|| load::text(path).ok()).flatten();
    read.and_then(|(_, source)| source.ok()).is_some_and(|source| inputs::has_table(&source.text, table))
}

/// Scenarios as they are written; whether they fit a round `whatif` says.
fn check_scenarios(path: &Path, out: &mut Diagnostics) -> Result<Option<Text>> {
    let Some(source) = inputs::read_source(path, &mut Vec::new(), out)? else { return Ok(None) };
    let scenarios = validate::scenario::scenarios(&source, out).len();
    Ok((0 < scenarios).then(|| text!("{scenarios} kịch bản", "{scenarios} scenarios")))
}

/// A questionnaire that is to be checked, with answers or alone.
fn questionnaire_to_check(args: &Args) -> Option<std::path::PathBuf> {
    let path = args.survey.questionnaire.as_ref().or(args.inputs.round.as_ref())?;
    if args.survey.questionnaire.is_some() {
        return Some(path.clone());
    }
    says(path, "[questionnaire]").then(|| path.clone())
}

fn check_survey(path: &Path, args: &Args, out: &mut Diagnostics) -> Result<Option<Text>> {
    let mut files = Vec::new();
    let Some(questionnaire) = inputs::read_questionnaire(path, &mut files, out)? else { return Ok(None) };
    let (id, items, factors) = (&questionnaire.id, questionnaire.items.len(), questionnaire.factors.len());
    if args.survey.answers.is_empty() {
        let name = &questionnaire.name;
        return Ok(Some(text!(
            "{id}: {name}; {items} mục hỏi, {factors} yếu tố",
            "{id}: {name}; {items} items, {factors} factors"
        )));
    }
    let listed = args.inputs.tier.listed(&mut files, out)?;
    let form = args.inputs.tier.form();
    let with = (listed.as_deref(), form);
    let surveyed = args.survey.read(&questionnaire, with, &mut |_| {}, &mut files, out)?;
    let Some(surveyed) = surveyed else { return Ok(None) };
    validate::answers::unit_targets(&questionnaire, &surveyed, out);
    args.survey.read_quotas(&surveyed, form, &mut files, out)?;
    let units = surveyed.units.iter().filter(|unit| unit.forms > 0).count();
    let (forms, valid) = (surveyed.forms, surveyed.valid);
    Ok(Some(text!(
        "{id}: {items} mục hỏi, {units} đơn vị, {forms} phiếu, {valid} phiếu hợp lệ",
        "{id}: {items} items, {units} units, {forms} forms, {valid} valid"
    )))
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
