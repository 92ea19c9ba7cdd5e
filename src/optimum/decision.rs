//! What can be decided in a choice: one of its useful alternatives, or none.

use super::Alternative;

/// An alternative that may be taken, or that none is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) gain: u128,
    pub(super) weight: u128,
    /// What is lost at least when a cheaper decision stands in its place; for none, nothing is cheaper.
    pub(super) drop: u128,
    /// Its place among those offered.
    pub(super) alternative: Option<usize>,
}

/// The decisions of a choice, in the order in which equal plans are told apart. Left out is what no
/// minimal plan can hold: an alternative without gain, or with no more gain than a cheaper one.
pub(super) fn decisions(offered: &[Alternative], per_cost: u128, per_touch: u128) -> Vec<Decision> {
    let mut order: Vec<usize> = (0..offered.len()).collect();
    order.sort_by_key(|&at| offered[at].cost);
    let mut decisions = Vec::with_capacity(offered.len() + 1);
    let mut cheaper = 0;
    for equal in order.chunk_by(|&a, &b| offered[a].cost == offered[b].cost) {
        let mut best = cheaper;
        for &at in equal {
            let Alternative { gain, cost } = offered[at];
            if cheaper < gain {
                let weight = u128::from(cost) * per_cost + per_touch;
                decisions.push(Decision { gain, weight, drop: gain - cheaper, alternative: Some(at) });
                best = best.max(gain);
            }
        }
        cheaper = best;
    }
    decisions.sort_by_key(|decision| decision.alternative);
    decisions.push(Decision { gain: 0, weight: 0, drop: u128::MAX, alternative: None });
    decisions
}
