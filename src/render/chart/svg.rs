//! From plotters' SVG to the page's: inks become classes, what is the same everywhere is left out,
//! and the picture gets a name and words.

use super::Told;
use super::ink::{Ink, WRITTEN};
use anyhow::Result;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write as _;

/// The picture as the page has it.
pub(super) fn inked(drawn: &str, told: &Told<'_>) -> Result<String> {
    let mut reader = Reader::from_str(drawn);
    let mut out = String::with_capacity(drawn.len() / 2);
    loop {
        match reader.read_event()? {
            Event::Start(tag) if tag.name().as_ref() == "svg" => open(&tag, told, &mut out)?,
            Event::Start(tag) => element(&tag, "", &mut out)?,
            Event::Empty(tag) => element(&tag, "/", &mut out)?,
            Event::End(tag) => write!(out, "</{}>", tag.name().as_ref())?,
            Event::Text(text) => out += text.html_content().trim_matches('\n'),
            Event::GeneralRef(of) => write!(out, "&{};", &*of)?,
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

fn open(tag: &BytesStart<'_>, told: &Told<'_>, out: &mut String) -> Result<()> {
    let Told { id, title, words } = told;
    write!(out, "<svg class=\"c\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"")?;
    for attribute in tag.attributes() {
        let attribute = attribute?;
        let name = attribute.key.as_ref();
        if name != "xmlns" {
            write!(out, " {name}=\"{}\"", &*attribute.value)?;
        }
    }
    write!(out, "><title id=\"{id}-t\">{}</title>", escape(*title))?;
    write!(out, "<desc id=\"{id}-d\">{}</desc>", escape(*words))?;
    Ok(())
}

fn element(tag: &BytesStart<'_>, end: &str, out: &mut String) -> Result<()> {
    let name = tag.name();
    write!(out, "<{}", name.as_ref())?;
    let (mut classes, mut rest) = (Vec::new(), String::new());
    for attribute in tag.attributes() {
        let attribute = attribute?;
        let value = &*attribute.value;
        match (attribute.key.as_ref(), value) {
            ("fill" | "stroke", colour) if Ink::class_of(colour).is_some() => {
                classes.extend(Ink::class_of(colour));
            }
            ("fill", "none") if name.as_ref() == "circle" => classes.push("o"),
            ("fill" | "stroke", "none") | ("opacity" | "stroke-width", "1") | ("font-family", _) => {}
            ("stroke-width", "0") => {}
            ("font-size", WRITTEN) | ("text-anchor", "start") => {}
            ("dy", _) => {} // the style moves all text alike
            (name, value) => write!(rest, " {name}=\"{}\"", value.trim_end())?,
        }
    }
    if !classes.is_empty() {
        write!(out, " class=\"{}\"", classes.join(" "))?;
    }
    write!(out, "{rest}{end}>")?;
    Ok(())
}
