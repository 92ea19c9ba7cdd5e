//! The units that forms are about: by id, by name, by how people shorten names, by former ids.

use crate::answers::SurveyedUnit;
use crate::diagnostic::Diagnostics;
use crate::model::Ranked;
use crate::source::Place;
use crate::text::folded;
use crate::validate::names::{ByName, Meant, Names};
use crate::validate::units::Listed;
use std::collections::HashMap;

/// Finds units; without a list, those that the files name.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub list: Vec<SurveyedUnit>,
    is_listed: bool,
    names: Names,
    /// Ways to shorten a name, and ids of units that became a part of one; none where several have it.
    others: HashMap<String, Option<u32>>,
    by_name: ByName,
}

impl Units {
    pub fn new(listed: Option<&[Listed]>) -> Units {
        let mut units = Units { is_listed: listed.is_some(), ..Units::default() };
        for (at, Listed { unit, .. }) in listed.unwrap_or_default().iter().enumerate() {
            units.push(&unit.id, &unit.name, &unit.block, unit.ranked.clone());
            units.also(&shortened(&folded(&unit.name)), at as u32);
            unit.previous.iter().for_each(|id| units.also(&folded(id), at as u32));
        }
        units
    }

    fn push(&mut self, id: &str, name: &str, block: &str, ranked: Ranked) -> u32 {
        self.names.add(id, name);
        let (id, name, block) = (id.to_owned(), name.to_owned(), block.to_owned());
        self.list.push(SurveyedUnit { id, name, block, ranked, ..SurveyedUnit::default() });
        self.list.len() as u32 - 1
    }

    /// A further key; one that several units have means none of them.
    fn also(&mut self, key: &str, at: u32) {
        if !key.is_empty() {
            let known = self.others.entry(key.to_owned()).or_insert(Some(at));
            *known = known.filter(|known| *known == at);
        }
    }

    /// The unit that a file means; reports one that the list does not have.
    pub fn resolve(&mut self, named: &str, place: Place, out: &mut Diagnostics) -> Option<u32> {
        let meant = self.names.find(named);
        match meant {
            Meant::Id(at) => return Some(at as u32),
            Meant::Name(at) => {
                self.by_name.see(at, || place, named, &self.list[at].id);
                return Some(at as u32);
            }
            Meant::Several(_) | Meant::None => {}
        }
        let key = folded(named);
        let other = self.others.get(&key).or_else(|| self.others.get(&shortened(&key))).copied().flatten();
        if let (Some(at), Meant::None) = (other, &meant) {
            out.read_as_unit(place, named, &self.list[at as usize].id);
            return Some(at);
        }
        if !self.is_listed {
            return Some(self.push(named, "", "", Ranked::Yes));
        }
        self.names.report(place, named, &meant, out);
        None
    }

    /// Says which units the file that ends named by their names.
    pub fn end(&mut self, out: &mut Diagnostics) {
        self.by_name.say(out);
    }
}

/// A folded name without "UBND" before it and with the kind of unit spelt out.
fn shortened(key: &str) -> String {
    const KINDS: [(&str, &str); 7] = [
        ("tp", "thành phố"),
        ("tx", "thị xã"),
        ("tt", "thị trấn"),
        ("p", "phường"),
        ("x", "xã"),
        ("q", "quận"),
        ("h", "huyện"),
    ];
    let mut rest = key;
    for office in [folded("ubnd"), folded("ủy ban nhân dân"), folded("Uỷ ban nhân dân")] {
        rest = rest.strip_prefix(&office).and_then(|rest| rest.strip_prefix(' ')).unwrap_or(rest);
    }
    for (short, long) in KINDS {
        let behind = rest.strip_prefix(short).and_then(|rest| rest.strip_prefix(['.', ' ']));
        if let Some(name) = behind {
            return format!("{} {}", folded(long), name.trim_start());
        }
    }
    rest.to_owned()
}
