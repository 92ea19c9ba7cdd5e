//! The sheet of charts: the index of every ranked unit, block by block, and what it is made of.

use super::a1::Area;
use super::plan::Plan;
use super::ranking::{Shown, Table};
use super::{Book, Cell, Chart, Role, Row, Series, Sheet, Width};
use crate::text;
use std::sync::Arc;

/// The most bars of a chart, and the most blocks that have one.
const BARS: usize = 40;
const BLOCKS: usize = 24;

/// Rows of a chart besides its bars and names, and the most rows on a page.
const FRAME: u32 = 5;
const PAGE: u32 = 120;

pub(super) fn add<'a>(tables: &[Arc<Table<'a>>], book: &mut Book<'a>) {
    let (mut charts, mut breaks) = (Vec::new(), vec![0]);
    let mut row = 2;
    let blocks = tables.iter().flat_map(|table| table.blocks.clone().map(move |block| (table, block)));
    let ranked = |(table, block): &(&Arc<Table<'a>>, usize)| !table.plan.blocks[*block].ranked.is_empty();
    for (table, block) in blocks.filter(ranked).take(BLOCKS) {
        let bars = table.plan.blocks[block].ranked.len().min(BARS);
        let end = row + 1 + rows_of(bars, table.plan.set().fields.len());
        if breaks.last().is_some_and(|page| page + PAGE < end) {
            breaks.push(row);
        }
        let made = fields(table, block, row, bars, book);
        charts.push(index(table, block, row, bars, book));
        charts.extend(made);
        row = end + 1;
    }
    if charts.is_empty() {
        return;
    }
    let title = book.say(&text!("Biểu đồ", "Charts"));
    let name = book.names.take(&title);
    let rows = vec![Row::of(vec![Cell::text(title, Role::Title)])];
    breaks.remove(0);
    let widths = vec![Width::Cells(9); 20];
    book.sheets.push(Sheet { charts, breaks, is_upright: true, ..Sheet::of(name, widths, rows) });
}

/// How many rows high a chart is; so many series are named below its bars.
pub fn rows_of(bars: usize, series: usize) -> u32 {
    FRAME + (bars as u32).max(4) * 6 / 5 + (series as u32).div_ceil(2)
}

/// The ranked units of a block, the first so many.
fn area(table: &Table<'_>, block: usize, bars: usize, column: u16) -> (String, Area) {
    let first = table.row_of(table.plan.blocks[block].ranked.start);
    (table.name.clone(), Area::column(column, (first, first + bars as u32 - 1)))
}

/// The title of a chart: what it shows, and of whom.
fn titled(table: &Table<'_>, block: usize, bars: usize, what: String, book: &Book<'_>) -> String {
    let all = table.plan.blocks[block].ranked.len();
    let heading = table.heading(Some(block)).map(|heading| format!(" – {heading}")).unwrap_or_default();
    let only = if bars < all {
        book.say(&text!(" ({bars} trên {all} đơn vị)", " ({bars} of {all} units)"))
    } else {
        String::new()
    };
    format!("{what}{heading}{only}")
}

fn index(table: &Table<'_>, block: usize, row: u32, bars: usize, book: &Book<'_>) -> Chart {
    let name = book.say(&text!("Chỉ số (%)", "Index (%)"));
    let title = titled(table, block, bars, name.clone(), book);
    let says = book.say(&text!("Thanh ngang: {title}, từ hạng cao xuống", "Bars: {title}, best first"));
    let labels = area(table, block, bars, table.column(Shown::Unit));
    let values = area(table, block, bars, table.column(Shown::Index));
    Chart {
        title,
        says,
        at: (row, 0),
        bars,
        is_stacked: false,
        series: vec![Series { name, labels, values }],
    }
}

/// What points are made of, field by field.
fn fields(table: &Table<'_>, block: usize, row: u32, bars: usize, book: &Book<'_>) -> Option<Chart> {
    let plan: &Plan<'_> = &table.plan;
    let set = plan.set();
    let name = book.say(&text!("Điểm theo lĩnh vực", "Points by field"));
    let title = titled(table, block, bars, name, book);
    let says = book.say(&text!(
        "Thanh chồng: {title}; mỗi đoạn là một lĩnh vực",
        "Stacked bars: {title}; each part is a field"
    ));
    let labels = area(table, block, bars, table.column(Shown::Unit));
    let series = set.fields().map(|field| Series {
        name: format!("{} {}", set.nodes[field].id, set.nodes[field].name),
        labels: labels.clone(),
        values: area(table, block, bars, table.column(Shown::Points(plan.columns.nodes[field]))),
    });
    let series: Vec<Series> = series.collect();
    (1 < series.len()).then_some(Chart { title, says, at: (row, 10), bars, is_stacked: true, series })
}
