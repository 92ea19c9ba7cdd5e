//! What `check` found.

use super::json::bytes;
use super::{Report, View};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::lang::{Lang, Text};
use crate::source::Place;
use crate::text;
use serde_json::{Value, json};

/// Mistakes as a result of their own.
pub struct FindingsView<'a> {
    /// The mistakes.
    pub diagnostics: &'a Diagnostics,
    /// What was checked, said when nothing is wrong.
    pub checked: Vec<Text>,
}

impl View for FindingsView<'_> {
    fn report(&self) -> Report<'_> {
        let (errors, warnings) = (self.diagnostics.errors(), self.diagnostics.warnings());
        let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let (some_errors, some_warnings) = (count(errors, "error"), count(warnings, "warning"));
        let summary = match (errors, warnings) {
            (0, 0) => text!("Không có lỗi.", "Nothing is wrong."),
            (0, warnings) => text!("Không có lỗi; {warnings} cảnh báo.", "No errors; {some_warnings}."),
            (errors, 0) => text!("{errors} lỗi.", "{some_errors}."),
            (errors, warnings) => {
                text!("{errors} lỗi, {warnings} cảnh báo.", "{some_errors}, {some_warnings}.")
            }
        };
        Report { titles: self.checked.iter().cloned().chain([summary]).collect(), ..Report::default() }
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let list: Vec<Value> = self.diagnostics.iter().map(|diagnostic| one(diagnostic, lang)).collect();
        let all = json!({
            "errors": self.diagnostics.errors(),
            "warnings": self.diagnostics.warnings(),
            "diagnostics": list,
        });
        bytes(&all)
    }
}

fn one(diagnostic: &Diagnostic, lang: Lang) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(why, at)| json!({ "message": why.get(lang), "place": place(at) }))
        .collect();
    json!({
        "severity": severity,
        "code": diagnostic.code,
        "message": diagnostic.message.get(lang),
        "place": diagnostic.place.as_ref().map(place),
        "related": related,
        "nearest": diagnostic.nearest,
        "help": diagnostic.help.as_ref().map(|help| help.get(lang)),
        "unit": diagnostic.unit,
        "criterion": diagnostic.criterion,
    })
}

fn place(place: &Place) -> Value {
    match place {
        Place::File { file } => json!({ "file": &**file }),
        Place::Text { file, line, column, .. } => json!({ "file": &**file, "line": line, "column": column }),
        Place::Row { table, row, header } => {
            let mut of = json!({ "file": &*table.file, "row": row, "header": header });
            if let Some((sheet, cell)) = place.in_sheet() {
                of["sheet"] = sheet.into();
                of["cell"] = cell.into();
            }
            of
        }
    }
}
