//! Ranked sheets, as an annex shows them: a sheet a block while there are few, else a sheet a tier.
//! Every figure looks up the sheet of points, by the number of the unit's row there; so the table may
//! be sorted and filtered.

use super::a1::{Area, in_column};
use super::arithmetic::shown as shown_as;
use super::cards::Cards;
use super::charts;
use super::plan::{FIRST as FIRST_UNIT, Plan, named};
use super::{Book, Cell, Digits, Known, Paint, Role, Row, Sheet, Width, fields};
use crate::engine::UnitScore;
use crate::engine::rank::Block;
use crate::lang::Text;
use crate::number::Rounding;
use crate::report::ranking::{heading, limit_reason, missed_ids, status};
use crate::text;
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

/// More blocks than these in a tier share a sheet.
const SHEETS: usize = 12;

/// Rows before the first unit.
pub(super) const HEAD: u32 = 3;
pub(super) const FIRST: u32 = 4;

pub(super) fn add<'a>(plans: &[Arc<Plan<'a>>], cards: Option<&Cards>, book: &mut Book<'a>) {
    let mut tables: Vec<Arc<Table<'a>>> = Vec::new();
    for plan in plans {
        let blocks = plan.blocks.len();
        let size = if SHEETS < blocks { blocks } else { 1 };
        let parts = (0..blocks).step_by(size).map(|first| first..first + size);
        for part in parts.filter(|part| !plan.units_of(part).is_empty()) {
            tables.push(Arc::new(Table::new(plan, part, cards, book)));
        }
    }
    for table in &tables {
        let sheet = table.sheet(book);
        book.sheets.push(sheet);
    }
    charts::add(&tables, book);
    for plan in plans {
        fields::add(plan, book);
    }
}

impl Plan<'_> {
    /// The rows of some blocks, as places in [`Plan::units`].
    fn units_of(&self, blocks: &Range<usize>) -> Range<usize> {
        self.blocks[blocks.start].all.start..self.blocks[blocks.end - 1].all.end
    }
}

/// A ranked table on a sheet of its own.
pub(super) struct Table<'a> {
    pub plan: Arc<Plan<'a>>,
    pub name: String,
    /// Its blocks.
    pub blocks: Range<usize>,
    /// Its units, as places in [`Plan::units`].
    pub units: Range<usize>,
    columns: Vec<Shown>,
    /// The sheet of each unit's card, by places in [`Plan::units`]; empty where there are none.
    cards: Vec<Option<String>>,
    number: u16,
}

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Rank,
    Unit,
    Id,
    Block,
    /// A column of the sheet of points: points, with the set's digits.
    Points(u16),
    Total,
    Max,
    Index,
    Grade,
    Targets,
    IndexBefore,
    Change,
    RankBefore,
    Places,
    Remark,
    /// The number of the unit's row on the sheet of points, and its rank as issued.
    Number,
    Issued,
}

impl<'a> Table<'a> {
    fn new(
        plan: &Arc<Plan<'a>>,
        blocks: Range<usize>,
        cards: Option<&Cards>,
        book: &mut Book<'a>,
    ) -> Table<'a> {
        let (set, points) = (plan.set(), &plan.columns);
        let units = plan.units_of(&blocks);
        let first = &plan.ranking().blocks[blocks.start];
        let what = text!("Xếp hạng", "Ranking");
        let name = match blocks.len() {
            1 if 1 < plan.blocks.len() => format!("{} – {}", what.get(plan.lang), first.name),
            _ => named(plan.scored, plan.at, what.get(plan.lang)),
        };
        let has_before = units.clone().any(|at| plan.scored.before(plan.at, plan.units[at]).is_some());
        let mut columns = vec![Shown::Rank, Shown::Unit, Shown::Id];
        columns.extend((1 < blocks.len()).then_some(Shown::Block));
        columns.extend(set.fields().map(|field| Shown::Points(points.nodes[field])));
        columns.extend(points.bonus.into_iter().chain(points.deductions).map(Shown::Points));
        columns.extend([Shown::Total, Shown::Max, Shown::Index]);
        columns.extend(points.grade.map(|_| Shown::Grade));
        columns.extend(set.has_targets().then_some(Shown::Targets));
        if has_before {
            columns.extend([Shown::IndexBefore, Shown::Change, Shown::RankBefore, Shown::Places]);
        }
        columns.extend([Shown::Remark, Shown::Number, Shown::Issued]);
        let number = columns.len() as u16 - 2;
        let of_unit = |at: &usize| cards.and_then(|cards| cards.sheet_of(plan.at, *at)).map(str::to_owned);
        let cards = plan.units.iter().map(of_unit).collect();
        let name = book.names.take(&name);
        Table { plan: Arc::clone(plan), name, blocks, units, columns, cards, number }
    }

    /// Where a column stands.
    pub fn column(&self, shown: Shown) -> u16 {
        self.columns.iter().position(|of| *of == shown).unwrap_or(0) as u16
    }

    /// The row of a unit, by its place in [`Plan::units`].
    pub fn row_of(&self, place: usize) -> u32 {
        FIRST + (place - self.units.start) as u32
    }

    /// The title of a block, or of the tier.
    pub fn heading(&self, block: Option<usize>) -> Option<String> {
        let whole = Block::default();
        let block = block.map_or(&whole, |block| &self.plan.ranking().blocks[block]);
        heading(self.plan.tier(), block).map(|text| text.get(self.plan.lang).to_owned())
    }

    fn sheet(self: &Arc<Self>, book: &Book<'a>) -> Sheet<'a> {
        let (plan, round) = (&self.plan, &book.scored.loaded.round);
        let last_row = FIRST + self.units.len() as u32 - 1;
        let shown = self.number - 1;
        let only = (self.blocks.len() == 1).then_some(self.blocks.start);
        let title = if round.title.is_empty() { plan.set().name.clone() } else { round.title.clone() };
        let mut head = vec![
            Row::of(vec![Cell::text(title, Role::Banner)]),
            Row::of(self.heading(only).map(|heading| Cell::text(heading, Role::Below)).into_iter().collect()),
            Row::default(),
        ];
        let titles = self.columns.iter().map(|shown| Cell::text(book.say(&self.title(*shown)), Role::Head));
        head.push(Row { cells: titles.collect(), lines: Some(3) });
        debug_assert_eq!(head.len(), FIRST as usize, "the first unit follows the head");
        let index = Area::column(self.column(Shown::Index), (FIRST, last_row));
        let rank = Area::column(0, (FIRST, last_row));
        let (own, issued) = (in_column(FIRST, 0), in_column(FIRST, self.number + 1));
        let moved = format!("AND(ISNUMBER({issued}),{own}<>{issued})");
        let starts = plan.blocks[self.blocks.clone()].iter().skip(1).map(|rows| self.row_of(rows.all.start));
        let table = Arc::clone(self);
        Sheet {
            len: FIRST as usize + self.units.len(),
            row: Box::new(move |at| match head.get(at) {
                Some(row) => row.clone(),
                None => Row::of(table.row(at as u32)),
            }),
            frozen: (FIRST, 2),
            repeated: Some((HEAD, HEAD)),
            printed: Some(Area { first: (0, 0), last: (last_row, shown) }),
            filter: Some(Area { first: (HEAD, 0), last: (last_row, shown) }),
            merged: vec![(0, 0, shown), (1, 0, shown)],
            paints: vec![(index, Paint::Bars), (rank, Paint::Where(moved))],
            breaks: starts.collect(),
            ..Sheet::empty(self.name.clone(), self.widths())
        }
    }

    fn title(&self, shown: Shown) -> Text {
        let (set, columns) = (self.plan.set(), &self.plan.columns);
        match shown {
            Shown::Rank => text!("Xếp hạng", "Rank"),
            Shown::Unit => text!("Đơn vị", "Unit"),
            Shown::Id => text!("Mã", "Id"),
            Shown::Block => text!("Khối", "Block"),
            Shown::Points(column) if Some(column) == columns.bonus => text!("Điểm thưởng", "Bonus"),
            Shown::Points(column) if Some(column) == columns.deductions => text!("Điểm trừ", "Deductions"),
            Shown::Points(column) => {
                let node = columns.nodes.iter().position(|of| *of == column);
                node.map_or(Text::default(), |node| Text::same(&set.nodes[node].id))
            }
            Shown::Total => text!("Tổng điểm", "Total"),
            Shown::Max => text!("Điểm tối đa", "Maximum"),
            Shown::Index => text!("Chỉ số (%)", "Index (%)"),
            Shown::Grade => text!("Xếp loại", "Grade"),
            Shown::Targets => text!("Chỉ tiêu đạt", "Targets met"),
            Shown::IndexBefore => text!("Chỉ số năm trước", "Index before"),
            Shown::Change => text!("Tăng, giảm", "Change"),
            Shown::RankBefore => text!("Hạng năm trước", "Rank before"),
            Shown::Places => text!("Bậc tăng, giảm", "Places"),
            Shown::Remark => text!("Ghi chú", "Remark"),
            Shown::Number => text!("Số dòng điểm", "Row of points"),
            Shown::Issued => text!("Hạng khi xuất", "Rank as issued"),
        }
    }

    fn widths(&self) -> Vec<Width> {
        let (plan, units) = (&self.plan, &self.plan.tier().data.units);
        let shown = || plan.units[self.units.clone()].iter().map(|&unit| &units[unit]);
        let widest = |of: fn(&crate::model::Unit) -> &str| {
            shown().map(|unit| of(unit).chars().count()).max().unwrap_or(0)
        };
        let has_remarks = plan.units[self.units.clone()].iter().any(|&unit| self.remark(unit).is_some());
        let width = |shown: &Shown| match shown {
            Shown::Unit => Width::Cells(widest(|unit| unit.label()).clamp(16, 36) + 2),
            Shown::Rank | Shown::Max | Shown::Targets => Width::Cells(6),
            Shown::Id => Width::Cells(widest(|unit| &unit.id).clamp(5, 14) + 2),
            Shown::Block => Width::Cells(widest(|unit| &unit.block).clamp(8, 24) + 2),
            Shown::Grade => {
                let names = plan.set().grades.iter().map(|grade| grade.name.chars().count());
                Width::Cells(names.max().unwrap_or(0).clamp(9, 22) + 1)
            }
            Shown::Remark => Width::Cells(if has_remarks { 28 } else { 8 }),
            Shown::Number | Shown::Issued => Width::Hidden,
            _ => Width::Cells(7),
        };
        self.columns.iter().map(width).collect()
    }

    /// Why a unit is not ranked or not scored, and what keeps it from its grade.
    fn remark(&self, unit: usize) -> Option<String> {
        let plan = &self.plan;
        let (word, reason) = status(plan.tier(), plan.scores(), unit);
        let said = match word {
            "not-scored" => Some(text!("Không chấm điểm", "Not scored")),
            "not-ranked" => Some(text!("Không xếp hạng", "Not ranked")),
            _ => None,
        };
        let limit = limit_reason(plan.set(), &plan.scores().units[unit]);
        let missed = missed_ids(plan.tier(), plan.scores(), unit).join(", ");
        let missed =
            (!missed.is_empty()).then(|| text!("chưa đạt chỉ tiêu: {missed}", "targets missed: {missed}"));
        let parts: Vec<String> = [said, reason, limit, missed]
            .into_iter()
            .flatten()
            .map(|text| text.get(plan.lang).to_owned())
            .collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    fn row(&self, row: u32) -> Vec<Cell<'a>> {
        let plan = &self.plan;
        let place = self.units.start + (row - FIRST) as usize;
        let unit = plan.units[place];
        self.columns.iter().map(|shown| self.cell(*shown, row, place, unit)).collect()
    }

    fn cell(&self, shown: Shown, row: u32, place: usize, unit: usize) -> Cell<'a> {
        let plan = &self.plan;
        let (set, points) = (plan.set(), &plan.columns);
        let (of, score) = (&plan.tier().data.units[unit], &plan.scores().units[unit]);
        let is_scored = plan.is_scored(unit);
        let look_up = |column: u16| format!("INDEX({},{})", plan.all(column), in_column(row, self.number));
        let figure = |column: u16, number: Decimal, role: Role, rounding: Rounding| match is_scored {
            true => {
                let (formula, number) = shown_as(look_up(column), number, rounding);
                Cell::formula(formula, Known::Number(number), role, Digits::Fixed(rounding.digits))
            }
            false => Cell::text("–", Role::Body),
        };
        let whole = |number: u32| Cell::number(Decimal::from(number), Role::Body, Digits::General);
        let rank = plan.ranking().ranks[unit];
        match shown {
            Shown::Rank => match rank {
                Some(rank) => {
                    let known = Known::Number(Decimal::from(rank));
                    Cell::formula(look_up(points.rank), known, Role::Sum, Digits::Whole)
                }
                None => Cell::text("–", Role::Body),
            },
            Shown::Unit => {
                let link = self.cards.get(place).cloned().flatten().map(Into::into);
                Cell { link, ..Cell::text(of.label(), Role::Name) }
            }
            Shown::Id => Cell::text(of.id.as_str(), Role::Name),
            Shown::Block => Cell::text(of.block.as_str(), Role::Name),
            Shown::Points(column) => self.points(column, look_up(column), unit, score),
            Shown::Total => figure(points.total, score.total.exact(), Role::Sum, set.total_rounding),
            Shown::Max => match is_scored {
                true => {
                    let known = Known::Number(score.max.exact());
                    Cell::formula(look_up(points.max), known, Role::Body, Digits::General)
                }
                false => Cell::text("–", Role::Body),
            },
            Shown::Index => figure(points.index, score.index.exact(), Role::Sum, set.index_rounding),
            Shown::Grade => match (points.grade, is_scored) {
                (Some(column), true) => {
                    let name = score.grade.map_or("", |grade| set.grades[grade].name.as_str());
                    Cell::formula(look_up(column), Known::Text(name.into()), Role::Body, Digits::Text)
                }
                _ => Cell::text("–", Role::Body),
            },
            Shown::Targets => {
                let (met, missed) = (score.targets.met, score.targets.missed);
                let role = if 0 < missed { Role::Warning } else { Role::Body };
                match is_scored && 0 < met + missed {
                    true => Cell::text(format!("{met}/{}", met + missed), role),
                    false => Cell::empty(Role::Body),
                }
            }
            Shown::IndexBefore | Shown::Change | Shown::RankBefore | Shown::Places => {
                self.before(shown, row, unit).unwrap_or_else(|| Cell::text("–", Role::Body))
            }
            Shown::Remark => {
                self.remark(unit).map_or(Cell::empty(Role::Name), |said| Cell::text(said, Role::Name))
            }
            Shown::Number => whole(plan.rows[unit] - FIRST_UNIT + 1),
            Shown::Issued => rank.map_or(Cell::empty(Role::Body), whole),
        }
    }

    /// Points of a field, bonus or deductions.
    fn points(&self, column: u16, formula: String, unit: usize, score: &UnitScore) -> Cell<'a> {
        let (plan, columns) = (&self.plan, &self.plan.columns);
        if !plan.is_scored(unit) {
            return Cell::text("–", Role::Body);
        }
        let rounding = plan.set().points_rounding;
        let points = match columns.nodes.iter().position(|of| *of == column) {
            Some(node) => plan.scores().nodes.get(unit, node).filter(|score| !score.not_applicable),
            None => None,
        };
        let points = match points {
            Some(score) => score.points,
            None if columns.nodes.contains(&column) => {
                return Cell::formula(formula, Known::Text("N/A".into()), Role::Body, Digits::Text);
            }
            None if Some(column) == columns.bonus => score.bonus,
            None => score.deductions,
        };
        let (formula, number) = shown_as(formula, points.exact(), rounding);
        Cell::formula(formula, Known::Number(number), Role::Body, Digits::Fixed(rounding.digits))
    }

    /// Where the unit stood in the round before, and how it moved: the printed index less the printed
    /// one of before.
    fn before(&self, shown: Shown, row: u32, unit: usize) -> Option<Cell<'a>> {
        let plan = &self.plan;
        let moved = plan.scored.moved(plan.at, unit)?;
        let digits = plan.set().index_rounding.digits;
        let own = |shown: Shown| in_column(row, self.column(shown));
        match shown {
            Shown::IndexBefore => Some(Cell::number(moved.before.index?, Role::Body, Digits::Fixed(digits))),
            Shown::Change => {
                let printed =
                    format!("INDEX({},{})", plan.all(plan.columns.printed), in_column(row, self.number));
                let formula = format!("ROUND({printed}-{},10)", own(Shown::IndexBefore));
                Some(Cell::formula(formula, Known::Number(moved.change?), Role::Body, Digits::Change(digits)))
            }
            Shown::RankBefore => {
                let rank = Decimal::from(moved.before.rank?);
                Some(Cell::number(rank, Role::Body, Digits::Whole))
            }
            _ => {
                let formula = format!("{}-{}", own(Shown::RankBefore), own(Shown::Rank));
                let known = Known::Number(Decimal::from(moved.places?));
                Some(Cell::formula(formula, known, Role::Body, Digits::Places))
            }
        }
    }
}
