//! Other rules: maxima, grades, rounding, what a missing input means.

use super::{Applied, Target};
use crate::criteria_set::{CriteriaSet, EntryBy, Per};
use crate::diagnostic::Diagnostics;
use crate::lang::Text;
use crate::number::Points;
use crate::scenario::{Change, Rounded, What};
use crate::scored::Touched;
use crate::source::Place;
use crate::text;
use crate::text::folded;
use rust_decimal::Decimal;

impl Applied {
    /// Changes the criteria sets, or a policy, of all tiers that are meant.
    pub(super) fn change_rules(&mut self, change: &Change, targets: &[Target], out: &mut Diagnostics) {
        let before = out.errors();
        let (mut is_known, mut is_changed) = (false, false);
        for &(tier, _) in targets {
            if self.contradicts_rule(tier, change, out) {
                continue;
            }
            let of = &mut self.loaded.tiers[tier];
            let found = match &change.what {
                What::Missing(missing) => Some(std::mem::replace(&mut of.missing, *missing) != *missing),
                what => change_set(&mut of.set, what),
            };
            is_known |= found.is_some();
            if found == Some(true) {
                is_changed = true;
                self.touched[tier] = Touched::All;
                if matches!(change.what, What::Grade { .. }) {
                    self.grades.push((tier, change.place.clone()));
                }
            }
        }
        if out.errors() != before {
            return;
        }
        if !is_known {
            let (what, found, known) = named(&change.what);
            self.report_unknown(change, targets, (what, &found), known, out);
        } else if !is_changed {
            let why = text!("bộ tiêu chí đã như vậy", "the criteria set is so already");
            self.report_nothing(change, why, out);
        }
    }

    /// Whether another change gives the same thing another value.
    fn contradicts_rule(&mut self, tier: usize, change: &Change, out: &mut Diagnostics) -> bool {
        let key = (tier, slot(&change.what));
        let other = self.rules.get(&key).filter(|(other, _)| *other != change.what);
        let first = other.map(|(_, place)| place.clone()).or_else(|| self.around(tier, change));
        if let Some(first) = first {
            out.contradicting_changes(change.place.clone(), Text::same(&key.1), first);
            return true;
        }
        self.rules.insert(key, (change.what.clone(), change.place.clone()));
        false
    }
}

impl Applied {
    /// Where another maximum was given to what lies around a criterion or group, or in it; notes the
    /// maximum of this one.
    fn around(&mut self, tier: usize, change: &Change) -> Option<Place> {
        let (What::Max { criterion, .. } | What::Drop { criterion }) = &change.what else { return None };
        let set = &self.loaded.tiers[tier].set;
        let own = set.nodes.iter().position(|node| folded(&node.id) == folded(criterion))?;
        let is_around = |(of, node, _): &&(usize, usize, Place)| {
            *of == tier && *node != own && (set.lies_in(own, *node) || set.lies_in(*node, own))
        };
        let first = self.maxima.iter().find(is_around).map(|(_, _, place)| place.clone());
        self.maxima.push((tier, own, change.place.clone()));
        first
    }
}

/// What only one change of a scenario can give a value.
fn slot(what: &What) -> String {
    match what {
        What::Max { criterion, .. } | What::Drop { criterion } => format!("max {}", folded(criterion)),
        What::Times { entry, .. } => format!("times {}", folded(entry)),
        What::Grade { grade, .. } => format!("grade {}", folded(grade)),
        What::Rounding { of, .. } => format!("rounding {of:?}").to_lowercase(),
        What::OnPrinted(_) => "on".to_owned(),
        What::Missing(_) => "missing".to_owned(),
        What::Set { .. }
        | What::Points { .. }
        | What::NotApplicable { .. }
        | What::Deduct { .. }
        | What::Waive { .. } => String::new(),
    }
}

/// What a set has of a kind.
type Known = fn(&CriteriaSet) -> Vec<String>;

/// What a change names, for when it is not there: the kind of thing, its id, and what there is.
fn named(what: &What) -> (Text, String, Known) {
    match what {
        What::Times { entry, .. } => {
            (text!("mục điểm thưởng, điểm trừ", "bonus or deduction"), entry.clone(), |set| {
                set.entries.iter().map(|entry| entry.id.clone()).collect()
            })
        }
        What::Grade { grade, .. } => (text!("xếp loại", "grade"), grade.clone(), |set| {
            set.grades.iter().map(|grade| grade.name.clone()).collect()
        }),
        What::Max { criterion, .. } | What::Drop { criterion } => {
            (text!("tiêu chí", "criterion"), criterion.clone(), |set| {
                set.nodes.iter().map(|node| node.id.clone()).collect()
            })
        }
        _ => (text!("thay đổi", "change"), String::new(), |_| Vec::new()),
    }
}

/// Changes a set; says whether it is then another one. `None`: it has nothing of that name.
fn change_set(set: &mut CriteriaSet, what: &What) -> Option<bool> {
    match what {
        What::Max { criterion, max } => reweigh(set, criterion, *max),
        What::Drop { criterion } => reweigh(set, criterion, Decimal::ZERO),
        What::Times { entry, times } => multiply(set, entry, *times),
        What::Grade { grade, from } => {
            let grade = set.grades.iter_mut().find(|known| folded(&known.name) == folded(grade))?;
            Some(std::mem::replace(&mut grade.from, *from) != *from)
        }
        What::Rounding { of: Rounded::Total, rounding } => {
            Some(std::mem::replace(&mut set.total_rounding, *rounding) != *rounding)
        }
        What::Rounding { of: Rounded::Index, rounding } => {
            Some(std::mem::replace(&mut set.index_rounding, *rounding) != *rounding)
        }
        What::Rounding { of: Rounded::Points, rounding } => {
            set.points_rounding = *rounding;
            let mut is_changed = false;
            for leaf in &mut set.leaves {
                is_changed |= leaf.rounding.replace(*rounding) != Some(*rounding);
            }
            Some(is_changed)
        }
        What::OnPrinted(printed) => {
            let mut is_changed = std::mem::replace(&mut set.ranking.on_printed, *printed) != *printed;
            for grade in &mut set.grades {
                is_changed |= std::mem::replace(&mut grade.on_printed, *printed) != *printed;
            }
            Some(is_changed)
        }
        What::Set { .. }
        | What::Points { .. }
        | What::NotApplicable { .. }
        | What::Deduct { .. }
        | What::Waive { .. }
        | What::Missing(_) => None,
    }
}

/// Gives a criterion or a group another maximum. The rules below it give points in proportion, caps go
/// with it, and the maxima above it and of the set change by as much.
fn reweigh(set: &mut CriteriaSet, id: &str, max: Decimal) -> Option<bool> {
    let top = set.nodes.iter().position(|node| folded(&node.id) == folded(id))?;
    let old = set.nodes[top].max.exact();
    if old == max || old.is_zero() {
        return Some(false);
    }
    let scaled = |points: Decimal| crate::number::settle(points * max / old);
    for node in 0..set.nodes.len() {
        if !set.lies_in(node, top) {
            continue;
        }
        set.nodes[node].max = Points::new(scaled(set.nodes[node].max.exact()));
        set.nodes[node].cap = set.nodes[node].cap.map(|cap| Points::new(scaled(cap.exact())));
        if let Some(leaf) = set.nodes[node].leaf {
            let leaf = &mut set.leaves[leaf];
            leaf.written_for.get_or_insert(leaf.max);
            leaf.max = scaled(leaf.max);
        }
    }
    let by = Points::new(max) - Points::new(old);
    let mut above = set.nodes[top].parent;
    while let Some(node) = above {
        set.nodes[node].max += by;
        above = set.nodes[node].parent;
    }
    // A ceiling at the maximum of the set is there to be reached; one elsewhere is the set's own word.
    if set.total.ceiling == Some(set.max) {
        set.total.ceiling = Some(set.max + by);
    }
    set.max += by;
    Some(true)
}

/// Lets an entry give or take so many times as much.
fn multiply(set: &mut CriteriaSet, id: &str, times: Decimal) -> Option<bool> {
    let entry = set.entries.iter_mut().find(|entry| folded(&entry.id) == folded(id))?;
    let of = |points: Decimal| crate::number::settle(points * times);
    entry.cap = entry.cap.map(|cap| Points::new(of(cap.exact())));
    match &mut entry.by {
        EntryBy::Leaf(leaf) => {
            let leaf = &mut set.leaves[*leaf];
            leaf.written_for.get_or_insert(leaf.max);
            leaf.max = of(leaf.max);
        }
        EntryBy::Events(rule) => {
            rule.points = of(rule.points);
            rule.times = of(rule.times);
            if let Per::Day { before_onset, .. } = &mut rule.per {
                *before_onset = of(*before_onset);
            }
        }
    }
    Some(times != Decimal::ONE)
}
