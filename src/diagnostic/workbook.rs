//! Mistakes in workbooks: files that are none, sheets that cannot be told, cells that hold nothing that
//! could be used.

use super::{Diagnostic, Diagnostics};
use crate::lang::Text;
use crate::source::Place;
use crate::text;
use crate::text::quoted;

impl Diagnostics {
    /// A file that is something else than its name says, and was read as what it is.
    pub fn other_content(&mut self, place: Place, what: Text) {
        let Text { vi, en } = what;
        self.push(
            Diagnostic::warning(
                "other-content",
                text!(
                    "nội dung tệp là {vi}, không như phần mở rộng của tên; đọc theo nội dung",
                    "the file holds {en}, not what its name ends with; it is read as what it is"
                ),
            )
            .at(place)
            .help(text!("đổi phần mở rộng của tên tệp cho đúng", "let its name end as it should")),
        );
    }

    /// A workbook that is broken.
    pub fn damaged_workbook(&mut self, place: Place, what: &str) {
        let what: String = what.chars().take(200).collect();
        self.push(
            Diagnostic::error(
                "damaged-workbook",
                text!(
                    "tệp bảng tính hỏng hoặc không đủ ({what})",
                    "the workbook is damaged or not whole ({what})"
                ),
            )
            .at(place)
            .help(text!(
                "sao chép hoặc tải lại tệp; nếu Excel còn mở được thì lưu thành tệp .xlsx mới",
                "copy or download the file again; if Excel still opens it, save it as a new .xlsx file"
            )),
        );
    }

    /// A workbook that only opens with a password.
    pub fn password_protected(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "password-protected",
                text!("tệp bảng tính đặt mật khẩu mở tệp", "the workbook is protected by a password"),
            )
            .at(place)
            .help(text!(
                "trong Excel mở tệp, chọn Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu, xóa mật khẩu rồi lưu",
                "open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, delete the password and save"
            )),
        );
    }

    /// A workbook that unpacks to more than an honest one would.
    pub fn workbook_bomb(&mut self, place: Place, part: &str) {
        self.push(
            Diagnostic::error(
                "workbook-bomb",
                text!(
                    "tệp nén bất thường: phần \"{part}\" bung ra lớn gấp hàng trăm lần; dừng đọc",
                    "the file is packed strangely: \"{part}\" unpacks to hundreds of times its size; reading was stopped"
                ),
            )
            .at(place)
            .help(text!(
                "không dùng tệp này; xin lại tệp gốc từ nơi gửi",
                "do not use this file; ask its sender for the original"
            )),
        );
    }

    /// A workbook whose XML has a document type.
    pub fn document_type(&mut self, place: Place, part: &str) {
        self.push(
            Diagnostic::error(
                "document-type",
                text!(
                    "phần \"{part}\" khai kiểu tài liệu (DOCTYPE), điều mà Excel không bao giờ ghi; dừng đọc",
                    "\"{part}\" declares a document type, which Excel never writes; reading was stopped"
                ),
            )
            .at(place)
            .help(text!(
                "không dùng tệp này; xin lại tệp gốc từ nơi gửi",
                "do not use this file; ask its sender for the original"
            )),
        );
    }

    /// A workbook that is too large to be read.
    pub fn workbook_too_large(&mut self, place: Place, most: u64) {
        let most = most >> 20;
        self.push(
            Diagnostic::error(
                "workbook-too-large",
                text!("tệp bảng tính lớn quá {most} MiB", "the workbook is larger than {most} MiB"),
            )
            .at(place)
            .help(text!(
                "lưu trang tính cần đọc thành CSV UTF-8",
                "save the sheet that is needed as CSV UTF-8"
            )),
        );
    }

    /// A sheet that is named of a file that has none.
    pub fn no_workbook(&mut self, place: Place, sheet: &str) {
        self.push(
            Diagnostic::error(
                "no-such-sheet",
                text!("tệp CSV không có trang tính \"{sheet}\"", "a CSV file has no sheet \"{sheet}\""),
            )
            .at(place)
            .help(text!("bỏ phần từ dấu # trở đi", "leave out what stands from # on")),
        );
    }

    /// A sheet that a workbook does not have.
    pub fn no_such_sheet(&mut self, place: Place, sheet: &str, near: Option<&str>, known: &[&str]) {
        let known = list(known);
        self.push(
            Diagnostic::error(
                "no-such-sheet",
                text!("không có trang tính \"{sheet}\"", "there is no sheet \"{sheet}\""),
            )
            .at(place)
            .near(near)
            .help(text!("các trang tính: {known}", "its sheets: {known}")),
        );
    }

    /// A workbook, or a sheet, in which nothing stands.
    pub fn no_cells(&mut self, place: Place, sheet: Option<&str>) {
        let message = match sheet {
            Some(sheet) => text!("trang tính \"{sheet}\" trống", "the sheet \"{sheet}\" is empty"),
            None => text!("tệp không có trang tính nào có số liệu", "no sheet of the file has data"),
        };
        self.push(Diagnostic::error("empty-file", message).at(place).help(text!(
            "nhập số liệu vào trang tính; trang ẩn và trang chỉ có biểu đồ không được đọc",
            "enter the data in a sheet; hidden sheets and charts are not read"
        )));
    }

    /// Several sheets that could all be meant.
    pub fn several_sheets_fit(&mut self, place: Place, sheets: &[&str], file: &str) {
        let (all, first) = (list(sheets), sheets.first().copied().unwrap_or_default());
        self.push(
            Diagnostic::error(
                "several-sheets-fit",
                text!("nhiều trang tính cùng phù hợp: {all}", "several sheets fit: {all}"),
            )
            .at(place)
            .help(text!(
                "nêu tên trang tính sau dấu #: \"{file}#{first}\"",
                "name the sheet behind a #: \"{file}#{first}\""
            )),
        );
    }

    /// A workbook of which no sheet has the header that is looked for; `sheets` with what was found.
    pub fn no_sheet_fits(&mut self, place: Place, wanted: &str, sheets: &[(&str, &[String])]) {
        let found = |(name, header): &(&str, &[String])| {
            let cells = header.iter().filter(|cell| !cell.is_empty()).take(4);
            let cells: Vec<String> = cells.map(|cell| quoted(cell)).collect();
            format!("\"{name}\" ({})", cells.join(", "))
        };
        const MOST: usize = 8;
        let more = if MOST < sheets.len() { ", …" } else { "" };
        let found = sheets.iter().take(MOST).map(found).collect::<Vec<_>>().join(", ") + more;
        self.push(
            Diagnostic::error(
                "no-sheet-fits",
                text!(
                    "không trang tính nào có tiêu đề cần đọc: {wanted}; đã thấy: {found}",
                    "no sheet has the header that is needed: {wanted}; found: {found}"
                ),
            )
            .at(place)
            .help(text!(
                "ghi đủ các cột đó trên một dòng tiêu đề, hoặc nêu tên trang tính sau dấu #",
                "put these columns into one header row, or name the sheet behind a #"
            )),
        );
    }

    /// A header that a spreadsheet keeps as a number that may stand for two ids.
    pub fn number_as_id(&mut self, place: Place, id: &str) {
        self.push(
            Diagnostic::error(
                "number-as-id",
                text!(
                    "mã {id} lưu dạng số: không rõ là \"{id}\" hay \"{id}0\"",
                    "the id {id} is kept as a number: it may be \"{id}\" or \"{id}0\""
                ),
            )
            .at(place)
            .help(text!(
                "trong Excel đặt định dạng ô là Văn bản (Text) rồi gõ lại mã",
                "in Excel set the format of the cell to Text and type the id again"
            )),
        );
    }

    /// A cell that holds an error: `#N/A`.
    pub fn error_cell(&mut self, place: Place, error: &str) {
        let error = quoted(error);
        let help = if error == "#N/A" {
            text!(
                "sửa công thức của ô; không áp dụng thì gõ chữ N/A (không có dấu #)",
                "mend the cell's formula; for not applicable type N/A, without the #"
            )
        } else {
            text!("sửa công thức của ô, hoặc gõ giá trị vào ô", "mend the cell's formula, or type the value")
        };
        self.push(
            Diagnostic::error("error-cell", text!("ô báo lỗi {error}", "the cell shows the error {error}"))
                .at(place)
                .help(help),
        );
    }

    /// A formula that was never computed.
    pub fn uncomputed_cell(&mut self, place: Place) {
        self.push(
            Diagnostic::error(
                "uncomputed-cell",
                text!("ô có công thức nhưng chưa có kết quả", "the cell has a formula and no result"),
            )
            .at(place)
            .help(text!(
                "mở tệp bằng Excel hoặc LibreOffice, lưu lại, rồi chạy lại",
                "open the file in Excel or LibreOffice, save it, and run this again"
            )),
        );
    }

    /// Formulas whose results no spreadsheet program has computed since they were written.
    pub fn uncomputed_formulas(&mut self, place: Place) {
        self.push(
            Diagnostic::warning(
                "uncomputed-formulas",
                text!(
                    "tệp do chương trình khác tạo, công thức chưa được Excel tính lại; kết quả ghi sẵn được dùng",
                    "the file was made by a program that does not compute; the results that it wrote are used"
                ),
            )
            .at(place)
            .help(text!(
                "mở tệp bằng Excel hoặc LibreOffice và lưu lại để chắc là kết quả đúng",
                "open the file in Excel or LibreOffice and save it, to be sure of the results"
            )),
        );
    }

    /// Rows that the spreadsheet hides.
    pub fn hidden_rows(&mut self, place: Place, count: usize) {
        self.push(
            Diagnostic::warning(
                "hidden-rows",
                text!("{count} dòng đang ẩn vẫn được đọc", "{count} hidden rows were read as well"),
            )
            .at(place)
            .help(text!(
                "bỏ lọc hoặc bỏ ẩn để xem; dòng không tính thì xóa hẳn",
                "clear the filter or unhide them to see; delete rows that do not count"
            )),
        );
    }

    /// Columns that the spreadsheet hides.
    pub fn hidden_columns(&mut self, place: Place, names: &[&str]) {
        let (count, names) = (names.len(), list(names));
        self.push(
            Diagnostic::warning(
                "hidden-columns",
                text!(
                    "{count} cột đang ẩn vẫn được đọc: {names}",
                    "{count} hidden columns were read as well: {names}"
                ),
            )
            .at(place)
            .help(text!(
                "bỏ ẩn để xem; cột không cần đọc thì thêm # vào đầu tiêu đề",
                "unhide them to see; put # before the header of a column that need not be read"
            )),
        );
    }

    /// Merged cells among the data.
    pub fn merged_cells(&mut self, place: Place, range: &str, count: usize) {
        let (more_vi, more_en) = match count - 1 {
            0 => (String::new(), String::new()),
            more => (format!(" và {more} vùng nữa"), format!(" and {more} more")),
        };
        self.push(
            Diagnostic::error(
                "merged-cells",
                text!(
                    "ô gộp trong phần số liệu: {range}{more_vi}",
                    "cells are merged among the data: {range}{more_en}"
                ),
            )
            .at(place)
            .help(text!(
                "bỏ gộp ô rồi ghi đủ giá trị vào từng ô: không rõ giá trị là của dòng nào",
                "unmerge them and fill each cell: it cannot be told whose the value is"
            )),
        );
    }

    /// The header once more, as it is printed on each page.
    pub fn repeated_header(&mut self, place: Place, first: Place) {
        self.push(
            Diagnostic::warning(
                "repeated-header",
                text!("dòng tiêu đề lặp lại được bỏ qua", "the header stands here again and is passed over"),
            )
            .at(place)
            .related(text!("tiêu đề đầu tiên ở đây", "the first is here"), first),
        );
    }

    /// Another header below the first.
    pub fn second_header(&mut self, place: Place, first: Place) {
        self.push(
            Diagnostic::error(
                "second-header",
                text!(
                    "trang tính có dòng tiêu đề thứ hai, khác dòng thứ nhất",
                    "the sheet has a second header, which differs from the first"
                ),
            )
            .at(place)
            .related(text!("tiêu đề đầu tiên ở đây", "the first is here"), first)
            .help(text!("tách bảng thứ hai sang trang tính riêng", "move the second table to its own sheet")),
        );
    }

    /// A row that adds up the others.
    pub fn total_row(&mut self, place: Place, word: &str) {
        let word = quoted(word);
        self.push(
            Diagnostic::warning(
                "total-row",
                text!("dòng \"{word}\" được bỏ qua", "the row \"{word}\" is passed over"),
            )
            .at(place),
        );
    }

    /// Cells to the right of the header.
    pub fn cells_without_header(&mut self, place: Place, column: &str, count: usize) {
        self.push(
            Diagnostic::warning(
                "cells-without-header",
                text!(
                    "{count} ô không có tiêu đề cột, không được đọc; ô đầu ở cột {column}",
                    "{count} cells without a header were not read; the first is in column {column}"
                ),
            )
            .at(place)
            .help(text!(
                "ghi tiêu đề cho cột, hoặc xóa các ô đó",
                "give the column a header, or clear the cells"
            )),
        );
    }
}

/// `"A", "B", …`
fn list(names: &[&str]) -> String {
    const MOST: usize = 8;
    let more = if MOST < names.len() { ", …" } else { "" };
    names.iter().take(MOST).map(|name| format!("\"{}\"", quoted(name))).collect::<Vec<_>>().join(", ") + more
}
