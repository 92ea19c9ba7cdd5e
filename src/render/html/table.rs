//! Tables: headings that the script can sort by, units that link to their sections.

use super::Page;
use crate::report::publication::What;
use crate::report::{Cell, Column, ColumnKind, Section, Table, words};
use maud::{Markup, PreEscaped, html};
use rust_decimal::Decimal;

/// How the cells of a column stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Not shown.
    Hidden,
    /// The heading of the row.
    Head,
    /// Text, to the left.
    Text,
    /// Numbers, to the right.
    Number,
    /// Numbers with a bar behind them.
    Bar,
}

impl Page<'_> {
    /// A table in a box of its own, so that a wide one does not widen the page.
    pub(super) fn table(
        &self,
        section: &Section<'_>,
        table: &Table<'_>,
        (id, label): (&str, &str),
        what: What,
    ) -> Markup {
        const TALL: usize = 15;
        let class = if TALL < table.len { "box tall" } else { "box" };
        html! {
            div class=(class) role="group" aria-label=(label) {
                (self.bare_table(section, table, Some(id), label, what))
            }
        }
    }

    /// A table; one with a name can be sorted.
    pub(super) fn bare_table(
        &self,
        section: &Section<'_>,
        table: &Table<'_>,
        id: Option<&str>,
        label: &str,
        what: What,
    ) -> Markup {
        let places = places(&table.columns, what);
        let shown = || (0..places.len()).filter(|&at| places[at] != Place::Hidden);
        let tier = section.keys.iter().find(|(key, _)| *key == "tier").map(|(_, tier)| tier.as_str());
        let unit = table.columns.iter().position(|column| column.key == "unit");
        let grade = table.columns.iter().position(|column| column.key == "grade");
        let has_units = unit.is_some() && what == What::Ranking;
        let class = match (id, has_units) {
            (None, _) => None,
            (Some(_), true) => Some("sort units main"),
            (Some(_), false) => Some("sort"),
        };
        html! {
            table id=[id] class=[class] {
                caption { (label) }
                thead { tr {
                    @for at in shown() { (self.heading(&table.columns[at], places[at], tier)) }
                } }
                tbody {
                    @for row in 0..table.len {
                        @let cells = (table.row)(row);
                        @let link = unit.and_then(|at| self.link(tier, &cells[at]));
                        @let id = unit.filter(|_| has_units).and_then(|at| unit_key(tier, &cells[at]));
                        @let graded = grade.filter(|_| has_units).map(|at| words(&cells[at], self.lang));
                        tr class=[section.strong.contains(&row).then_some("sum")] data-u=[id] data-grade=[graded] {
                            @for at in shown() { (self.cell(&cells[at], places[at], link)) }
                        }
                    }
                }
            }
        }
    }

    fn link(&self, tier: Option<&str>, id: &Cell<'_>) -> Option<&str> {
        let Cell::Text(id) = id else { return None };
        self.anchors.unit(tier?, id)
    }

    fn heading(&self, column: &Column, place: Place, tier: Option<&str>) -> Markup {
        let title = column.title.get(self.lang);
        let class = match place {
            Place::Head => Some("t head"),
            Place::Text => Some("t"),
            _ if LONG < title.chars().count() => Some("long"),
            _ => None,
        };
        let order = (column.key == "grade").then(|| self.grades(tier)).flatten();
        html! {
            th scope="col" class=[class] data-k=(column.key) data-o=[order] { (title) }
        }
    }

    /// The grades of a tier, the best first: words that have an order of their own.
    fn grades(&self, tier: Option<&str>) -> Option<String> {
        let tiers = &self.publication.scored.loaded.tiers;
        let of = tiers.iter().find(|of| Some(of.id.as_str()) == tier)?;
        let names: Vec<&str> = of.set.grades.iter().map(|grade| grade.name.as_str()).collect();
        Some(names.join("|"))
    }

    fn cell(&self, cell: &Cell<'_>, place: Place, link: Option<&str>) -> Markup {
        let text = words(cell, self.lang);
        let sorted = sorted_by(cell);
        match place {
            Place::Head => html! {
                th.t scope="row" {
                    @match link {
                        Some(name) => a href={ "#" (name) } { (text) },
                        None => (text),
                    }
                }
            },
            Place::Text => html! { td.t { (text) } },
            Place::Number if sorted.is_none() => html! { td { (text) } },
            Place::Number => html! { td data-v=[sorted] { (text) } },
            Place::Bar => html! { td class=[bar(cell)] data-v=[sorted] { (text) } },
            Place::Hidden => PreEscaped(String::new()),
        }
    }
}

/// What rows about the same unit have in common.
fn unit_key(tier: Option<&str>, id: &Cell<'_>) -> Option<String> {
    let Cell::Text(id) = id else { return None };
    Some(format!("{}/{id}", tier?))
}

/// Titles of columns of numbers that are longer get more room.
const LONG: usize = 16;

/// The first column of names heads the rows, else the first that is shown.
fn places(columns: &[Column], what: What) -> Vec<Place> {
    let is_shown = |column: &Column| column.kind != ColumnKind::Machine;
    let named = columns.iter().position(|column| column.key == "name" && is_shown(column));
    let text = || {
        let is_text = |column: &Column| matches!(column.kind, ColumnKind::Text | ColumnKind::Word);
        columns.iter().position(|column| is_text(column) && is_shown(column))
    };
    let head = named.or_else(text);
    let place = |(at, column): (usize, &Column)| match column.kind {
        ColumnKind::Machine => Place::Hidden,
        _ if Some(at) == head => Place::Head,
        ColumnKind::Text | ColumnKind::Word | ColumnKind::Screen => Place::Text,
        _ if column.key == "index" && what == What::Ranking => Place::Bar,
        _ => Place::Number,
    };
    columns.iter().enumerate().map(place).collect()
}

/// The exact number, where what is printed is not it.
fn sorted_by(cell: &Cell<'_>) -> Option<String> {
    match cell {
        Cell::Number(number, rounding) | Cell::Change(number, rounding)
            if rounding.apply(*number) != *number =>
        {
            Some(number.normalize().to_string())
        }
        Cell::Places(places) => Some(places.to_string()),
        Cell::Chance(p) => Some(p.normalize().to_string()),
        _ => None,
    }
}

/// How long the bar behind a share is: whole percent.
fn bar(cell: &Cell<'_>) -> Option<String> {
    let Cell::Number(number, _) = cell else { return None };
    Some(format!("bar b{}", whole_percent(*number)))
}

/// A share as a whole number of percent from 0 to 100, for looks alone.
pub(super) fn whole_percent(share: Decimal) -> String {
    let share = share.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
    crate::number::Rounding { digits: 0, ..crate::number::Rounding::CENTS }
        .apply(share)
        .normalize()
        .to_string()
}
