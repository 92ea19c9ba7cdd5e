"""Two sample sets as code, in exact fractions: that of the districts (par-index-huyen-mau) and the small one of
the communes. Nothing here is read from the TOML files."""

from fractions import Fraction

NOT_APPLICABLE = {"N/A", "không phát sinh", "không áp dụng"}
HUNDRED = Fraction(100)


def half_up(number, digits=2):
    scale = 10**digits
    return Fraction((2 * number * scale + 1).__floor__() // 2, scale)


def text(number, digits=4):
    """A decimal text without needless zeros; the number must fit the digits exactly."""
    scaled = number * 10**digits
    assert scaled.denominator == 1, number
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled.numerator), 10**digits)
    return sign + (f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".") if rest else str(whole))


class Unit:
    """What one unit entered, and what the round knows of it elsewhere."""

    def __init__(self, cells, targets=None, sipas=None, communes=()):
        self.cells, self.targets, self.sipas, self.communes = cells, targets or {}, sipas or {}, communes

    def has(self, criterion, name="value"):
        return self.cells.get((criterion, name), "") != ""

    def word(self, criterion, name="value"):
        assert self.has(criterion, name), (criterion, name)
        return self.cells[criterion, name]

    def not_applicable(self, criterion):
        names = ("value", "numerator", "denominator")
        return any(self.cells.get((criterion, name)) in NOT_APPLICABLE for name in names)

    def yes(self, criterion, name="value"):
        return {"có": True, "không": False}[self.word(criterion, name)]

    def number(self, criterion, name="value"):
        return Fraction(self.word(criterion, name))

    def raw_ratio(self, criterion, prefix=""):
        """In %, not capped; None for a zero denominator. Numerator and denominator go before a value."""
        if self.has(criterion, prefix + "numerator"):
            below = self.number(criterion, prefix + "denominator")
            return HUNDRED * self.number(criterion, prefix + "numerator") / below if below else None
        return self.number(criterion, prefix.rstrip("_") or "value")

    def ratio(self, criterion):
        measure = self.raw_ratio(criterion)
        return None if measure is None else min(HUNDRED, measure)

    def of_target(self, criterion, target, better="higher"):
        measure = self.ratio(criterion)
        target = Fraction(self.targets.get(criterion, target))
        if better == "lower":
            return HUNDRED if measure <= target else HUNDRED * target / measure
        return min(HUNDRED, HUNDRED * measure / target)

    def survey(self, criterion, most):
        """Good, fair, middling, poor; those without an opinion do not count, and fewer than 30 say nothing."""
        weight = {"tot": 100, "kha": 60, "tb": 20, "kem": 0}
        counted = {name: self.number(criterion, name) for name in weight}
        if sum(counted.values()) < 30:
            return None
        return most * sum(n * weight[name] for name, n in counted.items()) / (100 * sum(counted.values()))


def upto(most, measure, full_at=100, zero_below=0):
    return most * min(Fraction(1), measure / full_at) if zero_below <= measure else Fraction(0)


def steps(measure, *bands):
    """The first band whose lower bound the measure reaches."""
    return next(Fraction(points) for bound, points in bands if bound <= measure)


def completed(measure, most, lowest):
    """Full at 100 %, from the lowest bound on by the ratio, below nothing; no denominator is full."""
    return Fraction(most) if measure is None else upto(Fraction(most), measure, zero_below=lowest)


# The districts' set. Each rule gives the points before rounding, or None where the criterion leaves the maximum.


def plan_in_time(u):  # 1.1.1
    if not u.has("1.1.1", "evidence"):
        return Fraction(0)
    late = u.number("1.1.1")
    return Fraction(1) if late <= 0 else Fraction(1, 2) if late <= 15 else Fraction(0)


def findings(u):  # 1.3.2
    return Fraction(1) if u.not_applicable("1.3.2") or u.yes("1.3.2") else Fraction(0)


def broadcasts(u):  # 1.4.1: the parts make the number, whatever was printed beside them
    number = u.number("1.4.1", "phothong") + u.number("1.4.1", "dantoc")
    return steps(number, (50, 1), (12, "0.5"), (1, "0.25"), (0, 0))


def ideas(u):  # 1.7
    return steps(u.number("1.7"), (2, 1), (1, "0.5"), (0, 0)) if u.has("1.7", "evidence") else Fraction(0)


def documents(u):  # 2.2
    form = min(Fraction(1), u.number("2.2", "thethuc") / 4)
    return max(Fraction(0), 2 - form - u.number("2.2", "noidung"))


def late_level(u):  # 3.3.2
    late = u.ratio("3.3.2")
    return Fraction(1) if late < 2 else Fraction(1, 2) if late < 10 else Fraction(0)


def late_change(u):  # 3.3.3
    if not (u.has("3.3.3", "previous") or u.has("3.3.3", "previous_numerator")):
        return None
    change = u.ratio("3.3.3") - u.raw_ratio("3.3.3", "previous_")
    return Fraction(1, 2) if change < 0 else Fraction(0)


def all_in_time(u):  # 3.3.4
    counted = [c for c in u.communes if c["applies"]]
    if not counted:
        return None
    share = HUNDRED * sum(c["on_time"] >= 100 for c in counted) / len(counted)
    return upto(3, share, full_at=80)


def mean_in_time(u):  # 3.3.5: weighted by dossiers
    counted = [c for c in u.communes if c["applies"]]
    dossiers = sum(c["dossiers"] for c in counted)
    if not dossiers:
        return None
    mean = sum(HUNDRED * c["points"] / c["max"] * c["dossiers"] for c in counted) / dossiers
    return upto(3, mean, zero_below=80)


def complaints(u):  # 3.4
    total = u.number("3.4", "tong")
    if total == 0:
        return Fraction(2)
    return 2 * (total - u.number("3.4", "quahan") - u.number("3.4", "xau")) / total


def bodies_cut(u):  # 4.1.2
    return None if u.not_applicable("4.1.2") else upto(Fraction(3, 2), u.number("4.1.2"), full_at=10)


def appointments(u):  # 5.2: the serious kind counts once
    return max(Fraction(0), 2 - u.number("5.2", "nhe") / 2 - min(1, u.number("5.2", "nang")))


def training(u):  # 5.3.2 depends on 5.3.1
    if not u.yes("5.3.1"):
        return {"có tổ chức": Fraction(1, 2), "không tổ chức": Fraction(0)}[u.word("5.3.2")]
    return steps(u.number("5.3.2"), (100, 2), (70, 1), (0, 0))


def self_financed(u):  # 6.3
    return None if u.not_applicable("6.3") else steps(u.of_target("6.3", 10), (100, 2), (50, 1), (0, 0))


def direct_spending(u):  # 6.4
    if not u.has("6.4", "previous"):
        return None
    before = u.number("6.4", "previous")
    change = HUNDRED * (u.number("6.4") - before) / before
    return Fraction(2) if change <= Fraction(-5, 2) else Fraction(1) if change < 0 else Fraction(0)


def signed(u):  # 7.1
    return upto(2, u.ratio("7.1"), full_at=95, zero_below=80)


def mean_of_communes(u):  # 8.3: unweighted mean of the communes' indices
    indices = [c["index"] for c in u.communes]
    return 2 * sum(indices) / len(indices) / 100 if indices else None


def judges(u):  # 8.4: the chairman counts twice
    marks = [(u.word("8.4", name), weight) for name, weight in (("chutich", 2), ("noivu", 1), ("khdt", 1))]
    marked = [(Fraction(mark), weight) for mark, weight in marks if mark not in NOT_APPLICABLE]
    if not marked:
        return None
    assert all(0 <= mark <= 3 for mark, _ in marked)
    return sum(mark * weight for mark, weight in marked) / sum(weight for _, weight in marked)


def all_items(criterion, most, items):
    return lambda u: Fraction(most) if all(u.yes(criterion, item) for item in items) else Fraction(0)


def factor(name):
    return lambda u: Fraction(1 if 80 <= Fraction(u.sipas[name]) else 0)


def yes(criterion, most):
    return lambda u: Fraction(most) if u.yes(criterion) else Fraction(0)


def one_of(criterion, **points):
    words = {name.replace("_", " "): Fraction(worth) for name, worth in points.items()}
    return lambda u: words[u.word(criterion).replace(",", "")]


DISTRICT = {
    "1.1.1": ("1", plan_in_time),
    "1.1.2": ("2", lambda u: completed(u.ratio("1.1.2"), 2, 80)),
    "1.2": ("1", all_items("1.2", 1, ("du", "nd", "han"))),
    "1.3.1": ("1", lambda u: upto(1, u.ratio("1.3.1"), zero_below=50)),
    "1.3.2": ("1", findings),
    "1.4.1": ("1", broadcasts),
    "1.4.2": ("0.5", one_of("1.4.2", từ_hai_hình_thức="0.5", một_hình_thức="0.25", không_có=0)),
    "1.5": ("1", lambda u: min(Fraction(1), u.number("1.5") / 2)),
    "1.6": ("2.5", lambda u: upto(Fraction(5, 2), u.of_target("1.6", 94), zero_below=50)),
    "1.7": ("1", ideas),
    "2.1.1": ("0.5", yes("2.1.1", "0.5")),
    "2.1.2": ("1.5", lambda u: completed(u.ratio("2.1.2"), "1.5", 70)),
    "2.2": ("2", documents),
    "2.3": ("1.5", lambda u: Fraction(sum(u.yes("2.3", item) for item in ("kehoach", "baocao", "xuly")), 2)),
    "2.4": ("2.5", lambda u: u.survey("2.4", Fraction(5, 2))),
    "3.1.1": ("1", one_of("3.1.1", đầy_đủ_đúng_quy_định=1, đầy_đủ_nhưng_chưa_kịp_thời="0.5", chưa_đầy_đủ=0)),
    "3.1.2": ("1", lambda u: steps(u.ratio("3.1.2"), (100, 1), (80, "0.5"), (0, 0))),
    "3.2.1": ("1", lambda u: upto(1, u.ratio("3.2.1"), zero_below=80)),
    "3.2.2": ("1", lambda u: min(Fraction(1), u.number("3.2.2") / 4)),
    "3.3.1": ("1.5", lambda u: upto(Fraction(3, 2), u.of_target("3.3.1", "0.5", "lower"))),
    "3.3.2": ("1", late_level),
    "3.3.3": ("0.5", late_change),
    "3.3.4": ("3", all_in_time),
    "3.3.5": ("3", mean_in_time),
    "3.4": ("2", complaints),
    "3.5": ("1", lambda u: Fraction(1) if u.not_applicable("3.5") or u.yes("3.5") else Fraction(0)),
    "3.6": ("2", lambda u: u.survey("3.6", 2)),
    "4.1.1": ("1.5", lambda u: max(Fraction(0), (3 - u.number("4.1.1")) / 2)),
    "4.1.2": ("1.5", bodies_cut),
    "4.2": ("2", lambda u: Fraction(2) if u.raw_ratio("4.2") <= 100 else Fraction(0)),
    "4.3.1": ("1", yes("4.3.1", 1)),
    "4.3.2": ("1", lambda u: None if u.not_applicable("4.3.2") else Fraction(u.yes("4.3.2"))),
    "4.4": ("3", lambda u: u.survey("4.4", 3)),
    "5.1": ("2", lambda u: upto(2, u.ratio("5.1"))),
    "5.2": ("2", appointments),
    "5.3.1": ("0.5", yes("5.3.1", "0.5")),
    "5.3.2": ("2", training),
    "5.4.1": ("1", all_items("5.4.1", 1, ("trinhtu", "ketqua"))),
    "5.4.2": ("1.5", lambda u: Fraction(0) if u.yes("5.4.2") else Fraction(3, 2)),
    "5.5": ("3", lambda u: u.survey("5.5", 3)),
    "6.1": ("4", lambda u: upto(4, u.ratio("6.1"), full_at=95, zero_below=60)),
    "6.2": ("2", lambda u: completed(u.ratio("6.2"), 2, 80)),
    "6.3": ("2", self_financed),
    "6.4": ("2", direct_spending),
    "7.1": ("2", signed),
    "7.2": ("3", lambda u: upto(3, u.of_target("7.2", 40))),
    "7.3": ("2", lambda u: upto(2, u.of_target("7.3", 15))),
    "7.4": ("2", lambda u: upto(2, u.of_target("7.4", 5))),
    "7.5": ("2", lambda u: 2 * min(Fraction(1), max(Fraction(0), (u.ratio("7.5") - 20) / 60))),
    "7.6": ("1", lambda u: Fraction(1) if u.yes("7.6", "daydu") else Fraction(1, 2) * u.yes("7.6", "coban")),
    "8.1": ("10", lambda u: 10 * Fraction(u.sipas["index"]) / 100),
    "8.2.1": ("1", factor("tiepdon")),
    "8.2.2": ("1", factor("tthc")),
    "8.2.3": ("1", factor("congchuc")),
    "8.3": ("2", mean_of_communes),
    "8.4": ("3", judges),
}
MAY_LEAVE = {"2.4", "3.3.3", "3.3.4", "3.3.5", "3.6", "4.1.2", "4.3.2", "4.4", "5.5", "6.3", "6.4", "8.3", "8.4"}
FIELDS = ["1", "2", "3", "4", "5", "6", "7", "8"]
assert sum(Fraction(most) for most, _ in DISTRICT.values()) == 100


def bonus(u, events):
    """9.1, 9.2 and 9.3, together at most 3."""
    ideas_recognised = min(Fraction(1), u.number("9.1") / 2)
    model = {"nhân rộng toàn tỉnh": Fraction(1), "không có": Fraction(0)}.get(u.word("9.2"))
    if model is None:
        assert u.word("9.2") == "nhân rộng một số nơi"
        model = u.number("9.2", "points")
        assert Fraction(1, 4) <= model <= Fraction(3, 4)
    praise = Fraction(any(e["deduction"] == "9.3" for e in events))
    return min(Fraction(3), ideas_recognised + model + praise)


def deductions(events):
    """9.4 to 9.6 and 9.8, each with its cap, together at most 5. 9.7 works on a criterion."""
    taken = dict.fromkeys(("9.4", "9.5", "9.6", "9.8"), Fraction(0))
    for event in events:
        count = int(event["count"] or 1)
        if event["deduction"] == "9.4":
            assert count <= 15
            taken["9.4"] += Fraction(1, 2) * (1 + max(0, count - 2)) if count else 0
        elif event["deduction"] == "9.5":
            taken["9.5"] += Fraction(count, 2)
        elif event["deduction"] == "9.6":
            taken["9.6"] += Fraction(event["points"] or 2)
        elif event["deduction"] == "9.8":
            taken["9.8"] += Fraction(count, 10)
    caps = {"9.4": 2, "9.5": 2, "9.8": 1}
    taken = {name: min(points, Fraction(caps.get(name, points))) for name, points in taken.items()}
    return taken, min(Fraction(5), sum(taken.values()))


GRADES = [(85, "Tốt"), (70, "Khá"), (50, "Trung bình"), (0, "Yếu")]


def grade_of(index):
    return next(name for bound, name in GRADES if bound <= index)


def district(u, events=()):
    """The card of a district: its criteria as (points, maximum), bonus, deductions, total, index, grade."""
    card = {}
    for name, (most, rule) in DISTRICT.items():
        points = rule(u)
        if points is None:
            assert name in MAY_LEAVE, name
            card[name] = (None, Fraction(0))
            continue
        points = half_up(min(Fraction(most), max(Fraction(0), points)))
        urged = sum(int(e["count"] or 1) for e in events if e["deduction"] == "9.7" and e["criterion"] == name)
        card[name] = (max(Fraction(0), points - Fraction(urged, 4)), Fraction(most))
    taken, minus = deductions(events)
    plus = bonus(u, events)
    most = sum(m for _, m in card.values())
    total = min(most, max(Fraction(0), sum(p for p, _ in card.values() if p is not None) + plus - minus))
    index = HUNDRED * total / most
    grade = grade_of(index)
    limits = []
    if u.ratio("3.3.2") >= 10:
        limits.append("Khá")
    if card["8.1"][0] < 6:
        limits.append("Trung bình")
    if taken["9.5"] > 0:
        limits.append("Khá")
    order = [name for _, name in GRADES]
    grade = order[max(order.index(name) for name in [grade, *limits])]
    return {
        "criteria": card,
        "bonus": plus,
        "deductions": minus,
        "total": total,
        "max": most,
        "index": index,
        "grade": grade,
        "limited": grade != grade_of(index),
    }


# The communes' small set.


def communes_in_time(u):  # 3.3.1
    return None if u.raw_ratio("3.3.1") is None else upto(25, u.ratio("3.3.1"), zero_below=80)


def communes_online(u):  # 4.1
    return None if u.raw_ratio("4.1") is None else upto(10, u.ratio("4.1"), full_at=40)


COMMUNE = {
    "1.1": (5, yes("1.1", 5)),
    "1.2": (15, lambda u: upto(15, u.ratio("1.2"))),
    "1.3": (5, lambda u: max(Fraction(0), 5 - u.number("1.3"))),
    "2": (10, one_of("2", đầy_đủ_kịp_thời=10, đầy_đủ_chưa_kịp_thời=6, chưa_đầy_đủ=0)),
    "3.1": (5, yes("3.1", 5)),
    "3.3.1": (25, communes_in_time),
    "3.3.2": (5, lambda u: completed(u.ratio("3.3.2"), 5, 0)),
    "4.1": (10, communes_online),
    "4.2": (5, lambda u: upto(5, u.number("4.2"), full_at=95)),
    "5": (15, lambda u: upto(15, u.number("5"))),
}
COMMUNE_FIELDS = ["1", "2", "3", "4", "5"]


def commune(u):
    card = {}
    for name, (most, rule) in COMMUNE.items():
        points = rule(u)
        card[name] = (None, Fraction(0)) if points is None else (half_up(points), Fraction(most))
    total, most = sum(p for p, _ in card.values() if p is not None), sum(m for _, m in card.values())
    return {
        "criteria": card,
        "total": total,
        "max": most,
        "index": HUNDRED * total / most,
        "grade": grade_of(HUNDRED * total / most),
    }


def seen_from_above(u, card):
    """What the district's set reads of a commune."""
    points, most = card["criteria"]["3.3.1"]
    return {
        "applies": points is not None,
        "on_time": u.ratio("3.3.1"),
        "dossiers": u.number("3.3.1", "denominator"),
        "points": points,
        "max": most,
        "index": card["index"],
    }
