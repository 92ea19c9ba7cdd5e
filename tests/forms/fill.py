"""Fills in blank sheets as a person would, from tables of results; what no sheet asks for is left over.

    fill.py BLANK FILLED REST RESULTS...

BLANK and FILLED are folders of workbooks, REST is a table, a row a unit, of what is left over.
"""
import csv
import glob
import os
import sys

import openpyxl

ABOUT = ("unit", "name", "tier", "block", "criterion", "input", "stage")


def read(paths):
    """What the tables say: (unit, "1.2.numerator") -> text."""
    cells = {}
    for path in paths:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                for column, text in row.items():
                    if column in ABOUT or not text:
                        continue
                    name = column
                    if "criterion" in row:
                        if column == "value" and row.get("input"):
                            column = row["input"]
                        name = row["criterion"] + ("" if column == "value" else "." + column)
                    cells[row["unit"], name] = text
    return cells


def typed(text):
    """A number as Excel keeps one."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def fill(sheet, cells, used):
    head = next(row for row in range(1, 30) if any(cell.value == "criterion" for cell in sheet[row]))
    columns = {cell.value: cell.column for cell in sheet[head]}
    at = lambda row, name: sheet.cell(row, columns[name])
    rows = [row for row in range(head + 1, sheet.max_row + 1) if at(row, "unit").value]
    criteria = [at(row, "criterion").value for row in rows]
    for row, criterion in zip(rows, criteria):
        unit, name = at(row, "unit").value, at(row, "input").value
        names = [f"{criterion}.{name}"] if name else []
        if name == "value" or criteria.count(criterion) == 1:
            names.append(criterion)
        for column, names in (
            ("value", names),
            ("evidence", [f"{criterion}.evidence"]),
            ("note", [f"{criterion}.note"]),
        ):
            cell = at(row, column)
            for key in ((unit, name) for name in names):
                if key in cells and not cell.protection.locked:
                    cell.value = typed(cells[key]) if column == "value" else cells[key]
                    used.add(key)


def main(blank, filled, rest, *tables):
    cells, used = read(tables), set()
    os.makedirs(filled, exist_ok=True)
    for path in sorted(glob.glob(os.path.join(blank, "*.xlsx"))):
        workbook = openpyxl.load_workbook(path)
        fill(workbook.worksheets[0], cells, used)
        workbook.save(os.path.join(filled, os.path.basename(path)))
    left = {key: text for key, text in cells.items() if key not in used}
    names = list(dict.fromkeys(name for _, name in left))
    with open(rest, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["unit", *names])
        for unit in dict.fromkeys(unit for unit, _ in left):
            table.writerow([unit, *(left.get((unit, name), "") for name in names)])


main(*sys.argv[1:])
