// A grid with its toolbar: filters, search, order, and the count that is said aloud.
const fold = (text) => (text ?? "").normalize("NFKC").toLowerCase();

const among = (column) => (values) => {
  const wanted = column.texts.map((text) => values.includes(text));
  return (row) => wanted[column.codes[row]];
};
const flagged = (column) => () => (row) => column.values[row] > 0;

// The texts of a column as they are searched; made in quiet moments, or when first asked for.
function folded(column, upTo = column.texts.length) {
  column.folded ??= [];
  for (let at = column.folded.length; at < upTo; at++) column.folded.push(fold(column.texts[at]));
  return column.folded;
}

const quiet = window.requestIdleCallback ?? ((task) => setTimeout(task, 30));
function prepare(waiting) {
  const column = waiting[0];
  if (!column) return;
  folded(column, Math.min(column.texts.length, (column.folded?.length ?? 0) + 4000));
  if (column.folded.length === column.texts.length) waiting.shift();
  quiet(() => prepare(waiting));
}

function holds(column, term) {
  const texts = folded(column);
  if (!column.codes) return (row) => texts[row].includes(term);
  const found = texts.map((text) => text.includes(term));
  return (row) => found[column.codes[row]];
}

// The place of each distinct text when they are sorted as the language does.
function places(column, texts) {
  const order = texts.map((_, at) => at).sort((one, two) => collator().compare(texts[one], texts[two]));
  const found = new Float64Array(texts.length);
  order.forEach((at, place) => { found[at] = texts[at] ? place : -1; });
  return (row) => found[column.codes[row]];
}
const collators = {};
const collator = () => (collators[language()] ??= new Intl.Collator(language(), { numeric: true }));

class DataTable {
  constructor(section, spec) {
    this.section = section;
    this.spec = spec;
    this.form = section.querySelector("form");
    this.status = section.querySelector("[role=status]");
    this.note = section.querySelector(".print-note");
    this.grid = new Grid(section.querySelector(".window.rows"), spec.row);
    this.sortBy = null;
    this.down = false;
    this.extra = {}; // filters that came with a link and have no field of their own
    this.listen();
    prepare([...spec.search]);
  }

  listen() {
    let timer = 0;
    this.form.addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => this.changed(), event.target.type === "search" ? 120 : 0);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => {
      this.extra = {};
      this.changed();
    }, 0));
    for (const button of this.section.querySelectorAll(".long thead button")) {
      button.addEventListener("click", () => this.sort(button.value));
    }
  }

  changed() {
    this.filter();
    this.spec.changed?.(this.wanted());
  }

  // What the form asks for: name → values.
  wanted() {
    const found = { ...this.extra };
    for (const [name, value] of new FormData(this.form)) if (value) (found[name] ??= []).push(value);
    return found;
  }

  ask(wanted) {
    this.extra = Object.fromEntries(Object.entries(wanted)
      .filter(([name]) => name in this.spec.filters && !this.form.elements[name]));
    for (const field of this.form.elements) {
      if (!field.name) continue;
      const values = wanted[field.name] ?? [];
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  }

  filter() {
    this.find();
    this.draw();
  }

  find() {
    const { search, ...wanted } = this.wanted();
    const tests = Object.entries(wanted).filter(([name]) => name in this.spec.filters).map(([name, values]) => this.spec.filters[name](values));
    if (this.spec.within) tests.push(...this.spec.within(wanted));
    for (const term of fold(search?.[0]).split(/\s+/).filter(Boolean)) {
      const found = this.spec.search.map((column) => holds(column, term));
      tests.push((row) => found.some((test) => test(row)));
    }
    const rows = [];
    for (let row = 0; row < this.spec.count; row++) if (tests.every((test) => test(row))) rows.push(row);
    this.found = rows;
  }

  // Each of the other filters, with a button that takes it away.
  chips() {
    const list = this.section.querySelector(".asked");
    list.hidden = !Object.keys(this.extra).length;
    list.replaceChildren(...Object.entries(this.extra).map(([name, [value]]) => {
      const words = `${word(`table.${name}`)}: ${this.spec.said(name, value)}`;
      const button = el("button", { type: "button" }, own(words), el("span", { "aria-hidden": "true" }, " ×"),
        el("span", { class: "hidden" }, word("table.take_away")));
      button.addEventListener("click", () => {
        delete this.extra[name];
        this.changed();
        this.status.focus({ preventScroll: true });
      });
      return el("li", {}, button);
    }));
  }

  draw() {
    this.chips();
    this.grid.show(this.ordered(this.found));
    const total = this.spec.total ?? this.spec.count;
    const key = this.found.length === total ? "table.all_rows" : "table.some_rows";
    this.status.textContent = this.found.length
      ? counted(key, this.found.length, { total: number(total) }) : word("table.none");
    if (this.spec.besides) this.status.textContent += ` ${this.spec.besides(this.wanted())}`;
    this.grid.viewport.classList.toggle("empty", !this.found.length);
    const left = this.found.length - PRINTED;
    this.note.textContent = left > 0 ? counted("table.print_left", left, { most: number(PRINTED) }) : "";
    this.spec.drawn?.(this.found);
  }

  sort(name) {
    if (this.sortBy !== name) [this.sortBy, this.down] = [name, this.spec.sorts[name].down];
    else if (this.down === this.spec.sorts[name].down) this.down = !this.down;
    else this.sortBy = null;
    for (const head of this.section.querySelectorAll(".long thead th")) {
      const mine = this.sortBy && head.querySelector("button")?.value === this.sortBy;
      if (mine) head.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.draw();
    this.status.textContent += ` ${word(this.sortBy ? (this.down ? "table.sorted_down" : "table.sorted_up") : "table.unsorted",
      { name: this.sortBy ? word(`table.${this.sortBy}`) : "" })}`;
  }

  // Rows in the order asked for; what has no value stands last, equal ones as they were.
  ordered(rows) {
    if (!this.sortBy) return rows;
    const key = this.spec.sorts[this.sortBy].key();
    const count = this.spec.count;
    const most = rows.reduce((highest, row) => Math.max(highest, key(row)), 0);
    const keys = Float64Array.from(rows, (row) => {
      const value = key(row);
      return (value < 0 ? most + 1 : this.down ? most - value : value) * count + row;
    });
    return Array.from(keys.sort(), (value) => value % count);
  }
}
