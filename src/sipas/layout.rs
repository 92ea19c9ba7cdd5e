//! What is measured: the parts of a questionnaire in one order, and where each answer counts.

use crate::questionnaire::{Counts, Overall, Part, Questionnaire};

/// Something that has an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measured {
    /// A part of the questionnaire.
    Part(Part),
    /// A share of single options.
    Share(usize),
}

/// Everything that has an index: the overall one, fields, factors, items, shares.
#[derive(Clone, Debug)]
pub struct Layout<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// What is measured.
    pub measured: Vec<Measured>,
    /// For each item the parts that it counts in.
    pub parts_of: Vec<Vec<usize>>,
    /// Where the cells of each item begin, then those of each share; a cell is a label, or "names one
    /// of the options" and "names none".
    pub cells: Vec<usize>,
    /// How each label of each item counts.
    pub counts: Vec<Vec<Counts>>,
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
        let mut parts_of = vec![Vec::new(); questionnaire.items.len()];
        for (at, part) in parts.iter().enumerate() {
            questionnaire.items_in(*part).into_iter().for_each(|item| parts_of[item].push(at));
        }
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
            parts_of,
            cells,
            counts: (0..questionnaire.items.len()).map(counts).collect(),
            mean_of: Vec::new(),
        };
        layout.mean_of = layout.mean();
        layout
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
