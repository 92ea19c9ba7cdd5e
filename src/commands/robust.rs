//! `robust`: how firm the ranks of a round are.

use super::naming::near;
use super::{explain, output, progress, sample, score};
use crate::global::{Exit, Global};
use crate::lang::{Lang, Text};
use crate::number::{plain, reading};
use crate::report::robust::{Decides, RobustView, Varied};
use crate::robustness;
use crate::robustness::deciding::Response;
use crate::robustness::duel::{MOST_UNITS, Pairs};
use crate::robustness::simulation::{Simulation, Wanted, Weights};
use crate::robustness::source::Source;
use crate::scored::Scored;
use crate::text;
use crate::text::folded;
use crate::uncertainty::{Appraisal, Block, Error, Fault, Table};
use anyhow::{Result, anyhow, bail};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::path::PathBuf;

/// Options of `robust`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex robust examples/phu-xuyen-2023 --weights 25%
  parindex robust examples/phu-xuyen-2023 --unit phu-xuyen --weights 25%
  parindex robust examples/tham-dinh-2026 --appraisal either
  parindex robust examples/khanh-hoa-2022 --tier huyen --input 7.2=2 --leave-out --swaps --decide")]
pub struct Args {
    /// The round: a folder with a round.toml, or that file
    #[arg(value_name = "ROUND")]
    round: PathBuf,
    /// Only this tier
    #[arg(long, value_name = "TIER")]
    tier: Option<String>,
    /// Only this unit, by id or name, with those that it cannot be told apart from
    #[arg(long, value_name = "UNIT", conflicts_with = "top")]
    unit: Option<String>,
    /// Only the first N units of each block
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Weights may be so much larger or smaller each [default: 10% if nothing else is uncertain]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    weights: Option<Decimal>,
    /// An input may err by so much, or by such a share of itself: 7.2=2 or 7.2=5%
    #[arg(long, value_name = "CRITERION=ERROR")]
    input: Vec<String>,
    /// Indices of surveys are drawn by their standard errors
    #[arg(long)]
    surveys: bool,
    /// Where self-assessment and the last appraisal disagree: one or the other, or anything between
    #[arg(long, value_enum)]
    appraisal: Option<AppraisalArg>,
    /// How many draws
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
    draws: u64,
    /// The seed: the same one gives the same draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Only the draw with this number, from 0: its weights, indices and ranks
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["unit", "top", "leave_out", "swaps", "decide"])]
    draw: Option<u64>,
    /// The ranking without each field and each criterion
    #[arg(long)]
    leave_out: bool,
    /// The nearest weight at which neighbours tie
    #[arg(long)]
    swaps: bool,
    /// Which fields' weights, and which uncertain criteria, decide the ranks
    #[arg(long)]
    decide: bool,
    #[command(flatten)]
    output: output::Args,
}

/// How disagreeing appraisals count.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum AppraisalArg {
    /// One or the other, each as likely
    Either,
    /// Anything between, equally likely
    Between,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let Some(scored) = score::of_round(&args.round, global)? else { return Ok(Exit::InputsWrong) };
    let unit = match &args.unit {
        Some(name) => Some(explain::find_unit(&scored.loaded, name)?),
        None => None,
    };
    let view = args.view(&scored, unit)?;
    output::write(&view, &args.output, global)?;
    Ok(Exit::Done)
}

impl Args {
    /// Nothing but weights that may be larger or smaller by the usual share.
    pub(super) fn usual() -> Args {
        Args {
            round: PathBuf::new(),
            tier: None,
            unit: None,
            top: None,
            weights: None,
            input: Vec::new(),
            surveys: false,
            appraisal: None,
            draws: 10_000,
            seed: 1,
            draw: None,
            leave_out: false,
            swaps: false,
            decide: false,
            output: output::Args::default(),
        }
    }

    /// The draws of a scored round.
    pub(super) fn view<'a>(
        &self,
        scored: &'a Scored,
        unit: Option<(usize, usize)>,
    ) -> Result<RobustView<'a>> {
        let errors = self.errors(scored)?;
        let (mut blocks, mut is_fed) = (Vec::new(), errors.is_empty());
        let weights = self.noise();
        for (tier, at) in self.places(scored, unit)? {
            let block = match Block::new(scored, tier, at) {
                Ok(block) => block,
                Err(Fault::TooFew) => continue,
                Err(Fault::Model(fault)) => return Err(unusable(fault)),
            };
            let tables = self.tables(&block, &errors, &mut is_fed)?;
            blocks.push(self.vary(block, tables, weights, unit)?);
        }
        if blocks.is_empty() {
            bail!(
                "khối chỉ có một đơn vị xếp hạng, không có gì để so · the block has a single ranked unit, and nothing to compare it with"
            );
        }
        if !is_fed {
            bail!(
                "không tiêu chí nào của các đơn vị này có đầu vào bằng số như vậy · none of these units has such an input with a number"
            );
        }
        if weights.is_none() && blocks.iter().all(|(_, count)| *count == 0) {
            bail!(
                "không có gì để thử: không đầu vào nào thay đổi được · nothing varies: no survey with standard errors, no stages that disagree"
            );
        }
        let blocks = blocks.into_iter().map(|(varied, _)| varied).collect();
        Ok(RobustView {
            scored,
            blocks,
            varied: self.words(weights),
            seed: self.seed,
            draws: self.draws,
            unit,
            top: self.top,
        })
    }

    /// The noise of weights: what was asked for, 10 % where nothing is.
    fn noise(&self) -> Option<f64> {
        let nothing = self.input.is_empty() && !self.surveys && self.appraisal.is_none();
        let default = nothing.then_some(Decimal::new(1, 1));
        self.weights.or(default)?.to_f64()
    }

    /// The blocks that are looked at.
    fn places(&self, scored: &Scored, unit: Option<(usize, usize)>) -> Result<Vec<(usize, usize)>> {
        let tiers = &scored.loaded.tiers;
        let is_meant =
            |tier: usize| self.tier.as_ref().is_none_or(|id| folded(id) == folded(&tiers[tier].id));
        let meant: Vec<usize> = (0..tiers.len()).filter(|tier| is_meant(*tier)).collect();
        if let (Some(id), []) = (&self.tier, &meant[..]) {
            let ids: Vec<&str> = tiers.iter().map(|tier| tier.id.as_str()).collect();
            bail!("không có cấp · there is no tier \"{id}\"; {}", ids.join(", "));
        }
        let mut places = Vec::new();
        for tier in meant {
            for (at, block) in scored.tiers[tier].1.blocks.iter().enumerate() {
                let holds = |(of, unit): (usize, usize)| of == tier && block.ranked.contains(&unit);
                if unit.is_none_or(holds) {
                    places.push((tier, at));
                }
            }
        }
        if places.is_empty() {
            bail!("đơn vị không xếp hạng · the unit is not ranked");
        }
        Ok(places)
    }

    /// The errors of inputs, by tier and column.
    fn errors(&self, scored: &Scored) -> Result<Vec<(usize, usize, Error)>> {
        let mut errors = Vec::new();
        for text in &self.input {
            let Some((id, size)) = text.rsplit_once('=') else {
                bail!("--input {text}: viết dạng · write it as --input 7.2=2 | 7.2=5%")
            };
            let read = reading::read(size.trim().trim_start_matches('±'), None).ok();
            let error = read.filter(|read| Decimal::ZERO < read.value).and_then(|read| {
                let size = read.value.to_f64()?;
                Some(if read.percent { Error::Share(size / 100.0) } else { Error::Within(size) })
            });
            let Some(error) = error else {
                bail!("--input {text}: sai số phải lớn hơn 0 · the error must be above 0")
            };
            let before = errors.len();
            for (tier, of) in scored.loaded.tiers.iter().enumerate() {
                errors.extend(of.set.input(id).map(|column| (tier, column, error)));
            }
            if errors.len() == before {
                let ids: Vec<String> = scored
                    .loaded
                    .tiers
                    .iter()
                    .flat_map(|tier| (0..tier.set.columns.len()).map(|column| tier.set.header(column)))
                    .collect();
                let near = near(id, ids.iter().map(String::as_str));
                bail!("--input: không có đầu vào · there is no input \"{id}\"{near}");
            }
        }
        Ok(errors)
    }

    /// What is drawn in a block besides the weights.
    fn tables(
        &self,
        block: &Block<'_>,
        errors: &[(usize, usize, Error)],
        is_fed: &mut bool,
    ) -> Result<Vec<Table>> {
        let mut tables: Vec<Table> = Vec::new();
        for (_, column, error) in errors.iter().filter(|(tier, ..)| *tier == block.place.0) {
            let table = block.erring(*column, *error);
            *is_fed |= table.is_some();
            tables.extend(table);
        }
        if self.surveys {
            tables.extend(block.surveyed());
        }
        if let Some(appraisal) = self.appraisal {
            tables.extend(block.disagreeing(match appraisal {
                AppraisalArg::Either => Appraisal::Either,
                AppraisalArg::Between => Appraisal::Between,
            }));
        }
        let mut drawn: Vec<usize> = tables.iter().map(|table| table.criterion).collect();
        drawn.sort_unstable();
        if let Some(twice) = drawn.windows(2).find(|pair| pair[0] == pair[1]) {
            let id = &block.tier().set.nodes[block.nodes[twice[0]]].id;
            bail!("tiêu chí {id} có hai nguồn sai số · criterion {id} is drawn from two sources");
        }
        Ok(tables)
    }

    fn vary<'a>(
        &self,
        block: Block<'a>,
        tables: Vec<Table>,
        noise: Option<f64>,
        unit: Option<(usize, usize)>,
    ) -> Result<(Varied<'a>, usize)> {
        let count = block.units.len();
        let place = unit.and_then(|(_, unit)| block.units.iter().position(|at| *at == unit));
        let others = |at: usize| (0..count).filter(move |other| *other != at).map(move |other| (at, other));
        let pairs: Vec<(usize, usize)> = place.into_iter().flat_map(others).collect();
        let set = &block.tier().set;
        let grades: Vec<f64> = set.grades.iter().filter_map(|grade| grade.from.to_f64()).collect();
        let simulation = Simulation {
            model: &block.model,
            weights: noise.map_or(Weights::Fixed, Weights::Noise),
            sources: tables.iter().map(|table| (table.criterion, table as &dyn Source)).collect(),
            seed: self.seed,
        };
        let wanted = Wanted {
            grades: &grades,
            pairs: match place {
                Some(_) => Pairs::These(&pairs),
                None if count <= MOST_UNITS && self.output.format == crate::render::Format::Json => {
                    Pairs::All
                }
                None => Pairs::None,
            },
        };
        if let Some(number) = self.draw {
            let drawn = simulation.draw(number).map_err(unusable)?;
            let sources = tables.len();
            drop(simulation);
            return Ok((Varied::of_draw(block, drawn), sources));
        }
        let bar = progress::bar(self.draws);
        let outcome = simulation.watched(self.draws, wanted, &mut |done| bar.set_position(done));
        bar.finish_and_clear();
        let outcome = outcome.map_err(unusable)?;
        let deciding = if self.decide { self.deciding(&block, &simulation)? } else { Vec::new() };
        let fields = block.fields();
        let mut without = Vec::new();
        if self.leave_out {
            // A field that is a criterion itself stands among the fields.
            let is_within = |at: &usize| set.nodes[block.nodes[*at]].parent.is_some();
            let criteria = (0..block.nodes.len()).filter(is_within).map(|at| (block.nodes[at], vec![at]));
            for (node, criteria) in fields.iter().cloned().chain(criteria) {
                if criteria.len() < block.nodes.len() {
                    without.push((node, block.model.without(&criteria).map_err(unusable)?));
                }
            }
        }
        let swaps = if self.swaps {
            (0..count - 1).take(self.top.unwrap_or(usize::MAX)).map(|at| block.swap(at)).collect()
        } else {
            Vec::new()
        };
        let sources = tables.len();
        drop(simulation);
        Ok((Varied { block, outcome, drawn: None, without, swaps, deciding }, sources))
    }

    /// Sobol's indices of the noise of each field's weights, and of each criterion that is drawn.
    fn deciding(&self, block: &Block<'_>, simulation: &Simulation<'_>) -> Result<Vec<Decides>> {
        /// Rows of the sample, replicates of the bootstrap.
        const ROWS: u64 = 1024;
        const REPLICATES: u64 = 200;
        let set = &block.tier().set;
        let fields =
            if matches!(simulation.weights, Weights::Noise(_)) { block.fields() } else { Vec::new() };
        let groups: Vec<Vec<usize>> = fields.iter().map(|(_, criteria)| criteria.clone()).collect();
        let sample = simulation.deciding(&groups, Response::MeanShift, ROWS).map_err(unusable)?.centred();
        let effects = sample.effects();
        let intervals = sample.intervals(REPLICATES, 0.95, self.seed);
        let weight = |(node, _): &(usize, Vec<usize>)| {
            let node = &set.nodes[*node];
            let (id, name) = (&node.id, &node.name);
            text!("trọng số lĩnh vực {id} {name}", "weights of field {id} {name}")
        };
        let source = |(criterion, _): &(usize, &dyn Source)| {
            let node = &set.nodes[block.nodes[*criterion]];
            let (id, name) = (&node.id, &node.name);
            text!("số liệu tiêu chí {id} {name}", "data of criterion {id} {name}")
        };
        let names = fields.iter().map(weight).chain(simulation.sources.iter().map(source));
        let decides = |((input, effect), (first, total))| Decides { input, effect, first, total };
        Ok(names.zip(effects).zip(intervals).map(decides).collect())
    }

    /// What was varied.
    fn words(&self, noise: Option<f64>) -> Vec<Text> {
        let mut words = Vec::new();
        if noise.is_some() {
            let share = self.weights.unwrap_or(Decimal::new(1, 1)) * Decimal::ONE_HUNDRED;
            words.push(Text::by(|lang| {
                let share = plain(share.normalize(), lang);
                match lang {
                    Lang::Vi => format!("điểm tối đa của mỗi tiêu chí ± {share} %"),
                    Lang::En => format!("each maximum ± {share} %"),
                }
            }));
        }
        for input in &self.input {
            let (id, size) = input.rsplit_once('=').unwrap_or((input, ""));
            let (id, size) = (id.trim(), size.trim().trim_start_matches('±'));
            words.push(text!("{id} ± {size}", "{id} ± {size}"));
        }
        if self.surveys {
            words.push(text!("sai số chọn mẫu của khảo sát", "sampling errors of surveys"));
        }
        words.extend(self.appraisal.map(|appraisal| match appraisal {
            AppraisalArg::Either => {
                text!("điểm tự chấm hoặc điểm thẩm định", "points of the self-assessment or of the appraisal")
            }
            AppraisalArg::Between => {
                text!("điểm giữa tự chấm và thẩm định", "points between self-assessment and appraisal")
            }
        }));
        words
    }
}

/// A share above 0, up to all.
fn share(text: &str) -> Result<Decimal, String> {
    sample::read_share(text).ok_or_else(|| {
        "cần một tỷ lệ lớn hơn 0 và không quá 100%, như 25% hoặc 0,25 · a share above 0 and up to 100% is needed, like 25% or 0.25".to_owned()
    })
}

/// A round whose numbers make no model.
fn unusable(fault: robustness::Fault) -> anyhow::Error {
    anyhow!("không mô phỏng được · the ranks cannot be simulated: {fault:?}")
}
