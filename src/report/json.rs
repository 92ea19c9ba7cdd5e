//! Exact numbers in JSON.

use rust_decimal::Decimal;
use serde_json::{Number, Value};

/// An exact decimal as a JSON number, all its digits and no more.
pub(super) fn number(value: Decimal) -> Value {
    let digits = value.normalize().to_string();
    digits.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// Text, or null where it is empty.
pub(super) fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}
