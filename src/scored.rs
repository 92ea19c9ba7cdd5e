//! A scored round: everything that reports are made from.

mod appraisal;
mod changed;
mod history;
mod improvement;
mod link;
mod previous;
mod scenario;
mod values;

use crate::criteria_set::{CriteriaSet, Missing};
use crate::diagnostic::{Diagnostics, Severity};
use crate::engine::{self, Finding, Keep, Ranking, Scores, What};
use crate::model::{Cells, Dataset, ForeignIndex};
use crate::round::Round;
use crate::rule::Trouble;
use crate::source::Fingerprint;
use crate::validate::deductions::Events;
use crate::validate::links::Links;
use crate::validate::targets::Targets;
use link::SoFar;
use std::collections::HashSet;
use std::sync::Arc;

pub use changed::Touched;
pub use history::History;
pub use improvement::{Act, Fault, Goal, Improvement, Improvements, Reached, Way};
pub use previous::{Before, Previous, predecessors};
pub use scenario::WhatIf;

/// A round with its data, not yet scored.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the round says of itself.
    pub round: Round,
    /// Its tiers, in order.
    pub tiers: Vec<LoadedTier>,
    /// The files that were read, in order.
    pub files: Vec<Fingerprint>,
    /// Indices that were computed elsewhere.
    pub indices: Vec<ForeignIndex>,
    /// How the tiers hang together.
    pub links: Links,
    /// The round before, if one is named.
    pub previous: Option<Arc<Previous>>,
}

/// A tier with its data.
#[derive(Clone, Debug)]
pub struct LoadedTier {
    /// Its id.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// The criteria set.
    pub set: CriteriaSet,
    /// The results.
    pub data: Dataset,
    /// Events of its units.
    pub events: Events,
    /// Targets of its units.
    pub targets: Targets,
    /// What a missing input means.
    pub missing: Missing,
}

/// A round that was scored and ranked.
#[derive(Debug)]
pub struct Scored {
    /// What it was made from.
    pub loaded: Loaded,
    /// The scores of each tier.
    pub tiers: Vec<(Scores, Ranking)>,
}

impl Loaded {
    /// A round of one tier that looks at nothing else.
    pub fn of_one(tier: LoadedTier) -> Loaded {
        Loaded {
            round: Round::default(),
            tiers: vec![tier],
            files: Vec::new(),
            indices: Vec::new(),
            links: Links { order: vec![0], wanted: vec![Vec::new()] },
            previous: None,
        }
    }

    /// Scores and ranks every tier, each after those that it looks at.
    pub fn score(mut self, keep: Keep) -> Scored {
        let mut scored: Vec<Option<(Scores, Ranking)>> = self.tiers.iter().map(|_| None).collect();
        for at in self.links.order.clone() {
            scored[at] = Some(self.score_tier(at, &scored, keep));
        }
        Scored { loaded: self, tiers: scored.into_iter().map(Option::unwrap_or_default).collect() }
    }

    /// Scores and ranks a tier, after those that it looks at.
    fn score_tier(&mut self, at: usize, so_far: &SoFar, keep: Keep) -> (Scores, Ranking) {
        let mut found = link::fill(self, at, so_far);
        let (tier, wanted) = (&self.tiers[at], &self.links.wanted[at]);
        let mut scores = engine::score(&tier.set, tier.missing, &tier.data, &tier.events, keep, wanted);
        scores.findings.append(&mut found);
        let ranking = engine::rank(&tier.set, &tier.data.units, &scores);
        (scores, ranking)
    }
}

impl Scored {
    /// The tiers with their scores and rankings.
    pub fn tiers(&self) -> impl Iterator<Item = (&LoadedTier, &Scores, &Ranking)> {
        self.loaded.tiers.iter().zip(&self.tiers).map(|(tier, (scores, ranking))| (tier, scores, ranking))
    }

    /// Lets go of the values, which tables of points do not show: the largest part of the memory.
    /// Explanations need them and are made from a round that still has them.
    pub fn forget_values(&mut self) {
        self.loaded.tiers.iter_mut().for_each(|tier| tier.data.cells = Cells::default());
    }

    /// Where a unit stood in the round before; `None` if there is none, or it has no predecessor.
    pub fn before(&self, tier: usize, unit: usize) -> Option<Before<'_>> {
        let of = &self.loaded.tiers[tier];
        self.loaded.previous.as_ref()?.before(&of.id, &of.data.units[unit])
    }

    /// Reports what looks wrong in the appraisal and in the values of every tier.
    pub fn review(&self, out: &mut Diagnostics) {
        for tier in &self.loaded.tiers {
            appraisal::review(tier, self.loaded.round.stage, out);
            values::review(tier, out);
        }
    }

    /// Reports errors that scoring found and that were not in the round as it stands.
    fn report_new_findings(&self, base: &Scored, out: &mut Diagnostics) {
        for ((tier, scores, _), (before, _)) in self.tiers().zip(&base.tiers) {
            let known: HashSet<(usize, usize)> =
                before.findings.iter().map(|finding| (finding.unit, finding.leaf)).collect();
            let is_new = |finding: &&Finding| !known.contains(&(finding.unit, finding.leaf));
            let findings: Vec<Finding> = scores.findings.iter().filter(is_new).cloned().collect();
            engine::findings::report(&tier.set, &tier.data, &findings, out);
        }
    }

    /// Reports what scoring found. Where rows could not be given to a unit or a criterion, what is
    /// then missing is not reported again.
    pub fn report_findings(&self, out: &mut Diagnostics) {
        let astray = Astray::of(out);
        for (tier, scores, _) in self.tiers() {
            let is_linked =
                |leaf: usize| tier.set.leaves[leaf].rule.inputs().iter().any(|input| input.origin.is_some());
            let is_said = |finding: &&Finding| {
                let unit = &tier.data.units[finding.unit].id;
                let is_explained = astray.explains(unit) || (astray.links && is_linked(finding.leaf));
                // That a unit handed in no sheet was said.
                let handed_in = tier.data.handed_in.as_ref();
                let is_without = handed_in.is_some_and(|sheets| sheets.without.contains(&finding.unit));
                let is_explained = is_explained || is_without;
                let is_missing = matches!(finding.what, What::Missing(_));
                let is_without_units = matches!(finding.what, What::Trouble(_, Trouble::ZeroDenominator));
                let has_no_units = astray.parents && is_without_units && is_linked(finding.leaf);
                !(is_missing && is_explained || has_no_units)
            };
            let findings: Vec<Finding> = scores.findings.iter().filter(is_said).cloned().collect();
            engine::findings::report(&tier.set, &tier.data, &findings, out);
        }
    }
}

/// Rows that were reported because their unit or their criterion is not known, and the like.
struct Astray {
    anywhere: bool,
    /// What criteria look at elsewhere in the round could not be found.
    links: bool,
    /// Units may belong to another unit than is written.
    parents: bool,
    units: HashSet<String>,
}

impl Astray {
    fn of(out: &Diagnostics) -> Astray {
        let anywhere = [
            "unknown-unit",
            "several-units",
            "unknown-column",
            "ragged-row",
            "empty-unit",
            "not-utf8",
            "undecodable",
            "open-quotes",
            "no-results",
            "unknown-stage",
            "stage-not-in-round",
        ];
        let links = [
            "tier-cycle",
            "round-cycle",
            "unknown-index",
            "unknown-factor",
            "missing-lower-tier",
            "unreadable",
            "missing-column",
        ];
        let in_a_unit = [
            "unknown-criterion",
            "unknown-input",
            "duplicate-row",
            "duplicate-unit",
            "ambiguous-number",
            "bad-event-cell",
            "survey-self-scored",
        ];
        let errors = || out.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let of_unit = errors().filter(|diagnostic| in_a_unit.contains(&diagnostic.code));
        Astray {
            anywhere: errors().any(|diagnostic| anywhere.contains(&diagnostic.code)),
            links: errors().any(|diagnostic| {
                let is_of_set = diagnostic.code == "unknown-criterion" && diagnostic.unit.is_none();
                is_of_set || links.contains(&diagnostic.code)
            }),
            parents: errors().any(|diagnostic| diagnostic.code == "unknown-parent"),
            units: of_unit.filter_map(|diagnostic| diagnostic.unit.clone()).collect(),
        }
    }

    fn explains(&self, unit: &str) -> bool {
        self.anywhere || self.units.contains(unit)
    }
}
