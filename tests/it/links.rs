//! Several tiers in one round, and what their criteria take from each other: the tier below, other
//! indices, targets, the round before. All numbers are worked by hand.

use crate::sets::{set, unit};
use crate::support::{Folder, Ran};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

/// The files of a round, by their names.
pub type Files<'a> = &'a [(&'a str, &'a str)];

/// Scores a round as JSON; `Err` is what was said on standard error.
#[track_caller]
pub fn scored(files: Files<'_>) -> Result<Value, String> {
    let ran = Folder::new(files).run(&["score", "round.toml", "--format", "json"]);
    match ran.code {
        0 => Ok(serde_json::from_str(&ran.stdout).expect("standard output is JSON")),
        _ => Err(ran.stderr),
    }
}

/// Scores a round that has no mistakes.
#[track_caller]
pub fn right(files: Files<'_>) -> Value {
    scored(files).unwrap_or_else(|said| panic!("{said}"))
}

/// A tier of a scored round.
#[track_caller]
pub fn tier<'a>(round: &'a Value, id: &str) -> &'a Value {
    let tiers = round["tiers"].as_array().expect("tiers");
    tiers.iter().find(|tier| tier["id"] == id).unwrap_or_else(|| panic!("no tier {id}"))
}

/// The points of a unit's criterion, or what else it has under a name; rounded to four digits.
#[track_caller]
pub fn at(round: &Value, of: &str, id: &str, place: &str) -> String {
    let unit = unit(tier(round, of), id);
    four_digits(unit.get(place).unwrap_or(&unit["criteria"][place]["points"]))
}

/// A number as people compare it; anything else as it stands.
pub fn four_digits(value: &Value) -> String {
    match value.to_string().parse::<Decimal>() {
        Ok(number) => {
            number.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
        }
        Err(_) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    }
}

/// What a command prints above the line that says what made it.
#[track_caller]
pub fn printed(files: Files<'_>, args: &[&str]) -> String {
    let ran = Folder::new(files).run(args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    body(&ran)
}

/// What was printed above the line that says what made it.
pub fn body(ran: &Ran) -> String {
    let made_by = ran.stdout.find("  Lập bằng parindex").or_else(|| ran.stdout.find("  Made by parindex"));
    ran.stdout[..made_by.unwrap_or(ran.stdout.len())].to_owned()
}

// Communes and the districts above them.

const COMMUNE: &str = r#"
[[criterion]]
id = "1"
name = "Ban hành kế hoạch"
max = 4
kind = "yes-no"
na = "reduce"
[[criterion]]
id = "2"
name = "Kết quả"
max = 16
[[criterion]]
id = "2.1"
name = "Tỷ lệ hồ sơ đúng hạn"
max = 6
kind = "proportional"
measure = "ratio"
[[criterion]]
id = "2.2"
name = "Hồ sơ trực tuyến"
max = 10
kind = "proportional"
measure = "against-target"
target = 40
"#;

/// Four communes of H1, of which one is not scored and one has no criterion 1; one of H2; none of H3.
const COMMUNES: &str = "\
unit,criterion,value,numerator,denominator,note
X1,1,có,,,
X1,2.1,,90,100,
X1,2.2,40,,,
X2,1,không,,,
X2,2.1,,45,50,
X2,2.2,39.33,,,
X3,1,N/A,,,không có chức năng
X3,2.1,,1,3,
X3,2.2,20,,,
X4,1,có,,,
X4,2.1,,10,10,
X5,1,có,,,
X5,2.1,,100,100,
X5,2.2,50,,,
";

const UNITS: &str = "\
unit,tier,parent
X1,xa,H1
X2,xa,H1
X3,xa,H1
X4,xa,H1
X5,xa,H2
H1,huyen,
H2,huyen,
H3,huyen,
";

const XA: &str =
    "[[tier]]\nid = \"xa\"\ncriteria = \"xa.toml\"\nresults = \"xa.csv\"\nmissing = \"not-scored\"\n";
const HUYEN: &str = "[[tier]]\nid = \"huyen\"\ncriteria = \"huyen.toml\"\nresults = \"huyen.csv\"\n";

/// A round of communes and districts; a district has one criterion of 10 points by this rule.
#[track_caller]
fn districts(rule: &str, tiers: [&str; 2]) -> Result<Value, String> {
    let huyen = set(
        "10",
        &format!(
            "[[criterion]]\nid = \"1\"\nname = \"Cấp xã\"\nmax = 10\nkind = \"lower-tier\"\ntier = \"xa\"\nna = \"reduce\"\n{rule}"
        ),
    );
    scored(&[
        ("round.toml", &format!("[round]\nunits = \"units.csv\"\n{}{}", tiers[0], tiers[1])),
        ("units.csv", UNITS),
        ("xa.toml", &set("20", COMMUNE)),
        ("xa.csv", COMMUNES),
        ("huyen.toml", &huyen),
        ("huyen.csv", "unit,criterion,value\nH1,1,\nH2,1,\nH3,1,\n"),
    ])
}

/// What the rule gives H1, H2 and H3, which has no communes; in either order of the tiers.
#[track_caller]
fn lower(rule: &str, expected: [&str; 3]) {
    for tiers in [[XA, HUYEN], [HUYEN, XA]] {
        let rule = format!("zero_denominator = \"n/a\"\n{rule}");
        let round = districts(&rule, tiers).unwrap_or_else(|said| panic!("{said}"));
        let found = ["H1", "H2", "H3"].map(|id| at(&round, "huyen", id, "1"));
        assert_eq!(found, expected, "{rule}");
    }
}

#[test]
fn the_share_of_lower_units_with_full_points() {
    lower("criterion = \"1\"", ["5", "10", "null"]);
    // X4 is not scored although its answer is known: 1 of 2, not 2 of 3.
    lower("criterion = \"1\"\nanswer = \"có\"", ["5", "10", "null"]);
    lower("criterion = \"1\"\nanswer = \"không\"", ["5", "0", "null"]);
}

#[test]
fn a_lower_unit_to_which_the_criterion_does_not_apply() {
    lower("criterion = \"1\"\nnot_applicable = \"exclude\"", ["5", "10", "null"]);
    lower("criterion = \"1\"\nnot_applicable = \"met\"", ["6.6667", "10", "null"]);
    lower("criterion = \"1\"\nnot_applicable = \"unmet\"", ["3.3333", "10", "null"]);
    lower("criterion = \"1\"\ntake = \"mean\"\nweight = \"none\"", ["5", "10", "null"]);
    lower(
        "criterion = \"1\"\ntake = \"mean\"\nweight = \"none\"\nnot_applicable = \"met\"",
        ["6.6667", "10", "null"],
    );
    lower(
        "criterion = \"1\"\ntake = \"mean\"\nweight = \"none\"\nnot_applicable = \"unmet\"",
        ["3.3333", "10", "null"],
    );
}

/// 90 of 100 is 5.4 of 6 points is 90 %: each bound is met exactly, and missed just above.
#[test]
fn the_condition_of_a_share_is_met_at_its_bound() {
    let two = ["6.6667", "10", "null"];
    let none = ["0", "10", "null"];
    lower("criterion = \"2.1\"\npoints_from = 5.4", two);
    lower("criterion = \"2.1\"\npoints_from = 5.41", none);
    lower("criterion = \"2.1\"\npoints_below = 5.4", ["3.3333", "0", "null"]);
    lower("criterion = \"2.1\"\npoints_below = 5.41", ["10", "0", "null"]);
    lower("criterion = \"2.1\"\nshare_from = 90", two);
    lower("criterion = \"2.1\"\nshare_from = 90.01", none);
    lower("criterion = \"2.1\"\nmeasure_from = 90", two);
    lower("criterion = \"2.1\"\nmeasure_from = 90.01", none);
    // A third is above 33.33 and below 33.34.
    lower("criterion = \"2.1\"\nmeasure_from = 33.33", ["10", "10", "null"]);
    lower("criterion = \"2.1\"\nmeasure_from = 33.34", two);
}

/// 39.33 of 40 is 98.325 %: the target is missed.
#[test]
fn the_share_of_lower_units_that_met_their_target() {
    lower("criterion = \"2.2\"\ntarget = \"met\"", ["3.3333", "10", "null"]);
}

#[test]
fn a_group_or_the_whole_index_of_the_lower_units() {
    // 15.4, 15.2325 and 7 of 16 points: 96.25, 95.203125 and 43.75 %.
    lower("criterion = \"2\"\nshare_from = 95.203125", ["6.6667", "10", "null"]);
    lower("criterion = \"2\"\nshare_from = 95.2032", ["3.3333", "10", "null"]);
    lower("criterion = \"2\"\npoints_from = 7", ["10", "10", "null"]);
    // 97, 76.1625 and 43.75 %, the last of 16 points that apply.
    lower("measure_from = 76.1625", ["6.6667", "10", "null"]);
    lower("measure_from = 76.1626", ["3.3333", "10", "null"]);
    lower("share_from = 43.75", ["10", "10", "null"]);
    lower("points_below = 7", ["0", "0", "null"]);
    lower("points_below = 7.01", ["3.3333", "0", "null"]);
}

#[test]
fn the_mean_of_lower_units_plain_or_by_dossiers() {
    let mean = "take = \"mean\"\n";
    // (90 + 90 + 33.33…) ÷ 3; (90 + 45 + 1) ÷ (100 + 50 + 3).
    lower(&format!("{mean}criterion = \"2.1\"\nweight = \"none\""), ["7.1111", "10", "null"]);
    lower(&format!("{mean}criterion = \"2.1\"\nweight = \"2.1.denominator\""), ["8.8889", "10", "null"]);
    // (97 + 76.1625 + 43.75) ÷ 3; (97 × 100 + 76.1625 × 50 + 43.75 × 3) ÷ 153.
    lower(&format!("{mean}weight = \"none\""), ["7.2304", "10", "null"]);
    lower(&format!("{mean}weight = \"2.1.denominator\""), ["8.9146", "10", "null"]);
    // 100 of 100 and 50 dossiers lie in communes with a plan.
    lower("criterion = \"1\"\nweight = \"2.1.denominator\"", ["6.6667", "10", "null"]);
    // A unit of which the weight is not known weighs nothing: all weigh nothing here.
    lower(&format!("{mean}criterion = \"2.1\"\nweight = \"2.1\""), ["null", "null", "null"]);
}

#[test]
fn a_share_of_lower_units_through_bands_or_a_line() {
    let bands = "bands = [{ from = 60, points = 10 }, { from = 30, below = 60, points = 4 }, { below = 30, points = 0 }]";
    lower(&format!("criterion = \"1\"\n{bands}"), ["4", "10", "null"]);
    lower("criterion = \"1\"\nfull_at = 80", ["6.25", "10", "null"]);
    lower("criterion = \"1\"\nfull_at = 80\nzero_below = 51", ["0", "10", "null"]);
    lower("criterion = \"1\"\nfull_at = 80\nzero_at = 20", ["5", "10", "null"]);
}

#[test]
fn a_district_without_communes() {
    for (word, expected) in [("full", "10"), ("zero", "0"), ("n/a", "null")] {
        let rule = format!("criterion = \"1\"\nzero_denominator = \"{word}\"");
        let round = districts(&rule, [XA, HUYEN]).unwrap_or_else(|said| panic!("{said}"));
        assert_eq!(at(&round, "huyen", "H3", "1"), expected, "{word}");
        assert_eq!(at(&round, "huyen", "H1", "1"), "5");
    }
    let said = districts("criterion = \"1\"", [XA, HUYEN]).expect_err("H3 has no communes");
    assert_eq!(said.matches("[no-lower-units]").count(), 1, "{said}");
    assert!(said.contains("đơn vị H3, tiêu chí 1"), "{said}");
}

/// A missing input that counts as 0 points is no target that was met.
#[test]
fn a_missing_value_does_not_meet_a_target() {
    let zero = XA.replace("not-scored", "zero");
    let rule = "criterion = \"2.2\"\ntarget = \"met\"\nzero_denominator = \"n/a\"";
    let round = districts(rule, [&zero, HUYEN]).unwrap_or_else(|said| panic!("{said}"));
    // X1 of X1, X2, X3 and X4.
    assert_eq!(at(&round, "huyen", "H1", "1"), "2.5");
}

#[test]
fn an_explanation_tells_of_the_lower_units() {
    let huyen = set(
        "10",
        "[[criterion]]\nid = \"1\"\nname = \"Cấp xã\"\nmax = 10\nkind = \"lower-tier\"\ntier = \"xa\"\ncriterion = \"1\"\nnot_applicable = \"met\"\nzero_denominator = \"zero\"\n",
    );
    let files = [
        ("round.toml", &*format!("[round]\nunits = \"units.csv\"\n{XA}{HUYEN}")),
        ("units.csv", UNITS),
        ("xa.toml", &set("20", COMMUNE)),
        ("xa.csv", COMMUNES),
        ("huyen.toml", &huyen),
        ("huyen.csv", "unit,criterion,value\nH1,1,\nH2,1,\nH3,1,\n"),
    ];
    let said = printed(&files, &["explain", "round.toml", "H1", "1"]);
    for line in
        ["1.numerator = 2", "1.denominator = 3", "→ 2 ÷ 3 × 100 = 66,666666… %", "Điểm: 6,67/10; mất 3,33"]
    {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    let said = printed(&files, &["explain", "round.toml", "H3", "1"]);
    assert!(said.contains("→ 0 ÷ 0"), "{said}");
}

// A province, its districts, departments, divisions and communes in one round.

fn one(id: &str, rule: &str) -> String {
    set(
        "100",
        &format!(
            "[ranking]\nwithin = \"block\"\n[[criterion]]\nid = \"{id}\"\nname = \"Điểm\"\nmax = 100\n{rule}"
        ),
    )
}

/// The province takes half of its points from districts and half from departments, districts theirs
/// from communes, departments theirs from divisions.
fn five_tiers(order: &str) -> Value {
    let tinh = set(
        "100",
        "[[criterion]]\nid = \"1\"\nname = \"Cấp huyện\"\nmax = 50\nkind = \"lower-tier\"\ntier = \"huyen\"\ntake = \"mean\"\nweight = \"none\"\n[[criterion]]\nid = \"2\"\nname = \"Các sở\"\nmax = 50\nkind = \"lower-tier\"\ntier = \"so\"\nshare_from = 80\n",
    );
    let given = one("1", "kind = \"given\"\n");
    let above = |tier: &str| {
        one("1", &format!("kind = \"lower-tier\"\ntier = \"{tier}\"\ntake = \"mean\"\nweight = \"none\"\n"))
    };
    let mut round = "[round]\nunits = \"units.csv\"\n".to_owned();
    for id in order.split(' ') {
        round += &format!("[[tier]]\nid = \"{id}\"\ncriteria = \"{id}.toml\"\nresults = \"{id}.csv\"\n");
    }
    right(&[
        ("round.toml", &round),
        (
            "units.csv",
            "unit,tier,block,parent\nT,tinh,,\nH1,huyen,Đồng bằng,T\nH2,huyen,Miền núi,T\nS1,so,Sở,T\nS2,so,Sở,T\nS3,so,Ban,T\nX1,xa,,H1\nX2,xa,,H1\nX3,xa,,H2\nP1,phong,,S1\nP2,phong,,S1\nP3,phong,,S2\nP4,phong,,S3\n",
        ),
        ("tinh.toml", &tinh),
        ("tinh.csv", "unit,criterion,value\nT,1,\n"),
        ("huyen.toml", &above("xa")),
        ("huyen.csv", "unit,criterion,value\nH1,1,\nH2,1,\n"),
        ("so.toml", &above("phong")),
        ("so.csv", "unit,criterion,value\nS1,1,\nS2,1,\nS3,1,\n"),
        ("xa.toml", &given),
        ("xa.csv", "unit,1\nX1,80\nX2,90\nX3,70\n"),
        ("phong.toml", &given),
        ("phong.csv", "unit,1\nP1,70\nP2,90\nP3,79.99\nP4,95\n"),
    ])
}

#[test]
fn five_tiers_in_one_round_whatever_their_order() {
    for order in ["tinh so huyen phong xa", "xa phong huyen so tinh", "huyen xa tinh phong so"] {
        let round = five_tiers(order);
        let ids: Vec<&str> = order.split(' ').collect();
        let found: Vec<&Value> =
            round["tiers"].as_array().expect("tiers").iter().map(|tier| &tier["id"]).collect();
        assert_eq!(found, ids, "tables stand in the order of the file");
        let index = |tier: &str, id: &str| at(&round, tier, id, "index");
        assert_eq!([index("huyen", "H1"), index("huyen", "H2")], ["85", "70"]);
        assert_eq!([index("so", "S1"), index("so", "S2"), index("so", "S3")], ["80", "79.99", "95"]);
        // 50 × (85 + 70) ÷ 2 ÷ 100 and 50 × 2 ÷ 3: S1 is at the bound.
        assert_eq!([at(&round, "tinh", "T", "1"), at(&round, "tinh", "T", "2")], ["38.75", "33.3333"]);
        assert_eq!(index("tinh", "T"), "72.0833");
    }
}

#[test]
fn blocks_are_ranked_apart_in_each_tier() {
    let round = five_tiers("tinh so huyen phong xa");
    let ranks = |tier: &str, ids: &[&str]| -> Vec<String> {
        ids.iter().map(|id| at(&round, tier, id, "rank")).collect()
    };
    assert_eq!(ranks("so", &["S1", "S2", "S3"]), ["1", "2", "1"]);
    assert_eq!(ranks("huyen", &["H1", "H2"]), ["1", "1"]);
    assert_eq!(ranks("xa", &["X1", "X2", "X3"]), ["2", "1", "3"]);
    assert_eq!(ranks("phong", &["P1", "P2", "P3", "P4"]), ["4", "2", "3", "1"]);
}

// Indices.

const SIPAS: &str = "unit,index,tthc,cán bộ\nX1,90,88,95\nX2,94.66,91,60\n";

/// A round of two communes whose one criterion of 10 points is an index.
#[track_caller]
fn index(rule: &str, results: &str) -> Result<Value, String> {
    let xa = set(
        "10",
        &format!(
            "[[criterion]]\nid = \"1\"\nname = \"Hài lòng\"\nmax = 10\nkind = \"index\"\nof = \"sipas\"\nna = \"reduce\"\n{rule}"
        ),
    );
    scored(&[
        (
            "round.toml",
            "[round]\nunits = \"units.csv\"\n[[index]]\nid = \"sipas\"\nname = \"SIPAS\"\nfile = \"sipas.csv\"\n[[tier]]\nid = \"xa\"\ncriteria = \"xa.toml\"\nresults = \"xa.csv\"\n",
        ),
        ("units.csv", "unit\nX1\nX2\n"),
        ("sipas.csv", SIPAS),
        ("xa.toml", &xa),
        ("xa.csv", results),
    ])
}

#[track_caller]
fn indexed(rule: &str, expected: [&str; 2]) {
    let round = index(rule, "unit,1\nX1,\nX2,\n").unwrap_or_else(|said| panic!("{said}"));
    assert_eq!(["X1", "X2"].map(|id| at(&round, "xa", id, "1")), expected, "{rule}");
}

#[test]
fn an_index_from_a_table_and_its_factors() {
    indexed("", ["9", "9.466"]);
    indexed("factor = \"tthc\"", ["8.8", "9.1"]);
    indexed("factor = \"Cán bộ\"", ["9.5", "6"]);
    indexed("full_at = 90", ["10", "10"]);
    indexed("full_at = 95\nzero_at = 85", ["5", "9.66"]);
    indexed("factor = \"cán bộ\"\nzero_below = 80", ["9.5", "0"]);
    indexed("bands = [{ from = 94.66, points = 10 }, { below = 94.66, points = 4 }]", ["4", "10"]);
}

#[test]
fn an_index_that_the_results_give_stands_and_is_compared() {
    let round =
        index("", "unit,1,1.note\nX1,80,\nX2,N/A,không khảo sát\n").unwrap_or_else(|said| panic!("{said}"));
    assert_eq!(["X1", "X2"].map(|id| at(&round, "xa", id, "1")), ["8", "null"]);
}

/// The same units scored under Decision 766 as well, and its index and a criterion of it in theirs.
#[test]
fn an_index_from_a_tier_that_scores_the_same_units() {
    let xa = set(
        "30",
        "[[criterion]]\nid = \"1\"\nname = \"Chỉ số 766\"\nmax = 10\nkind = \"index\"\nof = \"766\"\n[[criterion]]\nid = \"2\"\nname = \"Một tiêu chí\"\nmax = 10\nkind = \"index\"\nof = \"766\"\nfactor = \"2\"\n[[criterion]]\nid = \"3\"\nname = \"Nhóm\"\nmax = 10\nkind = \"index\"\nof = \"766\"\nfactor = \"1\"\n",
    );
    let other = set(
        "40",
        "[[criterion]]\nid = \"1\"\nname = \"Nhóm\"\nmax = 20\n[[criterion]]\nid = \"1.1\"\nname = \"a\"\nmax = 8\nkind = \"given\"\n[[criterion]]\nid = \"1.2\"\nname = \"b\"\nmax = 12\nkind = \"given\"\nna = \"reduce\"\n[[criterion]]\nid = \"2\"\nname = \"c\"\nmax = 20\nkind = \"given\"\n",
    );
    let xa_tier = "[[tier]]\nid = \"xa\"\ncriteria = \"xa.toml\"\nresults = \"xa.csv\"\n";
    let other_tier =
        "[[tier]]\nid = \"766\"\ncriteria = \"766.toml\"\nresults = \"766.csv\"\nunits_of = \"xa\"\n";
    for tiers in [format!("{xa_tier}{other_tier}"), format!("{other_tier}{xa_tier}")] {
        let round = right(&[
            ("round.toml", &format!("[round]\nunits = \"units.csv\"\n{tiers}")),
            ("units.csv", "unit,name,tier,block\nX1,Xã Một,xa,\nX2,Xã Hai,xa,\n"),
            ("xa.toml", &xa),
            ("xa.csv", "unit,1\nX1,\nX2,\n"),
            ("766.toml", &other),
            ("766.csv", "unit,1.1,1.2,1.2.note,2\nX1,8,6,,15\nX2,4,N/A,không có,14\n"),
        ]);
        // X1: 29 of 40, 15 of 20, 14 of 20. X2: 18 of 28, 14 of 20, 4 of 8.
        assert_eq!(["1", "2", "3"].map(|id| at(&round, "xa", "X1", id)), ["7.25", "7.5", "7"]);
        assert_eq!(["1", "2", "3"].map(|id| at(&round, "xa", "X2", id)), ["6.4286", "7", "5"]);
        assert_eq!(unit(tier(&round, "766"), "X2")["name"], "Xã Hai", "the units have their names there too");
        assert_eq!(["X1", "X2"].map(|id| at(&round, "766", id, "rank")), ["1", "2"]);
    }
}

// Targets.

/// A round of three units held against targets by this rule; X3 has none in the file.
#[track_caller]
fn against(rule: &str, values: [&str; 3]) -> Result<Value, String> {
    scored(&target_files(rule, values).each_ref().map(|(name, text)| (*name, text.as_str())))
}

fn target_files(rule: &str, values: [&str; 3]) -> [(&'static str, String); 5] {
    let xa = set(
        "10",
        &format!(
            "[[criterion]]\nid = \"1\"\nname = \"Thu hút\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"against-target\"\n{rule}"
        ),
    );
    let [a, b, c] = values;
    [
        (
            "round.toml",
            "[round]\nunits = \"units.csv\"\ntargets = \"targets.csv\"\n[[tier]]\nid = \"xa\"\ncriteria = \"xa.toml\"\nresults = \"xa.csv\"\n".to_owned(),
        ),
        ("units.csv", "unit\nX1\nX2\nX3\n".to_owned()),
        ("targets.csv", "unit,criterion,target\nX1,1,40\nX2,1,80\n".to_owned()),
        ("xa.toml", xa),
        ("xa.csv", format!("unit,criterion,value,numerator,denominator\nX1,1,{a}\nX2,1,{b}\nX3,1,{c}\n")),
    ]
}

#[track_caller]
fn reached(rule: &str, values: [&str; 3], expected: [&str; 3], missed: [usize; 3]) {
    let round = against(rule, values).unwrap_or_else(|said| panic!("{said}"));
    let ids = ["X1", "X2", "X3"];
    assert_eq!(ids.map(|id| at(&round, "xa", id, "1")), expected, "{rule}");
    let of = ids.map(|id| unit(tier(&round, "xa"), id)["targets"]["missed"].as_array().map_or(9, Vec::len));
    assert_eq!(of, missed, "{rule}");
}

#[test]
fn a_measure_against_the_target_of_the_unit_or_of_all() {
    let all = "target = 20\n";
    // 39.33 of 40 is 98.325 %; 80 of 80 is met exactly; X3 has the target of all.
    reached(all, ["39.33,,", "80,,", "19,,"], ["9.8325", "10", "9.5"], [1, 0, 1]);
    reached(all, ["40,,", "79.9984,,", "20,,"], ["10", "9.9998", "10"], [0, 1, 0]);
    // More than the target is no more than full.
    reached(all, ["60,,", "200,,", "0,,"], ["10", "10", "0"], [0, 0, 1]);
}

#[test]
fn a_target_that_must_not_be_exceeded() {
    let rule = "target = 0\nbetter = \"lower\"\n";
    reached(rule, ["40,,", "100,,", "0,,"], ["10", "8", "10"], [0, 1, 0]);
    reached(rule, ["50,,", "0,,", "1,,"], ["8", "10", "0"], [1, 0, 1]);
}

#[test]
fn a_ratio_against_a_target_is_compared_unrounded() {
    let rule = "of = \"ratio\"\ntarget = 33.33\n";
    // 1 of 3 is above 33.33; 2 of 5 is 40; 79.99…% is below 80.
    reached(rule, [",2,5", ",7999,10000", ",1,3"], ["10", "9.9988", "10"], [0, 1, 0]);
    reached("of = \"ratio\"\ntarget = 33.34\n", [",2,5", ",4,5", ",1,3"], ["10", "10", "9.998"], [0, 0, 1]);
}

#[test]
fn targets_are_told_in_every_output() {
    let files = target_files("target = 20\n", ["39.33,,", "80,,", "19,,"]);
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let table = printed(&files, &["score", "round.toml"]);
    for part in ["Chỉ tiêu đạt", "1/1", "0/1", "Chưa đạt chỉ tiêu – X1: 1", "Chưa đạt chỉ tiêu – X3: 1"]
    {
        assert!(table.contains(part), "{part} is not in\n{table}");
    }
    assert!(!table.contains("Chưa đạt chỉ tiêu – X2"), "{table}");
    let table = printed(&files, &["score", "round.toml", "--format", "csv"]);
    let rows: Vec<Vec<String>> = csv_columns(&table, &["unit", "targets", "targets_missed"]);
    assert_eq!(rows, [["X2", "1/1", ""], ["X1", "0/1", "1"], ["X3", "0/1", "1"]]);
    let round = right(&files);
    assert_eq!(unit(tier(&round, "xa"), "X1")["targets"], json!({ "met": 0, "missed": ["1"] }));
    assert_eq!(unit(tier(&round, "xa"), "X2")["targets"], json!({ "met": 1, "missed": [] }));
    let said = printed(&files, &["explain", "round.toml", "X1", "1"]);
    for line in ["1.target = 40", "→ chưa đạt chỉ tiêu 40", "→ 39,33 ÷ 40 × 100 = 98,325 %", "Điểm: 9,83/10"]
    {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    let said = printed(&files, &["explain", "round.toml", "X2", "1"]);
    assert!(said.contains("→ đạt chỉ tiêu 80"), "{said}");
    let said = printed(&files, &["explain", "round.toml", "X1", "1", "--format", "json"]);
    let said: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(said["criteria"][0]["target_met"], false, "{said}");
}

/// Columns of the table for machines.
#[track_caller]
pub fn csv_columns(table: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let at: Vec<usize> = names
        .iter()
        .map(|name| {
            header
                .iter()
                .position(|column| column == *name)
                .unwrap_or_else(|| panic!("no {name} in {header:?}"))
        })
        .collect();
    let cells = |row: csv::StringRecord| at.iter().map(|&at| row[at].to_owned()).collect();
    reader.records().map(|row| cells(row.expect("a row"))).collect()
}

// Growth on the round before.

/// What a unit of this round gets by what it grew by; the round before has X1 with 1 of 3 dossiers and
/// the value 50, X2 with 4 of 10 and 80, X4 with 2 of 4 and 10, X5 with 1 of 8 and 20.
#[track_caller]
fn grown(rule: &str, units: &str, rows: &str) -> Result<Value, String> {
    let now = set(
        "10",
        &format!("[[criterion]]\nid = \"1\"\nname = \"Tăng trưởng\"\nmax = 10\nna = \"reduce\"\n{rule}"),
    );
    let before = set(
        "20",
        "[[criterion]]\nid = \"1\"\nname = \"Tỷ lệ\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\n[[criterion]]\nid = \"5\"\nname = \"Số\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"value\"\nfull_at = 100\n",
    );
    scored(&[
        (
            "round.toml",
            "[round]\nunits = \"units.csv\"\nprevious = \"2025.toml\"\n[[tier]]\nid = \"xa\"\ncriteria = \"now.toml\"\nresults = \"now.csv\"\n",
        ),
        ("units.csv", units),
        ("now.toml", &now),
        ("now.csv", &format!("unit,criterion,value,numerator,denominator,previous\n{rows}")),
        (
            "2025.toml",
            "[round]\n[[tier]]\nid = \"xa\"\ncriteria = \"before.toml\"\nresults = \"before.csv\"\n",
        ),
        ("before.toml", &before),
        (
            "before.csv",
            "unit,criterion,value,numerator,denominator\nX1,1,,1,3\nX1,5,50,,\nX2,1,,4,10\nX2,5,80,,\nX4,1,,2,4\nX4,5,10,,\nX5,1,,1,8\nX5,5,20,,\n",
        ),
    ])
}

const MORE: &str = "bands = [{ above = 0, points = 10 }, { to = 0, points = 0 }]\n";

#[track_caller]
fn grows(rule: &str, units: &str, rows: &str, expected: &[(&str, &str)]) {
    let round = grown(rule, units, rows).unwrap_or_else(|said| panic!("{said}"));
    for (id, expected) in expected {
        assert_eq!(at(&round, "xa", id, "1"), *expected, "{id} under {rule}");
    }
}

#[test]
fn a_third_is_not_more_than_a_third() {
    let rule = format!("kind = \"bands\"\nmeasure = \"change\"\nof = \"ratio\"\n{MORE}");
    grows(&rule, "unit\nX1\nX2\n", "X1,1,,2,6,\nX2,1,,401,1000,\n", &[("X1", "0"), ("X2", "10")]);
    grows(&rule, "unit\nX1\nX2\n", "X1,1,,33334,100000,\nX2,1,,4,10,\n", &[("X1", "10"), ("X2", "0")]);
}

#[test]
fn growth_as_a_difference_or_in_percent_of_what_it_was() {
    let line = "kind = \"proportional\"\nmeasure = \"change\"\nprevious_criterion = \"5\"\nfull_at = 20\n";
    // 60 − 50 = 10; 82 − 80 = 2. In percent: 20 and 2.5.
    grows(line, "unit\nX1\nX2\n", "X1,1,60,,,\nX2,1,82,,,\n", &[("X1", "5"), ("X2", "1")]);
    let percent = format!("{line}change = \"percent\"\n");
    grows(&percent, "unit\nX1\nX2\n", "X1,1,60,,,\nX2,1,82,,,\n", &[("X1", "10"), ("X2", "1.25")]);
    // 40 % − 33.33… % are 6.66… points.
    let ratio = "kind = \"proportional\"\nmeasure = \"change\"\nof = \"ratio\"\nfull_at = 20\n";
    grows(ratio, "unit\nX1\nX2\n", "X1,1,,2,5,\nX2,1,,1,2,\n", &[("X1", "3.3333"), ("X2", "5")]);
    let percent = format!("{ratio}change = \"percent\"\n");
    // 40 ÷ 33.33… is 120 %.
    grows(&percent, "unit\nX1\nX2\n", "X1,1,,2,5,\nX2,1,,4,10,\n", &[("X1", "10"), ("X2", "0")]);
}

/// X4 and X5 became X6: 2 of 4 and 1 of 8 are 3 of 12, a quarter.
#[test]
fn the_ratios_of_merged_units_are_added() {
    let rule = "kind = \"proportional\"\nmeasure = \"change\"\nof = \"ratio\"\nfull_at = 50\n";
    let units = "unit,previous\nX6,X4;X5\nX7,X4\nX8,X4\n";
    // 75 % − 25 %; X4 was split: 60 − 50 and 50 − 50.
    grows(rule, units, "X6,1,,3,4,\nX7,1,,6,10,\nX8,1,,1,2,\n", &[("X6", "10"), ("X7", "2"), ("X8", "0")]);
    // Values of merged units cannot be added: an index is no sum.
    let rule = "kind = \"proportional\"\nmeasure = \"change\"\nprevious_criterion = \"5\"\nfull_at = 20\n";
    let said = grown(rule, "unit,previous\nX6,X4;X5\n", "X6,1,40,,,\n").expect_err("there is no one value");
    assert!(said.contains("[no-previous]"), "{said}");
    grows(rule, "unit,previous\nX6,X4;X5\n", "X6,1,40,,,30\n", &[("X6", "5")]);
}

#[test]
fn a_unit_without_a_round_before() {
    for (word, expected) in [("n/a", "null"), ("zero", "0"), ("full", "10")] {
        let rule = format!(
            "kind = \"bands\"\nmeasure = \"change\"\nof = \"ratio\"\nno_previous = \"{word}\"\n{MORE}"
        );
        grows(&rule, "unit\nX1\nX9\n", "X1,1,,1,2,\nX9,1,,1,2,\n", &[("X1", "10"), ("X9", expected)]);
    }
    let rule = format!("kind = \"bands\"\nmeasure = \"change\"\nof = \"ratio\"\n{MORE}");
    let said =
        grown(&rule, "unit\nX1\nX9\n", "X1,1,,1,2,\nX9,1,,1,2,\n").expect_err("nothing is known of X9");
    assert_eq!(said.matches("[no-previous]").count(), 1, "{said}");
    assert!(said.contains("đơn vị X9, tiêu chí 1"), "{said}");
}

#[test]
fn what_the_results_give_of_the_round_before_stands() {
    let rule = format!("kind = \"bands\"\nmeasure = \"change\"\nprevious_criterion = \"5\"\n{MORE}");
    let rows = "X1,1,60,,,60\nX2,1,82,,,80\n";
    grows(&rule, "unit\nX1\nX2\n", rows, &[("X1", "0"), ("X2", "10")]);
}

/// A year ago the value was given as its parts, or by a formula; it is their sum, or what that gives.
#[test]
fn what_was_measured_before_may_be_a_sum_or_a_formula() {
    let now = set(
        "10",
        "[[criterion]]\nid = \"1\"\nname = \"Tăng\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"change\"\nfull_at = 10\n",
    );
    let sum = "measure = \"value\"\nparts = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]";
    let formula = "measure = \"formula\"\ninputs = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\nformula = \"a + b\"";
    for rule in [sum, formula] {
        let before = set(
            "10",
            &format!(
                "[[criterion]]\nid = \"1\"\nname = \"Số\"\nmax = 10\nkind = \"proportional\"\nfull_at = 100\n{rule}\n"
            ),
        );
        let round = right(&[
            (
                "round.toml",
                "[round]\nprevious = \"2025.toml\"\n[[tier]]\nid = \"xa\"\ncriteria = \"now.toml\"\nresults = \"now.csv\"\n",
            ),
            (
                "2025.toml",
                "[round]\n[[tier]]\nid = \"xa\"\ncriteria = \"before.toml\"\nresults = \"before.csv\"\n",
            ),
            ("now.toml", &now),
            ("before.toml", &before),
            ("now.csv", "unit,1.value\nX1,66\n"),
            ("before.csv", "unit,1.a,1.b\nX1,54,5\n"),
        ]);
        // 66 − 59 of 10.
        assert_eq!(at(&round, "xa", "X1", "1"), "7", "{rule}");
    }
}

/// Nobody gets 0 points because of a slip in an id.
#[test]
fn a_criterion_that_is_not_in_the_set_before_is_a_mistake() {
    let rule = format!(
        "kind = \"bands\"\nmeasure = \"change\"\nprevious_criterion = \"55\"\nno_previous = \"zero\"\n{MORE}"
    );
    let said = grown(&rule, "unit\nX1\n", "X1,1,60,,,\n").expect_err("there is no 55");
    assert!(
        said.contains("bộ tiêu chí \"thu\" của đợt trước không có tiêu chí \"55\" [unknown-criterion]"),
        "{said}"
    );
    assert!(said.contains("gần nhất: 5"), "{said}");
}

/// A printed index is no other than the exact one; a target of 40 is another than one of 40.9.
#[test]
fn a_value_that_is_given_as_printed_does_not_differ() {
    let units_of = |given: &str| {
        let index = "[[criterion]]\nid = \"1\"\nname = \"766\"\nmax = 10\nkind = \"index\"\nof = \"766\"\n";
        let other = "[[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 10\nkind = \"proportional\"\nmeasure = \"ratio\"\n";
        let tier = |id: &str, more: &str| {
            format!("[[tier]]\nid = \"{id}\"\ncriteria = \"{id}.toml\"\nresults = \"{id}.csv\"\n{more}")
        };
        let ran = Folder::new(&[
            (
                "round.toml",
                &format!(
                    "[round]\nunits = \"units.csv\"\n{}{}",
                    tier("xa", ""),
                    tier("766", "units_of = \"xa\"\n")
                ),
            ),
            ("units.csv", "unit,tier\nX1,xa\n"),
            ("xa.toml", &set("10", index)),
            ("766.toml", &set("10", other)),
            ("xa.csv", &format!("unit,1\nX1,{given}\n")),
            ("766.csv", "unit,1.numerator,1.denominator\nX1,2,3\n"),
        ])
        .run(&["check", "round.toml"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stderr.contains("[link-differs]")
    };
    for (given, differs) in [
        ("66.67", false),
        ("66.66", false),
        ("66.6667", false),
        ("66.7", true),
        ("67", true),
        ("66.68", true),
        ("66", true),
    ] {
        assert_eq!(units_of(given), differs, "{given}");
    }
    for (target, differs) in [("40", false), ("40.9", true), ("40.004", false)] {
        let mut files = target_files("", ["39,,", "80,,", "19,,"]);
        files[0].1 = files[0].1.replace("[round]", "[round]\ndecimal = \"point\"");
        files[2].1 = format!("unit,criterion,target\nX1,1,{target}\nX2,1,80\nX3,1,20\n");
        files[4].1 = "unit,criterion,value,target\nX1,1,39,40\nX2,1,80,\nX3,1,19,\n".to_owned();
        let ran = Folder::new(&files.each_ref().map(|(name, text)| (*name, text.as_str())))
            .run(&["check", "round.toml"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(ran.stderr.contains("[link-differs]"), differs, "{target}: {}", ran.stderr);
    }
}
