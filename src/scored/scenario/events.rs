//! Other events: a deduction more, a deduction waived.

use super::{Applied, Target};
use crate::criteria_set::{At, CriteriaSet, EntryBy, Per};
use crate::diagnostic::Diagnostics;
use crate::model::Event;
use crate::scenario::{Change, What};
use crate::text;
use crate::text::folded;

impl Applied {
    /// Adds an event of an entry to all units that are meant, or waives all that they have.
    pub(super) fn change_events(
        &mut self,
        change: &Change,
        targets: &[Target],
        id: &str,
        out: &mut Diagnostics,
    ) {
        let entry = |tier: usize| {
            let entries = &self.loaded.tiers[tier].set.entries;
            entries.iter().position(|entry| folded(&entry.id) == folded(id))
        };
        let found: Vec<(Target, usize)> =
            targets.iter().filter_map(|target| Some((target.clone(), entry(target.0)?))).collect();
        if found.is_empty() {
            let known = |set: &CriteriaSet| set.entries.iter().map(|entry| entry.id.clone()).collect();
            let what = text!("mục điểm thưởng, điểm trừ", "bonus or deduction");
            return self.report_unknown(change, targets, (what, id), known, out);
        }
        let before = out.errors();
        let mut is_changed = false;
        for ((tier, units), entry) in found {
            for unit in units {
                if self.contradicts((tier, unit, entry), change, out) {
                    continue;
                }
                is_changed |= match &change.what {
                    What::Waive { .. } => self.waive(tier, unit, entry),
                    _ => self.deduct(change, tier, unit, entry, out),
                };
            }
        }
        if !is_changed && out.errors() == before {
            let why = text!("không có lần trừ nào để miễn", "there is no event to waive");
            self.report_nothing(change, why, out);
        }
    }

    /// Whether another change waives what this one deducts, or the other way round.
    fn contradicts(&mut self, key: (usize, usize, usize), change: &Change, out: &mut Diagnostics) -> bool {
        let is_waiver = |what: &What| matches!(what, What::Waive { .. });
        if let Some((other, place)) = self.events.get(&key)
            && is_waiver(other) != is_waiver(&change.what)
        {
            let tier = &self.loaded.tiers[key.0];
            let (unit, entry) = (tier.data.units[key.1].label(), &tier.set.entries[key.2].id);
            let what = text!("{unit}, {entry}: trừ và miễn trừ", "{unit}, {entry}: deducted and waived");
            out.contradicting_changes(change.place.clone(), what, place.clone());
            return true;
        }
        self.events.insert(key, (change.what.clone(), change.place.clone()));
        false
    }

    fn waive(&mut self, tier: usize, unit: usize, entry: usize) -> bool {
        let events = self.loaded.tiers[tier].events.get_mut(&unit);
        let mut is_changed = false;
        for event in events.into_iter().flatten().filter(|event| event.entry == entry && !event.waived) {
            event.waived = true;
            is_changed = true;
        }
        if is_changed {
            self.touched[tier].add(unit);
        }
        is_changed
    }

    fn deduct(
        &mut self,
        change: &Change,
        tier: usize,
        unit: usize,
        entry: usize,
        out: &mut Diagnostics,
    ) -> bool {
        let What::Deduct { count, points, criterion, .. } = &change.what else { return false };
        let set = &self.loaded.tiers[tier].set;
        let of = &set.entries[entry];
        let place = change.place.clone();
        let EntryBy::Events(rule) = &of.by else {
            out.entry_takes_results(place, &of.id, self.loaded.tiers[tier].data.units[unit].label());
            return false;
        };
        if rule.per == Per::Points && points.is_none() {
            out.change_lacks(place, "points", &of.id);
            return false;
        }
        let node = match (rule.at, criterion) {
            (At::Unit, _) => None,
            (_, None) => {
                out.change_lacks(place, "criterion", &of.id);
                return false;
            }
            (_, Some(criterion)) => {
                let node = set.nodes.iter().position(|node| folded(&node.id) == folded(criterion));
                let Some(node) = node else {
                    let known = |set: &CriteriaSet| set.nodes.iter().map(|node| node.id.clone()).collect();
                    let what = text!("tiêu chí", "criterion");
                    self.report_unknown(change, &[(tier, vec![unit])], (what, criterion), known, out);
                    return false;
                };
                Some(node)
            }
        };
        let event = Event {
            entry,
            count: *count,
            date: None,
            points: *points,
            node,
            waived: false,
            document: String::new(),
            reason: String::new(),
            place,
        };
        self.loaded.tiers[tier].events.entry(unit).or_default().push(event);
        self.touched[tier].add(unit);
        true
    }
}
