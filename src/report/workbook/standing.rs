//! Rank and grade as formulas: what they compare, and whether that gives ours.

use super::a1::{in_column, in_row, quoted};
use super::arithmetic::{as_seen, literal, rounded, seen};
use super::plan::{FIRST, Plan, Rows};
use crate::criteria_set::{CriteriaSet, Grade, LimitIf, LimitOn, Method};
use crate::engine::Scores;
use crate::number::{Rounding, settle};
use rust_decimal::Decimal;

/// What a ranking compares, exactly: the index, then the tie-break.
pub(super) fn exact_keys(set: &CriteriaSet, scores: &Scores, unit: usize) -> Vec<Decimal> {
    keys(set, scores, unit, settle)
}

/// Whether neighbours in a ranking are told apart, or not, by what formulas see just as they are by
/// the exact numbers.
pub(super) fn is_seen_alike(set: &CriteriaSet, scores: &Scores, ranked: &[usize]) -> bool {
    let exact = |unit| exact_keys(set, scores, unit);
    let seen = |unit| keys(set, scores, unit, as_seen);
    let alike = |a: usize, b: usize| exact(a).cmp(&exact(b)) == seen(a).cmp(&seen(b));
    ranked.windows(2).all(|pair| alike(pair[0], pair[1]))
}

fn keys(set: &CriteriaSet, scores: &Scores, unit: usize, see: fn(Decimal) -> Decimal) -> Vec<Decimal> {
    let printed = set.ranking.on_printed;
    let compared = |number: Decimal, rounding: Rounding| {
        if printed { rounding.apply(see(number)) } else { see(number) }
    };
    let points = |node: &usize| {
        let points = scores.nodes.get(unit, *node).map_or(Decimal::ZERO, |score| score.points.exact());
        compared(points, set.points_rounding)
    };
    let index = compared(scores.units[unit].index.exact(), set.index_rounding);
    std::iter::once(index).chain(set.ranking.tie_break.iter().map(points)).collect()
}

/// The place of the grade of an index by what formulas see: 1 for the best, one more than there are
/// for none.
pub(super) fn grade_seen(set: &CriteriaSet, index: Decimal) -> usize {
    let index = as_seen(index);
    let printed = set.index_rounding.apply(index);
    let earns = |grade: &Grade| grade.from <= if grade.on_printed { printed } else { index };
    set.grades.iter().position(earns).unwrap_or(set.grades.len()) + 1
}

impl Plan<'_> {
    /// The index as formulas compare it.
    pub fn seen_formula(&self, row: u32) -> String {
        let index = in_column(row, self.columns.index);
        format!("IF(ISNUMBER({index}),{},\"\")", seen(&index))
    }

    /// The index as it is printed.
    pub fn printed_formula(&self, row: u32) -> String {
        let seen = in_column(row, self.columns.seen);
        format!("IF(ISNUMBER({seen}),{},\"\")", rounded(&seen, self.set().index_rounding))
    }

    /// What is compared where the index is equal.
    pub fn key_formula(&self, row: u32, node: usize) -> String {
        let points = in_column(row, self.columns.nodes[node]);
        let set = self.set();
        let compared =
            if set.ranking.on_printed { rounded(&points, set.points_rounding) } else { seen(&points) };
        format!("IF(ISNUMBER({points}),{compared},0)")
    }

    /// The rank where ties share one and the next is left out.
    pub fn place_formula(&self, row: u32, rows: &Rows) -> String {
        let first = if self.set().ranking.on_printed { self.columns.printed } else { self.columns.seen };
        let own = in_column(row, first);
        let all = self.ranked(rows, first);
        let mut formula = format!("RANK({own},{all},0)");
        let mut equal = format!("({all}={own})");
        for &key in &self.columns.keys {
            let (own, all) = (in_column(row, key), self.ranked(rows, key));
            formula += &format!("+SUMPRODUCT({equal}*({all}>{own}))");
            equal += &format!("*({all}={own})");
        }
        format!("IF(ISNUMBER({own}),{formula},\"\")")
    }

    /// The rank as the set gives it to equal units.
    pub fn rank_formula(&self, row: u32, rows: &Rows) -> String {
        let Some(place) = self.columns.place else { return self.place_formula(row, rows) };
        let (own, all) = (in_column(row, place), self.ranked(rows, place));
        let ranked = match (self.set().ranking.method, self.columns.first, self.columns.alphabet) {
            (Method::Dense, Some(first), _) => {
                format!("1+SUMPRODUCT(({all}<{own})*{})", self.ranked(rows, first))
            }
            (Method::Ordinal, _, Some(alphabet)) => {
                let (letter, letters) = (in_column(row, alphabet), self.ranked(rows, alphabet));
                format!("{own}+SUMPRODUCT(({all}={own})*({letters}<{letter}))")
            }
            _ => return own,
        };
        format!("IF(ISNUMBER({own}),{ranked},\"\")")
    }

    /// 1 where no row above has the same place, else 0.
    pub fn first_formula(&self, row: u32, rows: &Rows, place: u16) -> String {
        let own = in_column(row, place);
        let first = in_row(FIRST + rows.ranked.start as u32, place);
        format!("IF(ISNUMBER({own}),IF(COUNTIF(${first}:{own},{own})=1,1,0),0)")
    }

    /// The place of the grade by the index, from 1.
    fn grade_place(&self, row: u32, words: impl Fn(usize) -> String) -> String {
        let set = self.set();
        let mut formula = words(set.grades.len());
        for (at, grade) in set.grades.iter().enumerate().rev() {
            let column = if grade.on_printed { self.columns.printed } else { self.columns.seen };
            let (index, from) = (in_column(row, column), literal(grade.from));
            formula = format!("IF({index}>={from},{},{formula})", words(at));
        }
        formula
    }

    /// The place of the grade by the index, where limits may hold it down.
    pub fn grade_step_formula(&self, row: u32) -> String {
        let seen = in_column(row, self.columns.seen);
        let none = self.set().grades.len() + 1;
        let place = self.grade_place(row, |at| (at + 1).to_string());
        format!("IF(ISNUMBER({seen}),{place},{none})")
    }

    /// The grade.
    pub fn grade_formula(&self, row: u32) -> String {
        let set = self.set();
        let name =
            |at: usize| set.grades.get(at).map_or_else(|| "\"\"".to_owned(), |grade| quoted(&grade.name));
        let Some(step) = self.columns.grade_step else {
            let seen = in_column(row, self.columns.seen);
            return format!("IF(ISNUMBER({seen}),{},\"\")", self.grade_place(row, name));
        };
        let step = in_column(row, step);
        let limits = self.run(row, self.columns.limits.iter().copied());
        let names: Vec<String> = (0..set.grades.len()).map(name).collect();
        let (none, names) = (set.grades.len() + 1, names.join(","));
        format!("IF({step}<{none},CHOOSE(MAX({step},{limits}),{names}),\"\")")
    }

    /// The best place that a limit leaves a unit, 0 for any; `None` if no formula can say it.
    pub fn limit_formula(&self, row: u32, at: usize) -> Option<String> {
        let limit = &self.set().grade_limits[at];
        let (column, node) = match limit.on {
            LimitOn::Node(node) => (self.columns.nodes[node], Some(node)),
            LimitOn::Entry(entry) => (self.columns.entries[entry], None),
        };
        let points = in_column(row, column);
        let holds = match limit.when {
            LimitIf::PointsFrom(from) => format!("{}>={}", seen(&points), literal(from)),
            LimitIf::PointsBelow(below) => format!("{}<{}", seen(&points), literal(below)),
            LimitIf::ShareBelow(share) => {
                let max = node.map_or_else(|| "0".to_owned(), |node| self.max_formula("", row, node));
                format!("{}<0", seen(&format!("{points}*100-({max})*{}", literal(share))))
            }
            LimitIf::Anything => format!("0<{}", seen(&points)),
            LimitIf::Answer(_)
            | LimitIf::MeasureFrom(_)
            | LimitIf::MeasureBelow(_)
            | LimitIf::TargetMissed => return None,
        };
        Some(format!("IF(ISNUMBER({points}),IF({holds},{},0),0)", limit.at_most + 1))
    }
}
