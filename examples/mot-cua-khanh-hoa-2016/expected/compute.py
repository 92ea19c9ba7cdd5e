#!/usr/bin/env python3
"""Scores the province by hand-written rules, as a second opinion on parindex.

It reads results.csv and expected/published.csv and nothing else of the project. Writes expected.csv (one row a
criterion or group; the total is that without an id).
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


def main():
    printed = {row["figure"]: int(row["printed"]) for row in rows(HERE / "published.csv")}
    one_stop = printed["thủ tục theo cơ chế một cửa"]
    linked = printed["thủ tục theo cơ chế một cửa liên thông"]
    assert one_stop + linked == printed["thủ tục theo cơ chế một cửa và một cửa liên thông"] == 1834
    cells = {(row["criterion"], row["input"]): row["value"] for row in rows(ROUND / "results.csv")}

    def ratio(criterion, most, full_at=100):
        share = Fraction(100 * int(cells[criterion, "numerator"]), int(cells[criterion, "denominator"]))
        return most * min(Fraction(1), share / full_at)

    agencies = Fraction(cells["1.2", "value"])
    procedures = int(cells["2.1", "motcua"]) + int(cells["2.1", "lienthong"])
    assert procedures == int(cells["2.1", "value"]) == 1834
    dossiers = int(cells["3.1", "value"])
    leaves = {
        "1.1.1": (ratio("1.1.1", 10), 10),
        "1.1.2": (ratio("1.1.2", 10), 10),
        "1.1.3": (ratio("1.1.3", 10), 10),
        "1.2": (10 * min(Fraction(100), agencies) / 100 if agencies >= 80 else Fraction(0), 10),
        "1.3": (Fraction(5 * sum(cells["1.3", item] == "có" for item in ("cong", "niem-yet"))), 10),
        "2.1": (Fraction(5 if procedures >= 1500 else 3 if procedures >= 1000 else 0), 5),
        "2.2": (ratio("2.2", 10, 20), 10),
        "2.3": (ratio("2.3", 5, 70), 5),
        "2.4": (ratio("2.4", 10, 30), 10),
        "3.1": (Fraction(10 if dossiers >= 2000 else 5 if dossiers >= 1000 else 2 if dossiers > 0 else 0), 10),
        "3.2": (10 * min(Fraction(1), Fraction(cells["3.2", "value"]) / 15), 10),
    }
    leaves = {name: (half_up(points), most) for name, (points, most) in leaves.items()}
    with open(HERE / "expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("unit,criterion,points,max".split(","))
        for node in ["", "1", "1.1", *leaves, "2", "3"]:
            own = [cell for name, cell in leaves.items() if not node or name == node or name.startswith(node + ".")]
            out.writerow(["khanh-hoa", node, text(sum(p for p, _ in own)), sum(most for _, most in own)])


if __name__ == "__main__":
    main()
