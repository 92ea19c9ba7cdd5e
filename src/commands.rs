//! The commands: one file each, and three lines here.

mod check;
mod compare;
mod explain;
mod export;
mod init;
mod inputs;
mod kinds;
mod naming;
mod output;
mod progress;
mod robust;
mod sample;
mod score;
mod sipas;
mod target;
mod template;
mod whatif;

use crate::global::{Exit, Global};
use anyhow::Result;
use clap::Subcommand;

/// What parindex can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Score a round: ranked tables with points, index and grade
    Score(score::Args),
    /// Say everything that is wrong with criteria sets and data
    Check(check::Args),
    /// Show how a unit, or one criterion of it, came to its points
    Explain(explain::Args),
    /// Show who moved between two rounds and why, or where two units differ
    Compare(compare::Args),
    /// Suppose other results, deductions or rules: who would rise, who would fall
    Whatif(whatif::Args),
    /// The cheapest way of a unit to a rank, an index or a grade
    Target(target::Args),
    /// How firm the ranks are: other weights, errors of inputs and surveys, disagreeing appraisals
    Robust(robust::Args),
    /// Satisfaction indices from the answers of a survey, each with its sampling error
    Sipas(sipas::Args),
    /// Write the tables and annexes of a round as Excel, Word, PDF, web page, CSV, JSON or Markdown
    Export(export::Args),
    /// How many people to ask in a survey, how to share them among strata, and what a number brings
    Sample(sample::Args),
    /// Start a round: a folder with everything that a criteria set needs
    Init(init::Args),
    /// Write blank sheets to enter results in, for a tier or for each unit
    Template(template::Args),
    /// List the kinds of scoring rule, the criteria sets and the questionnaires that come along
    Kinds(kinds::Args),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// What kept the program from running; wrong inputs are not an error but an [`Exit`].
    pub fn run(self, global: Global) -> Result<Exit> {
        match self {
            Command::Score(args) => score::run(args, global),
            Command::Check(args) => check::run(args, global),
            Command::Explain(args) => explain::run(args, global),
            Command::Compare(args) => compare::run(args, global),
            Command::Whatif(args) => whatif::run(args, global),
            Command::Target(args) => target::run(args, global),
            Command::Robust(args) => robust::run(args, global),
            Command::Sipas(args) => sipas::run(args, global),
            Command::Export(args) => export::run(args, global),
            Command::Sample(args) => sample::run(args, global),
            Command::Init(args) => init::run(args, global),
            Command::Template(args) => template::run(args, global),
            Command::Kinds(args) => kinds::run(args, global),
        }
    }
}
