"""Writes the workbooks of the tests: of the error gallery (tests/errors) and of tests/sheets.

    python3 -m venv venv && venv/bin/pip install openpyxl==3.1.5 msoffcrypto-tool==6.0.0
    venv/bin/python tests/sheets/make.py

They are committed, so that no test needs Python. Every file is the same each time but for those that
LibreOffice writes (ODS, XLS) and the one with a password; these are only written where they are lacking.
"""

import datetime
import io
import pathlib
import re
import shutil
import struct
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


def packed_parts(parts):
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
    return packed_parts(parts(wb, **how))


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
    return packed_parts(all_parts)


def main():
    good = book(HEADER, X01, X02)
    whole = bytes_of(good)
    text = (ERRORS / "base" / "wide.csv").read_bytes()
    case("other-content", text)
    case("other-content-csv", whole, CHECK.replace(".xlsx", ".csv"), "kq.csv")
    case("damaged-workbook", whole[: len(whole) * 2 // 3], mended=whole)
    sheet = "xl/worksheets/sheet1.xml"
    case("damaged-workbook-sheet", edited(good, sheet, b"</row></sheetData>", b"</raw></sheetData>"), mended=whole)
    docx = packed_parts({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
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
    (HERE / "records.xlsb").write_bytes(xlsb())
    if shutil.which("soffice"):
        for kind in ["ods", "xls"]:
            if (HERE / f"dirty.{kind}").exists():
                continue
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


def xlsb():
    """A workbook of binary records, written out by [MS-XLSB], as no library writes them: the base's
    wide.csv with a percentage, a formula, an error in a column that is not read, a hidden row."""

    def number(value, most):
        out = b""
        while value >= 0x80 and most > 1:
            out, value, most = out + bytes([value & 0x7F | 0x80]), value >> 7, most - 1
        return out + bytes([value])

    def record(kind, data=b""):
        return number(kind, 2) + number(len(data), 4) + data

    def text(value):
        units = value.encode("utf-16-le")
        return struct.pack("<I", len(units) // 2) + units

    strings = [*HEADER, "#ghi chú", "X01", "đúng hạn", "có", "X02", "trễ hạn"]
    shared = record(0x9F, struct.pack("<II", len(strings), len(strings)))
    shared += b"".join(record(0x13, b"\0" + text(value)) for value in strings) + record(0xA0)
    # Two styles of cells: as it is, and a percentage of our own.
    font = record(0x2B, struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + b"\0" * 8 + b"\2" + text("Calibri"))
    fill = b"".join(record(0x2D, struct.pack("<I", at) + b"\0" * 64) for at in (0, 17))
    border = record(0x2E, b"\0" + b"\0" * 50)
    style = lambda fmt, parent: record(0x2F, struct.pack("<HHHHHBBBBH", parent, fmt, 0, 0, 0, 0, 0, 0, 0x10, 0))
    styles = record(0x116)
    styles += record(0x267, struct.pack("<I", 1)) + record(0x2C, struct.pack("<H", 164) + text("0.0%")) + record(0x268)
    styles += record(0x263, struct.pack("<I", 1)) + font + record(0x264)
    styles += record(0x25B, struct.pack("<I", 2)) + fill + record(0x25C)
    styles += record(0x265, struct.pack("<I", 1)) + border + record(0x266)
    styles += record(0x272, struct.pack("<I", 1)) + style(0, 0xFFFF) + record(0x273)
    styles += record(0x269, struct.pack("<I", 2)) + style(0, 0) + style(164, 0) + record(0x26A)
    styles += record(0x117)

    cell = lambda column, look=0: struct.pack("<II", column, look)
    of = lambda column, value: record(0x07, cell(column) + struct.pack("<I", strings.index(value)))
    row = lambda at, flags=0: record(0x00, struct.pack("<IIHBBBI", at, 0, 300, 0, flags, 0, 0))
    packed = lambda column, value: record(0x02, cell(column) + struct.pack("<I", value << 2 | 2))
    real = lambda column, value, look=0: record(0x05, cell(column, look) + struct.pack("<d", value))
    formula = struct.pack("<H", 0) + struct.pack("<I", 3) + b"\x1e\x32\x00" + struct.pack("<I", 0)  # =50
    sheet = record(0x81) + record(0x91)
    sheet += row(0) + b"".join(of(at, name) for at, name in enumerate([*HEADER, "#ghi chú"]))
    sheet += row(1) + of(0, "X01") + packed(1, 90) + real(2, 100) + of(3, "đúng hạn") + real(4, 0.855, 1) + of(5, "có")
    sheet += record(0x03, cell(6) + b"\x2a")
    sheet += row(2, 0x10) + of(0, "X02") + packed(1, 48)
    sheet += record(0x09, cell(2) + struct.pack("<d", 50) + formula)
    sheet += of(3, "trễ hạn") + record(0x02, cell(4) + struct.pack("<I", 9200 << 2 | 3)) + record(0x04, cell(5) + b"\0")
    sheet += record(0x92) + record(0x82)
    book = record(0x83) + record(0x99, struct.pack("<III", 0, 0, 0)) + record(0x8F)
    book += record(0x9C, struct.pack("<II", 0, 1) + text("rId1") + text("Xã")) + record(0x90) + record(0x84)

    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    named = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

    def relations(*targets):
        items = "".join(
            f'<Relationship Id="rId{at}" Type="{kinds}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(targets, 1)
        )
        return f'{head}<Relationships xmlns="{named}/relationships">{items}</Relationships>'.encode()

    binary = "application/vnd.ms-excel"
    types = f'{head}<Types xmlns="{named}/content-types"><Default Extension="bin" ContentType="{binary}.sheet.binary.macroEnabled.main"/>'
    types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    for part, kind in [("worksheets/sheet1", "worksheet"), ("styles", "styles"), ("sharedStrings", "sharedStrings")]:
        types += f'<Override PartName="/xl/{part}.bin" ContentType="{binary}.{kind}"/>'
    return packed_parts(
        {
            "[Content_Types].xml": types + "</Types>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations(
                ("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")
            ),
            "xl/worksheets/sheet1.bin": sheet,
            "xl/styles.bin": styles,
            "xl/sharedStrings.bin": shared,
        }
    )


def claims(data, name, size):
    """A zip file that claims another size of a part than it has."""
    offset = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    return data[: offset + 24] + size.to_bytes(4, "little") + data[offset + 28 :]


if __name__ == "__main__":
    main()
