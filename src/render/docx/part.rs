//! The parts of the package around the document: what Word wants to find, and nothing that depends on
//! the clock or the machine.

use super::xml::Xml;
use anyhow::Result;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// The name space of WordprocessingML.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The name space of references to other parts.
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts beside the document: path, content type, kind of relation, id.
const PARTS: [(&str, &str, &str, &str); 4] = [
    ("styles.xml", "styles", "styles", "rId1"),
    ("settings.xml", "settings", "settings", "rId2"),
    ("header1.xml", "header", "header", HEADER),
    ("header2.xml", "header", "header", FIRST_HEADER),
];

/// The header of every page but the first: the page's number.
pub(super) const HEADER: &str = "rId3";

/// The header of the first page: nothing.
pub(super) const FIRST_HEADER: &str = "rId4";

/// The package as a file.
pub(super) fn pack(document: Vec<u8>, styles: Vec<u8>, title: &str) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    for (path, bytes) in [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(title)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/document.xml", document),
        ("word/styles.xml", styles),
        ("word/settings.xml", settings()),
        ("word/header1.xml", header(true)),
        ("word/header2.xml", header(false)),
    ] {
        zip.start_file(path, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", rels)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        let word =
            |kind: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
        let mut part = |path: &str, kind: &str| {
            xml.empty("Override", &[("PartName", path), ("ContentType", kind)]);
        };
        part("/word/document.xml", &word("document.main"));
        for (path, kind, ..) in PARTS {
            part(&format!("/word/{path}"), &word(kind));
        }
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    });
    xml.into_bytes()
}

fn relations(list: &[(&str, String, &str)]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in list {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    });
    xml.into_bytes()
}

fn package_relations() -> Vec<u8> {
    relations(&[
        ("rId1", format!("{RELATIONS}/officeDocument"), "word/document.xml"),
        ("rId2", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
    ])
}

fn document_relations() -> Vec<u8> {
    relations(&PARTS.map(|(path, _, kind, id)| (id, format!("{RELATIONS}/{kind}"), path)))
}

fn core(title: &str) -> Vec<u8> {
    let mut xml = Xml::new();
    let spaces = [
        ("xmlns:cp", format!("{PACKAGE}/metadata/core-properties")),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/".to_owned()),
    ];
    xml.element("cp:coreProperties", &spaces.each_ref().map(|(key, value)| (*key, value.as_str())), |xml| {
        xml.element("dc:title", &[], |xml| xml.text(title));
        xml.element("dc:creator", &[], |xml| xml.text(concat!("parindex ", env!("CARGO_PKG_VERSION"))));
    });
    xml.into_bytes()
}

fn settings() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:settings", &[("xmlns:w", MAIN)], |xml| {
        xml.value("w:defaultTabStop", "720");
        xml.value("w:characterSpacingControl", "doNotCompress");
        xml.element("w:compat", &[], |xml| {
            let word = "http://schemas.microsoft.com/office/word";
            xml.empty(
                "w:compatSetting",
                &[("w:name", "compatibilityMode"), ("w:uri", word), ("w:val", "15")],
            );
        });
    });
    xml.into_bytes()
}

/// The header of a page: its number, centred, or nothing.
fn header(is_numbered: bool) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:hdr", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "SoTrang"));
            if is_numbered {
                xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| {
                    xml.element("w:r", &[], |xml| xml.element("w:t", &[], |xml| xml.text("2")));
                });
            }
        });
    });
    xml.into_bytes()
}
