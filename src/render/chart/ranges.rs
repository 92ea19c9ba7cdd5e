//! Values with intervals: a mark on a whisker in each row.

use super::ink::Ink;
use super::rows::Rows;
use super::scale::{Scale, float};
use crate::lang::Lang;
use crate::report::chart::{Range, Ranges};
use anyhow::Result;
use plotters::prelude::*;
use rust_decimal::Decimal;

pub(super) fn draw(ranges: &Ranges, lang: Lang) -> Result<String> {
    let number = |number: Decimal| ranges.axis.text(number, lang);
    let ends = ranges.rows.iter().flat_map(|row| {
        let (low, high) = row.bounds.unwrap_or((row.value, row.value));
        [low, high, row.value]
    });
    let (low, high) = (ends.clone().min().unwrap_or_default(), ends.max().unwrap_or_default());
    let tail = |row: &Range| match row.bounds {
        Some((low, high)) => format!("{} ({} – {})", number(row.value), number(low), number(high)),
        None => number(row.value),
    };
    let rows = Rows {
        names: ranges.rows.iter().map(|row| row.of.name.get(lang).to_owned()).collect(),
        tails: ranges.rows.iter().map(tail).collect(),
        scale: if ranges.axis.is_rank { Scale::ranks(high) } else { Scale::around(low, high) },
        axis: ranges.axis.name.get(lang).to_owned(),
        width: 820,
        names_width: 240,
    };
    rows.draw(lang, |plane| {
        for (at, row) in ranges.rows.iter().enumerate() {
            let middle = at as f64 + 0.5;
            if let Some((low, high)) = row.bounds.map(|(low, high)| (float(low), float(high))) {
                let area = plane.plotting_area();
                area.draw(&PathElement::new([(low, middle), (high, middle)], Ink::Span.line(3)))?;
                for end in [low, high] {
                    let cap = [(end, middle - 0.22), (end, middle + 0.22)];
                    area.draw(&PathElement::new(cap, Ink::Span.line(2)))?;
                }
            }
            plane.plotting_area().draw(&Circle::new((float(row.value), middle), 4, Ink::Mark.fill()))?;
        }
        Ok(())
    })
}
