//! Sentences in lines that are not longer than the terminal is wide.

use crate::render::Style;
use crate::text::printable;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Adds a line, broken between words where it is longer than the terminal; further lines are
/// indented.
pub(super) fn push_wrapped(text: &mut String, line: &str, indent: &str, style: Style) {
    let line = &printable(line);
    let room = style.width.unwrap_or(usize::MAX);
    let mut used = indent.width();
    *text += indent;
    let mut is_first = true;
    let longest = room.saturating_sub(indent.width() + 2).max(1);
    for word in line.split(' ').flat_map(|word| pieces(word, longest)) {
        let width = word.width();
        if !is_first && room < used + 1 + width {
            text.push('\n');
            *text += indent;
            *text += "  ";
            used = indent.width() + 2;
        } else if !is_first {
            text.push(' ');
            used += 1;
        }
        *text += word;
        used += width;
        is_first = false;
    }
    text.push('\n');
}

/// A word in pieces that are not wider than a line: paths and the like.
fn pieces(word: &str, widest: usize) -> Vec<&str> {
    let (mut pieces, mut start, mut width) = (Vec::new(), 0, 0);
    for (at, c) in word.char_indices() {
        let more = c.width().unwrap_or(0);
        if widest < width + more {
            pieces.push(&word[start..at]);
            (start, width) = (at, 0);
        }
        width += more;
    }
    pieces.push(&word[start..]);
    pieces
}
