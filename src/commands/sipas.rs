//! `sipas`: satisfaction indices from the answers of a survey.

mod compare;

use super::inputs::{AnswerArgs, DecimalArg, fitted, read_questionnaire, sheet};
use super::naming::near;
use super::{output, score};
use crate::answers::quality::Quality;
use crate::answers::{Form, Surveyed, SurveyedUnit};
use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::number::reading;
use crate::questionnaire::Questionnaire;
use crate::report::sipas::{CrosstabView, Head, IndicesView, QualityView};
use crate::sipas::{Gather, Gathered, How, Layout};
use crate::source::Fingerprint;
use crate::survey::design::Lonely;
use crate::survey::interval::Method;
use crate::text::folded;
use crate::validate;
use crate::validate::units::Listed;
use anyhow::{Result, bail};
use compare::{CorrectArg, UNITS};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::path::PathBuf;

/// Options of `sipas`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  parindex sipas --questionnaire sipas-2026 --answers phieu.csv --units don-vi.csv
  parindex sipas --questionnaire sipas-2026 --answers phieu.csv --only X01
  parindex sipas --questionnaire sipas-2026 --answers phieu.csv --by gioi_tinh,tuoi
  parindex sipas --questionnaire sipas-2026 --answers phieu.csv --compare units --correct bh
  parindex sipas --questionnaire sipas-2026 --answers 2026.csv --before 2025.csv
  parindex sipas --questionnaire sipas-2026 --answers phieu.csv --quality --quotas phat-ra.csv")]
pub struct Args {
    #[command(flatten)]
    survey: AnswerArgs,
    /// Units in CSV: unit,name,block,… (those without forms are listed too)
    #[arg(long, value_name = "FILE")]
    units: Option<PathBuf>,
    /// The decimal mark of the files, where a number can be read in two ways
    #[arg(long, value_enum)]
    decimal: Option<DecimalArg>,
    /// Only this unit, by id or name; its rank is still among all
    #[arg(long, value_name = "UNIT", conflicts_with_all = ["quality", "before"])]
    only: Option<String>,
    /// Every item, factor, field and share of every unit (always in CSV)
    #[arg(long, conflicts_with_all = ["by", "compare", "before", "quality"])]
    detail: bool,
    /// Crosstabs by demographic questions: gioi_tinh,tuoi
    #[arg(long, value_name = "GROUPS", value_delimiter = ',', conflicts_with_all = ["compare", "before", "quality"])]
    by: Vec<String>,
    /// Cells of fewer forms are not shown in crosstabs, nor compared
    #[arg(long, value_name = "N", default_value_t = 10)]
    min_cell: u64,
    /// Differences between units, or between the options of a demographic question
    #[arg(long, value_name = "units|GROUP", conflicts_with_all = ["before", "quality"])]
    compare: Option<String>,
    /// Differences from an earlier survey: the file of its answers
    #[arg(long, value_name = "FILE", conflicts_with = "quality")]
    before: Vec<PathBuf>,
    /// The questionnaire of the earlier survey, if it was another one
    #[arg(long, value_name = "FILE", requires = "before")]
    before_questionnaire: Option<PathBuf>,
    /// How p-values are corrected for their number
    #[arg(long, value_enum, default_value = "holm")]
    correct: CorrectArg,
    /// What is compared or crossed: the id of a factor, a field, an item or a share
    #[arg(long, value_name = "PART", default_value = "overall")]
    part: String,
    /// Fit the weights to known numbers of people: group,option,people
    #[arg(long, value_name = "FILE", conflicts_with_all = ["before", "quality"])]
    margins: Option<PathBuf>,
    /// Forms that look copied, careless or made up
    #[arg(long)]
    quality: bool,
    /// Confidence intervals
    #[arg(long, value_enum, default_value = "beta")]
    interval: IntervalArg,
    /// How sure the intervals are
    #[arg(long, value_name = "SHARE", value_parser = super::sample::confidence, default_value = "95%")]
    confidence: Decimal,
    /// What becomes of a stratum in which a single unit was drawn
    #[arg(long, value_enum, default_value = "fail")]
    lonely: LonelyArg,
    #[command(flatten)]
    output: output::Args,
}

/// A method of intervals.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum IntervalArg {
    /// Clopper–Pearson with the effective sample size (Korn and Graubard)
    Beta,
    /// The same, the effective sample size at most the sample's
    KornGraubard,
    /// Wilson's with the effective sample size and t; wide where few clusters were drawn
    Wilson,
    /// The index ± t standard errors
    T,
    /// On the logit
    Logit,
    /// On the arcsine of the root
    Arcsine,
}

/// A policy for lonely units.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum LonelyArg {
    /// No error is told
    Fail,
    /// It adds nothing
    Remove,
    /// It was sure to be drawn, and adds nothing
    Certainty,
    /// It is held against the mean of all units
    Adjust,
    /// It adds what the others add on average
    Average,
}

pub(super) fn run(args: Args, global: Global) -> Result<Exit> {
    args.check()?;
    if args.survey.answers.is_empty() {
        bail!(
            "thiếu phiếu trả lời · the answers are lacking: parindex sipas --questionnaire FILE --answers FILE"
        );
    }
    let (mut out, mut files) = (Diagnostics::default(), Vec::new());
    let done = args.done(&mut files, &mut out, global)?;
    if done.is_none() {
        output::talk(&out, score::SHOWN, global);
    }
    Ok(done.unwrap_or(Exit::InputsWrong))
}

impl Args {
    /// `None`: there were errors.
    fn done(
        &self,
        files: &mut Vec<Fingerprint>,
        out: &mut Diagnostics,
        global: Global,
    ) -> Result<Option<Exit>> {
        let Some(path) = &self.survey.questionnaire else { return Ok(None) };
        let listed = self.listed(files, out)?;
        let Some(asked) = read_questionnaire(path, files, out)? else { return Ok(None) };
        let by = self.groups(&asked)?;
        let part = self.part(&asked)?;
        let mut quality = self.quality.then(|| Quality::new(&asked));
        let mut look = |forms: &[Form<'_>]| {
            if let Some(quality) = &mut quality {
                for form in forms {
                    quality.look(form);
                }
            }
        };
        let gathered = self.gather(&self.survey, &asked, (by, listed.as_deref()), &mut look, files, out)?;
        let Some(gathered) = gathered else { return Ok(None) };
        let targets = validate::answers::unit_targets(&asked, &gathered.surveyed, out);
        let quotas = self.survey.read_quotas(&gathered.surveyed, self.form(), files, out)?;
        let before_asked = match &self.before_questionnaire {
            Some(path) => {
                let Some(before) = read_questionnaire(path, files, out)? else { return Ok(None) };
                Some(before)
            }
            None => None,
        };
        let before_asked = before_asked.as_ref().unwrap_or(&asked);
        let earlier = if self.before.is_empty() {
            None
        } else {
            let answers = AnswerArgs { answers: self.before.clone(), ..self.survey.clone() };
            self.gather(&answers, before_asked, (Vec::new(), listed.as_deref()), &mut |_| {}, files, out)?
        };
        if out.has_errors() {
            return Ok(None);
        }
        let only = match &self.only {
            Some(name) => Some(find_unit(&gathered.surveyed, name)?),
            None => None,
        };
        output::talk(out, score::SHOWN, global);
        let head = Head {
            gathered: &gathered,
            how: self.how(),
            level: self.confidence * Decimal::ONE_HUNDRED,
            files: std::mem::take(files),
        };
        let write = |view: &dyn crate::report::View| output::write(view, &self.output, global);
        if let Some(quality) = quality {
            write(&QualityView { head, quality, quotas })?;
        } else if let Some(earlier) = &earlier {
            let view = self.against_before(head, earlier, part)?;
            write(&view)?;
            if self.output.format.is_csv() {
                output::say(&view.notes, global);
            }
        } else if let Some(what) = &self.compare {
            write(&self.each_other(head, what, (part, only)))?;
        } else if !self.by.is_empty() {
            let tabs = (0..gathered.by.len()).filter_map(|at| gathered.crosstab(at, self.min_cell)).collect();
            write(&CrosstabView { head, tabs, part, least: self.min_cell, only })?;
        } else {
            let ranking = gathered.rank(self.how());
            let detail = self.detail || self.output.format.is_csv();
            write(&IndicesView { head, ranking, targets, quotas, only, detail })?;
        }
        Ok(Some(Exit::Done))
    }
}

impl Args {
    /// Flags that would do nothing, or count forms twice, are mistakes.
    fn check(&self) -> Result<()> {
        let compares = self.compare.is_some() || !self.before.is_empty();
        if self.part != "overall" && !compares && self.by.is_empty() {
            bail!(
                "--part đi cùng --by, --compare hoặc --before; mọi nội dung của một đơn vị: --only ĐƠN_VỊ · --part goes with --by, --compare or --before; every part of a unit: --only UNIT"
            );
        }
        for files in [&self.survey.answers, &self.before] {
            let mut seen = Vec::new();
            for path in files {
                let whole = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
                if seen.contains(&whole) {
                    let path = path.display();
                    bail!(
                        "tệp ghi hai lần, phiếu sẽ bị tính hai lần · the file is given twice, and its forms would count twice: {path}"
                    );
                }
                seen.push(whole);
            }
        }
        Ok(())
    }

    fn form(&self) -> Option<reading::Form> {
        self.decimal.map(|decimal| match decimal {
            DecimalArg::Comma => reading::Form::Comma,
            DecimalArg::Point => reading::Form::Point,
        })
    }

    fn how(&self) -> How {
        let method = match self.interval {
            IntervalArg::Wilson => Method::Wilson,
            IntervalArg::T => Method::Mean,
            IntervalArg::Logit => Method::Logit,
            IntervalArg::Arcsine => Method::Arcsine,
            IntervalArg::Beta => Method::Beta,
            IntervalArg::KornGraubard => Method::BetaTruncated,
        };
        let lonely = match self.lonely {
            LonelyArg::Fail => Lonely::Fail,
            LonelyArg::Remove => Lonely::Remove,
            LonelyArg::Certainty => Lonely::Certainty,
            LonelyArg::Adjust => Lonely::Adjust,
            LonelyArg::Average => Lonely::Average,
        };
        How { method, level: self.confidence.to_f64().unwrap_or(f64::NAN), lonely }
    }

    /// The list of units, if one is given.
    fn listed(&self, files: &mut Vec<Fingerprint>, out: &mut Diagnostics) -> Result<Option<Vec<Listed>>> {
        super::inputs::listed(self.units.as_deref(), files, out)
    }

    /// The groups of `--by`, or the one of `--compare`.
    fn groups(&self, asked: &Questionnaire) -> Result<Vec<usize>> {
        let wanted = self.by.iter().chain(self.compare.iter().filter(|what| *what != UNITS));
        let group = |name: &String| {
            let key = folded(name);
            let is_it = |id: &str, title: &str| folded(id) == key || folded(title) == key;
            let found = asked.groups.iter().position(|group| is_it(&group.id, &group.name));
            let Some(found) = found else {
                let ids: Vec<&str> = asked.groups.iter().map(|group| group.id.as_str()).collect();
                bail!(
                    "không có câu hỏi nhân khẩu · there is no demographic question \"{name}\"{}; có · there are: {}",
                    near(name, ids.iter().copied()),
                    ids.join(", ")
                )
            };
            Ok(found)
        };
        let mut groups = wanted.map(group).collect::<Result<Vec<usize>>>()?;
        let mut seen = Vec::new();
        groups.retain(|group| !seen.contains(group) && (seen.push(*group), true).1);
        Ok(groups)
    }

    /// What is compared or crossed, by its place in the layout.
    fn part(&self, asked: &Questionnaire) -> Result<usize> {
        let layout = Layout::new(asked);
        let found = (0..layout.measured.len()).find(|at| layout.id(*at) == self.part);
        match found {
            Some(at) => Ok(at),
            None => {
                let part = &self.part;
                let ids = (0..layout.measured.len()).map(|at| layout.id(at));
                bail!("không có nội dung · the questionnaire has no part \"{part}\"{}", near(part, ids))
            }
        }
    }

    /// Reads all forms in one pass.
    fn gather<'a>(
        &self,
        answers: &AnswerArgs,
        asked: &'a Questionnaire,
        (by, listed): (Vec<usize>, Option<&[Listed]>),
        look: &mut (impl FnMut(&[Form<'_>]) + Send),
        files: &mut Vec<Fingerprint>,
        out: &mut Diagnostics,
    ) -> Result<Option<Gathered<'a>>> {
        let layout = Layout::new(asked);
        let part = (0..layout.measured.len()).find(|at| layout.id(*at) == self.part);
        let mut gather = Gather::new(layout, by, part.unwrap_or(0) + 1);
        if self.margins.is_some() {
            gather = gather.keeping();
        }
        let mut give = |forms: &[Form<'_>]| {
            gather.add(forms);
            look(forms);
        };
        let surveyed = answers.read(asked, (listed, self.form()), &mut give, files, out)?;
        let Some(surveyed) = surveyed else { return Ok(None) };
        let Some(margins) = &self.margins else { return Ok(Some(gather.finish(surveyed))) };
        let Some(sheet) = sheet(margins, &validate::answers::margins_sought(), files, out)? else {
            return Ok(None);
        };
        Ok(fitted(gather, (asked, surveyed), &sheet, self.form(), out))
    }
}

/// A unit by its id, else by its name.
fn find_unit(surveyed: &Surveyed, name: &str) -> Result<usize> {
    let key = folded(name);
    if key.is_empty() {
        bail!("--only cần mã hay tên một đơn vị · --only needs the id or name of a unit");
    }
    let by = |of: fn(&SurveyedUnit) -> &str| surveyed.units.iter().position(|unit| folded(of(unit)) == key);
    let found = by(|unit| &unit.id).or_else(|| by(|unit| &unit.name));
    let Some(found) = found else {
        let names = surveyed.units.iter().flat_map(|unit| [unit.id.as_str(), unit.name.as_str()]);
        bail!("không có đơn vị · there is no unit \"{name}\"{}", near(name, names))
    };
    Ok(found)
}
