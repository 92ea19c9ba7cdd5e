#!/usr/bin/env python3
"""Makes a round of the whole country, scored by the sample sets, and times it.

34 provinces, 14 departments each, 3321 communes; provinces look at their communes and departments,
all at SIPAS and the index of Decision 766. Values are drawn with a fixed seed and mean nothing.
"""
import argparse
import csv
import random
import statistics
import subprocess
import sys
import time
import tomllib
from pathlib import Path

CRATE = Path(__file__).resolve().parent.parent
SETS = {"tinh": "par-index-tinh-mau", "so": "par-index-so-mau", "xa": "par-index-xa-mau"}
PROVINCES, DEPARTMENTS, COMMUNES = 34, 14, 3321


def amount(chance, whole, most=100):
    return chance.randint(0, most) if whole else round(chance.uniform(0, most), 2)


def ratio(chance):
    of = chance.randint(50, 5000)
    return {"numerator": int(of * min(1, chance.triangular(0.5, 1.05, 0.95))), "denominator": of}


def measured(criterion, chance):
    """The inputs of a criterion of the kind bands or proportional."""
    measure = criterion.get("measure", "value")
    if measure == "ratio":
        return ratio(chance)
    if measure == "days-late":
        return {"": chance.randint(0, 40)}
    if measure == "formula":
        ids = [item["id"] for item in criterion["inputs"]]  # parts come before what they are parts of
        return {id_: chance.randint(*((1, 100) if 2 * at < len(ids) else (100, 500))) for at, id_ in enumerate(ids)}
    if measure in ("change", "against-target"):
        cells = ratio(chance) if criterion.get("of") == "ratio" else {"": amount(chance, False)}
        if measure == "change":
            cells["previous"] = amount(chance, False) + 1
        elif "target" not in criterion:
            cells["target"] = chance.randint(10, 90)
        return cells
    if "parts" in criterion:
        return {item["id"]: chance.randint(0, 60) for item in criterion["parts"]}
    whole = criterion.get("whole", False)
    low, high = (criterion.get("range", [0, 100]) + [100])[:2]
    return {"": low + amount(chance, whole, high - low)}


def draw(criterion, chance):
    """Input → value for one criterion of one unit."""
    kind, yes_no = criterion["kind"], ("có", "có", "có", "không")
    if kind == "yes-no":
        return {"": chance.choice(yes_no)}
    if kind == "options":
        option = chance.choice(criterion["options"])
        cells = {"": option["name"]}
        if "up_to" in option:
            cells["points"] = round((option.get("from", 0) + option["up_to"]) / 2, 2)
        return cells
    if kind == "checklist":
        return {item["id"]: chance.choice(yes_no) for item in criterion["items"]}
    if kind == "count":
        return {"": chance.randint(0, 6)}
    if kind == "losses":
        kinds = criterion.get("losses", [{"id": ""}])
        return {item["id"]: chance.choice((0, 0, 0, 1)) for item in kinds}
    if kind == "weighted":
        return {item["id"]: chance.randint(5, 60) for item in criterion["answers"]}
    if kind == "formula":
        cells = {item["id"]: chance.randint(1, 100) for item in criterion["inputs"]}
        return cells | ({"": criterion["formulas"][0]["name"]} if "formulas" in criterion else {})
    if kind == "given":
        judges = [item["id"] for item in criterion.get("judges", [{"id": "points"}])]
        return {judge: round(chance.uniform(0, criterion["max"]), 2) for judge in judges}
    if kind == "branch":
        return {}  # drawn when the answer that it looks at is known
    if kind in ("index", "lower-tier"):
        return {}  # filled in from the round
    return measured(criterion, chance)


def cells(criteria, chance):
    """The row of one unit."""
    row, answers = {}, {}
    for criterion in criteria:
        drawn = draw(criterion, chance)
        if criterion["kind"] == "branch":
            arms = criterion["when"]
            fits = [arm for arm in arms if arm.get("answer") == answers.get(criterion["on"])] or arms[-1:]
            drawn = draw(fits[0] | {"max": criterion["max"]}, chance)
        answers[criterion["id"]] = drawn.get("")
        if criterion.get("evidence") == "required":
            drawn["evidence"] = "TLKC"
        for name, value in drawn.items():
            row[f"{criterion['id']}.{name}" if name else criterion["id"]] = value
    return row


def make(folder):
    chance = random.Random(2026)
    folder.mkdir(parents=True, exist_ok=True)
    units = {"tinh": [(f"T{p:02}", "") for p in range(PROVINCES)]}
    units["so"] = [(f"T{p:02}.S{n:02}", f"T{p:02}") for p in range(PROVINCES) for n in range(DEPARTMENTS)]
    units["xa"] = [(f"T{n % PROVINCES:02}.X{n:04}", f"T{n % PROVINCES:02}") for n in range(COMMUNES)]
    with open(folder / "units.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["unit", "name", "tier", "block", "parent"])
        for tier, list_ in units.items():
            out.writerows([unit, f"Đơn vị {unit}", tier, parent if tier != "tinh" else "", parent] for unit, parent in list_)
    round_ = ['[round]\nyear = 2026\ntitle = "Cả nước (số liệu bốc thăm)"\nunits = "units.csv"\ndecimal = "point"\n']
    for tier, set_ in SETS.items():
        table = tomllib.loads((CRATE / "criteria" / f"{set_}.toml").read_text(encoding="utf-8"))
        entries = table.get("bonus", []) + table.get("deduction", [])
        criteria = [entry for entry in table["criterion"] + entries if "kind" in entry]
        rows = [{"unit": unit} | cells(criteria, chance) for unit, _ in units[tier]]
        header = list(dict.fromkeys(name for row in rows for name in row))
        with open(folder / f"results-{tier}.csv", "w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, header)
            out.writeheader()
            out.writerows(rows)
        round_.append(f'[[tier]]\nid = "{tier}"\ncriteria = "{set_}"\nresults = "results-{tier}.csv"\n')
    for index in ("sipas", "766"):
        round_.append(f'[[index]]\nid = "{index}"\nname = "Chỉ số {index}"\nfile = "{index}.csv"\n')
        with open(folder / f"{index}.csv", "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(["unit", "index"])
            out.writerows([unit, round(chance.uniform(70, 99), 2)] for list_ in units.values() for unit, _ in list_)
    (folder / "round.toml").write_text("\n".join(round_), encoding="utf-8")


def timed(command, reps):
    seconds = []
    for _ in range(reps):
        start = time.perf_counter()
        ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        seconds.append(time.perf_counter() - start)
        if ran.returncode:
            sys.exit(ran.stderr[:4000])
    return seconds


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--reps", type=int, default=5)
    a.add_argument("--work", type=Path, default=CRATE / "target" / "bench" / "national")
    options = a.parse_args()
    make(options.work)
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=CRATE, check=True)
    binary = str(CRATE / "target" / "release" / "parindex")
    for name, command in {
        "score": ["score", str(options.work), "--format", "csv"],
        "explain one province": ["explain", str(options.work), "T00"],
    }.items():
        seconds = timed([binary, *command], options.reps)
        print(f"{name}: median {statistics.median(seconds):.3f} s, {min(seconds):.3f}–{max(seconds):.3f} s")


if __name__ == "__main__":
    main()
