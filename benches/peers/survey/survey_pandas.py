"""survey_pandas.py PARTS FORMS OUT: one vector a part; sums of each stratum by bincount, then variances of the unit."""
import sys

import numpy as np
import pandas as pd

parts_file, forms, out = sys.argv[1:]
SATISFIED = 4
parts = pd.read_csv(parts_file).groupby("part", sort=False)["item"].agg(list)

data = pd.read_csv(forms, engine="pyarrow", dtype_backend="pyarrow")
named = data["stratum"].astype("category").cat
stratum, strata = named.codes.to_numpy(np.intp), len(named.categories)
n = np.bincount(stratum)
first = np.unique(stratum, return_index=True)[1]
units, unit = np.unique(data["unit"].iloc[first].to_numpy(str), return_inverse=True)
weight = data["weight"].to_numpy("float64")


def by_stratum(x):
    return np.bincount(stratum, x, minlength=strata)


def by_unit(x):
    return np.bincount(unit, x)


satisfied, answered, tables = {}, {}, []
for part, items in parts.items():
    if items == [part]:
        label = data[part].to_numpy("float64", na_value=np.nan)
        t = satisfied[part] = label >= SATISFIED
        a = answered[part] = ~np.isnan(label)
    else:
        t = sum(satisfied[item].astype("int8") for item in items)
        a = sum(answered[item].astype("int8") for item in items)
    wt, wa = weight * t, weight * a
    t, a, tt, aa = (by_stratum(x) for x in (wt, wa, wt * wt, wa * wa))
    ta = tt if items == [part] else by_stratum(wt * wa)  # where both are 0 or 1, t a is t²
    total = by_unit(a)
    share = by_unit(t) / total
    p = share[unit]
    squares = tt - 2 * p * ta + p * p * aa
    variance = by_unit(n / (n - 1) * (squares - (t - p * a) ** 2 / n))
    tables.append(pd.DataFrame({"unit": units, "part": part, "share": share, "se": np.sqrt(variance) / total}))
pd.concat(tables).to_csv(out, index=False)
