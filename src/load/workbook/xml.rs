//! XML as workbooks have it, event by event, with no document type and no endless text.

use super::Fault;
use super::package::Overflow;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// A part of a workbook that is read event by event.
pub struct Xml<R> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    /// The part's name, for messages.
    name: String,
}

/// The longest single event, and the longest text of an element. A cell holds 32,767 signs.
const MOST: usize = 4 << 20;

impl<R: BufRead> Xml<R> {
    /// Of a part's text.
    pub fn new(read: R, name: &str) -> Xml<R> {
        let mut reader = Reader::from_reader(Bounded { read, left: MOST });
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::with_capacity(1 << 10), name: name.to_owned() }
    }

    /// The next event.
    #[inline]
    pub fn next(&mut self) -> Result<Event<'_>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().left = MOST;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::DocType(_)) => Err(Fault::DocumentType(self.name.clone())),
            Ok(event) => Ok(event),
            Err(Error::Io(error)) if error.get_ref().is_some_and(|inner| inner.is::<Overflow>()) => {
                Err(Fault::Bomb(self.name.clone()))
            }
            Err(error) => Err(Fault::Damaged(format!("{}: {error}", self.name))),
        }
    }

    /// Reads on to the end of the element whose start was read, and adds its text to `out`: that of all
    /// elements in it but for those of which `skips` says so.
    pub fn text_into(&mut self, out: &mut Vec<u8>, skips: impl Fn(&str) -> bool) -> Result<(), Fault> {
        let (mut depth, mut skipped, start) = (0_usize, None, out.len());
        loop {
            self.hold(&out[start..])?;
            match self.next()? {
                Event::Start(start) => {
                    depth += 1;
                    if skipped.is_none() && skips(start.local_name().as_ref()) {
                        skipped = Some(depth);
                    }
                }
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => {
                    skipped = skipped.filter(|at| *at != depth);
                    depth -= 1;
                }
                Event::Text(text) if skipped.is_none() => {
                    out.extend_from_slice(text.xml10_content().as_bytes());
                }
                Event::CData(text) if skipped.is_none() => {
                    out.extend_from_slice(text.xml10_content().as_bytes());
                }
                Event::GeneralRef(name) if skipped.is_none() => {
                    push_sign(&name, out)?;
                }
                Event::Eof => return Err(self.ends_early()),
                _ => {}
            }
        }
    }

    /// Reads on to the end of the element whose start was read.
    pub fn skip(&mut self) -> Result<(), Fault> {
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.ends_early()),
                _ => {}
            }
        }
    }

    /// Refuses a text that does not end.
    pub fn hold(&self, text: &[u8]) -> Result<(), Fault> {
        if MOST < text.len() { Err(Fault::Bomb(self.name.clone())) } else { Ok(()) }
    }

    /// The fault of a part that ends inside of an element.
    pub fn ends_early(&self) -> Fault {
        Fault::Damaged(format!("{}: ends early", self.name))
    }
}

/// Adds the sign that a reference stands for: `&amp;`, `&#10;`.
pub fn push_sign(name: &BytesRef<'_>, out: &mut Vec<u8>) -> Result<(), Fault> {
    let sign = sign(name).ok_or_else(|| Fault::Damaged(format!("&{};", name.as_ref())))?;
    out.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
    Ok(())
}

fn sign(name: &BytesRef<'_>) -> Option<char> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten();
    }
    Some(match name.as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The attributes of an element, as they are written: names and values.
pub fn attributes<'a>(start: &'a BytesStart<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let mut rest = start.attributes_raw();
    std::iter::from_fn(move || {
        let (name, behind) = rest.split_once('=')?;
        let behind = behind.trim_ascii_start();
        let quote = behind.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
        let (value, behind) = behind[1..].split_once(quote)?;
        rest = behind;
        Some((name.trim_ascii(), value))
    })
}

/// A name without what stands before its colon.
pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

/// The value of one attribute, whatever stands before its colon.
pub fn attribute<'a>(start: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let (_, value) = attributes(start).find(|(other, _)| local(other) == name)?;
    Some(quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value)))
}

/// Whether an attribute says yes.
pub fn is_true(value: &str) -> bool {
    value == "1" || value == "true"
}

/// Ends a text that does not end.
struct Bounded<R> {
    read: R,
    left: usize,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read.read(buffer)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(Overflow));
        }
        self.read.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.read.consume(amount);
    }
}
