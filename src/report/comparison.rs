//! Two rounds side by side: who moved, and what moved them; and two units of one round.

mod chart;
mod rounds;
mod units;

pub use rounds::RoundsView;
pub use units::UnitsView;
