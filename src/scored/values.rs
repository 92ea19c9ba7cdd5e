//! What looks wrong in the values of a tier although each can be read.

use super::LoadedTier;
use crate::diagnostic::Diagnostics;
use crate::model::Value;
use crate::validate::percent::fractions;
use rust_decimal::Decimal;

/// Reports percentages that look like fractions of 1.
pub(super) fn review(tier: &LoadedTier, out: &mut Diagnostics) {
    let data = &tier.data;
    for (at, column) in tier.set.columns.iter().enumerate() {
        // What the round fills in was looked at where it was read.
        let is_own = column.input.origin.is_none();
        if !(is_own && column.input.numbers.is_some_and(|numbers| numbers.percent)) {
            continue;
        }
        let number = |unit: usize| match data.value(unit, at) {
            Value::Number(number) => Some((unit, number)),
            _ => None,
        };
        let given: Vec<(usize, Decimal)> = (0..data.units.len()).filter_map(number).collect();
        let values: Vec<Decimal> = given.iter().map(|(_, value)| *value).collect();
        for (unit, value) in fractions(&values).into_iter().map(|found| given[found]) {
            let beside = tier.set.leaves[column.leaf].columns.clone();
            if let Some(place) = data.place(unit, at, beside) {
                let id = &tier.set.leaves[column.leaf].id;
                out.looks_like_fraction(place, &data.units[unit].id, id, value);
            }
        }
    }
}
