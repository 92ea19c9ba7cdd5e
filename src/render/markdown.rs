//! Markdown: headings, pipe tables, notes as a list.

use crate::lang::Lang;
use crate::report::{ColumnKind, Report, Table, words};
use crate::text::printable;

pub(super) fn render(report: &Report<'_>, lang: Lang) -> Vec<u8> {
    let mut text = String::new();
    for (at, title) in report.titles.iter().enumerate() {
        let mark = if at == 0 { "# " } else { "" };
        text += &format!("{mark}{}\n\n", title.get(lang));
    }
    for section in &report.sections {
        if let Some(heading) = &section.heading {
            text += &format!("## {}\n\n", heading.get(lang));
        }
        if let Some(table) = &section.table {
            write_table(table, lang, &mut text);
        }
        for note in &section.notes {
            text += &format!("- {}\n", note.get(lang));
        }
        if !section.notes.is_empty() {
            text.push('\n');
        }
    }
    for note in &report.notes {
        text += &format!("- {}\n", note.get(lang));
    }
    for print in &report.provenance {
        text += &format!("- `{}` sha256 `{}`\n", print.file, print.sha256);
    }
    if !report.provenance.is_empty() {
        text += &format!("- parindex {}\n", env!("CARGO_PKG_VERSION"));
    }
    let shown: Vec<_> = text.lines().map(printable).collect();
    (shown.join("\n") + "\n").into_bytes()
}

fn write_table(table: &Table<'_>, lang: Lang, text: &mut String) {
    let shown: Vec<usize> =
        (0..table.columns.len()).filter(|&at| table.columns[at].kind != ColumnKind::Machine).collect();
    let mut line = |cells: Vec<String>| *text += &format!("| {} |\n", cells.join(" | "));
    let cell = |text: &str| printable(text).replace('|', "\\|").replace('<', "&lt;");
    line(shown.iter().map(|&at| cell(table.columns[at].title.get(lang))).collect());
    let rule = |&at: &usize| match table.columns[at].kind {
        ColumnKind::Number | ColumnKind::Extra | ColumnKind::Detail => "---:".to_owned(),
        _ => "---".to_owned(),
    };
    line(shown.iter().map(rule).collect());
    for row in 0..table.len {
        let cells = (table.row)(row);
        line(shown.iter().map(|&at| cell(&words(&cells[at], lang))).collect());
    }
    text.push('\n');
}
