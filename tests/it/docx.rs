//! Word and PDF: the layout of Nghị định 30/2020/NĐ-CP, measured; every figure as `score` has it, read
//! back by python-docx; the pages as LibreOffice makes them.

use crate::support::{Folder, Ran, python, run, run_with};
use quick_xml::events::Event;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

const DAK_LAK: &str = "examples/dak-lak-2026";
const KHANH_HOA: &str = "examples/khanh-hoa-2022";
const APPRAISED: &str = "examples/tham-dinh-2026";
const THANH_HOA: &str = "examples/thanh-hoa-2024";

/// A folder in which the export of a round lies under a name.
#[track_caller]
fn export(args: &[&str], name: &str) -> Folder {
    let folder = Folder::new(&[]);
    let path = folder.path(name).display().to_string();
    let ran = run(&[&["export", "--to", &path], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    folder
}

/// The parts of a package by their paths.
fn parts(path: &Path) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("a file")).expect("a zip");
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            (part.name().expect("UTF-8").into_owned(), text)
        })
        .collect()
}

/// An element with what lies in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    inside: Vec<Element>,
    text: String,
}

impl Element {
    /// A whole document; anything that is not well-formed is a panic.
    #[track_caller]
    fn parse(xml: &str) -> Element {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut open = vec![Element::default()];
        let start = |start: &quick_xml::events::BytesStart<'_>| Element {
            name: start.name().as_ref().to_owned(),
            attributes: start
                .attributes()
                .map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    let key = attribute.key.as_ref().to_owned();
                    (key, attribute.value.into_owned())
                })
                .collect(),
            ..Element::default()
        };
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(bytes) => open.push(start(&bytes)),
                Event::Empty(bytes) => open.last_mut().expect("a parent").inside.push(start(&bytes)),
                Event::End(_) => {
                    let element = open.pop().expect("an element");
                    open.last_mut().expect("a parent").inside.push(element);
                }
                Event::Text(bytes) => {
                    open.last_mut().expect("a parent").text += &bytes;
                }
                Event::GeneralRef(name) => {
                    let name: &str = &name;
                    let sign = match name {
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => "&",
                    };
                    open.last_mut().expect("a parent").text += sign;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "every element is closed");
        open.remove(0)
    }

    /// All elements of a name in it, in order.
    fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for element in &self.inside {
            if element.name == name {
                found.push(element);
            }
            found.extend(element.all(name));
        }
        found
    }

    fn has(&self, name: &str) -> bool {
        !self.all(name).is_empty()
    }

    #[track_caller]
    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{} has {name}: {self:?}", self.name))
    }

    #[track_caller]
    fn number(&self, name: &str) -> u32 {
        self.attribute(name).parse().expect("a number")
    }

    /// The text of a paragraph.
    fn words(&self) -> String {
        self.all("w:t").iter().map(|text| text.text.as_str()).collect()
    }

    /// The name of a paragraph's style.
    fn style(&self) -> &str {
        self.all("w:pStyle").first().map_or("", |style| style.attribute("w:val"))
    }
}

/// The document itself.
fn document(path: &Path) -> Element {
    Element::parse(&parts(path)["word/document.xml"])
}

/// The texts of all paragraphs of a style.
fn of_style(document: &Element, style: &str) -> Vec<String> {
    let paragraphs = document.all("w:p").into_iter();
    paragraphs.filter(|paragraph| paragraph.style() == style).map(Element::words).collect()
}

#[test]
fn the_package_is_whole() {
    let folder = export(&[KHANH_HOA, "--decision", "--what", "ranking,comparison"], "a.docx");
    let parts = parts(&folder.path("a.docx"));
    for (name, xml) in &parts {
        assert!(Element::parse(xml).inside.len() == 1, "{name} has one root");
    }
    let types = Element::parse(&parts["[Content_Types].xml"]);
    for part in types.all("Override") {
        assert!(parts.contains_key(part.attribute("PartName").trim_start_matches('/')), "{part:?}");
    }
    let relations = Element::parse(&parts["word/_rels/document.xml.rels"]);
    let known: Vec<&str> = relations.all("Relationship").into_iter().map(|one| one.attribute("Id")).collect();
    let document = Element::parse(&parts["word/document.xml"]);
    let styles = Element::parse(&parts["word/styles.xml"]);
    let styles: Vec<&str> = styles.all("w:style").iter().map(|style| style.attribute("w:styleId")).collect();
    for reference in document.all("w:headerReference") {
        assert!(known.contains(&reference.attribute("r:id")));
    }
    for style in ["w:pStyle", "w:tblStyle"].into_iter().flat_map(|name| document.all(name)) {
        assert!(styles.contains(&style.attribute("w:val")), "{style:?}");
    }
}

/// Sizes in points and faces that Phụ lục I of the decree asks for: from, to, bold, italic.
const FACES: [(&str, u32, u32, bool, bool); 17] = [
    ("QuocHieu", 12, 13, true, false),
    ("TieuNgu", 13, 14, true, false),
    ("ChuQuan", 12, 13, false, false),
    ("CoQuan", 12, 13, true, false),
    ("SoHieu", 13, 13, false, false),
    ("DiaDanh", 13, 14, false, true),
    ("TenLoai", 13, 14, true, false),
    ("TrichYeu", 13, 14, true, false),
    ("CanCu", 13, 14, false, true),
    ("NoiDung", 13, 14, false, false),
    ("ChucVu", 13, 14, true, false),
    ("NoiNhanDau", 12, 12, true, true),
    ("NoiNhan", 11, 11, false, false),
    ("PhuLuc", 14, 14, true, false),
    ("TenPhuLuc", 13, 14, true, false),
    ("KemTheo", 13, 14, false, true),
    ("SoTrang", 13, 14, false, false),
];

#[test]
fn print_is_as_the_decree_says() {
    let folder = export(&[THANH_HOA], "a.docx");
    let parts = parts(&folder.path("a.docx"));
    let styles = Element::parse(&parts["word/styles.xml"]);
    let fonts = styles.all("w:rFonts");
    assert!(
        !fonts.is_empty()
            && fonts.iter().all(|font| font.attributes.values().all(|name| name == "Times New Roman"))
    );
    for (id, least, most, is_bold, is_italic) in FACES {
        let all = styles.all("w:style");
        let style = all.iter().find(|style| style.attribute("w:styleId") == id).expect(id);
        let half_points = style.all("w:sz")[0].number("w:val");
        assert!(2 * least <= half_points && half_points <= 2 * most, "{id}: {half_points}");
        assert_eq!((style.has("w:b"), style.has("w:i")), (is_bold, is_italic), "{id}");
        let align = style.all("w:jc")[0].attribute("w:val");
        let expected = match id {
            "CanCu" | "NoiDung" => "both",
            "NoiNhanDau" | "NoiNhan" => "left",
            _ => "center",
        };
        assert_eq!(align, expected, "{id}");
        if align == "both" {
            assert!([567, 720].contains(&style.all("w:ind")[0].number("w:firstLine")), "1 or 1,27 cm: {id}");
            assert!(120 <= style.all("w:spacing")[0].number("w:before"), "6 points: {id}");
        }
    }
    let document = Element::parse(&parts["word/document.xml"]);
    assert!(!document.has("w:color") && !document.has("w:rFonts"), "black, and one font");
}

#[test]
fn pages_are_as_the_decree_says() {
    let folder = export(&[KHANH_HOA, "--decision"], "a.docx");
    let parts = parts(&folder.path("a.docx"));
    let document = Element::parse(&parts["word/document.xml"]);
    let sections = document.all("w:sectPr");
    assert_eq!(sections.len(), 3, "the decision and two annexes");
    for section in &sections {
        let size = section.all("w:pgSz")[0];
        let mut sides = [size.number("w:w"), size.number("w:h")];
        assert_eq!(sides[0] > sides[1], size.attributes.contains_key("w:orient"));
        sides.sort_unstable();
        assert_eq!(sides, [11906, 16838], "A4");
        let margins = section.all("w:pgMar")[0];
        let is_between = |side: &str, least: u32, most: u32| {
            let tenths = margins.number(side) * 254 / 1440;
            assert!(least * 10 <= tenths && tenths <= most * 10, "{side}: {tenths} tenths of a millimetre");
        };
        is_between("w:top", 20, 25);
        is_between("w:bottom", 20, 25);
        is_between("w:left", 30, 35);
        is_between("w:right", 15, 20);
        assert!(section.has("w:titlePg"), "no number on the first page");
        assert_eq!(section.all("w:pgNumType")[0].attribute("w:start"), "1", "numbers begin anew");
        let kinds: Vec<&str> =
            section.all("w:headerReference").into_iter().map(|one| one.attribute("w:type")).collect();
        assert_eq!(kinds, ["default", "first"]);
    }
    let is_across = |at: usize| sections[at].all("w:pgSz")[0].attributes.contains_key("w:orient");
    assert_eq!([0, 1, 2].map(is_across), [false, true, false], "eleven columns lie across");
    assert!(parts["word/header1.xml"].contains("PAGE"));
    assert!(!Element::parse(&parts["word/header2.xml"]).has("w:r"));
}

#[test]
fn head_rows_come_again_and_rows_do_not_split() {
    let folder = export(&[APPRAISED, "--what", "ranking,scorecards"], "a.docx");
    let document = document(&folder.path("a.docx"));
    let tables = document.all("w:tbl");
    assert_eq!(tables.len(), 1 + 4);
    for table in tables {
        let rows = table.all("w:tr");
        assert!(rows.iter().all(|row| row.has("w:cantSplit")));
        assert!(rows[0].has("w:tblHeader") && rows[1..].iter().all(|row| !row.has("w:tblHeader")));
        let widths: u32 = table.all("w:gridCol").iter().map(|column| column.number("w:w")).sum();
        assert_eq!(widths, table.all("w:tblW")[0].number("w:w"), "columns take all the room");
        for row in rows {
            assert_eq!(row.all("w:tc").len(), table.all("w:gridCol").len());
        }
    }
    assert_eq!(document.all("w:pageBreakBefore").len(), 3, "each of four units begins a page");
    let bold: Vec<String> =
        document.all("w:tc").iter().filter(|cell| cell.has("w:b")).map(|cell| cell.words()).collect();
    assert!(
        bold.iter().any(|cell| cell == "Tổng điểm") && bold.iter().any(|cell| cell == "Chỉ đạo, điều hành")
    );
}

#[test]
fn annexes_are_headed_as_the_decree_says() {
    let folder = export(&[KHANH_HOA], "a.docx");
    let document_of_two = document(&folder.path("a.docx"));
    assert_eq!(of_style(&document_of_two, "PhuLuc"), ["Phụ lục I", "Phụ lục II"]);
    let attached =
        "(Kèm theo Quyết định số ……/QĐ-UBND ngày …… tháng …… năm …… của Ủy ban nhân dân tỉnh Khánh Hòa)";
    assert_eq!(of_style(&document_of_two, "KemTheo"), [attached, attached]);
    assert_eq!(
        of_style(&document_of_two, "TenPhuLuc"),
        [
            "CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CẤP HUYỆN, CẤP XÃ TỈNH KHÁNH HÒA NĂM 2022 (VÍ DỤ)",
            "Cấp huyện",
            "CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CẤP HUYỆN, CẤP XÃ TỈNH KHÁNH HÒA NĂM 2022 (VÍ DỤ)",
            "Cấp xã",
        ]
    );
    let blocks = of_style(&document_of_two, "DeMuc");
    assert_eq!(
        blocks[..3],
        ["Khối huyện, thị xã, thành phố", "I. Thành phố Nha Trang", "II. Thành phố Cam Ranh"]
    );
    let folder = export(&[DAK_LAK], "a.docx");
    let one = document(&folder.path("a.docx"));
    assert_eq!(of_style(&one, "PhuLuc"), ["Phụ lục"]);
    assert!(of_style(&one, "TenPhuLuc")[0].contains("QUYẾT ĐỊNH SỐ 766/QĐ-TTg"), "signs keep their letters");
    assert_eq!(
        of_style(&one, "KemTheo"),
        ["(Kèm theo Quyết định số ……/QĐ-…… ngày …… tháng …… năm …… của ……)"]
    );
    let notes = of_style(&one, "GhiChu").join("\n");
    for note in
        ["bộ dựng lại từ số liệu công bố", "Xếp hạng theo chỉ số chưa làm tròn", "từ 5 trở lên làm tròn lên"]
    {
        assert!(notes.contains(note), "{note}: {notes}");
    }
    assert_eq!(of_style(&one, "Nguon").len(), 3, "the files that it was made from");
}

#[test]
fn a_draft_of_the_decision_leaves_blank_what_only_the_office_knows() {
    let folder = export(&["examples/son-la-2020", "--decision"], "a.docx");
    let document = document(&folder.path("a.docx"));
    let is = |style: &str, expected: &[&str]| assert_eq!(of_style(&document, style), expected, "{style}");
    is("QuocHieu", &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]);
    is("TieuNgu", &["Độc lập - Tự do - Hạnh phúc"]);
    is("CoQuan", &["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"]);
    is("SoHieu", &["Số: ……/QĐ-UBND"]);
    is("DiaDanh", &["Sơn La, ngày …… tháng …… năm ……"]);
    is("DuThao", &["DỰ THẢO"]);
    is("TenLoai", &["QUYẾT ĐỊNH"]);
    is("ThamQuyen", &["ỦY BAN NHÂN DÂN TỈNH SƠN LA"]);
    is("QuyetDinh", &["QUYẾT ĐỊNH:"]);
    let basis = of_style(&document, "CanCu");
    let (last, others) = basis.split_last().expect("a basis");
    assert!(last.ends_with('.') && others.iter().all(|line| line.ends_with(';')), "{basis:?}");
    let articles = of_style(&document, "NoiDung");
    assert_eq!(articles.len(), 3);
    assert!(articles[0].starts_with("Điều 1. Công bố kết quả "), "{articles:?}");
    assert!(articles[0].contains("kèm theo Quyết định này") && articles[2].ends_with("./."), "{articles:?}");
    let numbers: Vec<String> =
        document.all("w:r").iter().filter(|run| run.has("w:b")).map(|run| run.words()).collect();
    assert_eq!(numbers.iter().filter(|words| words.starts_with("Điều ")).count(), 3, "{numbers:?}");
    assert_eq!(of_style(&document, "ChucVu")[..2], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]);
    is("NoiNhanDau", &["Nơi nhận:"]);
}

#[test]
fn an_annex_speaks_english() {
    let folder = export(&[APPRAISED, "--lang", "en", "--decision"], "a.docx");
    let document = document(&folder.path("a.docx"));
    assert_eq!(of_style(&document, "PhuLuc"), ["Annex"]);
    assert_eq!(of_style(&document, "TenLoai"), ["DECISION"]);
    let heads = of_style(&document, "BangDau");
    assert_eq!(
        heads,
        ["No.", "Unit", "Self-assessed", "Appraised", "Survey", "Total", "Index (%)", "Rank", "Grade"]
    );
    assert!(of_style(&document, "BangSo").contains(&"95.98".to_owned()), "a decimal point");
}

/// What a program that is not ours reads: the cells of every table, row by row.
fn read_back(path: &Path) -> Option<Vec<Vec<Vec<String>>>> {
    let program = "import docx, json, sys
tables = docx.Document(sys.argv[1]).tables
print(json.dumps([[[cell.text for cell in row.cells] for row in table.rows] for table in tables]))";
    let output = Command::new(python(&["docx"])?).args(["-c", program]).arg(path).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

/// A number of JSON as an annex prints it: two digits, half up, a comma.
fn printed(number: &Value) -> String {
    let number: Decimal = number.to_string().parse().expect("a number");
    let mut rounded = number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(2);
    rounded.to_string().replace('.', ",")
}

fn json(args: &[&str]) -> Value {
    let ran = run(&[args, &["--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// The rows of all tables by the unit's name, each cell by its head.
fn by_unit(tables: &[Vec<Vec<String>>]) -> Vec<BTreeMap<String, String>> {
    let rows = tables.iter().flat_map(|table| {
        let (head, rows) = table.split_first().expect("a head");
        rows.iter().map(|row| head.iter().cloned().zip(row.iter().cloned()).collect())
    });
    rows.collect()
}

#[test]
fn every_figure_is_the_one_that_score_prints() {
    for round in
        [DAK_LAK, KHANH_HOA, APPRAISED, THANH_HOA, "examples/34-provinces-2026", "examples/son-la-2020"]
    {
        let folder = export(&[round], "a.docx");
        let Some(tables) = read_back(&folder.path("a.docx")) else { return };
        let rows = by_unit(&tables);
        let scored = json(&["score", round]);
        let mut units: Vec<&Value> = Vec::new();
        for tier in scored["tiers"].as_array().expect("tiers") {
            let lists = ["units", "unranked"].map(|list| tier[list].as_array().expect("units"));
            units.extend(lists.into_iter().flatten());
        }
        assert_eq!(rows.len(), units.len(), "{round}");
        for unit in units {
            let name = unit["name"].as_str().expect("a name");
            let row =
                rows.iter().find(|row| row["Đơn vị"] == name).unwrap_or_else(|| panic!("{round}: {name}"));
            for (head, key) in [
                ("Tổng điểm", "points"),
                ("Điểm tối đa", "max"),
                ("Chỉ số (%)", "index"),
                ("Điểm thưởng", "bonus"),
                ("Điểm trừ", "deductions"),
            ] {
                let Some(cell) = row.get(head) else { continue };
                let expected = if unit[key].is_null() { "–".to_owned() } else { printed(&unit[key]) };
                assert_eq!(*cell, expected, "{round}, {name}: {head}");
            }
            if let Some(cell) = row.get("Chỉ số năm trước (%)") {
                let before = &unit["previous"]["index"];
                assert_eq!(*cell, if before.is_null() { "–".to_owned() } else { printed(before) }, "{name}");
            }
            let rank = unit["rank"].as_u64().map_or("–".to_owned(), |rank| rank.to_string());
            assert_eq!(row["Xếp hạng"], rank, "{round}, {name}");
            if let Some(grade) = row.get("Xếp loại") {
                assert_eq!(grade, unit["grade"].as_str().unwrap_or("–"), "{round}, {name}");
            }
            // What an official adds up: appraisal, survey and bonus, less what was deducted.
            let part = |head: &str| {
                row.get(head).map(|cell| cell.replace(',', ".").parse::<Decimal>().expect("a number"))
            };
            if let (Some(appraised), Some(survey)) = (part("Điểm thẩm định"), part("Điểm điều tra XHH"))
            {
                let none = || Some(Decimal::ZERO);
                let sum = appraised + survey + part("Điểm thưởng").or_else(none).unwrap_or_default()
                    - part("Điểm trừ").or_else(none).unwrap_or_default();
                let off = (sum - part("Tổng điểm").expect("a total")).abs();
                assert!(off <= Decimal::new(2, 2), "{round}, {name}: {sum} is not the total");
            }
        }
    }
}

#[test]
fn stages_and_columns_are_those_that_were_chosen() {
    let columns = "unit,self,appraisal1,explanation,appraisal2,appraised,survey,fields,places";
    let ran = run(&["export", APPRAISED, "--to", "a.docx", "--columns", columns]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("--columns places: đợt này không có cột ấy"), "{}", ran.stderr);
    let columns = columns.trim_end_matches(",places");
    let folder = export(&[APPRAISED, "--columns", columns], "a.docx");
    let Some(tables) = read_back(&folder.path("a.docx")) else { return };
    let heads = &tables[0][0];
    assert_eq!(
        heads[1..],
        [
            "Điểm tự chấm",
            "Điểm thẩm định lần 1",
            "Điểm giải trình",
            "Điểm thẩm định lần 2",
            "Điểm thẩm định",
            "Điểm điều tra XHH",
            "1",
            "2",
            "3"
        ]
    );
    let staged = json(&["score", APPRAISED, "--stages"]);
    for unit in staged["tiers"][0]["units"].as_array().expect("units") {
        let rows = by_unit(&tables);
        let row = rows.iter().find(|row| row["Đơn vị"] == unit["name"]).expect("a row");
        for (head, stage) in [
            ("Điểm tự chấm", "self"),
            ("Điểm thẩm định lần 1", "appraisal1"),
            ("Điểm giải trình", "explanation"),
            ("Điểm thẩm định lần 2", "appraisal2"),
            ("Điểm thẩm định", "appraisal2"),
        ] {
            assert_eq!(row[head], printed(&unit["stages"][stage]), "{}: {head}", unit["name"]);
        }
        assert_eq!(row["Điểm điều tra XHH"], printed(&unit["survey"]), "{}", unit["name"]);
    }
}

#[test]
fn a_scorecard_has_every_criterion_with_the_points_of_score() {
    let folder =
        export(&[KHANH_HOA, "--what", "scorecards", "--unit", "nha-trang", "--unit", "cam-ranh"], "a.docx");
    let Some(tables) = read_back(&folder.path("a.docx")) else { return };
    let scored = json(&["score", KHANH_HOA, "--fields", "all"]);
    let units = scored["tiers"][0]["units"].as_array().expect("units");
    assert_eq!(tables.len(), 2);
    for (table, id) in tables.iter().zip(["nha-trang", "cam-ranh"]) {
        let unit = units.iter().find(|unit| unit["id"] == id).expect("the unit");
        let points = table[0].iter().position(|head| head == "Điểm đạt").expect("points");
        let row = |name: &str, at: usize| {
            table.iter().find(|row| row[at] == name).unwrap_or_else(|| panic!("{name}"))
        };
        let criteria = unit["criteria"].as_object().expect("criteria");
        assert!(30 < criteria.len());
        for (criterion, score) in criteria {
            let expected =
                if score["points"].is_null() { "N/A".to_owned() } else { printed(&score["points"]) };
            assert_eq!(row(criterion, 0)[points], expected, "{id} {criterion}");
        }
        assert_eq!(row("Tổng điểm", 1)[points], printed(&unit["points"]));
    }
}

#[test]
fn units_that_are_not_ranked_follow_with_their_reason() {
    let folder = export(&["examples/khanh-hoa-nq57-2026"], "a.docx");
    let document = document(&folder.path("a.docx"));
    let notes = of_style(&document, "GhiChu");
    let scored = json(&["score", "examples/khanh-hoa-nq57-2026"]);
    let unranked = scored["tiers"][0]["unranked"].as_array().expect("units");
    assert!(!unranked.is_empty());
    for unit in unranked {
        let name = unit["name"].as_str().expect("a name");
        assert!(
            notes.iter().any(|note| note.starts_with("- Không") && note.contains(name)),
            "{name}: {notes:?}"
        );
    }
}

#[test]
fn other_parts_are_annexes_too() {
    let scenario = format!("{KHANH_HOA}/gia-dinh.toml");
    let folder =
        export(&[KHANH_HOA, "--what", "all", "--unit", "nha-trang", "--scenario", &scenario], "a.docx");
    let document = document(&folder.path("a.docx"));
    let numbers = ["I", "II", "III", "IV", "V", "VI"].map(|roman| format!("Phụ lục {roman}"));
    assert_eq!(of_style(&document, "PhuLuc"), numbers);
    let titles = of_style(&document, "TenPhuLuc");
    for title in ["PHIẾU ĐIỂM TỪNG ĐƠN VỊ", "SO VỚI KỲ TRƯỚC", "ĐỘ VỮNG CỦA THỨ HẠNG", "KỊCH BẢN GIẢ ĐỊNH"]
    {
        assert!(titles.iter().any(|found| found == title), "{title}: {titles:?}");
    }
}

#[test]
fn the_same_inputs_give_the_same_file() {
    let of = || {
        let folder = export(&[APPRAISED, "--what", "ranking,scorecards", "--decision"], "a.docx");
        fs::read(folder.path("a.docx")).expect("a file")
    };
    assert_eq!(of(), of());
}

#[test]
fn each_file_holds_what_its_format_usually_does() {
    let folder = Folder::new(&[]);
    let path = |name: &str| folder.path(name).display().to_string();
    let (word, data, table) = (path("a.docx"), path("a.json"), path("a.csv"));
    let ran = run(&["export", APPRAISED, "--to", &word, "--to", &data, "--to", &table]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(of_style(&document(&folder.path("a.docx")), "PhuLuc"), ["Phụ lục"]);
    let all: Value = serde_json::from_slice(&fs::read(&data).expect("a file")).expect("JSON");
    let parts: Vec<&String> = all.as_object().expect("an object").keys().collect();
    assert_eq!(parts, ["ranking", "scorecards", "robust"]);
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_left() {
    let says = |args: &[&str], to: &str, variables: &[(&str, &str)], what: &str| {
        let folder = Folder::new(&[]);
        let path = folder.path(to).display().to_string();
        let all = [&["export", DAK_LAK, "--to", &path], args].concat();
        let Ran { stderr, code, .. } = run_with(crate::support::project(), &all, variables);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(what), "{stderr}");
        assert_eq!(fs::read_dir(folder.path("")).expect("a folder").count(), 0);
    };
    says(&["--columns", "stt,apraised"], "a.docx", &[], "'appraised'");
    says(&["--columns", "self"], "a.docx", &[], "stt, id, unit, fields, appraised, total");
    says(&["--decision"], "a.json", &[], "chỉ dùng với .docx, .pdf");
    says(&[], "no-such-folder/a.docx", &[], "no-such-folder");
    says(&[], "a.pdf", &[("PARINDEX_LIBREOFFICE", "/no/such/program")], "PARINDEX_LIBREOFFICE: không có tệp");
    if cfg!(unix) {
        // A program that ends well and makes nothing.
        says(&[], "a.pdf", &[("PARINDEX_LIBREOFFICE", "/bin/true")], "không tạo được PDF");
    }
}

/// LibreOffice and the programs that read PDF, if they are there.
fn has_office() -> bool {
    let lacking = ["soffice", "pdftotext", "pdffonts"].into_iter().find(|name| {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        !std::env::split_paths(&folders).any(|folder| folder.join(name).is_file())
    });
    if let Some(name) = lacking {
        println!("skipped: there is no {name}");
    }
    lacking.is_none()
}

fn text_of(program: &str, args: &[&str], path: &Path) -> String {
    let mut command = Command::new(program);
    command.args(args).arg(path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn libreoffice_makes_the_pages_of_the_decree() {
    if !has_office() {
        return;
    }
    let folder = export(&[DAK_LAK, "--decision"], "a.pdf");
    let path = folder.path("a.pdf");
    let text = text_of("pdftotext", &["-layout"], &path);
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    // The decision on one page, a hundred rows and the notes on the others.
    assert!((4..=6).contains(&pages.len()), "{} pages", pages.len());
    let first_line =
        |page: &str| page.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("").to_owned();
    assert!(first_line(pages[0]).contains("CỘNG HÒA XÃ HỘI"), "no number on the first page: {}", pages[0]);
    assert_eq!(first_line(pages[1]), "Phụ lục", "no number on the annex's first page");
    for (at, page) in pages[2..].iter().enumerate() {
        assert_eq!(first_line(page), (at + 2).to_string(), "numbers of the annex begin anew");
    }
    let mut rows = 0;
    for page in &pages[1..] {
        let of_page = page.lines().filter(|line| line.contains("UBND ")).count();
        rows += of_page;
        let is_headed = page.contains("STT") && page.contains("Đơn vị");
        assert!(of_page == 0 || is_headed, "the head row stands on every page: {page}");
    }
    assert_eq!(rows, 102);
    // Names and figures, whole; a letter from another font may stand apart from its word.
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let all = dense(&text);
    let scored = json(&["score", DAK_LAK]);
    for unit in scored["tiers"][0]["units"].as_array().expect("units") {
        let name = dense(unit["name"].as_str().expect("a name"));
        let (points, index) = (printed(&unit["points"]), printed(&unit["index"]));
        let row = format!(
            "{name}{points}{index}{}{}",
            unit["rank"],
            dense(unit["grade"].as_str().expect("a grade"))
        );
        assert!(all.contains(&row), "{row}");
    }
    for line in text_of("pdffonts", &[], &path).lines().skip(2) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(cells[cells.len() - 5], "yes", "embedded: {line}");
    }
    let again = export(&[DAK_LAK, "--decision"], "a.pdf");
    assert!(
        fs::read(&path).expect("a file") == fs::read(again.path("a.pdf")).expect("a file"),
        "the same bytes"
    );
}

#[test]
fn every_unit_has_its_page() {
    if !has_office() {
        return;
    }
    let folder = export(&[APPRAISED, "--what", "scorecards"], "a.pdf");
    let text = text_of("pdftotext", &["-layout"], &folder.path("a.pdf"));
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert_eq!(pages.len(), 4);
    for (page, id) in pages.iter().zip(["M03", "M01", "M04", "M02"]) {
        assert!(page.contains(&format!("({id})")), "{id}: {page}");
    }
}
