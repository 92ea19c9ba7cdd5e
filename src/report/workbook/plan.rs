//! Where everything of a tier stands: the sheet of points, with a row for each unit and a column for
//! each criterion, sum and step, which all other sheets look up.

use super::a1::{Area, cell, in_column, on};
use super::names::Names;
use super::standing::is_seen_alike;
use crate::criteria_set::{At, CriteriaSet, Entry, EntryBy, Method, Reduce};
use crate::engine::{Ranking, Scores};
use crate::lang::Lang;
use crate::scored::{LoadedTier, Scored};
use crate::text;
use crate::text::folded;
use std::collections::HashSet;
use std::ops::Range;

/// Rows of the sheet of points before the first unit.
pub(super) const IDS: u32 = 2;
pub(super) const TITLES: u32 = 3;
pub(super) const GROUP_MAX: u32 = 4;
pub(super) const LEAF_MAX: u32 = 5;
pub(super) const FIRST: u32 = 6;

/// Columns before the criteria.
pub(super) const NUMBER: u16 = 0;
pub(super) const ID: u16 = 1;
pub(super) const NAME: u16 = 2;

/// Where everything of a tier stands.
pub(super) struct Plan<'a> {
    pub scored: &'a Scored,
    pub at: usize,
    pub lang: Lang,
    /// The sheet of points.
    pub sheet: String,
    /// The sheet of events, if there are any.
    pub events: Option<String>,
    /// The units, row by row.
    pub units: Vec<usize>,
    /// The row of each unit.
    pub rows: Vec<u32>,
    pub blocks: Vec<Rows>,
    pub columns: Columns,
}

/// The rows of a block.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    /// Of its ranked units, as places in [`Plan::units`].
    pub ranked: Range<usize>,
    /// Of all its units.
    pub all: Range<usize>,
    /// Whether a ranking by what formulas see is ours.
    pub is_seen: bool,
}

/// The columns of the sheet of points.
#[derive(Default)]
pub(super) struct Columns {
    pub block: Option<u16>,
    pub nodes: Vec<u16>,
    /// Points and maximum of all criteria.
    pub regular: u16,
    pub applicable: u16,
    /// Points and maximum of survey criteria, where the rest alone is brought back.
    pub survey: Option<(u16, u16)>,
    /// Points after they were brought back to the full maximum, and the maximum then.
    pub back: Option<(u16, u16)>,
    pub entries: Vec<u16>,
    pub bonus: Option<u16>,
    pub deductions: Option<u16>,
    pub total: u16,
    pub max: u16,
    pub index: u16,
    pub rank: u16,
    pub grade: Option<u16>,
    pub status: u16,
    /// From here on only formulas look.
    pub steps: u16,
    /// The index as it is printed, and as formulas see it.
    pub printed: u16,
    pub seen: u16,
    /// The place of the grade by the index, and the best place that each limit leaves.
    pub grade_step: Option<u16>,
    pub limits: Vec<u16>,
    /// What is compared where the index is equal.
    pub keys: Vec<u16>,
    /// The rank where ties share one and the next is left out; whether it is the first such; the
    /// place in the alphabet.
    pub place: Option<u16>,
    pub first: Option<u16>,
    pub alphabet: Option<u16>,
    /// The names by which a card is chosen.
    pub label: u16,
    pub count: u16,
}

impl<'a> Plan<'a> {
    pub fn new(scored: &'a Scored, at: usize, names: &mut Names, lang: Lang) -> Plan<'a> {
        let tier = &scored.loaded.tiers[at];
        let (scores, ranking) = &scored.tiers[at];
        let (mut units, mut blocks) = (Vec::new(), Vec::new());
        for block in &ranking.blocks {
            let start = units.len();
            units.extend(&block.ranked);
            let ranked = start..units.len();
            units.extend(block.unranked.iter().chain(&block.not_scored));
            let is_seen = is_seen_alike(&tier.set, scores, &block.ranked);
            blocks.push(Rows { ranked, all: start..units.len(), is_seen });
        }
        let mut rows = vec![0; tier.data.units.len()];
        units.iter().zip(FIRST..).for_each(|(&unit, row)| rows[unit] = row);
        let sheet = names.take(&named(scored, at, text!("Điểm", "Points").get(lang)));
        let has_events = tier.events.values().any(|events| !events.is_empty());
        let events = has_events
            .then(|| names.take(&named(scored, at, text!("Thưởng, trừ", "Bonus, deductions").get(lang))));
        let has_blocks = tier.data.units.iter().any(|unit| !unit.block.is_empty());
        let columns = Columns::new(&tier.set, has_blocks);
        Plan { scored, at, lang, sheet, events, units, rows, blocks, columns }
    }

    pub fn tier(&self) -> &'a LoadedTier {
        &self.scored.loaded.tiers[self.at]
    }

    pub fn set(&self) -> &'a CriteriaSet {
        &self.tier().set
    }

    pub fn scores(&self) -> &'a Scores {
        &self.scored.tiers[self.at].0
    }

    pub fn ranking(&self) -> &'a Ranking {
        &self.scored.tiers[self.at].1
    }

    /// Whether a unit has points.
    pub fn is_scored(&self, unit: usize) -> bool {
        self.scores().units[unit].not_scored.is_none()
    }

    /// The block that a row lies in.
    pub fn block_of(&self, place: usize) -> Option<&Rows> {
        self.blocks.iter().find(|rows| rows.all.contains(&place))
    }

    /// The cell of a unit, from another sheet.
    pub fn of_unit(&self, unit: usize, column: u16) -> String {
        format!("{}{}", on(&self.sheet), cell(self.rows[unit], column))
    }

    /// The cells of all units in a column, from another sheet.
    pub fn all(&self, column: u16) -> String {
        let last = FIRST + (self.units.len() as u32).saturating_sub(1);
        format!("{}{}", on(&self.sheet), Area::column(column, (FIRST, last)).fixed())
    }

    /// The cells of a block's ranked units in a column, on the sheet itself.
    pub fn ranked(&self, rows: &Rows, column: u16) -> String {
        let row = |place: usize| FIRST + place as u32;
        Area::column(column, (row(rows.ranked.start), row(rows.ranked.end.saturating_sub(1)))).fixed()
    }

    /// Cells of a row, `$E7:$F7,$H7`; neighbours as one range.
    pub fn run(&self, row: u32, columns: impl IntoIterator<Item = u16>) -> String {
        let parts = runs(columns).into_iter().map(|(first, last)| match first == last {
            true => in_column(row, first),
            false => format!("{}:{}", in_column(row, first), in_column(row, last)),
        });
        parts.collect::<Vec<_>>().join(",")
    }

    /// A group and what lies in it, as places among the nodes.
    pub fn subtree(&self, node: usize) -> Range<usize> {
        let nodes = &self.set().nodes;
        let below = nodes[node + 1..].iter().take_while(|other| nodes[node].depth < other.depth).count();
        node..node + 1 + below
    }

    /// Names by which people choose a unit: the name, with the id where another has the same.
    pub fn labels(&self) -> Vec<String> {
        let units = &self.tier().data.units;
        let (mut seen, mut twice) = (HashSet::new(), HashSet::new());
        units.iter().map(|unit| folded(unit.label())).filter(|label| !seen.insert(label.clone())).for_each(
            |label| {
                twice.insert(label);
            },
        );
        // A spreadsheet looks up without regard to capitals, and takes some signs for any letter.
        let plain = |text: String| text.replace(['*', '?', '~'], " ");
        let label = |&unit: &usize| match &units[unit] {
            unit if twice.contains(&folded(unit.label())) => plain(format!("{} ({})", unit.label(), unit.id)),
            unit => plain(unit.label().to_owned()),
        };
        self.units.iter().map(label).collect()
    }
}

/// Numbers that follow each other, as first and last.
pub(super) fn runs(columns: impl IntoIterator<Item = u16>) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for column in columns {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == column => *last = column,
            _ => runs.push((column, column)),
        }
    }
    runs
}

/// The name of a sheet of a tier; the tier is said where there are several.
pub(super) fn named(scored: &Scored, tier: usize, what: &str) -> String {
    let of = &scored.loaded.tiers[tier];
    let name = if of.name.is_empty() { &of.id } else { &of.name };
    if scored.tiers.len() == 1 { what.to_owned() } else { format!("{what} – {name}") }
}

impl Columns {
    fn new(set: &CriteriaSet, has_blocks: bool) -> Columns {
        let mut count = NAME + 1;
        let mut next = || {
            count += 1;
            count - 1
        };
        let policy = &set.total;
        let is_appraised = policy.reduce == Reduce::Appraised;
        let (has_ties, method) = (!set.ranking.tie_break.is_empty(), set.ranking.method);
        let mut columns = Columns {
            block: has_blocks.then(&mut next),
            nodes: set.nodes.iter().map(|_| next()).collect(),
            regular: next(),
            applicable: next(),
            survey: is_appraised.then(|| (next(), next())),
            back: (is_appraised || policy.adjust_after).then(|| (next(), next())),
            entries: set.entries.iter().map(|_| next()).collect(),
            bonus: set.has_bonus().then(&mut next),
            deductions: set.has_deductions().then(&mut next),
            total: next(),
            max: next(),
            index: next(),
            rank: next(),
            grade: (!set.grades.is_empty()).then(&mut next),
            status: next(),
            printed: next(),
            seen: next(),
            grade_step: (!set.grade_limits.is_empty()).then(&mut next),
            limits: set.grade_limits.iter().map(|_| next()).collect(),
            keys: set.ranking.tie_break.iter().map(|_| next()).collect(),
            place: (has_ties || method != Method::Competition).then(&mut next),
            first: (method == Method::Dense).then(&mut next),
            alphabet: (method == Method::Ordinal).then(&mut next),
            label: next(),
            ..Columns::default()
        };
        columns.steps = columns.printed;
        columns.count = count;
        columns
    }

    /// The columns of the entries that bonus or deductions of the unit are made of.
    pub fn of_unit(&self, set: &CriteriaSet, is_deduction: bool) -> Vec<u16> {
        let counts = |entry: &Entry| match &entry.by {
            EntryBy::Leaf(_) => true,
            EntryBy::Events(rule) => !is_deduction || rule.at == At::Unit,
        };
        let of = set.entries.iter().zip(&self.entries);
        of.filter(|(entry, _)| entry.is_deduction == is_deduction && counts(entry))
            .map(|(_, column)| *column)
            .collect()
    }
}
