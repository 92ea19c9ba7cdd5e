//! What is wrong, where, and how to mend it.
//!
//! One named constructor for each mistake: the `impl Diagnostics` blocks in this folder are the
//! complete list of what can be wrong. Nothing here prints; see `render::diagnostics`.

mod answers;
mod blanks;
mod cell;
mod encoding;
mod formula;
mod keys;
mod links;
mod margins;
mod questionnaire;
mod round;
mod sample;
mod scenario;
mod scoring;
mod set;
mod table;
mod workbook;

pub use links::Who;

use crate::lang::Text;
use crate::source::Place;
use std::collections::HashSet;

/// Whether a mistake stops scoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Scoring stops; exit code 1.
    Error,
    /// Looks wrong, or was read in a way that should be known; scoring goes on.
    Warning,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Whether it stops scoring.
    pub severity: Severity,
    /// A stable name for machines: `unknown-unit`.
    pub code: &'static str,
    /// What was found and what was expected; lower case, no full stop.
    pub message: Text,
    /// Where.
    pub place: Option<Place>,
    /// Other places that belong to it, each with a word on why.
    pub related: Vec<(Text, Place)>,
    /// The nearest right thing.
    pub nearest: Option<String>,
    /// How to mend it.
    pub help: Option<Text>,
    /// The unit that it concerns.
    pub unit: Option<String>,
    /// The criterion that it concerns.
    pub criterion: Option<String>,
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, message: Text) -> Diagnostic {
        Diagnostic {
            severity,
            code,
            message,
            place: None,
            related: Vec::new(),
            nearest: None,
            help: None,
            unit: None,
            criterion: None,
        }
    }

    /// A mistake that stops scoring.
    pub fn error(code: &'static str, message: Text) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// Something that looks wrong, or that should be known.
    pub fn warning(code: &'static str, message: Text) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message)
    }

    /// Where it is, if that is known.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Diagnostic {
        self.place = place.into();
        self
    }

    /// Another place that belongs to it.
    #[must_use]
    pub fn related(mut self, why: Text, place: Place) -> Diagnostic {
        self.related.push((why, place));
        self
    }

    /// The nearest right thing, if there is one.
    #[must_use]
    pub fn near(mut self, nearest: Option<&str>) -> Diagnostic {
        self.nearest = nearest.map(str::to_owned);
        self
    }

    /// How to mend it.
    #[must_use]
    pub fn help(mut self, help: Text) -> Diagnostic {
        self.help = Some(help);
        self
    }

    /// The unit and the criterion that it concerns; empty for none.
    #[must_use]
    pub fn about(mut self, unit: &str, criterion: &str) -> Diagnostic {
        let given = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        self.unit = given(unit);
        self.criterion = given(criterion);
        self
    }
}

/// All mistakes of one run, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    errors: usize,
    /// Errors after which the thing read can still be worked with.
    sums: usize,
    warnings: usize,
}

/// Mistakes of a set that do not keep its data from being checked.
const SUMS: [&str; 5] =
    ["does-not-add-up", "best-is-not-maximum", "more-than-maximum", "gap-between-bands", "overlapping-bands"];

impl Diagnostics {
    /// How many mistakes are kept whole; more are only counted, so that a file with a million
    /// of them does not fill the memory.
    pub const KEPT: usize = 10_000;

    /// Adds a mistake.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        match diagnostic.severity {
            Severity::Error => {
                self.errors += 1;
                self.sums += usize::from(SUMS.contains(&diagnostic.code));
            }
            Severity::Warning => self.warnings += 1,
        }
        if self.list.len() < Diagnostics::KEPT {
            self.list.push(diagnostic);
        }
    }

    /// Adds all mistakes of another list behind one's own.
    pub fn append(&mut self, other: Diagnostics) {
        self.errors += other.errors;
        self.sums += other.sums;
        self.warnings += other.warnings;
        let room = Diagnostics::KEPT - self.list.len();
        self.list.extend(other.list.into_iter().take(room));
    }

    /// [`Diagnostics::append`] for errors alone.
    pub fn append_errors(&mut self, other: Diagnostics) {
        let warnings = self.warnings;
        let errors = other.list.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let list = errors.cloned().collect();
        self.append(Diagnostics { list, ..other });
        self.warnings = warnings;
    }

    /// Takes out what is said twice: tiers may share a file, and each reads it.
    pub fn drop_repeats(&mut self) {
        let mut seen = HashSet::new();
        let (mut errors, mut sums, mut warnings) = (0, 0, 0);
        self.list.retain(|diagnostic| {
            let is_new = seen.insert((
                diagnostic.code,
                format!("{:?}", diagnostic.place),
                diagnostic.message.vi.clone(),
            ));
            match diagnostic.severity {
                _ if is_new => {}
                Severity::Error => {
                    errors += 1;
                    sums += usize::from(SUMS.contains(&diagnostic.code));
                }
                Severity::Warning => warnings += 1,
            }
            is_new
        });
        self.errors -= errors;
        self.sums -= sums;
        self.warnings -= warnings;
    }

    /// Puts the mistakes of one text file in the order of its lines, from the `first` kept one on.
    pub fn sort_lines(&mut self, first: usize) {
        let line = |diagnostic: &Diagnostic| match diagnostic.place {
            Some(Place::Text { line, column, .. }) => (line, column),
            _ => (usize::MAX, 0),
        };
        self.list[first..].sort_by_key(line);
    }

    /// How many mistakes are kept whole so far.
    pub fn kept(&self) -> usize {
        self.list.len()
    }

    /// The nearest right name, unless there are so many mistakes that nobody would read it; likeness
    /// takes time, and a file of the wrong kind has a mistake in every cell.
    pub fn advise<'a>(&self, nearest: impl FnOnce() -> Option<&'a str>) -> Option<&'a str> {
        const ADVISED: usize = 100;
        if self.errors < ADVISED { nearest() } else { None }
    }

    /// The mistakes that were kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many mistakes stop scoring.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many of them leave nothing to go on with; a set whose sums are wrong can still show what
    /// is wrong with the data.
    pub fn breaking_errors(&self) -> usize {
        self.errors - self.sums
    }

    /// How many do not.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Whether scoring must stop.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.errors + self.warnings == 0
    }
}
