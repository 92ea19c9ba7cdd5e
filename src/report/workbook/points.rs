//! The sheet of points: a row a unit, a column a criterion. Points may be changed here; sums, total,
//! index, rank and grade follow.

mod head;
mod row;

use super::a1::{Area, cell, in_row};
use super::plan::{FIRST, IDS, LEAF_MAX, NAME, Plan, runs};
use super::standing::exact_keys;
use super::{Book, Check, Row, Sheet, Width};
use crate::criteria_set::Method;
use crate::engine::rank::ranks;
use crate::text;
use crate::text::alphabet;
use std::sync::Arc;

pub(super) fn add<'a>(plan: &Arc<Plan<'a>>, book: &mut Book<'a>) {
    let points = Points::new(Arc::clone(plan));
    let columns = points.widths();
    let head = head::rows(plan);
    let (count, last_row) = (plan.columns.count, FIRST + plan.units.len() as u32 - 1);
    let printed = Area { first: (0, 0), last: (last_row, plan.columns.steps - 1) };
    let checks = points.checks(last_row, book);
    let row = move |at: usize| match head.get(at) {
        Some(row) => row.clone(),
        None => Row::of(points.row(at - FIRST as usize)),
    };
    debug_assert_eq!(columns.len(), usize::from(count), "a width for each column");
    book.sheets.push(Sheet {
        len: FIRST as usize + plan.units.len(),
        row: Box::new(row),
        frozen: (FIRST, NAME + 1),
        repeated: Some((IDS, LEAF_MAX)),
        repeated_columns: Some((0, NAME)),
        printed: Some(printed),
        checks,
        ..Sheet::empty(plan.sheet.clone(), columns)
    });
}

/// What all rows need.
struct Points<'a> {
    plan: Arc<Plan<'a>>,
    labels: Vec<String>,
    /// How each ranked unit stands, by places in [`Plan::units`].
    standings: Vec<Option<Standing>>,
}

/// How a ranked unit stands among equal ones.
#[derive(Clone, Copy)]
struct Standing {
    /// Its rank where ties share one and the next is left out.
    place: u32,
    /// Whether it is the first of those with that rank.
    is_first: bool,
    /// Its place in the alphabet.
    letter: u32,
}

impl<'a> Points<'a> {
    fn new(plan: Arc<Plan<'a>>) -> Points<'a> {
        let mut standings = vec![None; plan.units.len()];
        for rows in &plan.blocks {
            let ranked = &plan.units[rows.ranked.clone()];
            let keys: Vec<_> =
                ranked.iter().map(|&unit| exact_keys(plan.set(), plan.scores(), unit)).collect();
            let places = ranks(Method::Competition, ranked.len(), |a, b| keys[a] == keys[b]);
            let mut order: Vec<usize> = (0..ranked.len()).collect();
            order.sort_by_cached_key(|&at| {
                let unit = &plan.tier().data.units[ranked[at]];
                (alphabet::key(unit.label()), unit.id.clone())
            });
            for (letter, &at) in (1..).zip(&order) {
                let is_first = at == 0 || places[at - 1] != places[at];
                standings[rows.ranked.start + at] = Some(Standing { place: places[at], is_first, letter });
            }
        }
        Points { labels: plan.labels(), standings, plan }
    }

    fn widths(&self) -> Vec<Width> {
        let (plan, columns) = (&self.plan, &self.plan.columns);
        let units = &plan.tier().data.units;
        let widest = |of: fn(&crate::model::Unit) -> &str| {
            units.iter().map(|unit| of(unit).chars().count()).max().unwrap_or(0)
        };
        let mut widths = vec![
            Width::Cells(5),
            Width::Cells(widest(|unit| &unit.id).clamp(6, 16) + 2),
            Width::Cells(widest(|unit| unit.label()).clamp(16, 34) + 2),
        ];
        widths.extend(columns.block.map(|_| Width::Cells(widest(|unit| &unit.block).clamp(8, 24) + 2)));
        widths.resize(usize::from(columns.status), Width::Cells(9));
        if let Some(grade) = columns.grade {
            let names = plan.set().grades.iter().map(|grade| grade.name.chars().count());
            widths[usize::from(grade)] = Width::Cells(names.max().unwrap_or(0).clamp(9, 24) + 1);
        }
        widths.push(Width::Cells(30));
        widths.resize(usize::from(columns.label), Width::Cells(15));
        widths.resize(usize::from(columns.count), Width::Hidden);
        widths
    }

    /// Points of criteria lie between 0 and the maximum, or the criterion does not apply.
    fn checks(&self, last_row: u32, book: &Book<'_>) -> Vec<(Area, Check)> {
        let nodes = self.plan.set().nodes.iter().zip(&self.plan.columns.nodes);
        let leaves = nodes.filter(|(node, _)| node.leaf.is_some()).map(|(_, column)| *column);
        let said = book.say(&text!(
            "Nhập số từ 0 đến điểm tối đa, hoặc N/A nếu không đánh giá",
            "A number from 0 to the maximum, or N/A where it does not apply"
        ));
        let check = |(first, last): (u16, u16)| {
            let (own, max) = (cell(FIRST, first), in_row(LEAF_MAX, first));
            let allowed = format!("OR({own}=\"N/A\",AND(ISNUMBER({own}),{own}>=0,{own}<={max}))");
            (Area { first: (FIRST, first), last: (last_row, last) }, Check::Formula(allowed, said.clone()))
        };
        runs(leaves).into_iter().map(check).collect()
    }
}
