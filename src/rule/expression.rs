//! Arithmetic over named inputs: what stands behind `formula`.
//!
//! `+`, `-`, `*`, `/` (also `−`, `×`, `÷`), brackets, numbers with a point, the names of inputs, and
//! `max` for the maximum. Nothing else: no functions, no comparisons.
//!
//! It is computed in fractions, so `1 / 3 * 3` is 1. With 100 complaints of which 20 were not settled
//! well and a maximum of 2, `max * (tong - xau) / tong` is 2 × (100 − 20) ÷ 100 = 1.6.

use super::Fraction;
use crate::diagnostic::Diagnostics;
use crate::keys::{Keys, Spanned, is_kept};
use crate::text::nearest;
use rust_decimal::Decimal;
use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;

/// An expression that was read and found right.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    /// As it was written, so that it can be shown with names or with numbers.
    tokens: Vec<Token>,
    tree: Tree,
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    /// Something is divided by 0; the first input that the divisor looks at.
    ZeroDenominator(usize),
    /// A number on the way is too large to be kept.
    TooLarge,
}

/// What stands for a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand {
    Number(Decimal),
    /// An input, by its place among the names.
    Input(usize),
    Max,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Operand(Operand),
    Sign(Sign),
    Open,
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Debug)]
enum Tree {
    Operand(Operand),
    Negative(Box<Tree>),
    Pair(Sign, Box<(Tree, Tree)>),
}

/// The word for the maximum.
pub(super) const MAX: &str = "max";

/// The most signs of an expression. Its tree is at most half as high, so that whatever a file says,
/// walking along it cannot use up the stack.
const LENGTH: usize = 1000;

/// The most brackets, and minus signs before a number, that lie in one another.
const DEPTH: usize = 30;

impl Expression {
    /// Reads an expression over these names; each mistake is reported under the signs that it is in.
    pub fn read(
        text: &Spanned<String>,
        names: &[&str],
        keys: &Keys<'_>,
        out: &mut Diagnostics,
    ) -> Option<Expression> {
        let written = text.get_ref();
        if LENGTH < written.chars().count() {
            // Under the whole of it the message would be as long.
            out.formula_too_long(keys.place(), LENGTH);
            return None;
        }
        let before = out.errors();
        let tokens = Scanner { text, names, keys, at: 0 }.tokens(out);
        if before < out.errors() {
            return None;
        }
        let mut reader = Reader { text, keys, tokens: tokens.iter().peekable(), depth: 0 };
        let tree = reader.whole(out)?;
        Some(Expression { tokens: tokens.into_iter().map(|(token, _)| token).collect(), tree })
    }

    /// Whether it looks at an input.
    pub fn uses(&self, input: usize) -> bool {
        self.tokens.contains(&Token::Operand(Operand::Input(input)))
    }

    /// Its value, for the values of the inputs and the maximum.
    ///
    /// # Errors
    /// Something is divided by 0, or a number is too large.
    pub fn evaluate(&self, input: impl Fn(usize) -> Decimal, max: Decimal) -> Result<Fraction, Fault> {
        self.tree.evaluate(&|operand| match operand {
            Operand::Number(number) => number,
            Operand::Input(at) => input(at).normalize(),
            Operand::Max => max,
        })
    }

    /// As it was written, with what a function says for each number and name.
    pub fn write(&self, operand: impl Fn(Operand) -> String) -> String {
        let mut written = String::new();
        let mut is_behind_operand = false;
        for token in &self.tokens {
            match token {
                Token::Operand(one) => written += &operand(*one),
                Token::Open => written.push('('),
                Token::Close => written.push(')'),
                Token::Sign(sign) if is_behind_operand => {
                    written.extend([' ', sign.sign(), ' ']);
                }
                Token::Sign(sign) => written.push(sign.sign()),
            }
            is_behind_operand = matches!(token, Token::Operand(_) | Token::Close);
        }
        written
    }
}

/// Whether a text can stand in an expression as a name.
pub(super) fn is_name(text: &str) -> bool {
    text != MAX && text.starts_with(char::is_alphabetic) && text.chars().all(is_of_name)
}

/// Letters, digits, `_`, and the marks of letters that are written apart from them.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c)
}

impl Sign {
    fn read(c: char) -> Option<Sign> {
        match c {
            '+' => Some(Sign::Plus),
            // Word makes a dash of a minus sign.
            '-' | '−' | '–' => Some(Sign::Minus),
            '*' | '×' => Some(Sign::Times),
            '/' | '÷' => Some(Sign::Over),
            _ => None,
        }
    }

    fn sign(self) -> char {
        match self {
            Sign::Plus => '+',
            Sign::Minus => '−',
            Sign::Times => '×',
            Sign::Over => '÷',
        }
    }
}

impl Tree {
    fn evaluate(&self, operand: &impl Fn(Operand) -> Decimal) -> Result<Fraction, Fault> {
        match self {
            Tree::Operand(one) => Ok(Fraction::whole(operand(*one))),
            Tree::Negative(of) => of.evaluate(operand).map(Fraction::negated),
            Tree::Pair(sign, pair) => {
                let (left, right) = (pair.0.evaluate(operand)?, pair.1.evaluate(operand)?);
                let result = match sign {
                    Sign::Plus => left.checked_add(right),
                    Sign::Minus => left.checked_sub(right),
                    Sign::Times => left.checked_mul(right),
                    Sign::Over if right.is_zero() => {
                        return Err(Fault::ZeroDenominator(pair.1.first_input().unwrap_or(0)));
                    }
                    Sign::Over => left.checked_div(right),
                };
                result.ok_or(Fault::TooLarge)
            }
        }
    }

    fn first_input(&self) -> Option<usize> {
        match self {
            Tree::Operand(Operand::Input(at)) => Some(*at),
            Tree::Operand(_) => None,
            Tree::Negative(of) => of.first_input(),
            Tree::Pair(_, pair) => pair.0.first_input().or_else(|| pair.1.first_input()),
        }
    }

    fn is_zero(&self) -> bool {
        matches!(self, Tree::Operand(Operand::Number(number)) if number.is_zero())
    }
}

/// Text → tokens, each with its place in bytes.
struct Scanner<'a> {
    text: &'a Spanned<String>,
    names: &'a [&'a str],
    keys: &'a Keys<'a>,
    at: usize,
}

impl Scanner<'_> {
    fn tokens(mut self, out: &mut Diagnostics) -> Vec<(Token, Range<usize>)> {
        let mut tokens = Vec::new();
        while let Some(c) = self.rest().chars().next() {
            let start = self.at;
            let token = match c {
                c if c.is_ascii_digit() => self.number(out),
                c if c.is_alphabetic() => self.name(out),
                c => {
                    self.at += c.len_utf8();
                    self.sign(c, out)
                }
            };
            tokens.extend(token.map(|token| (token, start..self.at)));
        }
        tokens
    }

    fn rest(&self) -> &str {
        &self.text.get_ref()[self.at..]
    }

    /// Takes the signs from here on for which something holds.
    fn take(&mut self, holds: impl Fn(char) -> bool) -> Range<usize> {
        let rest = self.rest();
        let length = rest.find(|c| !holds(c)).unwrap_or(rest.len());
        self.at += length;
        self.at - length..self.at
    }

    fn number(&mut self, out: &mut Diagnostics) -> Option<Token> {
        let mut part = self.take(|c| c.is_ascii_digit() || c == '.');
        let has_more =
            |rest: &str| rest.starts_with(',') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        while has_more(self.rest()) {
            self.at += 1;
            part.end = self.take(|c| c.is_ascii_digit() || c == '.').end;
        }
        let written = &self.text.get_ref()[part.clone()];
        let number =
            Decimal::from_str_exact(written).ok().filter(|number| is_kept(number) && !written.ends_with('.'));
        if number.is_none() {
            out.formula_number(self.keys.place_within(self.text, part), written);
        }
        number.map(|number| Token::Operand(Operand::Number(number)))
    }

    fn name(&mut self, out: &mut Diagnostics) -> Option<Token> {
        let part = self.take(is_of_name);
        let name = &self.text.get_ref()[part.clone()];
        if name == MAX {
            return Some(Token::Operand(Operand::Max));
        }
        let input = self.names.iter().position(|known| *known == name);
        if input.is_none() {
            let known: Vec<&str> = self.names.iter().copied().chain([MAX]).collect();
            let near = nearest(name, known.iter().copied());
            out.unknown_name(self.keys.place_within(self.text, part), name, near, &known);
        }
        input.map(|input| Token::Operand(Operand::Input(input)))
    }

    fn sign(&self, c: char, out: &mut Diagnostics) -> Option<Token> {
        match c {
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            c if c.is_whitespace() => None,
            c => {
                let sign = Sign::read(c);
                if sign.is_none() {
                    let part = self.at - c.len_utf8()..self.at;
                    out.formula_sign(self.keys.place_within(self.text, part), c);
                }
                sign.map(Token::Sign)
            }
        }
    }
}

/// Tokens → tree: products before sums, brackets before both. The first mistake ends it; what
/// stands behind would only follow from it.
struct Reader<'a> {
    text: &'a Spanned<String>,
    keys: &'a Keys<'a>,
    tokens: Peekable<Iter<'a, (Token, Range<usize>)>>,
    depth: usize,
}

impl Reader<'_> {
    fn whole(&mut self, out: &mut Diagnostics) -> Option<Tree> {
        let tree = self.sum(out)?;
        if let Some((_, part)) = self.tokens.next() {
            out.bracket_not_opened(self.keys.place_within(self.text, part.clone()));
            return None;
        }
        Some(tree)
    }

    fn sum(&mut self, out: &mut Diagnostics) -> Option<Tree> {
        let mut tree = self.product(out)?;
        while let Some((sign, _)) = self.sign_of(&[Sign::Plus, Sign::Minus]) {
            tree = Tree::Pair(sign, Box::new((tree, self.product(out)?)));
        }
        // A sum ends where a bracket closes or nothing is left; a number needs a sign before it.
        match self.tokens.peek() {
            Some((Token::Operand(_) | Token::Open, part)) => {
                let written = &self.text.get_ref()[part.clone()];
                out.no_operator(self.keys.place_within(self.text, part.clone()), written);
                None
            }
            _ => Some(tree),
        }
    }

    fn product(&mut self, out: &mut Diagnostics) -> Option<Tree> {
        let mut tree = self.factor(out)?;
        while let Some((sign, part)) = self.sign_of(&[Sign::Times, Sign::Over]) {
            let right = self.factor(out)?;
            if sign == Sign::Over && right.is_zero() {
                out.formula_divides_by_zero(self.keys.place_within(self.text, part));
                return None;
            }
            tree = Tree::Pair(sign, Box::new((tree, right)));
        }
        Some(tree)
    }

    fn factor(&mut self, out: &mut Diagnostics) -> Option<Tree> {
        let Some((token, part)) = self.tokens.next() else {
            let end = self.text.get_ref().trim_end().len();
            let last = self.text.get_ref()[..end].chars().next_back().map_or(0, char::len_utf8);
            out.no_operand(self.keys.place_within(self.text, end - last..end));
            return None;
        };
        let place = self.keys.place_within(self.text, part.clone());
        match token {
            Token::Operand(operand) => return Some(Tree::Operand(*operand)),
            Token::Open | Token::Sign(Sign::Minus) if self.depth == DEPTH => {
                out.formula_too_deep(place, DEPTH);
                return None;
            }
            Token::Open | Token::Sign(Sign::Minus) => {}
            Token::Close | Token::Sign(_) => {
                out.no_operand(place);
                return None;
            }
        }
        self.depth += 1;
        let tree = match token {
            Token::Open => {
                let inside = self.sum(out)?;
                if self.tokens.next().is_none() {
                    out.bracket_not_closed(place);
                    return None;
                }
                inside
            }
            _ => Tree::Negative(Box::new(self.factor(out)?)),
        };
        self.depth -= 1;
        Some(tree)
    }

    /// Takes the next token if it is one of these signs.
    fn sign_of(&mut self, signs: &[Sign]) -> Option<(Sign, Range<usize>)> {
        let next = self.tokens.next_if(|(token, _)| signs.iter().any(|sign| *token == Token::Sign(*sign)))?;
        match next {
            (Token::Sign(sign), part) => Some((*sign, part.clone())),
            _ => None,
        }
    }
}
