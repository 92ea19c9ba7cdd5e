//! Charts as SVG. plotters draws them in inks that are no colours yet; what each ink looks like, in
//! light and dark and on paper, is said once, by the style of the page that they are put into.

mod ink;
mod legend;
mod moves;
mod ranges;
mod rows;
mod scale;
mod stacked;
mod svg;
mod waterfall;
mod years;

use crate::lang::Lang;
use crate::report::chart::Plot;
use anyhow::Result;

pub(super) use ink::Ink;
pub(super) use legend::{Key, legend};

/// What a chart is called in its page, and in words.
pub(super) struct Told<'a> {
    /// A name that nothing else in the page has.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// What is in it.
    pub words: &'a str,
}

/// Draws a chart. None where it is not drawn but is a table: a heat map.
///
/// # Errors
/// What plotters says.
pub(super) fn draw(plot: &Plot, told: &Told<'_>, lang: Lang) -> Result<Option<String>> {
    let drawn = match plot {
        Plot::Heat(_) => return Ok(None),
        Plot::Waterfall(waterfall) => waterfall::draw(waterfall, lang)?,
        Plot::Years(years) => years::draw(years, lang)?,
        Plot::Stacked(stacked) => stacked::draw(stacked, lang)?,
        Plot::Ranges(ranges) => ranges::draw(ranges, lang)?,
        Plot::Moves(moves) => moves::draw(moves, lang)?,
    };
    Ok(Some(svg::inked(&drawn, told)?))
}
