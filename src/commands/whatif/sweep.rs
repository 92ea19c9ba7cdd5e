//! `--sweep`: one value of one unit from one end to another.

use super::flags::{assignment, change, number};
use crate::commands::{explain, output};
use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::number::plain;
use crate::report::whatif::{Step, SweepView};
use crate::scenario::{Scenario, What};
use crate::scored::{Loaded, Scored};
use crate::text::folded;
use anyhow::{Result, bail};
use rayon::prelude::*;
use rust_decimal::Decimal;

/// A range of values.
struct Range {
    unit: String,
    input: String,
    values: Vec<Decimal>,
}

/// More steps than a table can say anything with.
const MOST: usize = 10_000;

/// Sweeps; other changes hold at each step.
pub(super) fn run(
    text: &str,
    changes: Option<Scenario>,
    (loaded, base): (&Loaded, Scored),
    args: &output::Args,
    global: Global,
) -> Result<Exit> {
    let range = range(text)?;
    let (tier, unit) = explain::find_unit(&base.loaded, &range.unit)?;
    let set = &base.loaded.tiers[tier].set;
    let criterion = set.nodes.iter().filter(|node| node.leaf.is_some()).find(|node| {
        let key = folded(&range.input);
        key == folded(&node.id) || key.starts_with(&format!("{}.", folded(&node.id)))
    });
    let node = criterion.and_then(|node| set.node(&node.id));
    let empty = || Scenario {
        id: "sweep".to_owned(),
        name: String::new(),
        note: String::new(),
        changes: Vec::new(),
        place: crate::source::Place::File { file: "--sweep".into() },
    };
    let fixed = changes.unwrap_or_else(empty);
    let step = |value: &Decimal| {
        let mut out = Diagnostics::default();
        let mut scenario = fixed.clone();
        let input = What::Set { input: range.input.clone(), value: plain(*value, crate::lang::Lang::En) };
        scenario.changes.push(change("--sweep", text, range.unit.clone(), input));
        let after = loaded.step(&base, &scenario, &mut out);
        (after.map(|scored| of_step(&scored, (tier, unit), node, *value)), out)
    };
    let found: Vec<(Option<Step>, Diagnostics)> = range.values.par_iter().map(step).collect();
    let mut out = Diagnostics::default();
    let mut steps = Vec::new();
    for (step, said) in found {
        out.append(said);
        steps.extend(step);
    }
    out.drop_repeats();
    output::talk(&out, 1, global);
    if out.has_errors() {
        return Ok(Exit::InputsWrong);
    }
    let files = base.loaded.files.clone();
    let view = SweepView { base: &base, unit: (tier, unit), input: range.input, node, steps, files };
    output::write(&view, args, global)?;
    Ok(Exit::Done)
}

fn of_step(scored: &Scored, (tier, unit): (usize, usize), node: Option<usize>, value: Decimal) -> Step {
    let (scores, ranking) = &scored.tiers[tier];
    let score = &scores.units[unit];
    let of_node = node.and_then(|node| scores.nodes.get(unit, node));
    Step {
        value,
        points: of_node.filter(|score| !score.not_applicable).map(|score| score.points.exact()),
        total: score.total.exact(),
        index: score.index.exact(),
        rank: ranking.ranks[unit],
        grade: score.grade,
    }
}

/// `UNIT:CRITERION=30..45 step 0.5`
fn range(text: &str) -> Result<Range> {
    const FORM: &str = "\"ĐƠN_VỊ:TIÊU_CHÍ=30..45 step 0.5\"";
    let (unit, input, range) = assignment("--sweep", text, FORM)?;
    let parts = range.split_once("..").and_then(|(from, rest)| {
        let (to, step) = rest.split_once("step").or_else(|| rest.split_once('/'))?;
        Some([from, to, step])
    });
    let Some([from, to, step]) = parts else {
        bail!("--sweep {text}: thiếu khoảng hoặc bước, viết dạng · a range with a step is needed: {FORM}")
    };
    let [from, to, step] = [number("--sweep", from)?, number("--sweep", to)?, number("--sweep", step)?];
    if step.is_zero() {
        bail!("--sweep {text}: bước phải lớn hơn 0 · the step must be above 0");
    }
    if to < from {
        bail!("--sweep {text}: đầu khoảng lớn hơn cuối khoảng · the range ends before it begins");
    }
    let mut values = Vec::new();
    let mut value = from;
    while value <= to {
        if MOST <= values.len() {
            bail!(
                "--sweep {text}: hơn {MOST} bước, lấy bước lớn hơn · more than {MOST} steps, take a larger one"
            );
        }
        values.push(value);
        value += step;
    }
    if values.len() < 2 {
        bail!("--sweep {text}: khoảng chỉ có một bước · the range has a single step");
    }
    Ok(Range { unit, input, values })
}
