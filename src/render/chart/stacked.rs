//! How answers are distributed: a whole of 100 % in each row, from the lowest label to the highest.

use super::ink::{Ink, width};
use super::rows::Rows;
use super::scale::{Scale, float};
use crate::lang::{Lang, Text};
use crate::report::chart::{Stacked, Tone};
use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use rust_decimal::Decimal;

pub(super) fn draw(stacked: &Stacked, lang: Lang) -> Result<String> {
    let inks = inks(&stacked.labels);
    let rows = Rows {
        names: stacked.rows.iter().map(|(of, _)| of.name.get(lang).to_owned()).collect(),
        tails: Vec::new(),
        scale: Scale::from_zero(Decimal::ONE_HUNDRED),
        axis: "%".to_owned(),
        width: 820,
        names_width: 240,
    };
    rows.draw(lang, |plane| {
        for (at, (_, shares)) in stacked.rows.iter().enumerate() {
            let mut from = Decimal::ZERO;
            for (share, (ink, on)) in shares.iter().zip(&inks) {
                let Some(share) = share else { continue };
                let to = from + share;
                let top = at as f64;
                let bar = [(float(from), top + 0.12), (float(to), top + 0.88)];
                plane.plotting_area().draw(&Rectangle::new(bar, ink.fill()))?;
                let text = stacked.rounding.text(*share, lang);
                let [(left, _), (right, _)] = bar.map(|corner| plane.backend_coord(&corner));
                if width(&text) as i32 + 4 <= right - left {
                    let middle = ((float(from) + float(to)) / 2.0, top + 0.5);
                    plane.plotting_area().draw(&plotters::prelude::Text::new(
                        text,
                        middle,
                        on.text(HPos::Center),
                    ))?;
                }
                from = to;
            }
        }
        Ok(())
    })
}

/// The inks of labels and of numbers on them: the further from the middle, the stronger.
pub(super) fn inks(labels: &[(Text, Tone)]) -> Vec<(Ink, Ink)> {
    let against: Vec<usize> = (0..labels.len()).filter(|at| labels[*at].1 == Tone::Against).collect();
    let for_it: Vec<usize> = (0..labels.len()).filter(|at| labels[*at].1 == Tone::For).collect();
    let ink = |at: usize| match labels[at].1 {
        Tone::None => (Ink::NoOpinion, Ink::OnLight),
        Tone::For if for_it.last() == Some(&at) => (Ink::ForMost, Ink::OnDark),
        Tone::For => (Ink::For, Ink::OnLight),
        Tone::Against if against.first() == Some(&at) => (Ink::AgainstMost, Ink::OnDark),
        Tone::Against if 2 < against.len() && against.last() == Some(&at) => (Ink::Between, Ink::OnLight),
        Tone::Against => (Ink::Against, Ink::OnLight),
    };
    (0..labels.len()).map(ink).collect()
}
