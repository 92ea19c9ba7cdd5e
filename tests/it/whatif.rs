//! `whatif`: what a scenario makes of a round is what the same round would be with other files; and
//! what changed rules make of it, from the points that the examples' own programs computed.

use crate::support::{Folder, Ran, project, run};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;

#[track_caller]
fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// The units of a scenario by id: index and rank after it.
fn after(found: &Value, scenario: usize, tier: usize) -> HashMap<String, (String, Value)> {
    let units = found["scenarios"][scenario]["tiers"][tier]["units"].as_array().expect("units");
    let one = |unit: &Value| {
        let after = &unit["after"];
        (
            unit["unit"].as_str().expect("an id").to_owned(),
            (after["index"].to_string(), after["rank"].clone()),
        )
    };
    units.iter().map(one).collect()
}

/// What `score` says of a round, in the same form.
fn scored(folder: &Folder, tier: usize) -> HashMap<String, (String, Value)> {
    let found = json(&folder.run(&["score", "round.toml", "--format", "json"]));
    let units = found["tiers"][tier]["units"].as_array().expect("units");
    let one = |unit: &Value| {
        (unit["id"].as_str().expect("an id").to_owned(), (unit["index"].to_string(), unit["rank"].clone()))
    };
    units.iter().map(one).collect()
}

/// The files of an example, and the sets that it reads from beside it.
fn example(name: &str) -> Folder {
    let folder = Folder::new(&[]);
    let from = project().join("examples").join(name);
    for file in fs::read_dir(&from).expect("the example").map(|file| file.expect("a file").path()) {
        if file.is_file() {
            let text = fs::read_to_string(&file).expect("text").replace("../../criteria/", "");
            folder.write(file.file_name().expect("a name").to_str().expect("UTF-8"), text.as_bytes());
        }
    }
    for file in
        fs::read_dir(project().join("criteria")).expect("sets").map(|file| file.expect("a file").path())
    {
        let text = fs::read(&file).expect("text");
        folder.write(file.file_name().expect("a name").to_str().expect("UTF-8"), &text);
    }
    folder
}

fn edit(folder: &Folder, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.path(file)).expect("text");
    assert_eq!(text.matches(from).count(), 1, "{from} stands once in {file}");
    folder.write(file, text.replace(from, to).as_bytes());
}

/// Every unit that is listed stands as in the edited round, and every other one as before.
#[track_caller]
fn agrees(found: &HashMap<String, (String, Value)>, edited: &Folder, base: &Folder, tier: usize) {
    let (now, before) = (scored(edited, tier), scored(base, tier));
    assert!(!found.is_empty());
    for (unit, standing) in &now {
        assert_eq!(found.get(unit).unwrap_or(&before[unit]), standing, "{unit}");
    }
}

#[test]
fn a_changed_value_moves_the_tiers_that_look_at_it() {
    let (base, edited) = (example("khanh-hoa-2022"), example("khanh-hoa-2022"));
    // One of ten wards without late dossiers has some: 3.3.4 of Nha Trang counts it no more.
    edit(&edited, "results-xa.csv", "kịp thời\",không,1349,1349,", "kịp thời\",không,1300,1349,");
    let set = "nha-trang-01:3.3.1.numerator=1300";
    let found = json(&base.run(&["whatif", "round.toml", "--set", set, "--format", "json"]));
    for tier in 0..2 {
        let moved = after(&found, 0, tier);
        assert!(!moved.is_empty(), "the commune moves, and so does the district that its index is a part of");
        agrees(&moved, &edited, &base, tier);
    }
}

#[test]
fn many_values_of_one_scenario_are_one_round() {
    let (base, edited) = (example("phu-xuyen-2023"), example("phu-xuyen-2023"));
    let found = json(&base.run(&["whatif", "round.toml", "--scenario", "ke-hoach.toml", "--format", "json"]));
    let text = fs::read_to_string(base.path("results-huyen.csv")).expect("districts");
    let mut rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    let column = |name: &str| rows[0].iter().position(|cell| cell == name).expect("a column");
    let (organisation, above, below, plan) =
        (column("4.1"), column("7.1.numerator"), column("7.1.denominator"), column("1.1.numerator"));
    let row = rows.iter_mut().find(|row| row[0] == "phu-xuyen").expect("the district");
    row[organisation] = "đạt chỉ tiêu".to_owned();
    row[above] = (row[below].parse::<f64>().expect("dossiers") * 0.7).round().to_string();
    row[plan] = "25".to_owned();
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("a row"));
    edited.write("results-huyen.csv", &writer.into_inner().expect("bytes"));
    let moved = after(&found, 0, 0);
    agrees(&moved, &edited, &base, 0);
    assert_eq!(moved["phu-xuyen"], ("93.75".to_owned(), 18.into()), "91.61 + 1.5 + 0.4 + 0.24");
    assert_eq!(moved.len(), 13, "those that it passes fall by one");
}

#[test]
fn deductions_are_added_waived_and_halved() {
    let base = example("khanh-hoa-2022");
    let index = |args: &[&str]| {
        let found = json(&base.run(&[&["whatif", "round.toml", "--format", "json"], args].concat()));
        after(&found, 0, 0)["nha-trang"].0.clone()
    };
    // 80.13 with two reports late (0.5, from 1.6) and four wards that did not apologise (0.1 each).
    assert_eq!(index(&["--waive", "nha-trang:9.8"]), "80.53");
    assert_eq!(index(&["--deduct", "nha-trang:9.8=3"]), "79.83");
    let file = project().join("examples/khanh-hoa-2022/gia-dinh.toml");
    let found = json(&base.run(&[
        "whatif",
        "round.toml",
        "--scenario",
        file.to_str().expect("UTF-8"),
        "--format",
        "json",
    ]));
    for (scenario, expected) in ["80.18", "80.33", "80.38"].into_iter().enumerate() {
        assert_eq!(after(&found, scenario, 0)["nha-trang"].0, expected, "scenario {scenario}");
    }
}

/// Points and maxima of each criterion, as the example's own program computed them.
fn computed() -> HashMap<String, Vec<(String, f64, f64)>> {
    let file = project().join("examples/phu-xuyen-2023/expected/criteria.csv");
    let mut reader = csv::Reader::from_path(file).expect("the table");
    let mut units: HashMap<String, Vec<(String, f64, f64)>> = HashMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let number = |at: usize| row[at].parse::<f64>().expect("a number");
        units.entry(row[0].to_owned()).or_default().push((row[1].to_owned(), number(2), number(3)));
    }
    units
}

#[test]
fn other_maxima_weigh_the_points_that_others_computed() {
    let (round, units) = (project().join("examples/phu-xuyen-2023"), computed());
    let round = round.to_str().expect("UTF-8");
    // Dropped points are exact; doubled ones are rounded to two digits after they are doubled, where the
    // other program rounded before: six criteria, 0.01 points each at the most.
    for (flags, of_fields, full, tolerance) in [
        (&["--drop", "4"][..], [1.0, 1.0, 0.0], 90.0, 1e-9),
        (&["--drop", "4", "--max", "1=20"], [2.0, 1.0, 0.0], 100.0, 0.06),
        (&["--max", "3=34"], [1.0, 2.0, 1.0], 117.0, 0.06),
    ] {
        let found = json(&run(&[&["whatif", round, "--format", "json"], flags].concat()));
        let after = after(&found, 0, 0);
        assert_eq!(after.len(), 30, "every index changes");
        for (unit, criteria) in &units {
            let weight = |id: &str| match &id[..2] {
                "1." => of_fields[0],
                "3." => of_fields[1],
                "4." => of_fields[2],
                _ => 1.0,
            };
            let points: f64 = criteria.iter().map(|(id, points, _)| weight(id) * points).sum();
            let max: f64 = criteria.iter().map(|(id, _, max)| weight(id) * max).sum();
            assert_eq!(max, full, "fields 1, 3 and 4 have 10, 17 and 10 points");
            let index: f64 = after[unit].0.parse().expect("a number");
            assert!((index - 100.0 * points / max).abs() <= tolerance, "{unit}: {index}");
        }
    }
}

#[test]
fn a_criterion_that_does_not_apply_leaves_the_maximum() {
    let set = "[set]\nid = \"s\"\nname = \"s\"\nstatus = \"sample\"\nmax = 10\n\
        [[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 6\nkind = \"proportional\"\nna = \"reduce\"\n\
        [[criterion]]\nid = \"2\"\nname = \"b\"\nmax = 4\nkind = \"yes-no\"\nna = \"forbidden\"\n\
        [[grade]]\nname = \"Tốt\"\nfrom = 80\n[[grade]]\nname = \"Khá\"\nfrom = 0\n";
    let results = "unit,1,2\nA,50,có\nB,100,không\n";
    let round = "[round]\n[[tier]]\nid = \"xa\"\ncriteria = \"s.toml\"\nresults = \"r.csv\"\n";
    let folder = Folder::new(&[("s.toml", set), ("r.csv", results), ("round.toml", round)]);
    let whatif = |args: &[&str]| folder.run(&[&["whatif", "round.toml", "--format", "json"], args].concat());
    let of = |args: &[&str]| {
        let found = json(&whatif(args));
        found["scenarios"][0]["tiers"][0]["units"].as_array().expect("units").clone()
    };
    let units = of(&["--na", "A:1"]);
    assert_eq!((&units[0]["after"]["max"], &units[0]["after"]["index"]), (&4.into(), &100.into()), "4 of 4");
    assert_eq!((&units[0]["before"]["grade"], &units[0]["after"]["grade"]), (&"Khá".into(), &"Tốt".into()));
    let forbidden = whatif(&["--na", "A:2"]);
    assert_eq!((forbidden.code, forbidden.stdout.as_str()), (1, ""));
    assert!(forbidden.stderr.contains("[na-forbidden]"), "{}", forbidden.stderr);
    let units = of(&["--grade", "Tốt=70"]);
    assert_eq!(units.len(), 1, "only A moves: 70 is enough now");
    assert_eq!(units[0]["after"]["grade"], "Tốt");
    let csv = folder.run(&["whatif", "round.toml", "--set", "B:2=có", "--format", "csv"]);
    assert!(
        csv.stdout.contains("units,gia-dinh,xa,,B,B,,,,,,6.00,10.00,60.00,100.00,40.00,2,1,1,Khá,Tốt"),
        "{}",
        csv.stdout
    );
}

#[test]
fn a_sweep_shows_where_things_jump() {
    let round = project().join("examples/phu-xuyen-2023");
    let round = round.to_str().expect("UTF-8");
    let sweep = "phu-xuyen:6.3=0..12 step 0.5";
    let found = json(&run(&["whatif", round, "--sweep", sweep, "--format", "json"]));
    let steps = found["steps"].as_array().expect("steps");
    assert_eq!(steps.len(), 25);
    // 6.3 gives 0 below 5, 1 below 10, then 2; the district has 6.1 and 91.61.
    for step in steps {
        let value = step["value"].as_f64().expect("a number");
        let points = if value < 5.0 {
            0.0
        } else if value < 10.0 {
            1.0
        } else {
            2.0
        };
        assert_eq!(step["points"].as_f64(), Some(points), "{value}");
        let index = step["index"].as_f64().expect("a number");
        assert!((index - (90.61 + points)).abs() < 1e-9, "{value}: {index}");
    }
    for (wrong, words) in [
        ("phu-xuyen:6.3=0..12", "thiếu khoảng hoặc bước"),
        ("phu-xuyen:6.3=0..12 step 0", "bước phải lớn hơn 0"),
        ("phu-xuyen:6.3=12..0 step 1", "đầu khoảng lớn hơn cuối khoảng"),
        ("phu-xuyen:6.3=0..1 step 2", "một bước"),
        ("phu-xuyen=0..1 step 2", "viết dạng"),
        ("phu-xuye:6.3=0..9 step 2", "gần nhất · nearest: phu-xuyen"),
    ] {
        let ran = run(&["whatif", round, "--sweep", wrong]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{wrong}");
        assert!(ran.stderr.contains(words), "{wrong}: {}", ran.stderr);
    }
    let none = run(&["whatif", round]);
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("thiếu thay đổi"), "{}", none.stderr);
}
