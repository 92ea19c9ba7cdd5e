#!/usr/bin/env python3
"""Makes units.csv, results-so.csv and results-huyen.csv of this example.

The totals that were published stand in PUBLISHED; every other total, and how any total is made up of
criteria, is invented here from a fixed seed. Run it again and the same files come out.
"""

import csv
import random
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent

DEPARTMENTS = [
    ("so-tai-chinh", "Sở Tài chính"),
    ("so-noi-vu", "Sở Nội vụ"),
    ("vp-ubnd", "Văn phòng UBND tỉnh"),
    ("so-tu-phap", "Sở Tư pháp"),
    ("so-tttt", "Sở Thông tin và Truyền thông"),
    ("bql-kkt", "Ban Quản lý Khu kinh tế Nghi Sơn"),
    ("so-nnptnt", "Sở Nông nghiệp và Phát triển nông thôn"),
    ("so-xay-dung", "Sở Xây dựng"),
    ("so-gtvt", "Sở Giao thông vận tải"),
    ("so-cong-thuong", "Sở Công Thương"),
    ("so-khdt", "Sở Kế hoạch và Đầu tư"),
    ("so-ldtbxh", "Sở Lao động, Thương binh và Xã hội"),
    ("so-khcn", "Sở Khoa học và Công nghệ"),
    ("so-y-te", "Sở Y tế"),
    ("so-vhttdl", "Sở Văn hóa, Thể thao và Du lịch"),
    ("thanh-tra", "Thanh tra tỉnh"),
    ("so-ngoai-vu", "Sở Ngoại vụ"),
    ("ban-dan-toc", "Ban Dân tộc"),
    ("so-tnmt", "Sở Tài nguyên và Môi trường"),
    ("so-gddt", "Sở Giáo dục và Đào tạo"),
]
DISTRICTS = [
    ("tp-thanh-hoa", "Thành phố Thanh Hóa"),
    ("tp-sam-son", "Thành phố Sầm Sơn"),
    ("tx-bim-son", "Thị xã Bỉm Sơn"),
    ("tx-nghi-son", "Thị xã Nghi Sơn"),
    ("ba-thuoc", "Huyện Bá Thước"),
    ("cam-thuy", "Huyện Cẩm Thủy"),
    ("dong-son", "Huyện Đông Sơn"),
    ("ha-trung", "Huyện Hà Trung"),
    ("hau-loc", "Huyện Hậu Lộc"),
    ("hoang-hoa", "Huyện Hoằng Hóa"),
    ("lang-chanh", "Huyện Lang Chánh"),
    ("muong-lat", "Huyện Mường Lát"),
    ("nga-son", "Huyện Nga Sơn"),
    ("ngoc-lac", "Huyện Ngọc Lặc"),
    ("nhu-thanh", "Huyện Như Thanh"),
    ("nhu-xuan", "Huyện Như Xuân"),
    ("nong-cong", "Huyện Nông Cống"),
    ("quan-hoa", "Huyện Quan Hóa"),
    ("quan-son", "Huyện Quan Sơn"),
    ("quang-xuong", "Huyện Quảng Xương"),
    ("thach-thanh", "Huyện Thạch Thành"),
    ("thieu-hoa", "Huyện Thiệu Hóa"),
    ("tho-xuan", "Huyện Thọ Xuân"),
    ("thuong-xuan", "Huyện Thường Xuân"),
    ("trieu-son", "Huyện Triệu Sơn"),
    ("vinh-loc", "Huyện Vĩnh Lộc"),
    ("yen-dinh", "Huyện Yên Định"),
]

# Points as published in QĐ 600/QĐ-UBND by way of the press.
PUBLISHED = {
    "so-cong-thuong": "92.83",
    "so-gtvt": "91.86",
    "bql-kkt": "91.651",
    "ban-dan-toc": "68.32",
    "dong-son": "92.15",
    "hoang-hoa": "91.92",
    "tp-thanh-hoa": "91.46",
    "muong-lat": "86.09",
}
# Invented, but of a size that keeps the published ranks: three departments between rank 2 and rank 6,
# the others between rank 6 and rank 20; all districts between rank 3 and rank 27.
BETWEEN_2_AND_6 = ["so-noi-vu", "so-tai-chinh", "vp-ubnd"]

CRITERIA = [
    ("1", "10"),
    ("2", "10"),
    ("3.1", "8"),
    ("3.2", "12"),
    ("4", "10"),
    ("5", "12"),
    ("6.1", "6"),
    ("6.2", "4"),
    ("7", "16"),
    ("8", "12"),
]
REMOVED = {
    "ban-dan-toc": {
        "3.2": "không phát sinh hồ sơ trong năm (giả định)",
        "6.2": "không có đơn vị sự nghiệp công lập trực thuộc (giả định)",
    }
}


def split(total, removed, chance):
    """The total as points of the criteria: near the same share of each, to 2 digits but for the last."""
    left = {name: Decimal(most) for name, most in CRITERIA if name not in removed}
    share = total / sum(left.values())
    points = {}
    for name, most in left.items():
        wanted = most * share + most * Decimal(chance.randint(-40, 40)) / 1000
        points[name] = min(most, max(Decimal(0), wanted)).quantize(Decimal("0.01"))
    for name, most in left.items():
        rest = total - sum(points.values())
        points[name] = min(most, max(Decimal(0), points[name] + rest))
    assert sum(points.values()) == total
    return points


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def results(path, units, totals, chance):
    rows = []
    for unit, _ in units:
        removed = REMOVED.get(unit, {})
        points = split(totals[unit], removed, chance)
        for name, _ in CRITERIA:
            shown = "N/A" if name in removed else f"{points[name].normalize():f}"
            rows.append([unit, name, shown, removed.get(name, "")])
    write(path, ["unit", "criterion", "points", "note"], rows)


def main():
    chance = random.Random(2023)
    totals = {unit: Decimal(points) for unit, points in PUBLISHED.items()}

    def invented(units, lowest, highest):
        """Totals with 2 digits, no two alike."""
        free = [unit for unit in units if unit not in totals]
        for unit, cents in zip(free, chance.sample(range(lowest, highest), len(free))):
            totals[unit] = Decimal(cents) / 100

    invented(BETWEEN_2_AND_6, 9166, 9186)
    invented([unit for unit, _ in DEPARTMENTS], 8200, 9165)
    invented([unit for unit, _ in DISTRICTS], 8610, 9146)

    write(
        HERE / "units.csv",
        ["unit", "name", "tier", "block"],
        [[unit, name, "so", "Khối sở, ban, ngành"] for unit, name in DEPARTMENTS]
        + [[unit, name, "huyen", "Khối huyện, thị xã, thành phố"] for unit, name in DISTRICTS],
    )
    results(HERE / "results-so.csv", DEPARTMENTS, totals, chance)
    results(HERE / "results-huyen.csv", DISTRICTS, totals, chance)


if __name__ == "__main__":
    main()
