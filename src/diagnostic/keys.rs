//! Mistakes in the writing of a TOML file: syntax, keys, types of values.

use super::{Diagnostic, Diagnostics};
use crate::lang::Text;
use crate::source::Place;
use crate::text;

impl Diagnostics {
    /// The file is not TOML at this place.
    pub fn toml_syntax(&mut self, place: Place, parser: &str) {
        let said = parser.lines().next().unwrap_or_default();
        let line = if let Place::Text { excerpt, .. } = &place { excerpt.as_str() } else { "" };
        let help = if line.contains(['“', '”', '‘', '’']) {
            text!(
                "dùng dấu nháy thẳng \"…\", không dùng nháy cong “…”",
                "use straight quotes \"…\", not curly ones “…”"
            )
        } else if has_decimal_comma(line) {
            text!(
                "trong bộ tiêu chí số thập phân viết bằng dấu chấm: 0.5",
                "numbers are written with a decimal point here: 0.5"
            )
        } else {
            text!(
                "mỗi dòng có dạng khóa = giá trị; chữ đặt trong dấu nháy kép, số không đặt trong nháy",
                "each line reads key = value; text stands in double quotes, numbers stand without"
            )
        };
        self.push(
            Diagnostic::error("toml-syntax", text!("sai cú pháp TOML: {said}", "not valid TOML: {said}"))
                .at(place)
                .help(help),
        );
    }

    /// A key that nothing reads.
    pub fn unknown_key(&mut self, place: Place, key: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-key",
                text!("không có khóa \"{key}\" ở đây", "there is no key \"{key}\" here"),
            )
            .at(place)
            .near(near)
            .help(text!("các khóa dùng được: {known}", "keys that can stand here: {known}")),
        );
    }

    /// A key that must be there is not.
    pub fn missing_key(&mut self, place: Place, key: &str, of: &Text) {
        let (vi, en) = (&of.vi, &of.en);
        let message =
            Text { vi: format!("{vi} thiếu khóa \"{key}\""), en: format!("{en} lacks the key \"{key}\"") };
        self.push(
            Diagnostic::error("missing-key", message)
                .at(place)
                .help(text!("thêm một dòng {key} = …", "add a line {key} = …")),
        );
    }

    /// A value of another type than expected.
    pub fn wrong_type(&mut self, place: Place, key: &str, found: Text, expected: Text, help: Option<Text>) {
        let message = Text {
            vi: format!("khóa \"{key}\" cần {}, không phải {}", expected.vi, found.vi),
            en: format!("the key \"{key}\" takes {}, not {}", expected.en, found.en),
        };
        let mut diagnostic = Diagnostic::error("wrong-type", message).at(place);
        diagnostic.help = help;
        self.push(diagnostic);
    }

    /// A word that is not among the words that the key takes.
    pub fn unknown_word(&mut self, place: Place, key: &str, word: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-word",
                text!("\"{key}\" không nhận \"{word}\"", "\"{key}\" does not take \"{word}\""),
            )
            .at(place)
            .near(near)
            .help(text!("chọn một trong: {known}", "one of: {known}")),
        );
    }

    /// A number that cannot be kept exactly, or is out of what the key takes.
    pub fn number_out_of_range(&mut self, place: Place, key: &str, expected: Text) {
        let (vi, en) = (&expected.vi, &expected.en);
        let message =
            Text { vi: format!("\"{key}\" phải là {vi}"), en: format!("\"{key}\" must be {en}") };
        self.push(Diagnostic::error("number-out-of-range", message).at(place));
    }

    /// A list that must hold something is empty.
    pub fn empty_list(&mut self, place: Place, key: &str) {
        self.push(
            Diagnostic::error(
                "empty-list",
                text!("danh sách \"{key}\" trống", "the list \"{key}\" is empty"),
            )
            .at(place),
        );
    }

    /// Two keys that exclude each other, or none of those of which one is needed.
    pub fn one_of_keys(&mut self, place: Place, keys: &[&str], found: usize) {
        let keys = keys.join(", ");
        let (message, help) = if found == 0 {
            (
                text!("cần một trong các khóa: {keys}", "one of these keys is needed: {keys}"),
                text!("thêm một khóa", "add one of them"),
            )
        } else {
            (
                text!(
                    "chỉ được dùng một trong các khóa: {keys}",
                    "only one of these keys can be used: {keys}"
                ),
                text!("giữ một khóa, xóa các khóa kia", "keep one and delete the others"),
            )
        };
        self.push(Diagnostic::error("one-of-keys", message).at(place).help(help));
    }
}

/// Whether a line says `key = 0,5`.
fn has_decimal_comma(line: &str) -> bool {
    let Some((_, value)) = line.split_once('=') else { return false };
    let is_digit = |text: Option<char>| text.is_some_and(|c| c.is_ascii_digit());
    value.split_once(',').is_some_and(|(before, behind)| {
        is_digit(before.chars().last()) && is_digit(behind.chars().next()) && !value.contains('[')
    })
}
