//! `costs.csv` → what improvements cost: `criterion,level,cost`.

use super::header::{self, Columns, Sought};
use super::small::Row;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::lang::{Lang, Text};
use crate::number::reading::{self, Fault, Form};
use crate::source::{Place, Sheet};
use crate::text;
use crate::text::{folded, nearest, words};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What improvements cost; 1 where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// By the folded id of a criterion or deduction, and the folded level, empty for all levels; none:
    /// it cannot be improved.
    of: HashMap<(String, String), (Option<Decimal>, Place)>,
}

/// The columns of costs.
static COSTS: LazyLock<Columns> = LazyLock::new(|| {
    Columns::new(&[
        ("criterion", &["tiêu chí", "mã tiêu chí"]),
        ("level", &["mức", "phương án"]),
        ("cost", &["chi phí", "công sức"]),
    ])
});

/// Costs beyond this could not be added up.
const MOST: Decimal = Decimal::from_parts(1_410_065_408, 2, 0, false, 0); // 10^10

/// Digits behind the mark that a cost may have.
const DIGITS: u32 = 4;

/// What the header of costs looks like.
pub fn sought() -> Sought<'static> {
    Sought::small(&COSTS, "criterion, cost")
}

/// Reads costs for the criteria, bonuses and deductions of a set.
pub fn costs(sheet: &Sheet, set: &CriteriaSet, form: Option<Form>, out: &mut Diagnostics) -> Costs {
    let mut costs = Costs::default();
    let Some(columns) = header::find_in(sheet, &COSTS, &["criterion", "cost"], out) else { return costs };
    let leaves = set.leaves.iter().map(|leaf| leaf.id.as_str());
    let ids: Vec<&str> = leaves.chain(set.entries.iter().map(|entry| entry.id.as_str())).collect();
    for (row, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *row, cells, declared: form };
        let Some(id) = row.id("criterion", ids.iter().copied(), out) else { continue };
        let level = row.cell("level");
        let place = row.place("criterion");
        if !ids.iter().any(|known| folded(known) == folded(id)) {
            let what = text!("tiêu chí", "criterion");
            out.names_nothing(place, &what, id, nearest(id, ids.iter().copied()), &ids);
            continue;
        }
        let Some(cost) = cost(&row, out) else { continue };
        let key = (folded(id), folded(level));
        if let Some((_, first)) = costs.of.get(&key) {
            out.duplicate_cost(place, id, first.clone());
            continue;
        }
        costs.of.insert(key, (cost, place));
    }
    costs
}

/// The cost of a row, none where there is no way; `None`: it is no cost, which is reported.
fn cost(row: &Row<'_>, out: &mut Diagnostics) -> Option<Option<Decimal>> {
    let cell = row.cell("cost");
    if words::yes_no(cell) == Some(false) {
        return Some(None);
    }
    match reading::read(cell, row.form("cost")) {
        Ok(read)
            if !read.percent
                && !read.value.is_sign_negative()
                && read.value <= MOST
                && read.value.normalize().scale() <= DIGITS =>
        {
            Some(Some(read.value))
        }
        Err(Fault::Ambiguous { decimal, thousands }) => {
            out.ambiguous_number(row.place("cost"), cell, "", row.cell("criterion"), decimal, thousands);
            None
        }
        _ => {
            out.bad_cost(row.place("cost"), cell, row.cell("criterion"));
            None
        }
    }
}

impl Costs {
    /// Levels that are named of a criterion but are none of those that it has for a unit: the place, the
    /// criterion, the level. `levels` gives them by folded id; of what it does not have nothing is said.
    pub fn unknown_levels<'a>(
        &'a self,
        levels: &HashMap<String, Vec<Text>>,
    ) -> Vec<(&'a Place, &'a str, &'a str)> {
        let mut unknown: Vec<(&Place, &str, &str)> = Vec::new();
        for ((id, level), (_, place)) in self.of.iter().filter(|((_, level), _)| !level.is_empty()) {
            let Some(known) = levels.get(id) else { continue };
            let is_it =
                |text: &Text| [Lang::Vi, Lang::En].iter().any(|lang| folded(text.get(*lang)) == *level);
            if !known.iter().any(is_it) {
                unknown.push((place, id, level));
            }
        }
        // A map has no order.
        unknown.sort_by_key(|(_, id, level)| (*id, *level));
        unknown
    }

    /// The cost of a level: its own, else that of its criterion, else 1; none where it cannot be had.
    pub fn find(&self, id: &str, level: &Text) -> Option<Decimal> {
        let key = |level: &str| (folded(id), folded(level));
        let own = [Lang::Vi, Lang::En].iter().find_map(|lang| self.of.get(&key(level.get(*lang))));
        own.or_else(|| self.of.get(&key(""))).map_or(Some(Decimal::ONE), |(cost, _)| *cost)
    }
}
