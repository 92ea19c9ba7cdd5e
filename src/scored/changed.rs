//! A round that was changed in places is scored again only there.

use super::{Loaded, Scored, link};
use crate::engine::{self, Keep, Ranking, Scores};
use crate::rule::Origin;
use std::collections::BTreeSet;

/// What of a tier a change touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// Nothing.
    #[default]
    Nothing,
    /// The results or events of these units.
    Units(BTreeSet<usize>),
    /// Its criteria set, or what a missing input means.
    All,
}

impl Touched {
    /// Whether a unit may come out otherwise.
    pub fn contains(&self, unit: usize) -> bool {
        match self {
            Touched::Nothing => false,
            Touched::Units(units) => units.contains(&unit),
            Touched::All => true,
        }
    }

    /// Touches a unit too.
    pub fn add(&mut self, unit: usize) {
        match self {
            Touched::All => {}
            Touched::Nothing => *self = Touched::Units(BTreeSet::from([unit])),
            Touched::Units(units) => {
                units.insert(unit);
            }
        }
    }
}

impl Loaded {
    /// Scores and ranks a changed round. Tiers that nothing touched, and that look at no tier that
    /// something did, are as in `base`; of others only the units that were touched are scored.
    ///
    /// The results are those that were read, without what [`Loaded::score`] fills in.
    pub fn score_changed(mut self, base: &Scored, touched: &[Touched], keep: Keep) -> Scored {
        let count = self.tiers.len();
        let mut scored: Vec<Option<(Scores, Ranking)>> = (0..count).map(|_| None).collect();
        let mut moved = vec![false; count];
        for at in self.links.order.clone() {
            let looks_at_moved = self.looks_at(at).any(|other| moved[other]);
            let touched = if looks_at_moved { &Touched::All } else { &touched[at] };
            moved[at] = *touched != Touched::Nothing;
            let before = &base.tiers[at];
            scored[at] = Some(match touched {
                Touched::Nothing => {
                    self.tiers[at].data.cells = base.loaded.tiers[at].data.cells.clone();
                    before.clone()
                }
                Touched::Units(units) => {
                    link::fill(&mut self, at, &scored);
                    let units: Vec<usize> = units.iter().copied().collect();
                    let (tier, mut scores) = (&self.tiers[at], before.0.clone());
                    engine::rescore(&tier.set, tier.missing, &tier.data, &tier.events, &units, &mut scores);
                    let ranking = engine::rank(&tier.set, &tier.data.units, &scores);
                    (scores, ranking)
                }
                Touched::All => self.score_tier(at, &scored, keep),
            });
        }
        Scored { loaded: self, tiers: scored.into_iter().map(Option::unwrap_or_default).collect() }
    }

    /// The tiers whose scores a tier looks at.
    fn looks_at(&self, tier: usize) -> impl Iterator<Item = usize> + '_ {
        let origins = self.tiers[tier].set.columns.iter().filter_map(|column| column.input.origin.as_ref());
        let ids = origins.filter_map(|origin| match origin {
            Origin::Index(of) => Some(&of.id),
            Origin::LowerTier(lower, _) => Some(&lower.tier),
            Origin::Target | Origin::Previous(..) => None,
        });
        ids.filter_map(|id| self.tiers.iter().position(|tier| tier.id == *id))
    }
}
