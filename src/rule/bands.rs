//! # `bands`
//!
//! Awards what the band says in which the measure lies (catalogue K5, K7, K9, K12, K20–K22).
//!
//! | key | says |
//! |---|---|
//! | `bands` | a list of bands: bounds `from` (≥), `above` (>), `below` (<), `to` (≤), `at` (exactly), a missing bound is open; and `points`, or `share` (% of the maximum), or `proportional_to = n` (maximum × measure ÷ n) |
//!
//! and the keys of the measure. The bands cover every value that the measure can have, without a
//! gap and without an overlap.
//!
//! ```toml
//! [[criterion]]
//! id = "II.1.1"
//! name = "Thực hiện nhiệm vụ được giao"
//! max = 10
//! kind = "bands"
//! measure = "ratio"
//! bands = [
//!   { from = 100, points = 10 },
//!   { from = 90, below = 100, points = 8 },
//!   { from = 70, below = 90, proportional_to = 100 },
//!   { below = 70, points = 0 },
//! ]
//! ```
//!
//! 100 % gives 10; 89.999 % lies below 90 and gives 10 × 89.999 ÷ 100 = 8.9999; 27 of 24 counts
//! as 100 % and gives 10.

use super::measure::Measure;
use super::{Award, Fraction, Given, Head, Input, Kind, Level, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::{Lang, Text};
use crate::model::Value;
use crate::number::{plain, shown};
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;
use std::cmp::Ordering;

pub(super) const KIND: Kind =
    Kind {
        name: "bands", awards: ("theo bậc chứa giá trị", "what the band of the measure says"), read
    };

#[derive(Debug)]
struct Bands {
    max: Decimal,
    measure: Measure,
    /// Highest first.
    bands: Vec<Band>,
    most: Decimal,
}

#[derive(Debug)]
struct Band {
    lower: Option<Bound>,
    upper: Option<Bound>,
    gives: Gives,
}

#[derive(Clone, Copy, Debug)]
struct Bound {
    at: Decimal,
    inclusive: bool,
}

#[derive(Clone, Copy, Debug)]
enum Gives {
    Points(Decimal),
    ProportionalTo(Decimal),
}

/// A cut on the number line: just before a number, or just after it.
type Cut = (Decimal, bool);

fn read(keys: &mut Keys<'_>, head: Head, out: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    let measure = Measure::read(keys, head, out);
    read_over(measure, keys, head, out)
}

/// Reads the bands over a measure.
pub(super) fn read_over(
    measure: Measure,
    keys: &mut Keys<'_>,
    head: Head,
    out: &mut Diagnostics,
) -> Option<Box<dyn Rule>> {
    keys.need("bands", out);
    let (mut bands, mut places) = (Vec::new(), Vec::new());
    let before = out.breaking_errors();
    for mut table in keys.tables("bands", text!("bậc", "the band"), out) {
        let place = table.place();
        let bounds = read_bounds(&mut table, out);
        let gives = read_gives(&mut table, head.max, out);
        if let (Some((lower, upper)), Some(gives)) = (bounds, gives) {
            bands.push(Band { lower, upper, gives });
            places.push(place);
        }
        table.finish(out);
    }
    if bands.is_empty() {
        return None;
    }
    let mut most = Decimal::ZERO;
    for (band, place) in bands.iter().zip(&places) {
        let top = band.most(&measure, head.max);
        if head.max < top {
            out.more_than_maximum(place.clone(), top, head.max);
        }
        most = most.max(top);
    }
    if out.breaking_errors() == before {
        check_cover(&bands, &places, &measure, keys.place(), out);
    }
    let whole = measure.is_whole();
    bands.sort_by_key(|band| std::cmp::Reverse(band.lower.map(|bound| bound.start(whole))));
    Some(Box::new(Bands { max: head.max, measure, bands, most }))
}

fn read_bounds(table: &mut Keys<'_>, out: &mut Diagnostics) -> Option<(Option<Bound>, Option<Bound>)> {
    let mut bound =
        |key, inclusive| table.decimal(key, out).map(|at| Bound { at: at.into_inner(), inclusive });
    let (from, above) = (bound("from", true), bound("above", false));
    let (to, below) = (bound("to", true), bound("below", false));
    let at = bound("at", true);
    let count = |bounds: [&Option<Bound>; 3]| bounds.into_iter().flatten().count();
    for (keys, found) in [
        (["from", "above", "at"], count([&from, &above, &at])),
        (["to", "below", "at"], count([&to, &below, &at])),
    ] {
        if 1 < found {
            out.one_of_keys(table.place(), &keys, found);
            return None;
        }
    }
    Some((from.or(above).or(at), to.or(below).or(at)))
}

fn read_gives(table: &mut Keys<'_>, max: Decimal, out: &mut Diagnostics) -> Option<Gives> {
    let points = table.amount("points", out).map(|points| Gives::Points(points.into_inner()));
    let share = table
        .amount("share", out)
        .map(|share| Gives::Points(max * share.into_inner() / Decimal::ONE_HUNDRED));
    let to = table.amount("proportional_to", out).map(|to| Gives::ProportionalTo(to.into_inner()));
    if matches!(to, Some(Gives::ProportionalTo(to)) if to.is_zero()) {
        let expected = text!("số lớn hơn 0", "a number above 0");
        out.number_out_of_range(table.place(), "proportional_to", expected);
        return None;
    }
    let found = [points, share, to].into_iter().flatten().count();
    if found != 1 {
        out.one_of_keys(table.place(), &["points", "share", "proportional_to"], found);
        return None;
    }
    points.or(share).or(to)
}

/// Reports gaps, overlaps and bands that hold nothing.
fn check_cover(bands: &[Band], places: &[Place], measure: &Measure, whole: Place, out: &mut Diagnostics) {
    let whole_numbers = measure.is_whole();
    let (low, high) = measure.domain();
    let mut spans: Vec<(Option<Cut>, Option<Cut>, usize)> = Vec::new();
    for (at, band) in bands.iter().enumerate() {
        let start = band.lower.map(|bound| bound.start(whole_numbers));
        let end = band.upper.map(|bound| bound.end(whole_numbers));
        if let (Some(start), Some(end)) = (start, end)
            && end <= start
        {
            out.empty_band(places[at].clone());
            return; // what it was to hold is not known
        }
        spans.push((start, end, at));
    }
    spans.sort_by_key(|(start, _, _)| *start);
    let mut reached: Option<Cut> = low.map(|low| (low, false));
    let mut last: Option<usize> = None;
    for (start, end, at) in spans {
        if low.is_none() && last.is_none() {
            // A measure without a lowest value needs a band without one.
            if let Some(start) = start {
                let from = text!("âm vô hạn", "minus infinity");
                out.gap_between_bands(places[at].clone(), from, show(Some(start)));
            }
            (reached, last) = (end, Some(at));
            continue;
        }
        match (start, reached) {
            (Some(start), Some(reached)) if reached < start => {
                out.gap_between_bands(places[at].clone(), show(Some(reached)), show(Some(start)));
            }
            (start, reached)
                if last.is_some() && (reached.is_none() || start.is_none() || start < reached) =>
            {
                let other = last.map(|last| places[last].clone());
                out.overlapping_bands(places[at].clone(), other, show(start), show(reached));
            }
            _ => {}
        }
        reached = match (reached, end) {
            (Some(reached), Some(end)) => Some(reached.max(end)),
            _ => None,
        };
        last = Some(at);
    }
    let wanted = high.map(|high| (high, true));
    if let Some(reached) = reached
        && wanted.is_none_or(|wanted| if whole_numbers { reached.0 <= wanted.0 } else { reached < wanted })
    {
        let end = high.map_or_else(|| text!("vô hạn", "infinity"), |high| show(Some((high, true))));
        out.gap_between_bands(whole, show(Some(reached)), end);
    }
}

/// A cut as people say it.
fn show(cut: Option<Cut>) -> Text {
    match cut {
        Some((at, _)) => Text::by(|lang| plain(at, lang)),
        None => text!("vô hạn", "infinity"),
    }
}

impl Bound {
    /// The cut before the first number of a band; among whole numbers, the first itself.
    fn start(self, whole: bool) -> Cut {
        match (whole, self.inclusive) {
            (true, true) => (self.at.ceil(), false),
            (true, false) => (self.at.floor() + Decimal::ONE, false),
            (false, inclusive) => (self.at, !inclusive),
        }
    }

    /// The cut after the last number of a band.
    fn end(self, whole: bool) -> Cut {
        match (whole, self.inclusive) {
            (true, true) => (self.at.floor() + Decimal::ONE, false),
            (true, false) => (self.at.ceil(), false),
            (false, inclusive) => (self.at, inclusive),
        }
    }
}

impl Band {
    /// Whether the measure is not below the band. Bands leave no gap, so the highest of which this
    /// is true holds the measure.
    fn is_reached(&self, measure: Fraction) -> bool {
        self.lower.is_none_or(|bound| match measure.compare(bound.at) {
            Ordering::Less => false,
            Ordering::Equal => bound.inclusive,
            Ordering::Greater => true,
        })
    }

    /// The most that it can give; an open proportional band is held at the maximum.
    fn most(&self, measure: &Measure, max: Decimal) -> Decimal {
        let ends = [self.upper.map(|bound| bound.at), measure.domain().1];
        match (self.gives, ends.into_iter().flatten().min()) {
            (Gives::Points(points), _) => points,
            (Gives::ProportionalTo(to), Some(end)) => max * end / to,
            (Gives::ProportionalTo(_), None) => max,
        }
    }

    /// "từ 90 đến dưới 100".
    fn bounds(&self, lang: Lang) -> String {
        let words = match lang {
            Lang::Vi => ["bằng", "từ", "trên", "đến", "dưới"],
            Lang::En => ["exactly", "from", "above", "to", "below"],
        };
        let show = |bound: Bound, inclusive: usize, exclusive: usize| {
            format!(
                "{} {}",
                words[if bound.inclusive { inclusive } else { exclusive }],
                plain(bound.at, lang)
            )
        };
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) if lower.at == upper.at => {
                format!("{} {}", words[0], plain(lower.at, lang))
            }
            (Some(lower), Some(upper)) if lang == Lang::Vi && !upper.inclusive => {
                format!("{} đến {}", show(lower, 1, 2), show(upper, 3, 4))
            }
            (Some(lower), Some(upper)) => format!("{} {}", show(lower, 1, 2), show(upper, 3, 4)),
            (Some(lower), None) if lang == Lang::Vi && lower.inclusive => {
                format!("{} trở lên", show(lower, 1, 2))
            }
            (Some(lower), None) => show(lower, 1, 2),
            (None, Some(upper)) => show(upper, 3, 4),
            (None, None) => if lang == Lang::Vi { "mọi giá trị" } else { "any value" }.to_owned(),
        }
    }
}

impl Rule for Bands {
    fn inputs(&self) -> &[Input] {
        self.measure.inputs()
    }

    fn award(&self, given: &Given<'_>, trace: &mut Trace) -> Award {
        let measure = match self.measure.of(given.values, trace) {
            Ok(measure) => measure,
            Err(award) => return award,
        };
        let Some(band) = self.bands.iter().find(|band| band.is_reached(measure)) else {
            return Award::Points(Decimal::ZERO); // the bands were checked to cover every measure
        };
        let points = match band.gives {
            Gives::Points(points) => points,
            Gives::ProportionalTo(to) => measure.scaled(self.max, to),
        };
        trace.step(|| {
            Text::by(|lang| {
                let sum = match band.gives {
                    Gives::Points(_) => plain(points, lang),
                    Gives::ProportionalTo(to) => {
                        let [max, value, to, points] =
                            [self.max, measure.value(), to, points].map(|number| shown(number, lang));
                        format!("{max} × {value} ÷ {to} = {points}")
                    }
                };
                let (word, value) =
                    (if lang == Lang::Vi { "bậc" } else { "band" }, shown(measure.value(), lang));
                format!("{value}: {word} \"{}\" → {sum}", band.bounds(lang))
            })
        });
        Award::Points(points)
    }

    fn most(&self) -> Option<Decimal> {
        Some(self.most)
    }

    fn measure(&self, values: &[Value]) -> Option<Fraction> {
        self.measure.looked_at(values)
    }

    fn has_measure(&self) -> bool {
        true
    }

    fn levels(&self, _: &[Value]) -> Vec<Level> {
        let whole = self.measure.is_whole();
        let (low, high) = self.measure.domain();
        let edges = |band: &Band| {
            let first = band.lower.map(|bound| bound.start(whole)).filter(|(_, after)| !after);
            let last = band.upper.filter(|bound| bound.inclusive || whole).map(|bound| bound.end(whole));
            let last = last.map(|(at, after)| if after { at } else { at - Decimal::ONE });
            let first = first.map(|(at, _)| at).or(if band.lower.is_none() { low } else { None });
            let last = last.or(if band.upper.is_none() { high } else { None });
            [first, last].into_iter().flatten().collect::<Vec<Decimal>>()
        };
        let mut edges: Vec<Decimal> = self.bands.iter().flat_map(edges).collect();
        edges.sort_unstable();
        edges.dedup();
        edges.into_iter().filter_map(|edge| self.measure.level(edge)).collect()
    }

    fn describe(&self) -> Text {
        let measure = self.measure.describe();
        let list = |lang| {
            let write = |band: &Band| {
                let gives = match band.gives {
                    Gives::Points(points) => plain(points, lang),
                    Gives::ProportionalTo(to) => {
                        format!("{} × {} ÷ {}", plain(self.max, lang), measure.get(lang), plain(to, lang))
                    }
                };
                format!("{}: {gives}", band.bounds(lang))
            };
            let bands = self.bands.iter().map(write).collect::<Vec<_>>().join("; ");
            format!("{} {bands}", measure.get(lang))
        };
        Text::by(list)
    }
}
