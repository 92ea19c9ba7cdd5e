//! Scenarios as charts: the index of each unit before and after.

use super::{WhatIfView, standing};
use crate::lang::Text;
use crate::report::chart::{Axis, Chart, Move, Moves, Named, Plot};
use crate::scenario::Scenario;
use crate::scored::WhatIf;
use crate::text;

impl WhatIfView<'_> {
    /// A chart of one scenario, for the units that it moves.
    pub(super) fn chart<'a>(
        &'a self,
        tier: usize,
        units: Vec<usize>,
        (scenario, after): &'a (Scenario, WhatIf),
    ) -> Chart<'a> {
        let id = &scenario.id;
        Chart {
            title: text!("{id}: chỉ số trước và sau", "{id}: the index before and after"),
            caption: text!("Trục không bắt đầu từ 0.", "The axis does not begin at 0."),
            plot: Box::new(move || Plot::Moves(self.moves_of(tier, &units, after))),
        }
    }

    fn moves_of(&self, tier: usize, units: &[usize], after: &WhatIf) -> Moves {
        let row = |&unit: &usize| {
            let of = &self.base.loaded.tiers[tier].data.units[unit];
            let (then, now) = (standing(self.base, tier, unit), standing(&after.scored, tier, unit));
            (then.is_scored() && now.is_scored()).then(|| Move {
                of: Named { id: of.id.clone(), name: Text::same(of.label()) },
                before: then.score.index.exact(),
                after: now.score.index.exact(),
            })
        };
        Moves {
            axis: Axis::percent(text!("Chỉ số, %", "Index, %"), self.set(tier).index_rounding),
            before: text!("nay", "now"),
            after: text!("sau", "after"),
            rows: units.iter().filter_map(row).collect(),
        }
    }
}
