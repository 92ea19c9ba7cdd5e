//! What the inks of a chart mean.

use super::Ink;
use super::stacked::inks;
use crate::lang::{Lang, Text};
use crate::report::chart::Plot;
use crate::text;

/// How a key looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Key {
    /// A filled square.
    Area(Ink),
    /// A line.
    Line(Ink),
    /// A full mark.
    Full(Ink),
    /// A hollow mark.
    Hollow(Ink),
}

/// The keys of a chart; none where names say all.
pub(in crate::render) fn legend(plot: &Plot, lang: Lang) -> Vec<(Key, String)> {
    let one = |key, text: &Text| (key, text.get(lang).to_owned());
    match plot {
        Plot::Stacked(stacked) => {
            let inks = inks(&stacked.labels);
            let labels = stacked.labels.iter().zip(inks);
            labels.map(|((label, _), (ink, _))| one(Key::Area(ink), label)).collect()
        }
        Plot::Ranges(ranges) => {
            vec![one(Key::Full(Ink::Mark), &ranges.mark), one(Key::Line(Ink::Span), &ranges.interval)]
        }
        Plot::Moves(moves) => vec![
            one(Key::Hollow(Ink::Faint), &moves.before),
            one(Key::Full(Ink::Faint), &moves.after),
            one(Key::Line(Ink::Gain), &text!("tốt lên", "better")),
            one(Key::Line(Ink::Loss), &text!("kém đi", "worse")),
        ],
        Plot::Heat(_) | Plot::Waterfall(_) | Plot::Years(_) => Vec::new(),
    }
}
