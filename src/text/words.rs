//! Words that results may hold instead of numbers: yes and no, not applicable.

use super::folded;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words for yes.
pub const YES: &[&str] = &["có", "yes", "y", "đạt", "đúng", "true", "x"];
/// Words for no.
pub const NO: &[&str] = &["không", "no", "n", "không đạt", "chưa đạt", "chưa", "sai", "false"];
/// Words for "not applicable".
pub const NOT_APPLICABLE: &[&str] =
    &["n/a", "na", "kad", "không áp dụng", "không phát sinh", "không đánh giá"];

/// What a word means.
#[derive(Clone, Copy, PartialEq)]
enum Meaning {
    Yes,
    No,
    NotApplicable,
}

/// The words under their folded keys.
static MEANINGS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let lists = [(YES, Meaning::Yes), (NO, Meaning::No), (NOT_APPLICABLE, Meaning::NotApplicable)];
    let words =
        lists.into_iter().flat_map(|(words, meaning)| words.iter().map(move |word| (folded(word), meaning)));
    words.chain([("1".to_owned(), Meaning::Yes), ("0".to_owned(), Meaning::No)]).collect()
});

/// Yes or no, if the text is one of the words for it.
pub fn yes_no(text: &str) -> Option<bool> {
    match MEANINGS.get(&folded(text))? {
        Meaning::Yes => Some(true),
        Meaning::No => Some(false),
        Meaning::NotApplicable => None,
    }
}

/// Whether a text is one of the words, whatever it means.
pub fn is_known(text: &str) -> bool {
    MEANINGS.contains_key(&folded(text))
}

/// Whether a folded key says "not applicable".
pub fn is_not_applicable(key: &str) -> bool {
    MEANINGS.get(key) == Some(&Meaning::NotApplicable)
}
