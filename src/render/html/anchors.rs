//! Names in the page to which links lead.

use crate::report::Section;
use std::collections::{HashMap, HashSet};

/// The names of the sections that have one.
pub(super) struct Anchors {
    by_anchor: HashMap<String, String>,
}

impl Anchors {
    /// A name for each section with an anchor: signs that a link cannot have become dashes, and of two
    /// that would be the same the second gets a number.
    pub(super) fn of<'s, 'r: 's>(sections: impl Iterator<Item = &'s Section<'r>>) -> Anchors {
        let (mut by_anchor, mut used) = (HashMap::new(), HashSet::new());
        for anchor in sections.map(|section| &section.anchor).filter(|anchor| !anchor.is_empty()) {
            let plain = |c: char| if c.is_alphanumeric() || c == '.' || c == '_' { c } else { '-' };
            let name = format!("u-{}", anchor.chars().map(plain).collect::<String>());
            let numbered = (2..).map(|number| format!("{name}--{number}"));
            let free = std::iter::once(name.clone()).chain(numbered).find(|name| !used.contains(name));
            let name = free.unwrap_or(name);
            used.insert(name.clone());
            by_anchor.entry(anchor.clone()).or_insert(name);
        }
        Anchors { by_anchor }
    }

    /// The name of a section.
    pub(super) fn name(&self, anchor: &str) -> Option<&str> {
        self.by_anchor.get(anchor).map(String::as_str)
    }

    /// The name of a unit's section.
    pub(super) fn unit(&self, tier: &str, unit: &str) -> Option<&str> {
        self.name(&format!("{tier}/{unit}"))
    }
}
