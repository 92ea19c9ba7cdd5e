//! One `[[bonus]]` or `[[deduction]]`.

use super::criterion::{LeafDraft, read_leaf, read_remarks};
use super::head::Roundings;
use crate::criteria_set::{At, EntryBy, EventRule, Per, Reading, Waiver};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

/// An entry as it stands in the file.
pub(super) struct EntryDraft {
    pub id: String,
    pub place: Place,
    pub name: String,
    pub is_deduction: bool,
    pub by: By,
    pub cap: Option<Decimal>,
    pub basis: String,
    pub note: String,
}

/// How its points are found.
pub(super) enum By {
    Leaf(LeafDraft),
    Events(EventRule),
}

impl By {
    /// Plants the leaf, if there is one.
    pub fn into_entry(self, plant: impl FnOnce(LeafDraft) -> usize) -> EntryBy {
        match self {
            By::Leaf(leaf) => EntryBy::Leaf(plant(leaf)),
            By::Events(rule) => EntryBy::Events(rule),
        }
    }
}

pub(super) fn read(
    mut table: Keys<'_>,
    is_deduction: bool,
    roundings: &Roundings,
    out: &mut Diagnostics,
) -> Option<EntryDraft> {
    let id = table.need_text("id", out);
    let place = id.as_ref().map_or_else(|| table.place(), |id| table.place_of(id));
    if let Some(id) = &id {
        let id = id.get_ref();
        table.call(if is_deduction {
            text!("điểm trừ {id}", "deduction {id}")
        } else {
            text!("điểm thưởng {id}", "bonus {id}")
        });
    }
    let id = id.map(Spanned::into_inner);
    let name = table.need_text("name", out).map(Spanned::into_inner).unwrap_or_default();
    let (basis, note) = read_remarks(&mut table, out);
    let mut cap = None;
    let by = if table.has("kind") {
        let max = table.need_amount("max", out).map(Spanned::into_inner);
        read_leaf(&mut table, id.as_deref(), max, roundings, out).map(By::Leaf)
    } else {
        cap = table.amount("cap", out).map(Spanned::into_inner);
        read_events(&mut table, is_deduction, out).map(By::Events)
    };
    table.finish(out);
    Some(EntryDraft { id: id?, place, name, is_deduction, by: by?, cap, basis, note })
}

fn read_events(table: &mut Keys<'_>, is_deduction: bool, out: &mut Diagnostics) -> Option<EventRule> {
    let points = table.need_amount("points", out).map(Spanned::into_inner);
    let pers = [("event", 0), ("once", 1), ("day", 2), ("points", 3)];
    let which = table.word("per", &pers, out).unwrap_or(0);
    let by_day = which == 2;
    let per = match which {
        1 => Per::Once,
        2 => read_days(table, out),
        3 => Per::Points,
        _ => Per::Event,
    };
    let due_place = table.place_of_key("last_date");
    let due = if by_day { table.date("due", out).map(Spanned::into_inner) } else { None };
    let working_days =
        by_day && table.word("days", &[("calendar", false), ("working", true)], out).unwrap_or(false);
    let last_day = if by_day { table.amount("last_day", out).map(Spanned::into_inner) } else { None };
    let last_date = if by_day { table.date("last_date", out).map(Spanned::into_inner) } else { None };
    if due.zip(last_date).is_some_and(|(due, last)| last < due) {
        out.contradiction(due_place, text!("last_date đứng trước due", "last_date is before due"));
    }
    let ats = [("unit", At::Unit), ("group", At::Group), ("field", At::Group), ("criterion", At::Criterion)];
    let at = if is_deduction { table.word("at", &ats, out).unwrap_or(At::Unit) } else { At::Unit };
    let needs_document =
        table.word("document", &[("required", true), ("optional", false)], out).unwrap_or(false);
    let waivers = [("document", Waiver::Document), ("free", Waiver::Free), ("none", Waiver::None)];
    let waiver = table.word("waiver", &waivers, out).unwrap_or(Waiver::Document);
    Some(EventRule {
        per,
        points: points?,
        due,
        working_days,
        last_day,
        last_date,
        at,
        needs_document,
        waiver,
        times: Decimal::ONE,
    })
}

fn read_days(table: &mut Keys<'_>, out: &mut Diagnostics) -> Per {
    let mut amount = |key| table.amount(key, out).map(Spanned::into_inner);
    let onset = amount("onset").unwrap_or(Decimal::ONE).max(Decimal::ONE);
    let before_onset = amount("before_onset").unwrap_or(Decimal::ZERO);
    let readings = [
        ("cumulative", Reading::Cumulative),
        ("from-onset", Reading::FromOnset),
        ("from-start", Reading::FromStart),
    ];
    let reading = table.word("reading", &readings, out).unwrap_or(Reading::Cumulative);
    Per::Day { onset, before_onset, reading }
}
