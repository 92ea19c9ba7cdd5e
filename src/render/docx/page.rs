//! Pages of Nghị định 30/2020/NĐ-CP: A4; 20 mm above and below, 30 mm to the left, 15 mm to the right;
//! the number of the page centred above the text, from the second page on, anew in each annex.

use super::part::{FIRST_HEADER, HEADER};
use super::xml::Xml;

const SHORT: u32 = 11906;
const LONG: u32 = 16838;
const ABOVE: u32 = 1134;
const LEFT: u32 = 1701;
const RIGHT: u32 = 851;

/// Room for text on an upright page, in twentieths of a point.
pub(super) const UPRIGHT: u32 = SHORT - LEFT - RIGHT;

/// Room for text on a page that lies across.
pub(super) const ACROSS: u32 = LONG - LEFT - RIGHT;

/// What the pages are like that end here.
pub(super) fn write(is_across: bool, xml: &mut Xml) {
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", HEADER)]);
        xml.empty("w:headerReference", &[("w:type", "first"), ("r:id", FIRST_HEADER)]);
        xml.value("w:type", "nextPage");
        let (short, long) = (SHORT.to_string(), LONG.to_string());
        match is_across {
            false => xml.empty("w:pgSz", &[("w:w", &short), ("w:h", &long)]),
            true => xml.empty("w:pgSz", &[("w:w", &long), ("w:h", &short), ("w:orient", "landscape")]),
        }
        let (above, left, right) = (ABOVE.to_string(), LEFT.to_string(), RIGHT.to_string());
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &above),
                ("w:right", &right),
                ("w:bottom", &above),
                ("w:left", &left),
                ("w:header", "567"),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ],
        );
        xml.empty("w:pgNumType", &[("w:start", "1")]);
        xml.empty("w:titlePg", &[]);
    });
}
