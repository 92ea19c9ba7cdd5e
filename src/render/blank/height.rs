//! How high a row must be for its text.

/// The height of a line of text, in points.
const LINE: f64 = 14.5;
/// The lowest and the highest row.
const ROWS: [f64; 2] = [18.0, 400.0];

/// The height of a row with texts in columns of given widths, in signs.
pub(super) fn of_row<'a>(texts: impl IntoIterator<Item = (&'a str, f64)>, is_bold: bool) -> f64 {
    // A width counts digits of another font; bold letters are wider.
    let room = |width: f64| (width * if is_bold { 1.1 } else { 1.2 }) as usize;
    let lines = texts.into_iter().map(|(text, width)| lines(text, room(width))).max().unwrap_or(1);
    (lines as f64 * LINE + 3.0).clamp(ROWS[0], ROWS[1])
}

/// How many lines a text takes where so many signs fit into one; words are not broken.
fn lines(text: &str, room: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if 0 < used && room < used + 1 + length {
            lines += 1;
            used = 0;
        }
        used += usize::from(0 < used) + length;
        // A word that is longer than the line is broken after all.
        lines += used.saturating_sub(1) / room.max(1);
        used = if room < used { used % room.max(1) } else { used };
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fill_lines() {
        for (text, room, expected) in [
            ("", 10, 1),
            ("một hai ba", 10, 1),
            ("một hai ba bốn", 10, 2),
            ("nghiêng nghiêng", 8, 2),
            ("0123456789012345", 8, 2),
        ] {
            assert_eq!(lines(text, room), expected, "{text}");
        }
    }
}
