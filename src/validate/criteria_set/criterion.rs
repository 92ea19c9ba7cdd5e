//! One `[[criterion]]`: a group, or a leaf with its rule.

use super::head::{Roundings, read_rounding};
use crate::criteria_set::{Missing, NotApplicable};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::number::Rounding;
use crate::rule::{self, Rule};
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

/// A criterion as it stands in the file.
pub(super) struct Draft {
    pub id: String,
    pub id_place: Place,
    pub place: Place,
    pub name: String,
    pub max: Option<Decimal>,
    pub max_place: Place,
    pub cap: Option<Decimal>,
    pub basis: String,
    pub note: String,
    pub leaf: Option<LeafDraft>,
    /// It has a kind, whether or not its rule could be read.
    pub has_kind: bool,
}

/// A leaf that is not yet planted in a set.
pub(super) struct LeafDraft {
    pub id: String,
    pub rule: Box<dyn Rule>,
    pub max: Decimal,
    pub na: NotApplicable,
    pub missing: Option<Missing>,
    pub evidence: bool,
    pub rounding: Option<Rounding>,
    pub is_survey: bool,
}

pub(super) fn read(mut table: Keys<'_>, roundings: &Roundings, out: &mut Diagnostics) -> Option<Draft> {
    let place = table.place();
    let id = table.need_text("id", out);
    if let Some(id) = &id {
        let id = id.get_ref();
        table.call(text!("tiêu chí {id}", "criterion {id}"));
    }
    let id_place = id.as_ref().map_or_else(|| place.clone(), |id| table.place_of(id));
    let name = table.need_text("name", out).map(Spanned::into_inner).unwrap_or_default();
    let has_kind = table.has("kind");
    let max_place = table.place_of_key("max");
    let max = if has_kind { table.need_amount("max", out) } else { table.amount("max", out) };
    let max = max.map(Spanned::into_inner);
    let cap = if has_kind { None } else { table.amount("cap", out).map(Spanned::into_inner) };
    let (basis, note) = read_remarks(&mut table, out);
    let id = id.map(Spanned::into_inner);
    let leaf = if has_kind { read_leaf(&mut table, id.as_deref(), max, roundings, out) } else { None };
    table.finish(out);
    Some(Draft { id: id?, id_place, place, name, max, max_place, cap, basis, note, leaf, has_kind })
}

/// `basis` and `note`.
pub(super) fn read_remarks(table: &mut Keys<'_>, out: &mut Diagnostics) -> (String, String) {
    let mut text = |key| table.text(key, out).map(Spanned::into_inner).unwrap_or_default();
    (text("basis"), text("note"))
}

/// The keys around a rule, and the rule.
pub(super) fn read_leaf(
    table: &mut Keys<'_>,
    id: Option<&str>,
    max: Option<Decimal>,
    roundings: &Roundings,
    out: &mut Diagnostics,
) -> Option<LeafDraft> {
    let nas = [
        ("forbidden", NotApplicable::Forbidden),
        ("reduce", NotApplicable::Reduce),
        ("full", NotApplicable::Full),
    ];
    let na = table.word("na", &nas, out).unwrap_or(NotApplicable::Forbidden);
    let missing = table.word("missing", &MISSING, out);
    let evidence = table.word("evidence", &[("required", true), ("optional", false)], out).unwrap_or(false);
    let is_survey = table.word("part", &[("appraised", false), ("survey", true)], out).unwrap_or(false);
    let (mut measure_rounding, mut rounding) = (roundings.measure, roundings.points);
    if let Some(mut own) = table.table("rounding", text!("làm tròn", "the rounding"), out) {
        measure_rounding = read_rounding(&mut own, "measure", out).or(measure_rounding);
        rounding = read_rounding(&mut own, "points", out).or(rounding);
        own.finish(out);
    }
    // A rule is read all the same when its maximum is lacking, so that its own mistakes show.
    let head = rule::Head { max: max.unwrap_or(Decimal::ONE_HUNDRED), measure_rounding };
    let before = out.errors();
    let rule = rule::read(table, head, out);
    if rule.is_none() && out.errors() == before {
        table.need("kind", out);
    }
    Some(LeafDraft { id: id?.to_owned(), rule: rule?, max: max?, na, missing, evidence, rounding, is_survey })
}

/// What a missing input means, as a criterion may say it.
const MISSING: [(&str, Missing); 4] = [
    ("error", Missing::Error),
    ("zero", Missing::Zero),
    ("n/a", Missing::NotApplicable),
    ("full", Missing::Full),
];
