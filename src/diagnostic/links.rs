//! Mistakes between the parts of a round: tiers, indices and years that look at each other.

use super::{Diagnostic, Diagnostics};
use crate::lang::{Lang, Text};
use crate::number::{both, shown};
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

/// Whom a message is about.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// One unit.
    Unit(&'a str),
    /// All units of a tier, of which there are so many.
    All(usize),
}

impl<'a> Who<'a> {
    fn words(self) -> Text {
        match self {
            Who::Unit(id) => text!("đơn vị {id}", "unit {id}"),
            Who::All(count) => text!("cả {count} đơn vị", "all {count} units"),
        }
    }

    fn id(self) -> &'a str {
        match self {
            Who::Unit(id) => id,
            Who::All(_) => "",
        }
    }
}

impl Diagnostics {
    /// A criterion reads an index that the round does not have.
    pub fn unknown_index(&mut self, place: Place, id: &str, near: Option<&str>, known: &[&str]) {
        let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
        self.push(
            Diagnostic::error(
                "unknown-index",
                text!("đợt đánh giá không có chỉ số \"{id}\"", "the round has no index \"{id}\""),
            )
            .at(place)
            .near(near)
            .help(text!(
                "thêm [[index]] với id = \"{id}\" vào round.toml, hoặc ghi giá trị % vào kết quả; đợt này có: {known}",
                "add an [[index]] with id = \"{id}\" to round.toml, or give the % in the results; this round has: {known}"
            )),
        );
    }

    /// A criterion reads a factor that the index does not have.
    pub fn unknown_factor(
        &mut self,
        place: Place,
        factor: &str,
        index: &str,
        near: Option<&str>,
        known: &[&str],
    ) {
        let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
        self.push(
            Diagnostic::error(
                "unknown-factor",
                text!(
                    "chỉ số \"{index}\" không có yếu tố \"{factor}\"",
                    "the index \"{index}\" has no factor \"{factor}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!("các cột yếu tố: {known}", "its factor columns: {known}")),
        );
    }

    /// A criterion looks at a tier below that the round does not have.
    pub fn missing_lower_tier(&mut self, place: Place, tier: &str, near: Option<&str>, known: &[&str]) {
        let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
        self.push(
            Diagnostic::error(
                "missing-lower-tier",
                text!(
                    "tiêu chí này cần cấp dưới \"{tier}\", đợt đánh giá không có",
                    "this criterion needs the tier \"{tier}\" below, which the round does not have"
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "thêm [[tier]] với id = \"{tier}\", hoặc ghi numerator, denominator vào kết quả; các cấp khác của đợt: {known}",
                "add a [[tier]] with id = \"{tier}\", or give numerator and denominator in the results; other tiers of the round: {known}"
            )),
        );
    }

    /// A criterion looks at a criterion that another tier's set does not have.
    pub fn no_such_criterion_there(&mut self, place: Place, id: &str, set: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-criterion",
                text!(
                    "bộ tiêu chí \"{set}\" của cấp kia không có tiêu chí \"{id}\"",
                    "the other tier's set \"{set}\" has no criterion \"{id}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "ghi mã tiêu chí hoặc nhóm của bộ đó",
                "give the id of a criterion or group of that set"
            )),
        );
    }

    /// A criterion is compared with one that the set of the round before does not have.
    pub fn no_such_criterion_before(&mut self, place: Place, id: &str, set: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-criterion",
                text!(
                    "bộ tiêu chí \"{set}\" của đợt trước không có tiêu chí \"{id}\"",
                    "the set \"{set}\" of the round before has no criterion \"{id}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "ghi mã mà tiêu chí này mang ở đợt trước; mã không đổi thì bỏ previous_criterion",
                "give the id that this criterion had then; leave previous_criterion out if it is the same"
            )),
        );
    }

    /// Lower units are to weigh by a column that their set does not have.
    pub fn unknown_weight(&mut self, place: Place, weight: &str, tier: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-weight",
                text!(
                    "cấp \"{tier}\" không có cột số liệu \"{weight}\" để làm trọng số",
                    "the tier \"{tier}\" has no input \"{weight}\" to weigh by"
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "ghi tên cột như trong tệp ngang: 3.1.denominator; hoặc weight = \"none\"",
                "name the column as a wide file does: 3.1.denominator; or weight = \"none\""
            )),
        );
    }

    /// Lower units are to meet a condition that their criterion cannot meet.
    pub fn lower_condition(&mut self, place: Place, id: &str) {
        let message = if id.is_empty() {
            text!(
                "chỉ số của cấp dưới không có trả lời hay chỉ tiêu để xét điều kiện này",
                "the index of the tier below has no answer or target that this condition asks for"
            )
        } else {
            text!(
                "tiêu chí \"{id}\" của cấp dưới không có trả lời, giá trị đo hay chỉ tiêu như điều kiện này",
                "criterion \"{id}\" below has no such answer, measure or target as this condition names"
            )
        };
        self.push(Diagnostic::error("lower-condition", message).at(place).help(text!(
            "dùng points_from, share_from, hoặc sửa answer, measure_from, target",
            "use points_from or share_from, or mend answer, measure_from or target"
        )));
    }

    /// Tiers that look at each other.
    pub fn tier_cycle(&mut self, place: Place, path: &[&str]) {
        let path = path.join(" → ");
        self.push(
            Diagnostic::error(
                "tier-cycle",
                text!(
                    "các cấp lấy kết quả của nhau thành vòng: {path}",
                    "tiers look at each other in a circle: {path}"
                ),
            )
            .at(place)
            .help(text!(
                "bỏ tiêu chí lower-tier hoặc index ở một trong các cấp này",
                "take the lower-tier or index criterion out of one of them"
            )),
        );
    }

    /// An index does not name a unit that needs it.
    pub fn not_in_index(&mut self, place: Option<Place>, unit: Who<'_>, id: &str, index: &str) {
        let Text { vi, en } = unit.words();
        self.push(
            Diagnostic::error(
                "missing-value",
                text!(
                    "{vi}, tiêu chí {id}: chỉ số \"{index}\" không có giá trị",
                    "{en}, criterion {id}: the index \"{index}\" has no value"
                ),
            )
            .at(place)
            .help(text!(
                "thêm đơn vị vào bảng chỉ số, hoặc ghi giá trị % vào kết quả; không áp dụng thì ghi N/A",
                "add the unit to the table of the index, or give the % in the results; N/A if it does not apply"
            ))
            .about(unit.id(), id),
        );
    }

    /// A unit has no target where the criterion is held against one.
    pub fn no_target(&mut self, place: Option<Place>, unit: Who<'_>, id: &str) {
        let Text { vi, en } = unit.words();
        self.push(
            Diagnostic::error(
                "no-target",
                text!("{vi}, tiêu chí {id}: chưa giao chỉ tiêu", "{en}, criterion {id}: there is no target"),
            )
            .at(place)
            .help(text!(
                "thêm dòng vào targets.csv, hoặc target = … vào tiêu chí cho mọi đơn vị",
                "add a row to targets.csv, or target = … to the criterion for all units"
            ))
            .about(unit.id(), id),
        );
    }

    /// A target of 0.
    pub fn zero_target(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "zero-target",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: chỉ tiêu bằng 0, không tính được tỷ lệ đạt",
                    "unit {unit}, criterion {id}: the target is 0 and nothing can be held against it"
                ),
            )
            .at(place)
            .help(text!(
                "sửa chỉ tiêu trong targets.csv, ở cột target hay khóa target của tiêu chí; không giao thì ghi N/A",
                "correct the target in targets.csv, in the column target or in the criterion; N/A if there is none"
            ))
            .about(unit, id),
        );
    }

    /// A value of 0 in the round before, of which nothing is a percentage.
    pub fn zero_previous(&mut self, place: Option<Place>, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "no-previous",
                text!(
                    "đơn vị {unit}, tiêu chí {id}: số liệu năm trước bằng 0, không tính được mức tăng theo %",
                    "unit {unit}, criterion {id}: the value of the round before is 0, and growth in % cannot be told"
                ),
            )
            .at(place)
            .help(text!(
                "sửa số liệu năm trước; hoặc đặt no_previous = \"n/a\" hay \"zero\" cho tiêu chí; quyết định tính hiệu số thì đặt change = \"difference\"",
                "correct the value of the round before; or say no_previous = \"n/a\" or \"zero\" in the criterion; change = \"difference\" if the decision takes one from the other"
            ))
            .about(unit, id),
        );
    }

    /// A unit without a value in the round before, where that is an error.
    pub fn no_previous_value(&mut self, place: Option<Place>, unit: Who<'_>, id: &str) {
        let Text { vi, en } = unit.words();
        self.push(
            Diagnostic::error(
                "no-previous",
                text!(
                    "{vi}, tiêu chí {id}: không có số liệu năm trước để so",
                    "{en}, criterion {id}: there is no value of the round before to compare with"
                ),
            )
            .at(place)
            .help(text!(
                "khai previous trong round.toml, hoặc thêm cột {id}.previous, hoặc đặt no_previous = \"n/a\" hay \"zero\" cho tiêu chí",
                "name the previous round in round.toml, add a column {id}.previous, or say no_previous = \"n/a\" or \"zero\" in the criterion"
            ))
            .about(unit.id(), id),
        );
    }

    /// A unit without lower units, where a share of them is asked for.
    pub fn no_lower_units(&mut self, place: Option<Place>, unit: Who<'_>, id: &str, tier: &str) {
        let Text { vi, en } = unit.words();
        self.push(
            Diagnostic::error(
                "no-lower-units",
                text!(
                    "{vi}, tiêu chí {id}: không có đơn vị cấp \"{tier}\" nào trực thuộc được tính",
                    "{en}, criterion {id}: it has no \"{tier}\" units that count"
                ),
            )
            .at(place)
            .help(text!(
                "ghi mã đơn vị này ở cột parent của các đơn vị cấp dưới trong units.csv, hoặc đặt zero_denominator = \"n/a\" cho tiêu chí",
                "write its id in the column parent of its lower units in units.csv, or say zero_denominator = \"n/a\" in the criterion"
            ))
            .about(unit.id(), id),
        );
    }

    /// The results give another value than the round has.
    pub fn link_differs(
        &mut self,
        place: Option<Place>,
        unit: &str,
        header: &str,
        given: Decimal,
        found: Decimal,
    ) {
        let (gv, ge) = both(given);
        let (fv, fe) = (shown(found, Lang::Vi), shown(found, Lang::En));
        self.push(
            Diagnostic::warning(
                "link-differs",
                text!(
                    "đơn vị {unit}: \"{header}\" ghi {gv} nhưng đợt đánh giá cho {fv}",
                    "unit {unit}: \"{header}\" is given as {ge}, but the round makes {fe}"
                ),
            )
            .at(place)
            .help(text!(
                "điểm tính theo số đã ghi; xóa số đó để lấy từ đợt đánh giá",
                "points follow the given value; delete it to take the round's"
            ))
            .about(unit, ""),
        );
    }

    /// Rounds that name each other as the round before.
    pub fn round_cycle(&mut self, place: Place, path: &[String]) {
        let path = path.join(" → ");
        self.push(
            Diagnostic::error(
                "round-cycle",
                text!(
                    "các đợt lấy nhau làm đợt trước thành vòng: {path}",
                    "rounds come before each other in a circle: {path}"
                ),
            )
            .at(place)
            .help(text!(
                "previous là đợt của năm trước; đợt đầu tiên không có previous",
                "previous is the round of the year before; the first round has none"
            )),
        );
    }

    /// A predecessor that the round before does not have.
    pub fn unknown_predecessor(&mut self, place: Place, id: &str, unit: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-predecessor",
                text!(
                    "đợt trước không có đơn vị \"{id}\", đơn vị cũ của {unit}",
                    "the round before has no unit \"{id}\", from which {unit} is said to come"
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "sửa cột previous; nhiều đơn vị cũ cách nhau bằng dấu chấm phẩy: A; B",
                "correct the column previous; several are separated by semicolons: A; B"
            ))
            .about(unit, ""),
        );
    }

    /// A predecessor of the year before the last, alone or beside one of last year.
    pub fn two_years(&mut self, place: Place, id: &str, unit: &str, has_last: bool) {
        let message = if has_last {
            text!(
                "đơn vị {unit} lấy đơn vị cũ của hai năm cùng lúc: \"{id}\" thuộc năm trước nữa",
                "unit {unit} comes from units of two years at once: \"{id}\" is of the year before the last"
            )
        } else {
            text!(
                "\"{id}\", đơn vị cũ của {unit}, thuộc năm trước nữa, không phải đợt trước",
                "\"{id}\", from which {unit} comes, is of the year before the last"
            )
        };
        self.push(
            Diagnostic::error("two-years", message)
                .at(place)
                .help(text!(
                    "ghi đơn vị của đợt liền trước; đợt trước tự nối với năm trước nữa",
                    "name units of the last round; that round names those before it"
                ))
                .about(unit, ""),
        );
    }

    /// The same predecessor named twice.
    pub fn predecessor_twice(&mut self, place: Place, id: &str, unit: &str) {
        self.push(
            Diagnostic::error(
                "predecessor-twice",
                text!("đơn vị cũ \"{id}\" của {unit} ghi hai lần", "\"{id}\" stands twice before {unit}"),
            )
            .at(place)
            .help(text!("ghi mỗi đơn vị cũ một lần", "name each once"))
            .about(unit, ""),
        );
    }

    /// A unit above that the list of units does not have.
    pub fn unknown_parent(&mut self, place: Place, parent: &str, unit: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-parent",
                text!(
                    "đơn vị {unit} trực thuộc \"{parent}\", không có trong danh sách đơn vị",
                    "the unit {unit} belongs to \"{parent}\", which is not in the list of units"
                ),
            )
            .at(place)
            .near(near)
            .help(text!(
                "ghi mã đơn vị cấp trên như ở cột unit",
                "write the id of the unit above as the column unit has it"
            ))
            .about(unit, ""),
        );
    }

    /// Units that belong to no unit above, where others of their tier do.
    pub fn no_parent(&mut self, place: Place, tier: &str, units: &[&str]) {
        let (count, list) = (units.len(), first_few(units));
        self.push(
            Diagnostic::warning(
                "no-parent",
                text!(
                    "cấp \"{tier}\": {count} đơn vị không ghi đơn vị cấp trên ({list}), không được tính cho đơn vị nào",
                    "tier \"{tier}\": no unit above is named for {count} of its units ({list}), which count for none"
                ),
            )
            .at(place)
            .help(text!("ghi mã đơn vị cấp trên ở cột parent", "write the id of the unit above in the column parent")),
        );
    }

    /// Percentages that look like fractions of 1 among others that do not.
    pub fn looks_like_fraction(&mut self, place: Place, unit: &str, id: &str, value: Decimal) {
        let ((vi, en), (pv, pe)) = (both(value), both(value * Decimal::ONE_HUNDRED));
        self.push(
            Diagnostic::warning(
                "looks-like-fraction",
                text!(
                    "đơn vị {unit}, {id}: {vi} được đọc là {vi} %, trong khi các đơn vị khác cao hơn nhiều",
                    "unit {unit}, {id}: {en} is read as {en} %, while the other units are far above that"
                ),
            )
            .at(place)
            .help(text!("nếu là tỷ lệ thì ghi {pv}", "if it is a share, write {pe}"))
            .about(unit, id),
        );
    }
}

/// The first of many ids.
pub(super) fn first_few(ids: &[&str]) -> String {
    const NAMED: usize = 5;
    let more = if NAMED < ids.len() { ", …" } else { "" };
    ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ") + more
}
