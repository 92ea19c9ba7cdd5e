//! Word: the annexes of a decision and its draft, laid out by Nghị định 30/2020/NĐ-CP.
//!
//! The parts of the file are written directly, with `quick-xml` and `zip`: the layout is fixed by a
//! decree down to the millimetre, so every property is ours to say (sections that number their pages
//! anew, no number on the first, header rows that repeat, rows that do not split, widths of columns by
//! the width of Times New Roman), and what is written is the same on every machine. A library that
//! models all of Word (`docx-rs`) would cost four times the code to compile and still leave some of
//! these to raw XML.

mod frame;
mod measure;
mod page;
mod part;
mod style;
mod table;
mod xml;

use crate::lang::{Lang, Text};
use crate::report::annex::{Annex, Document};
use crate::report::publication::Publication;
use crate::source::Fingerprint;
use anyhow::Result;
use table::Grid;
use xml::Xml;

/// The document of an export.
pub(super) fn publish(publication: &Publication<'_>, lang: Lang) -> Result<Vec<u8>> {
    let document = Document::of(publication);
    let mut xml = Xml::new();
    xml.element("w:document", &[("xmlns:w", part::MAIN), ("xmlns:r", part::RELATIONS)], |xml| {
        xml.element("w:body", &[], |xml| write_body(&document, lang, xml));
    });
    let title = document.annexes.iter().find_map(|annex| annex.titles.first());
    part::pack(xml.into_bytes(), style::write(lang), title.map_or("", |title| title.get(lang)))
}

fn write_body(document: &Document<'_>, lang: Lang, xml: &mut Xml) {
    if let Some(decision) = &document.decision {
        frame::write(decision, lang, xml);
        end_section(false, xml);
    }
    let mut is_across = false;
    for (at, annex) in document.annexes.iter().enumerate() {
        is_across = write_annex(annex, &document.attached, lang, xml);
        if at + 1 < document.annexes.len() {
            end_section(is_across, xml);
        }
    }
    write_provenance(&document.provenance, lang, xml);
    page::write(is_across, xml);
}

/// Writes an annex; says whether its pages lie across.
fn write_annex(annex: &Annex<'_>, attached: &Text, lang: Lang, xml: &mut Xml) -> bool {
    let mut grids: Vec<Option<Grid>> = annex.sections.iter().map(|section| Grid::of(section, lang)).collect();
    table::align(&mut grids);
    let fit = table::fit(&grids, page::UPRIGHT, page::ACROSS);
    let room = if fit.is_across { page::ACROSS } else { page::UPRIGHT };
    paragraph("PhuLuc", annex.number.get(lang), xml);
    for (at, title) in annex.titles.iter().enumerate() {
        let title = title.get(lang);
        paragraph("TenPhuLuc", &if at == 0 { capitals(title) } else { title.to_owned() }, xml);
    }
    paragraph("KemTheo", attached.get(lang), xml);
    rule(room, room / 5, xml);
    for (at, (section, grid)) in annex.sections.iter().zip(&grids).enumerate() {
        let heading = section.heading.as_ref().map_or("", |heading| heading.get(lang));
        write_heading(heading, annex.is_paged && 0 < at, xml);
        if let Some(grid) = grid {
            grid.write(fit, room, xml);
        }
        write_notes(&section.notes, lang, xml);
    }
    if !annex.notes.is_empty() {
        paragraph("GhiChuDau", if lang == Lang::Vi { "Ghi chú:" } else { "Notes:" }, xml);
        write_notes(&annex.notes, lang, xml);
    }
    fit.is_across
}

/// A title in capitals, but for the signs of documents: 766/QĐ-TTg.
fn capitals(title: &str) -> String {
    let word = |word: &str| if word.contains('/') { word.to_owned() } else { word.to_uppercase() };
    title.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A heading above a table, or the room that one would take.
fn write_heading(heading: &str, begins_page: bool, xml: &mut Xml) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", "DeMuc");
            if begins_page {
                xml.empty("w:pageBreakBefore", &[]);
            }
            if heading.is_empty() {
                xml.empty("w:spacing", &[("w:before", "0")]);
            }
        });
        run(heading, false, xml);
    });
}

fn write_notes(notes: &[Text], lang: Lang, xml: &mut Xml) {
    notes.iter().for_each(|note| paragraph("GhiChu", &format!("- {}", note.get(lang)), xml));
}

/// What made the document, in the smallest print, after everything that is signed.
fn write_provenance(files: &[Fingerprint], lang: Lang, xml: &mut Xml) {
    let version = env!("CARGO_PKG_VERSION");
    let head = match lang {
        Lang::Vi => format!("Lập bằng parindex {version} từ các tệp sau (SHA-256):"),
        Lang::En => format!("Made by parindex {version} from these files (SHA-256):"),
    };
    paragraph("NguonDau", &head, xml);
    for print in files {
        paragraph("Nguon", &format!("{}  {}", print.sha256, print.file), xml);
    }
}

/// Ends the pages of an annex, in a paragraph that takes no room.
fn end_section(is_across: bool, xml: &mut Xml) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", "Ke");
            page::write(is_across, xml);
        });
    });
}

/// A paragraph of one style.
fn paragraph(style: &str, text: &str, xml: &mut Xml) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style));
        run(text, false, xml);
    });
}

/// Text in a paragraph.
fn run(text: &str, is_bold: bool, xml: &mut Xml) {
    if text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        if is_bold {
            xml.element("w:rPr", &[], |xml| xml.empty("w:b", &[]));
        }
        xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(text));
    });
}

/// A rule in the middle of the room, as long as was said.
fn rule(room: u32, length: u32, xml: &mut Xml) {
    let aside = (room.saturating_sub(length) / 2).to_string();
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", "Ke");
            xml.element("w:pBdr", &[], |xml| {
                let line = [("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")];
                xml.empty("w:bottom", &line);
            });
            xml.empty("w:ind", &[("w:left", &aside), ("w:right", &aside)]);
        });
    });
}
