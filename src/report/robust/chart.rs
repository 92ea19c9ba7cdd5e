//! Ranges of ranks, as a chart.

use super::{RobustView, Varied};
use crate::lang::Text;
use crate::report::chart::{Axis, Chart, Named, Plot, Range, Ranges};
use crate::survey::decimal;
use crate::text;
use rust_decimal::Decimal;

impl RobustView<'_> {
    /// Each unit's rank and the ranks between which nine of ten draws lie.
    pub(super) fn ranks_chart<'a>(&'a self, varied: &'a Varied<'a>, units: Vec<usize>) -> Chart<'a> {
        let row = move |&at: &usize| {
            let place = varied.block.units[at];
            let (of, ranks) = (&varied.block.tier().data.units[place], &varied.outcome.units[at].ranks);
            let ranking = &self.scored.tiers[varied.block.place.0].1;
            let quantile = |probability: f64| decimal(ranks.quantile(probability));
            Some(Range {
                of: Named { id: of.id.clone(), name: Text::same(of.label()) },
                value: Decimal::from(ranking.ranks[place]?),
                bounds: quantile(0.05).zip(quantile(0.95)),
            })
        };
        Chart {
            title: text!("Khoảng hạng", "Ranges of ranks"),
            caption: text!(
                "Hạng đã chấm, và khoảng chứa 90 % số lần thử.",
                "The rank as scored, and the range of nine in ten draws."
            ),
            plot: Box::new(move || {
                Plot::Ranges(Ranges {
                    axis: Axis::ranks(text!("Hạng", "Rank")),
                    mark: text!("hạng đã chấm", "rank as scored"),
                    interval: text!("từ 5 % đến 95 % số lần thử", "5 % to 95 % of the draws"),
                    rows: units.iter().filter_map(row).collect(),
                })
            }),
        }
    }
}
