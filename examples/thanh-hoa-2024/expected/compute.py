#!/usr/bin/env python3
"""Scores the round by hand-written rules, as a second opinion on parindex.

It reads CSV files of this round and last year's, and nothing else of the project. Writes expected.csv (one row
a unit), criteria.csv (one row a unit and criterion) and changes.csv (against 2023), and stops if a published
figure does not come out.
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
    assert {row["unit"] for row in published} == set(cards)
    for row in published:
        assert half_up(index(cards[row["unit"]])) == Fraction(row["index"]), row
        assert rank[row["unit"]] == int(row["rank"]), row
    mean = sum(index(card) for card in cards.values()) / len(cards)
    assert half_up(mean) == Fraction(rows(HERE / "published-mean.csv")[0]["mean"]), mean


def changes(cards, rank):
    """Against last year's expected.csv: percentage points, and places (up is positive)."""
    for row in rows(ROUND.parent / "thanh-hoa-2023" / "expected" / "expected.csv"):
        unit = row["unit"]
        if unit in cards:
            before = 100 * Fraction(row["total"]) / int(row["max"])
            yield unit, before, int(row["rank"]), index(cards[unit]) - before, int(row["rank"]) - rank[unit]


def main():
    units = rows(ROUND / "units.csv")
    cards = score(rows(ROUND / "results-so.csv"))
    assert set(cards) == {unit["unit"] for unit in units}
    rank = {unit: 1 + sum(index(card) < index(other) for other in cards.values()) for unit, card in cards.items()}
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

    with open(HERE / "changes.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["tier", "unit", "previous_index", "previous_rank", "change", "places"])
        for unit, before, rank_before, change, places in changes(cards, rank):
            sign = "-" if change < 0 else ""
            out.writerow(["so", unit, text(half_up(before)), rank_before, sign + text(half_up(abs(change))), places])

    with open(HERE / "criteria.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["tier", "unit", "criterion", "points", "max"])
        for unit in units:
            for name, (points, most) in cards[unit["unit"]].items():
                out.writerow([unit["tier"], unit["unit"], name, "" if points is None else text(points), most])


if __name__ == "__main__":
    main()
