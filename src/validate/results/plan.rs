//! What the columns of one results file are, from its header.

use super::Options;
use super::cell::CellReader;
use super::layout::{Holds, Layout, Long, wide_columns};
use super::part::Part;
use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::rule::Input;
use crate::source::{Place, Row, Table};
use crate::validate::header::{self, RESULTS};
use std::sync::Arc;

/// What the columns of one results file are.
#[derive(Debug)]
pub struct Plan<'a> {
    pub(super) set: &'a CriteriaSet,
    pub(super) options: Options,
    pub(super) table: Arc<Table>,
    pub(super) layout: Layout,
    pub(super) readers: Vec<CellReader>,
    /// The columns that are read.
    read: Vec<usize>,
    pub(super) unit: usize,
    pub(super) name: Option<usize>,
    pub(super) tier: Option<usize>,
    pub(super) block: Option<usize>,
    pub(super) stage: Option<usize>,
}

impl<'a> Plan<'a> {
    /// Reads a header; reports columns that are unknown, double or lacking.
    pub fn new(
        table: Arc<Table>,
        set: &'a CriteriaSet,
        options: Options,
        out: &mut Diagnostics,
    ) -> Option<Plan<'a>> {
        let header = &table.header;
        let known: Vec<Option<&str>> = header.iter().map(|name| RESULTS.known(name)).collect();
        let is_long = known.contains(&Some("criterion"));
        let readers = set.columns.iter().map(|column| CellReader::new(&column.input)).collect();
        let find = |name: &str| known.iter().position(|column| *column == Some(name));
        let place = |name: &str| table.header_place(Some(name).filter(|name| !name.is_empty()));
        let before = out.errors();
        let Some(unit) = find("unit").or_else(|| find("name")) else {
            out.no_unit_column(table.header_place(None), header);
            return None;
        };
        let layout = if is_long {
            let columns = header::find(header, &RESULTS, &["unit", "criterion"], place, out)?;
            Layout::Long(Long::new(&columns, set))
        } else {
            Layout::Wide(wide_columns(header, set, place, out))
        };
        let is_read = |at: &usize| !header::is_ignored(&header[*at]);
        let read = (0..header.len()).filter(is_read).collect();
        let (name, tier, block, stage) = (find("name"), find("tier"), find("block"), find("stage"));
        (out.errors() == before).then_some(Plan {
            set,
            options,
            table,
            layout,
            readers,
            read,
            unit,
            name,
            tier,
            block,
            stage,
        })
    }

    /// The header in this file under which each of the set's columns stands; empty if under none.
    pub(super) fn headers(&self) -> Vec<String> {
        let mut headers = vec![String::new(); self.set.columns.len()];
        match &self.layout {
            Layout::Long(long) => {
                for columns in &long.columns {
                    for ((at, _), column) in long.inputs.iter().zip(columns) {
                        if let Some(column) = column {
                            headers[*column].clone_from(&self.table.header[*at]);
                        }
                    }
                }
                // A row that names its input gives it in the column of values.
                let value = long.inputs.iter().find(|(_, name)| *name == Input::VALUE);
                if let (Some((at, _)), true) = (value, long.input.is_some()) {
                    let unnamed = headers.iter_mut().filter(|header| header.is_empty());
                    unnamed.for_each(|header| header.clone_from(&self.table.header[*at]));
                }
            }
            Layout::Wide(columns) => {
                for (at, holds) in columns {
                    if let Holds::Input(column) = holds {
                        headers[*column].clone_from(&self.table.header[*at]);
                    }
                }
            }
        }
        headers
    }

    /// Whether nothing stands in the columns that are read: a heading, a remark for people.
    pub(super) fn is_blank(&self, cells: Row<'_>) -> bool {
        self.read.iter().all(|&at| cells.cell(at).trim_ascii().is_empty())
    }

    /// The leaf that a column of the set belongs to.
    pub(super) fn leaf_of(&self, column: usize) -> usize {
        self.set.columns[column].leaf
    }

    /// The columns of the leaf that a column of the set belongs to.
    pub(super) fn columns_beside(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        self.set.leaf_columns(self.leaf_of(column))
    }

    /// What a column of the set is called in messages: `1.2`, `1.2.numerator`.
    pub(super) fn column_name(&self, column: usize) -> String {
        self.set.header(column)
    }

    /// An empty part of the file, to read rows into.
    pub fn part(&self) -> Part {
        Part::default()
    }

    /// Whether each unit has its own row.
    pub(super) fn is_wide(&self) -> bool {
        matches!(self.layout, Layout::Wide(_))
    }

    /// Whether each unit has no more than one row.
    pub(super) fn has_one_row_a_unit(&self) -> bool {
        self.is_wide() && self.stage.is_none()
    }

    /// Whether places of values are kept.
    pub(super) fn keeps_places(&self) -> bool {
        self.options.keep_places
    }

    /// Where a cell of the file stands.
    pub(super) fn place(&self, row: u64, column: Option<usize>) -> Place {
        self.table.place(row, column)
    }
}
