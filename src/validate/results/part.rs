//! What was read from one part of a results file.

use crate::diagnostic::Diagnostics;
use crate::model::{Cells, Stage};
use std::collections::HashMap;

/// What was read from one part of a results file; units are numbered within the part.
#[derive(Debug, Default)]
pub struct Part {
    pub(super) units: Vec<PartUnit>,
    by_id: HashMap<Box<[u8]>, u32>,
    last_unit: u32,
    pub(super) last_leaf: usize,
    /// For each value: its unit and its column.
    pub(super) at: Vec<(u32, u32)>,
    pub(super) cells: Cells,
    /// The row of each value, if places are kept.
    pub(super) rows: Vec<u32>,
    /// The values that are percentages by the format of their cells, by their place in `cells`.
    pub(super) by_format: Vec<usize>,
    pub(super) notes: Vec<(u32, usize, Stage, String)>,
    /// Where a decimal comma, and a decimal point, first stood: row and file column.
    pub(super) marks: [Option<(u64, usize)>; 2],
    /// The first row of each stage that the round does not have.
    pub(super) strays: Vec<(Stage, u64)>,
    pub(super) out: Diagnostics,
}

/// A unit as a results file names it.
#[derive(Debug)]
pub(super) struct PartUnit {
    pub id: String,
    pub name: String,
    pub tier: String,
    pub block: String,
    pub row: u64,
}

impl Part {
    /// The number of a unit; `about` gives its name, tier and block when it is new.
    pub(super) fn unit<'c>(&mut self, id: &[u8], row: u64, about: impl FnOnce() -> [&'c [u8]; 3]) -> u32 {
        if self.units.get(self.last_unit as usize).is_some_and(|unit| unit.id.as_bytes() == id) {
            return self.last_unit;
        }
        self.last_unit = match self.by_id.get(id) {
            Some(&unit) => unit,
            None => {
                let unit = self.units.len() as u32;
                self.by_id.insert(id.into(), unit);
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
                let [name, tier, block] = about().map(text);
                self.units.push(PartUnit { id: text(id), name, tier, block, row });
                unit
            }
        };
        self.last_unit
    }

    /// The id of a unit.
    pub(super) fn unit_id(&self, unit: u32) -> &str {
        &self.units[unit as usize].id
    }

    /// Says whose the cell is that was added last.
    #[inline]
    pub(super) fn place(&mut self, unit: u32, column: usize, row: u64, keep_place: bool) {
        self.at.push((unit, column as u32));
        if keep_place {
            self.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }

    /// Remembers that the value that was added last is a percentage by the format of its cell.
    pub(super) fn read_by_format(&mut self) {
        self.by_format.push(self.at.len() - 1);
    }

    /// Adds a remark, if there is one.
    pub(super) fn note(&mut self, unit: u32, column: usize, stage: Stage, text: &[u8]) {
        let text = String::from_utf8_lossy(text);
        if !text.trim().is_empty() {
            self.notes.push((unit, column, stage, text.trim().to_owned()));
        }
    }

    /// Remembers where a decimal comma or point first stood.
    pub(super) fn see_mark(&mut self, comma: bool, row: u64, column: usize) {
        self.marks[usize::from(!comma)].get_or_insert((row, column));
    }
}
