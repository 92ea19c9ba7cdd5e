//! A survey: indices with their errors, ranked units, crosstabs, differences, quality.

mod charts;
mod compared;
mod crosstab;
mod indices;
mod quality;

pub use compared::{Against, ComparedView, Named};
pub use crosstab::CrosstabView;
pub use indices::IndicesView;
pub use quality::QualityView;

use super::json::{made_by, number};
use super::{Cell, Column, ColumnKind, Report};
use crate::criteria_set::Status;
use crate::lang::{Lang, Text};
use crate::number::{Percent, Rounding};
use crate::questionnaire::{Overall, Questionnaire};
use crate::sipas::{Gathered, How, Measured};
use crate::source::Fingerprint;
use crate::survey::decimal;
use crate::survey::design::{Fault, Lonely};
use crate::survey::interval::{Interval, Method};
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What all reports of a survey say.
pub struct Head<'a> {
    /// The survey.
    pub gathered: &'a Gathered<'a>,
    /// How errors were computed.
    pub how: How,
    /// The level in percent, as it was given.
    pub level: Decimal,
    /// The files that were read.
    pub files: Vec<Fingerprint>,
}

impl Head<'_> {
    fn asked(&self) -> &Questionnaire {
        self.gathered.layout.questionnaire
    }

    /// A report with its titles.
    fn report(&self) -> Report<'_> {
        let (asked, surveyed) = (self.asked(), &self.gathered.surveyed);
        let units = surveyed.units.iter().filter(|unit| 0 < unit.forms).count();
        let (forms, valid) = (surveyed.forms, surveyed.valid);
        let counts = text!(
            "{units} đơn vị, {forms} phiếu thu về, {valid} phiếu hợp lệ",
            "{units} units, {forms} forms returned, {valid} valid"
        );
        let titles = vec![Text::same(&asked.name), counts];
        Report { titles, provenance: self.files.clone(), ..Report::default() }
    }

    /// Whose questionnaire it is, how the overall index is formed, how errors were computed.
    fn notes(&self) -> Vec<Text> {
        let asked = self.asked();
        let id = &asked.id;
        let mut notes = vec![definition(asked)];
        match asked.status {
            Status::Official => {}
            Status::Reconstructed => notes.push(text!(
                "bộ câu hỏi {id} do parindex lập lại theo tài liệu công bố, không phải bản ban hành",
                "the questionnaire {id} was put together by parindex from published sources; it is not the issued one"
            )),
            Status::Sample => notes.push(text!(
                "bộ câu hỏi {id} là bộ mẫu, không phải bản ban hành",
                "the questionnaire {id} is a sample, not the issued one"
            )),
        }
        notes.push(self.design());
        notes.extend(asked.notes.iter().map(Text::same));
        notes
    }

    /// The columns that were used, and what stood for those that lack.
    fn design(&self) -> Text {
        let design = &self.gathered.surveyed.design;
        let units_are_strata = self.gathered.drawing.units_are_strata;
        Text::by(|lang| {
            let vi = lang == Lang::Vi;
            let say = |column: &Option<String>, with: [&str; 2], without: [&str; 2]| {
                let at = usize::from(!vi);
                column.as_ref().map_or(without[at].to_owned(), |name| format!("{} {name}", with[at]))
            };
            let fitted = self.gathered.fitted.as_ref().map(|fitted| fitted.by.join(", "));
            let mut parts = vec![
                say(
                    &design.weight,
                    ["trọng số theo cột", "weights from column"],
                    ["không có trọng số: mỗi phiếu tính 1", "no weights: each form counts 1"],
                ),
                match (&design.stratum, units_are_strata) {
                    (None, true) if vi => "mỗi đơn vị là một tầng".to_owned(),
                    (None, true) => "each unit is a stratum".to_owned(),
                    (None, false) if vi => "không phân tầng".to_owned(),
                    (None, false) => "no strata".to_owned(),
                    (column, _) => say(column, ["tầng theo cột", "strata from column"], ["", ""]),
                },
                say(
                    &design.cluster,
                    ["cụm (PSU) theo cột", "clusters (PSU) from column"],
                    ["mỗi phiếu là một đơn vị mẫu", "each form was drawn by itself"],
                ),
            ];
            if let Some(by) = fitted {
                let words = if vi {
                    "hiệu chỉnh khớp số người theo"
                } else {
                    "fitted to known numbers of people by"
                };
                parts.insert(1, format!("{words} {by}"));
            }
            if design.second.is_some() {
                parts.push(say(
                    &design.second,
                    ["cụm cấp 2 theo cột", "clusters within from column"],
                    ["", ""],
                ));
            }
            parts.push(say(
                &design.populations[0],
                ["tổng thể theo cột", "populations from column"],
                ["không hiệu chỉnh tổng thể hữu hạn", "no finite population correction"],
            ));
            let level = Rounding { digits: 2, ..Rounding::CENTS }.apply(self.level).normalize();
            let level = crate::number::plain(level, lang);
            let method = method_name(self.how.method).get(lang).to_owned();
            parts.push(if vi {
                format!("khoảng tin cậy {level} %: {method}")
            } else {
                format!("{level} % confidence intervals: {method}")
            });
            format!("{}: {}", if vi { "sai số" } else { "errors" }, parts.join("; "))
        })
    }

    /// What JSON says of the survey.
    fn json(&self) -> Value {
        let (asked, surveyed) = (self.asked(), &self.gathered.surveyed);
        let design = &surveyed.design;
        json!({
            "questionnaire": asked.id,
            "name": asked.name,
            "status": match asked.status {
                Status::Official => "official",
                Status::Reconstructed => "reconstructed",
                Status::Sample => "sample",
            },
            "overall": asked.overall.word(),
            "forms": surveyed.forms,
            "valid": surveyed.valid,
            "confidence": number(self.level),
            "interval": method_word(self.how.method),
            "lonely": lonely_word(self.how.lonely),
            "design": {
                "weight": design.weight,
                "fitted_by": self.gathered.fitted.as_ref().map(|fitted| &fitted.by),
                "stratum": design.stratum,
                "units_are_strata": self.gathered.drawing.units_are_strata,
                "cluster": design.cluster,
                "cluster2": design.second,
                "fpc": design.populations[0],
                "fpc2": design.populations[1],
            },
            "made_by": made_by(&self.files),
        })
    }

    fn percent(&self, index: Percent) -> Cell<'static> {
        Cell::Number(index.exact(), self.asked().rounding)
    }

    /// What something that is measured is called.
    fn name(&self, at: usize) -> Text {
        let asked = self.asked();
        use crate::questionnaire::Part;
        match self.gathered.layout.measured[at] {
            Measured::Part(Part::Overall) => text!("Chỉ số chung", "Overall index"),
            Measured::Part(Part::Field(field)) => Text::same(&asked.fields[field].name),
            Measured::Part(Part::Factor(factor)) => Text::same(&asked.factors[factor].name),
            Measured::Part(Part::Item(item)) => Text::same(&asked.items[item].text),
            Measured::Share(share) => Text::same(&asked.shares[share].name),
        }
    }

    /// Why some errors cannot be told, each reason once.
    fn reasons(&self, faults: impl Iterator<Item = Fault>) -> Vec<Text> {
        let mut reasons: Vec<Text> = Vec::new();
        for fault in faults {
            let reason = self.fault(fault);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    /// What a stratum whose error cannot be told is called, and why.
    fn fault(&self, fault: Fault) -> Text {
        let surveyed = &self.gathered.surveyed;
        let stratum = |at: usize| {
            if self.gathered.drawing.units_are_strata {
                surveyed.units.get(at).map_or_else(String::new, |unit| unit.label().to_owned())
            } else {
                surveyed.strata.get(at).map_or_else(String::new, |stratum| stratum.name.clone())
            }
        };
        match fault {
            Fault::LonelyStratum(at) => {
                let name = stratum(at);
                text!(
                    "không tính được sai số: tầng \"{name}\" chỉ có một đơn vị mẫu; chọn cách xử lý bằng --lonely",
                    "no error can be told: stratum \"{name}\" has a single sampling unit; choose a policy with --lonely"
                )
            }
            Fault::LonelyUnit(_) => text!(
                "không tính được sai số: có cụm chỉ có một đơn vị mẫu bên trong; chọn cách xử lý bằng --lonely",
                "no error can be told: a cluster has a single sampling unit within; choose a policy with --lonely"
            ),
            Fault::TooManyInStratum(at) => {
                let name = stratum(at);
                text!(
                    "không tính được sai số: tầng \"{name}\" có nhiều đơn vị mẫu hơn tổng thể của nó",
                    "no error can be told: stratum \"{name}\" has more sampling units than its population"
                )
            }
            Fault::TooManyInUnit(_) => text!(
                "không tính được sai số: có cụm có nhiều đơn vị mẫu hơn tổng thể của nó",
                "no error can be told: a cluster has more sampling units within than its population"
            ),
            Fault::NotDrawn(_) | Fault::NothingToCompare => text!(
                "không tính được sai số: không tầng nào có hai đơn vị mẫu",
                "no error can be told: no stratum has two sampling units"
            ),
        }
    }
}

/// How the overall index is formed.
pub fn definition(asked: &Questionnaire) -> Text {
    let word = asked.overall.word();
    let (vi, en) = match &asked.overall {
        Overall::PooledAnswers => (
            "số trả lời hài lòng ÷ số trả lời hợp lệ của mọi mục".to_owned(),
            "satisfied answers ÷ valid answers over all items".to_owned(),
        ),
        Overall::MeanOfItems => {
            ("trung bình cộng chỉ số các mục".to_owned(), "the mean of the items' indices".to_owned())
        }
        Overall::MeanOfFactors => {
            ("trung bình cộng chỉ số các yếu tố".to_owned(), "the mean of the factors' indices".to_owned())
        }
        Overall::WeightedFactors(_) => (
            "trung bình có trọng số chỉ số các yếu tố".to_owned(),
            "the weighted mean of the factors' indices".to_owned(),
        ),
        Overall::DirectQuestion(item) => {
            let item = &asked.items[*item].text;
            (format!("câu hỏi trực tiếp \"{item}\""), format!("the direct question \"{item}\""))
        }
    };
    text!("chỉ số chung ({word}): {vi}", "overall index ({word}): {en}")
}

/// The word of a method of intervals.
pub const fn method_word(method: Method) -> &'static str {
    match method {
        Method::Mean => "t",
        Method::Logit => "logit",
        Method::Arcsine => "arcsine",
        Method::Beta => "beta",
        Method::BetaTruncated => "korn-graubard",
        Method::Wilson => "wilson",
    }
}

fn method_name(method: Method) -> Text {
    match method {
        Method::Mean => text!("± t sai số chuẩn", "± t standard errors"),
        Method::Logit => text!("logit", "logit"),
        Method::Arcsine => text!("arcsine", "arcsine"),
        Method::Beta => text!("beta (Korn–Graubard)", "beta (Korn–Graubard)"),
        Method::BetaTruncated => {
            text!("beta (Korn–Graubard), cỡ mẫu bị chặn", "beta (Korn–Graubard), truncated")
        }
        Method::Wilson => {
            text!("Wilson với cỡ mẫu hiệu dụng", "Wilson's with the effective sample size")
        }
    }
}

/// The word of a policy.
pub const fn lonely_word(lonely: Lonely) -> &'static str {
    match lonely {
        Lonely::Fail => "fail",
        Lonely::Remove => "remove",
        Lonely::Certainty => "certainty",
        Lonely::Adjust => "adjust",
        Lonely::Average => "average",
    }
}

/// A share as points of percent.
fn points(share: f64) -> Option<Decimal> {
    decimal(share * 100.0)
}

/// A share in percent, two digits.
fn cell(share: Option<f64>) -> Cell<'static> {
    share.and_then(points).map_or(Cell::Missing, |number| Cell::Number(number, Rounding::CENTS))
}

/// The columns of an interval.
fn bound_columns() -> [Column; 2] {
    [
        Column::new("low", text!("Cận dưới", "Low"), ColumnKind::Number),
        Column::new("high", text!("Cận trên", "High"), ColumnKind::Number),
    ]
}

/// The bounds of an interval in percent.
fn bounds(interval: Option<Interval>) -> [Cell<'static>; 2] {
    [cell(interval.map(|interval| interval.low)), cell(interval.map(|interval| interval.high))]
}

/// A float for JSON: all digits that it has.
fn float(share: Option<f64>) -> Value {
    share.filter(|share| share.is_finite()).map_or(Value::Null, Value::from)
}
