//! What goes into one exported file: the parts that were asked for, each a view.

use super::View;
use super::annex::AnnexOptions;
use super::ranking::set_status;
use crate::lang::Text;
use crate::scored::Scored;
use crate::text;

/// A scored round with all that is exported of it.
pub struct Publication<'a> {
    /// The round, with every node and every value.
    pub scored: &'a Scored,
    /// The parts, in the order in which they are shown.
    pub parts: Vec<Part<'a>>,
    /// The units whose scorecards are a part: the tier's place and their own.
    pub cards: Vec<(usize, usize)>,
    /// What annexes of a decision show.
    pub annex: AnnexOptions,
}

/// One part of an export.
pub struct Part<'a> {
    /// Which.
    pub what: What,
    /// What it shows.
    pub view: Box<dyn View + 'a>,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The ranked tables.
    Ranking,
    /// Each unit criterion by criterion.
    Scorecards,
    /// Who moved since the round before.
    Comparison,
    /// Satisfaction indices.
    Sipas,
    /// How firm the ranks are.
    Robust,
    /// Scenarios, before and after.
    Scenario,
}

impl What {
    /// All parts, in the order in which they are shown.
    pub const ALL: [What; 6] =
        [What::Ranking, What::Scorecards, What::Comparison, What::Sipas, What::Robust, What::Scenario];

    /// Its word for machines.
    pub fn word(self) -> &'static str {
        match self {
            What::Ranking => "ranking",
            What::Scorecards => "scorecards",
            What::Comparison => "comparison",
            What::Sipas => "sipas",
            What::Robust => "robust",
            What::Scenario => "scenario",
        }
    }

    /// Its title.
    pub fn title(self) -> Text {
        match self {
            What::Ranking => text!("Bảng xếp hạng", "Ranking"),
            What::Scorecards => text!("Phiếu điểm từng đơn vị", "Scorecards"),
            What::Comparison => text!("So với kỳ trước", "Compared with the round before"),
            What::Sipas => text!("Mức độ hài lòng (SIPAS)", "Satisfaction (SIPAS)"),
            What::Robust => text!("Độ vững của thứ hạng", "How firm the ranks are"),
            What::Scenario => text!("Kịch bản giả định", "Scenarios"),
        }
    }
}

impl<'a> Publication<'a> {
    /// A part, if it was asked for.
    pub fn part(&self, what: What) -> Option<&(dyn View + 'a)> {
        self.parts.iter().find(|part| part.what == what).map(|part| &*part.view)
    }

    /// The criteria sets and whose words they are in, each once: what a reader must know first.
    pub fn statuses(&self) -> Vec<Text> {
        let mut statuses: Vec<Text> = Vec::new();
        for tier in &self.scored.loaded.tiers {
            let (name, Text { vi, en }) = (&tier.set.name, set_status(tier.set.status));
            let status = text!("{name}: {vi}", "{name}: {en}");
            if !statuses.contains(&status) {
                statuses.push(status);
            }
        }
        statuses
    }
}
