//! The columns that a ranked table of an annex can have, and which a round has by itself.

use crate::criteria_set::CriteriaSet;
use crate::lang::Text;
use crate::model::Stage;
use crate::scored::{Before, Scored};
use crate::text;

/// A column of a ranked table in an annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnexColumn {
    /// The number of the row.
    Number,
    /// The unit's id.
    Id,
    /// Its name.
    Unit,
    /// A column for each field.
    Fields,
    /// What it had at a stage of the appraisal, surveys left out.
    Stage(Stage),
    /// What the appraisal gave in the end, surveys left out.
    Appraised,
    /// What surveys gave.
    Survey,
    /// A column of the ranked tables that `score` writes, by its name for machines.
    Ranked(&'static str),
}

/// The columns by their words on the command line, with their heads on paper.
const COLUMNS: [(&str, AnnexColumn, &str, &str); 22] = [
    ("stt", AnnexColumn::Number, "STT", "No."),
    ("id", AnnexColumn::Id, "Mã", "Id"),
    ("unit", AnnexColumn::Unit, "Đơn vị", "Unit"),
    ("fields", AnnexColumn::Fields, "Lĩnh vực", "Fields"),
    ("self", AnnexColumn::Stage(Stage::SelfAssessed), "Điểm tự chấm", "Self-assessed"),
    ("appraisal1", AnnexColumn::Stage(Stage::Appraisal1), "Điểm thẩm định lần 1", "First appraisal"),
    ("explanation", AnnexColumn::Stage(Stage::Explanation), "Điểm giải trình", "Explanation"),
    ("appraisal2", AnnexColumn::Stage(Stage::Appraisal2), "Điểm thẩm định lần 2", "Second appraisal"),
    ("appraised", AnnexColumn::Appraised, "Điểm thẩm định", "Appraised"),
    ("survey", AnnexColumn::Survey, "Điểm điều tra XHH", "Survey"),
    ("bonus", AnnexColumn::Ranked("bonus"), "Điểm thưởng", "Bonus"),
    ("deductions", AnnexColumn::Ranked("deductions"), "Điểm trừ", "Deducted"),
    ("total", AnnexColumn::Ranked("total"), "Tổng điểm", "Total"),
    ("max", AnnexColumn::Ranked("max"), "Điểm tối đa", "Maximum"),
    ("index", AnnexColumn::Ranked("index"), "Chỉ số (%)", "Index (%)"),
    ("rank", AnnexColumn::Ranked("rank"), "Xếp hạng", "Rank"),
    ("grade", AnnexColumn::Ranked("grade"), "Xếp loại", "Grade"),
    ("targets", AnnexColumn::Ranked("targets"), "Chỉ tiêu đạt", "Targets met"),
    ("previous", AnnexColumn::Ranked("previous_index"), "Chỉ số năm trước (%)", "Index before (%)"),
    ("change", AnnexColumn::Ranked("change"), "Tăng, giảm chỉ số", "Change of index"),
    ("previous-rank", AnnexColumn::Ranked("previous_rank"), "Hạng năm trước", "Rank before"),
    ("places", AnnexColumn::Ranked("places"), "Tăng, giảm bậc", "Places"),
];

impl AnnexColumn {
    /// The words of all columns.
    pub fn words() -> [&'static str; COLUMNS.len()] {
        COLUMNS.map(|(word, ..)| word)
    }

    /// The column of a word.
    pub fn named(word: &str) -> Option<AnnexColumn> {
        COLUMNS.iter().find(|(known, ..)| *known == word).map(|(_, column, ..)| *column)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        COLUMNS.iter().find(|(_, column, ..)| *column == self).map_or("", |(word, ..)| word)
    }

    /// Its head on paper.
    pub(super) fn title(self) -> Text {
        let found = COLUMNS.iter().find(|(_, column, ..)| *column == self);
        found.map_or_else(Text::default, |(_, _, vi, en)| text!("{vi}", "{en}"))
    }

    /// Whether a tier has anything to show in it.
    pub fn is_there(self, scored: &Scored, tier: usize) -> bool {
        let of = &scored.loaded.tiers[tier];
        let set = &of.set;
        match self {
            AnnexColumn::Stage(stage) => of.data.stages.iter().any(|(at, _)| *at == stage),
            AnnexColumn::Survey => has_survey(set),
            AnnexColumn::Ranked("bonus") => set.has_bonus(),
            AnnexColumn::Ranked("deductions") => set.has_deductions(),
            AnnexColumn::Ranked("grade") => !set.grades.is_empty(),
            AnnexColumn::Ranked("targets") => set.has_targets(),
            AnnexColumn::Ranked("previous_index" | "change") => {
                is_known(scored, tier, |before| before.index.is_some())
            }
            AnnexColumn::Ranked("previous_rank" | "places") => {
                is_known(scored, tier, |before| before.rank.is_some())
            }
            _ => true,
        }
    }

    /// The columns of a tier where none were chosen: everything that it has and that an annex
    /// usually prints.
    pub(super) fn usual(scored: &Scored, tier: usize) -> Vec<AnnexColumn> {
        let of = &scored.loaded.tiers[tier];
        let is_appraised = !of.data.stages.is_empty() || has_survey(&of.set);
        let scores = &scored.tiers[tier].0;
        let has_other_max =
            scores.units.iter().any(|score| score.not_scored.is_none() && score.max != of.set.max);
        let is_usual = |column: AnnexColumn| match column {
            AnnexColumn::Number | AnnexColumn::Unit | AnnexColumn::Survey => true,
            AnnexColumn::Stage(stage) => stage == Stage::SelfAssessed,
            AnnexColumn::Appraised => is_appraised,
            AnnexColumn::Id | AnnexColumn::Fields => false,
            AnnexColumn::Ranked(name) => match name {
                "max" => has_other_max,
                "targets" | "change" | "places" => false,
                _ => true,
            },
        };
        let all = COLUMNS.iter().map(|(_, column, ..)| *column);
        all.filter(|column| is_usual(*column) && column.is_there(scored, tier)).collect()
    }
}

/// Whether something is known of any unit in the round before.
fn is_known(scored: &Scored, tier: usize, what: impl Fn(&Before<'_>) -> bool) -> bool {
    let units = 0..scored.loaded.tiers[tier].data.units.len();
    units.into_iter().any(|unit| scored.before(tier, unit).is_some_and(|before| what(&before)))
}

fn has_survey(set: &CriteriaSet) -> bool {
    set.leaves.iter().any(|leaf| leaf.is_survey)
}
