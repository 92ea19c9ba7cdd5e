//! Conditions under which a unit cannot be graded above a grade, whatever its index (catalogue K29).

use rust_decimal::Decimal;

/// A condition and the best grade that it leaves. The rank stays as it is.
#[derive(Clone, Debug)]
pub struct GradeLimit {
    /// Why, as it is printed.
    pub name: String,
    /// The best grade that is left: its place among the set's grades.
    pub at_most: usize,
    /// What is looked at.
    pub on: LimitOn,
    /// When it holds.
    pub when: LimitIf,
    /// Legal basis; may be empty.
    pub basis: String,
}

/// What a limit looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitOn {
    /// A criterion or group, by its place among the nodes.
    Node(usize),
    /// A bonus or deduction, by its place among the entries.
    Entry(usize),
}

/// When a limit holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LimitIf {
    /// The answer is this word of the criterion's first input.
    Answer(u16),
    /// At least so many points; of a deduction, at least so many taken.
    PointsFrom(Decimal),
    /// Fewer points.
    PointsBelow(Decimal),
    /// Less than so many % of the maximum that applies.
    ShareBelow(Decimal),
    /// A measure of at least so much.
    MeasureFrom(Decimal),
    /// A measure of less.
    MeasureBelow(Decimal),
    /// The target was missed.
    TargetMissed,
    /// Anything was taken or given at all.
    Anything,
}
