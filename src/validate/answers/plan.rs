//! What the columns of one file of answers are, from its header.

use super::Options;
use super::design::Meta;
use super::header::{Headers, Holds};
use super::label::{LabelReader, Read, leading_number};
use super::long::Long;
use super::part::Part;
use super::tally::Odd;
use crate::answers::{BLANK, Design, OFF_SCALE};
use crate::diagnostic::Diagnostics;
use crate::questionnaire::{Column, Questionnaire};
use crate::source::{Place, Row, Table};
use crate::text::{nearest, quoted};
use crate::validate::header::is_ignored;
use std::sync::Arc;

/// What the columns of one file are.
#[derive(Debug)]
pub struct Plan<'a> {
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) table: Arc<Table>,
    /// What is asked: the items, the groups, the questions.
    pub(super) asked: Vec<Asks>,
    readers: Vec<LabelReader>,
    layout: Layout,
    pub(super) meta: Meta,
    pub(super) nested: bool,
}

/// One thing that is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asks {
    pub slot: Slot,
    pub scale: usize,
}

/// Where an answer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Item(usize),
    Group(usize),
    /// A question, and whether several options may be chosen.
    Question(usize, bool),
}

#[derive(Debug)]
enum Layout {
    /// One row a form: items by column and scale, then everything that needs more than a look.
    Wide { items: Vec<(usize, usize, usize)>, others: Vec<(usize, Holds)>, headers: Headers },
    /// One row an answer.
    Long(Long),
    /// Items lack: the rows are only looked through for what was kept instead.
    Lacking { items: Vec<usize>, unread: Vec<String> },
}

impl<'a> Plan<'a> {
    /// Reads a header; reports columns that are double or lacking. A file that lacks items has a plan
    /// all the same: its rows say whether it kept means instead.
    pub fn new(
        table: Arc<Table>,
        questionnaire: &'a Questionnaire,
        options: &Options,
        out: &mut Diagnostics,
    ) -> Option<Plan<'a>> {
        let before = out.errors();
        let (header, place) = (&table.header, |name: Option<&str>| table.header_place(name));
        let meta = Meta::new(header, questionnaire, options, place, out);
        let headers = Headers::new(questionnaire);
        let layout = match meta.long() {
            Some((item, answer)) => Layout::Long(Long::new(item, answer, headers)),
            None => wide(header, &meta, questionnaire, headers, place, out),
        };
        let readers = questionnaire.scales.iter().map(LabelReader::new).collect();
        (out.errors() == before).then_some(Plan {
            questionnaire,
            asked: asked(questionnaire),
            readers,
            layout,
            meta,
            nested: options.nested,
            table,
        })
    }

    /// How the sample was drawn, as the file says it.
    pub fn design(&self) -> Design {
        self.meta.design(&self.table.header)
    }

    /// An empty part of the file, to read rows into.
    pub fn part(&self) -> Part {
        Part::default()
    }

    /// Whether each answer has a row.
    pub(super) fn is_long(&self) -> bool {
        matches!(self.layout, Layout::Long(_))
    }

    /// The items that the file lacks.
    pub(super) fn lacking(&self) -> &[usize] {
        if let Layout::Lacking { items, .. } = &self.layout { items } else { &[] }
    }

    /// Reads one row.
    pub fn read_row(&self, part: &mut Part, row: Row<'_>) {
        if row.width() != self.table.header.len() {
            if !row.is_blank() {
                part.out.ragged_row(self.place(row.number, None), row.width(), self.table.header.len());
            }
            return;
        }
        match &self.layout {
            Layout::Wide { items, others, headers } => self.read_wide(part, row, items, others, headers),
            Layout::Long(long) => long.read_row(self, part, row),
            Layout::Lacking { .. } => self.look_for_means(part, row),
        }
    }

    fn read_wide(
        &self,
        part: &mut Part,
        row: Row<'_>,
        items: &[(usize, usize, usize)],
        others: &[(usize, Holds)],
        headers: &Headers,
    ) {
        if row.is_blank() || !self.meta.begin_form(self, part, row) {
            return;
        }
        self.make_room(part);
        let start = part.items.len() - self.questionnaire.items.len();
        for &(column, item, scale) in items {
            let cell = row.cell(column);
            part.items[start + item] = match self.readers[scale].read_plain(cell) {
                Some(code) => code,
                None => self.read_label(part, scale, cell, (row.number, column), item),
            };
        }
        for &(column, holds) in others {
            let cell = row.cell(column);
            match holds {
                Holds::One(asked) => self.answer(part, asked, cell, (row.number, column)),
                Holds::Grid(grid) => self.unpack(part, &headers.grids[grid], cell, (row.number, column)),
            }
        }
    }

    /// Room for the answers of one more form, all blank.
    pub(super) fn make_room(&self, part: &mut Part) {
        let Questionnaire { items, groups, questions, .. } = self.questionnaire;
        part.items.resize(part.items.len() + items.len(), BLANK);
        part.groups.resize(part.groups.len() + groups.len(), BLANK);
        part.questions.resize(part.questions.len() + questions.len(), 0);
    }

    /// Keeps an answer of the last form.
    pub(super) fn answer(&self, part: &mut Part, asked: usize, cell: &[u8], at: (u64, usize)) {
        let Asks { slot, scale } = self.asked[asked];
        match slot {
            Slot::Item(item) => {
                let start = part.items.len() - self.questionnaire.items.len();
                part.items[start + item] = self.read_label(part, scale, cell, at, asked);
            }
            Slot::Group(group) => {
                let start = part.groups.len() - self.questionnaire.groups.len();
                part.groups[start + group] = self.read_label(part, scale, cell, at, asked);
            }
            Slot::Question(question, multiple) => {
                let start = part.questions.len() - self.questionnaire.questions.len();
                let chosen = self.read_options(part, scale, cell, multiple, at, asked);
                part.questions[start + question] = chosen;
            }
        }
    }

    /// Whether something was answered in the last form.
    pub(super) fn is_answered(&self, part: &Part, asked: usize) -> bool {
        let Questionnaire { items, groups, questions, .. } = self.questionnaire;
        match self.asked[asked].slot {
            Slot::Item(item) => part.items[part.items.len() - items.len() + item] != BLANK,
            Slot::Group(group) => part.groups[part.groups.len() - groups.len() + group] != BLANK,
            Slot::Question(question, _) => {
                part.questions[part.questions.len() - questions.len() + question] != 0
            }
        }
    }

    /// The code of a cell; what is odd about it is counted.
    fn read_label(
        &self,
        part: &mut Part,
        scale: usize,
        cell: &[u8],
        (row, column): (u64, usize),
        asked: usize,
    ) -> u8 {
        let read = self.readers[scale].read(cell);
        let odd = match read {
            Read::Plain(_) => return read.code(),
            Read::As(code) => Odd::As(code),
            Read::Off => Odd::Off,
            Read::Mean => Odd::Mean,
        };
        part.tally.add(column, odd, cell, row, asked);
        read.code()
    }

    /// The bits of the options that a cell names, apart by semicolons or commas.
    fn read_options(
        &self,
        part: &mut Part,
        scale: usize,
        cell: &[u8],
        multiple: bool,
        at: (u64, usize),
        asked: usize,
    ) -> u64 {
        let bit = |code: u8| if code < OFF_SCALE { 1_u64.checked_shl(code.into()).unwrap_or(0) } else { 0 };
        let whole = self.readers[scale].read(cell);
        if !multiple || !matches!(whole, Read::Off) {
            return bit(self.read_label(part, scale, cell, at, asked));
        }
        let text = String::from_utf8_lossy(cell);
        let mut chosen = 0;
        for piece in text.split([';', '\n', '|']) {
            chosen |= match self.readers[scale].read(piece.trim().as_bytes()) {
                Read::Off => self.options_by_comma(part, scale, piece, at, asked),
                _ => bit(self.read_label(part, scale, piece.trim().as_bytes(), at, asked)),
            };
        }
        chosen
    }

    /// Options apart by commas, where options may hold commas themselves: the longest one wins.
    fn options_by_comma(
        &self,
        part: &mut Part,
        scale: usize,
        text: &str,
        at: (u64, usize),
        asked: usize,
    ) -> u64 {
        let pieces: Vec<&str> = text.split(',').collect();
        let (mut chosen, mut from) = (0, 0);
        while from < pieces.len() {
            let longest = (from + 1..=pieces.len()).rev().find_map(|to| {
                let joined = pieces[from..to].join(",");
                let code = self.readers[scale].read(joined.trim().as_bytes()).code();
                (code != OFF_SCALE).then_some((to, code))
            });
            from = match longest {
                Some((to, code)) => {
                    chosen |= if code < OFF_SCALE { 1_u64.checked_shl(code.into()).unwrap_or(0) } else { 0 };
                    to
                }
                None => {
                    part.tally.add(at.1, Odd::Off, pieces[from].trim().as_bytes(), at.0, asked);
                    from + 1
                }
            };
        }
        chosen
    }

    /// `1. Rất quan tâm; 2. Quan tâm`: a grid that was packed into one cell.
    fn unpack(
        &self,
        part: &mut Part,
        grid: &std::collections::HashMap<u32, usize>,
        cell: &[u8],
        at: (u64, usize),
    ) {
        let text = String::from_utf8_lossy(cell);
        let first = grid.values().copied().min().unwrap_or_default();
        for piece in text.split([';', '\n', '|']).map(str::trim).filter(|piece| !piece.is_empty()) {
            let answered = leading_number(piece).and_then(|(number, answer)| {
                let asked = grid.get(&number.parse().ok()?)?;
                Some((*asked, answer))
            });
            match answered {
                Some((asked, _)) if is_mean(piece) => {
                    part.tally.add(at.1, Odd::Mean, piece.as_bytes(), at.0, asked)
                }
                Some((asked, answer)) => self.answer(part, asked, answer.as_bytes(), at),
                None => {
                    let odd = if is_mean(piece) { Odd::Mean } else { Odd::Off };
                    let is_blank =
                        self.readers[self.asked[first].scale].read(piece.as_bytes()).code() == BLANK;
                    if !is_blank {
                        part.tally.add(at.1, odd, piece.as_bytes(), at.0, first);
                    }
                }
            }
        }
    }

    /// `4.35/5.0` in a file that has no columns for items.
    fn look_for_means(&self, part: &mut Part, row: Row<'_>) {
        for column in 0..row.width() {
            let text = String::from_utf8_lossy(row.cell(column));
            if is_mean(&text) {
                part.means += 1;
                part.mean.get_or_insert_with(|| (row.number, column, quoted(text.trim())));
            }
        }
    }

    pub(super) fn place(&self, row: u64, column: Option<usize>) -> Place {
        self.table.place(row, column)
    }

    /// What an item, a group or a question is called in messages.
    pub(super) fn name(&self, asked: usize) -> &str {
        match self.asked[asked].slot {
            Slot::Item(item) => &self.questionnaire.items[item].id,
            Slot::Group(group) => &self.questionnaire.groups[group].id,
            Slot::Question(question, _) => &self.questionnaire.questions[question].id,
        }
    }
}

/// Everything that is asked, in the order of [`Headers::new`].
fn asked(questionnaire: &Questionnaire) -> Vec<Asks> {
    let Questionnaire { items, groups, questions, .. } = questionnaire;
    let items = items.iter().enumerate().map(|(at, item)| Asks { slot: Slot::Item(at), scale: item.scale });
    let groups =
        groups.iter().enumerate().map(|(at, group)| Asks { slot: Slot::Group(at), scale: group.scale });
    let questions = questions
        .iter()
        .enumerate()
        .map(|(at, question)| Asks { slot: Slot::Question(at, question.multiple), scale: question.scale });
    items.chain(groups).chain(questions).collect()
}

/// `4.35/5.0`: a broken number out of another.
fn is_mean(text: &str) -> bool {
    let Some((mean, of)) = text.trim().rsplit_once('/') else { return false };
    let mean = mean.rsplit([' ', ':']).find(|word| !word.is_empty()).unwrap_or_default();
    let is_number = |text: &str| {
        let text = text.trim();
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    };
    is_number(mean) && is_number(of) && mean.contains(['.', ','])
}

/// The columns of a file with one row a form.
fn wide(
    header: &[String],
    meta: &Meta,
    questionnaire: &Questionnaire,
    headers: Headers,
    place: impl Fn(Option<&str>) -> Place,
    out: &mut Diagnostics,
) -> Layout {
    let found = find_columns(header, meta, &headers, &place, out);
    let Found { holds, unread } = found;
    let is_asked = |item: usize| {
        holds.iter().any(|(_, holds)| match holds {
            Holds::One(at) => *at == item,
            Holds::Grid(grid) => headers.grids[*grid].values().any(|at| *at == item),
        })
    };
    let lacking: Vec<usize> = (0..questionnaire.items.len()).filter(|item| !is_asked(*item)).collect();
    if !lacking.is_empty() {
        let unread = unread.into_iter().map(str::to_owned).collect();
        return Layout::Lacking { items: lacking, unread };
    }
    if !unread.is_empty() {
        out.columns_not_read(place(None), &unread);
    }
    let is_item = |holds: &Holds| matches!(holds, Holds::One(at) if *at < questionnaire.items.len());
    let (items, others): (Vec<_>, Vec<_>) = holds.into_iter().partition(|(_, holds)| is_item(holds));
    let items = items.into_iter().filter_map(|(column, holds)| match holds {
        Holds::One(item) => Some((column, item, questionnaire.items[item].scale)),
        Holds::Grid(_) => None,
    });
    Layout::Wide { items: items.collect(), others, headers }
}

/// What each column holds, and which columns hold nothing that is known.
struct Found<'h> {
    holds: Vec<(usize, Holds)>,
    unread: Vec<&'h str>,
}

fn find_columns<'h>(
    header: &'h [String],
    meta: &Meta,
    headers: &Headers,
    place: &impl Fn(Option<&str>) -> Place,
    out: &mut Diagnostics,
) -> Found<'h> {
    let mut found = Found { holds: Vec::new(), unread: Vec::new() };
    for (column, name) in header.iter().enumerate() {
        let is_meta = meta.uses(column);
        match headers.find(name) {
            _ if is_ignored(name) => {}
            None if is_meta => {}
            None => found.unread.push(name),
            Some(holds) if found.holds.iter().any(|(_, other)| *other == holds) => {
                out.duplicate_column(place(Some(name)), name);
            }
            Some(holds) => found.holds.push((column, holds)),
        }
    }
    // A grid whose rows have columns of their own is packed besides, and not needed.
    let has_own = |grid: &usize| {
        let is_own = |at: &usize| found.holds.iter().any(|(_, holds)| *holds == Holds::One(*at));
        headers.grids[*grid].values().any(is_own)
    };
    let packed = |(_, holds): &(usize, Holds)| matches!(holds, Holds::Grid(grid) if has_own(grid));
    let beside: Vec<usize> =
        found.holds.iter().filter(|held| packed(held)).map(|(column, _)| *column).collect();
    found.holds.retain(|(column, _)| !beside.contains(column));
    found.unread.extend(beside.into_iter().map(|column| header[column].as_str()));
    found
}

impl Plan<'_> {
    /// Reports the items that a file lacks, or that it kept only means of.
    pub(super) fn report_lacking(
        &self,
        mean: Option<(u64, usize, String)>,
        means: u64,
        out: &mut Diagnostics,
    ) {
        if let Some((row, column, found)) = mean {
            out.only_a_mean(self.place(row, Some(column)), &found, means);
            return;
        }
        let Layout::Lacking { items, unread } = &self.layout else { return };
        let names: Vec<&str> = items.iter().map(|item| self.name(*item)).collect();
        let unread = || unread.iter().map(String::as_str);
        let item = &self.questionnaire.items[items[0]];
        let near = nearest(&item.id, unread()).or_else(|| nearest(&item.text, unread()));
        out.missing_items(self.table.header_place(None), &names, near);
    }

    /// The word for a column that holds no answer, as the file calls it.
    pub(super) fn column(&self, column: Column) -> Option<usize> {
        self.meta.at(column)
    }
}
