//! Differences: between units, between the options of a question, from an earlier survey.

use super::Args;
use crate::answers::SurveyedUnit;
use crate::lang::Text;
use crate::questionnaire::{Counts, Label};
use crate::report::sipas::{Against, ComparedView, Head, Named};
use crate::sipas::account::Account;
use crate::sipas::comparison::{Compared, Correction, between_surveys, correct};
use crate::sipas::{Gathered, Layout};
use crate::text;
use crate::text::folded;
use anyhow::{Result, bail};

/// A correction of p-values.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum CorrectArg {
    /// Not at all
    None,
    /// Holm's
    Holm,
    /// Benjamini and Hochberg's
    Bh,
}

impl Args {
    /// Units, or options of a group, with each other.
    pub(super) fn each_other<'a>(
        &self,
        head: Head<'a>,
        what: &str,
        (part, only): (usize, Option<usize>),
    ) -> ComparedView<'a> {
        let Differences { against, names, mut pairs, notes } = match what {
            UNITS => between_units(&head, part, only),
            _ => self.between_options(&head, part, only),
        };
        correct(&mut pairs, self.correction());
        ComparedView { head, against, names, pairs, correction: self.correction(), part, notes }
    }

    /// The options of the group that was asked for, in one unit or all.
    fn between_options(&self, head: &Head<'_>, part: usize, only: Option<usize>) -> Differences {
        let gathered = head.gathered;
        let tab = gathered.crosstab(0, self.min_cell);
        let group = gathered.by.first().map(|(group, _)| &gathered.layout.questionnaire.groups[*group]);
        let scale = group.map(|group| &gathered.layout.questionnaire.scales[group.scale].labels[..]);
        let labels = scale.unwrap_or_default();
        let row = tab.as_ref().and_then(|tab| tab.rows.iter().find(|row| row.unit == only));
        let cells = row.map_or(&[][..], |row| &row.cells[..]);
        let enough = |at: &usize| cells[*at].suppressed.is_none() && 0 < cells[*at].forms();
        let options: Vec<usize> = (0..labels.len().min(cells.len())).filter(enough).collect();
        let compare = |(a, b): (usize, usize)| {
            let accounts = [cells[a].account.as_ref()?, cells[b].account.as_ref()?];
            gathered.compare([a, b], accounts, part, head.how)
        };
        let mut notes = Vec::new();
        let (few, least) = (labels.len() - options.len(), self.min_cell);
        if 0 < few {
            notes.push(text!(
                "{few} lựa chọn không so sánh: có ít hơn {least} phiếu, hoặc phải giấu để không trừ ngược ra được",
                "{few} of the options not compared: fewer than {least} forms, or hidden so that such a cell cannot be subtracted back"
            ));
        }
        Differences {
            against: Against::Each(Text::same(group.map_or("", |group| group.name.as_str()))),
            names: labels.iter().map(option).collect(),
            pairs: pairs_of(&options).filter_map(compare).collect(),
            notes,
        }
    }

    /// Each unit, and all together, against an earlier survey.
    pub(super) fn against_before<'a>(
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
        let mut names = vec![Named { id: String::new(), name: text!("Toàn bộ phiếu", "All forms") }];
        names.extend(units.iter().map(unit));
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
pub(super) const UNITS: &str = "units";

/// What was found, before it is corrected.
struct Differences {
    against: Against,
    names: Vec<Named>,
    pairs: Vec<Compared>,
    notes: Vec<Text>,
}

/// Units of one block with each other, or one with all others.
fn between_units(head: &Head<'_>, part: usize, only: Option<usize>) -> Differences {
    let gathered = head.gathered;
    let units = &gathered.surveyed.units;
    let block = |unit: usize| folded(&units[unit].block);
    let all: Vec<usize> = (0..units.len()).filter(|unit| gathered.has_enough(*unit)).collect();
    let compare = |(a, b): (usize, usize)| {
        let accounts = [gathered.account(a)?, gathered.account(b)?];
        gathered.compare([a, b], accounts, part, head.how)
    };
    let pairs = match only {
        Some(only) => all.iter().filter(|b| **b != only).filter_map(|b| compare((only, *b))).collect(),
        None => pairs_of(&all).filter(|(a, b)| block(*a) == block(*b)).filter_map(compare).collect(),
    };
    let mut notes = Vec::new();
    let few = units.len() - all.len();
    let least = gathered.layout.questionnaire.validity.forms;
    if 0 < few {
        notes.push(text!(
            "{few} đơn vị có ít hơn {least} phiếu hợp lệ, không so sánh",
            "{few} of the units not compared: fewer than {least} valid forms"
        ));
    }
    let names = units.iter().map(unit).collect();
    Differences { against: Against::Each(text!("đơn vị", "units")), names, pairs, notes }
}

fn unit(unit: &SurveyedUnit) -> Named {
    Named { id: unit.id.clone(), name: Text::same(unit.label()) }
}

fn option(label: &Label) -> Named {
    Named { id: label.code.clone(), name: Text::same(&label.text) }
}

/// Each of them with each that follows.
fn pairs_of(all: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    all.iter().enumerate().flat_map(|(at, a)| all[at + 1..].iter().map(move |b| (*a, *b)))
}

/// What differs between the definitions of an index in two surveys.
fn other_definition(before: &Layout<'_>, now: &Layout<'_>, [old, new]: [usize; 2]) -> Vec<Text> {
    let (was, is) = (before.questionnaire, now.questionnaire);
    let mut differ = Vec::new();
    if old == 0 && new == 0 && was.overall.word() != is.overall.word() {
        let (a, b) = (was.overall.word(), is.overall.word());
        differ
            .push(text!("cách gộp chỉ số chung: {a} và {b}", "how the overall index is formed: {a} and {b}"));
    }
    let items = |layout: &Layout<'_>, part: usize| -> Vec<(String, Vec<Counts>)> {
        let counts_in =
            |item: &usize| layout.members.get(part).is_some_and(|members| members.contains(*item));
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
