//! From a list of criteria to a tree: ids, sums, and the order of evaluation.

use super::criterion::{Draft, LeafDraft};
use crate::criteria_set::{Column, CriteriaSet, Leaf, Node};
use crate::diagnostic::Diagnostics;
use crate::number::Points;
use crate::rule::{Input, KINDS};
use crate::source::Place;
use crate::text;
use crate::text::nearest;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// How many levels a tree may have.
const LEVELS: usize = 5;

/// Reports ids that are malformed or stand twice.
pub(super) fn check_ids(drafts: &[Draft], entries: &[(String, Place)], out: &mut Diagnostics) {
    let mut seen: HashMap<&str, &Place> = HashMap::new();
    let criteria = drafts.iter().map(|draft| (&draft.id, &draft.id_place));
    for (id, place) in criteria.chain(entries.iter().map(|(id, place)| (id, place))) {
        let bad_part =
            |part: &str| part.is_empty() || part.contains(|c: char| c.is_whitespace() || ",;\"'".contains(c));
        if id.split('.').any(bad_part) || id.split('.').count() > LEVELS || id.starts_with('#') {
            out.bad_id(place.clone(), id);
        }
        if let Some(first) = seen.insert(id, place) {
            out.duplicate_id(place.clone(), id, Some(first.clone()));
        }
    }
}

/// Makes the tree: nodes with each group before its criteria, and the leaves in that order.
/// `trusts_sums` says that all criteria could be read.
pub(super) fn grow(
    drafts: Vec<Draft>,
    trusts_sums: bool,
    out: &mut Diagnostics,
) -> (Vec<Node>, Vec<LeafDraft>) {
    let before = out.breaking_errors();
    let at: HashMap<String, usize> =
        drafts.iter().enumerate().map(|(at, draft)| (draft.id.clone(), at)).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    let mut fields = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        match draft.id.rsplit_once('.') {
            None => fields.push(index),
            Some((parent, _)) => match at.get(parent) {
                Some(&parent) => children[parent].push(index),
                None => {
                    let near = nearest(
                        parent,
                        drafts.iter().map(|draft| draft.id.as_str()).filter(|id| *id != draft.id),
                    );
                    out.orphan(draft.id_place.clone(), &draft.id, parent, near);
                }
            },
        }
    }
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    for (draft, children) in drafts.iter().zip(&children) {
        match (children.first(), draft.has_kind) {
            (Some(&child), true) => {
                out.rule_in_group(draft.id_place.clone(), &draft.id, drafts[child].id_place.clone())
            }
            (None, false) => out.no_rule(draft.place.clone(), &draft.id, &kinds),
            _ => {}
        }
    }
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let (mut nodes, mut leaves, mut sums) = (Vec::new(), Vec::new(), Diagnostics::default());
    for field in fields {
        add(field, None, &mut drafts, &children, &mut nodes, &mut leaves, &mut sums);
    }
    // Where a criterion could not be read, the sum of its group says nothing.
    if trusts_sums && out.breaking_errors() == before {
        out.append(sums);
    }
    (nodes, leaves)
}

/// Adds a node and what lies in it; returns its maximum.
fn add(
    index: usize,
    parent: Option<usize>,
    drafts: &mut [Option<Draft>],
    children: &[Vec<usize>],
    nodes: &mut Vec<Node>,
    leaves: &mut Vec<LeafDraft>,
    out: &mut Diagnostics,
) -> Points {
    let Some(draft) = drafts[index].take() else { return Points::ZERO };
    let at = nodes.len();
    let depth = parent.map_or(0, |parent: usize| nodes[parent].depth + 1);
    if LEVELS <= depth {
        return Points::ZERO; // reported as a bad id
    }
    let id = draft.id.clone();
    nodes.push(Node {
        id: draft.id,
        name: draft.name,
        parent,
        depth,
        max: Points::new(draft.max.unwrap_or(Decimal::ZERO)),
        cap: draft.cap.map(Points::new),
        leaf: draft.leaf.is_some().then_some(leaves.len()),
        basis: draft.basis,
        note: draft.note,
    });
    leaves.extend(draft.leaf);
    if children[index].is_empty() {
        return nodes[at].max;
    }
    let mut sum = Points::ZERO;
    for &child in &children[index] {
        sum += add(child, Some(at), drafts, children, nodes, leaves, out);
    }
    let most = nodes[at].cap.map_or(sum, |cap| cap.min(sum));
    if let Some(max) = draft.max
        && max != most.exact()
    {
        out.does_not_add_up(draft.max_place, &text!("nhóm {id}", "group {id}"), most.exact(), max);
    }
    nodes[at].max = most;
    most
}

/// Gives the leaves their columns, links those that look at others, and orders them.
pub(super) fn plant(set: &mut CriteriaSet, drafts: Vec<LeafDraft>, out: &mut Diagnostics) {
    for draft in drafts {
        let leaf = set.leaves.len();
        let start = set.columns.len();
        set.columns.extend(draft.rule.inputs().iter().map(|input| Column { leaf, input: input.clone() }));
        let columns = start..set.columns.len();
        let evidence = draft.evidence.then(|| {
            set.columns.push(Column { leaf, input: Input::evidence() });
            set.columns.len() - 1
        });
        set.leaves.push(Leaf {
            id: draft.id,
            rule: draft.rule.into(),
            written_for: None,
            max: draft.max,
            columns,
            evidence,
            na: draft.na,
            missing: draft.missing,
            rounding: draft.rounding,
            depends: None,
            is_survey: draft.is_survey,
        });
    }
    link(set, out);
    set.order = order(set, out);
}

fn link(set: &mut CriteriaSet, out: &mut Diagnostics) {
    for at in 0..set.leaves.len() {
        let Some((id, place)) = set.leaves[at].rule.depends_on() else { continue };
        let id = id.to_owned();
        let Some(other) = set.leaves.iter().position(|leaf| leaf.id == id) else {
            out.unknown_dependency(place, &id, nearest(&id, set.leaves.iter().map(|leaf| leaf.id.as_str())));
            continue;
        };
        let inputs = set.leaves[other].rule.inputs().to_vec();
        set.leaves[at].depends = Some(other);
        if let Some(rule) = Arc::get_mut(&mut set.leaves[at].rule) {
            rule.link(&inputs, out);
        }
    }
}

/// Each leaf after the one that it looks at; a circle is reported with its path.
fn order(set: &CriteriaSet, out: &mut Diagnostics) -> Vec<usize> {
    let mut order = Vec::with_capacity(set.leaves.len());
    let mut is_placed = vec![false; set.leaves.len()];
    for start in 0..set.leaves.len() {
        let mut path = vec![start];
        while let Some(next) = set.leaves[path[path.len() - 1]].depends {
            if is_placed[next] {
                break;
            }
            if let Some(from) = path.iter().position(|&leaf| leaf == next) {
                let circle = &path[from..];
                let mut ids: Vec<&str> = circle.iter().map(|&leaf| set.leaves[leaf].id.as_str()).collect();
                ids.push(ids[0]);
                if let Some((_, place)) = set.leaves[circle[0]].rule.depends_on() {
                    out.cycle(place, &ids);
                }
                break;
            }
            path.push(next);
        }
        for leaf in path.into_iter().rev() {
            if !std::mem::replace(&mut is_placed[leaf], true) {
                order.push(leaf);
            }
        }
    }
    order
}

pub(super) fn resolve_tie_break(set: &mut CriteriaSet, ids: &[(String, Place)], out: &mut Diagnostics) {
    for (id, place) in ids {
        match set.node(id) {
            Some(node) => set.ranking.tie_break.push(node),
            None => {
                let near = nearest(id, set.nodes.iter().map(|node| node.id.as_str()));
                out.unknown_tie_break(place.clone(), id, near);
            }
        }
    }
}

/// The fields, with the bonus where it is a part of it, make the set's maximum.
pub(super) fn check_maximum(set: &CriteriaSet, place: Place, out: &mut Diagnostics) {
    let mut sum = set.fields().map(|field| set.nodes[field].max).fold(Points::ZERO, |sum, max| sum + max);
    if let Some(cap) = set.total.cap {
        sum = sum.min(cap);
    }
    if set.total.bonus_in_max {
        sum += set.total.bonus_cap.unwrap_or(Points::ZERO);
    }
    if sum != set.max {
        out.does_not_add_up(place, &text!("bộ tiêu chí", "the set"), sum.exact(), set.max.exact());
    }
}
