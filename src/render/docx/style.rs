//! The styles of Nghị định 30/2020/NĐ-CP, Phụ lục I: Times New Roman, black, sizes as it says. Each is
//! named after the part of a document that it is for, so that a clerk can change it in one place.

use super::xml::Xml;
use crate::lang::Lang;

/// A style of paragraphs.
struct Style {
    id: &'static str,
    name: &'static str,
    /// Half points of print.
    size: u32,
    bold: bool,
    italic: bool,
    /// `left`, `center`, `right` or `both`.
    align: &'static str,
    /// Twentieths of a point above the paragraph, and below it.
    before: u32,
    after: u32,
    /// How far its first line is in.
    indent: u32,
    /// Whether it stays on the page of what follows.
    keeps: bool,
}

const PLAIN: Style = Style {
    id: "",
    name: "",
    size: 28,
    bold: false,
    italic: false,
    align: "left",
    before: 0,
    after: 0,
    indent: 0,
    keeps: false,
};

/// 1,27 cm.
const FIRST_LINE: u32 = 720;

const STYLES: [Style; 30] = [
    Style { id: "QuocHieu", name: "Quốc hiệu", size: 24, bold: true, align: "center", ..PLAIN },
    Style { id: "TieuNgu", name: "Tiêu ngữ", size: 26, bold: true, align: "center", ..PLAIN },
    Style { id: "ChuQuan", name: "Cơ quan chủ quản", size: 24, align: "center", ..PLAIN },
    Style { id: "CoQuan", name: "Cơ quan ban hành", size: 24, bold: true, align: "center", ..PLAIN },
    Style { id: "Ke", name: "Đường kẻ", size: 2, align: "center", before: 60, ..PLAIN },
    Style { id: "SoHieu", name: "Số, ký hiệu", size: 26, align: "center", before: 120, ..PLAIN },
    Style { id: "DuThao", name: "Dự thảo", size: 26, bold: true, align: "center", before: 60, ..PLAIN },
    Style {
        id: "DiaDanh",
        name: "Địa danh, ngày tháng",
        size: 26,
        italic: true,
        align: "center",
        before: 120,
        ..PLAIN
    },
    Style {
        id: "TenLoai",
        name: "Tên loại văn bản",
        bold: true,
        align: "center",
        before: 360,
        keeps: true,
        ..PLAIN
    },
    Style { id: "TrichYeu", name: "Trích yếu", bold: true, align: "center", keeps: true, ..PLAIN },
    Style {
        id: "ThamQuyen",
        name: "Thẩm quyền ban hành",
        bold: true,
        align: "center",
        before: 240,
        keeps: true,
        ..PLAIN
    },
    Style {
        id: "CanCu",
        name: "Căn cứ",
        italic: true,
        align: "both",
        before: 120,
        indent: FIRST_LINE,
        ..PLAIN
    },
    Style {
        id: "QuyetDinh",
        name: "Quyết định",
        bold: true,
        align: "center",
        before: 240,
        keeps: true,
        ..PLAIN
    },
    Style { id: "NoiDung", name: "Nội dung", align: "both", before: 120, indent: FIRST_LINE, ..PLAIN },
    Style { id: "NoiNhanDau", name: "Nơi nhận", size: 24, bold: true, italic: true, ..PLAIN },
    Style { id: "NoiNhan", name: "Danh sách nơi nhận", size: 22, ..PLAIN },
    Style { id: "ChucVu", name: "Chức vụ người ký", bold: true, align: "center", ..PLAIN },
    Style { id: "PhuLuc", name: "Số phụ lục", bold: true, align: "center", keeps: true, ..PLAIN },
    Style { id: "TenPhuLuc", name: "Tên phụ lục", bold: true, align: "center", keeps: true, ..PLAIN },
    Style { id: "KemTheo", name: "Kèm theo", italic: true, align: "center", keeps: true, ..PLAIN },
    Style {
        id: "DeMuc", name: "Đề mục", size: 26, bold: true, before: 240, after: 60, keeps: true, ..PLAIN
    },
    Style {
        id: "GhiChuDau",
        name: "Ghi chú: đầu",
        size: 22,
        bold: true,
        italic: true,
        before: 160,
        keeps: true,
        ..PLAIN
    },
    Style { id: "GhiChu", name: "Ghi chú", size: 22, align: "both", before: 40, ..PLAIN },
    Style {
        id: "NguonDau",
        name: "Nguồn số liệu: đầu",
        size: 16,
        italic: true,
        before: 240,
        keeps: true,
        ..PLAIN
    },
    Style { id: "Nguon", name: "Nguồn số liệu", size: 16, before: 20, ..PLAIN },
    Style { id: "SoTrang", name: "Số trang", align: "center", ..PLAIN },
    Style {
        id: "BangDau",
        name: "Bảng: tiêu đề cột",
        size: 24,
        bold: true,
        align: "center",
        keeps: true,
        ..PLAIN
    },
    Style { id: "BangChu", name: "Bảng: chữ", size: 24, ..PLAIN },
    Style { id: "BangGiua", name: "Bảng: giữa", size: 24, align: "center", ..PLAIN },
    Style { id: "BangSo", name: "Bảng: số", size: 24, align: "right", ..PLAIN },
];

/// `word/styles.xml`.
pub(super) fn write(lang: Lang) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:styles", &[("xmlns:w", super::part::MAIN)], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    let font = "Times New Roman";
                    let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|of| (of, font));
                    xml.empty("w:rFonts", &fonts);
                    xml.value("w:color", "000000");
                    xml.value("w:sz", "28");
                    xml.value("w:szCs", "28");
                    let lang = if lang == Lang::Vi { "vi-VN" } else { "en-US" };
                    xml.empty("w:lang", &[("w:val", lang), ("w:eastAsia", lang), ("w:bidi", "ar-SA")]);
                });
            });
            xml.element("w:pPrDefault", &[], |xml| {
                xml.element("w:pPr", &[], |xml| {
                    let spacing =
                        [("w:before", "0"), ("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")];
                    xml.empty("w:spacing", &spacing);
                });
            });
        });
        xml.element(
            "w:style",
            &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")],
            |xml| {
                xml.value("w:name", "Normal");
                xml.empty("w:qFormat", &[]);
            },
        );
        STYLES.iter().for_each(|style| style.write(xml));
        write_table_style(xml);
    });
    xml.into_bytes()
}

impl Style {
    fn write(&self, xml: &mut Xml) {
        xml.element(
            "w:style",
            &[("w:type", "paragraph"), ("w:customStyle", "1"), ("w:styleId", self.id)],
            |xml| {
                xml.value("w:name", self.name);
                xml.value("w:basedOn", "Normal");
                xml.empty("w:qFormat", &[]);
                xml.element("w:pPr", &[], |xml| {
                    if self.keeps {
                        xml.empty("w:keepNext", &[]);
                    }
                    let (before, after) = (self.before.to_string(), self.after.to_string());
                    xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after)]);
                    if 0 < self.indent {
                        xml.empty("w:ind", &[("w:firstLine", &self.indent.to_string())]);
                    }
                    xml.value("w:jc", self.align);
                });
                xml.element("w:rPr", &[], |xml| {
                    if self.bold {
                        xml.empty("w:b", &[]);
                    }
                    if self.italic {
                        xml.empty("w:i", &[]);
                    }
                    xml.value("w:sz", &self.size.to_string());
                    xml.value("w:szCs", &self.size.to_string());
                });
            },
        );
    }
}

/// Thin black lines, one millimetre from the text.
fn write_table_style(xml: &mut Xml) {
    xml.element("w:style", &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", "Bang")], |xml| {
        xml.value("w:name", "Bảng số liệu");
        xml.element("w:tblPr", &[], |xml| {
            xml.element("w:tblBorders", &[], |xml| {
                for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                    let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];
                    xml.empty(&format!("w:{side}"), &line);
                }
            });
            xml.element("w:tblCellMar", &[], |xml| {
                for (side, width) in [("top", "20"), ("left", "80"), ("bottom", "20"), ("right", "80")] {
                    xml.empty(&format!("w:{side}"), &[("w:w", width), ("w:type", "dxa")]);
                }
            });
        });
    });
}

/// The half points of a style's print.
pub(super) fn size(id: &str) -> u32 {
    STYLES.iter().find(|style| style.id == id).map_or(PLAIN.size, |style| style.size)
}
