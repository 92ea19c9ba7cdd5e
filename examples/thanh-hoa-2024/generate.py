#!/usr/bin/env python3
"""Makes units.csv and results-so.csv: points by criterion that add up to the published indices.

The indices were published with two digits. Two pairs of units are printed alike and ranked apart, so
their indices differ in digits that nobody printed: HIDDEN gives those. How an index is made up of
criteria is invented from a fixed seed. Run it again and the same files come out.
"""

import csv
import random
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent

CRITERIA = [
    ("1", "10"),
    ("2", "10"),
    ("3.1", "8"),
    ("3.2", "12"),
    ("4", "10"),
    ("5", "12"),
    ("6.1", "6"),
    ("6.2", "4"),
    ("7", "16"),
    ("8", "12"),
]
REMOVED = {
    "ban-dan-toc": {
        "3.2": "không phát sinh hồ sơ trong năm (giả định)",
        "6.2": "không có đơn vị sự nghiệp công lập trực thuộc (giả định)",
    }
}
HIDDEN = {
    "so-noi-vu": "90.0231",
    "vp-ubnd": "90.0178",
    "so-khcn": "85.0214",
    "so-y-te": "85.0192",
}


def split(total, left, chance):
    """The total as points of the criteria: near the same share of each, to 2 digits but for the last."""
    share = total / sum(left.values())
    points = {}
    for name, most in left.items():
        wanted = most * share + most * Decimal(chance.randint(-40, 40)) / 1000
        points[name] = min(most, max(Decimal(0), wanted)).quantize(Decimal("0.01"))
    for name, most in left.items():
        rest = total - sum(points.values())
        points[name] = min(most, max(Decimal(0), points[name] + rest))
    assert sum(points.values()) == total
    return points


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main():
    chance = random.Random(2024)
    with open(HERE / "expected" / "published.csv", encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    rows = []
    for row in published:
        unit = row["unit"]
        removed = REMOVED.get(unit, {})
        left = {name: Decimal(most) for name, most in CRITERIA if name not in removed}
        points = split(Decimal(HIDDEN.get(unit, row["index"])) * sum(left.values()) / 100, left, chance)
        for name, _ in CRITERIA:
            shown = "N/A" if name in removed else f"{points[name].normalize():f}"
            rows.append([unit, name, shown, removed.get(name, "")])
    write(
        HERE / "units.csv",
        ["unit", "name", "tier", "block"],
        [[row["unit"], row["name"], "so", "Khối sở, ban, ngành"] for row in published],
    )
    write(HERE / "results-so.csv", ["unit", "criterion", "points", "note"], rows)


if __name__ == "__main__":
    main()
