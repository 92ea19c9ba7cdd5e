//! What the columns of a results file hold: a row a criterion, or a row a unit.

use crate::criteria_set::CriteriaSet;
use crate::diagnostic::Diagnostics;
use crate::rule::Input;
use crate::source::{Place, Row};
use crate::text::{folded, id_as_number, nearest};
use crate::validate::header::{self, INPUT, RESULTS, Sought};
use std::collections::HashMap;

/// How the rows of a file are laid out.
#[derive(Debug)]
pub(super) enum Layout {
    /// One row a criterion.
    Long(Long),
    /// One row a unit: for each column of the file, what it holds.
    Wide(Vec<(usize, Holds)>),
}

/// The columns of a long file.
#[derive(Debug)]
pub(super) struct Long {
    pub criterion: usize,
    pub input: Option<usize>,
    pub note: Option<usize>,
    /// File columns that name an input themselves: `value`, `numerator`, `evidence`, …
    pub inputs: Vec<(usize, &'static str)>,
    /// For each leaf and each entry of `inputs`, the column of the set.
    pub columns: Vec<Vec<Option<usize>>>,
    pub leaves: HashMap<Vec<u8>, usize>,
    /// The criteria and groups that a number may stand for, where ids are kept as numbers.
    pub by_number: HashMap<String, Vec<usize>>,
}

/// What a column of a wide file holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    Input(usize),
    Note(usize),
}

/// The columns of a long file that are inputs.
const LONG_INPUTS: [&str; 7] = [
    Input::VALUE,
    Input::NUMERATOR,
    Input::DENOMINATOR,
    Input::POINTS,
    Input::TARGET,
    Input::PREVIOUS,
    Input::EVIDENCE,
];

impl Long {
    /// Whether a row gives any input.
    pub fn gives(&self, cells: Row<'_>) -> bool {
        self.inputs.iter().any(|(at, _)| !cells.cell(*at).trim_ascii().is_empty())
    }

    /// What the columns of a header are for a set.
    pub fn new(columns: &[Option<&'static str>], set: &CriteriaSet) -> Long {
        let find = |name: &str| columns.iter().position(|column| *column == Some(name));
        let inputs: Vec<(usize, &'static str)> =
            LONG_INPUTS.iter().filter_map(|&name| find(name).map(|at| (at, name))).collect();
        let column = |leaf: usize, name: &str| {
            let own = set.leaf_columns(leaf).find(|&column| set.columns[column].input.name == name);
            // The value of a criterion with one input is that input, whatever its name.
            let only = || {
                (name == Input::VALUE && set.leaves[leaf].columns.len() == 1)
                    .then_some(set.leaves[leaf].columns.start)
            };
            own.or_else(only)
        };
        let of_leaf = |leaf| inputs.iter().map(|(_, name)| column(leaf, name)).collect();
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, node) in set.nodes.iter().enumerate() {
            if let Some(number) = id_as_number(&node.id) {
                by_number.entry(number.to_owned()).or_default().push(at);
            }
        }
        Long {
            by_number,
            criterion: find("criterion").unwrap_or(0),
            input: find("input"),
            note: find("note"),
            columns: (0..set.leaves.len()).map(of_leaf).collect(),
            leaves: set
                .leaves
                .iter()
                .enumerate()
                .map(|(at, leaf)| (leaf.id.clone().into_bytes(), at))
                .collect(),
            inputs,
        }
    }
}

/// What each column of a wide file holds; those that hold nothing of ours are left out.
pub(super) fn wide_columns(
    header: &[String],
    set: &CriteriaSet,
    place: impl Fn(&str) -> Place,
    out: &mut Diagnostics,
) -> Vec<(usize, Holds)> {
    let by_name = wide_names(set);
    let about = ["unit", "name", "tier", "block", "stage"];
    let mut columns: Vec<(usize, Holds)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        if header::is_ignored(name) {
            continue;
        }
        if let Some(first) = seen.insert(folded(name), at) {
            out.duplicate_column(place(name), &header[first]);
            continue;
        }
        if RESULTS.known(name).is_some_and(|known| about.contains(&known)) {
            continue;
        }
        match find_wide(&by_name, name) {
            Some(holds) => columns.push((at, holds)),
            None => {
                let names = by_name.keys().map(String::as_str).chain(about);
                let near = out.advise(|| nearest(name, names));
                out.unknown_column(place(name), name, near);
            }
        }
    }
    columns
}

/// What the header of results looks like: long, or wide.
pub fn sought(set: &CriteriaSet) -> Sought<'_> {
    let by_name = wide_names(set);
    let known = move |name: &str| match RESULTS.known(name) {
        Some("previous") => Some(INPUT), // a number here, and not the unit before
        Some(column) => Some(column),
        None => find_wide(&by_name, name).map(|_| INPUT),
    };
    let fits = |found: &[&str]| {
        let has = |column: &str| found.contains(&column);
        let gives = ["value", "numerator", "points"].iter().any(|column| has(column));
        header::names_units(found) && if has("criterion") { gives } else { has(INPUT) }
    };
    Sought::new(known, fits, "unit, criterion, value (unit, 1.1, 1.2, …)")
}

/// What the headers of a wide file mean.
fn wide_names(set: &CriteriaSet) -> HashMap<String, Holds> {
    let mut by_name: HashMap<String, Holds> = HashMap::new();
    for column in 0..set.columns.len() {
        by_name.insert(set.header(column), Holds::Input(column));
    }
    for (at, leaf) in set.leaves.iter().enumerate() {
        by_name.insert(format!("{}.note", leaf.id), Holds::Note(at));
        // `3.1` may stand for `3.1.points` where that is the only input.
        if leaf.columns.len() == 1 {
            by_name.entry(leaf.id.clone()).or_insert(Holds::Input(leaf.columns.start));
        }
        by_name.entry(format!("{}.value", leaf.id)).or_insert(Holds::Input(leaf.columns.start));
    }
    by_name
}

fn find_wide(by_name: &HashMap<String, Holds>, header: &str) -> Option<Holds> {
    by_name.get(header).or_else(|| by_name.get(&in_english(header)?)).copied()
}

/// `2.tử số` as `2.numerator`.
fn in_english(header: &str) -> Option<String> {
    let (id, input) = header.rsplit_once('.')?;
    Some(format!("{id}.{}", RESULTS.known(input)?))
}
