//! From the maximum to the total: bars from nothing for both, and what each step took or gave between.

use super::ink::Ink;
use super::rows::Rows;
use super::scale::{Scale, float};
use crate::lang::Lang;
use crate::report::chart::Waterfall;
use crate::report::{Cell, words};
use anyhow::Result;
use plotters::prelude::*;

pub(super) fn draw(waterfall: &Waterfall, lang: Lang) -> Result<String> {
    let Waterfall { steps, rounding } = waterfall;
    let most = steps.iter().map(|step| step.left.max(step.left - step.change.unwrap_or_default()));
    let tail = |step: &crate::report::chart::Step| match step.change {
        Some(change) => words(&Cell::Change(change, *rounding), lang),
        None => rounding.text(step.left, lang),
    };
    let rows = Rows {
        names: steps.iter().map(|step| step.name.get(lang).to_owned()).collect(),
        tails: steps.iter().map(tail).collect(),
        scale: Scale::from_zero(most.max().unwrap_or_default()),
        axis: String::new(),
        width: 430,
        names_width: 165,
    };
    rows.draw(lang, |plane| {
        for (at, step) in steps.iter().enumerate() {
            let (ink, from) = match step.change {
                None => (Ink::Whole, 0.0),
                Some(change) if change.is_sign_negative() => (Ink::Loss, float(step.left - change)),
                Some(change) => (Ink::Gain, float(step.left - change)),
            };
            let (top, left) = (at as f64, float(step.left));
            let bar = [(from.min(left), top + 0.18), (from.max(left), top + 0.82)];
            if step.change.is_none_or(|change| !change.is_zero()) {
                plane.plotting_area().draw(&Rectangle::new(bar, ink.fill()))?;
            }
            if at + 1 < steps.len() {
                let down = [(left, top + 0.82), (left, top + 1.18)];
                plane.plotting_area().draw(&PathElement::new(down, Ink::Faint.line(1)))?;
            }
        }
        Ok(())
    })
}
