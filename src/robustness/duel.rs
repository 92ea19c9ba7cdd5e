//! Which of two units is ahead, and how surely.

use super::Fault;
use rayon::prelude::*;

/// All pairs of more units than this are too many.
pub const MOST_UNITS: usize = 1_000;

/// The pairs that are compared in every draw.
#[derive(Clone, Copy, Debug, Default)]
pub enum Pairs<'a> {
    /// None.
    #[default]
    None,
    /// All, of up to [`MOST_UNITS`] units; of each two units, the first in order comes first.
    All,
    /// These.
    These(&'a [(usize, usize)]),
}

/// A pair of units and how their draws ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duel {
    /// The one unit.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// In how many draws `a` had the better rank.
    pub a_ahead: u64,
    /// In how many draws `b` had.
    pub b_ahead: u64,
}

impl Duel {
    /// Duels that have not begun.
    pub(super) fn all(pairs: Pairs, units: usize) -> Result<Vec<Duel>, Fault> {
        let duel = |(a, b): (usize, usize)| Duel { a, b, a_ahead: 0, b_ahead: 0 };
        match pairs {
            Pairs::None => Ok(Vec::new()),
            Pairs::All if MOST_UNITS < units => Err(Fault::Pairs { most: MOST_UNITS }),
            Pairs::All => {
                Ok((0..units).flat_map(|a| (a + 1..units).map(move |b| (a, b))).map(duel).collect())
            }
            Pairs::These(pairs) => {
                let unknown = pairs.iter().flat_map(|(a, b)| [*a, *b]).find(|unit| units <= *unit);
                unknown.map_or_else(
                    || Ok(pairs.iter().copied().map(duel).collect()),
                    |unit| Err(Fault::NoUnit(unit)),
                )
            }
        }
    }

    /// Counts draws, a row of ranks for each.
    pub(super) fn count(duels: &mut [Duel], ranks: &[u32], units: usize) {
        duels.par_chunks_mut(256).for_each(|duels| {
            for ranks in ranks.chunks_exact(units) {
                for duel in &mut *duels {
                    duel.a_ahead += u64::from(ranks[duel.a] < ranks[duel.b]);
                    duel.b_ahead += u64::from(ranks[duel.b] < ranks[duel.a]);
                }
            }
        });
    }
}
