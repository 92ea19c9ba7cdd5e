"""Compares a program's table with the exact answer, cell by cell, as exact decimals."""
from collections import Counter
from decimal import Decimal, InvalidOperation

from ..shared import read

EXACT = ["rank", *(f"F{i}" for i in range(1, 9)), "total", "percent"]


def equal(wanted, got):
    if wanted == got:
        return True
    try:
        return Decimal(wanted) == Decimal(got)
    except InvalidOperation:
        return False


def mistakes(expected, path, names=None, any_order=False):
    """Says what is wrong, one line a mistake. `names` maps our column names to the program's.

    With `any_order`, units of one rank may stand in any order.
    """
    keys = ["unit", *EXACT, "grade"]
    want = list(read(expected, {key: key for key in keys}))
    got = list(read(path, {key: (names or {}).get(key, key) for key in keys}))
    wanted, found = (Counter(row["unit"] for row in rows) for rows in (want, got))
    if wanted != found:
        yield from (f"unit {unit}: not there" for unit in wanted - found)
        yield from (f"unit {unit}: once too often" for unit in found - wanted)
        return
    if any_order:
        # The ranks of the rows as they stand are compared first, then each row with its own unit's.
        for line, (w, g) in enumerate(zip(want, got), 2):
            if not equal(w["rank"], g["rank"]):
                yield f"line {line}: rank {w['rank']} expected here, found {g['rank']}"
        want.sort(key=lambda row: row["unit"])
        got.sort(key=lambda row: row["unit"])
    for w, g in zip(want, got):
        for key in keys:
            same = equal(w[key], g[key]) if key in EXACT else w[key] == g[key]
            if not same:
                yield f"unit {w['unit']}, {key}: {w[key]} expected, found {g[key]}"
