//! Weights fitted to known numbers of people (`sipas --margins`), against R's `survey`.

use crate::sipas::{EXAMPLE, Row, json, near, rows, run_example};
use crate::support::{Folder, project};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// Indices and their errors, raked by unit and gender and post-stratified by gender alone, against rows
/// as R printed them.
fn agrees(expected: &[Row]) {
    let both = fs::read_to_string(project().join(EXAMPLE).join("margins.csv")).expect("the counts");
    let of_gender = |line: &&str| line.starts_with("group,") || line.starts_with("gioi_tinh,");
    let gender: Vec<&str> = both.lines().filter(of_gender).collect();
    let folder = Folder::new(&[("both.csv", &both), ("gender.csv", &gender.join("\n"))]);
    for (how, file) in [("raked", "both.csv"), ("post", "gender.csv")] {
        let file = folder.path(file);
        let file = file.to_str().expect("UTF-8");
        let found = json(&run_example(&["--margins", file, "--format", "json"]));
        let rows: Vec<&Row> = expected.iter().filter(|row| row["how"] == how).collect();
        assert_eq!(rows.len(), 39, "three parts of 12 units and of all");
        for row in rows {
            let units = found["units"].as_array().expect("units");
            let unit = units.iter().find(|unit| unit["unit"] == row["unit"].as_str());
            let parts = unit.map_or(&found["all"], |unit| &unit["indices"]).as_array().expect("parts");
            let part = parts.iter().find(|part| part["part"] == row["part"].as_str()).expect("the part");
            let what = format!("{how} {} {}", row["unit"], row["part"]);
            near(&part["index"], &row["index"], &what);
            near(&part["se"], &row["se"], &what);
        }
    }
}

#[test]
fn fitted_weights_come_out_as_r_says() {
    let folder = project().join(EXAMPLE);
    let shipped = fs::read_to_string(folder.join("expected/calibration.csv")).expect("the table");
    agrees(&rows(&shipped));
    let ran = Command::new("Rscript").arg("expected/calibration.R").current_dir(&folder).output();
    let Some(ran) = ran.ok().filter(|ran| ran.status.success()) else {
        println!("skipped: R with its packages survey and MASS is not installed");
        return;
    };
    agrees(&rows(&String::from_utf8(ran.stdout).expect("UTF-8")));
}

/// Ten men, all satisfied, and ten women, none of them: where half of the people are women the index is
/// 50 whatever the sample's shares, and gender explains all, so that no error is left.
#[test]
fn what_the_counts_explain_has_no_error() {
    let asked = "[questionnaire]\nid = \"q\"\nname = \"Q\"\nstatus = \"sample\"\noverall = \"pooled-answers\"\n\
        [validity]\nforms = 1\n[[scale]]\nid = \"s\"\nlabels = [\"kém\", \"tốt\"]\nsatisfied = [\"tốt\"]\n\
        [[factor]]\nid = \"A\"\nname = \"A\"\n[[item]]\nid = \"a1\"\nfactor = \"A\"\ntext = \"a1\"\n\
        [[group]]\nid = \"gioi\"\nname = \"Giới\"\noptions = [\"Nam\", \"Nữ\"]\n";
    let mut answers = "unit,gioi,a1\n".to_owned();
    answers.extend(std::iter::repeat_n("X,Nam,2\n", 14));
    answers.extend(std::iter::repeat_n("X,Nữ,1\n", 6));
    let margins = "group,option,people\ngioi,Nam,500\ngioi,Nữ,500\n";
    let folder = Folder::new(&[("q.toml", asked), ("a.csv", &answers), ("m.csv", margins)]);
    let args = ["sipas", "--questionnaire", "q.toml", "--answers", "a.csv", "--format", "json"];
    let plain = json(&folder.run(&args));
    assert_eq!(plain["all"][0]["index"], 70);
    let fitted = json(&folder.run(&[&args[..], &["--margins", "m.csv"]].concat()));
    let index = &fitted["all"][0];
    near(&index["index"], "50", "half and half");
    let error = index["se"].as_f64().expect("an error");
    assert!(error < 1e-9, "{error}");
    assert_eq!(fitted["survey"]["design"]["fitted_by"], Value::from(vec!["gioi"]));
}

/// The round reads what `sipas --margins` prints, and `explain` says that weights were fitted.
#[test]
fn a_round_reads_an_index_with_fitted_weights() {
    let file = |name: &str| project().join(EXAMPLE).join(name).display().to_string();
    let set = "[set]\nid = \"s\"\nname = \"s\"\nstatus = \"sample\"\nmax = 10\nmissing = \"not-scored\"\n\
        [[criterion]]\nid = \"1\"\nname = \"a\"\nmax = 10\nkind = \"index\"\nof = \"sipas\"\n";
    let round = format!(
        "[round]\nunits = {:?}\n[[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"r.csv\"\n\
         [[index]]\nid = \"sipas\"\nquestionnaire = \"sipas-2026\"\nanswers = {:?}\nmargins = {:?}\n",
        file("units.csv"),
        file("answers.csv"),
        file("margins.csv")
    );
    let results = (1..=12).fold("unit\n".to_owned(), |text, at| format!("{text}X{at:02}\n"));
    let folder = Folder::new(&[("round.toml", &round), ("set.toml", set), ("r.csv", &results)]);
    let scored = json(&folder.run(&["score", "round.toml", "--fields", "all", "--format", "json"]));
    let shipped = fs::read_to_string(file("expected/calibration.csv")).expect("the table");
    let is_it = |row: &&Row| row["how"] == "raked" && row["unit"] == "X01" && row["part"] == "overall";
    let shipped = rows(&shipped);
    let index: f64 = shipped.iter().find(is_it).expect("the row")["index"].parse().expect("a number");
    let first = crate::sets::unit(&scored["tiers"][0], "X01");
    near(&first["criteria"]["1"]["points"], &(index / 10.0).to_string(), "a tenth of the index");
    let told = folder.run(&["explain", "round.toml", "X01", "1"]).stdout;
    assert!(told.contains("trọng số hiệu chỉnh theo unit, gioi_tinh"), "{told}");
}
