//! A report → bytes of one format. A renderer never computes.

pub mod blank;
mod csv;
mod markdown;
mod table;
pub mod diagnostics;

use crate::lang::Lang;
use crate::report::View;

/// A format of output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for people, as wide as the terminal.
    #[default]
    Table,
    /// Comma-separated, decimal points, names for machines.
    Csv,
    /// JSON with exact numbers.
    Json,
    /// A Markdown table.
    Markdown,
}

/// How something is rendered.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Display cells in a line; none for no limit.
    pub width: Option<usize>,
    /// Whether colours may be used.
    pub colour: bool,
}

/// Renders a result.
///
/// # Errors
/// What the format's own library says.
pub fn render(view: &dyn View, format: Format, style: Style) -> anyhow::Result<Vec<u8>> {
    match format {
        Format::Table => Ok(table::render(&view.report(), style)),
        Format::Csv => csv::render(&view.report()),
        Format::Json => Ok(view.json(style.lang)),
        Format::Markdown => Ok(markdown::render(&view.report(), style.lang)),
    }
}
