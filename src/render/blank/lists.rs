//! The lists from which words are chosen. A list written into the cell's rule may not be long and has
//! no commas; so they stand on a hidden sheet, each once.

use crate::lang::Lang;
use crate::report::blank::{Ask, Blank};
use rust_xlsxwriter::{Worksheet, XlsxError, utility};

/// The lists, each in a column.
pub(super) struct Lists {
    lists: Vec<Vec<String>>,
    name: &'static str,
}

impl Lists {
    pub fn new(blank: &Blank<'_>, lang: Lang) -> Lists {
        let mut lists: Vec<Vec<String>> = Vec::new();
        for ask in blank.lines.iter().filter_map(|line| line.ask.as_ref()) {
            let words = words(ask, lang);
            if !ask.words.is_empty() && !lists.contains(&words) {
                lists.push(words);
            }
        }
        Lists { lists, name: if lang == Lang::Vi { "Danh mục" } else { "Lists" } }
    }

    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Where the words for a cell stand; none where it takes no words.
    pub fn range(&self, ask: &Ask<'_>, lang: Lang) -> Option<String> {
        let words = words(ask, lang);
        let at = self.lists.iter().position(|list| *list == words)?;
        let column = utility::column_number_to_name(at as u16);
        Some(format!("'{}'!${column}$1:${column}${}", self.name, words.len()))
    }

    pub fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?.set_hidden(true).protect();
        for (column, list) in self.lists.iter().enumerate() {
            for (row, word) in list.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, word)?;
            }
        }
        Ok(())
    }
}

fn words(ask: &Ask<'_>, lang: Lang) -> Vec<String> {
    ask.all_words().iter().map(|word| word.get(lang).to_owned()).collect()
}
