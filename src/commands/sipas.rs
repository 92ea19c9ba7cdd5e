//! `sipas`: satisfaction indices from the answers of a survey.

use super::inputs::{AnswerArgs, DecimalArg, read_questionnaire};
use super::{output, score};
use crate::answers::quality::Quality;
use crate::answers::{Form, Surveyed, SurveyedUnit};
use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::lang::Text;
use crate::number::reading;
use crate::questionnaire::Questionnaire;
use crate::render::Format;
use crate::report::sipas::{Against, ComparedView, CrosstabView, Head, IndicesView, QualityView};
use crate::sipas::account::Account;
use crate::sipas::comparison::{Compared, Correction, between_surveys, correct};
use crate::sipas::{Gather, Gathered, How, Layout};
use crate::source::Fingerprint;
use crate::survey::design::Lonely;
use crate::survey::interval::Method;
use crate::text;
use crate::text::{folded, nearest};
use crate::validate;
use crate::validate::units::Listed;
use anyhow::{Result, bail};
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
    /// Forms that look copied, careless or made up
    #[arg(long)]
    quality: bool,
    /// Confidence intervals
    #[arg(long, value_enum, default_value = "beta")]
    interval: IntervalArg,
    /// How sure the intervals are
    #[arg(long, value_name = "SHARE", value_parser = super::sample::share, default_value = "95%")]
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

/// A correction of p-values.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum CorrectArg {
    /// Not at all
    None,
    /// Holm's
    Holm,
    /// Benjamini and Hochberg's
    Bh,
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
        let mut look = |form: &Form<'_>| {
            if let Some(quality) = &mut quality {
                quality.look(form);
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
            if self.output.format == Format::Csv {
                output::say(&view.notes, global);
            }
        } else if let Some(what) = &self.compare {
            write(&self.each_other(head, what, (part, only)))?;
        } else if !self.by.is_empty() {
            let tabs = (0..gathered.by.len()).filter_map(|at| gathered.crosstab(at, self.min_cell)).collect();
            write(&CrosstabView { head, tabs, part, least: self.min_cell, only })?;
        } else {
            let ranking = gathered.rank(self.how());
            let detail = self.detail || self.output.format == Format::Csv;
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
        look: &mut (impl FnMut(&Form<'_>) + Send),
        files: &mut Vec<Fingerprint>,
        out: &mut Diagnostics,
    ) -> Result<Option<Gathered<'a>>> {
        let layout = Layout::new(asked);
        let part = (0..layout.measured.len()).find(|at| layout.id(*at) == self.part);
        let mut gather = Gather::new(layout, by, part.unwrap_or(0) + 1);
        let mut give = |form: &Form<'_>| {
            gather.add(form);
            look(form);
        };
        let surveyed = answers.read(asked, (listed, self.form()), &mut give, files, out)?;
        Ok(surveyed.map(|surveyed| gather.finish(surveyed)))
    }

    /// Units, or options of a group, with each other.
    fn each_other<'a>(
        &self,
        head: Head<'a>,
        what: &str,
        (part, only): (usize, Option<usize>),
    ) -> ComparedView<'a> {
        let gathered = head.gathered;
        let mut notes = Vec::new();
        let (against, names, mut pairs);
        if what == UNITS {
            let units = &gathered.surveyed.units;
            names = units.iter().map(|unit| Text::same(unit.label())).collect();
            against = Against::Each(text!("đơn vị", "units"));
            let block = |unit: usize| folded(&units[unit].block);
            let has_enough = |unit: &usize| gathered.has_enough(*unit);
            let all: Vec<usize> = (0..units.len()).filter(has_enough).collect();
            let pair = |a: usize, b: usize| {
                let accounts = [gathered.account(a)?, gathered.account(b)?];
                gathered.compare([a, b], accounts, part, head.how)
            };
            pairs = match only {
                Some(only) => all.iter().filter(|b| **b != only).filter_map(|b| pair(only, *b)).collect(),
                None => all
                    .iter()
                    .enumerate()
                    .flat_map(|(at, a)| all[at + 1..].iter().map(move |b| (*a, *b)))
                    .filter(|(a, b)| block(*a) == block(*b))
                    .filter_map(|(a, b)| pair(a, b))
                    .collect::<Vec<Compared>>(),
            };
            let few = units.len() - all.len();
            let least = gathered.layout.questionnaire.validity.forms;
            if 0 < few {
                notes.push(text!(
                    "{few} đơn vị có ít hơn {least} phiếu hợp lệ, không so sánh",
                    "{few} of the units not compared: fewer than {least} valid forms"
                ));
            }
        } else {
            let tab = gathered.crosstab(0, self.min_cell);
            let group = gathered.by.first().map(|(group, _)| &gathered.layout.questionnaire.groups[*group]);
            let scale = group.map(|group| &gathered.layout.questionnaire.scales[group.scale].labels[..]);
            let labels = scale.unwrap_or_default();
            names = labels.iter().map(|label| Text::same(&label.text)).collect();
            against = Against::Each(Text::same(group.map_or("", |group| group.name.as_str())));
            let row = tab.as_ref().and_then(|tab| tab.rows.iter().find(|row| row.unit == only));
            let cells = row.map_or(&[][..], |row| &row.cells[..]);
            let enough = |at: &usize| cells[*at].suppressed.is_none() && 0 < cells[*at].forms();
            let options: Vec<usize> = (0..labels.len().min(cells.len())).filter(enough).collect();
            let accounts: Vec<Option<&Account>> = cells.iter().map(|cell| cell.account.as_ref()).collect();
            let compare = |(a, b): (usize, usize)| {
                gathered.compare([a, b], [accounts[a]?, accounts[b]?], part, head.how)
            };
            let each = options.iter().enumerate();
            pairs = each
                .flat_map(|(at, a)| options[at + 1..].iter().map(move |b| (*a, *b)))
                .filter_map(compare)
                .collect();
            let (few, least) = (labels.len() - options.len(), self.min_cell);
            if 0 < few {
                notes.push(text!(
                    "{few} lựa chọn không so sánh: có ít hơn {least} phiếu, hoặc phải giấu để không trừ ngược ra được",
                    "{few} of the options not compared: fewer than {least} forms, or hidden so that such a cell cannot be subtracted back"
                ));
            }
        }
        correct(&mut pairs, self.correction());
        ComparedView { head, against, names, pairs, correction: self.correction(), part, notes }
    }

    /// Each unit, and all together, against an earlier survey.
    fn against_before<'a>(
        &self,
        head: Head<'a>,
        earlier: &Gathered<'_>,
        part: usize,
    ) -> Result<ComparedView<'a>> {
        let now = head.gathered;
        let before_part = (0..earlier.layout.measured.len()).find(|at| earlier.layout.id(*at) == self.part);
        let Some(before_part) = before_part else {
            let (id, part) = (&earlier.layout.questionnaire.id, &self.part);
            bail!(
                "bộ câu hỏi trước {id} không có \"{part}\" · the earlier questionnaire {id} has no part \"{part}\""
            )
        };
        let units = &now.surveyed.units;
        let mut names = vec![text!("Toàn bộ phiếu", "All forms")];
        names.extend(units.iter().map(|unit| Text::same(unit.label())));
        let counterpart = |unit: &SurveyedUnit| {
            let is_it = |other: &SurveyedUnit| folded(&other.id) == folded(&unit.id);
            earlier.surveyed.units.iter().position(is_it)
        };
        let compare = |at: usize, [a, b]: [&Account; 2]| {
            let measures = [now.measure(a, part, head.how)?, earlier.measure(b, before_part, head.how)?];
            Some(between_surveys([at, at], measures.each_ref(), head.how))
        };
        let of_unit = |unit: usize| {
            let other = counterpart(&units[unit])?;
            compare(unit + 1, [now.account(unit)?, earlier.account(other)?])
        };
        let is_enough = |unit: &usize| {
            let other = counterpart(&units[*unit]).is_some_and(|other| earlier.has_enough(other));
            other && now.has_enough(*unit)
        };
        let all = compare(0, [&now.all, &earlier.all]);
        let mut pairs: Vec<Compared> =
            all.into_iter().chain((0..units.len()).filter(is_enough).filter_map(of_unit)).collect();
        correct(&mut pairs, self.correction());
        let mut notes = other_definition(&earlier.layout, &now.layout, [before_part, part]);
        let left = units.len() + 1 - pairs.len();
        if 0 < left {
            notes.push(text!(
                "{left} đơn vị không so sánh được: kỳ trước không có, hoặc một trong hai kỳ thiếu phiếu hợp lệ",
                "{left} of the units not compared: the earlier survey lacks them, or one of the two has too few valid forms"
            ));
        }
        Ok(ComparedView {
            head,
            against: Against::Before,
            names,
            pairs,
            correction: self.correction(),
            part,
            notes,
        })
    }

    fn correction(&self) -> Correction {
        match self.correct {
            CorrectArg::None => Correction::None,
            CorrectArg::Holm => Correction::Holm,
            CorrectArg::Bh => Correction::BenjaminiHochberg,
        }
    }
}

/// The word of `--compare` for units.
const UNITS: &str = "units";

/// What differs between the definitions of an index in two surveys.
fn other_definition(before: &Layout<'_>, now: &Layout<'_>, [old, new]: [usize; 2]) -> Vec<Text> {
    let (was, is) = (before.questionnaire, now.questionnaire);
    let mut differ = Vec::new();
    if old == 0 && new == 0 && was.overall.word() != is.overall.word() {
        let (a, b) = (was.overall.word(), is.overall.word());
        differ
            .push(text!("cách gộp chỉ số chung: {a} và {b}", "how the overall index is formed: {a} and {b}"));
    }
    let items = |layout: &Layout<'_>, part: usize| -> Vec<(String, Vec<crate::questionnaire::Counts>)> {
        let counts_in = |item: &usize| layout.parts_of[*item].contains(&part);
        let items = (0..layout.questionnaire.items.len()).filter(counts_in);
        items.map(|item| (layout.questionnaire.items[item].id.clone(), layout.counts[item].clone())).collect()
    };
    let (a, b) = (items(before, old), items(now, new));
    if a.iter().map(|(id, _)| id).ne(b.iter().map(|(id, _)| id)) {
        let (a, b) = (a.len(), b.len());
        differ.push(text!("các mục hỏi: {a} mục và {b} mục", "the items: {a} and {b} of them"));
    } else if a != b {
        differ.push(text!("mức nào tính là hài lòng", "which labels count as satisfied"));
    }
    if differ.is_empty() {
        return differ;
    }
    let list = Text::by(|lang| differ.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join("; "));
    let Text { vi, en } = list;
    vec![text!(
        "CHÚ Ý: hai kỳ định nghĩa chỉ số khác nhau ({vi}); chênh lệch không chỉ do mức độ hài lòng",
        "CAUTION: the two surveys define the index differently ({en}); the difference is not of satisfaction alone"
    )]
}

/// A unit by its id, else by its name.
fn find_unit(surveyed: &Surveyed, name: &str) -> Result<usize> {
    let key = folded(name);
    let by = |of: fn(&SurveyedUnit) -> &str| surveyed.units.iter().position(|unit| folded(of(unit)) == key);
    let found = by(|unit| &unit.id).or_else(|| by(|unit| &unit.name));
    let Some(found) = found else {
        let names = surveyed.units.iter().flat_map(|unit| [unit.id.as_str(), unit.name.as_str()]);
        bail!("không có đơn vị · there is no unit \"{name}\"{}", near(name, names))
    };
    Ok(found)
}

/// "; nearest: …"
fn near<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, names).map_or(String::new(), |near| format!("; gần nhất · nearest: {near}"))
}
