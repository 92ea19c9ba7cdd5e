#!/usr/bin/env python3
"""Makes units.csv and results-huyen.csv of this example.

PUBLISHED has the indices that were published. The other totals, and how any total is made up of criteria, are
invented here from a fixed seed; the surveyed criteria, which take any number, bring each total to its hundredth.
Points are computed by expected/compute.py. Run it again and the same files come out.
"""

import csv
import random
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "expected"))
import compute  # noqa: E402

UNITS = [
    ("ba-dinh", "Quận Ba Đình"),
    ("hoan-kiem", "Quận Hoàn Kiếm"),
    ("tay-ho", "Quận Tây Hồ"),
    ("long-bien", "Quận Long Biên"),
    ("cau-giay", "Quận Cầu Giấy"),
    ("dong-da", "Quận Đống Đa"),
    ("hai-ba-trung", "Quận Hai Bà Trưng"),
    ("hoang-mai", "Quận Hoàng Mai"),
    ("thanh-xuan", "Quận Thanh Xuân"),
    ("ha-dong", "Quận Hà Đông"),
    ("nam-tu-liem", "Quận Nam Từ Liêm"),
    ("bac-tu-liem", "Quận Bắc Từ Liêm"),
    ("son-tay", "Thị xã Sơn Tây"),
    ("ba-vi", "Huyện Ba Vì"),
    ("chuong-my", "Huyện Chương Mỹ"),
    ("dan-phuong", "Huyện Đan Phượng"),
    ("dong-anh", "Huyện Đông Anh"),
    ("gia-lam", "Huyện Gia Lâm"),
    ("hoai-duc", "Huyện Hoài Đức"),
    ("me-linh", "Huyện Mê Linh"),
    ("my-duc", "Huyện Mỹ Đức"),
    ("phu-xuyen", "Huyện Phú Xuyên"),
    ("phuc-tho", "Huyện Phúc Thọ"),
    ("quoc-oai", "Huyện Quốc Oai"),
    ("soc-son", "Huyện Sóc Sơn"),
    ("thach-that", "Huyện Thạch Thất"),
    ("thanh-oai", "Huyện Thanh Oai"),
    ("thanh-tri", "Huyện Thanh Trì"),
    ("thuong-tin", "Huyện Thường Tín"),
    ("ung-hoa", "Huyện Ứng Hòa"),
]
PUBLISHED = {
    "dong-da": 9630,
    "nam-tu-liem": 9570,
    "hoan-kiem": 9570,
    "cau-giay": 9522,
    "phu-xuyen": 9161,
}
MEAN = 9400
SURVEYS = {"2.4": 2, "3.5": 4, "4.4": 3, "5.5": 2, "8.2": 3}

# Everything done: a unit that loses points only in the surveys.
FULL = {
    "1.1.numerator": "25", "1.1.denominator": "25",
    "1.2": "0",
    "1.3.numerator": "20", "1.3.denominator": "20",
    "1.4": "nhiều hình thức",
    "1.5.numerator": "50", "1.5.denominator": "50",
    "1.6": "2",
    "2.1.numerator": "10", "2.1.denominator": "10",
    "2.2": "có",
    "2.3": "đầy đủ, đúng hạn",
    "2.4.points": "",
    "3.1": "có",
    "3.2": "100",
    "3.3.numerator": "20000", "3.3.denominator": "20000",
    "3.4.numerator": "12", "3.4.denominator": "12",
    "3.5.points": "",
    "4.1": "đạt chỉ tiêu",
    "4.2": "không",
    "4.3": "có",
    "4.4.points": "",
    "5.1.numerator": "90", "5.1.denominator": "90",
    "5.2": "0",
    "5.3": "100",
    "5.4": "không",
    "5.5.points": "",
    "6.1": "96.2",
    "6.2.numerator": "10", "6.2.denominator": "10",
    "6.3": "10.4",
    "6.4.numerator": "0", "6.4.denominator": "0",
    "7.1.numerator": "14600", "7.1.denominator": "20000",
    "7.2.numerator": "9000", "7.2.denominator": "9000",
    "7.3.numerator": "10900", "7.3.denominator": "20000",
    "7.4.numerator": "16400", "7.4.denominator": "20000",
    "7.5": "đầy đủ",
    "8.1": "",
    "8.2.points": "",
    "8.3": "100",
}  # fmt: skip

# The nine criteria that the article names among the fifteen, and the satisfaction index; five surveys make fifteen.
PHU_XUYEN = {
    "1.1.numerator": "22",
    "1.2": "1",
    "1.5.numerator": "46",
    "2.1.numerator": "9",
    "3.3.numerator": "19640",
    "4.1": "giảm nhưng chưa đạt chỉ tiêu",
    "6.2.numerator": "6",
    "6.3": "6.1",
    "7.1.numerator": "12600",
    "8.1": "84",
}


def less(chance, header, lowest, highest):
    return header, lambda: str(chance.randint(lowest, highest))


def losses(chance):
    """Ways to lose points, with how often they occur among a hundred districts."""
    return [
        (35, *less(chance, "1.1.numerator", 21, 24)),
        (20, "1.2", lambda: "1"),
        (15, *less(chance, "1.3.numerator", 17, 19)),
        (10, "1.4", lambda: "một hình thức"),
        (55, *less(chance, "1.5.numerator", 46, 49)),
        (25, "1.6", lambda: "1"),
        (15, *less(chance, "2.1.numerator", 8, 9)),
        (10, "2.3", lambda: "đầy đủ, chậm"),
        (10, "3.2", lambda: f"{chance.randint(960, 999) / 10}"),
        (70, *less(chance, "3.3.numerator", 19600, 19990)),
        (20, *less(chance, "3.4.numerator", 10, 11)),
        (12, "4.1", lambda: "giảm nhưng chưa đạt chỉ tiêu"),
        (25, *less(chance, "5.1.numerator", 84, 89)),
        (8, "5.3", lambda: str(chance.randint(85, 98))),
        (45, "6.1", lambda: f"{chance.randint(8600, 9490) / 100:.2f}"),
        (30, *less(chance, "6.2.numerator", 7, 9)),
        (20, "6.3", lambda: f"{chance.randint(50, 95) / 10}"),
        (35, *less(chance, "7.1.numerator", 12400, 13900)),
        (40, *less(chance, "7.2.numerator", 8600, 8990)),
        (35, *less(chance, "7.3.numerator", 8700, 9950)),
        (40, *less(chance, "7.4.numerator", 13200, 15900)),
        (10, "7.5", lambda: "chưa kịp thời"),
        (10, "8.3", lambda: f"{chance.randint(930, 998) / 10}"),
    ]


def spread(rest, chance):
    """Hundredths to lose, over the surveys; None if it is too little or too much to look like a survey."""
    if not 60 <= rest <= 300:
        return None
    weights = {name: most * chance.uniform(0.7, 1.3) for name, most in SURVEYS.items()}
    lost = {name: int(rest * weight / sum(weights.values())) for name, weight in weights.items()}
    lost["3.5"] += rest - sum(lost.values())
    return lost


def unit_row(unit, total, chance):
    """Inputs whose points make the total, in hundredths."""
    while True:
        row = dict(FULL)
        if unit == "phu-xuyen":
            row.update(PHU_XUYEN)
        else:
            row["8.1"] = f"{chance.randint(840, 925) / 10}"
            row.update({header: pick() for often, header, pick in losses(chance) if chance.randint(1, 100) <= often})
        probe = {**row, **{f"{name}.points": str(most) for name, most in SURVEYS.items()}}
        most = sum(compute.score(probe).values()) * 100
        lost = spread(int(most) - total, chance)
        if lost and all(0 < lost[name] for name in SURVEYS):
            for name, maximum in SURVEYS.items():
                row[f"{name}.points"] = f"{Decimal(100 * maximum - lost[name]) / 100}"
            assert sum(compute.score(row).values()) == Fraction(total, 100)
            return row


def totals(chance):
    """Published totals, and invented ones between Phú Xuyên's and Cầu Giấy's with the published mean."""
    free = [unit for unit, _ in UNITS if unit not in PUBLISHED]
    wanted = MEAN * len(UNITS) - sum(PUBLISHED.values())
    while True:
        drawn = chance.sample(range(9185, 9520), len(free) - 1)
        last = wanted - sum(drawn)
        if 9185 <= last < 9520 and last not in drawn:
            return {**PUBLISHED, **dict(zip(free, drawn + [last]))}


def main():
    chance = random.Random(30)
    total = totals(chance)
    with open(HERE / "units.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["unit", "name", "tier", "block"])
        out.writerows([unit, name, "huyen", "Khối quận, huyện, thị xã"] for unit, name in UNITS)
    with open(HERE / "results-huyen.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["unit", *FULL])
        for unit, _ in UNITS:
            row = unit_row(unit, total[unit], chance)
            out.writerow([unit, *(row[header] for header in FULL)])


if __name__ == "__main__":
    main()
