//! A report → bytes of one format. A renderer never computes.

mod csv;
mod markdown;
mod table;
pub mod diagnostics;

use crate::lang::Lang;
use crate::report::View;
use crate::report::drawing::Signs;

/// A format of output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for people, as wide as the terminal.
    #[default]
    Table,
    /// Comma-separated, decimal points, names for machines.
    Csv,
    /// For Excel in Vietnam, whatever the language: UTF-8 with its mark, semicolons, decimal commas, headings for people.
    CsvExcel,
    /// JSON with exact numbers.
    Json,
    /// A Markdown table.
    Markdown,
}

impl Format {
    /// Whether it is one table and nothing beside it.
    pub fn is_csv(self) -> bool {
        matches!(self, Format::Csv | Format::CsvExcel)
    }
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
    /// The signs of what is drawn.
    pub signs: Signs,
}

/// Renders a result.
///
/// # Errors
/// What the format's own library says.
pub fn render(view: &dyn View, format: Format, style: Style) -> anyhow::Result<Vec<u8>> {
    match format {
        Format::Table => Ok(table::render(&view.report(), style)),
        Format::Csv => csv::render(&view.report(), csv::Reader::Machine),
        Format::CsvExcel => csv::render(&view.report(), csv::Reader::Excel(style.lang)),
        Format::Json => Ok(view.json(style.lang)),
        Format::Markdown => Ok(markdown::render(&view.report(), style.lang)),
    }
}
