//! `explain`: how a unit, and each criterion of it, came to its points.

use crate::support::{Folder, Ran};
use serde_json::{Value, json};

/// A set with every kind of rule, a bonus and deductions; `soup` spoils it.
pub const SET: &str = r#"[set]
id = "moi-cach"
name = "Bộ có mọi cách chấm"
status = "sample"
max = 40

[rounding]
points = { digits = 2, mode = "half-up" }

[[criterion]]
id = "1"
name = "Chỉ đạo, điều hành"
max = 15

[[criterion]]
id = "1.1"
name = "Ban hành kế hoạch"
max = 2
kind = "yes-no"

[[criterion]]
id = "1.2"
name = "Tuyên truyền"
max = 4
kind = "options"
options = [
  { name = "thường xuyên", points = 4 },
  { name = "theo đề xuất", up_to = 3 },
  { name = "không", points = 0 },
]

[[criterion]]
id = "1.3"
name = "Báo cáo định kỳ"
max = 3
kind = "checklist"
award = "each"
items = [
  { id = "du", name = "đủ số lượng", points = 2 },
  { id = "dung", name = "đúng thời hạn", points = 1 },
]

[[criterion]]
id = "1.4"
name = "Kỷ luật, kỷ cương"
max = 3
kind = "losses"
losses = [
  { id = "nhe", name = "vi phạm nhẹ", share = 25 },
  { id = "nang", name = "vi phạm nặng", points = 2, once = true },
]

[[criterion]]
id = "1.5"
name = "Điểm của Hội đồng thẩm định"
max = 3
kind = "given"

[[criterion]]
id = "2"
name = "Kết quả"
max = 25

[[criterion]]
id = "2.1"
name = "Nộp báo cáo"
max = 5
kind = "bands"
measure = "days-late"
due = 2026-01-15
bands = [
  { to = 0, points = 5 },
  { above = 0, to = 10, share = 60 },
  { above = 10, points = 0 },
]

[[criterion]]
id = "2.2"
name = "Tỷ lệ giải ngân"
max = 10
kind = "proportional"
measure = "ratio"
full_at = 85
zero_below = 60
evidence = "required"
basis = "Phụ lục I, mục 2.2"

[[criterion]]
id = "2.3"
name = "Số quy chế được ban hành"
max = 2
kind = "count"
each = 0.5

[[criterion]]
id = "2.4"
name = "Thực hiện kế hoạch"
max = 5
kind = "branch"
on = "1.1"

[[criterion.when]]
answer = "có"
kind = "bands"
unit = "%"
bands = [
  { from = 90, points = 5 },
  { below = 90, proportional_to = 100 },
]

[[criterion.when]]
kind = "options"
options = [
  { name = "có làm", points = 2 },
  { name = "không làm", points = 0 },
]

[[criterion]]
id = "2.5"
name = "Tỷ lệ hồ sơ trễ hạn"
max = 3
kind = "proportional"
unit = "%"
better = "lower"
full_at = 0.5
zero_above = 5
na = "reduce"
note = "Không có hồ sơ thì không đánh giá"

[[bonus]]
id = "B1"
name = "Sáng kiến được công nhận"
max = 2
kind = "count"
each = 1
missing = "zero"

[[bonus]]
id = "B2"
name = "Được tặng Bằng khen"
points = 0.5
cap = 1

[[deduction]]
id = "T1"
name = "Nộp hồ sơ trễ hạn"
per = "day"
points = 1
onset = 3
before_onset = 0.5
due = 2026-12-15
last_day = 10

[[deduction]]
id = "T2"
name = "Số liệu sai lệch"
per = "points"
points = 2
at = "criterion"
document = "required"

[[grade]]
name = "Tốt"
from = 80

[[grade]]
name = "Khá"
from = 60
"#;

/// The round that its files belong to.
pub const ROUND: &str = r#"[round]
title = "Đợt thử"
deductions = "diem-tru.csv"

[[tier]]
id = "xa"
criteria = "bo.toml"
results = ["rong.csv", "dai.csv"]
"#;

/// Half of the results as a wide file: one row a unit.
pub const WIDE: &str = "\
unit,name,1.1,1.2,1.2.points,1.3.du,1.3.dung,1.4.nhe,1.4.nang,1.5.points
X01,Xã An Bình,có,theo đề xuất,2.25,có,không,1,3,2.12
X02,Xã Bình Minh,không,thường xuyên,,có,có,0,0,3
";

/// The other half as a long file: one row a criterion.
pub const LONG: &str = "\
unit,criterion,value,numerator,denominator,evidence,note
X01,2.1,20/01/2026,,,,
X01,2.2,,72.25,100,12/BC-UBND,
X01,2.3,3,,,,
X01,2.4,85,,,,
X01,2.5,1,,,,
X01,B1,1,,,,
X02,2.1,0,,,,
X02,2.2,,90,100,,
X02,2.3,5,,,,
X02,2.4,có làm,,,,
X02,2.5,N/A,,,,chưa phát sinh hồ sơ
";

/// Events that take points from the unit and from a criterion, and one that earns some.
pub const DEDUCTIONS: &str = "\
unit,deduction,count,points,criterion,document,date,reason,waived
X01,T1,,,,,18/12/2026,chờ ký duyệt,
X01,T2,,0.5,2.3,34/KL-TTr,,sai số lượng,
X01,B2,3,,,,,,
X02,T1,11,,,15/UBND-NC,,bão lũ,có
";

fn folder() -> Folder {
    Folder::new(&[
        ("round.toml", ROUND),
        ("bo.toml", SET),
        ("rong.csv", WIDE),
        ("dai.csv", LONG),
        ("diem-tru.csv", DEDUCTIONS),
    ])
}

fn explain(args: &[&str]) -> Ran {
    let args: Vec<&str> = ["explain", "round.toml"].iter().chain(args).copied().collect();
    folder().run(&args)
}

/// Explains a unit or a criterion; what is printed above the provenance is compared whole.
#[track_caller]
fn check(args: &[&str], expected: &str) {
    let ran = explain(args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let made_by = ran.stdout.find("  Lập bằng parindex").or_else(|| ran.stdout.find("  Made by parindex"));
    let (shown, made_by) = ran.stdout.split_at(made_by.expect("it says what made it"));
    assert_eq!(shown, expected);
    for file in ["round.toml", "bo.toml", "rong.csv", "dai.csv", "diem-tru.csv"] {
        assert!(made_by.contains(&format!("  {file} sha256 ")), "{file} is not named in\n{made_by}");
    }
}

#[track_caller]
fn check_fails(args: &[&str], code: i32, expected: &str) {
    let ran = explain(args);
    assert_eq!((ran.stderr.as_str(), ran.stdout.as_str(), ran.code), (expected, "", code));
}

#[test]
fn a_unit_shows_its_criteria_by_points_lost_and_its_bonus_and_deductions() {
    check(
        &["X01"],
        r#"Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

┌─────────────────────────┬───────┬─────────┐
│ Từ tối đa đến tổng điểm ┆  Điểm ┆ Còn lại │
╞═════════════════════════╪═══════╪═════════╡
│ Điểm tối đa             ┆     – ┆   40,00 │
│ 1 Chỉ đạo, điều hành    ┆ −6,38 ┆   33,62 │
│ 2 Kết quả               ┆ −6,75 ┆   26,87 │
│ Điểm thưởng             ┆ +2,00 ┆   28,87 │
│ Điểm trừ                ┆ −1,50 ┆   27,37 │
│ Tổng điểm               ┆     – ┆   27,37 │
└─────────────────────────┴───────┴─────────┘

Mất 13,13 điểm ở 9 tiêu chí
┌──────────┬─────────────────────────────┬────────┬──────┬──────┬───────────────────────────────────────────┐
│ Tiêu chí ┆ Tên                         ┆ Tối đa ┆ Điểm ┆  Mất ┆ Cách tính                                 │
╞══════════╪═════════════════════════════╪════════╪══════╪══════╪═══════════════════════════════════════════╡
│ 1.4      ┆ Kỷ luật, kỷ cương           ┆      3 ┆ 0,25 ┆ 2,75 ┆ 3 − 2,75 → 0,25                           │
│ 2.1      ┆ Nộp báo cáo                 ┆      5 ┆ 3,00 ┆ 2,00 ┆ 5: bậc "trên 0 đến 10" → 3                │
│ 1.2      ┆ Tuyên truyền                ┆      4 ┆ 2,25 ┆ 1,75 ┆ cho 2,25 điểm (tối đa 3)                  │
│ 2.2      ┆ Tỷ lệ giải ngân             ┆     10 ┆ 8,50 ┆ 1,50 ┆ 10 × 72,25 ÷ 85 = 8,5                     │
│ 2.5      ┆ Tỷ lệ hồ sơ trễ hạn         ┆      3 ┆ 1,50 ┆ 1,50 ┆ 3 × 0,5 ÷ 1 = 1,5                         │
│ 1.3      ┆ Báo cáo định kỳ             ┆      3 ┆ 2,00 ┆ 1,00 ┆ đạt: đủ số lượng; chưa đạt: đúng thời hạn │
│ 2.3      ┆ Số quy chế được ban hành    ┆      2 ┆ 1,00 ┆ 1,00 ┆ 3 × 0,5 = 1,5; T2 −0,50                   │
│ 1.5      ┆ Điểm của Hội đồng thẩm định ┆      3 ┆ 2,12 ┆ 0,88 ┆ điểm được cho: 2,12                       │
│ 2.4      ┆ Thực hiện kế hoạch          ┆      5 ┆ 4,25 ┆ 0,75 ┆ 85: bậc "dưới 90" → 5 × 85 ÷ 100 = 4,25   │
│ 1.1      ┆ Ban hành kế hoạch           ┆      2 ┆ 2,00 ┆ 0,00 ┆ trả lời: có                               │
└──────────┴─────────────────────────────┴────────┴──────┴──────┴───────────────────────────────────────────┘
  Xem từng bước của một tiêu chí: parindex explain … X01 TIÊU_CHÍ

Điểm thưởng, điểm trừ
  B1 Sáng kiến được công nhận: +1,00 (1 × 1 = 1)
  T1 Nộp hồ sơ trễ hạn: −1,50, chờ ký duyệt (diem-tru.csv: dòng 2)
  T2 Số liệu sai lệch: −0,50, ở 2.3, 34/KL-TTr, sai số lượng (diem-tru.csv: dòng 3)
  B2 Được tặng Bằng khen: +1,00 (diem-tru.csv: dòng 4)
"#,
    );
}

#[test]
fn what_does_not_apply_loses_nothing() {
    check(
        &["X02"],
        r#"Xã Bình Minh (X02): 22,00/37 điểm, chỉ số 59,46 %, hạng 2

┌─────────────────────────┬────────┬─────────┐
│ Từ tối đa đến tổng điểm ┆   Điểm ┆ Còn lại │
╞═════════════════════════╪════════╪═════════╡
│ Điểm tối đa             ┆      – ┆   40,00 │
│ Không đánh giá          ┆  −3,00 ┆   37,00 │
│ 1 Chỉ đạo, điều hành    ┆  −2,00 ┆   35,00 │
│ 2 Kết quả               ┆ −13,00 ┆   22,00 │
│ Điểm thưởng             ┆   0,00 ┆   22,00 │
│ Điểm trừ                ┆   0,00 ┆   22,00 │
│ Tổng điểm               ┆      – ┆   22,00 │
└─────────────────────────┴────────┴─────────┘

Mất 15,00 điểm ở 3 tiêu chí
┌──────────┬─────────────────────────────┬────────┬──────┬───────┬──────────────────────────────────────┐
│ Tiêu chí ┆ Tên                         ┆ Tối đa ┆ Điểm ┆   Mất ┆ Cách tính                            │
╞══════════╪═════════════════════════════╪════════╪══════╪═══════╪══════════════════════════════════════╡
│ 2.2      ┆ Tỷ lệ giải ngân             ┆     10 ┆ 0,00 ┆ 10,00 ┆ không có tài liệu kiểm chứng: 0 điểm │
│ 2.4      ┆ Thực hiện kế hoạch          ┆      5 ┆ 2,00 ┆  3,00 ┆ phương án: có làm                    │
│ 1.1      ┆ Ban hành kế hoạch           ┆      2 ┆ 0,00 ┆  2,00 ┆ trả lời: không                       │
│ 1.2      ┆ Tuyên truyền                ┆      4 ┆ 4,00 ┆  0,00 ┆ phương án: thường xuyên              │
│ 1.3      ┆ Báo cáo định kỳ             ┆      3 ┆ 3,00 ┆  0,00 ┆ đạt: đủ số lượng, đúng thời hạn      │
│ 1.4      ┆ Kỷ luật, kỷ cương           ┆      3 ┆ 3,00 ┆  0,00 ┆ 3 − 0 → 3                            │
│ 1.5      ┆ Điểm của Hội đồng thẩm định ┆      3 ┆ 3,00 ┆  0,00 ┆ điểm được cho: 3                     │
│ 2.1      ┆ Nộp báo cáo                 ┆      5 ┆ 5,00 ┆  0,00 ┆ 0: bậc "đến 0" → 5                   │
│ 2.3      ┆ Số quy chế được ban hành    ┆      2 ┆ 2,00 ┆  0,00 ┆ 5 × 0,5 = 2,5                        │
│ 2.5      ┆ Tỷ lệ hồ sơ trễ hạn         ┆      3 ┆  N/A ┆   N/A ┆ không áp dụng                        │
└──────────┴─────────────────────────────┴────────┴──────┴───────┴──────────────────────────────────────┘
  Xem từng bước của một tiêu chí: parindex explain … X02 TIÊU_CHÍ

Điểm thưởng, điểm trừ
  B1 Sáng kiến được công nhận: 0,00 (thiếu số liệu: 0 điểm)
  T1 Nộp hồ sơ trễ hạn: 0,00, được miễn, 15/UBND-NC, bão lũ (diem-tru.csv: dòng 5)
"#,
    );
}

#[test]
fn a_unit_is_found_by_its_name() {
    check(
        &["xã  AN BÌNH", "1.1"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

1.1 Ban hành kế hoạch
  Cách chấm: có: điểm tối đa; không: 0 điểm
  Số liệu 1.1 = có  (rong.csv: dòng 2, cột 1.1)
  → trả lời: có
  Điểm: 2,00/2; mất 0,00
",
    );
}

#[test]
fn a_group_shows_what_lies_in_it() {
    check(
        &["X01", "1"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

1 Chỉ đạo, điều hành: mất 6,38 điểm ở 4 tiêu chí
┌──────────┬─────────────────────────────┬────────┬──────┬──────┬───────────────────────────────────────────┐
│ Tiêu chí ┆ Tên                         ┆ Tối đa ┆ Điểm ┆  Mất ┆ Cách tính                                 │
╞══════════╪═════════════════════════════╪════════╪══════╪══════╪═══════════════════════════════════════════╡
│ 1.4      ┆ Kỷ luật, kỷ cương           ┆      3 ┆ 0,25 ┆ 2,75 ┆ 3 − 2,75 → 0,25                           │
│ 1.2      ┆ Tuyên truyền                ┆      4 ┆ 2,25 ┆ 1,75 ┆ cho 2,25 điểm (tối đa 3)                  │
│ 1.3      ┆ Báo cáo định kỳ             ┆      3 ┆ 2,00 ┆ 1,00 ┆ đạt: đủ số lượng; chưa đạt: đúng thời hạn │
│ 1.5      ┆ Điểm của Hội đồng thẩm định ┆      3 ┆ 2,12 ┆ 0,88 ┆ điểm được cho: 2,12                       │
│ 1.1      ┆ Ban hành kế hoạch           ┆      2 ┆ 2,00 ┆ 0,00 ┆ trả lời: có                               │
└──────────┴─────────────────────────────┴────────┴──────┴──────┴───────────────────────────────────────────┘
  Xem từng bước của một tiêu chí: parindex explain … X01 TIÊU_CHÍ
",
    );
}

#[test]
fn yes_no_step_by_step() {
    check(
        &["X01", "1.1"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

1.1 Ban hành kế hoạch
  Cách chấm: có: điểm tối đa; không: 0 điểm
  Số liệu 1.1 = có  (rong.csv: dòng 2, cột 1.1)
  → trả lời: có
  Điểm: 2,00/2; mất 0,00
",
    );
}

#[test]
fn options_step_by_step() {
    check(
        &["X01", "1.2"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

1.2 Tuyên truyền
  Cách chấm: thường xuyên: 4; theo đề xuất: tối đa 3; không: 0
  Số liệu 1.2 = theo đề xuất  (rong.csv: dòng 2, cột 1.2)
  Số liệu 1.2.points = 2,25  (rong.csv: dòng 2, cột 1.2.points)
  → phương án: theo đề xuất
  → cho 2,25 điểm (tối đa 3)
  Điểm: 2,25/4; mất 1,75
",
    );
}

#[test]
fn checklist_step_by_step() {
    check(
        &["X01", "1.3"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

1.3 Báo cáo định kỳ
  Cách chấm: cộng từng điều kiện đạt: đủ số lượng: 2; đúng thời hạn: 1
  Số liệu 1.3.du = có  (rong.csv: dòng 2, cột 1.3.du)
  Số liệu 1.3.dung = không  (rong.csv: dòng 2, cột 1.3.dung)
  → đạt: đủ số lượng; chưa đạt: đúng thời hạn
  Điểm: 2,00/3; mất 1,00
",
    );
}

#[test]
fn losses_step_by_step() {
    check(
        &["X01", "1.4"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

1.4 Kỷ luật, kỷ cương
  Cách chấm: điểm tối đa trừ mỗi vi phạm vi phạm nhẹ: 0,75 điểm; vi phạm nặng: 2 điểm; không dưới 0
  Số liệu 1.4.nhe = 1  (rong.csv: dòng 2, cột 1.4.nhe)
  Số liệu 1.4.nang = 3  (rong.csv: dòng 2, cột 1.4.nang)
  → vi phạm nhẹ: 1 → −0,75
  → vi phạm nặng: 3 → −2
  → 3 − 2,75 → 0,25
  Điểm: 0,25/3; mất 2,75
",
    );
}

#[test]
fn given_step_by_step() {
    check(
        &["X01", "1.5"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

1.5 Điểm của Hội đồng thẩm định
  Cách chấm: điểm do người thẩm định cho
  Số liệu 1.5.points = 2,12  (rong.csv: dòng 2, cột 1.5.points)
  → điểm được cho: 2,12
  Điểm: 2,12/3; mất 0,88
",
    );
}

#[test]
fn bands_over_days_step_by_step() {
    check(
        &["X01", "2.1"],
        r#"Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

2.1 Nộp báo cáo
  Cách chấm: số ngày trễ trên 10: 0; trên 0 đến 10: 3; đến 0: 5
  Số liệu 2.1 = 20/01/2026  (dai.csv: dòng 2, cột value)
  → hạn 15/01/2026, trễ 5 ngày
  → 5: bậc "trên 0 đến 10" → 3
  Điểm: 3,00/5; mất 2,00
"#,
    );
}

#[test]
fn proportional_step_by_step() {
    check(
        &["X01", "2.2"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

2.2 Tỷ lệ giải ngân
  Cách chấm: 10 × tỷ lệ % ÷ 85; dưới 60: 0 điểm; tối đa 10
  Số liệu 2.2.numerator = 72,25  (dai.csv: dòng 3, cột numerator)
  Số liệu 2.2.denominator = 100  (dai.csv: dòng 3, cột denominator)
  Số liệu 2.2.evidence = có  (dai.csv: dòng 3, cột evidence)
  → 72,25 ÷ 100 × 100 = 72,25 %
  → 10 × 72,25 ÷ 85 = 8,5
  Điểm: 8,50/10; mất 1,50
  Căn cứ: Phụ lục I, mục 2.2
",
    );
}

#[test]
fn branch_step_by_step() {
    check(
        &["X01", "2.4"],
        r#"Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

2.4 Thực hiện kế hoạch
  Cách chấm: theo kết quả tiêu chí 1.1: (1) giá trị (%) từ 90 trở lên: 5; dưới 90: 5 × giá trị (%) ÷ 100; (2) có làm: 2; không làm: 0
  Số liệu 2.4 = 85  (dai.csv: dòng 5, cột value)
  → theo kết quả tiêu chí 1.1: nhánh 1
  → 85: bậc "dưới 90" → 5 × 85 ÷ 100 = 4,25
  Điểm: 4,25/5; mất 0,75
"#,
    );
}

#[test]
fn proportional_where_lower_is_better_step_by_step() {
    check(
        &["X01", "2.5"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

2.5 Tỷ lệ hồ sơ trễ hạn
  Cách chấm: 3 × 0,5 ÷ giá trị (%); trên 5: 0 điểm; tối đa 3
  Số liệu 2.5 = 1  (dai.csv: dòng 6, cột value)
  → 3 × 0,5 ÷ 1 = 1,5
  Điểm: 1,50/3; mất 1,50
  Lưu ý: Không có hồ sơ thì không đánh giá
",
    );
}

#[test]
fn count_step_by_step() {
    check(
        &["X02", "2.3"],
        "Xã Bình Minh (X02): 22,00/37 điểm, chỉ số 59,46 %, hạng 2

2.3 Số quy chế được ban hành
  Cách chấm: mỗi lần 0,5 điểm, tối đa 2
  Số liệu 2.3 = 5  (dai.csv: dòng 10, cột value)
  → 5 × 0,5 = 2,5
  Điểm: 2,00/2; mất 0,00
",
    );
}

#[test]
fn the_other_arm_of_a_branch() {
    check(
        &["X02", "2.4"],
        "Xã Bình Minh (X02): 22,00/37 điểm, chỉ số 59,46 %, hạng 2

2.4 Thực hiện kế hoạch
  Cách chấm: theo kết quả tiêu chí 1.1: (1) giá trị (%) từ 90 trở lên: 5; dưới 90: 5 × giá trị (%) ÷ 100; (2) có làm: 2; không làm: 0
  Số liệu 2.4 = có làm  (dai.csv: dòng 11, cột value)
  → theo kết quả tiêu chí 1.1: nhánh 2
  → phương án: có làm
  Điểm: 2,00/5; mất 3,00
",
    );
}

#[test]
fn not_applicable_with_its_reason() {
    check(
        &["X02", "2.5"],
        "Xã Bình Minh (X02): 22,00/37 điểm, chỉ số 59,46 %, hạng 2

2.5 Tỷ lệ hồ sơ trễ hạn
  Cách chấm: 3 × 0,5 ÷ giá trị (%); trên 5: 0 điểm; tối đa 3
  Số liệu 2.5 = N/A  (dai.csv: dòng 12, cột value)
  Ghi chú: chưa phát sinh hồ sơ
  → không áp dụng
  Lưu ý: Không có hồ sơ thì không đánh giá
",
    );
}

#[test]
fn no_evidence_no_points() {
    check(
        &["X02", "2.2"],
        "Xã Bình Minh (X02): 22,00/37 điểm, chỉ số 59,46 %, hạng 2

2.2 Tỷ lệ giải ngân
  Cách chấm: 10 × tỷ lệ % ÷ 85; dưới 60: 0 điểm; tối đa 10
  Số liệu 2.2.numerator = 90  (dai.csv: dòng 9, cột numerator)
  Số liệu 2.2.denominator = 100  (dai.csv: dòng 9, cột denominator)
  → 90 ÷ 100 × 100 = 90 %
  → đạt mức đủ điểm (85)
  → không có tài liệu kiểm chứng: 0 điểm
  Điểm: 0,00/10; mất 10,00
  Căn cứ: Phụ lục I, mục 2.2
",
    );
}

#[test]
fn a_bonus_by_a_rule_step_by_step() {
    check(
        &["X01", "B1"],
        "Xã An Bình (X01): 27,37/40 điểm, chỉ số 68,43 %, Khá, hạng 1

B1 Sáng kiến được công nhận
  Cách chấm: mỗi lần 1 điểm, tối đa 2
  Số liệu B1 = 1  (dai.csv: dòng 7, cột value)
  → 1 × 1 = 1
  Điểm: 1,00/2; mất 1,00
",
    );
}

#[test]
fn in_english() {
    check(
        &["X01", "2.4", "--lang", "en"],
        r#"Xã An Bình (X01): 27.37/40 points, index 68.43 %, Khá, rank 1

2.4 Thực hiện kế hoạch
  Rule: by the outcome of criterion 1.1: (1) value (%) from 90: 5; below 90: 5 × value (%) ÷ 100; (2) có làm: 2; không làm: 0
  Input 2.4 = 85  (dai.csv: row 5, column value)
  → by the outcome of criterion 1.1: arm 1
  → 85: band "below 90" → 5 × 85 ÷ 100 = 4.25
  Points: 4.25/5; 0.75 lost
"#,
    );
}

/// Every criterion stands once, and what is lost is what the total lacks.
#[test]
fn json_has_every_criterion_with_its_inputs_and_steps() {
    let ran = explain(&["X01", "--format", "json"]);
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
    let all: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(all["unit"], json!({ "id": "X01", "name": "Xã An Bình", "block": null }));
    let keys = ["tier", "criteria_set", "rank", "grade", "points", "max", "index", "bonus", "deductions"];
    let values: Vec<String> = keys.iter().map(|key| all[key].to_string()).collect();
    assert_eq!(values, ["\"xa\"", "\"moi-cach\"", "1", "\"Khá\"", "27.37", "40", "68.425", "2", "1.5"]);
    let criteria = all["criteria"].as_array().expect("a list");
    let mut ids: Vec<&str> = criteria.iter().filter_map(|one| one["id"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5"]);
    let files: Vec<&str> = all["made_by"]["files"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|file| file["file"].as_str())
        .collect();
    assert_eq!(files, ["round.toml", "bo.toml", "rong.csv", "dai.csv", "diem-tru.csv"]);
}

#[test]
fn json_of_a_criterion_is_exact() {
    let ran = explain(&["X01", "2.2", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let expected = json!([{
        "id": "2.2",
        "name": "Tỷ lệ giải ngân",
        "max": 10,
        "points": "8.5",
        "lost": "1.5",
        "status": "scored",
        "rule": "10 × tỷ lệ % ÷ 85; dưới 60: 0 điểm; tối đa 10",
        "basis": "Phụ lục I, mục 2.2",
        "inputs": [
            { "input": "numerator", "value": "72.25", "file": "dai.csv", "row": 3 },
            { "input": "denominator", "value": 100, "file": "dai.csv", "row": 3 },
            { "input": "evidence", "value": "có", "file": "dai.csv", "row": 3 },
        ],
        "steps": ["72,25 ÷ 100 × 100 = 72,25 %", "10 × 72,25 ÷ 85 = 8,5"],
    }]);
    // A number with a point is compared as text: a float would not show all its digits.
    let as_text = |value: &Value| value.to_string().replace('"', "");
    assert_eq!(as_text(&all["criteria"]), as_text(&expected));
}

#[test]
fn a_unit_that_is_not_there_is_answered_with_the_nearest() {
    check_fails(&["X09"], 2, "lỗi: không có đơn vị · there is no unit \"X09\"; gần nhất · nearest: X01\n");
}

#[test]
fn a_criterion_that_is_not_there() {
    check_fails(&["X01", "9.9"], 2, "lỗi: bộ tiêu chí không có · the set has no criterion \"9.9\"\n");
}

#[test]
fn without_a_unit_it_says_what_is_lacking() {
    check_fails(&[], 2, "lỗi: thiếu đơn vị · the unit is lacking: parindex explain ROUND UNIT [CRITERION]\n");
}

/// Wrong inputs: everything that is wrong is said, and nothing is explained.
#[test]
fn wrong_inputs_are_reported_instead() {
    let folder = folder();
    folder.write("rong.csv", WIDE.replace("thường xuyên", "thỉnh thoảng").as_bytes());
    let ran = folder.run(&["explain", "round.toml", "X01", "1.2"]);
    let expected = "\
lỗi: tiêu chí 1.2 không có phương án \"thỉnh thoảng\" [unknown-option]
  đơn vị X02
  --> rong.csv: dòng 3, cột \"1.2\"
  cách sửa: cần một trong \"thường xuyên\", \"theo đề xuất\", \"không\"; chưa có số liệu thì để trống, không áp dụng thì ghi N/A

cảnh báo: đơn vị X02, tiêu chí 2.2: không có tài liệu kiểm chứng, tính 0 điểm [no-evidence]
  --> dai.csv: dòng 9, cột \"evidence\"
  cách sửa: ghi tài liệu kiểm chứng vào cột evidence (tệp mỗi đơn vị một dòng: cột 2.2.evidence)

";
    assert!(ran.stderr.starts_with(expected), "{}", ran.stderr);
    assert_eq!((ran.stdout.as_str(), ran.code), ("", 1));
}

#[test]
fn one_tier_by_flags() {
    let ran = folder().run(&[
        "explain",
        "--criteria",
        "bo.toml",
        "--results",
        "rong.csv",
        "--results",
        "dai.csv",
        "X01",
        "1.5",
    ]);
    let expected = "\
Xã An Bình (X01): 28,37/40 điểm, chỉ số 70,93 %, Khá, hạng 1

1.5 Điểm của Hội đồng thẩm định
  Cách chấm: điểm do người thẩm định cho
  Số liệu 1.5.points = 2,12  (rong.csv: dòng 2, cột 1.5.points)
  → điểm được cho: 2,12
  Điểm: 2,12/3; mất 0,88
";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    assert_eq!((ran.stderr.as_str(), ran.code), ("", 0));
}

/// The steps of a criterion lead to its points, also where an event took some of them.
#[test]
fn what_an_event_took_from_a_criterion_is_a_step() {
    let ran = explain(&["X01", "2.3"]);
    assert!(ran.stdout.contains("T2"), "{}", ran.stdout);
}

#[test]
fn bonus_and_deductions_by_events_are_explained() {
    for (entry, row) in [("T1", 2), ("T2", 3), ("B2", 4)] {
        let ran = explain(&["X01", entry]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains(&format!("diem-tru.csv: dòng {row}")), "{}", ran.stdout);
    }
}

#[test]
fn no_format_is_silently_empty() {
    for format in ["table", "csv", "json", "markdown"] {
        assert!(!explain(&["X01", "1.1", "--format", format]).stdout.trim().is_empty(), "{format}");
    }
}

#[test]
fn json_speaks_the_language_that_was_asked_for() {
    let ran = explain(&["X01", "1.1", "--format", "json", "--lang", "en"]);
    assert!(ran.stdout.contains("answer: yes"), "{}", ran.stdout);
}
