//! The heat map: what share of each field's applicable maximum a unit reached.

use super::a1::{Area, on};
use super::plan::{Plan, named};
use super::{Book, Cell, Digits, Known, Paint, Role, Row, Sheet, Width};
use crate::engine::NodeScore;
use crate::text;
use rust_decimal::Decimal;
use std::sync::Arc;

const HEAD: u32 = 3;
const FIRST: u32 = 4;

pub(super) fn add<'a>(plan: &Arc<Plan<'a>>, book: &mut Book<'a>) {
    let set = plan.set();
    if plan.units.is_empty() {
        return;
    }
    let name = book.names.take(&named(plan.scored, plan.at, text!("Lĩnh vực", "Fields").get(book.lang)));
    // Before the fields: rank, unit, block.
    let has_blocks = plan.columns.block.is_some();
    let before = 2 + u16::from(has_blocks);
    let last = (FIRST + plan.units.len() as u32 - 1, before + set.fields.len() as u16 - 1);
    let title = named(
        plan.scored,
        plan.at,
        text!("Tỷ lệ điểm đạt được theo lĩnh vực (%)", "Share of points by field (%)").get(book.lang),
    );
    let advice = text!(
        "Điểm chia cho điểm tối đa áp dụng của lĩnh vực; ô càng đậm thì tỷ lệ càng cao",
        "Points by the field's applicable maximum; the darker, the higher the share"
    );
    let mut titles = vec![
        Cell::text(book.say(&text!("Xếp hạng", "Rank")), Role::Head),
        Cell::text(book.say(&text!("Đơn vị", "Unit")), Role::Head),
    ];
    titles.extend(has_blocks.then(|| Cell::text(book.say(&text!("Khối", "Block")), Role::Head)));
    let title_of = |field: usize| format!("{} {}", set.nodes[field].id, set.nodes[field].name);
    titles.extend(set.fields().map(|field| Cell::text(title_of(field), Role::Head)));
    let head = [
        Row::of(vec![Cell::text(title, Role::Title)]),
        Row::of(vec![Cell::text(book.say(&advice), Role::Plain)]),
        Row::default(),
        Row { cells: titles, lines: Some(5) },
    ];
    let mut widths = vec![Width::Cells(7), Width::Cells(32)];
    widths.extend(has_blocks.then_some(Width::Cells(18)));
    widths.resize(usize::from(last.1) + 1, Width::Cells(15));
    let plan = Arc::clone(plan);
    book.sheets.push(Sheet {
        len: last.0 as usize + 1,
        row: Box::new(move |at| match head.get(at) {
            Some(row) => row.clone(),
            None => Row::of(cells(&plan, at as u32)),
        }),
        frozen: (FIRST, before),
        repeated: Some((HEAD, HEAD)),
        paints: vec![(Area { first: (FIRST, before), last }, Paint::Shades)],
        ..Sheet::empty(name, widths)
    });
}

fn cells<'a>(plan: &Plan<'a>, row: u32) -> Vec<Cell<'a>> {
    let unit = plan.units[(row - FIRST) as usize];
    let rank = match plan.ranking().ranks[unit] {
        Some(rank) => {
            let formula = plan.of_unit(unit, plan.columns.rank);
            Cell::formula(formula, Known::Number(Decimal::from(rank)), Role::Sum, Digits::Whole)
        }
        None => Cell::text("–", Role::Body),
    };
    let of = &plan.tier().data.units[unit];
    let mut cells = vec![rank, Cell::text(of.label(), Role::Name)];
    cells.extend(plan.columns.block.map(|_| Cell::text(of.block.as_str(), Role::Name)));
    cells.extend(plan.set().fields().map(|field| share(plan, unit, field)));
    cells
}

fn share<'a>(plan: &Plan<'a>, unit: usize, field: usize) -> Cell<'a> {
    let Some(NodeScore { points, max, not_applicable }) = plan.scores().nodes.get(unit, field) else {
        return Cell::empty(Role::Body);
    };
    if !plan.is_scored(unit) {
        return Cell::text("–", Role::Body);
    }
    let points_cell = plan.of_unit(unit, plan.columns.nodes[field]);
    let max_formula = plan.max_formula(&on(&plan.sheet), plan.rows[unit], field);
    let known = match not_applicable || max.exact().is_zero() {
        true => Known::Text("N/A".into()),
        false => Known::Number(points.exact() * Decimal::ONE_HUNDRED / max.exact()),
    };
    let formula = format!("IF(ISNUMBER({points_cell}),{points_cell}*100/({max_formula}),\"N/A\")");
    Cell::formula(formula, known, Role::Body, Digits::Fixed(1))
}
