//! `sample`: how many people to ask, and how they are shared. The numbers of the formulas are held to
//! an oracle in `survey.rs`; here is what a person sees.

use crate::support::{Folder, run};
use serde_json::Value;

const STRATA: &str = "stratum,population,sd\nXã Bắc,9000,0.1\nXã Trung,900,0.5\nXã Nam,100,0.5\n";

#[test]
fn every_formula_side_by_side() {
    let expected = "\
Sample size of a survey
margin ±5 points, expected share 50 %, confidence 95 %, design effect 1, 100 % of forms valid, 34170 people

┌─────────┬────────┬───────────────┬───────┬──────────┬─────────────────┐
│ Formula ┆      n ┆ Valid answers ┆ Forms ┆ Margin ± ┆ Told apart from │
╞═════════╪════════╪═══════════════╪═══════╪══════════╪═════════════════╡
│ slovin  ┆ 395.37 ┆           396 ┆   396 ┆     4.90 ┆            6.92 │
│ cochran ┆ 384.15 ┆           385 ┆   385 ┆     4.97 ┆            7.02 │
│ finite  ┆ 379.89 ┆           380 ┆   380 ┆     5.00 ┆            7.07 │
│ exact   ┆ 379.89 ┆           380 ┆   380 ┆     5.00 ┆            7.07 │
└─────────┴────────┴───────────────┴───────┴──────────┴─────────────────┘

  Slovin, N/(1 + N e²), has z = 2 and p = 50 % built in and looks at neither the confidence nor the expected share above
  margins are in points of percent, of the whole sample's estimate (or of the stratum's own), design effect included
  told apart from: two units with as many answers each differ beyond chance from this gap on
  a design effect of 1 is that of a simple random sample; drawing whole hamlets makes it larger: --deff
";
    let ran = run(&["sample", "--population", "34170", "--lang", "en"]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), ran.code), (expected, "", 0));
}

#[test]
fn what_a_number_of_answers_brings() {
    let expected = "\
Cỡ mẫu khảo sát
tỷ lệ dự kiến 85 %, độ tin cậy 95 %, hiệu ứng thiết kế 2,5, 80 % phiếu hợp lệ

┌──────────────┬────────────┬──────────┬──────────────┐
│ Phiếu hợp lệ ┆ Phiếu phát ┆ Sai số ± ┆ Phân biệt từ │
╞══════════════╪════════════╪══════════╪══════════════╡
│          580 ┆        725 ┆     4,59 ┆         6,50 │
└──────────────┴────────────┴──────────┴──────────────┘

  chưa ghi --population nên coi tổng thể là vô hạn
  sai số tính bằng điểm %, cho ước lượng của cả mẫu (hoặc của riêng tầng); đã nhân hiệu ứng thiết kế
  phân biệt từ: hai đơn vị cùng có số phiếu này phải chênh nhau chừng đó điểm % mới nói được là khác nhau
";
    let ran = run(&["sample", "--n", "580", "--p", "0,85", "--deff", "2,5", "--response-rate", "80%"]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), ran.code), (expected, "", 0));
}

#[test]
fn strata_with_what_each_of_them_can_say() {
    let expected = "\
Sample size of a survey
margin ±5 points, expected share 50 %, confidence 95 %, design effect 1, 90 % of forms valid, 10000 people

Shared by the root of people, at least 30 in each stratum
┌──────────┬────────┬───────────────┬───────┬──────────┐
│ Stratum  ┆ People ┆ Valid answers ┆ Forms ┆ Margin ± │
╞══════════╪════════╪═══════════════╪═══════╪══════════╡
│ Xã Bắc   ┆   9000 ┆           258 ┆   287 ┆     6.01 │
│ Xã Trung ┆    900 ┆            82 ┆    92 ┆    10.32 │
│ Xã Nam   ┆    100 ┆            30 ┆    34 ┆    15.04 │
└──────────┴────────┴───────────────┴───────┴──────────┘
  370 valid answers in all (finite), 413 forms; the estimate of everybody is within ±5.49 points when weighted by people
  two strata are told apart from 11.95 points (the two surest) to 18.25 (the two least sure)
";
    let folder = Folder::new(&[("strata.csv", STRATA)]);
    let ran = folder.run(&[
        "sample",
        "--strata",
        "strata.csv",
        "--allocate",
        "square-root",
        "--min",
        "30",
        "--response-rate",
        "90%",
        "--lang",
        "en",
    ]);
    assert_eq!((&ran.stdout[..expected.len().min(ran.stdout.len())], ran.code), (expected, 0));
    assert!(ran.stdout.contains("  strata.csv sha256 "), "{}", ran.stdout);
}

/// The answers of each stratum, from the table for machines.
#[track_caller]
fn answers(args: &[&str]) -> Vec<u64> {
    let folder = Folder::new(&[("strata.csv", STRATA)]);
    let all = [&["sample", "--strata", "strata.csv", "--format", "csv"], args].concat();
    let ran = folder.run(&all);
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 0), "{args:?}");
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    reader.records().map(|row| row.expect("a row")[2].parse().expect("a number")).collect()
}

#[test]
fn every_rule_of_allocation() {
    assert_eq!(answers(&["--n", "100"]), [90, 9, 1]);
    assert_eq!(answers(&["--n", "100", "--min", "10"]), [80, 10, 10]);
    assert_eq!(answers(&["--n", "100", "--allocate", "equal"]), [34, 33, 33]);
    assert_eq!(answers(&["--n", "100", "--allocate", "square-root"]), [70, 22, 8]);
    assert_eq!(answers(&["--n", "140", "--allocate", "neyman"]), [90, 45, 5]);
    assert_eq!(answers(&["--method", "slovin"]).iter().sum::<u64>(), 385);
    assert_eq!(answers(&["--method", "cochran"]).iter().sum::<u64>(), 385);
    assert_eq!(answers(&["--method", "exact", "--margin", "3%"]).iter().sum::<u64>(), 965);
}

#[test]
fn json_has_every_number() {
    let folder = Folder::new(&[("strata.csv", STRATA)]);
    let ran = folder.run(&["sample", "--strata", "strata.csv", "--n", "100", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(all["population"], 10000);
    assert_eq!(all["margin"], Value::Null);
    assert_eq!(all["allocation"]["rule"], "proportional");
    assert_eq!(all["allocation"]["strata"][2]["stratum"], "Xã Nam");
    assert_eq!(all["allocation"]["strata"][2]["answers"], 1);
    assert_eq!(all["made_by"]["files"][0]["file"], "strata.csv");
    let ran = run(&["sample", "--method", "cochran", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(all["sizes"][0]["n"].to_string(), "384.145882069412");
    assert_eq!(all["sizes"][0]["answers"], 385);
}

#[test]
fn a_stratum_without_answers_is_not_passed_over() {
    let folder = Folder::new(&[("strata.csv", STRATA)]);
    let ran = folder.run(&["sample", "--strata", "strata.csv", "--n", "20", "--lang", "en"]);
    assert!(
        ran.stdout.contains("│ Xã Nam   ┆    100 ┆             0 ┆     0 ┆        – │"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("a stratum has none, so everybody cannot be estimated"), "{}", ran.stdout);
}

#[test]
fn vietnamese_headers_and_numbers() {
    let text = "Địa bàn;Dân số;Độ lệch chuẩn\nXã Bắc;9.000;0,1\nXã Trung;900;0,5\n";
    let folder = Folder::new(&[("strata.csv", text)]);
    let ran = folder.run(&[
        "sample",
        "--strata",
        "strata.csv",
        "--decimal",
        "comma",
        "--format",
        "csv",
        "--n",
        "10",
    ]);
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
    assert!(ran.stdout.contains("Xã Bắc,9000,9,9,"), "{}", ran.stdout);
}

#[track_caller]
fn refused(args: &[&str], expected: &str) {
    let ran = run(&[&["sample"], args].concat());
    assert_eq!((ran.stdout.as_str(), ran.code), ("", 2), "{args:?}");
    assert!(ran.stderr.contains(expected), "{args:?}: {}", ran.stderr);
}

#[test]
fn options_that_cannot_be_meant_are_refused() {
    refused(&["--margin", "5"], "like 5% or 0.05");
    refused(&["--margin", "0"], "like 5% or 0.05");
    refused(&["--p", "100%"], "a share above 0 and below 100% is needed");
    refused(&["--response-rate", "120%"], "a share above 0 and up to 100% is needed");
    refused(&["--deff", "0"], "a number above 0 and up to 100 is needed");
    refused(&["--population", "34.170"], "a whole number above 0 without separators is needed");
    refused(&["--population", "0"], "a whole number above 0 without separators is needed");
    refused(&["--method", "slovin"], "this formula needs --population N");
    refused(&["--n", "100", "--population", "50"], "--n exceeds --population");
    refused(&["--n", "100", "--method", "slovin"], "cannot be used with");
    refused(&["--min", "30"], "--strata <FILE>");
    refused(&["--strata", "không-có.csv"], "cannot read không-có.csv");
}

#[test]
fn nobody_is_asked_twice() {
    let ran =
        run(&["sample", "--population", "40", "--deff", "3", "--response-rate", "50%", "--format", "csv"]);
    let rows: Vec<&str> = ran.stdout.lines().skip(1).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.contains(",40,40,0.00,0.00")), "{}", ran.stdout);
}
