//! Sums, caps, total, maximum and index as formulas: what `engine::aggregate` does, cell by cell.

use super::a1::{in_column, in_row};
use super::arithmetic::{literal, rounded};
use super::events;
use super::plan::{LEAF_MAX, NUMBER, Plan, runs};
use crate::criteria_set::{Node, Reduce};
use crate::number::Points;
use rust_decimal::Decimal;
use std::ops::Range;

/// `MIN(cap, what)`, where there is a cap.
fn capped(what: String, cap: Option<Points>) -> String {
    cap.map_or(what.clone(), |cap| format!("MIN({},{what})", literal(cap.exact())))
}

impl Plan<'_> {
    /// The sum of a group; `N/A` where nothing in it applies, if that is so now.
    pub fn group_formula(&self, row: u32, node: usize, is_na: bool) -> String {
        let nodes = &self.set().nodes;
        let children = self
            .subtree(node)
            .filter(|&child| nodes[child].parent == Some(node))
            .map(|child| self.columns.nodes[child]);
        let cells = self.run(row, children);
        let sum = capped(format!("SUM({cells})"), nodes[node].cap);
        if is_na { format!("IF(COUNT({cells})=0,\"N/A\",{sum})") } else { sum }
    }

    /// Points less what events took from a node; never below 0.
    pub fn less_formula(&self, row: u32, node: usize, points: &str) -> String {
        let own = &self.set().nodes[node];
        let taken = self.taken_formula(row, events::NODE, node + 1);
        let left = format!("MAX(0,{points}-{taken})");
        match own.leaf.and_then(|leaf| self.set().leaves[leaf].rounding) {
            Some(rounding) => rounded(&left, rounding),
            None => left,
        }
    }

    /// What the events of an entry came to.
    pub fn events_formula(&self, row: u32, entry: usize) -> Option<String> {
        self.events.as_ref()?;
        Some(self.taken_formula(row, events::ENTRY, entry + 1))
    }

    /// The counted points of a unit's events that have a number in a column. Numbers, not ids, are
    /// compared: to a spreadsheet "1.10" equals 1.1.
    fn taken_formula(&self, row: u32, column: u16, number: usize) -> String {
        let all = |column| self.all_events(column);
        let own = in_column(row, NUMBER);
        format!("SUMIFS({},{},{own},{},{number})", all(events::COUNTED), all(events::UNIT), all(column))
    }

    /// All criteria together.
    pub fn regular_formula(&self, row: u32) -> String {
        let fields = self.set().fields().map(|field| self.columns.nodes[field]);
        capped(format!("SUM({})", self.run(row, fields)), self.set().total.cap)
    }

    /// The maximum of all criteria that apply.
    pub fn applicable_formula(&self, row: u32) -> String {
        capped(self.max_in("", row, 0..self.set().nodes.len()), self.set().total.cap)
    }

    /// The maximum of a node that applies; with the name of the sheet from another one.
    pub fn max_formula(&self, sheet: &str, row: u32, node: usize) -> String {
        let own = &self.set().nodes[node];
        let subtree = self.subtree(node);
        let inner = if own.leaf.is_some() { subtree } else { node + 1..subtree.end };
        capped(self.max_in(sheet, row, inner), own.cap)
    }

    /// The maxima of the criteria that apply, less what caps of groups take away.
    fn max_in(&self, sheet: &str, row: u32, nodes: Range<usize>) -> String {
        let (first, last) = (self.columns.nodes[nodes.start], self.columns.nodes[nodes.end - 1]);
        let mut formula = format!(
            "SUMPRODUCT(({sheet}{}:{}<>\"N/A\")*{sheet}${}:${})",
            in_column(row, first),
            in_column(row, last),
            in_row(LEAF_MAX, first),
            in_row(LEAF_MAX, last)
        );
        let mut node = nodes.start;
        while node < nodes.end {
            let subtree = self.subtree(node);
            match self.set().nodes[node].cap {
                Some(cap) if 1 < subtree.len() => {
                    let inner = self.max_in(sheet, row, node + 1..subtree.end);
                    formula += &format!("-MAX(0,{inner}-{})", literal(cap.exact()));
                    node = subtree.end;
                }
                _ => node += 1,
            }
        }
        formula
    }

    fn survey_columns(&self) -> impl Iterator<Item = u16> {
        let set = self.set();
        let is_survey = |node: &usize| set.nodes[*node].leaf.is_some_and(|leaf| set.leaves[leaf].is_survey);
        (0..set.nodes.len()).filter(is_survey).map(|node| self.columns.nodes[node])
    }

    /// Points and applicable maximum of the survey criteria.
    pub fn survey_formulas(&self, row: u32) -> (String, String) {
        if self.survey_columns().next().is_none() {
            return ("0".to_owned(), "0".to_owned());
        }
        let max = |(first, last): (u16, u16)| {
            let (from, to) = (in_column(row, first), in_column(row, last));
            let (from_max, to_max) = (in_row(LEAF_MAX, first), in_row(LEAF_MAX, last));
            format!("SUMPRODUCT(({from}:{to}<>\"N/A\")*${from_max}:${to_max})")
        };
        let maxima: Vec<String> = runs(self.survey_columns()).into_iter().map(max).collect();
        (format!("SUM({})", self.run(row, self.survey_columns())), maxima.join("+"))
    }

    /// The full maximum of the criteria, and of the survey criteria among them.
    pub fn full(&self) -> (Decimal, Decimal) {
        let set = self.set();
        let is_survey = |node: &&Node| node.leaf.is_some_and(|leaf| set.leaves[leaf].is_survey);
        let survey: Decimal = set.nodes.iter().filter(is_survey).map(|node| node.max.exact()).sum();
        (set.max.exact() - self.bonus_in_max(), survey)
    }

    /// The part of the set's maximum that bonus can fill.
    pub fn bonus_in_max(&self) -> Decimal {
        let policy = &self.set().total;
        let cap = policy.bonus_cap.filter(|_| policy.bonus_in_max);
        cap.map_or(Decimal::ZERO, Points::exact)
    }

    /// Points after they were brought back to the full maximum, and the maximum then.
    pub fn back_formulas(&self, row: u32) -> (String, String) {
        let policy = &self.set().total;
        let (full, survey_full) = self.full();
        let [mut points, mut max] =
            [self.columns.regular, self.columns.applicable].map(|at| in_column(row, at));
        if policy.reduce == Reduce::Appraised
            && let Some((survey, survey_max)) = self.columns.survey
        {
            let [survey, survey_max] = [survey, survey_max].map(|at| in_column(row, at));
            let rest = literal(full - survey_full);
            let left = format!("ROUND({max}-{survey_max},10)>0");
            points = format!("IF({left},({points}-{survey})*{rest}/({max}-{survey_max})+{survey},{survey})");
            max = format!("IF({left},{rest}+{survey_max},{survey_max})");
        }
        if policy.adjust_after
            && let Some((_, back_max)) = self.columns.back
        {
            let max = in_column(row, back_max);
            points = format!("IF({max}>0,({points})*{}/{max},0)", literal(full));
        }
        (points, max)
    }

    /// Bonus or deductions of the unit, after their cap.
    pub fn entries_formula(&self, row: u32, is_deduction: bool) -> String {
        let policy = &self.set().total;
        let cells = self.run(row, self.columns.of_unit(self.set(), is_deduction));
        let sum = if cells.is_empty() { "0".to_owned() } else { format!("SUM({cells})") };
        capped(sum, if is_deduction { policy.deduction_cap } else { policy.bonus_cap })
    }

    /// The maximum that counts in the index.
    pub fn index_max_formula(&self, row: u32) -> String {
        let set = self.set();
        if set.total.adjust_after {
            return literal(set.max.exact());
        }
        let max = in_column(row, self.columns.back.map_or(self.columns.applicable, |(_, max)| max));
        match self.bonus_in_max() {
            bonus if bonus.is_zero() => max,
            bonus => format!("{max}+{}", literal(bonus)),
        }
    }

    /// The total, between floor and ceiling.
    pub fn total_formula(&self, row: u32) -> String {
        let (set, policy) = (self.set(), &self.set().total);
        let mut sum = in_column(row, self.columns.back.map_or(self.columns.regular, |(points, _)| points));
        if let Some(bonus) = self.columns.bonus {
            sum += &format!("+{}", in_column(row, bonus));
        }
        if let Some(deductions) = self.columns.deductions {
            sum += &format!("-{}", in_column(row, deductions));
        }
        if let Some(ceiling) = policy.ceiling {
            let max = in_column(row, self.columns.max);
            let most = match literal(ceiling.exact() - set.max.exact()).as_str() {
                "0" => max,
                less if less.starts_with('-') => format!("{max}{less}"),
                more => format!("{max}+{more}"),
            };
            sum = format!("MIN({sum},{most})");
        }
        policy.floor.map_or(sum.clone(), |floor| format!("MAX({},{sum})", literal(floor.exact())))
    }

    /// The index; nothing where no criterion applies.
    pub fn index_formula(&self, row: u32) -> String {
        let applicable = in_column(row, self.columns.back.map_or(self.columns.applicable, |(_, max)| max));
        let [total, max] = [self.columns.total, self.columns.max].map(|at| in_column(row, at));
        format!("IF({applicable}>0,{total}*100/{max},\"\")")
    }
}
