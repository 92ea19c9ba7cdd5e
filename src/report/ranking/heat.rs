//! Fields of units as shares of what could be reached: strengths and weaknesses at a glance.

use super::{Fields, RankingView};
use crate::lang::Text;
use crate::number::Rounding;
use crate::report::chart::{Chart, Heat, Named, Plot, Share};
use crate::text;
use rust_decimal::Decimal;

/// Shares are printed with one digit.
const TENTHS: Rounding = Rounding { digits: 1, ..Rounding::CENTS };

impl<'a> RankingView<'a> {
    /// Units by fields, where the table shows fields.
    pub(super) fn heat(self, at: usize, units: &[usize]) -> Option<Chart<'a>> {
        let units = units.to_vec();
        (self.fields == Fields::Top).then(|| Chart {
            title: text!("Tỷ lệ điểm đạt được theo lĩnh vực, %", "Points reached by field, %"),
            caption: text!(
                "Điểm của lĩnh vực ÷ điểm tối đa áp dụng cho đơn vị; càng đậm càng cao; gạch chéo là không đánh giá.",
                "Points of the field ÷ the maximum that applies to the unit; the darker the higher; hatched where nothing applies."
            ),
            plot: Box::new(move || Plot::Heat(self.shares(at, &units))),
        })
    }

    fn shares(self, at: usize, units: &[usize]) -> Heat {
        let tier = &self.scored.loaded.tiers[at];
        let (scores, set) = (&self.scored.tiers[at].0, &tier.set);
        let column = |node: usize| (set.nodes[node].id.clone(), Text::same(&set.nodes[node].name));
        let share = |unit: usize, node: usize| match scores.nodes.get(unit, node) {
            _ if scores.units[unit].not_scored.is_some() => Share::Missing,
            Some(score) if score.not_applicable => Share::NotApplicable,
            Some(score) => {
                let reached = score.points.exact() * Decimal::ONE_HUNDRED;
                reached.checked_div(score.max.exact()).map_or(Share::NotApplicable, Share::Of)
            }
            None => Share::Missing,
        };
        let row = |&unit: &usize| {
            let of = &tier.data.units[unit];
            let of = Named { id: of.id.clone(), name: Text::same(of.label()) };
            (of, set.fields().map(|node| share(unit, node)).collect())
        };
        Heat {
            columns: set.fields().map(column).collect(),
            rows: units.iter().map(row).collect(),
            rounding: TENTHS,
        }
    }
}
