//! `kinds`: the kinds of rule, and the criteria sets that come along.

use crate::support::run;
use parindex::load::builtin::{QUESTIONNAIRES, SETS};
use parindex::rule::KINDS;

#[test]
fn every_kind_with_what_it_awards() {
    let expected = "\
Cách chấm (kind):
  yes-no        điểm tối đa hoặc 0
  options       theo phương án được chọn
  checklist     theo các điều kiện đạt
  bands         theo bậc chứa giá trị
  proportional  theo tỷ lệ với giá trị
  count         mỗi lần một số điểm
  losses        điểm tối đa trừ vi phạm
  given         điểm người thẩm định cho
  index         theo một chỉ số khác của đợt
  lower-tier    theo kết quả các đơn vị cấp dưới
  weighted      trung bình có trọng số
  formula       theo công thức
  branch        theo kết quả tiêu chí khác
Bộ tiêu chí có sẵn (--criteria):
";
    let ran = run(&["kinds"]);
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
}

#[test]
fn in_english() {
    let expected = "\
Kinds of rule (kind):
  yes-no        the maximum or 0
  options       what the named option says
  checklist     by the conditions that are met
  bands         what the band of the measure says
  proportional  in proportion to the measure
  count         so many points each
  losses        the maximum less violations
  given         points given by an appraiser
  index         by another index of the round
  lower-tier    by what the lower units reached
  weighted      the weighted mean of counted answers
  formula       what a formula over named inputs gives
  branch        by the outcome of another criterion
Criteria sets that come along (--criteria):
";
    let ran = run(&["kinds", "--lang", "en"]);
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
}

#[test]
fn every_set_that_comes_along_is_named_and_read() {
    let ran = run(&["kinds"]);
    for (id, _) in SETS {
        let line = ran.stdout.lines().find(|line| line.trim_start().starts_with(&format!("{id}  ")));
        assert!(
            line.is_some_and(|line| line.trim_start().len() > id.len() + 2),
            "{id} has no name:\n{}",
            ran.stdout
        );
        let ran = run(&["check", "--criteria", id]);
        assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
    }
    for file in std::fs::read_dir(crate::support::project().join("criteria")).expect("the shipped sets") {
        let name = file.expect("a file").file_name().into_string().expect("a plain name");
        let id = name.trim_end_matches(".toml");
        let comes_along = SETS.iter().chain(QUESTIONNAIRES).any(|(known, _)| *known == id);
        assert!(comes_along, "{name} does not come along");
    }
}

#[test]
fn every_questionnaire_that_comes_along_is_named_and_read() {
    let ran = run(&["kinds", "--lang", "en"]);
    let (_, list) = ran.stdout.split_once("(--questionnaire):\n").expect("the questionnaires");
    assert_eq!(list.lines().count(), QUESTIONNAIRES.len());
    for (id, _) in QUESTIONNAIRES {
        assert!(list.contains(&format!("  {id} ")), "{id} is not listed:\n{list}");
        let ran = run(&["check", "--questionnaire", id]);
        assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
    }
}

/// The documents tell of every kind that there is.
#[test]
fn every_kind_stands_in_the_document() {
    let document = std::fs::read_to_string(crate::support::project().join("docs/criteria-set.md"))
        .expect("the document");
    for kind in KINDS {
        assert!(
            document.contains(&format!("`{}`", kind.name)),
            "docs/criteria-set.md does not tell of {}",
            kind.name
        );
    }
}

#[test]
fn it_takes_no_arguments() {
    let ran = run(&["kinds", "bands"]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("", 2));
    assert!(!ran.stderr.is_empty());
}
