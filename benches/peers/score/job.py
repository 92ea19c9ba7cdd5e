"""The scoring job: its data, the programs that do it, and the check of what they write."""
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..shared import generate, generate_once, python_module
from .compare import mistakes

HERE = Path(__file__).parent
OPTION, COUNTED = "sizes", "units"  # --sizes counts units; each has 100 criteria
SIZES = [63, 3321, 100_000]
SHAPES = ["long", "wide", "excel"]
READ_EXCEL = ["polars", "pandas"]  # peers that read and write workbooks by themselves
MOST_IN_EXCEL = 10_000  # units; nobody keeps more in a workbook
SLOW = []  # peers that take part only when they are asked for
SHOWN = 5  # mistakes that are worth printing
OUR_NAMES = {**{f"F{i}": str(i) for i in range(1, 9)}, "percent": "index"}
OUR_HEADINGS = {**OUR_NAMES, "rank": "Rank", "unit": "Id", "total": "Total", "percent": "Index (%)", "grade": "Grade"}


@dataclass
class Case:
    shape: str
    size: int
    input: Path
    expected: Path
    catalog: Path
    python: Path

    @property
    def title(self):
        return f"score, {self.shape}, {self.size:,} units"

    @property
    def suffix(self):
        """What the output's name must end with."""
        return ".xlsx" if self.shape == "excel" else ""

    def is_done_by(self, peer, ours):
        """Whether a program takes part."""
        return self.shape != "excel" or peer in [ours, *READ_EXCEL]


def prepare(python, data, sizes):
    """Writes the catalogue, and the results that are not there yet."""
    data.mkdir(parents=True, exist_ok=True)
    gen = HERE / "gen.py"
    generate(python, gen, "catalog", data)
    for size in sizes:
        generate_once(python, gen, data / f"expected_{size}.csv", "results", str(size), data)


def cases(data, sizes, shapes, python):
    for size in sizes:
        for shape in shapes:
            expected = data / f"expected_{size}.csv"
            if shape != "excel":
                yield Case(shape, size, data / f"{shape}_{size}.csv", expected, data, python)
            elif size <= MOST_IN_EXCEL:
                book = data / f"wide_{size}.xlsx"
                generate_once(python, HERE / "workbook.py", book, "write", data, str(size))
                yield Case(shape, size, book, expected, data, python)


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
        if case.shape == "excel":
            job = ["--criteria", case.catalog / "bench.toml", "--results", case.input, "--missing", "zero"]
            return [binary, "export", *job, "--what", "ranking", "--lang", "en", "--to", out]
        job = ["--criteria", case.catalog / "bench.toml", "--results", case.input, "--missing", "zero"]
        return [binary, "score", *job, "--format", "csv", "--fields", "top", "--output", out]

    return command


def check(case, out, is_ours):
    names = OUR_NAMES if is_ours else None
    if case.shape == "excel":
        table = out.with_suffix(".csv")
        python_module(case.python, HERE / "workbook.py", "read", out, table)
        out, names = table, OUR_HEADINGS if is_ours else None
    return list(islice(mistakes(case.expected, out, names, any_order=is_ours), SHOWN))
