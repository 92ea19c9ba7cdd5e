//! The round: what one year's scoring consists of, as `round.toml` says it.

use crate::criteria_set::Missing;
use crate::model::Stage;
use crate::number::reading::Form;
use crate::questionnaire::Columns;
use crate::source::Place;

/// A round.
#[derive(Clone, Debug, Default)]
pub struct Round {
    /// The year that is scored.
    pub year: Option<u32>,
    /// What stands above the tables.
    pub title: String,
    /// Who issues the result.
    pub issuer: String,
    /// Sentences that are printed below the tables.
    pub notes: Vec<String>,
    /// The file of the units, relative to the round.
    pub units: Option<FileName>,
    /// The decimal mark of the files, if it is declared.
    pub form: Option<Form>,
    /// The latest stage that counts.
    pub stage: Option<Stage>,
    /// The stages that the round has; empty for all.
    pub stages: Vec<Stage>,
    /// The round before: a folder, its file, or a table of published results.
    pub previous: Option<FileName>,
    /// The file of the targets.
    pub targets: Option<FileName>,
    /// Indices that were computed elsewhere.
    pub indices: Vec<IndexFile>,
    /// The tiers, in the order of the file.
    pub tiers: Vec<Tier>,
}

/// A tier of a round.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Its id: `xa`.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// The criteria set: a file, or the id of a set that parindex brings along.
    pub criteria: FileName,
    /// The files with results.
    pub results: Vec<FileName>,
    /// The file with deductions and events.
    pub deductions: Option<FileName>,
    /// What a missing input means, if the round says so.
    pub missing: Option<Missing>,
    /// The id of the tier whose units it scores once more, and where it says so.
    pub units_of: Option<(String, Option<Place>)>,
}

/// An index that the round does not score: SIPAS.
#[derive(Clone, Debug)]
pub struct IndexFile {
    /// Its id, as criteria name it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where its values come from.
    pub source: IndexSource,
}

/// Where the values of an index come from.
#[derive(Clone, Debug)]
pub enum IndexSource {
    /// A table of values.
    Table(FileName),
    /// The forms of a survey.
    Survey(SurveyFiles),
}

/// The forms of a survey, from which an index is computed.
#[derive(Clone, Debug)]
pub struct SurveyFiles {
    /// The questionnaire: a file, or the id of one that parindex brings along.
    pub questionnaire: FileName,
    /// The files of answers.
    pub answers: Vec<FileName>,
    /// What they call the columns that hold no answer.
    pub columns: Columns,
    /// Whether clusters are numbered anew in each stratum.
    pub nested: bool,
    /// Known numbers of people, to which the weights are fitted.
    pub margins: Option<FileName>,
}

/// The name of a file, and where it was named.
#[derive(Clone, Debug)]
pub struct FileName {
    /// As written.
    pub name: String,
    /// Where; none if on the command line.
    pub place: Option<Place>,
}
