//! Charts of rows: names to the left, something drawn along an axis, numbers to the right.

use super::ink::{Ink, width};
use super::scale::{Scale, float};
use crate::lang::Lang;
use crate::number::plain;
use anyhow::Result;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

/// Where things are drawn: along by the axis, down by rows.
pub(super) type Plane<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A chart of rows, before anything is drawn into it.
pub(super) struct Rows {
    /// The name of each row.
    pub names: Vec<String>,
    /// What is written behind each row.
    pub tails: Vec<String>,
    /// The axis.
    pub scale: Scale,
    /// What is measured; may be empty.
    pub axis: String,
    /// How wide all of it is.
    pub width: u32,
    /// How wide names may be.
    pub names_width: u32,
}

/// Heights of a line of a name, of the room around it, and of the axis.
const LINE: u32 = 15;
const ROOM: u32 = 7;
const AXIS: u32 = 20;

impl Rows {
    /// The chart, with what `paint` draws into it.
    pub fn draw(&self, lang: Lang, paint: impl FnOnce(&mut Plane<'_, '_>) -> Result<()>) -> Result<String> {
        let names: Vec<Vec<String>> = self.names.iter().map(|name| lines(name, self.names_width)).collect();
        let tallest = names.iter().map(Vec::len).max().unwrap_or(1) as u32;
        let row = tallest * LINE + ROOM;
        let left =
            names.iter().flatten().map(|line| width(line)).max().unwrap_or(0).min(self.names_width) + 8;
        let right = self.tails.iter().map(|tail| width(tail)).max().unwrap_or(0).max(8) + 10;
        let below = AXIS + if self.axis.is_empty() { 0 } else { LINE };
        let height = row * names.len() as u32;
        let mut drawn = String::new();
        {
            let root =
                SVGBackend::with_string(&mut drawn, (self.width, height + below + 2)).into_drawing_area();
            let mut plane = ChartBuilder::on(&root)
                .margin_left(left)
                .margin_right(right)
                .margin_bottom(below)
                .margin_top(2)
                .build_cartesian_2d(self.scale.range(), names.len() as f64..0.0)?;
            self.axis(&root, &mut plane, lang, (left, height))?;
            let middle = |at: usize| (2 + at as u32 * row + row / 2) as i32;
            for (at, lines) in names.iter().enumerate() {
                let first = middle(at) - (LINE * (lines.len() as u32 - 1) / 2) as i32;
                for (line, text) in lines.iter().enumerate() {
                    let place = (left as i32 - 8, first + line as i32 * LINE as i32);
                    root.draw(&Text::new(text.clone(), place, Ink::Text.text(HPos::Right)))?;
                }
            }
            paint(&mut plane)?;
            for (at, tail) in self.tails.iter().enumerate() {
                let place = ((self.width - right + 8) as i32, middle(at));
                root.draw(&Text::new(tail.clone(), place, Ink::Text.text(HPos::Left)))?;
            }
            root.present()?;
        }
        Ok(drawn)
    }

    /// Lines down at the ticks, the numbers below them, and what they measure.
    fn axis(
        &self,
        root: &DrawingArea<SVGBackend<'_>, Shift>,
        plane: &mut Plane<'_, '_>,
        lang: Lang,
        (left, height): (u32, u32),
    ) -> Result<()> {
        let rows = self.names.len() as f64;
        for tick in &self.scale.ticks {
            let along = float(*tick);
            plane
                .plotting_area()
                .draw(&PathElement::new([(along, 0.0), (along, rows)], Ink::Grid.line(1)))?;
            let (x, y) = plane.backend_coord(&(along, rows));
            let text = Text::new(plain(*tick, lang), (x, y + 11), Ink::Faint.text(HPos::Center));
            root.draw(&text)?;
        }
        if !self.axis.is_empty() {
            let place = (left as i32, (height + AXIS + LINE / 2) as i32);
            root.draw(&Text::new(self.axis.clone(), place, Ink::Faint.text(HPos::Left)))?;
        }
        Ok(())
    }
}

/// A name in at most two lines; what does not fit is cut off.
fn lines(name: &str, most: u32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in name.split_whitespace() {
        let is_second = lines.len() == 2;
        let Some(line) = lines.last_mut() else { break };
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer) <= most || line.is_empty() {
            *line = longer;
        } else if !is_second {
            lines.push(word.to_owned());
        } else {
            *line += " …"; // more than fits
            break;
        }
    }
    lines.into_iter().map(|line| cut(line, most)).collect()
}

/// A line that is no wider, with "…" where something is left out.
fn cut(mut line: String, most: u32) -> String {
    if width(&line) <= most {
        return line;
    }
    while most < width(&line) + width("…") && line.pop().is_some() {}
    line.truncate(line.trim_end().len());
    line + "…"
}
