//! How firm ranks are: what becomes of them when weights and points are not taken as certain.
//!
//! An index with one number for each weight hides how much that number decides. Saisana, Saltelli &
//! Tarantola (2005, *Journal of the Royal Statistical Society A* 168, 307–323) draw the uncertain
//! parts of a composite index at random many times, rank the units each time and show the spread;
//! the JRC/OECD *Handbook on Constructing Composite Indicators* (2008) made it a step of every index.
//!
//! ```text
//!  Model (shares N × C, weights, extra points) ──▶ Simulation (noise of weights, Sources, seed)
//!     │                                                │ run                  │ deciding
//!     │ without, reweighted                            ▼                      ▼
//!     ▼                                             Outcome: ranks,        Deciding: first-order
//!  Shifted: ranks, mean shift                       grades, duels          and total effects
//!
//!  exact points ──▶ swap::nearest: the smallest change of one weight that lets two units tie
//! ```
//!
//! Units here are those of one block, which are ranked together. A tie-break of the set is not known
//! here: units of equal index are tied.
//!
//! # What always holds
//!
//! - A draw has its own stream of random numbers, told by seed and number: it can be repeated alone
//!   ([`simulation::Simulation::draw`]), and results are the same bytes on any number of threads.
//! - Indices are added and multiplied in one order on every machine; those that differ by less than
//!   1e-10 are equal ([`ranking`]).
//! - Memory does not grow with the number of draws.

pub mod deciding;
pub mod draw;
pub mod duel;
pub mod histogram;
pub mod model;
pub mod outcome;
mod product;
pub mod ranking;
pub mod simulation;
pub mod sobol;
pub mod source;
pub mod swap;

/// Why numbers cannot be used. Units and criteria are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// A list has not as many entries as there are units, criteria or cells.
    Length {
        /// How many it should have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// A weight is negative or no number.
    Weight {
        /// Whose weight.
        criterion: usize,
    },
    /// No weight is above 0.
    NoWeight,
    /// There are no units.
    NoUnits,
    /// A share or extra points are infinite, or extra points are no number.
    NotFinite {
        /// Whose.
        unit: usize,
    },
    /// No criterion with a weight applies to a unit.
    NothingApplies {
        /// Which unit.
        unit: usize,
    },
    /// The noise of weights is not within 0 and 1.
    Noise(f64),
    /// There is no such criterion.
    NoCriterion(usize),
    /// There is no such unit.
    NoUnit(usize),
    /// A criterion is named by two sources or in two groups.
    Twice {
        /// Which criterion.
        criterion: usize,
    },
    /// More draws than weight vectors were given or than can be counted, or none at all.
    Draws {
        /// How many there may be.
        most: u64,
    },
    /// Limits of grades do not go down.
    Grades,
    /// So many units that all their pairs are too many.
    Pairs {
        /// How many units there may be.
        most: usize,
    },
    /// Weights are not drawn from noise, but groups of weights are asked about.
    NoNoise,
}
