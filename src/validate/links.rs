//! What tiers of a round look at in each other and in its indices: whether it is there, and in which
//! order the tiers are scored.

use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::model::ForeignIndex;
use crate::rule::{Condition, IndexOf, Input, LowerTier, Origin, Part, Take};
use crate::source::Place;
use crate::text::{folded, nearest};

/// A tier, as links see it.
pub struct Linked<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its criteria set.
    pub set: &'a CriteriaSet,
    /// Whether the results themselves give values in a column.
    pub gives: Box<dyn Fn(usize) -> bool + 'a>,
}

/// How the tiers of a round hang together.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The tiers, each after those that it looks at.
    pub order: Vec<usize>,
    /// The nodes of each tier that others look at.
    pub wanted: Vec<Vec<usize>>,
}

/// A tier that another looks at, and where it says so.
type Edge = (usize, Place);

/// Finds what every tier looks at; reports what is not there, and tiers that look at each other in a
/// circle.
pub fn links(tiers: &[Linked<'_>], indices: &[ForeignIndex], out: &mut Diagnostics) -> Links {
    let mut links = Links { order: Vec::new(), wanted: vec![Vec::new(); tiers.len()] };
    let mut edges: Vec<Vec<Edge>> = vec![Vec::new(); tiers.len()];
    for (at, tier) in tiers.iter().enumerate() {
        for (column, of) in tier.set.columns.iter().enumerate() {
            let found = match &of.input.origin {
                Some(Origin::Index(of)) => find_index(of, (at, column), tiers, indices, out),
                Some(Origin::LowerTier(lower, Part::Numerator)) => {
                    find_lower(lower, (at, column), tiers, out)
                }
                _ => None,
            };
            if let Some((other, node, place)) = found {
                links.wanted[other].extend(node);
                edges[at].push((other, place));
            }
        }
    }
    links.order = order(tiers, &edges, out);
    links
}

/// The tier, its node and the place, where the index is that of a tier.
type Found = Option<(usize, Option<usize>, Place)>;

fn find_index(
    of: &IndexOf,
    by: (usize, usize),
    tiers: &[Linked<'_>],
    indices: &[ForeignIndex],
    out: &mut Diagnostics,
) -> Found {
    if let Some(index) = indices.iter().find(|index| index.id == of.id) {
        if let Some(factor) = &of.factor
            && !index.factors.iter().any(|name| folded(name) == folded(factor))
        {
            let names: Vec<&str> = index.factors.iter().map(String::as_str).collect();
            let near = nearest(factor, names.iter().copied());
            out.unknown_factor(of.factor_place.clone(), factor, &of.id, near, &names);
        }
        return None;
    }
    let Some(tier) = tiers.iter().position(|tier| tier.id == of.id) else {
        if !is_given(tiers, by) {
            let mut ids: Vec<&str> = indices.iter().map(|index| index.id.as_str()).collect();
            ids.extend(other_tiers(tiers, by));
            let near = nearest(&of.id, ids.iter().copied());
            out.unknown_index(of.place.clone(), &of.id, near, &ids);
        }
        return None;
    };
    let node = of.factor.as_ref();
    let node = node.and_then(|id| find_node(tiers[tier].set, id, of.factor_place.clone(), out));
    Some((tier, node, of.place.clone()))
}

fn find_lower(lower: &LowerTier, by: (usize, usize), tiers: &[Linked<'_>], out: &mut Diagnostics) -> Found {
    let places = &lower.places;
    let Some(tier) = tiers.iter().position(|tier| tier.id == lower.tier) else {
        if !is_given(tiers, by) {
            let ids: Vec<&str> = other_tiers(tiers, by).collect();
            let near = nearest(&lower.tier, ids.iter().copied());
            out.missing_lower_tier(places.tier.clone(), &lower.tier, near, &ids);
        }
        return None;
    };
    let set = tiers[tier].set;
    if let Some(weight) = &lower.weight
        && weight_column(set, weight).is_none()
    {
        let headers: Vec<String> = (0..set.columns.len()).map(|column| set.header(column)).collect();
        let near = nearest(weight, headers.iter().map(String::as_str));
        out.unknown_weight(places.weight.clone(), weight, &lower.tier, near);
    }
    let named = lower.criterion.as_ref();
    let node = named.and_then(|id| find_node(set, id, places.criterion.clone(), out));
    if let Take::Share(condition) = &lower.take
        && node.is_some() == named.is_some()
        && !condition_fits(set, node, condition)
    {
        out.lower_condition(places.condition.clone(), named.map_or("", String::as_str));
    }
    Some((tier, node, places.tier.clone()))
}

/// Whether the results give values in a tier's column.
fn is_given(tiers: &[Linked<'_>], (tier, column): (usize, usize)) -> bool {
    (tiers[tier].gives)(column)
}

/// The ids of the other tiers: a tier cannot look at itself.
fn other_tiers<'a>(tiers: &'a [Linked<'a>], (at, _): (usize, usize)) -> impl Iterator<Item = &'a str> {
    tiers.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, tier)| tier.id)
}

/// The column by which lower units weigh.
pub fn weight_column(set: &CriteriaSet, weight: &str) -> Option<usize> {
    (0..set.columns.len()).find(|&column| set.header(column) == weight)
}

fn find_node(set: &CriteriaSet, id: &str, place: Place, out: &mut Diagnostics) -> Option<usize> {
    let node = set.node(id);
    if node.is_none() {
        let near = nearest(id, set.nodes.iter().map(|node| node.id.as_str()));
        out.no_such_criterion_there(place, id, &set.id, near);
    }
    node
}

/// Whether a criterion can meet such a condition at all.
fn condition_fits(set: &CriteriaSet, node: Option<usize>, condition: &Condition) -> bool {
    let leaf = node.and_then(|node| set.nodes[node].leaf).map(|leaf| &set.leaves[leaf]);
    let inputs = leaf.map_or(&[][..], |leaf| leaf.rule.inputs());
    match condition {
        Condition::Answer(answer) => {
            inputs.first().is_some_and(|input| input.words.iter().any(|word| word.is(answer)))
        }
        Condition::TargetMet => inputs.iter().any(|input| input.name == Input::TARGET),
        Condition::MeasureFrom(_) => node.is_none() || leaf.is_some_and(|leaf| leaf.rule.has_measure()),
        _ => true,
    }
}

/// Each tier after those that it looks at; a circle is reported with its path.
fn order(tiers: &[Linked<'_>], edges: &[Vec<Edge>], out: &mut Diagnostics) -> Vec<usize> {
    let mut walk = Walk { tiers, edges, order: Vec::new(), path: Vec::new() };
    (0..tiers.len()).for_each(|tier| walk.visit(tier, out));
    walk.order
}

struct Walk<'a> {
    tiers: &'a [Linked<'a>],
    edges: &'a [Vec<Edge>],
    order: Vec<usize>,
    path: Vec<usize>,
}

impl Walk<'_> {
    fn visit(&mut self, tier: usize, out: &mut Diagnostics) {
        if self.order.contains(&tier) {
            return;
        }
        self.path.push(tier);
        for (other, place) in &self.edges[tier] {
            match self.path.iter().position(|on_path| on_path == other) {
                Some(from) => {
                    let circle = self.path[from..].iter().chain([other]);
                    let ids: Vec<&str> = circle.map(|&tier| self.tiers[tier].id).collect();
                    out.tier_cycle(place.clone(), &ids);
                }
                None => self.visit(*other, out),
            }
        }
        self.path.pop();
        if !self.order.contains(&tier) {
            self.order.push(tier);
        }
    }
}
