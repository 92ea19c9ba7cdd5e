//! The order of the Vietnamese alphabet: a ă â b c d đ e ê …, then the tones
//! (ngang, huyền, hỏi, ngã, sắc, nặng), as dictionaries have it.

use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// Compares two names by the Vietnamese alphabet; numbers inside them by their value.
pub fn compare(a: &str, b: &str) -> Ordering {
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// A key whose order is that of the alphabet; for sorting many names once.
pub fn key(name: &str) -> (Vec<u32>, Vec<u8>) {
    let (mut letters, mut tones): (Vec<u32>, Vec<u8>) = (Vec::new(), Vec::new());
    letters.reserve(name.len());
    tones.reserve(name.len());
    let mut number: Option<u32> = None;
    for c in name.nfd().flat_map(char::to_lowercase) {
        if let Some(digit) = c.to_digit(10) {
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            continue;
        }
        if let Some(value) = number.take() {
            letters.extend([DIGITS, value]);
            tones.extend([0, 0]);
        }
        match (tone(c), letters.last_mut()) {
            (Some(tone), _) => {
                if let Some(last) = tones.last_mut() {
                    *last = tone;
                }
            }
            (None, Some(last)) if is_hat(c) => *last += hat(c),
            _ => {
                letters.push(letter(c));
                tones.push(0);
            }
        }
    }
    if let Some(value) = number {
        letters.extend([DIGITS, value]);
    }
    (letters, tones)
}

/// Where digits stand: before all letters.
const DIGITS: u32 = 100;

/// The place of a tone, if the character is one.
fn tone(c: char) -> Option<u8> {
    let place = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'].iter().position(|&t| t == c)?;
    Some(place as u8 + 1)
}

/// The marks that make another letter: breve, circumflex, horn.
fn is_hat(c: char) -> bool {
    matches!(c, '\u{306}' | '\u{302}' | '\u{31b}')
}

/// a < ă < â; e < ê; o < ô < ơ; u < ư.
fn hat(c: char) -> u32 {
    match c {
        '\u{306}' => 1,
        '\u{302}' => 2,
        _ => 3,
    }
}

/// A letter's place; eight apart, so that the marked letters fit between.
fn letter(c: char) -> u32 {
    match c {
        'đ' => letter('d') + 4,
        'a'..='z' => 1_000 + (c as u32 - 'a' as u32) * 8,
        c if c.is_alphabetic() => 10_000 + c as u32,
        _ => 1, // spaces and marks come before everything
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_in_a_dictionary() {
        let sorted = [
            "An Giang",
            "Ăn Hải",
            "Ân Thi",
            "Bà Rịa",
            "Bắc Giang",
            "Dương Minh Châu",
            "Đà Lạt",
            "Đắk Lắk",
            "Em",
            "Êm",
            "Hoa",
            "Hòa",
            "Hỏa",
            "Hóa",
            "Hòa Bình",
            "Hỏa Lò",
            "Hoa Lư",
            "Ô Môn",
            "Ơ",
            "Phường 2",
            "Phường 10",
            "Phường An",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, sorted);
    }
}
