//! The round before: as a round and as a table of what was published; units that merged, were split or
//! renamed; and `compare`.

use crate::links::{Files, body, csv_columns, printed, right, tier};
use crate::sets::{set, unit};
use crate::support::{Folder, Ran};
use serde_json::{Value, json};

const CRITERIA: &str = r#"
[[criterion]]
id = "1"
name = "Thể chế"
max = 60
[[criterion]]
id = "1.1"
name = "Kế hoạch"
max = 20
kind = "given"
[[criterion]]
id = "1.2"
name = "Văn bản"
max = 40
kind = "given"
[[criterion]]
id = "2"
name = "Thủ tục"
max = 40
kind = "given"
"#;

/// X1 is as it was, X2 has another id, X3 came from two, X4 and X5 from one, X6 is new.
const UNITS: &str = "\
unit,name,previous
X1,Xã Một,
X2,Xã Hai mới,C2
X3,Xã Ba,C3; C4
X4,Xã Bốn,C5
X5,Xã Năm,C5
X6,Xã Sáu,
";

const NOW: &str = "\
unit,1.1,1.2,2
X1,16,35,30.63
X2,10,20,38
X3,15,25,25
X4,20,38,30
X5,10,30,30
X6,20,40,40
";

const OLD_UNITS: &str = "\
unit,name
X1,Xã Một
C2,Xã Hai cũ
C3,Xã Ba Trên
C4,Xã Ba Dưới
C5,Xã Lớn
C9,Xã Hết
";

const OLD: &str = "\
unit,1.1,1.2,2
X1,15,35,30
C2,10,30,38
C3,10,20,20
C4,20,25,25.5
C5,20,35,20
C9,5,5,10
";

/// What was published a year ago: C3 and C4 without ranks, C5 with a rank alone.
const PUBLISHED: &str = "\
unit,name,index,rank,grade
X1,Xã Một,80,11,Tốt
C2,Xã Hai cũ,78.50,12,Khá
C3,,50.01,,
C4,,70.50,,
C5,Xã Lớn,,13,
C8,Xã Tám,66,14,
";

/// Runs the program on this round, the round before it being `previous`; `now` is the round without one.
#[track_caller]
fn run(previous: &str, criteria: &str, args: &[&str]) -> Ran {
    let round = |title: &str, more: &str, set: &str, results: &str| {
        format!(
            "[round]\ntitle = \"{title}\"\n{more}\n[[tier]]\nid = \"xa\"\ncriteria = \"{set}\"\nresults = \"{results}\"\n"
        )
    };
    let named = format!("units = \"units.csv\"\ndecimal = \"point\"\nprevious = \"{previous}\"");
    let files: &[(&str, &str)] = &[
        ("2026.toml", &round("Đợt 2026", &named, "set.toml", "now.csv")),
        ("now.toml", &round("Đợt 2026", "units = \"units.csv\"\ndecimal = \"point\"", "set.toml", "now.csv")),
        ("2025.toml", &round("Đợt 2025", "units = \"units-2025.csv\"", "set-2025.toml", "old.csv")),
        ("set.toml", &set("100", criteria)),
        ("set-2025.toml", &set("100", CRITERIA)),
        ("units.csv", UNITS),
        ("units-2025.csv", OLD_UNITS),
        ("now.csv", NOW),
        ("old.csv", OLD),
        ("published.csv", PUBLISHED),
    ];
    Folder::new(files).run(args)
}

#[track_caller]
fn check(previous: &str, args: &[&str], expected: &str) {
    let ran = run(previous, CRITERIA, args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(body(&ran), expected);
}

/// A table for machines, of these columns.
#[track_caller]
fn columns(previous: &str, args: &[&str], names: &[&str]) -> Vec<String> {
    let ran = run(previous, CRITERIA, args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    csv_columns(&ran.stdout, names).iter().map(|row| row.join(" ")).collect()
}

#[track_caller]
fn json(previous: &str, args: &[&str]) -> Value {
    let ran = run(previous, CRITERIA, args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("standard output is JSON")
}

#[test]
fn a_round_before_stands_beside_each_unit() {
    check(
        "2025.toml",
        &["score", "2026.toml", "--fields", "none"],
        r#"Đợt 2026

xa
┌──────┬────────────┬────────┬──────────┬───────────┬────────────┬─────┐
│ Hạng ┆ Đơn vị     ┆   Tổng ┆ Chỉ số % ┆ Năm trước ┆ Tăng, giảm ┆ Bậc │
╞══════╪════════════╪════════╪══════════╪═══════════╪════════════╪═════╡
│    1 ┆ Xã Sáu     ┆ 100,00 ┆   100,00 ┆         – ┆          – ┆   – │
│    2 ┆ Xã Bốn     ┆  88,00 ┆    88,00 ┆     75,00 ┆     +13,00 ┆ ▲ 1 │
│    3 ┆ Xã Một     ┆  81,63 ┆    81,63 ┆     80,00 ┆      +1,63 ┆ ▼ 2 │
│    4 ┆ Xã Năm     ┆  70,00 ┆    70,00 ┆     75,00 ┆      −5,00 ┆ ▼ 1 │
│    5 ┆ Xã Hai mới ┆  68,00 ┆    68,00 ┆     78,00 ┆     −10,00 ┆ ▼ 3 │
│    6 ┆ Xã Ba      ┆  65,00 ┆    65,00 ┆     60,25 ┆      +4,75 ┆   – │
└──────┴────────────┴────────┴──────────┴───────────┴────────────┴─────┘
  Năm trước – Xã Ba: bình quân của Xã Ba Trên, Xã Ba Dưới; không so bậc

  Bộ tiêu chí: Bộ thử [thu; bộ mẫu]
  Căn cứ: Văn bản thử
  Xếp hạng theo chỉ số chưa làm tròn; đồng hạng thì bỏ hạng sau (1-2-2-4)
  So với 2025.toml: hiệu của các chỉ số đã làm tròn như công bố; "–" là không có đơn vị trước đó
"#,
    );
}

#[test]
fn a_table_of_published_results_does_as_well() {
    let names = ["unit", "previous_index", "change", "previous_rank", "places"];
    assert_eq!(
        columns("published.csv", &["score", "2026.toml", "--format", "csv"], &names),
        [
            "X6    ",
            "X4   13 11",
            "X1 80.00 1.63 11 8",
            "X5   13 9",
            "X2 78.50 -10.50 12 7",
            "X3 60.26 4.74  "
        ]
    );
    // 60.255 is the mean of two printed figures; it is rounded before the difference is taken.
    let ran = run("published.csv", CRITERIA, &["score", "2026.toml"]);
    for part in ["+1,63", "▲ 8", "Năm trước – Xã Ba: bình quân của C3, C4; không so bậc"] {
        assert!(ran.stdout.contains(part), "{part} is not in\n{}", ran.stdout);
    }
}

#[test]
fn the_round_before_in_json() {
    let round = json("2025.toml", &["score", "2026.toml", "--format", "json"]);
    let of = |id: &str| {
        let unit = unit(tier(&round, "xa"), id);
        (unit["previous"].clone(), unit["change"].clone(), unit["places"].clone())
    };
    assert_eq!(of("X1"), (json!({ "units": ["X1"], "index": 80, "rank": 1 }), json!(1.63), json!(-2)));
    assert_eq!(
        of("X3"),
        (json!({ "units": ["C3", "C4"], "index": 60.25, "rank": null }), json!(4.75), Value::Null)
    );
    assert_eq!(of("X4"), (json!({ "units": ["C5"], "index": 75, "rank": 3 }), json!(13), json!(1)));
    assert_eq!(of("X6"), (json!({ "units": null, "index": null, "rank": null }), Value::Null, Value::Null));
}

#[test]
fn a_round_without_one_before_says_nothing_of_it() {
    let ran = run("2025.toml", CRITERIA, &["score", "now.toml"]);
    assert!(!ran.stdout.contains("Năm trước"), "{}", ran.stdout);
    let round = json("2025.toml", &["score", "now.toml", "--format", "json"]);
    assert_eq!(unit(tier(&round, "xa"), "X1").get("change"), None);
}

#[test]
fn an_explanation_tells_where_the_unit_stood() {
    let ran = run("2025.toml", CRITERIA, &["explain", "2026.toml", "X1"]);
    assert!(
        ran.stdout.contains("Năm trước: chỉ số 80,00, hạng 1; thay đổi +1,63, bậc ▼ 2"),
        "{}",
        ran.stdout
    );
}

/// The name of field 2 is another, so it is not what it was.
#[test]
fn a_set_that_changed_says_what_can_still_be_compared() {
    let other = CRITERIA.replace("Thủ tục", "Thủ tục hành chính");
    let note =
        "so được chỉ số chung; lĩnh vực 1; 2 tiêu chí giữ nguyên mã, tên, điểm tối đa; không so lĩnh vực 2";
    for args in [&["score", "2026.toml"][..], &["compare", "2025.toml", "now.toml"]] {
        let ran = run("2025.toml", &other, args);
        assert!(ran.stdout.contains(note), "{}", ran.stdout);
    }
    let ran = run("2025.toml", &other, &["compare", "2025.toml", "now.toml", "--format", "json"]);
    let round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(unit_of(&round, "X1")["criteria"], json!({ "1": 1, "1.1": 1, "1.2": 0 }));
    // How the name is spelled does not matter.
    let other = CRITERIA.replace("Thủ tục", "THỦ  TỤC").replace("Kế hoạch", "Chương trình");
    let ran = run("2025.toml", &other, &["compare", "2025.toml", "now.toml", "--format", "json"]);
    let round: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(unit_of(&round, "X1")["criteria"], json!({ "1": 1, "1.2": 0, "2": 0.63 }));
}

#[track_caller]
fn unit_of<'a>(compared: &'a Value, id: &str) -> &'a Value {
    let units = compared["tiers"][0]["units"].as_array().expect("units");
    units.iter().find(|unit| unit["id"] == id).unwrap_or_else(|| panic!("no {id} in {compared}"))
}

// compare

#[test]
fn compare_shows_who_moved_and_by_which_fields() {
    check(
        "2025.toml",
        &["compare", "2025.toml", "now.toml"],
        r#"So với 2025.toml
Đợt 2026

xa
┌──────┬────────────┬────────────┬─────┬──────────┬───────────┬────────────┬────────┬────────┬──────────────────────┐
│ Hạng ┆ Đơn vị     ┆ Hạng trước ┆ Bậc ┆ Chỉ số % ┆ Năm trước ┆ Tăng, giảm ┆    Δ 1 ┆    Δ 2 ┆ Chủ yếu do           │
╞══════╪════════════╪════════════╪═════╪══════════╪═══════════╪════════════╪════════╪════════╪══════════════════════╡
│    1 ┆ Xã Sáu     ┆          – ┆   – ┆   100,00 ┆         – ┆          – ┆      – ┆      – ┆ –                    │
│    2 ┆ Xã Bốn     ┆          3 ┆ ▲ 1 ┆    88,00 ┆     75,00 ┆     +13,00 ┆  +3,00 ┆ +10,00 ┆ 2: +10,00; 1: +3,00  │
│    3 ┆ Xã Một     ┆          1 ┆ ▼ 2 ┆    81,63 ┆     80,00 ┆      +1,63 ┆  +1,00 ┆  +0,63 ┆ 1: +1,00; 2: +0,63   │
│    4 ┆ Xã Năm     ┆          3 ┆ ▼ 1 ┆    70,00 ┆     75,00 ┆      −5,00 ┆ −15,00 ┆ +10,00 ┆ 1: −15,00; 2: +10,00 │
│    5 ┆ Xã Hai mới ┆          2 ┆ ▼ 3 ┆    68,00 ┆     78,00 ┆     −10,00 ┆ −10,00 ┆   0,00 ┆ 1: −10,00            │
│    6 ┆ Xã Ba      ┆          – ┆   – ┆    65,00 ┆     60,25 ┆      +4,75 ┆      – ┆      – ┆ –                    │
└──────┴────────────┴────────────┴─────┴──────────┴───────────┴────────────┴────────┴────────┴──────────────────────┘

  Không có đơn vị trước đó (1): Xã Sáu
  Không còn trong đợt mới (1): Xã Hết
"#,
    );
}

#[test]
fn compare_with_a_table_of_published_results() {
    check(
        "2025.toml",
        &["compare", "published.csv", "now.toml", "--lang", "en"],
        r#"Compared with published.csv
Đợt 2026

xa
┌──────┬────────────┬─────────────┬────────┬─────────┬────────┬────────┐
│ Rank ┆ Unit       ┆ Rank before ┆ Places ┆ Index % ┆ Before ┆ Change │
╞══════╪════════════╪═════════════╪════════╪═════════╪════════╪════════╡
│    1 ┆ Xã Sáu     ┆           – ┆      – ┆  100.00 ┆      – ┆      – │
│    2 ┆ Xã Bốn     ┆          13 ┆   ▲ 11 ┆   88.00 ┆      – ┆      – │
│    3 ┆ Xã Một     ┆          11 ┆    ▲ 8 ┆   81.63 ┆  80.00 ┆  +1.63 │
│    4 ┆ Xã Năm     ┆          13 ┆    ▲ 9 ┆   70.00 ┆      – ┆      – │
│    5 ┆ Xã Hai mới ┆          12 ┆    ▲ 7 ┆   68.00 ┆  78.50 ┆ −10.50 │
│    6 ┆ Xã Ba      ┆           – ┆      – ┆   65.00 ┆  60.26 ┆  +4.74 │
└──────┴────────────┴─────────────┴────────┴─────────┴────────┴────────┘

  Without a predecessor (1): Xã Sáu
  No more in the new round (1): Xã Tám
  Only published results are known of the round before: index and rank can be compared, fields cannot
"#,
    );
}

/// A published index with three digits is read as the new round says that its files write numbers.
#[test]
fn compare_reads_the_old_table_as_the_new_round_writes_numbers() {
    let files: Files<'_> = &[
        (
            "now.toml",
            "[round]\ndecimal = \"point\"\n[[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"now.csv\"\n",
        ),
        ("set.toml", &set("100", CRITERIA)),
        ("now.csv", "unit,1.1,1.2,2\nX1,16,35,30.63\n"),
        ("published.csv", "unit,index\nX1,80.005\n"),
    ];
    let said = printed(files, &["compare", "published.csv", "now.toml", "--format", "json"]);
    let round: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(unit_of(&round, "X1")["change"], json!(1.625));
}

#[test]
fn compare_in_json_and_csv() {
    let args = ["compare", "2025.toml", "now.toml", "--format"];
    let round = json("2025.toml", &[&args[..], &["json"]].concat());
    assert_eq!(round["previous"], "2025.toml");
    assert_eq!(
        *unit_of(&round, "X5"),
        json!({
            "id": "X5", "name": "Xã Năm", "index": 70, "previous_index": 75, "change": -5, "rank": 4,
            "previous_rank": 3, "places": -1, "criteria": { "1": -15, "1.1": -10, "1.2": -5, "2": 10 }
        })
    );
    assert_eq!(unit_of(&round, "X3")["criteria"], json!({}), "criteria of merged units cannot be compared");
    let names = ["unit", "places", "change", "1", "2", "moved_by"];
    assert_eq!(
        columns("2025.toml", &[&args[..], &["csv"]].concat(), &names)[3],
        "X5 -1 -5.00 -15.00 10.00 1: −15,00; 2: +10,00"
    );
}

#[test]
fn compare_one_unit_criterion_by_criterion() {
    check(
        "2025.toml",
        &["compare", "2025.toml", "now.toml", "--unit", "X5"],
        "So với 2025.toml
Đợt 2026

Xã Năm: chỉ số thay đổi −5,00
┌──────────┬──────────┬────────┬───────┬────────────┐
│ Tiêu chí ┆ Tên      ┆ Tối đa ┆  Điểm ┆ Tăng, giảm │
╞══════════╪══════════╪════════╪═══════╪════════════╡
│ 1.1      ┆ Kế hoạch ┆     20 ┆ 10,00 ┆     −10,00 │
│ 2        ┆ Thủ tục  ┆     40 ┆ 30,00 ┆     +10,00 │
│ 1.2      ┆ Văn bản  ┆     40 ┆ 30,00 ┆      −5,00 │
└──────────┴──────────┴────────┴───────┴────────────┘
",
    );
    let of = |id: &str| ["compare", "2025.toml", "now.toml", "--unit", id].map(str::to_owned);
    for (id, expected) in [
        ("X6", "Xã Sáu: chỉ số thay đổi –\n  Không có đơn vị trước đó\n"),
        (
            "X3",
            "Xã Ba: chỉ số thay đổi +4,75\n  Gộp từ nhiều đơn vị: so được chỉ số với bình quân, không so được tiêu chí\n",
        ),
    ] {
        let args = of(id);
        check(
            "2025.toml",
            &args.each_ref().map(String::as_str),
            &format!("So với 2025.toml\nĐợt 2026\n\n{expected}"),
        );
    }
    let only =
        json("2025.toml", &["compare", "2025.toml", "now.toml", "--unit", "Xã Năm", "--format", "json"]);
    assert_eq!(only["tiers"][0]["units"].as_array().map(Vec::len), Some(1));
}

#[test]
fn compare_two_units() {
    check(
        "2025.toml",
        &["compare", "now.toml", "--units", "X1,Xã Hai mới"],
        "Xã Một: 81,63/100 điểm, 81,63 %, hạng 3 – Xã Hai mới: 68,00/100 điểm, 68,00 %, hạng 5

Theo lĩnh vực
┌──────────┬─────────┬────────┬────────┬────────────┬──────────┐
│ Tiêu chí ┆ Tên     ┆ Tối đa ┆ Xã Một ┆ Xã Hai mới ┆ Hơn, kém │
╞══════════╪═════════╪════════╪════════╪════════════╪══════════╡
│ 1        ┆ Thể chế ┆     60 ┆  51,00 ┆      30,00 ┆   +21,00 │
│ 2        ┆ Thủ tục ┆     40 ┆  30,63 ┆      38,00 ┆    −7,37 │
└──────────┴─────────┴────────┴────────┴────────────┴──────────┘

Khác nhau ở 3 tiêu chí, bằng nhau ở 0
┌──────────┬──────────┬────────┬────────┬────────────┬──────────┐
│ Tiêu chí ┆ Tên      ┆ Tối đa ┆ Xã Một ┆ Xã Hai mới ┆ Hơn, kém │
╞══════════╪══════════╪════════╪════════╪════════════╪══════════╡
│ 1.2      ┆ Văn bản  ┆     40 ┆  35,00 ┆      20,00 ┆   +15,00 │
│ 2        ┆ Thủ tục  ┆     40 ┆  30,63 ┆      38,00 ┆    −7,37 │
│ 1.1      ┆ Kế hoạch ┆     20 ┆  16,00 ┆      10,00 ┆    +6,00 │
└──────────┴──────────┴────────┴────────┴────────────┴──────────┘
",
    );
    let two = json("2025.toml", &["compare", "now.toml", "--units", "X4,X5", "--format", "json"]);
    assert_eq!(two["units"], json!(["X4", "X5"]));
    assert_eq!(
        two["criteria"],
        json!([
            { "id": "1.1", "first": 20, "second": 10, "difference": 10 },
            { "id": "1.2", "first": 38, "second": 30, "difference": 8 },
        ])
    );
}

#[test]
fn compare_refuses_what_it_cannot_compare() {
    for (args, words) in [
        (&["compare", "now.toml"][..], "cần hai đợt, hoặc --units A,B"),
        (&["compare", "now.toml", "--units", "X1"], "--units cần đúng hai đơn vị"),
        (&["compare", "now.toml", "--units", "X1,x1"], "hai tên chỉ cùng một đơn vị"),
        (&["compare", "now.toml", "--units", "X1,X7"], "không có đơn vị · there is no unit \"X7\"; gần nhất"),
        (&["compare", "2025.toml", "now.toml", "--units", "X1,X2"], "--units so hai đơn vị của một đợt"),
        (&["compare", "2024.toml", "now.toml"], "không đọc được · cannot read 2024.toml"),
    ] {
        let ran = run("2025.toml", CRITERIA, args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    }
}

/// Ids of two tiers may be the same; ranks and indices are looked for in the unit's own tier.
#[test]
fn units_are_found_in_their_own_tier() {
    let two = |results: [&str; 2], more: &str| {
        format!(
            "[round]\n{more}\n[[tier]]\nid = \"so\"\ncriteria = \"set.toml\"\nresults = \"{}\"\n[[tier]]\nid = \"huyen\"\ncriteria = \"set.toml\"\nresults = \"{}\"\n",
            results[0], results[1]
        )
    };
    let files: Files<'_> = &[
        ("round.toml", &two(["so.csv", "huyen.csv"], "previous = \"2025.toml\"")),
        ("2025.toml", &two(["so-2025.csv", "huyen-2025.csv"], "")),
        ("set.toml", &set("100", CRITERIA)),
        ("so.csv", "unit,1.1,1.2,2\nA,20,40,20\nB,10,40,40\n"),
        ("huyen.csv", "unit,1.1,1.2,2\nA,10,20,20\n"),
        ("so-2025.csv", "unit,1.1,1.2,2\nA,20,40,30\nB,10,40,35\n"),
        ("huyen-2025.csv", "unit,1.1,1.2,2\nA,10,30,30\n"),
    ];
    let round = right(files);
    let change = |of: &str, id: &str| unit(tier(&round, of), id)["change"].clone();
    assert_eq!(
        [change("so", "A"), change("so", "B"), change("huyen", "A")],
        [json!(-10), json!(5), json!(-20)]
    );
}

/// The round before needs the one before it where its own criteria do; further back nothing is read.
#[test]
fn growth_on_growth_reads_as_many_rounds_as_it_needs() {
    let grown = set(
        "10",
        "[[criterion]]\nid = \"1\"\nname = \"Tăng\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"change\"\nof = \"ratio\"\nfull_at = 10\n",
    );
    let ratio = set(
        "10",
        "[[criterion]]\nid = \"1\"\nname = \"Tỷ lệ\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\n",
    );
    let round = |year: u32, set: &str, previous: u32| {
        format!(
            "[round]\nprevious = \"{previous}.toml\"\n[[tier]]\nid = \"xa\"\ncriteria = \"{set}\"\nresults = \"{year}.csv\"\n"
        )
    };
    let results = |done: u32| format!("unit,1.numerator,1.denominator\nA,{done},100\n");
    let files: Files<'_> = &[
        ("round.toml", &round(2026, "grown.toml", 2025)),
        ("2025.toml", &round(2025, "grown.toml", 2024)),
        ("2024.toml", &round(2024, "ratio.toml", 2023)),
        ("grown.toml", &grown),
        ("ratio.toml", &ratio),
        ("2026.csv", &results(58)),
        ("2025.csv", &results(50)),
        ("2024.csv", &results(47)),
    ];
    let scored = right(files);
    let of = unit(tier(&scored, "xa"), "A");
    // 58 − 50 is 80 %; 50 − 47 was 30 %.
    assert_eq!((&of["index"], &of["previous"]["index"]), (&json!(80), &json!(30)));
    let ran = Folder::new(files).run(&["check", "2024.toml"]);
    assert!(ran.stderr.contains("\"2023.toml\""), "{}", ran.stderr);
}

/// A tier that has another id than a year ago is told apart from one without a year before.
#[test]
fn a_tier_of_another_id_is_pointed_out() {
    let round = |more: &str, id: &str| {
        format!("[round]\n{more}\n[[tier]]\nid = \"{id}\"\ncriteria = \"set.toml\"\nresults = \"r.csv\"\n")
    };
    let files: Files<'_> = &[
        ("round.toml", &round("previous = \"2025.toml\"", "cap-xa")),
        ("2025.toml", &round("", "xa")),
        ("set.toml", &set("100", CRITERIA)),
        ("r.csv", "unit,1.1,1.2,2\nA,20,40,20\n"),
        ("published.csv", "unit,tier,index\nA,xa,80\n"),
    ];
    let note = "Đợt trước không có cấp \"cap-xa\" (có: xa): không so được; hai đợt phải dùng cùng mã cấp";
    for args in [
        &["score", "round.toml"][..],
        &["compare", "2025.toml", "round.toml"],
        &["compare", "published.csv", "round.toml"],
    ] {
        let said = printed(files, args);
        assert!(said.contains(note), "{args:?}: {said}");
        assert!(!said.contains("chỉ có kết quả công bố"), "{args:?}: {said}");
    }
}
