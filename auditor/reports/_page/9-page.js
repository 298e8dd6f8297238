// The page: language, light and dark, addresses, printing.
const tables = [itemTable, gapTable].filter(Boolean);
const grids = [...tables.map((table) => table.grid), groups?.grid].filter(Boolean);

function localTimes() {
  const format = new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" });
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
  if (explorer) open();
}

function go(moved) {
  visit(moved);
  visitGaps(moved);
}

for (const radio of document.querySelectorAll("input[name=lang]")) {
  radio.addEventListener("change", () => speak(radio.value));
}
for (const radio of document.querySelectorAll("input[name=theme]")) {
  radio.addEventListener("change", () => { root.dataset.theme = radio.value; });
}
document.getElementById("print")?.addEventListener("click", () => window.print());
window.addEventListener("hashchange", () => go(true));
window.addEventListener("beforeprint", () => { for (const grid of grids) grid.print(true); });
window.addEventListener("afterprint", () => { for (const grid of grids) grid.print(false); });

root.classList.add("live");
for (const table of tables) table.find();
speak(language());
go(false);
