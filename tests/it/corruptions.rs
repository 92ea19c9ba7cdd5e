//! Twelve ways to corrupt one row of results, and a byte order mark. Every tool that we compared
//! reads most of them in silence and wrongly; here each is read rightly and said to be, or refused
//! with unit, criterion, place and remedy.
//!
//! Each runs on a small round of our own, and on the 63 units × 100 criteria of the benchmark where
//! that data lies beside the project.

use crate::sets::set;
use crate::support::{Folder, Ran, shared};

/// A round of one tier in the long form, every row of it right.
struct Clean {
    set: String,
    units: String,
    rows: Vec<[String; 3]>,
    missing: &'static str,
    /// Rows of an option, of a percentage above 80 % and of a count of violations.
    option: usize,
    percent: usize,
    violations: usize,
}

const HEADER: &str = "unit,criterion,value";

impl Clean {
    /// A row with another cell: 0 is the unit, 1 the criterion, 2 the value.
    fn with(&self, row: usize, cell: usize, value: &str) -> Vec<[String; 3]> {
        let mut rows = self.rows.clone();
        rows[row][cell] = value.to_owned();
        rows
    }

    fn run(&self, rows: &[[String; 3]]) -> Ran {
        self.run_bytes(text(rows).as_bytes())
    }

    fn run_bytes(&self, results: &[u8]) -> Ran {
        let folder = Folder::new(&[("set.toml", &self.set), ("units.csv", &self.units)]);
        folder.write("results.csv", results);
        let files = ["--criteria", "set.toml", "--units", "units.csv", "--results", "results.csv"];
        folder.run(
            &[&["score", "--format", "csv", "--fields", "all", "--missing", self.missing], &files[..]]
                .concat(),
        )
    }

    /// That the rows are read as the clean ones are, and that it is said how, with these words.
    #[track_caller]
    fn is_read_as(&self, clean: &[[String; 3]], rows: &[[String; 3]], at: usize, words: &[&str]) {
        let (clean, ran) = (self.run(clean), self.run(rows));
        assert_eq!((clean.code, ran.code), (0, 0), "{}{}", clean.stderr, ran.stderr);
        assert_eq!(ran.stdout, clean.stdout);
        says(&ran.stderr, &[&[row(at).as_str(), "cột \"value\""], words].concat());
    }

    /// That the rows are refused: nothing on standard output, and these words in the message, which
    /// names the row and the column and how to mend it.
    #[track_caller]
    fn is_refused(&self, rows: &[[String; 3]], at: usize, words: &[&str]) {
        let ran = self.run(rows);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
        says(&ran.stderr, &[&["lỗi: ", row(at).as_str(), "cách sửa: "], words].concat());
    }

    fn cells(&self, at: usize) -> (&str, &str, &str) {
        let [unit, criterion, value] = &self.rows[at];
        (unit, criterion, value)
    }
}

/// The file that the rows make.
fn text(rows: &[[String; 3]]) -> String {
    let quoted = |cell: &String| if cell.contains(',') { format!("\"{cell}\"") } else { cell.clone() };
    let line = |row: &[String; 3]| row.iter().map(quoted).collect::<Vec<_>>().join(",");
    format!("{HEADER}\n{}\n", rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The row of the spreadsheet: the header is row 1.
fn row(at: usize) -> String {
    format!("dòng {}", at + 2)
}

#[track_caller]
fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "{word:?} is not said:\n{said}");
    }
}

/// Three units under the four kinds of rule that the benchmark has.
fn small() -> Clean {
    let tables = "[[criterion]]\nid = \"1\"\nname = \"Nhóm\"\n
[[criterion]]\nid = \"1.1\"\nname = \"Phương án\"\nmax = 2\nkind = \"options\"
options = [{ name = \"A\", points = 2 }, { name = \"B\", points = 1 }, { name = \"C\", points = 0 }]\n
[[criterion]]\nid = \"1.2\"\nname = \"Bậc\"\nmax = 3\nkind = \"bands\"\nunit = \"%\"
bands = [{ from = 90, points = 3 }, { from = 70, below = 90, points = 1.5 }, { below = 70, points = 0 }]\n
[[criterion]]\nid = \"1.3\"\nname = \"Tỷ lệ\"\nmax = 4\nkind = \"bands\"\nunit = \"%\"
bands = [{ from = 98, points = 4 }, { from = 60, below = 98, proportional_to = 100 }, { below = 60, points = 0 }]\n
[[criterion]]\nid = \"1.4\"\nname = \"Vi phạm\"\nmax = 1\nkind = \"losses\"\neach = 0.25\ncap = 0.75\n
[rounding]\npoints = { digits = 2, mode = \"half-up\" }\n";
    let cells = [
        ("U000001", ["A", "91.40", "85.50", "0"]),
        ("U000002", ["B", "70.1", "97.25", "2"]),
        ("U000003", ["A", "64.07", "81.30", "3"]),
    ];
    let rows = cells.iter().flat_map(|(unit, values)| {
        values
            .iter()
            .enumerate()
            .map(move |(at, value)| [(*unit).to_owned(), format!("1.{}", at + 1), (*value).to_owned()])
    });
    let units = "unit,name\nU000001,Đơn vị số 1\nU000002,Đơn vị số 2\nU000003,Đơn vị số 3\n";
    Clean {
        set: set("10", tables),
        units: units.to_owned(),
        rows: rows.collect(),
        missing: "error",
        option: 4,
        percent: 6,
        violations: 7,
    }
}

/// A table of the benchmark.
fn table(name: &str) -> Option<Vec<csv::StringRecord>> {
    let mut reader = csv::Reader::from_path(shared(&format!("bench/data/{name}.csv"))?).expect("a table");
    Some(reader.records().map(|row| row.expect("a row")).collect())
}

/// The benchmark's rules as a criteria set, from its own tables.
fn benchmark() -> Option<Clean> {
    let (criteria, options, thresholds) = (table("criteria")?, table("options")?, table("thresholds")?);
    let of = |rows: &[csv::StringRecord], code: &str| -> Vec<(String, String)> {
        rows.iter().filter(|row| &row[0] == code).map(|row| (row[1].to_owned(), row[2].to_owned())).collect()
    };
    let rule = |row: &csv::StringRecord| match &row[2] {
        "options" => {
            let list = of(&options, &row[0]);
            let list =
                list.iter().map(|(name, points)| format!("{{ name = \"{name}\", points = {points} }}"));
            format!("kind = \"options\"\noptions = [{}]", list.collect::<Vec<_>>().join(", "))
        }
        "thresholds" => {
            let list = of(&thresholds, &row[0]);
            let band = |at: usize| {
                let (least, points) = &list[at];
                let from = if least == "0" { String::new() } else { format!("from = {least}, ") };
                let below = if at == 0 { String::new() } else { format!("below = {}, ", list[at - 1].0) };
                format!("{{ {from}{below}points = {points} }}")
            };
            let list = (0..list.len()).map(band).collect::<Vec<_>>().join(", ");
            format!("kind = \"bands\"\nunit = \"%\"\nbands = [{list}]")
        }
        "prop" => format!(
            "kind = \"bands\"\nunit = \"%\"\nbands = [{{ from = {hi}, points = {max} }}, {{ from = {lo}, below = {hi}, proportional_to = 100 }}, {{ below = {lo}, points = 0 }}]",
            hi = &row[5],
            lo = &row[4],
            max = &row[3],
        ),
        "deduct" => format!("kind = \"losses\"\neach = {}\ncap = {}", &row[6], &row[7]),
        other => panic!("no rule {other}"),
    };
    let mut tables = String::from("[rounding]\npoints = { digits = 2, mode = \"half-up\" }\n");
    for (name, from) in [("A", 90), ("B", 80), ("C", 70), ("D", 50), ("E", 0)] {
        tables += &format!("[[grade]]\nname = \"{name}\"\nfrom = {from}\n");
    }
    (1..=8).for_each(|field| tables += &format!("[[criterion]]\nid = \"{field}\"\nname = \"F{field}\"\n"));
    for row in &criteria {
        tables +=
            &format!("[[criterion]]\nid = \"{}\"\nname = \"c\"\nmax = {}\n{}\n", &row[0], &row[3], rule(row));
    }
    let units: String = table("units_63")?.iter().map(|row| format!("{},{}\n", &row[0], &row[1])).collect();
    let rows: Vec<[String; 3]> =
        table("long_63")?.iter().map(|row| [0, 1, 2].map(|at| row[at].to_owned())).collect();
    let kind =
        |row: &[String; 3]| criteria.iter().find(|criterion| criterion[0] == row[1]).map(|c| c[2].to_owned());
    let first = |wanted: &str, fits: fn(&str) -> bool| {
        let is_one = |at: &usize| kind(&rows[*at]).as_deref() == Some(wanted) && fits(&rows[*at][2]);
        (499..).find(is_one).expect("a row")
    };
    let above_80 = |value: &str| value.parse::<f32>().is_ok_and(|value| 80.0 < value);
    let (option, percent) = (first("options", |value| !value.is_empty()), first("prop", above_80));
    let violations = first("deduct", |value| !value.is_empty());
    let (set, units) = (set("100", &tables), format!("unit,name\n{units}"));
    Some(Clean { set, units, rows, missing: "zero", option, percent, violations })
}

/// Runs a case on both rounds; on the second only where its data is.
#[track_caller]
fn each(check: impl Fn(&Clean)) {
    check(&small());
    if let Some(benchmark) = benchmark() {
        check(&benchmark);
    }
}

/// Before anything is corrupted: 63 units × 100 criteria agree with the exact answer in each cell.
#[test]
fn the_clean_benchmark_is_scored_exactly() {
    let (Some(clean), Some(expected)) = (benchmark(), table("expected_63")) else { return };
    let ran = clean.run(&clean.rows);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let columns = ["rank", "unit", "1", "2", "3", "4", "5", "6", "7", "8", "total", "index", "grade"];
    let at = columns.map(|name| header.iter().position(|column| column == name).expect(name));
    let found: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("a row"))
        .map(|row| at.map(|at| row[at].to_owned()).to_vec())
        .collect();
    let expected: Vec<Vec<String>> =
        expected.iter().map(|row| row.iter().map(str::to_owned).collect()).collect();
    assert_eq!(found.len(), 63);
    assert_eq!(found, expected);
    let points = table("points_63").expect("points beside the expected table");
    let mut reader =
        csv::Reader::from_path(shared("bench/data/points_63.csv").expect("points")).expect("a table");
    let codes = reader.headers().expect("a header").clone();
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    for expected in &points {
        let row = rows.iter().find(|row| row[at[1]] == expected[0]).expect("the unit");
        for (code, points) in codes.iter().zip(expected).skip(1) {
            let found = &row[header.iter().position(|column| column == code).expect(code)];
            assert_eq!(found.parse::<rust_decimal::Decimal>(), points.parse(), "{code} of {}", &expected[0]);
        }
    }
}

#[test]
fn the_small_round_is_clean() {
    let ran = small().run(&small().rows);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    // U000001: 2 + 3 + 3.42 + 1; U000002: 1 + 1.5 + 3.89 + 0.5; U000003: 2 + 0 + 3.25 + 0.25.
    for line in [
        "1,U000001,Đơn vị số 1,9.42,2.00,3.00,3.42,1.00,9.42,10.00,94.20,,ranked,",
        "2,U000002,Đơn vị số 2,6.89,1.00,1.50,3.89,0.50,6.89,10.00,68.90,,ranked,",
        "3,U000003,Đơn vị số 3,5.50,2.00,0.00,3.25,0.25,5.50,10.00,55.00,,ranked,",
    ] {
        assert!(ran.stdout.contains(line), "{line} is not in\n{}", ran.stdout);
    }
}

#[test]
fn c01_an_option_that_does_not_exist() {
    each(|clean| {
        let (unit, criterion, _) = clean.cells(clean.option);
        let words = [unit, criterion, "\"Z\"", "\"A\"", "cột \"value\""];
        clean.is_refused(&clean.with(clean.option, 2, "Z"), clean.option, &words);
    });
}

#[test]
fn c02_an_option_in_lower_case() {
    each(|clean| {
        let (.., value) = clean.cells(clean.option);
        let lower = value.to_lowercase();
        let said = format!("đọc \"{lower}\" là \"{value}\"");
        clean.is_read_as(&clean.rows, &clean.with(clean.option, 2, &lower), clean.option, &[&said]);
    });
}

#[test]
fn c03_an_option_with_a_space_behind_it() {
    each(|clean| {
        let (.., value) = clean.cells(clean.option);
        let spaced = format!("{value} ");
        let said = format!("đọc \"{spaced}\" là \"{value}\"");
        clean.is_read_as(&clean.rows, &clean.with(clean.option, 2, &spaced), clean.option, &[&said]);
    });
}

/// The other numbers of the file have points, so the comma is said to be read as a decimal mark.
#[test]
fn c04_a_decimal_comma_in_quotes() {
    each(|clean| {
        let meant = clean.with(clean.percent, 2, "85.5");
        let rows = clean.with(clean.percent, 2, "85,50");
        clean.is_read_as(&meant, &rows, clean.percent, &["dấu phẩy", "[both-number-forms]"]);
    });
}

#[test]
fn c05_a_percent_sign() {
    each(|clean| {
        let meant = clean.with(clean.percent, 2, "85.5");
        let rows = clean.with(clean.percent, 2, "85.50%");
        clean.is_read_as(&meant, &rows, clean.percent, &["đọc \"85.50%\" là 85,5"]);
    });
}

#[test]
fn c06_text_where_a_number_is_needed() {
    each(|clean| {
        let (unit, criterion, _) = clean.cells(clean.percent);
        let words = [unit, criterion, "\"chưa có\"", "một số", "cột \"value\""];
        clean.is_refused(&clean.with(clean.percent, 2, "chưa có"), clean.percent, &words);
    });
}

#[test]
fn c07_more_than_a_hundred_percent() {
    each(|clean| {
        let (unit, criterion, _) = clean.cells(clean.percent);
        let words = [unit, criterion, "855", "từ 0 đến 100", "dấu thập phân", "cột \"value\""];
        clean.is_refused(&clean.with(clean.percent, 2, "855.0"), clean.percent, &words);
    });
}

#[test]
fn c08_fewer_violations_than_none() {
    each(|clean| {
        let (unit, criterion, _) = clean.cells(clean.violations);
        let words = [unit, criterion, "-3", "số nguyên từ 0 trở lên", "cột \"value\""];
        clean.is_refused(&clean.with(clean.violations, 2, "-3"), clean.violations, &words);
    });
}

#[test]
fn c09_an_unknown_unit() {
    each(|clean| {
        let words = ["\"U999999\"", "cột \"unit\"", "danh sách đơn vị"];
        clean.is_refused(&clean.with(clean.option, 0, "U999999"), clean.option, &words);
        clean.is_refused(&clean.with(clean.option, 0, "U00000O2"), clean.option, &["gần nhất: U000002"]);
    });
}

/// Without a list of units a mistyped one looks like a new one, which then lacks its other values,
/// while the unit that was meant lacks this one.
#[test]
fn c09_an_unknown_unit_without_a_list_of_units() {
    let clean = small();
    let folder =
        Folder::new(&[("set.toml", &clean.set), ("r.csv", &text(&clean.with(clean.option, 0, "U999999")))]);
    let ran = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    says(&ran.stderr, &["đơn vị U999999, tiêu chí 1.2", "đơn vị U000002, tiêu chí 1.1", "[missing-value]"]);
}

#[test]
fn c10_an_unknown_criterion() {
    each(|clean| {
        let (unit, ..) = clean.cells(clean.option);
        let words = [unit, "\"9.99\"", "cột \"criterion\""];
        clean.is_refused(&clean.with(clean.option, 1, "9.99"), clean.option, &words);
        let near = [unit, "\"1.33\"", "gần nhất: 1.3"];
        clean.is_refused(&clean.with(clean.option, 1, "1.33"), clean.option, &near);
    });
}

#[test]
fn c11_a_row_twice() {
    each(|clean| {
        let (unit, criterion, _) = clean.cells(clean.option);
        let mut rows = clean.rows.clone();
        rows.insert(clean.option + 1, rows[clean.option].clone());
        let first = row(clean.option);
        clean.is_refused(&rows, clean.option + 1, &[unit, criterion, &first, "hai dòng"]);
    });
}

/// A row that is not there has no place of its own; the message names the unit's first row.
#[test]
fn c12_a_row_missing() {
    let clean = small();
    let (unit, criterion, _) = clean.cells(clean.option);
    let mut rows = clean.rows.clone();
    rows.remove(clean.option);
    let first = rows.iter().position(|row| row[0] == unit).expect("the unit's first row");
    clean.is_refused(&rows, first, &[unit, &format!("tiêu chí {criterion}"), "thiếu số liệu", "results.csv"]);
}

/// Where a round counts what is missing as 0, it says how often it did so.
#[test]
fn c12_a_row_missing_that_counts_as_zero_is_counted() {
    let clean = small();
    let mut rows = clean.rows.clone();
    rows.remove(clean.option);
    let folder = Folder::new(&[("set.toml", &clean.set), ("r.csv", &text(&rows))]);
    let files = ["score", "--criteria", "set.toml", "--results", "r.csv", "--missing", "zero"];
    let table = folder.run(&files);
    says(&table.stdout, &["missing = zero", "1 trường hợp"]);
    let json = folder.run(&[&files[..], &["--format", "json"]].concat());
    says(&json.stdout, &["\"missing\":\"zero\",\"missing_count\":1"]);
}

#[test]
fn c13_a_byte_order_mark() {
    each(|clean| {
        let plain = clean.run(&clean.rows);
        let marked = clean.run_bytes(&[b"\xEF\xBB\xBF", text(&clean.rows).as_bytes()].concat());
        assert_eq!((marked.code, marked.stdout.as_str()), (0, plain.stdout.as_str()), "{}", marked.stderr);
    });
}

/// All of them at once are all said at once.
#[test]
fn several_corruptions_are_reported_together() {
    let clean = small();
    let mut rows = clean.with(clean.option, 2, "Z");
    rows[clean.percent][2] = "chưa có".to_owned();
    rows[clean.violations][2] = "-3".to_owned();
    rows[0][0] = "U999999".to_owned();
    rows[1][1] = "9.99".to_owned();
    let ran = clean.run(&rows);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    let codes = [
        "[unknown-option]",
        "[not-a-number]",
        "[value-out-of-range]",
        "[unknown-unit]",
        "[unknown-criterion]",
    ];
    says(&ran.stderr, &codes);
}

/// The same in English, for whoever asks for it.
#[test]
fn a_refusal_is_said_in_english_too() {
    let clean = small();
    let folder =
        Folder::new(&[("set.toml", &clean.set), ("r.csv", &text(&clean.with(clean.option, 2, "Z")))]);
    let ran = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    says(&ran.stderr, &["error: ", "U000002", "1.1", "\"Z\"", "row 6, column \"value\"", "remedy: "]);
}
