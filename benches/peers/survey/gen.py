"""Writes the survey's files; the same ones every time (fixed seeds).

    gen.py questionnaire DIR    questionnaire.toml for us, parts.csv for the peers
    gen.py forms N DIR          forms_N.csv and expected_N.csv, for N forms

Weights are whole numbers of 1/10000 here, so expected_N.csv is the exact answer, of which the errors
are roots, with twelve digits after the point.
"""
import sys
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl

from ..shared import lines, whole

UNITS = [f"T{i:02d}" for i in range(1, 64)]
STRATA = ["thi", "nong", "xa"]  # of each unit: town, countryside, far away
DRAWN = [0.5, 0.35, 0.15]  # which share of the forms comes from each
STANDS_FOR = [6000, 12500, 21000]  # how many people a form stands for, in 1/10000
FACTORS = {"F1": 4, "F2": 5, "F3": 6, "F4": 3, "F5": 4}  # 22 items, as in sipas-2017-mau
LABELS = 5
SATISFIED = 4  # this label and the one above it
ITEMS = [f"q{i}" for i in range(1, sum(FACTORS.values()) + 1)]

HEAD = """\
# Written by gen.py.
[questionnaire]
id = "bench"
name = "Survey job"
status = "sample"
overall = "pooled-answers"

[validity]
answered = 1
forms = 30

[[scale]]
id = "five"
labels = ["Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied"]
satisfied = ["Satisfied", "Very satisfied"]
"""


def items_of():
    """Factor → its items."""
    rest = iter(ITEMS)
    return {factor: [next(rest) for _ in range(count)] for factor, count in FACTORS.items()}


def parts():
    """All that is to be estimated: each item by itself, then the factors. Part → its items."""
    return {item: [item] for item in ITEMS} | items_of()


def write_questionnaire(folder):
    lines(folder / "parts.csv", "part,item", (f"{part},{item}" for part, items in parts().items() for item in items))
    text = [HEAD]
    for factor, items in items_of().items():
        text.append(f'[[factor]]\nid = "{factor}"\nname = "Factor {factor}"\n')
        text += [f'[[item]]\nid = "{item}"\nfactor = "{factor}"\ntext = "Item {item}"\n' for item in items]
    (folder / "questionnaire.toml").write_text("\n".join(text), encoding="utf-8")


def draw(n):
    """Stratum of each form (a whole number, unit by unit), its weight, and item → labels, 0 where none was chosen."""
    g = np.random.Generator(np.random.PCG64(5000 + n))
    count = len(UNITS) * len(STRATA)
    if n < 2 * count:
        sys.exit(f"{n} forms are too few: each of the {count} strata needs two")
    size = np.outer(g.uniform(0.5, 1.5, len(UNITS)), DRAWN).ravel()
    anyhow = np.arange(count).repeat(2)
    stratum = np.concatenate([anyhow, g.choice(count, n - len(anyhow), p=size / size.sum())])
    # The forms of a unit stand together, as they were entered; its strata are mixed.
    stratum = g.permutation(stratum)
    stratum = stratum[np.argsort(stratum // len(STRATA), kind="stable")]
    unit, kind = np.divmod(stratum, len(STRATA))

    fewer_answer = g.integers(8, 14, n)  # tenths: some people are harder to reach
    weight = np.array(STANDS_FOR)[kind] * g.integers(70, 131, len(UNITS))[unit] * fewer_answer // 1000
    pleased = 0.8 * g.normal(size=n) + g.normal(0, 0.3, len(UNITS))[unit] - np.array([0, 0.1, 0.35])[kind]
    answers = {}
    for item in ITEMS:
        felt = pleased + g.normal(g.uniform(0.6, 1.5), 1.0, n)
        label = np.searchsorted([-1.4, -0.4, 0.5, 1.9], felt) + 1
        answers[item] = np.where(g.random(n) < g.uniform(0.005, 0.04), 0, label)
    return stratum, weight, answers


def write_table(path, stratum, weight, answers):
    unit, kind = np.divmod(stratum, len(STRATA))
    units = pl.Series(UNITS)[unit]
    table = pl.DataFrame(
        {
            "id": np.arange(1, len(stratum) + 1),
            "unit": units,
            "stratum": units + "-" + pl.Series(STRATA)[kind],
            "weight": weight / 10000,
            **{item: pl.Series(labels).replace(0, None) for item, labels in answers.items()},
        }
    )
    with whole(path) as half:
        table.write_csv(half, float_precision=4)


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def expected_rows(stratum, weight, answers):
    """Share and standard error by unit and part, in whole numbers and fractions of them up to the root.

    A form counts t satisfied answers among a answers to the part; with totals T and A of the weighted t and a in
    the unit, the share is T / A, and the form's linearised value is w (A t - T a) / A². Their variance within each
    stratum, drawn with replacement, adds up over the unit's strata.
    """
    order = np.argsort(stratum, kind="stable")
    begins = np.searchsorted(stratum[order], np.arange(len(UNITS) * len(STRATA)))
    forms = np.diff([*begins, len(stratum)]).tolist()

    def sums(values):
        return np.add.reduceat(values[order], begins).tolist()

    by_part = {}
    for part, items in parts().items():
        t = sum((answers[item] >= SATISFIED).astype(np.int64) for item in items)
        a = sum((answers[item] > 0).astype(np.int64) for item in items)
        wt, wa = weight * t, weight * a
        by_part[part] = list(zip(forms, sums(wt), sums(wa), sums(wt * wt), sums(wt * wa), sums(wa * wa)))

    for i, unit in enumerate(UNITS):
        for part, strata in by_part.items():
            own = strata[i * len(STRATA) : (i + 1) * len(STRATA)]
            T, A = sum(s[1] for s in own), sum(s[2] for s in own)
            variance = Fraction(0)
            for n, t, a, tt, ta, aa in own:
                squares = A * A * tt - 2 * A * T * ta + T * T * aa
                variance += Fraction(n, n - 1) * (squares - Fraction((A * t - T * a) ** 2, n))
            with localcontext(prec=40):
                share, error = decimal(Fraction(T, A)), decimal(variance / A**4).sqrt()
                row = f"{unit},{part},{share:.12f},{error:.12f}"
            yield row


def write_forms(n, folder):
    drawn = draw(n)
    write_table(folder / f"forms_{n}.csv", *drawn)
    lines(folder / f"expected_{n}.csv", "unit,part,share,se", expected_rows(*drawn))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["questionnaire", folder]:
            write_questionnaire(Path(folder))
        case ["forms", n, folder]:
            write_forms(int(n), Path(folder))
        case _:
            sys.exit(__doc__)
