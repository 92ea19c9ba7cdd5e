//! Grade limits: the grade of the index, held down where a condition says so (catalogue K29).

use super::{Desk, UnitScore};
use crate::criteria_set::{CriteriaSet, GradeLimit, LimitIf, LimitOn};
use crate::model::{Dataset, Value};
use crate::number::Points;
use crate::rule::Outcome;
use rust_decimal::Decimal;

impl Desk {
    /// Holds the grade down by the strictest limit that applies to the unit.
    pub(super) fn limit_grade(&self, set: &CriteriaSet, data: &Dataset, unit: usize, score: &mut UnitScore) {
        let Some(grade) = score.grade else { return };
        let holds =
            |(_, limit): &(usize, &GradeLimit)| grade < limit.at_most && self.holds(set, data, unit, limit);
        let limits = set.grade_limits.iter().enumerate().filter(holds);
        // Of several that leave the same grade, the first in the set is named.
        if let Some((at, limit)) = limits.min_by_key(|(_, limit)| std::cmp::Reverse(limit.at_most)) {
            score.limit = Some(at);
            score.grade = Some(limit.at_most);
        }
    }

    /// Whether a limit's condition holds for the unit that was scored last.
    pub fn holds(&self, set: &CriteriaSet, data: &Dataset, unit: usize, limit: &GradeLimit) -> bool {
        let (points, max, leaf) = match limit.on {
            LimitOn::Node(node) => {
                let score = self.nodes[node];
                if score.not_applicable {
                    return false;
                }
                (score.points, score.max, set.nodes[node].leaf)
            }
            LimitOn::Entry(entry) => (self.parts.entries[entry], Points::ZERO, None),
        };
        let outcome = |is: fn(&Outcome) -> bool| leaf.is_some_and(|leaf| is(&self.outcomes[leaf]));
        let measure = || {
            let leaf = &set.leaves[leaf?];
            let values: Vec<Value> = leaf.columns.clone().map(|column| data.value(unit, column)).collect();
            leaf.rule.measure(&values)
        };
        match limit.when {
            LimitIf::Answer(word) => leaf.is_some_and(|leaf| self.outcomes[leaf].answer == Some(word)),
            LimitIf::PointsFrom(from) => from <= points.exact(),
            LimitIf::PointsBelow(below) => points.exact() < below,
            LimitIf::ShareBelow(share) => points.exact() * Decimal::ONE_HUNDRED < share * max.exact(),
            LimitIf::MeasureFrom(from) => measure().is_some_and(|measure| measure.compare(from).is_ge()),
            LimitIf::MeasureBelow(below) => measure().is_some_and(|measure| measure.compare(below).is_lt()),
            LimitIf::TargetMissed => outcome(|outcome| outcome.target == Some(false)),
            LimitIf::Anything => Points::ZERO < points,
        }
    }
}
