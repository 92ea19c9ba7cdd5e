//! XLSX and XLSM: which sheets there are, the texts that they share, the formats of their numbers.

mod sheet;
mod styles;

use super::package::Package;
use super::strings::{self, Strings};
use super::xml::{Xml, attribute, is_true};
use super::{Fault, Rows, Sheet};
use quick_xml::events::Event;
use sheet::SheetRows;
pub use styles::Styles;

/// An XLSX workbook.
pub struct Xlsx {
    package: Package,
    strings: Strings,
    styles: Styles,
    /// Whether days are counted from 1904.
    from_1904: bool,
    /// Whether the formulas are to be computed when the file is opened, as programs say that cannot do it.
    is_uncomputed: bool,
}

/// A relationship of a part to another.
pub struct Related {
    /// Its id.
    pub id: String,
    /// Its kind: `worksheet`.
    pub kind: String,
    /// The other part.
    pub part: String,
}

/// Reads the list of sheets, the shared texts and the formats.
pub fn open(mut package: Package) -> Result<(Xlsx, Vec<Sheet>), Fault> {
    let root = related(&mut package, "")?;
    let Some(workbook) = root.into_iter().find(|related| related.kind == "officeDocument") else {
        return Err(Fault::Other("zip"));
    };
    let related = related(&mut package, &workbook.part)?;
    let of_kind = |kind: &str| related.iter().find(|of| of.kind == kind).map(|of| of.part.clone());
    let (strings, styles) = (of_kind("sharedStrings"), of_kind("styles"));
    let mut xlsx = Xlsx {
        strings: strings.map_or(Ok(Strings::default()), |part| strings::read(&mut package, &part))?,
        styles: styles.map_or(Ok(Styles::default()), |part| styles::read(&mut package, &part))?,
        package,
        from_1904: false,
        is_uncomputed: false,
    };
    let sheets = xlsx.workbook(&workbook.part, &related)?;
    Ok((xlsx, sheets))
}

impl Xlsx {
    /// The sheets, from the workbook's own part.
    fn workbook(&mut self, part: &str, related: &[Related]) -> Result<Vec<Sheet>, Fault> {
        let mut sheets = Vec::new();
        let mut xml = Xml::new(self.package.part(part)?, part);
        loop {
            match xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "sheet" => {
                        let name = attribute(&start, "name").unwrap_or_default().into_owned();
                        let id = start_id(&start);
                        let related = related.iter().find(|related| related.id == id);
                        let part = related.filter(|related| related.kind == "worksheet");
                        let state = attribute(&start, "state");
                        let is_hidden = state.is_some_and(|state| state != "visible");
                        sheets.push(Sheet {
                            name,
                            is_hidden,
                            part: part.map(|related| related.part.clone()),
                        });
                    }
                    "workbookPr" => {
                        self.from_1904 = attribute(&start, "date1904").is_some_and(|value| is_true(&value));
                    }
                    "calcPr" => {
                        self.is_uncomputed =
                            attribute(&start, "fullCalcOnLoad").is_some_and(|value| is_true(&value));
                    }
                    _ => {}
                },
                Event::Eof => return Ok(sheets),
                _ => {}
            }
        }
    }

    /// Reads the rows of a sheet.
    pub fn rows<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut dyn Rows) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Xlsx { package, strings, styles, from_1904, is_uncomputed } = self;
        let xml = Xml::new(package.part(part)?, part);
        read(&mut SheetRows::new(xml, strings, styles, (*from_1904, *is_uncomputed)))
    }
}

/// The id of a sheet's relationship: `r:id`, whatever the letter.
fn start_id(start: &quick_xml::events::BytesStart<'_>) -> String {
    let mut all = super::xml::attributes(start);
    all.find(|(name, _)| name.ends_with(":id")).map_or_else(String::new, |(_, id)| id.to_owned())
}

/// The relationships of a part, or of the package.
pub fn related(package: &mut Package, part: &str) -> Result<Vec<Related>, Fault> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{slash}_rels/{file}.rels");
    let mut list = Vec::new();
    let mut xml = Xml::new(package.part(&name)?, &name);
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let get = |name: &str| attribute(&start, name).unwrap_or_default().into_owned();
                let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                list.push(Related { id: get("Id"), kind, part: resolved(folder, &get("Target")) });
            }
            Event::Eof => return Ok(list),
            _ => {}
        }
    }
}

/// The name of a part that another in `folder` names.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
