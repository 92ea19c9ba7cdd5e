//! Names of files made from names of people's things: readable, and safe on every system.

use unicode_normalization::UnicodeNormalization;

/// The most signs of a name that are kept.
const LONGEST: usize = 60;

/// A unit's id and name as the name of a file, without its extension: `H15.198-ubnd-xa-xuan-lanh`.
pub fn file_stem(id: &str, name: &str) -> String {
    let id: String = plain(id).map(|sign| if is_safe(sign) { sign } else { '-' }).collect();
    let stem = [id, slug(name)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let stem = stem.trim_matches(['.', '-']).to_owned();
    // Windows keeps some names for its devices, whatever their extension.
    let device = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered = |name: &str| {
        device.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    let is_device =
        ["con", "prn", "aux", "nul"].contains(&device.as_str()) || is_numbered("com") || is_numbered("lpt");
    if stem.is_empty() || is_device {
        format!("don-vi-{stem}").trim_end_matches('-').to_owned()
    } else {
        stem
    }
}

/// Text in small letters without diacritics, words joined by hyphens: `xa-xuan-lanh`.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for sign in plain(text).flat_map(char::to_lowercase) {
        match sign.is_ascii_alphanumeric() {
            true => slug.push(sign),
            false if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            false => {}
        }
    }
    slug.truncate(LONGEST);
    slug.trim_end_matches('-').to_owned()
}

/// The signs of a text without their marks.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    let is_mark = |sign: &char| matches!(sign, '\u{300}'..='\u{36f}');
    text.nfd().filter(move |sign| !is_mark(sign)).map(|sign| match sign {
        'đ' => 'd',
        'Đ' => 'D',
        sign => sign,
    })
}

fn is_safe(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || ['.', '-', '_'].contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_readable_and_safe() {
        for (id, name, stem) in [
            ("H15.198", "UBND xã Xuân Lãnh", "H15.198-ubnd-xa-xuan-lanh"),
            ("X01", "Đông Hòa / \"Đông Hoà\"", "X01-dong-hoa-dong-hoa"),
            ("SỞ NỘI VỤ", "", "SO-NOI-VU"),
            ("a/b\\..", "?", "a-b"),
            ("CON", "", "don-vi-CON"),
            ("lpt1.x", "", "don-vi-lpt1.x"),
            ("", "", "don-vi"),
        ] {
            assert_eq!(file_stem(id, name), stem);
        }
        assert!(file_stem("X", &"rất dài ".repeat(100)).len() < 80);
    }
}
