//! The scorecard of a unit: every group and criterion with its points at each stage, then bonus,
//! deductions and total.

use super::ExplanationView;
use crate::engine::{Staged, stages};
use crate::lang::Text;
use crate::report::{Cell, Column, ColumnKind, Section, Table};
use crate::text;
use rust_decimal::Decimal;

/// A scorecard's rows, and which of them sum up others.
#[derive(Default)]
struct Rows {
    cells: Vec<Vec<Cell<'static>>>,
    strong: Vec<usize>,
}

impl ExplanationView<'_> {
    /// The way from the maximum to the total, and the table of all criteria.
    pub fn card<'s>(&self) -> Vec<Section<'s>> {
        let id = &self.tier().data.units[self.unit].id;
        let mut head = Section {
            heading: Some(self.title()),
            anchor: format!("{}/{id}", self.tier().id),
            notes: self.standing_notes(),
            ..Section::default()
        };
        if !self.is_scored() {
            return vec![head];
        }
        head.notes.extend(self.entry_lines());
        let staged = stages(self.set(), &self.tier().data, self.unit);
        let rows = self.card_rows(&staged);
        let table = Table {
            columns: card_columns(&staged),
            len: rows.cells.len(),
            row: Box::new(move |at| rows.cells[at].clone()),
        };
        head.strong = rows.strong;
        head.table = Some(table);
        head.charts = self.charts();
        vec![head]
    }

    fn card_rows(&self, staged: &[Staged]) -> Rows {
        let (set, cents) = (self.set(), self.set().points_rounding);
        let mut rows = Rows::default();
        for (at, node) in set.nodes.iter().enumerate() {
            let score = self.explanation.nodes[at];
            let points = |points: Decimal| match score.not_applicable {
                true => Cell::Text("N/A".into()),
                false => Cell::Number(points, cents),
            };
            let own = |staged: &Staged| {
                let leaf = node.leaf.filter(|&leaf| staged.is_given[leaf])?;
                staged.points[leaf]
            };
            let mut cells = vec![
                Cell::Text(node.id.clone().into()),
                Cell::Text(node.name.clone().into()),
                Cell::Plain(node.max.exact()),
            ];
            cells.extend(
                staged.iter().map(|staged| own(staged).map_or(Cell::Missing, |own| Cell::Number(own, cents))),
            );
            cells.push(points(score.points.exact()));
            cells.push(points((score.max - score.points).exact()));
            cells.push(node.leaf.and_then(|leaf| self.how(leaf)).map_or(Cell::Missing, Cell::Words));
            if node.leaf.is_none() {
                rows.strong.push(rows.cells.len());
            }
            rows.cells.push(cells);
        }
        let score = &self.scored.tiers[self.tier].0.units[self.unit];
        let mut sum = |name: Text, points: Cell<'static>| {
            rows.strong.push(rows.cells.len());
            let mut cells = vec![Cell::Missing, Cell::Words(name), Cell::Missing];
            cells.extend(staged.iter().map(|_| Cell::Missing));
            cells.extend([points, Cell::Missing, Cell::Missing]);
            rows.cells.push(cells);
        };
        if set.has_bonus() {
            sum(text!("Điểm thưởng", "Bonus"), Cell::Number(score.bonus.exact(), cents));
        }
        if set.has_deductions() {
            sum(text!("Điểm trừ", "Deductions"), Cell::Number(-score.deductions.exact(), cents));
        }
        sum(text!("Tổng điểm", "Total"), Cell::Number(score.total.exact(), set.total_rounding));
        rows
    }
}

fn card_columns(staged: &[Staged]) -> Vec<Column> {
    let mut columns = vec![
        Column::new("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
        Column::new("name", text!("Tên", "Name"), ColumnKind::Text),
        Column::new("max", text!("Tối đa", "Max"), ColumnKind::Number),
    ];
    columns.extend(
        staged.iter().map(|staged| Column::new(staged.stage.word(), staged.stage.name(), ColumnKind::Extra)),
    );
    columns.push(Column::new("points", text!("Điểm", "Points"), ColumnKind::Number));
    columns.push(Column::new("lost", text!("Mất", "Lost"), ColumnKind::Number));
    columns.push(Column::new("how", text!("Cách tính", "How"), ColumnKind::Text));
    columns
}
