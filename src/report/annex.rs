//! What is signed: the annexes of a decision, and a draft of the decision that they belong to, as
//! Nghị định 30/2020/NĐ-CP names their parts. How these look is the renderer's.
//!
//! A tier is an annex of its own, a block a table in it, and each other part of an export an annex.
//! An annex that stands alone has no number; several have Roman ones.

mod columns;
mod decision;
mod issuer;
mod tables;

use super::publication::{Publication, What};
use super::{Report, Section};
use crate::lang::Text;
use crate::scored::Scored;
use crate::source::Fingerprint;
use crate::text;
use issuer::Issuer;

pub use columns::AnnexColumn;
pub use decision::Decision;

/// What the annexes of an export show, as far as that can be chosen.
#[derive(Clone, Debug, Default)]
pub struct AnnexOptions {
    /// The columns of the ranked tables, in this order; empty for those that the round has.
    pub columns: Vec<AnnexColumn>,
    /// Whether a draft of the decision stands before the annexes.
    pub decision: bool,
}

/// A decision with its annexes, or the annexes alone.
pub struct Document<'a> {
    /// The draft of the decision.
    pub decision: Option<Decision>,
    /// The annexes.
    pub annexes: Vec<Annex<'a>>,
    /// Which decision they belong to, with blanks: the same line in each.
    pub attached: Text,
    /// The files that everything was made from.
    pub provenance: Vec<Fingerprint>,
}

/// An annex.
pub struct Annex<'a> {
    /// "Phụ lục", "Phụ lục II".
    pub number: Text,
    /// Its title; the lines after the first say more of it.
    pub titles: Vec<Text>,
    /// Its tables.
    pub sections: Vec<Section<'a>>,
    /// Sentences below them.
    pub notes: Vec<Text>,
    /// Whether each section begins a page.
    pub is_paged: bool,
}

impl<'a> Document<'a> {
    /// The document of an export.
    pub fn of(publication: &'a Publication<'_>) -> Document<'a> {
        let scored = publication.scored;
        let round = &scored.loaded.round;
        let mut annexes: Vec<Annex<'a>> = Vec::new();
        for part in &publication.parts {
            match part.what {
                What::Ranking => annexes.extend(tables::ranked(scored, &publication.annex.columns)),
                what => annexes.push(Annex::of_part(what, scored, part.view.report())),
            }
        }
        let several = 1 < annexes.len();
        for (at, annex) in annexes.iter_mut().enumerate() {
            annex.number = number(several.then_some(at + 1));
        }
        let issuer = Issuer::of(&round.issuer);
        let decision = publication.annex.decision.then(|| Decision::draft(scored, &issuer, annexes.len()));
        Document { decision, annexes, attached: issuer.attached(), provenance: scored.loaded.files.clone() }
    }
}

impl<'a> Annex<'a> {
    /// Any part of an export.
    fn of_part(what: What, scored: &'a Scored, report: Report<'a>) -> Annex<'a> {
        let mut titles = vec![what.title()];
        match report.titles.is_empty() {
            true => titles.extend(title(scored)),
            false => titles.extend(report.titles),
        }
        let sections = match what {
            What::Scorecards => report.sections.into_iter().map(with_official_heads).collect(),
            _ => report.sections,
        };
        let is_paged = what == What::Scorecards;
        Annex { number: Text::default(), titles, sections, notes: report.notes, is_paged }
    }
}

/// The title of the round.
fn title(scored: &Scored) -> Option<Text> {
    let round = &scored.loaded.round;
    match (round.title.is_empty(), round.year) {
        (false, _) => Some(Text::same(&round.title)),
        (true, Some(year)) => Some(text!("Kết quả năm {year}", "Results of {year}")),
        (true, None) => None,
    }
}

/// A scorecard with the heads that a scorecard on paper has.
fn with_official_heads(mut section: Section<'_>) -> Section<'_> {
    for column in section.table.iter_mut().flat_map(|table| &mut table.columns) {
        column.title = match column.key.as_str() {
            "criterion" => text!("TT", "No."),
            "name" => text!("Lĩnh vực, tiêu chí, tiêu chí thành phần", "Field, criterion, sub-criterion"),
            "max" => text!("Điểm tối đa", "Maximum"),
            "points" => text!("Điểm đạt", "Points"),
            "lost" => text!("Điểm mất", "Lost"),
            _ => continue,
        };
    }
    section
}

/// "Phụ lục", or "Phụ lục II" among several.
fn number(at: Option<usize>) -> Text {
    match at.map(roman) {
        Some(roman) => text!("Phụ lục {roman}", "Annex {roman}"),
        None => text!("Phụ lục", "Annex"),
    }
}

/// A number in Roman numerals.
fn roman(mut number: usize) -> String {
    let mut text = String::new();
    for (value, sign) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while value <= number {
            text += sign;
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annexes_are_numbered_as_the_romans_did() {
        let numbers: Vec<String> = [1, 3, 4, 8, 9, 14, 40, 49, 64].map(roman).to_vec();
        assert_eq!(numbers, ["I", "III", "IV", "VIII", "IX", "XIV", "XL", "XLIX", "LXIV"]);
        assert_eq!(number(None).vi, "Phụ lục");
        assert_eq!(number(Some(2)).vi, "Phụ lục II");
    }
}
