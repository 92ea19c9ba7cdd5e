"""survey_polars.py PARTS FORMS OUT: lazy, streaming engine; sums of each stratum, then variances of the unit."""
import sys

import polars as pl

parts_file, forms, out = sys.argv[1:]
SATISFIED = 4
parts = dict(pl.read_csv(parts_file).group_by("part", maintain_order=True).agg("item").rows())
items = [part for part, its in parts.items() if its == [part]]
weight = pl.col("weight")
square = weight * weight


def sums(part):
    """Weighted sums of satisfied answers t and answers a of a form, and of their squares and product."""
    satisfied = [pl.col(item) >= SATISFIED for item in parts[part]]
    answered = [pl.col(item).is_not_null() for item in parts[part]]
    if part in items:  # 0 or 1: t² and t a are t
        (t,), (a,) = satisfied, answered
        found = {"t": weight * t, "a": weight * a, "tt": square * t, "aa": square * a}
    else:
        t, a = (pl.sum_horizontal(x.cast(pl.Int8) for x in xs).cast(pl.Float64) for xs in (satisfied, answered))
        found = {"t": weight * t, "a": weight * a, "tt": square * t * t, "ta": square * t * a, "aa": square * a * a}
    return [expr.sum().alias(f"{part}.{key}") for key, expr in found.items()]


def of(part):
    """The sums of one part, under the names that all parts have."""
    product = "tt" if part in items else "ta"
    names = {"t": "t", "a": "a", "tt": "tt", "ta": product, "aa": "aa"}
    columns = [pl.col(f"{part}.{name}").alias(key) for key, name in names.items()]
    return strata.select("unit", pl.lit(part).alias("part"), "n", *columns)


numbers = {item: pl.Int8 for item in items} | {"weight": pl.Float64}
strata = (
    pl.scan_csv(forms, schema_overrides=numbers)
    .group_by("unit", "stratum")
    .agg(pl.len().cast(pl.Float64).alias("n"), *[expr for part in parts for expr in sums(part)])
    .collect(engine="streaming")
)
n, t, a, share, total = (pl.col(name) for name in ("n", "t", "a", "share", "total"))
rest = t - share * a
squares = pl.col("tt") - 2 * share * pl.col("ta") + share * share * pl.col("aa")
variance = (n / (n - 1) * (squares - rest * rest / n)).sum()
(
    pl.concat(of(part) for part in parts)
    .with_columns(total=a.sum().over("unit", "part"), share=(t.sum() / a.sum()).over("unit", "part"))
    .group_by("unit", "part")
    .agg(share.first(), (variance.sqrt() / total.first()).alias("se"))
    .sort("unit", "part")
    .write_csv(out)
)
