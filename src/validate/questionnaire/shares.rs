//! `[[share]]`: the share of one option, or of several, of a question.

use super::head::inner;
use super::labels::label_of;
use super::{Names, find, placed_texts};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::questionnaire::{Question, Scale, Share};
use crate::text;
use crate::text::nearest;

pub(super) fn read(
    file: &mut Keys<'_>,
    (questions, scales): (&[Question], &[Scale]),
    names: &mut Names,
    out: &mut Diagnostics,
) -> Vec<Share> {
    let mut shares = Vec::new();
    for mut table in file.tables("share", text!("tỷ lệ", "the share"), out) {
        let id = table.need_text("id", out);
        let id = names.take(&table, id, out);
        let name = table.need_text("name", out);
        let question = table.need_text("question", out);
        let known = questions.iter().map(|question| question.id.as_str());
        let question = question.and_then(|question| find(&table, "question", &question, known, out));
        table.need("option", out);
        let options = question.map(|at| &scales[questions[at].scale]);
        let options = read_options(&mut table, options, out);
        table.finish(out);
        if let (Some(id), Some(name), Some(question)) = (id, inner(name), question) {
            shares.push(Share { id, name, question, options });
        }
    }
    shares
}

/// The bits of the options that `option` names.
fn read_options(table: &mut Keys<'_>, scale: Option<&Scale>, out: &mut Diagnostics) -> u64 {
    let mut options = 0;
    for (word, place) in placed_texts(table, "option", out) {
        let Some(scale) = scale else { continue };
        match label_of(scale, &word) {
            Some(label) => options |= 1_u64.checked_shl(label as u32).unwrap_or(0),
            None => {
                let known: Vec<&str> = scale.labels.iter().map(|label| label.text.as_str()).collect();
                out.unknown_word(place, "option", &word, nearest(&word, known.iter().copied()), &known);
            }
        }
    }
    options
}
