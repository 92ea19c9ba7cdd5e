//! The rows of a table, whatever it was read from.

use super::choose::Use;
use crate::diagnostic::Diagnostics;
use crate::load::csv;
use crate::load::workbook::{Block, Cell, Fault, Kind, Merged, Notes, Workbook};
use crate::source::{CellKind, Fingerprint, Row, Table};
use crate::text::folded;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

/// Some whole rows of a table.
pub enum Rows<'a> {
    /// Of a CSV file.
    Csv(&'a csv::Rows),
    /// Of a sheet.
    Sheet(&'a Part),
}

/// Some whole rows of a sheet.
pub struct Part {
    table: Arc<Table>,
    uses: Arc<[Use]>,
    block: Block,
    /// What is known at the end of the sheet.
    end: Option<End>,
}

/// What is known at the end of a sheet, or why it could not be read to the end.
struct End {
    notes: Notes,
    hidden_rows: Vec<u64>,
    fault: Option<Fault>,
}

/// More text than any honest sheet has. Cells may share their texts, so that a short file can ask for more.
const MOST: usize = 1 << 33;

/// A sheet whose header has been read.
pub(super) struct SheetReader {
    pub workbook: Workbook,
    pub sheet: usize,
    pub table: Arc<Table>,
    pub uses: Vec<Use>,
    pub print: Fingerprint,
}

impl SheetReader {
    /// Reads all rows: one core unpacks them, another makes something of them.
    pub fn read<T>(
        mut self,
        read: impl Fn(&Rows<'_>) -> T + Sync,
        mut take: impl FnMut(T) + Send,
    ) -> Fingerprint {
        let uses: Arc<[Use]> = self.uses.into();
        let part = |block: Block, end: Option<End>| Part {
            table: self.table.clone(),
            uses: uses.clone(),
            block,
            end,
        };
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel::<Part>(2);
            let read = &read;
            scope.spawn(move || receive.iter().for_each(|part| take(read(&Rows::Sheet(&part)))));
            let (mut hidden_rows, header_row, mut taken) = (Vec::new(), self.table.header_row, 0);
            let notes = self.workbook.rows(self.sheet, |rows| {
                let mut block = Block::default();
                while rows.next_row(&mut block)? {
                    let Some(row) = block.rows.last().copied() else { continue };
                    if row.number <= header_row {
                        block = Block::default();
                        continue;
                    }
                    hidden_rows.extend(Some(row.number).filter(|_| row.is_hidden));
                    // Whoever reads the parts is there as long as they come.
                    if block.is_full() {
                        taken += block.bytes.len();
                        if MOST < taken {
                            return Err(Fault::Bomb("sheet".to_owned()));
                        }
                        let _ = send.send(part(std::mem::take(&mut block), None));
                    }
                }
                let _ = send.send(part(block, None));
                Ok(rows.notes())
            });
            let (notes, fault) = match notes {
                Ok(notes) => (notes, None),
                Err(fault) => (Notes::default(), Some(fault)),
            };
            let _ = send.send(part(Block::default(), Some(End { notes, hidden_rows, fault })));
        });
        self.print
    }
}

impl Rows<'_> {
    /// Gives every row that is not blank.
    pub fn for_each(&self, out: &mut Diagnostics, give: impl FnMut(Row<'_>)) {
        match self {
            Rows::Csv(rows) => rows.for_each(out, give),
            Rows::Sheet(part) => part.for_each(out, give),
        }
    }
}

impl Part {
    fn for_each(&self, out: &mut Diagnostics, mut give: impl FnMut(Row<'_>)) {
        let width = self.uses.len();
        let (mut bytes, mut cells, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        let mut stray: Option<(u64, u32, usize)> = None;
        for (at, head) in self.block.rows.iter().enumerate() {
            let row = self.block.cells(at);
            if self.is_passed_over(head.number, row, out) {
                continue;
            }
            bytes.clear();
            cells.clear();
            cells.resize(width, (0, 0));
            kinds.clear();
            kinds.resize(width, CellKind::Text);
            for cell in row {
                let column = cell.column as usize;
                if width <= column {
                    if !self.block.text(cell).trim_ascii().is_empty() {
                        stray.get_or_insert((head.number, cell.column, 0)).2 += 1;
                    }
                    continue;
                }
                let start = bytes.len();
                kinds[column] = self.write(head.number, cell, &mut bytes, out);
                cells[column] = (start, bytes.len());
            }
            give(Row { number: head.number, bytes: &bytes, cells: &cells, kinds: &kinds });
        }
        if let Some((row, column, count)) = stray {
            out.cells_without_header(
                self.table.place(row, None),
                &crate::source::letters(column as usize),
                count,
            );
        }
        if let Some(end) = &self.end {
            self.report_end(end, out);
        }
    }

    /// Writes the text of a cell; reports one that cannot be used.
    fn write(&self, row: u64, cell: &Cell, bytes: &mut Vec<u8>, out: &mut Diagnostics) -> CellKind {
        let (column, text) = (cell.column as usize, self.block.text(cell));
        let used = self.uses[column];
        match cell.kind {
            Kind::Number(shown) if used == Use::Names && !shown.is_general() => {
                bytes.extend_from_slice(shown.pad(&String::from_utf8_lossy(text)).as_bytes());
                return CellKind::Text;
            }
            Kind::Number(_) | Kind::Percent => {
                bytes.extend_from_slice(text);
                return CellKind::Number;
            }
            Kind::Text => bytes.extend_from_slice(text),
            Kind::Error | Kind::Uncomputed if used == Use::None => {}
            Kind::Error => {
                out.error_cell(self.table.place(row, Some(column)), &String::from_utf8_lossy(text));
                return CellKind::Refused;
            }
            Kind::Uncomputed => {
                out.uncomputed_cell(self.table.place(row, Some(column)));
                return CellKind::Refused;
            }
        }
        CellKind::Text
    }

    /// Whether a row is none of the table's: the header again, a total. Both are said.
    fn is_passed_over(&self, number: u64, row: &[Cell], out: &mut Diagnostics) -> bool {
        let text = |cell: &Cell| self.block.text(cell).trim_ascii();
        let Some(first) = row.iter().find(|cell| !text(cell).is_empty()) else { return true };
        let key = self.uses.iter().position(|used| *used == Use::Names);
        // "Trung bình" may be an answer in a row of its own unit.
        let is_at_key = |cell: &Cell| key.is_none_or(|key| cell.column as usize == key);
        let names_nothing = !row.iter().any(|cell| is_at_key(cell) && !text(cell).is_empty());
        if first.kind == Kind::Text && (is_at_key(first) || names_nothing) && self.is_total(text(first)) {
            out.total_row(self.table.place(number, None), &String::from_utf8_lossy(text(first)));
            return true;
        }
        let Some(key) = key else { return false };
        let is_header = |cell: &&Cell| text(cell) == self.table.header[cell.column as usize].as_bytes();
        if !row.iter().any(|cell| cell.column as usize == key && is_header(&cell)) {
            return false;
        }
        let repeats = row
            .iter()
            .filter(|cell| (cell.column as usize) < self.uses.len())
            .all(|cell| is_header(&cell) || text(cell).is_empty() || matches!(cell.kind, Kind::Number(_)));
        let (first, again) = (self.table.header_place(None), self.table.place(number, None));
        if repeats {
            out.repeated_header(again, first);
        } else {
            out.second_header(again, first);
        }
        true
    }

    /// Whether a row that begins so adds up the others.
    fn is_total(&self, text: &[u8]) -> bool {
        const WORDS: [&str; 9] =
            ["tổng", "tổng cộng", "tổng số", "cộng", "trung bình", "bình quân", "total", "sum", "average"];
        const LONGEST: usize = 24;
        let may_be = text.len() <= LONGEST && text.first().is_some_and(|first| b"tcbsaTCBSA".contains(first));
        may_be && {
            let key = folded(String::from_utf8_lossy(text).trim_end_matches([':', '.']));
            WORDS.iter().any(|word| folded(word) == key)
        }
    }

    fn report_end(&self, end: &End, out: &mut Diagnostics) {
        if let Some(fault) = &end.fault {
            super::report(fault, self.table.whole(), out);
            return;
        }
        if let Some(first) = end.hidden_rows.first() {
            out.hidden_rows(self.table.place(*first, None), end.hidden_rows.len());
        }
        let is_read = |column: u32| self.uses.get(column as usize).is_some_and(|used| *used != Use::None);
        let hidden = end
            .notes
            .hidden_columns
            .iter()
            .flat_map(|&(first, last)| first..=last.min(self.uses.len() as u32));
        let hidden: Vec<u32> = hidden.filter(|column| is_read(*column)).collect();
        if let Some(first) = hidden.first() {
            let names: Vec<&str> =
                hidden.iter().map(|column| self.table.header[*column as usize].as_str()).collect();
            out.hidden_columns(self.table.place(self.table.header_row, Some(*first as usize)), &names);
        }
        let is_in_data = |merged: &&Merged| {
            let is_below = self.table.header_row < merged.from.0;
            let is_tall = merged.from.0 < merged.to.0;
            let key = self.uses.iter().position(|used| *used == Use::Names).unwrap_or(0) as u32;
            is_below
                && (is_tall || key < merged.from.1)
                && (merged.from.1..=merged.to.1.min(self.uses.len() as u32)).any(is_read)
        };
        let merged: Vec<&Merged> = end.notes.merged.iter().filter(is_in_data).collect();
        if let Some(first) = merged.first() {
            let letter = |column: u32| crate::source::letters(column as usize);
            let (from, to) = (first.from, first.to);
            let range = format!("{}{}:{}{}", letter(from.1), from.0, letter(to.1), to.0);
            out.merged_cells(self.table.place(from.0, None), &range, merged.len());
        }
        let formulas = end.notes.formulas.iter().filter(|(column, row)| {
            end.notes.is_uncomputed && is_read(**column) && self.table.header_row < **row
        });
        if let Some((column, row)) = formulas.min_by_key(|(_, row)| **row) {
            out.uncomputed_formulas(self.table.place(*row, Some(*column as usize)));
        }
    }
}
