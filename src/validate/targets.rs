//! `targets.csv` → the target of each unit's criterion (chỉ tiêu giao).

use super::header::{self, Sought, TARGETS};
use super::names::{ByName, Meant, Names};
use super::percent::fractions;
use super::small::Row;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::model::Unit;
use crate::number::reading::Form;
use crate::rule::Input;
use crate::source::{Place, Sheet};
use crate::text;
use crate::text::{folded, nearest};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// The targets of a tier: by the place of the unit and of the leaf.
pub type Targets = HashMap<(usize, usize), Decimal>;

/// A tier whose units and criteria targets may name.
#[derive(Clone, Copy, Debug)]
pub struct Tier<'a> {
    /// Its criteria set.
    pub set: &'a CriteriaSet,
    /// Its units.
    pub units: &'a [Unit],
}

/// What the header of targets looks like.
pub fn sought() -> Sought<'static> {
    Sought::small(&TARGETS, "unit, criterion, target")
}

/// Reads the targets of all tiers. A unit that several tiers score has its target in each whose set
/// has such a criterion.
pub fn targets(sheet: &Sheet, tiers: &[Tier<'_>], form: Option<Form>, out: &mut Diagnostics) -> Vec<Targets> {
    let mut targets = vec![Targets::new(); tiers.len()];
    let needed = ["unit", "criterion", "target"];
    let Some(columns) = header::find_in(sheet, &TARGETS, &needed, out) else { return targets };
    let units: Vec<HashMap<String, usize>> = tiers
        .iter()
        .map(|tier| tier.units.iter().enumerate().map(|(at, unit)| (folded(&unit.id), at)).collect())
        .collect();
    let all = tiers.iter().flat_map(|tier| tier.units);
    let names = Names::new(all.map(|unit| (unit.id.as_str(), unit.name.as_str())));
    let mut by_name = ByName::default();
    let mut seen: HashMap<(usize, usize, usize), Place> = HashMap::new();
    let mut given = Given::new();
    for (row, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *row, cells, declared: form };
        let unit = row.cell("unit");
        let leaves = tiers.iter().flat_map(|tier| tier.set.leaves.iter().map(|leaf| leaf.id.as_str()));
        let Some(criterion) = row.id("criterion", leaves, out) else { continue };
        let meant = names.find(unit);
        let (Meant::Id(at) | Meant::Name(at)) = meant else {
            names.report(row.place("unit"), unit, &meant, out);
            continue;
        };
        if let Meant::Name(_) = meant {
            by_name.see(at, || row.place("unit"), unit, names.id(at));
        }
        let key = folded(names.id(at));
        let of: Vec<(usize, usize)> =
            (0..tiers.len()).filter_map(|tier| units[tier].get(&key).map(|&unit| (tier, unit))).collect();
        let takers: Vec<(usize, usize, usize)> = of
            .iter()
            .filter_map(|&(tier, unit)| Some((tier, unit, leaf_with_target(tiers[tier].set, criterion)?)))
            .collect();
        if takers.is_empty() {
            let sets = of.iter().map(|&(tier, _)| tiers[tier].set);
            let ids = sets.flat_map(|set| set.leaves.iter().filter(|leaf| has_target(leaf.rule.inputs())));
            let near = out.advise(|| nearest(criterion, ids.map(|leaf| leaf.id.as_str())));
            out.no_such_target(row.place("criterion"), criterion, unit, near);
            continue;
        }
        if row.cell("target").is_empty() {
            row.report(
                "target",
                unit,
                criterion,
                text!("một số không âm", "a number that is not negative"),
                out,
            );
            continue;
        }
        let Some(target) = row.percent("target", [unit, criterion], out) else { continue };
        for (tier, at, leaf) in takers {
            if let Some(first) = seen.insert((tier, at, leaf), row.place("target")) {
                out.duplicate_value(row.place("target"), unit, criterion, Some(first));
            }
            targets[tier].insert((at, leaf), target);
            given.entry(criterion.to_owned()).or_default().push((
                row.place("target"),
                unit.to_owned(),
                target,
            ));
        }
    }
    by_name.say(out);
    report_fractions(&given, out);
    targets
}

/// Targets of a criterion, each with its place and its unit.
type Given = BTreeMap<String, Vec<(Place, String, Decimal)>>;

/// Says which targets look like fractions of 1 among percentages.
fn report_fractions(given: &Given, out: &mut Diagnostics) {
    for (criterion, targets) in given {
        let values: Vec<Decimal> = targets.iter().map(|(.., target)| *target).collect();
        for at in fractions(&values) {
            let (place, unit, target) = &targets[at];
            out.looks_like_fraction(place.clone(), unit, criterion, *target);
        }
    }
}

fn has_target(inputs: &[Input]) -> bool {
    inputs.iter().any(|input| input.name == Input::TARGET)
}

/// The criterion of an id, if it is held against a target.
fn leaf_with_target(set: &CriteriaSet, id: &str) -> Option<usize> {
    set.leaves.iter().position(|leaf| leaf.id == id && has_target(leaf.rule.inputs()))
}
