//! A questionnaire that may be used: scales, items in factors and fields, how the overall index is
//! formed, what else is asked, and when a form counts. [`crate::validate::questionnaire`] makes one.

use crate::criteria_set::{Method, Status};
use crate::number::{Percent, Rounding};
use crate::source::Place;
use rust_decimal::Decimal;

/// A questionnaire.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// Its id, printed with every result; results of two ids are not compared in silence.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whose words it is in.
    pub status: Status,
    /// Its legal basis.
    pub basis: Vec<String>,
    /// Sentences that are printed with its results.
    pub notes: Vec<String>,
    /// What answers can be, for items, groups and questions alike.
    pub scales: Vec<Scale>,
    /// The fields; there may be none.
    pub fields: Vec<Field>,
    /// The factors, in the order of the file.
    pub factors: Vec<Factor>,
    /// The items, in the order of the file.
    pub items: Vec<Item>,
    /// How the overall index is formed.
    pub overall: Overall,
    /// The overall index that is to be reached.
    pub target: Option<Percent>,
    /// Demographic questions: crosstabs are made by them.
    pub groups: Vec<Group>,
    /// What is asked besides, for the shares.
    pub questions: Vec<Question>,
    /// Shares of single options: awareness, harassment.
    pub shares: Vec<Share>,
    /// When a form counts, and when a unit is ranked.
    pub validity: Validity,
    /// How an index is rounded when it is printed.
    pub rounding: Rounding,
    /// How units are ranked.
    pub ranking: Ranking,
    /// Targets of single units.
    pub unit_targets: Vec<UnitTarget>,
    /// What the columns of answer files are called that hold no answer.
    pub columns: Columns,
}

/// What an answer can be.
#[derive(Clone, Debug, Default)]
pub struct Scale {
    /// Its id; empty for the options of one group or question.
    pub id: String,
    /// The labels, from the lowest. The code of an answer is the place of its label here.
    pub labels: Vec<Label>,
    /// Words that say that nothing was chosen; an empty cell says so too.
    pub blank: Vec<String>,
}

/// One label of a scale.
#[derive(Clone, Debug)]
pub struct Label {
    /// How files write it as a code: `4`.
    pub code: String,
    /// How it is printed: `Hài lòng`.
    pub text: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// How it counts.
    pub counts: Counts,
}

/// How an answer counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counts {
    /// In the denominator alone.
    #[default]
    NotSatisfied,
    /// In the numerator and the denominator.
    Satisfied,
    /// In neither: no opinion.
    NoOpinion,
}

/// A field (lĩnh vực): factors that belong together.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The index that is to be reached.
    pub target: Option<Percent>,
}

/// A factor (yếu tố): items that belong together, under the name that the questionnaire gives it.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its field among [`Questionnaire::fields`].
    pub field: Option<usize>,
    /// The index that is to be reached.
    pub target: Option<Percent>,
}

/// An item: one statement that is rated on a scale.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its factor among [`Questionnaire::factors`]; none for a direct question.
    pub factor: Option<usize>,
    /// Its scale among [`Questionnaire::scales`].
    pub scale: usize,
    /// The index that is to be reached.
    pub target: Option<Percent>,
    /// Where it stands in files.
    pub asked: Asked,
}

/// Where files hold the answers to something that was asked, besides under its id and its text.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Names of its own column.
    pub columns: Vec<String>,
    /// The question whose grid it is a row of: `Câu 9`.
    pub question: Option<String>,
    /// Its number in that grid, from 1: packed cells say `1. Hài lòng; 2. …`.
    pub number: Option<u32>,
}

/// How the overall index is formed. It is printed with the index.
#[derive(Clone, Debug, PartialEq)]
pub enum Overall {
    /// Satisfied answers to all items ÷ valid answers to all items.
    PooledAnswers,
    /// The mean of the items' indices.
    MeanOfItems,
    /// The mean of the factors' indices.
    MeanOfFactors,
    /// The mean of the factors' indices with these weights, one a factor; they add up to 1.
    WeightedFactors(Vec<Decimal>),
    /// The index of one item that asks for it directly.
    DirectQuestion(usize),
}

impl Overall {
    /// The word of the format.
    pub const fn word(&self) -> &'static str {
        match self {
            Overall::PooledAnswers => "pooled-answers",
            Overall::MeanOfItems => "mean-of-items",
            Overall::MeanOfFactors => "mean-of-factors",
            Overall::WeightedFactors(_) => "weighted-factors",
            Overall::DirectQuestion(_) => "direct-question",
        }
    }
}

/// A demographic question.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its options among [`Questionnaire::scales`].
    pub scale: usize,
    /// Where it stands in files.
    pub asked: Asked,
}

/// Something that is asked and is no part of the index.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its options among [`Questionnaire::scales`], at most 64.
    pub scale: usize,
    /// Whether several options may be chosen.
    pub multiple: bool,
    /// Where it stands in files.
    pub asked: Asked,
}

/// A share of options of one question: of the forms that answer it, those that name one of them.
#[derive(Clone, Debug)]
pub struct Share {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The question among [`Questionnaire::questions`].
    pub question: usize,
    /// The options that count: bits in the order of the scale's labels.
    pub options: u64,
}

/// When a form counts, and when a unit is ranked.
#[derive(Clone, Copy, Debug)]
pub struct Validity {
    /// The least share of items that a valid form answers, in percent, as the file says it.
    pub answered: Percent,
    /// The least number of items that it answers.
    pub least_answered: usize,
    /// The least number of valid forms of a unit that is ranked.
    pub forms: u64,
}

/// How units are ranked.
#[derive(Clone, Copy, Debug)]
pub struct Ranking {
    /// What equal units get, and the one after them.
    pub method: Method,
    /// Whether the printed index decides, instead of the exact one.
    pub on_printed: bool,
}

/// A target of one unit.
#[derive(Clone, Debug)]
pub struct UnitTarget {
    /// The unit, as the file names it.
    pub unit: String,
    /// What the target is for.
    pub of: Part,
    /// The index that is to be reached.
    pub target: Percent,
    /// Where it says so.
    pub place: Place,
}

/// Something that has an index; the numbers are places in the questionnaire's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole questionnaire.
    Overall,
    /// A field.
    Field(usize),
    /// A factor.
    Factor(usize),
    /// An item.
    Item(usize),
}

/// What the columns are called that hold no answer, besides the words that are always known.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// For each of [`COLUMNS`], the names that the file gives it, each with its place if it has one.
    pub names: Vec<(Column, String, Option<Place>)>,
}

/// A column that holds no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The id of the form.
    Form,
    /// The unit.
    Unit,
    /// The weight.
    Weight,
    /// The stratum.
    Stratum,
    /// The cluster of the first stage (PSU).
    Cluster,
    /// The cluster of the second stage, inside that of the first.
    Second,
    /// The finite population of the first stage: how many clusters, or forms, the stratum has.
    Population,
    /// The finite population of the second stage: how many the cluster has.
    SecondPopulation,
    /// Who interviewed.
    Interviewer,
    /// When the form was filled in.
    Time,
    /// Long files: what is answered.
    Item,
    /// Long files: the answer.
    Answer,
}

/// The columns that hold no answer: the word of the format, and others that are known.
pub const COLUMNS: [(Column, &str, &[&str]); 12] = [
    (Column::Form, "form", &["id", "mã phiếu", "số phiếu", "phiếu"]),
    (Column::Unit, "unit", &["đơn vị", "mã đơn vị", "tên đơn vị"]),
    (Column::Weight, "weight", &["trọng số", "quyền số"]),
    (Column::Stratum, "stratum", &["strata", "tầng"]),
    (Column::Cluster, "cluster", &["psu", "cụm", "địa bàn"]),
    (Column::Second, "cluster2", &["ssu", "cụm cấp 2"]),
    (Column::Population, "fpc", &["fpc1", "tổng thể"]),
    (Column::SecondPopulation, "fpc2", &["tổng thể cấp 2"]),
    (Column::Interviewer, "interviewer", &["điều tra viên", "người phỏng vấn", "đtv"]),
    (Column::Time, "time", &["timestamp", "dấu thời gian", "thời gian", "ngày điều tra"]),
    (Column::Item, "item", &["mục", "câu hỏi"]),
    (Column::Answer, "answer", &["trả lời", "câu trả lời"]),
];

impl Column {
    /// The word of the format.
    pub fn word(self) -> &'static str {
        COLUMNS.iter().find(|(column, ..)| *column == self).map_or("", |(_, word, _)| word)
    }
}

impl Questionnaire {
    /// The items of a factor.
    pub fn items_of(&self, factor: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.items.len()).filter(move |item| self.items[*item].factor == Some(factor))
    }

    /// The items of a part; those of the whole questionnaire are all that have a factor, or the one
    /// that asks directly.
    pub fn items_in(&self, part: Part) -> Vec<usize> {
        let is_in = |item: usize| {
            let factor = self.items[item].factor;
            match (part, &self.overall) {
                (Part::Overall, Overall::DirectQuestion(direct)) => item == *direct,
                (Part::Overall, _) => factor.is_some(),
                (Part::Field(field), _) => factor.is_some_and(|at| self.factors[at].field == Some(field)),
                (Part::Factor(of), _) => factor == Some(of),
                (Part::Item(of), _) => item == of,
            }
        };
        (0..self.items.len()).filter(|item| is_in(*item)).collect()
    }

    /// How an answer to an item counts; `None` for one that is blank or off the scale.
    pub fn counts(&self, item: usize, code: u8) -> Option<Counts> {
        let scale = &self.scales[self.items[item].scale];
        scale.labels.get(usize::from(code)).map(|label| label.counts)
    }

    /// The part of an id: an item's, a factor's, a field's, or `overall`.
    pub fn part(&self, id: &str) -> Option<Part> {
        let factor = || self.factors.iter().position(|factor| factor.id == id).map(Part::Factor);
        let field = || self.fields.iter().position(|field| field.id == id).map(Part::Field);
        let item = || self.items.iter().position(|item| item.id == id).map(Part::Item);
        if id == "overall" { Some(Part::Overall) } else { factor().or_else(field).or_else(item) }
    }

    /// The id of a part.
    pub fn part_id(&self, part: Part) -> &str {
        match part {
            Part::Overall => "overall",
            Part::Field(field) => &self.fields[field].id,
            Part::Factor(factor) => &self.factors[factor].id,
            Part::Item(item) => &self.items[item].id,
        }
    }

    /// The target of a part of the questionnaire, where a unit has none of its own.
    pub fn target(&self, part: Part) -> Option<Percent> {
        match part {
            Part::Overall => self.target,
            Part::Field(field) => self.fields[field].target,
            Part::Factor(factor) => self.factors[factor].target,
            Part::Item(item) => self.items[item].target,
        }
    }
}
