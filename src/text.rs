//! Vietnamese text: what counts as the same name, which name comes first, which is nearest.

pub mod alphabet;
pub mod legacy;
pub mod syllable;
pub mod file_name;
pub mod words;

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The key under which two spellings of one name are the same: composed or decomposed letters,
/// the tone on either vowel (hòa, hoà), capitals, spaces and dashes do not matter; letters and
/// tones do (hòa and hoa differ).
pub fn folded(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 4);
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        fold_word(word, &mut key);
    }
    key
}

/// Writes a word without capitals, its tone marks moved behind it.
fn fold_word(word: &str, key: &mut String) {
    if word.is_ascii() {
        key.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let mut tones = String::new();
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{2010}'..='\u{2015}' => key.push('-'),
            '\u{feff}' | '\u{200b}' => {}
            c if is_tone(c) => tones.push(c),
            c => key.push(c),
        }
    }
    key.push_str(&tones);
}

/// The five tone marks: huyền, sắc, ngã, hỏi, nặng.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// The candidate that is nearest to what was written, if one is near enough to be meant: the fewest
/// signs to change, then the longer common beginning.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if LONGEST < written.chars().count() {
        return None; // no name is as long, and likeness takes time by length × length
    }
    let written = folded(written);
    let near = |candidate: &'a str| {
        let key = folded(candidate);
        let is_near =
            key.chars().count() <= LONGEST && 0.5 <= strsim::normalized_damerau_levenshtein(&written, &key);
        let likeness = strsim::jaro_winkler(&written, &key);
        is_near.then(|| (strsim::damerau_levenshtein(&written, &key), likeness, candidate))
    };
    let order = |a: &(usize, f64, &str), b: &(usize, f64, &str)| {
        a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)).then_with(|| a.2.cmp(b.2))
    };
    candidates.into_iter().filter_map(near).min_by(order).map(|(_, _, candidate)| candidate)
}

/// The longest name that is compared with others.
const LONGEST: usize = 200;

/// What is left of an id that a spreadsheet keeps as a number: 1.10 becomes 1.1. `None`: no number could
/// stand for it.
pub fn id_as_number(id: &str) -> Option<&str> {
    let is_number = !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && id.matches('.').count() <= 1
        && !id.starts_with('.');
    let short = if id.contains('.') { id.trim_end_matches('0').trim_end_matches('.') } else { id };
    is_number.then_some(short)
}

/// Text without signs that would steer a terminal.
pub fn printable(text: &str) -> Cow<'_, str> {
    match text.contains(char::is_control) {
        true => text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect(),
        false => Cow::Borrowed(text),
    }
}

/// Text as a message quotes it: its beginning, if it is long.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_the_same() {
        for (a, b) in [
            ("Khánh Hòa", "khánh  hoà"),
            ("Ủy ban", "Uỷ ban"),
            ("Quye\u{302}\u{301}t định", "Quyết định"),
            ("KHÔNG ÁP DỤNG", "không áp dụng"),
            ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ] {
            assert_eq!(folded(a), folded(b));
        }
        assert_ne!(folded("hòa"), folded("hoa"));
        assert_ne!(folded("Đăk"), folded("Dăk"));
    }

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let ids = ["1.1", "1.10", "2.1", "proportional"];
        assert_eq!(nearest("propotional", ids), Some("proportional"));
        assert_eq!(nearest("1.11", ids), Some("1.1"));
        assert_eq!(nearest("xyz", ids), None);
    }
}
