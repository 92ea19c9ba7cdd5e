//! The ranked tables of a round.

use super::json::{number, text};
use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::criteria_set::{CriteriaSet, EntryBy, Method, Missing, Status};
use crate::engine::rank::Block;
use crate::engine::{NotScored, Ranking, Scores, What};
use crate::lang::{Lang, Text};
use crate::model::Ranked;
use crate::number::{Points, Rounding, plain};
use crate::scored::{LoadedTier, Scored};
use crate::text;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Value, json};

/// Which columns of points the tables have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fields {
    /// None.
    None,
    /// The fields.
    #[default]
    Top,
    /// Every criterion.
    All,
}

/// A scored round as ranked tables.
pub struct RankingView<'a> {
    /// What was scored.
    pub scored: &'a Scored,
    /// Which columns of points.
    pub fields: Fields,
    /// Only the first so many of each table.
    pub top: Option<usize>,
    /// Only this unit: its place in its tier, by tier.
    pub unit: Option<(usize, usize)>,
}

impl View for RankingView<'_> {
    fn report(&self) -> Report<'_> {
        let round = &self.scored.loaded.round;
        let mut report = Report { provenance: self.scored.loaded.files.clone(), ..Report::default() };
        report.titles.extend(
            [&round.title, &round.issuer].into_iter().filter(|line| !line.is_empty()).map(Text::same),
        );
        for (at, (tier, scores, ranking)) in self.scored.tiers().enumerate() {
            let units = |block: &Block| self.shown(at, block);
            for block in ranking.blocks.iter().filter(|block| !units(block).is_empty()) {
                report.sections.push(self.section(tier, scores, ranking, block, units(block)));
            }
            report.notes.extend(tier_notes(tier, scores, self.fields));
        }
        report.notes.extend(round.notes.iter().map(Text::same));
        report
    }

    fn json(&self, _: Lang) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(&RoundData { view: self }).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

impl RankingView<'_> {
    /// The units of a block that are shown: ranked, not ranked, not scored.
    fn shown(&self, tier: usize, block: &Block) -> Vec<usize> {
        let all = block.ranked.iter().chain(&block.unranked).chain(&block.not_scored).copied();
        match (self.unit, self.top) {
            (Some((of, unit)), _) => all.filter(|at| of == tier && *at == unit).collect(),
            (None, Some(top)) => block.ranked.iter().copied().take(top).collect(),
            (None, None) => all.collect(),
        }
    }

    fn section<'a>(
        &'a self,
        tier: &'a LoadedTier,
        scores: &'a Scores,
        ranking: &'a Ranking,
        block: &'a Block,
        units: Vec<usize>,
    ) -> Section<'a> {
        let set = &tier.set;
        let nodes = shown_nodes(set, self.fields);
        let has_other_max = units.iter().any(|&unit| scores.units[unit].max != set.max);
        let heading = heading(tier, block);
        let notes = reasons(tier, scores, &units);
        let table = Table {
            columns: columns(set, &nodes, has_other_max),
            len: units.len(),
            row: Box::new(move |at| row(tier, scores, ranking, &nodes, units[at])),
        };
        let keys = vec![("tier", tier.id.clone()), ("block", block.name.clone())];
        Section { heading, keys, table: Some(table), notes }
    }
}

/// The nodes that have a column.
fn shown_nodes(set: &CriteriaSet, fields: Fields) -> Vec<usize> {
    match fields {
        Fields::None => Vec::new(),
        Fields::Top => set.fields().collect(),
        Fields::All => (0..set.nodes.len()).collect(),
    }
}

fn heading(tier: &LoadedTier, block: &Block) -> Option<Text> {
    let name = if tier.name.is_empty() { tier.id.as_str() } else { &tier.name };
    let parts: Vec<&str> = [name, &block.name].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| Text::same(parts.join(" – ")))
}

fn columns(set: &CriteriaSet, nodes: &[usize], has_other_max: bool) -> Vec<Column> {
    let column = |key: &str, vi: &str, en: &str, kind| {
        Column::new(key, Text { vi: vi.to_owned(), en: en.to_owned() }, kind)
    };
    let mut columns = vec![
        column("rank", "Hạng", "Rank", ColumnKind::Number),
        column("unit", "Mã", "Id", ColumnKind::Machine),
        column("name", "Đơn vị", "Unit", ColumnKind::Text),
    ];
    columns.extend(nodes.iter().map(|&node| {
        let id = &set.nodes[node].id;
        Column::new(id, Text::same(id), ColumnKind::Detail)
    }));
    if set.has_bonus() {
        columns.push(column("bonus", "Thưởng", "Bonus", ColumnKind::Extra));
    }
    if set.has_deductions() {
        columns.push(column("deductions", "Trừ", "Deducted", ColumnKind::Extra));
    }
    columns.push(column("total", "Tổng", "Total", ColumnKind::Number));
    let max = if has_other_max { ColumnKind::Extra } else { ColumnKind::Machine };
    columns.push(column("max", "Tối đa", "Max", max));
    columns.push(column("index", "Chỉ số %", "Index %", ColumnKind::Number));
    let grade = if set.grades.is_empty() { ColumnKind::Machine } else { ColumnKind::Word };
    columns.push(column("grade", "Xếp loại", "Grade", grade));
    columns.push(column("status", "Tình trạng", "Status", ColumnKind::Machine));
    columns.push(column("reason", "Lý do", "Reason", ColumnKind::Machine));
    columns
}

fn row<'a>(
    tier: &'a LoadedTier,
    scores: &'a Scores,
    ranking: &'a Ranking,
    nodes: &[usize],
    unit: usize,
) -> Vec<Cell<'a>> {
    let (set, score) = (&tier.set, &scores.units[unit]);
    let is_scored = score.not_scored.is_none();
    let points = |points: Points, rounding: Rounding| match is_scored {
        true => Cell::Number(points.exact(), rounding),
        false => Cell::Missing,
    };
    let mut cells = vec![
        ranking.ranks[unit].map_or(Cell::Missing, |rank| Cell::Whole(rank.into())),
        Cell::text(&tier.data.units[unit].id),
        Cell::text(tier.data.units[unit].label()),
    ];
    cells.extend(nodes.iter().map(|&node| match scores.nodes.get(unit, node) {
        Some(score) if score.not_applicable => Cell::Text("N/A".into()),
        Some(score) => points(score.points, set.points_rounding),
        None => Cell::Missing,
    }));
    if set.has_bonus() {
        cells.push(points(score.bonus, set.points_rounding));
    }
    if set.has_deductions() {
        cells.push(points(score.deductions, set.points_rounding));
    }
    cells.push(points(score.total, set.total_rounding));
    cells.push(points(score.max, set.total_rounding));
    cells.push(points(Points::new(score.index.exact()), set.index_rounding));
    cells.push(grade(set, score.grade));
    let (status, reason) = status(tier, scores, unit);
    cells.push(Cell::text(status));
    cells.push(reason.map_or(Cell::Missing, Cell::Words));
    cells
}

fn grade(set: &CriteriaSet, grade: Option<usize>) -> Cell<'_> {
    grade.map_or(Cell::Missing, |grade| Cell::text(&set.grades[grade].name))
}

/// `ranked`, `not-ranked` or `not-scored`, and why.
fn status(tier: &LoadedTier, scores: &Scores, unit: usize) -> (&'static str, Option<Text>) {
    let ranked = &tier.data.units[unit].ranked;
    match (&scores.units[unit].not_scored, ranked) {
        (Some(why), _) => ("not-scored", Some(why_not_scored(tier, unit, why))),
        (None, Ranked::No(reason)) => ("not-ranked", (!reason.is_empty()).then(|| Text::same(reason))),
        (None, Ranked::Yes) => ("ranked", None),
    }
}

fn why_not_scored(tier: &LoadedTier, unit: usize, why: &NotScored) -> Text {
    match why {
        NotScored::NoResults => match &tier.data.units[unit].ranked {
            Ranked::No(reason) if !reason.is_empty() => Text::same(reason),
            _ => text!("không có số liệu", "no results"),
        },
        NotScored::NothingApplies => text!("không có tiêu chí nào áp dụng", "no criterion applies"),
        NotScored::TooLate { entry, event } => {
            let entry = &tier.set.entries[*entry];
            let event = tier.events.get(&unit).and_then(|events| events.get(*event));
            let days = event.and_then(|event| match &entry.by {
                EntryBy::Events(rule) => rule.days(event),
                EntryBy::Leaf(_) => None,
            });
            let (id, name) = (&entry.id, &entry.name);
            match days.map(|days| (plain(days, Lang::Vi), plain(days, Lang::En))) {
                Some((vi, en)) => text!(
                    "{id} {name}: trễ {vi} ngày, không được tiếp nhận",
                    "{id} {name}: {en} days late, not accepted"
                ),
                None => {
                    text!("{id} {name}: quá hạn, không được tiếp nhận", "{id} {name}: too late, not accepted")
                }
            }
        }
    }
}

/// Why units are not ranked or not scored, and what does not apply to whom.
fn reasons(tier: &LoadedTier, scores: &Scores, units: &[usize]) -> Vec<Text> {
    let mut notes = Vec::new();
    for &unit in units {
        let name = tier.data.units[unit].label();
        let reason = |reason: Option<Text>| {
            reason.map_or_else(Text::default, |why| Text {
                vi: format!(": {}", why.vi),
                en: format!(": {}", why.en),
            })
        };
        match status(tier, scores, unit) {
            ("not-scored", why) => {
                let Text { vi, en } = reason(why);
                notes.push(text!("Không chấm điểm – {name}{vi}", "Not scored – {name}{en}"));
            }
            ("not-ranked", why) => {
                let Text { vi, en } = reason(why);
                notes.push(text!("Không xếp hạng – {name}{vi}", "Not ranked – {name}{en}"));
            }
            _ => {}
        }
    }
    let is_shown: std::collections::HashSet<usize> = units.iter().copied().collect();
    for finding in scores.findings.iter().filter(|finding| is_shown.contains(&finding.unit)) {
        let What::NotApplicable(own) = &finding.what else { continue };
        let leaf = &tier.set.leaves[finding.leaf];
        let note = tier.data.notes.get(&(finding.unit, leaf.columns.start)).map(Text::same);
        let why = own.clone().or(note).unwrap_or_else(|| text!("không nêu lý do", "no reason given"));
        let (name, id) = (tier.data.units[finding.unit].label(), &leaf.id);
        let (vi, en) = (&why.vi, &why.en);
        notes.push(text!(
            "Không đánh giá – {name}, tiêu chí {id}: {vi}",
            "Not applicable – {name}, criterion {id}: {en}"
        ));
    }
    notes
}

impl RankingView<'_> {
    /// What was done about missing inputs, where something was: for formats that have no notes.
    pub fn missing_notes(&self) -> Vec<Text> {
        let tiers = self.scored.tiers().filter(|(_, scores, _)| 0 < scores.missing);
        tiers.filter_map(|(tier, scores, _)| missing_note(tier.missing, scores.missing)).collect()
    }
}

/// What a reader of a tier's tables must know: fields, set, policies.
fn tier_notes(tier: &LoadedTier, scores: &Scores, fields: Fields) -> Vec<Text> {
    let set = &tier.set;
    let mut notes = Vec::new();
    if fields != Fields::None {
        let list = |lang| {
            let name = |node: usize| {
                let node = &set.nodes[node];
                format!("{} {} ({})", node.id, node.name, plain(node.max.exact(), lang))
            };
            set.fields().map(name).collect::<Vec<_>>().join("; ")
        };
        let list = Text::by(list);
        let (vi, en) = (list.vi, list.en);
        notes.push(text!("Lĩnh vực (điểm tối đa): {vi}", "Fields (maximum points): {en}"));
    }
    let status = match set.status {
        Status::Official => text!("bộ chính thức", "official set"),
        Status::Reconstructed => {
            text!("bộ dựng lại từ số liệu công bố", "set reconstructed from published figures")
        }
        Status::Sample => text!("bộ mẫu", "sample set"),
    };
    let (id, name) = (&set.id, &set.name);
    let (vi, en) = (status.vi, status.en);
    notes.push(text!("Bộ tiêu chí: {name} [{id}; {vi}]", "Criteria set: {name} [{id}; {en}]"));
    if !set.basis.is_empty() {
        let basis = set.basis.join("; ");
        notes.push(text!("Căn cứ: {basis}", "Basis: {basis}"));
    }
    notes.push(ranking_note(set));
    notes.extend(missing_note(tier.missing, scores.missing));
    notes.extend(set.notes.iter().map(Text::same));
    notes
}

fn ranking_note(set: &CriteriaSet) -> Text {
    let method = match set.ranking.method {
        Method::Competition => text!(
            "đồng hạng thì bỏ hạng sau (1-2-2-4)",
            "ties share a rank and the next is left out (1-2-2-4)"
        ),
        Method::Dense => {
            text!("đồng hạng, không bỏ hạng (1-2-2-3)", "ties share a rank and none is left out (1-2-2-3)")
        }
        Method::Ordinal => {
            text!("không đồng hạng; bằng nhau thì theo thứ tự tên", "no ties; equal units by name")
        }
    };
    let on = if set.ranking.on_printed {
        text!("chỉ số đã làm tròn", "the rounded index")
    } else {
        text!("chỉ số chưa làm tròn", "the unrounded index")
    };
    let ids: Vec<&str> = set.ranking.tie_break.iter().map(|&node| set.nodes[node].id.as_str()).collect();
    let ids = ids.join(", ");
    let tie = if ids.is_empty() {
        Text::default()
    } else {
        text!("; bằng nhau thì xét lần lượt mục {ids}", "; equal units by the points of {ids} in turn")
    };
    let (vi, en) = ((on.vi, method.vi, tie.vi), (on.en, method.en, tie.en));
    let ((on_vi, method_vi, tie_vi), (on_en, method_en, tie_en)) = (vi, en);
    text!("Xếp hạng theo {on_vi}; {method_vi}{tie_vi}", "Ranked by {on_en}; {method_en}{tie_en}")
}

fn missing_note(missing: Missing, count: usize) -> Option<Text> {
    match missing {
        Missing::Zero => Some(text!(
            "Thiếu số liệu tính 0 điểm (missing = zero): {count} trường hợp",
            "Missing data count as 0 points (missing = zero): {count} cases"
        )),
        Missing::NotApplicable => Some(text!(
            "Thiếu số liệu thì không đánh giá (missing = n/a): {count} trường hợp",
            "Missing data count as not applicable (missing = n/a): {count} cases"
        )),
        Missing::Error | Missing::Full => None,
    }
}

/// The whole round in JSON; for machines, so the same in every language, reasons in Vietnamese.
struct RoundData<'a> {
    view: &'a RankingView<'a>,
}

impl Serialize for RoundData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let loaded = &self.view.scored.loaded;
        let round = &loaded.round;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &text(&round.title))?;
        map.serialize_entry("year", &round.year)?;
        map.serialize_entry("tiers", &Tiers(self))?;
        map.serialize_entry("notes", &round.notes)?;
        map.serialize_entry("made_by", &made_by(&loaded.files))?;
        map.end()
    }
}

/// Program, version and input files with their SHA-256.
pub(super) fn made_by(files: &[crate::source::Fingerprint]) -> Value {
    let files: Vec<Value> =
        files.iter().map(|print| json!({ "file": &*print.file, "sha256": print.sha256 })).collect();
    json!({ "program": "parindex", "version": env!("CARGO_PKG_VERSION"), "files": files })
}

struct Tiers<'a>(&'a RoundData<'a>);

impl Serialize for Tiers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for (at, (tier, scores, ranking)) in self.0.view.scored.tiers().enumerate() {
            list.serialize_element(&TierData { of: self.0, at, tier, scores, ranking })?;
        }
        list.end()
    }
}

struct TierData<'a> {
    of: &'a RoundData<'a>,
    at: usize,
    tier: &'a LoadedTier,
    scores: &'a Scores,
    ranking: &'a Ranking,
}

impl Serialize for TierData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TierData { tier, scores, .. } = self;
        let shown: Vec<usize> =
            self.ranking.blocks.iter().flat_map(|block| self.of.view.shown(self.at, block)).collect();
        let is_ranked = |unit: &usize| self.ranking.ranks[*unit].is_some();
        let (ranked, others): (Vec<usize>, Vec<usize>) = shown.into_iter().partition(is_ranked);
        let set = &tier.set;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &tier.id)?;
        map.serialize_entry("name", &text(&tier.name))?;
        map.serialize_entry("criteria_set", &set.id)?;
        map.serialize_entry("status", status_word(set.status))?;
        map.serialize_entry("missing", missing_word(tier.missing))?;
        map.serialize_entry("missing_count", &scores.missing)?;
        map.serialize_entry("notes", &set.notes)?;
        map.serialize_entry("units", &Units { of: self, units: &ranked })?;
        map.serialize_entry("unranked", &Units { of: self, units: &others })?;
        map.end()
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Official => "official",
        Status::Reconstructed => "reconstructed",
        Status::Sample => "sample",
    }
}

fn missing_word(missing: Missing) -> &'static str {
    match missing {
        Missing::Error => "error",
        Missing::Zero => "zero",
        Missing::NotApplicable => "n/a",
        Missing::Full => "full",
    }
}

struct Units<'a> {
    of: &'a TierData<'a>,
    units: &'a [usize],
}

impl Serialize for Units<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.units.len()))?;
        for &unit in self.units {
            list.serialize_element(&UnitData { of: self.of, unit })?;
        }
        list.end()
    }
}

struct UnitData<'a> {
    of: &'a TierData<'a>,
    unit: usize,
}

impl Serialize for UnitData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TierData { tier, scores, ranking, .. } = self.of;
        let (unit, score) = (&tier.data.units[self.unit], &scores.units[self.unit]);
        let is_scored = score.not_scored.is_none();
        let shown = |value| if is_scored { number(value) } else { Value::Null };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &unit.id)?;
        map.serialize_entry("name", unit.label())?;
        map.serialize_entry("block", &text(&unit.block))?;
        map.serialize_entry("points", &shown(score.total.exact()))?;
        map.serialize_entry("max", &shown(score.max.exact()))?;
        map.serialize_entry("index", &shown(score.index.exact()))?;
        map.serialize_entry("rank", &ranking.ranks[self.unit])?;
        map.serialize_entry("grade", &score.grade.map(|grade| &tier.set.grades[grade].name))?;
        map.serialize_entry("bonus", &shown(score.bonus.exact()))?;
        map.serialize_entry("deductions", &shown(score.deductions.exact()))?;
        let (status, reason) = status(tier, scores, self.unit);
        map.serialize_entry("status", status)?;
        if let Some(reason) = reason {
            map.serialize_entry("reason", &reason.vi)?;
        }
        map.serialize_entry("criteria", &Criteria(self))?;
        map.end()
    }
}

struct Criteria<'a>(&'a UnitData<'a>);

impl Serialize for Criteria<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TierData { tier, scores, .. } = self.0.of;
        let mut map = serializer.serialize_map(None)?;
        for (at, node) in tier.set.nodes.iter().enumerate() {
            let Some(score) = scores.nodes.get(self.0.unit, at) else { continue };
            let points = if score.not_applicable { Value::Null } else { number(score.points.exact()) };
            map.serialize_entry(&node.id, &json!({ "points": points, "max": number(score.max.exact()) }))?;
        }
        map.end()
    }
}
