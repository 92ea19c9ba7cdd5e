//! A report → bytes of one format. A renderer never computes.

mod csv;
mod json;
mod markdown;
mod table;
mod xlsx;
pub mod diagnostics;

use crate::lang::Lang;
use crate::report::View;
use crate::report::publication::Publication;

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

/// What an exported file is, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Comma-separated, for machines.
    Csv,
    /// JSON with exact numbers.
    Json,
    /// Markdown.
    Markdown,
    /// Tables as a terminal shows them.
    Text,
    /// A workbook with live formulas.
    Xlsx,
}

impl FileFormat {
    /// The formats by extension.
    pub const EXTENSIONS: [(&str, FileFormat); 5] = [
        ("csv", FileFormat::Csv),
        ("json", FileFormat::Json),
        ("md", FileFormat::Markdown),
        ("txt", FileFormat::Text),
        ("xlsx", FileFormat::Xlsx),
    ];

    /// The format of an extension.
    pub fn of(extension: &str) -> Option<FileFormat> {
        let known = FileFormat::EXTENSIONS.iter();
        known.filter(|(known, _)| known.eq_ignore_ascii_case(extension)).map(|(_, format)| *format).next()
    }

    /// Whether a file can hold several parts.
    pub fn holds_several(self) -> bool {
        self != FileFormat::Csv
    }
}

/// Renders an export.
///
/// # Errors
/// What the format's own library says.
pub fn publish(publication: &Publication<'_>, format: FileFormat, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let style = Style { lang, width: None, colour: false };
    let each = |render: &dyn Fn(&dyn View) -> Vec<u8>| {
        let parts = publication.parts.iter().map(|part| render(&*part.view));
        parts.collect::<Vec<_>>().join(&b'\n')
    };
    match format {
        FileFormat::Csv => match &publication.parts[..] {
            [part] => csv::render(&part.view.report()),
            _ => anyhow::bail!("một tệp CSV chỉ chứa một phần · a CSV file holds one part"),
        },
        FileFormat::Json => Ok(json::publish(publication, lang)),
        FileFormat::Markdown => Ok(each(&|view| markdown::render(&view.report(), lang))),
        FileFormat::Text => Ok(each(&|view| table::render(&view.report(), style))),
        FileFormat::Xlsx => xlsx::publish(publication, lang),
    }
}
