//! `[[group]]`, `[[question]]`, and where files hold the answers to them.

use super::head::inner;
use super::labels::read_labels;
use super::{Names, find, placed_texts};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::questionnaire::{Asked, Group, Question, Scale};
use crate::text;

/// Demographic questions; their options become scales.
pub(super) fn read_groups(
    file: &mut Keys<'_>,
    scales: &mut Vec<Scale>,
    names: &mut Names,
    out: &mut Diagnostics,
) -> Vec<Group> {
    let mut groups = Vec::new();
    for mut table in file.tables("group", text!("nhóm", "the group"), out) {
        let id = table.need_text("id", out);
        let id = names.take(&table, id, out);
        let name = table.need_text("name", out);
        let asked = read_asked(&mut table, id.as_deref().unwrap_or_default(), names, out);
        let scale = read_options(&mut table, scales, out);
        table.finish(out);
        if let (Some(id), Some(name), Some(scale)) = (id, inner(name), scale) {
            groups.push(Group { id, name, scale, asked });
        }
    }
    groups
}

/// What is asked besides.
pub(super) fn read_questions(
    file: &mut Keys<'_>,
    scales: &mut Vec<Scale>,
    names: &mut Names,
    out: &mut Diagnostics,
) -> Vec<Question> {
    const MOST: usize = 64; // the options are the bits of one number
    let mut questions = Vec::new();
    for mut table in file.tables("question", text!("câu hỏi", "the question"), out) {
        let id = table.need_text("id", out);
        let id = names.take(&table, id, out);
        let text = table.need_text("text", out);
        let multiple = table.flag("multiple", out).unwrap_or(false);
        let asked = read_asked(&mut table, id.as_deref().unwrap_or_default(), names, out);
        let scale = read_options(&mut table, scales, out);
        if let Some(scale) = scale.filter(|scale| MOST < scales[*scale].labels.len()) {
            let found = scales[scale].labels.len();
            let expected =
                text!("tối đa {MOST} phương án, không phải {found}", "at most {MOST} options, not {found}");
            out.number_out_of_range(table.place(), "options", expected);
        }
        table.finish(out);
        if let (Some(id), Some(text), Some(scale)) = (id, inner(text), scale) {
            questions.push(Question { id, text, scale, multiple, asked });
        }
    }
    questions
}

/// `options`, `[[….option]]`, or the `scale` that the options are of.
fn read_options(table: &mut Keys<'_>, scales: &mut Vec<Scale>, out: &mut Diagnostics) -> Option<usize> {
    if table.has("scale") {
        let name = table.text("scale", out)?;
        return find(table, "scale", &name, scales.iter().map(|scale| scale.id.as_str()), out);
    }
    let before = out.errors();
    let scale = read_labels(table, ["options", "option"], out);
    if out.errors() > before {
        return None;
    }
    scales.push(scale);
    Some(scales.len() - 1)
}

/// `columns`, `question`, `number`.
pub(super) fn read_asked(table: &mut Keys<'_>, id: &str, names: &mut Names, out: &mut Diagnostics) -> Asked {
    let columns = placed_texts(table, "columns", out);
    names.take_columns(id, &columns, out);
    let question = table.text("question", out).map(Spanned::into_inner);
    let number_place = table.place_of_key("number");
    let number = table.whole("number", 1_000, out).map(Spanned::into_inner);
    if number.is_some() && question.is_none() {
        let needs = text!("number cần có question", "number needs a question");
        out.contradiction(number_place, needs);
    }
    Asked { columns: columns.into_iter().map(|(column, _)| column).collect(), question, number }
}
