//! `target`: the cheapest way of a unit to a rank, an index or a grade.

use super::naming::near;
use super::{explain, inputs, output, whatif};
use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::number::reading;
use crate::report::target::TargetView;
use crate::scored::{Fault, Goal, Improvements, Scored};
use crate::source::Fingerprint;
use crate::text;
use crate::text::{folded, nearest};
use crate::validate;
use crate::validate::costs::Costs;
use anyhow::{Result, bail};
use rust_decimal::Decimal;
use std::path::PathBuf;

/// Options of `target`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex target examples/phu-xuyen-2023 phu-xuyen --rank 18
  parindex target examples/phu-xuyen-2023 phu-xuyen --rank 18 --keep 8.1,8.2 --costs chi-phi.csv
  parindex target examples/khanh-hoa-2022 nha-trang --grade Tốt --frontier")]
pub struct Args {
    /// The round: a folder with a round.toml, or that file
    #[arg(value_name = "ROUND")]
    round: PathBuf,
    /// The unit, by id or name
    #[arg(value_name = "UNIT")]
    unit: String,
    #[command(flatten)]
    goal: GoalArgs,
    /// What improvements cost: criterion,level,cost; 1 where it says nothing
    #[arg(long, value_name = "FILE")]
    costs: Option<PathBuf>,
    /// Criteria and deductions that stay as they are
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    keep: Vec<String>,
    /// The other units move by this file's scenario, which must hold one
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// How many ways are shown
    #[arg(long, value_name = "N", default_value_t = 4)]
    ways: usize,
    /// The cost of every better rank too
    #[arg(long)]
    frontier: bool,
    #[command(flatten)]
    output: output::Args,
}

/// What is to be reached.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct GoalArgs {
    /// A rank, or a better one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rank: Option<u32>,
    /// An index, in %
    #[arg(long, value_name = "INDEX")]
    index: Option<String>,
    /// A grade, or a better one
    #[arg(long, value_name = "GRADE")]
    grade: Option<String>,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let mut out = Diagnostics::default();
    let inputs = inputs::Args::of_round(&args.round);
    let Some((loaded, base)) = whatif::load(&inputs, &mut out, global)? else { return Ok(Exit::InputsWrong) };
    let mut out = Diagnostics::default();
    let mut files: Vec<Fingerprint> = base.loaded.files.clone();
    let base = match &args.scenario {
        None => Some(base),
        Some(path) => {
            let Some(source) = inputs::read_source(path, &mut files, &mut out)? else {
                output::talk(&out, super::score::SHOWN, global);
                return Ok(Exit::InputsWrong);
            };
            match &validate::scenario::scenarios(&source, &mut out)[..] {
                [one] => loaded.whatif(&base, one, &mut out).map(|after| after.scored),
                [] => None,
                _ => bail!("--scenario cần đúng một kịch bản · takes a file with one scenario"),
            }
        }
    };
    let Some(base) = base else {
        output::talk(&out, super::score::SHOWN, global);
        return Ok(Exit::InputsWrong);
    };
    let unit = explain::find_unit(&base.loaded, &args.unit)?;
    let goal = args.goal(&base, unit)?;
    let costs = match &args.costs {
        Some(path) => {
            let sheet = inputs::sheet(path, &validate::costs::sought(), &mut files, &mut out)?;
            let set = &base.loaded.tiers[unit.0].set;
            let form = base.loaded.round.form;
            sheet.map(|sheet| validate::costs::costs(&sheet, set, form, &mut out)).unwrap_or_default()
        }
        None => Costs::default(),
    };
    output::talk(&out, super::score::SHOWN, global);
    if out.has_errors() {
        return Ok(Exit::InputsWrong);
    }
    let keep = args.keep(&base, unit.0)?;
    let mut improvements = match Improvements::of(&base, unit, &costs, &keep) {
        Ok(improvements) => improvements,
        Err(Fault::NotScored) => bail!("đơn vị không được chấm điểm · the unit is not scored: {}", args.unit),
        Err(Fault::TooLarge) => {
            bail!("chi phí quá lớn, không cộng được · the costs are too large to be added")
        }
    };
    let levels = improvements.levels();
    for (place, id, level) in costs.unknown_levels(&levels) {
        let known: Vec<&str> =
            levels.get(id).into_iter().flatten().map(|level| level.get(global.lang())).collect();
        let what = text!("mức của {id}", "level of {id}");
        out.names_nothing(place.clone(), &what, level, nearest(level, known.iter().copied()), &known);
    }
    if out.has_errors() {
        output::talk(&out, super::score::SHOWN, global);
        return Ok(Exit::InputsWrong);
    }
    if improvements.is_reached(goal) {
        let name = base.loaded.tiers[unit.0].data.units[unit.1].label();
        bail!("{name} đã đạt mức này · has reached this already");
    }
    let (ways, is_proven) = improvements.ways(goal, args.ways.max(1));
    let fewest = improvements.fewest(goal);
    let most = improvements.most();
    let frontier = if args.frontier { improvements.frontier() } else { Vec::new() };
    let view = TargetView {
        scored: &base,
        unit,
        goal,
        needed: improvements.needed_index(goal),
        now: improvements.now,
        ways,
        is_proven,
        fewest,
        most,
        frontier,
        improvements: improvements.offered.into_iter().flatten().collect(),
        files,
    };
    output::write(&view, &args.output, global)?;
    Ok(Exit::Done)
}

impl Args {
    fn goal(&self, base: &Scored, (tier, unit): (usize, usize)) -> Result<Goal> {
        let set = &base.loaded.tiers[tier].set;
        if let Some(rank) = self.goal.rank {
            let ranking = &base.tiers[tier].1;
            let block = ranking.blocks.iter().find(|block| block.ranked.contains(&unit));
            let Some(block) = block else {
                bail!("đơn vị không xếp hạng · the unit is not ranked: {}", self.unit)
            };
            let count = block.ranked.len();
            if count < rank as usize {
                bail!("khối chỉ có {count} đơn vị xếp hạng · the block has only {count} ranked units");
            }
            return Ok(Goal::Rank(rank));
        }
        if let Some(text) = &self.goal.index {
            let read = reading::read(text.trim().trim_end_matches('%'), None).ok().map(|read| read.value);
            match read.filter(|index| Decimal::ZERO < *index && *index <= Decimal::ONE_HUNDRED) {
                Some(index) => return Ok(Goal::Index(index)),
                None => {
                    bail!("--index {text}: cần số lớn hơn 0, không quá 100 · a number above 0, up to 100")
                }
            }
        }
        let name = self.goal.grade.as_deref().unwrap_or_default();
        match set.grades.iter().position(|grade| folded(&grade.name) == folded(name)) {
            Some(grade) => Ok(Goal::Grade(grade)),
            None => {
                let names: Vec<&str> = set.grades.iter().map(|grade| grade.name.as_str()).collect();
                let near = near(name, names.iter().copied());
                bail!("không có xếp loại · there is no grade \"{name}\"{near}; {}", names.join(", "))
            }
        }
    }

    /// The ids of `--keep`; a group keeps what lies in it.
    fn keep(&self, base: &Scored, tier: usize) -> Result<Vec<String>> {
        let set = &base.loaded.tiers[tier].set;
        let mut keep = Vec::new();
        for id in &self.keep {
            let key = folded(id);
            let group = set.nodes.iter().position(|node| folded(&node.id) == key);
            let is_entry = set.entries.iter().any(|entry| folded(&entry.id) == key);
            if group.is_none() && !is_entry {
                let ids = set.nodes.iter().map(|node| node.id.as_str());
                let near = near(id, ids);
                bail!("--keep: bộ tiêu chí không có · the set has no criterion \"{id}\"{near}");
            }
            let lies_in = |node: &usize| group.is_some_and(|group| set.lies_in(*node, group));
            let below = (0..set.nodes.len()).filter(lies_in);
            keep.extend(below.map(|node| folded(&set.nodes[node].id)));
            keep.push(key);
        }
        Ok(keep)
    }
}
