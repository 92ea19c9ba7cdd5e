//! The compound file that an XLS workbook is: a small file system of sectors, chained by a table.
//! After MS-CFB.

use crate::load::workbook::Fault;

/// A compound file.
pub struct Compound<'a> {
    bytes: &'a [u8],
    /// The size of a sector.
    sector: usize,
    /// For each sector the next one.
    next: Vec<u32>,
    /// For each small sector the next one.
    next_small: Vec<u32>,
    /// The bytes of all small sectors.
    small: Vec<u8>,
    entries: Vec<Entry>,
}

/// A stream or a folder.
struct Entry {
    name: String,
    start: u32,
    size: usize,
}

/// The size of a small sector.
const SMALL: usize = 64;

/// Streams that are shorter lie in small sectors.
const CUT: usize = 4096;

/// Sector numbers from here on are none.
const NONE: u32 = 0xFFFF_FFFA;

impl<'a> Compound<'a> {
    /// Reads the tables of a file.
    pub fn open(bytes: &'a [u8]) -> Result<Compound<'a>, Fault> {
        let shift = u32::from(u16_at(bytes, 30).ok_or_else(broken)?);
        if !(7..=16).contains(&shift) {
            return Err(broken());
        }
        let mut file = Compound {
            bytes,
            sector: 1 << shift,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        let mut tables: Vec<u32> = (0..109).filter_map(|at| u32_at(bytes, 76 + 4 * at)).collect();
        let mut more = u32_at(bytes, 68).ok_or_else(broken)?;
        let mut left = bytes.len() / file.sector; // no chain is longer than the file
        while more < NONE && 0 < left {
            let sector = file.sector_at(more)?;
            let (list, last) = sector.split_at(sector.len() - 4);
            tables.extend(numbers(list));
            more = u32_at(last, 0).unwrap_or(NONE);
            left -= 1;
        }
        for table in tables.into_iter().filter(|table| *table < NONE) {
            let sector = file.sector_at(table)?;
            file.next.extend(numbers(sector));
        }
        let folder = file.chain(u32_at(bytes, 48).ok_or_else(broken)?, usize::MAX)?;
        file.entries = folder.chunks_exact(128).filter_map(entry).collect();
        let small_table = file.chain(u32_at(bytes, 60).ok_or_else(broken)?, usize::MAX)?;
        file.next_small = numbers(&small_table).collect();
        let root = file.entries.first().map_or((NONE, 0), |root| (root.start, root.size));
        file.small = file.chain(root.0, root.1)?;
        Ok(file)
    }

    /// Whether there is a stream.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let entry = self.entries.iter().find(|entry| entry.name == name).ok_or_else(broken)?;
        if CUT <= entry.size {
            return self.chain(entry.start, entry.size);
        }
        let (mut stream, mut at) = (Vec::with_capacity(entry.size), entry.start);
        while stream.len() < entry.size {
            let start = (at as usize).saturating_mul(SMALL);
            let sector = self.small.get(start..start.saturating_add(SMALL)).ok_or_else(broken)?;
            stream.extend_from_slice(sector);
            at = *self.next_small.get(at as usize).ok_or_else(broken)?;
        }
        stream.truncate(entry.size);
        Ok(stream)
    }

    fn sector_at(&self, number: u32) -> Result<&'a [u8], Fault> {
        let start = (number as usize).saturating_add(1).saturating_mul(self.sector);
        self.bytes.get(start..start.saturating_add(self.sector)).ok_or_else(broken)
    }

    /// The bytes of a chain of sectors, at most so many.
    fn chain(&self, first: u32, most: usize) -> Result<Vec<u8>, Fault> {
        let (mut bytes, mut at) = (Vec::new(), first);
        while at < NONE && bytes.len() < most {
            if self.bytes.len() < bytes.len() {
                return Err(broken()); // it runs in a circle
            }
            bytes.extend_from_slice(self.sector_at(at)?);
            at = *self.next.get(at as usize).ok_or_else(broken)?;
        }
        bytes.truncate(most);
        Ok(bytes)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
    let units: Vec<u16> =
        bytes[..length].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    let is_used = bytes[66] != 0;
    let name = String::from_utf16_lossy(&units);
    let of = Entry { name, start: u32_at(bytes, 116)?, size: u32_at(bytes, 120)? as usize };
    // The root comes first, whatever it is.
    Some(if is_used { of } else { Entry { name: String::new(), ..of } })
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|number| u32::from_le_bytes([number[0], number[1], number[2], number[3]]))
}

fn broken() -> Fault {
    Fault::Damaged("compound file".to_owned())
}

/// The number of two bytes at a place.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The number of four bytes at a place.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The binary number of eight bytes at a place.
pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A number that is packed into four bytes, as a whole one or the beginning of a binary one, and maybe
/// a hundred times too large.
pub fn packed(packed: u32) -> f64 {
    let number = if packed & 2 == 2 {
        f64::from(packed as i32 >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 == 1 { number / 100.0 } else { number }
}

/// The code of an error by its number.
pub fn error_code(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }
}
