#!/usr/bin/env python3
"""Scores the round by hand-written rules, as a second opinion on parindex.

It reads the round's own CSV files and nothing else of the project. The rules of the districts and the communes
stand as code in ../../khanh-hoa-2022/expected, those of the offices here. Writes expected.csv (one row a unit)
and criteria.csv (one row a unit and criterion), and stops if a published figure does not come out.
"""

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUND = HERE.parent
SHARED = ROUND.parent / "khanh-hoa-2022" / "expected"
sys.dont_write_bytecode = True
sys.path.insert(0, str(SHARED))
specification = importlib.util.spec_from_file_location("shared_compute", SHARED / "compute.py")
shared = importlib.util.module_from_spec(specification)
specification.loader.exec_module(shared)
import rules  # noqa: E402


def tasks(u):  # 1.3
    weight = {"som": 100, "dung": 100, "tre": 50, "khong": 0}
    counts = {name: u.number("1.3", name) for name in weight}
    return 20 * sum(n * weight[name] for name, n in counts.items()) / (100 * sum(counts.values()))


def dossiers(u):  # 3.1
    return None if u.raw_ratio("3.1") is None else rules.upto(15, u.ratio("3.1"))


def open_to_all(u):  # 3.2
    return None if u.not_applicable("3.2") else Fraction(5 if u.yes("3.2") else 0)


OFFICE = {
    "1.1": (10, rules.yes("1.1", 10)),
    "1.2": (10, lambda u: max(Fraction(0), 10 - 2 * u.number("1.2"))),
    "1.3": (20, tasks),
    "2": (10, lambda u: rules.upto(10, u.ratio("2"))),
    "3.1": (15, dossiers),
    "3.2": (5, open_to_all),
    "4.1": (10, lambda u: rules.completed(u.ratio("4.1"), 10, 90)),
    "4.2": (10, lambda u: rules.upto(10, u.ratio("4.2"))),
    "5.1": (5, lambda u: min(Fraction(5), u.number("5.1") * Fraction(5, 2))),
    "5.2": (5, lambda u: u.number("5.2", "points")),
}


def office(u):
    card = {}
    for name, (most, rule) in OFFICE.items():
        points = rule(u)
        card[name] = (None, Fraction(0)) if points is None else (rules.half_up(points), Fraction(most))
    total, most = sum(p for p, _ in card.values() if p is not None), sum(m for _, m in card.values())
    index = 100 * total / most
    return {"criteria": card, "total": total, "max": most, "index": index, "grade": rules.grade_of(index)}


def score():
    cards = shared.score(ROUND)
    cards["phong"] = {u: office(rules.Unit(c)) for u, c in shared.wide_cells(ROUND / "results-phong.csv").items()}
    return cards


def main():
    cards = score()
    rank = shared.write(ROUND, HERE, cards, {"huyen": ("3", "8.1")})

    # What was published of the city.
    published = {row["figure"]: Fraction(row["value"]) for row in shared.rows(HERE / "published.csv")}
    city = cards["huyen"]["tp-son-la"]
    assert city["total"] == published["points"] and city["max"] == 100
    assert rank["tp-son-la"] == published["rank"] and len(cards["huyen"]) == published["of"]
    before = {row["unit"]: int(row["rank"]) for row in shared.rows(ROUND / "previous-2019.csv")}
    assert before["tp-son-la"] - rank["tp-son-la"] == published["places"]
    sipas = {row["unit"]: Fraction(row["index"]) for row in shared.rows(ROUND / "sipas.csv")}
    assert sipas["tp-son-la"] == published["sipas"]
    assert 1 + sum(sipas["tp-son-la"] < other for other in sipas.values()) == published["sipas_rank"]
    cells = {name: cell for name, cell in shared.long_cells(ROUND / "results-huyen.csv")["tp-son-la"].items()}
    for cell, figure in (
        (("1.3.1", "numerator"), "inspected"),
        (("1.3.1", "denominator"), "planned_inspections"),
        (("1.4.1", "value"), "broadcasts"),
        (("1.4.1", "phothong"), "broadcasts_vietnamese"),
        (("1.4.1", "dantoc"), "broadcasts_thai"),
        (("7.2", "numerator"), "online_dossiers"),
        (("7.4", "numerator"), "by_post"),
    ):
        assert Fraction(cells[cell]) == published[figure], cell
    late, all_dossiers = (int(cells["3.3.1", name]) for name in ("numerator", "denominator"))
    communes = shared.wide_cells(ROUND / "results-xa.csv").values()
    in_time, theirs = (sum(int(c["3.3.1", name]) for c in communes) for name in ("numerator", "denominator"))
    assert late + theirs - in_time == published["late_dossiers"]
    assert 100 - Fraction(100 * late, all_dossiers) > published["in_time"]
    assert rules.half_up(Fraction(100 * in_time, theirs), 1) == published["in_time_communes"]
    assert Fraction(100 * int(cells["7.1", "numerator"]), int(cells["7.1", "denominator"])) > published["signed"]
    assert sum(c["1.1", "value"] == "có" for c in communes) == len(communes) == published["communes_with_plan"]


if __name__ == "__main__":
    main()
