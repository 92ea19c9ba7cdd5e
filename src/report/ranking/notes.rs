//! The sentences below a ranked table: why units are not ranked, what does not apply, and what the
//! reader must know of the set and its policies.

use super::{Fields, RankingView};
use crate::criteria_set::{CriteriaSet, EntryBy, Method, Missing, Reduce, Status};
use crate::engine::{NotScored, Scores, UnitScore, What};
use crate::lang::{Lang, Text};
use crate::model::Ranked;
use crate::number::plain;
use crate::scored::LoadedTier;
use crate::text;
use std::collections::HashSet;

/// `ranked`, `not-ranked` or `not-scored`, and why.
pub(in crate::report) fn status(
    tier: &LoadedTier,
    scores: &Scores,
    unit: usize,
) -> (&'static str, Option<Text>) {
    let ranked = &tier.data.units[unit].ranked;
    match (&scores.units[unit].not_scored, ranked) {
        (Some(why), _) => ("not-scored", Some(why_not_scored(tier, unit, why))),
        (None, Ranked::No(reason)) => ("not-ranked", (!reason.is_empty()).then(|| Text::same(reason))),
        (None, Ranked::Yes) => ("ranked", None),
    }
}

fn why_not_scored(tier: &LoadedTier, unit: usize, why: &NotScored) -> Text {
    match why {
        NotScored::NoResults => match &tier.data.units[unit].ranked {
            Ranked::No(reason) if !reason.is_empty() => Text::same(reason),
            _ => text!("không có số liệu", "no results"),
        },
        NotScored::Incomplete { leaf } => {
            let id = &tier.set.leaves[*leaf].id;
            text!("thiếu số liệu tiêu chí {id}", "criterion {id} is missing")
        }
        NotScored::NothingApplies => text!("không có tiêu chí nào áp dụng", "no criterion applies"),
        NotScored::TooLate { entry, event } => {
            let entry = &tier.set.entries[*entry];
            let event = tier.events.get(&unit).and_then(|events| events.get(*event));
            let days = event.and_then(|event| match &entry.by {
                EntryBy::Events(rule) => rule.days(event),
                EntryBy::Leaf(_) => None,
            });
            let (id, name) = (&entry.id, &entry.name);
            match days.map(|days| (plain(days, Lang::Vi), plain(days, Lang::En))) {
                Some((vi, en)) => text!(
                    "{id} {name}: trễ {vi} ngày, không được tiếp nhận",
                    "{id} {name}: {en} days late, not accepted"
                ),
                None => {
                    text!("{id} {name}: quá hạn, không được tiếp nhận", "{id} {name}: too late, not accepted")
                }
            }
        }
    }
}

/// What keeps a unit from the grade of its index.
pub(in crate::report) fn limit_reason(set: &CriteriaSet, score: &UnitScore) -> Option<Text> {
    let limit = &set.grade_limits[score.limit?];
    let by_index = set.grade(score.index.exact()).map_or("", |grade| &set.grades[grade].name);
    let (grade, why) = (&set.grades[limit.at_most].name, &limit.name);
    Some(text!(
        "theo chỉ số được \"{by_index}\", chỉ xếp \"{grade}\" vì {why}",
        "\"{by_index}\" by its index, no more than \"{grade}\" because: {why}"
    ))
}

/// The criteria whose targets a unit missed.
pub(in crate::report) fn missed_ids<'a>(tier: &'a LoadedTier, scores: &Scores, unit: usize) -> Vec<&'a str> {
    let first = scores.targets.partition_point(|(of, ..)| *of < unit);
    let of_unit = scores.targets[first..].iter().take_while(|(of, ..)| *of == unit);
    let missed = of_unit.filter(|(.., is_met)| !is_met);
    missed.map(|(_, leaf, _)| tier.set.leaves[*leaf].id.as_str()).collect()
}

/// Why units are not ranked or not scored, what does not apply to whom, and the targets that were
/// missed where they are shown.
pub(super) fn reasons(tier: &LoadedTier, scores: &Scores, units: &[usize], with_targets: bool) -> Vec<Text> {
    let mut notes = Vec::new();
    for &unit in units {
        let name = tier.data.units[unit].label();
        let reason = |reason: Option<Text>| {
            reason.map_or_else(Text::default, |why| Text {
                vi: format!(": {}", why.vi),
                en: format!(": {}", why.en),
            })
        };
        match status(tier, scores, unit) {
            ("not-scored", why) => {
                let Text { vi, en } = reason(why);
                notes.push(text!("Không chấm điểm – {name}{vi}", "Not scored – {name}{en}"));
            }
            ("not-ranked", why) => {
                let Text { vi, en } = reason(why);
                notes.push(text!("Không xếp hạng – {name}{vi}", "Not ranked – {name}{en}"));
            }
            _ => {}
        }
    }
    for &unit in units {
        let (name, score) = (tier.data.units[unit].label(), &scores.units[unit]);
        if let Some(Text { vi, en }) = limit_reason(&tier.set, score) {
            notes.push(text!("Giới hạn xếp loại – {name}: {vi}", "Grade limit – {name}: {en}"));
        }
        let missed = missed_ids(tier, scores, unit);
        if with_targets && !missed.is_empty() {
            let missed = missed.join(", ");
            notes.push(text!("Chưa đạt chỉ tiêu – {name}: {missed}", "Targets missed – {name}: {missed}"));
        }
    }
    let is_shown: HashSet<usize> = units.iter().copied().collect();
    for (unit, leaf, why) in not_applicable(tier, scores).filter(|(unit, ..)| is_shown.contains(unit)) {
        let (name, id) = (tier.data.units[unit].label(), &tier.set.leaves[leaf].id);
        let (vi, en) = (&why.vi, &why.en);
        notes.push(text!(
            "Không đánh giá – {name}, tiêu chí {id}: {vi}",
            "Not applicable – {name}, criterion {id}: {en}"
        ));
    }
    notes
}

/// What does not apply to whom, and why: unit, leaf, reason.
pub(in crate::report) fn not_applicable<'a>(
    tier: &'a LoadedTier,
    scores: &'a Scores,
) -> impl Iterator<Item = (usize, usize, Text)> + 'a {
    scores.findings.iter().filter_map(|finding| {
        let What::NotApplicable(own) = &finding.what else { return None };
        let first = tier.set.leaves[finding.leaf].columns.start;
        let note = || tier.data.note(finding.unit, first).map(Text::same);
        let why = own.clone().or_else(note).unwrap_or_else(|| text!("không nêu lý do", "no reason given"));
        Some((finding.unit, finding.leaf, why))
    })
}

impl RankingView<'_> {
    /// What was done about missing inputs, where something was: for formats that have no notes.
    pub fn missing_notes(&self) -> Vec<Text> {
        let tiers = self.scored.tiers().filter(|(_, scores, _)| 0 < scores.missing);
        tiers.filter_map(|(tier, scores, _)| missing_note(tier.missing, scores.missing)).collect()
    }
}

/// What a reader of a tier's tables must know: fields, set, policies.
pub(in crate::report) fn tier_notes(tier: &LoadedTier, scores: &Scores, fields: Fields) -> Vec<Text> {
    let set = &tier.set;
    let mut notes = Vec::new();
    if fields != Fields::None {
        let list = |lang| {
            let name = |node: usize| {
                let node = &set.nodes[node];
                format!("{} {} ({})", node.id, node.name, plain(node.max.exact(), lang))
            };
            set.fields().map(name).collect::<Vec<_>>().join("; ")
        };
        let list = Text::by(list);
        let (vi, en) = (list.vi, list.en);
        notes.push(text!("Lĩnh vực (điểm tối đa): {vi}", "Fields (maximum points): {en}"));
    }
    let status = set_status(set.status);
    let (id, name) = (&set.id, &set.name);
    let (vi, en) = (status.vi, status.en);
    notes.push(text!("Bộ tiêu chí: {name} [{id}; {vi}]", "Criteria set: {name} [{id}; {en}]"));
    if !set.basis.is_empty() {
        let basis = set.basis.join("; ");
        notes.push(text!("Căn cứ: {basis}", "Basis: {basis}"));
    }
    if set.total.reduce == Reduce::Appraised || set.total.adjust_after {
        notes.push(text!(
            "Đơn vị có tiêu chí không đánh giá được quy đổi về điểm tối đa đầy đủ; cột lĩnh vực là điểm trước quy đổi",
            "A unit to which criteria do not apply is brought back to the full maximum; the columns of fields show points before that"
        ));
    }
    notes.push(ranking_note(set));
    notes.extend(missing_note(tier.missing, scores.missing));
    notes.extend(set.notes.iter().map(Text::same));
    notes
}

fn ranking_note(set: &CriteriaSet) -> Text {
    let method = match set.ranking.method {
        Method::Competition => text!(
            "đồng hạng thì bỏ hạng sau (1-2-2-4)",
            "ties share a rank and the next is left out (1-2-2-4)"
        ),
        Method::Dense => {
            text!("đồng hạng, không bỏ hạng (1-2-2-3)", "ties share a rank and none is left out (1-2-2-3)")
        }
        Method::Ordinal => {
            text!("không đồng hạng; bằng nhau thì theo thứ tự tên", "no ties; equal units by name")
        }
    };
    let on = if set.ranking.on_printed {
        text!("chỉ số đã làm tròn", "the rounded index")
    } else {
        text!("chỉ số chưa làm tròn", "the unrounded index")
    };
    let ids: Vec<&str> = set.ranking.tie_break.iter().map(|&node| set.nodes[node].id.as_str()).collect();
    let ids = ids.join(", ");
    let tie = if ids.is_empty() {
        Text::default()
    } else {
        text!("; bằng nhau thì xét lần lượt mục {ids}", "; equal units by the points of {ids} in turn")
    };
    let (vi, en) = ((on.vi, method.vi, tie.vi), (on.en, method.en, tie.en));
    let ((on_vi, method_vi, tie_vi), (on_en, method_en, tie_en)) = (vi, en);
    text!("Xếp hạng theo {on_vi}; {method_vi}{tie_vi}", "Ranked by {on_en}; {method_en}{tie_en}")
}

fn missing_note(missing: Missing, count: usize) -> Option<Text> {
    match missing {
        Missing::Zero => Some(text!(
            "Thiếu số liệu tính 0 điểm (missing = zero): {count} trường hợp",
            "Missing data count as 0 points (missing = zero): {count} cases"
        )),
        Missing::NotApplicable => Some(text!(
            "Thiếu số liệu thì không đánh giá (missing = n/a): {count} trường hợp",
            "Missing data count as not applicable (missing = n/a): {count} cases"
        )),
        Missing::Error | Missing::Full | Missing::NotScored => None,
    }
}

/// Whose words a set is in.
pub(in crate::report) fn set_status(status: Status) -> Text {
    match status {
        Status::Official => text!("bộ chính thức", "official set"),
        Status::Reconstructed => {
            text!("bộ dựng lại từ số liệu công bố", "set reconstructed from published figures")
        }
        Status::Sample => text!("bộ mẫu", "sample set"),
    }
}
