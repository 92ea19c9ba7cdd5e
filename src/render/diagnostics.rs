//! How mistakes look on a terminal: what, where under a caret, the nearest right thing, remedy.

use super::Style;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::lang::Lang;
use crate::source::Place;
use crate::text;
use std::collections::HashMap;
use std::fmt::Write;

/// All mistakes as text. Of one code, so many are shown whole and the rest are counted.
pub fn render(diagnostics: &Diagnostics, most_of_a_code: usize, style: Style) -> String {
    let mut text = String::new();
    let mut shown: HashMap<(&str, Severity), usize> = HashMap::new();
    for diagnostic in diagnostics.iter() {
        let count = shown.entry((diagnostic.code, diagnostic.severity)).or_default();
        *count += 1;
        if *count <= most(diagnostic.code, most_of_a_code) {
            one(&mut text, diagnostic, style);
        }
    }
    let mut hidden: Vec<_> =
        shown.into_iter().filter(|((code, _), count)| most(code, most_of_a_code) < *count).collect();
    hidden.sort();
    for ((code, severity), count) in hidden {
        let more = count - most(code, most_of_a_code);
        let _ = match (style.lang, severity) {
            (Lang::Vi, Severity::Error) => writeln!(text, "… và {more} lỗi nữa cùng loại [{code}]"),
            (Lang::Vi, Severity::Warning) => writeln!(text, "… và {more} cảnh báo nữa cùng loại [{code}]"),
            (Lang::En, Severity::Error) => writeln!(text, "… and {more} more errors of this kind [{code}]"),
            (Lang::En, Severity::Warning) => {
                writeln!(text, "… and {more} more warnings of this kind [{code}]")
            }
        };
    }
    let lost = diagnostics.errors() + diagnostics.warnings() - diagnostics.iter().count();
    if 0 < lost {
        let _ = match style.lang {
            Lang::Vi => writeln!(text, "… và {lost} thông báo nữa không hiện ở đây"),
            Lang::En => writeln!(text, "… and {lost} more messages that are not shown"),
        };
    }
    text
}

/// How many of a code are shown whole; of readings that are plain, a few are enough.
fn most(code: &str, most_of_a_code: usize) -> usize {
    if code == "read-as" { most_of_a_code.min(5) } else { most_of_a_code }
}

fn one(text: &mut String, diagnostic: &Diagnostic, style: Style) {
    let lang = style.lang;
    let (word, colour) = match (diagnostic.severity, lang) {
        (Severity::Error, Lang::Vi) => ("lỗi", "31"),
        (Severity::Error, Lang::En) => ("error", "31"),
        (Severity::Warning, Lang::Vi) => ("cảnh báo", "33"),
        (Severity::Warning, Lang::En) => ("warning", "33"),
    };
    let paint = |code: &str, text: &str| match style.colour {
        true => format!("\x1b[{code}m{text}\x1b[0m"),
        false => text.to_owned(),
    };
    let message = printable(diagnostic.message.get(lang));
    let _ = writeln!(text, "{}: {message} [{}]", paint(&format!("1;{colour}"), word), diagnostic.code);
    if let Some(subject) = subject(diagnostic, &message, lang) {
        let _ = writeln!(text, "  {subject}");
    }
    if let Some(place) = &diagnostic.place {
        place_lines(text, place, lang, |mark| paint(colour, mark));
    }
    for (why, place) in &diagnostic.related {
        let _ = writeln!(text, "  … {}:", why.get(lang));
        place_lines(text, place, lang, |mark| paint("34", mark));
    }
    if let Some(nearest) = &diagnostic.nearest {
        let word = if lang == Lang::Vi { "gần nhất" } else { "nearest" };
        let _ = writeln!(text, "  {}: {}", paint("36", word), printable(nearest));
    }
    if let Some(help) = &diagnostic.help {
        let word = if lang == Lang::Vi { "cách sửa" } else { "remedy" };
        let _ = writeln!(text, "  {}: {}", paint("36", word), printable(help.get(lang)));
    }
    text.push('\n');
}

/// The unit and the criterion that it concerns, as far as the message does not name them.
fn subject(diagnostic: &Diagnostic, message: &str, lang: Lang) -> Option<String> {
    let (unit_word, criterion_word) =
        if lang == Lang::Vi { ("đơn vị", "tiêu chí") } else { ("unit", "criterion") };
    let named = [(unit_word, &diagnostic.unit), (criterion_word, &diagnostic.criterion)];
    let is_new = |id: &str| !message.split([' ', ',', ':', '"']).any(|word| word == id);
    let parts: Vec<String> = named
        .into_iter()
        .filter_map(|(word, id)| {
            id.as_deref().filter(|id| is_new(id)).map(|id| format!("{word} {}", printable(id)))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The file and the place in it; for a text file the line with a caret under it.
fn place_lines(text: &mut String, place: &Place, lang: Lang, paint: impl Fn(&str) -> String) {
    if let Some(words) = place.sheet_words() {
        let _ = writeln!(text, "  --> {}", words.get(lang));
        return;
    }
    let _ = match place {
        Place::File { file } => writeln!(text, "  --> {}", printable(file)),
        Place::Row { table, row, header } => {
            let (row_word, column_word) =
                if lang == Lang::Vi { ("dòng", "cột") } else { ("row", "column") };
            let header = header.as_ref().map(|header| format!(", {column_word} \"{}\"", printable(header)));
            writeln!(text, "  --> {}: {row_word} {row}{}", table.file, header.unwrap_or_default())
        }
        Place::Text { file, line, column, excerpt, indent, width } => {
            let margin = " ".repeat(line.to_string().len());
            let carets = paint(&"^".repeat(*width));
            let _ = writeln!(text, "  --> {file}:{line}:{column}");
            writeln!(text, "  {line} | {}\n  {margin} | {}{carets}", printable(excerpt), " ".repeat(*indent))
        }
    };
}

/// Text without signs that would steer the terminal, and not endless.
fn printable(text: &str) -> String {
    const MOST: usize = 1_000;
    text::printable(text).chars().take(MOST).collect()
}
