//! What every command shares: language, colours, width, and how the program ends.

use crate::lang::Lang;
use crate::render::Style;
use crate::report::drawing::Signs;
use clap::ValueEnum;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

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
    /// Bars, lines and borders of plain ASCII signs (also by TERM=dumb or LC_ALL=C)
    #[arg(long, global = true)]
    ascii: bool,
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
        Style {
            lang: self.lang(),
            width: self.width(is_terminal),
            colour: self.colour(is_terminal),
            signs: self.signs(is_terminal),
        }
    }

    /// How to write to standard error.
    pub fn talk_style(self) -> Style {
        let is_terminal = io::stderr().is_terminal();
        Style {
            lang: self.lang(),
            width: None,
            colour: self.colour(is_terminal),
            signs: self.signs(is_terminal),
        }
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

    /// The signs that a terminal is known to show; a file or a pipe gets all.
    fn signs(self, is_terminal: bool) -> Signs {
        let is = |name: &str, values: &[&str]| {
            std::env::var(name).is_ok_and(|value| values.contains(&value.as_str()))
        };
        let is_plain = is_terminal && (is("TERM", &["dumb"]) || is("LC_ALL", &["C", "POSIX"]));
        if self.ascii || is_plain { Signs::Ascii } else { Signs::Blocks }
    }

    fn colour(self, is_terminal: bool) -> bool {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        is_terminal && !self.no_color && !refused
    }
}
