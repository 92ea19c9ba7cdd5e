"""Turns the runs of one case into a Markdown table: medians, and ratios to ours."""
from statistics import median

MIB = 1024 * 1024
HEAD = """\
| program | wall s | min–max | CPU s | peak MiB | peak ÷ input | wall ÷ ours | CPU ÷ ours | peak ÷ ours |
|---|--:|--:|--:|--:|--:|--:|--:|--:|"""


def medians(runs):
    return {key: median(getattr(r, key) for r in runs) for key in ("wall", "cpu", "peak")}


def ratio(a, b):
    # The system counts CPU in steps; a run too short for one has no ratio.
    if not b:
        return "–"
    return f"{a / b:.2f}×" if a < 10 * b else f"{a / b:.0f}×"


def row(name, runs, ours, input_size, floor):
    m = medians(runs)
    walls = sorted(r.wall for r in runs)
    # A peak as small as the launcher's own may be smaller still.
    at_most = "≤ " if m["peak"] <= floor.peak * 1.1 else ""
    cells = [
        name,
        f"{m['wall']:.3f}",
        f"{walls[0]:.3f}–{walls[-1]:.3f}",
        f"{m['cpu']:.3f}",
        f"{at_most}{m['peak'] / MIB:.1f}",
        ratio(m["peak"], input_size),
    ]
    if ours:
        o = medians(ours)
        cells += [ratio(m[key], o[key]) for key in ("wall", "cpu", "peak")]
    else:
        cells += ["–"] * 3
    return "| " + " | ".join(cells) + " |"


def table(title, runs, our_name, input_size, floor, others):
    """`runs` is name → list of Run; ours comes first, then the fastest peer."""
    order = sorted(runs, key=lambda name: (name != our_name, median(r.wall for r in runs[name])))
    ours = runs.get(our_name)
    noise = "" if others is None else f" Other processes used {others:.2f} cores meanwhile."
    count = len(next(iter(runs.values())))
    return "\n".join(
        [
            f"### {title}",
            "",
            f"Input {input_size / MIB:.2f} MiB; medians of {count} runs.{noise}",
            "",
            HEAD,
            *(row(name, runs[name], ours, input_size, floor) for name in order),
            "",
        ]
    )
