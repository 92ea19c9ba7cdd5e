//! `export`: every part of a file is what its own command writes; files appear together or not at all.

use crate::support::{Folder, Ran};
use serde_json::Value;
use std::fs;

const ROUND: &str = "examples/khanh-hoa-2022";

/// An empty folder, and a run of `export` that may write into it.
fn export(args: &[&str], to: &[&str]) -> (Folder, Ran) {
    let folder = Folder::new(&[]);
    let paths: Vec<String> = to.iter().map(|name| folder.path(name).display().to_string()).collect();
    let mut all = vec!["export"];
    all.extend(args);
    paths.iter().for_each(|path| all.extend(["--to", path]));
    let ran = crate::support::run(&all);
    (folder, ran)
}

#[track_caller]
fn exported(args: &[&str]) -> Value {
    let (folder, ran) = export(args, &["all.json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&fs::read_to_string(folder.path("all.json")).expect("a file")).expect("JSON")
}

#[track_caller]
fn json(args: &[&str]) -> Value {
    let ran = crate::support::run(&[args, &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

#[test]
fn every_part_is_what_its_command_writes() {
    let all = exported(&[ROUND, "--scenario", &format!("{ROUND}/gia-dinh.toml")]);
    let parts: Vec<&String> = all.as_object().expect("an object").keys().collect();
    assert_eq!(parts, ["ranking", "scorecards", "comparison", "robust", "scenario"]);
    assert_eq!(all["ranking"], json(&["score", ROUND]));
    assert_eq!(all["robust"]["seed"], 1);
    assert_eq!(all["scenario"], json(&["whatif", ROUND, "--scenario", &format!("{ROUND}/gia-dinh.toml")]));
    let cards = all["scorecards"]["units"].as_array().expect("units");
    assert_eq!(cards.len(), 144);
    let mut nha_trang = json(&["explain", ROUND, "nha-trang"]);
    nha_trang.as_object_mut().expect("an object").remove("made_by");
    assert!(cards.contains(&nha_trang));
}

#[test]
fn a_round_before_and_a_survey_may_come_by_flags() {
    let of = |what: &str, more: &[&str]| {
        exported(&[&["examples/thanh-hoa-2024", "--what", what], more].concat())[what].take()
    };
    let compared = of("comparison", &["--against", "examples/thanh-hoa-2023"]);
    assert_eq!(compared, json(&["compare", "examples/thanh-hoa-2023", "examples/thanh-hoa-2024"]));
}

#[test]
fn files_appear_together_or_not_at_all() {
    let (folder, ran) = export(&[ROUND], &["a.md", "no-such-folder/b.md"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("no-such-folder"), "{}", ran.stderr);
    let left: Vec<_> = fs::read_dir(folder.path("")).expect("a folder").collect();
    assert!(left.is_empty(), "{left:?}");
    fs::create_dir(folder.path("is-a-folder.md")).expect("a folder");
    let path = folder.path("is-a-folder.md").display().to_string();
    let ran = crate::support::run(&["export", ROUND, "--to", &path]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("là thư mục"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_written_is_said() {
    let says = |args: &[&str], to: &[&str], what: &str| {
        let (folder, ran) = export(args, to);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(what), "{args:?}: {}", ran.stderr);
        assert_eq!(fs::read_dir(folder.path("")).expect("a folder").count(), 0);
    };
    says(&[ROUND], &["a.odt"], "cần một trong");
    says(&[ROUND], &["a"], "cần một trong");
    says(&[ROUND], &["a.md", "a.md"], "ghi hai lần");
    says(&[ROUND, "--what", "all"], &["a.csv"], "một tệp CSV chỉ chứa một phần");
    says(&["examples/dak-lak-2026", "--what", "comparison"], &["a.md"], "--against");
    says(&["examples/dak-lak-2026", "--what", "sipas"], &["a.md"], "--answers");
    says(&["examples/dak-lak-2026", "--what", "scenario"], &["a.md"], "--scenario");
    says(&["examples/dak-lak-2026", "--unit", "H15.19"], &["a.md"], "gần nhất");
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let names = ["a.csv", "a.json", "a.md", "a.txt"];
    let of = || {
        let (folder, ran) = export(&["examples/phu-xuyen-2023", "--what", "ranking"], &names);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        names.map(|name| fs::read(folder.path(name)).expect("a file"))
    };
    assert_eq!(of(), of());
}
