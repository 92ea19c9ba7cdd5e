//! The targets of single units, for the units that the answers are about.

use crate::answers::Surveyed;
use crate::diagnostic::Diagnostics;
use crate::number::Percent;
use crate::questionnaire::{Part, Questionnaire};
use crate::validate::names::{Meant, Names};
use std::collections::HashMap;

/// For a unit, by its number, and a part: the index that is to be reached.
pub type Targets = HashMap<(u32, Part), Percent>;

/// Looks up the units of a questionnaire's targets; reports those that nobody knows.
pub fn unit_targets(questionnaire: &Questionnaire, surveyed: &Surveyed, out: &mut Diagnostics) -> Targets {
    let mut targets = Targets::new();
    let names = Names::new(surveyed.units.iter().map(|unit| (unit.id.as_str(), unit.name.as_str())));
    for target in &questionnaire.unit_targets {
        match names.find(&target.unit) {
            Meant::Id(unit) | Meant::Name(unit) => {
                targets.insert((unit as u32, target.of), target.target);
            }
            meant => names.report(target.place.clone(), &target.unit, &meant, out),
        }
    }
    targets
}
