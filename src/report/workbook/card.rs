//! A scorecard on which the unit is chosen from a list.

use super::a1::{Area, in_column, pinned};
use super::arithmetic::digits;
use super::plan::{Plan, named};
use super::{Book, Cell, Check, Digits, Known, Role, Row, Sheet, Width};
use crate::lang::Text;
use crate::text;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Where the unit is chosen, where the number of its row stands, and the head of the table.
const CHOSEN: (u32, u16) = (1, 1);
const NUMBER: (u32, u16) = (1, 4);
const HEAD: u32 = 6;

pub(super) fn add<'a>(plan: &Arc<Plan<'a>>, book: &mut Book<'a>) {
    let Some(first) = plan.units.iter().position(|&unit| plan.is_scored(unit)) else { return };
    let (set, columns) = (plan.set(), &plan.columns);
    let unit = plan.units[first];
    let score = &plan.scores().units[unit];
    let say = |text: Text| text.get(plan.lang).to_owned();
    let title = say(text!("Phiếu điểm", "Scorecard"));
    let chosen = plan.labels().swap_remove(first);
    let number = pinned(NUMBER);
    let found = format!("MATCH({},{},0)", pinned(CHOSEN), plan.all(columns.label));
    let look_up = |column: u16| {
        let all = plan.all(column);
        format!("IF(INDEX({all},{number})=\"\",\"–\",INDEX({all},{number}))")
    };
    let known = |number: Decimal| Known::Number(number);
    let text = |text: &str| Known::Text(text.to_owned().into());
    let mut rows = vec![
        Row::of(vec![Cell::text(named(plan.scored, plan.at, &title), Role::Title)]),
        Row::of(vec![
            Cell::text(say(text!("Chọn đơn vị", "Choose a unit")), Role::Name),
            Cell::text(chosen, Role::Input),
            Cell::empty(Role::Plain),
            Cell::text(say(text!("Số dòng điểm", "Row of points")), Role::Step),
            Cell::formula(found, known(Decimal::from(first + 1)), Role::Step, Digits::General),
        ]),
    ];
    let mut fact = |title: Text, column: u16, value: Known<'a>, digits: Digits| {
        rows.push(Row::of(vec![
            Cell::empty(Role::SumName),
            Cell::text(say(title), Role::SumName),
            Cell::empty(Role::Sum),
            Cell::formula(look_up(column), value, Role::Sum, digits),
            Cell::empty(Role::Sum),
        ]));
    };
    let [total, index] = [set.total_rounding, set.index_rounding].map(digits);
    fact(text!("Tổng điểm", "Total"), columns.total, known(score.total.exact()), total);
    fact(text!("Chỉ số (%)", "Index (%)"), columns.index, known(score.index.exact()), index);
    let rank = plan.ranking().ranks[unit];
    let rank = rank.map_or_else(|| text("–"), |rank| known(Decimal::from(rank)));
    fact(text!("Xếp hạng", "Rank"), columns.rank, rank, Digits::Whole);
    match (columns.grade, score.grade) {
        (Some(column), grade) => {
            let name = grade.map_or("–", |grade| set.grades[grade].name.as_str());
            fact(text!("Xếp loại", "Grade"), column, text(name), Digits::Text);
        }
        (None, _) => rows.push(Row::default()),
    }
    debug_assert_eq!(rows.len(), HEAD as usize, "the table follows");
    let titles = [
        text!("Tiêu chí", "Criterion"),
        text!("Tên", "Name"),
        text!("Tối đa", "Max"),
        text!("Điểm", "Points"),
        text!("Mất", "Lost"),
    ];
    rows.push(Row::of(titles.into_iter().map(|title| Cell::text(say(title), Role::Head)).collect()));
    let digits = digits(set.points_rounding);
    for (node, own) in set.nodes.iter().enumerate() {
        let row = rows.len() as u32;
        let is_group = own.leaf.is_none();
        let [name, figure] = if is_group { [Role::SumName, Role::Sum] } else { [Role::Name, Role::Body] };
        let of_unit = plan.scores().nodes.get(unit, node).filter(|score| !score.not_applicable);
        let points = of_unit.map_or_else(|| text("N/A"), |score| known(score.points.exact()));
        let max = own.max.exact();
        let lost = of_unit.map_or_else(|| text("–"), |score| known(max - score.points.exact()));
        let [max_cell, points_cell] = [2, 3].map(|column| in_column(row, column));
        let lost_formula = format!("IF(ISNUMBER({points_cell}),{max_cell}-{points_cell},\"–\")");
        let mut cells = vec![
            Cell::text(own.id.as_str(), name),
            Cell::text(own.name.as_str(), name),
            Cell::number(max, figure, Digits::General),
            Cell::formula(look_up(columns.nodes[node]), points, figure, digits),
        ];
        // What a group lost counts against the maximum that applies, which stands in no cell.
        cells.push(match is_group {
            true => Cell::empty(figure),
            false => Cell::formula(lost_formula, lost, figure, digits),
        });
        rows.push(Row::of(cells));
    }
    let sums = [
        (columns.bonus, text!("Điểm thưởng", "Bonus"), score.bonus),
        (columns.deductions, text!("Điểm trừ", "Deductions"), score.deductions),
    ];
    for (column, title, points) in sums {
        let Some(column) = column else { continue };
        rows.push(Row::of(vec![
            Cell::empty(Role::SumName),
            Cell::text(say(title), Role::SumName),
            Cell::empty(Role::Sum),
            Cell::formula(look_up(column), known(points.exact()), Role::Sum, digits),
            Cell::empty(Role::Sum),
        ]));
    }
    let name = book.names.take(&named(plan.scored, plan.at, &title));
    let list = Check::List(plan.all(columns.label));
    book.sheets.push(Sheet {
        frozen: (HEAD + 1, 0),
        repeated: Some((HEAD, HEAD)),
        checks: vec![(Area { first: CHOSEN, last: CHOSEN }, list)],
        is_upright: true,
        ..Sheet::of(name, [12, 56, 10, 12, 10].map(Width::Cells).to_vec(), rows)
    });
}
