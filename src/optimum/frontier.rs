//! The lightest ways to many needs at once.
//!
//! Lists of states that serve the greatest of some needs serve the others too, if no state is left out
//! that the least of them may want. Where they get too long, the needs are halved.

use super::completions::Completions;
use super::problem::{Chosen, Problem};
use super::reduced::Reduced;

/// So many states are held for each need, and so many in all, before the needs are halved.
const STATES: (usize, usize) = (1 << 12, 1 << 20);

impl Problem {
    /// For needs that rise, the lightest way to each.
    pub(super) fn frontier(&self, needs: &[u128]) -> Vec<Option<Chosen>> {
        let reached = needs.partition_point(|&need| need <= self.most);
        let mut ways = Vec::with_capacity(needs.len());
        self.extend(&needs[..reached], &mut ways);
        ways.resize(needs.len(), None);
        ways
    }

    fn extend(&self, needs: &[u128], ways: &mut Vec<Option<Chosen>>) {
        let Some((&greatest, lower)) = needs.split_last() else { return };
        let Some((limit, chosen)) = self.lightest(greatest) else { return };
        let Some(&least) = lower.first() else { return ways.push(Some(chosen)) };
        // No lower need weighs more than the greatest.
        let reduced = Reduced::new(self, least..=greatest, limit);
        let most = STATES.1.min(needs.len().saturating_mul(STATES.0));
        let found = reduced.and_then(|reduced| Some((Completions::new(&reduced, most)?, reduced)));
        if let Some((completions, reduced)) = found {
            let way = |&need| Some(reduced.chosen(&completions.best(&reduced, need)?.1));
            ways.extend(needs.iter().map(way));
        } else {
            let (lower, upper) = needs.split_at(needs.len() / 2);
            self.extend(lower, ways);
            self.extend(upper, ways);
        }
    }
}
