//! README.md, docs/ and the manuals of the rules tell the truth: every command in them runs,
//! every output is what the program prints, every criteria set passes `check`, and every table of
//! numbers below a rule is what the program computes.
//!
//! What the documents may use:
//! - ```` ```sh ````: commands, one a line, that end well;
//! - ```` ```console ````: `$ command`, and below it its whole output at 80 columns (messages
//!   first); a line `[…]` stands for any lines;
//! - ```` ```toml NAME ````, ```` ```csv NAME ````: a file of that name, there for the commands
//!   that follow;
//! - ```` ```toml ```` without a name: a whole set, or tables that are completed to one; a table
//!   of inputs (`code` headers) and points below it is computed row by row.

use crate::support::{Folder, Ran, project, run_with};
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

#[test]
fn every_command_runs_and_prints_what_is_shown() {
    for document in documents() {
        let folder = Folder::new(&[]);
        copy(&project().join("examples"), &folder.path("examples"));
        copy(&project().join("criteria"), &folder.path("criteria"));
        let mut last = 0;
        for (place, block) in document.blocks() {
            if let Some((name, text)) = block.as_file() {
                folder.write(name, text.as_bytes());
            }
            let commands = match block.language.as_str() {
                "sh" => block.lines.iter().map(|line| (line.as_str(), None)).collect(),
                "console" => with_output(&block.lines),
                _ => Vec::new(),
            };
            for (command, output) in commands {
                let what = format!("{place}: {command}");
                match Command::read(command) {
                    Command::Nothing | Command::SetUp => {}
                    Command::ExitCode => assert_eq!(output, Some(last.to_string()), "{what}"),
                    Command::Unknown => panic!("{what}: the test does not know this command"),
                    Command::Parindex { args, variables } => {
                        let ran = parindex(&folder, &args, &variables);
                        last = ran.code;
                        check_output(&what, &ran, output.as_deref());
                    }
                }
            }
        }
    }
}

#[test]
fn every_set_and_every_rule_shown_passes_check() {
    let blocks: usize = documents().into_iter().chain(manuals()).map(|document| document.check_rules()).sum();
    assert!(40 < blocks, "only {blocks} sets and rules were found");
}

#[test]
fn every_table_of_numbers_is_what_the_program_computes() {
    let rows: usize = documents().iter().map(Document::check_numbers).sum();
    assert!(50 < rows, "only {rows} rows of numbers were found");
}

#[test]
fn every_kind_and_every_key_is_documented() {
    let manual = fs::read_to_string(project().join("docs/criteria-set.md")).unwrap();
    let kinds = run_with(project(), &["kinds"], &[]).stdout;
    let kinds: Vec<&str> = kinds.lines().skip(1).take_while(|line| line.starts_with(' ')).collect();
    assert!(9 <= kinds.len(), "{kinds:?}");
    for kind in kinds {
        let name = kind.split_whitespace().next().unwrap();
        assert!(
            manual.contains(&format!("\n### `{name}`\n")),
            "docs/criteria-set.md has no section on {name}"
        );
    }
    let mut keys = BTreeSet::new();
    for folder in ["src/rule", "src/rule/measure", "src/validate/criteria_set"] {
        for file in files(&project().join(folder), "rs") {
            keys.extend(keys_read(&fs::read_to_string(file).unwrap()));
        }
    }
    assert!(keys.contains("full_at") && keys.contains("tie_break") && keys.contains("onset"), "{keys:?}");
    let is_there =
        |key: &&String| manual.contains(&format!("`{key}`")) || manual.contains(&format!("[{key}]"));
    let missing: Vec<&String> = keys.iter().filter(|key| !is_there(key)).collect();
    assert!(missing.is_empty(), "docs/criteria-set.md does not name {missing:?}");
}

#[test]
fn every_key_of_a_questionnaire_and_every_column_of_answers_is_documented() {
    let manual = fs::read_to_string(project().join("docs/questionnaire.md")).unwrap();
    let mut keys = BTreeSet::new();
    for file in files(&project().join("src/validate/questionnaire"), "rs") {
        keys.extend(keys_read(&fs::read_to_string(file).unwrap()));
    }
    keys.extend(parindex::questionnaire::COLUMNS.map(|(_, word, _)| word.to_owned()));
    assert!(keys.contains("multiple") && keys.contains("direct"), "{keys:?}");
    let is_told = |key: &&String| {
        ["`{}`", "`{} = ", "[{}]", "\n{} = ", ",{}", "{},"]
            .iter()
            .any(|form| manual.contains(&form.replace("{}", key)))
    };
    let missing: Vec<&String> = keys.iter().filter(|key| !is_told(key)).collect();
    assert!(missing.is_empty(), "docs/questionnaire.md does not name {missing:?}");
}

#[test]
fn every_key_of_a_scenario_is_documented() {
    let manual = fs::read_to_string(project().join("docs/whatif.md")).unwrap();
    let source = fs::read_to_string(project().join("src/validate/scenario.rs")).unwrap();
    let keys: BTreeSet<String> = keys_read(&source).into_iter().collect();
    assert!(keys.contains("times") && keys.contains("missing"), "{keys:?}");
    let is_told = |key: &&String| {
        ["`{}`", "[{}]", "{ {}", ", {} }", ", {},", "`{} = "]
            .iter()
            .any(|form| manual.contains(&form.replace("{}", key)))
            || manual.contains(&format!("\n{key} = "))
    };
    let missing: Vec<&String> = keys.iter().filter(|key| !is_told(key)).collect();
    assert!(missing.is_empty(), "docs/whatif.md does not name {missing:?}");
}

#[test]
fn every_key_of_a_round_and_every_header_is_documented() {
    let manual = fs::read_to_string(project().join("docs/round.md")).unwrap();
    let source = |path: &str| fs::read_to_string(project().join(path)).unwrap();
    let keys = keys_read(&source("src/validate/round.rs"));
    assert!(keys.contains("targets") && keys.contains("units_of"), "{keys:?}");
    let missing: Vec<&String> = keys
        .iter()
        .filter(|key| !manual.contains(&format!("\n{key} = ")) && !manual.contains(&format!("[{key}]")))
        .collect();
    assert!(missing.is_empty(), "no example in docs/round.md has {missing:?}");
    let header = source("src/validate/header.rs");
    let columns = header.lines().filter(|line| line.trim_start().starts_with("(\"") && line.contains("&["));
    let words: BTreeSet<&str> = columns.flat_map(|line| line.split('"').skip(1).step_by(2)).collect();
    assert!(words.contains("parent") && words.contains("chỉ tiêu"), "{words:?}");
    let told = (manual + &source("docs/sample.md")).to_lowercase(); // strata belong to no round
    let missing: Vec<&&str> = words.iter().filter(|word| !told.contains(**word)).collect();
    assert!(missing.is_empty(), "docs/round.md and docs/sample.md do not name the headers {missing:?}");
}

#[test]
fn every_link_leads_somewhere() {
    for document in documents() {
        let folder = document.path.parent().unwrap();
        for link in links(&document.text) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { document.path.clone() } else { folder.join(file) };
            assert!(target.exists(), "{}: {link}", document.name);
            if !anchor.is_empty() {
                let headings = headings(&fs::read_to_string(target).unwrap());
                assert!(
                    headings.iter().any(|heading| heading == anchor),
                    "{}: {link}: {headings:?}",
                    document.name
                );
            }
        }
    }
}

// Documents and what is in them.

pub struct Document {
    name: String,
    path: PathBuf,
    text: String,
    pieces: Vec<(String, Piece)>,
}

enum Piece {
    Block(Block),
    Table(Table),
}

struct Block {
    language: String,
    file: Option<String>,
    lines: Vec<String>,
}

struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// README.md and the pages in docs/.
fn documents() -> Vec<Document> {
    let paths = std::iter::once(project().join("README.md")).chain(files(&project().join("docs"), "md"));
    paths.map(|path| Document::new(fs::read_to_string(&path).unwrap(), path)).collect()
}

/// What the files of rules say at their top.
fn manuals() -> impl Iterator<Item = Document> {
    files(&project().join("src/rule"), "rs").into_iter().map(|path| {
        let source = fs::read_to_string(&path).unwrap();
        let manual = source.lines().map_while(|line| line.strip_prefix("//!"));
        Document::new(
            manual.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect(),
            path,
        )
    })
}

impl Document {
    pub fn new(text: String, path: PathBuf) -> Document {
        let name = path.strip_prefix(project()).unwrap_or(&path).display().to_string();
        let mut pieces = Vec::new();
        let mut lines = text.lines().enumerate().peekable();
        while let Some((at, line)) = lines.next() {
            let place = format!("{name}:{}", at + 1);
            if let Some(info) = line.strip_prefix("```") {
                let mut words = info.split_whitespace().map(str::to_owned);
                let (language, file) = (words.next().unwrap_or_default(), words.next());
                let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
                let lines = inside.map(str::to_owned).collect();
                pieces.push((place, Piece::Block(Block { language, file, lines })));
            } else if line.starts_with('|') {
                let mut rows = vec![cells(line)];
                while let Some((_, row)) = lines.next_if(|(_, line)| line.starts_with('|')) {
                    rows.push(cells(row));
                }
                let header = rows.remove(0);
                pieces.push((place, Piece::Table(Table { header, rows: rows.split_off(1) })));
            }
        }
        Document { name, path, text, pieces }
    }

    /// Checks every set, rule and round that is shown; how many there are.
    #[track_caller]
    pub fn check_rules(&self) -> usize {
        let mut count = 0;
        let files: Vec<(&str, String)> = self.blocks().filter_map(|(_, block)| block.as_file()).collect();
        for (place, block) in self.blocks().filter(|(_, block)| block.language == "toml") {
            let text = block.lines.join("\n");
            let ran = match first_table(&text) {
                "[questionnaire]" => {
                    Folder::new(&[("q.toml", &text)]).run(&["check", "q.toml", "--lang", "en"])
                }
                "[[scenario]]" => {
                    let round = project().join("examples/phu-xuyen-2023");
                    let round = round.to_str().expect("UTF-8");
                    Folder::new(&[("k.toml", &text)]).run(&["whatif", round, "--scenario", "k.toml"])
                }
                "[round]" => check_round(&text, if block.file.is_some() { &files } else { &[] }),
                _ => check_set(&completed(&text).text),
            };
            assert_eq!(ran.code, 0, "{place}\n{}{}", ran.stderr, ran.stdout);
            count += 1;
        }
        count
    }

    /// Computes every row of numbers below a rule; how many there are.
    #[track_caller]
    pub fn check_numbers(&self) -> usize {
        let (mut set, mut rows) = (None, 0);
        for (place, piece) in &self.pieces {
            match piece {
                Piece::Block(block) if block.language == "toml" => set = Some(block.lines.join("\n")),
                Piece::Table(table) if table.promises_numbers() => {
                    let set =
                        completed(set.as_ref().unwrap_or_else(|| panic!("{place}: no rule above the table")));
                    for row in &table.rows {
                        check_row(&format!("{place}: {}", row.join(" | ")), &set, &table.header, row);
                        rows += 1;
                    }
                }
                _ => {}
            }
        }
        rows
    }

    fn blocks(&self) -> impl Iterator<Item = (&str, &Block)> {
        self.pieces.iter().filter_map(|(place, piece)| match piece {
            Piece::Block(block) => Some((place.as_str(), block)),
            Piece::Table(_) => None,
        })
    }
}

impl Block {
    /// The file that it stands for, if it has a name.
    fn as_file(&self) -> Option<(&str, String)> {
        Some((self.file.as_deref()?, format!("{}\n", self.lines.join("\n"))))
    }
}

fn cells(row: &str) -> Vec<String> {
    row.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|own| own == extension)).collect();
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

// Commands.

enum Command {
    Nothing,
    /// To be typed once on a machine; not run here.
    SetUp,
    ExitCode,
    Parindex {
        args: Vec<String>,
        variables: Vec<(String, String)>,
    },
    Unknown,
}

impl Command {
    fn read(line: &str) -> Command {
        let mut words = words(line);
        let mut variables = Vec::new();
        while let Some((name, value)) = words.first().and_then(|word| word.split_once('=')) {
            variables.push((name.to_owned(), value.to_owned()));
            words.remove(0);
        }
        let all: Vec<&str> = words.iter().map(String::as_str).collect();
        match all[..] {
            [] => Command::Nothing,
            ["echo", "$?"] => Command::ExitCode,
            ["cargo", "build" | "install" | "test", ..] | ["git", "clone", ..] | ["cd", _] => Command::SetUp,
            ["parindex", ref args @ ..] => Command::parindex(args, variables),
            ["cargo", "run", ref rest @ ..] => match rest.iter().position(|word| *word == "--") {
                Some(at) => Command::parindex(&rest[at + 1..], variables),
                None => Command::Unknown,
            },
            _ => Command::Unknown,
        }
    }

    fn parindex(args: &[&str], variables: Vec<(String, String)>) -> Command {
        let has_shell_signs = args.iter().any(|arg| arg.contains(['|', '>', '<', '$', '`', '\\']));
        if has_shell_signs {
            return Command::Unknown;
        }
        Command::Parindex { args: args.iter().map(|arg| (*arg).to_owned()).collect(), variables }
    }
}

/// The words of a command line; double quotes hold words together, `#` begins a remark.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (Vec::new(), false);
    let mut word: Option<String> = None;
    for sign in line.chars() {
        match sign {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '#' if !quoted && word.is_none() => break,
            ' ' if !quoted => words.extend(word.take()),
            sign => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}

/// The commands of a console block, each with what stands below it, if anything does.
fn with_output(lines: &[String]) -> Vec<(&str, Option<String>)> {
    let mut commands: Vec<(&str, Option<String>)> = Vec::new();
    for line in lines {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command, None)),
            (None, Some((_, Some(output)))) => {
                output.push('\n');
                *output += line;
            }
            (None, Some((_, output))) => *output = Some(line.clone()),
            (None, None) => panic!("a console block begins with a command, not with {line:?}"),
        }
    }
    commands
}

fn parindex(folder: &Folder, args: &[String], variables: &[(String, String)]) -> Ran {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let own = variables.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let variables: Vec<(&str, &str)> = own.chain([("COLUMNS", "80")]).collect();
    run_with(&folder.path(""), &args, &variables)
}

fn check_output(what: &str, ran: &Ran, shown: Option<&str>) {
    let printed = format!("{}{}", ran.stderr, ran.stdout);
    let is_error = |line: &str| line.starts_with("error:") || line.starts_with("lỗi:");
    let shows_error = shown.is_some_and(|shown| shown.lines().any(is_error));
    assert_eq!(ran.code != 0, shows_error, "{what}\nexit code {}\n{printed}", ran.code);
    let Some(shown) = shown else { return };
    assert!(fits(shown.trim_end(), printed.trim_end()), "{what}\nshown:\n{shown}\n\nprinted:\n{printed}");
}

/// Whether a text is what is shown, where `[…]` stands for any lines.
fn fits(shown: &str, printed: &str) -> bool {
    let parts: Vec<Vec<&str>> =
        shown.lines().collect::<Vec<_>>().split(|line| *line == "[…]").map(<[_]>::to_vec).collect();
    let lines: Vec<&str> = printed.lines().collect();
    let Some(mut rest) = lines.strip_prefix(&parts[0][..]) else { return false };
    let Some((last, middle)) = parts[1..].split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = (0..rest.len()).find(|&at| rest[at..].starts_with(part)) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn lines_that_are_left_out_may_be_any() {
    for (shown, printed, expected) in [
        ("a\nb", "a\nb", true),
        ("a\nb", "a\nb\nc", false),
        ("a\n[…]\nc", "a\nb\nb\nc", true),
        ("a\n[…]", "a\nb", true),
        ("[…]\nb\n[…]\nd", "a\nb\nc\nd", true),
        ("[…]\nc\n[…]\nb\n[…]", "a\nb\nc", false),
    ] {
        assert_eq!(fits(shown, printed), expected, "{shown:?} {printed:?}");
    }
}

// Criteria sets and tables of numbers.

/// Tables of a set, completed to a whole one.
pub struct Completed {
    pub text: String,
    /// Whether a criterion `0` was added that gives 100 points.
    has_filler: bool,
}

/// The first table header of a TOML text.
fn first_table(text: &str) -> &str {
    text.lines().find(|line| line.starts_with('[')).unwrap_or_default().split(' ').next().unwrap_or_default()
}

pub fn completed(text: &str) -> Completed {
    let tables: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    if tables.contains_key("set") {
        return Completed { text: text.to_owned(), has_filler: false };
    }
    let known = ["criterion", "bonus", "deduction", "rounding", "ranking", "total", "grade", "grade_limit"];
    assert!(
        tables.keys().all(|key| known.contains(&key.as_str())),
        "neither a set nor a part of one:\n{text}"
    );
    let criteria = tables.get("criterion").and_then(|list| list.as_array()).cloned().unwrap_or_default();
    let text_of = |criterion: &toml::Value, key: &str| Some(criterion.get(key)?.as_str()?.to_owned());
    let number_of = |table: &toml::Value, key: &str| match table.get(key)? {
        toml::Value::Integer(number) => Some(Decimal::from(*number)),
        toml::Value::Float(number) => Decimal::from_str(&number.to_string()).ok(),
        _ => None,
    };
    let mut sizes: Vec<(String, Option<Decimal>, Option<Decimal>)> = criteria
        .iter()
        .map(|criterion| {
            let is_leaf = criterion.get("kind").is_some();
            let size = if is_leaf { number_of(criterion, "max") } else { None };
            (
                text_of(criterion, "id").unwrap(),
                size,
                if is_leaf { None } else { number_of(criterion, "cap") },
            )
        })
        .collect();
    let mut more = String::new();
    let looked_at = criteria.iter().filter_map(|criterion| text_of(criterion, "on"));
    for id in looked_at.collect::<Vec<_>>() {
        if !sizes.iter().any(|(known, ..)| *known == id) {
            more += &format!("[[criterion]]\nid = \"{id}\"\nname = \"…\"\nmax = 1\nkind = \"yes-no\"\n");
            sizes.push((id, Some(Decimal::ONE), None));
        }
    }
    if sizes.is_empty() {
        more += "[[criterion]]\nid = \"0\"\nname = \"…\"\nmax = 100\nkind = \"given\"\n";
        sizes.push(("0".to_owned(), Some(Decimal::ONE_HUNDRED), None));
    }
    for at in 0..sizes.len() {
        let mut id = sizes[at].0.clone();
        while let Some((parent, _)) = id.rsplit_once('.') {
            id = parent.to_owned();
            if !sizes.iter().any(|(known, ..)| *known == id) {
                more += &format!("[[criterion]]\nid = \"{id}\"\nname = \"…\"\n");
                sizes.push((id.clone(), None, None));
            }
        }
    }
    let fields = sizes.iter().filter(|(id, ..)| !id.contains('.'));
    let mut max: Decimal = fields.map(|(id, ..)| size(id, &sizes)).sum();
    if let Some(total) = tables.get("total") {
        max = number_of(total, "cap").map_or(max, |cap| max.min(cap));
        if total.get("bonus_in_max").and_then(toml::Value::as_bool) == Some(true) {
            max += number_of(total, "bonus_cap").unwrap_or_default();
        }
    }
    let head = format!("[set]\nid = \"doc\"\nname = \"…\"\nstatus = \"sample\"\nmax = {}\n", max.normalize());
    Completed { text: format!("{head}\n{text}\n\n{more}"), has_filler: more.contains("id = \"0\"") }
}

/// The maximum of a criterion or group: its own, or what lies in it, held at its cap.
fn size(id: &str, sizes: &[(String, Option<Decimal>, Option<Decimal>)]) -> Decimal {
    let Some((_, own, cap)) = sizes.iter().find(|(known, ..)| known == id) else { return Decimal::ZERO };
    let children =
        sizes.iter().filter(|(child, ..)| child.rsplit_once('.').is_some_and(|(parent, _)| parent == id));
    let sum = own.unwrap_or_else(|| children.map(|(child, ..)| size(child, sizes)).sum());
    cap.map_or(sum, |cap| sum.min(cap))
}

fn check_set(text: &str) -> Ran {
    Folder::new(&[("set.toml", text)]).run(&["check", "set.toml", "--lang", "en"])
}

/// A round, and files that it may name: only that others are not there may be wrong.
fn check_round(text: &str, files: &[(&str, String)]) -> Ran {
    let folder = Folder::new(&[]);
    files.iter().for_each(|(name, text)| folder.write(name, text.as_bytes()));
    folder.write("round.toml", text.as_bytes());
    let mut ran = folder.run(&["check", "round.toml", "--format", "json"]);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    let is_absence = |one: &Value| one["code"] == "unreadable";
    ran.code = i32::from(!found["diagnostics"].as_array().unwrap().iter().all(is_absence));
    ran
}

impl Table {
    /// Whether its last column says how many points something gives or takes.
    fn promises_numbers(&self) -> bool {
        self.header.last().is_some_and(|last| Promise::read(last).is_some())
    }
}

/// What the header of a column promises.
enum Promise<'a> {
    PointsOf(&'a str),
    Bonus,
    Taken,
    Grade,
}

impl Promise<'_> {
    fn read(header: &str) -> Option<Promise<'_>> {
        let points = header.strip_prefix("points of ").or(header.strip_prefix("điểm của "));
        match header {
            "bonus" | "điểm thưởng" => Some(Promise::Bonus),
            "grade" | "xếp loại" => Some(Promise::Grade),
            _ if header.starts_with("taken") || header.starts_with("bị trừ") => Some(Promise::Taken),
            _ => points.map(Promise::PointsOf),
        }
    }
}

fn check_row(what: &str, set: &Completed, header: &[String], row: &[String]) {
    let code = |header: &String| header.strip_prefix('`')?.strip_suffix('`').map(str::to_owned);
    let inputs: Vec<(String, &String)> =
        header.iter().zip(row).filter_map(|(name, cell)| Some((code(name)?, cell))).collect();
    let promises: Vec<(Promise<'_>, &String)> =
        header.iter().zip(row).filter_map(|(name, cell)| Some((Promise::read(name)?, cell))).collect();
    let csv = |columns: &[(String, String)]| {
        let [names, cells] = [0, 1].map(|at| {
            let of = |column: &(String, String)| if at == 0 { column.0.clone() } else { column.1.clone() };
            columns.iter().map(of).collect::<Vec<_>>().join(";")
        });
        format!("{names}\n{cells}\n")
    };
    let column = |name: &str, cell: &str| (name.to_owned(), cell.to_owned());
    let given = inputs.iter().map(|(name, cell)| column(name, cell));
    let mut results = vec![column("unit", "U")];
    let mut events = vec![column("unit", "U")];
    let entry =
        header.iter().find_map(|name| name.strip_prefix("taken by ").or(name.strip_prefix("bị trừ theo ")));
    match (&promises[0].0, entry) {
        (Promise::PointsOf(_) | Promise::Bonus | Promise::Grade, _) => results.extend(given),
        (Promise::Taken, entry) => {
            events.extend(entry.map(|entry| column("deduction", entry)));
            events.extend(given);
        }
    }
    if set.has_filler {
        results.push(column("0", "100"));
    }
    let folder = Folder::new(&[
        ("set.toml", &set.text),
        ("results.csv", &csv(&results)),
        ("events.csv", &csv(&events)),
    ]);
    let mut args = vec!["score", "--criteria", "set.toml", "--results", "results.csv", "--format", "json"];
    if 1 < events.len() {
        args.extend(["--deductions", "events.csv"]);
    }
    let ran = folder.run(&args);
    let is_refused = promises.iter().any(|(_, cell)| ["refused", "từ chối"].contains(&cell.as_str()));
    assert_eq!(ran.code, i32::from(is_refused), "{what}\n{}{}", ran.stderr, ran.stdout);
    if is_refused {
        return;
    }
    let result: Value = serde_json::from_str(&ran.stdout).unwrap();
    let tier = &result["tiers"][0];
    let unit = [&tier["units"][0], &tier["unranked"][0]].into_iter().find(|unit| unit.is_object()).unwrap();
    for (promise, expected) in promises {
        let found = match promise {
            Promise::Taken if unit["status"] == "not-scored" => &unit["status"],
            Promise::Taken => &unit["deductions"],
            Promise::Bonus => &unit["bonus"],
            Promise::Grade => &unit["grade"],
            Promise::PointsOf(id) => {
                unit["criteria"].get(id).map(|of| &of["points"]).expect("a criterion of the set")
            }
        };
        assert!(is_as_written(found, expected), "{what}\ncomputed {found}");
    }
}

/// Whether a value of the JSON is what the document says.
fn is_as_written(found: &Value, written: &str) -> bool {
    let number = |text: &str| Decimal::from_str(text).ok();
    match found {
        Value::Null => written == "N/A",
        Value::String(status) if status == "not-scored" => ["not scored", "không chấm"].contains(&written),
        Value::String(word) => word == written,
        found => {
            number(&found.to_string()).is_some_and(|found| Some(found) == number(&written.replace(',', ".")))
        }
    }
}

// Keys, links, headings.

/// The keys that a source file asks for.
fn keys_read(source: &str) -> BTreeSet<String> {
    let methods = [
        "text",
        "texts",
        "need_text",
        "decimal",
        "need_decimal",
        "decimals",
        "decimal_or_none",
        "amount",
        "need_amount",
        "bound",
        "whole",
        "flag",
        "date",
        "word",
        "table",
        "tables",
        "need",
        "read_rounding",
        "number",
        "word_list",
        "file_name",
    ];
    let mut keys = BTreeSet::new();
    for method in methods {
        for (at, _) in source.match_indices(&format!("{method}(")) {
            let is_whole_word = !source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let behind = &source[at + method.len() + 1..];
            let behind =
                behind.strip_prefix("&mut table, ").or(behind.strip_prefix("&mut own, ")).unwrap_or(behind);
            if let (true, Some((key, _))) =
                (is_whole_word, behind.strip_prefix('"').and_then(|rest| rest.split_once('"')))
            {
                keys.insert(key.to_owned());
            }
        }
    }
    keys
}

fn links(text: &str) -> Vec<String> {
    let behind = text.split("](").skip(1);
    behind.filter_map(|rest| rest.split_once(')')).map(|(link, _)| link.to_owned()).collect()
}

/// The anchors of a document's headings, as GitHub makes them.
fn headings(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('#'));
    let kept = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    lines
        .map(|line| line.trim_start_matches('#').trim().to_lowercase())
        .map(|line| line.chars().map(|c| if c == ' ' { '-' } else { c }).filter(|&c| kept(c)).collect())
        .collect()
}
