//! What was found while scoring, and how it is reported.

use crate::criteria_set::CriteriaSet;
use crate::diagnostic::{Diagnostics, Who};
use crate::lang::Text;
use crate::model::{Dataset, Value};
use crate::rule::{Origin, Part, Remark, Trouble};
use crate::source::Place;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// Something that was found at a criterion of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The unit's place in the dataset.
    pub unit: usize,
    /// The leaf's place in the set.
    pub leaf: usize,
    /// What it is.
    pub what: What,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// An input is missing, and that stops scoring.
    Missing(usize),
    /// An input cannot be used.
    Trouble(usize, Trouble),
    /// It does not apply; why, if the rule itself found that.
    NotApplicable(Option<Text>),
    /// An input was given, and the round makes another value of it: the given one, and the round's.
    LinkDiffers(usize, Decimal, Decimal),
    /// It was said not to apply where that is forbidden.
    NaForbidden,
    /// Evidence is required and missing.
    NoEvidence,
    /// It looks wrong.
    Remark(Remark),
}

/// Reports what was found, with places.
pub fn report(set: &CriteriaSet, data: &Dataset, findings: &[Finding], out: &mut Diagnostics) {
    let mut blank: Option<usize> = None;
    let mut lacking: HashSet<usize> = HashSet::new();
    // A unit of which the round itself lacks everything need not be in the results.
    let has_own = set.columns.iter().any(|column| column.input.origin.is_none());
    let count = data.units.len();
    let mut lack: HashMap<usize, usize> = HashMap::new();
    for finding in findings {
        if let What::Missing(input) = finding.what {
            *lack.entry(set.leaves[finding.leaf].columns.start + input).or_default() += 1;
        }
    }
    let all_lack = |column: usize| 1 < count && lack.get(&column) == Some(&count);
    for Finding { unit, leaf, what } in findings {
        let (id, start) = (set.leaves[*leaf].id.as_str(), set.leaves[*leaf].columns.start);
        let name = data.units[*unit].id.as_str();
        let place = |input: usize| data.place(*unit, start + input, set.leaves[*leaf].columns.clone());
        match what {
            What::Missing(_) if blank == Some(*unit) => {}
            What::Missing(_) if has_own && data.is_blank(*unit) => {
                blank = Some(*unit);
                out.no_results(data.unit_place(*unit), name);
            }
            What::Missing(input)
                if data.places.lack(start + input) && set.columns[start + input].input.origin.is_none() =>
            {
                if lacking.insert(start + input) {
                    out.missing_input_column(data.places.header_row(), &set.header(start + input), id);
                }
            }
            What::LinkDiffers(input, given, found) => {
                out.link_differs(place(*input), name, &set.header(start + input), *given, *found);
            }
            What::Missing(input) if is_zero_previous(set, data, *unit, start + input) => {
                out.zero_previous(place(*input), name, id);
            }
            What::Missing(input) => match &set.columns[start + input].input.origin {
                Some(_) if all_lack(start + input) && !lacking.insert(start + input) => {}
                Some(origin) => {
                    let who = if all_lack(start + input) { Who::All(count) } else { Who::Unit(name) };
                    report_unlinked(origin, place(*input), who, id, out);
                }
                None => out.missing_value(place(*input), name, id, &set.header(start + input)),
            },
            What::Trouble(input, trouble) => {
                let place = place(*input);
                match trouble {
                    Trouble::ZeroDenominator => match &set.columns[start + input].input.origin {
                        Some(Origin::LowerTier(lower, _)) => {
                            out.no_lower_units(place, Who::Unit(name), id, &lower.tier);
                        }
                        _ => out.zero_denominator(place, name, id),
                    },
                    Trouble::ZeroTarget => out.zero_target(place, name, id),
                    Trouble::OverFulfilled => out.over_fulfilled(place, name, id),
                    Trouble::AboveLimit(limit) => out.above_option_limit(place, name, id, *limit),
                    Trouble::BelowLimit(limit) => out.below_option_limit(place, name, id, *limit),
                    Trouble::TooLarge => out.too_large(place, name, id),
                    Trouble::WrongBranch(rule) => out.wrong_branch(place, name, id, rule),
                    Trouble::NoBranch => out.no_branch(place, name, id),
                }
            }
            What::NaForbidden => out.na_forbidden(place(0), name, id),
            What::NotApplicable(None) if !data.notes.contains_key(&(*unit, start)) => {
                out.na_without_reason(place(0), name, id);
            }
            What::NotApplicable(_) => {}
            What::NoEvidence => {
                let evidence = set.leaves[*leaf].evidence.map_or(0, |column| column - start);
                out.no_evidence(place(evidence), name, id);
            }
            What::Remark(Remark::OverFulfilled { done, planned }) => {
                let numerator = usize::from(1 < set.leaves[*leaf].columns.len());
                out.done_beyond_plan(place(numerator), name, id, *done, *planned);
            }
            What::Remark(Remark::PointsIgnored(points)) => out.points_ignored(place(1), name, id, *points),
            What::Remark(Remark::SumDiffers { given, computed }) => {
                out.sum_differs(place(0), name, id, *given, *computed);
            }
            What::Remark(Remark::AboveMaximum(points)) => {
                out.above_maximum(place(0), name, id, *points, set.leaves[*leaf].max);
            }
            What::Remark(Remark::RatioDiffers { given, computed }) => {
                out.ratio_differs(place(0), name, id, *given, *computed);
            }
        }
    }
}

/// Whether an input is a measure of the round before that is known, and 0.
fn is_zero_previous(set: &CriteriaSet, data: &Dataset, unit: usize, column: usize) -> bool {
    let is_zero =
        |column: usize| matches!(data.value(unit, column), Value::Number(number) if number.is_zero());
    let of = |column: usize| match &set.columns[column].input.origin {
        Some(Origin::Previous(_, part)) => Some(*part),
        _ => None,
    };
    of(column).is_some()
        && set
            .leaf_columns(set.columns[column].leaf)
            .any(|column| matches!(of(column), Some(Part::Value | Part::Numerator)) && is_zero(column))
}

/// An input that the round was to fill in and could not.
fn report_unlinked(origin: &Origin, place: Option<Place>, unit: Who<'_>, id: &str, out: &mut Diagnostics) {
    match origin {
        Origin::Target => out.no_target(place, unit, id),
        Origin::Previous(..) => out.no_previous_value(place, unit, id),
        Origin::Index(of) => out.not_in_index(place, unit, id, &of.id),
        Origin::LowerTier(lower, _) => out.no_lower_units(place, unit, id, &lower.tier),
    }
}
