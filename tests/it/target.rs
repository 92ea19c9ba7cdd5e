//! `target`: the cheapest way, held against all ways, and against `whatif`.

use crate::support::{Folder, Ran, project, run};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

#[track_caller]
fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

fn example(name: &str) -> String {
    project().join("examples").join(name).to_str().expect("UTF-8").to_owned()
}

/// What each criterion of the last district lost, as the example's own program computed it, in 1/100.
fn lost() -> HashMap<String, u32> {
    let file = project().join("examples/phu-xuyen-2023/expected/criteria.csv");
    let mut reader = csv::Reader::from_path(file).expect("the table");
    let rows = reader.records().map(|row| row.expect("a row"));
    let number = |cell: &str| (cell.parse::<f64>().expect("a number") * 100.0).round() as u32;
    let of_unit = rows.filter(|row| &row[0] == "phu-xuyen" && row[2] != row[3]);
    of_unit.map(|row| (row[1].to_owned(), number(&row[3]) - number(&row[2]))).collect()
}

/// The costs of the example; criteria that cannot be improved are left out.
fn costs() -> HashMap<String, u32> {
    let mut reader = csv::Reader::from_path(example("phu-xuyen-2023") + "/chi-phi.csv").expect("the costs");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.filter_map(|row| Some((row[0].to_owned(), row[2].parse().ok()?))).collect()
}

/// The indices of all districts in 1/100 %, as the example's own program computed them, best first.
fn indices() -> Vec<u32> {
    let file = project().join("examples/phu-xuyen-2023/expected/expected.csv");
    let mut reader = csv::Reader::from_path(file).expect("the table");
    let column = reader.headers().expect("a header").iter().position(|name| name == "index").expect("index");
    let unit = |row: &csv::StringRecord| row[0].to_owned();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let others = rows.iter().filter(|row| unit(row) != "phu-xuyen");
    let mut indices: Vec<u32> =
        others.map(|row| (row[column].parse::<f64>().expect("a number") * 100.0).round() as u32).collect();
    indices.sort_unstable_by(|a, b| b.cmp(a));
    indices
}

#[test]
fn no_way_is_cheaper() {
    let (lost, costs, others) = (lost(), costs(), indices());
    let can: Vec<(&str, u32, u32)> =
        costs.iter().filter_map(|(id, cost)| Some((id.as_str(), *lost.get(id)?, *cost))).collect();
    assert_eq!((can.len(), lost.len(), others.len()), (9, 15, 29), "nine of fifteen can be improved");
    // Every way to do some of them: gain and cost.
    let all: Vec<(u32, u32)> = (0..1u32 << can.len())
        .map(|way| {
            let done = can.iter().enumerate().filter(|(at, _)| way >> at & 1 == 1);
            done.fold((0, 0), |(gain, cost), (_, (_, more, price))| (gain + more, cost + price))
        })
        .collect();
    let round = example("phu-xuyen-2023");
    let file = round.clone() + "/chi-phi.csv";
    let args = ["target", &round, "phu-xuyen", "--rank", "18", "--costs", &file, "--frontier"];
    let found = json(&run(&[&args[..], &["--format", "json"]].concat()));
    let cheapest = |rank: usize| {
        let need = others[rank - 1] - 9161;
        all.iter().filter(|(gain, _)| need <= *gain).map(|(_, cost)| *cost).min()
    };
    assert_eq!(found["ways"][0]["cost"].as_u64(), cheapest(18).map(u64::from));
    let ids = |way: &Value| -> BTreeSet<String> {
        let acts = way["acts"].as_array().expect("acts");
        acts.iter().map(|act| act["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&found["ways"][0]), ["1.1", "4.1", "7.1"].map(str::to_owned).into());
    let costs: Vec<u64> = found["ways"]
        .as_array()
        .expect("ways")
        .iter()
        .map(|way| way["cost"].as_u64().expect("a cost"))
        .collect();
    assert!(costs.is_sorted() && costs.len() == 4, "{costs:?}");
    let frontier = found["frontier"].as_array().expect("a frontier");
    assert_eq!(frontier.len(), 29);
    for (at, of) in frontier.iter().enumerate() {
        let cost = of["way"]["cost"].as_u64();
        assert_eq!(cost, cheapest(at + 1).map(u64::from), "rank {}", at + 1);
        if let Some(rank) = of["way"]["reached"]["rank"].as_u64() {
            assert!(rank <= at as u64 + 1, "rank {rank}");
        }
    }
}

#[test]
fn a_way_does_what_it_says() {
    let round = example("phu-xuyen-2023");
    let file = round.clone() + "/chi-phi.csv";
    let found =
        json(&run(&["target", &round, "phu-xuyen", "--rank", "18", "--costs", &file, "--format", "json"]));
    let way = &found["ways"][0];
    let flags: Vec<String> = way["acts"]
        .as_array()
        .expect("acts")
        .iter()
        .map(|act| {
            let then = act["then"].as_str().expect("a level").trim_end_matches(" %");
            format!("phu-xuyen:{}={then}", act["id"].as_str().expect("an id"))
        })
        .collect();
    let mut args = vec!["whatif", &round, "--format", "json"];
    flags.iter().for_each(|flag| args.extend(["--set", flag]));
    let supposed = json(&run(&args));
    let units = supposed["scenarios"][0]["tiers"][0]["units"].as_array().expect("units");
    let unit = units.iter().find(|unit| unit["unit"] == "phu-xuyen").expect("the unit");
    assert_eq!(unit["after"]["index"], way["reached"]["index"]);
    assert_eq!((&unit["after"]["rank"], &way["reached"]["rank"]), (&18.into(), &18.into()));
}

/// A small round: A 9 of 10, B 5 with deductions that are capped, C 5.
fn small(more: &str, deductions: &str) -> Folder {
    let set = format!(
        "[set]\nid = \"s\"\nname = \"s\"\nstatus = \"sample\"\nmax = 10\n{more}\n\
         [[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 6\nkind = \"options\"\n\
         options = [{{ name = \"x\", points = 1 }}, {{ name = \"y\", points = 4 }}, {{ name = \"z\", points = 6 }}]\n\
         [[criterion]]\nid = \"2\"\nname = \"b\"\nmax = 4\nkind = \"yes-no\"\n\
         [[deduction]]\nid = \"D\"\nname = \"d\"\nper = \"event\"\npoints = 1\nwaiver = \"free\"\n\
         [[deduction]]\nid = \"E\"\nname = \"e\"\nper = \"event\"\npoints = 1\nwaiver = \"free\"\n"
    );
    let results = "unit,1,2\nA,z,không\nB,y,có\nC,x,có\n";
    let round = "[round]\ndeductions = \"d.csv\"\n[[tier]]\nid = \"xa\"\ncriteria = \"s.toml\"\nresults = \"r.csv\"\n";
    let deductions = format!("unit,deduction,count\n{deductions}");
    Folder::new(&[("s.toml", &set), ("r.csv", results), ("round.toml", round), ("d.csv", &deductions)])
}

fn acts(way: &Value) -> Vec<String> {
    let acts = way["acts"].as_array().expect("acts");
    let one =
        |act: &Value| format!("{}={}", act["id"].as_str().unwrap_or(""), act["then"].as_str().unwrap_or(""));
    acts.iter().map(one).collect()
}

#[test]
fn ties_caps_and_waivers_count_as_the_set_says() {
    // B has 8 − min(3 + 4, 5) = 3: waiving one event alone gives 1 or 2, both together 5.
    let folder = small("[total]\ndeduction_cap = 5", "B,D,3\nB,E,4\n");
    let target = |args: &[&str]| {
        json(&folder.run(&[&["target", "round.toml", "B", "--format", "json"], args].concat()))
    };
    let found = target(&["--index", "80"]);
    assert_eq!(acts(&found["ways"][0]), ["D=được miễn", "E=được miễn"], "8 of 10");
    let found = target(&["--index", "100"]);
    assert_eq!(found["ways"][0]["cost"], 3, "and z instead of y");
    // C has 5; with z it has 10.
    let of_c = json(&folder.run(&["target", "round.toml", "C", "--rank", "1", "--format", "json"]));
    assert_eq!(acts(&of_c["ways"][0]), ["1=z"], "y would be 8, before A's 6 too, but z gains more for 1");
    // A tie is as good as the rank itself in a competition ranking, but not where 2 decides.
    for (more, expected) in [("", "1=y"), ("[ranking]\ntie_break = [\"1\"]", "1=z")] {
        let costs = "criterion,level,cost\n1,y,1\n1,z,2\n";
        let folder = small(more, "A,D,0\n");
        folder.write("costs.csv", costs.as_bytes());
        folder.write("r.csv", "unit,1,2\nA,z,không\nB,x,không\nC,x,có\n".as_bytes());
        folder.write(
            "s.toml",
            std::fs::read_to_string(folder.path("s.toml"))
                .expect("set")
                .replace("points = 4 }", "points = 2 }")
                .as_bytes(),
        );
        let args = ["target", "round.toml", "C", "--rank", "1", "--costs", "costs.csv", "--format", "json"];
        let found = json(&folder.run(&args));
        assert_eq!(acts(&found["ways"][0]), [expected], "{more}: with y C has 6 as A has, who leads in 1");
    }
}

#[test]
fn what_cannot_be_reached_and_what_is_no_goal() {
    let folder = small("", "A,D,0\n");
    folder.write("costs.csv", b"criterion,cost\n1,no\n");
    let target = |args: &[&str]| folder.run(&[&["target", "round.toml"], args].concat());
    let far = target(&["C", "--index", "90", "--costs", "costs.csv", "--lang", "en"]);
    assert_eq!(far.code, 0, "{}", far.stderr);
    assert!(far.stdout.contains("out of reach; all together lead to 50.00 %"), "{}", far.stdout);
    for (args, words) in [
        (&["B", "--rank", "1"][..], "đã đạt mức này"),
        (&["C", "--rank", "4"], "khối chỉ có 3 đơn vị xếp hạng"),
        (&["C", "--index", "101"], "cần số lớn hơn 0, không quá 100"),
        (&["C", "--grade", "Tốt"], "không có xếp loại"),
        (&["C", "--rank", "1", "--keep", "3"], "không có · the set has no criterion"),
        (&["D", "--rank", "1"], "không có đơn vị"),
        (&["C"], "--rank <N>|--index <INDEX>|--grade <GRADE>"),
    ] {
        let ran = target(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    }
}
