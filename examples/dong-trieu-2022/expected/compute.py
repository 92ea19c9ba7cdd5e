#!/usr/bin/env python3
"""Scores the two units by hand-written rules, as a second opinion on parindex.

It reads results.csv and expected/published.csv and nothing else of the project. Writes expected.csv (one row
a unit) and criteria.csv (one row a unit and criterion).
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


def percent(row):
    """Numerator and denominator go before a printed value; None where it does not apply."""
    if row["value"] == "N/A":
        return None
    if row["numerator"]:
        return Fraction(100 * int(row["numerator"]), int(row["denominator"]))
    return Fraction(row["value"])


def proportional(most, full_at=100):
    return lambda row: most * min(Fraction(1), percent(row) / full_at)


def overdue(row):
    late = percent(row)
    if late <= Fraction(1, 2):
        return Fraction(20)
    return max(Fraction(0), 20 * (10 - late) / (10 - Fraction(1, 2)))


def early(row):
    share = percent(row)
    return Fraction(10 if share >= 50 else 5 if share >= 30 else 0)


def nobody_unhappy(row):
    return {"không": Fraction(5), "có": Fraction(0)}[row["value"]]


CRITERIA = {
    "1.1": (20, proportional(20)),
    "1.2": (20, overdue),
    "1.3": (10, early),
    "2.1": (20, proportional(20)),
    "2.2": (10, proportional(10, 50)),
    "3.1": (15, proportional(15)),
    "3.2": (5, nobody_unhappy),
}


def check_published():
    """The ratios that were printed, against those that the printed counts give."""
    for row in rows(HERE / "published.csv"):
        if row["computed"]:
            ratio = half_up(Fraction(100 * int(row["numerator"]), int(row["denominator"])))
            assert ratio == Fraction(row["computed"]), row
            assert not row["agrees"] or (ratio == Fraction(row["printed"])) == (row["agrees"] == "yes"), row


def main():
    check_published()
    cards = {}
    for row in rows(ROUND / "results.csv"):
        most, rule = CRITERIA[row["criterion"]]
        cell = (None, 0) if row["value"] == "N/A" else (half_up(rule(row)), most)
        cards.setdefault(row["unit"], {})[row["criterion"]] = cell
    assert all(card.keys() == CRITERIA.keys() for card in cards.values())

    def part(card, field):
        own = [cell for name, cell in card.items() if name.startswith(field) and cell[0] is not None]
        return sum((points for points, _ in own), Fraction(0)), sum(most for _, most in own)

    index = {unit: 100 * part(card, "")[0] / part(card, "")[1] for unit, card in cards.items()}
    with open(HERE / "expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("unit,name,1,2,3,total,max,index,rank".split(","))
        for unit in rows(ROUND / "units.csv"):
            card = cards[unit["unit"]]
            out.writerow(
                [unit["unit"], unit["name"]]
                + [text(part(card, field)[0]) for field in "123"]
                + [text(part(card, "")[0]), part(card, "")[1], text(half_up(index[unit["unit"]]))]
                + [1 + sum(index[unit["unit"]] < other for other in index.values())]
            )

    with open(HERE / "criteria.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("unit,criterion,points,max".split(","))
        for unit, card in cards.items():
            for name, (points, most) in card.items():
                out.writerow([unit, name, "" if points is None else text(points), most])


if __name__ == "__main__":
    main()
