//! Vietnamese in the letters of fonts from before Unicode: signs of Western languages that such a
//! font draws as Vietnamese letters. Copied into a file they look like `Céng hßa` (TCVN3) or
//! `Coäng hoøa` (VNI). They are converted only where no other reading makes sense.

mod tcvn3;
mod vni;

use super::syllable::is_syllable;
use super::words;
use std::collections::HashSet;

/// A table of letters from before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// TCVN3 (ABC): .VnTime, .VnArial.
    Tcvn3,
    /// VNI for Windows: VNI-Times, VNI-Helve.
    Vni,
}

/// What the letters of a text are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Unicode, or nothing that says otherwise.
    Unicode,
    /// All of them are of such a table.
    Legacy(Alphabet),
    /// Some words make sense only in such a table, others only in Unicode; one of the former.
    Mixed(Alphabet, String),
}

impl Alphabet {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Alphabet::Tcvn3 => "TCVN3 (ABC)",
            Alphabet::Vni => "VNI",
        }
    }

    /// The fonts that people know it by.
    pub fn fonts(self) -> &'static str {
        match self {
            Alphabet::Tcvn3 => ".VnTime, .VnArial",
            Alphabet::Vni => "VNI-Times, VNI-Helve",
        }
    }

    /// A cell as Unicode. Words that a cell of results may hold (`có`) are left: read otherwise they would
    /// be none.
    pub fn read(self, cell: &str) -> String {
        if cell.is_ascii() || cell.contains(is_beyond) || words::is_known(cell) {
            return cell.to_owned();
        }
        let read = self.letters(cell);
        let makes_sense = |text: &str| of_letters(text).all(is_syllable);
        if makes_sense(cell) && !makes_sense(&read) { cell.to_owned() } else { read }
    }

    /// The text letter by letter.
    fn letters(self, text: &str) -> String {
        match self {
            Alphabet::Tcvn3 => tcvn3::read(text),
            Alphabet::Vni => vni::read(text),
        }
    }
}

/// How many different words are looked at.
const LOOKED_AT: usize = 1000;

/// Tells which letters a table was written in, from its header and a good part of what follows. A header
/// may be in Unicode above cells that are not.
pub fn letters(header: &str, body: &str) -> Letters {
    let mut seen = HashSet::new();
    let (mut old, mut unicode, mut maybe_unicode) = ([0, 0], 0, 0);
    let mut example = [None, None];
    let of = |text, is_body| of_letters(text).map(move |word| (word, is_body));
    for (word, is_body) in of(header, false).chain(of(body, true)) {
        if LOOKED_AT < seen.len() {
            break;
        }
        if !seen.insert(word) {
            continue;
        }
        if word.contains(is_beyond) {
            unicode += usize::from(is_body);
            continue;
        }
        let is_sound = is_syllable(word);
        let sounds = [Alphabet::Tcvn3, Alphabet::Vni].map(|alphabet| is_syllable(&alphabet.letters(word)));
        maybe_unicode += usize::from(is_body && is_sound && sounds == [false, false]);
        for at in (0..2).filter(|&at| sounds[at] && !is_sound) {
            old[at] += 1;
            example[at].get_or_insert(word);
        }
    }
    let (at, alphabet) = if old[1] <= old[0] { (0, Alphabet::Tcvn3) } else { (1, Alphabet::Vni) };
    let (found, other) = (old[at], old[1 - at]);
    let is_clear = 2 <= found && other * 4 <= found;
    if is_clear && unicode == 0 && maybe_unicode * 5 <= found {
        Letters::Legacy(alphabet)
    } else if is_clear && 3 <= found && unicode + maybe_unicode <= found * 10 {
        Letters::Mixed(alphabet, example[at].unwrap_or_default().to_owned())
    } else {
        Letters::Unicode
    }
}

/// How many of the different words of a text make sense as Vietnamese, and how many there are.
pub fn sense(text: &str) -> (usize, usize) {
    let words: HashSet<&str> = of_letters(text).take(LOOKED_AT).collect();
    (words.iter().filter(|word| is_syllable(word)).count(), words.len())
}

/// [`sense`] of a text in the letters of a table.
pub fn sense_in(alphabet: Alphabet, text: &str) -> (usize, usize) {
    let words: HashSet<&str> = of_letters(text).take(LOOKED_AT).collect();
    (words.iter().filter(|word| is_syllable(&alphabet.letters(word))).count(), words.len())
}

/// The first cell of a text that reads otherwise in a table: before and after.
pub fn example(alphabet: Alphabet, text: &str, separator: char) -> Option<(String, String)> {
    let cells = text.split([separator, '\n', '\r', '"']).filter(|cell| !cell.is_ascii());
    cells
        .map(|cell| (cell.trim().to_owned(), alphabet.read(cell.trim())))
        .find(|(before, after)| before != after)
}

/// The words of a text that hold letters other than English ones, and English ones besides.
fn of_letters(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| {
        c.is_ascii() && !c.is_ascii_alphabetic()
            || matches!(c, '\u{a0}' | '\u{2000}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
    };
    let is_told = |word: &&str| !word.is_ascii() && word.contains(|c: char| c.is_ascii_alphabetic());
    text.split(is_between).filter(is_told)
}

/// A letter that no such font has a sign for: it is Unicode.
fn is_beyond(c: char) -> bool {
    '\u{100}' <= c && c.is_alphabetic() && !matches!(c, 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ' | 'ƒ' | 'ˆ')
        || matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_apart() {
        let header = "unit;name\n";
        for (body, expected) in [
            ("X01;X· B×nh Minh\nX02;Phưêng", Letters::Unicode),
            ("X01;X· B×nh Minh\nX02;Céng hßa", Letters::Legacy(Alphabet::Tcvn3)),
            ("X01;Xaõ Bình Thaïnh\nX02;Coäng hoøa", Letters::Legacy(Alphabet::Vni)),
            ("X01;Xã Bình Minh\nX02;Phường Cộng Hòa", Letters::Unicode),
            ("X01;Café, Müller, São Paulo, 12 m², §1\n", Letters::Unicode),
            ("X01;mùc đạt 5 °C ± 2\n", Letters::Unicode),
            (
                "X01;X· B×nh Minh\nX02;Céng hßa\nX03;Phường Đông",
                Letters::Mixed(Alphabet::Tcvn3, "X·".to_owned()),
            ),
        ] {
            assert_eq!(letters(header, body), expected, "{body}");
        }
    }

    #[test]
    fn what_needs_no_reading_is_left() {
        assert_eq!(Alphabet::Tcvn3.read("có"), "có");
        assert_eq!(Alphabet::Tcvn3.read("Phường 1"), "Phường 1");
        assert_eq!(Alphabet::Tcvn3.read("Bình"), "Bình");
        assert_eq!(Alphabet::Tcvn3.read("B×nh"), "Bình");
        assert_eq!(Alphabet::Vni.read("X01"), "X01");
    }
}
