//! A scored round as JSON, tier by tier, unit by unit, criterion by criterion.

use super::RankingView;
use super::{missed_ids, status};
use crate::criteria_set::{Missing, Status};
use crate::engine::{Ranking, Scores};
use crate::report::json::{made_by, number, text};
use crate::scored::LoadedTier;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Value, json};

/// The whole round in JSON; for machines, so the same in every language, reasons in Vietnamese.
pub(super) struct RoundData<'a> {
    pub view: &'a RankingView<'a>,
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
        Missing::NotScored => "not-scored",
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
        if let Some(limit) = score.limit {
            let by_index = tier.set.grade(score.index.exact());
            map.serialize_entry("grade_by_index", &by_index.map(|grade| &tier.set.grades[grade].name))?;
            map.serialize_entry("grade_limit", &tier.set.grade_limits[limit].name)?;
        }
        if tier.set.has_targets() && is_scored {
            let missed = missed_ids(tier, scores, self.unit);
            let targets = json!({ "met": score.targets.met, "missed": missed });
            map.serialize_entry("targets", &targets)?;
        }
        if self.of.of.view.scored.loaded.previous.is_some() {
            let moved = self.of.of.view.scored.moved(self.of.at, self.unit);
            let before = moved.as_ref().map(|moved| &moved.before);
            let exact = |value: Option<rust_decimal::Decimal>| value.map_or(Value::Null, number);
            let units =
                before.map(|before| before.of.iter().map(|standing| &standing.unit).collect::<Vec<_>>());
            let previous = json!({
                "units": units,
                "index": exact(before.and_then(|before| before.index)),
                "rank": before.and_then(|before| before.rank),
            });
            map.serialize_entry("previous", &previous)?;
            map.serialize_entry("change", &exact(moved.as_ref().and_then(|moved| moved.change)))?;
            map.serialize_entry("places", &moved.as_ref().and_then(|moved| moved.places))?;
        }
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
