//! Number formats: what a cell shows its number as.

use super::block::Shown;

/// What a cell shows its number as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A number, with so many digits at least.
    Number(Shown),
    /// A percentage.
    Percent,
    /// A day, or a time of day.
    Date,
}

impl Format {
    /// A number as it is.
    pub const GENERAL: Format = Format::Number(Shown { whole: 0, decimals: 0 });

    /// The format that every workbook has under a number, if it has one there.
    pub fn builtin(id: u32) -> Option<Format> {
        let fixed = |decimals| Format::Number(Shown { whole: 1, decimals });
        Some(match id {
            0 | 49 => Format::GENERAL,
            1 | 3 | 37 | 38 | 41 | 42 => fixed(0),
            2 | 4 | 39 | 40 | 43 | 44 => fixed(2),
            9 | 10 => Format::Percent,
            11..=13 | 48 => Format::GENERAL,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Format::Date,
            _ => return None,
        })
    }

    /// The format that a code says: `0.00%`, `dd/mm/yyyy`, `#,##0.0`. Of several, the first that is
    /// not for 0 alone: that of numbers above 0, or of the first condition.
    pub fn of_code(code: &str) -> Format {
        let for_zero = code.trim_start().strip_prefix("[=0]").and_then(|rest| rest.split_once(';'));
        let code = for_zero.map_or(code, |(_, rest)| rest);
        if code.trim().eq_ignore_ascii_case("general") {
            return Format::GENERAL;
        }
        let bare = bare(code);
        if bare.contains('%') {
            return Format::Percent;
        }
        let is_date = |c: char| "dmyhsDMYHS".contains(c);
        if bare.contains(is_date) {
            return Format::Date;
        }
        if bare.contains(['E', 'e', '/', '?', '@']) {
            return Format::GENERAL;
        }
        let (whole, rest) = bare.split_once('.').unwrap_or((&bare, ""));
        let noughts = |part: &str| part.matches('0').count().min(30) as u8;
        Format::Number(Shown { whole: noughts(whole), decimals: noughts(rest) })
    }
}

/// The first section of a code without what stands for itself: `"đ"`, `\x`, `_)`, `*-`, `[Red]`. Of
/// brackets, those of elapsed time stay: `[h]`.
fn bare(code: &str) -> String {
    let mut bare = String::new();
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => drop(signs.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(signs.next()),
            '[' => {
                let inside: String = signs.by_ref().take_while(|c| *c != ']').collect();
                if !inside.is_empty() && inside.chars().all(|c| "hmsHMS".contains(c)) {
                    bare.push_str(&inside);
                }
            }
            sign => bare.push(sign),
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_a_cell_shows() {
        let fixed = |whole, decimals| Format::Number(Shown { whole, decimals });
        for (code, format) in [
            ("General", Format::GENERAL),
            ("@", Format::GENERAL),
            ("0%", Format::Percent),
            ("0.00\\ %", Format::Percent),
            ("#,##0.0\" %\"", fixed(1, 1)),
            ("[Red]0.00%;-0.00%", Format::Percent),
            ("[=0]0;0.0%", Format::Percent),
            ("dd/mm/yyyy", Format::Date),
            ("[$-42A]d mmmm yyyy;@", Format::Date),
            ("[h]:mm", Format::Date),
            ("0.00", fixed(1, 2)),
            ("00000", fixed(5, 0)),
            ("#,##0.00 \"đ\"", fixed(1, 2)),
            ("#,##0.00\\ [$₫-42A]", fixed(1, 2)),
            ("0.00E+00", Format::GENERAL),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
    }
}
