// A table that holds many rows and draws one page of them.
class PagedTable {
  constructor(section, spec) {
    this.section = section;
    this.spec = spec;
    this.form = section.querySelector("form");
    this.body = section.querySelector("tbody");
    this.status = section.querySelector("[role=status]");
    this.buttons = [...section.querySelectorAll(".pager button")];
    this.sortBy = null;
    this.down = false;
    this.page = 0;
    this.size = 25;
    this.open = new Set();
    this.rows = Array.from({ length: spec.count }, (_, row) => row);
    this.listen();
    this.filter();
  }

  listen() {
    let timer = 0;
    this.form.addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => this.filter(), event.target.type === "search" ? 180 : 0);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.filter(), 0));
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.turn(button.value));
    }
    for (const button of this.section.querySelectorAll("thead button")) {
      button.addEventListener("click", () => this.sort(button.value));
    }
  }

  filter() {
    const wanted = new FormData(this.form);
    const terms = fold(wanted.get("search")).split(/\s+/).filter(Boolean);
    const tests = Object.entries(this.spec.filters)
      .map(([name, test]) => [test, wanted.getAll(name).filter(Boolean)])
      .filter(([, values]) => values.length);
    if (terms.length && !this.hay) {
      this.hay = Array.from({ length: this.spec.count }, (_, row) => fold(this.spec.hay(row)));
    }
    this.rows = [];
    for (let row = 0; row < this.spec.count; row++) {
      if (tests.every(([test, values]) => test(row, values))
        && terms.every((term) => this.hay[row].includes(term))) this.rows.push(row);
    }
    this.order();
    this.page = 0;
    this.draw();
  }

  sort(name) {
    if (this.sortBy !== name) [this.sortBy, this.down] = [name, this.spec.sorts[name].down];
    else if (this.down === this.spec.sorts[name].down) this.down = !this.down;
    else this.sortBy = null;
    for (const head of this.section.querySelectorAll("thead th")) {
      const mine = this.sortBy && head.querySelector("button")?.value === this.sortBy;
      if (mine) head.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.order();
    this.page = 0;
    this.draw();
  }

  order() {
    if (!this.sortBy) return void this.rows.sort((one, two) => one - two);
    const { key, text } = this.spec.sorts[this.sortBy];
    const compare = text ? new Intl.Collator(language()).compare : (one, two) => one - two;
    const sign = this.down ? -1 : 1;
    this.rows.sort((one, two) => {
      const [a, b] = [key(one), key(two)];
      if (a === null || b === null) return (a === null) - (b === null) || one - two;
      return sign * compare(a, b) || one - two;
    });
  }

  turn(where) {
    const last = Math.max(0, Math.ceil(this.rows.length / this.size) - 1);
    const target = { first: 0, back: this.page - 1, next: this.page + 1, last }[where];
    this.page = Math.min(last, Math.max(0, target));
    this.draw();
    this.section.querySelector("table").scrollIntoView({ block: "start" });
  }

  draw() {
    const from = this.page * this.size;
    const rows = this.rows.slice(from, from + this.size);
    this.body.replaceChildren(...rows.flatMap((row) => this.drawRow(row)));
    if (!rows.length) {
      const width = this.section.querySelectorAll("thead th").length;
      this.body.append(el("tr", { role: "row" }, el("td", { role: "cell", colspan: width, class: "none" }, word("table.none"))));
    }
    const values = {
      from: number(rows.length ? from + 1 : 0),
      to: number(from + rows.length),
      all: number(this.rows.length),
      total: number(this.spec.count),
    };
    const key = this.rows.length === this.spec.count ? "table.range" : "table.range_filtered";
    this.status.textContent = word(key, values);
    const end = from + this.size >= this.rows.length;
    for (const button of this.buttons) {
      const off = button.value === "next" || button.value === "last" ? end : this.page === 0;
      button.toggleAttribute("disabled", off);
    }
  }

  drawRow(row) {
    const drawn = this.spec.row(row);
    const head = drawn.querySelector("th");
    if (!this.spec.detail || !head) return [drawn];
    const id = `${this.section.id}-${row}`;
    const button = el("button", { type: "button", class: "opener", "aria-controls": id });
    button.append(el("span", { class: "hidden" }, word("table.details")));
    head.prepend(button);
    let detail = null;
    const show = (open) => {
      button.setAttribute("aria-expanded", String(open));
      if (open && !detail) {
        const across = { role: "cell", colspan: drawn.children.length };
        detail = el("tr", { role: "row", class: "detail", id }, el("td", across, this.spec.detail(row)));
        drawn.after(detail);
      }
      if (detail) detail.hidden = !open;
      if (open) this.open.add(row);
      else this.open.delete(row);
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    if (!this.open.has(row)) {
      button.setAttribute("aria-expanded", "false");
      return [drawn];
    }
    const holder = el("tbody", {}, drawn); // `after` needs a parent
    show(true);
    return [...holder.children];
  }
}
