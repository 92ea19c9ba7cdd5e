"""What a run needs first: the peers' Python, R if there is one, and our own release build."""
import functools
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
CRATE = HERE.parent
REQUIREMENTS = HERE / "peers" / "requirements.txt"


def say(text):
    print(text, file=sys.stderr, flush=True)


def peers_python(work):
    """A virtual environment with the pinned packages, made anew when the pins change."""
    folder = work / "venv"
    python, installed = folder / "bin" / "python", folder / "installed.txt"
    pins = REQUIREMENTS.read_text()
    if not installed.exists() or installed.read_text() != pins:
        say("installing the peers …")
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
        installed.write_text(pins)
    return python


@functools.cache
def rscript(*packages):
    """Rscript, if it is there and knows these packages."""
    found = shutil.which("Rscript")
    load = "; ".join(["TRUE", *(f"library({package})" for package in packages)])
    if found and subprocess.run([found, "-e", load], capture_output=True).returncode == 0:
        return found
    return None


def our_binary():
    say("building parindex …")
    build = ["cargo", "build", "--release", "--bin", "parindex", "--message-format=json-render-diagnostics"]
    done = subprocess.run(build, cwd=CRATE, check=True, stdout=subprocess.PIPE, text=True)
    built = (json.loads(line).get("executable") for line in done.stdout.splitlines())
    return [Path(path) for path in built if path][-1]


def versions(binary):
    lines = [f"Python {sys.version.split()[0]}"]
    lines += [pin.replace("==", " ") for pin in REQUIREMENTS.read_text().split()]
    if rscript():
        r = 'cat("R", format(getRversion())); '
        for package in ("data.table", "survey"):
            version = f'cat("\\n{package}", format(packageVersion("{package}")))'
            r += f'if (nzchar(system.file(package = "{package}"))) {version}; '
        lines += subprocess.run([rscript(), "-e", r], capture_output=True, text=True).stdout.splitlines()
    if binary:
        lines += subprocess.run([binary, "--version"], capture_output=True, text=True).stdout.splitlines()[:1]
    return " · ".join(lines)
