//! The results of one tier: a table of units by inputs, in one flat run of cells.

use super::{Cells, Stage, Unit, Value};
use crate::source::{Place, Table};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// The results of one tier.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// The units, in the order of units.csv or of their first row.
    pub units: Vec<Unit>,
    /// How many inputs a unit has: the columns of the criteria set.
    pub width: usize,
    /// Cells, unit by unit.
    pub cells: Cells,
    /// What was given at each stage, in the order of work; none where the files name no stages.
    pub stages: Vec<(Stage, Cells)>,
    /// Remarks on a unit's column, each with its stage; the reason of an N/A stands here.
    pub notes: HashMap<(usize, usize), Vec<(Stage, String)>>,
    /// Points that a scenario supposes, by unit and leaf, whatever the results say.
    pub supposed: HashMap<(usize, usize), Decimal>,
    /// Points that units gave themselves beside their figures.
    pub own_points: Vec<OwnPoints>,
    /// How many of its units handed in a sheet, where sheets were gathered.
    pub handed_in: Option<HandedIn>,
    /// Where the values came from, if that was asked for.
    pub places: Places,
}

/// Points that a unit gave itself for a criterion; nothing is computed from them.
#[derive(Clone, Debug)]
pub struct OwnPoints {
    /// The unit, by its place.
    pub unit: usize,
    /// The leaf.
    pub leaf: usize,
    /// The points.
    pub points: Decimal,
    /// The cell.
    pub place: Place,
}

/// How many units handed in a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedIn {
    /// So many did.
    pub units: usize,
    /// Of so many.
    pub of: usize,
    /// The places of those that did not.
    pub without: HashSet<usize>,
}

/// Where each value came from.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The tables, in the order of reading.
    pub tables: Vec<Arc<Table>>,
    /// Table and row of each cell, row 0 for none; empty if places are not kept.
    pub rows: Vec<(u16, u32)>,
    /// The headers of the columns in each table, by input; empty where a table has none.
    pub headers: Vec<Vec<String>>,
    /// The cells that are percentages by the format of their cell in a workbook.
    pub by_format: HashSet<usize>,
    /// Whether each table has one row a unit.
    pub wide: Vec<bool>,
    /// The table and row that first names each unit; row 0 for none.
    pub units: Vec<(u16, u32)>,
}

impl Dataset {
    /// The value of a unit's input.
    pub fn value(&self, unit: usize, column: usize) -> Value {
        self.cells.value(unit * self.width + column)
    }

    /// The last remark on a unit's column.
    pub fn note(&self, unit: usize, column: usize) -> Option<&str> {
        let notes = self.notes.get(&(unit, column))?;
        notes.iter().max_by_key(|(stage, _)| *stage).map(|(_, note)| note.as_str())
    }

    /// The remark on a unit's column at a stage.
    pub fn note_at(&self, unit: usize, column: usize, stage: Stage) -> Option<&str> {
        let notes = self.notes.get(&(unit, column))?;
        notes.iter().find(|(at, _)| *at == stage).map(|(_, note)| note.as_str())
    }

    /// Whether nothing at all was given for a unit.
    pub fn is_blank(&self, unit: usize) -> bool {
        (unit * self.width..(unit + 1) * self.width).all(|at| self.cells.is_missing(at))
    }

    /// The place of a unit's input: its cell; else the row of another input of the same criterion,
    /// which are the columns `beside` it; else the unit's row; else the file.
    pub fn place(&self, unit: usize, column: usize, beside: Range<usize>) -> Option<Place> {
        let given = |column: usize| {
            let (file, row) = *self.places.rows.get(unit * self.width + column)?;
            (row > 0).then_some((file, row))
        };
        let near = given(column).or_else(|| beside.into_iter().find_map(given));
        match near
            .or_else(|| self.places.units.get(unit).copied().filter(|(file, _)| self.places.is_wide(*file)))
        {
            Some((file, row)) if row > 0 => self.places.cell(file, row, column),
            _ => self.unit_place(unit),
        }
    }

    /// Whether the results give a unit's input; known only where places are kept.
    pub fn is_given(&self, unit: usize, column: usize) -> bool {
        self.places.rows.get(unit * self.width + column).is_some_and(|(_, row)| 0 < *row)
    }

    /// Whether a value is a percentage by the format of its cell; known only where places are kept.
    pub fn is_by_format(&self, unit: usize, column: usize) -> bool {
        self.places.by_format.contains(&(unit * self.width + column))
    }

    /// The row that first names a unit, else the file.
    pub fn unit_place(&self, unit: usize) -> Option<Place> {
        match self.places.units.get(unit) {
            Some(&(table, row)) if row > 0 => {
                Some(self.places.tables[usize::from(table)].place(row.into(), None))
            }
            _ => self.places.tables.first().map(|table| table.whole()),
        }
    }
}

impl Places {
    fn cell(&self, file: u16, row: u32, column: usize) -> Option<Place> {
        let table = self.tables.get(usize::from(file))?.clone();
        let header = self.headers[usize::from(file)].get(column).filter(|header| !header.is_empty()).cloned();
        Some(Place::Row { table, row: row.into(), header })
    }

    /// Whether no file has a column for an input, though each has one row a unit.
    pub fn lack(&self, column: usize) -> bool {
        let has = |headers: &Vec<String>| headers.get(column).is_some_and(|header| !header.is_empty());
        !self.wide.is_empty() && self.wide.iter().all(|wide| *wide) && !self.headers.iter().any(has)
    }

    /// The header row of the first table.
    pub fn header_row(&self) -> Place {
        self.tables.first().cloned().unwrap_or_else(|| Table::of_file("")).header_place(None)
    }

    fn is_wide(&self, file: u16) -> bool {
        self.wide.get(usize::from(file)).copied().unwrap_or(false)
    }
}
