//! `units.csv` → units by tier.

use super::header::{self, Sought, UNITS};
use crate::diagnostic::Diagnostics;
use crate::model::{Ranked, Unit};
use crate::source::{Place, Sheet};
use crate::text::{folded, nearest, words};
use std::collections::{HashMap, HashSet};

/// A unit and the tier that it belongs to; the tier may be empty where there is only one.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The unit.
    pub unit: Unit,
    /// The id of its tier.
    pub tier: String,
    /// The cell that names the units that it came from.
    pub place: Place,
}

/// What the header of a list of units looks like.
pub fn sought() -> Sought<'static> {
    Sought::new(|name| UNITS.known(name), |found| found.contains(&"unit"), "unit")
}

/// Reads the list of units; `tiers` are the ids that a unit may name.
pub fn units(sheet: &Sheet, tiers: &[&str], out: &mut Diagnostics) -> Vec<Listed> {
    let Some(columns) = header::find_in(sheet, &UNITS, &["unit"], out) else { return Vec::new() };
    let mut seen: HashMap<String, Place> = HashMap::new();
    let mut units = Vec::with_capacity(sheet.rows.len());
    for (row, cells) in &sheet.rows {
        let at = |name: &str| columns.iter().position(|column| *column == Some(name));
        let cell = |name: &str| at(name).and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
        let place = |name: &str| sheet.place(*row, at(name));
        let id = cell("unit");
        if id.is_empty() {
            out.empty_unit(place("unit"));
            continue;
        }
        if let Some(first) = seen.insert(folded(id), place("unit")) {
            out.duplicate_unit(place("unit"), id, first);
            continue;
        }
        let tier = cell("tier");
        if !tier.is_empty() && !tiers.is_empty() && !tiers.contains(&tier) {
            out.unknown_tier(place("tier"), tier, id, tiers);
        }
        let ranked = ranked(cell("ranked")).unwrap_or_else(|| {
            out.bad_ranked(place("ranked"), cell("ranked"), id);
            Ranked::Yes
        });
        units.push(Listed {
            unit: Unit {
                id: id.to_owned(),
                name: cell("name").to_owned(),
                block: cell("block").to_owned(),
                parent: cell("parent").to_owned(),
                previous: previous(cell("previous")),
                ranked,
                row: *row,
            },
            tier: tier.to_owned(),
            place: place("previous"),
        });
    }
    check_parents(sheet, &columns, &units, out);
    units
}

/// Reports units whose `parent` is not in the list, and units without one where others of their tier
/// have one. Where no parent at all is listed, the tier above is simply not in the round.
fn check_parents(sheet: &Sheet, columns: &[Option<&'static str>], units: &[Listed], out: &mut Diagnostics) {
    let known: HashSet<String> = units.iter().map(|listed| folded(&listed.unit.id)).collect();
    let is_known = |listed: &Listed| known.contains(&folded(&listed.unit.parent));
    if !units.iter().any(is_known) {
        return;
    }
    let column = columns.iter().position(|column| *column == Some("parent"));
    let place = |listed: &Listed| sheet.place(listed.unit.row, column);
    for listed in units.iter().filter(|listed| !listed.unit.parent.is_empty() && !is_known(listed)) {
        let ids = units.iter().map(|listed| listed.unit.id.as_str());
        let near = out.advise(|| nearest(&listed.unit.parent, ids));
        out.unknown_parent(place(listed), &listed.unit.parent, &listed.unit.id, near);
    }
    let mut tiers: Vec<&str> =
        units.iter().filter(|listed| is_known(listed)).map(|listed| &*listed.tier).collect();
    tiers.sort_unstable();
    tiers.dedup();
    for tier in tiers {
        let without: Vec<&Listed> =
            units.iter().filter(|listed| listed.tier == tier && listed.unit.parent.is_empty()).collect();
        let ids: Vec<&str> = without.iter().map(|listed| listed.unit.id.as_str()).collect();
        if let Some(first) = without.first() {
            out.no_parent(place(first), tier, &ids);
        }
    }
}

/// `A`, or `A; B` where several units became one.
fn previous(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// `có`, nothing, `không`, `không: lý do`.
fn ranked(text: &str) -> Option<Ranked> {
    let (word, reason) = text.split_once([':', '(']).unwrap_or((text, ""));
    if text.is_empty() {
        return Some(Ranked::Yes);
    }
    match words::yes_no(word)? {
        true => reason.is_empty().then_some(Ranked::Yes),
        false => Some(Ranked::No(reason.trim_end_matches(')').trim().to_owned())),
    }
}
