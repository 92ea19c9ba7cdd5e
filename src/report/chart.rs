//! Charts: what is drawn, before anybody knows how. Numbers stay exact; what a reader who cannot see
//! the chart is told comes from the same data.

mod told;

use crate::lang::{Lang, Text};
use crate::number::Rounding;
use rust_decimal::Decimal;

/// A chart. What is in it is made when a renderer asks for it.
pub struct Chart<'a> {
    /// What it shows.
    pub title: Text,
    /// How it is read; may be empty.
    pub caption: Text,
    /// Makes what is in it.
    pub plot: Box<dyn Fn() -> Plot + Send + Sync + 'a>,
}

/// What is in a chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Plot {
    /// Units by fields, as shares of the applicable maximum.
    Heat(Heat),
    /// From the maximum to the total, step by step.
    Waterfall(Waterfall),
    /// One unit over the years.
    Years(Years),
    /// How answers are distributed over labels.
    Stacked(Stacked),
    /// Values with intervals.
    Ranges(Ranges),
    /// Before and after.
    Moves(Moves),
}

/// Units by fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// The fields: id and name.
    pub columns: Vec<(String, Text)>,
    /// The units, each with a cell for every field.
    pub rows: Vec<(Named, Vec<Share>)>,
    /// How shares are printed.
    pub rounding: Rounding,
}

/// A cell of a heat map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// Points in percent of the maximum that applies.
    Of(Decimal),
    /// Nothing of the field applies.
    NotApplicable,
    /// Not scored.
    Missing,
}

/// Who or what a row belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The id of a unit; empty where it is none.
    pub id: String,
    /// Its name.
    pub name: Text,
}

/// From a maximum to a total.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// The steps, the maximum first and the total last.
    pub steps: Vec<Step>,
    /// How points are printed.
    pub rounding: Rounding,
}

/// One step of a waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: Text,
    /// What it adds; negative where it takes. None for the maximum and the total.
    pub change: Option<Decimal>,
    /// What is left after it.
    pub left: Decimal,
}

/// One unit over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct Years {
    /// The years, oldest first.
    pub years: Vec<Year>,
    /// How the index is printed.
    pub rounding: Rounding,
}

/// Where a unit stood in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Year {
    /// The year.
    pub name: Text,
    /// The index in percent.
    pub index: Decimal,
    /// The rank.
    pub rank: Option<u32>,
}

/// How answers are distributed.
#[derive(Clone, Debug, PartialEq)]
pub struct Stacked {
    /// The labels of the scale, from the lowest.
    pub labels: Vec<(Text, Tone)>,
    /// The rows, each with a share in percent for every label; none where there are no answers.
    pub rows: Vec<(Named, Vec<Option<Decimal>>)>,
    /// How shares are printed.
    pub rounding: Rounding,
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Satisfied.
    For,
    /// Not satisfied.
    Against,
    /// No opinion.
    None,
}

/// Values with intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranges {
    /// What is measured.
    pub axis: Axis,
    /// What the mark is.
    pub mark: Text,
    /// What the interval is.
    pub interval: Text,
    /// The rows, from the top.
    pub rows: Vec<Range>,
}

/// A value with its interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// Whose.
    pub of: Named,
    /// The value.
    pub value: Decimal,
    /// The interval, where there is one.
    pub bounds: Option<(Decimal, Decimal)>,
}

/// Before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Moves {
    /// What is measured.
    pub axis: Axis,
    /// What before is.
    pub before: Text,
    /// What after is.
    pub after: Text,
    /// The rows, from the top.
    pub rows: Vec<Move>,
}

/// A unit before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Whose.
    pub of: Named,
    /// Before.
    pub before: Decimal,
    /// After.
    pub after: Decimal,
}

/// What is measured along a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its name.
    pub name: Text,
    /// How its numbers are printed.
    pub rounding: Rounding,
    /// Whether small numbers are good, as ranks are.
    pub is_rank: bool,
}

impl Axis {
    /// Ranks, the best first.
    pub fn ranks(name: Text) -> Axis {
        Axis { name, rounding: Rounding { digits: 0, ..Rounding::CENTS }, is_rank: true }
    }

    /// Percent.
    pub fn percent(name: Text, rounding: Rounding) -> Axis {
        Axis { name, rounding, is_rank: false }
    }

    /// A number along it. A quantile of ranks may lie between two, and has one digit more.
    pub fn text(&self, number: Decimal, lang: Lang) -> String {
        let digits = self.rounding.digits + u32::from(self.is_rank && !number.is_integer());
        Rounding { digits, ..self.rounding }.text(number, lang)
    }
}

impl Plot {
    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        match self {
            Plot::Heat(heat) => heat.rows.is_empty() || heat.columns.is_empty(),
            Plot::Waterfall(waterfall) => waterfall.steps.is_empty(),
            Plot::Years(years) => years.years.len() < 2,
            Plot::Stacked(stacked) => stacked.rows.is_empty(),
            Plot::Ranges(ranges) => ranges.rows.is_empty(),
            Plot::Moves(moves) => moves.rows.is_empty(),
        }
    }
}
