//! One unit over the years: its index as a line, each year with its number and its rank.

use super::ink::{Ink, width};
use super::scale::{Scale, float};
use crate::lang::Lang;
use crate::number::plain;
use crate::report::chart::{Year, Years};
use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;
use rust_decimal::Decimal;

const SIZE: (u32, u32) = (300, 210);

pub(super) fn draw(years: &Years, lang: Lang) -> Result<String> {
    let indices = || years.years.iter().map(|year| year.index);
    let (low, high) = (indices().min().unwrap_or_default(), indices().max().unwrap_or_default());
    // Numbers stand above the points.
    let scale = Scale::around(low - Decimal::ONE, high + Decimal::TWO);
    let left = scale.ticks.iter().map(|tick| width(&plain(*tick, lang))).max().unwrap_or(0) + 8;
    let last = years.years.len() as f64 - 1.0;
    let mut drawn = String::new();
    {
        let root = SVGBackend::with_string(&mut drawn, SIZE).into_drawing_area();
        let plane = ChartBuilder::on(&root)
            .margin_left(left)
            .margin_right(4)
            .margin_top(8)
            .margin_bottom(22)
            .build_cartesian_2d(-0.5..last + 0.5, scale.range())?;
        let area = plane.plotting_area();
        for tick in &scale.ticks {
            let along = float(*tick);
            area.draw(&PathElement::new([(-0.5, along), (last + 0.5, along)], Ink::Grid.line(1)))?;
            let (x, y) = plane.backend_coord(&(-0.5, along));
            root.draw(&Text::new(plain(*tick, lang), (x - 6, y), Ink::Faint.text(HPos::Right)))?;
        }
        let point = |(at, year): (usize, &Year)| (at as f64, float(year.index));
        let points: Vec<(f64, f64)> = years.years.iter().enumerate().map(point).collect();
        area.draw(&PathElement::new(points.clone(), Ink::Mark.line(2)))?;
        for (year, place) in years.years.iter().zip(points) {
            area.draw(&Circle::new(place, 4, Ink::Mark.fill()))?;
            let (x, y) = plane.backend_coord(&place);
            let number = years.rounding.text(year.index, lang);
            let rank = year.rank.map_or_else(String::new, |rank| match lang {
                Lang::Vi => format!(" (hạng {rank})"),
                Lang::En => format!(" (rank {rank})"),
            });
            root.draw(&Text::new(number + &rank, (x, y - 13), Ink::Text.text(HPos::Center)))?;
            let below = (x, SIZE.1 as i32 - 10);
            root.draw(&Text::new(year.name.get(lang).to_owned(), below, Ink::Text.text(HPos::Center)))?;
        }
        root.present()?;
    }
    Ok(drawn)
}
