//! How a unit reaches a rank, an index or a grade.

use super::json::{bytes, made_by, number};
use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::criteria_set::CriteriaSet;
use crate::lang::{Lang, Text};
use crate::number::Rounding;
use crate::scored::{Goal, Improvement, Reached, Scored, Way};
use crate::source::Fingerprint;
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// A goal and the ways to it.
pub struct TargetView<'a> {
    /// The round that the unit is looked at in.
    pub scored: &'a Scored,
    /// The tier and the unit.
    pub unit: (usize, usize),
    /// What is to be reached.
    pub goal: Goal,
    /// The index that it needs at least.
    pub needed: Option<Decimal>,
    /// How the unit stands now.
    pub now: Reached,
    /// What can be done.
    pub improvements: Vec<Improvement>,
    /// The ways, cheapest first; none if it cannot be reached.
    pub ways: Vec<Way>,
    /// Whether all plans up to the last way were looked at.
    pub is_proven: bool,
    /// The cheapest of the ways that touch the fewest criteria.
    pub fewest: Option<Way>,
    /// How far everything together brings the unit.
    pub most: Way,
    /// The cheapest way to every better rank, if that was asked for.
    pub frontier: Vec<(u32, Option<Way>)>,
    /// The files that were read.
    pub files: Vec<Fingerprint>,
}

impl View for TargetView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = Report { provenance: self.files.clone(), ..Report::default() };
        report.titles.push(self.title());
        if let Some(way) = self.ways.first() {
            report.sections.push(self.plan(way));
            report.sections.push(self.others());
        } else {
            report.sections.push(Section { notes: vec![self.out_of_reach()], ..Section::default() });
            report.sections.push(self.plan(&self.most));
        }
        if !self.frontier.is_empty() {
            report.sections.push(self.frontier());
        }
        if !self.is_proven {
            report.notes.push(text!(
                "đã thử rất nhiều phương án mà chưa đủ: có thể còn cách khác",
                "very many plans were tried in vain: there may be others"
            ));
        }
        report.notes.push(text!(
            "giả định: các đơn vị khác giữ nguyên; mỗi mức cải thiện tốn 1 nếu tệp chi phí không ghi khác",
            "supposed: all other units stay as they are; an improvement costs 1 where no file says otherwise"
        ));
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let of = &self.scored.loaded.tiers[self.unit.0];
        let reached = |reached: &Reached| {
            json!({
                "index": number(reached.index),
                "rank": reached.rank,
                "grade": reached.grade.map(|grade| of.set.grades[grade].name.as_str()),
            })
        };
        let act = |at: &usize| {
            let act = &self.improvements[*at];
            json!({
                "id": act.id,
                "now": act.now.get(lang),
                "then": act.then.get(lang),
                "points": number(act.points[0]),
                "points_then": number(act.points[1]),
                "gain": number(act.gain),
                "cost": number(act.cost),
            })
        };
        let way = |way: &Way| {
            json!({
                "cost": number(way.cost),
                "acts": way.acts.iter().map(act).collect::<Vec<Value>>(),
                "reached": reached(&way.reached),
            })
        };
        let frontier =
            |(rank, found): &(u32, Option<Way>)| json!({ "rank": rank, "way": found.as_ref().map(way) });
        let all = json!({
            "tier": of.id,
            "unit": of.data.units[self.unit.1].id,
            "goal": match self.goal {
                Goal::Rank(rank) => json!({ "rank": rank }),
                Goal::Index(index) => json!({ "index": number(index) }),
                Goal::Grade(grade) => json!({ "grade": of.set.grades[grade].name }),
            },
            "needed_index": self.needed.map(number),
            "now": reached(&self.now),
            "ways": self.ways.iter().map(way).collect::<Vec<_>>(),
            "is_proven": self.is_proven,
            "fewest": self.fewest.as_ref().map(way),
            "most": way(&self.most),
            "frontier": self.frontier.iter().map(frontier).collect::<Vec<_>>(),
            "made_by": made_by(&self.files),
        });
        bytes(&all)
    }
}

impl TargetView<'_> {
    fn set(&self) -> &CriteriaSet {
        &self.scored.loaded.tiers[self.unit.0].set
    }

    /// "Huyện Phú Xuyên: 91,61 %, hạng 30 → hạng 18, cần ít nhất 93,74 %"
    fn title(&self) -> Text {
        let set = self.set();
        let unit = self.scored.loaded.tiers[self.unit.0].data.units[self.unit.1].label();
        Text::by(|lang| {
            let vi = lang == Lang::Vi;
            let percent = |index: Decimal| set.index_rounding.text(index, lang);
            let goal = match self.goal {
                Goal::Rank(rank) if vi => format!("hạng {rank}"),
                Goal::Rank(rank) => format!("rank {rank}"),
                Goal::Index(index) if vi => format!("chỉ số {} %", percent(index)),
                Goal::Index(index) => format!("index {} %", percent(index)),
                Goal::Grade(grade) => set.grades[grade].name.clone(),
            };
            let needed = match (self.goal, self.needed) {
                (Goal::Index(_), _) | (_, None) => String::new(),
                (_, Some(index)) if vi => format!(", cần ít nhất {} %", percent(index)),
                (_, Some(index)) => format!(", which takes {} % at least", percent(index)),
            };
            format!("{unit}: {} → {goal}{needed}", self.standing(&self.now, lang))
        })
    }

    /// "93,75 %, hạng 18, Tốt"
    fn standing(&self, reached: &Reached, lang: Lang) -> String {
        let set = self.set();
        let mut parts = vec![format!("{} %", set.index_rounding.text(reached.index, lang))];
        if let Some(rank) = reached.rank {
            parts.push(if lang == Lang::Vi { format!("hạng {rank}") } else { format!("rank {rank}") });
        }
        parts.extend(reached.grade.map(|grade| set.grades[grade].name.clone()));
        parts.join(", ")
    }

    fn out_of_reach(&self) -> Text {
        Text::by(|lang| {
            let most = self.standing(&self.most.reached, lang);
            match lang {
                Lang::Vi => format!("không đạt được; làm tất cả thì tới {most}:"),
                Lang::En => format!("out of reach; all together lead to {most}:"),
            }
        })
    }

    /// What a way consists of.
    fn plan<'a>(&'a self, way: &'a Way) -> Section<'a> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let columns = vec![
            column("criterion", text!("Tiêu chí", "Criterion"), ColumnKind::Word),
            column("name", text!("Tên", "Name"), ColumnKind::Text),
            column("now", text!("Nay", "Now"), ColumnKind::Text),
            column("then", text!("Cần", "To reach"), ColumnKind::Text),
            column("points", text!("Điểm", "Points"), ColumnKind::Detail),
            column("points_then", text!("Sau", "Then"), ColumnKind::Detail),
            column("gain", text!("Thêm", "Gain"), ColumnKind::Number),
            column("cost", text!("Chi phí", "Cost"), ColumnKind::Number),
        ];
        let set = self.set();
        let row = move |at: usize| {
            let act = &self.improvements[way.acts[at]];
            vec![
                Cell::text(&act.id),
                Cell::text(&act.name),
                Cell::Words(act.now.clone()),
                Cell::Words(act.then.clone()),
                Cell::Number(act.points[0], set.points_rounding),
                Cell::Number(act.points[1], set.points_rounding),
                Cell::Change(act.gain, Rounding::CENTS),
                Cell::Plain(act.cost.normalize()),
            ]
        };
        let note = Text::by(|lang| {
            let cost = crate::number::plain(way.cost.normalize(), lang);
            let standing = self.standing(&way.reached, lang);
            if lang == Lang::Vi {
                format!("tổng chi phí {cost}: {standing}")
            } else {
                format!("cost {cost} in all: {standing}")
            }
        });
        Section {
            heading: Some(text!("Cách ít tốn nhất", "The cheapest way")).filter(|_| !self.ways.is_empty()),
            keys: vec![("table", "plan".to_owned())],
            table: Some(Table { columns, len: way.acts.len(), row: Box::new(row) }),
            notes: vec![note],
            ..Section::default()
        }
    }

    /// The runners-up, and the way that touches the fewest criteria.
    fn others(&self) -> Section<'_> {
        let fewest = self.fewest.iter().map(|way| (text!("ít tiêu chí nhất", "fewest criteria"), way));
        let ways = self.ways.iter().enumerate().map(|(at, way)| {
            let at = at + 1;
            (Text::same(at.to_string()), way)
        });
        let rows: Vec<(Text, &Way)> = ways.chain(fewest).collect();
        Section {
            heading: Some(text!("Các cách", "Ways")),
            keys: vec![("table", "ways".to_owned())],
            ..self.table_of(
                text!("Cách", "Way"),
                rows.into_iter().map(|(name, way)| (name, Some(way))).collect(),
            )
        }
    }

    /// The cheapest way to every better rank.
    fn frontier(&self) -> Section<'_> {
        let acts = |way: &Option<Way>| way.as_ref().map(|way| way.acts.clone());
        let groups = self.frontier.chunk_by(|(_, a), (_, b)| acts(a) == acts(b));
        let rows = groups.filter_map(|group| {
            let ((first, way), (last, _)) = (group.first()?, group.last()?);
            let ranks = if first == last { first.to_string() } else { format!("{first}–{last}") };
            Some((Text::same(ranks), way.as_ref()))
        });
        Section {
            heading: Some(text!("Chi phí cho từng hạng", "The cost of every rank")),
            keys: vec![("table", "frontier".to_owned())],
            ..self.table_of(text!("Hạng cần", "Rank wanted"), rows.collect())
        }
    }

    fn table_of<'a>(&'a self, first: Text, rows: Vec<(Text, Option<&'a Way>)>) -> Section<'a> {
        let column = |key: &str, name, kind| Column::new(key, name, kind);
        let set = self.set();
        let has_grades = !set.grades.is_empty();
        let mut columns = vec![
            column("way", first, ColumnKind::Word),
            column("way_cost", text!("Chi phí", "Cost"), ColumnKind::Number),
            column("criteria", text!("Số tiêu chí", "Criteria"), ColumnKind::Number),
            column("acts", text!("Cải thiện", "Improve"), ColumnKind::Text),
            column("index", text!("Chỉ số %", "Index %"), ColumnKind::Number),
            column("rank", text!("Hạng", "Rank"), ColumnKind::Number),
        ];
        if has_grades {
            columns.push(column("grade", text!("Loại", "Grade"), ColumnKind::Word));
        }
        let len = rows.len();
        let row = move |at: usize| {
            let (name, way) = &rows[at];
            let mut cells = vec![Cell::Words(name.clone())];
            let Some(way) = way else {
                cells.push(Cell::Words(text!("không đạt được", "out of reach")));
                cells.resize(6 + usize::from(has_grades), Cell::Missing);
                return cells;
            };
            let act = |act: &usize, lang: Lang| {
                let act = &self.improvements[*act];
                format!("{} {}", act.id, act.then.get(lang))
            };
            let acts =
                Text::by(|lang| way.acts.iter().map(|at| act(at, lang)).collect::<Vec<_>>().join("; "));
            cells.extend([
                Cell::Plain(way.cost.normalize()),
                Cell::Whole(way.acts.len() as u64),
                Cell::Words(acts),
                Cell::Number(way.reached.index, set.index_rounding),
                way.reached.rank.map_or(Cell::Missing, |rank| Cell::Whole(rank.into())),
            ]);
            if has_grades {
                let grade = way.reached.grade.map(|grade| set.grades[grade].name.as_str());
                cells.push(grade.map_or(Cell::Missing, Cell::text));
            }
            cells
        };
        Section { table: Some(Table { columns, len, row: Box::new(row) }), ..Section::default() }
    }
}
