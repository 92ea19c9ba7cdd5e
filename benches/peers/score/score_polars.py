"""score_polars.py long|wide|excel CATALOG_DIR RESULTS OUT: lazy, streaming engine, whole numbers of 1/100 point."""
import sys

import polars as pl

shape, catalog, results, out = sys.argv[1:]
FIELDS = [f"F{i}" for i in range(1, 9)]
CODE = {"code": pl.String}  # 1.1 and 1.10 are two codes
NUMBERS = {key: pl.Float64 for key in ("max", "lo", "hi", "step", "cap")}


def hundredths(expr):
    return (expr * 100).round().cast(pl.Int64)


criteria = pl.read_csv(f"{catalog}/criteria.csv", schema_overrides={**CODE, **NUMBERS})
criteria = criteria.with_columns(hundredths(pl.col(key)) for key in NUMBERS)
options = pl.read_csv(f"{catalog}/options.csv", schema_overrides=CODE).with_columns(hundredths(pl.col("points")))
thresholds = pl.read_csv(f"{catalog}/thresholds.csv", schema_overrides=CODE).with_columns(hundredths(pl.col("points")))


def wide():
    named = {k[0]: dict(zip(g["option"], g["points"])) for k, g in options.group_by("code")}
    steps = {k[0]: sorted(zip(g["min"], g["points"])) for k, g in thresholds.group_by("code")}

    def rule(r):
        code = r["code"]
        if r["kind"] == "options":
            return pl.col(code).replace_strict(named[code], default=0, return_dtype=pl.Int64)
        x = pl.col(code).cast(pl.Float64, strict=False)
        if r["kind"] == "thresholds":
            points = pl.lit(0, pl.Int64)
            for least, p in steps[code]:
                points = pl.when(x >= least).then(pl.lit(p, pl.Int64)).otherwise(points)
            return points.fill_null(0)
        if r["kind"] == "prop":
            v = hundredths(x)
            part = (v * r["max"] + 5000) // 10000
            return pl.when(v >= r["hi"]).then(r["max"]).when(v >= r["lo"]).then(part).otherwise(0)
        lost = pl.min_horizontal(r["cap"], r["step"] * x.cast(pl.Int64))
        return pl.when(x.is_null()).then(0).otherwise(pl.max_horizontal(0, r["max"] - lost))

    rows = criteria.to_dicts()
    sums = [
        pl.sum_horizontal(rule(r).cast(pl.Int64) for r in rows if r["field"] == i).alias(field)
        for i, field in enumerate(FIELDS, 1)
    ]
    if shape == "excel":
        return pl.read_excel(results, engine="calamine", infer_schema_length=0).lazy().select("unit", *sums)
    return pl.scan_csv(results, infer_schema=False).select("unit", *sums)


def long():
    place = pl.int_range(pl.len()).over("code")
    steps = thresholds.sort("code", "min").with_columns(i=place)
    steps = steps.pivot(on="i", index="code", values=["min", "points"])
    most = thresholds.group_by("code").len()["len"].max()
    rules = criteria.join(steps, on="code", how="left").lazy()

    x = pl.col("value").cast(pl.Float64, strict=False)
    v = hundredths(x)
    by_threshold = pl.lit(0, pl.Int64)
    for i in range(most):
        by_threshold = pl.when(x >= pl.col(f"min_{i}")).then(pl.col(f"points_{i}")).otherwise(by_threshold)
    part = (v * pl.col("max") + 5000) // 10000
    by_share = pl.when(v >= pl.col("hi")).then(pl.col("max")).when(v >= pl.col("lo")).then(part).otherwise(0)
    lost = pl.min_horizontal(pl.col("cap"), pl.col("step") * x.cast(pl.Int64))
    kind = pl.col("kind")
    points = (
        pl.when(kind == "options").then(pl.col("points").fill_null(0))
        .when(x.is_null()).then(0)
        .when(kind == "thresholds").then(by_threshold)
        .when(kind == "prop").then(by_share)
        .otherwise(pl.max_horizontal(0, pl.col("max") - lost))
    )  # fmt: skip
    return (
        pl.scan_csv(results, infer_schema=False)
        .join(rules, left_on="criterion", right_on="code", how="left")
        .join(options.lazy(), left_on=["criterion", "value"], right_on=["code", "option"], how="left")
        .select("unit", "field", points.cast(pl.Int64).alias("p"))
        .group_by("unit")
        .agg(pl.col("p").filter(pl.col("field") == i).sum().alias(field) for i, field in enumerate(FIELDS, 1))
    )


t = pl.col("t")
grade = pl.lit("E")
for name, least in [("D", 5000), ("C", 7000), ("B", 8000), ("A", 9000)]:
    grade = pl.when(t >= least).then(pl.lit(name)).otherwise(grade)
table = (
    (long() if shape == "long" else wide())
    .with_columns(t=pl.sum_horizontal(FIELDS))
    .with_columns(rank=t.rank("min", descending=True).cast(pl.Int64))
    .sort("rank", "unit")
    .select(
        "rank",
        "unit",
        *[pl.col(field) / 100 for field in FIELDS],
        (t / 100).alias("total"),
        (t / 100).alias("percent"),
        grade.alias("grade"),
    )
)
ranked = table.collect(engine="streaming")
if shape == "excel":
    ranked.write_excel(out)
else:
    ranked.write_csv(out, float_precision=2)
