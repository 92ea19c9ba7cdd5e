"""What the jobs have in common: files that are written whole, tables that are read by name, data that is made once."""
import csv
import subprocess
from contextlib import contextmanager
from pathlib import Path

BENCHES = Path(__file__).resolve().parent.parent


@contextmanager
def whole(path):
    """Where to write. The name changes last, so a run that was stopped leaves no half of a file to be trusted."""
    half = path.with_suffix(".part")
    yield half
    half.replace(path)


def lines(path, header, rows):
    with whole(path) as half, open(half, "w", encoding="utf-8", newline="\n") as f:
        f.write(header + "\n")
        f.writelines(row + "\n" for row in rows)


def read(path, columns):
    """One dict a row; columns are found by the name in the header, wherever they stand."""
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = csv.reader(f)
        header = next(rows, [])
        lost = [name for name in columns.values() if header.count(name) != 1]
        if lost:
            raise ValueError(f"the header must have each of these once: {', '.join(lost)}; it is: {','.join(header)}")
        places = {key: header.index(name) for key, name in columns.items()}
        for row in rows:
            if len(row) != len(header):
                raise ValueError(f"a row has {len(row)} cells, the header has {len(header)}: {row}")
            yield {key: row[i] for key, i in places.items()}


def generate(python, gen, *arguments):
    """Runs a job's gen.py."""
    python_module(python, gen, *arguments)


def python_module(python, gen, *arguments):
    """Runs a job's program in the peers' Python, as a module, so that it can import this one."""
    module = ".".join(gen.resolve().relative_to(BENCHES).with_suffix("").parts)
    subprocess.run([python, "-m", module, *arguments], cwd=BENCHES, check=True)


def generate_once(python, gen, last, *arguments):
    """The same, unless the file that it writes last is there and no older than gen.py."""
    if not last.exists() or last.stat().st_mtime < gen.stat().st_mtime:
        generate(python, gen, *arguments)
