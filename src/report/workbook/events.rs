//! The sheet of bonus and deductions: a row an event. What each counts for is a formula: the points
//! that it says, as long as the cap of its entry leaves room.

use super::a1::{Area, cell, in_column, in_row, on};
use super::arithmetic::{digits, literal};
use super::plan::{Plan, named};
use super::{Book, Cell, Digits, Known, Role, Row, Sheet, Width};
use crate::criteria_set::{At, EntryBy, EventRule, Per, Taken};
use crate::engine::Desk;
use crate::lang::{Lang, Text};
use crate::text;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Columns that formulas look at: the number of the unit, of the entry and of the criterion, and what
/// counts.
pub(super) const UNIT: u16 = 0;
pub(super) const ENTRY: u16 = 3;
pub(super) const NODE: u16 = 6;
pub(super) const COUNTED: u16 = 11;
const GIVEN: u16 = 10;
const COLUMNS: u16 = 16;

/// Rows before the first event.
const HEAD: u32 = 2;
const FIRST: u32 = 3;

impl<'a> Plan<'a> {
    /// The events of all units, row by row: the unit's place, the event's own.
    fn events(&self) -> Vec<(usize, usize)> {
        let events = &self.tier().events;
        let of = |(place, unit): (usize, &usize)| {
            let count = events.get(unit).map_or(0, Vec::len);
            (0..count).map(move |event| (place, event))
        };
        self.units.iter().enumerate().flat_map(of).collect()
    }

    /// The cells of all events in a column, from another sheet.
    pub fn all_events(&self, column: u16) -> String {
        let count: usize = self.tier().events.values().map(Vec::len).sum();
        let last = FIRST + (count as u32).saturating_sub(1);
        let sheet = self.events.as_deref().map(on).unwrap_or_default();
        format!("{sheet}{}", Area::column(column, (FIRST, last)).fixed())
    }
}

pub(super) fn add<'a>(plan: &Arc<Plan<'a>>, book: &mut Book<'a>) {
    let Some(name) = plan.events.clone() else { return };
    let lang = book.lang;
    let title = named(plan.scored, plan.at, text!("Điểm thưởng, điểm trừ", "Bonus and deductions").get(lang));
    let mut rows = vec![Row::of(vec![Cell::text(title, Role::Title)]), Row::default(), head(lang)];
    let mut counted: Option<(usize, Vec<Decimal>)> = None;
    for (place, event) in plan.events() {
        if counted.as_ref().is_none_or(|(of, _)| *of != place) {
            counted = Some((place, points(plan, plan.units[place])));
        }
        let points = counted.as_ref().and_then(|(_, points)| points.get(event)).copied();
        let row = rows.len() as u32;
        rows.push(Row::of(cells(plan, row, (place, event), points)));
    }
    let mut widths = [6, 10, 26, 6, 8, 34, 6, 9, 8, 11, 9, 9, 7, 20, 28, 18].map(Width::Cells).to_vec();
    [UNIT, ENTRY, NODE].iter().for_each(|column| widths[usize::from(*column)] = Width::Hidden);
    let last = rows.len() as u32 - 1;
    book.sheets.push(Sheet {
        frozen: (FIRST, 3),
        repeated: Some((HEAD, HEAD)),
        filter: Some(Area { first: (HEAD, 0), last: (last, COLUMNS - 1) }),
        ..Sheet::of(name, widths, rows)
    });
}

fn head<'a>(lang: Lang) -> Row<'a> {
    let titles = [
        text!("Số đơn vị", "Unit no."),
        text!("Mã", "Id"),
        text!("Đơn vị", "Unit"),
        text!("Số mục", "Entry no."),
        text!("Mục", "Entry"),
        text!("Nội dung", "Name"),
        text!("Số tiêu chí", "Criterion no."),
        text!("Tiêu chí", "Criterion"),
        text!("Số lần, số ngày", "Count, days"),
        text!("Ngày", "Date"),
        text!("Điểm theo mức", "Points by rule"),
        text!("Điểm tính", "Points counted"),
        text!("Được miễn", "Waived"),
        text!("Văn bản", "Document"),
        text!("Lý do", "Reason"),
        text!("Nơi ghi", "Written in"),
    ];
    Row::of(titles.iter().map(|title| Cell::text(title.get(lang).to_owned(), Role::Head)).collect())
}

/// What each event of a unit counts for.
fn points(plan: &Plan<'_>, unit: usize) -> Vec<Decimal> {
    if !plan.is_scored(unit) {
        return Vec::new();
    }
    let tier = plan.tier();
    let events = tier.events.get(&unit).map_or(&[][..], Vec::as_slice);
    let mut desk = Desk::new(&tier.set);
    desk.score(&tier.set, tier.missing, &tier.data, unit, events);
    desk.parts.events.iter().map(|points| points.exact()).collect()
}

fn cells<'a>(
    plan: &Plan<'a>,
    row: u32,
    (place, at): (usize, usize),
    counted: Option<Decimal>,
) -> Vec<Cell<'a>> {
    let (tier, set) = (plan.tier(), plan.set());
    let unit = plan.units[place];
    let mut cells = vec![Cell::empty(Role::Body); usize::from(COLUMNS)];
    let Some(event) = tier.events.get(&unit).and_then(|events| events.get(at)) else { return cells };
    let entry = &set.entries[event.entry];
    let EntryBy::Events(rule) = &entry.by else { return cells };
    let number = |number: usize| Cell::number(Decimal::from(number), Role::Step, Digits::General);
    let digits = digits(set.points_rounding);
    let say = |text: Text| text.get(plan.lang).to_owned();
    let mut put = |column: u16, cell: Cell<'a>| cells[usize::from(column)] = cell;
    let of = &tier.data.units[unit];
    put(UNIT, number(place + 1));
    put(1, Cell::text(of.id.as_str(), Role::Name));
    put(2, Cell::text(of.label(), Role::Name));
    put(ENTRY, number(event.entry + 1));
    put(4, Cell::text(entry.id.as_str(), Role::Name));
    put(5, Cell::text(entry.name.as_str(), Role::Name));
    if let Some(node) = event.node {
        put(NODE, number(if works_on_nodes(rule) { node + 1 } else { 0 }));
        put(7, Cell::text(set.nodes[node].id.as_str(), Role::Name));
    }
    if let Some(count) = rule.days(event) {
        put(8, Cell::number(count, Role::Body, Digits::General));
    }
    if let Some(date) = event.date {
        put(9, Cell::text(date.format("%d/%m/%Y").to_string(), Role::Name));
    }
    match (rule.of(event), counted) {
        (Taken::Points(points), Some(counted)) => {
            put(GIVEN, Cell::number(points, Role::Input, digits));
            let formula = counted_formula(row, rule, entry.cap.map(|cap| cap.exact()));
            put(COUNTED, Cell::formula(formula, Known::Number(counted), Role::Sum, digits));
        }
        _ => put(COUNTED, Cell::text(say(text!("không chấm điểm", "not scored")), Role::Name)),
    }
    put(12, Cell::text(if event.waived { say(text!("có", "yes")) } else { String::new() }, Role::Body));
    put(13, Cell::text(event.document.as_str(), Role::Name));
    put(14, Cell::text(event.reason.as_str(), Role::Name));
    put(15, Cell::text(event.place.row_words().get(plan.lang).to_owned(), Role::Name));
    cells
}

fn works_on_nodes(rule: &EventRule) -> bool {
    rule.at != At::Unit
}

/// What an event counts for: its points, held by the cap that the unit's events of the same entry in
/// the rows above leave; nothing where they count once, and one did.
fn counted_formula(row: u32, rule: &EventRule, cap: Option<Decimal>) -> String {
    let given = cell(row, GIVEN);
    let above = |column: u16| format!("${}:{}", in_row(HEAD, column), in_column(row - 1, column));
    let so_far = format!(
        "SUMIFS({},{},{},{},{})",
        above(COUNTED),
        above(UNIT),
        in_column(row, UNIT),
        above(ENTRY),
        in_column(row, ENTRY)
    );
    let taken = match rule.per {
        Per::Once => format!("IF({so_far}>0,0,{given})"),
        _ => given,
    };
    cap.map_or(taken.clone(), |cap| format!("MIN({taken},{}-{so_far})", literal(cap)))
}
