//! `sipas` against R's `survey`: the shipped example, and real data of the oracle; and what a person
//! sees, hand-worked on small surveys.

use crate::support::{Folder, Ran, project, python, run, shared};
use serde_json::Value;
use std::collections::HashMap;
use std::process::Command;

pub(crate) const EXAMPLE: &str = "examples/sipas-mau-2026";

/// The arguments for the shipped example.
fn example(more: &[&str]) -> Vec<String> {
    let file = |name: &str| format!("{EXAMPLE}/{name}");
    let mut args = vec!["sipas".to_owned(), "--questionnaire".to_owned(), "sipas-2026".to_owned()];
    args.extend(["--answers".to_owned(), file("answers.csv"), "--units".to_owned(), file("units.csv")]);
    args.extend(more.iter().map(|more| more.replace("EXAMPLE", EXAMPLE)));
    args
}

pub(crate) fn run_example(more: &[&str]) -> Ran {
    let args = example(more);
    run(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

#[track_caller]
pub(crate) fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

pub(crate) type Row = HashMap<String, String>;

pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<Row> = reader.deserialize().map(|row| row.expect("a row")).collect();
    assert!(!rows.is_empty());
    rows
}

#[track_caller]
pub(crate) fn near(found: &Value, expected: &str, what: &str) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{what}: {found} is no number"));
    let expected: f64 = expected.parse().expect("a number");
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{what}: {found} is not {expected}");
}

/// Every index, error, interval and design effect of the example against rows as R printed them.
fn agrees(expected: &[Row]) {
    let indices = json(&run_example(&["--interval", "t", "--format", "json"]));
    let mut found: HashMap<(String, String), &Value> = HashMap::new();
    let units = indices["units"].as_array().expect("units");
    let units = units.iter().map(|unit| (unit["unit"].as_str().unwrap_or_default(), &unit["indices"]));
    for (unit, parts) in units.chain([("", &indices["all"])]) {
        for part in parts.as_array().expect("parts") {
            found.insert((unit.to_owned(), part["part"].as_str().expect("an id").to_owned()), part);
        }
    }
    let groups = ["gioi_tinh", "dan_toc", "tuoi", "hoc_van", "nghe_nghiep"];
    let by = groups.join(",");
    let tabs = json(&run_example(&["--by", &by, "--min-cell", "1", "--interval", "t", "--format", "json"]));
    for tab in tabs["crosstabs"].as_array().expect("crosstabs") {
        for row in tab["rows"].as_array().expect("rows") {
            for cell in row["options"].as_array().expect("options") {
                let [unit, option] =
                    [&row["unit"], &cell["option"]].map(|of| of.as_str().unwrap_or_default());
                let by = tab["by"].as_str().expect("an id");
                found.insert((unit.to_owned(), format!("{by}={option}")), cell);
            }
        }
    }
    let (mut indices, mut crossed, mut sure) = (0, 0, 0);
    for row in expected.iter().filter(|row| row["minus"].is_empty()) {
        let what = if row["by"].is_empty() {
            indices += 1;
            row["part"].clone()
        } else {
            crossed += 1;
            format!("{}={}", row["by"], row["value"])
        };
        let key = (row["unit"].clone(), what);
        let of = found.get(&key).unwrap_or_else(|| panic!("{key:?} is not there"));
        let said = |column: &str| format!("{column} of {key:?}");
        near(&of["index"], &row["index"], &said("index"));
        near(&of["n"], &row["n"], &said("n"));
        if row["se"].parse::<f64>().expect("a number") < 1e-9 {
            // Everybody says the same: R has no interval there, and we have that of a plain count.
            assert_eq!(of["se"], 0.0, "{}", said("se"));
            assert!(of["low"].as_f64() < of["high"].as_f64(), "{}", said("interval"));
            sure += 1;
            continue;
        }
        let columns =
            if row["by"].is_empty() { &["se", "low", "high", "df"][..] } else { &["se", "low", "high"] };
        columns.iter().for_each(|column| near(&of[*column], &row[*column], &said(column)));
        if row["by"].is_empty() {
            near(&of["deff"], &row["deff_replace"], &said("deff"));
        }
    }
    assert_eq!((indices, crossed), (819, 46), "so many rows of R are compared");
    assert!(sure < 10, "{sure} rows have no error");
}

/// Every difference of units, and of options of one question.
fn differences_agree(expected: &[Row]) {
    let flags = ["--format", "json", "--min-cell", "1"];
    let mut compared = 0;
    for (by, what) in [
        ("", "units"),
        ("gioi_tinh", "gioi_tinh"),
        ("dan_toc", "dan_toc"),
        ("tuoi", "tuoi"),
        ("hoc_van", "hoc_van"),
        ("nghe_nghiep", "nghe_nghiep"),
    ] {
        let pairs = json(&run_example(&[&["--compare", what], &flags[..2]].concat()));
        let pairs = pairs["pairs"].as_array().expect("pairs");
        for row in expected.iter().filter(|row| !row["minus"].is_empty() && row["by"] == by) {
            let (of, keys) = match by {
                "" => ("unit", ["first", "second"]),
                _ => ("value", ["first_name", "second_name"]),
            };
            let (a, b) = (row[of].as_str(), row["minus"].as_str());
            let is_it = |pair: &&Value| {
                let pair = keys.map(|key| pair[key].as_str().expect("a name"));
                pair == [a, b] || pair == [b, a]
            };
            let pair = pairs.iter().find(is_it).unwrap_or_else(|| panic!("{a} and {b} are compared"));
            let sign = if pair[keys[0]] == a { 1.0 } else { -1.0 };
            let signed = |column: &str| Value::from(sign * pair[column].as_f64().expect("a number"));
            let what = format!("{a} less {b}");
            near(&signed("difference"), &row["index"], &what);
            let (low, high) = if sign > 0.0 { ("low", "high") } else { ("high", "low") };
            near(&signed("low"), &row[low], &what);
            near(&signed("high"), &row[high], &what);
            let error =
                signed("difference").as_f64().expect("a number") / signed("t").as_f64().expect("a number");
            near(&error.into(), &row["se"], &what);
            compared += 1;
        }
    }
    assert_eq!(compared, 21, "so many differences are compared");
}

#[test]
fn the_example_comes_out_as_r_says() {
    let text =
        std::fs::read_to_string(project().join(EXAMPLE).join("expected/expected.csv")).expect("the table");
    let expected = rows(&text);
    agrees(&expected);
    differences_agree(&expected);
}

/// The table that is shipped is what R says, and so what we say.
#[test]
fn r_itself_agrees_on_the_example() {
    let has_survey = Command::new("Rscript").args(["-e", "library(survey)"]).output();
    if !has_survey.is_ok_and(|ran| ran.status.success()) {
        println!("skipped: R with its package survey is not installed");
        return;
    }
    let folder = project().join(EXAMPLE);
    let ran = Command::new("Rscript").arg("expected/survey.R").current_dir(&folder).output().expect("R runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let fresh = rows(&String::from_utf8(ran.stdout).expect("UTF-8"));
    agrees(&fresh);
    differences_agree(&fresh);
}

/// The example's own answers come from its program, byte for byte.
#[test]
fn the_example_is_what_its_program_makes() {
    let copy = tempfile::tempdir().expect("a folder");
    let program = project().join(EXAMPLE).join("generate.py");
    std::fs::copy(&program, copy.path().join("generate.py")).expect("a copy");
    let Some(python) = python(&[]) else { return };
    let ran = Command::new(python).arg("generate.py").current_dir(copy.path()).output().expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    for name in ["answers.csv", "units.csv", "quotas.csv"] {
        let [fresh, shipped] = [copy.path().to_owned(), project().join(EXAMPLE)]
            .map(|folder| std::fs::read(folder.join(name)).expect(name));
        assert!(fresh == shipped, "{name} is another file");
    }
}

const HEAD: &str = "[questionnaire]\nid = \"q\"\nname = \"Khảo sát\"\nstatus = \"sample\"\n";
const SCALE: &str = "[[scale]]\nid = \"s\"\nlabels = [\"kém\", \"khá\", \"tốt\"]\nsatisfied = [\"tốt\"]\n";

/// A questionnaire of items in factors.
fn questionnaire(overall: &str, factors: &[(&str, &[&str])]) -> String {
    let mut text = format!("{HEAD}overall = \"{overall}\"\n[validity]\nanswered = 1\nforms = 1\n{SCALE}");
    for (factor, items) in factors {
        text += &format!("[[factor]]\nid = \"{factor}\"\nname = \"{factor}\"\n");
        for item in *items {
            text += &format!("[[item]]\nid = \"{item}\"\ntext = \"{item}\"\nfactor = \"{factor}\"\n");
        }
    }
    text
}

/// The overall index of all forms together.
#[track_caller]
fn overall(folder: &Folder, more: &[&str]) -> Value {
    let args =
        ["sipas", "--questionnaire", "q.toml", "--answers", "a.csv", "--format", "json", "--interval", "t"];
    let all = json(&folder.run(&[&args[..], more].concat()));
    all["all"][0].clone()
}

/// Three items, two factors, answers with a blank: every way to form the overall index by hand.
#[test]
fn the_overall_index_is_formed_as_the_questionnaire_says() {
    let answers = "unit,a1,a2,b1\nX,3,3,1\nX,3,1,3\nX,1,,3\nX,3,2,1\n";
    let factors: &[(&str, &[&str])] = &[("A", &["a1", "a2"]), ("B", &["b1"])];
    // a1 3/4, a2 1/3, b1 2/4; A 4/7.
    for (way, expected) in [
        ("pooled-answers", "54.545454545454545"),  // 6/11
        ("mean-of-items", "52.777777777777778"),   // (3/4 + 1/3 + 1/2)/3
        ("mean-of-factors", "53.571428571428571"), // (4/7 + 1/2)/2
    ] {
        let folder = Folder::new(&[("q.toml", &questionnaire(way, factors)), ("a.csv", answers)]);
        let found = overall(&folder, &[]);
        near(&found["index"], expected, way);
        assert!(found["se"].as_f64().is_some_and(|error| 0.0 < error), "{way}: {found}");
    }
}

/// Without blanks, and with factors of equal size, three definitions are the same number; so are their
/// errors, though one comes from two totals and the others from many.
#[test]
fn definitions_that_are_equal_have_equal_errors() {
    let mut answers = "unit,stratum,a1,a2,b1,b2\n".to_owned();
    let mut seed = 7u32;
    for form in 0..60 {
        answers += &format!("X,S{}", form % 3);
        for _ in 0..4 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            answers += &format!(",{}", 1 + (seed >> 16) % 3);
        }
        answers += "\n";
    }
    let factors: &[(&str, &[&str])] = &[("A", &["a1", "a2"]), ("B", &["b1", "b2"])];
    let [pooled, items, of_factors] = ["pooled-answers", "mean-of-items", "mean-of-factors"].map(|way| {
        overall(&Folder::new(&[("q.toml", &questionnaire(way, factors)), ("a.csv", &answers)]), &[])
    });
    for other in [items, of_factors] {
        for column in ["index", "se", "low", "high", "df"] {
            near(&other[column], &pooled[column].to_string(), column);
        }
    }
}

/// Real people with blanks: R's figures of each definition.
#[test]
fn real_answers_of_many_people() {
    let (Some(data), Some(expected)) =
        (shared("oracles/survey/data/bfi.csv"), shared("oracles/survey/expected.csv"))
    else {
        return;
    };
    let expected = rows(&std::fs::read_to_string(expected).expect("the oracle"));
    let answers = std::fs::read_to_string(data).expect("the data");
    let questionnaire = |way: &str| {
        let mut text = format!(
            "{HEAD}overall = \"{way}\"\n[validity]\nanswered = 1\nforms = 1\n[[scale]]\nid = \"s\"\n\
             labels = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]\nsatisfied = [\"5\", \"6\"]\n"
        );
        for factor in "ACENO".chars() {
            text += &format!("[[factor]]\nid = \"F{factor}\"\nname = \"{factor}\"\n");
            for at in 1..=5 {
                let item = format!("{factor}{at}");
                text += &format!("[[item]]\nid = \"{item}\"\ntext = \"{item}\"\nfactor = \"F{factor}\"\n");
            }
        }
        text
    };
    let ran = |way: &str| {
        let folder = Folder::new(&[("q.toml", &questionnaire(way)), ("a.csv", &answers)]);
        let args =
            ["sipas", "--questionnaire", "q.toml", "--answers", "a.csv", "--unit", "X", "--format", "json"];
        json(&folder.run(&args))["all"].clone()
    };
    let pooled = ran("pooled-answers");
    let part = |id: &str| {
        let parts = pooled.as_array().expect("parts");
        parts.iter().find(|part| part["part"] == id).unwrap_or_else(|| panic!("{id}"))
    };
    let percent = |share: &str| {
        let number: f64 = share.trim().parse().unwrap_or_else(|_| panic!("{share:?} is no number"));
        (number * 100.0).to_string()
    };
    let mut compared = 0;
    for row in expected.iter().filter(|row| row["case"] == "bfi.factor" || row["case"] == "bfi.item") {
        let id = match row["variable"].as_str() {
            "T" => "overall".to_owned(),
            factor if factor.len() == 1 => format!("F{factor}"),
            item => item.to_owned(),
        };
        if !(row["statistic"].contains("pooled") || row["case"] == "bfi.item") || row["se"].trim().is_empty()
        {
            continue;
        }
        near(&part(&id)["index"], &percent(&row["estimate"]), &id);
        near(&part(&id)["se"], &percent(&row["se"]), &id);
        compared += 1;
    }
    assert!(6 + 25 <= compared, "{compared} rows are compared");
    for (way, statistic) in [("mean-of-items", "25 item shares"), ("mean-of-factors", "5 factor indices")] {
        let row =
            expected.iter().find(|row| row["case"] == "bfi.overall" && row["statistic"].contains(statistic));
        let mean = match way {
            // The oracle has the mean of the factors' means of items; ours are pooled factors.
            "mean-of-factors" => {
                let of = |factor: char| part(&format!("F{factor}"))["index"].as_f64().expect("a number");
                ("ACENO".chars().map(of).sum::<f64>() / 5.0).to_string()
            }
            _ => percent(&row.expect("the row")["estimate"]),
        };
        near(&ran(way)[0]["index"], &mean, way);
    }
}

/// Designs of real schools: simple, stratified, clusters, two stages, each with its population.
#[test]
fn every_design_of_the_oracle() {
    let Some(expected) = shared("oracles/survey/expected.csv") else { return };
    let expected = rows(&std::fs::read_to_string(expected).expect("the oracle"));
    let asked = questionnaire("pooled-answers", &[("A", &["edu"])])
        .replace("[\"kém\", \"khá\", \"tốt\"]", "[\"a\", \"b\", \"c\", \"d\", \"e\"]")
        .replace("[\"tốt\"]", "[\"4\", \"5\"]");
    for (case, columns) in [
        ("apisrs", &["weight=pw", "fpc=fpc"][..]),
        ("apistrat", &["weight=pw", "stratum=stype", "fpc=fpc"]),
        ("apistrat_nofpc", &["weight=pw", "stratum=stype"]),
        ("apiclus1", &["weight=pw", "cluster=dnum", "fpc=fpc"]),
        ("apiclus1_nofpc", &["weight=pw", "cluster=dnum"]),
        ("apiclus2", &["weight=pw2", "cluster=dnum", "cluster2=snum", "fpc=fpc1", "fpc2=fpc2"]),
        ("apiclus2_wr", &["weight=pw2", "cluster=dnum"]),
    ] {
        let data = case.split('_').next().unwrap_or_default();
        let Some(path) = shared(&format!("oracles/survey/data/{data}.csv")) else { return };
        let schools = rows(&std::fs::read_to_string(path).expect("the data"));
        let mut header: Vec<&str> =
            columns.iter().map(|column| column.split_once('=').expect("a name").1).collect();
        header.push("edu");
        let mut answers = "unit,".to_owned() + &header.join(",") + "\n";
        for school in &schools {
            let education = school["avg.ed"].parse::<f64>().ok();
            let code = education.map(|years| (years + 0.5).floor().clamp(1.0, 5.0).to_string());
            let cells: Vec<String> = header
                .iter()
                .map(|column| match *column {
                    "edu" => code.clone().unwrap_or_default(),
                    "pw2" => implied_weight(&schools, school),
                    column => school[column].clone(),
                })
                .collect();
            answers += &format!("X,{}\n", cells.join(","));
        }
        let folder = Folder::new(&[("q.toml", &asked), ("a.csv", &answers)]);
        let mut more = vec!["--decimal", "point"];
        columns.iter().for_each(|column| more.extend(["--column", column]));
        let found = overall(&folder, &more);
        let row =
            expected.iter().find(|row| row["case"] == format!("{case}.mean.edu_top2")).expect("the case");
        for (column, of) in [("index", "estimate"), ("se", "se")] {
            let found = found[column].as_f64().unwrap_or_else(|| panic!("{case}: no {column}")) / 100.0;
            let expected: f64 = row[of].parse().expect("a number");
            // Weights of two stages are quotients that a decimal cell cuts off.
            let tolerance = if data == "apiclus2" { 1e-8 } else { 1e-9 };
            assert!(
                (found - expected).abs() <= tolerance * expected,
                "{case} {column}: {found}, not {expected}"
            );
        }
    }
}

/// `(fpc1/m) × (fpc2/n)`, where m districts were drawn, and n schools in this one.
fn implied_weight(schools: &[Row], school: &Row) -> String {
    let number = |column: &str| school[column].parse::<f64>().expect("a number");
    let districts: std::collections::HashSet<&String> = schools.iter().map(|other| &other["dnum"]).collect();
    let drawn = schools.iter().filter(|other| other["dnum"] == school["dnum"]).count();
    format!("{:.12}", number("fpc1") / districts.len() as f64 * number("fpc2") / drawn as f64)
}

#[test]
fn an_item_that_nobody_in_a_stratum_answers() {
    let asked = questionnaire("pooled-answers", &[("A", &["a1", "a2"])]);
    let answers = "unit,stratum,a1,a2\nU,a,1,3\nU,a,3,3\nU,b,,3\nU,b,,1\n";
    let folder = Folder::new(&[("q.toml", &asked), ("a.csv", answers)]);
    let found = json(&folder.run(&[
        "sipas",
        "--questionnaire",
        "q.toml",
        "--answers",
        "a.csv",
        "--format",
        "json",
        "--detail",
    ]));
    let part = |id: &str| {
        let parts = found["units"][0]["indices"].as_array().expect("parts");
        parts.iter().find(|part| part["part"] == id).expect("the part").clone()
    };
    // z = (y − 0.5) ÷ 2 = ±0.25 in stratum a: 2 × 2 × 0.25² = 0.25. Stratum b has only zeros.
    near(&part("a1")["index"], "50", "a1");
    near(&part("a1")["se"], "50", "a1");
    // z = (y − 0.75) ÷ 4: equal in a, 0.0625 and −0.1875 in b: 2 × 2 × 0.125² = 0.0625.
    near(&part("a2")["se"], "25", "a2");
}

#[test]
fn units_with_too_few_forms_are_listed_and_not_ranked() {
    let found = json(&run_example(&["--format", "json"]));
    let unit = |id: &str| {
        let units = found["units"].as_array().expect("units");
        units.iter().find(|unit| unit["unit"] == id).expect("the unit").clone()
    };
    let few = unit("X09");
    assert_eq!((&few["rank"], &few["valid"]), (&Value::Null, &Value::from(22)));
    assert_eq!(few["why_not_ranked"], "22 phiếu hợp lệ, cần ít nhất 30");
    assert_eq!(unit("X12")["rank"], 1, "blocks are ranked apart");
    assert_eq!(unit("X02")["rank"], 1);
    for id in ["X02", "X11", "X07"] {
        let unit = unit(id);
        let [all, own] =
            ["ranks", "ranks_marginal"].map(|set| [0, 1].map(|at| unit[set][at].as_u64().expect("a rank")));
        let rank = unit["rank"].as_u64().expect("a rank");
        assert!(all[0] <= own[0] && own[0] <= rank && rank <= own[1] && own[1] <= all[1], "{unit}");
    }
}

#[test]
fn targets_of_the_questionnaire_and_of_units() {
    let asked = questionnaire("pooled-answers", &[("A", &["a1"])])
        .replace("[validity]", "target = 50\n[validity]")
        + "[[target]]\nunit = \"Y\"\nof = \"overall\"\ntarget = 80\n";
    let answers = "unit,a1\nX,3\nX,1\nY,3\nY,3\nY,3\nY,1\n";
    let folder = Folder::new(&[("q.toml", &asked), ("a.csv", answers)]);
    let found =
        json(&folder.run(&["sipas", "--questionnaire", "q.toml", "--answers", "a.csv", "--format", "json"]));
    let met: Vec<(&Value, &Value)> = found["units"]
        .as_array()
        .expect("units")
        .iter()
        .map(|unit| (&unit["indices"][0]["target"], &unit["indices"][0]["met"]))
        .collect();
    assert_eq!(
        met,
        [(&50.into(), &true.into()), (&80.into(), &false.into())],
        "50 of 50 is met, 75 of 80 is not"
    );
}

#[test]
fn a_stratum_of_one_fails_unless_somebody_says_what_it_means() {
    let asked = questionnaire("pooled-answers", &[("A", &["a1"])]);
    let answers = "unit,stratum,a1\nX,S,3\nX,S,1\nX,T,3\n";
    let folder = Folder::new(&[("q.toml", &asked), ("a.csv", answers)]);
    let args = ["sipas", "--questionnaire", "q.toml", "--answers", "a.csv"];
    let ran = folder.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("tầng \"T\" chỉ có một đơn vị mẫu"), "{}", ran.stdout);
    assert!(overall(&folder, &[])["se"].is_null());
    // Stratum S: n/(n−1) Σ(r − r̄)² with r = (y − 2/3)/3: 2 × (0.111…² + 0.222…²  − 0.111…²/2) = 1/9.
    let error = overall(&folder, &["--lonely", "remove"])["se"].as_f64().expect("a number");
    assert!((error - 100.0 / 3.0).abs() < 1e-9, "{error}");
}

#[test]
fn two_years_of_one_definition_and_of_two() {
    let asked = questionnaire("pooled-answers", &[("A", &["a1"])]);
    let now = "unit,a1\nX,3\nX,3\nX,3\nX,1\nY,3\nY,1\n";
    let folder =
        Folder::new(&[("q.toml", &asked), ("a.csv", now), ("b.csv", &now.replace("X,3\nX,3", "X,1\nX,3"))]);
    let args =
        ["sipas", "--questionnaire", "q.toml", "--answers", "a.csv", "--before", "b.csv", "--format", "json"];
    let found = json(&folder.run(&args));
    assert_eq!(found["notes"], Value::Array(Vec::new()));
    let pair = |at: usize| &found["pairs"][at];
    assert_eq!((&pair(1)["first"], &pair(1)["difference"]), (&"X".into(), &25.into()));
    // Wald's two shares with n − 1: √(.75 × .25/3 + .5 × .5/3).
    let t = 0.25 / (0.1875f64 / 3.0 + 0.25 / 3.0).sqrt();
    near(&pair(1)["t"], &t.to_string(), "t");
    assert_eq!((&pair(2)["difference"], &pair(2)["p"]), (&0.into(), &1.0.into()), "nothing changed");
    let other =
        asked.replace("satisfied = [\"tốt\"]", "satisfied = [\"khá\", \"tốt\"]").replace("\"q\"", "\"p\"");
    folder.write("p.toml", other.as_bytes());
    let found = json(&folder.run(&[&args[..], &["--before-questionnaire", "p.toml"]].concat()));
    let note = found["notes"][0].as_str().expect("a caution");
    assert!(note.starts_with("CHÚ Ý") && note.contains("mức nào tính là hài lòng"), "{note}");
}

#[test]
fn small_cells_cannot_be_subtracted_back() {
    let found = json(&run_example(&["--by", "gioi_tinh", "--format", "json"]));
    let rows = found["crosstabs"][0]["rows"].as_array().expect("rows");
    let few = rows.iter().find(|row| row["unit"] == "X09").expect("the unit");
    let hidden: Vec<&Value> =
        few["options"].as_array().expect("options").iter().map(|cell| &cell["suppressed"]).collect();
    assert_eq!(
        hidden[..2],
        ["small", "complementary"],
        "9 of 22 are men, so the 13 women are not shown either"
    );
    let is_hidden = |row: &&Value| !row["options"][0]["suppressed"].is_null();
    assert_eq!(rows.iter().filter(is_hidden).count(), 2, "and the column has a second one");
}

#[test]
fn quality_is_told_with_and_without() {
    let found = json(&run_example(&["--quality", "--quotas", "EXAMPLE/quotas.csv", "--format", "json"]));
    let all = &found["all"];
    assert_eq!(
        (&all["forms"], &all["valid"], &all["flags"]["same_answers"]),
        (&2016.into(), &1994.into(), &6.into())
    );
    assert_eq!(all["flags"]["straight_lined"], 30);
    let suspect: Vec<&Value> = found["interviewers"]
        .as_array()
        .expect("interviewers")
        .iter()
        .filter(|checks| checks["stands_out"] == true)
        .map(|checks| &checks["id"])
        .collect();
    assert_eq!(suspect, ["X05-B"]);
}

#[test]
fn what_the_command_line_names_wrongly() {
    for (more, words) in [
        (&["--by", "gioi_tin"][..], "gần nhất · nearest: gioi_tinh"),
        (&["--only", "Xã Mẫu 13"], "gần nhất · nearest: Xã Mẫu 1"),
        (&["--part", "dv-f", "--compare", "units"], "gần nhất · nearest: dv-"),
        (&["--only", ""], "--only cần mã hay tên"),
        (&["--confidence", "95"], "như 95% hoặc 0,95"),
    ] {
        let ran = run_example(more);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{more:?}");
        assert!(ran.stderr.contains(words), "{more:?}: {}", ran.stderr);
    }
    let ran = run(&["sipas", "--questionnaire", "sipas-2026"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("thiếu phiếu trả lời"), "{}", ran.stderr);
}

/// A criterion of a round reads the index of the example's forms, overall and of a factor, and
/// `explain` follows it back; a unit with too few forms has none.
#[test]
fn a_round_reads_an_index_from_forms() {
    let expected = rows(
        &std::fs::read_to_string(project().join(EXAMPLE).join("expected/expected.csv")).expect("the table"),
    );
    let of = |part: &str| {
        let is_it = |row: &&Row| row["unit"] == "X01" && row["part"] == part && row["by"].is_empty();
        let row = expected.iter().find(|row| is_it(row) && row["minus"].is_empty()).expect("the row");
        row["index"].parse::<f64>().expect("a number")
    };
    let set = "[set]\nid = \"s\"\nname = \"s\"\nstatus = \"sample\"\nmax = 15\nmissing = \"not-scored\"\n\
        [[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 10\nkind = \"index\"\nof = \"sipas\"\n\
        [[criterion]]\nid = \"2\"\nname = \"b\"\nmax = 5\nkind = \"index\"\nof = \"sipas\"\nfactor = \"dv-c\"\n";
    let file = |name: &str| project().join(EXAMPLE).join(name).display().to_string();
    let round = format!(
        "[round]\nunits = {:?}\n[[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"r.csv\"\n\
         [[index]]\nid = \"sipas\"\nquestionnaire = \"sipas-2026\"\nanswers = {:?}\n",
        file("units.csv"),
        file("answers.csv")
    );
    let results = (1..=12).fold("unit\n".to_owned(), |text, at| format!("{text}X{at:02}\n"));
    let folder = Folder::new(&[("round.toml", &round), ("set.toml", set), ("r.csv", &results)]);
    let scored = json(&folder.run(&["score", "round.toml", "--fields", "all", "--format", "json"]));
    let tier = &scored["tiers"][0];
    let first = crate::sets::unit(tier, "X01");
    near(&first["criteria"]["1"]["points"], &(of("overall") / 10.0).to_string(), "overall");
    near(&first["criteria"]["2"]["points"], &(of("dv-c") / 20.0).to_string(), "dv-c");
    let few = folder.run(&["explain", "round.toml", "X09", "1"]);
    assert!(few.stdout.contains("22 phiếu hợp lệ, cần ít nhất 30"), "{}", few.stdout);
    let told = folder.run(&["explain", "round.toml", "X01", "1"]).stdout;
    for words in ["212 phiếu hợp lệ", "sai số chuẩn 1,26", "pooled-answers", "bộ câu hỏi sipas-2026"]
    {
        assert!(told.contains(words), "{words} in {told}");
    }
}

#[test]
fn an_index_of_a_round_is_a_table_or_a_survey() {
    let round = |index: &str| {
        format!(
            "[round]\n[[tier]]\nid = \"xa\"\ncriteria = \"qd766-xa-2026\"\nresults = \"r.csv\"\n[[index]]\nid = \"s\"\n{index}"
        )
    };
    for (index, code) in [
        ("file = \"a.csv\"\nanswers = \"b.csv\"\nquestionnaire = \"sipas-2026\"\n", "one-of-keys"),
        ("answers = \"b.csv\"\n", "missing-key"),
        ("questionnaire = \"sipas-2026\"\n", "missing-key"),
        ("questionnaire = \"sipas-2026\"\nanswers = \"nowhere.csv\"\n", "unreadable"),
        ("questionnaire = \"nowhere.toml\"\nanswers = \"r.csv\"\n", "unreadable"),
    ] {
        let folder =
            Folder::new(&[("round.toml", &round(index)), ("r.csv", "unit,criterion,value\nX,1.1,1\n")]);
        let ran = folder.run(&["check", "round.toml"]);
        assert_eq!(ran.code, 1, "{index}: {}{}", ran.stdout, ran.stderr);
        assert!((ran.stdout + &ran.stderr).contains(&format!("[{code}]")), "{index}: {}", ran.stderr);
    }
}

/// Rao and Scott's test below a crosstab of an item, against rows as R printed them.
fn associations_agree(expected: &[Row]) {
    for part in ["q9_01", "q9_37"] {
        let tabs =
            json(&run_example(&["--by", "gioi_tinh,tuoi,hoc_van", "--part", part, "--format", "json"]));
        for tab in tabs["crosstabs"].as_array().expect("crosstabs") {
            let is_it = |row: &&Row| row["part"] == part && tab["by"] == row["by"].as_str();
            let row = expected.iter().find(is_it).expect("the row");
            let (test, what) = (&tab["rao_scott"], format!("{part} by {}", row["by"]));
            near(&test["f"], &row["f"], &what);
            near(&test["df"][0], &row["numerator"], &what);
            near(&test["df"][1], &row["denominator"], &what);
            near(&test["p"], &row["p"], &what);
        }
    }
}

#[test]
fn an_item_is_tested_against_a_group_as_r_does() {
    let folder = project().join(EXAMPLE);
    let shipped = std::fs::read_to_string(folder.join("expected/association.csv")).expect("the table");
    associations_agree(&rows(&shipped));
    let ran = Command::new("Rscript").arg("expected/association.R").current_dir(&folder).output();
    let Some(ran) = ran.ok().filter(|ran| ran.status.success()) else {
        println!("skipped: R with its package survey is not installed");
        return;
    };
    associations_agree(&rows(&String::from_utf8(ran.stdout).expect("UTF-8")));
}
