"""Runs one program and says what it cost; keeps an eye on what else the machine was doing."""
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")


@dataclass
class Run:
    wall: float  # seconds, from start to exit
    cpu: float  # seconds, user and system, all threads
    peak: int  # bytes of resident memory


class Failed(Exception):
    pass


def run(command):
    program, *rest = map(str, command)
    launcher = [sys.executable, "-I", "-S", LAUNCH]  # -I -S: a small interpreter, see launch.py
    whole = [*launcher, shutil.which(program) or program, *rest]
    done = subprocess.run(whole, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Failed(done.stderr)
    cost = json.loads(done.stdout)
    if code := cost.pop("exit_code"):
        raise Failed(f"exit code {code}\n{done.stderr}")
    return Run(**cost)


def floor():
    """The cost of a program that does nothing: below this a figure says nothing."""
    runs = [run(["true"]) for _ in range(9)]
    return Run(*(sorted(getattr(r, key) for r in runs)[4] for key in ("wall", "cpu", "peak")))


class Others:
    """CPU that other processes used while ours ran, in cores (Linux only)."""

    def __init__(self):
        self.used = self.time = 0.0

    def watch(self, command):
        before, start = busy(), time.perf_counter()
        result = run(command)
        after = busy()
        if before is not None:
            self.used += after - before - result.cpu
            self.time += time.perf_counter() - start
        return result

    def cores(self):
        return max(0.0, self.used / self.time) if self.time else None


def busy():
    """Seconds of CPU that the whole machine has used since it started."""
    try:
        with open("/proc/stat") as f:
            user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, f.readline().split()[1:9])
    except OSError:
        return None
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
