//! ODS, the workbook of LibreOffice. All sheets stand in one part, one behind the other.

mod sheet;

use super::package::Package;
use super::xml::{Xml, attribute};
use super::{Fault, Rows, Sheet};
use quick_xml::events::Event;
use sheet::SheetRows;
use std::collections::HashSet;

/// An ODS workbook.
pub struct Ods {
    package: Package,
}

/// The part with all sheets.
const CONTENT: &str = "content.xml";

/// Reads the list of sheets.
pub fn open(mut package: Package) -> Result<(Ods, Vec<Sheet>), Fault> {
    let mimetype = package.beginning("mimetype").unwrap_or_default();
    for (kind, what) in
        [("opendocument.text", "Writer (odt)"), ("opendocument.presentation", "Impress (odp)")]
    {
        if mimetype.contains(kind) {
            return Err(Fault::Other(what));
        }
    }
    if package.beginning("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data"))
    {
        return Err(Fault::Encrypted);
    }
    let (mut sheets, mut hidden, mut style) = (Vec::new(), HashSet::new(), String::new());
    let mut xml = Xml::new(package.part(CONTENT)?, CONTENT);
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "style" => style = attribute(&start, "name").unwrap_or_default().into_owned(),
                "table-properties" if attribute(&start, "display").is_some_and(|value| value == "false") => {
                    hidden.insert(style.clone());
                }
                "table" => {
                    let name = attribute(&start, "name").unwrap_or_default().into_owned();
                    let is_hidden =
                        attribute(&start, "style-name").is_some_and(|style| hidden.contains(style.as_ref()));
                    let part = Some(sheets.len().to_string());
                    sheets.push(Sheet { name, is_hidden, part });
                    xml.skip()?;
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    drop(xml);
    Ok((Ods { package }, sheets))
}

impl Ods {
    /// Reads the rows of a sheet, by its place among the sheets.
    pub fn rows<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut dyn Rows) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut left: usize = part.parse().unwrap_or(0);
        let mut xml = Xml::new(self.package.part(CONTENT)?, CONTENT);
        loop {
            match xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "table" => match left.checked_sub(1) {
                    Some(fewer) => {
                        left = fewer;
                        xml.skip()?;
                    }
                    None => break,
                },
                Event::Eof => return Err(xml.ends_early()),
                _ => {}
            }
        }
        read(&mut SheetRows::new(xml))
    }
}
