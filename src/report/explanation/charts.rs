//! The charts of a unit: where it lost points, and how it came along over the years.

use super::ExplanationView;
use crate::lang::Text;
use crate::report::chart::{Chart, Plot, Step, Waterfall, Year, Years};
use crate::scored::{Scored, predecessors};
use crate::text;
use crate::text::folded;

impl ExplanationView<'_> {
    /// The charts of a scored unit.
    pub(super) fn charts<'s>(&self) -> Vec<Chart<'s>> {
        let chart = |title, caption, plot: Plot| {
            (!plot.is_empty()).then(|| Chart { title, caption, plot: Box::new(move || plot.clone()) })
        };
        let lost = chart(
            text!("Từ điểm tối đa đến tổng điểm", "From the maximum to the total"),
            Text::default(),
            Plot::Waterfall(self.waterfall()),
        );
        let years = chart(
            text!("Chỉ số qua các năm, %", "Index over the years, %"),
            text!("Trục không bắt đầu từ 0.", "The axis does not begin at 0."),
            Plot::Years(self.years()),
        );
        lost.into_iter().chain(years).collect()
    }

    fn waterfall(&self) -> Waterfall {
        let step = |step: super::waterfall::Step| Step {
            change: (!matches!(step.key, "max" | "total")).then_some(step.points),
            name: step.name,
            left: step.left,
        };
        let steps = self.steps().into_iter().map(step).collect();
        Waterfall { steps, rounding: self.set().points_rounding }
    }

    /// The indices as they were printed, as far back as rounds before are known.
    fn years(&self) -> Years {
        let set = self.set();
        let (scores, ranking) = &self.scored.tiers[self.tier];
        let now = Year {
            name: name(self.scored, text!("Năm nay", "This year")),
            index: set.index_rounding.apply(scores.units[self.unit].index.exact()),
            rank: ranking.ranks[self.unit],
        };
        let mut years = vec![now];
        let mut at = Some((self.scored, self.tier, self.unit));
        while let Some((scored, tier, unit)) = at {
            let Some(before) = scored.before(tier, unit) else { break };
            let Some(index) = before.index else { break };
            let round = scored.loaded.previous.as_ref().and_then(|previous| previous.round.as_deref());
            let unknown = || text!("Kỳ trước", "Round before");
            let year = round.map_or_else(unknown, |round| name(round, unknown()));
            let index = set.index_rounding.apply(index);
            years.push(Year { name: year, index, rank: before.rank });
            at = round.and_then(|round| place(round, scored, (tier, unit)));
        }
        years.reverse();
        Years { years, rounding: set.index_rounding }
    }
}

fn name(scored: &Scored, unknown: Text) -> Text {
    scored.loaded.round.year.map_or(unknown, Text::same)
}

/// Where a unit is in the round before, if it came from one unit of it.
fn place<'r>(
    before: &'r Scored,
    scored: &Scored,
    (tier, unit): (usize, usize),
) -> Option<(&'r Scored, usize, usize)> {
    let of = &scored.loaded.tiers[tier];
    let mut ids = predecessors(&of.data.units[unit]);
    let (id, None) = (folded(ids.next()?), ids.next()) else { return None };
    let tier = before.loaded.tiers.iter().position(|known| known.id == of.id)?;
    let units = &before.loaded.tiers[tier].data.units;
    Some((before, tier, units.iter().position(|unit| folded(&unit.id) == id)?))
}
