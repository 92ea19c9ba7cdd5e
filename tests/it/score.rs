//! `score`: its flags, its formats, and the shapes in which results may come.

use crate::sets::{set, unit};
use crate::support::{Folder, Ran, project, run, run_with};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

const KHANH_HOA: &str = "examples/khanh-hoa-nq57-2026";
const DAK_LAK: &str = "examples/dak-lak-2026";
const PROVINCES: &str = "examples/34-provinces-2026";

/// Scores a round of the project.
#[track_caller]
fn scored(round: &str, args: &[&str]) -> String {
    let ran = run(&[&["score", round], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

#[track_caller]
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Two criteria in one group and one of points, of 10 in all.
fn small_set() -> String {
    set(
        "10",
        "[[criterion]]\nid = \"1\"\nname = \"Nhóm\"\n[[criterion]]\nid = \"1.1\"\nname = \"Tỷ lệ\"\nmax = 4\nkind = \"proportional\"\nmeasure = \"ratio\"\n[[criterion]]\nid = \"1.2\"\nname = \"Có\"\nmax = 2\nkind = \"yes-no\"\nna = \"reduce\"\nevidence = \"required\"\n
[[criterion]]\nid = \"2\"\nname = \"Điểm\"\nmax = 4\nkind = \"given\"\n[[grade]]\nname = \"Tốt\"\nfrom = 80\n",
    )
}

/// The wide form; every other form below says the same.
const WIDE: &str = "unit,name,block,1.1.numerator,1.1.denominator,1.2,1.2.evidence,1.2.note,2.points
A,Xã An,Xã,3,4,có,CV 1,,2.5
B,Xã Bình,Xã,1,3,N/A,,không phát sinh,4
C,Phường Đông,Phường,4,4,không,CV 2,,0.75
";

/// Runs `score` on files in a folder of their own.
#[track_caller]
fn small(results: &[(&str, &[u8])], args: &[&str]) -> Ran {
    let folder = Folder::new(&[("set.toml", &small_set())]);
    let mut all = vec!["score", "--criteria", "set.toml"];
    for (name, bytes) in results {
        folder.write(name, bytes);
        all.extend(["--results", name]);
    }
    all.extend(args);
    folder.run(&all)
}

/// The units of a result, with everything in them.
#[track_caller]
fn units(results: &[(&str, &[u8])], args: &[&str]) -> Value {
    let ran = small(results, &[&["--format", "json"], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    json(&ran.stdout)["tiers"][0]["units"].take()
}

fn wide() -> Value {
    units(&[("r.csv", WIDE.as_bytes())], &[])
}

/// That results in another form give what the wide form gives.
#[track_caller]
fn same(results: &[(&str, &[u8])], args: &[&str]) {
    assert_eq!(units(results, args), wide());
}

// Formats.

#[test]
fn the_table_is_what_a_clerk_reads() {
    let ran = small(&[("r.csv", WIDE.as_bytes())], &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let table = "\
Phường
┌──────┬─────────────┬──────┬──────┬──────┬──────────┬──────────┐
│ Hạng ┆ Đơn vị      ┆    1 ┆    2 ┆ Tổng ┆ Chỉ số % ┆ Xếp loại │
╞══════╪═════════════╪══════╪══════╪══════╪══════════╪══════════╡
│    1 ┆ Phường Đông ┆ 4,00 ┆ 0,75 ┆ 4,75 ┆    47,50 ┆ –        │
└──────┴─────────────┴──────┴──────┴──────┴──────────┴──────────┘
";
    assert!(ran.stdout.contains(table), "{}", ran.stdout);
    let table = "\
Xã
┌──────┬─────────┬──────┬──────┬──────┬────────┬──────────┬──────────┐
│ Hạng ┆ Đơn vị  ┆    1 ┆    2 ┆ Tổng ┆ Tối đa ┆ Chỉ số % ┆ Xếp loại │
╞══════╪═════════╪══════╪══════╪══════╪════════╪══════════╪══════════╡
│    1 ┆ Xã An   ┆ 5,00 ┆ 2,50 ┆ 7,50 ┆  10,00 ┆    75,00 ┆ –        │
│    2 ┆ Xã Bình ┆ 1,33 ┆ 4,00 ┆ 5,33 ┆   8,00 ┆    66,67 ┆ –        │
└──────┴─────────┴──────┴──────┴──────┴────────┴──────────┴──────────┘
  Không đánh giá – Xã Bình, tiêu chí 1.2: không phát sinh
";
    assert!(ran.stdout.contains(table), "{}", ran.stdout);
    for words in
        ["Bộ tiêu chí: Bộ thử [thu; bộ mẫu]", "Căn cứ: Văn bản thử", "parindex ", "r.csv sha256 ", "1-2-2-4"]
    {
        assert!(ran.stdout.contains(words), "{words:?} is not in\n{}", ran.stdout);
    }
}

#[test]
fn csv_is_for_machines() {
    let ran = small(&[("r.csv", WIDE.as_bytes())], &["--format", "csv", "--fields", "all"]);
    let expected = "\
tier,block,rank,unit,name,1,1.1,1.2,2,total,max,index,grade,status,reason
,Xã,1,A,Xã An,5.00,3.00,2.00,2.50,7.50,10.00,75.00,,ranked,
,Xã,2,B,Xã Bình,1.33,1.33,N/A,4.00,5.33,8.00,66.67,,ranked,
,Phường,1,C,Phường Đông,4.00,4.00,0.00,0.75,4.75,10.00,47.50,,ranked,
";
    assert_eq!(ran.stdout, expected);
}

/// JSON has all digits of a number and its shape is a promise.
#[test]
fn json_is_exact_and_shaped_as_promised() {
    let text = scored(PROVINCES, &["--format", "json"]);
    let round = json(&text);
    let tier = &round["tiers"][0];
    assert_eq!((&tier["id"], &tier["criteria_set"]), (&"tinh".into(), &"qd766-tinh-2026".into()));
    assert_eq!(tier["units"].as_array().map(Vec::len), Some(34));
    assert_eq!(tier["unranked"], Value::Array(vec![]));
    for name in tier["units"].as_array().expect("units") {
        for key in [
            "id",
            "name",
            "block",
            "points",
            "max",
            "index",
            "rank",
            "grade",
            "bonus",
            "deductions",
            "criteria",
        ] {
            assert!(name.get(key).is_some(), "{key} of {name}");
        }
        assert_eq!((&name["block"], &name["grade"]), (&Value::Null, &Value::Null));
    }
    assert!(text.contains(r#""points":68.11,"max":100,"index":68.11,"rank":1,"#), "{text}");
    let exact = units(&[("r.csv", WIDE.as_bytes())], &[]);
    assert_eq!(exact[1]["criteria"]["1.1"]["points"].to_string(), "1.3333333333333333333333333333");
    assert_eq!(exact[1]["criteria"]["1.2"].to_string(), r#"{"points":null,"max":0}"#);
    assert_eq!(exact[0]["criteria"]["2"].to_string(), r#"{"points":2.5,"max":4}"#);
    assert_eq!(exact[1]["block"], "Xã");
}

#[test]
fn json_says_what_made_it() {
    let round = json(&scored(KHANH_HOA, &["--format", "json"]));
    let made = &round["made_by"];
    assert_eq!((&made["program"], &made["version"]), (&"parindex".into(), &env!("CARGO_PKG_VERSION").into()));
    let files = made["files"].as_array().expect("files");
    let named: Vec<&str> = files.iter().map(|file| file["file"].as_str().expect("a file")).collect();
    let expected = ["round.toml", "units.csv", "results-xa.csv", "results-xa-inputs.csv", "deductions.csv"];
    for name in expected.map(|name| format!("{KHANH_HOA}/{name}")) {
        assert!(named.contains(&name.as_str()), "{name} is not among {named:?}");
    }
    assert!(named.contains(&"criteria/nq57-xa-khanh-hoa-2026.toml"), "{named:?}");
    let digits = |file: &Value| file["sha256"].as_str().is_some_and(|sha| sha.len() == 64);
    assert!(files.iter().all(digits));
    // What `sha256sum` says of a file with these fifteen bytes.
    let folder = Folder::new(&[("set.toml", &small_set()), ("r.csv", WIDE), ("d.csv", "unit,deduction\n")]);
    let args = [
        "score",
        "--criteria",
        "set.toml",
        "--results",
        "r.csv",
        "--deductions",
        "d.csv",
        "--format",
        "json",
    ];
    let round = json(&folder.run(&args).stdout);
    let files = round["made_by"]["files"].as_array().expect("files").clone();
    let sum = files.iter().find(|file| file["file"] == "d.csv").map(|file| file["sha256"].clone());
    assert_eq!(sum, Some("13faf48efa572db77080e2056cbe00f31759814e3df3508e7013085f57e151e9".into()));
}

#[test]
fn markdown_is_a_pipe_table() {
    let text = scored(PROVINCES, &["--format", "markdown", "--top", "2", "--fields", "none"]);
    let expected = "\
| Hạng | Đơn vị | Tổng | Chỉ số % |
| ---: | --- | ---: | ---: |
| 1 | UBND tỉnh Đồng Tháp | 68,11 | 68,11 |
| 2 | UBND Thành phố Đồng Nai | 66,97 | 66,97 |

";
    assert!(text.contains(expected), "{text}");
    let bar = "unit,name,1.1.numerator,1.1.denominator,1.2,1.2.evidence,2\nA,Xã | An,3,4,có,CV 1,2.5\n";
    let ran = small(&[("r.csv", bar.as_bytes())], &["--format", "markdown"]);
    assert!(ran.stdout.contains("Xã \\| An"), "{}", ran.stdout);
}

// Where it goes.

const PROVINCE_CSV: [&str; 4] = ["score", PROVINCES, "--format", "csv"];

#[test]
fn output_is_the_same_in_a_file() {
    let folder = Folder::new(&[("out.csv", "an older and much longer text".repeat(9_999).as_str())]);
    let path = folder.path("out.csv");
    let path = path.to_str().expect("a path");
    for flag in ["--output", "-o"] {
        let ran = run(&[&PROVINCE_CSV[..], &[flag, path]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
        assert_eq!(std::fs::read_to_string(path).expect("the file"), run(&PROVINCE_CSV).stdout);
    }
    assert_eq!(files_in(&folder), ["out.csv"]);
}

fn files_in(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path("")).expect("the folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A folder that is not there, a file in place of a folder, a folder in place of a file.
#[test]
fn output_that_cannot_be_written_is_said() {
    let folder = Folder::new(&[("file", "")]);
    std::fs::create_dir(folder.path("folder")).expect("a folder");
    for name in ["absent/out.csv", "file/out.csv", "folder"] {
        let path = folder.path(name);
        let ran = run(&[&PROVINCE_CSV[..], &["--output", path.to_str().expect("a path")]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(name), "{name} is not named: {}", ran.stderr);
        assert_eq!(files_in(&folder), ["file", "folder"]);
    }
}

#[test]
fn a_folder_that_forbids_writing_keeps_the_old_file() {
    let folder = Folder::new(&[("out.csv", "old")]);
    let rights = |read_only: bool| {
        let mut rights = std::fs::metadata(folder.path("")).expect("the folder").permissions();
        rights.set_readonly(read_only);
        std::fs::set_permissions(folder.path(""), rights).expect("rights are set");
    };
    rights(true);
    let is_forbidden = std::fs::write(folder.path("probe"), "").is_err();
    let path = folder.path("out.csv");
    let ran = run(&[&PROVINCE_CSV[..], &["--output", path.to_str().expect("a path")]].concat());
    rights(false);
    if !is_forbidden {
        println!("skipped: this user may write everywhere");
        return;
    }
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(path).expect("the file"), "old");
    assert_eq!(files_in(&folder), ["out.csv"]);
}

/// Wrong inputs leave the old file as it was: whole or not at all.
#[test]
fn refused_inputs_leave_the_old_file_alone() {
    let broken = WIDE.replace("có", "có lẽ");
    let folder = Folder::new(&[("set.toml", &small_set()), ("r.csv", &broken), ("out.csv", "old")]);
    let ran = folder.run(&["score", "--criteria", "set.toml", "--results", "r.csv", "--output", "out.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(std::fs::read_to_string(folder.path("out.csv")).expect("the file"), "old");
    assert_eq!(files_in(&folder), ["out.csv", "r.csv", "set.toml"]);
}

// What is shown.

#[test]
fn top_shows_the_first_of_each_table() {
    let all = scored(KHANH_HOA, &["--format", "csv"]);
    let top = scored(KHANH_HOA, &["--format", "csv", "--top", "1"]);
    let kept: Vec<&str> =
        all.lines().filter(|line| line.starts_with("tier,") || line.contains(",1,M0")).collect();
    assert_eq!(top.lines().collect::<Vec<_>>(), kept);
    assert_eq!(kept.len(), 3);
    assert_eq!(scored(DAK_LAK, &["--format", "csv", "--top", "10"]).lines().count(), 11);
    assert_eq!(scored(DAK_LAK, &["--format", "csv", "--top", "1000"]).lines().count(), 103);
    let ran = run(&["score", DAK_LAK, "--top", "0", "--format", "csv"]);
    assert!(ran.stdout.lines().count() <= 1, "{}", ran.stdout);
}

/// The rank of a single unit is still its rank among all.
#[test]
fn unit_shows_one_unit_by_its_id_or_its_name() {
    let all = scored(DAK_LAK, &["--format", "csv"]);
    let expected: Vec<&str> =
        all.lines().filter(|line| line.starts_with("tier,") || line.contains("H15.104")).collect();
    assert_eq!(expected.len(), 2);
    let name = expected[1].split(',').nth(4).expect("a name");
    let folded = name.to_uppercase().replace(' ', "  ");
    for named in ["H15.104", "h15.104", name, &folded] {
        let shown = scored(DAK_LAK, &["--format", "csv", "--unit", named]);
        assert_eq!(shown.lines().collect::<Vec<_>>(), expected, "{named}");
    }
    let ran = run(&["score", DAK_LAK, "--unit", "H15.1040"]);
    assert_ne!(ran.code, 0);
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.contains("H15.104"), "the nearest is not offered: {}", ran.stderr);
}

#[test]
fn unit_shows_a_unit_that_is_not_ranked_with_its_reason() {
    let shown = scored(KHANH_HOA, &["--unit", "M08"]);
    assert!(shown.contains("Phường mẫu H") && shown.contains("đơn vị mới thành lập"), "{shown}");
    assert!(!shown.contains("Phường mẫu E"), "{shown}");
    let json = json(&scored(KHANH_HOA, &["--unit", "M07", "--format", "json"]));
    let tier = &json["tiers"][0];
    assert_eq!(
        (tier["units"].as_array().map(Vec::len), &unit(tier, "M07")["status"]),
        (Some(0), &"not-scored".into())
    );
}

#[test]
fn fields_choose_the_columns_of_points() {
    let header = |args: &[&str]| {
        let text = scored(DAK_LAK, &[&["--format", "csv"], args].concat());
        text.lines().next().expect("a header").to_owned()
    };
    assert_eq!(
        header(&["--fields", "none"]),
        "tier,block,rank,unit,name,total,max,index,grade,status,reason"
    );
    let top = "tier,block,rank,unit,name,1,2,3,4,5,6,total,max,index,grade,status,reason";
    assert_eq!(header(&["--fields", "top"]), top);
    assert_eq!(header(&[]), top);
    let all = header(&["--fields", "all"]);
    assert!(all.contains(",name,1,1.1,1.2,1.3,1.4,2,2.1,3,3.1,4,4.1,"), "{all}");
}

#[test]
fn english_is_english() {
    let table = scored(KHANH_HOA, &["--lang", "en"]);
    for words in [
        "Rank",
        "Unit",
        "Bonus",
        "Deducted",
        "Total",
        "Index %",
        "Grade",
        "97.00",
        "Not ranked – ",
        "Not scored – ",
    ] {
        assert!(table.contains(words), "{words:?} is not in\n{table}");
    }
    for words in ["Hạng", "Tổng", "97,00", "Không chấm điểm", "trễ 6 ngày"] {
        assert!(!table.contains(words), "{words:?} is in\n{table}");
    }
    let by_variable = run_with(project(), &["score", KHANH_HOA], &[("PARINDEX_LANG", "en")]);
    assert_eq!(by_variable.stdout, table);
    assert!(
        by_variable.stderr.contains("warning: ") && !by_variable.stderr.contains("cảnh báo"),
        "{}",
        by_variable.stderr
    );
}

/// What a machine reads does not depend on the language that a person has chosen.
#[test]
fn csv_and_json_are_the_same_in_both_languages() {
    for format in ["csv", "json"] {
        let vi = scored(KHANH_HOA, &["--format", format]);
        let en = scored(KHANH_HOA, &["--format", format, "--lang", "en"]);
        assert_eq!(vi, en, "{format}");
    }
}

/// The reason why a unit is not scored is one and the same in both formats for machines.
#[test]
fn csv_and_json_give_the_same_reason() {
    let csv = scored(KHANH_HOA, &["--format", "csv", "--unit", "M07"]);
    let round = json(&scored(KHANH_HOA, &["--format", "json"]));
    let reason = unit(&round["tiers"][0], "M07")["reason"].as_str().expect("a reason").to_owned();
    assert!(csv.contains(&reason), "{reason:?} is not in\n{csv}");
}

// Terminals.

/// A pipe gets no colours, whatever the variables say.
#[test]
fn no_colours_where_they_are_not_wanted() {
    for variables in
        [&[][..], &[("NO_COLOR", "1")], &[("CLICOLOR_FORCE", "1")], &[("TERM", "xterm-256color")]]
    {
        let ran = run_with(project(), &["score", KHANH_HOA], variables);
        assert!(!ran.stdout.contains('\x1b') && !ran.stderr.contains('\x1b'), "{variables:?}");
    }
    let plain = run(&["score", KHANH_HOA]);
    let no_color = run(&["--no-color", "score", KHANH_HOA]);
    assert_eq!(no_color.stdout, plain.stdout);
}

/// That no line of a round's table is wider than the terminal.
#[track_caller]
fn fits(round: &str, width: usize, args: &[&str]) {
    let columns = width.to_string();
    let ran = run_with(project(), &[&["score", round], args].concat(), &[("COLUMNS", &columns)]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let wide: Vec<&str> = ran.stdout.lines().filter(|line| width < line.width()).collect();
    assert!(wide.is_empty(), "{} lines of {round} are wider than {width}:\n{}", wide.len(), wide.join("\n"));
}

#[test]
fn tables_fit_a_terminal_of_80_columns() {
    for round in [KHANH_HOA, DAK_LAK, PROVINCES] {
        fits(round, 80, &[]);
        fits(round, 80, &["--lang", "en"]);
        fits(round, 80, &["--fields", "all"]);
    }
}

#[test]
fn tables_fit_a_terminal_of_40_columns() {
    for round in [DAK_LAK, PROVINCES] {
        fits(round, 40, &[]);
        fits(round, 40, &["--lang", "en"]);
    }
}

/// With bonus, deductions and a column for the maximum there is more to leave out.
#[test]
fn a_table_with_bonus_and_deductions_fits_too() {
    for width in [40, 60, 72] {
        fits(KHANH_HOA, width, &[]);
        fits(KHANH_HOA, width, &["--lang", "en"]);
    }
}

/// Numbers are never broken over lines, and neither are the words of a name.
#[test]
fn a_narrow_table_keeps_its_numbers_and_words_whole() {
    for (round, words) in [
        (KHANH_HOA, &["97,00", "80,00", "77,16", "67,56", " Phường ", " Loại A "][..]),
        (DAK_LAK, &["73,41", " UBND ", " Xuân ", " Lãnh ", " Trung bình "]),
        (PROVINCES, &["68,11", "Đồng", "Tháp"]),
    ] {
        for width in ["40", "60", "80"] {
            let ran = run_with(project(), &["score", round], &[("COLUMNS", width)]);
            let rows = ran.stdout.replace('\u{a0}', " ");
            for word in words {
                assert!(
                    rows.contains(word.trim()),
                    "{word:?} at {width} in {round}\n{}",
                    rows.lines().take(20).collect::<Vec<_>>().join("\n")
                );
            }
        }
    }
}

#[test]
fn a_wide_terminal_shows_every_field() {
    let ran = run_with(project(), &["score", DAK_LAK, "--top", "1"], &[("COLUMNS", "200")]);
    assert!(ran.stdout.contains("11,85 ┆ 19,26 ┆ 6,36 ┆ 10,78 ┆ 7,16 ┆ 18,00 ┆ 73,41"), "{}", ran.stdout);
}

// Shapes of results.

const LONG: &str = "unit,name,block,criterion,value,numerator,denominator,evidence,note
A,Xã An,Xã,1.1,,3,4,,
A,Xã An,Xã,1.2,có,,,CV 1,
A,Xã An,Xã,2,2.5,,,,
B,Xã Bình,Xã,1.1,,1,3,,
B,Xã Bình,Xã,1.2,N/A,,,,không phát sinh
B,Xã Bình,Xã,2,4,,,,
C,Phường Đông,Phường,1.1,,4,4,,
C,Phường Đông,Phường,1.2,không,,,CV 2,
C,Phường Đông,Phường,2,0.75,,,,
";

#[test]
fn long_and_wide_results_are_the_same() {
    same(&[("r.csv", LONG.as_bytes())], &[]);
}

#[test]
fn long_results_with_named_inputs_are_the_same() {
    let named = "unit,name,block,criterion,input,value,note
A,Xã An,Xã,1.1,numerator,3,
A,Xã An,Xã,1.1,denominator,4,
A,Xã An,Xã,1.2,,có,
A,Xã An,Xã,1.2,evidence,CV 1,
A,Xã An,Xã,2,points,2.5,
B,Xã Bình,Xã,1.1,numerator,1,
B,Xã Bình,Xã,1.1,denominator,3,
B,Xã Bình,Xã,1.2,value,N/A,không phát sinh
B,Xã Bình,Xã,2,points,4,
C,Phường Đông,Phường,1.1,numerator,4,
C,Phường Đông,Phường,1.1,denominator,4,
C,Phường Đông,Phường,1.2,value,không,
C,Phường Đông,Phường,1.2,evidence,CV 2,
C,Phường Đông,Phường,2,points,0.75,
";
    same(&[("r.csv", named.as_bytes())], &[]);
}

#[test]
fn separators_line_ends_and_marks_do_not_matter() {
    for separator in [";", "\t"] {
        for text in [WIDE, LONG] {
            same(&[("r.csv", text.replace(',', separator).as_bytes())], &[]);
        }
    }
    for text in [WIDE, LONG] {
        let crlf = text.replace('\n', "\r\n");
        same(&[("r.csv", crlf.as_bytes())], &[]);
        same(&[("r.csv", &[b"\xEF\xBB\xBF", crlf.as_bytes()].concat())], &[]);
        same(&[("r.csv", text.trim_end().as_bytes())], &[]);
        same(&[("r.csv", text.replace('\n', "\n\n").as_bytes())], &[]);
        same(&[("r.csv", format!("{text},,,,,,,,\n").as_bytes())], &[]);
    }
    // As Excel saves it in Vietnam: a mark, semicolons, decimal commas, line ends of Windows.
    let excel = WIDE.replace(',', ";").replace("2.5", "2,5").replace("0.75", "0,75").replace('\n', "\r\n");
    same(&[("r.csv", &[b"\xEF\xBB\xBF", excel.as_bytes()].concat())], &[]);
    same(&[("r.csv", &[b"\xEF\xBB\xBF", excel.as_bytes()].concat())], &["--decimal", "comma"]);
}

#[test]
fn quotes_and_columns_that_are_not_read_do_not_matter() {
    let quoted: String = WIDE
        .lines()
        .map(|line| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n")
        .collect();
    same(&[("r.csv", quoted.as_bytes())], &[]);
    let more: String = WIDE
        .lines()
        .enumerate()
        .map(|(at, line)| format!("{},{line}\n", if at == 0 { "#TT" } else { "7" }))
        .collect();
    same(&[("r.csv", more.as_bytes())], &[]);
    let vietnamese = LONG.replace(
        "unit,name,block,criterion,value,numerator,denominator,evidence,note",
        "Mã đơn vị,Tên đơn vị,Khối,Tiêu chí,Giá trị,Tử số,Mẫu số,Tài liệu kiểm chứng,Ghi chú",
    );
    same(&[("r.csv", vietnamese.as_bytes())], &[]);
}

/// A declared decimal mark settles what could be read in two ways; the other form is then refused.
#[test]
fn a_decimal_mark_may_be_declared() {
    let thousands = WIDE.replace("3,4,có", "1.500,2.000,có");
    let ran = small(&[("r.csv", thousands.as_bytes())], &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("[ambiguous-number]") && ran.stderr.contains("1,5 hoặc 1500"),
        "{}",
        ran.stderr
    );
    let comma = thousands.replace("2.5", "\"2,5\"").replace("0.75", "\"0,75\"");
    same(&[("r.csv", comma.as_bytes())], &["--decimal", "comma"]);
    same(&[("r.csv", thousands.as_bytes())], &["--decimal", "point"]);
    let ran = small(&[("r.csv", WIDE.as_bytes())], &["--decimal", "comma"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("[other-number-form]"), "{}", ran.stderr);
}

#[test]
fn several_files_are_one_result() {
    let header = "unit,name,block,criterion,value,numerator,denominator,evidence,note\n";
    let rows: Vec<&str> = LONG.lines().skip(1).collect();
    let part = |criterion: &str| {
        let of = rows.iter().filter(|row| row.contains(criterion)).map(|row| format!("{row}\n"));
        format!("{header}{}", of.collect::<String>())
    };
    let parts = [part(",1.1,"), part(",1.2,"), part(",2,")];
    let files: [(&str, &[u8]); 3] =
        [("a.csv", parts[0].as_bytes()), ("b.csv", parts[1].as_bytes()), ("c.csv", parts[2].as_bytes())];
    same(&files, &[]);
    let wide_part = "unit,1.1.numerator,1.1.denominator\nA,3,4\nB,1,3\nC,4,4\n";
    same(&[("b.csv", files[1].1), ("a.csv", wide_part.as_bytes()), ("c.csv", files[2].1)], &[]);
    let twice = small(&[("a.csv", LONG.as_bytes()), ("b.csv", parts[0].as_bytes())], &[]);
    assert_eq!((twice.code, twice.stdout.as_str()), (1, ""));
    let both = twice.stderr.contains("a.csv: dòng 2") && twice.stderr.contains("b.csv: dòng 2");
    assert!(twice.stderr.contains("[duplicate-row]") && both, "{}", twice.stderr);
}

// Rounds of several tiers.

const ROUND: &str = "[round]\nyear = 2026\ntitle = \"Đợt thử\"\nissuer = \"UBND tỉnh thử\"\nunits = \"units.csv\"\ndeductions = \"deductions.csv\"\nnotes = [\"Số liệu giả định.\"]\n
[[tier]]\nid = \"so\"\nname = \"Cấp sở\"\ncriteria = \"so.toml\"\nresults = \"results.csv\"\n
[[tier]]\nid = \"xa\"\nname = \"Cấp xã\"\ncriteria = \"xa.toml\"\nresults = [\"results.csv\"]\nmissing = \"zero\"\n";

/// Two tiers in one file of results, one of them with two blocks, and a file of deductions for both.
fn two_tiers() -> Folder {
    let tables = |extra: &str| {
        format!(
            "[ranking]\nwithin = \"block\"\n[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 10\nkind = \"given\"\n[[deduction]]\nid = \"V\"\nname = \"Trừ\"\npoints = 1\n{extra}"
        )
    };
    let units = "unit,name,tier,block\nS1,Sở Một,so,\nS2,Sở Hai,so,\nX1,Xã Một,xa,Xã\nX2,Xã Hai,xa,Xã\nP1,Phường Một,xa,Phường\n";
    Folder::new(&[
        ("round.toml", ROUND),
        ("so.toml", &set("10", &tables("")).replace("\"thu\"", "\"so-thu\"")),
        ("xa.toml", &set("10", &tables("")).replace("\"thu\"", "\"xa-thu\"")),
        ("units.csv", units),
        ("results.csv", "unit,criterion,value\nS1,1,7\nS2,1,8\nX1,1,6\nX2,1,\nP1,1,5\n"),
        ("deductions.csv", "unit,deduction,count\nS2,V,2\nP1,V,1\n"),
    ])
}

#[test]
fn tiers_and_blocks_are_ranked_each_for_itself() {
    let folder = two_tiers();
    let ran = folder.run(&["score", ".", "--format", "csv"]);
    let said = "Thiếu số liệu tính 0 điểm (missing = zero): 1 trường hợp\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (0, said));
    let expected = "\
tier,block,rank,unit,name,1,deductions,total,max,index,grade,status,reason
so,,1,S1,Sở Một,7.00,0.00,7.00,10.00,70.00,,ranked,
so,,2,S2,Sở Hai,8.00,2.00,6.00,10.00,60.00,,ranked,
xa,Xã,1,X1,Xã Một,6.00,0.00,6.00,10.00,60.00,,ranked,
xa,Xã,2,X2,Xã Hai,0.00,0.00,0.00,10.00,0.00,,ranked,
xa,Phường,1,P1,Phường Một,5.00,1.00,4.00,10.00,40.00,,ranked,
";
    assert_eq!(ran.stdout, expected);
    let table = folder.run(&["score", "."]).stdout;
    for words in [
        "Đợt thử",
        "UBND tỉnh thử",
        "Cấp sở",
        "Cấp xã – Xã",
        "Cấp xã – Phường",
        "Số liệu giả định.",
        "missing = zero",
    ] {
        assert!(table.contains(words), "{words:?} is not in\n{table}");
    }
    let round = json(&folder.run(&["score", ".", "--format", "json"]).stdout);
    let tiers: Vec<&str> = round["tiers"]
        .as_array()
        .expect("tiers")
        .iter()
        .map(|tier| tier["criteria_set"].as_str().expect("a set"))
        .collect();
    assert_eq!((tiers, &round["year"]), (vec!["so-thu", "xa-thu"], &2026.into()));
    assert_eq!(
        (&round["tiers"][0]["missing"], &round["tiers"][1]["missing"]),
        (&"error".into(), &"zero".into())
    );
}

#[test]
fn a_unit_is_found_in_whichever_tier_it_is() {
    let ran = two_tiers().run(&["score", ".", "--format", "csv", "--unit", "Phường Một"]);
    assert_eq!(ran.stdout.lines().count(), 2, "{}", ran.stdout);
    assert!(ran.stdout.contains("xa,Phường,1,P1,"), "{}", ran.stdout);
}

/// Flags go before what the round says.
#[test]
fn a_missing_input_of_one_tier_stops_the_round_unless_its_tier_allows_it() {
    let ran = two_tiers().run(&["score", ".", "--missing", "error"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("X2"), "{}", ran.stderr);
}

/// `stage`, `decimal` and `missing` of the round, and the flags that go before them.
#[test]
fn the_round_says_stage_decimal_mark_and_what_is_missing() {
    let round = "[round]\nstage = \"appraisal1\"\ndecimal = \"comma\"\nmissing = \"n/a\"\n[[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"r.csv\"\n";
    let results = "unit;criterion;value;numerator;denominator;stage\nA;1.1;;1.500;2.000;self\nA;2;3,125;;;appraisal1\nA;2;4;;;final\n";
    let folder = Folder::new(&[("set.toml", &small_set()), ("round.toml", round), ("r.csv", results)]);
    let points = |args: &[&str]| {
        let ran = folder.run(&[&["score", ".", "--format", "json"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let round = json(&ran.stdout);
        let found = unit(&round["tiers"][0], "A").clone();
        ["1.1", "1.2", "2"].map(|id| found["criteria"][id]["points"].to_string())
    };
    assert_eq!(points(&[]), ["3", "null", "3.125"]);
    assert_eq!(points(&["--stage", "final"]), ["3", "null", "4"]);
    assert_eq!(points(&["--missing", "zero"]), ["3", "0", "3.125"]);
    // With a decimal point 3,125 is three thousand.
    let ran = folder.run(&["score", ".", "--decimal", "point"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("[value-out-of-range]"), "{}", ran.stderr);
}

/// A list of units is needed only for what the results do not say: the blocks may stand there.
#[test]
fn blocks_of_the_results_hold_where_the_list_of_units_has_none() {
    let list = "unit,ranked\nA,\nB,\nC,\n";
    let folder = Folder::new(&[("set.toml", &small_set()), ("units.csv", list), ("r.csv", WIDE)]);
    let files = ["--criteria", "set.toml", "--units", "units.csv", "--results", "r.csv"];
    let ran = folder.run(&[&["score", "--format", "json"], &files[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(json(&ran.stdout)["tiers"][0]["units"], wide());
}

/// A unit of the list that has no results at all is an error, also where missing data count as 0.
#[test]
fn a_listed_unit_without_results_is_an_error() {
    let list = "unit,name\nA,Một\nB,Hai\nC,Ba\nD,Bốn\n";
    let folder = Folder::new(&[("set.toml", &small_set()), ("units.csv", list), ("r.csv", WIDE)]);
    for missing in ["error", "zero", "n/a"] {
        let files = ["--criteria", "set.toml", "--units", "units.csv", "--results", "r.csv"];
        let ran = folder.run(&[&["score", "--missing", missing], &files[..]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{missing}");
        assert!(
            ran.stderr.contains("đơn vị D") && ran.stderr.contains("[no-results]"),
            "{missing}: {}",
            ran.stderr
        );
    }
}

#[test]
fn paths_are_relative_to_the_round() {
    let folder = two_tiers();
    let here = folder.run(&["score", "round.toml", "--format", "csv"]);
    let path = folder.path("round.toml");
    let there = run(&["score", path.to_str().expect("a path"), "--format", "csv"]);
    assert_eq!((here.code, there.code), (0, 0), "{}{}", here.stderr, there.stderr);
    assert_eq!(here.stdout, there.stdout);
}

// Stages.

const STAGES: &str = "unit,criterion,value,stage\nA,1.1,50,self\nA,1.2,có,self\nA,2,4,self
A,1.1,25,appraisal1\nA,1.2,không,appraisal1\nA,2,,appraisal1
A,2,3.5,explanation\nA,2,2,appraisal2\nA,1.2,có,final\n";

/// What a unit gets when the stages up to one count: 1.1, 1.2, 2.
#[track_caller]
fn stage(args: &[&str], expected: [&str; 3]) {
    let set = small_set().replace("evidence = \"required\"\n", "");
    for text in [STAGES.to_owned(), reversed(STAGES)] {
        let folder = Folder::new(&[("set.toml", &set), ("r.csv", &text)]);
        let files = ["score", "--criteria", "set.toml", "--results", "r.csv", "--format", "json"];
        let ran = folder.run(&[&files[..], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let round = json(&ran.stdout);
        let criteria = &unit(&round["tiers"][0], "A")["criteria"];
        let found = ["1.1", "1.2", "2"].map(|id| criteria[id]["points"].to_string());
        assert_eq!(found, expected, "{args:?}");
    }
}

/// The header, and the rows from the last to the first.
fn reversed(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    lines.join("\n") + "\n"
}

/// An empty cell of a later stage says nothing; the earlier value stands.
#[test]
fn the_latest_stage_that_counts_is_scored() {
    stage(&["--stage", "self"], ["2", "2", "4"]);
    stage(&["--stage", "appraisal1"], ["1", "0", "4"]);
    stage(&["--stage", "explanation"], ["1", "0", "3.5"]);
    stage(&["--stage", "appraisal2"], ["1", "0", "2"]);
    stage(&["--stage", "final"], ["1", "2", "2"]);
    stage(&[], ["1", "2", "2"]);
}

#[test]
fn a_stage_that_is_none_is_refused_with_the_nearest() {
    let ran = small(&[("r.csv", STAGES.replace("appraisal2", "apraisal2").as_bytes())], &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("[unknown-stage]") && ran.stderr.contains("gần nhất: appraisal2"),
        "{}",
        ran.stderr
    );
    let ran = small(&[("r.csv", STAGES.as_bytes())], &["--stage", "apraisal2"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
}

/// The same value twice at one stage is a duplicate; at two stages it is not.
#[test]
fn a_value_twice_at_one_stage_is_refused() {
    let ran = small(&[("r.csv", format!("{STAGES}A,1.1,60,self\n").as_bytes())], &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("[duplicate-row]"), "{}", ran.stderr);
}

// Same inputs, same bytes.

#[test]
fn the_same_inputs_give_the_same_bytes_on_any_number_of_threads() {
    for round in [KHANH_HOA, DAK_LAK, PROVINCES] {
        for format in ["table", "csv", "json", "markdown"] {
            let args = ["score", round, "--format", format, "--fields", "all"];
            let first = run(&args);
            for threads in ["1", "2", "7"] {
                let again = run_with(project(), &args, &[("RAYON_NUM_THREADS", threads)]);
                assert_eq!(
                    (&again.stdout, &again.stderr),
                    (&first.stdout, &first.stderr),
                    "{round} {format} {threads}"
                );
            }
        }
    }
}

/// Only the order in which blocks first appear comes from the order of rows.
#[test]
fn the_order_of_rows_does_not_matter() {
    let rows: Vec<&str> = LONG.lines().skip(1).collect();
    let header = LONG.lines().next().expect("a header");
    let mut sorted = wide();
    let by_id = |units: &mut Value| {
        let units = units.as_array_mut().expect("units");
        units.sort_by(|a, b| a["id"].as_str().cmp(&b["id"].as_str()));
    };
    by_id(&mut sorted);
    for step in [2, 4, 5, 7, 8] {
        let shuffled = (0..rows.len()).map(|at| format!("{}\n", rows[at * step % rows.len()]));
        let text = format!("{header}\n{}", shuffled.collect::<String>());
        let mut found = units(&[("r.csv", text.as_bytes())], &[]);
        by_id(&mut found);
        assert_eq!(found, sorted, "step {step}");
    }
}

/// With a list of units even the bytes are the same.
#[test]
fn with_a_list_of_units_the_order_of_rows_does_not_show() {
    let units = "unit,name,block\nC,Phường Đông,Phường\nB,Xã Bình,Xã\nA,Xã An,Xã\n";
    let rows: Vec<&str> = LONG.lines().skip(1).collect();
    let header = LONG.lines().next().expect("a header");
    let table = |step: usize| {
        let shuffled: String =
            (0..rows.len()).map(|at| format!("{}\n", rows[at * step % rows.len()])).collect();
        let folder = Folder::new(&[("set.toml", &small_set()), ("units.csv", units)]);
        folder.write("r.csv", format!("{header}\n{shuffled}").as_bytes());
        let files = ["--criteria", "set.toml", "--units", "units.csv", "--results", "r.csv"];
        let ran = folder.run(&[&["score", "--format", "csv", "--fields", "all"], &files[..]].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        ran.stdout
    };
    let first = table(1);
    assert_eq!(
        first.lines().nth(1),
        Some(",Phường,1,C,Phường Đông,4.00,4.00,0.00,0.75,4.75,10.00,47.50,,ranked,")
    );
    for step in [2, 4, 5, 7, 8] {
        assert_eq!(table(step), first, "step {step}");
    }
}

/// The table of the communes is the same whichever way its rows come: one tier, no blocks.
#[test]
fn shuffled_communes_give_the_same_table() {
    let results = std::fs::read_to_string(project().join(DAK_LAK).join("results-xa.csv")).expect("results");
    let folder = Folder::new(&[("r.csv", &results)]);
    let table = || {
        let ran =
            folder.run(&["score", "--criteria", "qd766-xa-2026", "--results", "r.csv", "--format", "csv"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    let first = table();
    folder.write("r.csv", reversed(&results).as_bytes());
    assert_eq!(table(), first);
    let mut lines: Vec<&str> = results.lines().collect();
    lines[1..].sort_by_key(|line| line.len());
    folder.write("r.csv", lines.join("\n").as_bytes());
    assert_eq!(table(), first);
}

// Bad usage.

#[track_caller]
fn cannot_run(args: &[&str], words: &[&str]) {
    let ran = run(args);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}: {}", ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "{word:?} is not said: {}", ran.stderr);
    }
}

#[test]
fn bad_usage_is_exit_code_2() {
    cannot_run(&["score"], &["--criteria"]);
    cannot_run(&["score", "--criteria", "qd766-xa-2026"], &["--results"]);
    cannot_run(&["score", "examples/no-such-round"], &["no-such-round"]);
    cannot_run(&["score", "--criteria", "qd766-xa-2026", "--results", "no-such.csv"], &["no-such.csv"]);
    cannot_run(&["score", DAK_LAK, "--format", "pdf"], &["pdf"]);
    cannot_run(&["score", DAK_LAK, "--top", "ten"], &["ten"]);
    cannot_run(&["score", DAK_LAK, "--top", "3", "--unit", "H15.104"], &["--unit"]);
    cannot_run(&["score", DAK_LAK, "--criteria", "qd766-xa-2026"], &["--criteria"]);
}

/// A set that is neither a file nor one that comes along is a wrong input, with the nearest.
#[test]
fn an_unknown_set_is_refused_with_the_nearest() {
    let folder = Folder::new(&[("r.csv", WIDE)]);
    let ran = folder.run(&["score", "--criteria", "qd766-xa-2027", "--results", "r.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("gần nhất: qd766-xa-2026"), "{}", ran.stderr);
}

/// A file in the place of a pipe or a device would take it away from everybody.
#[cfg(unix)]
#[test]
fn output_goes_into_a_pipe_that_stays_one() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new(&[]);
    let pipe = folder.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo");
        return;
    }
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).expect("what was written")
    });
    let round = project().join("examples/phu-xuyen-2023");
    let args = ["score", round.to_str().expect("UTF-8"), "--output", pipe.to_str().expect("UTF-8")];
    let ran = run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(reader.join().expect("the reader").contains("Phú Xuyên"));
    assert!(std::fs::metadata(&pipe).expect("the pipe").file_type().is_fifo());
}
