//! Answers with weights, formulas, judges and free points (catalogue K24, K26, K30–K32) on small
//! sets, whose numbers are worked by hand.

use crate::sets::{score, set, unit};
use crate::support::{Folder, Ran};
use serde_json::Value;

/// A set of these rules, and results that fit it.
pub const SET: &str = r#"[set]
id = "cach-khac"
name = "Bộ có phiếu, công thức, nhiều người chấm"
status = "sample"
max = 30

[[criterion]]
id = "1"
name = "Mức độ hài lòng"
max = 2
kind = "weighted"
part = "survey"
at_least = 30
answers = [
  { id = "tot", name = "Tốt", weight = 100 },
  { id = "kem", name = "Kém", weight = 33.3 },
  { id = "kyk", counts = false },
]

[[criterion]]
id = "2"
name = "Phản ánh, kiến nghị"
max = 8
kind = "formula"
inputs = [{ id = "tong", name = "Tổng số" }, { id = "xau", name = "Quá hạn" }, { id = "them" }]
formulas = [
  { name = "cách 1", formula = "max * (tong - xau) / tong" },
  { name = "cách 2", formula = "-them + 0.5*tong*tong / (xau*xau - them) / 3" },
]
zero_denominator = "full"

[[criterion]]
id = "3"
name = "Kết quả"
max = 5
kind = "formula"
inputs = [{ id = "giao" }, { id = "xong" }]
formula = "max × xong ÷ giao"

[[criterion]]
id = "4"
name = "Điểm của lãnh đạo"
max = 10
kind = "given"
judges = [{ id = "ct", name = "Chủ tịch", weight = 2.5 }, { id = "pct" }]

[[criterion]]
id = "5"
name = "Mô hình mới"
max = 5
kind = "options"
options = [{ name = "tiên phong", points = 5 }, { name = "cải tiến", from = 1, up_to = 3 }]
"#;

pub const RESULTS: &str = "\
unit,1.tot,1.kem,1.kyk,2,2.tong,2.xau,2.them,3.giao,3.xong,4.ct,4.pct,5,5.points
X01,50,30,4,cách 1,100,20,,7,3,9.5,8,cải tiến,2.5
X02,12,3,,cách 2,40,6,3,20,25,N/A,10,tiên phong,
";

/// A set of one criterion `1`; the rule begins with `max = …`.
fn alone(rule: &str) -> String {
    let max = rule.lines().next().and_then(|line| line.strip_prefix("max = ")).expect("max first");
    set(max, &format!("[[criterion]]\nid = \"1\"\nname = \"Một\"\n{rule}"))
}

/// The unit for its cells, under columns that are named by their inputs; or what was said instead.
fn scored(rule: &str, inputs: &str, cells: &str) -> Result<Value, String> {
    let header = inputs.split(' ').map(|input| format!("1.{input}")).collect::<Vec<_>>().join(";");
    let cells = cells.split(' ').collect::<Vec<_>>().join(";");
    let tier = score(&alone(rule), &format!("unit;{header}\nU1;{cells}\n"), &[])?;
    Ok(unit(&tier, "U1").clone())
}

/// The points that a rule gives for cells, `null` for N/A, or `[code]` of the refusal.
#[track_caller]
fn check(rule: &str, inputs: &str, cells: &str, expected: &str) {
    match scored(rule, inputs, cells) {
        Ok(unit) => assert_eq!(unit["criteria"]["1"]["points"].to_string(), expected, "{cells}\n{rule}"),
        Err(said) => {
            assert!(expected.starts_with('[') && said.contains(expected), "{cells}: {expected}\n{said}")
        }
    }
}

/// What `check` says of a set of one criterion.
fn read(rule: &str) -> Ran {
    Folder::new(&[("set.toml", &alone(rule))]).run(&["check", "set.toml", "--lang", "en"])
}

/// That a rule is refused with a message of this code that holds these words.
#[track_caller]
fn refused(rule: &str, words: &[&str]) {
    let ran = read(rule);
    assert_eq!(ran.code, 1, "{rule}\n{}", ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "not {word:?}:\n{}", ran.stderr);
    }
}

/// What `explain` says in English of the only unit.
fn explained(rule: &str, inputs: &str, cells: &str) -> String {
    let header = inputs.split(' ').map(|input| format!("1.{input}")).collect::<Vec<_>>().join(";");
    let results = format!("unit;{header}\nU1;{}\n", cells.replace(' ', ";"));
    let folder = Folder::new(&[("set.toml", &alone(rule)), ("results.csv", &results)]);
    let args = ["explain", "U1", "1", "--criteria", "set.toml", "--results", "results.csv", "--lang", "en"];
    let ran = folder.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

// K24: survey answers with weights.

const SURVEY: &str = "max = 2
kind = \"weighted\"
answers = [
  { id = \"a\", name = \"Tốt\", weight = 100 },
  { id = \"b\", name = \"Khá\", weight = 60 },
  { id = \"c\", name = \"Trung bình\", weight = 20 },
  { id = \"d\", name = \"Kém\", weight = 0 },
  { id = \"kyk\", name = \"Không ý kiến\", counts = false },
]";

#[test]
fn k24_answers_with_weights() {
    // GC25 of the published checks: (50 × 100 + 30 × 60 + 15 × 20) ÷ 100 = 71 %, 2 × 71 % = 1.42.
    check(SURVEY, "a b c d kyk", "50 30 15 5 0", "1.42");
    check(SURVEY, "a b c d kyk", "50 30 15 5 900", "1.42");
    check(SURVEY, "a b c d kyk", "50 30 15 5 ", "1.42");
    check(SURVEY, "a b c d kyk", "7 0 0 0 0", "2");
    check(SURVEY, "a b c d kyk", "0 0 0 7 0", "0");
    // (1 × 100 + 2 × 20) ÷ 3 = 46.666… %: nothing is rounded on the way.
    check(
        &format!("{SURVEY}\nrounding = {{ points = {{ digits = 4, mode = \"half-up\" }} }}"),
        "a b c d",
        "1 0 2 0",
        "0.9333",
    );
    // Published shares instead of heads: they need not be whole.
    check(SURVEY, "a b c d", "0.5 0.3 0.15 0.05", "1.42");
}

#[test]
fn k24_nobody_answered() {
    check(SURVEY, "a b c d kyk", "0 0 0 0 4", "null");
    check(&format!("{SURVEY}\nna = \"full\""), "a b c d", "0 0 0 0", "2");
    check(SURVEY, "a b c d", "50 N/A 0 0", "2");
    check(SURVEY, "a b c d", "50 30 15 ", "[missing-value]");
    check(SURVEY, "a b c", "50 30 15", "[missing-column]");
    check(SURVEY, "a b c d", "N/A N/A N/A N/A", "[na-forbidden]");
    check(&format!("{SURVEY}\nna = \"reduce\""), "a b c d", "N/A N/A N/A N/A", "null");
    check(SURVEY, "a b c d", "-1 30 15 5", "[value-out-of-range]");
}

#[test]
fn k24_the_smallest_sample() {
    let rule = format!("{SURVEY}\nat_least = 30");
    check(&rule, "a b c d kyk", "30 0 0 0 0", "2");
    check(&rule, "a b c d kyk", "29 0 0 0 500", "null");
    let said = explained(&rule, "a b c d", "12 0 0 0");
    assert!(said.contains("only 12 answers, 30 are needed"), "{said}");
}

#[test]
fn k24_tasks_by_their_end() {
    let rule = "max = 5\nkind = \"weighted\"\nanswers = [{ id = \"som\", weight = 100 }, { id = \"dung\", weight = 100 }, { id = \"tre\", weight = 50 }, { id = \"khong\", weight = 0 }]";
    // (10 + 60 + 20 × 0.5) ÷ 100 = 80 %.
    check(rule, "som dung tre khong", "10 60 20 10", "4");
}

#[test]
fn k24_is_explained_and_checked() {
    let said = explained(SURVEY, "a b c d", "50 30 15 5");
    for line in [
        "Rule: 2 × the weighted mean: Tốt 100 %; Khá 60 %; Trung bình 20 %; Kém 0 %; Không ý kiến not counted",
        "(50 × 100 % + 30 × 60 % + 15 × 20 % + 5 × 0 %) ÷ 100 = 71 %",
        "2 × 71 % = 1.42",
    ] {
        assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains(line), "{line}\n{said}");
    }
    refused(&SURVEY.replace("weight = 100", "weight = 99"), &["[best-is-not-maximum]"]);
    refused(&SURVEY.replace("weight = 100", "weight = 101"), &["[number-out-of-range]"]);
    refused(&SURVEY.replace(", weight = 60", ""), &["[missing-key]", "\"weight\""]);
    refused(&SURVEY.replace("\"kyk\"", "\"a\""), &["[duplicate-id]"]);
    refused("max = 2\nkind = \"weighted\"", &["[missing-key]", "\"answers\""]);
    refused("max = 2\nkind = \"weighted\"\nanswers = []", &["[empty-list]"]);
}

// K26: the marks of leaders.

const JUDGES: &str = "max = 10
kind = \"given\"
judges = [
  { id = \"ct\", name = \"Chủ tịch\", weight = 2 },
  { id = \"p1\", name = \"Phó Chủ tịch\" },
  { id = \"p2\" },
]";

#[test]
fn k26_several_judges() {
    check(JUDGES, "ct p1 p2", "9 8 7", "8.25"); // (18 + 8 + 7) ÷ 4
    check(JUDGES, "ct p1 p2", "9 8.5 N/A", "8.833333333333333333333333333"); // 26.5 ÷ 3
    check(JUDGES, "ct p1 p2", "N/A 8 6", "7");
    check(JUDGES, "ct p1 p2", "9 8 ", "[missing-value]");
    check(JUDGES, "ct p1 p2", "9 8 10.5", "[value-out-of-range]");
    check(JUDGES, "ct p1 p2", "N/A N/A N/A", "[na-forbidden]");
    check(&format!("{JUDGES}\nna = \"reduce\""), "ct p1 p2", "N/A N/A N/A", "null");
    check(&JUDGES.replace(", weight = 2", ""), "ct p1 p2", "9 8 7", "8");
    let said = explained(JUDGES, "ct p1 p2", "9 8 7");
    assert!(said.contains("(2 × 9 + 8 + 7) ÷ 4 = 8.25"), "{said}");
    assert!(said.contains("the mean of the points of: Chủ tịch (weight 2); Phó Chủ tịch; p2"), "{said}");
}

#[test]
fn k26_judges_in_the_long_form() {
    let results = "unit;criterion;input;value\nU1;1;ct;9\nU1;1;p1;8\nU1;1;p2;N/A\n";
    let tier = score(&alone(&format!("{JUDGES}\nrounding = {{ points = {{ digits = 2 }} }}")), results, &[]);
    let tier = tier.unwrap_or_else(|said| panic!("{said}"));
    assert_eq!(unit(&tier, "U1")["criteria"]["1"]["points"].to_string(), "8.67");
}

#[test]
fn k26_one_appraiser_as_before() {
    check("max = 12\nkind = \"given\"", "points", "6.36", "6.36");
    refused(&JUDGES.replace("weight = 2", "weight = 0"), &["[number-out-of-range]"]);
    refused("max = 2\nkind = \"given\"\njudges = []", &["[empty-list]"]);
    refused("max = 2\nkind = \"given\"\njudge = []", &["[unknown-key]", "nearest: judges"]);
}

// K30: free points between two limits.

#[test]
fn k30_free_points_between() {
    let rule = "max = 6\nkind = \"options\"\noptions = [{ name = \"tiên phong\", points = 6 }, { name = \"cải tiến\", from = 1, up_to = 3 }, { name = \"không\", points = 0 }]";
    check(rule, "value points", "cải_tiến 3", "[unknown-option]");
    let points = |points: &str| {
        score(&alone(rule), &format!("unit;1;1.points\nU1;cải tiến;{points}\n"), &[])
            .map(|tier| unit(&tier, "U1")["criteria"]["1"]["points"].to_string())
    };
    assert_eq!(points("1").as_deref(), Ok("1"));
    assert_eq!(points("2.25").as_deref(), Ok("2.25"));
    assert_eq!(points("3").as_deref(), Ok("3"));
    assert!(points("0.99").is_err_and(|said| said.contains("[below-limit]")));
    assert!(points("3.01").is_err_and(|said| said.contains("[above-limit]")));
    refused(&rule.replace("from = 1", "from = 4"), &["[number-out-of-range]", "at most up_to (3)"]);
    refused(&rule.replace("points = 0", "points = 0, from = 0"), &["[unknown-key]", "\"from\""]);
    refused(&rule.replace(", up_to = 3", ""), &["[one-of-keys]"]);
}

// K31: a ratio with a subtraction.

/// A criterion over `tong` and `xau`.
fn formula(max: &str, formula: &str, more: &str) -> String {
    format!(
        "max = {max}\nkind = \"formula\"\ninputs = [{{ id = \"tong\", name = \"Tổng\" }}, {{ id = \"xau\", name = \"Xấu\" }}]\nformula = \"{formula}\"\n{more}"
    )
}

#[test]
fn k31_what_was_settled_well() {
    let rule = formula("2", "max * (tong - xau) / tong", "zero_denominator = \"n/a\"");
    check(&rule, "tong xau", "100 20", "1.6");
    check(&rule, "tong xau", "7 0", "2");
    // Nothing arose.
    check(&rule, "tong xau", "0 0", "null");
    // A complaint that was both badly received and late counts twice: 10 − 12, held at 0.
    check(&rule, "tong xau", "10 12", "0");
    check(&rule, "tong xau", "10 ", "[missing-value]");
    check(&rule, "tong xau", "10 N/A", "[na-forbidden]");
    for (word, expected) in [("full", "2"), ("zero", "0"), ("error", "[zero-denominator]")] {
        let rule = rule.replace("n/a", word);
        check(&rule, "tong xau", "0 0", expected);
    }
    check(&formula("2", "max * (tong - xau) / tong", ""), "tong xau", "0 0", "[zero-denominator]");
}

#[test]
fn k31_is_explained() {
    let rule = formula("2", "max*(tong-xau)/tong", "zero_denominator = \"n/a\"");
    let said = explained(&rule, "tong xau", "100 20");
    for line in ["Rule: 2 × (tong − xau) ÷ tong, where tong: Tổng; xau: Xấu", "→ 2 × (100 − 20) ÷ 100 = 1.6"]
    {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let said = explained(&rule, "tong xau", "10 12");
    assert!(said.contains("2 × (10 − 12) ÷ 10 = -0.4") && said.contains("-0.4 → 0"), "{said}");
    let said = explained(&rule, "tong xau", "0 0");
    assert!(said.contains("2 × (0 − 0) ÷ 0") && said.contains("nothing arose"), "{said}");
}

// K32: arithmetic over named inputs.

#[test]
fn k32_arithmetic() {
    for (written, expected) in [
        ("tong + xau * 2", "13"),
        ("(tong + xau) * 2", "20"),
        ("tong - xau - 2", "2"),
        ("tong - (xau - 2)", "6"),
        ("tong / xau / 7 * 3", "1"),
        ("tong / (xau / 3) / 7", "1"),
        ("1 / 3 * 3 + 0 * (tong + xau)", "1"),
        ("tong / 3 + tong / 3 + tong / 3 - xau", "4"),
        ("-xau + tong", "4"),
        ("tong * -xau + 30", "9"),
        ("tong - -xau", "10"),
        ("tong × xau ÷ 7 − 1", "2"),
        ("tong – xau", "4"),
        ("0.25 * tong + 0.75 * xau", "4"),
        ("max * tong / (tong + xau)", "14"),
        (" tong*xau/7 ", "3"),
        ("((((tong))))-xau", "4"),
    ] {
        check(&formula("20", written, ""), "tong xau", "7 3", expected);
    }
}

#[test]
fn k32_one_of_several_formulas() {
    let rule = "max = 10
kind = \"formula\"
inputs = [{ id = \"giao\", name = \"Được giao\" }, { id = \"xong\", name = \"Đã xong\" }, { id = \"them\", name = \"Làm thêm\" }]
formulas = [
  { name = \"cách 1\", formula = \"max * xong / giao\" },
  { name = \"cách 2\", formula = \"max * (xong + them) / (giao + them)\" },
]";
    let results = |value: &str, cells: &str| {
        score(&alone(rule), &format!("unit;1;1.giao;1.xong;1.them\nU1;{value};{cells}\n"), &[])
            .map(|tier| unit(&tier, "U1")["criteria"]["1"]["points"].to_string())
    };
    assert_eq!(results("cách 1", "20;15;5").as_deref(), Ok("7.5"));
    assert_eq!(results("Cách 2", "20;15;5").as_deref(), Ok("8"));
    // What the picked formula does not use need not be given.
    assert_eq!(results("cách 1", "20;15;").as_deref(), Ok("7.5"));
    assert!(results("cách 2", "20;15;").is_err_and(|said| said.contains("[missing-value]")));
    assert!(results("", "20;15;5").is_err_and(|said| said.contains("[missing-value]")));
    assert!(results("cách 3", "20;15;5").is_err_and(|said| said.contains("[unknown-option]")));
    // More than was given: 25 of 20 gives 12.5, of which 10 count.
    assert_eq!(results("cách 1", "20;25;0").as_deref(), Ok("10"));
    refused(&rule.replace("cách 2", "Cách 1"), &["[duplicate-option]"]);
    let unused = rule.replace("xong + them", "xong").replace("giao + them", "giao");
    refused(&unused, &["[unused-input]", "\"them\""]);
}

#[test]
fn k32_above_the_maximum_is_a_warning() {
    let rule = formula("4", "max * tong / xau", "");
    let folder =
        Folder::new(&[("set.toml", &alone(&rule)), ("results.csv", "unit;1.tong;1.xau\nU1;27;24\n")]);
    let ran = folder.run(&["check", "--criteria", "set.toml", "--results", "results.csv", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("gives 4.5 points, above the maximum; 4 count [above-maximum]"),
        "{}",
        ran.stderr
    );
    check(&rule, "tong xau", "27 24", "4");
    check(&rule, "tong xau", "24 24", "4");
}

#[test]
fn k32_mistakes_are_shown_where_they_are() {
    for (written, words) in [
        ("max * tong / xauu", &["\"xauu\"", "nearest: xau", "^^^^"][..]),
        ("max * Tong / xau", &["\"Tong\"", "nearest: tong"]),
        ("tong / xau + a + b", &["\"a\"", "\"b\""]),
        ("(tong / xau", &["is not closed"]),
        ("tong / xau)", &["was not opened"]),
        ("tong xau", &["lacking before \"xau\""]),
        ("2tong / xau", &["lacking before \"tong\""]),
        ("tong (xau)", &["lacking before \"(\""]),
        ("(tong) (xau)", &["lacking before \"(\""]),
        ("tong / * xau", &["name is lacking"]),
        ("tong / xau -", &["name is lacking"]),
        ("+ tong / xau", &["name is lacking"]),
        ("() + tong / xau", &["name is lacking"]),
        ("tong * 0,5 / xau", &["use a decimal point: 0.5", "^^^"]),
        ("tong * 1.000,5 / xau", &["use a decimal point: 1000.5"]),
        ("tong * 5. / xau", &["is no number"]),
        ("tong * .5 / xau", &["no sign \".\""]),
        ("tong * 20000000000 / xau", &["is no number"]),
        ("tong : xau", &["written / or ÷"]),
        ("[tong / xau]", &["round brackets"]),
        ("tong ^ xau", &["no sign \"^\""]),
        ("min(tong, xau)", &["\"min\""]),
        ("tong / xau / 0", &["division by 0"]),
        ("tong / xau / 0.00", &["division by 0"]),
    ] {
        let ran = read(&formula("2", written, ""));
        assert_eq!(ran.code, 1, "{written}");
        for word in words {
            assert!(ran.stderr.contains(word), "{written}: not {word:?}\n{}", ran.stderr);
        }
        assert!(!ran.stderr.contains("[unused-input]"), "{written}\n{}", ran.stderr);
    }
    refused(&formula("2", "", ""), &["name is lacking"]);
    refused(&formula("2", "tong", ""), &["[unused-input]", "\"xau\""]);
    refused(&formula("2", "tong / xau", "formulas = []"), &["[one-of-keys]"]);
    refused("max = 2\nkind = \"formula\"\nformula = \"2\"", &["[missing-key]", "\"inputs\""]);
    refused(&formula("2", "tong / xau", "").replace("\"xau\"", "\"max\""), &["[bad-id]"]);
    refused(&formula("2", "tong / xau", "").replace("\"xau\"", "\"value\""), &["[bad-id]"]);
}

#[test]
fn k32_names_may_be_vietnamese() {
    let rule = "max = 2\nkind = \"formula\"\ninputs = [{ id = \"tổng_số\" }, { id = \"trễ2\" }]\nformula = \"max * (tổng_số - trễ2) / tổng_số\"";
    check(rule, "tổng_số trễ2", "100 20", "1.6");
    refused(&rule.replace("- trễ2", "- trẽ2"), &["nearest: trễ2", " ^^^^\n"]);
}

#[test]
fn k32_large_numbers_are_exact_or_refused() {
    let large = "1000000000000000";
    check(&formula("2", "tong / xau", ""), "tong xau", &format!("{large} {large}"), "1");
    check(
        &formula("2", "tong * xau / xau / tong", ""),
        "tong xau",
        &format!("{large} {large}"),
        "[too-large]",
    );
    // Products of long decimals have no room: they are cut at 28 digits, and no earlier.
    check(&formula("2", "tong * xau", ""), "tong xau", "0.333333333333333333 3", "0.999999999999999999");
}

/// Whatever a file says, reading it must not use up the stack.
#[test]
fn k32_hostile_formulas() {
    let sum = format!("tong{}", "+xau".repeat(249)); // a thousand signs
    check(&formula("2000", &sum, ""), "tong xau", "1 2", "499");
    let quotient = format!("tong{}", "/xau".repeat(249));
    check(&formula("2", &quotient, ""), "tong xau", "1 1", "1");
    for (opens, code) in [(30, 0), (31, 1), (400, 1)] {
        let written = format!("{}tong-xau{}", "(".repeat(opens), ")".repeat(opens));
        assert_eq!(read(&formula("2", &written, "")).code, code, "{opens} brackets");
    }
    refused(&formula("2", &"-".repeat(500), ""), &["more than 30"]);
    refused(&formula("2", &"(".repeat(900), ""), &["more than 30"]);
    refused(&formula("2", &"(".repeat(1_000_000), ""), &["more than 1000 signs"]);
}
