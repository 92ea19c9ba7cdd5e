//! Plan after plan, cheapest first.
//!
//! Plans are the leaves of a tree in which choice after choice is decided. What the later choices add
//! at least is known exactly, so the best plan below a branch is known before it is looked at: the best
//! branch is followed to its plan, and the ways that turn off from it wait for their turn (best first,
//! as A\* with a perfect estimate). What exceeds a limit of weight is not looked at until all else has
//! been given; then the limit is widened and plans that have been given are passed over.

use super::completions::Completions;
use super::decision::Decision;
use super::problem::Limits;
use super::reduced::Reduced;
use super::{Choices, Plan};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

/// All minimal plans that reach a need, each once and in the order of plans.
///
/// A plan is minimal if it misses the need as soon as one of its alternatives is left out or replaced
/// by a cheaper one of the same choice. The first is that of [`Choices::cheapest`]. Alternatives of
/// equal cost stand beside each other, even those of equal gain.
///
/// With `a` alternatives, a plan takes O(a log s) steps for lists of `s` states, and leaves at most `a`
/// branches to wait, of some 80 bytes each.
#[derive(Debug)]
pub struct Plans<'a> {
    choices: &'a Choices,
    need: u128,
    limits: Option<Limits>,
    /// Plans up to this weight have been given.
    given: Option<u128>,
    search: Option<Search>,
}

impl<'a> Plans<'a> {
    pub(super) fn new(choices: &'a Choices, need: u128) -> Plans<'a> {
        let limits = choices.by_cost.limits(need);
        Plans { choices, need, limits, given: None, search: None }
    }
}

impl Iterator for Plans<'_> {
    type Item = Plan;

    fn next(&mut self) -> Option<Plan> {
        loop {
            if let Some(search) = &mut self.search {
                while let Some((weight, path)) = search.next() {
                    if self.given.is_none_or(|given| given < weight) {
                        return Some(self.choices.plan(search.reduced.chosen(&path)));
                    }
                }
                self.given = Some(search.reduced.limit);
            }
            let limit = self.limits.as_mut()?.next()?;
            self.search =
                Reduced::new(&self.choices.by_cost, self.need..=self.need, limit).and_then(Search::new);
        }
    }
}

/// The plans within a limit of weight.
#[derive(Debug)]
struct Search {
    reduced: Reduced,
    completions: Completions,
    waiting: BinaryHeap<Reverse<Branch>>,
}

impl Search {
    fn new(reduced: Reduced) -> Option<Search> {
        let completions = Completions::new(&reduced, usize::MAX)?;
        let mut search = Search { reduced, completions, waiting: BinaryHeap::new() };
        let key = search.key(Sum::of_settled(&search.reduced), 0);
        let whole = |key| Reverse(Branch { key, path: Arc::from([]), kept: 0, turn: None });
        search.waiting.extend(key.map(whole));
        Some(search)
    }

    /// The next minimal plan: its weight, and the place of the decision in each open choice.
    fn next(&mut self) -> Option<(u128, Vec<usize>)> {
        loop {
            let Reverse(branch) = self.waiting.pop()?;
            if let Some(path) = self.follow(&branch) {
                return Some((branch.key.0, path));
            }
        }
    }

    /// Follows a branch to the plan that its key promises, and leaves the ways that turn off from it
    /// to wait. None if that plan is not minimal.
    fn follow(&mut self, branch: &Branch) -> Option<Vec<usize>> {
        let open = &self.reduced.open;
        let mut path: Vec<usize> = Vec::with_capacity(open.len());
        path.extend(branch.decisions());
        let mut sum = Sum::of_settled(&self.reduced);
        sum = path.iter().zip(open).fold(sum, |sum, (&at, decisions)| sum.with(&decisions[at]));
        let mut turns: Vec<(Key, usize, usize)> = Vec::new();
        let mut is_minimal = sum.may_be_minimal(&self.reduced);
        while is_minimal && path.len() < open.len() {
            let place = path.len();
            is_minimal = false;
            for (at, decision) in open[place].iter().enumerate() {
                let Some(key) = self.key(sum.with(decision), place + 1) else { continue };
                // The first of equal ones is followed; where it is not minimal, the others wait.
                if key == branch.key && path.len() == place {
                    path.push(at);
                    is_minimal = true;
                } else {
                    turns.push((key, place, at));
                }
            }
            if let Some(&at) = path.get(place) {
                sum = sum.with(&open[place][at]);
            }
        }
        let shared: Arc<[usize]> = Arc::from(path.as_slice());
        self.waiting.extend(turns.into_iter().map(|(key, kept, turn)| {
            Reverse(Branch { key, path: Arc::clone(&shared), kept, turn: Some(turn) })
        }));
        is_minimal.then_some(path)
    }

    /// The best that can become of decisions before a place, minimal or not; none if no minimal plan
    /// can, or if all exceed the limit.
    fn key(&self, sum: Sum, place: usize) -> Option<Key> {
        if !sum.may_be_minimal(&self.reduced) {
            return None;
        }
        let rest = self.completions.lightest(place, self.reduced.greatest.saturating_sub(sum.gain))?;
        let weight = sum.weight + rest.weight;
        (weight <= self.reduced.limit).then_some((weight, Reverse(sum.gain + rest.gain)))
    }
}

/// What some decisions give together.
#[derive(Clone, Copy)]
struct Sum {
    gain: u128,
    weight: u128,
    drop: u128,
}

impl Sum {
    fn of_settled(reduced: &Reduced) -> Sum {
        Sum { gain: reduced.gain, weight: reduced.weight, drop: reduced.drop }
    }

    fn with(self, decision: &Decision) -> Sum {
        Sum {
            gain: self.gain + decision.gain,
            weight: self.weight + decision.weight,
            drop: self.drop.min(decision.drop),
        }
    }

    /// Whether the need is not exceeded by so much that a decision could be dropped.
    fn may_be_minimal(self, reduced: &Reduced) -> bool {
        self.gain.saturating_sub(reduced.greatest) < self.drop
    }
}

/// Weight, then larger gain.
type Key = (u128, Reverse<u128>);

/// Plans that begin alike and have not been looked at.
#[derive(Debug)]
struct Branch {
    /// Of the best of them.
    key: Key,
    /// A way that was followed, how much of it is kept, and how it goes on.
    path: Arc<[usize]>,
    kept: usize,
    turn: Option<usize>,
}

impl Branch {
    fn decisions(&self) -> impl Iterator<Item = usize> {
        self.path[..self.kept].iter().copied().chain(self.turn)
    }
}

impl Ord for Branch {
    fn cmp(&self, other: &Branch) -> Ordering {
        self.key.cmp(&other.key).then_with(|| self.decisions().cmp(other.decisions()))
    }
}

impl PartialOrd for Branch {
    fn partial_cmp(&self, other: &Branch) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Branch {
    fn eq(&self, other: &Branch) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Branch {}
