//! The formats of a workbook's numbers, by the style that a cell names.

use crate::load::workbook::Fault;
use crate::load::workbook::format::Format;
use crate::load::workbook::package::Package;
use crate::load::workbook::xml::{Xml, attribute};
use quick_xml::events::Event;
use std::collections::HashMap;

/// The formats by style.
#[derive(Debug, Default)]
pub struct Styles {
    formats: Vec<Format>,
}

impl Styles {
    /// Of the formats of all styles, in their order.
    pub fn new(formats: Vec<Format>) -> Styles {
        Styles { formats }
    }

    /// The format of a style.
    pub fn format(&self, style: usize) -> Format {
        self.formats.get(style).copied().unwrap_or(Format::GENERAL)
    }
}

/// Reads the formats.
pub fn read(package: &mut Package, part: &str) -> Result<Styles, Fault> {
    let mut styles = Styles::default();
    let mut codes: HashMap<u32, Format> = HashMap::new();
    let mut xml = Xml::new(package.part(part)?, part);
    let mut is_of_cells = false; // and not of named styles
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")) {
                        codes.insert(id, Format::of_code(&code));
                    }
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    let format = codes.get(&id).copied().or_else(|| Format::builtin(id));
                    styles.formats.push(format.unwrap_or(Format::GENERAL));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => is_of_cells = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}
