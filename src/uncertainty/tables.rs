//! Equally likely shares of one criterion, unit by unit.

use super::{Block, STEPS};
use crate::engine::{self, Desk};
use crate::model::{Dataset, Stage, Value};
use crate::number::Rounding;
use crate::robustness::draw::Draw;
use crate::robustness::source::Source;
use crate::rule::{IndexOf, Origin};
use crate::survey::decimal;
use crate::survey::distribution::normal_quantile;
use crate::text::folded;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::sync::LazyLock;

/// How an input may err.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Error {
    /// By so much at the most, up or down, all equally likely.
    Within(f64),
    /// By such a part of the value at the most.
    Share(f64),
}

/// How disagreeing appraisals count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appraisal {
    /// One or the other.
    Either,
    /// Anything between them.
    Between,
}

/// To whole numbers.
const WHOLE: Rounding = Rounding { digits: 0, ..Rounding::CENTS };

/// Equally likely shares of one criterion for each unit: a source of draws.
#[derive(Clone, Debug)]
pub struct Table {
    /// The criterion's place in the block.
    pub criterion: usize,
    /// [`STEPS`] shares for each unit.
    cells: Vec<f64>,
}

impl Source for Table {
    fn fill(&self, draw: &mut Draw, shares: &mut [f64]) {
        for (unit, share) in shares.iter_mut().enumerate() {
            let at = draw.below(STEPS);
            *share = self.cells[unit * STEPS + at];
        }
    }
}

impl Block<'_> {
    /// The criterion of an input in error; none where it is no input of the block's criteria that takes
    /// numbers.
    pub fn erring(&self, column: usize, error: Error) -> Option<Table> {
        let numbers = self.tier().set.columns.get(column)?.input.numbers?;
        let around = |value: f64, part: f64| match error {
            Error::Within(most) => value + most * (2.0 * part - 1.0),
            Error::Share(share) => value * (1.0 + share * (2.0 * part - 1.0)),
        };
        let held = |value: Decimal| {
            let value = numbers.low.map_or(value, |low| value.max(low));
            let value = numbers.high.map_or(value, |high| value.min(high));
            if numbers.whole { WHOLE.apply(value) } else { value }
        };
        self.table(column, |_, value, part| decimal(around(value.to_f64()?, part)).map(held))
    }

    /// The criteria that read the index of a survey whose standard errors are known.
    pub fn surveyed(&self) -> Vec<Table> {
        let set = &self.tier().set;
        let mut tables: Vec<Table> = Vec::new();
        for (column, of) in set.columns.iter().enumerate() {
            let Some(Origin::Index(index)) = &of.input.origin else { continue };
            let error = |unit: usize| self.standard_error(index, unit);
            if !self.units.iter().any(|unit| error(*unit).is_some()) {
                continue;
            }
            let drawn = |unit: usize, value: Decimal, part: f64| {
                let error = error(unit)?.to_f64()?;
                let value = value.to_f64()? + error * normal(part);
                decimal(value.clamp(0.0, 100.0))
            };
            tables.extend(self.table(column, drawn));
        }
        tables
    }

    fn standard_error(&self, of: &IndexOf, unit: usize) -> Option<Decimal> {
        let indices = &self.scored.loaded.indices;
        let index = indices.iter().find(|index| index.id == of.id)?;
        let unit = index.units.get(&folded(&self.tier().data.units[unit].id))?;
        let at = match &of.factor {
            None => 0,
            Some(factor) => 1 + index.factors.iter().position(|name| folded(name) == folded(factor))?,
        };
        *unit.errors.get(at)?
    }

    /// The criteria in which the first stage and the last one disagree for any unit.
    pub fn disagreeing(&self, appraisal: Appraisal) -> Vec<Table> {
        let tier = self.tier();
        if tier.data.stages.len() < 2 {
            return Vec::new();
        }
        let staged: Vec<Vec<engine::Staged>> =
            self.units.iter().map(|unit| engine::stages(&tier.set, &tier.data, *unit)).collect();
        let weights = self.weights();
        let table = |criterion: usize| {
            let leaf = tier.set.nodes[self.nodes[criterion]].leaf?;
            let ends = |unit: usize| -> Option<[Decimal; 2]> {
                let own = (*staged[unit].first()?.points.get(leaf)?)?;
                Some([own, self.points(unit, criterion)?])
            };
            let is_other = |unit: usize| ends(unit).is_some_and(|[own, last]| own != last);
            if !(0..self.units.len()).any(is_other) {
                return None;
            }
            let weight = weights[criterion].to_f64()?;
            let mut cells = Vec::with_capacity(self.units.len() * STEPS);
            for unit in 0..self.units.len() {
                let last = self.points(unit, criterion).and_then(|points| points.to_f64());
                let [own, last] = ends(unit)
                    .and_then(|[own, last]| Some([own.to_f64()?, last.to_f64()?]))
                    .unwrap_or([last.unwrap_or(f64::NAN); 2]);
                cells.extend((0..STEPS).map(|step| {
                    let part = middle(step);
                    match appraisal {
                        Appraisal::Either if part < 0.5 => own / weight,
                        Appraisal::Either => last / weight,
                        Appraisal::Between => (own + (last - own) * part) / weight,
                    }
                }));
            }
            Some(Table { criterion, cells })
        };
        (0..self.nodes.len()).filter_map(table).collect()
    }

    /// The shares that a column's criterion has where the column's value is drawn: `drawn` says what it
    /// is at a part of the distribution, for a unit of the tier and its value.
    fn table(&self, column: usize, drawn: impl Fn(usize, Decimal, f64) -> Option<Decimal>) -> Option<Table> {
        let tier = self.tier();
        let leaf = tier.set.columns.get(column)?.leaf;
        let criterion = self.nodes.iter().position(|node| tier.set.nodes[*node].leaf == Some(leaf))?;
        let weight = self.weights()[criterion].to_f64()?;
        let mut desk = Desk::new(&tier.set);
        let mut cells = Vec::with_capacity(self.units.len() * STEPS);
        for (at, &unit) in self.units.iter().enumerate() {
            let share = self.model.shares(criterion)[at];
            let Value::Number(value) = tier.data.value(unit, column) else {
                cells.extend([share; STEPS]);
                continue;
            };
            let mut data = Dataset {
                units: vec![tier.data.units[unit].clone()],
                width: tier.data.width,
                ..Dataset::default()
            };
            (0..tier.data.width)
                .for_each(|column| data.cells.push(tier.data.value(unit, column), Stage::None));
            let points = |desk: &mut Desk, data: &Dataset| {
                desk.points(&tier.set, tier.missing, data, 0, leaf).and_then(|points| points.to_f64())
            };
            // What deductions took from the criterion is taken in every draw.
            let taken = points(&mut desk, &data).map_or(0.0, |points| points / weight - share);
            for step in 0..STEPS {
                let value = drawn(unit, value, middle(step));
                let points = value.and_then(|value| {
                    data.cells.set(column, Value::Number(value), Stage::None);
                    points(&mut desk, &data)
                });
                cells.push(points.map_or(share, |points| (points / weight - taken).max(0.0)));
            }
        }
        Some(Table { criterion, cells })
    }
}

/// The middle of a part of the normal distribution, all stretched so that their variance is 1: what lies
/// beyond the outermost middle is not lost.
fn normal(part: f64) -> f64 {
    static STRETCH: LazyLock<f64> = LazyLock::new(|| {
        let squares = (0..STEPS).map(|step| normal_quantile(middle(step)).powi(2));
        (STEPS as f64 / squares.sum::<f64>()).sqrt()
    });
    normal_quantile(part) * *STRETCH
}

/// The middle of one of [`STEPS`] equally likely parts.
fn middle(step: usize) -> f64 {
    (step as f64 + 0.5) / STEPS as f64
}
