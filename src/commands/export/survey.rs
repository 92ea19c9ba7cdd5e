//! The surveys of an export: those that the round names, or the one of the command line.

use crate::commands::inputs::{self, AnswerArgs, HOW, fitted, read_questionnaire};
use crate::diagnostic::Diagnostics;
use crate::number::reading::Form;
use crate::questionnaire::Questionnaire;
use crate::report::View;
use crate::report::sipas::{Head, IndicesView};
use crate::round::{IndexSource, Round};
use crate::sipas::{Gather, Gathered, Layout};
use crate::source::Fingerprint;
use crate::validate;
use crate::validate::answers::Targets;
use crate::validate::units::Listed;
use anyhow::Result;
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// A survey whose answers are not yet read.
pub(super) struct Survey {
    asked: Questionnaire,
    answers: AnswerArgs,
    margins: Option<PathBuf>,
    listed: Option<Vec<Listed>>,
    form: Option<Form>,
    files: Vec<Fingerprint>,
}

/// A survey whose answers were counted.
pub(super) struct Counted<'a> {
    gathered: Gathered<'a>,
    targets: Targets,
    files: Vec<Fingerprint>,
}

impl Survey {
    /// The surveys that a round takes indices from.
    pub(super) fn of_round(path: &Path, round: &Round, out: &mut Diagnostics) -> Result<Vec<Survey>> {
        let file = inputs::round_file(path);
        let folder = file.parent().unwrap_or(Path::new(""));
        let mut surveys = Vec::new();
        for index in &round.indices {
            let IndexSource::Survey(of) = &index.source else { continue };
            let named = folder.join(&of.questionnaire.name);
            let questionnaire = if named.exists() { named } else { (&of.questionnaire.name).into() };
            let names = of.columns.names.iter().map(|(column, name, _)| (*column, name.clone()));
            let answers = AnswerArgs {
                questionnaire: Some(questionnaire),
                answers: of.answers.iter().map(|name| folder.join(&name.name)).collect(),
                columns: names.collect(),
                nested: of.nested,
                ..AnswerArgs::default()
            };
            let margins = of.margins.as_ref().map(|name| folder.join(&name.name));
            let units = round.units.as_ref().map(|name| folder.join(&name.name));
            surveys.extend(Survey::new(answers, margins, units, round.form, out)?);
        }
        Ok(surveys)
    }

    /// The survey that the command line gives.
    pub(super) fn of_flags(
        answers: AnswerArgs,
        inputs: &inputs::Args,
        round: &Round,
        out: &mut Diagnostics,
    ) -> Result<Option<Survey>> {
        let file = inputs.round.as_deref().map(inputs::round_file);
        let folder = file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let units = round.units.as_ref().map(|name| folder.join(&name.name));
        Survey::new(answers, None, units, round.form, out)
    }

    fn new(
        answers: AnswerArgs,
        margins: Option<PathBuf>,
        units: Option<PathBuf>,
        form: Option<Form>,
        out: &mut Diagnostics,
    ) -> Result<Option<Survey>> {
        let mut files = Vec::new();
        let listed = inputs::listed(units.as_deref(), &mut files, out)?;
        let Some(path) = &answers.questionnaire else { return Ok(None) };
        let asked = read_questionnaire(path, &mut files, out)?;
        Ok(asked.map(|asked| Survey { asked, answers, margins, listed, form, files }))
    }

    /// Reads and counts the answers. `None`: there were errors, which are reported.
    pub(super) fn gather(&self, out: &mut Diagnostics) -> Result<Option<Counted<'_>>> {
        let mut files = self.files.clone();
        let mut gather = Gather::new(Layout::new(&self.asked), Vec::new(), 0);
        if self.margins.is_some() {
            gather = gather.keeping();
        }
        let with = (self.listed.as_deref(), self.form);
        let read = self.answers.read(&self.asked, with, &mut |forms| gather.add(forms), &mut files, out)?;
        let Some(surveyed) = read else { return Ok(None) };
        let gathered = match &self.margins {
            None => Some(gather.finish(surveyed)),
            Some(path) => {
                let sought = validate::answers::margins_sought();
                let Some(sheet) = inputs::sheet(path, &sought, &mut files, out)? else { return Ok(None) };
                fitted(gather, (&self.asked, surveyed), &sheet, self.form, out)
            }
        };
        let Some(gathered) = gathered else { return Ok(None) };
        let targets = validate::answers::unit_targets(&self.asked, &gathered.surveyed, out);
        Ok(Some(Counted { gathered, targets, files }))
    }
}

impl Counted<'_> {
    /// Its indices, as `sipas` shows them by default.
    pub(super) fn view<'a>(&'a self) -> Box<dyn View + 'a> {
        let head =
            Head { gathered: &self.gathered, how: HOW, level: Decimal::from(95), files: self.files.clone() };
        Box::new(IndicesView {
            head,
            ranking: self.gathered.rank(HOW),
            targets: self.targets.clone(),
            quotas: Vec::new(),
            only: None,
            detail: false,
        })
    }
}
