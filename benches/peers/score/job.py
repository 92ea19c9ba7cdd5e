"""The scoring job: its data, the programs that do it, and the check of what they write."""
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..shared import generate, generate_once
from .compare import mistakes

HERE = Path(__file__).parent
OPTION, COUNTED = "sizes", "units"  # --sizes counts units; each has 100 criteria
SIZES = [63, 3321, 100_000]
SHAPES = ["long", "wide"]
SLOW = []  # peers that take part only when they are asked for
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
    generate(python, gen, "catalog", data)
    for size in sizes:
        generate_once(python, gen, data / f"expected_{size}.csv", "results", str(size), data)


def cases(data, sizes, shapes):
    for size in sizes:
        for shape in shapes:
            yield Case(shape, size, data / f"{shape}_{size}.csv", data / f"expected_{size}.csv", data)


def peers(python, rscript):
    """Name → the command that does a case; a peer without its language is None."""

    def peer(*start):
        return lambda case, out: [*start, case.shape, case.catalog, case.input, out]

    found = {name: peer(python, HERE / f"score_{name}.py") for name in ("polars", "duckdb", "pandas")}
    r = rscript("data.table")
    found["data.table"] = r and peer(r, HERE / "score_dt.R")
    return found


def ours(binary):
    def command(case, out):
        job = ["--criteria", case.catalog / "bench.toml", "--results", case.input, "--missing", "zero"]
        return [binary, "score", *job, "--format", "csv", "--fields", "top", "--output", out]

    return command


def check(case, out, is_ours):
    names = OUR_NAMES if is_ours else None
    return list(islice(mistakes(case.expected, out, names, any_order=is_ours), SHOWN))
