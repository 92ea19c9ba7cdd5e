//! The command line: the commands, and the last word on errors.

use crate::commands::Command;
use crate::global::{Exit, Global};
use crate::lang::Lang;
use crate::text::printable;
use clap::Parser;
use std::io::{self, Write};
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
