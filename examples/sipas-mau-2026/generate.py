"""Makes answers.csv, units.csv and quotas.csv: an invented survey of an invented province.

    python3 generate.py

Standard library only. Every draw is random.Random(20261001).random(), and no function of the
platform's mathematics library is used, so the files are the same bytes on every machine.
"""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
draw = random.Random(20261001).random

# Unit, name, block, hamlets that it has, hamlets drawn, its level among the others.
UNITS = [
    ("X01", "Phường Mẫu 1", "Khối phường", 34, 10, 0.20),
    ("X02", "Phường Mẫu 2", "Khối phường", 28, 9, 0.45),
    ("X03", "Phường Mẫu 3", "Khối phường", 25, 8, -0.05),
    ("X04", "Phường Mẫu 4", "Khối phường", 40, 10, 0.00),
    ("X05", "Phường Mẫu 5", "Khối phường", 31, 10, -0.30),
    ("X06", "Xã Mẫu 6", "Khối xã", 22, 10, 0.30),
    ("X07", "Xã Mẫu 7", "Khối xã", 16, 8, 0.10),
    ("X08", "Xã Mẫu 8", "Khối xã", 19, 9, -0.15),
    ("X09", "Xã Mẫu 9", "Khối xã", 13, 3, 0.05),
    ("X10", "Xã Mẫu 10", "Khối xã", 24, 10, 0.15),
    ("X11", "Xã Mẫu 11", "Khối xã", 18, 9, -0.40),
    ("X12", "Xã Mẫu 12", "Khối xã", 12, 6, 0.25),
]
SMALL = {"X09": [8, 8, 7]}  # a unit that stays below 30 valid forms: forms of its hamlets

# Items of each factor, and the factor's level.
FACTORS = [(2, 0.05), (2, -0.25), (9, 0.00), (10, 0.05), (3, 0.20), (4, 0.15), (3, 0.10), (3, 0.00), (3, -0.30)]
ITEMS = sum(count for count, _ in FACTORS)
LABELS = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"]
BLANK = "Chưa chọn"
MEAN = 1.48  # of the latent satisfaction; above 0 is satisfied
STEPS = [-2.4, -1.3, 0.0, 2.1]

GROUPS = {
    "gioi_tinh": [("Nam", 0.47), ("Nữ", 0.53)],
    "dan_toc": [("Kinh", 0.86), ("Khác", 0.14)],
    "tuoi": [("18–24", 0.08), ("25–34", 0.22), ("35–49", 0.34), ("50–60", 0.22), ("Trên 60", 0.14)],
    "hoc_van": [
        ("Tiểu học", 0.08), ("Trung học cơ sở", 0.24), ("Trung học phổ thông", 0.31),
        ("Trung cấp, cao đẳng", 0.15), ("Đại học", 0.19), ("Trên đại học", 0.03),
    ],
    "nghe_nghiep": [
        ("Nội trợ, lao động tự do", 0.25), ("Nghỉ hưu", 0.12), ("Sinh viên", 0.04),
        ("Làm việc ở tổ chức, doanh nghiệp", 0.18),
        ("Cán bộ, công chức, viên chức, lực lượng vũ trang", 0.10), ("Nông dân", 0.27), ("Khác", 0.04),
    ],
}
HARASSED = ["Không bị", "Có, một số công chức", "Có, nhiều công chức"]
PAID = ["Không phải đưa", "Có, một số công chức", "Có, nhiều công chức"]

INVALID_SHARE = 0.01
BLANK_SHARE = 0.03
STRAIGHT_LINER = "X05-B"  # an interviewer: every fourth form says the same everywhere
COPIED = {("X03-T02", 4), ("X07-T05", 2), ("X10-T03", 6)}  # forms of which two copies follow
EDGES = {("X02-T04", 7): 20, ("X08-T06", 5): 19}  # just enough items of 39, and one too few


def normal():
    """About normal, mean 0 and variance 1: sums and differences only."""
    return sum(draw() for _ in range(12)) - 6


def between(low, high):
    return low + int(draw() * (high - low + 1))


def choice(options):
    at = draw()
    for name, share in options:
        at -= share
        if at < 0:
            return name
    return options[-1][0]


def code(latent):
    return 1 + sum(latent >= step for step in STEPS)


ITEM_LEVELS = [level + 0.22 * normal() for count, level in FACTORS for _ in range(count)]
INTEREST_LEVELS = [0.9 + 0.3 * normal() for _ in range(9)]


def groups():
    """One blank in a hundred."""
    return [choice(options) if draw() >= 0.01 else "" for options in GROUPS.values()]


def questions(person):
    """Câu 5 and 6 as words, Câu 1 as codes of four levels."""
    at = draw() + 0.04 * person
    harassed = HARASSED[0 if at > 0.045 else 1 if at > -0.03 else 2]
    at = draw() + 0.03 * person
    paid = PAID[0 if at > 0.02 else 1 if at > -0.03 else 2]
    interest = normal()
    levels = [level + 0.6 * interest + 0.8 * normal() for level in INTEREST_LEVELS]
    codes = [str(1 + sum(level >= step for step in (-0.9, 0.0, 1.3))) for level in levels]
    return [cell if draw() >= 0.02 else "" for cell in [harassed, paid, *codes]]


def written(answer):
    """A code; now and then the label itself."""
    return LABELS[answer - 1] if draw() < 0.004 else str(answer)


def items(level, person):
    of_factor = [0.35 * normal() for _ in FACTORS]
    factor_of = [factor for factor, (count, _) in enumerate(FACTORS) for _ in range(count)]
    cells = []
    for item in range(ITEMS):
        latent = MEAN + level + person + ITEM_LEVELS[item] + of_factor[factor_of[item]] + normal()
        at = draw()
        if at < BLANK_SHARE:
            cells.append(BLANK if at < 0.05 * BLANK_SHARE else "")
        else:
            cells.append(written(code(latent)))
    return cells


def keep(cells, count):
    """Leaves `count` items answered; blanks among the first ones are filled."""
    return [cell if cell not in ("", BLANK) else "4" for cell in cells[:count]] + [""] * (ITEMS - count)


def weight(hamlets, drawn, households, forms):
    """hamlets ÷ drawn × households ÷ forms, half-up to four decimals."""
    up, down = hamlets * households * 10_000, drawn * forms
    whole = (2 * up + down) // (2 * down)
    return f"{whole // 10_000}.{whole % 10_000:04}"


def morning(clock):
    """When the next day's work begins."""
    return clock.replace(hour=7, minute=30, second=0) + timedelta(days=1)


def advance(clock, minutes):
    """The next form; nobody begins one after 17:00."""
    clock += timedelta(seconds=int(60 * minutes))
    return clock if clock.hour < 17 else morning(clock)


def survey():
    rows, number = [], 0
    for unit, _, _, hamlets, drawn, level in UNITS:
        clocks = {"A": datetime(2026, 10, 5, 7, 30), "B": datetime(2026, 10, 5, 7, 45)}
        for hamlet in range(1, drawn + 1):
            cluster = f"{unit}-T{hamlet:02}"
            forms = SMALL[unit][hamlet - 1] if unit in SMALL else between(14, 25)
            households = between(90, 340)
            of_hamlet = 0.33 * normal()
            who = "A" if unit in SMALL or hamlet % 2 else "B"
            interviewer = f"{unit}-{who}"
            copies, copied = 0, None
            for form in range(1, forms + 1):
                number += 1
                person = 0.75 * normal()
                about, asked = groups(), questions(person)
                answers = items(level + of_hamlet, person)
                minutes = 14 + 9 * draw()
                is_invalid = draw() < INVALID_SHARE if unit not in SMALL else (hamlet, form) == (2, 3)
                kept = between(2, 14)
                if (cluster, form) in EDGES:
                    answers = keep(answers, EDGES[cluster, form])
                elif interviewer == STRAIGHT_LINER and form % 4 == 2:
                    straight = "4" if draw() < 0.7 else "5"
                    answers, minutes = [straight] * ITEMS, 2 + 2 * draw()
                elif copies:
                    about, asked, answers = copied
                    minutes, copies = 3 + draw(), copies - 1
                elif (cluster, form) in COPIED:
                    copies, copied = 2, (about, asked, answers)
                elif is_invalid:
                    answers = keep(answers, kept)
                start = clocks[who]
                clocks[who] = advance(start, minutes)
                rows.append(
                    [f"P{number:04}", unit, unit, cluster, hamlets, weight(hamlets, drawn, households, forms)]
                    + [interviewer, start.strftime("%Y-%m-%d %H:%M:%S"), *about, *asked, *answers]
                )
            if start.date() == clocks[who].date():
                clocks[who] = morning(clocks[who])
    return rows


def write(name, header, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def main():
    rows = survey()
    header = ["form", "unit", "stratum", "cluster", "fpc", "weight", "interviewer", "time", *GROUPS]
    header += ["q5", "q6", *(f"q1_{at}" for at in range(1, 10))]
    header += [f"q9_{at:02}" for at in range(1, ITEMS + 1)]
    write("answers.csv", header, rows)
    write("units.csv", ["unit", "name", "block"], [unit[:3] for unit in UNITS])
    quotas = []
    for unit, *_ in UNITS:
        returned = sum(row[1] == unit for row in rows)
        quota = 60 if unit in SMALL else returned // 10 * 10
        quotas.append([unit, max(quota, returned) + between(3, 15), quota])
    write("quotas.csv", ["unit", "issued", "quota"], quotas)


if __name__ == "__main__":
    main()
