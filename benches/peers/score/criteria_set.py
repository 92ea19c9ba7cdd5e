"""The catalogue as a parindex criteria set, so that both follow the same rules."""

HEAD = """\
# Written by gen.py: the rules of criteria.csv, options.csv and thresholds.csv.
[set]
id = "bench"
name = "Scoring job"
status = "sample"
max = 100

[rounding]
points = { digits = 2, mode = "half-up" }
total = { digits = 2, mode = "half-up" }
index = { digits = 2, mode = "half-up" }

[ranking]
method = "competition"
on = "exact"
"""


def array(key, items):
    return f"{key} = [\n" + "".join(f"  {{ {item} }},\n" for item in items) + "]\n"


def options(c, text):
    return 'kind = "options"\n' + array(
        "options", (f'name = "{name}", points = {text(points)}' for name, points in c["table"])
    )


def percent_bands(items):
    return 'kind = "bands"\nunit = "%"\n' + array("bands", items)


def thresholds(c, text):
    # Each band ends where the one above it begins; the lowest one stays open.
    bands, above = [], None
    for least, points in c["table"]:
        bounds = [f"from = {least}"] if least else []
        bounds += [f"below = {above}"] if above else []
        bands.append(", ".join([*bounds, f"points = {text(points)}"]))
        above = least
    return percent_bands(bands)


def prop(c, text):
    return percent_bands(
        [
            f"from = {c['hi']}, points = {text(c['max'])}",
            f"from = {c['lo']}, below = {c['hi']}, proportional_to = 100",
            f"below = {c['lo']}, points = 0",
        ]
    )


def deduct(c, text):
    return f'kind = "losses"\neach = {text(c["step"])}\ncap = {text(c["cap"])}\n'


RULES = {"options": options, "thresholds": thresholds, "prop": prop, "deduct": deduct}


def heading(code, name, points):
    return f'[[criterion]]\nid = "{code}"\nname = "{name}"\nmax = {points}\n'


def criteria_set(criteria, grades, text):
    parts = [HEAD]
    parts += [f'[[grade]]\nname = "{name}"\nfrom = {least // 100}\n' for name, least in grades]
    for field in sorted({c["field"] for c in criteria}):
        members = [c for c in criteria if c["field"] == field]
        parts.append(heading(field, f"Field {field}", text(sum(c["max"] for c in members))))
        parts += [
            heading(c["code"], f"Criterion {c['code']}", text(c["max"])) + RULES[c["kind"]](c, text) for c in members
        ]
    return "\n".join(parts)
