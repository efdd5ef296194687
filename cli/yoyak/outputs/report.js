"use strict";
// Search, sort and group the list of articles. Without this script the page still shows everything.
(() => {
  const list = document.querySelector(".contents");
  if (!list) return;
  document.documentElement.classList.add("js");
  const items = document.querySelector(".contents ol");
  const main = document.querySelector("main");
  const [search, sort, group, count] = ["q", "sort", "group", "count"].map((id) => document.getElementById(id));
  const rows = [...items.children].map((item, order) => ({
    item,
    order,
    article: document.getElementById(item.dataset.id),
    title: item.querySelector("a").textContent,
    press: item.dataset.press || "",
    time: item.dataset.time || "",
  }));
  const text = (row) => (row.text ??= row.article.textContent.normalize("NFC").toLowerCase());
  const compare = new Intl.Collator("ko").compare;
  // Articles without a time or a press come last.
  const last = (key, order) => (a, b) => (!a[key] - !b[key]) || order(a[key], b[key]) || a.order - b.order;
  const orders = {
    input: (a, b) => a.order - b.order,
    newest: last("time", (a, b) => (a < b) - (a > b)),
    oldest: last("time", (a, b) => (a > b) - (a < b)),
    press: last("press", compare),
    title: last("title", compare),
  };
  const groups = { none: () => "", day: (row) => row.time.slice(0, 10) || "–", press: (row) => row.press || "–" };

  const filter = () => {
    const words = search.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => text(row).includes(word));
      row.item.hidden = row.article.hidden = row.hidden;
      shown += !row.hidden;
    }
    count.textContent = words.length ? `${shown} / ${rows.length}` : "";
    headings();
  };
  const arrange = () => {
    rows.sort(orders[sort.value]);
    if (group.value !== "none") {
      const name = groups[group.value];
      const first = new Map();
      for (const row of rows) if (!first.has(name(row))) first.set(name(row), first.size);
      rows.sort((a, b) => first.get(name(a)) - first.get(name(b)));
    }
    items.append(...rows.map((row) => row.item));
    main.append(...rows.map((row) => row.article));
    headings();
  };
  const headings = () => {
    for (const heading of items.querySelectorAll(".group")) heading.remove();
    let before = "";
    for (const row of rows) {
      const name = groups[group.value](row);
      if (row.hidden || name === before) continue;
      before = name;
      const heading = document.createElement("li");
      heading.className = "group";
      heading.textContent = name;
      row.item.before(heading);
    }
  };
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  sort.addEventListener("change", arrange);
  group.addEventListener("change", arrange);
  // On a phone the list starts folded, so that the first article is in view.
  if (matchMedia("(max-width: 40rem)").matches) list.open = false;
})();
