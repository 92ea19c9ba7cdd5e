//! Gives the forms of all files, in their order and many at once, to who counts them.

use super::part::{CLUSTER, FormHead, INTERVIEWER, NONE, Part, SECOND, STRATUM, UNIT};
use super::plan::Plan;
use super::tally::{Odd, Tally};
use super::unit::Units;
use crate::answers::{BLANK, Cluster, Form, OFF_SCALE, Stratum, Surveyed};
use crate::diagnostic::Diagnostics;
use crate::questionnaire::{Column, Questionnaire};
use crate::source::{Place, Table};
use crate::text::{folded, nearest};
use crate::validate::units::Listed;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// A size of a population, and the file and the row that tell it.
type Told = (Decimal, u16, u64);

/// Forms that are being given out, and what they are about.
#[derive(Debug)]
pub struct Assembly<'a> {
    questionnaire: &'a Questionnaire,
    files: Vec<Arc<Table>>,
    units: Units,
    strata: HashMap<String, u32>,
    clusters: HashMap<(u32, String), u32>,
    seconds: HashMap<(u32, String), u32>,
    interviewers: HashMap<String, u32>,
    surveyed: Surveyed,
    /// Of the file that is read: odd cells, and how many answers each item has.
    tally: Tally,
    answered: Vec<u64>,
    forms_before: u64,
    mean: Option<(u64, usize, String)>,
    means: u64,
    /// The last form of a part of a long file, which the next part may go on with.
    open: Option<Box<Part>>,
    /// The forms of long files that are done.
    done: HashSet<u64>,
    out: Diagnostics,
    /// The populations of strata and of clusters, with the row that named each first; none once a second
    /// number was reported.
    populations: HashMap<(usize, u32), Option<Told>>,
}

/// For each of the names of a part, its number among all.
type Numbers = Vec<Option<u32>>;

/// Memo of clusters by stratum and number within the part.
type Clusters = HashMap<(u32, u32), Option<u32>>;

impl<'a> Assembly<'a> {
    /// No forms yet; `listed` are the units that forms may name, if there is a list.
    pub fn new(questionnaire: &'a Questionnaire, listed: Option<&[Listed]>) -> Assembly<'a> {
        Assembly {
            questionnaire,
            files: Vec::new(),
            units: Units::new(listed),
            strata: HashMap::new(),
            clusters: HashMap::new(),
            seconds: HashMap::new(),
            interviewers: HashMap::new(),
            surveyed: Surveyed::default(),
            tally: Tally::default(),
            populations: HashMap::new(),
            answered: vec![0; questionnaire.items.len()],
            forms_before: 0,
            mean: None,
            means: 0,
            open: None,
            done: HashSet::new(),
            out: Diagnostics::default(),
        }
    }

    /// Begins a file.
    pub fn begin(&mut self, plan: &Plan<'_>) {
        self.files.push(plan.table.clone());
        let design = plan.design();
        if self.files.len() == 1 {
            self.surveyed.design = design;
        }
        self.tally = Tally::default();
        self.answered = vec![0; self.questionnaire.items.len()];
        self.forms_before = self.surveyed.forms;
        (self.mean, self.means) = (None, 0);
    }

    /// Gives the forms of a part; parts come in the order of the file.
    pub fn absorb(&mut self, plan: &Plan<'_>, mut part: Part, give: &mut impl FnMut(&[Form<'_>])) {
        self.out.append(std::mem::take(&mut part.out));
        self.tally.append(std::mem::take(&mut part.tally));
        self.mean = self.mean.take().or(part.mean.take());
        self.means += part.means;
        if plan.is_long() {
            let whole = self.hold_back(plan, part, give);
            self.give_all(plan, &whole, give);
        } else {
            self.give_all(plan, &part, give);
        }
    }

    /// Ends a file: gives what was held back, and says what was odd in it.
    pub fn end(&mut self, plan: &Plan<'_>, give: &mut impl FnMut(&[Form<'_>])) {
        if let Some(open) = self.open.take() {
            self.give_all(plan, &open, give);
        }
        self.units.end(&mut self.out);
        let before = self.out.errors();
        plan.report_lacking(self.mean.take(), self.means, &mut self.out);
        self.report_tally(plan);
        if self.surveyed.forms == 0 && before == 0 && self.out.errors() == 0 && plan.lacking().is_empty() {
            self.out.no_forms(plan.table.whole());
        }
    }

    /// What the forms are about, and everything that was wrong with the files.
    pub fn finish(mut self, out: &mut Diagnostics) -> Surveyed {
        out.append(self.out);
        self.surveyed.units = self.units.list;
        self.surveyed.seconds = self.seconds.len();
        self.surveyed
    }

    fn give_all(&mut self, plan: &Plan<'_>, part: &Part, give: &mut impl FnMut(&[Form<'_>])) {
        let units = self.unit_numbers(plan, part);
        let strata = self.stratum_numbers(part);
        let interviewers: Vec<u32> =
            part.names[INTERVIEWER].list.iter().map(|(name, _)| self.interviewer(name)).collect();
        let (mut clusters, mut seconds) = (Clusters::new(), Clusters::new());
        let (items, groups, questions) = self.widths();
        let mut forms = Vec::with_capacity(part.forms.len());
        for (at, head) in part.forms.iter().enumerate() {
            let [unit, stratum, cluster, second, interviewer] = head.of;
            let Some(unit) = units.get(unit as usize).copied().flatten() else { continue };
            let stratum = if stratum == NONE { self.stratum("", head.row) } else { strata[stratum as usize] };
            let Ok(cluster) = self.cluster(plan, part, head, (stratum, cluster), &mut clusters) else {
                continue;
            };
            let second =
                (second != NONE).then(|| self.second(part, (cluster.unwrap_or(NONE), second), &mut seconds));
            let group = if head.of[1] == NONE { unit } else { stratum };
            self.hold_populations(plan, head, [Some(group), cluster]);
            let mut form = Form {
                file: (self.files.len() - 1) as u16,
                row: head.row,
                id: part.id(at),
                unit,
                items: &part.items[at * items..(at + 1) * items],
                groups: &part.groups[at * groups..(at + 1) * groups],
                questions: &part.questions[at * questions..(at + 1) * questions],
                is_valid: false,
                weight: head.weight,
                stratum,
                cluster,
                second,
                populations: head.populations,
                interviewer: interviewers.get(interviewer as usize).copied(),
                time: head.time,
            };
            self.count(&mut form);
            forms.push(form);
        }
        give(&forms);
    }

    /// The population of a stratum (of a unit, where no stratum is named) is one number, and so is that
    /// of a cluster; a second one is reported once.
    fn hold_populations(&mut self, plan: &Plan<'_>, head: &FormHead, groups: [Option<u32>; 2]) {
        for (stage, (group, population)) in groups.into_iter().zip(head.populations).enumerate() {
            let (Some(group), Some(population)) = (group, population) else { continue };
            let here = (population, (self.files.len() - 1) as u16, head.row);
            let known = self.populations.entry((stage, group)).or_insert(Some(here));
            let Some((first, file, row)) = known.filter(|(first, ..)| *first != population) else { continue };
            *known = None;
            let column = plan.column([Column::Population, Column::SecondPopulation][stage]);
            let header = column.and_then(|column| plan.table.header.get(column)).cloned();
            let table = self.files[usize::from(file)].clone();
            let first_place = Place::Row { table, row, header };
            self.out.population_differs(plan.place(head.row, column), [first, population], first_place);
        }
    }

    /// Counts a form, and tells whether it is valid.
    fn count(&mut self, form: &mut Form<'_>) {
        let mut answered = 0;
        for (item, code) in form.items.iter().enumerate() {
            let is_answered = *code < OFF_SCALE;
            answered += usize::from(is_answered);
            self.answered[item] += u64::from(is_answered);
        }
        form.is_valid = self.questionnaire.validity.least_answered <= answered;
        let valid = u64::from(form.is_valid);
        let unit = &mut self.units.list[form.unit as usize];
        unit.forms += 1;
        unit.valid += valid;
        self.surveyed.forms += 1;
        self.surveyed.valid += valid;
        let stratum = &mut self.surveyed.strata[form.stratum as usize];
        stratum.forms += 1;
        stratum.clusters += u64::from(form.cluster.is_none());
    }

    fn widths(&self) -> (usize, usize, usize) {
        let Questionnaire { items, groups, questions, .. } = self.questionnaire;
        (items.len(), groups.len(), questions.len())
    }

    fn unit_numbers(&mut self, plan: &Plan<'_>, part: &Part) -> Numbers {
        let named = part.names[UNIT].list.iter();
        let column = plan.column(Column::Unit);
        named.map(|(name, row)| self.units.resolve(name, plan.place(*row, column), &mut self.out)).collect()
    }

    fn stratum_numbers(&mut self, part: &Part) -> Vec<u32> {
        part.names[STRATUM].list.iter().map(|(name, row)| self.stratum(name, *row)).collect()
    }

    fn stratum(&mut self, name: &str, row: u64) -> u32 {
        if let Some(&number) = self.strata.get(name) {
            return number;
        }
        let key = folded(name);
        let next = self.surveyed.strata.len() as u32;
        let number = *self.strata.entry(key).or_insert(next);
        if number == next {
            let first = ((self.files.len() - 1) as u16, row);
            self.surveyed.strata.push(Stratum { name: name.to_owned(), forms: 0, clusters: 0, first });
        }
        self.strata.insert(name.to_owned(), number);
        number
    }

    fn interviewer(&mut self, name: &str) -> u32 {
        let next = self.surveyed.interviewers.len() as u32;
        let number = *self.interviewers.entry(folded(name)).or_insert(next);
        if number == next {
            self.surveyed.interviewers.push(name.to_owned());
        }
        number
    }

    /// The cluster of a form; an error where it is in a second stratum, which is reported once.
    fn cluster(
        &mut self,
        plan: &Plan<'_>,
        part: &Part,
        head: &FormHead,
        (stratum, cluster): (u32, u32),
        memo: &mut Clusters,
    ) -> Result<Option<u32>, ()> {
        if cluster == NONE {
            return Ok(None);
        }
        if let Some(&known) = memo.get(&(stratum, cluster)) {
            return known.map(Some).ok_or(());
        }
        let name = &part.names[CLUSTER].list[cluster as usize].0;
        let number = self.find_cluster(plan, name, stratum, head.row);
        memo.insert((stratum, cluster), number);
        number.map(Some).ok_or(())
    }

    fn find_cluster(&mut self, plan: &Plan<'_>, name: &str, stratum: u32, row: u64) -> Option<u32> {
        let key = (if plan.nested { stratum } else { NONE }, folded(name));
        let next = self.surveyed.clusters.len() as u32;
        let number = *self.clusters.entry(key).or_insert(next);
        let column = plan.column(Column::Cluster);
        if number == next {
            let first = ((self.files.len() - 1) as u16, row);
            self.surveyed.clusters.push(Cluster { name: name.to_owned(), stratum, first });
            self.surveyed.strata[stratum as usize].clusters += 1;
        }
        let known = &self.surveyed.clusters[number as usize];
        if known.stratum == stratum {
            return Some(number);
        }
        let strata = [known.stratum, stratum].map(|at| self.surveyed.strata[at as usize].name.as_str());
        let header = column.and_then(|column| plan.table.header.get(column)).cloned();
        let (file, first) = known.first;
        let first = Place::Row { table: self.files[usize::from(file)].clone(), row: first, header };
        self.out.cluster_in_two_strata(plan.place(row, column), name, strata, first);
        None
    }

    fn second(&mut self, part: &Part, (cluster, second): (u32, u32), memo: &mut Clusters) -> u32 {
        if let Some(Some(known)) = memo.get(&(cluster, second)) {
            return *known;
        }
        let name = folded(&part.names[SECOND].list[second as usize].0);
        let next = self.seconds.len() as u32;
        let number = *self.seconds.entry((cluster, name)).or_insert(next);
        memo.insert((cluster, second), Some(number));
        number
    }

    /// The forms of a part of a long file that are whole: with the one that was held back before, and
    /// without the last one, which is held back now.
    fn hold_back(&mut self, plan: &Plan<'_>, part: Part, give: &mut impl FnMut(&[Form<'_>])) -> Part {
        let mut part = part;
        if part.forms.is_empty() {
            return part;
        }
        if let Some(open) = self.open.take() {
            if open.id(0) == part.id(0) {
                self.join(plan, &open, &mut part);
            } else {
                self.give_all(plan, &open, give);
            }
        }
        for form in 0..part.forms.len() {
            self.note_form(plan, &part, form);
        }
        let last = part.forms.len() - 1;
        self.open = Some(Box::new(self.cut(&mut part, last)));
        part
    }

    /// Reports a form that was done before.
    fn note_form(&mut self, plan: &Plan<'_>, part: &Part, form: usize) {
        let mut hasher = DefaultHasher::new();
        (self.files.len(), part.id(form)).hash(&mut hasher);
        if !self.done.insert(hasher.finish()) {
            let place = plan.place(part.forms[form].row, plan.column(Column::Form));
            self.out.scattered_form(place, &String::from_utf8_lossy(part.id(form)));
        }
    }

    /// Puts the answers of the open form into the first form of the next part.
    fn join(&mut self, plan: &Plan<'_>, open: &Part, part: &mut Part) {
        let mut hasher = DefaultHasher::new();
        (self.files.len(), open.id(0)).hash(&mut hasher);
        self.done.remove(&hasher.finish());
        let (items, groups, questions) = self.widths();
        let row = part.forms[0].row;
        let mut twice = None;
        let mut join = |from: &[u8], to: &mut [u8], asked: usize| {
            for (at, (from, to)) in from.iter().zip(to).enumerate() {
                match (*from, *to) {
                    (BLANK, _) => {}
                    (code, BLANK) => *to = code,
                    _ => twice = Some(asked + at),
                }
            }
        };
        join(&open.items, &mut part.items[..items], 0);
        join(&open.groups, &mut part.groups[..groups], items);
        for (from, to) in open.questions.iter().zip(&mut part.questions[..questions]) {
            *to |= from;
        }
        if let Some(asked) = twice {
            let form = String::from_utf8_lossy(open.id(0)).into_owned();
            let place = plan.place(row, plan.column(Column::Answer));
            self.out.duplicate_answer(place, &form, plan.name(asked));
        }
        part.forms[0].row = open.forms[0].row;
    }

    /// Takes the last form out into a part of its own.
    fn cut(&self, part: &mut Part, last: usize) -> Part {
        let (items, groups, questions) = self.widths();
        let mut own = Part { ids: part.id(last).to_vec(), ..Part::default() };
        let mut head = part.forms[last];
        for (names, number) in head.of.iter_mut().enumerate() {
            if *number != NONE {
                let (name, row) = &part.names[names].list[*number as usize];
                *number = own.names[names].number(name.as_bytes(), *row);
            }
        }
        head.id_end = own.ids.len();
        own.forms.push(head);
        own.items = part.items.split_off(last * items);
        own.groups = part.groups.split_off(last * groups);
        own.questions = part.questions.split_off(last * questions);
        part.forms.truncate(last);
        own
    }
}

impl Assembly<'_> {
    /// Says what was odd in the cells of the file: by column, and in it by row.
    fn report_tally(&mut self, plan: &Plan<'_>) {
        let tally = std::mem::take(&mut self.tally);
        let means = self.means_of(plan, &tally);
        let mut odd: Vec<_> = tally.iter().collect();
        odd.sort_by_key(|(column, _, _, count)| (*column, count.row));
        let nothing = self.nothing_of(&tally);
        let mut said: HashSet<usize> = HashSet::new();
        for (column, odd, found, count) in odd {
            if means.contains(&count.asked) && odd == Odd::Mean {
                continue;
            }
            let place = plan.place(count.row, Some(column));
            let scale = &self.questionnaire.scales[plan.asked[count.asked].scale];
            let known: Vec<&str> = scale.labels.iter().map(|label| label.text.as_str()).collect();
            let what = plan.name(count.asked);
            if let Odd::As(code) = odd {
                let meant = known.get(usize::from(code)).copied().unwrap_or_default();
                self.out.read_as_answer(place, found, meant, count.count);
            } else if nothing.contains(&count.asked) {
                if said.insert(count.asked) {
                    self.out.nothing_on_scale(place, found, what, &known);
                }
            } else {
                let near = nearest(found, known.iter().copied());
                self.out.off_scale(place, found, what, count.count, near, &known);
            }
        }
    }

    /// The items of which the file holds no answer, but something else in half of its forms or more.
    fn nothing_of(&self, tally: &Tally) -> Vec<usize> {
        let mut off: BTreeMap<usize, u64> = BTreeMap::new();
        for (_, odd, _, count) in tally.iter() {
            *off.entry(count.asked).or_default() += if odd == Odd::Off { count.count } else { 0 };
        }
        let forms = self.surveyed.forms - self.forms_before;
        let is_nothing = |(asked, off): &(usize, u64)| {
            self.answered.get(*asked) == Some(&0) && *off > 0 && forms <= 2 * off
        };
        off.into_iter().filter(is_nothing).map(|(asked, _)| asked).collect()
    }

    /// The items of which the file holds more means than answers; it is said once.
    fn means_of(&mut self, plan: &Plan<'_>, tally: &Tally) -> Vec<usize> {
        let means = || tally.iter().filter(|(_, odd, ..)| *odd == Odd::Mean);
        let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
        means().for_each(|(.., count)| *counts.entry(count.asked).or_default() += count.count);
        counts.retain(|asked, means| self.answered.get(*asked).is_some_and(|answers| *answers <= *means));
        let of_these = means().filter(|(.., count)| counts.contains_key(&count.asked));
        if let Some((column, _, found, first)) =
            of_these.min_by_key(|(column, .., count)| (count.row, *column))
        {
            let place = plan.place(first.row, Some(column));
            self.out.only_a_mean(place, found, counts.values().sum());
        }
        counts.into_keys().collect()
    }
}
