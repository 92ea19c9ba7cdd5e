//! Whatever the bytes are, they are read or refused: no panic, an exit code that means something,
//! nothing on standard output when it failed, nothing on standard error that steers a terminal.
//!
//! Everything is drawn from fixed seeds, so a failure comes back; its message holds the input.

use crate::explain;
use crate::support::{Folder, project};
use parindex::criteria_set::{CriteriaSet, Missing};
use parindex::diagnostic::Diagnostics;
use parindex::engine::{self, Keep};
use parindex::lang::Lang;
use parindex::load;
use parindex::render::{self, Format, Style};
use parindex::report::View;
use parindex::report::explanation::ExplanationView;
use parindex::report::ranking::{Fields, RankingView};
use parindex::round::Round;
use parindex::scored::{Loaded, LoadedTier};
use parindex::source::Source;
use parindex::validate::criteria_set::criteria_set;
use parindex::validate::deductions::{Events, deductions};
use parindex::validate::results::{Assembly, KnownUnits, Options, Plan};
use parindex::validate::round::round;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Numbers as nobody should write them, and some that only look harmless.
const NUMBERS: [&str; 23] = [
    "0", "1", "-1", "-0", "100", "0.5", "1e3", "1e-3", "1e999", "inf", "nan", "0x10", "1_000", "007", "0.0000001",
    "0.3333333333333333333333333333", "999999999999999", "1000000000000000",
    "1000000000000001", "1000000000", "1000000001", "79228162514264337593543950335", "12345678901234567890123456789012345678901",
];

/// What a mutation puts in.
const TOKENS: [&str; 40] = [
    "\"", "\"\"", "'", "\"\"\"", "\n", "\r", "\r\n", ",", ";", "\t", "=", "[", "]", "[[", "{", "}", "#", ".", "..", "\\",
    "\\u0000", "\0", "\u{1b}[31m", "\u{202e}", "\u{feff}", "\u{301}", "Ệ", "N/A", "không", "có", "true", "2026-02-30",
    "9999-12-31", "31/12/9999", "id = \"1\"\n", "kind = \"branch\"\n", "[[criterion]]\n", "max = -1\n", "%", " ",
];

/// Draws from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.roll() as u8).collect()
    }

    /// A text with one to four mistakes in it.
    fn spoil(&mut self, text: &[u8]) -> Vec<u8> {
        let mut spoiled = text.to_vec();
        for _ in 0..=self.below(4) {
            self.spoil_once(&mut spoiled);
        }
        spoiled
    }

    fn spoil_once(&mut self, text: &mut Vec<u8>) {
        let at = self.below(text.len() + 1);
        let end = (at + self.below(30)).min(text.len());
        match self.below(9) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..end)),
            2 => {
                let copy = text[at..end].to_vec();
                let to = self.below(text.len() + 1);
                text.splice(to..to, copy);
            }
            3 if at < text.len() => text[at] = self.roll() as u8,
            4 => self.swap_lines(text),
            5 | 6 => self.change_number(text),
            _ => {
                let token = self.pick(&TOKENS);
                text.splice(at..at, token.bytes());
            }
        }
    }

    /// Puts another number in the place of one.
    fn change_number(&mut self, text: &mut Vec<u8>) {
        let starts: Vec<usize> = (0..text.len())
            .filter(|&at| text[at].is_ascii_digit() && (at == 0 || !text[at - 1].is_ascii_digit() && text[at - 1] != b'.'))
            .collect();
        if starts.is_empty() {
            return;
        }
        let start = starts[self.below(starts.len())];
        let length = text[start..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let number = self.pick(&NUMBERS);
        text.splice(start..start + length, number.bytes());
    }

    fn swap_lines(&mut self, text: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let (a, b) = (self.below(lines.len()), self.below(lines.len()));
        lines.swap(a, b);
        *text = lines.join(&b'\n');
    }
}

/// Runs a check for many seeds; a panic is reported with its seed and its input.
#[track_caller]
fn for_seeds<T: std::fmt::Debug>(seeds: std::ops::Range<u64>, draw: impl Fn(&mut Dice) -> T, check: impl Fn(&T)) {
    for seed in seeds {
        let input = draw(&mut Dice(seed));
        if catch_unwind(AssertUnwindSafe(|| check(&input))).is_err() {
            panic!("seed {seed}: {input:#?}");
        }
    }
}

/// What is said can be printed: no sign in it steers a terminal.
fn check_talk(out: &Diagnostics) {
    for lang in [Lang::Vi, Lang::En] {
        let said = render::diagnostics::render(out, usize::MAX, Style { lang, width: None, colour: false });
        check_printable(&said);
        assert_eq!(out.is_empty(), said.is_empty());
    }
}

#[track_caller]
fn check_printable(said: &str) {
    let bad = said.chars().find(|c| c.is_control() && *c != '\n');
    assert!(bad.is_none(), "{bad:?} in {said:?}");
}

/// Reads a set: there is one, or it was said why not.
fn read_set(text: &str) -> Option<CriteriaSet> {
    let mut out = Diagnostics::default();
    let set = criteria_set(&Source::new("bo.toml", text), &mut out);
    assert_eq!(set.is_some(), !out.has_errors(), "a set, or why there is none");
    check_talk(&out);
    set
}

/// A tier's files.
struct Tier {
    set: String,
    results: Vec<u8>,
    deductions: Vec<u8>,
}

impl std::fmt::Debug for Tier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |bytes: &[u8]| bytes.escape_ascii().to_string().replace("\\n", "\n");
        write!(f, "bo.toml:\n{}\nket-qua.csv:\n{}\ndiem-tru.csv:\n{}", self.set, text(&self.results), text(&self.deductions))
    }
}

impl Tier {
    fn new(set: &[u8], results: &[u8], deductions: &[u8]) -> Tier {
        Tier { set: String::from_utf8_lossy(set).into_owned(), results: results.to_vec(), deductions: deductions.to_vec() }
    }

    /// Reads, scores, ranks, explains and shows the tier, or says why it cannot be.
    fn check(&self, folder: &Folder) {
        let Some(set) = read_set(&self.set) else { return };
        folder.write("ket-qua.csv", &self.results);
        folder.write("diem-tru.csv", &self.deductions);
        let choice = self.results.len() + self.set.len();
        let missing = [Missing::Error, Missing::Zero, Missing::NotApplicable][choice % 3];
        let mut out = Diagnostics::default();
        let data = read_results(&set, folder, &mut out);
        let events = read_events(&set, &data, folder, &mut out);
        let tier = LoadedTier { id: "xa".into(), name: String::new(), set, data, events, missing };
        let scored = Loaded { round: Round::default(), tiers: vec![tier], files: Vec::new() }.score(Keep::All);
        scored.report_findings(&mut out);
        check_talk(&out);
        let [(tier, scores, _)] = scored.tiers().collect::<Vec<_>>()[..] else { panic!("one tier") };
        assert_eq!(scores.units.len(), tier.data.units.len());
        let format = [Format::Table, Format::Csv, Format::Json, Format::Markdown][choice % 4];
        show(&RankingView { scored: &scored, fields: Fields::All, top: None, unit: None }, format);
        for unit in 0..tier.data.units.len().min(1) {
            let events = tier.events.get(&unit).map_or(&[][..], Vec::as_slice);
            let explanation = engine::explain(&tier.set, tier.missing, &tier.data, unit, events);
            show(&ExplanationView { scored: &scored, tier: 0, unit, explanation, only: None }, format);
        }
    }
}

/// What is shown is text, and in JSON it is JSON.
fn show(view: &dyn View, format: Format) {
    let style = Style { lang: Lang::Vi, width: Some(80), colour: false };
    let text = String::from_utf8(render::render(view, format, style).expect("a result can be shown")).expect("UTF-8");
    if format == Format::Json {
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    }
}

fn read_results(set: &CriteriaSet, folder: &Folder, out: &mut Diagnostics) -> parindex::model::Dataset {
    let options = Options { keep_places: true, ..Options::default() };
    let mut assembly = Assembly::new(set, KnownUnits::default(), options);
    if let Some(csv) = load::csv::open(&folder.path("ket-qua.csv"), out).expect("the file is there")
        && let Some(plan) = Plan::new(csv.file.clone(), csv.header.clone(), set, options, out)
    {
        let file = assembly.begin(&plan);
        let read = |rows: &load::csv::Rows| {
            let (mut part, mut faults) = (plan.part(), Diagnostics::default());
            rows.for_each(&mut faults, |row| plan.read_row(&mut part, row));
            (part, faults)
        };
        let read = csv.read(read, |(part, faults)| {
            out.append(faults);
            assembly.absorb(&plan, file, part);
        });
        read.expect("the file can be read");
    }
    assembly.finish(out)
}

fn read_events(set: &CriteriaSet, data: &parindex::model::Dataset, folder: &Folder, out: &mut Diagnostics) -> Events {
    let units = data.units.iter().map(|unit| unit.id.as_str());
    match load::csv::sheet(&folder.path("diem-tru.csv"), out).expect("the file is there") {
        Some((sheet, _)) => deductions(&sheet, set, units, |_| false, None, out),
        None => Events::default(),
    }
}

/// The set with every kind, and results that fit it, long and wide.
fn every_kind() -> [Tier; 2] {
    [
        Tier::new(explain::SET.as_bytes(), explain::WIDE.as_bytes(), explain::DEDUCTIONS.as_bytes()),
        Tier::new(explain::SET.as_bytes(), explain::LONG.as_bytes(), explain::DEDUCTIONS.as_bytes()),
    ]
}

/// The tiers that are shipped: set and the first rows of its results.
fn shipped() -> Vec<Tier> {
    let read = |path: &str| std::fs::read(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let head = |bytes: Vec<u8>| bytes.split_inclusive(|byte| *byte == b'\n').take(20).flatten().copied().collect::<Vec<u8>>();
    [
        ("qd766-xa-2026", "dak-lak-2026/results-xa.csv", None),
        ("qd766-tinh-2026", "34-provinces-2026/results-tinh.csv", None),
        ("nq57-xa-khanh-hoa-2026", "khanh-hoa-nq57-2026/results-xa.csv", Some("khanh-hoa-nq57-2026/deductions.csv")),
    ]
    .into_iter()
    .map(|(set, results, deductions)| {
        let deductions = deductions.map_or(b"unit,deduction\n".to_vec(), |path| read(&format!("examples/{path}")));
        Tier::new(&read(&format!("criteria/{set}.toml")), &head(read(&format!("examples/{results}"))), &deductions)
    })
    .collect()
}

#[test]
fn what_is_not_spoiled_is_read() {
    let folder = Folder::new(&[]);
    for tier in shipped().into_iter().chain(every_kind()) {
        assert!(read_set(&tier.set).is_some());
        tier.check(&folder);
    }
}

#[test]
fn spoiled_sets_are_read_or_refused() {
    let tiers = shipped();
    let spoil = |dice: &mut Dice| {
        let tier = &tiers[dice.below(tiers.len())];
        String::from_utf8_lossy(&dice.spoil(tier.set.as_bytes())).into_owned()
    };
    for_seeds(0..200, spoil, |set| drop(read_set(set)));
}

#[test]
fn spoiled_rules_score_or_are_refused() {
    let folder = Folder::new(&[]);
    let tiers = every_kind();
    let spoil = |dice: &mut Dice| {
        let tier = &tiers[dice.below(2)];
        Tier::new(&dice.spoil(tier.set.as_bytes()), &tier.results, &tier.deductions)
    };
    for_seeds(10_000..11_000, spoil, |tier| tier.check(&folder));
}

#[test]
fn changed_numbers_in_rules_score_or_are_refused() {
    let folder = Folder::new(&[]);
    let tiers = every_kind();
    let spoil = |dice: &mut Dice| {
        let tier = &tiers[dice.below(2)];
        let mut set = without_sums(&tier.set).into_bytes();
        let (mut results, mut deductions) = (tier.results.clone(), tier.deductions.clone());
        (0..=dice.below(3)).for_each(|_| dice.change_number(&mut set));
        (0..=dice.below(6)).for_each(|_| dice.change_number(&mut results));
        dice.change_number(&mut deductions);
        Tier::new(&set, &results, &deductions)
    };
    for_seeds(20_000..21_000, spoil, |tier| tier.check(&folder));
}

/// A set whose groups do not say what their criteria add up to, so that more changes pass.
fn without_sums(set: &str) -> String {
    set.replace("name = \"Chỉ đạo, điều hành\"\nmax = 15\n", "name = \"Chỉ đạo, điều hành\"\n")
        .replace("name = \"Kết quả\"\nmax = 25\n", "name = \"Kết quả\"\n")
}

#[test]
fn spoiled_results_score_or_are_refused() {
    let folder = Folder::new(&[]);
    let tiers: Vec<Tier> = every_kind().into_iter().chain(every_kind()).chain(shipped()).collect();
    let spoil = |dice: &mut Dice| {
        let tier = &tiers[dice.below(tiers.len())];
        let which = dice.below(4);
        let results = if which == 0 { tier.results.clone() } else { dice.spoil(&tier.results) };
        let deductions = if which == 0 { dice.spoil(&tier.deductions) } else { tier.deductions.clone() };
        Tier::new(tier.set.as_bytes(), &results, &deductions)
    };
    for_seeds(30_000..30_800, spoil, |tier| tier.check(&folder));
}

#[test]
fn any_value_in_any_cell_scores_or_is_refused() {
    let folder = Folder::new(&[]);
    let set = read_set(explain::SET).expect("the set is right");
    let headers: Vec<String> = (0..set.columns.len()).map(|column| set.header(column)).collect();
    let draw = |dice: &mut Dice| {
        let mut results = format!("unit,{}\n", headers.join(","));
        for unit in 0..3 {
            results += &format!("X{unit}");
            for column in &set.columns {
                let words: Vec<&str> = column.input.words.iter().map(|word| word.text.as_str()).collect();
                let cell = match dice.below(6) {
                    0 => dice.pick(&TOKENS).replace('"', "\"\""),
                    1 => dice.pick(&["", "N/A", "31/12/9999", "1/1/0001", "0", "1"]).to_owned(),
                    2 | 3 if !words.is_empty() => dice.pick(&words).to_owned(),
                    _ => dice.pick(&NUMBERS).to_owned(),
                };
                results += &format!(",\"{cell}\"");
            }
            results.push('\n');
        }
        Tier::new(explain::SET.as_bytes(), results.as_bytes(), explain::DEDUCTIONS.as_bytes())
    };
    for_seeds(40_000..40_400, draw, |tier| tier.check(&folder));
}

#[test]
fn spoiled_rounds_are_read_or_refused() {
    let rounds = ["dak-lak-2026", "34-provinces-2026", "khanh-hoa-nq57-2026"]
        .map(|name| std::fs::read(project().join("examples").join(name).join("round.toml")).expect("a shipped round"));
    let spoil = |dice: &mut Dice| {
        let text = dice.below(rounds.len());
        String::from_utf8_lossy(&dice.spoil(&rounds[text])).into_owned()
    };
    for_seeds(50_000..53_000, spoil, |text| {
        let mut out = Diagnostics::default();
        let read = round(&Source::new("round.toml", text.as_str()), &mut out);
        assert_eq!(read.is_some(), !out.has_errors(), "a round, or why there is none");
        check_talk(&out);
    });
}

#[test]
fn random_bytes_are_read_or_refused() {
    let folder = Folder::new(&[]);
    let draw = |dice: &mut Dice| {
        let (set, results, deductions) = (dice.below(2), dice.below(400), dice.below(100));
        let set = if set == 0 { dice.bytes(200) } else { explain::SET.as_bytes().to_vec() };
        Tier::new(&set, &dice.bytes(results), &dice.bytes(deductions))
    };
    for_seeds(60_000..60_400, draw, |tier| tier.check(&folder));
}
