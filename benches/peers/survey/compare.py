"""Compares a program's shares and standard errors with the exact ones."""
import json
from collections import Counter
from decimal import Decimal, InvalidOperation

from ..shared import read

NEAR = Decimal("0.000001")
KEYS = ["share", "se"]


def table(path):
    """(unit, part) and its figures, one pair a row of a CSV."""
    for row in read(path, {key: key for key in ["unit", "part", *KEYS]}):
        yield (row["unit"], row["part"]), {key: row[key] for key in KEYS}


def our_json(path):
    """The same from the JSON of `parindex sipas`: percent, and an overall index that nobody else was asked for."""
    with open(path, encoding="utf-8") as f:
        found = json.load(f, parse_float=Decimal)
    for unit in found["units"]:
        for index in unit["indices"]:
            if index["kind"] != "overall":
                figures = {"share": index["index"], "se": index["se"]}
                percent = {key: None if value is None else value / Decimal(100) for key, value in figures.items()}
                yield (unit["unit"], index["part"]), percent


def near(wanted, got):
    try:
        # What is no number is near to nothing.
        return bool(got is not None and Decimal(got).is_finite() and abs(Decimal(wanted) - Decimal(got)) <= NEAR)
    except InvalidOperation:
        return False


def mistakes(expected, path, is_ours):
    """Says what is wrong, one line a mistake. Rows may stand in any order."""
    want, got = list(table(expected)), list(our_json(path) if is_ours else table(path))
    wanted, found = (Counter(place for place, _ in rows) for rows in (want, got))
    if wanted != found:
        yield from (f"unit {unit}, {part}: not there" for unit, part in wanted - found)
        yield from (f"unit {unit}, {part}: once too often" for unit, part in found - wanted)
        return
    got = dict(got)
    for (unit, part), w in want:
        g = got[unit, part]
        for key in KEYS:
            if not near(w[key], g[key]):
                yield f"unit {unit}, {part}, {key}: {w[key]} expected, found {g[key]}"
