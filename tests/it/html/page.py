"""Reads an exported page with Python's own HTML parser and says what is wrong with it.

page.py PAGE [SCORE_JSON]: well-formed, names unique, links that lead somewhere, nothing from outside;
with the JSON of `score` beside it, every figure of the page against the exact numbers.
"""

import json
import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "hr", "img", "link"}
faults = []


class Page(HTMLParser):
    """A tree of (tag, attributes, children); children are such tuples or text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = ("root", {}, [])
        self.stack = [self.root]

    def handle_starttag(self, tag, attributes):
        if len({name for name, _ in attributes}) < len(attributes):
            faults.append(f"<{tag}> has an attribute twice")
        node = (tag, dict(attributes), [])
        self.stack[-1][2].append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag, attributes):
        self.stack[-1][2].append((tag, dict(attributes), []))

    def handle_endtag(self, tag):
        if tag in VOID or self.stack[-1][0] != tag:
            faults.append(f"</{tag}> closes <{self.stack[-1][0]}> at line {self.getpos()[0]}")
        else:
            self.stack.pop()

    def handle_data(self, data):
        self.stack[-1][2].append(data)


def walk(node):
    yield node
    for child in node[2]:
        if isinstance(child, tuple):
            yield from walk(child)


def text(node):
    return "".join(child if isinstance(child, str) else text(child) for child in node[2])


def find(node, tag, name=None):
    has = lambda one: name is None or name in one[1].get("class", "").split()
    return [one for one in walk(node) if one[0] == tag and has(one)]


def read(path):
    page = Page()
    page.feed(open(path, encoding="utf-8").read())
    page.close()
    if len(page.stack) != 1:
        faults.append("not closed: " + ", ".join(node[0] for node in page.stack[1:]))
    return page.root


def references(root):
    nodes = list(walk(root))
    ids = [node[1]["id"] for node in nodes if "id" in node[1]]
    known = set(ids)
    if len(known) < len(ids):
        faults.append(f"names twice: {sorted(ids)}")
    if len(find(root, "script")) != 1 or len(find(root, "style")) != 1:
        faults.append("more than one script or style")
    for tag, attributes, children in nodes:
        for name in ("href", "for", "aria-labelledby", "aria-describedby"):
            for target in attributes.get(name, "").split():
                if target.lstrip("#") not in known or (name == "href" and not target.startswith("#")):
                    faults.append(f"<{tag} {name}> leads nowhere: {target}")
        for name, value in attributes.items():
            if name in ("src", "srcset", "action", "data", "poster") or "//" in (value or ""):
                faults.append(f"<{tag} {name}> may load something: {value}")
            if name.startswith("on") or name == "style":
                faults.append(f"<{tag} {name}>: scripts and styles stand in one place")
        if tag == "th" and "scope" not in attributes:
            faults.append("a heading without scope")
        if tag == "table" and not find((tag, attributes, children), "caption"):
            faults.append("a table without caption")
        if tag == "svg" and attributes.get("role") != "img" and "aria-hidden" not in attributes:
            faults.append("a picture without words")
    for style in find(root, "style"):
        if re.search(r"@import|url\((?!#)", text(style)):
            faults.append("the style loads something")
    for script in find(root, "script"):
        if re.search(r"\beval\b|\bfetch\b|XMLHttp|import\(|innerHTML|https?:", text(script)):
            faults.append("the script does what it must not")


def number(shown):
    found = shown.strip().replace("−", "-").replace("+", "").replace(",", ".")
    return Decimal(found) if re.fullmatch(r"-?\d+(\.\d+)?", found) else shown.strip()


def agrees(what, shown, exact):
    got = number(shown)
    if exact is None:
        if got != "–":
            faults.append(f"{what}: {shown!r} where nothing is")
        return
    if not isinstance(got, Decimal):
        faults.append(f"{what}: {shown!r}, not {exact}")
    elif exact.quantize(Decimal(1).scaleb(got.as_tuple().exponent), ROUND_HALF_UP) != got:
        faults.append(f"{what}: {shown!r}, not {exact}")


def rows(table):
    heads = find(find(table, "thead")[0], "th")
    for row in find(find(table, "tbody")[0], "tr"):
        cells = [cell for cell in row[2] if isinstance(cell, tuple)]
        if len(cells) != len(heads):
            faults.append("a row of another length")
        yield row, list(zip([head[1].get("data-k", text(head).split(" ")[0]) for head in heads], cells))


def waterfall(unit, chart):
    # The total stands last in the words, and is drawn.
    total = text(find(chart, "desc")[0]).rsplit(" ", 1)[1]
    agrees(f"{unit['id']} waterfall", total, unit["points"])
    if total not in [text(one) for one in find(chart, "text")]:
        faults.append(f"{unit['id']}: {total} is not drawn")
    # Bars are as long as what they say, to a pixel at either end.
    bars = [Decimal(bar[1]["width"]) for bar in find(chart, "rect", "w")]
    lost = sum(Decimal(bar[1]["width"]) for bar in find(chart, "rect", "l"))
    gained = sum(Decimal(bar[1]["width"]) for bar in find(chart, "rect", "p"))
    top = Decimal(text(find(chart, "desc")[0]).split(";")[0].rsplit(" ", 1)[1].replace(",", "."))
    if len(bars) == 2 and abs(bars[1] / bars[0] - unit["points"] / top) > 2 / bars[0]:
        faults.append(f"{unit['id']}: bars of {bars} for {unit['points']} of {top}")
    steps = len(find(chart, "rect")) - 2
    if abs(bars[0] - lost + gained - bars[-1]) > steps + 1:
        faults.append(f"{unit['id']}: steps do not lead from {bars[0]} to {bars[-1]}")


def figures(root, scored):
    units = {
        f"{tier['id']}/{unit['id']}": unit
        for tier in scored["tiers"]
        for unit in tier["units"] + tier["unranked"]
    }
    seen, cards = set(), {}
    for table in find(root, "table", "main"):
        for row, cells in rows(table):
            key = row[1]["data-u"]
            unit = units[key]
            seen.add(key)
            for link in find(row, "a"):
                cards[link[1]["href"].lstrip("#")] = unit
            # Fields are ids too; the unit's own columns have words.
            own = {"rank": "rank", "total": "points", "max": "max", "index": "index", "bonus": "bonus",
                   "deductions": "deductions"}
            for column, cell in cells:
                what = f"{key} {column}"
                if column in own:
                    agrees(what, text(cell), unit[own[column]])
                elif column in unit["criteria"] and text(cell) != "N/A":
                    agrees(what, text(cell), unit["criteria"][column]["points"])
                elif column == "grade" and text(cell) != (unit["grade"] or "–"):
                    faults.append(f"{what}: {text(cell)}")
                exact = cell[1].get("data-v")
                if exact and column == "index" and Decimal(exact) != unit["index"].normalize():
                    faults.append(f"{what}: sorted by {exact}")
    if seen != set(units):
        faults.append(f"units that are not shown: {set(units) - seen}")
    for table in find(root, "table", "heat"):
        for row, cells in rows(table):
            for column, cell in cells[1:]:
                of = units[row[1]["data-u"]]["criteria"].get(column)
                if text(cell) not in ("N/A", "–"):
                    agrees(f"{row[1]['data-u']} {column} %", text(cell), of["points"] * 100 / of["max"])
    checked = 0
    for card in find(root, "details", "card"):
        unit = cards[card[1]["id"]]
        for table in find(card, "table"):
            for _, cells in rows(table):
                cells = dict(cells)
                of = unit["criteria"].get(text(cells["criterion"]))
                if of and text(cells["points"]) != "N/A":
                    agrees(f"{unit['id']} {text(cells['criterion'])}", text(cells["points"]), of["points"])
                    checked += 1
        for chart in find(card, "svg"):
            if text(find(chart, "desc")[0]).startswith(("Điểm tối đa", "Maximum")):
                waterfall(unit, chart)
    if find(root, "details", "card") and not checked:
        faults.append("no criterion was compared")


root = read(sys.argv[1])
references(root)
if len(sys.argv) > 2:
    scored = json.load(open(sys.argv[2], encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    try:
        figures(root, scored)
    except (KeyError, IndexError) as error:
        faults.append(f"not found: {error!r}")
print("\n".join(faults[:40]))
sys.exit(1 if faults else 0)
