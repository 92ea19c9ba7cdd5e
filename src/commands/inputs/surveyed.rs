//! An index of a round that comes from the forms of a survey.

use super::answers::AnswerArgs;
use super::files::{builtin_questionnaire, tidy};
use super::margins::fitted;
use super::reader::Reader;
use crate::lang::{Lang, Text};
use crate::load;
use crate::model::{ForeignIndex, OfUnit};
use crate::number::{Percent, Rounding};
use crate::questionnaire::Questionnaire;
use crate::report::sipas::definition;
use crate::round::{IndexFile, SurveyFiles};
use crate::sipas::account::Account;
use crate::sipas::{Gather, Gathered, How, Layout};
use crate::source::Place;
use crate::survey::decimal;
use crate::survey::design::Lonely;
use crate::survey::interval::Method;
use crate::text;
use crate::text::folded;
use crate::validate;
use crate::validate::answers::margins_sought;
use crate::validate::units::Listed;
use anyhow::Result;
use rust_decimal::Decimal;

/// As `sipas` has it by default.
pub const HOW: How = How { method: Method::Beta, level: 0.95, lonely: Lonely::Fail };

impl Reader<'_> {
    /// The index and all its parts, for the units that have enough valid forms. `None`: there were
    /// errors, which are reported.
    pub(super) fn surveyed(
        &mut self,
        of: &IndexFile,
        survey: &SurveyFiles,
        listed: Option<&[Listed]>,
    ) -> Result<Option<ForeignIndex>> {
        let Some(asked) = self.questionnaire(survey)? else { return Ok(None) };
        let mut answers = Vec::new();
        for name in &survey.answers {
            let path = self.folder.join(&name.name);
            if self.opened(load::table::is_there(&path).map(Some), name, &path)?.is_none() {
                return Ok(None);
            }
            answers.push(path);
        }
        let columns = survey.columns.names.iter().map(|(column, name, _)| (*column, name.clone()));
        let args = AnswerArgs {
            answers,
            columns: columns.collect(),
            nested: survey.nested,
            ..AnswerArgs::default()
        };
        let mut gather = Gather::new(Layout::new(&asked), Vec::new(), 0);
        if survey.margins.is_some() {
            gather = gather.keeping();
        }
        let with = (listed, self.round.form);
        let read = args.read(&asked, with, &mut |forms| gather.add(forms), &mut self.files, self.out)?;
        let Some(surveyed) = read else { return Ok(None) };
        let gathered = match &survey.margins {
            None => Some(gather.finish(surveyed)),
            Some(name) => {
                let Some(sheet) = self.sheet(name, &margins_sought())? else { return Ok(None) };
                fitted(gather, (&asked, surveyed), &sheet, self.round.form, self.out)
            }
        };
        let Some(gathered) = gathered else { return Ok(None) };
        let place =
            Place::File { file: args.answers.first().map(|path| tidy(path)).unwrap_or_default().into() };
        Ok(Some(as_index(of, &gathered, &place)))
    }

    /// The questionnaire: a file, or one that comes along.
    fn questionnaire(&mut self, survey: &SurveyFiles) -> Result<Option<Questionnaire>> {
        let name = &survey.questionnaire;
        let path = self.folder.join(&name.name);
        let is_builtin = !path.exists() && load::builtin::questionnaire(&name.name).is_some();
        let source = if is_builtin {
            builtin_questionnaire(&name.name, &mut self.files, self.out)
        } else {
            let opened = load::text(&path).map(Some);
            let Some(read) = self.opened(opened, name, &path)? else { return Ok(None) };
            super::files::take_source(read, &path, &mut self.files, self.out)
        };
        Ok(source.and_then(|source| validate::questionnaire::questionnaire(&source, self.out)))
    }
}

/// What criteria can look at: the overall index, and every part by its id.
fn as_index(of: &IndexFile, gathered: &Gathered<'_>, place: &Place) -> ForeignIndex {
    let parts = 1..gathered.layout.measured.len();
    let mut index = ForeignIndex { id: of.id.clone(), name: of.name.clone(), ..ForeignIndex::default() };
    index.factors = parts.clone().map(|at| gathered.layout.id(at).to_owned()).collect();
    for unit in 0..gathered.surveyed.units.len() {
        let Some(account) = gathered.account(unit) else { continue };
        let has_enough = gathered.has_enough(unit);
        let value = |at: usize| {
            let measured = gathered.layout.measured[at];
            gathered.index(account, measured).map(Percent::exact).filter(|_| has_enough)
        };
        let of_unit = OfUnit {
            unit: gathered.surveyed.units[unit].id.clone(),
            index: value(0),
            factors: parts.clone().map(value).collect(),
            errors: (0..gathered.layout.measured.len())
                .map(|at| error(gathered, account, at).filter(|_| has_enough))
                .collect(),
            place: place.clone(),
            said: (0..gathered.layout.measured.len())
                .map(|at| if has_enough { said(gathered, account, at) } else { too_few(gathered, unit) })
                .collect(),
        };
        index.units.insert(folded(&of_unit.unit), of_unit);
    }
    index
}

/// The standard error of something, in percent points.
fn error(gathered: &Gathered<'_>, account: &Account, at: usize) -> Option<Decimal> {
    let estimate = gathered.measure(account, at, HOW)?.estimate.ok()?;
    decimal(estimate.standard_error() * 100.0)
}

/// "212 phiếu, sai số chuẩn 1,26, …; chỉ số chung (pooled-answers): …"
fn said(gathered: &Gathered<'_>, account: &Account, at: usize) -> Text {
    let asked = gathered.layout.questionnaire;
    let measure = gathered.measure(account, at, HOW);
    let how = (at == 0).then(|| definition(asked));
    let id = &asked.id;
    Text::by(|lang| {
        let vi = lang == Lang::Vi;
        let percent = |share: f64| {
            decimal(share * 100.0).map_or_else(String::new, |number| Rounding::CENTS.text(number, lang))
        };
        let forms = measure.as_ref().map_or(0, |measure| measure.forms);
        let mut text =
            if vi { format!("{forms} phiếu hợp lệ") } else { format!("{forms} valid forms") };
        if let Some(Ok(estimate)) = measure.as_ref().map(|measure| measure.estimate) {
            let error = percent(estimate.standard_error());
            text +=
                &if vi { format!(", sai số chuẩn {error}") } else { format!(", standard error {error}") };
        }
        if let Some(interval) = measure.as_ref().and_then(|measure| measure.interval) {
            let (low, high) = (percent(interval.low), percent(interval.high));
            text += &if vi {
                format!(", khoảng tin cậy 95 % từ {low} đến {high}")
            } else {
                format!(", 95 % confidence interval {low} to {high}")
            };
        }
        if let Some(fitted) = &gathered.fitted {
            let by = fitted.by.join(", ");
            text += &if vi {
                format!("; trọng số hiệu chỉnh theo {by}")
            } else {
                format!("; weights fitted by {by}")
            };
        }
        if let Some(how) = &how {
            text += &format!("; {}", how.get(lang));
        }
        text + &if vi { format!("; bộ câu hỏi {id}") } else { format!("; questionnaire {id}") }
    })
}

/// Why a unit has no index.
fn too_few(gathered: &Gathered<'_>, unit: usize) -> Text {
    let (valid, least) = (gathered.surveyed.units[unit].valid, gathered.layout.questionnaire.validity.forms);
    text!("{valid} phiếu hợp lệ, cần ít nhất {least}", "{valid} valid forms, at least {least} are needed")
}
