//! What a decision says of the body that issues it: its full name, its lines in the letterhead, the
//! sign behind the number, the place.

use crate::lang::Text;
use crate::text;
use crate::text::folded;

/// The body that issues a decision; anything that is not known is a blank.
pub(super) struct Issuer {
    /// Its full name; empty if it is not known.
    pub name: String,
    /// Whether it is a people's committee.
    pub is_committee: bool,
    /// Its unit: "tỉnh Khánh Hòa"; empty if it is not known.
    unit: String,
}

/// What stands where a clerk writes.
pub(super) const BLANK: &str = "……";

/// The kinds of administrative unit, each as it stands before a name.
const KINDS: [&str; 9] =
    ["tỉnh", "thành phố", "thị xã", "thị trấn", "huyện", "quận", "phường", "đặc khu", "xã"];

impl Issuer {
    /// From the words of the round: "UBND tỉnh Khánh Hòa".
    pub fn of(words: &str) -> Issuer {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = ["ubnd", "ủy ban nhân dân"].iter().find_map(|start| strip(&words, start));
        let unit = rest.unwrap_or_default().trim().to_owned();
        let name = match rest {
            Some(_) => format!("Ủy ban nhân dân {unit}").trim().to_owned(),
            None => words.clone(),
        };
        let unit = if unit.is_empty() { tail_unit(&words) } else { unit };
        Issuer { name, is_committee: rest.is_some(), unit }
    }

    /// The body above it, where it is an office: "UBND TỈNH …".
    pub fn above(&self) -> Option<Text> {
        let is_ministry =
            ["bộ ", "thanh tra chính phủ", "ngân hàng nhà nước", "hội đồng nhân dân", "chính phủ"]
                .iter()
                .any(|start| strip(&self.name, start).is_some());
        if self.is_committee || is_ministry || self.name.is_empty() {
            return None;
        }
        let unit = if self.unit.is_empty() { BLANK } else { &self.unit };
        let unit = unit.to_uppercase();
        Some(text!("UBND {unit}", "PEOPLE'S COMMITTEE OF {unit}"))
    }

    /// Its name in the letterhead, line by line.
    pub fn lines(&self) -> Vec<Text> {
        if self.name.is_empty() {
            return vec![Text::same("…………………")];
        }
        if !self.is_committee {
            return vec![Text::same(self.name.to_uppercase())];
        }
        let unit = if self.unit.is_empty() { BLANK.to_owned() } else { self.unit.to_uppercase() };
        vec![text!("ỦY BAN NHÂN DÂN", "PEOPLE'S COMMITTEE"), Text::same(unit)]
    }

    /// What stands behind the number: "QĐ-UBND".
    pub fn sign(&self) -> String {
        if self.is_committee {
            return "QĐ-UBND".to_owned();
        }
        format!("QĐ-{BLANK}")
    }

    /// The place before the date.
    pub fn place(&self) -> String {
        let kind = KINDS.iter().find_map(|kind| Some((kind, strip(&self.unit, kind)?.trim())));
        match kind {
            // Named after a person or a number, a unit keeps its kind.
            Some((kind, name)) if folded(name) == folded("Hồ Chí Minh") || name.parse::<u32>().is_ok() => {
                let mut letters = kind.chars();
                let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
                format!("{}{} {name}", first.unwrap_or_default(), letters.as_str())
            }
            Some((_, name)) if !name.is_empty() => name.to_owned(),
            _ => BLANK.to_owned(),
        }
    }

    /// Its name in a sentence.
    pub fn in_a_sentence(&self) -> String {
        if self.name.is_empty() { BLANK.to_owned() } else { self.name.clone() }
    }

    /// Which decision an annex belongs to; filled in on paper, left blank in a file.
    pub fn attached(&self) -> Text {
        let (sign, name) = (self.sign(), self.in_a_sentence());
        text!(
            "(Kèm theo Quyết định số {BLANK}/{sign} ngày {BLANK} tháng {BLANK} năm {BLANK} của {name})",
            "(Attached to Decision No. {BLANK}/{sign} dated {BLANK} of {name})"
        )
    }
}

/// What follows a beginning that is written in any capitals and tones.
fn strip<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let words = start.split_whitespace().count();
    let end = text
        .split_whitespace()
        .take(words)
        .last()
        .map(|word| word.as_ptr() as usize - text.as_ptr() as usize + word.len())?;
    (folded(&text[..end]) == folded(start)).then(|| text[end..].trim_start())
}

/// The unit at the end of an office's name: "Sở Nội vụ tỉnh Khánh Hòa".
fn tail_unit(name: &str) -> String {
    let key =
        |at: usize| KINDS.iter().any(|kind| strip(&name[at..], kind).is_some_and(|rest| !rest.is_empty()));
    let starts = name.char_indices().filter(|(at, _)| *at == 0 || name[..*at].ends_with(' '));
    starts.map(|(at, _)| at).find(|at| key(*at)).map_or_else(String::new, |at| name[at..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_round_become_those_of_a_letterhead() {
        let lines = |words: &str| {
            let issuer = Issuer::of(words);
            let lines: Vec<String> = issuer.lines().into_iter().map(|line| line.vi).collect();
            (issuer.above().map(|above| above.vi), lines.join(" / "), issuer.sign(), issuer.place())
        };
        let check = |words: &str, above: Option<&str>, head: &str, sign: &str, place: &str| {
            let expected = (above.map(str::to_owned), head.to_owned(), sign.to_owned(), place.to_owned());
            assert_eq!(lines(words), expected, "{words}");
        };
        check("UBND tỉnh Khánh Hòa", None, "ỦY BAN NHÂN DÂN / TỈNH KHÁNH HÒA", "QĐ-UBND", "Khánh Hòa");
        check("Uỷ ban nhân dân xã Ea Ktur", None, "ỦY BAN NHÂN DÂN / XÃ EA KTUR", "QĐ-UBND", "Ea Ktur");
        let city = "Thành phố Hồ Chí Minh";
        check("UBND thành phố Hồ Chí Minh", None, "ỦY BAN NHÂN DÂN / THÀNH PHỐ HỒ CHÍ MINH", "QĐ-UBND", city);
        check("UBND phường 12", None, "ỦY BAN NHÂN DÂN / PHƯỜNG 12", "QĐ-UBND", "Phường 12");
        check("Sở Nội vụ tỉnh Sơn La", Some("UBND TỈNH SƠN LA"), "SỞ NỘI VỤ TỈNH SƠN LA", "QĐ-……", "Sơn La");
        check("Bộ Nội vụ", None, "BỘ NỘI VỤ", "QĐ-……", "……");
        check("", None, "…………………", "QĐ-……", "……");
    }
}
