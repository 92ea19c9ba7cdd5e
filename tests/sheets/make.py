"""Writes the workbooks of the tests: of the error gallery (tests/errors) and of tests/sheets.

    python3 -m venv venv && venv/bin/pip install openpyxl==3.1.5 msoffcrypto-tool==6.0.0
    venv/bin/python tests/sheets/make.py

They are committed, so that no test needs Python. ODS and XLS are written by LibreOffice. Every other file is the same each time but for the one with
a password, whose salt is drawn anew; it is only written where it is lacking.
"""

import datetime
import io
import pathlib
import re
import shutil
import subprocess
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference

HERE = pathlib.Path(__file__).parent
ERRORS = HERE.parent / "errors"
CHECK = "check --criteria set.toml --results kq.xlsx"
HEADER = ["unit", "1.1.numerator", "1.1.denominator", "1.2", "2.1", "2.2"]
X01 = ["X01", 90, 100, "đúng hạn", 85.5, "có"]
X02 = ["X02", 48, 50, "trễ hạn", 92, "không"]


def book(*rows, title="Xã"):
    wb = openpyxl.Workbook()
    wb.active.title = title
    for row in rows:
        wb.active.append(row)
    return wb


def packed(parts):
    """A zip file of parts that is the same each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parts(wb, computed=True):
    """The parts of a workbook; as Excel writes it, with formulas that were computed, or as openpyxl does."""
    wb.properties.created = wb.properties.modified = datetime.datetime(2026, 1, 1)
    raw = io.BytesIO()
    wb.save(raw)
    with zipfile.ZipFile(raw) as archive:
        all_parts = {name: archive.read(name) for name in archive.namelist()}
    stamp = rb"<dcterms:modified[^>]*>[^<]*"
    core = all_parts["docProps/core.xml"]
    all_parts["docProps/core.xml"] = re.sub(stamp, rb'<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z', core)
    if computed:
        all_parts["xl/workbook.xml"] = all_parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    return all_parts


def bytes_of(wb, **how):
    return packed(parts(wb, **how))


def case(name, data, command=CHECK, file="kq.xlsx", mended=None, **texts):
    folder = ERRORS / name
    folder.mkdir(exist_ok=True)
    (folder / "command").write_text(command + "\n")
    (folder / file).write_bytes(data)
    for other, text in texts.items():
        (folder / other.replace("_", ".")).write_text(text)
    if mended is not None:
        (folder / "mended").mkdir(exist_ok=True)
        (folder / "mended" / file).write_bytes(mended)


def edited(wb, part, old, new, **how):
    """A workbook with one part changed by hand, as no library would write it."""
    all_parts = parts(wb, **how)
    assert old in all_parts[part], (part, old)
    all_parts[part] = all_parts[part].replace(old, new)
    return packed(all_parts)


def main():
    good = book(HEADER, X01, X02)
    whole = bytes_of(good)
    text = (ERRORS / "base" / "wide.csv").read_bytes()
    case("other-content", text)
    case("other-content-csv", whole, CHECK.replace(".xlsx", ".csv"), "kq.csv")
    case("damaged-workbook", whole[: len(whole) * 2 // 3], mended=whole)
    sheet = "xl/worksheets/sheet1.xml"
    case("damaged-workbook-sheet", edited(good, sheet, b"</row></sheetData>", b"</raw></sheetData>"), mended=whole)
    docx = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    case("not-a-table-docx", docx, mended=whole)
    declared = "<!DOCTYPE worksheet [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
    case("document-type", edited(good, sheet, b"<worksheet", declared.encode() + b"<worksheet"), mended=whole)
    case("workbook-bomb", claims(whole, sheet, 3_000_000_000), mended=whole)
    protected = ERRORS / "password-protected" / "kq.xlsx"
    if not protected.exists():
        import msoffcrypto.format.ooxml

        out = io.BytesIO()
        msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(whole)).encrypt("mật khẩu", out)
        case("password-protected", out.getvalue())
    (protected.parent / "mended").mkdir(exist_ok=True)
    (protected.parent / "mended" / "kq.xlsx").write_bytes(whole)

    case("no-such-sheet", whole, CHECK + "#Huyện")
    case("no-such-sheet-csv", text, CHECK.replace("kq.xlsx", "kq.csv#Xã"), "kq.csv")
    case("empty-file-workbook", bytes_of(book()), mended=whole)
    wb = book()
    wb.active["A1"] = None
    chart = BarChart()
    chart.add_data(Reference(wb.active, min_col=1, min_row=1, max_row=2))
    wb.create_chartsheet("Biểu đồ").add_chart(chart)
    wb.remove(wb.worksheets[0])
    case("empty-file-chart", bytes_of(wb), mended=whole)
    wb = book(HEADER, X01, X02)
    wb.copy_worksheet(wb.active).title = "Xã (2)"
    mended = book(HEADER, X01, X02)
    copy = mended.copy_worksheet(mended.active)
    copy.title, copy.sheet_state = "Xã (2)", "hidden"
    case("several-sheets-fit", bytes_of(wb), mended=bytes_of(mended))
    wb = book(["Số", "Tên văn bản", "Ngày"], [1, "Quyết định 766", "23/6/2022"], title="Văn bản")
    wb.create_sheet("Đơn vị").append(["unit", "name"])
    case("no-sheet-fits", bytes_of(wb), mended=whole)

    wb = book(HEADER, X01, X02)
    wb.active["E3"] = "#N/A"
    case("error-cell", bytes_of(wb), mended=whole)
    wb = book(HEADER, X01, X02)
    wb.active["B3"] = "#DIV/0!"
    case("error-cell-division", bytes_of(wb), mended=whole)
    wb = book(HEADER, X01, X02)
    wb.active["E3"] = "=B3/C3*100"
    case("uncomputed-cell", bytes_of(wb), mended=whole)
    wb = book(HEADER, X01, X02)
    wb.active["E3"] = "=B3/C3*100"
    value = edited(wb, sheet, b"<f>B3/C3*100</f><v></v>", b"<f>B3/C3*100</f><v>96</v>", computed=False)
    case("uncomputed-formulas", value)
    wb = book(HEADER, X01, X02)
    wb.active.row_dimensions[3].hidden = True
    case("hidden-rows", bytes_of(wb))
    wb = book(HEADER, X01, X02)
    wb.active.column_dimensions["E"].hidden = True
    case("hidden-columns", bytes_of(wb))
    header = ["unit", "block", *HEADER[1:]]
    wb = book(header, ["X01", "Miền núi", *X01[1:]], ["X02", None, *X02[1:]])
    wb.active.merge_cells("B2:B3")
    filled = book(header, ["X01", "Miền núi", *X01[1:]], ["X02", "Miền núi", *X02[1:]])
    case("merged-cells", bytes_of(wb), mended=bytes_of(filled))
    case("repeated-header", bytes_of(book(HEADER, X01, HEADER, X02)))
    second = ["unit", "1.1.denominator", "1.1.numerator", "1.2", "2.1", "2.2"]
    case("second-header", bytes_of(book(HEADER, X01, second, X02)), mended=whole)
    case("total-row", bytes_of(book(HEADER, X01, X02, ["Tổng cộng", 138, 150])))
    wb = book(HEADER, X01, [*X02, None, "đã kiểm tra"])
    case("cells-without-header", bytes_of(wb))

    (HERE / "dirty.xlsx").write_bytes(bytes_of(dirty()))
    for name, wb in days():
        (HERE / f"days-{name}.xlsx").write_bytes(bytes_of(wb))
    if shutil.which("soffice"):
        for kind in ["ods", "xls"]:
            convert = ["soffice", "--headless", "--convert-to", kind, "--outdir", HERE, HERE / "dirty.xlsx"]
            subprocess.run(convert, check=True, stdout=subprocess.DEVNULL)

    base = (ERRORS / "base" / "set.toml").read_text()
    both = base.replace('id = "2.2"', 'id = "2.10"')
    header = ["unit", "1.1.numerator", "1.1.denominator", "1.2", 2.1, "2.10"]
    case("number-as-id", bytes_of(book(header, X01, X02)), mended=bytes_of(book([*HEADER[:5], "2.10"], X01, X02)), set_toml=both)
    (ERRORS / "number-as-id" / "mended" / "set.toml").write_text(both)


def dirty():
    """The base's wide.csv as a clerk may send it."""
    wb = openpyxl.Workbook()
    wb.epoch = openpyxl.utils.datetime.MAC_EPOCH
    about = wb.active
    about.title = "Ghi chú"
    about.append(["Phòng Nội vụ tổng hợp"])
    ws = wb.create_sheet("Kết quả")
    ws["A1"] = "UBND TỈNH"
    ws.merge_cells("A1:C1")
    ws["A2"] = "BẢNG TỔNG HỢP SỐ LIỆU NĂM 2026"
    ws.merge_cells("A2:H2")
    # A header of two rows: names over both, groups over criteria.
    ws.append([])
    ws.append(["STT", "Đơn\nvị", "Lĩnh vực 1", None, None, "Lĩnh vực 2", None, "#Ghi chú"])
    ws.append([None, None, "1.1.tử số", "1.1.mẫu số", 1.2, 2.1, "2.2"])
    for merged in ["A4:A5", "B4:B5", "C4:E4", "F4:G4", "H4:H5"]:
        ws.merge_cells(merged)
    ws.append([1, "X01", 90, 100, "đúng hạn", 0.855, True, "#N/A"])
    ws.append([])
    ws.append([2, "X02", "48", 50, "trễ hạn", 0.92, False, "=1/0"])
    ws["F6"].number_format = ws["F8"].number_format = "0.0%"
    ws["E5"].number_format = "0.0"
    ws.row_dimensions[8].hidden = True
    ws.append(["Tổng cộng", None, 138, 150])
    secret = wb.create_sheet("Nháp")
    secret.append(HEADER)
    secret.sheet_state = "hidden"
    return wb


def days():
    """One day in every way in which a cell can hold it, by both ways of counting days."""
    for name, epoch in [("1900", "WINDOWS_EPOCH"), ("1904", "MAC_EPOCH")]:
        wb = openpyxl.Workbook()
        wb.epoch = getattr(openpyxl.utils.datetime, epoch)
        ws = wb.active
        ws.append(["unit", "deduction", "date", "document"])
        ws.append(["X01", "T1", datetime.date(2026, 12, 15), "a"])
        ws.append(["X02", "T1", "15/12/2026", "b"])
        ws["C2"].number_format = "dd/mm/yyyy"
        yield name, wb


def claims(data, name, size):
    """A zip file that claims another size of a part than it has."""
    offset = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    return data[: offset + 24] + size.to_bytes(4, "little") + data[offset + 28 :]


if __name__ == "__main__":
    main()
