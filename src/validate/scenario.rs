//! A file of scenarios → [`Scenario`]s.

use super::criteria_set::rounding as read_rounding;
use super::round::MISSING;
use crate::diagnostic::Diagnostics;
use crate::keys::{self, Keys, Spanned};
use crate::scenario::{Change, Rounded, Scenario, Units, What};
use crate::source::{Place, Source};
use crate::text;
use crate::text::folded;

/// Reads scenarios; those that have mistakes are left out.
pub fn scenarios(source: &Source, out: &mut Diagnostics) -> Vec<Scenario> {
    let mut file = keys::parse(source, text!("tệp kịch bản", "the file of scenarios"), out);
    file.need("scenario", out);
    let mut scenarios: Vec<Scenario> = Vec::new();
    for table in file.tables("scenario", text!("kịch bản", "the scenario"), out) {
        let Some(scenario) = scenario(table, out) else { continue };
        if let Some(first) = scenarios.iter().find(|other| folded(&other.id) == folded(&scenario.id)) {
            out.duplicate_id(scenario.place.clone(), &scenario.id, Some(first.place.clone()));
            continue;
        }
        scenarios.push(scenario);
    }
    file.finish(out);
    scenarios
}

fn scenario(mut table: Keys<'_>, out: &mut Diagnostics) -> Option<Scenario> {
    let place = table.place();
    let before = out.errors();
    let id = table.need_text("id", out).map(Spanned::into_inner);
    if let Some(id) = &id {
        table.call(text!("kịch bản {id}", "scenario {id}"));
    }
    let text = |text: Option<Spanned<String>>| text.map(Spanned::into_inner).unwrap_or_default();
    let name = text(table.text("name", out));
    let note = text(table.text("note", out));
    let tier = table.text("tier", out).map(Spanned::into_inner);
    let mut changes = Vec::new();
    for (key, read) in LISTS {
        if !table.has(key) {
            continue;
        }
        for mut row in table.tables(key, text!("thay đổi {key}", "the change {key}"), out) {
            let place = row.place();
            let own_tier = row.text("tier", out).map(Spanned::into_inner).or_else(|| tier.clone());
            let of = units(&mut row, key, out);
            let what = read(&mut row, out);
            row.finish(out);
            changes.extend(what.map(|what| Change { what, of, tier: own_tier, place }));
        }
    }
    for criterion in table.texts("drop", out) {
        let place = if criterion.span().is_empty() { place.clone() } else { table.place_of(&criterion) };
        let what = What::Drop { criterion: criterion.into_inner() };
        changes.push(Change { what, of: Units::All, tier: tier.clone(), place });
    }
    let mut policy =
        |what: What, place: Place| changes.push(Change { what, of: Units::All, tier: tier.clone(), place });
    let place_of = table.place_of_key("missing");
    if let Some(missing) = table.word("missing", &MISSING, out) {
        policy(What::Missing(missing), place_of);
    }
    let place_of = table.place_of_key("on");
    if let Some(printed) = table.word("on", &[("exact", false), ("printed", true)], out) {
        policy(What::OnPrinted(printed), place_of);
    }
    if let Some(mut roundings) = table.table("rounding", text!("rounding", "rounding"), out) {
        for (key, of) in [("points", Rounded::Points), ("total", Rounded::Total), ("index", Rounded::Index)] {
            let place = roundings.place_of_key(key);
            if let Some(rounding) = read_rounding(&mut roundings, key, out) {
                policy(What::Rounding { of, rounding }, place);
            }
        }
        roundings.finish(out);
    }
    table.finish(out);
    if changes.is_empty() && out.errors() == before {
        out.scenario_is_empty(place.clone());
    }
    (out.errors() == before).then_some(Scenario { id: id?, name, note, changes, place })
}

/// What reads one kind of change.
type ReadChange = fn(&mut Keys<'_>, &mut Diagnostics) -> Option<What>;

/// The lists of changes: each a key of a scenario, and what reads a table of it.
const LISTS: [(&str, ReadChange); 7] = [
    ("set", |row, out| {
        let input = row.need_text("criterion", out);
        row.need("value", out);
        let value = row.written("value", out);
        Some(What::Set { input: input?.into_inner(), value: value?.into_inner() })
    }),
    ("points", |row, out| {
        let criterion = row.need_text("criterion", out);
        let points = row.need_amount("points", out);
        Some(What::Points { criterion: criterion?.into_inner(), points: points?.into_inner() })
    }),
    ("na", |row, out| Some(What::NotApplicable { criterion: row.need_text("criterion", out)?.into_inner() })),
    ("deduct", |row, out| {
        let entry = row.need_text("deduction", out);
        let count = row.amount("count", out).map(Spanned::into_inner);
        let points = row.amount("points", out).map(Spanned::into_inner);
        let criterion = row.text("criterion", out).map(Spanned::into_inner);
        Some(What::Deduct { entry: entry?.into_inner(), count, points, criterion })
    }),
    ("waive", |row, out| Some(What::Waive { entry: row.need_text("deduction", out)?.into_inner() })),
    ("max", |row, out| {
        if row.has("deduction") {
            let entry = row.need_text("deduction", out);
            let times = row.need_amount("times", out);
            return Some(What::Times { entry: entry?.into_inner(), times: times?.into_inner() });
        }
        let criterion = row.need_text("criterion", out);
        let max = row.need_amount("max", out);
        Some(What::Max { criterion: criterion?.into_inner(), max: max?.into_inner() })
    }),
    ("grade", |row, out| {
        let grade = row.need_text("grade", out);
        let from = row.need_amount("from", out);
        Some(What::Grade { grade: grade?.into_inner(), from: from?.into_inner() })
    }),
];

/// `unit` or `block`; changes of the set are for all units.
fn units(row: &mut Keys<'_>, key: &str, out: &mut Diagnostics) -> Units {
    if ["max", "grade"].contains(&key) {
        return Units::All;
    }
    if row.has("block") {
        if row.has("unit") {
            out.one_of_keys(row.place_of_key("block"), &["unit", "block"], 2);
        }
        row.text("unit", out);
        return row.text("block", out).map_or(Units::All, |block| Units::Block(block.into_inner()));
    }
    match row.need_text("unit", out).map(Spanned::into_inner) {
        Some(unit) if unit == "*" => Units::All,
        Some(unit) => Units::One(unit),
        None => Units::All,
    }
}
