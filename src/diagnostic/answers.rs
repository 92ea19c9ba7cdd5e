//! Mistakes in files of answers: columns that lack, answers that are none, the design of the sample.

use super::{Diagnostic, Diagnostics};
use crate::lang::Text;
use crate::number::both;
use crate::source::Place;
use crate::text;
use rust_decimal::Decimal;

/// Names in quotes; of many the first few, and how many more.
fn named(names: &[&str]) -> Text {
    const SHOWN: usize = 6;
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("\"{name}\"")).collect();
    let list = shown.join(", ");
    match names.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        Some(more) => text!("{list} và {more} cột khác", "{list} and {more} more"),
        None => Text::same(std::mem::take(&mut shown).join(", ")),
    }
}

impl Diagnostics {
    /// Items that have no column in a file.
    pub fn missing_items(&mut self, place: Place, items: &[&str], near: Option<&str>) {
        let (count, Text { vi, en }) = (items.len(), named(items));
        let columns = if count == 1 { "column" } else { "columns" };
        let message = Text {
            vi: format!("thiếu cột của {count} mục hỏi: {vi}"),
            en: format!("{count} item {columns} lacking: {en}"),
        };
        self.push(Diagnostic::error("missing-items", message).at(place).near(near).help(text!(
            "đặt tên cột theo mã hoặc nội dung của mục, hoặc ghi columns = [\"…\"] ở mục trong bộ câu hỏi",
            "name the columns after the items' ids or texts, or say columns = [\"…\"] in the items"
        )));
    }

    /// A file, or a column of it, that kept only means: what was answered cannot be rebuilt.
    pub fn only_a_mean(&mut self, place: Place, found: &str, count: u64) {
        let message = text!(
            "\"{found}\" là điểm trung bình, không phải câu trả lời ({count} ô); không dựng lại được tỷ lệ hài lòng từ điểm trung bình",
            "\"{found}\" is a mean and no answer ({count} cells); the share of satisfied answers cannot be rebuilt from means"
        );
        self.push(Diagnostic::error("only-a-mean", message).at(place).help(text!(
            "xuất lại từ nguồn phiếu: mỗi phiếu một dòng, mỗi mục một cột với mức đã chọn",
            "export the forms again: a row a form, a column an item, with the level that was chosen"
        )));
    }

    /// Answers that are not on the scale.
    pub fn off_scale(
        &mut self,
        place: Place,
        found: &str,
        what: &str,
        count: u64,
        near: Option<&str>,
        known: &[&str],
    ) {
        let known = known.join(", ");
        let cells = if count == 1 { "cell" } else { "cells" };
        let message = text!(
            "{what}: {count} ô ghi \"{found}\", không có trên thang đo; không tính vào mẫu số",
            "{what}: {count} {cells} with \"{found}\", which is not on the scale; left out of the denominator"
        );
        self.push(
            Diagnostic::warning("off-scale", message)
                .at(place)
                .near(near)
                .help(text!("các mức: {known}", "its labels: {known}")),
        );
    }

    /// A column in which nothing is on the scale.
    pub fn nothing_on_scale(&mut self, place: Place, found: &str, what: &str, known: &[&str]) {
        let known = known.join(", ");
        let message = text!(
            "{what}: không ô nào đọc được theo thang đo, ví dụ \"{found}\"",
            "{what}: no cell is on the scale, for example \"{found}\""
        );
        self.push(Diagnostic::error("nothing-on-scale", message).at(place).help(text!(
            "sửa tên cột, hoặc thang đo của mục; các mức: {known}",
            "mend the column's name, or the item's scale; its labels: {known}"
        )));
    }

    /// Answers that were read although they are written differently.
    pub fn read_as_answer(&mut self, place: Place, found: &str, meant: &str, count: u64) {
        let cells = if count == 1 { "cell" } else { "cells" };
        self.push(
            Diagnostic::warning(
                "read-as",
                text!(
                    "đọc \"{found}\" là \"{meant}\" ({count} ô)",
                    "\"{found}\" is read as \"{meant}\" ({count} {cells})"
                ),
            )
            .at(place),
        );
    }

    /// Columns that nothing is read from.
    pub fn columns_not_read(&mut self, place: Place, columns: &[&str]) {
        let (count, Text { vi, en }) = (columns.len(), named(columns));
        let word = if count == 1 { "column is" } else { "columns are" };
        let message = Text {
            vi: format!("không đọc {count} cột: {vi}"),
            en: format!("{count} {word} not read: {en}"),
        };
        self.push(Diagnostic::warning("columns-not-read", message).at(place).help(text!(
            "cột cần đọc thì khai trong bộ câu hỏi; cột không cần thì thêm # vào đầu tiêu đề",
            "declare in the questionnaire what should be read; put # before the header of what should not"
        )));
    }

    /// A column that the questionnaire, the round or the command names and the file lacks.
    pub fn missing_named_column(&mut self, place: Place, column: &str, name: &str, near: Option<&str>) {
        let message = text!(
            "không có cột \"{name}\" đã khai cho {column}",
            "there is no column \"{name}\", which is named as {column}"
        );
        self.push(Diagnostic::error("missing-column", message).at(place).near(near).help(text!(
            "sửa tên ở khai báo {column}, hoặc thêm cột vào tệp",
            "mend the name given for {column}, or add the column"
        )));
    }

    /// A file that does not say whose its forms are.
    pub fn no_unit_of_forms(&mut self, place: Place, header: &[String]) {
        let found = header.iter().take(4).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let message = text!(
            "dòng tiêu đề không có cột \"unit\"; các cột đọc được: {found}",
            "the header has no column \"unit\"; columns found: {found}"
        );
        self.push(Diagnostic::error("missing-column", message).at(place).help(text!(
            "khai tên cột đơn vị: [columns] unit = \"…\"; tệp của một đơn vị thì dùng --unit \"…\"",
            "name the column of units: [columns] unit = \"…\"; for a file of one unit say --unit \"…\""
        )));
    }

    /// A weight, or the size of a population, that is none.
    pub fn bad_weight(&mut self, place: Place, found: &str, what: &str) {
        let message = if found.is_empty() {
            text!("phiếu không có {what}", "the form has no {what}")
        } else {
            text!(
                "{what} \"{found}\" không phải số không âm",
                "the {what} \"{found}\" is no number of 0 or more"
            )
        };
        self.push(Diagnostic::error("bad-weight", message).at(place).help(text!(
            "ghi một số không âm; phiếu không tính thì xóa dòng",
            "write a number of 0 or more; delete the row of a form that does not count"
        )));
    }

    /// A form that lacks its stratum or its cluster.
    pub fn empty_design(&mut self, place: Place, column: &str) {
        self.push(
            Diagnostic::error(
                "empty-design",
                text!("phiếu để trống cột {column}", "the form leaves {column} empty"),
            )
            .at(place)
            .help(text!(
                "ghi tầng, cụm của phiếu; thiết kế mẫu không có thì xóa cả cột",
                "write the form's stratum or cluster; delete the whole column where the sample has none"
            )),
        );
    }

    /// Two sizes of one population.
    pub fn population_differs(&mut self, place: Place, sizes: [Decimal; 2], first: Place) {
        let [(one_vi, one), (other_vi, other)] = sizes.map(both);
        let message = text!(
            "cùng một tổng thể mà ghi hai số: {one_vi} và {other_vi}",
            "one population has two sizes: {one} and {other}"
        );
        let diagnostic = Diagnostic::error("population-differs", message).at(place);
        self.push(diagnostic.related(text!("lần đầu ở đây", "first here"), first).help(text!(
            "mọi phiếu của một tầng (hay một cụm, ở cấp hai) ghi cùng một số",
            "all forms of a stratum (of a cluster, at the second stage) have the same number"
        )));
    }

    /// A cluster in two strata.
    pub fn cluster_in_two_strata(&mut self, place: Place, cluster: &str, strata: [&str; 2], first: Place) {
        let [one, other] = strata;
        let message = text!(
            "cụm \"{cluster}\" nằm trong hai tầng: \"{one}\" và \"{other}\"",
            "the cluster \"{cluster}\" is in two strata: \"{one}\" and \"{other}\""
        );
        self.push(
            Diagnostic::error("cluster-in-two-strata", message)
                .at(place)
                .related(text!("lần đầu ở đây", "first here"), first)
                .help(text!(
                    "mã cụm đánh lại từ đầu trong mỗi tầng thì dùng --nested",
                    "where clusters are numbered anew in each stratum, say --nested"
                )),
        );
    }

    /// A row of a long file that answers nothing that is asked.
    pub fn unknown_item(&mut self, place: Place, item: &str, near: Option<&str>, questionnaire: &str) {
        self.push(
            Diagnostic::error(
                "unknown-item",
                text!(
                    "bộ câu hỏi \"{questionnaire}\" không có mục \"{item}\"",
                    "the questionnaire \"{questionnaire}\" has no item \"{item}\""
                ),
            )
            .at(place)
            .near(near)
            .help(text!("sửa mã mục, hoặc xóa dòng", "mend the item's id, or delete the row")),
        );
    }

    /// The same thing answered twice in one form of a long file.
    pub fn duplicate_answer(&mut self, place: Place, form: &str, item: &str) {
        self.push(
            Diagnostic::error(
                "duplicate-answer",
                text!("phiếu {form} trả lời mục {item} hai lần", "the form {form} answers {item} twice"),
            )
            .at(place)
            .help(text!("giữ một dòng, xóa dòng kia", "keep one row and delete the other")),
        );
    }

    /// A form whose rows do not stand together.
    pub fn scattered_form(&mut self, place: Place, form: &str) {
        self.push(
            Diagnostic::error(
                "scattered-form",
                text!(
                    "các dòng của phiếu {form} không đứng liền nhau",
                    "the rows of the form {form} do not stand together"
                ),
            )
            .at(place)
            .help(text!("sắp xếp tệp theo mã phiếu", "sort the file by the forms' ids")),
        );
    }

    /// A file without any form.
    pub fn no_forms(&mut self, place: Place) {
        self.push(
            Diagnostic::error("no-forms", text!("không có phiếu nào", "there are no forms")).at(place).help(
                text!("dưới dòng tiêu đề cần ít nhất một phiếu", "at least one form must follow the header"),
            ),
        );
    }

    /// A number of forms that is none, or less than what was returned.
    pub fn fewer_issued(&mut self, place: Place, unit: &str, issued: Decimal, returned: u64) {
        let (vi, en) = both(issued);
        let message = text!(
            "đơn vị {unit}: phát ra {vi} phiếu nhưng thu về {returned}",
            "unit {unit}: forms issued: {en}, but returned: {returned}"
        );
        self.push(Diagnostic::warning("fewer-issued", message).at(place).about(unit, ""));
    }
}
