//! What must not happen in `src/`: modules that look downwards, a core that touches the world,
//! rounding in the wrong place, code that gives up, a kind without its manual.
//!
//! Each rule is a function from source text to faults, and each is shown to bite.

use crate::support::project;
use std::fs;
use std::path::Path;

/// Uses that still go downwards, each as file and module. It may only become shorter.
const DOWNWARDS: &[(&str, &str)] =
    &[("src/diagnostic/cell.rs", "rule"), ("src/diagnostic/round.rs", "criteria_set")];

/// The modules of the core: they get values and give values.
const PURE: [&str; 21] = [
    "number",
    "text",
    "source",
    "diagnostic",
    "keys",
    "model",
    "rule",
    "criteria_set",
    "round",
    "scenario",
    "questionnaire",
    "answers",
    "validate",
    "engine",
    "survey",
    "optimum",
    "robustness",
    "sipas",
    "scored",
    "uncertainty",
    "report",
];

/// Where floats may be: how alike two names are is no score; sampling errors and random draws are
/// statistics.
const MAY_FLOAT: [&str; 5] = ["text", "survey", "robustness", "sipas", "uncertainty"];

/// Reports that show sampling errors and chances.
const MAY_SHOW_FLOATS: [&str; 2] = ["src/report/sipas", "src/report/robust"];

#[test]
fn a_module_uses_only_those_above_it() {
    let order = order_of_modules(&read(&project().join("src/lib.rs")));
    let found = each_file(|file| downward_uses(&order, file));
    let known: Vec<String> =
        DOWNWARDS.iter().map(|(file, module)| format!("{file}: uses crate::{module}")).collect();
    let without_line =
        |fault: &String| fault.split_once(" (line").map_or(fault.clone(), |(fault, _)| fault.to_owned());
    let new: Vec<&String> = found.iter().filter(|fault| !known.contains(&without_line(fault))).collect();
    assert!(new.is_empty(), "a module may use only those that stand above it in src/lib.rs:\n{new:#?}");
    let gone: Vec<&String> =
        known.iter().filter(|known| !found.iter().any(|fault| without_line(fault) == **known)).collect();
    assert!(gone.is_empty(), "take these off the list, they are mended:\n{gone:#?}");
}

#[test]
fn the_core_does_not_touch_the_world() {
    let faults =
        each_file(|file| if PURE.contains(&file.module()) { touches_the_world(file) } else { Vec::new() });
    assert!(faults.is_empty(), "the core computes on values:\n{faults:#?}");
}

#[test]
fn numbers_are_rounded_in_one_place() {
    let faults = each_file(|file| if file.module() == "number" { Vec::new() } else { rounds(file) });
    assert!(faults.is_empty(), "numbers are rounded in src/number.rs and nowhere else:\n{faults:#?}");
}

#[test]
fn the_program_does_not_give_up() {
    let faults = each_file(gives_up);
    assert!(faults.is_empty(), "a mistake is reported, not a reason to stop:\n{faults:#?}");
}

#[test]
fn every_kind_opens_with_its_manual() {
    let faults = each_file(lacks_manual);
    assert!(faults.is_empty(), "{faults:#?}");
    let kinds = files().iter().filter(|file| file.registers().is_some()).count();
    assert_eq!(kinds, parindex::rule::KINDS.len(), "every kind is found by its file");
}

#[test]
fn the_rules_bite() {
    let order: Vec<String> = ["lang", "number", "text", "rule", "engine"].map(str::to_owned).to_vec();
    let file = |path: &str, text: &str| Source::new(path, text);
    for bad in [
        "use crate::engine::score;",
        "use crate::{number, engine::{self, score}};",
        "fn f() { crate::engine::score() }",
        "use super::super::engine;",
        "use crate::{\n    lang::Lang,\n    rule,\n};",
    ] {
        assert_eq!(downward_uses(&order, &file("src/number/reading.rs", bad)).len(), 1, "{bad}");
    }
    for good in [
        "use crate::lang::Lang;\nuse super::Rounding;",
        "// crate::engine is below",
        "fn f() { let _ = \"crate::engine\"; }",
        "#[cfg(test)]\nmod tests { use crate::engine::score; fn f() { if true {} } }",
        "#[cfg(test)]\nuse crate::engine;\n",
        "use crate::text;\nfn f() { text!(\"a\", \"b\"); }",
        "fn f() { crate::text!(\"a\", \"b\"); }",
    ] {
        assert_eq!(downward_uses(&order, &file("src/number/reading.rs", good)), [""; 0], "{good}");
    }
    assert_eq!(downward_uses(&order, &file("src/number.rs", "use super::engine;")).len(), 1);

    for bad in [
        "use std::fs;",
        "use std::{fmt, io::Write};",
        "fn f() { std::env::var(\"A\"); }",
        "use clap::Parser;",
        "fn f() -> anyhow::Result<()> {}",
        "use csv::Reader;",
        "fn f() { println!(\"a\") }",
        "fn f() { eprintln!(\"a\") }",
        "fn f(x: f64) {}",
        "fn f() { 0.5f32; }",
        "use std::process::exit;",
        "use std::time::SystemTime;",
    ] {
        assert!(!touches_the_world(&file("src/engine.rs", bad)).is_empty(), "{bad}");
    }
    for good in
        ["use std::fmt;", "/// println! and f64", "const A: &str = \"std::fs deductions.csv\";", "fn fs() {}"]
    {
        assert_eq!(touches_the_world(&file("src/engine.rs", good)), [""; 0], "{good}");
    }

    for bad in [
        "fn f() { format!(\"{:.2}\", x) }",
        "fn f() { format!(\"{points:>8.2}\") }",
        "fn f() { format!(\"{x:.digits$}\") }",
        "fn f() { x.round_dp(2) }",
        "fn f() { x.round() }",
        "fn f() { x.trunc() }",
        "fn f() { x.round_sf(2) }",
    ] {
        assert_eq!(rounds(&file("src/report.rs", bad)).len(), 1, "{bad}");
    }
    for good in [
        "fn f() { format!(\"{a}: {b:>8} 1.5\") }",
        "fn f() { A { b: c.d } }",
        "fn round() { self.round.title }",
        "// {:.2} round_dp",
    ] {
        assert_eq!(rounds(&file("src/report.rs", good)), [""; 0], "{good}");
    }

    for bad in [
        "x.unwrap();",
        "x.expect(\"a\");",
        "panic!(\"a\")",
        "todo!()",
        "unreachable!()",
        "unimplemented!()",
        "std::process::exit(1)",
    ] {
        assert_eq!(gives_up(&file("src/report.rs", &format!("fn f() {{ {bad} }}"))).len(), 1, "{bad}");
    }
    for good in [
        "#[expect(unused, reason = \"a\")]\nfn f() {}",
        "fn f() { x.unwrap_or(1) }",
        "#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }",
        "// panic!",
    ] {
        assert_eq!(gives_up(&file("src/report.rs", good)), [""; 0], "{good}");
    }

    let kind = "pub(super) const KIND: Kind = Kind { name: \"count\", awards: (\"a\", \"b\"), read };";
    for manual in [
        "",
        "//! Points for each.\n",
        "//! # `losses`\n//! ```toml\n//! ```\n",
        "//! # `count`\n//! No example.\n",
    ] {
        assert_eq!(
            lacks_manual(&file("src/rule/count.rs", &format!("{manual}{kind}"))).len(),
            1,
            "{manual:?}"
        );
    }
    assert_eq!(
        lacks_manual(&file("src/rule/count.rs", &format!("//! # `count`\n//! ```toml\n//! ```\n{kind}"))),
        [""; 0]
    );
}

/// The modules in the order of `lib.rs`.
fn order_of_modules(lib: &str) -> Vec<String> {
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// Modules of the crate that a file uses and that do not stand above its own.
fn downward_uses(order: &[String], file: &Source) -> Vec<String> {
    let place = |module: &str| order.iter().position(|name| name == module);
    let Some(own) = place(file.module()) else { return Vec::new() }; // main.rs and lib.rs are above all
    let mut faults: Vec<String> = Vec::new();
    for (module, line) in file.uses() {
        if place(&module).is_some_and(|module| own < module) {
            let fault = format!("{}: uses crate::{module}", file.path);
            if !faults.iter().any(|known| known.starts_with(&fault)) {
                faults.push(format!("{fault} (line {line})"));
            }
        }
    }
    faults
}

/// Files, the environment, the terminal, floats.
fn touches_the_world(file: &Source) -> Vec<String> {
    let words = file.words();
    let is = |at: usize, word: &str| words.get(at).is_some_and(|(found, _)| found == word);
    let mut faults = Vec::new();
    for (at, (word, line)) in words.iter().enumerate() {
        let is_path = is(at + 1, "::");
        let is_macro = is(at + 1, "!");
        let inside_std = |word: &str| ["fs", "io", "env", "process", "net", "time", "thread"].contains(&word);
        let bad = match word.as_str() {
            "std" if is_path => path_heads(&words, at + 2).iter().any(|head| inside_std(head)),
            "clap" | "anyhow" | "csv" => is_path && !(at > 0 && is(at - 1, "::")),
            "println" | "eprintln" | "print" | "eprint" | "dbg" => is_macro,
            word => {
                (word.ends_with("f32") || word.ends_with("f64"))
                    && !MAY_FLOAT.contains(&file.module())
                    && !MAY_SHOW_FLOATS.iter().any(|path| file.path.starts_with(path))
            }
        };
        if bad {
            faults.push(format!("{}:{line}: {word}", file.path));
        }
    }
    faults
}

/// Format precision, and the methods that round.
fn rounds(file: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (text, line) in &file.strings {
        let specs = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')?.0.split_once(':'));
        let has_precision = specs.clone().any(|(_, spec)| {
            spec.split_once('.').is_some_and(|(_, rest)| {
                rest.starts_with(|c: char| c.is_alphanumeric() || c == '*' || c == '_')
            })
        });
        if has_precision {
            faults.push(format!("{}:{line}: a precision in {text:?}", file.path));
        }
    }
    let words = file.words();
    for call in words.windows(3) {
        let [(dot, _), (method, line), (open, _)] = call else { continue };
        let methods =
            ["round", "round_dp", "round_sf", "trunc", "trunc_with_scale", "round_dp_with_strategy"];
        let is_of_scoring = method == "round" && file.path == "src/commands/inputs.rs"; // a round, not a rounding
        if dot == "." && open == "(" && methods.contains(&method.as_str()) && !is_of_scoring {
            faults.push(format!("{}:{line}: .{method}", file.path));
        }
    }
    faults
}

/// Everything that ends the program where it stands.
fn gives_up(file: &Source) -> Vec<String> {
    let words = file.words();
    let is = |at: usize, word: &str| words.get(at).is_some_and(|(found, _)| found == word);
    let mut faults = Vec::new();
    for (at, (word, line)) in words.iter().enumerate() {
        let bad = match word.as_str() {
            "unwrap" | "expect" => at > 0 && is(at - 1, ".") && is(at + 1, "("),
            "panic" | "todo" | "unreachable" | "unimplemented" => is(at + 1, "!"),
            "exit" | "abort" => at > 1 && is(at - 1, "::") && is(at - 2, "process"),
            _ => false,
        };
        if bad {
            faults.push(format!("{}:{line}: {word}", file.path));
        }
    }
    faults
}

/// A kind's file opens with `` //! # `name` `` and holds an example in TOML.
fn lacks_manual(file: &Source) -> Vec<String> {
    let Some(name) = file.registers() else { return Vec::new() };
    let manual: Vec<&str> = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
    let opens = manual.first() == Some(&format!("//! # `{name}`").as_str());
    let shows = manual.iter().any(|line| line.trim() == "//! ```toml");
    if opens && shows {
        return Vec::new();
    }
    vec![format!(
        "{}: the file of the kind `{name}` must open with \"//! # `{name}`\" and an example in TOML",
        file.path
    )]
}

/// The first names in a path or in the braces of a `use`: `{fmt, io::Write}` gives `fmt` and `io`.
fn path_heads(words: &[(String, usize)], start: usize) -> Vec<String> {
    let word = |at: usize| words.get(at).map_or("", |(word, _)| word.as_str());
    if word(start) != "{" {
        return vec![word(start).to_owned()];
    }
    let (mut heads, mut depth, mut is_first) = (Vec::new(), 1, true);
    for (word, _) in &words[start + 1..] {
        match word.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            "," => is_first = is_first || depth == 1,
            name if depth == 1 && is_first => {
                heads.push(name.to_owned());
                is_first = false;
            }
            _ => {}
        }
    }
    heads
}

/// A source file: its code without comments, strings and tests.
struct Source {
    path: String,
    text: String,
    code: String,
    /// The strings in the code, each with its line.
    strings: Vec<(String, usize)>,
}

impl Source {
    fn new(path: &str, text: &str) -> Source {
        let (code, strings) = bare(text);
        let (code, tests) = without_tests(&code);
        let strings =
            strings.into_iter().filter(|(_, line)| !tests.iter().any(|lines| lines.contains(line))).collect();
        Source { path: path.to_owned(), text: text.to_owned(), code, strings }
    }

    /// The module of the crate that the file belongs to.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// How many `super` lead to the crate.
    fn depth(&self) -> usize {
        self.path.matches('/').count()
    }

    /// The kind that the file registers, if it does.
    fn registers(&self) -> Option<&str> {
        let rest = self.text.split_once("const KIND: Kind")?.1;
        rest.split_once("name: \"")?.1.split_once('"').map(|(name, _)| name)
    }

    /// Names and signs with their lines; `::` is one sign.
    fn words(&self) -> Vec<(String, usize)> {
        let mut words: Vec<(String, usize)> = Vec::new();
        let (mut line, mut is_open) = (1, false);
        for c in self.code.chars() {
            let is_name = c.is_alphanumeric() || c == '_';
            match words.last_mut() {
                Some((word, _)) if is_open && is_name => word.push(c),
                Some((word, _)) if c == ':' && word == ":" => word.push(c),
                _ if !c.is_whitespace() => words.push((c.to_string(), line)),
                _ => {}
            }
            is_open = is_name;
            line += usize::from(c == '\n');
        }
        words
    }

    /// The modules of the crate that are named, each with its line.
    fn uses(&self) -> Vec<(String, usize)> {
        let words = self.words();
        let word = |at: usize| words.get(at).map_or("", |(word, _)| word.as_str());
        let mut uses = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let supers = (0..)
                .take_while(|step| word(at + 2 * step) == "super" && word(at + 2 * step + 1) == "::")
                .count();
            let start = match word(at) {
                "crate" if word(at + 1) == "::" => Some(at + 2),
                "super" if self.depth() <= supers => Some(at + 2 * supers),
                _ => None,
            };
            if let Some(start) = start {
                // The macro `text!` shares its name with a module; it comes from `lang`.
                let is_macro = word(start) == "text" && (word(start + 1) == "!" || word(start + 1) == ";");
                if !is_macro {
                    uses.extend(path_heads(&words, start).into_iter().map(|head| (head, words[at].1)));
                }
            }
            at += (2 * supers).max(1);
        }
        uses
    }
}

/// Code without comments and without what stands in strings, line by line as before; and the strings.
fn bare(text: &str) -> (String, Vec<(String, usize)>) {
    let signs: Vec<char> = text.chars().collect();
    let (mut code, mut strings) = (String::new(), Vec::new());
    let mut at = 0;
    let line = |code: &str| code.matches('\n').count() + 1;
    while at < signs.len() {
        let rest = &signs[at..];
        let starts = |word: &str| rest.iter().copied().take(word.len()).eq(word.chars());
        let is_name_before = at > 0 && (signs[at - 1].is_alphanumeric() || signs[at - 1] == '_');
        let hashes = rest.iter().skip(1).take_while(|c| **c == '#').count();
        if starts("//") {
            at += rest.iter().take_while(|c| **c != '\n').count();
        } else if starts("/*") {
            let end = (2..rest.len())
                .find(|&end| rest[end - 1] == '*' && rest[end] == '/')
                .map_or(rest.len(), |end| end + 1);
            code.extend(rest[..end].iter().filter(|c| **c == '\n'));
            at += end;
        } else if rest[0] == 'r' && !is_name_before && rest.get(1 + hashes) == Some(&'"') {
            let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let body = &rest[2 + hashes..];
            let length = body.windows(close.len()).position(|window| window == close).unwrap_or(body.len());
            push_string(&body[..length], &mut code, &mut strings, line);
            at += (2 + hashes + length + close.len()).min(rest.len());
        } else if rest[0] == '"' {
            let mut length = 1;
            while rest.get(length).is_some_and(|c| *c != '"') {
                length += if rest[length] == '\\' { 2 } else { 1 };
            }
            push_string(&rest[1..length.min(rest.len())], &mut code, &mut strings, line);
            at += (length + 1).min(rest.len());
        } else if rest[0] == '\'' && rest.get(1) == Some(&'\\') {
            at += 3 + rest.iter().skip(3).take_while(|c| **c != '\'').count() + 1;
        } else if rest[0] == '\'' && rest.get(2) == Some(&'\'') {
            at += 3;
        } else {
            code.push(rest[0]);
            at += 1;
        }
    }
    (code, strings)
}

fn push_string(
    body: &[char],
    code: &mut String,
    strings: &mut Vec<(String, usize)>,
    line: impl Fn(&str) -> usize,
) {
    strings.push((body.iter().collect(), line(code)));
    code.push('"');
    code.extend(body.iter().filter(|c| **c == '\n'));
    code.push('"');
}

/// Code without the items that are only for tests, and the lines in which they stand.
fn without_tests(code: &str) -> (String, Vec<std::ops::RangeInclusive<usize>>) {
    let (mut kept, mut lines) = (String::new(), Vec::new());
    let mut rest = code;
    while let Some((before, item)) = rest.split_once("#[cfg(test)]") {
        kept += before;
        let (mut depth, mut end) = (0, item.len());
        for (at, c) in item.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 && (c == '}' || c == ';') {
                end = at + 1;
                break;
            }
        }
        let first = kept.matches('\n').count() + 1;
        let height = item[..end].matches('\n').count();
        lines.push(first..=first + height);
        kept.extend(std::iter::repeat_n('\n', height));
        rest = &item[end..];
    }
    (kept + rest, lines)
}

/// Every source file, but for those that only hold tests.
fn files() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&project().join("src"), "src", &mut found);
    assert!(50 < found.len(), "the source files are found");
    found
}

fn collect(folder: &Path, name: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let own = entry.file_name().into_string().expect("a plain name");
        let name = format!("{name}/{own}");
        if entry.path().is_dir() {
            collect(&entry.path(), &name, found);
        } else if own.ends_with(".rs") && own != "tests.rs" {
            found.push(Source::new(&name, &read(&entry.path())));
        }
    }
}

fn each_file(check: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    files().iter().flat_map(check).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
