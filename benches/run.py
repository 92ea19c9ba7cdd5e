#!/usr/bin/env python3
"""Measures parindex beside other programs that do the same job, and checks every cell that any of them writes.

The tables go to stdout as Markdown, everything else to stderr.
"""
import argparse
import hashlib
import importlib
import os
import platform
import subprocess
import sys
from pathlib import Path

import measure
import tools
from table import MIB, table
from tools import say

OURS = "parindex"


def names(text):
    return [part for part in text.split(",") if part]


def arguments():
    jobs = sorted(path.parent.name for path in (tools.HERE / "peers").glob("*/job.py"))
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--job", choices=jobs, default="score", help="what is done (default: score)")
    a.add_argument("--sizes", type=lambda t: [int(n) for n in names(t)], help="units, such as 63,3321,100000")
    a.add_argument("--shapes", type=names, help="long,wide")
    a.add_argument("--peers", type=names, help="such as polars,duckdb (default: all that can run)")
    a.add_argument("--reps", type=int, default=5, help="measured runs of each program (default: 5)")
    a.add_argument("--no-ours", action="store_true", help="peers only: no build, no ratios")
    a.add_argument("--work", type=Path, default=tools.CRATE / "target" / "bench", help="folder for all that is made")
    return a.parse_args()


def programs(job, options, python, r, binary):
    """Name → how to do a case, ours first."""
    chosen = {} if options.no_ours else {OURS: job.ours(binary)}
    known = job.peers(python, r)
    for name in options.peers if options.peers is not None else known:
        if name not in known:
            sys.exit(f"no peer is named {name}; there are: {', '.join(known)}")
        if known[name]:
            chosen[name] = known[name]
        else:
            say(f"{name} is skipped: Rscript with data.table was not found")
    return chosen


class Bench:
    def __init__(self, job, chosen, out):
        self.job, self.chosen, self.out = job, chosen, out
        self.right = set()  # outputs already compared: the same bytes need no second look

    def once(self, case, name, watch):
        self.out.unlink(missing_ok=True)  # an older output must never pass for this run's
        try:
            cost = watch(self.chosen[name](case, self.out))
        except measure.Failed as e:
            sys.exit(f"FAILED: {name}, {case.title}\n{e}")
        if not self.out.exists():
            sys.exit(f"FAILED: {name}, {case.title}: it wrote no output")
        key = (case.title, name, hashlib.sha256(self.out.read_bytes()).digest())
        if key not in self.right:
            try:
                wrong = self.job.check(case, self.out, name == OURS)
            except ValueError as e:
                wrong = [str(e)]
            if wrong:
                sys.exit(f"WRONG OUTPUT: {name}, {case.title}\n  " + "\n  ".join(wrong))
            self.right.add(key)
        return cost

    def case(self, case, reps, floor):
        order, others = list(self.chosen), measure.Others()
        say(f"{case.title}: first runs, not counted")
        for name in order:
            self.once(case, name, measure.run)
        runs = {name: [] for name in order}
        for rep in range(reps):
            say(f"{case.title}: {rep + 1} of {reps}")
            # Each round has every program once, and each round begins with another one.
            first = rep % len(order)
            for name in order[first:] + order[:first]:
                runs[name].append(self.once(case, name, others.watch))
        return table(case.title, runs, OURS, case.input.stat().st_size, floor, others.cores())


def machine():
    cpu = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as f:
            cpu = next((line.split(":")[1].strip() for line in f if line.startswith("model name")), cpu)
    except OSError:
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MIB / 1024
    return f"{os.cpu_count()} × {cpu}, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def main():
    options = arguments()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    job = importlib.import_module(f"peers.{options.job}.job")
    sizes, shapes = options.sizes or job.SIZES, options.shapes or job.SHAPES
    if unknown := set(shapes) - set(job.SHAPES):
        sys.exit(f"no shape is named {', '.join(unknown)}; there are: {', '.join(job.SHAPES)}")

    python, r = tools.peers_python(work), tools.rscript()
    binary = None if options.no_ours else tools.our_binary()
    chosen = programs(job, options, python, r, binary)
    if not chosen or options.reps < 1:
        sys.exit("nothing to run")
    say("making the data …")
    job.prepare(python, work / options.job, sizes)

    floor = measure.floor()
    print(f"Machine: {machine()}\n")
    print(f"Versions: {tools.versions(r, binary)}\n")
    print(f"Starting a program that does nothing: {floor.wall:.4f} s, {floor.peak / MIB:.1f} MiB\n", flush=True)
    bench = Bench(job, chosen, work / "out.csv")
    for case in job.cases(work / options.job, sizes, shapes):
        print(bench.case(case, options.reps, floor), flush=True)
    say("every cell of every output was right")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as e:
        sys.exit(f"FAILED: {' '.join(map(str, e.cmd))}")
