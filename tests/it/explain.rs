//! placeholder
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
pub const WIDE: &str = r#"unit,name,1.1,1.2,1.2.points,1.3.du,1.3.dung,1.4.nhe,1.4.nang,1.5.points
X01,Xã An Bình,có,theo đề xuất,2.25,có,không,1,3,2.12
X02,Xã Bình Minh,không,thường xuyên,,có,có,0,0,3
"#;
pub const LONG: &str = r#"unit,criterion,value,numerator,denominator,evidence,note
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
"#;
pub const DEDUCTIONS: &str = r#"unit,deduction,count,points,criterion,document,date,reason,waived
X01,T1,,,,,18/12/2026,chờ ký duyệt,
X01,T2,,0.5,2.3,34/KL-TTr,,sai số lượng,
X01,B2,3,,,,,,
X02,T1,11,,,15/UBND-NC,,bão lũ,có
"#;
