//! What a person meant by a name that there is not.

use crate::text::nearest;

/// "; nearest: …", for a sentence about a name that is not known; empty where none is like it.
pub fn near<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, names).map_or(String::new(), |near| format!("; gần nhất · nearest: {near}"))
}
