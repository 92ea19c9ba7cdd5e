//! A scenario is applied to a round: its changes become other values, other events, other rules, and
//! the ordinary scoring runs again where they touch.

mod data;
mod events;
mod rules;

use super::{Loaded, Scored, Touched};
use crate::diagnostic::Diagnostics;
use crate::engine::Keep;
use crate::lang::Text;
use crate::model::Value;
use crate::scenario::{Change, Scenario, Units, What};
use crate::source::Place;
use crate::text;
use crate::text::{folded, nearest};
use rust_decimal::Decimal;
use std::collections::HashMap;

impl Loaded {
    /// What a scenario makes of this round, scored; `base` is the round as it stands. `None`: a change
    /// names nothing, changes nothing or cannot be, which is reported.
    ///
    /// The round is one that was read and not yet scored, so that what other tiers fill in is filled in
    /// anew.
    pub fn whatif(&self, base: &Scored, scenario: &Scenario, out: &mut Diagnostics) -> Option<WhatIf> {
        self.supposed(base, scenario, false, out)
    }

    /// [`Loaded::whatif`] as one step of many, of which some are what the round has already.
    pub fn step(&self, base: &Scored, scenario: &Scenario, out: &mut Diagnostics) -> Option<Scored> {
        self.supposed(base, scenario, true, out).map(|after| after.scored)
    }

    fn supposed(
        &self,
        base: &Scored,
        scenario: &Scenario,
        may_change_nothing: bool,
        out: &mut Diagnostics,
    ) -> Option<WhatIf> {
        let before = out.errors();
        let mut applied = Applied::new(self.clone(), may_change_nothing);
        for change in &scenario.changes {
            applied.apply(change, out);
        }
        applied.check(out);
        if before < out.errors() {
            return None;
        }
        let Applied { loaded, touched, .. } = applied;
        let scored = loaded.score_changed(base, &touched, Keep::All);
        scored.report_new_findings(base, out);
        (before == out.errors()).then_some(WhatIf { scored, touched })
    }
}

/// A round after a scenario.
#[derive(Debug)]
pub struct WhatIf {
    /// The round, scored.
    pub scored: Scored,
    /// What the scenario changes itself, tier by tier; other units may move with it.
    pub touched: Vec<Touched>,
}

/// A round while changes are made.
struct Applied {
    loaded: Loaded,
    touched: Vec<Touched>,
    /// Whether a change may leave all as it is.
    may_change_nothing: bool,
    /// What was changed, and where that is written: a cell with its new value, or an entry of a unit.
    cells: HashMap<(usize, usize, usize), (Value, Place)>,
    events: HashMap<(usize, usize, usize), (What, Place)>,
    /// Points that are supposed, of a unit's leaf.
    supposed: HashMap<(usize, usize, usize), (Decimal, Place)>,
    /// What was changed in sets: tier and what it is called.
    rules: HashMap<(usize, String), (What, Place)>,
    /// Nodes whose maxima changed: tier, node, place.
    maxima: Vec<(usize, usize, Place)>,
    /// Changes of results that contradict each other.
    contradicting: Vec<(Place, Place)>,
    /// Tiers whose grades changed, with the last place that did it.
    grades: Vec<(usize, Place)>,
}

/// Where a change works: a tier, and its units.
type Target = (usize, Vec<usize>);

impl Applied {
    fn new(loaded: Loaded, may_change_nothing: bool) -> Applied {
        Applied {
            may_change_nothing,
            touched: vec![Touched::Nothing; loaded.tiers.len()],
            loaded,
            cells: HashMap::new(),
            events: HashMap::new(),
            supposed: HashMap::new(),
            rules: HashMap::new(),
            maxima: Vec::new(),
            contradicting: Vec::new(),
            grades: Vec::new(),
        }
    }

    /// Makes a change, or reports why it cannot be made.
    fn apply(&mut self, change: &Change, out: &mut Diagnostics) {
        let Some(targets) = self.targets(change, out) else { return };
        match &change.what {
            What::Set { input, value } => self.set(change, &targets, (input, value), out),
            What::Points { criterion, points } => self.suppose(change, &targets, (criterion, *points), out),
            What::NotApplicable { criterion } => self.not_applicable(change, &targets, criterion, out),
            What::Deduct { entry, .. } | What::Waive { entry } => {
                self.change_events(change, &targets, entry, out);
            }
            _ => self.change_rules(change, &targets, out),
        }
    }

    /// What can only be looked at when all changes are made.
    fn check(&mut self, out: &mut Diagnostics) {
        for (tier, place) in std::mem::take(&mut self.grades) {
            let grades = &self.loaded.tiers[tier].set.grades;
            if let Some(pair) = grades.windows(2).find(|pair| pair[0].from <= pair[1].from) {
                out.grades_out_of_order(place, &pair[1].name);
            }
        }
    }

    /// The tiers and units that a change is about; `None`: there are none, which is reported.
    fn targets(&self, change: &Change, out: &mut Diagnostics) -> Option<Vec<Target>> {
        let tiers = &self.loaded.tiers;
        let is_meant =
            |tier: usize| change.tier.as_ref().is_none_or(|id| folded(id) == folded(&tiers[tier].id));
        let meant: Vec<usize> = (0..tiers.len()).filter(|tier| is_meant(*tier)).collect();
        if let (Some(id), []) = (&change.tier, &meant[..]) {
            let known: Vec<&str> = tiers.iter().map(|tier| tier.id.as_str()).collect();
            let what = text!("cấp", "tier");
            out.names_nothing(change.place.clone(), &what, id, nearest(id, known.iter().copied()), &known);
            return None;
        }
        let targets: Vec<Target> = meant
            .iter()
            .map(|&tier| (tier, self.units(tier, &change.of)))
            .filter(|(_, units)| !units.is_empty())
            .collect();
        if targets.is_empty() {
            self.report_units(change, &meant, out);
            return None;
        }
        Some(targets)
    }

    /// The units of a tier that are meant: by id, else by name.
    fn units(&self, tier: usize, of: &Units) -> Vec<usize> {
        let units = &self.loaded.tiers[tier].data.units;
        let all = |fits: &dyn Fn(usize) -> bool| (0..units.len()).filter(|at| fits(*at)).collect();
        match of {
            Units::All => all(&|_| true),
            Units::Block(block) => all(&|at| folded(&units[at].block) == folded(block)),
            Units::One(name) => {
                let key = folded(name);
                let by_id: Vec<usize> = all(&|at| folded(&units[at].id) == key);
                if by_id.is_empty() { all(&|at| folded(&units[at].name) == key) } else { by_id }
            }
        }
    }

    fn report_units(&self, change: &Change, tiers: &[usize], out: &mut Diagnostics) {
        let units = || tiers.iter().flat_map(|tier| &self.loaded.tiers[*tier].data.units);
        let place = change.place.clone();
        match &change.of {
            Units::All => {}
            Units::One(name) => {
                let names = units().flat_map(|unit| [unit.id.as_str(), unit.name.as_str()]);
                out.names_nothing(place, &text!("đơn vị", "unit"), name, nearest(name, names), &[]);
            }
            Units::Block(name) => {
                let mut known: Vec<&str> = units().map(|unit| unit.block.as_str()).collect();
                known.retain(|block| !block.is_empty());
                known.dedup();
                let near = nearest(name, known.iter().copied());
                out.names_nothing(place, &text!("khối", "block"), name, near, &known);
            }
        }
    }

    /// Reports a change after which all is as before, where that is a mistake.
    fn report_nothing(&self, change: &Change, why: Text, out: &mut Diagnostics) {
        if !self.may_change_nothing {
            out.changes_nothing(change.place.clone(), why);
        }
    }

    /// Reports something that no tier's criteria set has.
    fn report_unknown(
        &self,
        change: &Change,
        targets: &[Target],
        (what, found): (Text, &str),
        known: impl Fn(&crate::criteria_set::CriteriaSet) -> Vec<String>,
        out: &mut Diagnostics,
    ) {
        let mut ids: Vec<String> = Vec::new();
        for (tier, _) in targets {
            ids.extend(known(&self.loaded.tiers[*tier].set));
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let near = nearest(found, ids.iter().copied());
        out.names_nothing(change.place.clone(), &what, found, near, &ids);
    }
}
