//! What somebody who fills in a blank sheet should know.

use super::Blank;
use crate::lang::Text;
use crate::model::Stage;
use crate::text;

impl Blank<'_> {
    /// How the sheet is filled in, a sentence each.
    pub fn guide(&self) -> Vec<Text> {
        let mut lines = vec![
            text!(
                "Chỉ nhập vào ô có khung đậm, nền trắng. Các ô khác được khóa; ô gạch chéo không phải nhập.",
                "Fill in only the white cells with a bold frame. All others are locked; nothing is entered in hatched cells."
            ),
            text!(
                "Chọn ô thì hiện cách nhập. Ô có danh sách thì chọn trong danh sách, không gõ câu khác.",
                "A cell says what it takes when it is selected. Where there is a list, take a word of the list."
            ),
            text!(
                "Ô để trống nghĩa là chưa có số liệu, không phải số 0. Bằng 0 thì ghi 0.",
                "An empty cell means that the figure is lacking, not 0. Write 0 where it is 0."
            ),
            text!(
                "N/A nghĩa là không áp dụng hoặc không phát sinh; chỉ ghi được ở tiêu chí cho phép, và phải ghi lý do ở cột ghi chú.",
                "N/A means that it does not apply; only some criteria allow it, and the reason stands under remarks."
            ),
            text!(
                "Tỷ lệ ghi 98,5 hoặc 98,5%; không ghi 0,985. Có tử số và mẫu số thì nhập cả hai, để trống ô tỷ lệ.",
                "A ratio is 98.5 or 98.5%, not 0.985. Where numerator and denominator are known enter both and leave the ratio empty."
            ),
            text!(
                "Tài liệu kiểm chứng: số, ký hiệu, ngày của văn bản, hoặc đường dẫn. Tiêu chí ghi \"không có tài liệu kiểm chứng: 0 điểm\" thì bắt buộc.",
                "Evidence: number and date of the document, or a link. It is required where the criterion says \"without evidence: 0 points\"."
            ),
        ];
        if self.stage == Stage::SelfAssessed {
            lines.push(text!(
                "Điểm tự chấm là điểm đơn vị tự tính, để đối chiếu; điểm được tính từ số liệu đã nhập.",
                "Own points are what the unit makes of its figures, to compare with; points are computed from the figures."
            ));
        }
        if self.earlier.is_some() {
            lines.push(text!(
                "Cột của lần trước chỉ để xem. Tiêu chí để trống ở phiếu này thì giữ kết quả của lần trước.",
                "The columns of earlier stages are only to be seen. What is left empty here stays as it was."
            ));
        }
        lines.push(text!(
            "Không thêm, xóa, đổi chỗ dòng, cột; không đổi tên trang tính. Nộp lại tệp này dưới dạng .xlsx.",
            "Do not add, delete or move rows or columns, nor rename the sheet. Hand this file in as .xlsx."
        ));
        lines
    }
}
