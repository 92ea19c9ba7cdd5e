//! CSV files: small ones whole, large ones in parts that two cores read at once.
//!
//! A part ends at the end of a row, never inside quotes, and knows the number of its first row, so
//! every message can say the row that a spreadsheet shows.

use super::encoding::{Coding, composed, detect};
use super::hex;
use crate::diagnostic::Diagnostics;
use crate::source::{Fingerprint, Place, Row, Table};
use crate::text::legacy::{self, Alphabet};
use csv::{ByteRecord, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// A CSV file whose header has been read.
pub struct Csv {
    /// The file and its header.
    pub table: Arc<Table>,
    delimiter: u8,
    input: File,
    hash: Sha256,
    coding: Coding,
    /// What was read and is not yet given out, as UTF-8.
    rest: Vec<u8>,
    next_row: u64,
}

/// Some whole rows of a file.
pub struct Rows {
    table: Arc<Table>,
    delimiter: u8,
    bytes: Vec<u8>,
    first_row: u64,
    is_decoded: bool,
    legacy: Option<Alphabet>,
}

/// How much is read at once; a part is longer only where a single row is.
const PART: usize = 1 << 20;

/// How many parts are in memory at once.
const PARTS: usize = 4;

/// Opens a CSV file, which people know as `file`, and reads its header: the first row of which
/// `is_header` says so, as titles may stand above it; else the first row. `None`: it was reported why it
/// is no table.
///
/// # Errors
/// What the system says when the file cannot be read.
pub fn open(
    path: &Path,
    file: Arc<str>,
    is_header: &dyn Fn(&[String]) -> bool,
    out: &mut Diagnostics,
) -> io::Result<Option<Csv>> {
    let mut csv = Csv {
        table: Table::of_file(file.clone()),
        delimiter: b',',
        input: File::open(path)?,
        hash: Sha256::new(),
        coding: Coding::default(),
        rest: Vec::new(),
        next_row: 2,
    };
    csv.read_more(PART)?;
    let whole = Place::File { file: file.clone() };
    if let Some(what) = foreign(&csv.rest) {
        out.not_a_table(whole, what);
        return Ok(None);
    }
    csv.coding = detect(&csv.rest);
    if csv.coding.is_decoded {
        let bytes = std::mem::take(&mut csv.rest);
        csv.take(&bytes);
    }
    if !csv.say_coding(&whole, out) {
        return Ok(None);
    }
    if csv.rest.starts_with(BOM) {
        csv.hash_text(BOM);
        csv.rest.drain(..BOM.len());
    }
    csv.pass_titles(is_header);
    let header_row = csv.next_row - 1;
    let line = csv.header_line()?;
    csv.hash_text(&line);
    if line.trim_ascii().is_empty() {
        out.empty_file(whole);
        return Ok(None);
    }
    let row = csv.table.place(header_row, None);
    let Ok(text) = std::str::from_utf8(&line) else {
        out.not_utf8(row);
        return Ok(None);
    };
    csv.delimiter = delimiter(&line);
    let line = composed(text, csv.coding.legacy, csv.delimiter).map_or(line, String::into_bytes);
    let is_line_end = |at: usize| line.get(at + 1) == Some(&b'\n');
    if !memchr_iter(b'\r', line.trim_ascii_end()).all(is_line_end) {
        out.old_line_ends(whole);
        return Ok(None);
    }
    let header = cells(&line, csv.delimiter);
    csv.table = Arc::new(Table { file, sheet: None, header_row, header });
    Ok(Some(csv))
}

impl Csv {
    /// Reads all rows: `read` makes something of each part, on any thread; `take` gets what was
    /// made, in the order of the file.
    ///
    /// # Errors
    /// What the system says when the file cannot be read on.
    pub fn read<T: Send>(
        mut self,
        read: impl Fn(&Rows) -> T + Sync,
        mut take: impl FnMut(T) + Send,
    ) -> io::Result<Fingerprint> {
        let mut made: Vec<T> = Vec::new();
        loop {
            let mut parts = Vec::with_capacity(PARTS);
            while parts.len() < PARTS
                && let Some(part) = self.next_part()?
            {
                parts.push(part);
            }
            // One core takes what was made of the parts before while others read the next.
            let (hash, is_raw) = (&mut self.hash, !self.coding.is_decoded);
            let ready = std::mem::take(&mut made);
            let work = || {
                rayon::join(
                    || parts.par_iter().map(&read).collect::<Vec<T>>(),
                    || parts.iter().filter(|_| is_raw).for_each(|part| hash.update(&part.bytes)),
                )
            };
            let ((next, ()), ()) = rayon::join(work, || ready.into_iter().for_each(&mut take));
            made = next;
            if made.is_empty() {
                return Ok(Fingerprint { file: self.table.file.clone(), sha256: hex(&self.hash.finalize()) });
            }
        }
    }

    /// Reads on until there are so many bytes; says whether there was anything.
    fn read_more(&mut self, bytes: usize) -> io::Result<bool> {
        if !self.coding.is_decoded {
            let read = (&mut self.input).take(bytes as u64).read_to_end(&mut self.rest)?;
            return Ok(read > 0);
        }
        let mut raw = Vec::new();
        let read = (&mut self.input).take(bytes as u64).read_to_end(&mut raw)?;
        self.take(&raw);
        Ok(read > 0)
    }

    /// Takes bytes of the file that are not UTF-8; none at its end.
    fn take(&mut self, raw: &[u8]) {
        self.hash.update(raw);
        self.coding.decode(raw, &mut self.rest);
    }

    /// The fingerprint is of the file's own bytes; what was decoded had its turn before.
    fn hash_text(&mut self, bytes: &[u8]) {
        if !self.coding.is_decoded {
            self.hash.update(bytes);
        }
    }

    /// Says in which encoding and which letters the file is read, where it does not say so itself; says
    /// whether it can be read.
    fn say_coding(&self, whole: &Place, out: &mut Diagnostics) -> bool {
        if let Some((alphabet, word)) = &self.coding.mixed {
            out.mixed_letters(whole.clone(), *alphabet, word);
            return false;
        }
        if let Some(encoding) = self.coding.assumed {
            out.read_as_encoding(whole.clone(), encoding);
        }
        if let Some(alphabet) = self.coding.legacy {
            let text = String::from_utf8_lossy(&self.rest);
            let separator = char::from(delimiter(text.lines().next().unwrap_or_default().as_bytes()));
            out.read_as_letters(whole.clone(), alphabet, legacy::example(alphabet, &text, separator));
        }
        true
    }

    /// Takes out the rows above the header, where it is found among the first rows.
    fn pass_titles(&mut self, is_header: &dyn Fn(&[String]) -> bool) {
        const ROWS: u64 = 40;
        let (mut start, mut row) = (0, 0);
        while row < ROWS {
            let end = row_ends(&self.rest[start..], b",;\t", true).0;
            let line = &self.rest[start..end.map_or(self.rest.len(), |end| start + end)];
            let Ok(text) = std::str::from_utf8(line) else { return };
            let delimiter = delimiter(line);
            let composed = composed(text, self.coding.legacy, delimiter);
            if is_header(&cells(composed.as_deref().unwrap_or(text).as_bytes(), delimiter)) {
                let titles: Vec<u8> = self.rest.drain(..start).collect();
                self.hash_text(&titles);
                self.next_row += row;
                return;
            }
            let Some(end) = end else { return };
            (start, row) = (start + end, row + 1);
        }
    }

    /// Takes the first row out, with its line end.
    fn header_line(&mut self) -> io::Result<Vec<u8>> {
        loop {
            let (end, _) = row_ends(&self.rest, b",;\t", true);
            match end {
                Some(end) => return Ok(self.rest.drain(..end).collect()),
                None if self.read_more(PART)? => {}
                None => return Ok(std::mem::take(&mut self.rest)),
            }
        }
    }

    /// The next whole rows, about [`PART`] bytes of them.
    fn next_part(&mut self) -> io::Result<Option<Rows>> {
        loop {
            let more = self.read_more(PART.saturating_sub(self.rest.len()).max(self.rest.len()))?;
            if self.rest.is_empty() {
                return Ok(None);
            }
            let (end, quoted) = row_ends(&self.rest, &[self.delimiter], false);
            let end = match end {
                Some(end) if more => end,
                None if more => continue,
                _ => self.rest.len(),
            };
            let behind = self.rest.split_off(end);
            let bytes = std::mem::replace(&mut self.rest, behind);
            let rows = memchr_iter(b'\n', &bytes).count() as u64 - quoted;
            let part = Rows {
                table: self.table.clone(),
                delimiter: self.delimiter,
                bytes,
                first_row: self.next_row,
                is_decoded: self.coding.is_decoded,
                legacy: self.coding.legacy,
            };
            self.next_row += rows;
            return Ok(Some(part));
        }
    }
}

impl Rows {
    /// Gives every row that is not blank.
    pub fn for_each(&self, out: &mut Diagnostics, give: impl FnMut(Row<'_>)) {
        let place = |at: usize| {
            let row = self.first_row + memchr_iter(b'\n', &self.bytes[..at]).count() as u64;
            self.table.place(row, None)
        };
        let text = match std::str::from_utf8(&self.bytes) {
            Ok(text) => text,
            Err(error) => return out.not_utf8(place(error.valid_up_to())),
        };
        if self.is_decoded
            && let Some(at) = text.find(char::REPLACEMENT_CHARACTER)
        {
            return out.undecodable(place(at));
        }
        match composed(text, self.legacy, self.delimiter) {
            None => self.for_each_composed(out, give),
            Some(text) => {
                let rows = Rows { table: self.table.clone(), bytes: text.into_bytes(), ..*self };
                rows.for_each_composed(out, give);
            }
        }
    }

    fn for_each_composed(&self, out: &mut Diagnostics, mut give: impl FnMut(Row<'_>)) {
        let place = |row: u64| self.table.place(row, None);
        let is_line_end = |at: usize| self.bytes.get(at + 1) == Some(&b'\n');
        if memchr(b'"', &self.bytes).is_none() && memchr_iter(b'\r', &self.bytes).all(is_line_end) {
            return self.for_each_plain(give);
        }
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(&self.bytes[..]);
        let (mut record, mut cells) = (ByteRecord::new(), Vec::new());
        let (mut seen, mut lines, mut quoted) = (0, 0, 0);
        // Reading bytes from memory, with any number of cells in a row, cannot fail.
        while let Ok(true) = reader.read_byte_record(&mut record) {
            cells.clear();
            cells.extend(
                (0..record.len()).filter_map(|at| record.range(at)).map(|range| (range.start, range.end)),
            );
            // A record's position may lie before line ends of the rows above it.
            let mut start = record.position().map_or(seen, |position| position.byte() as usize);
            start += self.bytes[start..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
            lines += memchr_iter(b'\n', &self.bytes[seen..start]).count() as u64;
            seen = start;
            let number = self.first_row + lines - quoted;
            give(Row { number, bytes: record.as_slice(), cells: &cells, kinds: &[] });
            quoted += memchr_iter(b'\n', record.as_slice()).count() as u64;
        }
        if let Some(open) = open_quote(&self.bytes, self.delimiter) {
            let before = memchr_iter(b'\n', &self.bytes[..open]).count() as u64;
            out.open_quotes(place(self.first_row + before));
        }
    }

    /// [`Rows::for_each`] where nothing is quoted, so that only separators and line ends mean
    /// anything: most files, and several times as fast as the general reader.
    fn for_each_plain(&self, mut give: impl FnMut(Row<'_>)) {
        let bytes = &self.bytes[..];
        let (mut cells, mut start, mut number, mut line) = (Vec::new(), 0, self.first_row, 0);
        let mut end_row =
            |cells: &mut Vec<(usize, usize)>, number: u64, line: usize, start: usize, end: usize| {
                let end = if start < end && bytes[end - 1] == b'\r' { end - 1 } else { end };
                cells.push((start, end));
                if line < end {
                    give(Row { number, bytes, cells, kinds: &[] });
                }
                cells.clear();
            };
        // Cells are short: looking at each byte is faster than starting a search for each cell.
        for (at, &sign) in bytes.iter().enumerate() {
            if sign == self.delimiter {
                cells.push((start, at));
                start = at + 1;
            } else if sign == b'\n' {
                end_row(&mut cells, number, line, start, at);
                (start, line, number) = (at + 1, at + 1, number + 1);
            }
        }
        end_row(&mut cells, number, line, start, bytes.len());
    }
}

const BOM: &[u8] = "\u{feff}".as_bytes();

/// The end of the first or the last whole row, and how many line ends stand in quotes before it.
fn row_ends(bytes: &[u8], delimiters: &[u8], first: bool) -> (Option<usize>, u64) {
    if !first && !bytes.contains(&b'"') {
        return (memrchr(b'\n', bytes).map(|at| at + 1), 0);
    }
    let (mut end, mut quoted, mut quoted_at_end, mut inside, mut skip) = (None, 0, 0, false, None);
    for at in memchr2_iter(b'"', b'\n', bytes) {
        match bytes[at] {
            b'"' if skip == Some(at) => {}
            b'"' if inside && bytes.get(at + 1) == Some(&b'"') => skip = Some(at + 1),
            b'"' if inside => inside = false,
            b'"' => {
                inside = at == 0 || delimiters.contains(&bytes[at - 1]) || b"\r\n".contains(&bytes[at - 1])
            }
            _ if inside => quoted += 1,
            _ => {
                (end, quoted_at_end) = (Some(at + 1), quoted);
                if first {
                    break;
                }
            }
        }
    }
    (end, quoted_at_end)
}

/// Where a quote is opened that is never closed.
fn open_quote(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let (mut open, mut skip) = (None, None);
    for at in memchr_iter(b'"', bytes) {
        match open {
            _ if skip == Some(at) => {}
            Some(_) if bytes.get(at + 1) == Some(&b'"') => skip = Some(at + 1),
            Some(_) => open = None,
            None if at == 0 || [delimiter, b'\n', b'\r'].contains(&bytes[at - 1]) => open = Some(at),
            None => {}
        }
    }
    open
}

/// The cells of a row, trimmed.
fn cells(line: &[u8], delimiter: u8) -> Vec<String> {
    let mut record = ByteRecord::new();
    let mut reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line);
    // Reading bytes from memory, with any number of cells in a row, cannot fail.
    let _ = reader.read_byte_record(&mut record);
    record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
}

/// The separator that stands most often in the header.
fn delimiter(line: &[u8]) -> u8 {
    let count = |separator: u8| memchr_iter(separator, line).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// What a file is that is plainly no text.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let magics: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "Excel (xlsx) / zip"),
        (b"\xD0\xCF\x11\xE0", "Excel (xls)"),
        (b"%PDF", "PDF"),
        (b"\x1F\x8B", "gzip"),
        (b"\x89PNG", "PNG"),
    ];
    magics.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_outside_of_quotes() {
        let text = b"a,\"b\nc\"\nd,e\"f\ng,\"h\n";
        let (end, quoted) = row_ends(text, b",", false);
        assert_eq!((end, quoted), (Some(14), 1));
        assert_eq!(row_ends(text, b",", true), (Some(8), 1));
        assert_eq!(open_quote(text, b','), Some(16));
        assert_eq!(open_quote(b"a,\"b \"\"c\"\" d\"\n", b','), None);
    }

    #[test]
    fn the_separator_is_the_one_that_the_header_uses() {
        assert_eq!(delimiter(b"unit,criterion,value\n"), b',');
        assert_eq!(delimiter("đơn vị;tiêu chí;giá trị\r\n".as_bytes()), b';');
        assert_eq!(delimiter(b"unit\tname, full\tvalue\n"), b'\t');
        assert_eq!(delimiter(b"unit\n"), b',');
    }
}
