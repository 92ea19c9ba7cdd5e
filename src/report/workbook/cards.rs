//! Scorecards: a sheet for each unit while there are few, else a sheet a tier on which a unit is
//! chosen. Points look up the sheet of points.

use super::a1::{in_column, on};
use super::arithmetic::digits;
use super::plan::Plan;
use super::{Book, Cell, Known, Look, Role, Row, Sheet, Value, Width, card, tables};
use crate::lang::Lang;
use crate::report::scorecards::ScorecardsView;
use crate::report::{self, Section};
use crate::text;
use std::collections::HashMap;
use std::sync::Arc;

/// More units than these share a sheet.
const SHEETS: usize = 40;

/// The sheets of scorecards.
pub(super) struct Cards {
    /// The units with a sheet of their own: tier, unit.
    units: Vec<(usize, usize)>,
    names: HashMap<(usize, usize), String>,
}

impl Cards {
    pub fn new(units: &[(usize, usize)], book: &mut Book<'_>) -> Cards {
        let units = if SHEETS < units.len() { Vec::new() } else { units.to_vec() };
        let mut names = HashMap::new();
        for &(tier, unit) in &units {
            let label = book.scored.loaded.tiers[tier].data.units[unit].label();
            names.insert((tier, unit), book.names.take(label));
        }
        Cards { units, names }
    }

    /// The sheet of a unit.
    pub fn sheet_of(&self, tier: usize, unit: usize) -> Option<&str> {
        self.names.get(&(tier, unit)).map(String::as_str)
    }

    /// Whether a sheet is the card of a unit.
    pub fn has(&self, sheet: &str) -> bool {
        self.names.values().any(|name| name == sheet)
    }

    /// Adds all sheets.
    pub fn add<'a>(&self, plans: &[Arc<Plan<'a>>], book: &mut Book<'a>) {
        if self.units.is_empty() {
            plans.iter().for_each(|plan| card::add(plan, book));
        }
        let view = ScorecardsView { scored: book.scored, units: Vec::new() };
        for &(tier, unit) in &self.units {
            let (Some(plan), Some(name)) = (plans.get(tier), self.names.get(&(tier, unit))) else { continue };
            let mut rows = vec![back(plan, book)];
            for section in view.sections((tier, unit)) {
                add_section(&section, plan, unit, &mut rows);
            }
            let widths = widths(&view.sections((tier, unit)));
            book.sheets.push(Sheet {
                repeated: Some((2, 2)),
                merged: tables::across(&rows, widths.len()),
                ..Sheet::of(name.clone(), widths, rows)
            });
        }
    }
}

/// The way back to the sheet of points.
fn back<'a>(plan: &Plan<'a>, book: &Book<'_>) -> Row<'a> {
    let said = book.say(&text!("← Điểm từng tiêu chí", "← Points by criterion"));
    Row::of(vec![Cell { link: Some(plan.sheet.clone().into()), ..Cell::text(said, Role::Plain) }])
}

fn widths(sections: &[Section<'_>]) -> Vec<Width> {
    let Some(table) = sections.iter().find_map(|section| section.table.as_ref()) else {
        return vec![Width::Cells(100)];
    };
    let width = |at: usize| match table.columns[at].key.as_str() {
        "criterion" => Width::Cells(9),
        "name" => Width::Cells(46),
        "how" => Width::Cells(50),
        _ => Width::Cells(10),
    };
    tables::shown(table).into_iter().map(width).collect()
}

/// The card of a unit: its points, sums and what was lost look up the sheet of points.
fn add_section<'a>(section: &Section<'a>, plan: &Plan<'a>, unit: usize, rows: &mut Vec<Row<'a>>) {
    let lang = plan.lang;
    if let Some(heading) = &section.heading {
        let cell = Cell::text(heading.get(lang).to_owned(), Role::Banner);
        rows.push(Row::of(vec![cell]));
    }
    if let Some(table) = &section.table {
        let columns = tables::shown(table);
        let title = |at: &usize| Cell::text(table.columns[*at].title.get(lang).to_owned(), Role::Head);
        rows.push(Row::of(columns.iter().map(title).collect()));
        for at in 0..table.len {
            let own = (table.row)(at);
            let (row, is_strong) = (rows.len() as u32, section.strong.contains(&at));
            let cell = |&column: &usize| {
                let cell = tables::typed(own[column].clone(), is_strong, lang);
                let live = match table.columns[column].key.as_str() {
                    "points" => points_formula(plan, unit, at),
                    "lost" => lost_formula(plan, unit, at, row, &columns, table),
                    _ => None,
                };
                live.map_or(cell, |formula| with_formula(own[column].clone(), is_strong, lang, formula))
            };
            rows.push(Row::of(columns.iter().map(cell).collect()));
        }
    }
    rows.push(Row::default());
    rows.extend(section.notes.iter().map(|note| tables::sentence(note.get(lang))));
}

/// A cell whose value is what a formula gives; unrounded, for it is computed with again.
fn with_formula<'a>(cell: report::Cell<'a>, is_strong: bool, lang: Lang, formula: String) -> Cell<'a> {
    let shown = tables::typed(cell.clone(), is_strong, lang);
    let (known, look) = match (cell, shown.value) {
        (report::Cell::Number(exact, rounding), _) => {
            (Known::Number(exact), Look { digits: digits(rounding), ..shown.look })
        }
        (_, Value::Text(text)) => (Known::Text(text), shown.look),
        (_, value) => return Cell { value, ..shown },
    };
    Cell { value: Value::Formula(formula, known), look, link: None }
}

/// Points of a node; below all nodes bonus, deductions and total.
fn points_formula(plan: &Plan<'_>, unit: usize, at: usize) -> Option<String> {
    let (set, columns) = (plan.set(), &plan.columns);
    if let Some(&column) = columns.nodes.get(at) {
        return Some(plan.of_unit(unit, column));
    }
    let sums = [columns.bonus, columns.deductions, Some(columns.total)].into_iter().flatten();
    let column = sums.collect::<Vec<_>>().get(at - set.nodes.len()).copied()?;
    let sign = if Some(column) == columns.deductions { "-" } else { "" };
    Some(format!("{sign}{}", plan.of_unit(unit, column)))
}

/// What a node lost against the maximum that applies.
fn lost_formula(
    plan: &Plan<'_>,
    unit: usize,
    at: usize,
    row: u32,
    columns: &[usize],
    table: &report::Table<'_>,
) -> Option<String> {
    let node = plan.set().nodes.get(at)?;
    let place = |key: &str| columns.iter().position(|&column| table.columns[column].key == key);
    let points = in_column(row, place("points")? as u16);
    let max = match node.leaf {
        Some(_) => in_column(row, place("max")? as u16),
        None => plan.max_formula(&on(&plan.sheet), plan.rows[unit], at),
    };
    Some(format!("IF(ISNUMBER({points}),{max}-{points},\"N/A\")"))
}
