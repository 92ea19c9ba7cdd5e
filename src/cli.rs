//! The command line: global options, exit codes, the last word on errors.

use crate::commands::Command;
use crate::lang::Lang;
use crate::render::Style;
use crate::text::printable;
use clap::{Parser, ValueEnum};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// Chấm điểm, xếp hạng Chỉ số cải cách hành chính (PAR INDEX) – exact scoring and ranking of administrative units
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 done, 1 the inputs are wrong, 2 the program could not run.

Examples:
  parindex score examples/dak-lak-2026
  parindex score --criteria qd766-xa-2026 --results ket-qua.csv --format csv --output xep-hang.csv
  parindex check examples/khanh-hoa-nq57-2026
  parindex explain examples/dak-lak-2026 H15.198 5.1")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// Options of every command.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Global {
    /// Language of tables and messages
    #[arg(
        long,
        global = true,
        value_enum,
        env = "PARINDEX_LANG",
        default_value = "vi",
        hide_env_values = true
    )]
    lang: LangArg,
    /// No colours (also by the environment variable NO_COLOR)
    #[arg(long, global = true)]
    no_color: bool,
}

/// A language as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangArg {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done,
    /// The inputs are wrong; it was said what and where.
    InputsWrong,
    /// The program could not run: bad usage, a file that cannot be read or written.
    CouldNotRun,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::InputsWrong => 1,
            Exit::CouldNotRun => 2,
        })
    }
}

impl Global {
    /// The language.
    pub fn lang(self) -> Lang {
        match self.lang {
            LangArg::Vi => Lang::Vi,
            LangArg::En => Lang::En,
        }
    }

    /// How to write to standard output, or to a file.
    pub fn style(self, to_file: bool) -> Style {
        let is_terminal = !to_file && io::stdout().is_terminal();
        Style { lang: self.lang(), width: self.width(is_terminal), colour: self.colour(is_terminal) }
    }

    /// How to write to standard error.
    pub fn talk_style(self) -> Style {
        Style { lang: self.lang(), width: None, colour: self.colour(io::stderr().is_terminal()) }
    }

    /// The terminal's width, or what COLUMNS says; a pipe has no limit.
    fn width(self, is_terminal: bool) -> Option<usize> {
        let said = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok())
            .filter(|columns| 20 <= *columns);
        let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        said.or_else(|| is_terminal.then(seen).flatten())
    }

    fn colour(self, is_terminal: bool) -> bool {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        is_terminal && !self.no_color && !refused
    }
}

/// Runs the program; the exit code.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let lang = cli.global.lang();
    match cli.command.run(cli.global) {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            let word = if lang == Lang::Vi { "lỗi" } else { "error" };
            let _ = writeln!(io::stderr(), "{word}: {}", printable(&format!("{error:#}")));
            Exit::CouldNotRun.into()
        }
    }
}

/// Whether the reader of our output went away, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
