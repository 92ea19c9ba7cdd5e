//! Days late (catalogue K12).
//!
//! | key | says | default |
//! |---|---|---|
//! | `due` | the date it was due; then a date may be given instead of a number of days | |
//! | `days` | `calendar` or `working` (Monday to Friday) | `calendar` |

use super::VALUE;
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::rule::{Award, Fraction, Input, Numbers, Trace};
use crate::text;
use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub(super) struct DaysLate {
    due: Option<NaiveDate>,
    working: bool,
}

impl DaysLate {
    pub fn read(keys: &mut Keys<'_>, out: &mut Diagnostics) -> DaysLate {
        DaysLate {
            due: keys.date("due", out).map(|date| date.into_inner()),
            working: keys.word("days", &[("calendar", false), ("working", true)], out).unwrap_or(false),
        }
    }

    pub fn input(&self, high: Option<Decimal>) -> Input {
        Input { dates: self.due.is_some(), ..Input::number(Input::VALUE, Numbers { high, ..Numbers::COUNT }) }
    }

    pub fn of(&self, value: Value, trace: &mut Trace) -> Result<Fraction, Award> {
        let days = match (value, self.due) {
            (Value::Number(days), _) => return Ok(Fraction::whole(days)),
            (Value::Date(day), Some(due)) => days_between(due, day, self.working),
            _ => return Err(Award::without(value, VALUE)),
        };
        trace.step(|| {
            let kind = if self.working {
                text!("ngày làm việc", "working days")
            } else {
                text!("ngày", "days")
            };
            let due = self.due.map(|due| due.format("%d/%m/%Y").to_string()).unwrap_or_default();
            Text {
                vi: format!("hạn {due}, trễ {days} {}", kind.vi),
                en: format!("due {due}, {days} {} late", kind.en),
            }
        });
        Ok(Fraction::whole(Decimal::from(days)))
    }
}

/// Days from the due date to a day (`num_days_from_ce`), 0 if that is earlier; working days are
/// Monday to Friday.
pub fn days_between(due: NaiveDate, day: i32, working: bool) -> i64 {
    let calendar = i64::from(day) - i64::from(due.num_days_from_ce());
    if calendar <= 0 || !working {
        return calendar.max(0);
    }
    let is_weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let rest = calendar % 7;
    let in_rest = due.iter_days().skip(1).take(rest as usize).filter(|date| !is_weekend(*date)).count();
    calendar / 7 * 5 + in_rest as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_day_after_the_due_date() {
        let due = NaiveDate::from_ymd_opt(2026, 12, 15).unwrap(); // a Tuesday
        let day = |d| NaiveDate::from_ymd_opt(2026, 12, d).unwrap().num_days_from_ce();
        assert_eq!(days_between(due, day(10), false), 0);
        assert_eq!(days_between(due, day(15), false), 0);
        assert_eq!(days_between(due, day(18), false), 3);
        assert_eq!(days_between(due, day(20), true), 3); // Wed, Thu, Fri
        assert_eq!(days_between(due, day(21), true), 4);
        assert_eq!(days_between(due, day(29), true), 10);
    }
}
