//! `sample`: how many people to ask, how to share them among strata, and what a number of answers brings.

use super::inputs::DecimalArg;
use super::{output, score};
use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::load;
use crate::number::reading::{self, Form};
use crate::report::sample::{Allocation, Given, SampleView, SizeRow, StratumRow};
use crate::source::{Fingerprint, Place};
use crate::survey::allocation::{Fault, Rule, Stratum, allocate};
use crate::survey::decimal;
use crate::survey::sample_size::{Formula, Size, Wanted};
use crate::validate::strata::{self, Listed, strata};
use anyhow::{Context, Result, bail};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::path::{Path, PathBuf};

/// Options of `sample`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex sample --population 34170
  parindex sample --population 34170 --margin 3% --p 85% --deff 2.5 --response-rate 80%
  parindex sample --n 150 --p 85%
  parindex sample --strata strata.csv --allocate square-root --min 150")]
pub struct Args {
    /// The formula [default: all, and for strata finite]
    #[arg(long, value_enum, conflicts_with = "n")]
    method: Option<MethodArg>,
    /// How many people there are
    #[arg(long, value_name = "N", value_parser = whole, conflicts_with = "strata")]
    population: Option<u64>,
    /// How far off the estimate may be: 5% or 0.05
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "5%", conflicts_with = "n")]
    margin: Decimal,
    /// The share of satisfied people that is expected; 50% asks for the most answers
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "50%")]
    p: Decimal,
    /// Design effect: how many times the variance is that of a simple random sample
    #[arg(long, value_name = "X", value_parser = factor, default_value = "1")]
    deff: Decimal,
    /// The share of forms that come back valid
    #[arg(long, value_name = "SHARE", value_parser = share_or_all, default_value = "100%")]
    response_rate: Decimal,
    /// How sure the margin is
    #[arg(long, value_name = "SHARE", value_parser = confidence, default_value = "95%")]
    confidence: Decimal,
    /// Take this many valid answers and say what they bring
    #[arg(long, value_name = "N", value_parser = whole)]
    n: Option<u64>,
    /// Strata to share the sample among: a CSV file with stratum,population and maybe sd
    #[arg(long, value_name = "FILE")]
    strata: Option<PathBuf>,
    /// How to share [default: proportional]
    #[arg(long, value_enum, requires = "strata")]
    allocate: Option<RuleArg>,
    /// At least this many valid answers in each stratum
    #[arg(long, value_name = "N", value_parser = whole, requires = "strata")]
    min: Option<u64>,
    /// The decimal mark of the file, where a number can be read in two ways
    #[arg(long, value_enum, requires = "strata")]
    decimal: Option<DecimalArg>,
    #[command(flatten)]
    output: output::Args,
}

/// A formula for the size.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum MethodArg {
    /// N/(1 + N e²): z = 2 and p = 50 %
    Slovin,
    /// z² p (1 − p)/e², for a population without end
    Cochran,
    /// Cochran's with the finite population correction
    Finite,
    /// From the variance without replacement
    Exact,
}

/// A rule of allocation.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum RuleArg {
    /// Every stratum the same
    Equal,
    /// By people
    Proportional,
    /// By people × standard deviation (column sd)
    Neyman,
    /// By the root of people
    SquareRoot,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    let Some(path) = &args.strata else {
        let wanted = args.wanted(args.population);
        let given = args.given(args.population);
        let view = SampleView { sizes: args.sizes(&wanted)?, given, allocation: None, files: Vec::new() };
        output::write(&view, &args.output, global)?;
        return Ok(Exit::Done);
    };
    let mut out = Diagnostics::default();
    let view = args.shared(path, &mut out)?;
    output::talk(&out, score::SHOWN, global);
    let Some(view) = view else { return Ok(Exit::InputsWrong) };
    output::write(&view, &args.output, global)?;
    Ok(Exit::Done)
}

impl Args {
    fn wanted(&self, population: Option<u64>) -> Wanted {
        Wanted {
            margin: float(self.margin),
            share: float(self.p),
            level: float(self.confidence),
            design_effect: float(self.deff),
            response: float(self.response_rate),
            population: population.map(|people| people as f64),
        }
    }

    fn given(&self, population: Option<u64>) -> Given {
        Given {
            margin: self.n.is_none().then_some(self.margin),
            share: self.p,
            level: self.confidence,
            design_effect: self.deff,
            response: self.response_rate,
            population,
        }
    }

    /// The sizes by the formula that was chosen, by all that can be computed, or the given one.
    fn sizes(&self, wanted: &Wanted) -> Result<Vec<SizeRow>> {
        if let Some(answers) = self.n {
            if wanted.population.is_some_and(|people| people < answers as f64) {
                bail!(
                    "--n lớn hơn --population: không hỏi được nhiều hơn số người · --n exceeds --population"
                );
            }
            return Ok(vec![row(wanted, None, wanted.given(answers))]);
        }
        let Some(method) = self.method else {
            let size = |&formula: &Formula| Some(row(wanted, Some(formula), wanted.size(formula)?));
            return Ok(Formula::ALL.iter().filter_map(size).collect());
        };
        let Some(size) = wanted.size(method.formula()) else {
            bail!("công thức này cần --population N · this formula needs --population N");
        };
        Ok(vec![row(wanted, Some(method.formula()), size)])
    }

    /// The sample shared among the strata of a file. `None`: it has mistakes, which are reported.
    fn shared(&self, path: &Path, out: &mut Diagnostics) -> Result<Option<SampleView>> {
        let Some((listed, print)) = self.read(path, out)? else { return Ok(None) };
        let people = listed.iter().map(|stratum| stratum.population).sum();
        let wanted = self.wanted(Some(people));
        let formula = self.method.map_or(Formula::Finite, MethodArg::formula);
        let size = match self.n {
            Some(answers) => Some((None, wanted.given(answers))),
            None => wanted.size(formula).map(|size| (Some(formula), size)),
        };
        let Some((formula, size)) = size else { return Ok(None) };
        let (rule, minimum) = (self.rule(), self.min.unwrap_or(0));
        let of = |stratum: &Listed| Stratum {
            population: stratum.population,
            deviation: stratum.deviation.map_or(0.0, float),
        };
        let place = Place::File { file: print.file.clone() };
        let answers = match allocate(rule, &listed.iter().map(of).collect::<Vec<_>>(), size.answers, minimum)
        {
            Ok(answers) => answers,
            Err(Fault::TooFew(needed)) => {
                out.sample_below_minimum(place, size.answers, minimum, needed);
                return Ok(None);
            }
            Err(Fault::TooMany(people)) => {
                out.sample_above_population(place, size.answers, people);
                return Ok(None);
            }
        };
        let pairs: Vec<(u64, u64)> =
            listed.iter().zip(&answers).map(|(stratum, answers)| (stratum.population, *answers)).collect();
        let rows =
            listed.into_iter().zip(answers).map(|(stratum, answers)| stratum_row(&wanted, stratum, answers));
        let allocation = Allocation {
            rule,
            minimum,
            margin: wanted.margin_of_strata(&pairs).and_then(percent),
            gaps: gaps(&wanted, &pairs),
            strata: rows.collect(),
        };
        Ok(Some(SampleView {
            given: self.given(Some(people)),
            sizes: vec![row(&wanted, formula, size)],
            allocation: Some(allocation),
            files: vec![print],
        }))
    }

    /// The strata of a file, where they are without mistakes.
    fn read(&self, path: &Path, out: &mut Diagnostics) -> Result<Option<(Vec<Listed>, Fingerprint)>> {
        let name = path.display().to_string();
        let read = load::table::sheet(path, name.as_str().into(), &strata::sought(), out);
        let read = read.with_context(|| format!("không đọc được · cannot read {name}"))?;
        let Some((sheet, print)) = read else { return Ok(None) };
        let form = self.decimal.map(|mark| match mark {
            DecimalArg::Comma => Form::Comma,
            DecimalArg::Point => Form::Point,
        });
        let listed = strata(&sheet, self.rule() == Rule::Neyman, form, out);
        Ok((!out.has_errors()).then_some((listed, print)))
    }

    fn rule(&self) -> Rule {
        match self.allocate.unwrap_or(RuleArg::Proportional) {
            RuleArg::Equal => Rule::Equal,
            RuleArg::Proportional => Rule::Proportional,
            RuleArg::Neyman => Rule::Neyman,
            RuleArg::SquareRoot => Rule::SquareRoot,
        }
    }
}

impl MethodArg {
    fn formula(self) -> Formula {
        match self {
            MethodArg::Slovin => Formula::Slovin,
            MethodArg::Cochran => Formula::Cochran,
            MethodArg::Finite => Formula::Finite,
            MethodArg::Exact => Formula::Exact,
        }
    }
}

fn row(wanted: &Wanted, formula: Option<Formula>, size: Size) -> SizeRow {
    SizeRow {
        formula,
        simple: formula.and_then(|_| decimal(size.simple)),
        answers: size.answers,
        forms: size.forms,
        margin: percent(wanted.margin_of(size.answers)),
        gap: percent(wanted.gap_between([size.answers; 2])),
    }
}

fn stratum_row(of_all: &Wanted, stratum: Listed, answers: u64) -> StratumRow {
    let wanted = Wanted { population: Some(stratum.population as f64), ..*of_all };
    StratumRow {
        name: stratum.name,
        population: stratum.population,
        answers,
        forms: wanted.given(answers).forms,
        margin: (0 < answers).then(|| percent(wanted.margin_of(answers))).flatten(),
    }
}

/// From which gap the two surest strata can be told apart, and the two least sure.
fn gaps(of_all: &Wanted, strata: &[(u64, u64)]) -> Option<[Decimal; 2]> {
    let margin = |&(people, answers): &(u64, u64)| {
        Wanted { population: Some(people as f64), ..*of_all }.margin_of(answers)
    };
    let mut margins: Vec<f64> = strata.iter().filter(|(_, answers)| 0 < *answers).map(margin).collect();
    margins.sort_by(f64::total_cmp);
    let ([a, b, ..], [.., y, z]) = (&margins[..], &margins[..]) else { return None };
    Some([percent(a.hypot(*b))?, percent(y.hypot(*z))?])
}

/// A share from 0 to 1 in percent.
fn percent(share: f64) -> Option<Decimal> {
    decimal(share * 100.0)
}

fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}

/// A share between 0 and 1, both left out: `5%`, `0.05`, `0,05`.
fn share(text: &str) -> Result<Decimal, String> {
    read_share(text).filter(|share| *share < Decimal::ONE).ok_or_else(|| {
        "cần một tỷ lệ lớn hơn 0 và nhỏ hơn 100%, như 5% hoặc 0,05 · a share above 0 and below 100% is needed, like 5% or 0.05".to_owned()
    })
}

/// How sure one wants to be.
pub(super) fn confidence(text: &str) -> Result<Decimal, String> {
    read_share(text).filter(|share| *share < Decimal::ONE).ok_or_else(|| {
        "cần một tỷ lệ lớn hơn 0 và nhỏ hơn 100%, như 95% hoặc 0,95 · a share above 0 and below 100% is needed, like 95% or 0.95".to_owned()
    })
}

/// A share above 0, up to all.
fn share_or_all(text: &str) -> Result<Decimal, String> {
    read_share(text).ok_or_else(|| {
        "cần một tỷ lệ lớn hơn 0 và không quá 100%, như 80% hoặc 0,8 · a share above 0 and up to 100% is needed, like 80% or 0.8".to_owned()
    })
}

/// A number above 1 without a percent sign is no share: 5 may be 5 % or a slip.
pub(super) fn read_share(text: &str) -> Option<Decimal> {
    let read = reading::read(text, None).ok()?;
    let share = if read.percent { read.value / Decimal::ONE_HUNDRED } else { read.value };
    (Decimal::ZERO < share && share <= Decimal::ONE).then_some(share)
}

fn factor(text: &str) -> Result<Decimal, String> {
    let read = reading::read(text, None).ok().filter(|read| !read.percent);
    let fits = |number: &Decimal| Decimal::ZERO < *number && *number <= Decimal::ONE_HUNDRED;
    read.map(|read| read.value).filter(fits).ok_or_else(|| {
        "cần một số lớn hơn 0 và không quá 100, như 2,5 · a number above 0 and up to 100 is needed, like 2.5".to_owned()
    })
}

fn whole(text: &str) -> Result<u64, String> {
    /// More people than there are.
    const MOST: u64 = 10_000_000_000;
    let number = text.trim().parse().ok().filter(|number| (1..=MOST).contains(number));
    number.ok_or_else(|| {
        "cần một số nguyên dương, không có dấu phân cách · a whole number above 0 without separators is needed".to_owned()
    })
}
