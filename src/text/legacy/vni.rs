//! VNI for Windows, the letters of the fonts VNI-Times, VNI-Helve, …: a letter, and behind it a sign
//! for its marks; a few letters have signs of their own.

use unicode_normalization::UnicodeNormalization;

/// What each sign behind a letter adds: circumflex, breve, tone. Its capital adds the same.
const MARKS: [(char, &str); 17] = [
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];

/// Letters that have a sign of their own.
const LETTERS: [(char, char); 9] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

/// The letter of a sign of its own, capital for capital.
pub(super) fn letter(sign: char) -> Option<char> {
    let small = lower(sign);
    let (_, letter) = LETTERS.iter().find(|(sign, _)| *sign == small)?;
    if small == sign { Some(*letter) } else { letter.to_uppercase().next() }
}

/// What a sign adds to the letter before it. Behind a capital it may be small: `Uûy ban`.
pub(super) fn mark(before: char, sign: char) -> Option<&'static str> {
    let (before, small) = (lower(before), lower(sign));
    let (_, added) = MARKS.iter().find(|(mark, _)| *mark == small)?;
    let fits = match added.chars().next()? {
        '\u{302}' => "aeo".contains(before),
        '\u{306}' => before == 'a',
        _ => "aeouyôö".contains(before),
    };
    fits.then_some(added)
}

/// Text in these signs as Unicode.
pub(super) fn read(text: &str) -> String {
    let mut parts = String::with_capacity(text.len() + text.len() / 2);
    let mut before = None;
    for sign in text.chars() {
        match before.and_then(|before| mark(before, sign)) {
            Some(added) => {
                parts.push_str(added);
                before = None;
            }
            None => {
                parts.push(letter(sign).unwrap_or(sign));
                before = Some(sign);
            }
        }
    }
    parts.nfc().collect()
}

fn lower(sign: char) -> char {
    sign.to_lowercase().next().unwrap_or(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How VNI's own table writes each letter, from a keyboard program that types VNI (xvnkb): for each
    /// vowel the plain letter, then sắc, huyền, hỏi, ngã, nặng.
    const BY_XVNKB: [(&str, &str); 12] = [
        ("a á à ả ã ạ", "a aù aø aû aõ aï"),
        ("â ấ ầ ẩ ẫ ậ", "aâ aá aà aå aã aä"),
        ("ă ắ ằ ẳ ẵ ặ", "aê aé aè aú aü aë"),
        ("e é è ẻ ẽ ẹ", "e eù eø eû eõ eï"),
        ("ê ế ề ể ễ ệ", "eâ eá eà eå eã eä"),
        ("o ó ò ỏ õ ọ", "o où oø oû oõ oï"),
        ("ô ố ồ ổ ỗ ộ", "oâ oá oà oå oã oä"),
        ("ơ ớ ờ ở ỡ ợ", "ô ôù ôø ôû ôõ ôï"),
        ("u ú ù ủ ũ ụ", "u uù uø uû uõ uï"),
        ("ư ứ ừ ử ữ ự", "ö öù öø öû öõ öï"),
        ("i í ì ỉ ĩ ị", "i í ì æ ó ò"),
        ("y ý ỳ ỷ ỹ ỵ đ", "y yù yø yû yõ î ñ"),
    ];

    #[test]
    fn every_letter_is_the_one_that_keyboard_programs_write() {
        let mut letters = 0;
        for (unicode, vni) in BY_XVNKB {
            assert_eq!(read(vni), unicode);
            assert_eq!(read(&vni.to_uppercase()), unicode.to_uppercase());
            letters += unicode.split(' ').filter(|letter| !letter.is_ascii()).count();
        }
        assert_eq!(letters, 67);
    }

    #[test]
    fn sentences_are_read() {
        assert_eq!(read("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"), "Cộng hòa xã hội chủ nghĩa Việt Nam");
        assert_eq!(read("Uûy ban nhaân daân phöôøng Ñöùc Thaéng"), "Ủy ban nhân dân phường Đức Thắng");
    }
}
