//! How one unit, or one criterion of it, came to its points.

mod appraisal;
mod card;
mod charts;
mod entries;
mod json;
mod waterfall;

use super::json::{bytes, made_by, number, text};
use super::ranking::status;
use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::criteria_set::{CriteriaSet, EntryBy};
use crate::engine::{self, Explanation, NodeScore};
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::plain;
use crate::rule::{Input, Origin, Status, Take};
use crate::scored::{LoadedTier, Scored};
use crate::source::Place;
use crate::text;
use crate::text::folded;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;

/// One unit explained.
pub struct ExplanationView<'a> {
    /// The scored round.
    pub scored: &'a Scored,
    /// The tier's place.
    pub tier: usize,
    /// The unit's place in the tier.
    pub unit: usize,
    /// How it came to its points.
    pub explanation: Explanation,
    /// Only this criterion, group or entry: its leaf, or the node of a group.
    pub only: Option<Only>,
}

/// The part of a unit that is explained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Only {
    /// One leaf.
    Leaf(usize),
    /// What lies in a group.
    Group(usize),
    /// A bonus or deduction that counts events.
    Entry(usize),
}

impl View for ExplanationView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = Report { provenance: self.scored.loaded.files.clone(), ..Report::default() };
        report.titles.push(self.title());
        match self.only {
            Some(Only::Leaf(leaf)) => report.sections.push(self.leaf_section(leaf)),
            Some(Only::Entry(entry)) => report.sections.push(self.events_section(entry)),
            Some(Only::Group(_)) => report.sections.push(self.lost_section(self.only)),
            None => {
                if self.is_scored() {
                    report.sections.push(self.waterfall_section());
                }
                report.sections.push(self.lost_section(None));
                report.sections.extend(self.stages_section());
                report.sections.extend(self.entry_section());
            }
        }
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let mut all = self.unit_json(lang);
        all["made_by"] = made_by(&self.scored.loaded.files);
        bytes(&all)
    }
}

impl<'a> ExplanationView<'a> {
    /// A whole unit, scored once more with every step written down.
    pub fn of_unit(scored: &'a Scored, tier: usize, unit: usize) -> ExplanationView<'a> {
        let of = &scored.loaded.tiers[tier];
        let events = of.events.get(&unit).map_or(&[][..], Vec::as_slice);
        let explanation = engine::explain(&of.set, of.missing, &of.data, unit, events);
        ExplanationView { scored, tier, unit, explanation, only: None }
    }
}

impl ExplanationView<'_> {
    /// The unit as JSON, without what made it.
    pub(super) fn unit_json(&self, lang: Lang) -> serde_json::Value {
        let (tier, set) = (self.tier(), self.set());
        let score = &self.scored.tiers[self.tier].0.units[self.unit];
        let unit = &tier.data.units[self.unit];
        let criteria: Vec<serde_json::Value> =
            self.leaves().into_iter().map(|leaf| self.leaf_json(leaf, lang)).collect();
        // As in the ranking: a unit that is not scored has no figures, but a reason.
        let shown = |value| if self.is_scored() { number(value) } else { serde_json::Value::Null };
        let (status, reason) = status(tier, &self.scored.tiers[self.tier].0, self.unit);
        let mut all = json!({
            "unit": { "id": unit.id, "name": unit.label(), "block": text(&unit.block) },
            "tier": tier.id,
            "criteria_set": set.id,
            "status": status,
            "reason": reason.map(|reason| reason.get(lang).to_owned()),
            "rank": self.scored.tiers[self.tier].1.ranks[self.unit],
            "grade": score.grade.map(|grade| &set.grades[grade].name),
            "points": shown(score.total.exact()),
            "max": shown(score.max.exact()),
            "index": shown(score.index.exact()),
            "bonus": shown(score.bonus.exact()),
            "deductions": shown(score.deductions.exact()),
            "waterfall": if self.is_scored() { self.waterfall_json() } else { Vec::new() },
            "criteria": criteria,
            "entries": self.entries_json(lang),
        });
        if let Some(limit) = score.limit {
            let by_index = set.grade(score.index.exact()).map(|grade| &set.grades[grade].name);
            all["grade_by_index"] = json!(by_index);
            all["grade_limit"] = set.grade_limits[limit].name.as_str().into();
        }
        all
    }

    fn tier(&self) -> &LoadedTier {
        &self.scored.loaded.tiers[self.tier]
    }

    fn set(&self) -> &CriteriaSet {
        &self.tier().set
    }

    fn is_scored(&self) -> bool {
        self.scored.tiers[self.tier].0.units[self.unit].not_scored.is_none()
    }

    /// Unit, rank, total, index, grade.
    fn title(&self) -> Text {
        let (set, (scores, ranking)) = (self.set(), &self.scored.tiers[self.tier]);
        let (unit, score) = (&self.tier().data.units[self.unit], &scores.units[self.unit]);
        let name =
            if unit.name.is_empty() { unit.id.clone() } else { format!("{} ({})", unit.name, unit.id) };
        if score.not_scored.is_some() {
            let why = status(self.tier(), scores, self.unit).1.unwrap_or_default();
            let (vi, en) = (why.vi, why.en);
            return text!("{name}: không chấm điểm – {vi}", "{name}: not scored – {en}");
        }
        let write = |lang| {
            let total = set.total_rounding.text(score.total.exact(), lang);
            let max = plain(score.max.exact(), lang);
            let index = set.index_rounding.text(score.index.exact(), lang);
            let grade = score.grade.map_or(String::new(), |grade| format!(", {}", set.grades[grade].name));
            let rank = ranking.ranks[self.unit];
            match (lang, rank) {
                (Lang::Vi, Some(rank)) => {
                    format!("{name}: {total}/{max} điểm, chỉ số {index} %{grade}, hạng {rank}")
                }
                (Lang::Vi, None) => {
                    format!("{name}: {total}/{max} điểm, chỉ số {index} %{grade}, không xếp hạng")
                }
                (Lang::En, Some(rank)) => {
                    format!("{name}: {total}/{max} points, index {index} %{grade}, rank {rank}")
                }
                (Lang::En, None) => {
                    format!("{name}: {total}/{max} points, index {index} %{grade}, not ranked")
                }
            }
        };
        Text::by(write)
    }

    /// The leaves that are explained: the one, those in the group, or all by points lost.
    fn leaves(&self) -> Vec<usize> {
        let set = self.set();
        let in_group = |node: usize, group: usize| {
            std::iter::successors(Some(node), |&node| set.nodes[node].parent).any(|node| node == group)
        };
        let mut leaves: Vec<usize> = match self.only {
            Some(Only::Leaf(leaf)) => vec![leaf],
            Some(Only::Entry(_)) => Vec::new(),
            Some(Only::Group(group)) => (0..set.nodes.len())
                .filter(|&node| in_group(node, group))
                .filter_map(|node| set.nodes[node].leaf)
                .collect(),
            None => set.nodes.iter().filter_map(|node| node.leaf).collect(),
        };
        leaves.sort_by_key(|&leaf| std::cmp::Reverse(self.lost(leaf)));
        leaves
    }

    /// Points that a leaf lost against the maximum that applies.
    fn lost(&self, leaf: usize) -> Decimal {
        let score = self.leaf_score(leaf);
        score.max.exact() - score.points.exact()
    }

    /// Points and maximum of a leaf; an entry has its own maximum.
    fn leaf_score(&self, leaf: usize) -> NodeScore {
        match self.set().nodes.iter().position(|node| node.leaf == Some(leaf)) {
            Some(node) => self.explanation.nodes[node],
            None => NodeScore {
                points: crate::number::Points::new(self.explanation.leaves[leaf].outcome.points),
                max: crate::number::Points::new(self.set().leaves[leaf].max),
                not_applicable: false,
            },
        }
    }

    /// Name, legal basis and remark of a leaf's criterion or entry.
    fn words(&self, leaf: usize) -> (&str, &str, &str) {
        let set = self.set();
        let node = set.nodes.iter().find(|node| node.leaf == Some(leaf));
        let entry = || set.entries.iter().find(|entry| matches!(entry.by, EntryBy::Leaf(of) if of == leaf));
        match node {
            Some(node) => (&node.name, &node.basis, &node.note),
            None => entry().map_or(("", "", ""), |entry| (&entry.name, &entry.basis, &entry.note)),
        }
    }

    /// Criteria by points lost.
    fn lost_section(&self, only: Option<Only>) -> Section<'_> {
        let leaves = self.leaves();
        let lost: Decimal = leaves.iter().map(|&leaf| self.lost(leaf)).sum();
        let cents = self.set().points_rounding;
        let count = leaves.iter().filter(|&&leaf| Decimal::ZERO < self.lost(leaf)).count();
        let shown = Text::by(|lang| cents.text(lost, lang));
        let (vi, en) = (shown.vi, shown.en);
        let heading = match only {
            Some(Only::Group(group)) => {
                let node = &self.set().nodes[group];
                let (id, name) = (&node.id, &node.name);
                text!(
                    "{id} {name}: mất {vi} điểm ở {count} tiêu chí",
                    "{id} {name}: {en} points lost in {count} criteria"
                )
            }
            _ => text!("Mất {vi} điểm ở {count} tiêu chí", "{en} points lost in {count} criteria"),
        };
        let column = |key: &str, vi: &str, en: &str, kind| {
            Column::new(key, Text { vi: vi.to_owned(), en: en.to_owned() }, kind)
        };
        let table = Table {
            columns: vec![
                column("criterion", "Tiêu chí", "Criterion", ColumnKind::Word),
                column("name", "Tên", "Name", ColumnKind::Text),
                column("max", "Tối đa", "Max", ColumnKind::Number),
                column("points", "Điểm", "Points", ColumnKind::Number),
                column("lost", "Mất", "Lost", ColumnKind::Number),
                column("how", "Cách tính", "How", ColumnKind::Text),
            ],
            len: leaves.len(),
            row: Box::new(move |at| self.lost_row(leaves[at])),
        };
        let id = &self.tier().data.units[self.unit].id;
        let notes = vec![text!(
            "Xem từng bước của một tiêu chí: parindex explain … {id} TIÊU_CHÍ",
            "Every step of a criterion: parindex explain … {id} CRITERION"
        )];
        Section { heading: Some(heading), table: Some(table), notes, ..Section::default() }
    }

    fn lost_row(&self, leaf: usize) -> Vec<Cell<'_>> {
        let (cents, score) = (self.set().points_rounding, self.leaf_score(leaf));
        let points = |points: Decimal| {
            if score.not_applicable { Cell::Text("N/A".into()) } else { Cell::Number(points, cents) }
        };
        vec![
            Cell::text(&self.set().leaves[leaf].id),
            Cell::text(self.words(leaf).0),
            Cell::Plain(self.set().leaves[leaf].max),
            points(score.points.exact()),
            points(self.lost(leaf)),
            self.how(leaf).map_or(Cell::Missing, Cell::Words),
        ]
    }

    /// The step that gave a leaf its points, or why it has none, and what events took from it.
    fn how(&self, leaf: usize) -> Option<Text> {
        let mut how = self.explanation.leaves[leaf].main_step().cloned().or_else(|| self.status_words(leaf));
        for Text { vi, en } in self.taken_words(leaf) {
            let so_far = how.unwrap_or_default();
            how = Some(Text { vi: format!("{}; {vi}", so_far.vi), en: format!("{}; {en}", so_far.en) });
        }
        how
    }

    /// Why a leaf has no points by a rule, if it has none.
    fn status_words(&self, leaf: usize) -> Option<Text> {
        match self.explanation.leaves[leaf].outcome.status {
            Status::Scored => None,
            Status::NotApplicable => Some(text!("không áp dụng", "not applicable")),
            Status::MissingZero => Some(text!("thiếu số liệu: 0 điểm", "missing: 0 points")),
            Status::MissingNotApplicable => {
                Some(text!("thiếu số liệu: không đánh giá", "missing: not applicable"))
            }
            Status::Faulty => Some(text!("chưa chấm được", "cannot be scored")),
        }
    }

    /// Everything about one criterion.
    fn leaf_section(&self, leaf: usize) -> Section<'_> {
        let set = self.set();
        let (name, basis, note) = self.words(leaf);
        let (own, score) = (&set.leaves[leaf], self.leaf_score(leaf));
        let id = &own.id;
        let heading = text!("{id} {name}", "{id} {name}");
        let mut lines = Vec::new();
        let rule = own.rule.describe();
        let (vi, en) = (&rule.vi, &rule.en);
        lines.push(text!("Cách chấm: {vi}", "Rule: {en}"));
        let columns: Vec<usize> = set.leaf_columns(leaf).collect();
        let is_given = |column: &usize| self.tier().data.value(self.unit, *column) != Value::Missing;
        let any = columns.iter().any(is_given);
        for column in columns.into_iter().filter(|column| !any || is_given(column)) {
            lines.push(self.input_line(column));
        }
        lines.extend(self.unmet_line(leaf));
        if let Some(note) = self.tier().data.note(self.unit, own.columns.start) {
            lines.push(text!("Ghi chú: {note}", "Note: {note}"));
        }
        lines.extend(self.stage_lines(leaf));
        for step in &self.explanation.leaves[leaf].steps {
            let (vi, en) = (&step.vi, &step.en);
            lines.push(text!("→ {vi}", "→ {en}"));
        }
        if let Some(status) = self.status_words(leaf) {
            let (vi, en) = (&status.vi, &status.en);
            lines.push(text!("→ {vi}", "→ {en}"));
        }
        lines.extend(self.taken_from(leaf));
        let amounts = |lang| {
            let cents = set.points_rounding;
            [cents.text(score.points.exact(), lang), plain(own.max, lang), cents.text(self.lost(leaf), lang)]
        };
        let ([pv, mv, lv], [pe, me, le]) = (amounts(Lang::Vi), amounts(Lang::En));
        if !score.not_applicable {
            lines.push(text!("Điểm: {pv}/{mv}; mất {lv}", "Points: {pe}/{me}; {le} lost"));
        }
        for (vi, en, text) in [("Căn cứ", "Basis", basis), ("Lưu ý", "Remark", note)] {
            if !text.is_empty() {
                lines.push(text!("{vi}: {text}", "{en}: {text}"));
            }
        }
        Section { heading: Some(heading), notes: lines, ..Section::default() }
    }

    /// The columns of the criterion that a column belongs to.
    fn beside(&self, column: usize) -> std::ops::Range<usize> {
        self.set().leaves[self.set().columns[column].leaf].columns.clone()
    }

    fn input_line(&self, column: usize) -> Text {
        let data = &self.tier().data;
        let mut value = self.value_words(column);
        if data.is_by_format(self.unit, column) {
            let Text { vi, en } = value;
            value = text!("{vi} % theo định dạng ô", "{en} % by the cell's format");
        }
        let header = self.set().header(column);
        let input = &self.set().columns[column].input;
        let origin = input.origin.as_ref().filter(|_| !data.is_given(self.unit, column));
        let place = match data.place(self.unit, column, self.beside(column)).filter(|_| origin.is_none()) {
            Some(place) if place.in_sheet().is_some() => place.sheet_words().unwrap_or_default(),
            Some(Place::Row { table, row, header }) => {
                let file = &table.file;
                let header =
                    header.map_or(Text::default(), |header| text!(", cột {header}", ", column {header}"));
                let (vi, en) = (header.vi, header.en);
                text!("{file}: dòng {row}{vi}", "{file}: row {row}{en}")
            }
            Some(place) => Text::same(place.file()),
            None => origin.map(|origin| self.origin_words(origin)).unwrap_or_default(),
        };
        let ((vv, ve), (pv, pe)) = ((value.vi, value.en), (place.vi, place.en));
        text!("Số liệu {header} = {vv}  ({pv})", "Input {header} = {ve}  ({pe})")
    }

    /// The lower units that do not meet the condition of a share.
    fn unmet_line(&self, leaf: usize) -> Option<Text> {
        let inputs = self.set().leaves[leaf].rule.inputs();
        let lower = inputs.iter().find_map(|input| match &input.origin {
            Some(Origin::LowerTier(lower, _)) if matches!(lower.take, Take::Share(_)) => Some(lower),
            _ => None,
        })?;
        let unmet = self.scored.unmet(&self.tier().data.units[self.unit].id, lower);
        let (count, list) = (unmet.len(), unmet.join(", "));
        (0 < count).then(|| text!("Chưa đạt ({count}): {list}", "Not met ({count}): {list}"))
    }

    /// Where the round found a value: the words for it, and the row where there is one.
    fn origin_words(&self, origin: &Origin) -> Text {
        let Text { vi, en } = origin.describe();
        let Origin::Index(of) = origin else { return Text { vi, en } };
        let index = self.scored.loaded.indices.iter().find(|index| index.id == of.id);
        let unit = &self.tier().data.units[self.unit].id;
        let Some(of_unit) = index.and_then(|index| index.units.get(&folded(unit))) else {
            return Text { vi, en };
        };
        let factors = index.map_or(&[][..], |index| &index.factors);
        let factor = of.factor.as_ref().and_then(|named| {
            factors.iter().position(|factor| folded(factor) == folded(named)).map(|at| at + 1)
        });
        if let Some(said) = of_unit.said.get(factor.unwrap_or(0)) {
            let (said_vi, said_en) = (&said.vi, &said.en);
            return text!("{vi}: {said_vi}", "{en}: {said_en}");
        }
        match &of_unit.place {
            place if place.in_sheet().is_some() => {
                let Text { vi: place_vi, en: place_en } = place.sheet_words().unwrap_or_default();
                text!("{vi}, {place_vi}", "{en}, {place_en}")
            }
            Place::Row { table, row, .. } => {
                let file = &table.file;
                text!("{vi}, {file}: dòng {row}", "{en}, {file}: row {row}")
            }
            _ => Text { vi, en },
        }
    }

    /// A value as people write it.
    fn value_words(&self, column: usize) -> Text {
        self.words_of(column, self.tier().data.value(self.unit, column))
    }

    /// A value of a column as people write it.
    fn words_of(&self, column: usize, value: Value) -> Text {
        let input: &Input = &self.set().columns[column].input;
        match value {
            Value::Missing => text!("(trống)", "(empty)"),
            Value::NotApplicable => Text::same("N/A"),
            Value::Number(value) => Text::by(|lang| plain(value, lang)),
            Value::Word(word) => Text::same(&input.words[usize::from(word)].text),
            Value::Date(day) => {
                let date = NaiveDate::from_num_days_from_ce_opt(day);
                Text::same(date.map_or_else(String::new, |date| date.format("%d/%m/%Y").to_string()))
            }
            Value::Present => text!("có", "present"),
            Value::Unreadable => text!("(không đọc được)", "(unreadable)"),
        }
    }
}
