//! A report → bytes of one format. A renderer never computes.

pub mod blank;
mod chart;
mod csv;
mod docx;
mod html;
mod json;
mod markdown;
mod table;
mod xlsx;
pub mod diagnostics;

use crate::lang::Lang;
use crate::report::View;
use crate::report::drawing::Signs;
use crate::report::publication::{Publication, What};

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

/// What an exported file is, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// For Excel in Vietnam.
    Csv,
    /// JSON with exact numbers.
    Json,
    /// Markdown.
    Markdown,
    /// Word: annexes of a decision.
    Docx,
    /// The pages of the Word file.
    Pdf,
    /// Tables as a terminal shows them.
    Text,
    /// A workbook with live formulas.
    Xlsx,
    /// A web page that needs nothing beside itself.
    Html,
}

impl FileFormat {
    /// The formats by extension.
    pub const EXTENSIONS: [(&str, FileFormat); 9] = [
        ("csv", FileFormat::Csv),
        ("json", FileFormat::Json),
        ("md", FileFormat::Markdown),
        ("docx", FileFormat::Docx),
        ("pdf", FileFormat::Pdf),
        ("txt", FileFormat::Text),
        ("xlsx", FileFormat::Xlsx),
        ("html", FileFormat::Html),
        ("htm", FileFormat::Html),
    ];

    /// The format of an extension.
    pub fn of(extension: &str) -> Option<FileFormat> {
        let known = FileFormat::EXTENSIONS.iter();
        known.filter(|(known, _)| known.eq_ignore_ascii_case(extension)).map(|(_, format)| *format).next()
    }

    /// Whether a part is written where none was asked for: a file that holds one part holds the
    /// ranking, and so do the annexes of a decision.
    pub fn usually_holds(self, what: What) -> bool {
        match self {
            FileFormat::Csv | FileFormat::Docx | FileFormat::Pdf => what == What::Ranking,
            FileFormat::Json
            | FileFormat::Markdown
            | FileFormat::Text
            | FileFormat::Xlsx
            | FileFormat::Html => true,
        }
    }

    /// Whether it is an annex of a decision.
    pub fn is_annex(self) -> bool {
        matches!(self, FileFormat::Docx | FileFormat::Pdf)
    }
}

/// Renders an export. A PDF is rendered as the Word file whose pages it shows; `commands` has another
/// program turn it into them.
///
/// # Errors
/// What the format's own library says.
pub fn publish(publication: &Publication<'_>, format: FileFormat, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let style = Style { lang, width: None, colour: false, signs: Signs::Blocks };
    let each = |render: &dyn Fn(&dyn View) -> Vec<u8>| {
        let parts = publication.parts.iter().map(|part| render(&*part.view));
        parts.collect::<Vec<_>>().join(&b'\n')
    };
    match format {
        FileFormat::Csv => match &publication.parts[..] {
            [part] => csv::render(&part.view.report(), csv::Reader::Excel(lang)),
            _ => anyhow::bail!("một tệp CSV chỉ chứa một phần · a CSV file holds one part"),
        },
        FileFormat::Json => Ok(json::publish(publication, lang)),
        FileFormat::Markdown => Ok(each(&|view| markdown::render(&view.report(), lang))),
        FileFormat::Docx | FileFormat::Pdf => docx::publish(publication, lang),
        FileFormat::Text => Ok(each(&|view| table::render(&view.report(), style))),
        FileFormat::Xlsx => xlsx::publish(publication, lang),
        FileFormat::Html => html::publish(publication, lang),
    }
}
