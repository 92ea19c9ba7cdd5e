//! Words that results may hold instead of numbers: yes and no, not applicable.

use super::folded;

/// Words for yes.
pub const YES: &[&str] = &["có", "yes", "y", "đạt", "đúng", "true", "x"];
/// Words for no.
pub const NO: &[&str] = &["không", "no", "n", "không đạt", "chưa đạt", "chưa", "sai", "false"];
/// Words for "not applicable".
pub const NOT_APPLICABLE: &[&str] =
    &["n/a", "na", "kad", "không áp dụng", "không phát sinh", "không đánh giá"];

/// Yes or no, if the text is one of the words for it.
pub fn yes_no(text: &str) -> Option<bool> {
    let key = folded(text);
    let among = |words: &[&str]| words.iter().any(|word| folded(word) == key);
    match key.as_str() {
        "1" => Some(true),
        "0" => Some(false),
        _ if among(YES) => Some(true),
        _ if among(NO) => Some(false),
        _ => None,
    }
}

/// Whether the text says "not applicable".
pub fn is_not_applicable(text: &str) -> bool {
    let key = folded(text);
    NOT_APPLICABLE.iter().any(|word| folded(word) == key)
}
