//! The texts that the cells of a workbook share.

use super::Fault;
use super::package::Package;
use super::xml::Xml;
use quick_xml::events::Event;

/// The texts that cells share, one behind the other.
#[derive(Debug, Default)]
pub struct Strings {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Strings {
    /// Adds a text.
    pub fn push(&mut self, text: impl Iterator<Item = char>) -> Result<(), Fault> {
        text.for_each(|sign| self.bytes.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes()));
        self.end("strings")
    }

    /// Ends the text that was written behind the others.
    fn end(&mut self, part: &str) -> Result<(), Fault> {
        if MOST < self.bytes.len() {
            return Err(Fault::Bomb(part.to_owned()));
        }
        self.ends.push(self.bytes.len() as u32);
        Ok(())
    }

    /// A text by its number.
    pub fn get(&self, at: usize) -> Option<&[u8]> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.bytes[start..end])
    }
}

/// More text than any honest workbook shares.
const MOST: usize = 1 << 29;

/// Reads the shared texts of an XLSX workbook; how a part of a text is written, and how it is spoken, is left out.
pub fn read(package: &mut Package, part: &str) -> Result<Strings, Fault> {
    let mut strings = Strings::default();
    let mut xml = Xml::new(package.part(part)?, part);
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                let start = strings.bytes.len();
                xml.text_into(&mut strings.bytes, |element| element == "rPh" || element == "rPr")?;
                unescape(&mut strings.bytes, start);
                strings.end(part)?;
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Replaces `_x000D_`, as a workbook writes signs that XML cannot hold, from `start` on.
pub fn unescape(bytes: &mut Vec<u8>, start: usize) {
    let code = |at: usize, bytes: &[u8]| {
        let code = bytes.get(at..at + 7)?;
        let hex = code.strip_prefix(b"_x")?.strip_suffix(b"_")?;
        u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok().and_then(char::from_u32)
    };
    let Some(first) = memchr::memmem::find(&bytes[start..], b"_x") else { return };
    let (mut at, old) = (0, bytes.split_off(start + first));
    while at < old.len() {
        match code(at, &old) {
            Some(sign) => {
                bytes.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
                at += 7;
            }
            None => {
                bytes.push(old[at]);
                at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_signs_are_read() {
        let mut bytes = b"a_x000D_b_x005F_x000D_ _x00".to_vec();
        unescape(&mut bytes, 0);
        assert_eq!(bytes, b"a\rb_x000D_ _x00");
    }
}
