//! The web page: read by a parser that is not ours, held to the figures of `score`, and used in a real
//! Chromium.

use crate::support::{Folder, python, run, run_in};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What Python's parser finds wrong with a page; with the JSON of `score`, in its figures too.
#[track_caller]
fn right(folder: &Folder, page: &str, scored: Option<&str>) {
    let Some(python) = python(&[]) else { return };
    let mut reader = Command::new(python);
    reader.arg("-B").arg(script("page.py")).arg(folder.path(page));
    reader.args(scored.map(|scored| folder.path(scored)));
    let ran = reader.output().expect("python runs");
    assert!(ran.status.success(), "{page}: {}", String::from_utf8_lossy(&ran.stdout));
}

fn script(name: &str) -> std::path::PathBuf {
    crate::support::project().join("tests/it/html").join(name)
}

/// Exports an example and scores it.
#[track_caller]
fn exported(folder: &Folder, example: &str, more: &[&str]) -> String {
    let page = folder.path("page.html");
    let round = format!("examples/{example}");
    let ran = run(&[&["export", &round, "--to", page.to_str().expect("a path")], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let scored = run(&["score", &round, "--format", "json"]);
    folder.write("score.json", scored.stdout.as_bytes());
    fs::read_to_string(page).expect("a page")
}

#[test]
fn every_figure_is_that_of_score() {
    for (example, more) in [
        ("khanh-hoa-2022", &[][..]),
        ("dak-lak-2026", &["--what", "ranking,scorecards"]),
        ("tham-dinh-2026", &["--lang", "en"]),
        ("phu-xuyen-2023", &["--scenario", "examples/phu-xuyen-2023/ke-hoach.toml"]),
    ] {
        let folder = Folder::new(&[]);
        exported(&folder, example, more);
        right(&folder, "page.html", Some("score.json"));
    }
}

#[test]
fn the_same_inputs_give_the_same_page() {
    let folder = Folder::new(&[]);
    let first = exported(&folder, "tham-dinh-2026", &[]);
    assert_eq!(first, exported(&folder, "tham-dinh-2026", &[]));
}

#[test]
fn a_survey_shows_indices_ranks_and_answers() {
    let folder = Folder::new(&[]);
    let answers = "examples/sipas-mau-2026/answers.csv";
    let page = exported(
        &folder,
        "dak-lak-2026",
        &["--what", "sipas", "--questionnaire", "sipas-2026", "--answers", answers],
    );
    right(&folder, "page.html", None);
    // X12's index and its interval, as R's survey package has them: see examples/sipas-mau-2026.
    assert!(page.contains(">91,75 (88,41 – 94,37)</text>"), "the index with its interval is drawn");
    assert!(page.contains(">1 (1 – 8)</text>"), "the ranks that it may have are drawn");
    assert!(page.contains("Rất không hài lòng 0,3 %, Không hài lòng 1,9 %"), "answers are told");
    assert!(page.contains("class=\"a2\"") && page.contains("class=\"f2\""), "answers are drawn");
}

const SET: &str = r#"
[set]
id = "x"
name = "<b>Bộ</b> & 'mẫu'"
status = "sample"
max = 10
[[criterion]]
id = "1"
name = "</title><script>alert(1)</script>"
max = 6
kind = "given"
[[criterion]]
id = "2"
name = "Hai"
max = 4
kind = "given"
na = "reduce"
"#;

const UNITS: &str = "unit,name\n\"a b\",\u{1b}<script>alert(2)</script>\na-b,\"\"\"onclick=alert(3) x=\"\"\"\n\"a/b\",&amp;\n";

fn round(year: u32, previous: &str) -> String {
    format!(
        "[round]\nyear = {year}\ntitle = \"</h1><img src=x onerror=alert(4)>\"\nunits = \"units.csv\"\n{previous}\n\
         [[tier]]\nid = \"xa\"\ncriteria = \"set.toml\"\nresults = \"results-{year}.csv\"\n"
    )
}

fn rounds() -> Folder {
    Folder::new(&[
        ("set.toml", SET),
        ("units.csv", UNITS),
        ("2021.toml", &round(2021, "")),
        ("2022.toml", &round(2022, "previous = \"2021.toml\"")),
        ("results-2021.csv", "unit,1,2\na b,3,1\na-b,5,2\na/b,2,2\n"),
        ("results-2022.csv", "unit,1,2\na b,4,N/A\na-b,5,2\na/b,1,2\n"),
    ])
}

#[test]
fn names_from_the_data_do_nothing() {
    let folder = rounds();
    let ran = folder.run(&["export", "2022.toml", "--to", "page.html"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    folder.write("score.json", folder.run(&["score", "2022.toml", "--format", "json"]).stdout.as_bytes());
    right(&folder, "page.html", Some("score.json"));
    let page = fs::read_to_string(folder.path("page.html")).expect("a page");
    for harm in ["<script>alert", "<img", " onclick=\"", "<b>Bộ", "\u{1b}"] {
        assert!(!page.contains(harm), "{harm}");
    }
    for id in ["u-xa-a-b\"", "u-xa-a-b--2\"", "u-xa-a-b--3\""] {
        assert!(page.contains(&format!("id=\"{id}")), "units of like ids have their own sections: {id}");
    }
    assert!(page.contains("<td class=\"na\">N/A</td>"), "what does not apply is hatched");
}

#[test]
fn a_card_shows_the_years() {
    let folder = rounds();
    let ran = folder.run(&["export", "2022.toml", "--to", "page.html", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = fs::read_to_string(folder.path("page.html")).expect("a page");
    assert!(page.contains("2021: 40.00 % (rank 2); 2022: 66.67 % (rank 2)"), "in words");
    assert!(page.contains(">66.67 (rank 2)</text>"), "and drawn");
    assert!(page.contains("a b</h3>") || page.contains("(a b): 4.00/6 points"), "the card says the rest");
}

#[test]
fn the_policy_is_that_of_the_page() {
    let Some(python) = python(&[]) else { return };
    let folder = rounds();
    folder.run(&["export", "2022.toml", "--to", "page.html"]);
    let check = "import base64, hashlib, re, sys\n\
        page = open(sys.argv[1], encoding='utf-8').read()\n\
        policy = re.search(r'content=\"(default-src[^\"]*)\"', page).group(1)\n\
        for tag in ('style', 'script'):\n\
        \x20   body = re.search(f'<{tag}>(.*?)</{tag}>', page, re.S).group(1)\n\
        \x20   digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()\n\
        \x20   assert f\"{tag}-src 'sha256-{digest}'\" in policy, tag\n";
    let ran =
        Command::new(python).args(["-c", check]).arg(folder.path("page.html")).output().expect("python");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// Sorts, filters, opens and prints in Chromium; by keyboard too, in light and dark, on a telephone.
#[test]
fn a_browser_can_use_the_page() {
    let Some(python) = python(&[]) else { return };
    let Some(chromium) = chromium() else {
        println!("skipped: there is no Chromium to open the page");
        return;
    };
    let folder = Folder::new(&[]);
    exported(&folder, "khanh-hoa-2022", &["--what", "ranking,scorecards,comparison"]);
    let mut browser = Command::new(python);
    browser.arg("-B").arg(script("browser.py")).arg(chromium);
    browser.args([folder.path("page.html"), folder.path("")]);
    let ran = browser.output().expect("python runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    if let Ok(text) = Command::new("pdftotext").arg("-layout").arg(folder.path("page.pdf")).arg("-").output()
    {
        printed(&String::from_utf8_lossy(&text.stdout));
    }
}

/// What is on paper: the ranking and the one card that was open, no tools, headings on every page.
#[track_caller]
fn printed(text: &str) {
    let folded: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in ["Huyện Khánh Vĩnh", "90,40", "Từ điểm tối đa đến tổng điểm", "SHA-256"]
    {
        assert!(folded.contains(wanted), "{wanted} is printed");
    }
    assert_eq!(folded.matches("Từ điểm tối đa đến tổng điểm").count(), 1, "one card is printed");
    assert!(!folded.contains("Tìm đơn vị"), "tools are not printed");
}

fn chromium() -> Option<&'static str> {
    let runs =
        |name: &&str| Command::new(name).arg("--version").output().is_ok_and(|ran| ran.status.success());
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find(runs)
}

#[test]
fn without_a_round_the_page_has_a_name() {
    let folder = rounds();
    let page = folder.path("one.htm");
    let ran = run_in(
        Path::new(&folder.path("")),
        &["export", "--criteria", "set.toml", "--results", "results-2021.csv", "--to", "one.htm"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.contains("<title>Bảng xếp hạng</title>"), "{}", &page[..400]);
    right(&folder, "one.htm", None);
}
