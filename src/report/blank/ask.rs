//! What a cell asks for: the words, numbers and dates that may stand in it.

use crate::lang::Text;
use crate::number::both;
use crate::rule::{Input, Numbers};
use crate::text;

/// What a cell asks for.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The column of the set.
    pub column: usize,
    /// The criterion.
    pub criterion: &'a str,
    /// The name of the input.
    pub input: &'a str,
    /// Words that may stand there, without N/A.
    pub words: Vec<Text>,
    /// Numbers that may.
    pub numbers: Option<Numbers>,
    /// Whether a date may.
    pub dates: bool,
    /// Whether N/A may.
    pub not_applicable: bool,
}

/// The word for "not applicable" that sheets offer.
pub const NOT_APPLICABLE: &str = "N/A";

impl<'a> Ask<'a> {
    /// What an input asks for.
    pub fn new(input: &'a Input, column: usize, criterion: &'a str, not_applicable: bool) -> Ask<'a> {
        // Yes and no have other words for the same; they are offered in the language of the sheet.
        let word = |(at, word): (usize, &crate::rule::Word)| match (word.also.is_empty(), at) {
            (true, _) => Text::same(&word.text),
            (false, 0) => text!("không", "no"),
            (false, _) => text!("có", "yes"),
        };
        let mut words: Vec<Text> = input.words.iter().enumerate().map(word).collect();
        if input.words.first().is_some_and(|word| !word.also.is_empty()) {
            words.reverse();
        }
        Ask {
            column,
            criterion,
            input: &input.name,
            words,
            numbers: input.numbers,
            dates: input.dates,
            not_applicable,
        }
    }

    /// Whether only words of a list may stand there.
    pub fn is_list(&self) -> bool {
        !self.words.is_empty() && self.numbers.is_none() && !self.dates
    }

    /// All words that may stand there.
    pub fn all_words(&self) -> Vec<Text> {
        let not_applicable = self.not_applicable.then(|| Text::same(NOT_APPLICABLE));
        self.words.iter().cloned().chain(not_applicable).collect()
    }

    /// What to enter, in a sentence.
    pub fn prompt(&self) -> Text {
        let mut parts: Vec<Text> = Vec::new();
        if let Some(numbers) = &self.numbers {
            parts.push(number_words(numbers));
        }
        if self.dates {
            parts.push(text!("ngày như 31/12/2026", "a date like 31/12/2026"));
        }
        if !self.words.is_empty() {
            parts.push(if self.is_list() {
                text!("một mục trong danh sách", "one of the list")
            } else {
                let words: Vec<&Text> = self.words.iter().collect();
                Text::by(|lang| {
                    words.iter().map(|word| format!("\"{}\"", word.get(lang))).collect::<Vec<_>>().join(", ")
                })
            });
        }
        if self.not_applicable && !self.is_list() {
            parts.push(text!("N/A nếu không áp dụng", "N/A where it does not apply"));
        }
        let join = |or: &str, words: Vec<&str>| words.join(or);
        let vi = join("; hoặc ", parts.iter().map(|part| part.vi.as_str()).collect());
        let en = join("; or ", parts.iter().map(|part| part.en.as_str()).collect());
        text!("Nhập {vi}.", "Enter {en}.")
    }
}

fn number_words(numbers: &Numbers) -> Text {
    let kind = match (numbers.whole, numbers.percent) {
        (true, _) => text!("số nguyên", "a whole number"),
        (false, true) => text!("tỷ lệ % (98,5 nghĩa là 98,5 %)", "a percentage (98.5 means 98.5 %)"),
        (false, false) => text!("số", "a number"),
    };
    let range = match (numbers.low.map(both), numbers.high.map(both)) {
        (Some((lv, le)), Some((hv, he))) => text!(" từ {lv} đến {hv}", " from {le} to {he}"),
        (Some(_), None) if numbers.low.is_some_and(|low| low.is_zero()) => {
            text!(" không âm", " that is not negative")
        }
        (Some((vi, en)), None) => text!(" từ {vi} trở lên", " of at least {en}"),
        (None, Some((vi, en))) => text!(" không quá {vi}", " of at most {en}"),
        (None, None) => Text::default(),
    };
    let (vi, en) = (kind.vi + &range.vi, kind.en + &range.en);
    text!("{vi}", "{en}")
}
