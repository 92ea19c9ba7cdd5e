#!/usr/bin/env python3
"""Scores the thirty districts by hand-written rules, as a second opinion on parindex.

It reads the round's own CSV files and nothing else of the project: every rule stands here as code, in exact
fractions. Writes expected.csv (one row a unit) and criteria.csv (one row a unit and criterion), and stops if a
published figure does not come out.
"""

import csv
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUND = HERE.parent


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_up(number, digits=2):
    scale = 10**digits
    return Fraction((2 * number * scale + 1).__floor__() // 2, scale)


def text(number, digits=2):
    """A decimal text without needless zeros; the number must fit the digits exactly."""
    scaled = number * 10**digits
    assert scaled.denominator == 1, number
    whole, rest = divmod(scaled.numerator, 10**digits)
    return f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".") if rest else str(whole)


# Each rule takes the cells of one criterion and the maximum, and gives the points before rounding.


def share(cells):
    """The ratio in %, at most 100; None for a zero denominator."""
    if "value" in cells:
        return min(Fraction(100), Fraction(cells["value"]))
    below = int(cells["denominator"])
    return min(Fraction(100), Fraction(100 * int(cells["numerator"]), below)) if below else None


def yes(cells, most):
    return {"có": most, "không": Fraction(0)}[cells["value"]]


def no(cells, most):
    return {"có": Fraction(0), "không": most}[cells["value"]]


def options(**points):
    names = {name.replace("_", " "): worth for name, worth in points.items()}
    return lambda cells, most: Fraction(names[cells["value"].replace(",", "")])


def each(points):
    return lambda cells, most: min(most, int(cells["value"]) * Fraction(points))


def losing(points):
    return lambda cells, most: max(Fraction(0), most - int(cells["value"]) * Fraction(points))


def proportional(full_at=100, zero_below=0, empty_is_full=False):
    def rule(cells, most):
        measure = share(cells)
        if measure is None:
            assert empty_is_full
            return most
        return most * min(Fraction(1), measure / full_at) if zero_below <= measure else Fraction(0)

    return rule


def completed(cells, most):
    """Full at 100 %, from 80 % on by the ratio, below nothing."""
    return most * share(cells) / 100 if 80 <= share(cells) else Fraction(0)


def steps(*bands):
    return lambda cells, most: next(Fraction(points) for bound, points in bands if bound <= share(cells))


def digitised(cells, most):
    return most * min(Fraction(1), max(Fraction(0), (share(cells) - 20) / 60))


def given(cells, most):
    points = Fraction(cells["points"])
    assert 0 <= points <= most
    return points


CRITERIA = {
    "1.1": ("2", completed),
    "1.2": ("1.5", losing("0.5")),
    "1.3": ("1.5", proportional()),
    "1.4": ("1", options(nhiều_hình_thức="1", một_hình_thức="0.5", không_thực_hiện="0")),
    "1.5": ("3", proportional()),
    "1.6": ("1", each("0.5")),
    "2.1": ("3", completed),
    "2.2": ("2", yes),
    "2.3": ("2", options(đầy_đủ_đúng_hạn="2", đầy_đủ_chậm="1", không_đầy_đủ="0")),
    "2.4": ("2", given),
    "3.1": ("2", yes),
    "3.2": ("3", proportional()),
    "3.3": ("5", proportional(zero_below=90)),
    "3.4": ("3", proportional(empty_is_full=True)),
    "3.5": ("4", given),
    "4.1": ("3", options(đạt_chỉ_tiêu="3", giảm_nhưng_chưa_đạt_chỉ_tiêu="1.5", chưa_giảm="0")),
    "4.2": ("2", no),
    "4.3": ("2", yes),
    "4.4": ("3", given),
    "5.1": ("3", proportional()),
    "5.2": ("2", losing("1")),
    "5.3": ("3", steps((100, 3), (80, 2), (0, 0))),
    "5.4": ("2", no),
    "5.5": ("2", given),
    "6.1": ("4", proportional(full_at=95, zero_below=60)),
    "6.2": ("3", proportional()),
    "6.3": ("2", steps((10, 2), (5, 1), (0, 0))),
    "6.4": ("2", proportional(empty_is_full=True)),
    "7.1": ("4", proportional(full_at=70)),
    "7.2": ("3", proportional()),
    "7.3": ("4", proportional(full_at=50)),
    "7.4": ("2", digitised),
    "7.5": ("2", options(đầy_đủ="2", chưa_kịp_thời="1", không_đạt="0")),
    "8.1": ("10", proportional()),
    "8.2": ("3", given),
    "8.3": ("3", steps((100, 3), (90, 2), (0, 0))),
}
FIELDS = ["1", "2", "3", "4", "5", "6", "7", "8"]
PARTS = ("numerator", "denominator", "points")


def cells_of(row):
    """The cells of a wide row by criterion and input."""
    cells = {}
    for header, cell in row.items():
        criterion, _, last = header.rpartition(".")
        if last in PARTS:
            cells.setdefault(criterion, {})[last] = cell
        elif header in CRITERIA:
            cells.setdefault(header, {})["value"] = cell
    return cells


def score(row):
    cells = cells_of(row)
    return {name: half_up(rule(cells[name], Fraction(most))) for name, (most, rule) in CRITERIA.items()}


def lost(card):
    return [name for name, (most, _) in CRITERIA.items() if card[name] < Fraction(most)]


def check(cards, index, rank):
    for row in rows(HERE / "published.csv"):
        assert index[row["unit"]] == Fraction(row["index"]), row
        assert not row["rank"] or rank[row["unit"]] == int(row["rank"]), row
    assert rank["cau-giay"] == 4, "next after the two that share the second place"
    assert len(lost(cards["phu-xuyen"])) == 15
    mean = sum(index.values()) / len(index)
    assert len(index) == 30 and half_up(mean) == Fraction(rows(HERE / "published-mean.csv")[0]["mean"]), mean


def main():
    units = rows(ROUND / "units.csv")
    cards = {row["unit"]: score(row) for row in rows(ROUND / "results-huyen.csv")}
    # All 36 criteria apply to every unit and their maximums make 100, so points are the index.
    index = {unit: sum(card.values()) for unit, card in cards.items()}
    rank = {unit: 1 + sum(own < other for other in index.values()) for unit, own in index.items()}
    check(cards, index, rank)

    with open(HERE / "expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["unit", "name", *FIELDS, "total", "max", "index", "rank", "criteria_with_points_lost"])
        for unit in units:
            card = cards[unit["unit"]]
            fields = [sum(points for name, points in card.items() if name.startswith(field + ".")) for field in FIELDS]
            total = text(index[unit["unit"]])
            out.writerow(
                [unit["unit"], unit["name"], *map(text, fields), total, 100, total, rank[unit["unit"]], len(lost(card))]
            )

    with open(HERE / "criteria.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["unit", "criterion", "points", "max"])
        for unit in units:
            for name, points in cards[unit["unit"]].items():
                out.writerow([unit["unit"], name, text(points), CRITERIA[name][0]])


if __name__ == "__main__":
    main()
