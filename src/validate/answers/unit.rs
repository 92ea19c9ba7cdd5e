//! The units that forms are about: by id, by name, by how people shorten names, by former ids.

use crate::answers::SurveyedUnit;
use crate::diagnostic::Diagnostics;
use crate::model::Ranked;
use crate::source::Place;
use crate::text::{folded, nearest};
use crate::validate::units::Listed;
use std::collections::HashMap;

/// Finds units; without a list, those that the files name.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub list: Vec<SurveyedUnit>,
    is_listed: bool,
    by_key: HashMap<String, Meant>,
}

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Meant {
    /// The unit's own id or name.
    Own(u32),
    /// A way to shorten its name, or the id of a unit that became a part of it.
    Other(u32),
    /// Several units.
    Several,
}

impl Units {
    pub fn new(listed: Option<&[Listed]>) -> Units {
        let mut units = Units { is_listed: listed.is_some(), ..Units::default() };
        for Listed { unit, .. } in listed.unwrap_or_default() {
            let at = units.push(&unit.id, &unit.name, &unit.block, unit.ranked.clone());
            units.by_key.insert(folded(&unit.id), Meant::Own(at));
        }
        for (at, Listed { unit, .. }) in listed.unwrap_or_default().iter().enumerate() {
            units.also(&folded(&unit.name), Meant::Own(at as u32));
        }
        for (at, Listed { unit, .. }) in listed.unwrap_or_default().iter().enumerate() {
            units.also(&shortened(&folded(&unit.name)), Meant::Other(at as u32));
            unit.previous.iter().for_each(|id| units.also(&folded(id), Meant::Other(at as u32)));
        }
        units
    }

    fn push(&mut self, id: &str, name: &str, block: &str, ranked: Ranked) -> u32 {
        let (id, name, block) = (id.to_owned(), name.to_owned(), block.to_owned());
        self.list.push(SurveyedUnit { id, name, block, ranked, ..SurveyedUnit::default() });
        self.list.len() as u32 - 1
    }

    /// A further key; one that several units have means none of them.
    fn also(&mut self, key: &str, meant: Meant) {
        if key.is_empty() {
            return;
        }
        let of = |meant: Meant| match meant {
            Meant::Own(at) | Meant::Other(at) => Some(at),
            Meant::Several => None,
        };
        match self.by_key.get(key).copied() {
            None => drop(self.by_key.insert(key.to_owned(), meant)),
            Some(known) if of(known) == of(meant) => {}
            Some(Meant::Own(_)) if matches!(meant, Meant::Other(_)) => {}
            Some(Meant::Own(at)) if folded(&self.list[at as usize].id) == key => {}
            Some(_) => drop(self.by_key.insert(key.to_owned(), Meant::Several)),
        }
    }

    /// The unit that a file means; reports one that the list does not have.
    pub fn resolve(&mut self, named: &str, place: Place, out: &mut Diagnostics) -> Option<u32> {
        let key = folded(named);
        let meant = self.by_key.get(&key).or_else(|| self.by_key.get(&shortened(&key))).copied();
        match meant {
            Some(Meant::Own(at)) if self.by_key.contains_key(&key) => return Some(at),
            Some(Meant::Own(at) | Meant::Other(at)) => {
                out.read_as_unit(place, named, &self.list[at as usize].id);
                return Some(at);
            }
            Some(Meant::Several) | None => {}
        }
        if !self.is_listed {
            let at = self.push(named, "", "", Ranked::Yes);
            self.by_key.insert(key, Meant::Own(at));
            return Some(at);
        }
        self.report(named, place, out);
        None
    }

    fn report(&self, named: &str, place: Place, out: &mut Diagnostics) {
        let ids = self.list.iter().map(|unit| unit.id.as_str());
        let names = self.list.iter().map(|unit| unit.name.as_str());
        let near = out.advise(|| nearest(named, ids.chain(names)));
        let unit = near.and_then(|near| self.list.iter().find(|unit| unit.id == near || unit.name == near));
        let (near, name) = unit.map(|unit| (unit.id.as_str(), unit.name.as_str())).unzip();
        out.unknown_unit(place, named, near, name);
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
