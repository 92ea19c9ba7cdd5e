//! A TOML file → a [`Questionnaire`].

mod asked;
mod head;
mod labels;
mod overall;
mod parts;
mod shares;

pub(super) use head::read_columns;

use crate::diagnostic::Diagnostics;
use crate::keys::{self, Keys, Spanned};
use crate::questionnaire::Questionnaire;
use crate::source::{Place, Source};
use crate::text;
use crate::text::{folded, nearest};
use std::collections::HashMap;

/// Reads a questionnaire. Where there are errors, there is none.
pub fn questionnaire(source: &Source, out: &mut Diagnostics) -> Option<Questionnaire> {
    let first = out.kept();
    let questionnaire = read(source, out);
    out.sort_lines(first);
    questionnaire
}

fn read(source: &Source, out: &mut Diagnostics) -> Option<Questionnaire> {
    let before = out.errors();
    let mut file = keys::parse(source, text!("bộ câu hỏi", "the questionnaire"), out);
    let mut names = Names::default();
    let head = head::read(&mut file, out);
    let (mut scales, scale_places) = labels::read_scales(&mut file, out);
    let fields = parts::read_fields(&mut file, &mut names, out);
    let factors = parts::read_factors(&mut file, &fields, &mut names, out);
    let direct = head.as_ref().and_then(|head| head.direct.as_ref());
    let direct = direct.map(|(item, _)| item.as_str());
    let items = parts::read_items(&mut file, (&factors.list, &scales, direct), &mut names, out);
    let groups = asked::read_groups(&mut file, &mut scales, &mut names, out);
    let questions = asked::read_questions(&mut file, &mut scales, &mut names, out);
    let shares = shares::read(&mut file, (&questions, &scales), &mut names, out);
    let columns = head::read_columns(&mut file, out);
    let roundings = head::read_rounding(&mut file, out);
    let ranking = head::read_ranking(&mut file, out);
    let validity = head::read_validity(&mut file, items.len(), out);
    let drafts = parts::read_targets(&mut file, out);
    file.finish(out);
    if items.is_empty() && out.errors() == before {
        out.no_items(source.whole());
    }
    if out.errors() == before {
        parts::check(&factors, &items, (&scales, &scale_places), out); // else each would follow from another
    }
    let head = head?;
    let overall = overall::resolve(&head, &factors, &items, out)?;
    let mut questionnaire = Questionnaire {
        id: head.id,
        name: head.name,
        status: head.status,
        basis: head.basis,
        notes: head.notes,
        scales,
        fields,
        factors: factors.list,
        items,
        overall,
        target: head.target,
        groups,
        questions,
        shares,
        validity,
        rounding: roundings,
        ranking,
        unit_targets: Vec::new(),
        columns,
    };
    questionnaire.unit_targets = parts::resolve_targets(drafts, &questionnaire, out);
    (out.errors() == before).then_some(questionnaire)
}

/// The ids and the column names of the file: each means one thing.
#[derive(Default)]
struct Names {
    ids: HashMap<String, Place>,
    columns: HashMap<String, (String, Place)>,
}

impl Names {
    /// Takes an id; reports one that is malformed or stands twice.
    fn take(
        &mut self,
        keys: &Keys<'_>,
        id: Option<Spanned<String>>,
        out: &mut Diagnostics,
    ) -> Option<String> {
        let id = id?;
        let place = keys.place_of(&id);
        let is_bad = |c: char| c.is_whitespace() || ",;\"'[]".contains(c);
        if id.get_ref().contains(is_bad) || id.get_ref().starts_with('#') || id.get_ref() == "overall" {
            out.bad_id(place.clone(), id.get_ref());
        }
        if let Some(first) = self.ids.insert(id.get_ref().clone(), place.clone()) {
            out.duplicate_id(place, id.get_ref(), Some(first));
        }
        Some(id.into_inner())
    }

    /// Takes the names of a column; reports those that another has.
    fn take_columns(&mut self, id: &str, columns: &[(String, Place)], out: &mut Diagnostics) {
        for (column, place) in columns {
            let now = (id.to_owned(), place.clone());
            if let Some((other, first)) = self.columns.insert(folded(column), now) {
                out.same_column(place.clone(), column, id, &other, first);
            }
        }
    }
}

/// The place of a name in a list; reports one that is not there.
fn find<'k>(
    keys: &Keys<'_>,
    key: &'static str,
    name: &Spanned<String>,
    known: impl Iterator<Item = &'k str> + Clone,
    out: &mut Diagnostics,
) -> Option<usize> {
    let found = known.clone().position(|other| other == name.get_ref());
    if found.is_none() {
        let known: Vec<&str> = known.collect();
        let near = nearest(name.get_ref(), known.iter().copied());
        out.unknown_word(keys.place_of(name), key, name.get_ref(), near, &known);
    }
    found
}

/// Texts, each with its place.
fn placed_texts(keys: &mut Keys<'_>, key: &'static str, out: &mut Diagnostics) -> Vec<(String, Place)> {
    let whole = keys.place_of_key(key);
    let texts = keys.texts(key, out);
    let placed = texts.into_iter().map(|text| {
        let place = if text.span().is_empty() { whole.clone() } else { keys.place_of(&text) };
        (text.into_inner(), place)
    });
    placed.collect()
}

/// Texts without their places.
fn plain_texts(keys: &mut Keys<'_>, key: &'static str, out: &mut Diagnostics) -> Vec<String> {
    keys.texts(key, out).into_iter().map(Spanned::into_inner).collect()
}
