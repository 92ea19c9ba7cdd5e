"""The survey job: its data, the programs that do it, and the check of what they write."""
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..shared import generate_once
from .compare import mistakes

HERE = Path(__file__).parent
OPTION, COUNTED = "forms", "forms"  # --forms counts forms; each answers 22 items
SIZES = [100_000, 1_000_000]
SHAPES = []  # there is only one
SLOW = ["R-survey"]  # peers that take part only when they are asked for
SHOWN = 5  # mistakes that are worth printing


@dataclass
class Case:
    size: int
    input: Path
    expected: Path
    parts: Path
    questionnaire: Path

    @property
    def title(self):
        return f"survey, {self.size:,} forms"


def prepare(python, data, sizes):
    """Writes the questionnaire, and the forms that are not there yet."""
    data.mkdir(parents=True, exist_ok=True)
    gen = HERE / "gen.py"
    generate_once(python, gen, data / "questionnaire.toml", "questionnaire", data)
    for size in sizes:
        generate_once(python, gen, data / f"expected_{size}.csv", "forms", str(size), data)


def cases(data, sizes, shapes, python):
    for size in sizes:
        files = [f"forms_{size}.csv", f"expected_{size}.csv", "parts.csv", "questionnaire.toml"]
        yield Case(size, *(data / name for name in files))


def peers(python, rscript):
    """Name → the command that does a case; a peer without its language is None."""

    def peer(*start):
        return lambda case, out: [*start, case.parts, case.input, out]

    found = {name: peer(python, HERE / f"survey_{name}.py") for name in ("polars", "duckdb", "pandas")}
    for name, program, *packages in [
        ("data.table", "survey_dt.R", "data.table"),
        ("R-survey", "survey_R.R", "data.table", "survey"),
    ]:
        r = rscript(*packages)
        found[name] = r and peer(r, HERE / program)
    return found


def ours(binary):
    def command(case, out):
        job = ["--questionnaire", case.questionnaire, "--answers", case.input]
        return [binary, "sipas", *job, "--format", "json", "--output", out]

    return command


def check(case, out, is_ours):
    return list(islice(mistakes(case.expected, out, is_ours), SHOWN))
