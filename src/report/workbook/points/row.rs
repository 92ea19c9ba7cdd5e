//! A unit on the sheet of points.

use super::{Points, Standing};
use crate::criteria_set::EntryBy;
use crate::engine::{Desk, NodeScore, UnitScore};
use crate::lang::Text;
use crate::report::ranking::status;
use crate::report::workbook::arithmetic::{as_seen, digits, literal};
use crate::report::workbook::plan::{FIRST, ID, NAME, NUMBER};
use crate::report::workbook::standing::grade_seen;
use crate::report::workbook::{Cell, Digits, Known, Role};
use crate::text;
use rust_decimal::Decimal;

/// A unit, scored once more with everything in between.
struct Unit<'s> {
    row: u32,
    place: usize,
    unit: usize,
    desk: Desk,
    score: &'s UnitScore,
}

/// The most digits that a step is shown with.
const LONG: Digits = Digits::Fixed(10);

impl<'a> Points<'a> {
    pub(super) fn row(&self, place: usize) -> Vec<Cell<'a>> {
        let (plan, columns) = (&self.plan, &self.plan.columns);
        let unit = plan.units[place];
        let of = &plan.tier().data.units[unit];
        let mut cells = vec![Cell::empty(Role::Body); usize::from(columns.count)];
        let mut put = |column: u16, cell: Cell<'a>| cells[usize::from(column)] = cell;
        put(NUMBER, whole(place as u64 + 1, Role::Body));
        put(ID, Cell::text(of.id.as_str(), Role::Name));
        put(NAME, Cell::text(of.label(), Role::Name));
        if let Some(block) = columns.block {
            put(block, Cell::text(of.block.as_str(), Role::Name));
        }
        put(columns.label, Cell::text(self.labels[place].clone(), Role::Step));
        let mut remarks: Vec<Text> = Vec::new();
        let (word, reason) = status(plan.tier(), plan.scores(), unit);
        match word {
            "not-scored" => remarks.push(text!("Không chấm điểm", "Not scored")),
            "not-ranked" => remarks.push(text!("Không xếp hạng", "Not ranked")),
            _ => {}
        }
        remarks.extend(reason);
        if plan.is_scored(unit) {
            let events = plan.tier().events.get(&unit).map_or(&[][..], Vec::as_slice);
            let mut desk = Desk::new(plan.set());
            desk.score(plan.set(), plan.tier().missing, &plan.tier().data, unit, events);
            let score = &plan.scores().units[unit];
            let unit = Unit { row: FIRST + place as u32, place, unit, desk, score };
            self.put_points(&unit, &mut put);
            self.put_total(&unit, &mut put);
            self.put_grade(&unit, &mut remarks, &mut put);
            self.put_rank(&unit, &mut remarks, &mut put);
        }
        let said: Vec<&str> = remarks.iter().map(|remark| remark.get(plan.lang)).collect();
        put(columns.status, Cell::text(said.join(": "), Role::Name));
        cells
    }

    /// Criteria, groups, bonus and deductions.
    fn put_points(&self, unit: &Unit<'_>, put: &mut impl FnMut(u16, Cell<'a>)) {
        let (plan, row, desk) = (&self.plan, unit.row, &unit.desk);
        let set = plan.set();
        let digits = digits(set.points_rounding);
        for (node, &column) in plan.columns.nodes.iter().enumerate() {
            let NodeScore { points, not_applicable, .. } = desk.nodes[node];
            let known = || match not_applicable {
                true => Known::Text("N/A".into()),
                false => Known::Number(points.exact()),
            };
            let is_taken = desk.parts.from_nodes.get(node).is_some_and(|taken| !taken.exact().is_zero());
            let is_taken = is_taken && !not_applicable;
            let cell = match set.nodes[node].leaf {
                Some(_) if not_applicable => Cell::text("N/A", Role::Input),
                Some(leaf) if is_taken => {
                    let formula = plan.less_formula(row, node, &literal(desk.outcomes[leaf].points));
                    Cell::formula(formula, known(), Role::Input, digits)
                }
                Some(leaf) => Cell::number(desk.outcomes[leaf].points, Role::Input, digits),
                None => {
                    let sum = plan.group_formula(row, node, not_applicable);
                    let sum = if is_taken { plan.less_formula(row, node, &sum) } else { sum };
                    Cell::formula(sum, known(), Role::Sum, digits)
                }
            };
            put(column, cell);
        }
        for (at, &column) in plan.columns.entries.iter().enumerate() {
            let points = desk.parts.entries[at].exact();
            let formula = match set.entries[at].by {
                EntryBy::Leaf(_) => None,
                EntryBy::Events(_) => plan.events_formula(row, at),
            };
            put(
                column,
                match formula {
                    Some(formula) => Cell::formula(formula, Known::Number(points), Role::Body, digits),
                    None => Cell::number(points, Role::Input, digits),
                },
            );
        }
    }

    /// From the points to the index.
    fn put_total(&self, unit: &Unit<'_>, put: &mut impl FnMut(u16, Cell<'a>)) {
        let (plan, row, score) = (&self.plan, unit.row, unit.score);
        let (set, columns) = (plan.set(), &plan.columns);
        let [points, total, index] =
            [set.points_rounding, set.total_rounding, set.index_rounding].map(digits);
        let mut sum = |column: u16, formula: String, known: Decimal, digits: Digits| {
            put(column, Cell::formula(formula, Known::Number(known), Role::Sum, digits));
        };
        let known = self.steps(unit);
        sum(columns.regular, plan.regular_formula(row), known.regular, points);
        sum(columns.applicable, plan.applicable_formula(row), known.applicable, Digits::General);
        if let Some((survey, survey_max)) = columns.survey {
            let formulas = plan.survey_formulas(row);
            sum(survey, formulas.0, known.survey, points);
            sum(survey_max, formulas.1, known.survey_max, Digits::General);
        }
        if let Some((back, back_max)) = columns.back {
            let formulas = plan.back_formulas(row);
            sum(back, formulas.0, score.regular.exact(), points);
            sum(back_max, formulas.1, known.back_max, Digits::General);
        }
        if let Some(bonus) = columns.bonus {
            sum(bonus, plan.entries_formula(row, false), score.bonus.exact(), points);
        }
        if let Some(deductions) = columns.deductions {
            sum(deductions, plan.entries_formula(row, true), score.deductions.exact(), points);
        }
        sum(columns.total, plan.total_formula(row), score.total.exact(), total);
        sum(columns.max, plan.index_max_formula(row), score.max.exact(), Digits::General);
        sum(columns.index, plan.index_formula(row), score.index.exact(), index);
        let exact = score.index.exact();
        put(columns.seen, step(plan.seen_formula(row), as_seen(exact), LONG));
        let printed = set.index_rounding.apply(as_seen(exact));
        let shown = Digits::Fixed(set.index_rounding.digits);
        put(columns.printed, step(plan.printed_formula(row), printed, shown));
    }

    /// Sums on the way to the total that a unit's score does not keep.
    fn steps(&self, unit: &Unit<'_>) -> Steps {
        let (set, nodes) = (self.plan.set(), &unit.desk.nodes);
        let capped = |sum: Decimal| set.total.cap.map_or(sum, |cap| cap.exact().min(sum));
        let mut steps = Steps::default();
        for field in set.fields() {
            steps.regular += nodes[field].points.exact();
            steps.applicable += nodes[field].max.exact();
        }
        steps.regular = capped(steps.regular);
        steps.applicable = capped(steps.applicable);
        let is_survey = |at: usize| set.nodes[at].leaf.is_some_and(|leaf| set.leaves[leaf].is_survey);
        for node in (0..nodes.len()).filter(|&at| is_survey(at)).map(|at| nodes[at]) {
            steps.survey += node.points.exact();
            steps.survey_max += node.max.exact();
        }
        let (full, survey_full) = self.plan.full();
        steps.back_max = match self.plan.columns.survey {
            Some(_) if steps.survey_max < steps.applicable => full - survey_full + steps.survey_max,
            Some(_) => steps.survey_max,
            None => steps.applicable,
        };
        steps
    }

    /// The grade, held down by limits.
    fn put_grade(&self, unit: &Unit<'_>, remarks: &mut Vec<Text>, put: &mut impl FnMut(u16, Cell<'a>)) {
        let (plan, row, score) = (&self.plan, unit.row, unit.score);
        let (set, columns) = (plan.set(), &plan.columns);
        let Some(grade) = columns.grade else { return };
        let none = set.grades.len();
        let by_index = set.grade(score.index.exact()).unwrap_or(none) + 1;
        let seen = grade_seen(set, score.index.exact());
        if let Some(column) = columns.grade_step {
            put(column, step(plan.grade_step_formula(row), Decimal::from(seen), Digits::General));
        }
        for (at, &column) in columns.limits.iter().enumerate() {
            let holds = unit.desk.holds(set, &plan.tier().data, unit.unit, &set.grade_limits[at]);
            let best = if holds { set.grade_limits[at].at_most + 1 } else { 0 };
            put(
                column,
                match plan.limit_formula(row, at) {
                    Some(formula) => step(formula, Decimal::from(best), Digits::General),
                    None => whole(best as u64, Role::Input),
                },
            );
        }
        let name = score.grade.map_or("", |grade| set.grades[grade].name.as_str());
        if by_index == seen {
            put(
                grade,
                Cell::formula(plan.grade_formula(row), Known::Text(name.into()), Role::Body, Digits::Text),
            );
        } else {
            remarks.push(text!(
                "xếp loại là giá trị, không tự tính lại: chỉ số sát mốc hơn 10 chữ số",
                "the grade is a value and does not follow: the index is closer to a bound than 10 digits"
            ));
            put(grade, Cell::text(name, Role::Warning));
        }
    }

    /// The rank, and what equal units are told apart by.
    fn put_rank(&self, unit: &Unit<'_>, remarks: &mut Vec<Text>, put: &mut impl FnMut(u16, Cell<'a>)) {
        let (plan, row, columns) = (&self.plan, unit.row, &self.plan.columns);
        let set = plan.set();
        for (&column, &node) in columns.keys.iter().zip(&set.ranking.tie_break) {
            let NodeScore { points, .. } = unit.desk.nodes[node];
            let seen = as_seen(points.exact());
            let key = if set.ranking.on_printed { set.points_rounding.apply(seen) } else { seen };
            put(column, step(plan.key_formula(row, node), key, LONG));
        }
        let rank = plan.ranking().ranks[unit.unit];
        let (Some(rank), Some(rows)) = (rank, plan.block_of(unit.place)) else {
            put(columns.rank, Cell::text("–", Role::Body));
            return;
        };
        if !rows.is_seen {
            remarks.push(text!(
                "thứ hạng là giá trị, không tự tính lại: có chỉ số chỉ khác nhau sau 10 chữ số",
                "the rank is a value and does not follow: some indices differ only behind 10 digits"
            ));
            put(columns.rank, whole(rank.into(), Role::Warning));
            return;
        }
        let Some(Standing { place, is_first, letter }) = self.standings[unit.place] else { return };
        let number = |number: u32| Known::Number(Decimal::from(number));
        let digits = Digits::General;
        put(
            columns.rank,
            Cell::formula(plan.rank_formula(row, rows), number(rank), Role::Sum, Digits::Whole),
        );
        if let Some(column) = columns.place {
            put(column, step(plan.place_formula(row, rows), Decimal::from(place), digits));
            if let Some(first) = columns.first {
                let known = Decimal::from(u32::from(is_first));
                put(first, step(plan.first_formula(row, rows, column), known, digits));
            }
        }
        if let Some(column) = columns.alphabet {
            put(column, whole(letter.into(), Role::Step));
        }
    }
}

/// Sums on the way to the total.
#[derive(Default)]
struct Steps {
    regular: Decimal,
    applicable: Decimal,
    survey: Decimal,
    survey_max: Decimal,
    back_max: Decimal,
}

fn whole<'a>(number: u64, role: Role) -> Cell<'a> {
    Cell::number(Decimal::from(number), role, Digits::Whole)
}

fn step<'a>(formula: String, known: Decimal, digits: Digits) -> Cell<'a> {
    Cell::formula(formula, Known::Number(known), Role::Step, digits)
}
