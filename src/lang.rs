//! The two languages of everything that people read, and text that exists in both.
//!
//! A message is written once, in the place that has something to say, in both languages
//! side by side; which one is printed is decided at the very end.

use std::fmt;

/// A language of messages, tables and documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese, the default.
    #[default]
    Vi,
    /// English.
    En,
}

/// A piece of text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// Text that is the same in both languages: a name, an id.
    pub fn same(text: impl fmt::Display) -> Text {
        let text = text.to_string();
        Text { vi: text.clone(), en: text }
    }

    /// Text that is written by a function of the language.
    pub fn by(write: impl Fn(Lang) -> String) -> Text {
        Text { vi: write(Lang::Vi), en: write(Lang::En) }
    }
}

/// `text!("tiếng Việt {x}", "English {x}")`: both languages, formatted with the same variables.
#[macro_export]
macro_rules! text {
    ($vi:literal, $en:literal $(,)?) => {
        $crate::lang::Text { vi: format!($vi), en: format!($en) }
    };
}
