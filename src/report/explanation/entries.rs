//! Bonus and deductions of a unit, and the events behind them.

use super::ExplanationView;
use crate::criteria_set::{Entry, EntryBy};
use crate::lang::Text;
use crate::model::Event;
use crate::report::Section;
use crate::text;
use rust_decimal::Decimal;

impl ExplanationView<'_> {
    /// Bonus and deductions, where there are any.
    pub(super) fn entry_section(&self) -> Option<Section<'_>> {
        let lines = self.entry_lines();
        (!lines.is_empty()).then(|| Section {
            heading: Some(text!("Điểm thưởng, điểm trừ", "Bonus and deductions")),
            notes: lines,
            ..Section::default()
        })
    }

    /// What each bonus and deduction came to, and each event.
    pub(super) fn entry_lines(&self) -> Vec<Text> {
        let set = self.set();
        let events = self.tier().events.get(&self.unit).map_or(&[][..], Vec::as_slice);
        let mut lines = Vec::new();
        for (entry, points) in set.entries.iter().zip(&self.explanation.parts.entries) {
            let EntryBy::Leaf(leaf) = entry.by else { continue };
            let (id, name) = (&entry.id, &entry.name);
            let how = self.explanation.leaves[leaf]
                .main_step()
                .cloned()
                .or_else(|| self.status_words(leaf))
                .unwrap_or_default();
            let points = self.signed(entry, points.exact());
            let ((pv, hv), (pe, he)) = ((points.vi, how.vi), (points.en, how.en));
            lines.push(text!("{id} {name}: {pv} ({hv})", "{id} {name}: {pe} ({he})"));
        }
        for (event, points) in events.iter().zip(&self.explanation.parts.events) {
            lines.push(self.event_line(event, self.signed(&set.entries[event.entry], points.exact())));
        }
        lines
    }

    /// The events of one entry.
    pub(super) fn events_section(&self, at: usize) -> Section<'_> {
        let entry = &self.set().entries[at];
        let (id, name) = (&entry.id, &entry.name);
        let events = self.tier().events.get(&self.unit).map_or(&[][..], Vec::as_slice);
        let counted =
            events.iter().zip(&self.explanation.parts.events).filter(|(event, _)| event.entry == at);
        let mut notes: Vec<Text> = counted
            .map(|(event, points)| self.event_line(event, self.signed(entry, points.exact())))
            .collect();
        if notes.is_empty() {
            notes.push(text!("Không có việc nào được ghi.", "No events are recorded."));
        }
        for (vi, en, text) in [("Căn cứ", "Basis", &entry.basis), ("Lưu ý", "Remark", &entry.note)] {
            if !text.is_empty() {
                notes.push(text!("{vi}: {text}", "{en}: {text}"));
            }
        }
        Section { heading: Some(text!("{id} {name}", "{id} {name}")), notes, ..Section::default() }
    }

    /// Points with the sign of their entry.
    pub(super) fn signed(&self, entry: &Entry, points: Decimal) -> Text {
        let sign = match (entry.is_deduction, points.is_zero()) {
            (_, true) => "",
            (true, false) => "−",
            (false, false) => "+",
        };
        Text::by(|lang| format!("{sign}{}", self.set().points_rounding.text(points, lang)))
    }

    pub(super) fn event_line(&self, event: &Event, points: Text) -> Text {
        let set = self.set();
        let entry = &set.entries[event.entry];
        let (id, name) = (&entry.id, &entry.name);
        let mut more = Text::default();
        let mut add = |vi: String, en: String| {
            more.vi += &vi;
            more.en += &en;
        };
        if event.waived {
            add(", được miễn".to_owned(), ", waived".to_owned());
        }
        if let Some(node) = event.node {
            let id = &set.nodes[node].id;
            add(format!(", ở {id}"), format!(", on {id}"));
        }
        if !event.document.is_empty() {
            let document = &event.document;
            add(format!(", {document}"), format!(", {document}"));
        }
        if !event.reason.is_empty() {
            let reason = &event.reason;
            add(format!(", {reason}"), format!(", {reason}"));
        }
        let place = event.place.row_words();
        let (vi, en) = ((points.vi, more.vi, place.vi), (points.en, more.en, place.en));
        let ((pv, mv, wv), (pe, me, we)) = (vi, en);
        text!("{id} {name}: {pv}{mv} ({wv})", "{id} {name}: {pe}{me} ({we})")
    }

    /// What events took from a criterion, with the words of each.
    pub(super) fn taken_from(&self, leaf: usize) -> Vec<Text> {
        let line = |(event, points): (&Event, Text)| {
            let Text { vi, en } = self.event_line(event, points);
            text!("→ {vi}", "→ {en}")
        };
        self.taken_by(leaf).map(line).collect()
    }

    /// What events took from a criterion: "T2 −0,50".
    pub(super) fn taken_words(&self, leaf: usize) -> Vec<Text> {
        let words = |(event, points): (&Event, Text)| {
            let id = &self.set().entries[event.entry].id;
            let Text { vi, en } = points;
            text!("{id} {vi}", "{id} {en}")
        };
        self.taken_by(leaf).map(words).collect()
    }

    /// The events that work on a criterion, and what each took.
    fn taken_by(&self, leaf: usize) -> impl Iterator<Item = (&Event, Text)> {
        let node = self.set().nodes.iter().position(|node| node.leaf == Some(leaf));
        let events = self.tier().events.get(&self.unit).map_or(&[][..], Vec::as_slice);
        let counted = events.iter().zip(&self.explanation.parts.events);
        let of_node = counted.filter(move |(event, _)| node.is_some() && event.node == node);
        of_node.map(|(event, points)| (event, self.signed(&self.set().entries[event.entry], points.exact())))
    }
}
