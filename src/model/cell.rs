//! The value in a cell, and many of them in eight bytes each.
//!
//! The country's yearly job is millions of cells; a `Decimal` with its tag takes 24 bytes. A cell
//! packs tag, stage, scale and a 53-bit mantissa; a number that needs more digits is kept whole
//! beside the cells, so nothing is ever rounded.

use crate::lang::Text;
use crate::text;
use crate::text::folded;
use rust_decimal::Decimal;

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing was given. Not zero.
    #[default]
    Missing,
    /// Not applicable to this unit. Not missing.
    NotApplicable,
    /// A number, exact.
    Number(Decimal),
    /// A word: its place among the words that the input takes.
    Word(u16),
    /// A date, in days since 1 January of year 1 (`chrono`'s `num_days_from_ce`).
    Date(i32),
    /// Some text stands there; what it says does not matter.
    Present,
    /// Something stands there that cannot be read; it was reported.
    Unreadable,
}

/// A stage of appraisal, in the order of work; `None` in a file without stages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The file names no stage.
    #[default]
    None,
    /// Self-assessment (tự chấm).
    SelfAssessed,
    /// First appraisal (thẩm định lần 1).
    Appraisal1,
    /// Explanation (giải trình).
    Explanation,
    /// Second appraisal (thẩm định lần 2).
    Appraisal2,
    /// The final value.
    Final,
}

impl Stage {
    /// The words of the file format.
    pub const WORDS: [(&'static str, Stage); 5] = [
        ("self", Stage::SelfAssessed),
        ("appraisal1", Stage::Appraisal1),
        ("explanation", Stage::Explanation),
        ("appraisal2", Stage::Appraisal2),
        ("final", Stage::Final),
    ];

    /// The stage that a folded word means, in English or Vietnamese.
    pub fn named(word: &str) -> Option<Stage> {
        let own = Stage::WORDS.iter().find(|(name, _)| *name == word);
        own.or_else(|| Stage::VIETNAMESE.iter().find(|(name, _)| folded(name) == word))
            .map(|(_, stage)| *stage)
    }

    /// What offices call the stages.
    pub const VIETNAMESE: [(&'static str, Stage); 10] = [
        ("tự chấm", Stage::SelfAssessed),
        ("tự đánh giá", Stage::SelfAssessed),
        ("thẩm định", Stage::Appraisal1),
        ("thẩm định 1", Stage::Appraisal1),
        ("thẩm định lần 1", Stage::Appraisal1),
        ("giải trình", Stage::Explanation),
        ("thẩm định 2", Stage::Appraisal2),
        ("thẩm định lần 2", Stage::Appraisal2),
        ("kết quả cuối", Stage::Final),
        ("cuối cùng", Stage::Final),
    ];

    /// Its word in the file format; empty for none.
    pub fn word(self) -> &'static str {
        Stage::WORDS.iter().find(|(_, stage)| *stage == self).map_or("", |(word, _)| word)
    }

    /// Its name for people.
    pub fn name(self) -> Text {
        match self {
            Stage::None => text!("không ghi lần", "no stage"),
            Stage::SelfAssessed => text!("Tự chấm", "Self"),
            Stage::Appraisal1 => text!("Thẩm định lần 1", "Appraisal 1"),
            Stage::Explanation => text!("Giải trình", "Explanation"),
            Stage::Appraisal2 => text!("Thẩm định lần 2", "Appraisal 2"),
            Stage::Final => text!("Kết quả cuối", "Final"),
        }
    }
}

/// Many cells.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    packed: Vec<u64>,
    long: Vec<Decimal>,
}

const MISSING: u64 = 0;
const NUMBER: u64 = 1;
const NOT_APPLICABLE: u64 = 2;
const WORD: u64 = 3;
const DATE: u64 = 4;
const PRESENT: u64 = 5;
const LONG_NUMBER: u64 = 6;
const UNREADABLE: u64 = 7;

/// Bits of a cell: 0–2 tag, 3–7 scale, 8–10 stage, 11–63 mantissa.
const SCALE: u32 = 3;
const STAGE: u32 = 8;
const MANTISSA: u32 = 11;

impl Cells {
    /// So many cells, all missing.
    pub fn missing(count: usize) -> Cells {
        Cells { packed: vec![MISSING; count], long: Vec::new() }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Adds missing cells at the end until there are so many.
    pub fn grow(&mut self, count: usize) {
        self.packed.resize(count.max(self.packed.len()), MISSING);
    }

    /// Adds a cell at the end.
    pub fn push(&mut self, value: Value, stage: Stage) {
        self.packed.push(MISSING);
        self.set(self.packed.len() - 1, value, stage);
    }

    /// Adds a short number at the end: at most 15 digits, of which so many behind the mark.
    pub fn push_short(&mut self, mantissa: i64, scale: u32, stage: Stage) {
        debug_assert!(mantissa << MANTISSA >> MANTISSA == mantissa && scale < 29, "a short number");
        self.packed.push(pack(NUMBER, scale, stage, mantissa));
    }

    /// Adds a word at the end.
    pub fn push_word(&mut self, word: u16, stage: Stage) {
        self.packed.push(pack(WORD, 0, stage, i64::from(word)));
    }

    /// Puts a value into a cell.
    pub fn set(&mut self, at: usize, value: Value, stage: Stage) {
        let (tag, scale, mantissa) = match value {
            Value::Missing => (MISSING, 0, 0),
            Value::NotApplicable => (NOT_APPLICABLE, 0, 0),
            Value::Word(word) => (WORD, 0, i64::from(word)),
            Value::Date(day) => (DATE, 0, i64::from(day)),
            Value::Present => (PRESENT, 0, 0),
            Value::Unreadable => (UNREADABLE, 0, 0),
            Value::Number(number) => match short_mantissa(number) {
                Some(mantissa) => (NUMBER, number.scale(), mantissa),
                None => {
                    self.long.push(number);
                    (LONG_NUMBER, 0, self.long.len() as i64 - 1)
                }
            },
        };
        self.packed[at] = pack(tag, scale, stage, mantissa);
    }

    /// Copies a cell of other cells.
    pub fn copy(&mut self, at: usize, from: &Cells, cell: usize) {
        if from.packed[cell] & 7 == LONG_NUMBER {
            self.set(at, from.value(cell), from.stage(cell));
        } else {
            self.packed[at] = from.packed[cell];
        }
    }

    /// The value in a cell.
    #[inline]
    pub fn value(&self, at: usize) -> Value {
        let cell = self.packed[at];
        let mantissa = cell as i64 >> MANTISSA;
        match cell & 7 {
            NUMBER => Value::Number(Decimal::new(mantissa, (cell >> SCALE & 31) as u32)),
            NOT_APPLICABLE => Value::NotApplicable,
            WORD => Value::Word(mantissa as u16),
            DATE => Value::Date(mantissa as i32),
            PRESENT => Value::Present,
            UNREADABLE => Value::Unreadable,
            LONG_NUMBER => Value::Number(self.long[mantissa as usize]),
            _ => Value::Missing,
        }
    }

    /// The stage at which a cell was given.
    pub fn stage(&self, at: usize) -> Stage {
        match self.packed[at] >> STAGE & 7 {
            0 => Stage::None,
            stage => Stage::WORDS[stage as usize - 1].1,
        }
    }

    /// Whether nothing was given.
    pub fn is_missing(&self, at: usize) -> bool {
        self.packed[at] & 7 == MISSING
    }
}

fn pack(tag: u64, scale: u32, stage: Stage, mantissa: i64) -> u64 {
    tag | u64::from(scale) << SCALE | (stage as u64) << STAGE | (mantissa as u64) << MANTISSA
}

/// The mantissa of a number if it fits into 53 bits.
fn short_mantissa(number: Decimal) -> Option<i64> {
    let mantissa = i64::try_from(number.mantissa()).ok()?;
    (mantissa << MANTISSA >> MANTISSA == mantissa).then_some(mantissa)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    #[test]
    fn what_goes_in_comes_out() {
        let number = |text| Value::Number(Decimal::from_str(text).unwrap());
        let values = [
            Value::Missing,
            Value::NotApplicable,
            Value::Word(65_535),
            Value::Date(-5),
            Value::Date(739_000),
            Value::Present,
            Value::Unreadable,
            number("0"),
            number("-3"),
            number("85.50"),
            number("4503599627370495"),
            number("-4503599627370496"),
            number("4503599627370496"),
            number("0.3333333333333333333333333333"),
            number("79228162514264337593543950335"),
        ];
        let mut cells = Cells::default();
        for value in values {
            cells.push(value, Stage::Appraisal2);
        }
        for (at, value) in values.into_iter().enumerate() {
            assert_eq!(cells.value(at), value);
            assert_eq!(cells.stage(at), Stage::Appraisal2);
            assert_eq!(cells.is_missing(at), value == Value::Missing);
        }
    }
}
