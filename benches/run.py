#!/usr/bin/env python3
"""Measures parindex beside other programs that do the same jobs, and checks every cell that any of them writes.

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


def numbers(text):
    return [int(part) for part in names(text)]


def every_job():
    folders = sorted(path.parent.name for path in (tools.HERE / "peers").glob("*/job.py"))
    return {name: importlib.import_module(f"peers.{name}.job") for name in folders}


def arguments(jobs):
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--jobs", type=names, default=list(jobs), help=f"what is done (default: {','.join(jobs)})")
    for name, job in jobs.items():
        usual = ",".join(map(str, job.SIZES))
        a.add_argument(f"--{job.OPTION}", type=numbers, help=f"{name}: numbers of {job.COUNTED} (default: {usual})")
    a.add_argument("--shapes", type=names, help="score: long,wide,excel")
    a.add_argument("--peers", type=names, help="such as polars,duckdb (default: all that can run and are not slow)")
    slow = ",".join(peer for job in jobs.values() for peer in job.SLOW)
    a.add_argument("--slow", action="store_true", help=f"peers that take minutes, too: {slow}")
    a.add_argument("--reps", type=int, default=5, help="measured runs of each program (default: 5)")
    a.add_argument("--no-ours", action="store_true", help="peers only: no build, no ratios")
    a.add_argument("--work", type=Path, default=tools.CRATE / "target" / "bench", help="folder for all that is made")
    return a.parse_args()


def known(what, given, there):
    if unknown := [name for name in given if name not in there]:
        sys.exit(f"no {what} is named {', '.join(unknown)}; there are: {', '.join(there)}")


def programs(job, peers, options, binary):
    """Name → how to do a case, ours first."""
    chosen = {} if options.no_ours else {OURS: job.ours(binary)}
    for name, command in peers.items():
        if options.peers is not None:
            asked = name in options.peers
        else:
            asked = options.slow or name not in job.SLOW
        if asked and command:
            chosen[name] = command
        elif asked:
            say(f"{name} is skipped: Rscript, or a package that it loads, was not found")
    return chosen


class Bench:
    def __init__(self, job, chosen, out):
        self.job, self.chosen, self.out = job, chosen, out
        self.right = set()  # outputs already compared: the same bytes need no second look

    def once(self, case, name, watch):
        out = self.out.with_suffix(getattr(case, "suffix", ""))
        out.unlink(missing_ok=True)  # an older output must never pass for this run's
        try:
            cost = watch(self.chosen[name](case, out))
        except measure.Failed as e:
            sys.exit(f"FAILED: {name}, {case.title}\n{e}")
        if not out.exists():
            sys.exit(f"FAILED: {name}, {case.title}: it wrote no output")
        key = (case.title, name, hashlib.sha256(out.read_bytes()).digest())
        if key not in self.right:
            try:
                wrong = self.job.check(case, out, name == OURS)
            except ValueError as e:
                wrong = [str(e)]
            if wrong:
                sys.exit(f"WRONG OUTPUT: {name}, {case.title}\n  " + "\n  ".join(wrong))
            self.right.add(key)
        return cost

    def case(self, case, reps, floor):
        does = getattr(case, "is_done_by", lambda peer, ours: True)
        order, others = [name for name in self.chosen if does(name, OURS)], measure.Others()
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
    jobs = every_job()
    options = arguments(jobs)
    known("job", options.jobs, jobs)
    jobs = {name: jobs[name] for name in options.jobs}
    shapes = [shape for job in jobs.values() for shape in job.SHAPES]
    known("shape", options.shapes or [], shapes)
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)

    python = tools.peers_python(work)
    peers = {name: job.peers(python, tools.rscript) for name, job in jobs.items()}
    known("peer", options.peers or [], list(dict.fromkeys(name for some in peers.values() for name in some)))
    if options.peers:  # a job that none of them does is left out
        jobs = {name: job for name, job in jobs.items() if not peers[name].keys().isdisjoint(options.peers)}
    binary = None if options.no_ours else tools.our_binary()
    chosen = {name: programs(job, peers[name], options, binary) for name, job in jobs.items()}
    if not all(chosen.values()) or not chosen or options.reps < 1:
        sys.exit("nothing to run")

    floor = measure.floor()
    print(f"Machine: {machine()}\n")
    print(f"Versions: {tools.versions(binary)}\n")
    print(f"Starting a program that does nothing: {floor.wall:.4f} s, {floor.peak / MIB:.1f} MiB\n", flush=True)
    for name, job in jobs.items():
        say(f"{name}: making the data …")
        sizes = getattr(options, job.OPTION) or job.SIZES
        job.prepare(python, work / name, sizes)
        bench = Bench(job, chosen[name], work / "out")
        for case in job.cases(work / name, sizes, options.shapes or job.SHAPES, python):
            print(bench.case(case, options.reps, floor), flush=True)
    say("every cell of every output was right")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as e:
        sys.exit(f"FAILED: {' '.join(map(str, e.cmd))}")
