//! `kinds`: the kinds of rule, and the criteria sets and questionnaires that come along.

use crate::diagnostic::Diagnostics;
use crate::global::{Exit, Global};
use crate::lang::Lang;
use crate::load::builtin::{QUESTIONNAIRES, SETS};
use crate::rule::KINDS;
use crate::source::Source;
use crate::validate::criteria_set::criteria_set;
use crate::validate::questionnaire::questionnaire;
use anyhow::Result;
use std::io::{self, Write};

/// Options of `kinds`.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: Args, global: Global) -> Result<Exit> {
    let vi = global.lang() == Lang::Vi;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", if vi { "Cách chấm (kind):" } else { "Kinds of rule (kind):" })?;
    for kind in KINDS {
        writeln!(out, "  {:<14}{}", kind.name, if vi { kind.awards.0 } else { kind.awards.1 })?;
    }
    writeln!(
        out,
        "{}",
        if vi {
            "Bộ tiêu chí có sẵn (--criteria):"
        } else {
            "Criteria sets that come along (--criteria):"
        }
    )?;
    let widest = SETS.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    for (id, text) in SETS {
        let set = criteria_set(&Source::new(*id, *text), &mut Diagnostics::default());
        let name = set.map_or(String::new(), |set| set.name);
        writeln!(out, "  {id:<widest$}  {name}")?;
    }
    writeln!(
        out,
        "{}",
        if vi {
            "Bộ câu hỏi có sẵn (--questionnaire):"
        } else {
            "Questionnaires that come along (--questionnaire):"
        }
    )?;
    for (id, text) in QUESTIONNAIRES {
        let questionnaire = questionnaire(&Source::new(*id, *text), &mut Diagnostics::default());
        let name = questionnaire.map_or(String::new(), |questionnaire| questionnaire.name);
        writeln!(out, "  {id:<widest$}  {name}")?;
    }
    Ok(Exit::Done)
}
