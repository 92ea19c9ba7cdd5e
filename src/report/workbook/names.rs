//! Names of sheets: at most 31 characters, none of `[]:*?/\`, no `'` at an end, each one once.

use crate::text::folded;
use std::collections::HashSet;

/// The names that are taken.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

/// The most that a spreadsheet allows, in UTF-16 units.
const LONGEST: usize = 31;

impl Names {
    /// A name like the wanted one that no other sheet has.
    pub fn take(&mut self, wanted: &str) -> String {
        let legal: String = wanted.chars().map(|c| if is_legal(c) { c } else { ' ' }).collect();
        let words = legal.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = words.trim_matches('\'');
        let plain = if plain.is_empty() { "–" } else { plain };
        for number in 1.. {
            let end = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = format!("{}{end}", cut(plain, LONGEST - end.len()));
            // Excel keeps this name for itself, and takes names that differ in case for one.
            if name.to_lowercase() != "history" && self.0.insert(folded(&name)) {
                return name;
            }
        }
        String::new() // there are more numbers than sheets
    }
}

fn is_legal(c: char) -> bool {
    !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control()
}

/// The beginning of a text, with "…" where something is left out.
fn cut(text: &str, longest: usize) -> String {
    if text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let (mut kept, mut length) = (String::new(), 1);
    for c in text.chars() {
        length += c.len_utf16();
        if longest < length {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_and_differ() {
        let mut names = Names::default();
        for (wanted, expected) in [
            ("Xếp hạng", "Xếp hạng"),
            ("xếp hạng", "xếp hạng (2)"),
            ("Khối 1/2: [A]*?", "Khối 1 2 A"),
            ("'a'", "a"),
            ("", "–"),
            ("History", "History (2)"),
            ("Ủy ban nhân dân thành phố Buôn Ma Thuột", "Ủy ban nhân dân thành phố Buôn…"),
            ("Ủy ban nhân dân thành phố Buôn Hồ", "Ủy ban nhân dân thành phố… (2)"),
        ] {
            let name = names.take(wanted);
            assert_eq!(name, expected);
            assert!(name.encode_utf16().count() <= LONGEST);
        }
    }
}
