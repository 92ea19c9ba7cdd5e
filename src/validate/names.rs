//! Which unit a file means: by its id, or by its whole name where no other unit has it. Both are
//! compared on the folded key. A name that is only like one is offered, never taken.

use crate::diagnostic::Diagnostics;
use crate::source::Place;
use crate::text::{folded, nearest};
use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

/// The ids and names of units.
#[derive(Clone, Debug, Default)]
pub struct Names {
    units: Vec<(String, String)>,
    ids: HashMap<String, usize>,
    names: HashMap<String, Vec<usize>>,
    /// The names without office and kind; made when the first word means nothing.
    bare: OnceLock<HashMap<String, Vec<usize>>>,
}

/// What a word in a file means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// The unit of this id.
    Id(usize),
    /// The only unit of this name.
    Name(usize),
    /// Several units have this name.
    Several(Vec<usize>),
    /// No unit.
    None,
}

impl Names {
    /// Of units by id and name. A unit that comes twice, as of two tiers, is the first.
    pub fn new<'a>(units: impl IntoIterator<Item = (&'a str, &'a str)>) -> Names {
        let mut names = Names::default();
        units.into_iter().for_each(|(id, name)| names.add(id, name));
        names
    }

    /// A further unit.
    pub fn add(&mut self, id: &str, name: &str) {
        let at = self.units.len();
        self.units.push((id.to_owned(), name.to_owned()));
        self.bare = OnceLock::new();
        let is_new = *self.ids.entry(folded(id)).or_insert(at) == at;
        let key = folded(name);
        if is_new && !key.is_empty() {
            self.names.entry(key).or_default().push(at);
        }
    }

    /// What a word means, among all units.
    pub fn find(&self, written: &str) -> Meant {
        self.find_among(written, |_| true)
    }

    /// What a word means; a name counts only among some units.
    pub fn find_among(&self, written: &str, is_among: impl Fn(usize) -> bool) -> Meant {
        let key = folded(written);
        if let Some(&at) = self.ids.get(&key) {
            return Meant::Id(at);
        }
        let named = self.names.get(&key).map_or(&[][..], Vec::as_slice);
        let among: Vec<usize> = named.iter().copied().filter(|&at| is_among(at)).collect();
        match among[..] {
            [] => Meant::None,
            [at] => Meant::Name(at),
            _ => Meant::Several(among),
        }
    }

    /// The id of a unit.
    pub fn id(&self, at: usize) -> &str {
        &self.units[at].0
    }

    /// The unit that may be meant, by id and name: the one of the same name without the words for its kind
    /// and its office, else the nearest.
    pub fn near(&self, written: &str) -> Option<(&str, &str)> {
        let alike = self.bare.get_or_init(|| {
            let mut bare_names: HashMap<String, Vec<usize>> = HashMap::new();
            for (name, units) in &self.names {
                bare_names.entry(bare(name).to_owned()).or_default().extend(units);
            }
            bare_names
        });
        if let Some(&[at]) = alike.get(bare(&folded(written))).map(Vec::as_slice) {
            let (id, name) = &self.units[at];
            return Some((id, name));
        }
        let words = self.units.iter().flat_map(|(id, name)| [id.as_str(), name.as_str()]);
        let near = nearest(written, words.filter(|word| !word.is_empty()))?;
        let (id, name) = self.units.iter().find(|(id, name)| id == near || name == near)?;
        Some((id, name))
    }

    /// Reports a word that means no unit, or several.
    pub fn report(&self, place: Place, written: &str, meant: &Meant, out: &mut Diagnostics) {
        if let Meant::Several(units) = meant {
            let ids: Vec<&str> = units.iter().map(|&at| self.id(at)).collect();
            out.several_units(place, written, &ids);
            return;
        }
        let mut name = None;
        let near = out.advise(|| {
            let (id, of) = self.near(written)?;
            name = Some(of);
            Some(id)
        });
        out.unknown_unit(place, written, near, name);
    }
}

/// The units of one file that were matched by name; it is said once.
#[derive(Clone, Debug, Default)]
pub struct ByName {
    units: HashSet<usize>,
    first: Option<(Place, String, String)>,
}

impl ByName {
    /// Remembers a match.
    pub fn see(&mut self, at: usize, place: impl FnOnce() -> Place, written: &str, id: &str) {
        self.units.insert(at);
        self.first.get_or_insert_with(|| (place(), written.to_owned(), id.to_owned()));
    }

    /// Says how many there were, and begins anew.
    pub fn say(&mut self, out: &mut Diagnostics) {
        let ByName { units, first } = std::mem::take(self);
        if let Some((place, written, id)) = first {
            out.read_by_name(place, units.len(), &written, &id);
        }
    }
}

/// Words before the name itself: the office, then the kind of unit.
static OFFICES: LazyLock<Vec<String>> =
    LazyLock::new(|| folded_all(&["văn phòng", "ubnd", "ủy ban nhân dân"]));
static KINDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    folded_all(&[
        "xã",
        "phường",
        "thị trấn",
        "thị xã",
        "thành phố",
        "quận",
        "huyện",
        "tỉnh",
        "đặc khu",
        "sở",
        "tp",
        "tx",
        "tt",
        "p",
        "x",
        "q",
        "h",
    ])
});

fn folded_all(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| folded(word)).collect()
}

/// A folded name without the office and the kind of unit before it.
fn bare(key: &str) -> &str {
    let strip = |key, words: &'static [String]| words.iter().find_map(|word| key_behind(key, word));
    let mut rest = key;
    while let Some(behind) = strip(rest, &OFFICES) {
        rest = behind;
    }
    strip(rest, &KINDS).unwrap_or(rest)
}

/// What follows a word that a key begins with.
fn key_behind<'k>(key: &'k str, word: &str) -> Option<&'k str> {
    let behind = key.strip_prefix(word)?.strip_prefix([' ', '.'])?.trim_start();
    (!behind.is_empty()).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new([
            ("X01", "Xã An Bình"),
            ("X02", "Phường Hòa Bình"),
            ("X03", "Xã Châu Thành"),
            ("X04", "Xã Châu Thành"),
            ("X05", "Bà Rịa – Vũng Tàu"),
        ])
    }

    #[test]
    fn a_unit_is_its_id_or_its_whole_name() {
        let names = names();
        for (written, meant) in [
            ("X01", Meant::Id(0)),
            ("x01", Meant::Id(0)),
            ("xã  an bình", Meant::Name(0)),
            ("Phường Hoà Bình", Meant::Name(1)),
            ("Bà Rịa - Vũng Tàu", Meant::Name(4)),
            ("Xã Châu Thành", Meant::Several(vec![2, 3])),
            ("An Bình", Meant::None),
            ("UBND xã An Bình", Meant::None),
        ] {
            assert_eq!(names.find(written), meant, "{written}");
        }
    }

    #[test]
    fn what_is_meant_is_offered() {
        let names = names();
        for (written, near) in [
            ("An Bình", Some("X01")),
            ("UBND phường Hoà Bình", Some("X02")),
            ("Ủy ban nhân dân P. Hoà Bình", Some("X02")),
            ("Xã An Bìnk", Some("X01")),
            ("Quy Nhơn", None),
        ] {
            assert_eq!(names.near(written).map(|(id, _)| id), near, "{written}");
        }
    }
}
