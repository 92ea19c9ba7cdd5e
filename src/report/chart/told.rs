//! What a chart shows, for those who cannot see it.

use super::{Move, Moves, Named, Plot, Range, Ranges, Stacked, Step, Tone, Waterfall, Year, Years};
use crate::lang::{Lang, Text};
use crate::report::{Cell, words};
use rust_decimal::Decimal;

/// More rows are not read out; the table beside the chart has them.
const TOLD: usize = 12;

impl Plot {
    /// The data in words.
    pub fn told(&self, lang: Lang) -> String {
        let is_vi = lang == Lang::Vi;
        let lines: Vec<String> = match self {
            Plot::Heat(_) => Vec::new(), // it is a table itself
            Plot::Waterfall(waterfall) => told_waterfall(waterfall, lang),
            Plot::Years(years) => told_years(years, lang),
            Plot::Stacked(stacked) => told_stacked(stacked, lang),
            Plot::Ranges(ranges) => told_ranges(ranges, lang),
            Plot::Moves(moves) => told_moves(moves, lang),
        };
        if lines.len() <= TOLD {
            return lines.join("; ");
        }
        let (count, rest) = (lines.len(), lines.len() - TOLD);
        let first = lines[..TOLD].join("; ");
        match is_vi {
            true => format!("{count} dòng. {first}; còn {rest} dòng nữa: xem bảng"),
            false => format!("{count} rows. {first}; {rest} more rows: see the table"),
        }
    }
}

fn told_waterfall(waterfall: &Waterfall, lang: Lang) -> Vec<String> {
    let step = |step: &Step| {
        let points = match step.change {
            Some(change) => words(&Cell::Change(change, waterfall.rounding), lang),
            None => waterfall.rounding.text(step.left, lang),
        };
        format!("{} {points}", step.name.get(lang))
    };
    waterfall.steps.iter().map(step).collect()
}

fn told_years(years: &Years, lang: Lang) -> Vec<String> {
    let year = |year: &Year| {
        let index = years.rounding.text(year.index, lang);
        let rank = year.rank.map_or_else(String::new, |rank| match lang {
            Lang::Vi => format!(" (hạng {rank})"),
            Lang::En => format!(" (rank {rank})"),
        });
        format!("{}: {index} %{rank}", year.name.get(lang))
    };
    years.years.iter().map(year).collect()
}

fn told_stacked(stacked: &Stacked, lang: Lang) -> Vec<String> {
    let row = |(of, shares): &(Named, Vec<Option<Decimal>>)| {
        let share = |((label, _), share): (&(Text, Tone), &Option<Decimal>)| {
            let share = share.map_or_else(|| "–".to_owned(), |share| stacked.rounding.text(share, lang));
            format!("{} {share} %", label.get(lang))
        };
        let shares: Vec<String> = stacked.labels.iter().zip(shares).map(share).collect();
        format!("{}: {}", of.name.get(lang), shares.join(", "))
    };
    stacked.rows.iter().map(row).collect()
}

fn told_ranges(ranges: &Ranges, lang: Lang) -> Vec<String> {
    let number = |number| ranges.axis.text(number, lang);
    let row = |row: &Range| {
        let bounds = row
            .bounds
            .map_or_else(String::new, |(low, high)| format!(" ({} – {})", number(low), number(high)));
        format!("{}: {}{bounds}", row.of.name.get(lang), number(row.value))
    };
    ranges.rows.iter().map(row).collect()
}

fn told_moves(moves: &Moves, lang: Lang) -> Vec<String> {
    let number = |number| moves.axis.text(number, lang);
    let row =
        |row: &Move| format!("{}: {} → {}", row.of.name.get(lang), number(row.before), number(row.after));
    moves.rows.iter().map(row).collect()
}
