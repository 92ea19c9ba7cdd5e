//! Points for events: so many each, once, or by days of delay (catalogue K13–K15, K17–K19).

use crate::model::Event;
use crate::rule::days_between;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// How an entry counts the rows of deductions.csv.
#[derive(Clone, Debug)]
pub struct EventRule {
    /// What `points` is for.
    pub per: Per,
    /// Points for each event, once, or for each day; with [`Per::Points`] the most in a row.
    pub points: Decimal,
    /// The date from which days are counted.
    pub due: Option<NaiveDate>,
    /// Whether only working days count.
    pub working_days: bool,
    /// More days than this: the unit is not scored.
    pub last_day: Option<Decimal>,
    /// Later than this: the unit is not scored.
    pub last_date: Option<NaiveDate>,
    /// What it works on.
    pub at: At,
    /// Whether a row must name a document.
    pub needs_document: bool,
    /// What a waiver needs.
    pub waiver: Waiver,
    /// How many times the points that a row gives count: 1, but in a scenario.
    pub times: Decimal,
}

/// What points are for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Per {
    /// Each event.
    Event,
    /// All events together.
    Once,
    /// Each day of delay.
    Day {
        /// From this day on, each day costs.
        onset: Decimal,
        /// What the days before it cost together.
        before_onset: Decimal,
        /// How the two parts go together.
        reading: Reading,
    },
    /// The points that the row gives.
    Points,
}

/// "Up to two days late: 1 point; from the third day on: 1 point a day" can be read in three ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The first days' points stay: day 3 costs 1 + 1.
    Cumulative,
    /// Only days from the onset count: day 3 costs 1 × 1.
    FromOnset,
    /// From the onset all days count: day 3 costs 1 × 3.
    FromStart,
}

/// What an entry works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The unit's total.
    Unit,
    /// A group, named by the row.
    Group,
    /// A criterion, named by the row.
    Criterion,
}

/// What a waiver needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiver {
    /// A document.
    Document,
    /// Nothing.
    Free,
    /// There is none.
    None,
}

/// What an event costs or earns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Taken {
    /// Points.
    Points(Decimal),
    /// It is so late that the unit is not scored; so many days, if they are known.
    NotScored(Option<Decimal>),
}

impl EventRule {
    /// What one event costs or earns; nothing if it is waived.
    pub fn of(&self, event: &Event) -> Taken {
        if event.waived {
            return Taken::Points(Decimal::ZERO);
        }
        let days = self.days(event);
        if self.is_past_last_date(event, days) {
            return Taken::NotScored(days);
        }
        let count = event.count.unwrap_or(Decimal::ONE);
        match self.per {
            Per::Event => Taken::Points(self.points * count),
            Per::Once => Taken::Points(if count.is_zero() { Decimal::ZERO } else { self.points }),
            Per::Points => Taken::Points(event.points.map_or(self.points, |points| points * self.times)),
            Per::Day { onset, before_onset, reading } => {
                let days = days.unwrap_or(count);
                if self.last_day.is_some_and(|last| last < days) {
                    return Taken::NotScored(Some(days));
                }
                Taken::Points(self.for_days(days, onset, before_onset, reading))
            }
        }
    }

    /// Whether an event is later than the last date, by its own date or by its days from the due one.
    fn is_past_last_date(&self, event: &Event, days: Option<Decimal>) -> bool {
        let Some(last) = self.last_date else { return false };
        if let Some(date) = event.date {
            return last < date;
        }
        let most = self.due.map(|due| days_between(due, last.num_days_from_ce(), self.working_days));
        most.zip(days).is_some_and(|(most, days)| Decimal::from(most) < days)
    }

    /// The days of delay that an event says.
    pub fn days(&self, event: &Event) -> Option<Decimal> {
        let by_date = || {
            Some(Decimal::from(days_between(self.due?, event.date?.num_days_from_ce(), self.working_days)))
        };
        event.count.or_else(by_date)
    }

    fn for_days(&self, days: Decimal, onset: Decimal, before_onset: Decimal, reading: Reading) -> Decimal {
        if days <= Decimal::ZERO {
            return Decimal::ZERO;
        }
        if days < onset {
            return before_onset;
        }
        let from_onset = self.points * (days - onset + Decimal::ONE);
        match reading {
            Reading::Cumulative => before_onset + from_onset,
            Reading::FromOnset => from_onset,
            Reading::FromStart => self.points * days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Place;

    fn rule(reading: Reading) -> EventRule {
        EventRule {
            times: Decimal::ONE,
            per: Per::Day { onset: Decimal::from(3), before_onset: Decimal::ONE, reading },
            points: Decimal::ONE,
            due: NaiveDate::from_ymd_opt(2026, 12, 15),
            working_days: false,
            last_day: None,
            last_date: NaiveDate::from_ymd_opt(2026, 12, 20),
            at: At::Unit,
            needs_document: false,
            waiver: Waiver::Document,
        }
    }

    fn event(count: Option<u32>, day: Option<u32>, waived: bool) -> Event {
        Event {
            entry: 0,
            count: count.map(Decimal::from),
            date: day.and_then(|day| NaiveDate::from_ymd_opt(2026, 12, day)),
            points: None,
            node: None,
            waived,
            document: String::new(),
            reason: String::new(),
            place: Place::File { file: "deductions.csv".into() },
        }
    }

    /// K13: "chưa quá 02 ngày: trừ 01 điểm; từ ngày thứ 3 trở đi trừ 01 điểm/ngày".
    #[test]
    fn days_of_delay_are_read_in_three_ways() {
        for (days, cumulative, from_onset, from_start) in
            [(0, 0, 0, 0), (1, 1, 1, 1), (2, 1, 1, 1), (3, 2, 1, 3), (5, 4, 3, 5)]
        {
            for (reading, expected) in [
                (Reading::Cumulative, cumulative),
                (Reading::FromOnset, from_onset),
                (Reading::FromStart, from_start),
            ] {
                let taken = rule(reading).of(&event(Some(days), None, false));
                assert_eq!(taken, Taken::Points(Decimal::from(expected)), "{days} days, {reading:?}");
            }
        }
    }

    /// K13: "hồ sơ gửi sau ngày 20/12 không được tiếp nhận, trừ trường hợp …": the last day is in.
    #[test]
    fn after_the_last_date_the_unit_is_not_scored_unless_it_is_waived() {
        let rule = rule(Reading::Cumulative);
        assert_eq!(rule.of(&event(None, Some(20), false)), Taken::Points(Decimal::from(4)));
        assert_eq!(rule.of(&event(None, Some(21), false)), Taken::NotScored(Some(Decimal::from(6))));
        assert_eq!(rule.of(&event(None, Some(22), true)), Taken::Points(Decimal::ZERO));
        assert_eq!(rule.of(&event(Some(5), None, false)), Taken::Points(Decimal::from(4)));
        assert_eq!(rule.of(&event(Some(6), None, false)), Taken::NotScored(Some(Decimal::from(6))));
    }
}
