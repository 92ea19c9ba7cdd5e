//! Crosstabs by a demographic question, with cells that would tell on single people left out.
//!
//! A cell of fewer forms than the least is suppressed. A row whose total is printed, and a column that
//! has the sum of all units beside them, give a single suppressed cell away by subtraction; there the
//! smallest other cell is suppressed too, until nothing can be subtracted back (complementary
//! suppression; Willenborg & de Waal 2001, ch. 4). Example: 4 + 40 + 56 of 100 with a least of 10:
//! 4 is suppressed, and so is 40. Forms that do not answer the question are of nobody in particular:
//! how many they are is always shown.

use super::account::Account;
use super::measure::Gathered;

/// A crosstab: all forms and each unit, by the options of a group.
#[derive(Debug)]
pub struct Crosstab {
    /// The group among those of the questionnaire.
    pub group: usize,
    /// The options, in the order of the scale; the last one may be [`UNANSWERED`].
    pub options: Vec<u8>,
    /// The rows: all units together first.
    pub rows: Vec<Row>,
}

/// The option of forms that do not answer.
pub const UNANSWERED: u8 = u8::MAX;

/// A row of a crosstab.
#[derive(Debug)]
pub struct Row {
    /// The unit; none for all together.
    pub unit: Option<usize>,
    /// Valid forms.
    pub forms: u64,
    /// A cell for each option.
    pub cells: Vec<Cell>,
}

/// A cell of a crosstab.
#[derive(Debug)]
pub struct Cell {
    /// What its forms add up to; none where there are none.
    pub account: Option<Account>,
    /// Why it is not shown.
    pub suppressed: Option<Suppressed>,
}

/// Why a cell is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suppressed {
    /// It has too few forms.
    Small,
    /// Another one could be subtracted back from it.
    Complementary,
}

impl Cell {
    /// How many forms it has.
    pub fn forms(&self) -> u64 {
        self.account.as_ref().map_or(0, |account| account.forms.forms)
    }
}

impl Gathered<'_> {
    /// Crosses the units with one of the groups that were asked for, by its place among those.
    pub fn crosstab(&self, at: usize, least: u64) -> Option<Crosstab> {
        let (group, accounts) = self.by.get(at)?;
        let scale = &self.layout.questionnaire.scales[self.layout.questionnaire.groups[*group].scale];
        let labels = scale.labels.len() as u8;
        let mut options: Vec<u8> = (0..labels).collect();
        if accounts.keys().any(|(_, option)| labels <= *option) {
            options.push(UNANSWERED);
        }
        let cell = |unit: Option<usize>, option: u8| {
            let is_in = |&(of, chosen): &(u32, u8)| {
                unit.is_none_or(|unit| of as usize == unit)
                    && (chosen == option || (option == UNANSWERED && labels <= chosen))
            };
            let mut keys: Vec<&(u32, u8)> = accounts.keys().filter(|key| is_in(key)).collect();
            keys.sort_unstable();
            let mut found = keys.into_iter().map(|key| &accounts[key]);
            let account = found.next().cloned().map(|first| {
                found.fold(first, |mut all, more| {
                    all.merge(more);
                    all
                })
            });
            Cell { account, suppressed: None }
        };
        let units = (0..self.surveyed.units.len()).filter(|unit| self.account(*unit).is_some());
        let mut rows: Vec<Row> = std::iter::once(None)
            .chain(units.map(Some))
            .map(|unit| {
                let cells: Vec<Cell> = options.iter().map(|option| cell(unit, *option)).collect();
                Row { unit, forms: cells.iter().map(Cell::forms).sum(), cells }
            })
            .collect();
        let counts: Vec<Vec<u64>> =
            rows.iter().map(|row| row.cells.iter().map(Cell::forms).collect()).collect();
        for (row, found) in rows.iter_mut().zip(suppressed(&counts, usize::from(labels), least)) {
            row.cells.iter_mut().zip(found).for_each(|(cell, found)| cell.suppressed = found);
        }
        Some(Crosstab { group: *group, options, rows })
    }
}

/// What is suppressed of a table of counts, of which only the first so many columns can tell on
/// somebody: small cells, and others until none can be subtracted back. The first row is the sum of
/// the others, and the sum of each row is known.
fn suppressed(counts: &[Vec<u64>], width: usize, least: u64) -> Vec<Vec<Option<Suppressed>>> {
    let small = |count: &u64| (1..least).contains(count).then_some(Suppressed::Small);
    let mut found: Vec<Vec<Option<Suppressed>>> = counts
        .iter()
        .map(|row| row.iter().enumerate().map(|(at, count)| small(count).filter(|_| at < width)).collect())
        .collect();
    let rows = (0..counts.len()).map(|row| (0..width).map(|column| (row, column)).collect());
    let columns = (0..width).map(|column| (0..counts.len()).map(|row| (row, column)).collect());
    let lines: Vec<Vec<(usize, usize)>> = rows.chain(columns).collect();
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        for line in &lines {
            let is_hidden = |&(row, column): &(usize, usize)| found[row][column].is_some();
            let count = |&(row, column): &(usize, usize)| counts[row][column];
            let hidden = line.iter().filter(|at| is_hidden(at)).count();
            let shown = line.iter().filter(|at| !is_hidden(at) && 0 < count(at));
            let Some(&(row, column)) = shown.min_by_key(|at| count(at)).filter(|_| hidden == 1) else {
                continue;
            };
            found[row][column] = Some(Suppressed::Complementary);
            is_settled = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(counts: &[&[u64]], width: usize) -> Vec<Vec<bool>> {
        let counts: Vec<Vec<u64>> = counts.iter().map(|row| row.to_vec()).collect();
        let found = suppressed(&counts, width, 10);
        found.iter().map(|row| row.iter().map(Option::is_some).collect()).collect()
    }

    #[test]
    fn a_small_cell_hides_a_second_one_in_its_row_and_in_its_column() {
        assert_eq!(
            hidden(&[&[64, 100, 91], &[4, 40, 56], &[60, 60, 35]], 3),
            [[false, false, false], [true, true, false], [true, true, false]],
            "4 is small; 40 hides it in its row; 60 and 60 hide both in their columns"
        );
    }

    #[test]
    fn nothing_is_hidden_without_small_cells_and_zeros_tell_nothing() {
        assert!(hidden(&[&[30, 10], &[30, 10], &[0, 0]], 2).iter().flatten().all(|hidden| !hidden));
    }

    #[test]
    fn forms_that_do_not_answer_hide_nothing() {
        assert!(hidden(&[&[30, 40, 2], &[30, 40, 2]], 2).iter().flatten().all(|hidden| !hidden));
    }

    #[test]
    fn no_line_has_a_single_hidden_cell_that_another_could_have_hidden() {
        let counts: [&[u64]; 4] = [&[31, 45, 60, 8], &[3, 20, 30, 2], &[12, 11, 9, 3], &[16, 14, 21, 3]];
        let found = hidden(&counts, 4);
        let single = |line: Vec<bool>| line.iter().filter(|hidden| **hidden).count() == 1;
        assert!(!found.iter().any(|row| single(row.clone())));
        assert!(!(0..4).any(|column| single(found.iter().map(|row| row[column]).collect())));
    }
}
