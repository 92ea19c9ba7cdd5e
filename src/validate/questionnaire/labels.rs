//! Scales, and the options of groups and questions: labels in their order, with codes and spellings.

use super::{Names, placed_texts, plain_texts};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::questionnaire::{Counts, Label, Scale};
use crate::source::Place;
use crate::text;
use crate::text::{folded, nearest};
use std::collections::HashMap;

/// More labels than any scale has; a code is a byte, and two of those are taken.
const MOST: usize = 200;

/// The words that say everywhere that nothing was chosen.
const BLANK: [&str; 3] = ["Chưa chọn", "-", "N/A"];

/// `[[scale]]`, each with its place.
pub(super) fn read_scales(file: &mut Keys<'_>, out: &mut Diagnostics) -> (Vec<Scale>, Vec<Place>) {
    let mut names = Names::default();
    let (mut scales, mut places) = (Vec::new(), Vec::new());
    for mut table in file.tables("scale", text!("thang đo", "the scale"), out) {
        places.push(table.place());
        let id = table.need_text("id", out);
        let id = names.take(&table, id, out);
        let mut scale = read_labels(&mut table, ["labels", "label"], out);
        mark(&mut table, "satisfied", Counts::Satisfied, &mut scale, out);
        mark(&mut table, "no_opinion", Counts::NoOpinion, &mut scale, out);
        table.finish(out);
        scale.id = id.unwrap_or_default();
        scales.push(scale);
    }
    (scales, places)
}

/// The labels of a table: a list of texts with `codes` beside it, or tables of their own.
pub(super) fn read_labels(table: &mut Keys<'_>, keys: [&'static str; 2], out: &mut Diagnostics) -> Scale {
    let [list, tables] = keys;
    let place = table.place();
    let found = usize::from(table.has(list)) + usize::from(table.has(tables));
    if found != 1 {
        out.one_of_keys(place.clone(), &keys, found);
    }
    let mut seen = Seen::default();
    let texts = placed_texts(table, list, out);
    let is_empty = found == 1 && table.has(list);
    if is_empty && texts.is_empty() {
        out.empty_list(table.place_of_key(list), list);
    }
    let codes = placed_codes(table, texts.len(), out);
    let mut labels = Vec::new();
    for (at, (text, place)) in texts.into_iter().enumerate() {
        let code = codes.get(at).map_or_else(|| (at + 1).to_string(), |code| code.0.clone());
        labels.extend(seen.label(
            Label { code, text, also: Vec::new(), counts: Counts::default() },
            place,
            out,
        ));
    }
    for table in table.tables(tables, text!("phương án", "the option"), out) {
        let at = labels.len() + 1;
        labels.extend(read_label(table, at, &mut seen, out));
    }
    if MOST < labels.len() {
        out.number_out_of_range(place, list, text!("tối đa {MOST} phương án", "at most {MOST} labels"));
    }
    let blank = plain_texts(table, "blank", out);
    Scale { id: String::new(), labels, blank: blank.into_iter().chain(BLANK.map(str::to_owned)).collect() }
}

/// `[[scale.label]]`: `name`, and if it likes `code` and `also`.
fn read_label(mut table: Keys<'_>, at: usize, seen: &mut Seen, out: &mut Diagnostics) -> Option<Label> {
    let place = table.place();
    let text = table.need_text("name", out);
    let code = table.text("code", out).map(Spanned::into_inner);
    let also = plain_texts(&mut table, "also", out);
    table.finish(out);
    let code = code.unwrap_or_else(|| at.to_string());
    seen.label(Label { code, text: text?.into_inner(), also, counts: Counts::default() }, place, out)
}

/// `codes`, one a label.
fn placed_codes(table: &mut Keys<'_>, labels: usize, out: &mut Diagnostics) -> Vec<(String, Place)> {
    let place = table.place_of_key("codes");
    let codes = placed_texts(table, "codes", out);
    if !codes.is_empty() && codes.len() != labels {
        let expected =
            text!("danh sách {labels} mã, mỗi nhãn một mã", "a list of {labels} codes, one a label");
        out.number_out_of_range(place, "codes", expected);
    }
    codes
}

/// Marks the labels that a list names by their text or their code.
fn mark(table: &mut Keys<'_>, key: &'static str, counts: Counts, scale: &mut Scale, out: &mut Diagnostics) {
    for (word, place) in placed_texts(table, key, out) {
        let Some(label) = label_of(scale, &word) else {
            let known: Vec<&str> = scale.labels.iter().map(|label| label.text.as_str()).collect();
            out.unknown_word(place, key, &word, nearest(&word, known.iter().copied()), &known);
            continue;
        };
        if scale.labels[label].counts != Counts::NotSatisfied {
            out.duplicate_option(place, &word);
        }
        scale.labels[label].counts = counts;
    }
}

/// The label that a text or a code names.
pub(super) fn label_of(scale: &Scale, word: &str) -> Option<usize> {
    let key = folded(word);
    let by_text = scale.labels.iter().position(|label| folded(&label.text) == key);
    by_text.or_else(|| scale.labels.iter().position(|label| folded(&label.code) == key))
}

/// The spellings of one scale: each means one label.
#[derive(Default)]
struct Seen {
    keys: HashMap<String, usize>,
    labels: usize,
}

impl Seen {
    /// Takes a label; reports a spelling that another has.
    fn label(&mut self, label: Label, place: Place, out: &mut Diagnostics) -> Option<Label> {
        self.labels += 1;
        for word in [&label.text, &label.code].into_iter().chain(&label.also) {
            let first = *self.keys.entry(folded(word)).or_insert(self.labels);
            if first != self.labels {
                out.duplicate_option(place, word);
                return None;
            }
        }
        Some(label)
    }
}
