//! The size of a sample, and how it is shared among strata.

use super::json::{bytes, made_by, number};
use super::{Cell, Column, ColumnKind, Report, Section, Table, View};
use crate::lang::{Lang, Text};
use crate::number::{Rounding, plain};
use crate::source::Fingerprint;
use crate::survey::allocation::Rule;
use crate::survey::sample_size::Formula;
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// A sample, and what it brings.
#[derive(Debug)]
pub struct SampleView {
    /// What was asked for.
    pub given: Given,
    /// Sizes; one where the sample is shared.
    pub sizes: Vec<SizeRow>,
    /// How it is shared.
    pub allocation: Option<Allocation>,
    /// The files that were read.
    pub files: Vec<Fingerprint>,
}

/// What was asked for; shares are from 0 to 1.
#[derive(Debug)]
pub struct Given {
    /// How far off the estimate may be, unless a size was given.
    pub margin: Option<Decimal>,
    /// The share that is expected.
    pub share: Decimal,
    /// How sure.
    pub level: Decimal,
    /// The design effect.
    pub design_effect: Decimal,
    /// The share of forms that come back valid.
    pub response: Decimal,
    /// How many people there are.
    pub population: Option<u64>,
}

/// A size, and what it brings.
#[derive(Debug)]
pub struct SizeRow {
    /// The formula; none for a size that was given.
    pub formula: Option<Formula>,
    /// What the formula says of a simple random sample.
    pub simple: Option<Decimal>,
    /// Valid answers.
    pub answers: u64,
    /// Forms to hand out.
    pub forms: u64,
    /// How far off the estimate may be, in points of percent.
    pub margin: Option<Decimal>,
    /// The gap from which two units of this size can be told apart, in points of percent.
    pub gap: Option<Decimal>,
}

/// A sample that is shared among strata.
#[derive(Debug)]
pub struct Allocation {
    /// By which rule.
    pub rule: Rule,
    /// The least of a stratum.
    pub minimum: u64,
    /// How far off the estimate of everybody may be; none if a stratum has no answers.
    pub margin: Option<Decimal>,
    /// The gap from which the two strata with the smallest margins can be told apart, and the two
    /// with the largest; in points of percent.
    pub gaps: Option<[Decimal; 2]>,
    /// The strata.
    pub strata: Vec<StratumRow>,
}

/// A stratum and its part.
#[derive(Debug)]
pub struct StratumRow {
    /// Its name.
    pub name: String,
    /// How many people it has.
    pub population: u64,
    /// Valid answers.
    pub answers: u64,
    /// Forms to hand out.
    pub forms: u64,
    /// How far off its own estimate may be, in points of percent.
    pub margin: Option<Decimal>,
}

impl View for SampleView {
    fn report(&self) -> Report<'_> {
        let mut report = Report { provenance: self.files.clone(), ..Report::default() };
        report.titles = vec![text!("Cỡ mẫu khảo sát", "Sample size of a survey"), self.assumptions()];
        match &self.allocation {
            None => report.sections.push(self.sizes_section()),
            Some(allocation) => report.sections.push(self.strata_section(allocation)),
        }
        report.notes = self.notes();
        report
    }

    fn json(&self, _: Lang) -> Vec<u8> {
        let of = |value: Option<Decimal>| value.map_or(Value::Null, number);
        let size = |row: &SizeRow| {
            json!({
                "formula": row.formula.map(key),
                "n": of(row.simple),
                "answers": row.answers,
                "forms": row.forms,
                "margin_points": of(row.margin),
                "gap_points": of(row.gap),
            })
        };
        let stratum = |row: &StratumRow| {
            json!({
                "stratum": row.name,
                "population": row.population,
                "answers": row.answers,
                "forms": row.forms,
                "margin_points": of(row.margin),
            })
        };
        let allocation = self.allocation.as_ref().map(|allocation| {
            json!({
                "rule": rule_key(allocation.rule),
                "minimum": allocation.minimum,
                "margin_points": of(allocation.margin),
                "gap_points": allocation.gaps.map(|gaps| gaps.map(number)),
                "strata": allocation.strata.iter().map(stratum).collect::<Vec<_>>(),
            })
        });
        let given = &self.given;
        let all = json!({
            "margin": of(given.margin),
            "p": number(given.share),
            "confidence": number(given.level),
            "deff": number(given.design_effect),
            "response_rate": number(given.response),
            "population": given.population,
            "sizes": self.sizes.iter().map(size).collect::<Vec<_>>(),
            "allocation": allocation,
            "made_by": made_by(&self.files),
        });
        bytes(&all)
    }
}

impl SampleView {
    /// "Sai số ±5 điểm %, tỷ lệ dự kiến 50 %, …"
    fn assumptions(&self) -> Text {
        let given = &self.given;
        Text::by(|lang| {
            let percent = |share: Decimal| plain(share * Decimal::ONE_HUNDRED, lang);
            let (share, level, response) =
                (percent(given.share), percent(given.level), percent(given.response));
            let deff = plain(given.design_effect, lang);
            let mut parts: Vec<String> = Vec::new();
            let vi = lang == Lang::Vi;
            if let Some(margin) = given.margin.map(percent) {
                parts.push(if vi {
                    format!("sai số ±{margin} điểm %")
                } else {
                    format!("margin ±{margin} points")
                });
            }
            parts.push(if vi {
                format!("tỷ lệ dự kiến {share} %")
            } else {
                format!("expected share {share} %")
            });
            parts.push(if vi {
                format!("độ tin cậy {level} %")
            } else {
                format!("confidence {level} %")
            });
            parts.push(if vi {
                format!("hiệu ứng thiết kế {deff}")
            } else {
                format!("design effect {deff}")
            });
            parts.push(if vi {
                format!("{response} % phiếu hợp lệ")
            } else {
                format!("{response} % of forms valid")
            });
            if let Some(people) = given.population {
                parts.push(if vi {
                    format!("tổng thể {people} người")
                } else {
                    format!("{people} people")
                });
            }
            parts.join(", ")
        })
    }

    fn sizes_section(&self) -> Section<'_> {
        let points = |value: Option<Decimal>| {
            value.map_or(Cell::Missing, |value| Cell::Number(value, Rounding::CENTS))
        };
        let mut columns = vec![
            Column::new("formula", text!("Công thức", "Formula"), ColumnKind::Word),
            Column::new("n", text!("n", "n"), ColumnKind::Number),
        ];
        let is_given = self.sizes.iter().all(|row| row.formula.is_none());
        if is_given {
            columns.clear();
        }
        columns.extend([
            Column::new("answers", text!("Phiếu hợp lệ", "Valid answers"), ColumnKind::Number),
            Column::new("forms", text!("Phiếu phát", "Forms"), ColumnKind::Number),
            Column::new("margin", text!("Sai số ±", "Margin ±"), ColumnKind::Number),
            Column::new("gap", text!("Phân biệt từ", "Told apart from"), ColumnKind::Number),
        ]);
        let row = move |at: usize| {
            let row: &SizeRow = &self.sizes[at];
            let mut cells = Vec::new();
            if let Some(formula) = row.formula.filter(|_| !is_given) {
                cells = vec![Cell::text(key(formula)), points(row.simple)];
            }
            cells.extend([
                Cell::Whole(row.answers),
                Cell::Whole(row.forms),
                points(row.margin),
                points(row.gap),
            ]);
            cells
        };
        Section {
            table: Some(Table { columns, len: self.sizes.len(), row: Box::new(row) }),
            ..Section::default()
        }
    }

    fn strata_section<'a>(&'a self, allocation: &'a Allocation) -> Section<'a> {
        let columns = vec![
            Column::new("stratum", text!("Tầng", "Stratum"), ColumnKind::Text),
            Column::new("population", text!("Số người", "People"), ColumnKind::Number),
            Column::new("answers", text!("Phiếu hợp lệ", "Valid answers"), ColumnKind::Number),
            Column::new("forms", text!("Phiếu phát", "Forms"), ColumnKind::Number),
            Column::new("margin", text!("Sai số ±", "Margin ±"), ColumnKind::Number),
        ];
        let row = |at: usize| {
            let row: &StratumRow = &allocation.strata[at];
            let margin = row.margin.map_or(Cell::Missing, |margin| Cell::Number(margin, Rounding::CENTS));
            vec![
                Cell::text(&row.name),
                Cell::Whole(row.population),
                Cell::Whole(row.answers),
                Cell::Whole(row.forms),
                margin,
            ]
        };
        Section {
            heading: Some(rule_name(allocation)),
            table: Some(Table { columns, len: allocation.strata.len(), row: Box::new(row) }),
            notes: self
                .sizes
                .first()
                .map(|size| total(size, allocation))
                .into_iter()
                .chain(gaps(allocation))
                .collect(),
            ..Section::default()
        }
    }

    fn notes(&self) -> Vec<Text> {
        let mut notes = Vec::new();
        if self.sizes.iter().any(|row| row.formula == Some(Formula::Slovin)) {
            notes.push(text!(
                "Slovin, N/(1 + N e²), lấy sẵn z = 2 và p = 50 %, không theo độ tin cậy và tỷ lệ dự kiến ở trên",
                "Slovin, N/(1 + N e²), has z = 2 and p = 50 % built in and looks at neither the confidence nor the expected share above"
            ));
        }
        if self.given.population.is_none() {
            notes.push(text!(
                "chưa ghi --population nên coi tổng thể là vô hạn",
                "without --population there is no end to the people"
            ));
        }
        if self.given.population.is_none() && self.given.margin.is_some() {
            notes.push(text!(
                "slovin, finite và exact cần --population",
                "slovin, finite and exact need --population"
            ));
        }
        notes.push(text!(
            "sai số tính bằng điểm %, cho ước lượng của cả mẫu (hoặc của riêng tầng); đã nhân hiệu ứng thiết kế",
            "margins are in points of percent, of the whole sample's estimate (or of the stratum's own), design effect included"
        ));
        if self.allocation.is_none() {
            notes.push(text!(
                "phân biệt từ: hai đơn vị cùng có số phiếu này phải chênh nhau chừng đó điểm % mới nói được là khác nhau",
                "told apart from: two units with as many answers each differ beyond chance from this gap on"
            ));
        }
        if self.given.design_effect == Decimal::ONE {
            notes.push(text!(
                "hiệu ứng thiết kế 1 chỉ đúng với mẫu ngẫu nhiên đơn giản; chọn theo cụm (thôn, tổ dân phố) thì lớn hơn: --deff",
                "a design effect of 1 is that of a simple random sample; drawing whole hamlets makes it larger: --deff"
            ));
        }
        notes
    }
}

/// A formula as options and files name it.
fn key(formula: Formula) -> &'static str {
    match formula {
        Formula::Slovin => "slovin",
        Formula::Cochran => "cochran",
        Formula::Finite => "finite",
        Formula::Exact => "exact",
    }
}

fn rule_key(rule: Rule) -> &'static str {
    match rule {
        Rule::Equal => "equal",
        Rule::Proportional => "proportional",
        Rule::Neyman => "neyman",
        Rule::SquareRoot => "square-root",
    }
}

/// "Phân bổ tỷ lệ thuận với số người, mỗi tầng ít nhất 30"
fn rule_name(allocation: &Allocation) -> Text {
    let rule = match allocation.rule {
        Rule::Equal => text!("Phân bổ đều", "Shared equally"),
        Rule::Proportional => text!("Phân bổ theo số người", "Shared by people"),
        Rule::Neyman => text!(
            "Phân bổ Neyman, theo số người × độ lệch chuẩn",
            "Shared by people × standard deviation (Neyman)"
        ),
        Rule::SquareRoot => text!("Phân bổ theo căn bậc hai của số người", "Shared by the root of people"),
    };
    let Text { vi, en } = rule;
    match allocation.minimum {
        0 => Text { vi, en },
        least => text!("{vi}, mỗi tầng ít nhất {least}", "{en}, at least {least} in each stratum"),
    }
}

/// "Tổng: 380 phiếu hợp lệ (finite), phát 475; cả tổng thể ±5,03 điểm % …"
fn total(size: &SizeRow, allocation: &Allocation) -> Text {
    let forms: u64 = allocation.strata.iter().map(|stratum| stratum.forms).sum();
    let (answers, by) =
        (size.answers, size.formula.map_or(String::new(), |formula| format!(" ({})", key(formula))));
    Text::by(|lang| {
        let margin = allocation.margin.map(|margin| Rounding::CENTS.text(margin, lang));
        match (lang, margin) {
            (Lang::Vi, Some(margin)) => format!(
                "tổng {answers} phiếu hợp lệ{by}, phát {forms} phiếu; ước lượng chung ±{margin} điểm % khi tính trọng số theo số người"
            ),
            (Lang::Vi, None) => format!(
                "tổng {answers} phiếu hợp lệ{by}, phát {forms} phiếu; có tầng không được phiếu nào nên không ước lượng được chung: dùng --min"
            ),
            (Lang::En, Some(margin)) => format!(
                "{answers} valid answers in all{by}, {forms} forms; the estimate of everybody is within ±{margin} points when weighted by people"
            ),
            (Lang::En, None) => format!(
                "{answers} valid answers in all{by}, {forms} forms; a stratum has none, so everybody cannot be estimated: use --min"
            ),
        }
    })
}

/// "hai tầng phân biệt được từ 13,52 điểm % (hai tầng chắc nhất) đến 19,06 (hai tầng kém chắc nhất)"
fn gaps(allocation: &Allocation) -> Option<Text> {
    let gaps = allocation.gaps?;
    Some(Text::by(|lang| {
        let [low, high] = gaps.map(|gap| Rounding::CENTS.text(gap, lang));
        match lang {
            Lang::Vi => format!(
                "hai tầng phân biệt được khi chênh từ {low} điểm % (hai tầng chắc nhất) đến {high} (hai tầng kém chắc nhất)"
            ),
            Lang::En => format!(
                "two strata are told apart from {low} points (the two surest) to {high} (the two least sure)"
            ),
        }
    }))
}
