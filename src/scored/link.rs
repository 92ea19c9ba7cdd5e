//! Fills in the inputs of a tier that come from elsewhere in the round: targets, the round before,
//! other indices, the tier below. What the results give stands.

use super::{Loaded, LoadedTier, Previous, Scored};
use crate::criteria_set::CriteriaSet;
use crate::engine::{Finding, Ranking, Scores, What};
use crate::model::{Cells, Stage, Value};
use crate::number::{is_rounding_of, settle};
use crate::rule::{Condition, CountsAs, IndexOf, Input, LowerTier, Origin, Part, Take};
use crate::text::folded;
use crate::validate::links::weight_column;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The scores of the tiers that are scored so far.
pub(super) type SoFar = [Option<(Scores, Ranking)>];

/// Fills in the inputs of a tier whose tiers below, and indices, are scored. Values that differ from
/// given ones are findings.
pub(super) fn fill(loaded: &mut Loaded, at: usize, so_far: &SoFar) -> Vec<Finding> {
    let LoadedTier { data, set, .. } = &loaded.tiers[at];
    // A unit of which the results say nothing stays without results, if they could say anything.
    let fills_itself = |input: &Input| matches!(input.origin, Some(Origin::Index(_) | Origin::LowerTier(..)));
    let takes_results = set.leaves.iter().any(|leaf| !leaf.rule.inputs().iter().any(fills_itself));
    let has_results = |&unit: &usize| !(takes_results && data.is_blank(unit));
    let units: Vec<usize> = (0..data.units.len()).filter(has_results).collect();
    let mut cells = std::mem::take(&mut loaded.tiers[at].data.cells);
    let (mut findings, mut shares) = (Vec::new(), Shares::default());
    for leaf in 0..loaded.tiers[at].set.leaves.len() {
        let links = Links::of(loaded, at, so_far, leaf, &mut shares);
        if !links.columns.is_empty() {
            units.iter().for_each(|&unit| links.fill(unit, &mut cells, &mut findings));
        }
    }
    loaded.tiers[at].data.cells = cells;
    findings
}

/// The inputs of a leaf that are filled in.
struct Links<'a> {
    tier: &'a LoadedTier,
    leaf: usize,
    /// Each with what it is filled from.
    columns: Vec<(usize, Source<'a>)>,
    /// The ratio itself, in %, which may be given instead of its parts.
    whole: Option<usize>,
}

impl<'a> Links<'a> {
    fn of(loaded: &'a Loaded, at: usize, so_far: &'a SoFar, leaf: usize, shares: &mut Shares) -> Links<'a> {
        let tier = &loaded.tiers[at];
        let own = tier.set.leaves[leaf].columns.clone();
        let origin = |column: usize| tier.set.columns[column].input.origin.as_ref();
        let is_lower = |column: usize| matches!(origin(column), Some(Origin::LowerTier(..)));
        Links {
            tier,
            leaf,
            columns: own
                .clone()
                .filter_map(|column| Some((column, Source::of(loaded, at, so_far, origin(column)?, shares))))
                .collect(),
            whole: own.clone().any(is_lower).then_some(own.start),
        }
    }

    /// Fills in what the results leave open. Where they give any part of it, all of it is theirs, and
    /// what the round makes otherwise of a given value is a finding.
    fn fill(&self, unit: usize, cells: &mut Cells, findings: &mut Vec<Finding>) {
        let cell = |column: usize| unit * self.tier.data.width + column;
        let columns = || self.columns.iter().map(|(column, _)| *column);
        let is_given = columns().chain(self.whole).any(|column| !cells.is_missing(cell(column)));
        let mut found = Vec::with_capacity(self.columns.len());
        for (column, source) in &self.columns {
            let value = source.value(self.tier, unit, self.leaf);
            found.push(value);
            match (cells.value(cell(*column)), value) {
                (Value::Missing, Some(value)) if !is_given => {
                    cells.set(cell(*column), Value::Number(value), Stage::None);
                }
                (Value::Number(given), Some(value)) if !is_as_printed(given, value) => {
                    findings.push(self.differs(unit, *column, given, value));
                }
                _ => {}
            }
        }
        if let (Some(whole), [Some(above), Some(below)]) = (self.whole, &found[..])
            && let Value::Number(given) = cells.value(cell(whole))
            && !below.is_zero()
        {
            let ratio = above * Decimal::ONE_HUNDRED / below;
            if !is_rounding_of(given, ratio) {
                findings.push(self.differs(unit, whole, given, ratio));
            }
        }
    }

    fn differs(&self, unit: usize, column: usize, given: Decimal, found: Decimal) -> Finding {
        let input = column - self.tier.set.leaves[self.leaf].columns.start;
        Finding { unit, leaf: self.leaf, what: What::LinkDiffers(input, given, found) }
    }
}

/// Whether a given number is what the round makes, printed to two digits or more.
fn is_as_printed(given: Decimal, found: Decimal) -> bool {
    let mut digits = given;
    digits.rescale(given.scale().max(2));
    is_rounding_of(digits, found)
}

/// What a column is filled from.
enum Source<'a> {
    Targets,
    Index {
        of: &'a IndexOf,
        loaded: &'a Loaded,
        tier: Option<OfTier<'a>>,
    },
    Previous {
        before: Option<&'a Previous>,
        criterion: Option<&'a str>,
        part: Part,
    },
    /// Numerators or denominators, by the folded id of the unit above.
    Lower(HashMap<String, Decimal>),
    Nothing,
}

/// The scores of a tier that is read as an index.
struct OfTier<'a> {
    units: HashMap<String, usize>,
    node: Option<usize>,
    scores: &'a Scores,
}

impl<'a> Source<'a> {
    fn of(
        loaded: &'a Loaded,
        at: usize,
        so_far: &'a SoFar,
        origin: &'a Origin,
        shares: &mut Shares,
    ) -> Source<'a> {
        match origin {
            Origin::Target => Source::Targets,
            Origin::Previous(criterion, part) => Source::Previous {
                before: loaded.previous.as_deref(),
                criterion: criterion.as_ref().map(|criterion| criterion.id.as_str()),
                part: *part,
            },
            Origin::Index(of) => {
                let tier = loaded.tiers.iter().position(|tier| tier.id == of.id);
                let tier = tier.and_then(|tier| {
                    let scores = &so_far[tier].as_ref()?.0;
                    let LoadedTier { data, set, .. } = &loaded.tiers[tier];
                    let units = data.units.iter().enumerate().map(|(at, unit)| (folded(&unit.id), at));
                    let node = of.factor.as_ref().and_then(|id| set.node(id));
                    Some(OfTier { units: units.collect(), node, scores })
                });
                Source::Index { of, loaded, tier }
            }
            Origin::LowerTier(lower, part) => {
                let below =
                    loaded.tiers.iter().position(|tier| tier.id == lower.tier).filter(|tier| *tier != at);
                let scores = below.and_then(|tier| so_far[tier].as_ref());
                match below.zip(scores) {
                    Some((below, (scores, _))) => {
                        Source::Lower(shares.take(lower, *part, &loaded.tiers[below], scores))
                    }
                    None => Source::Nothing,
                }
            }
        }
    }

    fn value(&self, tier: &LoadedTier, unit: usize, leaf: usize) -> Option<Decimal> {
        match self {
            Source::Targets => tier.targets.get(&(unit, leaf)).copied(),
            Source::Nothing => None,
            // No lower unit at all: nothing above the line and nothing below it.
            Source::Lower(by_parent) => {
                Some(by_parent.get(&folded(&tier.data.units[unit].id)).copied().unwrap_or(Decimal::ZERO))
            }
            Source::Index { of, loaded, tier: of_tier } => {
                let key = folded(&tier.data.units[unit].id);
                match of_tier {
                    Some(of_tier) => of_tier.value(&key),
                    None => from_table(loaded, of, &key),
                }
            }
            Source::Previous { before, criterion, part } => {
                let id = criterion.unwrap_or(&tier.set.leaves[leaf].id);
                (*before)?.measure(&tier.id, &tier.data.units[unit], id, *part)
            }
        }
    }
}

fn from_table(loaded: &Loaded, of: &IndexOf, unit: &str) -> Option<Decimal> {
    let index = loaded.indices.iter().find(|index| index.id == of.id)?;
    let of_unit = index.units.get(unit)?;
    match &of.factor {
        None => of_unit.index,
        Some(factor) => {
            let at = index.factors.iter().position(|name| folded(name) == folded(factor))?;
            of_unit.factors[at]
        }
    }
}

impl OfTier<'_> {
    /// The index of a unit that is scored, or its points in a criterion in % of the maximum.
    fn value(&self, unit: &str) -> Option<Decimal> {
        let unit = *self.units.get(unit)?;
        reached(self.scores, unit, self.node)
    }
}

/// What a unit reached: its index, or the points of a node in % of the maximum that applies; `None`
/// where it is not scored or the node does not apply.
fn reached(scores: &Scores, unit: usize, node: Option<usize>) -> Option<Decimal> {
    let score = &scores.units[unit];
    if score.not_scored.is_some() {
        return None;
    }
    let Some(node) = node else { return Some(score.index.exact()) };
    let score = scores.nodes.get(unit, node).filter(|score| !score.not_applicable)?;
    let max = score.max.exact();
    (!max.is_zero()).then(|| settle(score.points.exact() * Decimal::ONE_HUNDRED / max))
}

/// What stands above and below the line, by the folded id of the unit above.
type Sums = HashMap<String, (Decimal, Decimal)>;

/// Numerators and denominators over lower units; both parts of a criterion are counted at once.
#[derive(Default)]
struct Shares {
    ready: Option<(LowerTier, Sums)>,
}

impl Shares {
    fn take(
        &mut self,
        lower: &LowerTier,
        part: Part,
        below: &LoadedTier,
        scores: &Scores,
    ) -> HashMap<String, Decimal> {
        if self.ready.as_ref().is_none_or(|(of, _)| of != lower) {
            self.ready = Some((lower.clone(), count(lower, below, scores)));
        }
        let both = self.ready.iter().flat_map(|(_, both)| both);
        both.map(|(parent, (above, under))| {
            (parent.clone(), if part == Part::Numerator { *above } else { *under })
        })
        .collect()
    }
}

/// For each unit above: what its lower units weigh that meet the condition, or the weighted sum of
/// what they reached; and what all that count weigh.
fn count(lower: &LowerTier, below: &LoadedTier, scores: &Scores) -> Sums {
    let (set, data) = (&below.set, &below.data);
    let node = lower.criterion.as_ref().and_then(|id| set.node(id));
    let column = lower.weight.as_ref().and_then(|weight| weight_column(set, weight));
    let mut sums = Sums::new();
    for (unit, of) in data.units.iter().enumerate().filter(|(_, of)| !of.parent.is_empty()) {
        if scores.units[unit].not_scored.is_some() {
            continue;
        }
        let weight = match column.map(|column| data.value(unit, column)) {
            None => Decimal::ONE,
            Some(Value::Number(weight)) => weight,
            Some(_) => Decimal::ZERO,
        };
        let Some(share) = share(lower, below, scores, unit, node) else { continue };
        let (above, under) = sums.entry(folded(&of.parent)).or_default();
        *above += share * weight;
        *under += weight;
    }
    sums
}

/// What a lower unit that is scored counts for: 1 or 0 for a condition, its part of what it could
/// reach for a mean; `None` if it does not count.
fn share(
    lower: &LowerTier,
    below: &LoadedTier,
    scores: &Scores,
    unit: usize,
    node: Option<usize>,
) -> Option<Decimal> {
    match (&lower.take, reached(scores, unit, node)) {
        (Take::Mean, Some(reached)) => Some(settle(reached / Decimal::ONE_HUNDRED)),
        (Take::Share(condition), Some(_)) => {
            Some(Decimal::from(u8::from(meets(condition, &below.set, below, scores, unit, node))))
        }
        (_, None) => match lower.not_applicable {
            CountsAs::Excluded => None,
            CountsAs::Met => Some(Decimal::ONE),
            CountsAs::Unmet => Some(Decimal::ZERO),
        },
    }
}

impl Scored {
    /// The lower units of a unit that count and do not meet the condition of a share.
    pub fn unmet(&self, unit: &str, lower: &LowerTier) -> Vec<&str> {
        let Some((below, scores, _)) = self.tiers().find(|(tier, ..)| tier.id == lower.tier) else {
            return Vec::new();
        };
        let node = lower.criterion.as_ref().and_then(|id| below.set.node(id));
        let parent = folded(unit);
        let units = below.data.units.iter().enumerate().filter(|(_, of)| folded(&of.parent) == parent);
        let counted = units.filter(|(at, _)| scores.units[*at].not_scored.is_none());
        let unmet = counted.filter(|(at, _)| share(lower, below, scores, *at, node) == Some(Decimal::ZERO));
        unmet.map(|(_, of)| of.label()).collect()
    }
}

fn meets(
    condition: &Condition,
    set: &CriteriaSet,
    below: &LoadedTier,
    scores: &Scores,
    unit: usize,
    node: Option<usize>,
) -> bool {
    let score = node.and_then(|node| scores.nodes.get(unit, node));
    let (points, max) = match score {
        Some(score) => (score.points.exact(), score.max.exact()),
        None => (scores.units[unit].total.exact(), scores.units[unit].max.exact()),
    };
    let leaf = node.and_then(|node| set.nodes[node].leaf);
    let values = |leaf: usize| -> Vec<Value> {
        set.leaves[leaf].columns.clone().map(|column| below.data.value(unit, column)).collect()
    };
    match condition {
        Condition::Full => max <= points,
        Condition::PointsFrom(from) => *from <= points,
        Condition::PointsBelow(limit) => points < *limit,
        Condition::ShareFrom(share) => share * max <= points * Decimal::ONE_HUNDRED,
        Condition::MeasureFrom(from) => match leaf {
            Some(leaf) => set.leaves[leaf]
                .rule
                .measure(&values(leaf))
                .is_some_and(|measure| measure.compare(*from).is_ge()),
            None => *from <= scores.units[unit].index.exact(),
        },
        Condition::Answer(answer) => leaf.is_some_and(|leaf| {
            let input: Option<&Input> = set.leaves[leaf].rule.inputs().first();
            match (input, values(leaf).first()) {
                (Some(input), Some(Value::Word(word))) => input.words[usize::from(*word)].is(answer),
                _ => false,
            }
        }),
        Condition::TargetMet => {
            leaf.is_some_and(|leaf| scores.targets.binary_search(&(unit, leaf, true)).is_ok())
        }
    }
}
