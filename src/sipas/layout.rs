//! What is measured: the parts of a questionnaire in one order, and where each answer counts.

use crate::questionnaire::{Counts, Overall, Part, Questionnaire};
use std::ops::Range;

/// Something that has an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measured {
    /// A part of the questionnaire.
    Part(Part),
    /// A share of single options.
    Share(usize),
}

/// Where an answer counts.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its cell.
    pub cell: u32,
    /// 1 where it is satisfied.
    pub satisfied: u8,
    /// 1 where it is valid.
    pub valid: u8,
}

/// How many codes there are: labels, blanks, what is off the scale.
const CODES: usize = 1 + u8::MAX as usize;

/// The items of a part.
#[derive(Clone, Debug)]
pub enum Members {
    /// Some that stand side by side.
    Run(Range<usize>),
    /// Some.
    Some(Vec<usize>),
}

impl Members {
    fn of(items: Vec<usize>) -> Members {
        match &items[..] {
            [item] => Members::Run(*item..item + 1),
            [first, .., last] if items.windows(2).all(|pair| pair[0] + 1 == pair[1]) => {
                Members::Run(*first..last + 1)
            }
            _ => Members::Some(items),
        }
    }

    /// Whether an item is one of them.
    pub fn contains(&self, item: usize) -> bool {
        match self {
            Members::Run(items) => items.contains(&item),
            Members::Some(items) => items.contains(&item),
        }
    }
}

/// Everything that has an index: the overall one, fields, factors, items, shares.
#[derive(Clone, Debug)]
pub struct Layout<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// What is measured.
    pub measured: Vec<Measured>,
    /// The items of each part, before the shares.
    pub members: Vec<Members>,
    /// Where the cells of each item begin, then those of each share; a cell is a label, or "names one
    /// of the options" and "names none".
    pub cells: Vec<usize>,
    /// How each label of each item counts.
    pub counts: Vec<Vec<Counts>>,
    /// For each item and each code that a form may have, where it counts.
    pub marks: Vec<[Mark; CODES]>,
    /// Where the overall index is a mean of others: what it takes and with which weight.
    pub mean_of: Vec<(f64, usize)>,
}

impl<'a> Layout<'a> {
    /// Lays a questionnaire out.
    pub fn new(questionnaire: &'a Questionnaire) -> Layout<'a> {
        let parts = (0..questionnaire.fields.len()).map(Part::Field);
        let parts = std::iter::once(Part::Overall).chain(parts);
        let parts = parts.chain((0..questionnaire.factors.len()).map(Part::Factor));
        let parts: Vec<Part> = parts.chain((0..questionnaire.items.len()).map(Part::Item)).collect();
        let members = parts.iter().map(|part| Members::of(questionnaire.items_in(*part))).collect();
        let labels = |item: usize| &questionnaire.scales[questionnaire.items[item].scale].labels;
        let sizes = (0..questionnaire.items.len()).map(|item| labels(item).len());
        let mut cells = vec![0];
        for size in sizes.chain(questionnaire.shares.iter().map(|_| 2)) {
            cells.push(cells.last().copied().unwrap_or(0) + size);
        }
        let counts = |item: usize| labels(item).iter().map(|label| label.counts).collect();
        let shares = (0..questionnaire.shares.len()).map(Measured::Share);
        let mut layout = Layout {
            questionnaire,
            measured: parts.into_iter().map(Measured::Part).chain(shares).collect(),
            members,
            cells,
            counts: (0..questionnaire.items.len()).map(counts).collect(),
            marks: Vec::new(),
            mean_of: Vec::new(),
        };
        layout.marks = layout.counts.iter().zip(&layout.cells).map(|of| layout.mark(of)).collect();
        layout.mean_of = layout.mean();
        layout
    }

    /// Where the codes of an item count.
    fn mark(&self, (counts, cell): (&Vec<Counts>, &usize)) -> [Mark; CODES] {
        std::array::from_fn(|code| match counts.get(code) {
            Some(counts) => Mark {
                cell: (cell + code) as u32,
                satisfied: u8::from(*counts == Counts::Satisfied),
                valid: u8::from(*counts != Counts::NoOpinion),
            },
            None => Mark { cell: self.no_cell() as u32, satisfied: 0, valid: 0 },
        })
    }

    /// The cell of what is in no cell: the one behind all others.
    pub fn no_cell(&self) -> usize {
        self.cells.last().copied().unwrap_or(0)
    }

    /// What the overall index is a mean of; nothing where it is one ratio.
    fn mean(&self) -> Vec<(f64, usize)> {
        let asked = self.questionnaire;
        let at = |part: Part| self.find(Measured::Part(part));
        let factors = || (0..asked.factors.len()).filter_map(|factor| at(Part::Factor(factor)));
        match &asked.overall {
            Overall::PooledAnswers | Overall::DirectQuestion(_) => Vec::new(),
            Overall::MeanOfItems => {
                let items = asked.items_in(Part::Overall);
                let share = 1.0 / items.len() as f64;
                items.into_iter().filter_map(|item| Some((share, at(Part::Item(item))?))).collect()
            }
            Overall::MeanOfFactors => {
                let share = 1.0 / asked.factors.len() as f64;
                factors().map(|factor| (share, factor)).collect()
            }
            Overall::WeightedFactors(weights) => {
                use rust_decimal::prelude::ToPrimitive;
                let weights = weights.iter().map(|weight| weight.to_f64().unwrap_or(f64::NAN));
                weights.zip(factors()).collect()
            }
        }
    }

    /// Where something stands in the order.
    pub fn find(&self, measured: Measured) -> Option<usize> {
        self.measured.iter().position(|of| *of == measured)
    }

    /// How many of the parts stand before the items.
    pub fn before_items(&self) -> usize {
        1 + self.questionnaire.fields.len() + self.questionnaire.factors.len()
    }

    /// The id of something that is measured.
    pub fn id(&self, at: usize) -> &'a str {
        match self.measured[at] {
            Measured::Part(part) => self.questionnaire.part_id(part),
            Measured::Share(share) => &self.questionnaire.shares[share].id,
        }
    }
}
