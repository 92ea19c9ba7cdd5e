//! `[[grade_limit]]`: a condition, and the best grade that it leaves.

use crate::criteria_set::{CriteriaSet, GradeLimit, LimitIf, LimitOn};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::rule::Input;
use crate::source::Place;
use crate::text;
use crate::text::{folded, nearest};

/// A limit as it stands in the file; what it names is not yet looked up.
pub(super) struct LimitDraft {
    name: String,
    at_most: (String, Place),
    on: (String, Place),
    when: When,
    basis: String,
}

/// A condition; an answer is a word of a criterion that is not yet known.
enum When {
    Known(LimitIf),
    Answer(String, Place),
}

const CONDITIONS: [&str; 7] =
    ["answer", "points_from", "points_below", "share_below", "measure_from", "measure_below", "target"];

pub(super) fn read(file: &mut Keys<'_>, out: &mut Diagnostics) -> Vec<LimitDraft> {
    let tables = file.tables("grade_limit", text!("giới hạn xếp loại", "the grade limit"), out);
    tables.into_iter().filter_map(|table| read_one(table, out)).collect()
}

fn read_one(mut table: Keys<'_>, out: &mut Diagnostics) -> Option<LimitDraft> {
    let name = table.need_text("name", out).map(Spanned::into_inner);
    let mut word = |key| {
        let word = table.need_text(key, out)?;
        let place = table.place_of(&word);
        Some((word.into_inner(), place))
    };
    let (at_most, on) = (word("at_most"), word("on"));
    let when = read_condition(&mut table, out);
    let basis = table.text("basis", out).map(Spanned::into_inner).unwrap_or_default();
    table.finish(out);
    Some(LimitDraft { name: name?, at_most: at_most?, on: on?, when, basis })
}

fn read_condition(table: &mut Keys<'_>, out: &mut Diagnostics) -> When {
    let answer = table.text("answer", out).map(|answer| {
        let place = table.place_of(&answer);
        When::Answer(answer.into_inner(), place)
    });
    let mut number = |key| table.amount(key, out).map(Spanned::into_inner);
    let numbers = [
        number("points_from").map(LimitIf::PointsFrom),
        number("points_below").map(LimitIf::PointsBelow),
        number("share_below").map(LimitIf::ShareBelow),
        number("measure_from").map(LimitIf::MeasureFrom),
        number("measure_below").map(LimitIf::MeasureBelow),
        table.word("target", &[("missed", LimitIf::TargetMissed)], out),
    ];
    let mut found: Vec<When> = answer.into_iter().collect();
    found.extend(numbers.into_iter().flatten().map(When::Known));
    if 1 < found.len() {
        out.one_of_keys(table.place(), &CONDITIONS, found.len());
    }
    found.pop().unwrap_or(When::Known(LimitIf::Anything))
}

/// Looks up what the limits name.
pub(super) fn resolve(set: &mut CriteriaSet, drafts: Vec<LimitDraft>, out: &mut Diagnostics) {
    for draft in drafts {
        let limit = resolve_one(set, draft, out);
        set.grade_limits.extend(limit);
    }
}

fn resolve_one(set: &CriteriaSet, draft: LimitDraft, out: &mut Diagnostics) -> Option<GradeLimit> {
    let LimitDraft { name, at_most, on, when, basis } = draft;
    let grades = || set.grades.iter().map(|grade| grade.name.as_str());
    let grade = set.grades.iter().position(|grade| folded(&grade.name) == folded(&at_most.0));
    if grade.is_none() {
        let known: Vec<&str> = grades().collect();
        out.unknown_grade(at_most.1, &at_most.0, nearest(&at_most.0, grades()), &known);
    }
    let entry = || set.entries.iter().position(|entry| entry.id == on.0);
    let target = set.node(&on.0).map(LimitOn::Node).or_else(|| entry().map(LimitOn::Entry));
    let Some(target) = target else {
        let nodes = set.nodes.iter().map(|node| node.id.as_str());
        let ids = nodes.chain(set.entries.iter().map(|entry| entry.id.as_str()));
        out.unknown_limit_target(on.1, &on.0, nearest(&on.0, ids));
        return None;
    };
    let leaf = match target {
        LimitOn::Node(node) => set.nodes[node].leaf.map(|leaf| &set.leaves[leaf]),
        LimitOn::Entry(_) => None,
    };
    let when = match when {
        When::Answer(answer, place) => {
            let value = leaf.and_then(|leaf| leaf.rule.inputs().first());
            let words =
                value.filter(|input| input.name == Input::VALUE).map_or(&[][..], |input| &input.words);
            let Some(word) = words.iter().position(|word| word.is(&answer)) else {
                let known: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
                let near = nearest(&answer, known.iter().copied());
                out.unknown_answer(place, &answer, &on.0, near, &known);
                return None;
            };
            LimitIf::Answer(word as u16)
        }
        When::Known(when) => when,
    };
    let has_target =
        leaf.is_some_and(|leaf| leaf.rule.inputs().iter().any(|input| input.name == Input::TARGET));
    let lacks = match (when, target) {
        (LimitIf::Anything, LimitOn::Node(_)) => {
            out.no_limit_condition(on.1, &on.0, &CONDITIONS);
            return None;
        }
        (LimitIf::MeasureFrom(_) | LimitIf::MeasureBelow(_), _)
            if !leaf.is_some_and(|leaf| leaf.rule.has_measure()) =>
        {
            Some(text!("không có giá trị đo để xét", "has no measure"))
        }
        (LimitIf::TargetMissed, _) if !has_target => {
            Some(text!("không chấm theo chỉ tiêu", "is not held against a target"))
        }
        (LimitIf::ShareBelow(_), LimitOn::Entry(_)) => {
            Some(text!("không có điểm tối đa để tính tỷ lệ", "has no maximum to take a share of"))
        }
        _ => None,
    };
    if let Some(lacks) = lacks {
        out.limit_condition(on.1, &on.0, lacks);
        return None;
    }
    Some(GradeLimit { name, at_most: grade?, on: target, when, basis })
}
