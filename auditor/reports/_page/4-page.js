// The page: language, light and dark, links that set filters, printing.
const tables = [];
for (const [id, spec] of [["items-table", itemTable], ["gaps-table", gapTable]]) {
  const section = document.getElementById(id);
  if (section) tables.push(new PagedTable(section, spec));
}

function localTimes() {
  const format = new Intl.DateTimeFormat(language(), {
    dateStyle: "medium", timeStyle: "short",
  });
  for (const node of document.querySelectorAll("time[datetime]")) {
    const moment = new Date(node.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    node.title = node.dateTime;
    node.textContent = format.format(moment);
  }
}

function optionWords() {
  for (const option of document.querySelectorAll("option[data-word]")) {
    option.textContent = word(option.dataset.word);
  }
}

function speak(lang) {
  root.lang = lang;
  document.title = word("title");
  for (const radio of document.querySelectorAll("input[name=lang]")) {
    radio.checked = radio.value === lang;
  }
  localTimes();
  optionWords();
  for (const table of tables) table.draw();
}

for (const radio of document.querySelectorAll("input[name=lang]")) {
  radio.addEventListener("change", () => speak(radio.value));
}
for (const radio of document.querySelectorAll("input[name=theme]")) {
  radio.addEventListener("change", () => { root.dataset.theme = radio.value; });
}
document.getElementById("print")?.addEventListener("click", () => window.print());

// A link such as data-filter="level=public&level=external" opens its table with these filters.
for (const anchor of document.querySelectorAll("a[data-filter]")) {
  anchor.addEventListener("click", () => {
    const table = tables.find((one) => one.section.id === anchor.hash.slice(1));
    if (!table) return;
    table.form.reset();
    for (const [name, value] of new URLSearchParams(anchor.dataset.filter)) {
      for (const field of table.form.querySelectorAll(`[name="${name}"]`)) {
        if (field.type === "checkbox") field.checked ||= field.value === value;
        else field.value = value;
      }
    }
    table.filter();
  });
}

const PRINTED = 200;
const before = new Map();
window.addEventListener("beforeprint", () => {
  for (const table of tables) {
    before.set(table, [table.size, table.page]);
    [table.size, table.page] = [PRINTED, 0];
    table.draw();
  }
});
window.addEventListener("afterprint", () => {
  for (const table of tables) {
    [table.size, table.page] = before.get(table) ?? [table.size, table.page];
    table.draw();
  }
});

root.classList.add("live");
speak(language());
