//! An explanation as JSON: criteria with inputs and steps, entries with events.

use super::ExplanationView;
use crate::criteria_set::EntryBy;
use crate::lang::Lang;
use crate::model::{Event, Value};
use crate::number::Points;
use crate::report::json::{number, text};
use crate::rule::Status;
use crate::source::Place;
use serde_json::json;

impl ExplanationView<'_> {
    /// What each bonus and deduction gave or took, and the events that did.
    pub(super) fn entries_json(&self, lang: Lang) -> Vec<serde_json::Value> {
        let set = self.set();
        let events = self.tier().events.get(&self.unit).map_or(&[][..], Vec::as_slice);
        let of_entry = |at: usize| -> Vec<serde_json::Value> {
            let counted =
                events.iter().zip(&self.explanation.parts.events).filter(|(event, _)| event.entry == at);
            let one = |(event, points): (&Event, &Points)| {
                json!({
                    "points": number(points.exact()),
                    "waived": event.waived,
                    "criterion": event.node.map(|node| &set.nodes[node].id),
                    "document": text(&event.document),
                    "reason": text(&event.reason),
                    "file": event.place.file(),
                })
            };
            counted.map(one).collect()
        };
        let parts = set.entries.iter().zip(&self.explanation.parts.entries).enumerate();
        parts
            .map(|(at, (entry, points))| match entry.by {
                EntryBy::Leaf(leaf) => {
                    let mut all = self.leaf_json(leaf, lang);
                    all["deduction"] = entry.is_deduction.into();
                    all
                }
                EntryBy::Events(_) => json!({
                    "id": entry.id,
                    "name": entry.name,
                    "deduction": entry.is_deduction,
                    "points": number(points.exact()),
                    "events": of_entry(at),
                }),
            })
            .collect()
    }

    pub(super) fn leaf_json(&self, leaf: usize, lang: Lang) -> serde_json::Value {
        let (set, score) = (self.set(), self.leaf_score(leaf));
        let (name, basis, _) = self.words(leaf);
        let inputs: Vec<serde_json::Value> = set
            .leaf_columns(leaf)
            .filter(|&column| self.tier().data.value(self.unit, column) != Value::Missing)
            .map(|column| {
                let value = match self.tier().data.value(self.unit, column) {
                    Value::Number(value) => number(value),
                    _ => serde_json::Value::from(self.value_words(column).get(lang)),
                };
                let place = self.tier().data.place(self.unit, column, self.beside(column));
                let (file, row) = match &place {
                    Some(Place::Row { table, row, .. }) => (Some(table.file.to_string()), Some(*row)),
                    Some(place) => (Some(place.file().to_owned()), None),
                    None => (None, None),
                };
                let mut of =
                    json!({ "input": set.columns[column].input.name, "value": value, "file": file, "row": row });
                if let Some((sheet, cell)) = place.as_ref().and_then(Place::in_sheet) {
                    of["sheet"] = sheet.into();
                    of["cell"] = cell.into();
                }
                if self.tier().data.is_by_format(self.unit, column) {
                    of["percent_format"] = true.into();
                }
                of
            })
            .collect();
        let steps: Vec<&str> =
            self.explanation.leaves[leaf].steps.iter().map(|step| step.get(lang)).collect();
        let status = match self.explanation.leaves[leaf].outcome.status {
            Status::Scored => "scored",
            Status::NotApplicable => "not-applicable",
            Status::MissingZero => "missing-zero",
            Status::MissingNotApplicable => "missing-not-applicable",
            Status::Faulty => "faulty",
        };
        let mut all = json!({
            "id": set.leaves[leaf].id,
            "name": name,
            "max": number(score.max.exact()),
            "points": if score.not_applicable { serde_json::Value::Null } else { number(score.points.exact()) },
            "lost": number(self.lost(leaf)),
            "status": status,
            "rule": set.leaves[leaf].rule.describe().get(lang),
            "basis": text(basis),
            "inputs": inputs,
            "steps": steps,
        });
        let outcome = &self.explanation.leaves[leaf].outcome;
        if let Some(is_met) = outcome.target {
            all["target_met"] = is_met.into();
        }
        let stages = self.stages_json(leaf);
        if !stages.is_empty() {
            all["stages"] = stages.into();
        }
        all
    }
}
