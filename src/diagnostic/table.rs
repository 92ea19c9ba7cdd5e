//! Mistakes in the shape of results: headers, rows, units, ids.

use super::{Diagnostic, Diagnostics};
use crate::source::Place;
use crate::text;

impl Diagnostics {
    /// A header that is no column.
    pub fn unknown_column(&mut self, place: Place, header: &str, near: Option<&str>) {
        self.push(
            Diagnostic::error(
                "unknown-column",
                text!("không hiểu cột \"{header}\"", "the column \"{header}\" is not known"),
            )
            .at(place)
            .near(near)
            .help(text!(
                "sửa tiêu đề cột; cột không cần đọc thì thêm # vào đầu tiêu đề",
                "mend the header; put # before the header of a column that need not be read"
            )),
        );
    }

    /// The same column twice.
    pub fn duplicate_column(&mut self, place: Place, header: &str) {
        self.push(
            Diagnostic::error(
                "duplicate-column",
                text!("cột \"{header}\" có hai lần", "the column \"{header}\" stands twice"),
            )
            .at(place)
            .help(text!("xóa một cột", "delete one of them")),
        );
    }

    /// A column that must be there.
    pub fn missing_column(&mut self, place: Place, name: &str) {
        self.push(
            Diagnostic::error(
                "missing-column",
                text!("thiếu cột \"{name}\"", "the column \"{name}\" is lacking"),
            )
            .at(place)
            .help(text!("thêm cột {name} vào dòng tiêu đề", "add {name} to the header row")),
        );
    }

    /// A results file without a column for units: its first row is no header, or it is another file.
    pub fn no_unit_column(&mut self, place: Place, header: &[String]) {
        let found = header.iter().take(4).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        self.push(
            Diagnostic::error(
                "missing-column",
                text!(
                    "dòng tiêu đề không có cột \"unit\"; các cột đọc được: {found}",
                    "the header has no column \"unit\"; columns found: {found}"
                ),
            )
            .at(place)
            .help(text!(
                "dòng 1 phải là tiêu đề: unit,criterion,value hoặc unit,1.1,1.2,…",
                "row 1 must be the header: unit,criterion,value or unit,1.1,1.2,…"
            )),
        );
    }

    /// A row with more or fewer cells than the header.
    pub fn ragged_row(&mut self, place: Place, found: usize, expected: usize) {
        self.push(
            Diagnostic::error(
                "ragged-row",
                text!(
                    "dòng có {found} ô, tiêu đề có {expected} ô",
                    "the row has {found} cells, the header {expected}"
                ),
            )
            .at(place)
            .help(text!(
                "số có dấu phẩy trong tệp phân cách bằng dấu phẩy phải đặt trong nháy: \"85,5\"",
                "in a comma-separated file a number with a comma stands in quotes: \"85,5\""
            )),
        );
    }

    /// A row without a unit.
    pub fn empty_unit(&mut self, place: Place) {
        self.push(
            Diagnostic::error("empty-unit", text!("dòng không ghi đơn vị", "the row names no unit"))
                .at(place)
                .help(text!("ghi mã đơn vị, hoặc xóa dòng", "write the unit's id, or delete the row")),
        );
    }

    /// A unit that is not in the list.
    pub fn unknown_unit(&mut self, place: Place, unit: &str, near: Option<&str>, near_name: Option<&str>) {
        let near = near.map(|near| match near_name.filter(|name| !name.is_empty()) {
            Some(name) => format!("{near} ({name})"),
            None => near.to_owned(),
        });
        self.push(
            Diagnostic::error(
                "unknown-unit",
                text!(
                    "đơn vị \"{unit}\" không có trong danh sách đơn vị",
                    "the unit \"{unit}\" is not in the list of units"
                ),
            )
            .at(place)
            .near(near.as_deref())
            .help(text!(
                "sửa mã đơn vị, hoặc thêm đơn vị vào danh sách (units)",
                "mend the unit's id, or add the unit to the list (units)"
            ))
            .about(unit, ""),
        );
    }

    /// A name that several units have.
    pub fn several_units(&mut self, place: Place, name: &str, ids: &[&str]) {
        let ids = ids.join(", ");
        self.push(
            Diagnostic::error(
                "several-units",
                text!(
                    "nhiều đơn vị cùng tên \"{name}\": {ids}",
                    "several units are called \"{name}\": {ids}"
                ),
            )
            .at(place)
            .help(text!("ghi mã đơn vị thay cho tên", "write the unit's id instead of its name"))
            .about(name, ""),
        );
    }

    /// Units that a file names by their names; said once a file.
    pub fn read_by_name(&mut self, place: Place, count: usize, name: &str, id: &str) {
        self.push(
            Diagnostic::warning(
                "read-by-name",
                text!(
                    "{count} đơn vị nhận theo tên, ví dụ \"{name}\" là {id}",
                    "{count} units are known by name; \"{name}\" is {id}, for example"
                ),
            )
            .at(place),
        );
    }

    /// A unit that was matched although it is written differently.
    pub fn read_as_unit(&mut self, place: Place, found: &str, meant: &str) {
        self.push(
            Diagnostic::warning(
                "read-as-unit",
                text!("đọc \"{found}\" là đơn vị \"{meant}\"", "\"{found}\" is read as the unit \"{meant}\""),
            )
            .at(place)
            .about(meant, ""),
        );
    }

    /// A unit that is in two blocks.
    pub fn two_blocks(&mut self, place: Place, unit: &str, first: &str, second: &str) {
        self.push(
            Diagnostic::error(
                "two-blocks",
                text!(
                    "đơn vị \"{unit}\" thuộc hai khối: \"{first}\" và \"{second}\"",
                    "the unit \"{unit}\" is in two blocks: \"{first}\" and \"{second}\""
                ),
            )
            .at(place)
            .about(unit, ""),
        );
    }

    /// A row with the id of one unit and the name of another.
    pub fn name_of_another_unit(&mut self, place: Place, unit: &str, name: &str, other: &str) {
        self.push(
            Diagnostic::error(
                "name-of-another-unit",
                text!(
                    "dòng ghi mã {unit} nhưng tên là của {other}: \"{name}\"",
                    "the row has the id {unit}, but the name of {other}: \"{name}\""
                ),
            )
            .at(place)
            .about(unit, "")
            .help(text!(
                "sửa mã hoặc tên; có thể chỉ một cột đã được sắp xếp lại",
                "mend the id or the name; perhaps a single column was sorted"
            )),
        );
    }

    /// A tier that the round does not have.
    pub fn unknown_tier(&mut self, place: Place, tier: &str, unit: &str, tiers: &[&str]) {
        let near = crate::text::nearest(tier, tiers.iter().copied());
        let tiers = tiers.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-tier",
                text!("không có cấp \"{tier}\" trong đợt đánh giá", "the round has no tier \"{tier}\""),
            )
            .at(place)
            .near(near)
            .help(text!("các cấp: {tiers}", "its tiers: {tiers}"))
            .about(unit, ""),
        );
    }

    /// A second tier where only one is scored.
    pub fn second_tier(&mut self, place: Place, tier: &str, unit: &str, first: &str, first_place: Place) {
        self.push(
            Diagnostic::error(
                "second-tier",
                text!(
                    "đơn vị cấp \"{tier}\" đứng cùng tệp với cấp \"{first}\"",
                    "a unit of tier \"{tier}\" stands among units of tier \"{first}\""
                ),
            )
            .at(place)
            .related(text!("cấp đầu tiên ở đây", "the first tier is here"), first_place)
            .help(text!(
                "chấm nhiều cấp thì lập round.toml với mỗi cấp một [[tier]]",
                "to score several tiers, make a round.toml with a [[tier]] for each"
            ))
            .about(unit, ""),
        );
    }

    /// A criterion that the set does not have.
    pub fn unknown_criterion(
        &mut self,
        place: Place,
        id: &str,
        unit: &str,
        near: Option<&str>,
        is_group: bool,
        set: &str,
    ) {
        let message = if is_group {
            text!(
                "\"{id}\" là nhóm, không chấm điểm trực tiếp",
                "\"{id}\" is a group and is not scored itself"
            )
        } else {
            text!(
                "bộ tiêu chí \"{set}\" không có tiêu chí \"{id}\"",
                "the set \"{set}\" has no criterion \"{id}\""
            )
        };
        self.push(
            Diagnostic::error("unknown-criterion", message)
                .at(place)
                .near(near)
                .help(text!("sửa mã tiêu chí, hoặc xóa dòng", "mend the criterion's id, or delete the row"))
                .about(unit, id),
        );
    }

    /// A stage that is no stage.
    pub fn unknown_stage(&mut self, place: Place, stage: &str, near: Option<&str>, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-stage",
                text!("không có lần đánh giá \"{stage}\"", "there is no stage \"{stage}\""),
            )
            .at(place)
            .near(near)
            .help(text!("chọn một trong: {known}", "one of: {known}")),
        );
    }

    /// A survey criterion that a unit scored itself.
    pub fn survey_self_scored(&mut self, place: Place, unit: &str, id: &str) {
        self.push(
            Diagnostic::error(
                "survey-self-scored",
                text!(
                    "đơn vị {unit}: tiêu chí {id} chấm qua điều tra xã hội học, không tự chấm",
                    "unit {unit}: criterion {id} is scored by a survey and cannot be self-scored"
                ),
            )
            .at(place)
            .help(text!(
                "xóa dòng này; kết quả điều tra để trống stage",
                "delete the row; the result of a survey has no stage"
            ))
            .about(unit, id),
        );
    }

    /// A stage that is known, but that the round does not have.
    pub fn stage_not_in_round(&mut self, place: Place, stage: &str, known: &[&str]) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "stage-not-in-round",
                text!("đợt đánh giá không có lần \"{stage}\"", "the round has no stage \"{stage}\""),
            )
            .at(place)
            .help(text!("các lần của đợt (stages): {known}", "its stages: {known}")),
        );
    }

    /// An input that the criterion does not have.
    pub fn unknown_input(
        &mut self,
        place: Place,
        input: &str,
        unit: &str,
        id: &str,
        near: Option<&str>,
        known: &[&str],
    ) {
        let known = known.join(", ");
        self.push(
            Diagnostic::error(
                "unknown-input",
                text!(
                    "tiêu chí {id} không có đầu vào \"{input}\"",
                    "criterion {id} has no input \"{input}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!("các đầu vào: {known}", "its inputs: {known}"))
            .about(unit, id),
        );
    }

    /// The same input given twice for a unit.
    pub fn duplicate_value(&mut self, place: Place, unit: &str, id: &str, first: Option<Place>) {
        let mut diagnostic = Diagnostic::error(
            "duplicate-row",
            text!("đơn vị {unit}, tiêu chí {id}: có hai dòng", "unit {unit}, criterion {id}: given twice"),
        )
        .at(place)
        .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other"))
        .about(unit, id);
        if let Some(first) = first {
            diagnostic = diagnostic.related(text!("lần đầu ở đây", "first here"), first);
        }
        self.push(diagnostic);
    }

    /// A unit that has two rows in a wide file or in the list of units.
    pub fn duplicate_unit(&mut self, place: Place, unit: &str, first: Place) {
        self.push(
            Diagnostic::error(
                "duplicate-unit",
                text!("đơn vị \"{unit}\" có hai dòng", "the unit \"{unit}\" has two rows"),
            )
            .at(place)
            .related(text!("lần đầu ở đây", "first here"), first)
            .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other"))
            .about(unit, ""),
        );
    }

    /// A unit without any result.
    pub fn no_results(&mut self, place: Option<Place>, unit: &str) {
        self.push(
            Diagnostic::error(
                "no-results",
                text!("đơn vị {unit} không có số liệu nào", "unit {unit} has no results at all"),
            )
            .help(text!(
                "thêm kết quả của đơn vị, hoặc xóa đơn vị khỏi danh sách",
                "add its results, or take it off the list of units"
            ))
            .about(unit, "")
            .at(place),
        );
    }

    /// A file without any unit.
    pub fn no_units(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "no-units",
                text!("không có đơn vị nào để chấm", "there are no units to score"),
            )
            .at(place)
            .help(text!(
                "dưới dòng tiêu đề cần ít nhất một dòng số liệu",
                "at least one row of results must follow the header"
            )),
        );
    }
}
