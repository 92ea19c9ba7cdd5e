//! `deductions.csv` → the events of each unit.

use super::header::{self, DEDUCTIONS, Sought};
use super::names::{ByName, Meant, Names};
use super::results::date;
use super::small::Row;
use crate::criteria_set::{At, CriteriaSet, EntryBy, EventRule, Per, Waiver};
use crate::diagnostic::Diagnostics;
use crate::model::{Event, Unit};
use crate::number::reading::Form;
use crate::source::Sheet;
use crate::text;
use crate::text::{folded, nearest, words};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The events of each unit, by its place among the units.
pub type Events = HashMap<usize, Vec<Event>>;

/// What the header of deductions looks like.
pub fn sought() -> Sought<'static> {
    Sought::small(&DEDUCTIONS, "unit, deduction")
}

/// Reads the events of a tier's units. Rows of units `elsewhere`, of other tiers, are passed over.
pub fn deductions(
    sheet: &Sheet,
    set: &CriteriaSet,
    units: &[Unit],
    elsewhere: &[&Unit],
    form: Option<Form>,
    out: &mut Diagnostics,
) -> Events {
    let all = units.iter().chain(elsewhere.iter().copied());
    let names = Names::new(all.map(|unit| (unit.id.as_str(), unit.name.as_str())));
    let mut by_name = ByName::default();
    let mut events = Events::new();
    let Some(columns) = header::find_in(sheet, &DEDUCTIONS, &["unit", "deduction"], out) else {
        return events;
    };
    for (row, cells) in &sheet.rows {
        let row = Row { sheet, columns: &columns, row: *row, cells, declared: form };
        let id = row.cell("unit");
        if id.is_empty() {
            out.empty_unit(row.place("unit"));
            continue;
        }
        let meant = names.find(id);
        let (Meant::Id(unit) | Meant::Name(unit)) = meant else {
            names.report(row.place("unit"), id, &meant, out);
            continue;
        };
        if units.len() <= unit {
            continue;
        }
        if let Meant::Name(_) = meant {
            by_name.see(unit, || row.place("unit"), id, names.id(unit));
        }
        let Some(event) = read_event(&row, set, out) else { continue };
        let events = events.entry(unit).or_default();
        if let Some(same) = events.iter().find(|other| other.is_same(&event)) {
            out.duplicate_event(event.place.clone(), id, row.cell("deduction"), same.place.clone());
        }
        events.push(event);
    }
    by_name.say(out);
    events
}

fn read_event(row: &Row<'_>, set: &CriteriaSet, out: &mut Diagnostics) -> Option<Event> {
    let unit = row.cell("unit");
    let id = row.id("deduction", set.entries.iter().map(|entry| entry.id.as_str()), out)?;
    let entry = set.entries.iter().position(|entry| folded(&entry.id) == folded(id));
    let Some(entry) = entry else {
        let ids: Vec<&str> = set.entries.iter().map(|entry| entry.id.as_str()).collect();
        out.unknown_deduction(row.place("deduction"), id, unit, nearest(id, ids.iter().copied()), &ids);
        return None;
    };
    let EntryBy::Events(rule) = &set.entries[entry].by else {
        out.entry_takes_results(row.place("deduction"), id, unit);
        return None;
    };
    let before = out.errors();
    let event = Event {
        entry,
        count: row.number("count", true, [unit, id], out),
        date: read_date(row, out),
        points: row.number("points", false, [unit, id], out),
        node: read_target(row, set, rule, out),
        waived: read_waived(row, rule, out),
        document: row.cell("document").to_owned(),
        reason: row.cell("reason").to_owned(),
        place: row.sheet.place(row.row, None),
    };
    check_points(row, rule, &event, out);
    if matches!(rule.per, Per::Day { .. }) && rule.days(&event).is_none() && out.errors() == before {
        out.event_needs_days(row.place("count"), unit, id);
    }
    if let (Some(given), Some(by_date)) = (event.count, rule.days(&Event { count: None, ..event.clone() }))
        && given != by_date
    {
        out.event_days_differ(row.place("count"), unit, id, given, by_date);
    }
    let needs_document = rule.needs_document || (event.waived && rule.waiver == Waiver::Document);
    if needs_document && event.document.is_empty() {
        out.no_document(row.place("document"), unit, id, event.waived);
    }
    (out.errors() == before).then_some(event)
}

fn read_date(row: &Row<'_>, out: &mut Diagnostics) -> Option<chrono::NaiveDate> {
    let cell = row.cell("date");
    let read = date(cell);
    if read.is_none() && !cell.is_empty() {
        row.report(
            "date",
            row.cell("unit"),
            row.cell("deduction"),
            text!("ngày như 31/12/2026", "a date like 31/12/2026"),
            out,
        );
    }
    read
}

fn read_waived(row: &Row<'_>, rule: &EventRule, out: &mut Diagnostics) -> bool {
    let cell = row.cell("waived");
    if cell.is_empty() {
        return false;
    }
    match words::yes_no(cell) {
        Some(true) if rule.waiver == Waiver::None => {
            out.no_waiver(row.place("waived"), row.cell("unit"), row.cell("deduction"), rule.waiver);
            false
        }
        Some(waived) => waived,
        None => {
            row.report(
                "waived",
                row.cell("unit"),
                row.cell("deduction"),
                text!("có hoặc không", "yes or no"),
                out,
            );
            false
        }
    }
}

/// The criterion or group that the event works on.
fn read_target(row: &Row<'_>, set: &CriteriaSet, rule: &EventRule, out: &mut Diagnostics) -> Option<usize> {
    let found = row.id("criterion", set.nodes.iter().map(|node| node.id.as_str()), out)?;
    if rule.at == At::Unit && found.is_empty() {
        return None;
    }
    let node = set.node(found);
    let fits = node.is_some_and(|node| match rule.at {
        At::Unit => false,
        At::Group => set.nodes[node].leaf.is_none() || set.nodes[node].depth == 0,
        At::Criterion => set.nodes[node].leaf.is_some(),
    });
    if !fits {
        let near = nearest(found, set.nodes.iter().map(|node| node.id.as_str())).filter(|_| node.is_none());
        out.event_target(
            row.place("criterion"),
            row.cell("unit"),
            row.cell("deduction"),
            found,
            rule.at,
            near,
        );
    }
    node.filter(|_| fits)
}

fn check_points(row: &Row<'_>, rule: &EventRule, event: &Event, out: &mut Diagnostics) {
    let (unit, id) = (row.cell("unit"), row.cell("deduction"));
    match (event.points, rule.per) {
        (Some(points), Per::Points) if rule.points < points => {
            out.event_points(row.place("points"), unit, id, Some(rule.points));
        }
        (Some(_), Per::Points) | (None, _) => {}
        (Some(points), _)
            if Some(points) == event.count.or(Some(Decimal::ONE)).map(|count| count * rule.points) => {}
        (Some(_), _) => out.event_points(row.place("points"), unit, id, None),
    }
}
