//! The blank sheet into which results are entered: which rows and columns it has, what may stand in
//! a cell. A filled one is read as any other long table of results: what people read stands under
//! headers that are not read (`#…`), and a row that asks for something names its unit, criterion,
//! input and stage in columns beside the printed page.

mod ask;
mod guide;
mod lines;

use super::Cell;
use crate::criteria_set::CriteriaSet;
use crate::lang::Text;
use crate::model::{Dataset, Stage, Unit, Value};
use crate::round::Round;
use crate::text;

pub use ask::{Ask, NOT_APPLICABLE};
pub use lines::{Line, Place};

/// A blank sheet.
pub struct Blank<'a> {
    /// The criteria set.
    pub set: &'a CriteriaSet,
    /// What stands above it.
    pub head: Head<'a>,
    /// The stage that is entered; none where the round has no stages.
    pub stage: Stage,
    /// The units, each with all lines.
    pub units: Vec<&'a Unit>,
    /// What it asks of a unit.
    pub lines: Vec<Line<'a>>,
    /// What was given at earlier stages, if anything.
    pub earlier: Option<Earlier<'a>>,
}

/// What the round says above its tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'a> {
    /// Who issues the result; may be empty.
    pub issuer: &'a str,
    /// The title of the round; may be empty.
    pub title: &'a str,
}

/// What was given at earlier stages.
#[derive(Clone, Debug)]
pub struct Earlier<'a> {
    /// The results.
    pub data: &'a Dataset,
    /// The stages that are shown.
    pub stages: Vec<Stage>,
}

/// What the round fills in itself, so that nobody need enter it.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The ids of its tiers, whose results other tiers look at.
    pub tiers: Vec<String>,
    /// It names a round before.
    pub previous: bool,
    /// It has a file of targets.
    pub targets: bool,
}

/// A column of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The id of the group or criterion.
    Id,
    /// Its name.
    Name,
    /// Maximum points.
    Max,
    /// How points are computed.
    Rule,
    /// Legal basis.
    Basis,
    /// What is to be entered.
    Label,
    /// What was entered at an earlier stage.
    Earlier(Stage),
    /// The cell to fill in.
    Value,
    /// The points that the unit gives itself; they are not read.
    OwnPoints,
    /// Evidence.
    Evidence,
    /// Remarks.
    Note,
    /// For the program: the unit.
    Unit,
    /// For the program: the criterion.
    Criterion,
    /// For the program: the input.
    Input,
    /// For the program: the stage.
    Stage,
}

impl Filled {
    /// What a round fills in.
    pub fn by(round: &Round) -> Filled {
        Filled {
            tiers: round.tiers.iter().map(|tier| tier.id.clone()).collect(),
            previous: round.previous.is_some(),
            targets: round.targets.is_some(),
        }
    }
}

impl Column {
    /// The header that the program reads; `#` marks what it does not read.
    pub fn key(self) -> &'static str {
        match self {
            Column::Id => "#id",
            Column::Name => "#name",
            Column::Max => "#max",
            Column::Rule => "#rule",
            Column::Basis => "#basis",
            Column::Label => "#label",
            Column::Earlier(Stage::SelfAssessed) => "#self",
            Column::Earlier(Stage::Appraisal1) => "#appraisal1",
            Column::Earlier(Stage::Explanation) => "#explanation",
            Column::Earlier(Stage::Appraisal2) => "#appraisal2",
            Column::Earlier(_) => "#earlier",
            Column::Value => "value",
            Column::OwnPoints => "#own",
            Column::Evidence => "evidence",
            Column::Note => "note",
            Column::Unit => "unit",
            Column::Criterion => "criterion",
            Column::Input => "input",
            Column::Stage => "stage",
        }
    }

    /// The header for people. None of them is one that the program would take for its own header row.
    pub fn title(self) -> Text {
        match self {
            Column::Id => text!("Mã", "Id"),
            Column::Name => text!("Nội dung tiêu chí", "Criterion"),
            Column::Max => text!("Điểm tối đa", "Maximum"),
            Column::Rule => text!("Cách chấm", "How points are given"),
            Column::Basis => text!("Căn cứ", "Legal basis"),
            Column::Label => text!("Cần nhập", "What to enter"),
            Column::Earlier(stage) => stage.name(),
            Column::Value => text!("Số liệu, trả lời", "Figure, answer"),
            Column::OwnPoints => text!("Điểm tự chấm", "Own points"),
            Column::Evidence => text!("Tài liệu kiểm chứng", "Evidence"),
            Column::Note => text!("Ghi chú, giải trình", "Remarks"),
            Column::Unit | Column::Criterion | Column::Input | Column::Stage => {
                text!("(phần mềm)", "(program)")
            }
        }
    }

    /// Whether it stands beside the printed page, for the program alone.
    pub fn is_for_program(self) -> bool {
        matches!(self, Column::Unit | Column::Criterion | Column::Input | Column::Stage)
    }
}

impl<'a> Blank<'a> {
    /// A sheet without units.
    pub fn new(set: &'a CriteriaSet, head: Head<'a>, stage: Stage, filled: Filled) -> Blank<'a> {
        Blank { set, head, stage, units: Vec::new(), lines: lines::lines(set, &filled), earlier: None }
    }

    /// The columns, from the left.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns =
            vec![Column::Id, Column::Name, Column::Max, Column::Rule, Column::Basis, Column::Label];
        let earlier = self.earlier.iter().flat_map(|earlier| &earlier.stages);
        columns.extend(earlier.map(|stage| Column::Earlier(*stage)));
        columns.push(Column::Value);
        if self.stage == Stage::SelfAssessed {
            columns.push(Column::OwnPoints);
        }
        columns.extend([Column::Evidence, Column::Note]);
        columns.extend([Column::Unit, Column::Criterion, Column::Input, Column::Stage]);
        columns
    }

    /// What the sheet is called.
    pub fn name(&self) -> Text {
        match self.stage {
            Stage::None => text!("Phiếu số liệu", "Results sheet"),
            Stage::SelfAssessed => text!("Phiếu tự đánh giá", "Self-assessment sheet"),
            Stage::Appraisal1 => text!("Phiếu thẩm định lần 1", "First appraisal sheet"),
            Stage::Explanation => text!("Phiếu giải trình", "Explanation sheet"),
            Stage::Appraisal2 => text!("Phiếu thẩm định lần 2", "Second appraisal sheet"),
            Stage::Final => text!("Phiếu kết quả cuối", "Final results sheet"),
        }
    }

    /// The set that it follows, and whose words that is in.
    pub fn provenance(&self) -> Text {
        let (id, name) = (&self.set.id, &self.set.name);
        let Text { vi, en } = self.set.status.words();
        text!("Bộ tiêu chí: {name} ({id}, {vi})", "Criteria set: {name} ({id}, {en})")
    }

    /// What a unit's input was at an earlier stage.
    pub fn given(&self, unit: usize, column: usize, stage: Stage) -> Option<Cell<'a>> {
        let data = self.earlier.as_ref()?.data;
        let (_, cells) = data.stages.iter().find(|(of, _)| *of == stage)?;
        match cells.value(unit * data.width + column) {
            Value::Missing | Value::Unreadable => None,
            Value::NotApplicable => Some(Cell::text(NOT_APPLICABLE)),
            Value::Number(number) => Some(Cell::Plain(number)),
            Value::Word(word) => {
                let word = self.set.columns[column].input.words.get(usize::from(word))?;
                Some(Cell::text(&word.text))
            }
            Value::Date(day) => Some(Cell::Words(date(day)?)),
            Value::Present => Some(Cell::Words(text!("có", "yes"))),
        }
    }

    /// The place of a unit among those of the earlier stages' results.
    pub fn unit_before(&self, unit: &Unit) -> Option<usize> {
        self.earlier.as_ref()?.data.units.iter().position(|other| other.id == unit.id)
    }
}

/// A day as Vietnam writes it.
fn date(day: i32) -> Option<Text> {
    let day = chrono::NaiveDate::from_num_days_from_ce_opt(day)?;
    Some(Text::same(day.format("%d/%m/%Y")))
}
