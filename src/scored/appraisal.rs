//! What looks wrong in an appraisal: figures that were only copied, criteria that nobody appraised.

use super::LoadedTier;
use crate::diagnostic::Diagnostics;
use crate::engine;
use crate::model::{Cells, OwnPoints, Stage};
use crate::number::is_rounding_of;

/// How many criteria two stages must share before it is odd that all of them agree.
const ODD: usize = 5;

/// Reports units whose appraisal is their self-assessment, and criteria that were self-scored and
/// never appraised (catalogue K36). `last` is the latest stage that counts, if the round names one.
pub(super) fn review(tier: &LoadedTier, last: Option<Stage>, out: &mut Diagnostics) {
    report_own_points(tier, out);
    let stages = &tier.data.stages;
    if last != Some(Stage::Explanation) {
        report_explanations(tier, out);
    }
    let Some((own, later)) = stages.split_first().filter(|((stage, _), _)| *stage == Stage::SelfAssessed)
    else {
        return;
    };
    let appraisals: Vec<&Cells> =
        later.iter().filter(|(stage, _)| *stage != Stage::Explanation).map(|(_, cells)| cells).collect();
    if appraisals.is_empty() {
        return;
    }
    report_copies(tier, &own.1, &appraisals, out);
    report_unappraised(tier, &own.1, &appraisals, out);
}

/// The cells of a leaf of a unit.
fn cells_of(tier: &LoadedTier, unit: usize, leaf: usize) -> impl Iterator<Item = usize> + '_ {
    tier.set.leaves[leaf].columns.clone().map(move |column| unit * tier.data.width + column)
}

fn report_copies(tier: &LoadedTier, own: &Cells, appraisals: &[&Cells], out: &mut Diagnostics) {
    let (mut copied, mut appraised) = (Vec::new(), 0);
    for unit in 0..tier.data.units.len() {
        let (mut shared, mut equal) = (0, 0);
        for leaf in 0..tier.set.leaves.len() {
            let has = |cells: &Cells| cells_of(tier, unit, leaf).any(|at| !cells.is_missing(at));
            let Some(last) = appraisals.iter().rev().find(|cells| has(cells)).filter(|_| has(own)) else {
                continue;
            };
            shared += 1;
            equal += usize::from(cells_of(tier, unit, leaf).all(|at| own.value(at) == last.value(at)));
        }
        appraised += usize::from(0 < shared);
        if ODD <= shared && shared == equal {
            copied.push(unit);
        }
    }
    if 1 < copied.len() && copied.len() == appraised {
        out.all_copied(tier.data.unit_place(copied[0]), &tier.id, copied.len());
        return;
    }
    for unit in copied {
        out.copied(tier.data.unit_place(unit), &tier.data.units[unit].id);
    }
}

/// Points that a unit gave itself and that its own figures do not give.
fn report_own_points(tier: &LoadedTier, out: &mut Diagnostics) {
    let own = &tier.data.own_points;
    for of_unit in own.chunk_by(|a, b| a.unit == b.unit) {
        let staged = engine::stages(&tier.set, &tier.data, of_unit[0].unit);
        let Some(staged) = staged.iter().find(|staged| staged.stage == Stage::SelfAssessed) else { continue };
        for OwnPoints { unit, leaf, points, place } in of_unit {
            if let Some(computed) =
                staged.points[*leaf].filter(|computed| !is_rounding_of(*points, *computed))
            {
                let (unit, leaf) = (&tier.data.units[*unit].id, &tier.set.leaves[*leaf].id);
                out.own_points_differ(place.clone(), unit, leaf, *points, computed);
            }
        }
    }
}

/// A unit's own explanation counts where nobody appraised it, though the round goes on.
fn report_explanations(tier: &LoadedTier, out: &mut Diagnostics) {
    let data = &tier.data;
    for leaf in 0..tier.set.leaves.len() {
        let counting = |unit: usize| {
            cells_of(tier, unit, leaf)
                .find(|&at| !data.cells.is_missing(at) && data.cells.stage(at) == Stage::Explanation)
        };
        let found: Vec<(usize, usize)> =
            (0..data.units.len()).filter_map(|unit| Some((unit, counting(unit)?))).collect();
        let Some(&(first, at)) = found.first() else { continue };
        let columns = tier.set.leaves[leaf].columns.clone();
        let place = data.place(first, at - first * data.width, columns);
        let ids: Vec<&str> = found.iter().map(|(unit, _)| data.units[*unit].id.as_str()).collect();
        out.explanation_counts(place, &tier.set.leaves[leaf].id, &ids);
    }
}

fn report_unappraised(tier: &LoadedTier, own: &Cells, appraisals: &[&Cells], out: &mut Diagnostics) {
    for leaf in 0..tier.set.leaves.len() {
        let has = |unit: usize, cells: &Cells| cells_of(tier, unit, leaf).any(|at| !cells.is_missing(at));
        let left: Vec<usize> = (0..tier.data.units.len())
            .filter(|&unit| has(unit, own) && !appraisals.iter().any(|cells| has(unit, cells)))
            .collect();
        let Some(&first) = left.first() else { continue };
        let columns = tier.set.leaves[leaf].columns.clone();
        let given = columns.clone().find(|column| !own.is_missing(first * tier.data.width + column));
        let place = tier.data.place(first, given.unwrap_or(columns.start), columns);
        let ids: Vec<&str> = left.iter().map(|&unit| tier.data.units[unit].id.as_str()).collect();
        out.never_appraised(place, &tier.set.leaves[leaf].id, &ids);
    }
}
