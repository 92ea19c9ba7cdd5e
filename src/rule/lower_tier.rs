//! # `lower-tier`
//!
//! Awards points for what the unit's own lower units reached in the same round: the share of communes
//! that meet a condition, or their mean (catalogue K22, K23).
//!
//! | key | says | default |
//! |---|---|---|
//! | `tier` | the id of the tier below | needed |
//! | `take` | `share` of the units that meet the condition, or `mean` of what they reached, in % of what they could | `share` |
//! | `criterion` | a criterion or group of the set below; without it the whole index | |
//! | `points_from`, `points_below`, `share_from`, `measure_from`, `answer`, `target = "met"` | the condition of a share: points, points in % of the maximum, the measure, the answer, the target | full points |
//! | `weight` | a column of the results below by which units weigh, or `none`; needed for a mean | `none` |
//! | `not_applicable` | a lower unit to which the criterion does not apply: `exclude`, `met`, `unmet` | `exclude` |
//! | `zero_denominator` | no lower unit counts: `full`, `zero`, `n/a`, `error` | `error` |
//!
//! and either the keys of `proportional` or `bands`. A unit's lower units are those that name it as
//! their `parent`; units that are not scored do not count.
//!
//! ```toml
//! [[criterion]]
//! id = "3.4"
//! name = "Tỷ lệ UBND cấp xã có tất cả hồ sơ được giải quyết đúng hạn"
//! max = 2
//! kind = "lower-tier"
//! tier = "xa"
//! criterion = "2.1"
//! measure_from = 100
//! full_at = 80
//! ```
//!
//! Where 9 of 12 communes settled every dossier on time, the measure is 75 % and gives 2 × 75 ÷ 80 =
//! 1.875 points.

use super::index::over;
use super::measure::Measure;
use super::{
    Condition, CountsAs, Head, Input, Kind, LowerPlaces, LowerTier, Numbers, Origin, Part, Rule, Take,
};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::lang::Text;
use crate::text;
use std::sync::Arc;

pub(super) const KIND: Kind = Kind {
    name: "lower-tier",
    awards: ("theo kết quả các đơn vị cấp dưới", "by what the lower units reached"),
    read,
};

/// The keys of which one is the condition of a share.
const CONDITIONS: [&str; 6] =
    ["points_from", "points_below", "share_from", "measure_from", "answer", "target"];

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let condition = CONDITIONS.into_iter().find(|key| keys.has(key)).unwrap_or("criterion");
    let [at_tier, criterion, weight, condition] =
        ["tier", "criterion", "weight", condition].map(|key| keys.place_of_key(key));
    let places = LowerPlaces { tier: at_tier, criterion, weight, condition };
    let tier = keys.need_text("tier", out).map(Spanned::into_inner);
    let is_mean = keys.word("take", &[("share", false), ("mean", true)], out).unwrap_or(false);
    let criterion = keys.text("criterion", out).map(Spanned::into_inner);
    let take = if is_mean { Take::Mean } else { Take::Share(read_condition(keys, out)) };
    if is_mean {
        keys.need("weight", out);
    }
    let weight = keys.text("weight", out).map(Spanned::into_inner).filter(|weight| weight != "none");
    let counts = [("exclude", CountsAs::Excluded), ("met", CountsAs::Met), ("unmet", CountsAs::Unmet)];
    let not_applicable = keys.word("not_applicable", &counts, out).unwrap_or(CountsAs::Excluded);
    let is_known = tier.is_some();
    let tier = tier.unwrap_or_default();
    let called = describe(&tier, criterion.as_deref(), is_mean);
    let lower = Arc::new(LowerTier { tier, criterion, take, weight, not_applicable, places });
    let input =
        |name, part| Input::number(name, Numbers::AMOUNT).from(Origin::LowerTier(lower.clone(), part));
    let inputs = [input(Input::NUMERATOR, Part::Numerator), input(Input::DENOMINATOR, Part::Denominator)];
    let measure = Measure::linked_ratio(inputs, called, keys, head, out);
    over(measure, keys, head, out).filter(|_| is_known)
}

/// What a lower unit must have reached; full points if nothing is said.
fn read_condition(keys: &mut Keys<'_>, out: &mut Diagnostics) -> Condition {
    let mut number = |key| keys.amount(key, out).map(Spanned::into_inner);
    let mut found: Vec<Condition> = [
        number("points_from").map(Condition::PointsFrom),
        number("points_below").map(Condition::PointsBelow),
        number("share_from").map(Condition::ShareFrom),
        number("measure_from").map(Condition::MeasureFrom),
    ]
    .into_iter()
    .flatten()
    .collect();
    found.extend(keys.text("answer", out).map(|answer| Condition::Answer(answer.into_inner())));
    found.extend(keys.word("target", &[("met", ())], out).map(|()| Condition::TargetMet));
    if 1 < found.len() {
        out.one_of_keys(keys.place(), &CONDITIONS, found.len());
    }
    found.pop().unwrap_or(Condition::Full)
}

fn describe(tier: &str, criterion: Option<&str>, is_mean: bool) -> Text {
    let what = match criterion {
        Some(id) => text!("tiêu chí {id}", "criterion {id}"),
        None => text!("chỉ số", "the index"),
    };
    let (vi, en) = (what.vi, what.en);
    match is_mean {
        true => text!(
            "bình quân {vi} của các đơn vị cấp \"{tier}\" trực thuộc, %",
            "mean of {en} over the unit's own \"{tier}\" units, in %"
        ),
        false => text!(
            "tỷ lệ đơn vị cấp \"{tier}\" trực thuộc đạt {vi}, %",
            "share of the unit's own \"{tier}\" units that reach {en}, in %"
        ),
    }
}
