//! Which column holds what: by id, by text, by a name of the questionnaire, or as a row of a grid
//! (`Câu 9 [Thái độ]`, `Câu 9.3`).

use super::Options;
use super::label::{key, leading_number};
use crate::questionnaire::{Asked, COLUMNS, Questionnaire};
use crate::text::folded;
use crate::validate::header::{INPUT, Sought};
use std::collections::HashMap;

/// What the header of answers looks like; columns that answer nothing may stand beside the others.
pub fn sought<'a>(questionnaire: &'a Questionnaire, options: &'a Options) -> Sought<'a> {
    let headers = Headers::new(questionnaire);
    let mut named: HashMap<String, &'static str> = HashMap::new();
    for (column, word, also) in COLUMNS {
        let of_file = questionnaire.columns.names.iter().map(|(of, name, _)| (of, name));
        let given = options.columns.iter().map(|(of, name)| (of, name)).chain(of_file);
        let given = given.filter(|(of, _)| **of == column).map(|(_, name)| name.as_str());
        for name in given.chain(std::iter::once(word)).chain(also.iter().copied()) {
            named.entry(folded(name)).or_insert(word);
        }
    }
    let known = move |name: &str| {
        let meant = named.get(&folded(name)).copied();
        meant.or_else(|| headers.find(name).map(|_| INPUT))
    };
    let fits = |found: &[&str]| {
        let has = |column: &str| found.contains(&column);
        (has("unit") || options.unit.is_some()) && (has(INPUT) || (has("item") && has("answer")))
    };
    Sought::new(known, fits, "unit, item, answer (unit, 1.1, 1.2, …)").open()
}

/// What a column, or a row of a long file, answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// One item, group or question, by its place in [`super::plan::Plan::asked`].
    One(usize),
    /// A whole grid packed into one cell, by its place in [`Headers::grids`].
    Grid(usize),
}

/// Finds what a header means.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// Ids, and names that the questionnaire gives.
    names: HashMap<String, usize>,
    /// The same as they are written.
    written: Vec<(String, usize)>,
    /// Texts; some may stand in several grids.
    texts: HashMap<String, Vec<usize>>,
    /// For everything that is asked, the folded name of the grid that it is in.
    question: Vec<Option<String>>,
    /// For each grid, what its numbers stand for.
    pub grids: Vec<HashMap<u32, usize>>,
    grid_names: HashMap<String, usize>,
}

impl Headers {
    /// Of everything that is asked: the items, the groups, the questions.
    pub fn new(questionnaire: &Questionnaire) -> Headers {
        let mut headers = Headers::default();
        for item in &questionnaire.items {
            headers.add(&item.id, &item.text, &item.asked);
        }
        for group in &questionnaire.groups {
            headers.add(&group.id, &group.name, &group.asked);
        }
        for question in &questionnaire.questions {
            headers.add(&question.id, &question.text, &question.asked);
        }
        headers
    }

    fn add(&mut self, id: &str, text: &str, asked: &Asked) {
        let at = self.question.len();
        for name in std::iter::once(id).chain(asked.columns.iter().map(String::as_str)) {
            self.names.insert(key(name), at);
            self.written.push((name.to_owned(), at));
        }
        self.texts.entry(text_key(text)).or_default().push(at);
        let question = asked.question.as_deref().map(key);
        if let (Some(question), Some(number)) = (&question, asked.number) {
            let grids = self.grids.len();
            let grid = *self.grid_names.entry(question.clone()).or_insert(grids);
            if grid == grids {
                self.grids.push(HashMap::new());
            }
            self.grids[grid].insert(number, at);
            for name in [format!("{question} [{number}]"), format!("{question}.{number}")] {
                self.names.entry(key(&name)).or_insert(at);
            }
        }
        self.question.push(question);
    }

    /// What a header means, if it means anything that is asked.
    pub fn find(&self, header: &str) -> Option<Holds> {
        let key = key(header);
        if let Some(&at) = self.names.get(&key) {
            return Some(Holds::One(at));
        }
        let in_brackets = key.strip_suffix(']').and_then(|key| key.rsplit_once('['));
        let found = match in_brackets {
            Some((question, row)) => self.in_grid(question.trim(), row.trim()),
            None => self.alone(&text_key(header)),
        };
        found.map(Holds::One).or_else(|| self.grid(&key).map(Holds::Grid))
    }

    /// A row of a grid by the grid's header and the row's text, number or id.
    fn in_grid(&self, question: &str, row: &str) -> Option<usize> {
        if let Some(&at) = self.names.get(row) {
            return Some(at);
        }
        let is_of = |at: &usize| self.question[*at].as_deref().is_some_and(|of| begins(question, of));
        let candidates = self.texts.get(&text_key(row)).map_or(&[][..], Vec::as_slice);
        let in_question: Vec<usize> = candidates.iter().copied().filter(is_of).collect();
        match (&in_question[..], candidates) {
            ([at], _) | ([], [at]) => return Some(*at),
            _ => {}
        }
        let grid = self.grid(question)?;
        let number = leading_number(row).map_or(row, |(number, _)| number);
        self.grids[grid].get(&number.parse().ok()?).copied()
    }

    /// A text that only one thing has.
    fn alone(&self, key: &str) -> Option<usize> {
        match self.texts.get(key)?[..] {
            [at] => Some(at),
            _ => None,
        }
    }

    /// The grid that a header names: `câu 9`, or `câu 9. mức độ hài lòng`.
    fn grid(&self, key: &str) -> Option<usize> {
        let is_named = |name: &str| key == name || (begins(key, name) && !key.contains('['));
        let named = self.grid_names.iter().filter(|(name, _)| is_named(name));
        named.max_by_key(|(name, _)| name.len()).map(|(_, grid)| *grid)
    }

    /// The ids and the names that the questionnaire gives, as they are written.
    pub fn written(&self) -> impl Iterator<Item = (&str, usize)> {
        self.written.iter().map(|(name, at)| (name.as_str(), *at))
    }
}

/// Whether a header begins with the name of a question: `câu 9. …` does with `câu 9`, `câu 90` not.
fn begins(header: &str, name: &str) -> bool {
    header
        .strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':', ')', ' ', '[']))
}

/// A text as a key: without the number before it and the sign behind it.
fn text_key(text: &str) -> String {
    let key = key(text);
    let rest = leading_number(&key).map_or(key.as_str(), |(_, rest)| rest);
    rest.trim_end_matches(['.', ':', ';', '?', '*', ' ']).to_owned()
}
