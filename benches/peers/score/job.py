"""The scoring job: its data, the programs that do it, and the check of what they write."""
import subprocess
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .compare import mistakes

HERE = Path(__file__).parent
SIZES = [63, 3321, 100_000]  # units; each has 100 criteria
SHAPES = ["long", "wide"]
SHOWN = 5  # mistakes that are worth printing
OUR_NAMES = {**{f"F{i}": str(i) for i in range(1, 9)}, "percent": "index"}


@dataclass
class Case:
    shape: str
    size: int
    input: Path
    expected: Path
    catalog: Path

    @property
    def title(self):
        return f"score, {self.shape}, {self.size:,} units"


def prepare(python, data, sizes):
    """Writes the catalogue, and the results that are not there yet."""
    data.mkdir(parents=True, exist_ok=True)
    gen = HERE / "gen.py"
    subprocess.run([python, gen, "catalog", data], check=True)
    for size in sizes:
        last = data / f"expected_{size}.csv"  # gen.py writes it last
        if not last.exists() or last.stat().st_mtime < gen.stat().st_mtime:
            subprocess.run([python, gen, "results", str(size), data], check=True)


def cases(data, sizes, shapes):
    for size in sizes:
        for shape in shapes:
            yield Case(shape, size, data / f"{shape}_{size}.csv", data / f"expected_{size}.csv", data)


def peers(python, rscript):
    """Name → the command that does a case; a peer without its language is None."""

    def peer(*start):
        return lambda case, out: [*start, case.shape, case.catalog, case.input, out]

    found = {name: peer(python, HERE / f"score_{name}.py") for name in ("polars", "duckdb", "pandas")}
    found["data.table"] = rscript and peer(rscript, HERE / "score_dt.R")
    return found


def ours(binary):
    def command(case, out):
        job = ["--criteria", case.catalog / "bench.toml", "--results", case.input, "--missing", "zero"]
        return [binary, "score", *job, "--format", "csv", "--fields", "top", "--output", out]

    return command


def check(case, out, is_ours):
    names = OUR_NAMES if is_ours else None
    return list(islice(mistakes(case.expected, out, names, any_order=is_ours), SHOWN))
