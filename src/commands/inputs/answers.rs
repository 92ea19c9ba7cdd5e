//! A questionnaire and the files of its answers, as the command line gives them.

use super::files::{builtin_questionnaire, cannot_read, read_source, tidy};
use crate::answers::{Form, Surveyed};
use crate::diagnostic::Diagnostics;
use crate::load;
use crate::number::reading;
use crate::questionnaire::{COLUMNS, Column, Questionnaire};
use crate::source::Fingerprint;
use crate::validate;
use crate::validate::answers::{Assembly, Options, Plan, Quota, quotas, quotas_sought, sought};
use crate::validate::units::Listed;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The answers of a survey.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct AnswerArgs {
    /// Questionnaire: a file, or the id of one that comes along (see `parindex kinds`)
    #[arg(long, value_name = "FILE")]
    pub questionnaire: Option<PathBuf>,
    /// Answers in CSV: one row a form, or one row an answer; may be given more than once
    #[arg(long, value_name = "FILE", requires = "questionnaire")]
    pub answers: Vec<PathBuf>,
    /// The unit of all forms, where the files have no column for it
    #[arg(long, value_name = "UNIT", requires = "answers")]
    pub unit: Option<String>,
    /// The name of a column: form, unit, weight, stratum, cluster, cluster2, fpc, fpc2, interviewer, time, item, answer
    #[arg(long = "column", value_name = "WHAT=NAME", value_parser = named_column, requires = "answers")]
    pub columns: Vec<(Column, String)>,
    /// Clusters are numbered anew in each stratum
    #[arg(long, requires = "answers")]
    pub nested: bool,
    /// Forms issued and needed: unit,issued,quota
    #[arg(long, value_name = "FILE", requires = "answers")]
    pub quotas: Option<PathBuf>,
}

/// `weight=pw`.
fn named_column(text: &str) -> Result<(Column, String), String> {
    let words = || COLUMNS.map(|(_, word, _)| word).join(", ");
    let Some((what, name)) = text.split_once('=') else {
        return Err("WHAT=NAME, for example weight=pw".to_owned());
    };
    let column = COLUMNS.iter().find(|(_, word, _)| *word == what.trim());
    column.map(|(column, ..)| (*column, name.trim().to_owned())).ok_or_else(|| format!("one of {}", words()))
}

/// Reads a questionnaire that a path or an id names. `None`: it has mistakes, which are reported.
///
/// # Errors
/// What kept it from being read.
pub fn read_questionnaire(
    path: &Path,
    files: &mut Vec<Fingerprint>,
    out: &mut Diagnostics,
) -> Result<Option<Questionnaire>> {
    let source = if path.exists() {
        read_source(path, files, out)?
    } else {
        builtin_questionnaire(&path.display().to_string(), files, out)
    };
    Ok(source.and_then(|source| validate::questionnaire::questionnaire(&source, out)))
}

impl AnswerArgs {
    /// Reads all files of answers and gives the forms to `give`, many at once, in the order of the files. `None`:
    /// there were errors, which are reported.
    ///
    /// # Errors
    /// What kept a file from being read.
    pub fn read(
        &self,
        questionnaire: &Questionnaire,
        (listed, form): (Option<&[Listed]>, Option<reading::Form>),
        give: &mut (impl FnMut(&[Form<'_>]) + Send),
        files: &mut Vec<Fingerprint>,
        out: &mut Diagnostics,
    ) -> Result<Option<Surveyed>> {
        let options =
            Options { form, unit: self.unit.clone(), columns: self.columns.clone(), nested: self.nested };
        let before = out.errors();
        let sought = sought(questionnaire, &options);
        let mut assembly = Assembly::new(questionnaire, listed);
        for path in &self.answers {
            let opened = load::table::open(path, tidy(path).into(), &sought, out);
            let opened = opened.with_context(|| cannot_read(path))?;
            let Some(input) = opened else { continue };
            let Some(plan) = Plan::new(input.table.clone(), questionnaire, &options, out) else { continue };
            assembly.begin(&plan);
            let read = |rows: &load::table::Rows<'_>| {
                let (mut part, mut faults) = (plan.part(), Diagnostics::default());
                rows.for_each(&mut faults, |row| plan.read_row(&mut part, row));
                (part, faults)
            };
            let print = input.read(read, |(part, faults)| {
                out.append(faults);
                assembly.absorb(&plan, part, give);
            });
            files.push(print.with_context(|| path.display().to_string())?);
            assembly.end(&plan, give);
        }
        let surveyed = assembly.finish(out);
        Ok((out.errors() == before).then_some(surveyed))
    }

    /// What each unit was to bring, in the order of the units; none where no file says so.
    ///
    /// # Errors
    /// What kept the file from being read.
    pub fn read_quotas(
        &self,
        surveyed: &Surveyed,
        form: Option<reading::Form>,
        files: &mut Vec<Fingerprint>,
        out: &mut Diagnostics,
    ) -> Result<Vec<Quota>> {
        let Some(path) = &self.quotas else { return Ok(Vec::new()) };
        let read = load::table::sheet(path, tidy(path).into(), &quotas_sought(), out);
        let read = read.with_context(|| cannot_read(path))?;
        let Some((sheet, print)) = read else { return Ok(Vec::new()) };
        files.push(print);
        Ok(quotas(&sheet, surveyed, form, out))
    }
}
