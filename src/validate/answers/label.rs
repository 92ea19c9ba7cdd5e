//! One cell → a label of its scale.
//!
//! Nearly every cell is one digit, or exactly a label; those are found by looking at bytes. What is
//! left may carry what forms and their exports add: `4. Hài lòng`, `Hài lòng (4đ)`, `4,0`, `4 điểm`.

use crate::answers::{BLANK, OFF_SCALE};
use crate::number::reading::{self, Form};
use crate::questionnaire::Scale;
use crate::text::folded;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Reads the cells of one scale.
#[derive(Debug)]
pub(super) struct LabelReader {
    /// The codes of cells of one byte; [`LabelReader::UNKNOWN`] for those that need a closer look.
    single: [u8; 256],
    exact: Vec<(Vec<u8>, u8)>,
    folded: HashMap<String, u8>,
    /// The whole numbers that are codes, for `4,0` and for telling a mean.
    numbers: Vec<(Decimal, u8)>,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// A label, or nothing, as it is written.
    Plain(u8),
    /// A label that is written differently.
    As(u8),
    /// Nothing that is on the scale.
    Off,
    /// A mean of answers.
    Mean,
}

impl Read {
    /// The code to keep.
    pub fn code(self) -> u8 {
        match self {
            Read::Plain(code) | Read::As(code) => code,
            Read::Off | Read::Mean => OFF_SCALE,
        }
    }
}

impl LabelReader {
    /// No code of a scale.
    const UNKNOWN: u8 = OFF_SCALE;

    pub fn new(scale: &Scale) -> LabelReader {
        let mut reader = LabelReader {
            single: [LabelReader::UNKNOWN; 256],
            exact: Vec::new(),
            folded: HashMap::new(),
            numbers: Vec::new(),
        };
        for (at, label) in scale.labels.iter().enumerate() {
            reader.exact.push((label.text.clone().into_bytes(), at as u8));
        }
        for (at, label) in scale.labels.iter().enumerate() {
            let code = at as u8;
            for word in [&label.text, &label.code].into_iter().chain(&label.also) {
                reader.folded.entry(key(word)).or_insert(code);
            }
            reader.exact.push((label.code.clone().into_bytes(), code));
            if let &[byte] = label.code.as_bytes() {
                reader.single[usize::from(byte)] = code;
            }
            reader.numbers.extend(label.code.parse().ok().map(|number| (number, code)));
        }
        for word in &scale.blank {
            reader.folded.entry(key(word)).or_insert(BLANK);
        }
        reader.single[usize::from(b' ')] = BLANK;
        reader
    }

    /// A cell that is plain: empty, a code of one sign, or exactly a label.
    #[inline]
    pub fn read_plain(&self, cell: &[u8]) -> Option<u8> {
        match cell {
            [] => Some(BLANK),
            [byte] => Some(self.single[usize::from(*byte)]).filter(|code| *code != LabelReader::UNKNOWN),
            _ => self.exact.iter().find(|(text, _)| text == cell).map(|(_, code)| *code),
        }
    }

    /// Any cell.
    pub fn read(&self, cell: &[u8]) -> Read {
        if let Some(code) = self.read_plain(cell) {
            return Read::Plain(code);
        }
        let text = String::from_utf8_lossy(cell);
        let key = key(&text);
        if key.is_empty() {
            return Read::Plain(BLANK);
        }
        if let Some(&code) = self.folded.get(&key) {
            return Read::Plain(code);
        }
        self.without_additions(&key).map_or_else(|| self.number(&folded(&text)), Read::As)
    }

    /// `4. hài lòng`, `hài lòng (4đ)`: the label without the number before it or the note behind it.
    fn without_additions(&self, key: &str) -> Option<u8> {
        let (number, rest) = leading_number(key).unwrap_or(("", key));
        let without_note = rest.rsplit_once('(').map_or(rest, |(label, _)| label).trim();
        let found = self.folded.get(rest.trim()).or_else(|| self.folded.get(without_note));
        let code = *found.filter(|_| without_note.contains(char::is_alphabetic))?;
        let is_its_place = number.parse() == Ok(u32::from(code) + 1);
        let is_its_number = number.is_empty() || is_its_place || self.folded.get(number) == Some(&code);
        is_its_number.then_some(code)
    }

    /// `4,0`, `4 điểm`, `4/5`; a broken number between the codes is a mean.
    fn number(&self, key: &str) -> Read {
        let (key, of) = key.split_once('/').map_or((key, None), |(key, of)| (key, Some(of.trim())));
        let is_unit = |c: char| c.is_alphabetic() || c.is_whitespace() || is_tone(c);
        let digits = key.trim_end_matches(is_unit);
        let unit = folded(&key[digits.len()..]);
        let Some(number) = lenient(digits) else { return Read::Off };
        if of.is_some_and(|of| lenient(of).is_none()) || !["", "đ", &folded("điểm")].contains(&unit.as_str())
        {
            return Read::Off;
        }
        let found = self.numbers.iter().find(|(code, _)| *code == number);
        let low = self.numbers.iter().map(|(code, _)| *code).min();
        let high = self.numbers.iter().map(|(code, _)| *code).max();
        match found {
            Some((_, code)) => Read::As(*code),
            None if !number.is_integer() && low < Some(number) && Some(number) < high => Read::Mean,
            None => Read::Off,
        }
    }
}

/// The folded key of a text whose signs stand apart from its words: folding moves the tones of a word
/// behind all that touches it, so that `lòng (4đ)` and `lòng(4đ)` would be two things.
pub(super) fn key(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        let is_sign = "()[].:;?*".contains(c);
        spaced.extend(is_sign.then_some(' '));
        spaced.push(c);
        spaced.extend(is_sign.then_some(' '));
    }
    folded(&spaced)
}

/// A tone mark that a folded key carries behind its word.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A short number with either mark: between codes there are no thousands.
fn lenient(text: &str) -> Option<Decimal> {
    let form = if text.contains(',') { Form::Comma } else { Form::Point };
    reading::read(text, Some(form)).ok().map(|read| read.value)
}

/// `4. hài lòng`, `4) …`, `4: …`, `4 - …` as the number and what follows.
pub(super) fn leading_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
    let (number, rest) = text.split_at(end);
    let behind = rest.trim_start().strip_prefix(['.', ')', ':', '-', '–'])?;
    Some((number, behind.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::Label;

    fn reader() -> LabelReader {
        let texts = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"];
        let label = |(at, text): (usize, &str)| Label {
            code: (at + 1).to_string(),
            text: text.to_owned(),
            also: Vec::new(),
            counts: Default::default(),
        };
        let blank = vec!["Chưa chọn".to_owned()];
        LabelReader::new(&Scale {
            id: String::new(),
            labels: texts.into_iter().enumerate().map(label).collect(),
            blank,
        })
    }

    #[track_caller]
    fn check(cell: &str, expected: Read) {
        assert_eq!(reader().read(cell.as_bytes()), expected, "{cell:?}");
    }

    #[test]
    fn codes_and_labels_are_read_in_every_spelling() {
        for cell in ["4", " 4 ", "Hài lòng", "hài  lòng", "HÀI LÒNG", "Ha\u{300}i lo\u{300}ng"] {
            check(cell, Read::Plain(3));
        }
        for cell in [
            "4. Hài lòng",
            "Hài lòng (4đ)",
            "Hài lòng (4 điểm)",
            "Hài lòng(4đ)",
            "4,0",
            "4.0",
            "4đ",
            "4 điểm",
            "4/5",
            "4 - hài lòng",
        ] {
            check(cell, Read::As(3));
        }
        for cell in ["", " ", "  ", "Chưa chọn", "CHƯA CHỌN"] {
            check(cell, Read::Plain(BLANK));
        }
    }

    #[test]
    fn what_is_not_on_the_scale_is_told_from_a_mean() {
        for cell in ["6", "0", "tốt", "5. Hài lòng", "4 người", "(4đ)", "-1", "7.5", "6. Hài lòng"]
        {
            check(cell, Read::Off);
        }
        for cell in ["4.35", "4,35", "4.35/5.0", "3,9 / 5", "4.5đ", "4.352"] {
            check(cell, Read::Mean);
        }
    }
}
