//! The records of an XLS stream, and the texts in them.

use super::compound::{u16_at, u32_at};

/// What records are, by number.
pub mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000A;
    pub const DAYS: u16 = 0x0022;
    pub const PASSWORD: u16 = 0x002F;
    pub const CONTINUE: u16 = 0x003C;
    pub const COLUMNS: u16 = 0x007D;
    pub const SHEET: u16 = 0x0085;
    pub const PACKED_NUMBERS: u16 = 0x00BD;
    pub const STYLE: u16 = 0x00E0;
    pub const MERGED: u16 = 0x00E5;
    pub const STRINGS: u16 = 0x00FC;
    pub const SHARED_TEXT: u16 = 0x00FD;
    pub const NUMBER: u16 = 0x0203;
    pub const TEXT: u16 = 0x0204;
    pub const TRUTH: u16 = 0x0205;
    pub const FORMULA_TEXT: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const PACKED_NUMBER: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BEGIN: u16 = 0x0809;
}

/// A record.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub id: u16,
    pub data: &'a [u8],
}

/// The records of a stream from a place on.
pub struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// From a place on.
    pub fn new(stream: &'a [u8], at: usize) -> Records<'a> {
        Records { stream, at }
    }

    /// The next record; `None` at the end, and where a record is not whole.
    pub fn next(&mut self) -> Option<Record<'a>> {
        let (id, length) = (u16_at(self.stream, self.at)?, usize::from(u16_at(self.stream, self.at + 2)?));
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some(Record { id, data })
    }

    /// The data of the records that go on with the last one.
    pub fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut more = Vec::new();
        while u16_at(self.stream, self.at) == Some(kind::CONTINUE) {
            let Some(record) = self.next() else { break };
            more.push(record.data);
        }
        more
    }
}

/// Texts in a record and in those that go on with it.
pub struct Text<'a> {
    data: &'a [u8],
    more: std::slice::Iter<'a, &'a [u8]>,
}

impl<'a> Text<'a> {
    /// Of a record's data, and of what goes on with it.
    pub fn new(data: &'a [u8], more: &'a [&'a [u8]]) -> Text<'a> {
        Text { data, more: more.iter() }
    }

    /// The next bytes; they may not lie in two records.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        if self.data.is_empty() && 0 < count {
            self.data = self.more.next()?;
        }
        let (taken, rest) = self.data.split_at_checked(count)?;
        self.data = rest;
        Some(taken)
    }

    /// Leaves bytes out, in however many records.
    fn skip(&mut self, mut count: usize) -> Option<()> {
        while self.data.len() < count {
            count -= self.data.len();
            self.data = self.more.next()?;
        }
        self.data = &self.data[count..];
        Some(())
    }

    /// A number of two bytes.
    pub fn u16(&mut self) -> Option<u16> {
        u16_at(self.take(2)?, 0)
    }

    /// A number of four bytes.
    pub fn u32(&mut self) -> Option<u32> {
        u32_at(self.take(4)?, 0)
    }

    /// A text whose length takes one byte.
    pub fn short(&mut self) -> Option<String> {
        let (length, flags) = (self.take(1)?[0], self.take(1)?[0]);
        self.signs(length.into(), flags)
    }

    /// A text whose length takes two bytes.
    pub fn long(&mut self) -> Option<String> {
        let (length, flags) = (self.u16()?, self.take(1)?[0]);
        self.signs(length.into(), flags)
    }

    /// A text with fonts and readings, which are left out.
    pub fn rich(&mut self) -> Option<String> {
        let (length, flags) = (self.u16()?, self.take(1)?[0]);
        let fonts = if flags & 8 == 8 { self.u16()? } else { 0 };
        let readings = if flags & 4 == 4 { self.u32()? } else { 0 };
        let text = self.signs(length.into(), flags)?;
        self.skip(usize::from(fonts) * 4)?;
        self.skip(readings as usize)?;
        Some(text)
    }

    /// So many signs of one byte or two; each record that goes on with them says anew which.
    fn signs(&mut self, mut count: usize, mut flags: u8) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(count);
        while 0 < count {
            let wide = flags & 1 == 1;
            let size = if wide { 2 } else { 1 };
            let here = count.min(self.data.len() / size);
            let (taken, rest) = self.data.split_at_checked(here * size)?;
            if wide {
                units.extend(taken.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])));
            } else {
                units.extend(taken.iter().map(|unit| u16::from(*unit)));
            }
            (self.data, count) = (rest, count - here);
            if 0 < count {
                self.data = self.more.next()?;
                flags = self.take(1)?[0];
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}
