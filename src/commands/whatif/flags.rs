//! Changes that the command line names: together they are one scenario.

use crate::number::reading;
use crate::scenario::{Change, Scenario, Units, What};
use crate::source::Place;
use anyhow::{Result, bail};
use rust_decimal::Decimal;

/// Changes by flags.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Another result: UNIT:CRITERION=VALUE; the unit * is all of them
    #[arg(long, value_name = "UNIT:CRITERION=VALUE")]
    set: Vec<String>,
    /// Points, whatever the rule says: UNIT:CRITERION=POINTS
    #[arg(long, value_name = "UNIT:CRITERION=POINTS")]
    points: Vec<String>,
    /// A criterion that does not apply: UNIT:CRITERION
    #[arg(long, value_name = "UNIT:CRITERION")]
    na: Vec<String>,
    /// One more deduction: UNIT:DEDUCTION=COUNT
    #[arg(long, value_name = "UNIT:DEDUCTION=COUNT")]
    deduct: Vec<String>,
    /// All events of a deduction waived: UNIT:DEDUCTION
    #[arg(long, value_name = "UNIT:DEDUCTION")]
    waive: Vec<String>,
    /// Another maximum: CRITERION=POINTS
    #[arg(long, value_name = "CRITERION=POINTS")]
    max: Vec<String>,
    /// A criterion or group that counts no more
    #[arg(long, value_name = "CRITERION")]
    drop: Vec<String>,
    /// A grade that begins elsewhere: GRADE=INDEX
    #[arg(long, value_name = "GRADE=INDEX")]
    grade: Vec<String>,
    /// The tier that these changes are about, where a round has several
    #[arg(long, value_name = "TIER")]
    tier: Option<String>,
}

impl Args {
    /// The scenario; none without changes.
    ///
    /// # Errors
    /// A flag that is not written as it should be.
    pub fn scenario(&self) -> Result<Option<Scenario>> {
        let mut changes = Vec::new();
        for text in &self.set {
            let (unit, input, value) = assignment("--set", text, "ĐƠN_VỊ:TIÊU_CHÍ=GIÁ_TRỊ")?;
            changes.push(change("--set", text, unit, What::Set { input, value }));
        }
        for text in &self.points {
            let (unit, criterion, points) = assignment("--points", text, "ĐƠN_VỊ:TIÊU_CHÍ=ĐIỂM")?;
            let points = number("--points", &points)?;
            changes.push(change("--points", text, unit, What::Points { criterion, points }));
        }
        for text in &self.na {
            let (unit, criterion) = pair("--na", text, ':', "ĐƠN_VỊ:TIÊU_CHÍ")?;
            changes.push(change("--na", text, unit, What::NotApplicable { criterion }));
        }
        for text in &self.deduct {
            let (unit, entry) = pair("--deduct", text, ':', "ĐƠN_VỊ:MỤC_TRỪ=SỐ_LẦN")?;
            let (entry, count) = match entry.rsplit_once('=') {
                Some((entry, count)) => (entry.to_owned(), Some(number("--deduct", count)?)),
                None => (entry, None),
            };
            let what = What::Deduct { entry, count, points: None, criterion: None };
            changes.push(change("--deduct", text, unit, what));
        }
        for text in &self.waive {
            let (unit, entry) = pair("--waive", text, ':', "ĐƠN_VỊ:MỤC_TRỪ")?;
            changes.push(change("--waive", text, unit, What::Waive { entry }));
        }
        for text in &self.max {
            let (criterion, max) = pair("--max", text, '=', "TIÊU_CHÍ=ĐIỂM")?;
            let max = number("--max", &max)?;
            changes.push(change("--max", text, "*".to_owned(), What::Max { criterion, max }));
        }
        for text in &self.drop {
            let what = What::Drop { criterion: text.clone() };
            changes.push(change("--drop", text, "*".to_owned(), what));
        }
        for text in &self.grade {
            let (grade, from) = pair("--grade", text, '=', "LOẠI=CHỈ_SỐ")?;
            let from = number("--grade", &from)?;
            changes.push(change("--grade", text, "*".to_owned(), What::Grade { grade, from }));
        }
        changes.iter_mut().for_each(|change: &mut Change| change.tier.clone_from(&self.tier));
        let place = Place::File { file: "whatif".into() };
        let scenario =
            Scenario { id: "gia-dinh".to_owned(), name: String::new(), note: String::new(), changes, place };
        Ok(Some(scenario).filter(|scenario| !scenario.changes.is_empty()))
    }
}

/// A change; its place is the flag itself.
pub(super) fn change(flag: &str, text: &str, unit: String, what: What) -> Change {
    let of = if unit == "*" { Units::All } else { Units::One(unit) };
    Change { what, of, tier: None, place: Place::File { file: format!("{flag} {text}").into() } }
}

/// `UNIT:CRITERION=VALUE` in its three parts.
pub(super) fn assignment(flag: &str, text: &str, form: &str) -> Result<(String, String, String)> {
    let parts = text.split_once(':').and_then(|(unit, rest)| {
        let (input, value) = rest.split_once('=')?;
        Some([unit, input, value].map(str::trim))
    });
    match parts.filter(|parts| parts.iter().all(|part| !part.is_empty())) {
        Some([unit, input, value]) => Ok((unit.to_owned(), input.to_owned(), value.to_owned())),
        None => bail!("{flag} {text}: viết dạng · write it as {flag} {form}"),
    }
}

/// Two parts with a sign between them, none of them blank.
fn pair(flag: &str, text: &str, sign: char, form: &str) -> Result<(String, String)> {
    let parts = text.split_once(sign).map(|(a, b)| (a.trim(), b.trim()));
    match parts.filter(|(a, b)| !a.is_empty() && !b.is_empty()) {
        Some((a, b)) => Ok((a.to_owned(), b.to_owned())),
        None => bail!("{flag} {text}: viết dạng · write it as {flag} {form}"),
    }
}

/// A number that is not negative.
pub(super) fn number(flag: &str, text: &str) -> Result<Decimal> {
    let read = reading::read(text.trim(), None).ok().filter(|read| !read.percent);
    match read
        .map(|read| read.value)
        .filter(|number| Decimal::ZERO <= *number && crate::keys::is_kept(number))
    {
        Some(number) => Ok(number),
        None => bail!("{flag}: \"{text}\" không phải số không âm · is no number, or is negative"),
    }
}
