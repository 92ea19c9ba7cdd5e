//! A scenario: a named list of changes to data, criteria or policies.
//!
//! A change says what it changes by ids, as it was written; what it means in a round is found when it
//! is applied ([`crate::scored::Loaded::whatif`]).

use crate::criteria_set::Missing;
use crate::number::Rounding;
use crate::source::Place;
use rust_decimal::Decimal;

/// A named list of changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its id.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// Why somebody wants to know; may be empty.
    pub note: String,
    /// What changes.
    pub changes: Vec<Change>,
    /// Where it is written.
    pub place: Place,
}

impl Scenario {
    /// Its name, or its id.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What changes.
    pub what: What,
    /// Whose.
    pub of: Units,
    /// Only in this tier, if it is named.
    pub tier: Option<String>,
    /// Where it is written: a place in a file, or the option itself.
    pub place: Place,
}

/// Units that a change is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// One, by id or name.
    One(String),
    /// Those of a block.
    Block(String),
    /// All of them.
    #[default]
    All,
}

/// What changes.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A result.
    Set {
        /// The column: `1.2`, `1.2.numerator`.
        input: String,
        /// As a results file would write it.
        value: String,
    },
    /// The points of a criterion, whatever its rule says of the results.
    Points {
        /// The criterion.
        criterion: String,
        /// How many.
        points: Decimal,
    },
    /// A criterion does not apply.
    NotApplicable {
        /// The criterion.
        criterion: String,
    },
    /// One more event of a bonus or a deduction.
    Deduct {
        /// The entry.
        entry: String,
        /// How often, or how many days.
        count: Option<Decimal>,
        /// How many points, for entries that take them from the row.
        points: Option<Decimal>,
        /// The criterion or group that it works on, for entries that want one.
        criterion: Option<String>,
    },
    /// All events of an entry are waived.
    Waive {
        /// The entry.
        entry: String,
    },
    /// A criterion or group has another maximum; its rules give points in proportion.
    Max {
        /// The criterion or group.
        criterion: String,
        /// The new maximum.
        max: Decimal,
    },
    /// A bonus or a deduction gives or takes so many times as much.
    Times {
        /// The entry.
        entry: String,
        /// How many times.
        times: Decimal,
    },
    /// A criterion or group counts no more: maximum 0.
    Drop {
        /// The criterion or group.
        criterion: String,
    },
    /// A grade begins elsewhere.
    Grade {
        /// Its name.
        grade: String,
        /// The lowest index that earns it, in %.
        from: Decimal,
    },
    /// Something is rounded in another way.
    Rounding {
        /// What is rounded.
        of: Rounded,
        /// How.
        rounding: Rounding,
    },
    /// Ranks and grades go by the printed index, or by the exact one.
    OnPrinted(bool),
    /// A missing input means something else.
    Missing(Missing),
}

/// What can be rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounded {
    /// The points of each criterion.
    Points,
    /// The printed total.
    Total,
    /// The printed index.
    Index,
}

impl What {
    /// Whether it changes the criteria set or a policy, for all units of the tier.
    pub fn is_of_set(&self) -> bool {
        !matches!(
            self,
            What::Set { .. }
                | What::Points { .. }
                | What::NotApplicable { .. }
                | What::Deduct { .. }
                | What::Waive { .. }
        )
    }
}
