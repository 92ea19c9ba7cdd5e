"""Writes the scoring job's files; the same ones every time (fixed seeds).

    gen.py catalog DIR      criteria.csv, options.csv, thresholds.csv and bench.toml
    gen.py results N DIR    long_N.csv, wide_N.csv and expected_N.csv, for N units

Points are whole numbers of 1/100 here, so expected_N.csv is the exact answer.
"""
import sys
from pathlib import Path

import numpy as np

from ..shared import lines
from .criteria_set import criteria_set

FIELD_SIZES = [13, 10, 14, 10, 13, 12, 14, 14]  # 100 criteria in 8 fields
KINDS = ["options"] * 35 + ["thresholds"] * 20 + ["prop"] * 30 + ["deduct"] * 15
GRADES = [("A", 9000), ("B", 8000), ("C", 7000), ("D", 5000), ("E", 0)]


def text(hundredths):
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def maxima(g):
    """Uneven maxima between 0.50 and 3.00 that still add up to 100.00."""
    points = np.full(100, 100)
    for _ in range(400):
        i, j = g.integers(0, 100, 2)
        if i != j and points[i] + 25 <= 300 and points[j] - 25 >= 50:
            points[i] += 25
            points[j] -= 25
    return [int(p) for p in points]


def catalog():
    g = np.random.Generator(np.random.PCG64(2026))
    kinds = list(KINDS)
    g.shuffle(kinds)
    points = maxima(g)
    codes = [(field, f"{field}.{i}") for field, n in enumerate(FIELD_SIZES, 1) for i in range(1, n + 1)]
    criteria = []
    for (field, code), kind, top in zip(codes, kinds, points):
        c = dict(code=code, field=field, kind=kind, max=top)
        if kind == "options":  # A gives everything, the last letter nothing, even steps between
            n = int(g.integers(3, 6))
            c["table"] = [("ABCDE"[i], int(round(top * (n - 1 - i) / (n - 1)))) for i in range(n)]
        elif kind == "thresholds":  # the highest minimum that is reached gives its points
            c["table"] = [(100, top), (90, top * 3 // 4), (80, top // 2), (70, top // 4), (0, 0)]
        elif kind == "prop":
            c["lo"] = int(g.choice([50, 60, 70, 80]))
            c["hi"] = int(g.choice([95, 98, 100]))
        else:
            c["step"] = int(g.choice([10, 20, 25]))
            c["cap"] = top if g.random() < 0.5 else top * 3 // 4
        criteria.append(c)
    assert sum(c["max"] for c in criteria) == 10000
    return criteria


def answers(c, g, ability):
    """What N units enter for one criterion, and the points that it gives them."""
    n, top = len(ability), c["max"]
    luck, missing = g.random(n), g.random(n) < 0.01
    if c["kind"] == "options":
        count = len(c["table"])
        level = np.floor((1 - ability) * count * (0.4 + 1.2 * luck))
        level = np.minimum(count - 1, level).astype(int)
        points = np.array([p for _, p in c["table"]])[level]
        entered = np.array([name for name, _ in c["table"]])[level].astype(object)
    elif c["kind"] == "thresholds":  # a percentage with one decimal
        v = np.clip(np.round((ability * 0.85 + 0.25 * luck) * 1000), 0, 1000).astype(np.int64)
        points = np.zeros(n, dtype=np.int64)
        for least, p in reversed(c["table"]):
            points = np.where(v >= least * 10, p, points)
        entered = np.array([f"{a // 10}.{a % 10}" for a in v], dtype=object)
    elif c["kind"] == "prop":  # a percentage with two decimals
        v = np.clip(np.round((ability * 0.85 + 0.25 * luck) * 10000), 0, 10000).astype(np.int64)
        points = (top * v + 5000) // 10000  # half-up to 0.01
        points = np.where(v >= c["hi"] * 100, top, np.where(v < c["lo"] * 100, 0, points))
        entered = np.array([text(a) for a in v], dtype=object)
    else:
        v = g.poisson((1 - ability) * 6).astype(np.int64)
        points = np.maximum(0, top - np.minimum(c["cap"], c["step"] * v))
        entered = np.array([str(a) for a in v], dtype=object)
    entered[missing] = ""
    return entered, np.where(missing, 0, points)


def write_catalog(folder):
    criteria = catalog()

    def cell(c, key, as_text=text):
        return as_text(c[key]) if key in c else ""

    def tables(kind, as_text):
        return (
            f"{c['code']},{as_text(key)},{text(p)}" for c in criteria if c["kind"] == kind for key, p in c["table"]
        )

    lines(
        folder / "criteria.csv",
        "code,field,kind,max,lo,hi,step,cap",
        (
            f"{c['code']},{c['field']},{c['kind']},{text(c['max'])},"
            f"{cell(c, 'lo', str)},{cell(c, 'hi', str)},{cell(c, 'step')},{cell(c, 'cap')}"
            for c in criteria
        ),
    )
    lines(folder / "options.csv", "code,option,points", tables("options", str))
    lines(folder / "thresholds.csv", "code,min,points", tables("thresholds", str))
    (folder / "bench.toml").write_text(criteria_set(criteria, GRADES, text), encoding="utf-8")


def expected_rows(units, fields, total):
    rank, before = 0, None
    order = sorted(range(len(units)), key=lambda i: (-total[i], units[i]))
    for place, i in enumerate(order, 1):
        if total[i] != before:  # units with equal totals share the lowest rank
            rank, before = place, total[i]
        t = int(total[i])
        grade = next(name for name, least in GRADES if t >= least)
        by_field = ",".join(text(int(p)) for p in fields[i])
        yield f"{rank},{units[i]},{by_field},{text(t)},{text(t)},{grade}"


def write_results(n, folder):
    criteria = catalog()
    g = np.random.Generator(np.random.PCG64(1000 + n))
    ability = np.clip(g.normal(0.78, 0.12, n), 0.05, 0.99)
    fields = np.zeros((n, len(FIELD_SIZES)), dtype=np.int64)
    entered = []
    for c in criteria:
        column, points = answers(c, g, ability)
        entered.append(column)
        fields[:, c["field"] - 1] += points
    units = [f"U{i:06d}" for i in range(1, n + 1)]
    codes = [c["code"] for c in criteria]
    lines(
        folder / f"wide_{n}.csv",
        "unit," + ",".join(codes),
        (u + "," + ",".join(column[i] for column in entered) for i, u in enumerate(units)),
    )
    lines(
        folder / f"long_{n}.csv",
        "unit,criterion,value",
        (f"{u},{code},{column[i]}" for i, u in enumerate(units) for code, column in zip(codes, entered)),
    )
    names = ",".join(f"F{field}" for field in range(1, 9))
    lines(
        folder / f"expected_{n}.csv",
        f"rank,unit,{names},total,percent,grade",
        expected_rows(units, fields, fields.sum(1)),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["catalog", folder]:
            write_catalog(Path(folder))
        case ["results", n, folder]:
            write_results(int(n), Path(folder))
        case _:
            sys.exit(__doc__)
