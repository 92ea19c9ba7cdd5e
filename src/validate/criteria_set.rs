//! A TOML file → a [`CriteriaSet`].

mod criterion;
mod entry;
mod grade_limit;
mod head;
mod tree;

use crate::criteria_set::{CriteriaSet, Entry, Status};
use crate::diagnostic::Diagnostics;
use crate::keys::{self, Keys};
use crate::number::{Points, Rounding};
use crate::source::Source;
use crate::text;
use criterion::Draft;
pub(super) use head::{METHODS, ON, read_rounding as rounding};

/// Reads a criteria set. Where there are errors, there may be none.
pub fn criteria_set(source: &Source, out: &mut Diagnostics) -> Option<CriteriaSet> {
    let first = out.kept();
    let set = read(source, out);
    out.sort_lines(first);
    set
}

fn read(source: &Source, out: &mut Diagnostics) -> Option<CriteriaSet> {
    let before = out.breaking_errors();
    let mut file = keys::parse(source, text!("bộ tiêu chí", "the criteria set"), out);
    let head = head::read_head(&mut file, out);
    let roundings = head::read_roundings(&mut file, out);
    let ranking = head::read_ranking(&mut file, out);
    let total = head::read_total(&mut file, head.as_ref().map(|head| head.max), out);
    let grades = head::read_grades(&mut file, out);
    let grade_limits = grade_limit::read(&mut file, out);
    let drafts: Vec<Draft> = file
        .tables("criterion", text!("tiêu chí", "the criterion"), out)
        .into_iter()
        .filter_map(|table| criterion::read(table, &roundings, out))
        .collect();
    let entries = read_entries(&mut file, &roundings, out);
    if drafts.is_empty() && out.breaking_errors() == before {
        out.no_criteria(source.whole());
    }
    file.finish(out);
    let ids: Vec<_> = entries.iter().map(|entry| (entry.id.clone(), entry.place.clone())).collect();
    tree::check_ids(&drafts, &ids, out);
    let (nodes, mut leaves) = tree::grow(drafts, out.breaking_errors() == before, out);
    if out.breaking_errors() > before {
        return None;
    }
    let head = head?;
    let mut set = CriteriaSet {
        id: head.id,
        name: head.name,
        status: head.status,
        tier: head.tier,
        basis: head.basis,
        notes: head.notes,
        max: head.max,
        missing: head.missing,
        points_rounding: roundings.points.unwrap_or(Rounding::CENTS),
        total_rounding: roundings.total.unwrap_or(Rounding::CENTS),
        index_rounding: roundings.index.unwrap_or(Rounding::CENTS),
        ranking: ranking.policy,
        total,
        grades,
        fields: (0..nodes.len()).filter(|node| nodes[*node].depth == 0).collect(),
        nodes,
        leaves: Vec::new(),
        order: Vec::new(),
        columns: Vec::new(),
        entries: Vec::new(),
        grade_limits: Vec::new(),
    };
    for entry in entries {
        let by = entry.by.into_entry(|leaf| {
            leaves.push(leaf);
            leaves.len() - 1
        });
        set.entries.push(Entry {
            id: entry.id,
            name: entry.name,
            is_deduction: entry.is_deduction,
            by,
            cap: entry.cap.map(Points::new),
            basis: entry.basis,
            note: entry.note,
        });
    }
    tree::plant(&mut set, leaves, out);
    tree::resolve_tie_break(&mut set, &ranking.tie_break, out);
    grade_limit::resolve(&mut set, grade_limits, out);
    tree::check_maximum(&set, head.max_place, out);
    (out.breaking_errors() == before).then_some(set)
}

fn read_entries(
    file: &mut Keys<'_>,
    roundings: &head::Roundings,
    out: &mut Diagnostics,
) -> Vec<entry::EntryDraft> {
    let mut entries = Vec::new();
    for table in file.tables("bonus", text!("điểm thưởng", "the bonus"), out) {
        entries.extend(entry::read(table, false, roundings, out));
    }
    for table in file.tables("deduction", text!("điểm trừ", "the deduction"), out) {
        entries.extend(entry::read(table, true, roundings, out));
    }
    entries
}

/// The words for whose words a set is in.
pub(super) const STATUSES: [(&str, Status); 3] =
    [("official", Status::Official), ("reconstructed", Status::Reconstructed), ("sample", Status::Sample)];
