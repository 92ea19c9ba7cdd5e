//! # `index`
//!
//! Awards points for another index of the round: SIPAS or one of its factors, the index of Decision
//! 766 (catalogue K25).
//!
//! | key | says | default |
//! |---|---|---|
//! | `of` | the id of an `[[index]]`, or of another `[[tier]]`, of the round | needed |
//! | `factor` | a factor of that index, or a criterion of that tier; without it the whole index | |
//!
//! and either the keys of `proportional` or `bands`. The measure is the index in %; the unit is found
//! there by its id.
//!
//! ```toml
//! [[criterion]]
//! id = "8.1"
//! name = "Mức độ hài lòng của người dân, tổ chức"
//! max = 10
//! kind = "index"
//! of = "sipas"
//! ```
//!
//! A SIPAS of 94.66 % gives 10 × 94.66 ÷ 100 = 9.466 points.

use super::measure::Measure;
use super::{Head, IndexOf, Input, Kind, Numbers, Origin, Rule, bands, proportional};
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned};
use crate::text;
use std::sync::Arc;

pub(super) const KIND: Kind =
    Kind {
        name: "index", awards: ("theo một chỉ số khác của đợt", "by another index of the round"), read
    };

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let (place, factor_place) = (keys.place_of_key("of"), keys.place_of_key("factor"));
    let id = keys.need_text("of", out).map(Spanned::into_inner);
    let factor = keys.text("factor", out).map(Spanned::into_inner);
    let shown = id.clone().unwrap_or_default();
    let called = match &factor {
        Some(factor) => text!("{shown} ({factor}), %", "{shown} ({factor}), in %"),
        None => text!("chỉ số {shown}, %", "index {shown}, in %"),
    };
    let of = IndexOf { id: shown, factor, place, factor_place };
    let input = Input::number(Input::VALUE, Numbers::AMOUNT).from(Origin::Index(Arc::new(of)));
    let measure = Measure::linked_percent(input, called, keys, head, out);
    let rule = over(measure, keys, head, out);
    rule.filter(|_| id.is_some())
}

/// Bands where the criterion has them, else a line.
pub(super) fn over(
    measure: Measure,
    keys: &mut Keys<'_>,
    head: Head,
    out: &mut Diagnostics,
) -> Option<Box<dyn Rule>> {
    match keys.has("bands") {
        true => bands::read_over(measure, keys, head, out),
        false => proportional::read_over(measure, keys, head, out),
    }
}
