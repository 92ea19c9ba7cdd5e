//! What the bytes of a text file are: UTF-8, as nearly all are, or one of the encodings in which Excel
//! and older programs in Vietnam save.
//!
//! A file that says itself what it is (a byte order mark) is believed. Bytes that are not UTF-8 are read
//! in another way only if their words then make sense as Vietnamese, and in no other way; it is said. What
//! stays doubtful is not guessed.

use crate::text::legacy::{self, Alphabet, Letters};
use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// How a file is read.
#[derive(Default)]
pub(super) struct Coding {
    /// Whether its bytes are turned into UTF-8.
    pub is_decoded: bool,
    /// What turns them, until the end of the file.
    decoder: Option<Decoder>,
    /// The table of letters from before Unicode that it was written in.
    pub legacy: Option<Alphabet>,
    /// What was assumed of the bytes, for people; none where the file says so itself.
    pub assumed: Option<&'static str>,
    /// A word in letters from before Unicode among others in Unicode, and its table.
    pub mixed: Option<(Alphabet, String)>,
}

/// How much of a file is looked at.
const LOOKED_AT: usize = 1 << 18;

/// Tells how a file is read, from its beginning.
pub(super) fn detect(beginning: &[u8]) -> Coding {
    let of = |encoding: &'static Encoding| Coding {
        is_decoded: true,
        decoder: Some(encoding.new_decoder_with_bom_removal()),
        ..Coding::default()
    };
    let looked_at = &beginning[..beginning.len().min(LOOKED_AT)];
    let coding = match beginning {
        [0xFF, 0xFE, ..] => of(UTF_16LE),
        [0xFE, 0xFF, ..] => of(UTF_16BE),
        _ => match utf16_by_look(looked_at) {
            Some(encoding) => Coding { assumed: Some("UTF-16"), ..of(encoding) },
            None if is_utf8(beginning) => Coding::default(),
            None => single_bytes(looked_at).unwrap_or_default(),
        },
    };
    if coding.legacy.is_some() { coding } else { with_letters(coding, looked_at) }
}

/// Without a mark, UTF-16 is plain where every second byte of the beginning is zero, as in a header.
fn utf16_by_look(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = || bytes.chunks_exact(2).take(64);
    let zeros = |at: usize| pairs().filter(|pair| pair[at] == 0).count();
    let (high, low, all) = (zeros(0), zeros(1), pairs().count());
    match () {
        () if 4 <= all && high == 0 && all <= low * 2 => Some(UTF_16LE),
        () if 4 <= all && low == 0 && all <= high * 2 => Some(UTF_16BE),
        () => None,
    }
}

/// Whether the bytes are UTF-8, whose last letter may be cut.
fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// One byte a sign: the one reading that makes sense, if there is one.
fn single_bytes(bytes: &[u8]) -> Option<Coding> {
    let western = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let vietnamese: String = WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect();
    let readings = [
        (legacy::sense(&vietnamese), WINDOWS_1258, None),
        (legacy::sense_in(Alphabet::Tcvn3, &western), WINDOWS_1252, Some(Alphabet::Tcvn3)),
        (legacy::sense_in(Alphabet::Vni, &western), WINDOWS_1252, Some(Alphabet::Vni)),
        (legacy::sense(&western), WINDOWS_1252, None),
    ];
    let mut by_sense: Vec<usize> = (0..readings.len()).collect();
    by_sense.sort_by_key(|&at| std::cmp::Reverse(readings[at].0.0));
    let [best, second, ..] = by_sense[..] else { return None };
    let ((sound, all), encoding, alphabet) = readings[best];
    let (next, _) = readings[second].0;
    // Western letters alone write no Vietnamese; a file of them has lost the others.
    let is_vietnamese = encoding == WINDOWS_1258 || alphabet.is_some();
    let is_clear = 2 <= sound && all * 4 <= sound * 5 && next * 5 <= sound * 4;
    (is_vietnamese && is_clear).then(|| Coding {
        is_decoded: true,
        decoder: Some(encoding.new_decoder_without_bom_handling()),
        legacy: alphabet,
        assumed: Some("windows-1258").filter(|_| alphabet.is_none()),
        mixed: None,
    })
}

/// Looks at the letters of what is Unicode by its bytes.
fn with_letters(coding: Coding, bytes: &[u8]) -> Coding {
    let text = match &coding.decoder {
        None => String::from_utf8_lossy(bytes),
        Some(decoder) => decoder.encoding().decode_with_bom_removal(bytes).0,
    };
    if text.is_ascii() {
        return coding;
    }
    let (header, body) = text.split_once('\n').unwrap_or((&text, ""));
    match legacy::letters(header, body) {
        Letters::Unicode => coding,
        Letters::Legacy(alphabet) => Coding { legacy: Some(alphabet), ..coding },
        Letters::Mixed(alphabet, word) => Coding { mixed: Some((alphabet, word)), ..coding },
    }
}

impl Coding {
    /// Decodes a piece of a file behind what was decoded before; an empty one is the end of the file.
    pub fn decode(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        let Some(decoder) = &mut self.decoder else { return };
        let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
        let start = text.len();
        text.resize(start + room, 0);
        let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut text[start..], bytes.is_empty());
        text.truncate(start + written);
        if bytes.is_empty() {
            self.decoder = None;
        }
    }
}

/// The text with letters composed and in Unicode; none where it is so already.
pub(super) fn composed(text: &str, legacy: Option<Alphabet>, separator: u8) -> Option<String> {
    let converted = legacy.filter(|_| !text.is_ascii()).map(|alphabet| {
        let ends = |c: char| c == char::from(separator) || matches!(c, '"' | '\n' | '\r');
        text.split_inclusive(ends).map(|cell| convert(alphabet, cell, ends)).collect::<String>()
    });
    let text = converted.as_deref().unwrap_or(text);
    // In UTF-8, these two bytes begin the signs U+0300 to U+037F and nothing else.
    let has_marks = memchr::memchr2(0xCC, 0xCD, text.as_bytes()).is_some();
    if has_marks { Some(text.nfc().collect()) } else { converted }
}

/// A cell with the sign that ends it.
fn convert(alphabet: Alphabet, cell: &str, ends: impl Fn(char) -> bool) -> Cow<'_, str> {
    if cell.is_ascii() {
        return Cow::Borrowed(cell);
    }
    let text = cell.strip_suffix(ends).unwrap_or(cell);
    Cow::Owned(alphabet.read(text) + &cell[text.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "đơn vị;tên\r\nX01;Xã Bình Minh\r\nX02;Phường Đức Thắng\r\nX03;Ủy ban nhân dân huyện\r\n";

    fn read(bytes: &[u8]) -> (String, Option<&'static str>, Option<Alphabet>) {
        let mut coding = detect(bytes);
        let mut text = Vec::new();
        if coding.is_decoded {
            // In small pieces, as the end of a part may fall into a sign; the end may be seen twice.
            bytes.chunks(3).chain([&[][..], &[]]).for_each(|piece| coding.decode(piece, &mut text));
        } else {
            text.extend(bytes);
        }
        let text = String::from_utf8(text).unwrap();
        let text = composed(&text, coding.legacy, b';').unwrap_or(text);
        (text, coding.assumed, coding.legacy)
    }

    /// windows-1258 as Windows writes it: letters with circumflex, breve and horn, then the tone.
    fn windows_1258(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for c in text.chars() {
            let is_tone = |c: &char| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c);
            let (tone, letter): (String, String) = std::iter::once(c).nfd().partition(is_tone);
            for part in [letter.nfc().collect(), tone] {
                let (encoded, _, is_lost) = WINDOWS_1258.encode(&part);
                assert!(!is_lost, "{c}");
                bytes.extend(&*encoded);
            }
        }
        bytes
    }

    #[test]
    fn one_table_is_the_same_in_every_encoding() {
        let utf16 = |order: fn(u16) -> [u8; 2]| TABLE.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let (little, big) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
        let decomposed: String = TABLE.nfd().collect();
        for (bytes, assumed) in [
            (TABLE.as_bytes().to_vec(), None),
            (decomposed.into_bytes(), None),
            ([&[0xFF, 0xFE][..], &little].concat(), None),
            ([&[0xFE, 0xFF][..], &big].concat(), None),
            (little, Some("UTF-16")),
            (big, Some("UTF-16")),
            (windows_1258(TABLE), Some("windows-1258")),
        ] {
            assert_eq!(read(&bytes), (TABLE.to_owned(), assumed, None));
        }
    }

    #[test]
    fn letters_from_before_unicode_are_read_from_bytes_and_from_utf8() {
        let tcvn3 = "unit;name\nX01;X· B×nh Minh\nX02;Phêng §øc Th¾ng\nX03;Uû ban nh©n d©n huyÖn\n";
        let vni = "unit;name\nX01;Xaõ Bình Minh\nX02;Phöôøng Ñöùc Thaéng\nX03;Uûy ban nhaân daân huyeän\n";
        for (text, alphabet) in [(tcvn3, Alphabet::Tcvn3), (vni, Alphabet::Vni)] {
            for bytes in [text.as_bytes().to_vec(), WINDOWS_1252.encode(text).0.into_owned()] {
                let (read, assumed, legacy) = read(&bytes);
                assert_eq!((assumed, legacy), (None, Some(alphabet)), "{read}");
                assert!(read.contains("X01;Xã Bình Minh\n") && read.contains(" nhân dân huyện\n"), "{read}");
                assert!(read.contains("Đức Thắng\n"), "{read}");
            }
        }
    }

    #[test]
    fn what_is_doubtful_is_not_guessed() {
        // Excel with Western letters writes Xã, Bình as they are and the rest as question marks.
        let western = WINDOWS_1252.encode("unit;name\nX01;Xã Bình\nX02;Ph??ng có không dân cà\n").0;
        for bytes in [&western[..], b"unit;name\nX01;\xE9\xFF\xFE\n", b"unit;name\nX01;caf\xE9\n"] {
            let coding = detect(bytes);
            assert!(!coding.is_decoded && coding.legacy.is_none(), "{bytes:?}");
        }
    }
}
