//! The rows that a blank sheet has for each unit: the tree of criteria, a row an input.

use super::Filled;
use super::ask::Ask;
use crate::criteria_set::{CriteriaSet, Entry, EntryBy, Leaf, NotApplicable};
use crate::lang::Text;
use crate::rule::{Input, Origin};
use crate::text;
use rust_decimal::Decimal;

/// A row.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Where it stands in the tree.
    pub place: Place,
    /// How deep that is; 0 for a field.
    pub depth: usize,
    /// The id of the group or criterion, in its first row.
    pub id: &'a str,
    /// Its name, in its first row.
    pub name: Text,
    /// Its maximum, in its first row.
    pub max: Option<Decimal>,
    /// How its points are computed, in its first row.
    pub rule: Text,
    /// Its legal basis, in its first row.
    pub basis: &'a str,
    /// The criterion that the row is read for; empty in a group.
    pub criterion: &'a str,
    /// What is to be entered, or why nothing is.
    pub label: Text,
    /// What the cell asks for; none where nothing is entered.
    pub ask: Option<Ask<'a>>,
    /// Whether evidence may be named in this row, and whether it must be.
    pub evidence: Option<bool>,
    /// The most points that a unit can give itself in this row.
    pub own_points: Option<Decimal>,
}

/// Where a row stands in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A group, or the heading above bonus and deductions.
    Group,
    /// The first row of a criterion.
    First,
    /// A further row of a criterion.
    Further,
}

/// The rows for a set.
pub(super) fn lines<'a>(set: &'a CriteriaSet, filled: &Filled) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for node in &set.nodes {
        let head = Line {
            place: Place::Group,
            depth: node.depth,
            id: &node.id,
            name: Text::same(&node.name),
            max: Some(node.max.exact()),
            rule: Text::default(),
            basis: &node.basis,
            criterion: "",
            label: Text::default(),
            ask: None,
            evidence: None,
            own_points: None,
        };
        match node.leaf {
            None => lines.push(head),
            Some(leaf) => add_leaf(set, leaf, head, &node.note, filled, &mut lines),
        }
    }
    for is_deduction in [false, true] {
        add_entries(set, is_deduction, filled, &mut lines);
    }
    lines
}

/// Bonus or deductions that are found by a rule; those that are counted from events are entered
/// elsewhere.
fn add_entries<'a>(set: &'a CriteriaSet, is_deduction: bool, filled: &Filled, lines: &mut Vec<Line<'a>>) {
    let ruled = |entry: &&Entry| entry.is_deduction == is_deduction && matches!(entry.by, EntryBy::Leaf(_));
    for (at, entry) in set.entries.iter().filter(ruled).enumerate() {
        let EntryBy::Leaf(leaf) = entry.by else { continue };
        let head = |place, id, name: Text| Line {
            place,
            depth: usize::from(place == Place::First),
            id,
            name,
            max: None,
            rule: Text::default(),
            basis: "",
            criterion: "",
            label: Text::default(),
            ask: None,
            evidence: None,
            own_points: None,
        };
        if at == 0 {
            let name = match is_deduction {
                true => text!("Điểm trừ", "Deductions"),
                false => text!("Điểm thưởng", "Bonus"),
            };
            lines.push(head(Place::Group, "", name));
        }
        let own = head(Place::First, &entry.id, Text::same(&entry.name));
        let max = Some(set.leaves[leaf].max);
        add_leaf(set, leaf, Line { max, basis: &entry.basis, ..own }, &entry.note, filled, lines);
    }
}

/// The rows of a criterion: one an input, or a single one where nothing is entered.
fn add_leaf<'a>(
    set: &'a CriteriaSet,
    at: usize,
    head: Line<'a>,
    note: &str,
    filled: &Filled,
    lines: &mut Vec<Line<'a>>,
) {
    let leaf = &set.leaves[at];
    let head = Line { criterion: &leaf.id, ..head };
    let first = Line {
        place: Place::First,
        rule: rule(leaf, note),
        evidence: leaf.evidence.map(|_| true),
        ..head.clone()
    };
    if let Some(why) = elsewhere(set, leaf, filled) {
        lines.push(Line { label: why, ..first });
        return;
    }
    let gives_points = set.columns[leaf.columns.clone()].iter().any(|own| own.input.name == Input::POINTS);
    let own_points = Some(leaf.max).filter(|_| !gives_points);
    let further = Line { place: Place::Further, id: "", name: Text::default(), max: None, basis: "", ..head };
    for (row, column) in in_order(set, leaf).into_iter().enumerate() {
        let input = &set.columns[column].input;
        let line = match row {
            0 => Line { evidence: Some(leaf.evidence.is_some()), own_points, ..first.clone() },
            _ => further.clone(),
        };
        let label = label(set, leaf, input);
        let comes = input.origin.as_ref().filter(|origin| is_filled(origin, filled));
        lines.push(match comes {
            Some(origin) => {
                let Text { vi: from_vi, en: from_en } = origin.describe();
                let Text { vi, en } = label;
                let label =
                    text!("{vi}: không nhập (lấy từ {from_vi})", "{en}: not entered (from {from_en})");
                Line { label, ..line }
            }
            None => {
                // Of several judges, items or violations one may not apply, whatever the criterion says.
                let may = leaf.na != NotApplicable::Forbidden || !input.label.is_empty();
                Line { label, ask: Some(Ask::new(input, column, &leaf.id, may)), ..line }
            }
        });
    }
}

/// The columns in the order in which people think of them: parts before the whole.
fn in_order(set: &CriteriaSet, leaf: &Leaf) -> Vec<usize> {
    let mut columns: Vec<usize> = leaf.columns.clone().collect();
    let name = |column: usize| set.columns[column].input.name.as_str();
    let of = |wanted: &str| columns.iter().position(|&column| name(column) == wanted);
    if let (Some(value), Some(denominator)) = (of(Input::VALUE), of(Input::DENOMINATOR)) {
        columns[value..=denominator].rotate_left(1);
    }
    columns
}

/// Why nothing is entered for a criterion at all.
fn elsewhere(set: &CriteriaSet, leaf: &Leaf, filled: &Filled) -> Option<Text> {
    if leaf.is_survey {
        return Some(text!("không nhập (điều tra xã hội học)", "not entered (survey)"));
    }
    let origins = set.columns[leaf.columns.clone()].iter().filter_map(|own| own.input.origin.as_ref());
    let fills_all = |origin: &&Origin| {
        matches!(origin, Origin::Index(_) | Origin::LowerTier(..)) && is_filled(origin, filled)
    };
    let Text { vi, en } = origins.filter(fills_all).map(Origin::describe).next()?;
    Some(text!("không nhập (lấy từ {vi})", "not entered (from {en})"))
}

/// Whether the round fills in what comes from there.
fn is_filled(origin: &Origin, filled: &Filled) -> bool {
    match origin {
        Origin::Target => filled.targets,
        Origin::Previous(..) => filled.previous,
        Origin::LowerTier(lower, _) => filled.tiers.contains(&lower.tier),
        Origin::Index(_) => true,
    }
}

/// How the points of a criterion are computed, and what else is to be known of it.
fn rule(leaf: &Leaf, note: &str) -> Text {
    let Text { mut vi, mut en } = leaf.rule.describe();
    let mut add = |more: Text| {
        vi += &more.vi;
        en += &more.en;
    };
    match leaf.na {
        NotApplicable::Forbidden => {}
        NotApplicable::Reduce => add(text!(
            ". N/A: không tính vào điểm tối đa, ghi lý do ở cột ghi chú",
            ". N/A: taken out of the maximum; say why under remarks"
        )),
        NotApplicable::Full => {
            add(text!(
                ". N/A: điểm tối đa, ghi lý do ở cột ghi chú",
                ". N/A: full points; say why under remarks"
            ));
        }
    }
    if leaf.evidence.is_some() {
        add(text!(". Không có tài liệu kiểm chứng: 0 điểm", ". Without evidence: 0 points"));
    }
    if !note.is_empty() {
        add(text!(". {note}", ". {note}"));
    }
    Text { vi, en }
}

/// What an input asks for: the set's own words, or those for the inputs that every set has.
fn label(set: &CriteriaSet, leaf: &Leaf, input: &Input) -> Text {
    if !input.label.is_empty() {
        return Text::same(&input.label);
    }
    let has = |name: &str| set.columns[leaf.columns.clone()].iter().any(|own| own.input.name == name);
    match input.name.as_str() {
        Input::NUMERATOR => text!("Tử số", "Numerator"),
        Input::DENOMINATOR => text!("Mẫu số", "Denominator"),
        Input::POINTS if !input.words.is_empty() || has(Input::VALUE) => {
            text!("Điểm, nếu phương án cho chấm tự do", "Points, where the option leaves them open")
        }
        Input::POINTS => text!("Điểm", "Points"),
        Input::TARGET => text!("Chỉ tiêu, nếu được giao riêng", "Target, where the unit has its own"),
        Input::PREVIOUS if has(Input::PREVIOUS_NUMERATOR) => {
            text!("Tỷ lệ % năm trước, nếu không có tử số, mẫu số", "Last year's %, without its parts")
        }
        Input::PREVIOUS => text!("Giá trị năm trước", "Last year's value"),
        Input::PREVIOUS_NUMERATOR => text!("Tử số năm trước", "Last year's numerator"),
        Input::PREVIOUS_DENOMINATOR => text!("Mẫu số năm trước", "Last year's denominator"),
        _ if has(Input::DENOMINATOR) => {
            text!("Tỷ lệ %, nếu không có tử số, mẫu số", "The ratio in %, without its parts")
        }
        _ if !input.words.is_empty() && input.words[0].also.is_empty() => text!("Phương án", "Option"),
        _ if !input.words.is_empty() => text!("Có hoặc không", "Yes or no"),
        _ if input.dates => text!("Ngày, hoặc số ngày trễ", "Date, or days late"),
        _ if 1 < leaf.columns.len()
            && !has(Input::POINTS)
            && !has(Input::TARGET)
            && !has(Input::PREVIOUS) =>
        {
            text!("Tổng, nếu không có số liệu từng phần", "The sum, without its parts")
        }
        _ if input.numbers.is_some_and(|numbers| numbers.percent) => text!("Giá trị (%)", "Value (%)"),
        _ => text!("Giá trị", "Value"),
    }
}
