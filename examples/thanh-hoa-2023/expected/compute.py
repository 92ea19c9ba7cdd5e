#!/usr/bin/env python3
"""Scores the round by hand-written rules, as a second opinion on parindex.

It reads the round's own CSV files and nothing else of the project. Writes expected.csv (one row a unit)
and criteria.csv (one row a unit and criterion), and stops if a published figure does not come out.
"""

import csv
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUND = HERE.parent

MAXIMUM = {"1": 10, "2": 10, "3.1": 8, "3.2": 12, "4": 10, "5": 12, "6.1": 6, "6.2": 4, "7": 16, "8": 12}
MAY_NOT_APPLY = {"3.2", "6.2"}
FIELDS = ["1", "2", "3", "4", "5", "6", "7", "8"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_up(number, digits=2):
    scale = 10**digits
    return Fraction((2 * number * scale + 1).__floor__() // 2, scale)


def text(number, digits=4):
    """A decimal text without needless zeros; the number must fit the digits exactly."""
    scaled = number * 10**digits
    assert scaled.denominator == 1, number
    whole, rest = divmod(scaled.numerator, 10**digits)
    return f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".") if rest else str(whole)


def score(results):
    """For each unit its criteria as (points, maximum); points are None where a criterion does not apply."""
    cards = {}
    for row in results:
        card = cards.setdefault(row["unit"], {})
        criterion = row["criterion"]
        assert criterion not in card, row
        if row["points"] == "N/A":
            assert criterion in MAY_NOT_APPLY and row["note"], row
            card[criterion] = (None, 0)
        else:
            points = Fraction(row["points"])
            assert 0 <= points <= MAXIMUM[criterion], row
            card[criterion] = (points, MAXIMUM[criterion])
    assert all(card.keys() == MAXIMUM.keys() for card in cards.values())
    return cards


def part(card, field):
    """Points and applicable maximum of a field, or of the whole card."""
    own = [cell for name, cell in card.items() if field in ("", name.split(".")[0])]
    return sum((points for points, _ in own if points is not None), Fraction(0)), sum(most for _, most in own)


def index(card):
    points, most = part(card, "")
    return 100 * points / most


def check(published, cards, rank):
    for row in published:
        card = cards[row["unit"]]
        points, most = part(card, "")
        printed = len(row["index"].partition(".")[2])
        assert points == Fraction(row["points"]), row
        assert half_up(index(card), printed) == Fraction(row["index"]), row
        assert not row["max"] or most == int(row["max"]), row
        assert rank[row["unit"]] == int(row["rank"]), row


def main():
    units = rows(ROUND / "units.csv")
    cards, rank = {}, {}
    for tier in ("so", "huyen"):
        own = score(rows(ROUND / f"results-{tier}.csv"))
        assert set(own) == {unit["unit"] for unit in units if unit["tier"] == tier}
        for unit, card in own.items():
            rank[unit] = 1 + sum(index(other) > index(card) for other in own.values())
        cards |= own
    check(rows(HERE / "published.csv"), cards, rank)

    with open(HERE / "expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["tier", "unit", "name", *FIELDS, "total", "max", "index", "rank"])
        for unit in units:
            card = cards[unit["unit"]]
            points, most = part(card, "")
            out.writerow(
                [unit["tier"], unit["unit"], unit["name"]]
                + [text(part(card, field)[0]) for field in FIELDS]
                + [text(points), most, text(half_up(index(card))), rank[unit["unit"]]]
            )

    with open(HERE / "criteria.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["tier", "unit", "criterion", "points", "max"])
        for unit in units:
            for name, (points, most) in cards[unit["unit"]].items():
                out.writerow([unit["tier"], unit["unit"], name, "" if points is None else text(points), most])


if __name__ == "__main__":
    main()
