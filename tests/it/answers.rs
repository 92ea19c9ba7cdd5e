//! Answers of a survey: every way in which files write them, what is refused, and the checks of their
//! quality, on hand-made files and on real ones that are shared beside the project.

use crate::support::{Folder, project, shared};
use parindex::answers::quality::{Checks, Flag, Quality};
use parindex::answers::{BLANK, Form, OFF_SCALE, Surveyed};
use parindex::diagnostic::Diagnostics;
use parindex::lang::Lang;
use parindex::load;
use parindex::number::Percent;
use parindex::questionnaire::{Column, Part, Questionnaire};
use parindex::source::Source;
use parindex::validate::answers::{Assembly, Options, Plan, quotas, quotas_sought, unit_targets};
use parindex::validate::questionnaire::questionnaire;
use parindex::validate::units::{self, units};
use std::path::Path;

/// Three items in two factors, two groups, a question with one option and one with several.
const SMALL: &str = r#"
[questionnaire]
id = "thu"
name = "Phiếu thử"
status = "sample"
overall = "pooled-answers"
[validity]
answered = 60
[[scale]]
id = "hai-long"
labels = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng", "Không có ý kiến"]
codes = ["1", "2", "3", "4", "5", "9"]
satisfied = ["4", "5"]
no_opinion = "9"
blank = "Chưa chọn"
[[factor]]
id = "A"
name = "Tiếp cận"
[[factor]]
id = "B"
name = "Công chức"
[[item]]
id = "q1"
factor = "A"
text = "Ghế chờ, bàn viết"
question = "Câu 9"
number = 1
[[item]]
id = "q2"
factor = "A"
text = "Biển hiệu"
question = "Câu 9"
number = 2
[[item]]
id = "q3"
factor = "B"
text = "Thái độ"
question = "Câu 9"
number = 3
columns = "Công chức"
[[group]]
id = "gioi"
name = "Giới tính"
option = [{ name = "Nam", also = ["M", "Ông"] }, { name = "Nữ" }]
[[question]]
id = "q5"
text = "Có bị phiền hà không"
options = ["Không", "Một số", "Nhiều"]
[[question]]
id = "kenh"
text = "Nghe tin qua kênh nào"
multiple = true
options = ["Tivi, đài", "Báo", "Mạng xã hội"]
[[share]]
id = "phien_ha"
name = "Bị phiền hà"
question = "q5"
option = ["Một số", "Nhiều"]
[[share]]
id = "bao"
name = "Qua báo"
question = "kenh"
option = "Báo"
"#;

/// What came of files of answers.
struct Read {
    /// One line a form: unit, items, groups, shares.
    forms: Vec<String>,
    surveyed: Surveyed,
    quality: Quality,
    faults: Diagnostics,
}

/// Reads files of answers; `list` is the text of units.csv, or empty.
fn read_with(questionnaire: &Questionnaire, files: &[&Path], list: &str, options: &Options) -> Read {
    let mut out = Diagnostics::default();
    let folder = Folder::new(&[("units.csv", list)]);
    let listed = (!list.is_empty()).then(|| {
        let sheet =
            load::table::sheet(&folder.path("units.csv"), "units.csv".into(), &units::sought(), &mut out);
        units(&sheet.expect("a list").expect("a table").0, &[], &mut out)
    });
    let mut forms: Vec<(u32, String)> = Vec::new();
    let mut quality = Quality::new(questionnaire);
    let mut assembly = Assembly::new(questionnaire, listed.as_deref());
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name");
        let Some(csv) =
            load::csv::open(path, name.into(), &|_| true, &mut out).expect("the file can be read")
        else {
            continue;
        };
        let Some(plan) = Plan::new(csv.table.clone(), questionnaire, options, &mut out) else { continue };
        assembly.begin(&plan);
        let read = |rows: &load::csv::Rows| {
            let (mut part, mut faults) = (plan.part(), Diagnostics::default());
            rows.for_each(&mut faults, |row| plan.read_row(&mut part, row));
            (part, faults)
        };
        let mut give = |given: &[Form<'_>]| {
            for form in given {
                quality.look(form);
                forms.push((form.unit, shown(questionnaire, form)));
            }
        };
        csv.read(read, |(part, faults)| {
            out.append(faults);
            assembly.absorb(&plan, part, &mut give);
        })
        .expect("the file can be read on");
        assembly.end(&plan, &mut give);
    }
    let surveyed = assembly.finish(&mut out);
    let forms = forms
        .into_iter()
        .map(|(unit, form)| format!("{} {form}", surveyed.units[unit as usize].id))
        .collect();
    Read { forms, surveyed, quality, faults: out }
}

fn read(questionnaire: &Questionnaire, text: &str) -> Read {
    let folder = Folder::new(&[("phieu.csv", text)]);
    read_with(questionnaire, &[&folder.path("phieu.csv")], "", &Options::default())
}

/// `4 . ? | Nam | 01`: items by their codes, blank and off the scale; groups; shares.
fn shown(questionnaire: &Questionnaire, form: &Form<'_>) -> String {
    let label = |scale: usize, code: u8| match code {
        BLANK => ".".to_owned(),
        OFF_SCALE => "?".to_owned(),
        code => questionnaire.scales[scale].labels[usize::from(code)].code.clone(),
    };
    let items = questionnaire.items.iter().zip(form.items).map(|(item, code)| label(item.scale, *code));
    let groups = questionnaire.groups.iter().zip(form.groups).map(|(group, code)| label(group.scale, *code));
    let shares = (0..questionnaire.shares.len()).map(|share| match form.share(questionnaire, share) {
        Some(true) => "+",
        Some(false) => "-",
        None => ".",
    });
    let (items, groups): (Vec<_>, Vec<_>) = (items.collect(), groups.collect());
    let validity = if form.is_valid { "" } else { " invalid" };
    format!("{} | {} | {}{validity}", items.join(""), groups.join(""), shares.collect::<String>())
}

#[track_caller]
fn parsed(text: &str) -> Questionnaire {
    let mut out = Diagnostics::default();
    let found = questionnaire(&Source::new("thu.toml", text), &mut out);
    assert!(out.is_empty(), "{:?}", said(&out));
    found.expect("a questionnaire")
}

fn small() -> Questionnaire {
    parsed(SMALL)
}

fn shipped(id: &str) -> Questionnaire {
    parsed(load::builtin::questionnaire(id).expect("it comes along"))
}

/// The messages: code and English text.
fn said(out: &Diagnostics) -> Vec<String> {
    out.iter().map(|fault| format!("{}: {}", fault.code, fault.message.get(Lang::En))).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let read = read(&small(), text);
    assert!(!read.faults.has_errors(), "{:?}", said(&read.faults));
    assert_eq!(read.forms, expected, "{text}");
}

/// That a file is refused with a message of this code that holds these words.
#[track_caller]
fn refused(text: &str, code: &str, words: &str) {
    let read = read(&small(), text);
    let said = said(&read.faults);
    let is_said = said.iter().any(|said| said.starts_with(&format!("{code}: ")) && said.contains(words));
    assert!(read.faults.has_errors() && is_said, "{text}\n{said:#?}");
}

#[test]
fn codes_and_labels_in_every_spelling() {
    check(
        "unit,q1,q2,q3,gioi,q5,kenh\n\
         X1,4,5,3,Nam,Không,Báo\n\
         X1,Hài lòng,RẤT HÀI LÒNG,bình  thường,nữ,một số,\"Tivi, đài, Báo\"\n\
         X1,Ha\u{300}i lo\u{300}ng (4đ),5. Rất hài lòng,\"3,0\",ông,Nhiều,Tivi, đài\n"
            .replace("Nhiều,Tivi, đài", "Nhiều,\"Mạng xã hội; Tivi, đài\"")
            .as_str(),
        &["X1 453 | 1 | -+", "X1 453 | 2 | ++", "X1 453 | 1 | +-"],
    );
}

#[test]
fn blank_no_opinion_and_off_scale_are_three_things() {
    let text = "unit,q1,q2,q3\nX1,9,,4\nX1,Không có ý kiến,Chưa chọn,7\nX1,,,5\nX1,4,7,5\n";
    let read = read(&small(), text);
    let expected =
        ["X1 9.4 | . | ..", "X1 9.? | . | .. invalid", "X1 ..5 | . | .. invalid", "X1 4?5 | . | .."];
    assert_eq!(read.forms, expected);
    assert_eq!(
        said(&read.faults),
        [
            "off-scale: q2: 1 cell with \"7\", which is not on the scale; left out of the denominator",
            "off-scale: q3: 1 cell with \"7\", which is not on the scale; left out of the denominator",
        ]
    );
    assert_eq!((read.surveyed.forms, read.surveyed.valid), (4, 2));
}

#[test]
fn items_are_found_by_id_text_grid_and_packed_cell() {
    let one = ["X1 453 | . | .."];
    for header in [
        "Q1,q2,Công chức",
        "\"Ghế chờ, bàn viết\",biển hiệu,Thái độ",
        "\"1. Ghế chờ, bàn viết\",2. Biển hiệu:,3) Thái độ",
        "\"Câu 9 [Ghế chờ, bàn viết]\",Câu 9 [Biển hiệu],Câu 9 [Thái độ]",
        "\"Câu 9. Mức độ hài lòng của Ông/bà [1. Ghế chờ, bàn viết]\",Câu 9. Mức độ hài lòng của Ông/bà [2. Biển hiệu],Câu 9. Mức độ hài lòng của Ông/bà [3]",
        "Câu 9.1,Câu 9.2,Câu 9 [3]",
    ] {
        check(&format!("unit,{header}\nX1,4,5,3\n"), &one);
    }
    for cell in [
        "1. Hài lòng; 2. Rất hài lòng; 3. Bình thường",
        "2: 5; 1: 4; 3: 3",
        "1) Hài lòng (4đ)|2) Rất hài lòng (5đ)|3) Bình thường (3đ)",
    ] {
        check(&format!("unit,Câu 9\nX1,{cell}\n"), &one);
    }
    check("unit,Câu 9. Mức độ hài lòng\nX1,\"1. Hài lòng; 3. Chưa chọn\"\n", &["X1 4.. | . | .. invalid"]);
}

#[test]
fn a_long_file_says_the_same_as_a_wide_one() {
    check(
        "form,unit,item,answer\n1,X1,q1,4\n1,X1,Thái độ,Bình thường\n1,X1,gioi,Nữ\n1,X1,kenh,\"Báo; Mạng xã hội\"\n2,X2,q2,5\n2,X2,q1,4\n2,X2,q5,Nhiều\n",
        &["X1 4.3 | 2 | .+", "X2 45. | . | +."],
    );
    refused(
        "form,unit,item,answer\n1,X1,q1,4\n1,X1,q1,4\n",
        "duplicate-answer",
        "the form 1 answers q1 twice",
    );
    refused("form,unit,item,answer\n1,X1,q1,4\n2,X1,q1,4\n1,X1,q2,4\n", "scattered-form", "form 1");
    refused("unit,item,answer\nX1,q1,4\n", "missing-column", "\"form\"");
}

#[test]
fn a_long_file_of_many_parts_is_put_together() {
    let mut text = String::from("form,unit,stratum,item,answer\n");
    let mut expected = Vec::new();
    for form in 0..60_000 {
        let codes = [1 + form % 5, 1 + form / 7 % 5, 1 + form / 11 % 5];
        let unit = form % 3;
        for (item, code) in codes.iter().enumerate() {
            text += &format!("P{form},X{unit},T{},q{},{code}\n", form % 2, item + 1);
        }
        let [a, b, c] = codes;
        expected.push(format!("X{unit} {a}{b}{c} | . | .."));
    }
    assert!(3 << 20 < text.len(), "it takes several parts");
    let read = read(&small(), &text);
    assert_eq!(said(&read.faults), [""; 0]);
    assert!(read.forms == expected, "every form is whole, in the order of the file");
    let strata: Vec<(&str, u64)> =
        read.surveyed.strata.iter().map(|stratum| (stratum.name.as_str(), stratum.forms)).collect();
    assert_eq!(strata, [("T0", 30_000), ("T1", 30_000)]);
}

#[test]
fn a_wide_file_of_many_parts_keeps_its_order() {
    let mut text = String::from("unit;q1;q2;q3;weight;cluster\r\n");
    let mut expected = Vec::new();
    for form in 0..90_000 {
        let (a, b, c) = (1 + form % 5, 1 + form / 7 % 5, 1 + form / 11 % 5);
        text += &format!("Xã số {};{a};{b};{c};{},25;C{}\r\n", form % 9, form % 4, form % 50);
        expected.push(format!("Xã số {} {a}{b}{c} | . | ..", form % 9));
    }
    let read = read(&small(), &text);
    assert_eq!(said(&read.faults), [""; 0]);
    assert!(read.forms == expected);
    assert_eq!((read.surveyed.clusters.len(), read.surveyed.strata[0].clusters), (50, 50));
}

#[test]
fn a_file_that_kept_only_means_is_refused() {
    refused("unit,Câu 9,Giới tính\nX1,4.35/5.0,Nam\n", "only-a-mean", "\"4.35/5.0\"");
    refused("unit,Điểm,Giới tính\nX1,\"4,35/5,0\",Nam\nX2,4.1/5,Nữ\n", "only-a-mean", "(2 cells)");
    refused("unit,q1,q2,q3\nX1,4.35,3.9,4.2\n", "only-a-mean", "(3 cells)");
    refused("unit,Giới tính\nX1,Nam\n", "missing-items", "3 item columns lacking");
    // One slip among answers is off the scale and no reason to refuse the file.
    check(
        "unit,q1,q2,q3\nX1,4.5,5,3\nX1,4,5,3\nX1,4,5,3\n",
        &["X1 ?53 | . | ..", "X1 453 | . | ..", "X1 453 | . | .."],
    );
}

#[test]
fn units_are_found_by_how_people_write_them() {
    let list =
        "unit,name,previous\nX1,Phường Hòa Bình,P1; P2\nX2,Thành phố Sơn La,\nX3,Xã Trùng,\nX4,Xã Trùng,\n";
    let folder = Folder::new(&[(
        "a.csv",
        "unit,q1,q2,q3\nx1,4,5,3\nphường hoà bình,4,5,3\nP. Hòa Bình,4,5,3\nUBND phường Hòa Bình,4,5,3\nP2,4,5,3\nTP. Sơn La,4,5,3\n",
    )]);
    let read = read_with(&small(), &[&folder.path("a.csv")], list, &Options::default());
    assert!(!read.faults.has_errors(), "{:?}", said(&read.faults));
    let units: Vec<u64> = read.surveyed.units.iter().map(|unit| unit.forms).collect();
    assert_eq!(units, [5, 1, 0, 0]);
    assert_eq!(read.faults.warnings(), 5, "{:?}", said(&read.faults));
    folder.write("a.csv", "unit,q1,q2,q3\nXã Trùng,4,5,3\nXã Khác,4,5,3\n".as_bytes());
    let read = read_with(&small(), &[&folder.path("a.csv")], list, &Options::default());
    assert_eq!(read.faults.errors(), 2, "a name of two units names none: {:?}", said(&read.faults));
}

#[test]
fn files_of_one_unit_are_read_together() {
    let folder = Folder::new(&[("a.csv", "q1,q2,q3\n4,5,3\n"), ("b.csv", "q3,q2,q1\n3,5,4\n")]);
    let options = Options { unit: Some("X1".to_owned()), ..Options::default() };
    let read = read_with(&small(), &[&folder.path("a.csv"), &folder.path("b.csv")], "", &options);
    assert_eq!(read.forms, ["X1 453 | . | ..", "X1 453 | . | .."]);
    refused("q1,q2,q3\n4,5,3\n", "missing-column", "\"unit\"");
}

/// Reads a file and shows the design of each form.
fn designs(text: &str, options: &Options) -> Result<Vec<String>, Vec<String>> {
    let questionnaire = small();
    let folder = Folder::new(&[("a.csv", text)]);
    let mut out = Diagnostics::default();
    let csv = load::csv::open(&folder.path("a.csv"), "a.csv".into(), &|_| true, &mut out)
        .expect("a file")
        .expect("a table");
    let plan = Plan::new(csv.table.clone(), &questionnaire, options, &mut out);
    let Some(plan) = plan else { return Err(said(&out)) };
    let mut assembly = Assembly::new(&questionnaire, None);
    assembly.begin(&plan);
    let mut forms = Vec::new();
    let mut show = |form: &Form<'_>| {
        let number = |number: Option<u32>| number.map_or("-".to_owned(), |number| number.to_string());
        let [first, second] =
            form.populations.map(|size| size.map_or("-".to_owned(), |size| size.to_string()));
        let (cluster, inner) = (number(form.cluster), number(form.second));
        forms.push(format!("{} {} {cluster} {inner} {first} {second}", form.weight, form.stratum));
    };
    let mut give = |forms: &[Form<'_>]| forms.iter().for_each(&mut show);
    let read = |rows: &load::csv::Rows| {
        let mut part = plan.part();
        rows.for_each(&mut Diagnostics::default(), |row| plan.read_row(&mut part, row));
        part
    };
    csv.read(read, |part| assembly.absorb(&plan, part, &mut give)).expect("the file can be read on");
    assembly.end(&plan, &mut give);
    assembly.finish(&mut out);
    if out.has_errors() { Err(said(&out)) } else { Ok(forms) }
}

#[test]
fn the_design_of_the_sample_is_read_exactly() {
    let text = "unit,q1,q2,q3,pw,stype,dnum,snum,fpc1,fpc2\n\
        X1,4,5,3,18.9246988,E,61,1,757,18\n\
        X1,4,5,3,1.125000,H,62,1,757,5\n\
        X2,4,5,3,\"0,75\",H,62,2,757,5\n";
    let columns = [
        (Column::Weight, "pw"),
        (Column::Stratum, "STYPE"),
        (Column::Cluster, "dnum"),
        (Column::Second, "snum"),
    ];
    let columns = columns.map(|(column, name)| (column, name.to_owned())).to_vec();
    let options = Options { columns, ..Options::default() };
    assert_eq!(
        designs(text, &options),
        Ok(["18.9246988 0 0 0 757 18", "1.125000 1 1 1 757 5", "0.75 1 1 2 757 5"]
            .map(str::to_owned)
            .to_vec())
    );
    assert_eq!(designs("unit,q1,q2,q3\nX1,4,5,3\n", &Options::default()), Ok(vec!["1 0 - - - -".to_owned()]));
    let lacks = designs("unit,q1,q2,q3\nX1,4,5,3\n", &options).expect_err("columns are lacking");
    assert_eq!(lacks.len(), 4, "{lacks:?}");
}

#[test]
fn clusters_may_be_numbered_anew_in_each_stratum() {
    let text = "unit,q1,q2,q3,stratum,cluster\nX1,4,5,3,A,1\nX1,4,5,3,A,2\nX1,4,5,3,B,1\n";
    let nested = Options { nested: true, ..Options::default() };
    let expected = ["1 0 0 - - -", "1 0 1 - - -", "1 1 2 - - -"];
    assert_eq!(designs(text, &nested), Ok(expected.map(str::to_owned).to_vec()));
    let said = designs(text, &Options::default()).expect_err("a cluster is in two strata");
    assert!(said[0].starts_with("cluster-in-two-strata: the cluster \"1\""), "{said:?}");
}

#[test]
fn weights_that_are_none_are_refused() {
    let one =
        |weight: &str| designs(&format!("unit,q1,q2,q3,weight\nX1,4,5,3,{weight}\n"), &Options::default());
    for (weight, code) in [
        ("-1", "bad-weight"),
        ("", "bad-weight"),
        ("abc", "bad-weight"),
        ("50%", "bad-weight"),
        ("1.125", "ambiguous-number"),
    ] {
        let said = one(weight).expect_err("it is refused");
        assert!(said.len() == 1 && said[0].starts_with(code), "{weight:?}: {said:?}");
    }
    assert_eq!(one("0"), Ok(vec!["0 0 - - - -".to_owned()]));
    assert_eq!(one("0.1234567890123456789"), Ok(vec!["0.1234567890123456789 0 - - - -".to_owned()]));
}

/// Ten items, so that copies and patterns can be told.
fn ten() -> Questionnaire {
    let mut text = String::from(
        "[questionnaire]\nid = \"t\"\nname = \"T\"\nstatus = \"sample\"\noverall = \"mean-of-items\"\n\
         [validity]\nanswered = 50\n[columns]\ninterviewer = \"ĐTV\"\n[[scale]]\nid = \"s\"\n\
         labels = [\"A\", \"B\", \"C\", \"D\", \"E\"]\nsatisfied = [\"D\", \"E\"]\n[[factor]]\nid = \"F\"\nname = \"F\"\n",
    );
    (1..=10).for_each(|item| {
        text += &format!("[[item]]\nid = \"q{item}\"\nfactor = \"F\"\ntext = \"Mục {item}\"\n")
    });
    parsed(&text)
}

fn counts(checks: &Checks) -> [u64; 8] {
    let [a, b, c, d, e, f] = Flag::ALL.map(|flag| checks.with(flag));
    [checks.forms, checks.valid, a, b, c, d, e, f]
}

#[test]
fn what_looks_made_up_is_flagged_and_counted_with_and_without() {
    let header: Vec<String> = (1..=10).map(|item| format!("q{item}")).collect();
    let rows = [
        "1,X1,An,05/12/2026 08:00:00,4,5,3,4,5,2,4,4,5,1", // plain
        "2,X1,An,05/12/2026 08:01:00,4,5,3,4,5,2,4,4,5,1", // the same answers a minute later
        "3,X2,An,05/12/2026 08:01:00,4,5,3,4,5,2,4,4,5,1", // the same in another unit is no copy
        "3,X2,An,05/12/2026 09:00:00,1,2,2,4,5,3,4,4,5,4", // the id of row 4
        "4,X1,Bình,,5,5,5,5,5,5,5,5,5,5",                  // straight
        "5,X1,Bình,,4,5,4,5,4,5,4,5,4,5",                  // a pattern
        "6,X1,Bình,,4,5,3,,,,,,,",                         // too few
        "7,X1,Bình,,4,9,3,4,5,2,4,4,5,2",                  // off the scale
    ];
    let text = format!("form,unit,ĐTV,time,{}\n{}\n", header.join(","), rows.join("\n"));
    let Read { quality, surveyed, faults, .. } = read(&ten(), &text);
    assert_eq!(said(&faults).len(), 1, "{:?}", said(&faults));
    // forms, valid; same id, same answers, straight, pattern, off the scale, too few
    assert_eq!(counts(&quality.all), [8, 7, 1, 1, 1, 1, 1, 1]);
    assert_eq!(counts(&quality.units[0]), [6, 5, 0, 1, 1, 1, 1, 1]);
    assert_eq!(counts(&quality.interviewers[1]), [4, 3, 0, 0, 1, 1, 1, 1]);
    assert_eq!(surveyed.interviewers, ["An", "Bình"]);
    let copies: Vec<_> =
        quality.copies.iter().map(|copy| (copy.by, copy.at.1, copy.first.1, copy.apart)).collect();
    assert_eq!(copies, [(Flag::SameAnswers, 3, 2, Some(60)), (Flag::SameId, 5, 4, Some(3540))]);
    let Checks { all, without, suspect, .. } = quality.all;
    assert_eq!((all.satisfied, all.answers), (7 + 7 + 7 + 6 + 10 + 10 + 6, 69));
    assert_eq!((without.satisfied, without.answers, suspect), (7 + 7 + 6, 29, 4));
    assert_eq!((quality.items[1].off_scale, quality.items[9].blank), (1, 1));
}

#[test]
fn a_unit_without_a_single_complaint_is_noticed() {
    let row = "X1,4,5,4,4,5,5,4,4,5,4\n".repeat(30);
    let header: Vec<String> = (1..=10).map(|item| format!("q{item}")).collect();
    let text = format!("unit,{}\n{row}X2,1,5,4,4,5,5,4,4,5,4\n", header.join(","));
    let quality = read(&ten(), &text).quality;
    assert!(quality.units[0].is_all_satisfied() && !quality.units[1].is_all_satisfied());
    assert_eq!(quality.units[0].with(Flag::SameAnswers), 29);
}

#[test]
fn quotas_are_held_against_what_came_back() {
    let read = read(&small(), "unit,q1,q2,q3\nX1,4,5,3\nX1,4,5,3\nX2,4,5,3\n");
    let folder = Folder::new(&[("q.csv", "đơn vị,phát ra,chỉ tiêu\nX2,5,2\nX1,1,\n")]);
    let mut out = Diagnostics::default();
    let (sheet, _) = load::table::sheet(&folder.path("q.csv"), "q.csv".into(), &quotas_sought(), &mut out)
        .expect("a file")
        .expect("a table");
    let quotas = quotas(&sheet, &read.surveyed, None, &mut out);
    assert_eq!(
        (quotas[0].issued, quotas[0].quota, quotas[1].issued, quotas[1].quota),
        (Some(1), None, Some(5), Some(2))
    );
    assert_eq!(said(&out), ["fewer-issued: unit X1: forms issued: 1, but returned: 2"]);
}

#[test]
fn targets_of_units_are_looked_up() {
    let targets =
        "[[target]]\nunit = \"xã a\"\nof = \"A\"\ntarget = 95\n[[target]]\nunit = \"Xã C\"\ntarget = 90\n";
    let questionnaire = parsed(&format!("{SMALL}{targets}"));
    let read = read(&questionnaire, "unit,q1,q2,q3\nXã B,4,5,3\nXã A,4,5,3\n");
    let mut out = Diagnostics::default();
    let targets = unit_targets(&questionnaire, &read.surveyed, &mut out);
    assert_eq!(targets.into_iter().collect::<Vec<_>>(), [((1, Part::Factor(0)), Percent::new(95.into()))]);
    assert_eq!(said(&out), ["unknown-unit: the unit \"Xã C\" is not in the list of units"]);
}

#[test]
fn the_form_of_2026_is_read_as_google_forms_writes_it() {
    let questionnaire = shipped("sipas-2026");
    let parts = (questionnaire.fields.len(), questionnaire.factors.len(), questionnaire.items.len());
    assert_eq!(parts, (2, 9, 39));
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let grid = |text: &str| quoted(&format!("Câu 9. Xin Ông/bà cho biết mức độ hài lòng [{text}]"));
    let header: Vec<String> = questionnaire.items.iter().map(|item| grid(&item.text)).collect();
    let answers = vec!["Hài lòng"; 39].join(",");
    let text = format!(
        "Dấu thời gian,Đơn vị,Giới tính,Độ tuổi,{},Câu 5,Câu 1\n05/09/2026 8:12:33,Phường A,nam,25-34 tuổi,{answers},Không bị,1. Rất quan tâm; 2. Không quan tâm\n",
        header.join(",")
    );
    let read = read(&questionnaire, &text);
    assert_eq!(said(&read.faults), [""; 0]);
    let [form] = &read.forms[..] else { panic!("one form") };
    assert_eq!(*form, format!("Phường A {} | 1.2.. | +-.+-.......", "4".repeat(39)));
}

#[test]
fn the_items_of_2026_are_those_that_were_published() {
    let Some(path) = shared("data/published/sipas_2026_items.csv") else { return };
    let text = std::fs::read_to_string(path).expect("the list");
    let questionnaire = shipped("sipas-2026");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut seen = 0;
    for (row, item) in reader.records().zip(&questionnaire.items) {
        let row = row.expect("a row");
        let factor = &questionnaire.factors[item.factor.expect("a factor")];
        let name = row[2].split_once(". ").expect("a letter").1;
        assert_eq!((&item.id[..], &factor.name[..], &item.text[..]), (&row[0], name, &row[3]));
        seen += 1;
    }
    assert_eq!(seen, 39);
    assert_eq!(shipped("sipas-2017-mau").items.len(), 22);
    assert!(project().join("criteria/sipas-2026.toml").exists());
}

/// The estimates of a case in R's table: variable and share.
fn published(case: &str) -> Option<Vec<(String, f64)>> {
    let text = std::fs::read_to_string(shared("oracles/survey/expected.csv")?).expect("the table");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row")).filter(|row| &row[0] == case);
    let mut found: Vec<(String, f64)> =
        rows.map(|row| (row[4].to_owned(), row[8].trim().parse().expect("an estimate"))).collect();
    // The same estimate stands there again for each method of its interval.
    let mut seen = std::collections::HashSet::new();
    found.retain(|(variable, _)| seen.insert(variable.clone()));
    Some(found)
}

#[track_caller]
fn is_near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} is not {expected}");
}

/// 2,800 people and 25 items of six levels with blanks, as R counts them.
#[test]
fn real_answers_bfi() {
    let (Some(path), Some(expected)) = (shared("oracles/survey/data/bfi.csv"), published("bfi.item")) else {
        return;
    };
    let mut text = String::from(
        "[questionnaire]\nid = \"bfi\"\nname = \"bfi\"\nstatus = \"sample\"\noverall = \"pooled-answers\"\n\
         [[scale]]\nid = \"s\"\nlabels = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]\nsatisfied = [\"5\", \"6\"]\n",
    );
    "ACENO"
        .chars()
        .for_each(|factor| text += &format!("[[factor]]\nid = \"F{factor}\"\nname = \"{factor}\"\n"));
    for (item, _) in &expected {
        text += &format!("[[item]]\nid = \"{item}\"\ntext = \"{item}\"\nfactor = \"F{}\"\n", &item[..1]);
    }
    text += "[[group]]\nid = \"gender\"\nname = \"gender\"\noptions = [\"male\", \"female\"]\n";
    let options = Options { unit: Some("bfi".to_owned()), ..Options::default() };
    let read = read_with(&parsed(&text), &[&path], "", &options);
    assert_eq!(said(&read.faults), ["columns-not-read: 2 columns are not read: \"education\", \"age\""]);
    assert_eq!((read.surveyed.forms, expected.len()), (2_800, 25));
    for ((_, expected), item) in expected.iter().zip(&read.quality.items) {
        assert_eq!(item.blank + item.tally.answers, 2_800);
        is_near(item.tally.satisfied as f64 / item.tally.answers as f64, *expected);
    }
}

/// 6,366 ratings from 1 to 5.
#[test]
fn real_answers_fair() {
    let (Some(path), Some(expected)) = (shared("oracles/survey/data/fair.csv"), published("fair.top2"))
    else {
        return;
    };
    let text = "[questionnaire]\nid = \"fair\"\nname = \"fair\"\nstatus = \"sample\"\noverall = \"direct-question\"\n\
        direct = \"rate_marriage\"\n[[scale]]\nid = \"s\"\nlabels = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n\
        satisfied = [\"4\", \"5\"]\n[[item]]\nid = \"rate_marriage\"\ntext = \"rating\"\n";
    let options = Options { columns: vec![(Column::Unit, "religious".to_owned())], ..Options::default() };
    let read = read_with(&parsed(text), &[&path], "", &options);
    assert!(!read.faults.has_errors(), "{:?}", said(&read.faults));
    assert_eq!((read.surveyed.forms, read.surveyed.units.len()), (6_366, 4));
    let item = read.quality.items[0].tally;
    is_near(item.satisfied as f64 / item.answers as f64, expected[0].1);
}
