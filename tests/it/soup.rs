//! Whatever the bytes are, they are read or refused: no panic, an exit code that means something,
//! nothing on standard output when it failed, nothing on standard error that steers a terminal.
//!
//! Everything is drawn from fixed seeds, so a failure comes back; its message holds the input.

use crate::explain;
use crate::rules;
use crate::support::{Folder, Ran, project};
use parindex::criteria_set::{CriteriaSet, Missing};
use parindex::diagnostic::Diagnostics;
use parindex::engine::{self, Keep};
use parindex::lang::Lang;
use parindex::load;
use parindex::render::{self, Format, Style};
use parindex::report::View;
use parindex::report::drawing::Signs;
use parindex::report::explanation::ExplanationView;
use parindex::report::ranking::{Fields, RankingView};
use parindex::scored::{Loaded, LoadedTier};
use parindex::source::Source;
use parindex::validate::criteria_set::criteria_set;
use parindex::validate::deductions::{self, Events, deductions};
use parindex::validate::results::{Assembly, KnownUnits, Options, Plan};
use parindex::validate::round::round;
use parindex::validate::targets::Targets;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Numbers as nobody should write them, and some that only look harmless.
const NUMBERS: [&str; 25] = [
    "0",
    "1",
    "-1",
    "-0",
    "100",
    "0.5",
    "1e3",
    "1e-3",
    "1e999",
    "inf",
    "nan",
    "0x10",
    "1_000",
    "007",
    "0.0000001",
    "0.0000000001",
    "0.0000000000000000000000000001",
    "0.3333333333333333333333333333",
    "999999999999999",
    "1000000000000000",
    "1000000000000001",
    "1000000000",
    "1000000001",
    "79228162514264337593543950335",
    "12345678901234567890123456789012345678901",
];

/// What a mutation puts in.
const TOKENS: [&str; 40] = [
    "\"",
    "\"\"",
    "'",
    "\"\"\"",
    "\n",
    "\r",
    "\r\n",
    ",",
    ";",
    "\t",
    "=",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "#",
    ".",
    "..",
    "\\",
    "\\u0000",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "Ệ",
    "N/A",
    "không",
    "có",
    "true",
    "2026-02-30",
    "9999-12-31",
    "31/12/9999",
    "id = \"1\"\n",
    "kind = \"branch\"\n",
    "[[criterion]]\n",
    "max = -1\n",
    "%",
    " ",
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
            .filter(|&at| {
                text[at].is_ascii_digit()
                    && (at == 0 || !text[at - 1].is_ascii_digit() && text[at - 1] != b'.')
            })
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
fn for_seeds<T: std::fmt::Debug>(
    seeds: std::ops::Range<u64>,
    draw: impl Fn(&mut Dice) -> T,
    check: impl Fn(&T),
) {
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
        let said = render::diagnostics::render(
            out,
            usize::MAX,
            Style { lang, width: None, colour: false, signs: Signs::Blocks },
        );
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
    assert!(set.is_some() || out.has_errors(), "a set, or why there is none");
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
        write!(
            f,
            "bo.toml:\n{}\nket-qua.csv:\n{}\ndiem-tru.csv:\n{}",
            self.set,
            text(&self.results),
            text(&self.deductions)
        )
    }
}

impl Tier {
    fn new(set: &[u8], results: &[u8], deductions: &[u8]) -> Tier {
        Tier {
            set: String::from_utf8_lossy(set).into_owned(),
            results: results.to_vec(),
            deductions: deductions.to_vec(),
        }
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
        let tier = LoadedTier {
            id: "xa".into(),
            name: String::new(),
            set,
            data,
            events,
            targets: Targets::default(),
            missing,
        };
        let scored = Loaded::of_one(tier).score(Keep::All);
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
    let style = Style { lang: Lang::Vi, width: Some(80), colour: false, signs: Signs::Blocks };
    let text = String::from_utf8(render::render(view, format, style).expect("a result can be shown"))
        .expect("UTF-8");
    if format == Format::Json {
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    }
}

fn read_results(set: &CriteriaSet, folder: &Folder, out: &mut Diagnostics) -> parindex::model::Dataset {
    let options = Options { keep_places: true, ..Options::default() };
    let mut assembly = Assembly::new(set, KnownUnits::default(), options);
    if let Some(csv) = load::csv::open(&folder.path("ket-qua.csv"), "ket-qua.csv".into(), &|_| true, out)
        .expect("the file is there")
        && let Some(plan) = Plan::new(csv.table.clone(), set, options, out)
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
    assembly.finish(true, out)
}

fn read_events(
    set: &CriteriaSet,
    data: &parindex::model::Dataset,
    folder: &Folder,
    out: &mut Diagnostics,
) -> Events {
    match load::table::sheet(&folder.path("diem-tru.csv"), "diem-tru.csv".into(), &deductions::sought(), out)
        .expect("the file is there")
    {
        Some((sheet, _)) => deductions(&sheet, set, &data.units, &[], None, out),
        None => Events::default(),
    }
}

/// The sets with every kind, and results that fit them, long and wide.
fn every_kind() -> [Tier; 3] {
    [
        Tier::new(rules::SET.as_bytes(), rules::RESULTS.as_bytes(), b"unit,deduction\n"),
        Tier::new(explain::SET.as_bytes(), explain::WIDE.as_bytes(), explain::DEDUCTIONS.as_bytes()),
        Tier::new(explain::SET.as_bytes(), explain::LONG.as_bytes(), explain::DEDUCTIONS.as_bytes()),
    ]
}

/// The tiers that are shipped: set and the first rows of its results.
fn shipped() -> Vec<Tier> {
    let read =
        |path: &str| std::fs::read(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let head = |bytes: Vec<u8>| {
        bytes.split_inclusive(|byte| *byte == b'\n').take(20).flatten().copied().collect::<Vec<u8>>()
    };
    [
        ("qd766-xa-2026", "dak-lak-2026/results-xa.csv", None),
        ("qd766-tinh-2026", "34-provinces-2026/results-tinh.csv", None),
        (
            "nq57-xa-khanh-hoa-2026",
            "khanh-hoa-nq57-2026/results-xa.csv",
            Some("khanh-hoa-nq57-2026/deductions.csv"),
        ),
    ]
    .into_iter()
    .map(|(set, results, deductions)| {
        let deductions =
            deductions.map_or(b"unit,deduction\n".to_vec(), |path| read(&format!("examples/{path}")));
        Tier::new(
            &read(&format!("criteria/{set}.toml")),
            &head(read(&format!("examples/{results}"))),
            &deductions,
        )
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
        let tier = &tiers[dice.below(tiers.len())];
        Tier::new(&dice.spoil(tier.set.as_bytes()), &tier.results, &tier.deductions)
    };
    for_seeds(10_000..11_000, spoil, |tier| tier.check(&folder));
}

#[test]
fn changed_numbers_in_rules_score_or_are_refused() {
    let folder = Folder::new(&[]);
    let tiers = every_kind();
    let spoil = |dice: &mut Dice| {
        let tier = &tiers[dice.below(tiers.len())];
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
    for_seeds(30_000..30_500, spoil, |tier| tier.check(&folder));
}

#[test]
fn any_value_in_any_cell_scores_or_is_refused() {
    let folder = Folder::new(&[]);
    let tiers = every_kind();
    let sets: Vec<_> = tiers.iter().map(|tier| read_set(&tier.set).expect("the set is right")).collect();
    let draw = |dice: &mut Dice| {
        let at = dice.below(tiers.len());
        let (tier, set) = (&tiers[at], &sets[at]);
        let headers: Vec<String> = (0..set.columns.len()).map(|column| set.header(column)).collect();
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
        Tier::new(tier.set.as_bytes(), results.as_bytes(), &tier.deductions)
    };
    for_seeds(40_000..40_300, draw, |tier| tier.check(&folder));
}

#[test]
fn spoiled_rounds_are_read_or_refused() {
    let rounds = ["dak-lak-2026", "34-provinces-2026", "khanh-hoa-nq57-2026"].map(|name| {
        std::fs::read(project().join("examples").join(name).join("round.toml")).expect("a shipped round")
    });
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

/// The files of `explain`, in a folder.
fn round_folder() -> Folder {
    Folder::new(&[
        ("round.toml", explain::ROUND),
        ("bo.toml", explain::SET),
        ("rong.csv", explain::WIDE),
        ("dai.csv", explain::LONG),
        ("diem-tru.csv", explain::DEDUCTIONS),
    ])
}

/// The exit code means something, nothing half-done stands on standard output, and what is said
/// can be printed.
#[track_caller]
fn check_ran(args: &[&str], ran: &Ran) {
    assert!([0, 1, 2].contains(&ran.code), "{args:?}: exit {}\n{}", ran.code, ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{args:?}: {}", ran.stderr);
    assert!(ran.code == 0 || !ran.stderr.is_empty(), "{args:?}: it does not say what is wrong");
    assert!(ran.code == 0 || ran.stdout.is_empty() || args[0] == "check", "{args:?}: {}", ran.stdout);
    check_printable(&ran.stderr);
}

#[test]
fn the_program_survives_spoiled_files() {
    let files: [(&str, &str); 5] = [
        ("round.toml", explain::ROUND),
        ("bo.toml", explain::SET),
        ("rong.csv", explain::WIDE),
        ("dai.csv", explain::LONG),
        ("diem-tru.csv", explain::DEDUCTIONS),
    ];
    let commands: [&[&str]; 6] = [
        &["check", "."],
        &["score", ".", "--lang", "en"],
        &["score", "round.toml", "--format", "json"],
        &["score", ".", "--format", "csv", "--fields", "all", "--missing", "n/a"],
        &["explain", ".", "X01"],
        &["check", "bo.toml", "--lang", "en"],
    ];
    for seed in 70_000..70_150 {
        let mut dice = Dice(seed);
        let folder = round_folder();
        let (name, text) = files[dice.below(files.len())];
        let spoiled = if dice.below(10) == 0 { dice.bytes(300) } else { dice.spoil(text.as_bytes()) };
        folder.write(name, &spoiled);
        let args = commands[dice.below(commands.len())];
        let ran = folder.run(args);
        if catch_unwind(|| check_ran(args, &ran)).is_err() {
            panic!("seed {seed}, {name}:\n{}", spoiled.escape_ascii());
        }
    }
}

/// Puts a file into a round, runs `check` and `score`, and looks for a code and the exit code.
#[track_caller]
fn hostile(name: &str, bytes: &[u8], code: i32, expected: &str) {
    let folder = round_folder();
    folder.write(name, bytes);
    for command in ["check", "score"] {
        let args = [command, "round.toml"];
        let ran = folder.run(&args);
        check_ran(&args, &ran);
        let said = if ran.stderr.len() < 5_000 { ran.stderr.as_str() } else { "(long)" };
        assert_eq!(ran.code, code, "{command}: {said}");
        assert!(ran.stderr.contains(expected), "{command}: {expected} is not in\n{said}");
    }
}

#[test]
fn files_that_are_no_tables() {
    for (bytes, expected) in [
        (b"\xff\xfe".to_vec(), "[empty-file]"),
        (b"\xff\xfeu\0n\0i\0t\0,\0\x00\xd8\n\0".to_vec(), "[unknown-column]"),
        (explain::WIDE.chars().map(|c| c as u8).collect(), "[not-utf8]"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00".to_vec(), "[damaged-workbook]"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "[damaged-workbook]"),
        (b"%PDF-1.7\n".to_vec(), "[not-a-table]"),
        (b"\x1F\x8B\x08\x00".to_vec(), "[not-a-table]"),
        (Vec::new(), "[empty-file]"),
        (b"\n\n\n".to_vec(), "[empty-file]"),
        (b"\xEF\xBB\xBF".to_vec(), "[empty-file]"),
        (b"\0".to_vec(), "[missing-column]"),
        (explain::WIDE.replace('\n', "\r").into_bytes(), "[old-line-ends]"),
        (b"unit,\"1.1".to_vec(), "lỗi"),
        (explain::WIDE.replace("X02", "\"X02").into_bytes(), "[open-quotes]"),
        (explain::WIDE.replace("có", "c\0").into_bytes(), "[unknown-option]"),
        (explain::WIDE.replace("có", "\u{1b}[31mcó").into_bytes(), "[unknown-option]"),
        (explain::WIDE.replace("1.1,", "\u{1b}]0;a\u{7},").into_bytes(), "[unknown-column]"),
        (explain::WIDE.replace("1.1,", "\"1\n1\",").into_bytes(), "[unknown-column]"),
    ] {
        hostile("rong.csv", &bytes, 1, expected);
    }
}

/// A header alone: with nothing else the round has no units, beside another file it adds nothing.
#[test]
fn a_header_alone() {
    let folder = round_folder();
    let header = explain::WIDE.lines().next().expect("a header");
    folder.write("rong.csv", header.as_bytes());
    folder.write("dai.csv", b"unit,criterion,value\r\n\r\n");
    let ran =
        folder.run(&["score", "--criteria", "bo.toml", "--results", "rong.csv", "--results", "dai.csv"]);
    assert!(ran.code == 1 && ran.stderr.contains("[no-units]"), "{}", ran.stderr);
}

#[test]
fn a_bom_and_empty_lines_do_no_harm() {
    let text = format!("\u{feff}{}", explain::WIDE.replace('\n', "\r\n\r\n"));
    hostile("rong.csv", text.as_bytes(), 0, "");
}

#[test]
fn long_lines_and_many_columns() {
    let long = "a".repeat(1_000_000);
    hostile("rong.csv", explain::WIDE.replace("X02,Xã", &format!("X02,{long}")).as_bytes(), 0, "");
    hostile("dai.csv", explain::LONG.replace("12/BC-UBND", &long).as_bytes(), 0, "");
    let (header, rest) = explain::WIDE.split_once('\n').expect("a header");
    let (columns, cells) = (",#".repeat(3_000), ",1".repeat(3_000));
    let rows: Vec<String> = rest.lines().map(|row| format!("{row}{cells}")).collect();
    hostile("rong.csv", format!("{header}{columns}\n{}\n", rows.join("\n")).as_bytes(), 0, "");
    let unknown: String = (0..500).map(|at| format!(",9.{at}")).collect();
    let rows: Vec<String> = rest.lines().map(|row| format!("{row}{}", ",1".repeat(500))).collect();
    hostile(
        "rong.csv",
        format!("{header}{unknown}\n{}\n", rows.join("\n")).as_bytes(),
        1,
        "[unknown-column]",
    );
    let set = explain::SET.replace("Bộ có mọi cách chấm", &long);
    hostile("bo.toml", set.as_bytes(), 0, "");
}

#[test]
fn toml_that_is_nested_too_deep_or_repeats_itself() {
    let deep =
        |open: &str, close: &str, depth| format!("{}{}{}", open.repeat(depth), "1", close.repeat(depth));
    for text in [
        format!("a = {}\n", deep("[", "]", 100_000)),
        format!("a = {}\n", deep("{ b = ", " }", 20_000)),
        format!("[{}]\n", vec!["a"; 20_000].join(".")),
        format!("{} = 1\n", vec!["a"; 20_000].join(".")),
        "[".repeat(100_000),
        format!("a = \"{}", "\\".repeat(99_999)),
        format!("{}{}", explain::SET, explain::SET),
        explain::SET.replace("status = \"sample\"", "status = \"sample\"\nstatus = \"official\""),
        explain::SET.replace("kind = \"yes-no\"", "kind = \"yes-no\"\nkind.a = 1"),
        explain::SET.replace("[[criterion]]", "[criterion]"),
        explain::SET.replace("[set]", "[[set]]"),
        "\u{feff}\u{feff}".to_owned(),
        "\0\0\0".to_owned(),
    ] {
        hostile("bo.toml", text.as_bytes(), 1, "lỗi: ");
        let folder = round_folder();
        folder.write("round.toml", text.as_bytes());
        let ran = folder.run(&["score", "round.toml"]);
        check_ran(&["score"], &ran);
        // A criteria set in the place of a round is answered with how to score by a set: 2.
        assert!([1, 2].contains(&ran.code), "{}", &ran.stderr.chars().take(2_000).collect::<String>());
    }
}

#[test]
fn ids_that_are_no_ids() {
    let long = vec!["1"; 10_000].join(".");
    for (id, expected) in [
        (long.as_str(), "[bad-id]"),
        ("", "lỗi"),
        (".", "[bad-id]"),
        ("1.", "[bad-id]"),
        ("1..1", "[bad-id]"),
        ("#1", "[bad-id]"),
        ("1.1 ", "[bad-id]"),
        ("1\\n1", "[bad-id]"),
        ("1\\u001b[31m", "lỗi"),
        ("1\\\"1", "[bad-id]"),
        ("1,1", "[bad-id]"),
    ] {
        hostile(
            "bo.toml",
            explain::SET.replacen("id = \"1.1\"", &format!("id = \"{id}\""), 1).as_bytes(),
            1,
            expected,
        );
    }
}

#[test]
fn numbers_in_a_set_that_are_no_maxima() {
    for number in [
        "-2",
        "-0.1",
        "inf",
        "nan",
        "-inf",
        "0x10",
        "0b1",
        "1e999",
        "1e-40",
        "1234567890123456789012345678901234567890",
        "0.1234567890123456789012345678901234567890",
        "\"2\"",
        "\"2,0\"",
        "true",
        "2026-01-01",
        "[2]",
        "{ a = 2 }",
        "''",
    ] {
        hostile(
            "bo.toml",
            explain::SET.replacen("max = 2\n", &format!("max = {number}\n"), 1).as_bytes(),
            1,
            "lỗi: ",
        );
    }
}

#[test]
fn numbers_in_results_that_are_none() {
    for number in [
        "1e999",
        "inf",
        "nan",
        "NaN",
        "0x10",
        "1_000",
        "--1",
        "1-",
        "१२",
        "٣",
        "½",
        "1/2",
        "=1+1",
        "#DIV/0!",
        "#N/A",
        "1e3",
        "1234567890123456789012345678901234567890",
        "0.1234567890123456789012345678901234567890",
        "1.5",
        "-1",
        "1000000000000001",
        "999999999999999999999",
        "1 2",
        "1.2.3",
        "1,2,3",
        ".",
        ",",
        "+",
        "-",
        "%",
        "1 %",
    ] {
        hostile(
            "dai.csv",
            explain::LONG.replace("X01,2.3,3,", &format!("X01,2.3,\"{number}\",")).as_bytes(),
            1,
            "lỗi: ",
        );
    }
}

#[test]
fn dates_at_the_ends_of_time() {
    for (date, code) in [
        ("31/12/9999", 0),
        ("01/01/0001", 0),
        ("0000-01-01", 0),
        ("9999-12-31", 0),
        ("31/02/2026", 1),
        ("1/1/10000", 1),
        ("2026-13-01", 1),
        ("00/00/0000", 1),
        ("29/02/2025", 1),
        ("29/02/2024", 0),
        ("1-1-1", 1),
        ("2026/1/1", 0),
        ("//", 1),
    ] {
        hostile(
            "dai.csv",
            explain::LONG.replace("20/01/2026", date).as_bytes(),
            code,
            if code == 0 { "" } else { "lỗi: " },
        );
    }
    for date in ["9999-12-31", "0001-01-01"] {
        let set = explain::SET.replace("2026-12-15", date).replace("2026-01-15", date);
        hostile("bo.toml", set.as_bytes(), 0, "");
        hostile("bo.toml", set.replace("due = ", "days = \"working\"\ndue = ").as_bytes(), 0, "");
    }
}

/// 10^15 violations, 10^9 points each, and N/A everywhere.
#[test]
fn huge_counts_and_nothing_at_all() {
    let set = explain::SET
        .replace("share = 25", "points = 1000000000")
        .replace("points = 2, once = true", "points = 1000000000");
    let folder = round_folder();
    folder.write("bo.toml", set.as_bytes());
    folder
        .write("rong.csv", explain::WIDE.replace(",1,3,", ",1000000000000000,1000000000000000,").as_bytes());
    folder.write("diem-tru.csv", explain::DEDUCTIONS.replace("X01,B2,3", "X01,B2,1000000").as_bytes());
    let ran = folder.run(&["score", "round.toml"]);
    check_ran(&["score"], &ran);
    assert_eq!(ran.code, 0, "{}", ran.stderr);

    let set = explain::SET
        .replace("kind = ", "na = \"reduce\"\nkind = ")
        .replace("na = \"reduce\"\nna = \"reduce\"", "na = \"reduce\"");
    let set = set.replace("zero_above = 5\nna = \"reduce\"", "zero_above = 5");
    let set = set
        .replace("answer = \"có\"\nna = \"reduce\"\n", "answer = \"có\"\n")
        .replace("[[criterion.when]]\nna = \"reduce\"\n", "[[criterion.when]]\n");
    let header = read_set(&set)
        .map(|set| (0..set.columns.len()).map(|at| format!(",{}", set.header(at))).collect::<String>());
    let header = header.expect("the set is right");
    let cells = ",N/A".repeat(header.matches(',').count());
    let folder = Folder::new(&[("bo.toml", &set), ("rong.csv", &format!("unit{header}\nX01{cells}\n"))]);
    for command in ["check", "score"] {
        let args = [command, "--criteria", "bo.toml", "--results", "rong.csv"];
        let ran = folder.run(&args);
        check_ran(&args, &ran);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
}

#[test]
fn arithmetic_at_the_edge_of_exactness_does_not_overflow() {
    let tiny = "0.0000000000000000000000000001";
    let ran = {
        let folder = round_folder();
        folder.write(
            "dai.csv",
            explain::LONG.replace("72.25,100", &format!("1000000000000000,{tiny}")).as_bytes(),
        );
        folder.run(&["explain", "round.toml", "X01", "2.2"])
    };
    check_ran(&["explain"], &ran);
    let band = explain::SET.replace(
        "{ below = 90, proportional_to = 100 }",
        &format!("{{ below = 90, proportional_to = {tiny} }}"),
    );
    hostile("bo.toml", band.as_bytes(), 1, "lỗi: ");
    let set = "[set]\nid = \"a\"\nname = \"a\"\nstatus = \"sample\"\nmax = 1000000000\n[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 1000000000\n\
        kind = \"proportional\"\nmeasure = \"ratio\"\nbetter = \"lower\"\nfull_at = 1\nzero_at = 1000000000\nover_fulfilment = \"count\"\n";
    let folder = Folder::new(&[
        ("a.toml", set),
        ("a.csv", "unit,1.numerator,1.denominator\nX,1000000000000000,1000000000000000\n"),
    ]);
    let args = ["score", "--criteria", "a.toml", "--results", "a.csv"];
    check_ran(&args, &folder.run(&args));
}

#[test]
fn files_that_are_not_files() {
    let folder = round_folder();
    std::fs::create_dir(folder.path("thu-muc.csv")).expect("a folder");
    let round = |from: &str, to: &str| explain::ROUND.replace(from, to);
    for (text, code) in [
        (round("dai.csv", "thu-muc.csv"), 1),
        (round("dai.csv", "khong-co.csv"), 1),
        (round("dai.csv", "round.toml"), 1),
        (round("dai.csv", "bo.toml"), 1),
        (round("dai.csv", ""), 1),
        (round("dai.csv", "../../../../../../../../../../../../khong-co"), 1),
        (round("dai.csv", "\\u0000"), 1),
        (round("dai.csv", "a\\nb\\u001b[31m"), 1),
        (round("bo.toml", "round.toml"), 1),
        (round("bo.toml", "dai.csv"), 1),
        (round("diem-tru.csv", "thu-muc.csv"), 1),
        (round("diem-tru.csv", "round.toml"), 1),
        (round("\"rong.csv\", \"dai.csv\"", ""), 1),
    ] {
        folder.write("round.toml", text.as_bytes());
        for command in ["check", "score"] {
            let args = [command, "round.toml"];
            let ran = folder.run(&args);
            check_ran(&args, &ran);
            assert_eq!(ran.code, code, "{command} {text}\n{}", ran.stderr);
        }
    }
    for args in [
        ["score", "khong-co"].as_slice(),
        &["score", "thu-muc.csv"],
        &["score", "--criteria", "bo.toml", "--results", "thu-muc.csv"],
        &["score", "--criteria", "thu-muc.csv", "--results", "dai.csv"],
        &["score", "--criteria", "bo.toml", "--results", "khong-co.csv"],
        &["score", ""],
        &["explain", ".", "a\u{1b}[31mb"],
    ] {
        folder.write("round.toml", explain::ROUND.as_bytes());
        let ran = folder.run(args);
        assert_eq!((ran.stdout.as_str(), ran.code), ("", 2), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_set_that_cannot_be_read_is_a_mistake_of_the_round() {
    let folder = round_folder();
    std::fs::create_dir(folder.path("thu-muc.toml")).expect("a folder");
    folder.write("round.toml", explain::ROUND.replace("bo.toml", "thu-muc.toml").as_bytes());
    let ran = folder.run(&["check", "round.toml"]);
    assert!(ran.code == 1 && ran.stderr.contains("--> round.toml:7:12"), "{}", ran.stderr);
}

/// A unit may be called anything; what is said of it can still be printed.
#[test]
fn units_with_signs_that_steer_terminals() {
    for unit in [
        "X\u{1b}[2J01",
        "\"X\n01\"",
        "\"X\"\"01\"",
        "X\t01",
        "X\u{202e}01",
        "=1+1",
        "X\u{0}01",
        "X\u{7f}",
        "\u{200b}",
        "X\u{9b}31m",
    ] {
        let folder = round_folder();
        folder.write("rong.csv", explain::WIDE.replace("X01", unit).as_bytes());
        folder.write("dai.csv", explain::LONG.replace("X01", unit).replace("12/BC-UBND", "").as_bytes());
        folder.write("diem-tru.csv", explain::DEDUCTIONS.replace("X01", unit).as_bytes());
        for args in [
            ["check", "round.toml"].as_slice(),
            &["score", "round.toml"],
            &["score", "round.toml", "--format", "json"],
        ] {
            let ran = folder.run(args);
            check_ran(args, &ran);
            assert_eq!(ran.code, 0, "{unit:?}: {}", ran.stderr);
        }
    }
}

#[test]
fn tables_do_not_steer_terminals() {
    let folder = round_folder();
    folder.write("rong.csv", explain::WIDE.replace("Xã An Bình", "Xã \u{1b}[31mAn\u{7} Bình").as_bytes());
    for args in [
        ["score", "round.toml"].as_slice(),
        &["explain", "round.toml", "X01"],
        &["score", "round.toml", "--format", "markdown"],
    ] {
        check_printable(&folder.run(args).stdout);
    }
}

#[test]
fn names_on_the_command_line_do_not_steer_terminals() {
    let folder = round_folder();
    for args in [
        ["explain", ".", "a\u{1b}[31mb"].as_slice(),
        &["score", "a\u{1b}[31mb"],
        &["explain", ".", "X01", "\u{7}"],
    ] {
        check_printable(&folder.run(args).stderr);
    }
}

/// A file with 100,000 columns, unknown or to be passed over, and a list of units that fits none of
/// the results, are refused without hanging: what grows with the square of them takes minutes here.
#[test]
fn many_mistakes_do_not_hang() {
    let (header, rest) = explain::WIDE.split_once('\n').expect("a header");
    let wide = |column: &dyn Fn(usize) -> String| {
        let columns: String = (0..100_000).map(column).collect();
        let rows: Vec<String> = rest.lines().map(|row| format!("{row}{}", ",1".repeat(100_000))).collect();
        format!("{header}{columns}\n{}\n", rows.join("\n"))
    };
    let list = (0..3_321).map(|at| format!("H{at:05}\n")).collect::<String>();
    let results = (0..3_321).map(|at| format!("H{at:05}.X,có\n")).collect::<String>();
    let set = "[set]\nid = \"a\"\nname = \"a\"\nstatus = \"sample\"\nmax = 1\n[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 1\nkind = \"yes-no\"\n";
    let folder = round_folder();
    for (name, text) in [
        ("unknown.csv", wide(&|at| format!(",9.{at}"))),
        ("passed-over.csv", wide(&|at| format!(",#{at}"))),
        ("units.csv", format!("unit\n{list}")),
        ("results.csv", format!("unit,1\n{results}")),
        ("one.toml", set.to_owned()),
    ] {
        folder.write(name, text.as_bytes());
    }
    for (args, code) in [
        (["check", "--criteria", "bo.toml", "--results", "unknown.csv", "--missing", "zero"].as_slice(), 1),
        (&["check", "--criteria", "bo.toml", "--results", "passed-over.csv", "--missing", "zero"], 0),
        (&["check", "--criteria", "one.toml", "--results", "results.csv", "--units", "units.csv"], 1),
    ] {
        let begun = std::time::Instant::now();
        let ran = folder.run(args);
        assert_eq!(ran.code, code, "{args:?}");
        assert!(begun.elapsed().as_secs() < 90, "{args:?}: {:?}", begun.elapsed());
    }
}

/// The row of a message is the row that a spreadsheet shows: a line break in quotes makes no new
/// row, an empty line does.
#[test]
fn rows_are_numbered_as_a_spreadsheet_does() {
    for seed in 80_000..80_060 {
        let mut dice = Dice(seed);
        let line_end = dice.pick(&["\n", "\r\n"]);
        let separator = dice.pick(&[",", ";", "\t"]);
        let mut text = ["unit", "name", "criterion", "value", "note"].join(separator) + line_end;
        let (mut row, mut expected) = (1, Vec::new());
        for unit in 0..40 {
            row += 1;
            if dice.below(8) == 0 {
                text += line_end;
                continue;
            }
            let name = dice.pick(&[
                "Xã A",
                "\"Xã A\"",
                "\"Xã\nA\"",
                "\"Xã \"\"A\"\"\"",
                "\"Xã\r\n\r\nA\"",
                "Xã \"A\"",
                "\"\"",
            ]);
            let value = dice.pick(&["1", "\"1,5\"", "x", "\"x\""]);
            if value.contains('x') || value.contains(',') {
                expected.push(row);
            }
            text += &[format!("X{unit}").as_str(), name, "2.3", value, ""].join(separator);
            text += line_end;
        }
        let folder = Folder::new(&[("bo.toml", explain::SET), ("a.csv", &text)]);
        let ran = folder.run(&[
            "check",
            "--criteria",
            "bo.toml",
            "--results",
            "a.csv",
            "--format",
            "json",
            "--missing",
            "zero",
        ]);
        let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let rows: Vec<u64> = found["diagnostics"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|one| one["place"]["row"].as_u64())
            .collect();
        assert_eq!(rows, expected, "seed {seed}:\n{text}\n{found:#}");
    }
}
