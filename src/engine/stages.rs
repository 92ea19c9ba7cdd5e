//! A unit's criteria as they stood at each stage of appraisal: tự chấm, thẩm định, giải trình.

use super::Desk;
use crate::criteria_set::{CriteriaSet, Missing};
use crate::model::{Cells, Dataset, Stage, Value};
use crate::number::Points;
use rust_decimal::Decimal;

/// How a unit stood at a stage.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The stage.
    pub stage: Stage,
    /// The points of each leaf, by what was given at the stage or before; none where nothing was.
    pub points: Vec<Option<Decimal>>,
    /// Whether each leaf was given anything at this very stage.
    pub is_given: Vec<bool>,
    /// Points of the criteria that are appraised, surveys left out, before bonus and deductions.
    pub appraised: Points,
}

/// How a unit stood at every stage of which the results have anything, in the order of work.
pub fn stages(set: &CriteriaSet, data: &Dataset, unit: usize) -> Vec<Staged> {
    let mut desk = Desk::new(set);
    data.stages.iter().map(|&(stage, _)| desk.at_stage(set, data, unit, stage)).collect()
}

/// A leaf's columns at the latest stage up to one that gave it anything; `None` if none did. What was
/// given without a stage, or by the round itself, stands at all of them.
fn given_by(set: &CriteriaSet, data: &Dataset, unit: usize, leaf: usize, stage: Stage) -> Option<Stage> {
    let mut given = data.stages.iter().filter(|(at, _)| *at <= stage).rev();
    let any =
        |cells: &Cells| set.leaf_columns(leaf).any(|column| !cells.is_missing(unit * data.width + column));
    if let Some((at, _)) = given.find(|(_, cells)| any(cells)) {
        return Some(*at);
    }
    let is_unstaged = |column: usize| {
        let at = unit * data.width + column;
        !data.cells.is_missing(at) && data.cells.stage(at) == Stage::None
    };
    set.leaf_columns(leaf).any(is_unstaged).then_some(Stage::None)
}

impl Desk {
    fn at_stage(&mut self, set: &CriteriaSet, data: &Dataset, unit: usize, stage: Stage) -> Staged {
        let mut view = Dataset {
            units: vec![data.units[unit].clone()],
            width: data.width,
            cells: Cells::missing(data.width),
            ..Dataset::default()
        };
        let count = set.leaves.len();
        let mut staged = Staged {
            stage,
            points: vec![None; count],
            is_given: vec![false; count],
            appraised: Points::ZERO,
        };
        for &leaf in &set.order {
            let by = given_by(set, data, unit, leaf, stage);
            if let Some(by) = by {
                let cells =
                    data.stages.iter().find(|(at, _)| *at == by).map_or(&data.cells, |(_, cells)| cells);
                for column in set.leaf_columns(leaf) {
                    let at = unit * data.width + column;
                    let value = match cells.value(at) {
                        // What the round fills in beside a staged value has no stage.
                        Value::Missing if data.cells.stage(at) == Stage::None => data.cells.value(at),
                        value => value,
                    };
                    view.cells.set(column, value, by);
                }
            }
            let outcome = self.evaluate(set, Missing::Zero, &view, 0, leaf);
            staged.points[leaf] = by.is_some().then_some(outcome.points);
            staged.is_given[leaf] = by == Some(stage);
            self.outcomes[leaf] = outcome;
            if set.leaves[leaf].is_survey {
                self.outcomes[leaf].points = Decimal::ZERO;
            }
        }
        self.findings.clear();
        staged.appraised = self.sum_of_criteria(set);
        staged
    }
}
