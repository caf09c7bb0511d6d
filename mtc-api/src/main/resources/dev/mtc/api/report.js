"use strict";
for (const section of document.querySelectorAll("section.items")) {
  const body = section.querySelector("tbody");
  const rows = Array.from(body.rows, row => ({row, text: row.textContent.toLowerCase(), action: row.cells[0].textContent}));
  if (rows.length > 5) addFilter(section, rows);
  addSorting(section, body, rows);
}

function addFilter(section, rows) {
  const title = section.querySelector("h2").firstChild.textContent.trim();
  const tools = document.createElement("div");
  tools.className = "tools";
  const find = document.createElement("input");
  find.type = "search";
  find.placeholder = "Filter " + title.toLowerCase();
  find.setAttribute("aria-label", find.placeholder);
  const choose = document.createElement("select");
  choose.setAttribute("aria-label", "Outcome");
  choose.append(new Option("every outcome", ""));
  for (const action of Array.from(new Set(rows.map(item => item.action))).sort()) choose.append(new Option(action, action));
  const shown = document.createElement("output");
  tools.append(find, choose, shown);
  section.querySelector("h2").after(tools);
  let asked = 0;
  const apply = () => {
    const words = find.value.toLowerCase().split(/\s+/);
    let count = 0;
    for (const item of rows) {
      const matches = (choose.value === "" || choose.value === item.action) && words.every(word => item.text.includes(word));
      if (item.row.hidden === matches) item.row.hidden = !matches;
      if (matches) count++;
    }
    shown.textContent = count === rows.length ? "" : count + " of " + rows.length;
  };
  const soon = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(apply); };
  find.addEventListener("input", soon);
  choose.addEventListener("change", soon);
}

function addSorting(section, body, rows) {
  const heads = Array.from(section.querySelectorAll("th"));
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    head.classList.add("sortable");
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
      const keyed = rows.map(item => {
        const cell = item.row.cells[column];
        return {row: item.row, key: cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value)};
      });
      const collator = new Intl.Collator("en", {numeric: true});
      keyed.sort((a, b) => way * (typeof a.key === "number" ? a.key - b.key : collator.compare(a.key, b.key)));
      // Thousands of rows that are moved one by one take the browser many seconds.
      body.replaceChildren();
      body.append(...keyed.map(item => item.row));
    });
  });
}
