//! The criteria set: what it means once it has been read and found right.
//!
//! Nodes, leaves and columns are flat lists that refer to each other by place, so that a unit is
//! scored by walking along them.

mod event_rule;
mod grade_limit;

use crate::lang::Text;
use crate::number::{Points, Rounding};
use crate::rule::{Input, Rule};
use crate::text;
use crate::text::folded;
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

pub use event_rule::{At, EventRule, Per, Reading, Taken, Waiver};
pub use grade_limit::{GradeLimit, LimitIf, LimitOn};

/// A criteria set.
#[derive(Clone, Debug)]
pub struct CriteriaSet {
    /// Its id, printed with every result.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whose words it is in.
    pub status: Status,
    /// The tier it is for, if it says so.
    pub tier: Option<String>,
    /// Its legal basis.
    pub basis: Vec<String>,
    /// Sentences that are printed with its results.
    pub notes: Vec<String>,
    /// Maximum points.
    pub max: Points,
    /// What a missing input means where the round does not say.
    pub missing: Missing,
    /// How points are printed: as they are rounded, else with two digits.
    pub points_rounding: Rounding,
    /// How totals are printed.
    pub total_rounding: Rounding,
    /// How the index is printed.
    pub index_rounding: Rounding,
    /// How units are ranked.
    pub ranking: RankingPolicy,
    /// How the total is put together.
    pub total: TotalPolicy,
    /// Grades, highest first.
    pub grades: Vec<Grade>,
    /// Groups and criteria; a group stands before what it contains.
    pub nodes: Vec<Node>,
    /// The fields: nodes that lie in no other.
    pub fields: Vec<usize>,
    /// Everything with a rule: criteria first, then bonus and deductions.
    pub leaves: Vec<Leaf>,
    /// The leaves in an order in which each comes after the one that it looks at.
    pub order: Vec<usize>,
    /// The inputs of all leaves: the columns of the results.
    pub columns: Vec<Column>,
    /// Bonus entries, then deductions.
    pub entries: Vec<Entry>,
    /// Conditions under which a unit gets no better grade than one.
    pub grade_limits: Vec<GradeLimit>,
}

/// Whose words a set is in; printed on everything that is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// As issued.
    Official,
    /// Put together from published figures.
    Reconstructed,
    /// A sample (bộ mẫu).
    Sample,
}

impl Status {
    /// What is printed of it.
    pub fn words(self) -> Text {
        match self {
            Status::Official => text!("bộ chính thức", "official set"),
            Status::Reconstructed => {
                text!("bộ dựng lại từ số liệu công bố", "set reconstructed from published figures")
            }
            Status::Sample => text!("bộ mẫu", "sample set"),
        }
    }
}

/// How units are ranked.
#[derive(Clone, Debug)]
pub struct RankingPolicy {
    /// What equal units get, and the one after them.
    pub method: Method,
    /// Whether the printed value decides, instead of the exact one.
    pub on_printed: bool,
    /// Nodes whose points are compared where the index is equal, in this order.
    pub tie_break: Vec<usize>,
    /// Whether each block has its own ranking.
    pub within_block: bool,
}

/// What equal units get, and the one after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// 1-2-2-4, scipy's `rankdata(method="min")`.
    Competition,
    /// 1-2-2-3.
    Dense,
    /// 1-2-3-4: equal units by the alphabet of their names.
    Ordinal,
}

/// How the total is put together.
#[derive(Clone, Debug)]
pub struct TotalPolicy {
    /// The most that the criteria give together.
    pub cap: Option<Points>,
    /// The most that all bonus gives.
    pub bonus_cap: Option<Points>,
    /// The most that deductions from the unit take together.
    pub deduction_cap: Option<Points>,
    /// Whether the bonus cap is a part of the set's maximum.
    pub bonus_in_max: bool,
    /// The lowest total.
    pub floor: Option<Points>,
    /// The highest total.
    pub ceiling: Option<Points>,
    /// What the maximum of an N/A criterion is taken out of.
    pub reduce: Reduce,
    /// Whether bonus and deductions come after the denominator is reduced.
    pub adjust_after: bool,
}

/// What the maximum of an N/A criterion is taken out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduce {
    /// The denominator of the whole index.
    Whole,
    /// The appraised part alone, which is then brought back to its full maximum.
    Appraised,
}

/// A grade and where it begins.
#[derive(Clone, Debug)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// The lowest index that earns it, in %.
    pub from: Decimal,
    /// Whether the printed index decides, instead of the exact one.
    pub on_printed: bool,
}

/// A group or a criterion.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id: `1.10`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The group that it lies in.
    pub parent: Option<usize>,
    /// How deep it lies; 0 for a field.
    pub depth: usize,
    /// Maximum points.
    pub max: Points,
    /// The most that its criteria give together.
    pub cap: Option<Points>,
    /// Its rule; none for a group.
    pub leaf: Option<usize>,
    /// Legal basis; may be empty.
    pub basis: String,
    /// A remark; may be empty.
    pub note: String,
}

/// Something with a rule: a criterion, a bonus or a deduction.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The id of its criterion or entry.
    pub id: String,
    /// Its rule.
    pub rule: Arc<dyn Rule>,
    /// Maximum points.
    pub max: Decimal,
    /// The maximum for which its rule was written, where a scenario gave it another.
    pub written_for: Option<Decimal>,
    /// Its inputs among the columns, without evidence.
    pub columns: Range<usize>,
    /// The column of its evidence, if evidence is required.
    pub evidence: Option<usize>,
    /// What "not applicable" means.
    pub na: NotApplicable,
    /// What a missing input means, if the criterion says so itself.
    pub missing: Option<Missing>,
    /// How its points are rounded.
    pub rounding: Option<Rounding>,
    /// The leaf that its rule looks at.
    pub depends: Option<usize>,
    /// Whether its points come from a survey, not from appraisal.
    pub is_survey: bool,
}

/// What "not applicable" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// It must not happen.
    Forbidden,
    /// The maximum leaves the denominator.
    Reduce,
    /// Full points.
    Full,
}

/// What a missing input means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Scoring stops.
    Error,
    /// 0 points.
    Zero,
    /// The maximum leaves the denominator.
    NotApplicable,
    /// Full points; only a criterion can say so.
    Full,
    /// The unit is not scored.
    NotScored,
}

/// An input of a leaf: a column of the results.
#[derive(Clone, Debug)]
pub struct Column {
    /// The leaf.
    pub leaf: usize,
    /// What may stand in it.
    pub input: Input,
}

/// A bonus or a deduction.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it takes points, instead of giving them.
    pub is_deduction: bool,
    /// How its points are found.
    pub by: EntryBy,
    /// The most that it gives or takes.
    pub cap: Option<Points>,
    /// Legal basis; may be empty.
    pub basis: String,
    /// A remark; may be empty.
    pub note: String,
}

/// How the points of an entry are found.
#[derive(Clone, Debug)]
pub enum EntryBy {
    /// By a rule over the results, like a criterion.
    Leaf(usize),
    /// By events.
    Events(EventRule),
}

impl CriteriaSet {
    /// The fields: nodes that lie in no other.
    pub fn fields(&self) -> impl Iterator<Item = usize> + '_ {
        self.fields.iter().copied()
    }

    /// The place of a node by its id.
    pub fn node(&self, id: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.id == id)
    }

    /// Whether a node is a group, or lies in it.
    pub fn lies_in(&self, mut node: usize, group: usize) -> bool {
        while node != group {
            match self.nodes[node].parent {
                Some(parent) => node = parent,
                None => return false,
            }
        }
        true
    }

    /// The header of a column as a wide file writes it: `1.2` for the value, else `1.2.numerator`.
    pub fn header(&self, column: usize) -> String {
        let Column { leaf, input } = &self.columns[column];
        let id = &self.leaves[*leaf].id;
        if input.name == Input::VALUE { id.clone() } else { format!("{id}.{}", input.name) }
    }

    /// The column of an input as a results file names it: `1.2`, `1.2.numerator`; the only input of a
    /// criterion by its id alone.
    pub fn input(&self, name: &str) -> Option<usize> {
        let key = folded(name);
        let own = (0..self.columns.len()).find(|&column| folded(&self.header(column)) == key);
        own.or_else(|| {
            let leaf = self.leaves.iter().find(|leaf| folded(&leaf.id) == key)?;
            (leaf.columns.len() == 1).then_some(leaf.columns.start)
        })
    }

    /// The columns of a leaf, evidence included.
    pub fn leaf_columns(&self, leaf: usize) -> impl Iterator<Item = usize> + '_ {
        let leaf = &self.leaves[leaf];
        leaf.columns.clone().chain(leaf.evidence)
    }

    /// Whether any criterion is held against a target.
    pub fn has_targets(&self) -> bool {
        self.columns.iter().any(|column| column.input.name == Input::TARGET)
    }

    /// Whether any bonus can be earned.
    pub fn has_bonus(&self) -> bool {
        self.entries.iter().any(|entry| !entry.is_deduction)
    }

    /// Whether any points can be deducted.
    pub fn has_deductions(&self) -> bool {
        self.entries.iter().any(|entry| entry.is_deduction)
    }

    /// The grade of an index, if one begins at or below it.
    pub fn grade(&self, index: Decimal) -> Option<usize> {
        let printed = self.index_rounding.apply(index);
        self.grades.iter().position(|grade| grade.from <= if grade.on_printed { printed } else { index })
    }
}
