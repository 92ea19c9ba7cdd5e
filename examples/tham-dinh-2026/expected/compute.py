#!/usr/bin/env python3
"""Computes this round again, stage by stage, without parindex: fractions, no floats.

Writes expected.csv (a row a unit) and stages.csv (a row a unit and stage).
"""
import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUND = HERE.parent
STAGES = ["self", "appraisal1", "explanation", "appraisal2"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cents(exact):
    """Half-up to two digits."""
    return Fraction(int(exact * 100 + Fraction(1, 2)), 100)


def shown(exact):
    return str(Decimal(exact.numerator * 10**4 // exact.denominator) / 10**4).rstrip("0").rstrip(".") or "0"


def points(criterion, row):
    """Points of one appraised criterion for what a row gives."""
    value = row["value"]
    ratio = Fraction(row["numerator"]) / Fraction(row["denominator"]) * 100 if row["numerator"] else None
    if criterion == "1.1":
        days = int(value)
        return Fraction(3) if days == 0 else Fraction(3, 2) if days <= 15 else Fraction(0)
    if criterion == "1.2":
        return max(Fraction(0), 4 - Fraction(1, 2) * int(value))
    if criterion == "1.3":
        if row["evidence"] in ("", "không"):
            return Fraction(0)
        fixed = {"được công nhận, đã nhân rộng": 5, "được công nhận": 3, "không có": 0}
        return Fraction(fixed[value]) if value in fixed else Fraction(row["points"])
    if criterion == "2.1":
        return cents(10 * ratio / 100)
    if criterion == "2.2":
        return cents(5 * min(Fraction(100), ratio / 60 * 100) / 100)
    return Fraction(3 if value == "có" else 0)


def survey(row):
    counts = [int(row[f"3.1.{answer}"]) for answer in "abcd"]
    weights = [100, 60, 20, 0]
    return cents(10 * Fraction(sum(n * w for n, w in zip(counts, weights)), 100 * sum(counts)))


def main():
    given = rows(ROUND / "results-xa.csv")
    surveys = {row["unit"]: survey(row) for row in rows(ROUND / "survey-xa.csv")}
    units = [row["unit"] for row in rows(ROUND / "units.csv")]
    names = {row["unit"]: row["name"] for row in rows(ROUND / "units.csv")}
    stages, totals, fields, in_time = [], {}, {}, {}
    for unit in units:
        latest = {}
        for stage in STAGES:
            for row in given:
                if row["unit"] == unit and row["stage"] == stage:
                    latest[row["criterion"]] = points(row["criterion"], row)
                    if row["criterion"] == "2.1":
                        in_time[unit] = Fraction(row["numerator"]) / Fraction(row["denominator"]) * 100
            stages.append([unit, stage, shown(sum(latest.values()))])
        fields[unit] = [sum(p for id_, p in latest.items() if id_.startswith(field)) for field in "12"]
        totals[unit] = sum(latest.values()) + surveys[unit]
    with open(HERE / "stages.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["unit", "stage", "points"])
        out.writerows(stages)
    with open(HERE / "expected.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["unit", "name", "1", "2", "3", "total", "max", "index", "grade", "rank"])
        for unit in units:
            index = totals[unit] / 40 * 100
            grade = next(name for name, cut in (("Tốt", 85), ("Khá", 70), ("Trung bình", 50), ("Yếu", 0)) if cut <= index)
            if in_time[unit] < 95 and grade == "Tốt":
                grade = "Khá"
            rank = 1 + sum(totals[unit] < other for other in totals.values())
            parts = [*fields[unit], surveys[unit], totals[unit]]
            out.writerow([unit, names[unit], *map(shown, parts), 40, shown(cents(index)), grade, rank])


if __name__ == "__main__":
    main()
