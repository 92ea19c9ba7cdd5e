//! Charts of a survey: indices with their intervals, ranks that cannot be told apart, answers.

use super::{IndicesView, points};
use crate::lang::Text;
use crate::number::Rounding;
use crate::questionnaire::Counts;
use crate::report::chart::{Axis, Chart, Named, Plot, Range, Ranges, Stacked, Tone};
use crate::sipas::account::Account;
use crate::sipas::{Measure, Measured};
use crate::text;

/// Shares of answers are printed with one digit.
const TENTHS: Rounding = Rounding { digits: 1, ..Rounding::CENTS };

impl IndicesView<'_> {
    /// The indices of units and the ranks that they may have.
    pub(super) fn unit_charts(&self, units: Vec<usize>, has_sets: bool) -> Vec<Chart<'_>> {
        let sets = units.clone();
        let mut charts = vec![self.indices_chart(Box::new(move || {
            let of = |&unit: &usize| Some((self.named(unit), self.ranking.overall[unit].as_ref()?));
            units.iter().filter_map(of).map(|(of, measure)| range(of, measure)).collect()
        }))];
        if has_sets {
            charts.push(Chart {
                title: text!("Khoảng hạng", "Ranks that a unit may have"),
                caption: text!(
                    "Những hạng mà sai số chọn mẫu không phân biệt được.",
                    "Ranks that sampling error cannot tell apart."
                ),
                plot: Box::new(move || Plot::Ranges(self.rank_sets(&sets))),
            });
        }
        charts
    }

    /// The indices of the parts of a survey.
    pub(super) fn part_chart<'a>(&'a self, shown: &[(usize, Measure)]) -> Chart<'a> {
        let is_index = |(at, _): &&(usize, Measure)| {
            matches!(self.head.gathered.layout.measured[*at], Measured::Part(_))
        };
        let shown: Vec<(usize, Measure)> = shown.iter().filter(is_index).cloned().collect();
        self.indices_chart(Box::new(move || {
            let of = |at: usize| Named { id: String::new(), name: self.head.name(at) };
            shown.iter().map(|(at, measure)| range(of(*at), measure)).collect()
        }))
    }

    fn indices_chart<'a>(&'a self, rows: Box<dyn Fn() -> Vec<Range> + Send + Sync + 'a>) -> Chart<'a> {
        let level = Text::by(|lang| crate::number::plain(self.head.level, lang));
        let (vi, en) = (level.vi, level.en);
        let interval = text!("khoảng tin cậy {vi} %", "{en} % confidence interval");
        let rounding = self.head.asked().rounding;
        Chart {
            title: text!("Chỉ số hài lòng và khoảng tin cậy", "Satisfaction indices with their intervals"),
            caption: text!("Trục không bắt đầu từ 0.", "The axis does not begin at 0."),
            plot: Box::new(move || {
                Plot::Ranges(Ranges {
                    axis: Axis::percent(text!("Chỉ số, %", "Index, %"), rounding),
                    mark: text!("chỉ số", "index"),
                    interval: interval.clone(),
                    rows: rows(),
                })
            }),
        }
    }

    fn rank_sets(&self, units: &[usize]) -> Ranges {
        let row = |&unit: &usize| {
            let place = self.ranking.places[unit]?;
            let bounds = place.simultaneous.map(|set| (set.best.into(), set.worst.into()));
            Some(Range { of: self.named(unit), value: place.rank.into(), bounds })
        };
        Ranges {
            axis: Axis::ranks(text!("Hạng", "Rank")),
            mark: text!("hạng", "rank"),
            interval: text!("khoảng hạng", "ranks that it may have"),
            rows: units.iter().filter_map(row).collect(),
        }
    }

    /// How answers are distributed.
    pub(super) fn answers_chart<'a>(&'a self, account: &'a Account, scale: usize) -> Chart<'a> {
        Chart {
            title: text!("Phân bố câu trả lời", "Distribution of answers"),
            caption: text!(
                "Tỷ lệ trong mọi câu trả lời; số nhỏ hơn không ghi trong thanh, xem bảng.",
                "Shares of all answers; numbers that do not fit a bar stand in the table."
            ),
            plot: Box::new(move || Plot::Stacked(self.answers(account, scale))),
        }
    }

    fn answers(&self, account: &Account, scale: usize) -> Stacked {
        let gathered = self.head.gathered;
        let tone = |counts: Counts| match counts {
            Counts::Satisfied => Tone::For,
            Counts::NotSatisfied => Tone::Against,
            Counts::NoOpinion => Tone::None,
        };
        let labels = &self.head.asked().scales[scale].labels;
        let row = |at: usize| {
            let Measured::Part(part) = gathered.layout.measured[at] else { return None };
            let shares = self.shares(account, part);
            let is_same = gathered.distribution(account, part).is_some_and(|(own, _)| own == scale);
            let named = Named { id: String::new(), name: self.head.name(at) };
            (is_same && shares.iter().any(Option::is_some)).then_some((named, shares))
        };
        Stacked {
            labels: labels.iter().map(|label| (Text::same(&label.text), tone(label.counts))).collect(),
            rows: (0..gathered.layout.before_items()).filter_map(row).collect(),
            rounding: TENTHS,
        }
    }

    fn named(&self, unit: usize) -> Named {
        let of = &self.head.gathered.surveyed.units[unit];
        Named { id: of.id.clone(), name: Text::same(of.label()) }
    }
}

fn range(of: Named, measure: &Measure) -> Range {
    let bounds = measure.interval.and_then(|interval| Some((points(interval.low)?, points(interval.high)?)));
    Range { of, value: measure.index.exact(), bounds }
}
