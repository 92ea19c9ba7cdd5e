//! The draft of a decision on its page: letterhead, basis, articles, recipients and signature.

use super::measure::width;
use super::page::UPRIGHT;
use super::style::size;
use super::xml::Xml;
use super::{paragraph, rule, run};
use crate::lang::{Lang, Text};
use crate::report::annex::Decision;

/// The columns of the letterhead: the issuer, the nation.
const HEAD: [u32; 2] = [3700, UPRIGHT - 3700];

/// The columns below the articles: recipients, signature.
const FOOT: [u32; 2] = [4300, UPRIGHT - 4300];

/// Writes a decision.
pub(super) fn write(decision: &Decision, lang: Lang, xml: &mut Xml) {
    let say = |style: &str, text: &Text, xml: &mut Xml| paragraph(style, text.get(lang), xml);
    side_by_side(HEAD, xml, |side, xml| match side {
        Side::Left => {
            if let Some(above) = &decision.above {
                say("ChuQuan", above, xml);
            }
            decision.issuer.iter().for_each(|line| say("CoQuan", line, xml));
            // A third to a half of the line above it.
            let line = decision.issuer.last().map_or(0, |line| length("CoQuan", line.get(lang)));
            rule(HEAD[0], (line * 2 / 5).max(600), xml);
            say("SoHieu", &decision.number, xml);
            say("DuThao", &decision.draft, xml);
        }
        Side::Right => {
            say("QuocHieu", &decision.nation[0], xml);
            say("TieuNgu", &decision.nation[1], xml);
            rule(HEAD[1], length("TieuNgu", decision.nation[1].get(lang)), xml);
            say("DiaDanh", &decision.date, xml);
        }
    });
    say("TenLoai", &decision.kind, xml);
    say("TrichYeu", &decision.subject, xml);
    rule(UPRIGHT, UPRIGHT * 2 / 9, xml);
    say("ThamQuyen", &decision.authority, xml);
    decision.basis.iter().for_each(|line| say("CanCu", line, xml));
    say("QuyetDinh", &decision.decides, xml);
    for [number, words] in &decision.articles {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "NoiDung"));
            run(&format!("{} ", number.get(lang)), true, xml);
            run(words.get(lang), false, xml);
        });
    }
    paragraph("NoiNhan", "", xml);
    let (head, list) = &decision.recipients;
    side_by_side(FOOT, xml, |side, xml| match side {
        Side::Left => {
            say("NoiNhanDau", head, xml);
            list.iter().for_each(|line| say("NoiNhan", line, xml));
        }
        Side::Right => {
            decision.signer.iter().for_each(|line| say("ChucVu", line, xml));
            (0..4).for_each(|_| paragraph("ChucVu", "", xml));
            paragraph("ChucVu", "………………", xml);
        }
    });
}

/// How long a bold line of a style is, in twentieths of a point.
fn length(style: &str, text: &str) -> u32 {
    width(text, true) * size(style) / 100
}

/// A side of two columns.
enum Side {
    Left,
    Right,
}

/// Two columns without lines, which stay on one page.
fn side_by_side(widths: [u32; 2], xml: &mut Xml, write: impl Fn(Side, &mut Xml)) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblW", &[("w:w", &(widths[0] + widths[1]).to_string()), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                xml.empty("w:left", &[("w:w", "0"), ("w:type", "dxa")]);
                xml.empty("w:right", &[("w:w", "0"), ("w:type", "dxa")]);
            });
        });
        xml.element("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
        });
        xml.element("w:tr", &[], |xml| {
            xml.element("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
            for (width, side) in widths.iter().zip([Side::Left, Side::Right]) {
                xml.element("w:tc", &[], |xml| {
                    xml.element("w:tcPr", &[], |xml| {
                        xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
                    });
                    write(side, xml);
                });
            }
        });
    });
}
