#!/usr/bin/env python3
"""Scores the invented round by hand-written rules, as a second opinion on parindex.

It reads the round's own CSV files and nothing else of the project: every rule stands here as code,
in exact fractions. Writes expected.csv (one row a unit) and criteria.csv (one row a unit and criterion).
"""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUND = HERE.parent

NOT_APPLICABLE = {"n/a", "kad", "không áp dụng", "không phát sinh", "không đánh giá"}
DUE = date(2026, 12, 15)
LAST_DATE = date(2026, 12, 20)


def rows(name):
    with open(ROUND / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_up(number, digits=2):
    scale = 10**digits
    return Fraction((2 * number * scale + 1).__floor__() // 2, scale)


def text(number, digits=2):
    """A decimal text without needless zeros; the number must fit the digits exactly."""
    scaled = number * 10**digits
    assert scaled.denominator == 1, number
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled.numerator), 10**digits)
    return sign + (f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".") if rest else str(whole))


class Inputs:
    """What one unit entered."""

    def __init__(self):
        self.cells = {}

    def of(self, criterion, name="value"):
        return self.cells.get((criterion, name), "")

    def not_applicable(self, criterion):
        return self.of(criterion).lower() in NOT_APPLICABLE

    def yes(self, criterion, name="value"):
        return {"có": True, "không": False}[self.of(criterion, name)]

    def number(self, criterion, name="value"):
        return Fraction(self.of(criterion, name))

    def percent(self, criterion):
        """The ratio in %, at most 100; None for a zero denominator."""
        if self.of(criterion):
            return min(Fraction(100), self.number(criterion))
        below = self.number(criterion, "denominator")
        if below == 0:
            return None
        return min(Fraction(100), 100 * self.number(criterion, "numerator") / below)


def read_inputs():
    units = {}
    for row in rows("results-xa.csv"):
        cells = units.setdefault(row["unit"], Inputs()).cells
        for name in ("value", "numerator", "denominator", "evidence"):
            cells[row["criterion"], name] = row[name].strip()
    for row in rows("results-xa-inputs.csv"):
        units[row["unit"]].cells[row["criterion"], row["input"]] = row["value"].strip()
    return units


# Each rule gives the points, or None where the criterion leaves the maximum.


def plan_issued(unit):  # I.1
    if not unit.of("I.1", "evidence"):
        return Fraction(0)
    days = unit.number("I.1")
    return Fraction(3) if days <= 30 else Fraction(3, 2) if days <= 60 else Fraction(0)


def inspected(unit):  # I.2.1
    if unit.not_applicable("I.2.1") or unit.percent("I.2.1") is None:
        return None
    percent = unit.percent("I.2.1")
    if percent >= 30:
        return Fraction(1)
    if percent >= 25:
        return Fraction(1, 2)
    return Fraction(1, 4) if percent > 0 else Fraction(0)


def findings_settled(unit):  # I.2.2: nothing found is full
    return Fraction(1) if unit.not_applicable("I.2.2") or unit.yes("I.2.2") else Fraction(0)


def all_three(criterion, points):  # I.3, II.7
    return lambda unit: Fraction(points) if all(unit.yes(criterion, item) for item in "abc") else Fraction(0)


def one_or_two(criterion):  # I.4, IV.1
    return lambda unit: min(Fraction(2), Fraction(unit.number(criterion).__floor__()))


def tasks(criterion):  # II.1.1, II.1.2
    def points(unit):
        percent = unit.percent(criterion)
        for bound, worth in ((100, 10), (90, 8), (80, 6), (70, 4)):
            if percent >= bound:
                return Fraction(worth)
        return Fraction(0)

    return points


def platform(unit):  # II.1.3
    return Fraction({"hiệu quả, thường xuyên": 10, "không thường xuyên": 3, "không thực hiện": 0}[unit.of("II.1.3")])


def opinions(unit):  # II.2
    if unit.not_applicable("II.2"):
        return None
    return Fraction(8) if unit.yes("II.2") else Fraction(0)


def yes(criterion, points):
    return lambda unit: Fraction(points) if unit.yes(criterion) else Fraction(0)


def classes(unit):  # II.4.2 depends on II.4.1
    if not unit.yes("II.4.1"):
        return Fraction({"có tổ chức": 2, "không tổ chức": 0}[unit.of("II.4.2")])
    percent = unit.percent("II.4.2")
    for bound, worth in ((100, 5), (85, 4), (60, 3)):
        if percent >= bound:
            return Fraction(worth)
    return Fraction(2) if percent > 0 else Fraction(0)


def times(criterion):  # II.5.1, II.5.2
    def points(unit):
        number = unit.number(criterion)
        return Fraction(4 if number >= 100 else 3 if number >= 50 else 2 if number > 0 else 0)

    return points


def disbursed(unit):  # II.6
    if unit.not_applicable("II.6") or unit.percent("II.6") is None:
        return None
    percent = unit.percent("II.6")
    if percent >= 85:
        return Fraction(10)
    return half_up(percent / 85 * 10) if percent >= 60 else Fraction(0)


def breakthrough(unit):  # IV.3.1
    answer = unit.of("IV.3.1")
    if answer == "cải tiến từ mô hình cũ":
        points = unit.number("IV.3.1", "points")
        assert 0 <= points <= 3
        return points
    return Fraction({"tiên phong": 6, "không có": 0}[answer])


def articles(unit):  # IV.3.2
    number = unit.number("IV.3.2")
    return Fraction(3) if number >= 5 else Fraction(3, 2) if number >= 2 else Fraction(0)


def product(unit):  # IV.3.3
    return {"4 sao trở lên": Fraction(1), "3 sao": Fraction(1, 2), "không có": Fraction(0)}[unit.of("IV.3.3")]


CRITERIA = {
    "I.1": (3, plan_issued),
    "I.2.1": (1, inspected),
    "I.2.2": (1, findings_settled),
    "I.3": (3, all_three("I.3", 3)),
    "I.4": (2, one_or_two("I.4")),
    "II.1.1": (10, tasks("II.1.1")),
    "II.1.2": (10, tasks("II.1.2")),
    "II.1.3": (10, platform),
    "II.2": (8, opinions),
    "II.3.1": (4, yes("II.3.1", 4)),
    "II.3.2": (4, yes("II.3.2", 4)),
    "II.4.1": (3, yes("II.4.1", 3)),
    "II.4.2": (5, classes),
    "II.5.1": (4, times("II.5.1")),
    "II.5.2": (4, times("II.5.2")),
    "II.6": (10, disbursed),
    "II.7": (3, all_three("II.7", 3)),
}
BONUS = {
    "IV.1": (2, one_or_two("IV.1")),
    "IV.2": (1, yes("IV.2", 1)),
    "IV.3.1": (6, breakthrough),
    "IV.3.2": (3, articles),
    "IV.3.3": (1, product),
    "IV.3.4": (1, yes("IV.3.4", 1)),
    "IV.3.5": (1, yes("IV.3.5", 1)),
}
GROUPS = ["I", "I.2", "II", "II.1", "II.3", "II.4", "II.5"]


def deduction(row):
    """The points that a row takes, or None where the unit is not scored."""
    if row["waived"] == "có":
        assert row["document"] and row["deduction"] in ("V.1", "V.2")
        return Fraction(0)
    if row["deduction"] == "V.1":
        days = (date.fromisoformat(row["date"]) - DUE).days if row["date"] else int(row["count"])
        if days > (LAST_DATE - DUE).days:
            return None
        return Fraction(0 if days <= 0 else 1 + max(0, days - 2))
    count = int(row["count"] or 1)
    assert row["deduction"] != "V.4" or row["document"]
    return count * {"V.2": Fraction(1), "V.3": Fraction(1, 2), "V.4": Fraction(1)}[row["deduction"]]


def inside(criterion, group):
    return criterion.startswith(group + ".")


def score(unit, events):
    leaf = {name: (rule(unit), maximum) for name, (maximum, rule) in CRITERIA.items()}
    bonus = {name: (rule(unit), maximum) for name, (maximum, rule) in BONUS.items()}
    group = {}
    for name in GROUPS:
        own = [(points, maximum) for leaf_name, (points, maximum) in leaf.items() if inside(leaf_name, name)]
        counted = [(points, maximum) for points, maximum in own if points is not None]
        group[name] = (sum(p for p, _ in counted), sum(m for _, m in counted))
    taken = [(row["deduction"], deduction(row)) for row in events]
    return {
        "leaf": leaf,
        "group": group,
        "bonus": bonus,
        "taken": taken,
        "scored": all(points is not None for _, points in taken),
    }


def total(card):
    regular = min(Fraction(85), card["group"]["I"][0] + card["group"]["II"][0])
    bonus = min(Fraction(15), sum(points for points, _ in card["bonus"].values()))
    deductions = sum((points for _, points in card["taken"]), Fraction(0))
    points = min(Fraction(100), max(Fraction(0), regular + bonus - deductions))
    maximum = card["group"]["I"][1] + card["group"]["II"][1] + 15
    return bonus, deductions, points, maximum, 100 * points / maximum


def grade(index):
    return "Loại A" if index >= 90 else "Loại B" if index >= 75 else "Loại C" if index >= 50 else "Loại D"


def main():
    units = rows("units.csv")
    inputs = read_inputs()
    events = rows("deductions.csv")
    cards = {u["unit"]: score(inputs[u["unit"]], [e for e in events if e["unit"] == u["unit"]]) for u in units}
    results = {name: total(card) for name, card in cards.items() if card["scored"]}
    ranked = [u for u in units if u["unit"] in results and not u["ranked"].startswith("không")]

    with open(HERE / "expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("unit,name,block,I,II,bonus,deductions,total,max,index,grade,rank,status".split(","))
        for u in units:
            card = cards[u["unit"]]
            if not card["scored"]:
                out.writerow([u["unit"], u["name"], u["block"]] + [""] * 9 + ["not scored"])
                continue
            bonus, deductions, points, maximum, index = results[u["unit"]]
            rank = ""
            if u in ranked:
                rank = 1 + sum(results[v["unit"]][4] > index for v in ranked if v["block"] == u["block"])
            out.writerow(
                [u["unit"], u["name"], u["block"]]
                + [text(n) for n in (card["group"]["I"][0], card["group"]["II"][0], bonus, deductions, points)]
                + [text(maximum), text(half_up(index)), grade(index), rank, "ranked" if u in ranked else "not ranked"]
            )

    with open(HERE / "criteria.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("unit,criterion,points,max".split(","))
        for u in units:
            card = cards[u["unit"]]
            if not card["scored"]:
                continue
            for name, (points, maximum) in {**card["group"], **card["leaf"], **card["bonus"]}.items():
                shown = ["", 0] if points is None else [text(points), maximum]
                out.writerow([u["unit"], name] + shown)


if __name__ == "__main__":
    main()
