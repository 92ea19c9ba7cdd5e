//! `[[field]]`, `[[factor]]`, `[[item]]`, `[[target]]`.

use super::asked::read_asked;
use super::head::{inner, percent};
use super::{Names, find};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::number::Percent;
use crate::questionnaire::{Counts, Factor, Field, Item, Questionnaire, Scale, UnitTarget};
use crate::source::Place;
use crate::text;
use crate::text::nearest;
use rust_decimal::Decimal;

pub(super) fn read_fields(file: &mut Keys<'_>, names: &mut Names, out: &mut Diagnostics) -> Vec<Field> {
    let mut fields = Vec::new();
    for mut table in file.tables("field", text!("lĩnh vực", "the field"), out) {
        let id = table.need_text("id", out);
        let id = names.take(&table, id, out);
        let name = table.need_text("name", out);
        let target = percent(&mut table, "target", out);
        table.finish(out);
        if let (Some(id), Some(name)) = (id, inner(name)) {
            fields.push(Field { id, name, target });
        }
    }
    fields
}

/// The factors, and what is still to be checked of each.
#[derive(Default)]
pub(super) struct Factors {
    pub list: Vec<Factor>,
    pub weights: Vec<Option<Decimal>>,
    pub places: Vec<Place>,
}

pub(super) fn read_factors(
    file: &mut Keys<'_>,
    fields: &[Field],
    names: &mut Names,
    out: &mut Diagnostics,
) -> Factors {
    let mut factors = Factors::default();
    for mut table in file.tables("factor", text!("yếu tố", "the factor"), out) {
        let place = table.place();
        let id = table.need_text("id", out);
        let id = names.take(&table, id, out);
        let name = table.need_text("name", out);
        if !fields.is_empty() {
            table.need("field", out);
        }
        let field = table.text("field", out);
        let known = fields.iter().map(|field| field.id.as_str());
        let field = field.and_then(|field| find(&table, "field", &field, known, out));
        let target = percent(&mut table, "target", out);
        let weight = table.amount("weight", out).map(Spanned::into_inner);
        table.finish(out);
        if let (Some(id), Some(name)) = (id, inner(name)) {
            factors.list.push(Factor { id, name, field, target });
            factors.weights.push(weight);
            factors.places.push(place);
        }
    }
    factors
}

/// The items; `direct` is the one that asks directly and may be outside of the factors.
pub(super) fn read_items(
    file: &mut Keys<'_>,
    (factors, scales, direct): (&[Factor], &[Scale], Option<&str>),
    names: &mut Names,
    out: &mut Diagnostics,
) -> Vec<Item> {
    let mut items = Vec::new();
    for mut table in file.tables("item", text!("mục hỏi", "the item"), out) {
        let id = table.need_text("id", out);
        let id = names.take(&table, id, out);
        if id.is_some() && id.as_deref() != direct {
            table.need("factor", out);
        }
        let text = table.need_text("text", out);
        let factor = table.text("factor", out);
        let known = factors.iter().map(|factor| factor.id.as_str());
        let factor = factor.and_then(|factor| find(&table, "factor", &factor, known, out));
        let scale = read_scale(&mut table, scales, out);
        let target = percent(&mut table, "target", out);
        let asked = read_asked(&mut table, id.as_deref().unwrap_or_default(), names, out);
        table.finish(out);
        if let (Some(id), Some(text), Some(scale)) = (id, inner(text), scale) {
            items.push(Item { id, text, factor, scale, target, asked });
        }
    }
    items
}

/// The scale that an item names, or the first.
fn read_scale(table: &mut Keys<'_>, scales: &[Scale], out: &mut Diagnostics) -> Option<usize> {
    match table.text("scale", out) {
        Some(scale) => find(table, "scale", &scale, scales.iter().map(|scale| scale.id.as_str()), out),
        None if scales.is_empty() => {
            table.need("scale", out);
            None
        }
        None => Some(0),
    }
}

/// Reports factors without items, and scales of items on which nothing counts as satisfied.
pub(super) fn check(
    factors: &Factors,
    items: &[Item],
    (scales, places): (&[Scale], &[Place]),
    out: &mut Diagnostics,
) {
    for (at, factor) in factors.list.iter().enumerate() {
        if !items.is_empty() && items.iter().all(|item| item.factor != Some(at)) {
            out.factor_without_items(factors.places[at].clone(), &factor.id);
        }
    }
    for (at, (scale, place)) in scales.iter().zip(places).enumerate() {
        let is_used = items.iter().any(|item| item.scale == at);
        let has_satisfied = scale.labels.iter().any(|label| label.counts == Counts::Satisfied);
        if is_used && !has_satisfied && !scale.labels.is_empty() {
            out.nothing_satisfied(place.clone(), &scale.id);
        }
    }
}

/// A `[[target]]` of which the part is not yet looked up.
pub(super) struct TargetDraft {
    unit: String,
    of: Option<(String, Place)>,
    target: Percent,
    place: Place,
}

pub(super) fn read_targets(file: &mut Keys<'_>, out: &mut Diagnostics) -> Vec<TargetDraft> {
    let mut drafts = Vec::new();
    for mut table in file.tables("target", text!("chỉ tiêu", "the target"), out) {
        let place = table.place();
        let unit = table.need_text("unit", out);
        let of_place = table.place_of_key("of");
        let of = table.text("of", out).map(|of| (of.into_inner(), of_place));
        table.need("target", out);
        let target = percent(&mut table, "target", out);
        table.finish(out);
        if let (Some(unit), Some(target)) = (inner(unit), target) {
            drafts.push(TargetDraft { unit, of, target, place });
        }
    }
    drafts
}

/// Targets of units for the overall index, or for what they name.
pub(super) fn resolve_targets(
    drafts: Vec<TargetDraft>,
    questionnaire: &Questionnaire,
    out: &mut Diagnostics,
) -> Vec<UnitTarget> {
    let mut targets = Vec::new();
    for draft in drafts {
        let (of, place) = draft.of.unwrap_or_else(|| ("overall".to_owned(), draft.place.clone()));
        let Some(part) = questionnaire.part(&of) else {
            let factors = questionnaire.factors.iter().map(|factor| factor.id.as_str());
            let fields = questionnaire.fields.iter().map(|field| field.id.as_str());
            let known: Vec<&str> = std::iter::once("overall").chain(factors).chain(fields).collect();
            let items = questionnaire.items.iter().map(|item| item.id.as_str());
            let near = nearest(&of, known.iter().copied().chain(items));
            out.unknown_word(place, "of", &of, near, &known);
            continue;
        };
        targets.push(UnitTarget { unit: draft.unit, of: part, target: draft.target, place: draft.place });
    }
    targets
}
