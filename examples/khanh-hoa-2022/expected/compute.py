#!/usr/bin/env python3
"""Scores the round by hand-written rules, as a second opinion on parindex.

It reads the round's own CSV files and nothing else of the project; the rules stand in rules.py as code. Writes
expected.csv (one row a unit) and criteria.csv (one row a unit and criterion), and stops if a published figure
does not come out.
"""

import csv
import sys
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import rules  # noqa: E402
from rules import half_up, text  # noqa: E402

HERE = Path(__file__).resolve().parent
ROUND = HERE.parent


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def long_cells(path):
    """Cells by unit, then by criterion and input."""
    units = {}
    for row in rows(path):
        units.setdefault(row["unit"], {})[row["criterion"], row["input"]] = row["value"]
    return units


def wide_cells(path):
    units = {}
    for row in rows(path):
        cells = units.setdefault(row["unit"], {})
        for header, cell in row.items():
            criterion, _, last = header.rpartition(".")
            cells[(header, "value") if last.isdigit() else (criterion, last)] = cell
    return units


def score(folder):
    """All cards of a round: {tier: {unit: card}}."""
    units = rows(folder / "units.csv")
    by_name = {row["unit"]: row for row in units}
    communes, below = {}, {}
    for unit, cells in wide_cells(folder / "results-xa.csv").items():
        entered = rules.Unit(cells)
        communes[unit] = rules.commune(entered)
        below.setdefault(by_name[unit]["parent"], []).append(rules.seen_from_above(entered, communes[unit]))
    targets = {}
    for row in rows(folder / "targets.csv"):
        targets.setdefault(row["unit"], {})[row["criterion"]] = row["target"]
    sipas = {row["unit"]: row for row in rows(folder / "sipas.csv")}
    events = rows(folder / "deductions.csv")
    districts = {}
    for unit, cells in long_cells(folder / "results-huyen.csv").items():
        entered = rules.Unit(cells, targets.get(unit), sipas[unit], below.get(unit, ()))
        districts[unit] = rules.district(entered, [e for e in events if e["unit"] == unit])
    return {"huyen": districts, "xa": communes}


def ranks(cards, units, tie_break=()):
    """Competition ranks within each block, by index, then by the points of groups or criteria."""
    block = {row["unit"]: row["block"] for row in units}

    def key(card):
        def points(node):
            return sum(p or 0 for name, (p, _) in card["criteria"].items() if (name + ".").startswith(node + "."))

        return (card["index"], *map(points, tie_break))

    return {
        unit: 1 + sum(key(card) < key(other) for o, other in cards.items() if block[o] == block[unit])
        for unit, card in cards.items()
    }


def write(folder, here, cards, tie_breaks):
    """expected.csv and criteria.csv; gives the ranks."""
    units = rows(folder / "units.csv")
    rank = {}
    for tier, own in cards.items():
        rank |= ranks(own, units, tie_breaks.get(tier, ()))
    with open(here / "expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(
            ["tier", "unit", "name", *rules.FIELDS]
            + ["bonus", "deductions", "total", "max", "index", "grade", "rank"]
        )
        for row in units:
            card = cards[row["tier"]][row["unit"]]
            fields = []
            for field in rules.FIELDS:
                own = [p for name, (p, _) in card["criteria"].items() if name.split(".")[0] == field and p is not None]
                fields.append(text(sum(own)) if own else "")
            out.writerow(
                [row["tier"], row["unit"], row["name"], *fields]
                + [text(card[key]) if key in card else "" for key in ("bonus", "deductions", "total", "max")]
                + [text(half_up(card["index"])), card["grade"], rank[row["unit"]]]
            )
    with open(here / "criteria.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["tier", "unit", "criterion", "points", "max"])
        for row in units:
            for name, (points, most) in cards[row["tier"]][row["unit"]]["criteria"].items():
                out.writerow([row["tier"], row["unit"], name, "" if points is None else text(points), text(most)])
    return rank


def main():
    cards = score(ROUND)
    rank = write(ROUND, HERE, cards, {"huyen": ("3", "8.1")})

    # What was published of Nha Trang.
    published = {row["figure"]: row["value"] for row in rows(HERE / "published.csv") if row["unit"] == "nha-trang"}
    card = cards["huyen"]["nha-trang"]
    assert card["index"] == Fraction(published["index"]) and card["max"] == 100
    assert (card["grade"], rank["nha-trang"]) == (published["grade"], int(published["rank"]))
    assert len(cards["huyen"]) == int(published["of"])
    before = {row["unit"]: Fraction(row["index"]) for row in rows(ROUND / "previous-2021.csv")}
    assert card["index"] - before["nha-trang"] == Fraction(published["change"])
    sipas = {row["unit"]: Fraction(row["index"]) for row in rows(ROUND / "sipas.csv")}
    assert sipas["nha-trang"] == Fraction(published["sipas"])
    assert 1 + sum(sipas["nha-trang"] < other for other in sipas.values()) == int(published["sipas_rank"])
    cells = long_cells(ROUND / "results-huyen.csv")["nha-trang"]
    assert Fraction(cells["7.2", "value"]) == Fraction(published["online"])
    for criterion in ("3.3.1", "3.3.2", "3.3.3"):
        assert Fraction(cells[criterion, "value"]) == Fraction(published["late"])
    assert Fraction(published["late"]) - Fraction(cells["3.3.3", "previous"]) == Fraction(published["late_change"])
    assert cells["7.3", "numerator"] == published["paid_online"]
    # Criteria in which it lost points for the reasons that were given.
    for criterion in ("1.6", "3.3.1", "3.3.4", "7.2", "8.2.1", "8.2.2"):
        points, most = card["criteria"][criterion]
        assert points < most, criterion


if __name__ == "__main__":
    main()
