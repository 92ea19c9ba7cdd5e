//! Which inputs decide the ranks.

use super::{Decides, Varied, percent};
use crate::report::{Cell, Column, ColumnKind, Section, Table};
use crate::robustness::sobol::Effect;
use crate::text;

impl Varied<'_> {
    /// Effects of the inputs, the largest total effect first.
    pub(super) fn deciding_table(&self) -> Option<Section<'_>> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = vec![
            column("input", text!("Đầu vào", "Input"), ColumnKind::Text),
            column("first_order", text!("Riêng nó %", "Alone %"), ColumnKind::Number),
            column("total", text!("Cùng các đầu vào khác %", "With others %"), ColumnKind::Number),
            column("total_low", text!("Cận dưới", "Low"), ColumnKind::Extra),
            column("total_high", text!("Cận trên", "High"), ColumnKind::Extra),
        ];
        let mut order: Vec<usize> = (0..self.deciding.len()).collect();
        order.sort_by(|a, b| self.deciding[*b].effect.total.total_cmp(&self.deciding[*a].effect.total));
        let row = move |at: usize| {
            let Decides { input, effect: Effect { first, total }, total: interval, .. } =
                &self.deciding[order[at]];
            let cell =
                |share: f64| percent(share).map_or(Cell::Missing, |share| Cell::Number(share, super::TENTHS));
            vec![
                Cell::Words(input.clone()),
                cell(*first),
                cell(*total),
                cell(interval.low),
                cell(interval.high),
            ]
        };
        (!self.deciding.is_empty()).then(|| Section {
            heading: Some(text!(
                "Đầu vào nào quyết định hạng (chỉ số Sobol)",
                "Which inputs decide the ranks (Sobol's indices)"
            )),
            keys: vec![("table", "deciding".to_owned())],
            table: Some(Table { columns, len: self.deciding.len(), row: Box::new(row) }),
            notes: vec![text!(
                "tỷ lệ phương sai của số bậc dịch chuyển trung bình; khoảng 95 % theo bootstrap",
                "shares of the variance of the mean shift of ranks; 95 % intervals by bootstrap"
            )],
            ..Section::default()
        })
    }
}
