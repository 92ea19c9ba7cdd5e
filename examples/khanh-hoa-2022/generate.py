#!/usr/bin/env python3
"""Makes units.csv, results-*.csv, sipas.csv, targets.csv and deductions.csv of this example.

PUBLISHED has what was published of Nha Trang and stands in the inputs as it is. Everything else is invented from a
fixed seed; the council's mark (8.4), which takes any number, brings Nha Trang to its published index. Points are
computed by expected/compute.py. Run it again and the same files come out.
"""

import csv
import random
import sys
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "expected"))
import compute  # noqa: E402

# Id, name, number of communes (invented, though of the right size), chance that a commune has late dossiers.
DISTRICTS = [
    ("nha-trang", "Thành phố Nha Trang", 27, 0.63),
    ("cam-ranh", "Thành phố Cam Ranh", 15, 0.2),
    ("ninh-hoa", "Thị xã Ninh Hòa", 27, 0.3),
    ("van-ninh", "Huyện Vạn Ninh", 13, 0.2),
    ("dien-khanh", "Huyện Diên Khánh", 18, 0.15),
    ("cam-lam", "Huyện Cam Lâm", 14, 0.2),
    ("khanh-vinh", "Huyện Khánh Vĩnh", 14, 0.1),
    ("khanh-son", "Huyện Khánh Sơn", 8, 0.1),
]
PUBLISHED = {
    "index": Fraction("80.13"),
    "sipas": "81.65",
    "inputs": {
        ("3.3.1", "value"): "1.94",
        ("3.3.2", "value"): "1.94",
        ("3.3.3", "value"): "1.94",
        ("3.3.3", "previous"): "2.21",
        ("7.2", "value"): "39.33",
        ("7.3", "numerator"): "1511",
    },
}
# Invented for Nha Trang so that the reasons that were given cost it points.
NHA_TRANG = {
    ("1.1.2", "numerator"): "38",
    ("1.6", "numerator"): "354",
    ("1.6", "denominator"): "400",
    ("1.7", "value"): "2",
    ("2.1.2", "numerator"): "11",
    ("2.2", "thethuc"): "2",
    ("3.4", "quahan"): "1",
    ("3.4", "xau"): "1",
    ("3.5", "value"): "không",
    ("4.1.2", "value"): "7.5",
    ("5.2", "nhe"): "1",
    ("5.3.2", "value"): "92",
    ("6.1", "numerator"): "412300",
    ("6.3", "numerator"): "8",
    ("6.4", "value"): "231500",
    ("6.4", "previous"): "234800",
    ("7.1", "numerator"): "8990",
    ("7.3", "denominator"): "14210",
    ("7.4", "numerator"): "1450",
    ("7.5", "numerator"): "27400",
}
SIPAS = {
    # index, điều kiện tiếp đón, thủ tục, công chức
    "nha-trang": (PUBLISHED["sipas"], "78.94", "79.58", "83.71"),
    "cam-ranh": ("80.92", "80.15", "80.44", "81.36"),
    "ninh-hoa": ("80.37", "79.62", "80.11", "81.02"),
    "van-ninh": ("82.48", "81.73", "82.05", "83.12"),
    "dien-khanh": ("83.16", "82.44", "82.90", "83.95"),
    "cam-lam": ("81.07", "80.29", "80.83", "81.74"),
    "khanh-vinh": ("85.22", "84.60", "85.03", "86.11"),
    "khanh-son": ("79.85", "80.06", "79.31", "80.57"),
}
SURVEYS = ("2.4", "3.6", "4.4", "5.5")
DEDUCTIONS = [
    ["nha-trang", "9.7", "2", "", "1.6", "", "hai báo cáo tiến độ phải đôn đốc (giả định)"],
    ["nha-trang", "9.8", "4", "", "", "", "bốn phường để hồ sơ trễ hạn mà không xin lỗi (giả định)"],
    ["cam-ranh", "9.6", "", "0.5", "", "Biên bản họp Hội đồng (giả định)", "công khai kết quả chưa đầy đủ (giả định)"],
    ["dien-khanh", "9.4", "3", "", "", "", "nộp hồ sơ chậm ba ngày (giả định)"],
    ["khanh-vinh", "9.3", "", "", "", "Bằng khen (giả định)", "được khen thưởng (giả định)"],
]
TARGETS = [
    ["nha-trang", "7.2", "40"],
    ["khanh-vinh", "7.2", "25"],
    ["khanh-son", "7.2", "25"],
    ["nha-trang", "6.3", "15"],
    ["khanh-vinh", "6.3", "3"],
    ["khanh-son", "6.3", "3"],
]


def communes(chance):
    """Rows of the commune tier. Nha Trang: ten of 27 without a late dossier. One commune has no dossiers at all."""
    rows = []
    for district, name, number, often in DISTRICTS:
        late_ones = {n for n in range(1, number + 1) if chance.random() < often}
        if district == "nha-trang":
            late_ones = set(chance.sample(range(1, number + 1), 17))
        for n in range(1, number + 1):
            dossiers = chance.randint(300, 2600)
            late = chance.randint(1, max(1, dossiers // 60)) if n in late_ones else 0
            if (district, n) == ("khanh-son", 8):
                dossiers = late = 0
            tasks = chance.randint(30, 60)
            complaints = chance.choice([0, 0, 1, 2, 4])
            online = int(dossiers * chance.uniform(0.2, 0.5))
            rows.append(
                {
                    "unit": f"{district}-{n:02}",
                    "name": f"Xã mẫu {n} ({name})",
                    "parent": district,
                    "block": name,
                    "1.1": "có" if chance.random() < 0.95 else "không",
                    "1.2.numerator": tasks - chance.choice([0, 0, 1, 2, 3, 5]),
                    "1.2.denominator": tasks,
                    "1.3": chance.choice([0, 0, 0, 1, 1, 2]),
                    "2": chance.choice(["đầy đủ, kịp thời", "đầy đủ, kịp thời", "đầy đủ, chưa kịp thời"]),
                    "3.1": "có" if chance.random() < 0.9 else "không",
                    "3.3.1.numerator": dossiers - late,
                    "3.3.1.denominator": dossiers,
                    "3.3.2.numerator": max(0, complaints - chance.choice([0, 0, 0, 1])),
                    "3.3.2.denominator": complaints,
                    "4.1.numerator": online,
                    "4.1.denominator": dossiers,
                    "4.2": chance.randint(70, 100),
                    "5": f"{chance.randint(700, 950) / 10}",
                }
            )
    return rows


def district_cells(district, chance):
    """Inputs of one district: all criteria of the set."""
    pick = chance.choice
    dossiers = chance.randint(12000, 24000)
    late = int(dossiers * chance.uniform(0.001, 0.012))
    if district == "ninh-hoa":
        late = int(dossiers * 0.104)
    before = int(dossiers * chance.uniform(0.004, 0.02))
    plan, tasks, ideas = chance.randint(30, 44), chance.randint(150, 300), pick([1, 2, 2, 3])
    complaints, money = pick([0, 3, 6, 9]), chance.randint(90000, 250000)
    if district == "nha-trang":
        dossiers, plan, complaints = 40000, 42, 24
    cells = {
        ("1.1.1", "value"): pick(["0", "0", "4"]),
        ("1.1.1", "evidence"): "Kế hoạch của UBND cấp huyện (giả định)",
        ("1.1.2", "numerator"): str(plan - pick([0, 0, 1, 3])),
        ("1.1.2", "denominator"): str(plan),
        ("1.2", "du"): "có",
        ("1.2", "nd"): "có",
        ("1.2", "han"): pick(["có", "có", "không"]) if district != "nha-trang" else "có",
        ("1.3.1", "numerator"): "12",
        ("1.3.1", "denominator"): pick(["12", "12", "14"]),
        ("1.3.2", "value"): pick(["có", "không phát sinh"]),
        ("1.4.1", "phothong"): str(chance.randint(20, 60)),
        ("1.4.1", "dantoc"): str(chance.randint(0, 24) if district in ("khanh-vinh", "khanh-son") else 0),
        ("1.4.2", "value"): pick(["từ hai hình thức", "từ hai hình thức", "một hình thức"]),
        ("1.5", "value"): pick(["1", "2", "2", "3"]),
        ("1.6", "numerator"): str(tasks - chance.randint(2, 24)),
        ("1.6", "denominator"): str(tasks),
        ("1.7", "value"): str(ideas),
        ("1.7", "evidence"): "Hồ sơ sáng kiến (giả định)",
        ("2.1.1", "value"): "có",
        ("2.1.2", "numerator"): pick(["13", "14", "15"]),
        ("2.1.2", "denominator"): "15",
        ("2.2", "thethuc"): pick(["0", "0", "1"]),
        ("2.2", "noidung"): "0",
        ("2.3", "kehoach"): "có",
        ("2.3", "baocao"): "có",
        ("2.3", "xuly"): pick(["có", "không"]),
        ("3.1.1", "value"): pick(["đầy đủ, đúng quy định", "đầy đủ, đúng quy định", "đầy đủ nhưng chưa kịp thời"]),
        ("3.1.2", "numerator"): pick(["10", "9"]),
        ("3.1.2", "denominator"): "10",
        ("3.2.1", "numerator"): str(chance.randint(268, 280)),
        ("3.2.1", "denominator"): "280",
        ("3.2.2", "value"): pick(["3", "4", "5"]),
        ("3.3.1", "numerator"): str(late),
        ("3.3.1", "denominator"): str(dossiers),
        ("3.3.2", "numerator"): str(late),
        ("3.3.2", "denominator"): str(dossiers),
        ("3.3.3", "numerator"): str(late),
        ("3.3.3", "denominator"): str(dossiers),
        ("3.3.3", "previous_numerator"): str(before),
        ("3.3.3", "previous_denominator"): str(dossiers),
        ("3.4", "tong"): str(complaints),
        ("3.4", "quahan"): "0",
        ("3.4", "xau"): pick(["0", "0", "1"]) if complaints else "0",
        ("3.5", "value"): "có",
        ("4.1.1", "value"): pick(["0", "0", "1"]),
        ("4.1.2", "value"): "N/A" if district == "khanh-son" else pick(["8", "10", "12"]),
        ("4.2", "numerator"): str(chance.randint(180, 199)),
        ("4.2", "denominator"): "200",
        ("4.3.1", "value"): "có",
        ("4.3.2", "value"): pick(["có", "có", "không"]),
        ("5.1", "numerator"): str(chance.randint(60, 66)),
        ("5.1", "denominator"): "66",
        ("5.2", "nhe"): pick(["0", "0", "1"]),
        ("5.2", "nang"): "0",
        ("5.3.1", "value"): "có",
        ("5.3.2", "value"): pick(["100", "100", "91"]),
        ("5.4.1", "trinhtu"): "có",
        ("5.4.1", "ketqua"): "có",
        ("5.4.2", "value"): pick(["không", "không", "không", "có"]) if district != "nha-trang" else "không",
        ("6.1", "numerator"): str(chance.randint(410000, 480000)),
        ("6.1", "denominator"): "500000",
        ("6.2", "numerator"): pick(["8", "9", "9"]),
        ("6.2", "denominator"): "9",
        ("6.3", "numerator"): str(chance.randint(1, 6)),
        ("6.3", "denominator"): "52",
        ("6.4", "value"): str(int(money * chance.uniform(0.95, 1.005))),
        ("6.4", "previous"): str(money),
        ("7.1", "numerator"): str(chance.randint(8900, 9900)),
        ("7.1", "denominator"): "10000",
        ("7.2", "numerator"): str(int(dossiers * chance.uniform(0.3, 0.55))),
        ("7.2", "denominator"): str(dossiers),
        ("7.3", "numerator"): str(int(dossiers * chance.uniform(0.08, 0.2))),
        ("7.3", "denominator"): str(dossiers),
        ("7.4", "numerator"): str(int(dossiers * chance.uniform(0.03, 0.07))),
        ("7.4", "denominator"): str(dossiers),
        ("7.5", "numerator"): str(int(dossiers * chance.uniform(0.6, 0.85))),
        ("7.5", "denominator"): str(dossiers),
        ("7.6", "daydu"): pick(["có", "không"]),
        ("7.6", "coban"): "có",
        ("9.1", "value"): pick(["0", "0", "1"]),
        ("9.2", "value"): pick(["không có", "không có", "nhân rộng một số nơi"]),
    }
    for survey in SURVEYS:
        good, fair = chance.randint(70, 110), chance.randint(25, 45)
        if district == "nha-trang":
            good, fair = chance.randint(62, 70), chance.randint(40, 50)
        counts = {"tot": good, "kha": fair, "tb": chance.randint(0, 8), "kem": chance.randint(0, 2)}
        cells |= {(survey, name): str(n) for name, n in (counts | {"kyk": chance.randint(0, 6)}).items()}
    if cells["9.2", "value"] == "nhân rộng một số nơi":
        cells["9.2", "points"] = pick(["0.25", "0.5", "0.75"])
    if district == "nha-trang":
        for criterion in ("3.3.1", "3.3.2", "3.3.3", "7.2"):
            for name in ("numerator", "denominator", "previous_numerator", "previous_denominator"):
                cells.pop((criterion, name), None)
        cells |= NHA_TRANG | PUBLISHED["inputs"] | {("9.1", "value"): "0", ("9.2", "value"): "không có"}
        cells.pop(("9.2", "points"), None)
    marks = [f"{chance.randint(44, 58) / 20:.2f}" for _ in range(3)]
    return cells | {("8.4", judge): mark for judge, mark in zip(("chutich", "noivu", "khdt"), marks)}


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def write_districts(entered):
    notes = {("khanh-son", "4.1.2"): "không còn đầu mối phải sắp xếp (giả định)"}

    def sort_key(cell):
        return [int(part) for part in cell[0].split(".")]

    rows = []
    for district, cells in entered.items():
        for criterion, name in sorted(cells, key=sort_key):
            note = notes.get((district, criterion), "")
            if cells[criterion, name] == "không phát sinh":
                note = "không có vấn đề phải xử lý (giả định)"
            rows.append([district, criterion, name, cells[criterion, name], note])
    write(HERE / "results-huyen.csv", ["unit", "criterion", "input", "value", "note"], rows)


def main():
    chance = random.Random(2022)
    below = communes(chance)
    head = [[district, name, "huyen", "Khối huyện, thị xã, thành phố", ""] for district, name, *_ in DISTRICTS]
    tail = [[row["unit"], row["name"], "xa", row["block"], row["parent"]] for row in below]
    write(HERE / "units.csv", ["unit", "name", "tier", "block", "parent"], head + tail)
    columns = ["unit"] + [key for key in below[0] if key[0].isdigit()]
    write(HERE / "results-xa.csv", columns, [[row[key] for key in columns] for row in below])
    order = sorted(SIPAS, key=lambda district: -Fraction(SIPAS[district][0]))
    sipas = [[d, SIPAS[d][0], order.index(d) + 1, *SIPAS[d][1:]] for d in SIPAS]
    write(HERE / "sipas.csv", ["unit", "index", "rank", "tiepdon", "tthc", "congchuc"], sipas)
    write(HERE / "targets.csv", ["unit", "criterion", "target"], TARGETS)
    columns = ["unit", "deduction", "count", "points", "criterion", "document", "reason"]
    write(HERE / "deductions.csv", columns, DEDUCTIONS)

    # Nha Trang is last, so the others are drawn until they are above it, and until Ninh Hòa, which has more than
    # 10 % late dossiers, would be Tốt if that did not limit its grade.
    while True:
        entered = {district: district_cells(district, chance) for district, *_ in DISTRICTS}
        nha_trang = entered["nha-trang"]
        nha_trang |= dict.fromkeys([("8.4", judge) for judge in ("chutich", "noivu", "khdt")], "0")
        write_districts(entered)
        cards = compute.score(HERE)["huyen"]
        short = PUBLISHED["index"] - cards["nha-trang"]["index"]
        others = [card["index"] for unit, card in cards.items() if unit != "nha-trang"]
        plausible = Fraction(3, 2) <= short <= Fraction(5, 2) and 82 <= min(others) and max(others) <= 94
        if plausible and cards["ninh-hoa"]["limited"]:
            break
    # The chairman's mark counts twice; the other two lie as far above it as below.
    nha_trang["8.4", "chutich"] = compute.text(short)
    nha_trang["8.4", "noivu"] = compute.text(short + Fraction(1, 4))
    nha_trang["8.4", "khdt"] = compute.text(short - Fraction(1, 4))
    write_districts(entered)


if __name__ == "__main__":
    main()
