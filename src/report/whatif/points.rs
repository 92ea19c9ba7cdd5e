//! The criteria in which a changed unit comes out otherwise.

use super::WhatIfView;
use crate::report::json::number;
use crate::report::{Cell, Column, ColumnKind, Section, Table};
use crate::scenario::Scenario;
use crate::scored::{Scored, Touched, WhatIf};
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What points stand for.
#[derive(Clone, Copy)]
enum Of {
    Node(usize),
    Bonus,
    Deductions,
}

/// Points before and after; none where a criterion does not apply.
struct Difference {
    unit: usize,
    of: Of,
    points: [Option<Decimal>; 2],
}

/// The criteria of more units are only in JSON.
const UNITS: usize = 10;

impl WhatIfView<'_> {
    /// A table for each tier in which a scenario changes the data of few units.
    pub(super) fn points<'a>(&'a self, (scenario, after): &'a (Scenario, WhatIf)) -> Vec<Section<'a>> {
        let mut sections = Vec::new();
        for (tier, touched) in after.touched.iter().enumerate() {
            let Touched::Units(units) = touched else { continue };
            let units: Vec<usize> = units
                .iter()
                .copied()
                .filter(|unit| self.unit.is_none_or(|only| only == (tier, *unit)))
                .collect();
            if UNITS < units.len() {
                continue;
            }
            let found: Vec<Difference> =
                units.iter().flat_map(|unit| self.differences(tier, *unit, after)).collect();
            if !found.is_empty() {
                sections.push(self.points_table(tier, found, scenario, after));
            }
        }
        sections
    }

    fn points_table<'a>(
        &'a self,
        tier: usize,
        found: Vec<Difference>,
        scenario: &Scenario,
        after: &'a WhatIf,
    ) -> Section<'a> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = vec![
            column("unit", text!("Mã", "Id"), ColumnKind::Machine),
            column("name", text!("Đơn vị", "Unit"), ColumnKind::Text),
            column("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
            column("criterion_name", text!("Tên", "Name"), ColumnKind::Text),
            column("points", text!("Điểm", "Points"), ColumnKind::Number),
            column("points_after", text!("Sau", "After"), ColumnKind::Number),
            column("points_change", text!("Tăng, giảm", "Change"), ColumnKind::Number),
        ];
        let set = &after.scored.loaded.tiers[tier].set;
        let len = found.len();
        let row = move |at: usize| {
            let Difference { unit, of, points } = &found[at];
            let unit = &self.base.loaded.tiers[tier].data.units[*unit];
            let (id, name) = match of {
                Of::Node(node) => (Cell::text(&set.nodes[*node].id), Cell::text(&set.nodes[*node].name)),
                Of::Bonus => (Cell::Missing, Cell::Words(text!("Điểm thưởng", "Bonus"))),
                Of::Deductions => (Cell::Missing, Cell::Words(text!("Điểm trừ", "Deductions"))),
            };
            let cell = |points: Option<Decimal>| match points {
                Some(points) => Cell::Number(points, set.points_rounding),
                None => Cell::Text("N/A".into()),
            };
            let by = points[1].unwrap_or_default() - points[0].unwrap_or_default();
            vec![
                Cell::text(&unit.id),
                Cell::text(unit.label()),
                id,
                name,
                cell(points[0]),
                cell(points[1]),
                Cell::Change(by, set.points_rounding),
            ]
        };
        let id = &scenario.id;
        Section {
            heading: Some(text!("{id}: điểm thay đổi", "{id}: points that change")),
            keys: vec![("table", "points".to_owned()), ("scenario", scenario.id.clone())],
            table: Some(Table { columns, len, row: Box::new(row) }),
            notes: Vec::new(),
            ..Section::default()
        }
    }

    /// The criteria of a unit whose points differ.
    fn differences(&self, tier: usize, unit: usize, after: &WhatIf) -> Vec<Difference> {
        let set = &self.base.loaded.tiers[tier].set;
        let points = |scored: &Scored, node: usize| {
            let score = scored.tiers[tier].0.nodes.get(unit, node)?;
            (!score.not_applicable).then(|| score.points.exact())
        };
        let one = |node: usize| {
            let points = [points(self.base, node), points(&after.scored, node)];
            (points[0] != points[1]).then_some(Difference { unit, of: Of::Node(node), points })
        };
        let scores = [self.base, &after.scored].map(|scored| &scored.tiers[tier].0.units[unit]);
        let others = [
            (Of::Bonus, scores.map(|score| Some(score.bonus.exact()))),
            (Of::Deductions, scores.map(|score| Some(-score.deductions.exact()))),
        ];
        let others = others.into_iter().filter(|(_, points)| points[0] != points[1]);
        let others = others.map(|(of, points)| Difference { unit, of, points });
        let leaves = (0..set.nodes.len()).filter(|node| set.nodes[*node].leaf.is_some());
        leaves.filter_map(one).chain(others).collect()
    }

    pub(super) fn json_points(&self, tier: usize, unit: usize, after: &WhatIf) -> Vec<Value> {
        let set = &self.base.loaded.tiers[tier].set;
        let one = |difference: Difference| {
            let Of::Node(node) = difference.of else { return None };
            let [before, after] = difference.points.map(|points| points.map_or(Value::Null, number));
            Some(json!({ "id": set.nodes[node].id, "before": before, "after": after }))
        };
        self.differences(tier, unit, after).into_iter().filter_map(one).collect()
    }
}
