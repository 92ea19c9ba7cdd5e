//! What the later choices can add: undominated states of gain and weight (Nemhauser & Ullmann 1969,
//! *Management Science* 15, 494–505).

use super::decision::Decision;
use super::reduced::Reduced;
use super::relaxation::Curve;

/// What some choices give together.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) gain: u128,
    pub(super) weight: u128,
    /// The place of the decision in its choice, and of the state in the list of the next choice; of
    /// equal ones the first decision. A list of 2³² states would not fit in memory.
    decision: u32,
    next: u32,
}

/// For each open choice the states of it and all after it, lightest first, gains rising; at the end
/// the one state of no choice. States that are in no plan within the limit are left out, and so is
/// what is heavier than a state that already reaches the need.
#[derive(Debug)]
pub(super) struct Completions(Vec<Vec<State>>);

impl Completions {
    /// None if there are more states than so many. For a choice with `k` decisions and `s` states after
    /// it, a list takes O(k² s).
    pub(super) fn new(reduced: &Reduced, most: usize) -> Option<Completions> {
        let relaxation = reduced.relaxation();
        let mut lists = vec![vec![State { gain: 0, weight: 0, decision: 0, next: 0 }]];
        let mut left = most;
        for (place, decisions) in reduced.open.iter().enumerate().rev() {
            let after = lists.last().map_or(&[][..], Vec::as_slice);
            let list = merged(after, decisions, reduced, &relaxation.curve(place), left)?;
            left -= list.len();
            lists.push(list);
        }
        lists.reverse();
        Some(Completions(lists))
    }

    /// The lightest state of the choices from a place on that gains so much; of these the one of the
    /// largest gain. It is exact where the plan it completes is within the limit; none, or one that
    /// exceeds the limit, says that no plan is.
    pub(super) fn lightest(&self, place: usize, gain: u128) -> Option<State> {
        let list = &self.0[place];
        list.get(list.partition_point(|state| state.gain < gain)).copied()
    }

    /// The best plan within the limit for a need between the least and the greatest of the reduced
    /// problem: its weight, and the place of the decision in each open choice.
    pub(super) fn best(&self, reduced: &Reduced, need: u128) -> Option<(u128, Vec<usize>)> {
        let mut state = self.lightest(0, need.saturating_sub(reduced.gain))?;
        let weight = reduced.weight + state.weight;
        let mut path = Vec::with_capacity(reduced.open.len());
        for list in &self.0[1..] {
            path.push(state.decision as usize);
            state = list[state.next as usize];
        }
        Some((weight, path))
    }

    /// The weight of some plan that reaches the need though it exceeds the limit, if one is found.
    pub(super) fn beyond(&self, reduced: &Reduced) -> Option<u128> {
        let (mut gain, mut weight) = (reduced.gain, reduced.weight);
        for (place, decisions) in reduced.open.iter().enumerate() {
            let key = |decision: &&Decision| {
                let rest = self.lightest(place + 1, reduced.greatest.saturating_sub(gain + decision.gain));
                rest.map_or(u128::MAX, |rest| decision.weight + rest.weight)
            };
            let decision = decisions.iter().min_by_key(key)?;
            gain += decision.gain;
            weight += decision.weight;
        }
        (reduced.greatest <= gain).then_some(weight)
    }
}

/// The states of a choice and those after it, a merge of one shifted list for each decision; none if
/// there are more than so many.
fn merged(
    after: &[State],
    decisions: &[Decision],
    reduced: &Reduced,
    before: &Curve,
    most: usize,
) -> Option<Vec<State>> {
    let limit = reduced.limit.checked_sub(reduced.weight);
    let least = reduced.least.saturating_sub(reduced.gain);
    let greatest = reduced.greatest.saturating_sub(reduced.gain);
    let mut heads = vec![0; decisions.len()];
    let mut list = Vec::with_capacity(after.len());
    let mut falling = before.falling();
    let mut best: Option<u128> = None;
    loop {
        let mut first: Option<State> = None;
        for (at, decision) in decisions.iter().enumerate() {
            while let Some(state) = after.get(heads[at]) {
                let gain = state.gain + decision.gain;
                if best.is_some_and(|best| gain <= best) {
                    heads[at] += 1;
                    continue;
                }
                let weight = state.weight + decision.weight;
                let is_first = first
                    .is_none_or(|first| weight < first.weight || weight == first.weight && first.gain < gain);
                if is_first {
                    first = Some(State { gain, weight, decision: at as u32, next: heads[at] as u32 });
                }
                break;
            }
        }
        let Some(state) = first else { break };
        let Some(rest) = limit.and_then(|limit| limit.checked_sub(state.weight)) else { break };
        best = Some(state.gain);
        let missing = reduced.scale.apply(least.saturating_sub(state.gain));
        if falling.allows(missing, rest) {
            if list.len() == most {
                return None;
            }
            list.push(state);
        }
        if greatest <= state.gain {
            break;
        }
    }
    Some(list)
}
