"use strict";
// The page is a plain document; this sorts tables, filters rows and opens sections.
(() => {
  const vi = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // What a cell is sorted by: its exact number, the number that it begins with, or its text.
  const number = (cell) => {
    const text = cell.dataset.v ?? cell.textContent.trim().replace("−", "-").replace(",", ".");
    const found = parseFloat(text);
    return Number.isNaN(found) ? null : found;
  };
  const order = (heading) => {
    const own = heading.dataset.o?.split("|");
    if (own) return (cell) => (own.includes(cell.textContent) ? own.indexOf(cell.textContent) : null);
    if (heading.classList.contains("t")) return (cell) => (cell.textContent === "–" ? null : cell.textContent);
    return number;
  };
  const compare = (a, b) => (typeof a === "string" ? vi.compare(a, b) : a - b);

  // First click: ascending, second: descending, third: as it was.
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const sort = (table, heading, rows) => {
    const state = NEXT[heading.getAttribute("aria-sort")];
    all("th[aria-sort]", table).forEach((other) => other.setAttribute("aria-sort", "none"));
    heading.setAttribute("aria-sort", state);
    const by = order(heading);
    const keyed = rows.map((row, at) => ({ row, at, key: by(row.cells[heading.cellIndex]) }));
    const sign = state === "descending" ? -1 : 1;
    if (state !== "none") {
      // What has no value stands last either way; equal rows keep their order.
      keyed.sort((a, b) =>
        (a.key === null) - (b.key === null) || (a.key === null ? 0 : sign * compare(a.key, b.key)) || a.at - b.at);
    }
    table.tBodies[0].append(...keyed.map((one) => one.row));
  };
  for (const table of all("table.sort")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 2) continue;
    for (const heading of all("thead th", table)) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading, rows));
      heading.append(button);
      heading.setAttribute("aria-sort", "none");
    }
  }

  // "da nang" finds Đà Nẵng; "đà" finds only what is written so.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  // hoà is hòa: the tone stands on the first vowel.
  const TONE = /([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])(?!\p{L})/gu;
  const fold = (text) => text.toLowerCase().trim().normalize("NFD").replace(TONE, "$1$3$2").normalize("NFC");
  const finds = (wanted) => (text) =>
    wanted === plain(wanted) ? plain(text).includes(wanted) : text.includes(wanted);
  const nameOf = (item) => fold((item.querySelector("th[scope=row], summary") ?? item).textContent);
  const filter = (tools) => {
    const part = tools.closest(".part");
    const value = (by) => tools.querySelector(`[data-by=${by}]`)?.value ?? "";
    const [text, block, grade] = [finds(fold(value("text"))), value("block"), value("grade")];
    let shown = 0, count = 0;
    const hidden = new Set();
    for (const item of all(".main tbody tr, .card", part)) {
      const at = item.closest("[data-block]")?.dataset.block ?? "";
      const is = (!block || at === block) && text(nameOf(item)) && (!grade || item.dataset.grade === grade);
      item.hidden = !is;
      if (!is) hidden.add(item.dataset.u);
      count += 1;
      shown += is ? 1 : 0;
    }
    for (const row of all(".heat tbody tr", part)) row.hidden = hidden.has(row.dataset.u);
    for (const section of all(".block", part)) {
      section.hidden = section.querySelector(".main") !== null && !section.querySelector(".main tbody tr:not([hidden])");
    }
    const output = tools.querySelector("output");
    output.textContent = output.dataset.words.replace("{n}", shown).replace("{all}", count);
  };
  for (const tools of all(".tools")) {
    tools.hidden = false;
    tools.addEventListener("input", () => filter(tools));
    filter(tools);
    for (const button of all("button[data-do]", tools)) {
      const cards = () => all("details.card:not([hidden])", tools.closest(".part"));
      button.addEventListener("click", () => cards().forEach((card) => (card.open = button.dataset.do === "open")));
    }
  }

  // A link to a folded section opens it.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = target?.closest("details");
    if (!card) return;
    card.hidden = false;
    card.open = true;
    card.scrollIntoView();
    card.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", open);
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) open(); // the same link again is no change
  });
  open();

  // A box that scrolls can be reached by keyboard; one that does not would only be in the way.
  const reach = (within) => {
    for (const box of all(".box", within)) {
      if (box.closest("details:not([open])")) continue; // nobody sees it yet
      const scrolls = box.clientWidth < box.scrollWidth || box.clientHeight < box.scrollHeight;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  reach(document);
  addEventListener("resize", () => reach(document));
  addEventListener("toggle", (event) => reach(event.target), true);

  // Folded notes are printed; folded cards are not.
  const folded = () => all("details.fold:not([open])");
  addEventListener("beforeprint", () => folded().forEach((one) => { one.dataset.folded = ""; one.open = true; }));
  addEventListener("afterprint", () =>
    all("details[data-folded]").forEach((one) => { delete one.dataset.folded; one.open = false; }));
})();
