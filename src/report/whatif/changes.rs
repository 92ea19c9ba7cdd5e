//! A change in words.

use crate::criteria_set::Missing;
use crate::lang::{Lang, Text};
use crate::number::plain;
use crate::scenario::{Change, Rounded, Units, What};
use crate::validate::round::MISSING;

/// "phu-xuyen: 3.3 = 99", "mọi đơn vị: trừ muộn × 2".
pub fn change_words(change: &Change) -> Text {
    Text::by(|lang| {
        let vi = lang == Lang::Vi;
        let of = match &change.of {
            Units::One(unit) => unit.clone(),
            Units::Block(block) if vi => format!("khối {block}"),
            Units::Block(block) => format!("block {block}"),
            Units::All if vi => "mọi đơn vị".to_owned(),
            Units::All => "all units".to_owned(),
        };
        let what = what(&change.what, lang);
        if change.what.is_of_set() { what } else { format!("{of}: {what}") }
    })
}

fn what(what: &What, lang: Lang) -> String {
    let vi = lang == Lang::Vi;
    let either = |a: &'static str, b: &'static str| if vi { a } else { b };
    match what {
        What::Set { input, value } => format!("{input} = {value}"),
        What::Points { criterion, points } => {
            format!("{criterion}: {} {}", plain(*points, lang), either("điểm", "points"))
        }
        What::NotApplicable { criterion } => {
            format!("{criterion} {}", either("không áp dụng", "does not apply"))
        }
        What::Deduct { entry, count, points, .. } => {
            let count = count.map_or(String::new(), |count| format!(" × {}", plain(count, lang)));
            let points = points.map_or(String::new(), |points| {
                format!(", {} {}", plain(points, lang), either("điểm", "points"))
            });
            format!("{} {entry}{count}{points}", either("thêm", "one more"))
        }
        What::Waive { entry } => format!("{} {entry}", either("miễn", "waived")),
        What::Max { criterion, max } => {
            format!("{criterion} {} {}", either("tối đa", "maximum"), plain(*max, lang))
        }
        What::Times { entry, times } => format!("{entry} × {}", plain(*times, lang)),
        What::Drop { criterion } => format!("{} {criterion}", either("bỏ", "without")),
        What::Grade { grade, from } => format!("{grade} {} {}", either("từ", "from"), plain(*from, lang)),
        What::Rounding { of, rounding } => {
            let of = match of {
                Rounded::Points => either("điểm", "points"),
                Rounded::Total => either("tổng", "total"),
                Rounded::Index => either("chỉ số", "index"),
            };
            let digits = rounding.digits;
            let words = either("làm tròn {of} {digits} chữ số", "{of} rounded to {digits} digits");
            words.replace("{of}", of).replace("{digits}", &digits.to_string())
        }
        What::OnPrinted(true) => {
            either("hạng và loại theo số đã làm tròn", "ranks and grades by printed figures").to_owned()
        }
        What::OnPrinted(false) => {
            either("hạng và loại theo số chưa làm tròn", "ranks and grades by exact figures").to_owned()
        }
        What::Missing(missing) => {
            let word = MISSING.iter().find(|(_, known)| known == missing).map_or("full", |(word, _)| word);
            debug_assert!(*missing != Missing::Full, "no scenario can say so");
            format!("missing = {word}")
        }
    }
}
