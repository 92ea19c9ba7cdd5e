"""score_pandas.py long|wide|excel CATALOG_DIR RESULTS OUT: one vector a criterion, whole numbers of 1/100 point."""
import sys

import numpy as np
import pandas as pd

shape, catalog, results, out = sys.argv[1:]
FIELDS = range(1, 9)
CODE = {"code": str}  # 1.1 and 1.10 are two codes


def hundredths(series):
    return (series * 100).round().astype("int64")


criteria = list(pd.read_csv(f"{catalog}/criteria.csv", dtype=CODE).itertuples())
options = pd.read_csv(f"{catalog}/options.csv", dtype=CODE).groupby("code")
options = {code: dict(zip(g.option, hundredths(g.points))) for code, g in options}
thresholds = pd.read_csv(f"{catalog}/thresholds.csv", dtype=CODE).groupby("code")
thresholds = {code: g.sort_values("min") for code, g in thresholds}


def rule(c, entered):
    if c.kind == "options":
        return entered.map(options[c.code]).fillna(0).to_numpy("int64")
    x = pd.to_numeric(entered, errors="coerce").to_numpy("float64")
    missing, top = np.isnan(x), round(c.max * 100)
    if c.kind == "thresholds":
        steps = thresholds[c.code]
        i = np.searchsorted(steps["min"].to_numpy("float64"), np.where(missing, -1, x), side="right") - 1
        points = np.where(i >= 0, hundredths(steps.points).to_numpy()[i], 0)
    elif c.kind == "prop":
        v = np.where(missing, 0, np.rint(x * 100)).astype("int64")
        points = (top * v + 5000) // 10000
        points = np.where(v >= c.hi * 100, top, np.where(v < c.lo * 100, 0, points))
    else:
        count = np.where(missing, 0, x).astype("int64")
        points = np.maximum(0, top - np.minimum(round(c.cap * 100), round(c.step * 100) * count))
    return np.where(missing, 0, points)


if shape == "excel":
    data = pd.read_excel(results, dtype=str, engine="calamine")
else:
    data = pd.read_csv(results, dtype=str, engine="pyarrow")
if shape != "long":
    units = data["unit"]
    fields = {i: sum(rule(c, data[c.code]) for c in criteria if c.field == i) for i in FIELDS}
else:
    unit, criterion = data["unit"].astype("category"), data["criterion"].astype("category")
    units, row = pd.Series(unit.cat.categories), unit.cat.codes.to_numpy()
    fields = {i: np.zeros(len(units), "int64") for i in FIELDS}
    places = data.groupby(criterion, observed=True)["value"].indices
    for c in criteria:
        at = places[c.code]
        np.add.at(fields[c.field], row[at], rule(c, data["value"].iloc[at]))

total = sum(fields.values())
table = pd.DataFrame({"unit": units.astype(str), **{f"F{i}": points / 100 for i, points in fields.items()}})
table["total"] = table["percent"] = total / 100
table["grade"] = np.select([total >= 9000, total >= 8000, total >= 7000, total >= 5000], list("ABCD"), "E")
table.insert(0, "rank", pd.Series(total).rank(method="min", ascending=False).astype("int64"))
table = table.sort_values(["rank", "unit"])
if shape == "excel":
    table.to_excel(out, index=False, engine="xlsxwriter")
else:
    table.to_csv(out, index=False, float_format="%.2f")
