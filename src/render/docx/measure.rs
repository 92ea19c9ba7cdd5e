//! How wide text is in Times New Roman, in thousandths of its size. A letter with marks is as wide as
//! the letter without; the horn of ơ and ư is not.

use unicode_normalization::UnicodeNormalization;

/// Widths of the signs from the space to the tilde.
const REGULAR: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// The same in bold.
const BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389,
    500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581,
    500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

/// The width of a line.
pub(super) fn width(text: &str, bold: bool) -> u32 {
    let table = if bold { &BOLD } else { &REGULAR };
    let of = |c: char| match c {
        ' '..='~' => u32::from(table[c as usize - 0x20]),
        '\u{300}'..='\u{31a}' | '\u{31c}'..='\u{36f}' => 0,
        '\u{31b}' => 60,
        'đ' => 556,
        'Đ' => 722,
        '\u{a0}' => 250,
        '–' | '§' => 500,
        '−' | '×' | '÷' | '≤' | '≥' => 570,
        _ => 1000,
    };
    match text.is_ascii() {
        true => text.chars().map(of).sum(),
        false => text.nfd().map(of).sum(),
    }
}

/// The width of the longest word.
pub(super) fn longest_word(text: &str, bold: bool) -> u32 {
    text.split(' ').map(|word| width(word, bold)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_take_no_room() {
        assert_eq!(width("Quyết", false), width("Quyet", false));
        assert_eq!(width("Quye\u{302}\u{301}t", true), width("Quyet", true));
        assert!(width("trường", false) > width("truong", false));
        assert_eq!(longest_word("điều tra xã hội học", false), width("điều", false));
    }
}
