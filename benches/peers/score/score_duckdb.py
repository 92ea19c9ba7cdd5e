"""score_duckdb.py long|wide CATALOG_DIR RESULTS OUT: one SQL query, DECIMAL arithmetic."""
import sys

import duckdb

shape, catalog, results, out = sys.argv[1:]
FIELDS = range(1, 9)


def csv(path):
    return f"read_csv('{path}', all_varchar = true, header = true)"


source = csv(results)
if shape == "wide":
    source = f"(UNPIVOT (FROM {source}) ON COLUMNS(* EXCLUDE unit) INTO NAME criterion VALUE value)"
number = "s.value::DECIMAL(8,2)"
# The catalogue has five thresholds at most; `steps` holds them from the highest down.
by_threshold = " ".join(f"WHEN {number} >= steps[{i}].least THEN steps[{i}].points" for i in range(1, 6))
sums = ", ".join(f"coalesce(sum(p) FILTER (field = {i}), 0)::DECIMAL(8,2) AS F{i}" for i in FIELDS)

query = f"""
WITH criteria AS (
  SELECT code, field::INT AS field, kind, max::DECIMAL(8,2) AS top, lo::DECIMAL(8,2) AS lo, hi::DECIMAL(8,2) AS hi,
         step::DECIMAL(8,2) AS step, cap::DECIMAL(8,2) AS cap
  FROM {csv(f"{catalog}/criteria.csv")}),
options AS (
  SELECT code, option, points::DECIMAL(8,2) AS points FROM {csv(f"{catalog}/options.csv")}),
thresholds AS (
  SELECT code, list({{least: min::DECIMAL(8,2), points: points::DECIMAL(8,2)}}
                    ORDER BY min::DECIMAL(8,2) DESC) AS steps
  FROM {csv(f"{catalog}/thresholds.csv")} GROUP BY code),
scored AS (
  SELECT s.unit, c.field, CASE
      WHEN c.kind = 'options' THEN coalesce(o.points, 0)
      WHEN s.value IS NULL OR s.value = '' THEN 0
      WHEN c.kind = 'thresholds' THEN CASE {by_threshold} ELSE 0 END
      WHEN c.kind = 'prop' THEN CASE WHEN {number} >= hi THEN top WHEN {number} < lo THEN 0
                                     ELSE round(top * {number} * 0.01, 2) END
      ELSE greatest(0, top - least(cap, step * s.value::INT)) END::DECIMAL(8,2) AS p
  FROM {source} s
  JOIN criteria c ON s.criterion = c.code
  LEFT JOIN options o ON o.code = s.criterion AND o.option = s.value
  LEFT JOIN thresholds t ON t.code = s.criterion),
units AS (
  SELECT unit, {sums}, sum(p)::DECIMAL(8,2) AS total FROM scored GROUP BY unit)
SELECT rank() OVER (ORDER BY total DESC) AS rank, unit, {", ".join(f"F{i}" for i in FIELDS)},
       total, total AS percent,
       CASE WHEN total >= 90 THEN 'A' WHEN total >= 80 THEN 'B' WHEN total >= 70 THEN 'C'
            WHEN total >= 50 THEN 'D' ELSE 'E' END AS grade
FROM units ORDER BY rank, unit"""
duckdb.connect().execute(f"COPY ({query}) TO '{out}' (HEADER, DELIMITER ',')")
