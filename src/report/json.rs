//! What every JSON output shares: exact numbers, provenance.

use crate::source::Fingerprint;
use rust_decimal::Decimal;
use serde_json::{Number, Value, json};

/// A document as it is written.
pub(super) fn bytes(all: &Value) -> Vec<u8> {
    // A value that was built here has text for keys and numbers that JSON knows.
    let mut bytes = serde_json::to_vec_pretty(all).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// An exact decimal as a JSON number, all its digits and no more.
pub(super) fn number(value: Decimal) -> Value {
    let digits = value.normalize().to_string();
    digits.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// Text, or null where it is empty.
pub(super) fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

/// Program, version and input files with their SHA-256.
pub(super) fn made_by(files: &[Fingerprint]) -> Value {
    let files: Vec<Value> =
        files.iter().map(|print| json!({ "file": &*print.file, "sha256": print.sha256 })).collect();
    json!({ "program": "parindex", "version": env!("CARGO_PKG_VERSION"), "files": files })
}
