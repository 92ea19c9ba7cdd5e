//! The units of the round before that today's units came from.

use super::units::Listed;
use crate::diagnostic::Diagnostics;
use crate::text::{folded, nearest};
use std::collections::HashSet;

/// Reports predecessors that the round before does not have. `older` are the ids that its own list
/// names as predecessors: they belong to the year before that one.
pub fn predecessors<'a>(
    listed: &[Listed],
    before: impl Iterator<Item = &'a str> + Clone,
    older: impl Iterator<Item = &'a str>,
    out: &mut Diagnostics,
) {
    let known: HashSet<String> = before.clone().map(folded).collect();
    let older: HashSet<String> = older.map(folded).collect();
    for Listed { unit, place, .. } in listed {
        let place = || place.clone();
        let mut seen: HashSet<String> = HashSet::new();
        let mut found = 0;
        for id in &unit.previous {
            let key = folded(id);
            found += usize::from(known.contains(&key));
            if !seen.insert(key.clone()) {
                out.predecessor_twice(place(), id, &unit.id);
            }
        }
        for id in unit.previous.iter().filter(|id| !known.contains(&folded(id))) {
            if older.contains(&folded(id)) {
                out.two_years(place(), id, &unit.id, found > 0);
            } else {
                let near = out.advise(|| nearest(id, before.clone()));
                out.unknown_predecessor(place(), id, &unit.id, near);
            }
        }
    }
}
