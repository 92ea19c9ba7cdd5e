//! Inputs whose values the round itself can fill in: targets, the round before, other indices, the
//! tier below.
//!
//! A rule only says where such a value comes from; `engine::link` finds it. A value that the results
//! give stands, and one that differs from what the round gives is reported.

use crate::lang::Text;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Where the value of an input comes from when the results do not give it.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// The unit's target for the criterion, in targets.csv.
    Target,
    /// A part of the measure that a criterion had in the round before; of the same id, if none is
    /// named.
    Previous(Option<Arc<Named>>, Part),
    /// Another index of the round, in %.
    Index(Arc<IndexOf>),
    /// A part of a ratio over the unit's lower units.
    LowerTier(Arc<LowerTier>, Part),
}

impl Origin {
    /// Where it comes from, for people.
    pub fn describe(&self) -> Text {
        match self {
            Origin::Target => text!("chỉ tiêu giao", "the assigned target"),
            Origin::Previous(..) => text!("đợt trước", "the round before"),
            Origin::Index(of) => {
                let id = &of.id;
                text!("chỉ số {id} của đợt", "the index {id} of the round")
            }
            Origin::LowerTier(lower, _) => {
                let tier = &lower.tier;
                text!("các đơn vị cấp {tier} trực thuộc", "the unit's own units of tier {tier}")
            }
        }
    }
}

/// A criterion that is named, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Where the id stands.
    pub place: Place,
}

/// Which part of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The measure itself.
    Value,
    /// What stands above the line of a ratio.
    Numerator,
    /// What stands below it.
    Denominator,
}

/// Another index of the round.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexOf {
    /// The id of an index, or of a tier, of the round.
    pub id: String,
    /// A factor of the index, or a criterion of the tier; none for the whole index.
    pub factor: Option<String>,
    /// Where the criterion names the index.
    pub place: Place,
    /// Where it names the factor.
    pub factor_place: Place,
}

/// What is counted over the lower units.
#[derive(Clone, Debug, PartialEq)]
pub struct LowerTier {
    /// The id of the tier below.
    pub tier: String,
    /// A criterion or group of that tier's set; none for the whole index.
    pub criterion: Option<String>,
    /// Share or mean.
    pub take: Take,
    /// The column of that tier's results by which units weigh; none for equal weights.
    pub weight: Option<String>,
    /// What a lower unit counts as to which the criterion does not apply.
    pub not_applicable: CountsAs,
    /// Where the criterion says so.
    pub places: LowerPlaces,
}

/// Where a criterion names what it looks at below.
#[derive(Clone, Debug, PartialEq)]
pub struct LowerPlaces {
    /// The tier.
    pub tier: Place,
    /// The criterion.
    pub criterion: Place,
    /// The weight.
    pub weight: Place,
    /// The condition of a share.
    pub condition: Place,
}

/// Share or mean.
#[derive(Clone, Debug, PartialEq)]
pub enum Take {
    /// The share of lower units that meet a condition.
    Share(Condition),
    /// The mean of what they reached, in % of what they could.
    Mean,
}

/// What a lower unit must have reached.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Full points.
    Full,
    /// At least so many points.
    PointsFrom(Decimal),
    /// Fewer points.
    PointsBelow(Decimal),
    /// At least so many % of its maximum.
    ShareFrom(Decimal),
    /// A measure of at least so much.
    MeasureFrom(Decimal),
    /// An answer.
    Answer(String),
    /// Its target.
    TargetMet,
}

/// What a lower unit counts as to which the criterion does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountsAs {
    /// Neither above nor below the line.
    Excluded,
    /// Having met the condition.
    Met,
    /// Not having met it.
    Unmet,
}
