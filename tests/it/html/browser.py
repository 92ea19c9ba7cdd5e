"""Opens an exported page in a real Chromium and uses it as a person does.

browser.py CHROMIUM PAGE FOLDER: sorts, filters, opens, prints, by mouse and by keyboard, in light and dark,
on a desk and on a telephone; says what went wrong. Speaks the DevTools protocol through a pipe.
"""

import base64
import json
import os
import subprocess
import sys

faults = []


class Browser:
    def __init__(self, chromium, folder):
        to_browser, from_browser = os.pipe(), os.pipe()
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
                 "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--no-first-run",
                 "--user-data-dir=" + os.path.join(folder, "profile")]

        def as_expected():
            # Chromium reads from descriptor 3 and writes to 4.
            os.dup2(to_browser[0], 63)
            os.dup2(from_browser[1], 64)
            os.dup2(63, 3)
            os.dup2(64, 4)

        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen([chromium, *flags], close_fds=False, preexec_fn=as_expected,
                                        stdin=quiet, stdout=quiet, stderr=quiet)
        os.close(to_browser[0])
        os.close(from_browser[1])
        self.to, self.back, self.read_so_far = to_browser[1], from_browser[0], b""
        self.number, self.session, self.events, self.seen = 0, None, [], []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def read(self):
        while b"\0" not in self.read_so_far:
            more = os.read(self.back, 1 << 16)
            if not more:
                sys.exit("the browser ended")
            self.read_so_far += more
        message, self.read_so_far = self.read_so_far.split(b"\0", 1)
        return json.loads(message)

    def keep(self, event):
        self.events.append(event)
        self.seen.append(event)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.keep(answer)

    def go(self, address):
        for to in ("about:blank", address):
            self.events.clear()
            self.call("Page.navigate", url=to)
            while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
                self.keep(self.read())

    def js(self, code):
        result = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            faults.append(f"{code}: {result['exceptionDetails'].get('exception', {}).get('description')}")
        return result["result"].get("value")

    def key(self, key, code, text=None):
        same = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", **same, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **same)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def end(self):
        self.session = None
        self.call("Browser.close")
        self.process.wait(timeout=30)


def expect(what, got, wanted):
    if got != wanted:
        faults.append(f"{what}: {got!r}, not {wanted!r}")


def sort(browser):
    column = """(key) => { const t = document.querySelector('table.main');
        const at = [...t.tHead.rows[0].cells].findIndex((c) => c.dataset.k === key);
        return [...t.tBodies[0].rows].map((r) => r.cells[at].dataset.v ?? r.cells[at].textContent); }"""
    press = "(key) => document.querySelector(`table.main th[data-k=${key}] button`).click()"
    state = "document.querySelector('table.main th[data-k={}]').ariaSort"
    before = browser.js(f"({column})('name')")
    numbers = lambda texts: [float(text.replace(",", ".")) for text in texts if text != "–"]
    for direction, upward in (("ascending", 1), ("descending", -1)):
        browser.js(f"({press})('index')")
        got = numbers(browser.js(f"({column})('index')"))
        expect(f"index {direction}", got, sorted(got, key=lambda number: upward * number))
        expect("aria-sort", browser.js(state.format("index")), direction)
    browser.js(f"({press})('index')")
    expect("third click", browser.js(f"({column})('name')"), before)
    expect("aria-sort", browser.js(state.format("index")), "none")
    browser.js(f"({press})('name')")
    wanted = browser.js(f"({column})('name').sort(new Intl.Collator('vi', {{numeric: true}}).compare)")
    expect("names by the Vietnamese alphabet", browser.js(f"({column})('name')"), wanted)
    # The keyboard: on to the next heading, and Enter.
    browser.js("document.querySelector('table.main th[data-k=name] button').focus()")
    browser.key("Tab", 9)
    reached = browser.js("document.activeElement.closest('th')?.dataset.k")
    browser.key("Enter", 13, "\r")
    expect("sorted by keyboard", browser.js("document.activeElement.closest('th')?.ariaSort"), "ascending")
    expect("only one column is sorted", browser.js("document.querySelectorAll('table.main')[0].querySelectorAll('th[aria-sort=ascending]').length"), 1)
    expect("the next column", reached not in (None, "name"), True)
    outline = browser.js("getComputedStyle(document.activeElement).outlineStyle")
    expect("focus is seen", outline, "solid")


def filters(browser):
    shown = "[...document.querySelectorAll('table.main tbody tr')].filter((r) => r.checkVisibility()).map((r) => r.querySelector('th').textContent)"
    heat = "[...document.querySelectorAll('table.heat tbody tr')].filter((r) => r.checkVisibility()).length"
    every = browser.js(shown)
    name = every[len(every) // 2]
    for typed in (name, name.upper(), browser.js(f"{json.dumps(name)}.normalize('NFD').replace(/\\p{{M}}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')")):
        browser.js("document.querySelector('.part input').focus()")
        browser.type(typed)
        found = browser.js(shown)
        expect(f"{typed} is found", name in found and len(found) < len(every), True)
        expect("heat maps follow", browser.js(heat), len(found))
        count = browser.js("document.querySelector('.part output').textContent")
        expect("count", count, f"Hiện {len(found)}/{len(every)} đơn vị")
        browser.js("(() => { const i = document.querySelector('.part input'); i.value = ''; i.dispatchEvent(new Event('input', {bubbles: true})); })()")
    expect("all are back", browser.js(shown), every)
    pick = """(by, at) => { const s = document.querySelector(`.part select[data-by=${by}]`); if (!s) return null;
        s.selectedIndex = at; s.dispatchEvent(new Event('input', {bubbles: true})); return s.value; }"""
    grade = browser.js(f"({pick})('grade', 1)")
    if grade:
        wanted = browser.js("[...document.querySelectorAll('table.main tbody tr')].filter((r) => r.dataset.grade === %s).length" % json.dumps(grade))
        expect(f"grade {grade}", len(browser.js(shown)), wanted)
        browser.js(f"({pick})('grade', 0)")
    if browser.js(f"({pick})('block', 1)"):
        expect("one block", browser.js("[...document.querySelectorAll('#p1-ranking .block')].filter((b) => b.checkVisibility()).length"), 1)
        browser.js(f"({pick})('block', 0)")
    expect("all are back", browser.js(shown), every)


def cards(browser):
    expect("cards are folded", browser.js("document.querySelectorAll('details.card[open]').length"), 0)
    browser.js("document.querySelector('table.main tbody a').focus()")
    browser.key("Enter", 13, "\r")
    browser.js("new Promise((done) => setTimeout(done, 100))")
    expect("a link opens its card", browser.js("document.querySelector('details.card[open]')?.id === decodeURIComponent(location.hash.slice(1))"), True)
    expect("focus follows", browser.js("document.activeElement.tagName"), "SUMMARY")
    expect("the card is in sight", browser.js("Math.abs(document.querySelector('details.card[open]').getBoundingClientRect().top) < innerHeight / 2"), True)
    browser.js("document.querySelector('[data-do=open]').click()")
    expect("open all", browser.js("document.querySelectorAll('details.card:not([open])').length"), 0)
    browser.js("document.querySelector('[data-do=close]').click()")
    expect("close all", browser.js("document.querySelectorAll('details.card[open]').length"), 0)


# Text against what stands behind it, by the formula of WCAG 2: what is less than 4.5 (3 for large text).
CONTRAST = """(() => {
  const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const bad = new Map(); let least = 99;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let at = 0; walker.nextNode() && at < 20000; at += 1) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !e.checkVisibility() || e.closest('svg, script, style, option')) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(parse(style.color)), light(behind(e))].sort((x, y) => x - y);
    const ratio = (b + 0.05) / (a + 0.05);
    least = Math.min(least, ratio);
    if (ratio < 4.5) bad.set(e.tagName + '.' + e.className, ratio.toFixed(2));
  }
  const paper = behind(document.querySelector('main'));
  for (const e of document.querySelectorAll('svg.c text, svg.c .w, svg.c .l, svg.c .p, svg.c .m')) {
    if (e.matches('.od, .ol')) continue; // on bars
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(paper)].sort((x, y) => x - y);
    const ratio = (b + 0.05) / (a + 0.05);
    if (ratio < (e.tagName === 'text' ? 4.5 : 3)) bad.set(e.tagName + '.' + e.getAttribute('class'), ratio.toFixed(2));
  }
  return [[...bad].map((one) => one.join(' ')), least];
})()"""


def looks(browser, address):
    for scheme in ("light", "dark"):
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for width, height in ((1280, 900), (360, 740)):
            browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
            browser.go(address)
            browser.js("document.querySelector('details.card').open = true")
            wide = browser.js("document.documentElement.scrollWidth")
            expect(f"{scheme}, {width} pixels wide: the page scrolls aside", max(wide, width), width)
        bad, least = browser.js(CONTRAST) or ([], 0)
        for one in bad:
            faults.append(f"{scheme}: too little contrast: {one}")
        print(f"least contrast of text, {scheme}: {least:.2f}")
        paper = browser.js("getComputedStyle(document.body).backgroundColor")
        expect(f"{scheme} paper", sum(map(int, paper[4:-1].split(","))) < 300, scheme == "dark")
    # Twice the text.
    browser.call("Emulation.setDeviceMetricsOverride", width=640, height=450, deviceScaleFactor=2, mobile=False)
    browser.go(address)
    expect("at 200 % the page scrolls aside", browser.js("document.documentElement.scrollWidth") <= 640, True)
    browser.call("Emulation.clearDeviceMetricsOverride")
    browser.call("Emulation.setEmulatedMedia", features=[])


def prints(browser, address, folder):
    browser.go(address)
    browser.js("document.querySelector('details.card').open = true")
    pdf = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    with open(os.path.join(folder, "page.pdf"), "wb") as file:
        file.write(pdf)
    expect("a PDF", pdf[:5], b"%PDF-")


def main(chromium, page, folder):
    address = "file://" + os.path.abspath(page)
    browser = Browser(chromium, folder)
    browser.go(address)
    sort(browser)
    filters(browser)
    browser.go(address)
    cards(browser)
    looks(browser, address)
    prints(browser, address, folder)
    for event in browser.seen:
        method, params = event.get("method"), event.get("params", {})
        if method == "Log.entryAdded" or method == "Runtime.exceptionThrown":
            faults.append(f"console: {json.dumps(params, ensure_ascii=False)[:300]}")
        if method == "Runtime.consoleAPICalled":
            faults.append(f"console: {params.get('type')}")
        if method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if url.split("#")[0] not in (address, "about:blank"):
                faults.append(f"asked for {url}")
    browser.end()
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main(*sys.argv[1:])
