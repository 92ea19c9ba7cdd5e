//! Places moved since the round before, as a chart.

use super::RoundsView;
use crate::lang::Text;
use crate::report::chart::{Axis, Chart, Move, Moves, Named, Plot};
use crate::text;
use rust_decimal::Decimal;

impl RoundsView<'_> {
    /// The ranks of units before and now, where they can be compared.
    pub(super) fn places_chart(&self, at: usize, units: Vec<usize>) -> Chart<'_> {
        Chart {
            title: text!("Hạng trước và nay", "Ranks before and now"),
            caption: Text::default(),
            plot: Box::new(move || Plot::Moves(self.places(at, &units))),
        }
    }

    fn places(&self, at: usize, units: &[usize]) -> Moves {
        let row = |&unit: &usize| {
            let moved = self.scored.moved(at, unit).filter(|moved| moved.places.is_some())?;
            let of = &self.scored.loaded.tiers[at].data.units[unit];
            Some(Move {
                of: Named { id: of.id.clone(), name: Text::same(of.label()) },
                before: Decimal::from(moved.before.rank?),
                after: Decimal::from(self.scored.tiers[at].1.ranks[unit]?),
            })
        };
        Moves {
            axis: Axis::ranks(text!("Hạng", "Rank")),
            before: text!("kỳ trước", "before"),
            after: text!("nay", "now"),
            rows: units.iter().filter_map(row).collect(),
        }
    }
}
