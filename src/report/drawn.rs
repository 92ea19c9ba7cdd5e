//! A report with drawings beside its numbers: bars of a column, lines over years.

use super::drawing::{Drawing, Scale};
use super::{Cell, Column, ColumnKind, Report, Table, View};
use crate::lang::{Lang, Text};
use crate::number::plain;
use crate::scored::{History, Scored};
use crate::text;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A view with drawings.
pub struct DrawnView<'a> {
    /// What is drawn beside.
    pub view: &'a dyn View,
    /// The column of which there are bars.
    pub bars: Option<Bars>,
    /// The years over which there are lines, and the round that has them.
    pub history: Option<(&'a Scored, &'a History)>,
}

/// A column of which there are bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bars {
    /// The index, from zero.
    Index,
    /// Its change, to both sides of zero.
    Change,
}

impl View for DrawnView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = self.view.report();
        if let Some((scored, history)) = self.history {
            draw_lines(&mut report, scored, history);
        }
        if let Some(bars) = self.bars {
            draw_bars(&mut report, bars);
        }
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        self.view.json(lang)
    }
}

/// A bar beside each number, all on one scale, which is said.
fn draw_bars(report: &mut Report<'_>, bars: Bars) {
    let (key, title) = match bars {
        Bars::Index => ("index", text!("Biểu đồ", "Chart")),
        Bars::Change => ("change", text!("Biểu đồ", "Chart")),
    };
    let values = report.sections.iter().filter_map(|section| section.table.as_ref()).flat_map(|table| {
        let at = table.columns.iter().position(|column| column.key == key);
        let rows = if at.is_some() { 0..table.len } else { 0..0 };
        rows.filter_map(move |row| number((table.row)(row).get(at?)?))
    });
    let scale = match bars {
        Bars::Index => Scale::percent(values),
        Bars::Change => Scale::both_sides(values),
    };
    let mut is_drawn = false;
    for table in report.sections.iter_mut().filter_map(|section| section.table.as_mut()) {
        let Some(at) = table.columns.iter().position(|column| column.key == key) else { continue };
        is_drawn = true;
        add(table, Column::new("bar", title.clone(), ColumnKind::Screen), move |cells| {
            let value = number(cells.get(at)?)?;
            Some(Drawing::Bar { value, scale, mark: None })
        });
    }
    let ends = |lang| [scale.low, scale.high].map(|end| plain(end, lang));
    if is_drawn {
        report.notes.push(Text::by(|lang| {
            let [low, high] = ends(lang);
            match lang {
                Lang::Vi => format!("Biểu đồ: một thang chung từ {low} đến {high} %"),
                Lang::En => format!("Bars: one scale for all, from {low} to {high} %"),
            }
        }));
    }
}

/// A line over the years for each unit, all on one scale, which is said.
fn draw_lines(report: &mut Report<'_>, scored: &Scored, history: &History) {
    if history.years.len() < 2 {
        report.notes.push(text!(
            "Không có đợt trước nào để vẽ diễn biến qua các năm",
            "There is no round before from which to draw a line over years"
        ));
        return;
    }
    let scale = Scale::around(history.known());
    let count = history.years.len();
    let title = match (history.years[0], history.years[count - 1]) {
        (Some(first), Some(last)) => Text::same(format!("{first}–{last}")),
        _ => text!("{count} năm", "{count} years"),
    };
    for section in &mut report.sections {
        let tier = section.keys.iter().find(|(key, _)| *key == "tier").map(|(_, id)| id.as_str());
        let tier = scored.loaded.tiers.iter().position(|of| Some(of.id.as_str()) == tier);
        let (Some(tier), Some(table)) = (tier, section.table.as_mut()) else { continue };
        let Some(at) = table.columns.iter().position(|column| column.key == "unit") else { continue };
        let units = &scored.loaded.tiers[tier].data.units;
        let places = units.iter().enumerate();
        let lines: HashMap<String, Vec<Option<Decimal>>> =
            places.map(|(at, unit)| (unit.id.clone(), history.of(tier, at).to_vec())).collect();
        add(table, Column::new("years", title.clone(), ColumnKind::Screen), move |cells| {
            let Some(Cell::Text(id)) = cells.get(at) else { return None };
            Some(Drawing::Line { values: lines.get(id.as_ref())?.clone(), scale })
        });
    }
    let [low, high] = [scale.low, scale.high].map(|end| plain(end, Lang::En));
    report.notes.push(text!(
        "Diễn biến qua {count} năm: một thang chung từ {low} đến {high} %, · là không có số liệu; đơn vị hợp nhất lấy bình quân",
        "Lines over {count} years: one scale for all, from {low} to {high} %, · where nothing is known; merged units have the mean"
    ));
}

/// Adds a column that is drawn from the other cells of a row.
fn add<'a>(
    table: &mut Table<'a>,
    column: Column,
    draw: impl Fn(&[Cell<'a>]) -> Option<Drawing> + Send + Sync + 'a,
) {
    table.columns.push(column);
    let row = std::mem::replace(&mut table.row, Box::new(|_| Vec::new()));
    table.row = Box::new(move |at| {
        let mut cells = row(at);
        let drawn = draw(&cells).map_or(Cell::Missing, Cell::Drawn);
        cells.push(drawn);
        cells
    });
}

/// The number of a cell, if it is one.
fn number(cell: &Cell<'_>) -> Option<Decimal> {
    match cell {
        Cell::Number(number, _) | Cell::Change(number, _) | Cell::Plain(number) => Some(*number),
        _ => None,
    }
}
