"""Workbooks of the scoring job.

    workbook.py write DIR N     wide_N.csv as wide_N.xlsx: letters as text, everything else as numbers
    workbook.py read XLSX CSV   the ranked table of a program's workbook, wherever its header stands
"""
import csv
import sys

import xlsxwriter
from python_calamine import CalamineWorkbook

from ..shared import whole


def write(data, size):
    with open(f"{data}/criteria.csv", encoding="utf-8", newline="") as f:
        is_text = [True] + [row["kind"] == "options" for row in csv.DictReader(f)]
    with whole(data / f"wide_{size}.xlsx") as half:
        book = xlsxwriter.Workbook(half, {"constant_memory": True})
        sheet = book.add_worksheet("Results")
        with open(data / f"wide_{size}.csv", encoding="utf-8", newline="") as f:
            for row, cells in enumerate(csv.reader(f)):
                for column, cell in enumerate(cells):
                    if row == 0 or is_text[column]:
                        sheet.write_string(row, column, cell)
                    elif cell:
                        sheet.write_number(row, column, float(cell))
        book.close()


def read(path, table):
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        head = next((at for at, row in enumerate(rows) if row and str(row[0]).lower() == "rank"), None)
        if head is None:
            continue
        # Columns of a program's own, without a heading or hidden behind the table, are passed over.
        width = next((at for at, cell in enumerate(rows[head]) if cell == ""), len(rows[head]))
        with open(table, "w", encoding="utf-8", newline="") as f:
            out = csv.writer(f)
            for row in rows[head:]:
                if row[0] == "":
                    break
                out.writerow([text(cell) for cell in row[:width]])
        return
    raise SystemExit(f"{path}: no sheet has a ranked table")


def text(cell):
    """Cells are binary floats; the table has two decimals at the most."""
    return f"{round(cell, 6):g}" if isinstance(cell, float) else str(cell)


if __name__ == "__main__":
    from pathlib import Path

    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), sys.argv[3])
    else:
        read(*sys.argv[2:])
