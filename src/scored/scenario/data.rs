//! Other results: a value is set, a criterion does not apply.

use super::{Applied, Target};
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::model::{Stage, Value};
use crate::rule::Input;
use crate::scenario::Change;
use crate::source::Place;
use crate::text;
use crate::text::folded;
use crate::validate::results::read_value;
use rust_decimal::Decimal;

impl Applied {
    /// Sets a value for all units that are meant.
    pub(super) fn set(
        &mut self,
        change: &Change,
        targets: &[Target],
        (input, value): (&str, &str),
        out: &mut Diagnostics,
    ) {
        let columns: Vec<(Target, usize)> = targets
            .iter()
            .filter_map(|target| Some((target.clone(), self.loaded.tiers[target.0].set.input(input)?)))
            .collect();
        if columns.is_empty() {
            let known = |set: &CriteriaSet| (0..set.columns.len()).map(|at| set.header(at)).collect();
            self.report_unknown(change, targets, (text!("tiêu chí", "criterion"), input), known, out);
            return;
        }
        let before = out.errors();
        let mut is_changed = false;
        for ((tier, units), column) in columns {
            let set = &self.loaded.tiers[tier].set;
            let form = self.loaded.round.form;
            let label = units.first().map_or("", |unit| self.loaded.tiers[tier].data.units[*unit].label());
            let about = (change.place.clone(), label);
            let Some(value) = read_value((set, column), value, form, about, out) else { return };
            if value == Value::Missing {
                let why = text!("giá trị để trống", "its value is empty");
                out.changes_nothing(change.place.clone(), why);
                return;
            }
            let others = replaced(set, column);
            for unit in units {
                is_changed |= self.put((tier, unit, column), value, &change.place, out);
                for other in &others {
                    self.put((tier, unit, *other), Value::Missing, &change.place, out);
                }
            }
        }
        if !is_changed && out.errors() == before {
            let why = text!("giá trị đã là {value}", "the value is {value} already");
            self.report_nothing(change, why, out);
        }
    }

    /// Lets a criterion not apply to all units that are meant.
    pub(super) fn not_applicable(
        &mut self,
        change: &Change,
        targets: &[Target],
        criterion: &str,
        out: &mut Diagnostics,
    ) {
        let Some(found) = self.leaves(change, targets, criterion, out) else { return };
        let before = out.errors();
        let mut is_changed = false;
        for ((tier, units), leaf) in found {
            let columns = self.loaded.tiers[tier].set.leaves[leaf].columns.clone();
            for unit in units {
                for column in columns.clone() {
                    is_changed |= self.put((tier, unit, column), Value::NotApplicable, &change.place, out);
                }
            }
        }
        if !is_changed && out.errors() == before {
            let why = text!("tiêu chí đã là không áp dụng", "the criterion does not apply already");
            self.report_nothing(change, why, out);
        }
    }

    /// Supposes points of a criterion for all units that are meant.
    pub(super) fn suppose(
        &mut self,
        change: &Change,
        targets: &[Target],
        (criterion, points): (&str, Decimal),
        out: &mut Diagnostics,
    ) {
        let Some(found) = self.leaves(change, targets, criterion, out) else { return };
        for ((tier, units), leaf) in found {
            let max = self.loaded.tiers[tier].set.leaves[leaf].max;
            if max < points {
                return out.more_than_maximum(change.place.clone(), points, max);
            }
            for unit in units {
                let other = self.supposed.get(&(tier, unit, leaf)).filter(|(other, _)| *other != points);
                let columns = self.loaded.tiers[tier].set.leaf_columns(leaf);
                let set = columns.filter_map(|column| self.cells.get(&(tier, unit, column))).next();
                let first = other.map(|(_, place)| place).or(set.map(|(_, place)| place)).cloned();
                if let Some(first) = first {
                    self.contradict((tier, unit, leaf), &change.place, first, out);
                    continue;
                }
                self.supposed.insert((tier, unit, leaf), (points, change.place.clone()));
                self.loaded.tiers[tier].data.supposed.insert((unit, leaf), points);
                self.touched[tier].add(unit);
            }
        }
    }

    /// The leaf of a criterion, bonus or deduction in each tier that has it; `None`: none has, which is
    /// reported.
    fn leaves(
        &self,
        change: &Change,
        targets: &[Target],
        criterion: &str,
        out: &mut Diagnostics,
    ) -> Option<Vec<(Target, usize)>> {
        let leaf = |tier: usize| {
            let leaves = &self.loaded.tiers[tier].set.leaves;
            leaves.iter().position(|leaf| folded(&leaf.id) == folded(criterion))
        };
        let found: Vec<(Target, usize)> =
            targets.iter().filter_map(|target| Some((target.clone(), leaf(target.0)?))).collect();
        if found.is_empty() {
            let known = |set: &CriteriaSet| set.leaves.iter().map(|leaf| leaf.id.clone()).collect();
            self.report_unknown(change, targets, (text!("tiêu chí", "criterion"), criterion), known, out);
            return None;
        }
        Some(found)
    }

    /// Puts a value into a cell; says whether that is another one. Two changes of one cell that do not
    /// agree are reported.
    fn put(
        &mut self,
        cell: (usize, usize, usize),
        value: Value,
        place: &Place,
        out: &mut Diagnostics,
    ) -> bool {
        let (tier, unit, column) = cell;
        let leaf = self.loaded.tiers[tier].set.columns[column].leaf;
        let other = self.cells.get(&cell).filter(|(other, _)| *other != value).map(|(_, place)| place);
        let supposed = self.supposed.get(&(tier, unit, leaf)).map(|(_, place)| place);
        if let Some(first) = other.or(supposed).cloned() {
            self.contradict((tier, unit, leaf), place, first, out);
            return false;
        }
        self.cells.insert(cell, (value, place.clone()));
        let data = &mut self.loaded.tiers[tier].data;
        let at = unit * data.width + column;
        if data.cells.value(at) == value {
            return false;
        }
        data.cells.set(at, value, Stage::None);
        self.touched[tier].add(unit);
        true
    }

    /// Reports two changes of a criterion that do not agree; of many units once.
    fn contradict(
        &mut self,
        (tier, unit, leaf): (usize, usize, usize),
        place: &Place,
        first: Place,
        out: &mut Diagnostics,
    ) {
        let pair = (place.clone(), first);
        if !self.contradicting.contains(&pair) {
            let of = &self.loaded.tiers[tier];
            let (unit, id) = (of.data.units[unit].label(), &of.set.leaves[leaf].id);
            let what = text!("{unit}, tiêu chí {id}", "{unit}, criterion {id}");
            out.contradicting_changes(pair.0.clone(), what, pair.1.clone());
            self.contradicting.push(pair);
        }
    }
}

/// What a value stands instead of: a ratio in % is given itself or by its parts.
fn replaced(set: &CriteriaSet, column: usize) -> Vec<usize> {
    const PARTS: [&str; 2] = [Input::NUMERATOR, Input::DENOMINATOR];
    let name = |column: usize| set.columns[column].input.name.as_str();
    let of_leaf = set.leaves[set.columns[column].leaf].columns.clone();
    if !of_leaf.clone().any(|column| PARTS.contains(&name(column))) {
        return Vec::new();
    }
    let is_other = |other: &usize| match name(column) {
        Input::VALUE => PARTS.contains(&name(*other)),
        part if PARTS.contains(&part) => name(*other) == Input::VALUE,
        _ => false,
    };
    of_leaf.filter(is_other).collect()
}
