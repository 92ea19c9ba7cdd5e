//! Tables: what stands in the cells, how wide the columns are, and on which page they fit.
//!
//! A column that is never broken is as wide as its longest cell; what is left goes to the columns of
//! text. The largest print at which all tables of an annex fit is taken, upright if there is one.

use super::measure::{longest_word, width};
use super::xml::Xml;
use crate::lang::Lang;
use crate::report::{Cell, Column, ColumnKind, Section, words};

/// A twentieth of a point.
type Twips = u32;

/// A millimetre, ten times.
const TEN_MILLIMETRES: Twips = 567;

/// From the line of a cell to its text, on each side.
pub(super) const MARGIN: Twips = 80;

/// Room for what the measure does not know: kerning, another font.
const SLACK: Twips = 40;

/// A column of text has all the room that it needs: most names of units stand on one line.
const AMPLE: Twips = TEN_MILLIMETRES * 7;

/// A column of text reads easily in so much room.
const EASY: Twips = TEN_MILLIMETRES * 42 / 10;

/// A column of text does not ask for more than that.
const WIDEST: Twips = TEN_MILLIMETRES * 11;

/// Half points of print, from the best: upright, then across.
const UPRIGHT: [u32; 3] = [26, 24, 22];
const ACROSS: [u32; 6] = [26, 24, 22, 20, 18, LEAST];

/// Print below this cannot be read; a table that is wider still has its words broken.
const LEAST: u32 = 16;

/// A table as text.
pub(super) struct Grid {
    head: Vec<String>,
    kinds: Vec<ColumnKind>,
    rows: Vec<Vec<String>>,
    strong: Vec<bool>,
    metrics: Vec<Metrics>,
}

/// How wide a column is, in thousandths of the size of print.
#[derive(Clone, Copy)]
struct Metrics {
    /// Its widest cell.
    widest: u32,
    /// The longest word of its cells.
    word: u32,
    /// The longest word of its head, and the whole head.
    head_word: u32,
    head: u32,
    /// Whether all of its cells are whole numbers.
    is_whole: bool,
}

impl Metrics {
    /// What holds for two columns that stand above each other.
    fn with(self, other: &Metrics) -> Metrics {
        Metrics {
            widest: self.widest.max(other.widest),
            word: self.word.max(other.word),
            is_whole: self.is_whole && other.is_whole,
            ..self
        }
    }
}

/// How the tables of an annex are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// Whether the page lies across.
    pub is_across: bool,
    /// Half points of print.
    pub size: u32,
}

impl Grid {
    /// The table of a section, if it has one.
    pub fn of(section: &Section<'_>, lang: Lang) -> Option<Grid> {
        let table = section.table.as_ref()?;
        let is_shown = |column: &Column| column.kind != ColumnKind::Machine;
        let shown: Vec<usize> = (0..table.columns.len()).filter(|&at| is_shown(&table.columns[at])).collect();
        let mut strong = vec![false; table.len];
        section.strong.iter().filter(|at| **at < table.len).for_each(|&at| strong[at] = true);
        let mut is_whole = vec![true; shown.len()];
        let mut rows = Vec::with_capacity(table.len);
        for (row, &is_strong) in strong.iter().enumerate() {
            let cells = (table.row)(row);
            for (whole, &at) in is_whole.iter_mut().zip(&shown) {
                *whole &= matches!(cells[at], Cell::Whole(_) | Cell::Missing | Cell::Places(_));
            }
            // A row of sums has nothing to say in most columns.
            let text = |at: usize| match &cells[at] {
                Cell::Missing if is_strong => String::new(),
                cell => on_paper(cell, lang),
            };
            rows.push(shown.iter().map(|&at| text(at)).collect::<Vec<_>>());
        }
        let head: Vec<String> =
            shown.iter().map(|&at| table.columns[at].title.get(lang).to_owned()).collect();
        let metrics = is_whole.iter().enumerate().map(|(at, &is_whole)| {
            let cells = || rows.iter().zip(&strong).map(|(row, strong)| (row[at].as_str(), *strong));
            Metrics {
                widest: cells().map(|(cell, strong)| width(cell, strong)).max().unwrap_or(0),
                word: cells().map(|(cell, strong)| longest_word(cell, strong)).max().unwrap_or(0),
                head_word: longest_word(&head[at], true),
                head: width(&head[at], true),
                is_whole,
            }
        });
        let metrics = metrics.collect();
        let kinds = shown.iter().map(|&at| table.columns[at].kind).collect();
        Some(Grid { head, kinds, rows, strong, metrics })
    }

    fn is_text(&self, at: usize) -> bool {
        self.kinds[at] == ColumnKind::Text
    }

    /// The room that each column needs at a size, where text asks for no more than was said.
    fn needed(&self, size: u32, text: Twips) -> Vec<Twips> {
        let one = |(at, metrics): (usize, &Metrics)| {
            let head = twips(metrics.head_word.max(metrics.head * 2 / 5), size);
            let cells = match self.is_text(at) {
                true => twips(metrics.word, size).max(twips(metrics.widest, size).min(text)),
                false => twips(metrics.widest, size),
            };
            head.max(cells) + 2 * MARGIN + SLACK
        };
        self.metrics.iter().enumerate().map(one).collect()
    }

    /// The widths of the columns, which together take all the room.
    fn widths(&self, size: u32, room: Twips) -> Vec<Twips> {
        let mut widths = self.needed(size, EASY);
        let sum: Twips = widths.iter().sum();
        if room < sum {
            let share = |width: Twips| u64::from(width) * u64::from(room) / u64::from(sum);
            widths.iter_mut().for_each(|width| *width = Twips::try_from(share(*width)).unwrap_or(room));
        } else {
            self.share(room - sum, &mut widths, size);
        }
        let rest = room.saturating_sub(widths.iter().sum());
        if let Some(last) = widths.last_mut() {
            *last += rest;
        }
        widths
    }

    /// Gives room that is left to the columns of text, and what they do not want to all.
    fn share(&self, mut left: Twips, widths: &mut [Twips], size: u32) {
        let wanted: Vec<Twips> = widths
            .iter()
            .enumerate()
            .map(|(at, &has)| match self.is_text(at) {
                true => (twips(self.metrics[at].widest, size) + 2 * MARGIN + SLACK)
                    .min(WIDEST)
                    .saturating_sub(has),
                false => 0,
            })
            .collect();
        let all: Twips = wanted.iter().sum();
        let given = left.min(all);
        for (width, wanted) in widths.iter_mut().zip(&wanted) {
            *width += (wanted * given).checked_div(all).unwrap_or(0);
        }
        left -= given;
        let each = left / u32::try_from(widths.len()).unwrap_or(1).max(1);
        widths.iter_mut().for_each(|width| *width += each);
    }

    /// Writes the table.
    pub fn write(&self, fit: Fit, room: Twips, xml: &mut Xml) {
        let widths = self.widths(fit.size, room);
        let room = room.to_string();
        xml.element("w:tbl", &[], |xml| {
            xml.element("w:tblPr", &[], |xml| {
                xml.value("w:tblStyle", "Bang");
                xml.empty("w:tblW", &[("w:w", &room), ("w:type", "dxa")]);
                xml.value("w:jc", "center");
                xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            });
            xml.element("w:tblGrid", &[], |xml| {
                widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
            });
            let head: Vec<&str> = self.head.iter().map(String::as_str).collect();
            self.write_row(&head, Kind::Head, fit.size, &widths, xml);
            for (row, &strong) in self.rows.iter().zip(&self.strong) {
                let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                let kind = if strong { Kind::Strong } else { Kind::Plain };
                self.write_row(&cells, kind, fit.size, &widths, xml);
            }
        });
    }

    fn write_row(&self, cells: &[&str], kind: Kind, size: u32, widths: &[Twips], xml: &mut Xml) {
        xml.element("w:tr", &[], |xml| {
            xml.element("w:trPr", &[], |xml| {
                xml.empty("w:cantSplit", &[]);
                if kind == Kind::Head {
                    xml.empty("w:tblHeader", &[]);
                }
            });
            for (at, cell) in cells.iter().enumerate() {
                xml.element("w:tc", &[], |xml| {
                    xml.element("w:tcPr", &[], |xml| {
                        xml.empty("w:tcW", &[("w:w", &widths[at].to_string()), ("w:type", "dxa")]);
                        xml.value("w:vAlign", "center");
                    });
                    xml.element("w:p", &[], |xml| {
                        self.place(at, cell, kind, (size, widths[at]), xml);
                        if !cell.is_empty() {
                            write_run(cell, kind, size, xml);
                        }
                    });
                });
            }
        });
    }

    /// Text to the left, words and whole numbers in the middle; numbers with their marks below each
    /// other, and the column of them in the middle.
    fn place(&self, at: usize, cell: &str, kind: Kind, (size, room): (u32, Twips), xml: &mut Xml) {
        let metrics = &self.metrics[at];
        let is_number = matches!(self.kinds[at], ColumnKind::Number | ColumnKind::Extra | ColumnKind::Detail);
        let style = match (kind, self.kinds[at]) {
            (Kind::Head, _) => "BangDau",
            (_, ColumnKind::Text) => "BangChu",
            _ if cell == NOTHING || !is_number || metrics.is_whole => "BangGiua",
            _ => "BangSo",
        };
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style);
            if style == "BangSo" {
                let free = room.saturating_sub(2 * MARGIN + twips(metrics.widest, size));
                xml.empty("w:ind", &[("w:right", &(free / 2).to_string())]);
            }
        });
    }
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Strong,
    Plain,
}

/// What stands in a cell in which nothing is.
const NOTHING: &str = "–";

/// A cell in print. An arrow is not in every font: places have a sign.
fn on_paper(cell: &Cell<'_>, lang: Lang) -> String {
    match cell {
        Cell::Places(0) => "0".to_owned(),
        Cell::Places(places) if 0 < *places => format!("+{places}"),
        Cell::Places(places) => format!("−{}", places.unsigned_abs()),
        cell => words(cell, lang),
    }
}

fn write_run(text: &str, kind: Kind, size: u32, xml: &mut Xml) {
    xml.element("w:r", &[], |xml| {
        let size = size.to_string();
        xml.element("w:rPr", &[], |xml| {
            if kind == Kind::Strong {
                xml.empty("w:b", &[]);
            }
            xml.value("w:sz", &size);
            xml.value("w:szCs", &size);
        });
        xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(text));
    });
}

/// Thousandths of a size of print in half points.
fn twips(thousandths: u32, size: u32) -> Twips {
    (u64::from(thousandths) * u64::from(size) * 10).div_ceil(1000) as Twips
}

/// Gives tables with the same heads the same columns.
pub(super) fn align(grids: &mut [Option<Grid>]) {
    let mut widest: Vec<(Vec<String>, Vec<Metrics>)> = Vec::new();
    for grid in grids.iter().flatten() {
        match widest.iter_mut().find(|(head, _)| *head == grid.head) {
            Some((_, metrics)) => {
                metrics.iter_mut().zip(&grid.metrics).for_each(|(all, one)| *all = all.with(one));
            }
            None => widest.push((grid.head.clone(), grid.metrics.clone())),
        }
    }
    for grid in grids.iter_mut().flatten() {
        if let Some((_, metrics)) = widest.iter().find(|(head, _)| *head == grid.head) {
            grid.metrics.clone_from(metrics);
        }
    }
}

/// The best print at which all tables fit into the room of a page: upright if text has ample room, or
/// at least reads easily in small print, else across.
pub(super) fn fit(grids: &[Option<Grid>], upright: Twips, across: Twips) -> Fit {
    let fits = |size: u32, text: Twips, room: Twips| {
        grids.iter().flatten().all(|grid| grid.needed(size, text).iter().sum::<Twips>() <= room)
    };
    let found =
        |sizes: &[u32], text: Twips, room: Twips| sizes.iter().copied().find(|&size| fits(size, text, room));
    let small = &UPRIGHT[UPRIGHT.len() - 1..];
    if let Some(size) = found(&UPRIGHT, AMPLE, upright).or_else(|| found(small, EASY, upright)) {
        return Fit { is_across: false, size };
    }
    let size = found(&ACROSS[..UPRIGHT.len()], AMPLE, across).or_else(|| found(&ACROSS, EASY, across));
    Fit { is_across: true, size: size.unwrap_or(LEAST) }
}
