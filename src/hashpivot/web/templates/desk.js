"use strict";
// What pages do beyond what they say without a script: keys, tables sorted and filtered in place, companies that
// are watched, and on the start page the moment one was last here.

(() => {
  const stored = (name) => {
    try {
      return localStorage.getItem(name) ?? "";
    } catch {
      return ""; // a browser that keeps nothing
    }
  };
  const store = (name, text) => {
    try {
      localStorage.setItem(name, text);
    } catch {
      // the page works as without a script
    }
  };
  const find = document.getElementById("find");
  const hits = document.getElementById("hits");

  // When one was last here: a visit ends when no page has been opened for half an hour.
  const VISIT = 30 * 60 * 1000;
  const now = Date.now();
  const last = Number(stored("hashpivot.opened"));
  if (last && now - last > VISIT) store("hashpivot.since", new Date(last).toISOString().slice(0, 16));
  store("hashpivot.opened", String(now));
  const since = stored("hashpivot.since");
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(since);
  if (location.pathname === "/" && !location.search && isMoment) location.replace(`/?since=${since}`);

  // Companies that are watched: a list of tickers in this browser, and in addresses that can be shared.
  const watchlist = () => stored("hashpivot.watch").split(",").filter(Boolean);
  const star = () => document.getElementById("star");
  const showWatched = () => {
    const tickers = watchlist();
    const span = document.getElementById("watched");
    const here = "watchable" in document.body.dataset;
    const address = new URL(here ? location.href : "/season", location.href);
    address.searchParams.set("watch", tickers.join(","));
    span.hidden = !tickers.length;
    span.firstElementChild.href = address;
    span.firstElementChild.textContent = `Watched (${tickers.length})`;
    const button = star();
    if (!button) return;
    const on = tickers.includes(button.dataset.ticker);
    button.hidden = false;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = `${on ? "\u2605 Watched" : "\u2606 Watch"} ${button.dataset.ticker}`;
  };
  const toggleWatched = () => {
    const ticker = star()?.dataset.ticker;
    if (!ticker) return;
    const others = watchlist().filter((name) => name !== ticker);
    const watched = others.length < watchlist().length ? others : [...others, ticker].sort();
    store("hashpivot.watch", watched.join(","));
    showWatched();
  };
  showWatched();
  document.addEventListener("htmx:after:swap", showWatched);

  // The table of a page: sorted and filtered in place, with its state in the address as without a script.
  const text = (cell) => (cell?.textContent ?? "").trim().replace(/\s+/g, " ");
  const MAGNITUDES = { bn: 1e9, m: 1e6, k: 1e3 };
  const number = (words) => {
    const found = /^[^0-9A-Za-z+\u2212-]*([+\u2212-]?)[$\u2265]*([0-9][0-9,]*(?:\.[0-9]+)?)\s?(bn|m|k)?\b/.exec(words);
    if (!found || /^[0-9]{4}(-[0-9]{2}|Q[1-4])/.test(words)) return null;
    const value = Number(found[2].replaceAll(",", "")) * (MAGNITUDES[found[3]] ?? 1);
    return "\u2212-".includes(found[1] || "+") ? -value : value;
  };
  const compare = (rows, column, descending) => {
    const texts = new Map(rows.map((row) => [row, text(row.cells[column])]));
    const there = rows.filter((row) => !["", "\u2013"].includes(texts.get(row)));
    const numbers = new Map(there.map((row) => [row, number(texts.get(row))]));
    const numeric = there.every((row) => numbers.get(row) !== null);
    const value = (row) => (numeric ? numbers.get(row) : texts.get(row).toLowerCase());
    const order = (one, two) => (one < two ? -1 : one > two ? 1 : 0);
    const way = descending ? -1 : 1;
    const name = (row) => text(row.cells[0]).toLowerCase();
    there.sort((a, b) => way * order(value(a), value(b)) || order(name(a), name(b)));
    const absent = rows.filter((row) => !there.includes(row));
    return [...there, ...absent.sort((a, b) => order(name(a), name(b)))];
  };
  const note = (changes) => {
    const address = new URL(location.href);
    for (const [name, words] of Object.entries(changes)) {
      if (words) address.searchParams.set(name, words);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  };
  const sortBy = (link) => {
    const table = link.closest("table");
    const asked = new URL(link.href).searchParams;
    const descending = asked.get("order") === "desc";
    const head = link.closest("th");
    const body = table.tBodies[0];
    body.append(...compare([...body.rows], head.cellIndex, descending));
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    note({ sort: asked.get("sort"), order: asked.get("order") });
    const next = new URL(link.href);
    next.searchParams.set("order", descending ? "asc" : "desc");
    link.href = next;
  };
  const filterBy = (field) => {
    const rows = [...document.querySelector("table.sortable").tBodies[0].rows];
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => text(row).toLowerCase().includes(word));
    const shown = rows.filter((row) => !row.hidden).length;
    const status = field.form.querySelector("[role=status]");
    status.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
    note({ filter: field.value.trim() });
  };

  // Keys, never while one types.
  const links = () =>
    [...document.querySelectorAll("main tbody tr")]
      .filter((row) => !row.hidden)
      .map((row) => row.querySelector("a[href]"))
      .filter((link) => link && link.offsetParent);
  const step = (by) => {
    const all = links();
    const row = document.activeElement?.closest("tr");
    const at = all.findIndex((link) => link.closest("tr") === row);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    "/": () => find.focus(),
    "?": () => document.getElementById("keys").showModal(),
    j: () => step(1),
    k: () => step(-1),
    w: toggleWatched,
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hits.replaceChildren();
    if (event.key === "ArrowDown") hits.querySelector("a[href]")?.focus();
  });
  find.addEventListener("input", () => find.value.trim() || hits.replaceChildren());
  // What was typed before htmx began to listen is looked for too.
  const begin = () => find.value !== find.defaultValue && find.dispatchEvent(new Event("input", { bubbles: true }));
  document.addEventListener("htmx:after:process", begin, { once: true });

  // Parts of a page may be replaced by others, hence one listener for all of them.
  document.addEventListener("input", (event) => event.target.matches("form.filter input") && filterBy(event.target));
  document.addEventListener("submit", (event) => event.target.matches("form.filter") && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#hits, .find")) hits.replaceChildren();
    if (event.target.closest("#star")) toggleWatched();
    const link = event.target.closest("a.sort");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    sortBy(link);
  });

  // Another day is another page: the links around it are of that day too.
  document.addEventListener(
    "change",
    (event) => {
      if (event.target.name !== "as_of" || !event.target.form) return;
      event.stopImmediatePropagation();
      event.target.form.submit();
    },
    true,
  );

  // What is left empty is not asked, and does not stand in the address.
  document.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
})();
