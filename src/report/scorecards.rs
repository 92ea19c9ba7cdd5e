//! Scorecards: units one after the other, criterion by criterion.

use super::explanation::ExplanationView;
use super::json::{bytes, made_by};
use super::{Report, Section, View};
use crate::lang::Lang;
use crate::scored::Scored;
use serde_json::{Value, json};

/// Scorecards of units of a scored round.
pub struct ScorecardsView<'a> {
    /// The round, with every value.
    pub scored: &'a Scored,
    /// The units: the tier's place and their own.
    pub units: Vec<(usize, usize)>,
}

impl View for ScorecardsView<'_> {
    fn report(&self) -> Report<'_> {
        let mut report = Report { provenance: self.scored.loaded.files.clone(), ..Report::default() };
        report.sections = self.units.iter().flat_map(|&unit| self.sections(unit)).collect();
        report
    }

    fn json(&self, lang: Lang) -> Vec<u8> {
        let unit = |&unit: &(usize, usize)| self.explanation(unit).unit_json(lang);
        let units: Vec<Value> = self.units.iter().map(unit).collect();
        bytes(&json!({ "units": units, "made_by": made_by(&self.scored.loaded.files) }))
    }
}

impl<'a> ScorecardsView<'a> {
    /// All units: tier by tier and block by block, ranked ones first.
    pub fn of_all(scored: &'a Scored) -> ScorecardsView<'a> {
        let of_tier = |(tier, (_, ranking)): (usize, &'a (_, crate::engine::Ranking))| {
            let blocks = ranking.blocks.iter();
            let units = blocks.flat_map(|block| {
                block.ranked.iter().chain(&block.unranked).chain(&block.not_scored).copied()
            });
            units.map(move |unit| (tier, unit))
        };
        ScorecardsView { scored, units: scored.tiers.iter().enumerate().flat_map(of_tier).collect() }
    }

    /// How a unit came to its points.
    pub fn explanation(&self, (tier, unit): (usize, usize)) -> ExplanationView<'a> {
        ExplanationView::of_unit(self.scored, tier, unit)
    }

    /// The card of a unit: its way from the maximum to the total, and every criterion.
    pub fn sections<'s>(&self, unit: (usize, usize)) -> Vec<Section<'s>> {
        self.explanation(unit).card()
    }
}
