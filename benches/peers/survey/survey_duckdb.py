"""survey_duckdb.py PARTS FORMS OUT: one SQL query; sums of each stratum, then variances of the unit."""
import csv
import sys

import duckdb

parts_file, forms, out = sys.argv[1:]
parts = {}
with open(parts_file, newline="") as f:
    for row in csv.DictReader(f):
        parts.setdefault(row["part"], []).append(row["item"])
items = [part for part, its in parts.items() if its == [part]]


def sums(part):
    """Weighted sums of satisfied answers t and answers a of a form, and of their squares and product."""
    if part in items:  # 0 or 1: t² and t a are t
        t, a = f"{part} >= 4", f"{part} IS NOT NULL"
        found = {key: f"CASE WHEN {t} THEN {value} END" for key, value in (("t", "weight"), ("tt", "square"))}
        found |= {key: f"CASE WHEN {a} THEN {value} END" for key, value in (("a", "weight"), ("aa", "square"))}
    else:
        t = "(" + " + ".join(f"coalesce({item} >= 4, false)::INT" for item in parts[part]) + ")"
        a = "(" + " + ".join(f"({item} IS NOT NULL)::INT" for item in parts[part]) + ")"
        found = {"t": f"weight * {t}", "a": f"weight * {a}"}
        found |= {"tt": f"square * {t} * {t}", "ta": f"square * {t} * {a}", "aa": f"square * {a} * {a}"}
    return [f"coalesce(sum({expr}), 0) AS {part}_{key}" for key, expr in found.items()]


def of(part):
    """The sums of one part, under the names that all parts have."""
    product = "tt" if part in items else "ta"
    names = {"t": "t", "a": "a", "tt": "tt", "ta": product, "aa": "aa"}
    columns = ", ".join(f"{part}_{name} AS {key}" for key, name in names.items())
    return f"SELECT unit, '{part}' AS part, n, {columns} FROM strata"


types = ", ".join(f"'{column}': '{kind}'" for column, kind in [*((i, "TINYINT") for i in items), ("weight", "DOUBLE")])
query = f"""
WITH forms AS (
  SELECT *, weight * weight AS square FROM read_csv('{forms}', header = true, types = {{{types}}})),
strata AS MATERIALIZED (
  SELECT unit, stratum, count(*)::DOUBLE AS n, {", ".join(expr for part in parts for expr in sums(part))}
  FROM forms GROUP BY unit, stratum),
parts AS ({" UNION ALL ".join(of(part) for part in parts)}),
shares AS (
  SELECT *, sum(a) OVER own AS total, sum(t) OVER own / sum(a) OVER own AS p
  FROM parts WINDOW own AS (PARTITION BY unit, part))
SELECT unit, part, any_value(p) AS share,
       sqrt(sum(n / (n - 1) * (tt - 2 * p * ta + p * p * aa - (t - p * a) ** 2 / n))) / any_value(total) AS se
FROM shares GROUP BY unit, part ORDER BY unit, part"""
duckdb.connect().execute(f"COPY ({query}) TO '{out}' (HEADER, DELIMITER ',')")
