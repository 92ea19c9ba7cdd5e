//! The targets of single units, for the units that the answers are about.

use crate::answers::Surveyed;
use crate::diagnostic::Diagnostics;
use crate::number::Percent;
use crate::questionnaire::{Part, Questionnaire};
use crate::text::{folded, nearest};
use std::collections::HashMap;

/// For a unit, by its number, and a part: the index that is to be reached.
pub type Targets = HashMap<(u32, Part), Percent>;

/// Looks up the units of a questionnaire's targets; reports those that nobody knows.
pub fn unit_targets(questionnaire: &Questionnaire, surveyed: &Surveyed, out: &mut Diagnostics) -> Targets {
    let mut targets = Targets::new();
    for target in &questionnaire.unit_targets {
        let is_meant = |name: &str| folded(name) == folded(&target.unit);
        let found = surveyed.units.iter().position(|unit| is_meant(&unit.id) || is_meant(&unit.name));
        match found {
            Some(unit) => drop(targets.insert((unit as u32, target.of), target.target)),
            None => {
                let near = nearest(&target.unit, surveyed.units.iter().map(|unit| unit.id.as_str()));
                out.unknown_unit(target.place.clone(), &target.unit, near, None);
            }
        }
    }
    targets
}
