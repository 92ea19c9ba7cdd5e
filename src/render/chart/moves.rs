//! Before and after: an arrow from a hollow mark to a full one in each row.

use super::ink::Ink;
use super::rows::Rows;
use super::scale::{Scale, float};
use crate::lang::Lang;
use crate::report::chart::{Move, Moves};
use anyhow::Result;
use plotters::prelude::*;
use rust_decimal::Decimal;

pub(super) fn draw(moves: &Moves, lang: Lang) -> Result<String> {
    let number = |number: Decimal| moves.axis.text(number, lang);
    let ends = moves.rows.iter().flat_map(|row| [row.before, row.after]);
    let (low, high) = (ends.clone().min().unwrap_or_default(), ends.max().unwrap_or_default());
    let rows = Rows {
        names: moves.rows.iter().map(|row| row.of.name.get(lang).to_owned()).collect(),
        tails: moves
            .rows
            .iter()
            .map(|row| format!("{} → {}", number(row.before), number(row.after)))
            .collect(),
        scale: if moves.axis.is_rank { Scale::ranks(high) } else { Scale::around(low, high) },
        axis: moves.axis.name.get(lang).to_owned(),
        width: 820,
        names_width: 240,
    };
    rows.draw(lang, |plane| {
        for (at, row) in moves.rows.iter().enumerate() {
            let middle = at as f64 + 0.5;
            let (before, after) = ((float(row.before), middle), (float(row.after), middle));
            let ink = ink(row, moves.axis.is_rank);
            let area = plane.plotting_area();
            area.draw(&PathElement::new([before, after], ink.line(2)))?;
            area.draw(&Circle::new(before, 4, ink.line(2)))?;
            area.draw(&Circle::new(after, 4, ink.fill()))?;
        }
        Ok(())
    })
}

/// Better, worse, or the same.
fn ink(row: &Move, is_rank: bool) -> Ink {
    let (worse, better) = if is_rank { (row.before, row.after) } else { (row.after, row.before) };
    match worse.cmp(&better) {
        _ if row.before == row.after => Ink::Faint,
        std::cmp::Ordering::Less => Ink::Loss,
        _ => Ink::Gain,
    }
}
