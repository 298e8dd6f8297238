// A grid of any number of rows that draws those in sight. Rows are of one height, so that the place
// of each is known; the arrow keys move through cells, Enter follows what is in one.
const SPARE = 6;
const PRINTED = 1000;

class Grid {
  constructor(viewport, draw) {
    this.viewport = viewport;
    this.draw = draw;
    this.table = viewport.querySelector("table");
    this.head = viewport.querySelector("thead");
    this.body = viewport.querySelector("tbody");
    this.rows = [];
    this.active = 0;
    this.cell = 0;
    this.height = 0;
    this.from = this.to = -1;
    this.paper = false;
    viewport.addEventListener("scroll", () => this.render(), { passive: true });
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("focusin", (event) => this.note(event.target));
    new ResizeObserver(() => requestAnimationFrame(() => this.measure())).observe(viewport);
  }

  show(rows) {
    this.rows = rows;
    this.active = 0;
    this.viewport.scrollTop = 0;
    this.table.setAttribute("aria-rowcount", rows.length + 1);
    this.redraw();
  }

  redraw() {
    this.from = this.to = -1;
    if (!this.height && this.rows.length) this.measure();
    else this.render();
  }

  measure() {
    const probe = this.body.rows[0] ?? this.body.appendChild(this.rows.length ? this.draw(this.rows[0]) : el("tr"));
    const height = probe.offsetHeight;
    if (!height) return; // not in sight
    this.height = height;
    this.from = this.to = -1;
    this.render();
  }

  // Rows that fit, below the head that stays.
  get room() {
    return this.viewport.clientHeight - this.head.offsetHeight;
  }

  render() {
    if (this.paper) return void this.place(0, Math.min(this.rows.length, PRINTED));
    if (!this.height) return;
    const top = Math.floor(this.viewport.scrollTop / this.height);
    const end = Math.ceil((this.viewport.scrollTop + Math.max(this.room, this.height)) / this.height);
    if (top >= this.from && Math.min(end, this.rows.length) <= this.to) return;
    this.place(Math.max(0, top - SPARE), Math.min(this.rows.length, end + SPARE));
  }

  place(from, to) {
    const held = this.body.contains(document.activeElement);
    [this.from, this.to] = [from, to];
    this.body.style.height = this.paper ? "" : `${this.rows.length * this.height}px`;
    this.body.style.paddingTop = this.paper ? "" : `${from * this.height}px`;
    const drawn = [];
    for (let at = from; at < to; at++) {
      const row = this.draw(this.rows[at]);
      row.setAttribute("aria-rowindex", at + 2);
      drawn.push(row);
    }
    this.body.replaceChildren(...drawn);
    this.tab();
    if (!held) return;
    if (this.active >= from && this.active < to) this.target(this.active)?.focus({ preventScroll: true });
    else this.viewport.focus({ preventScroll: true });
  }

  // One cell of the grid can be reached by the tabulator, the others by arrows from there.
  tab() {
    for (const node of this.body.querySelectorAll("a, button, [role=gridcell]")) node.tabIndex = -1;
    const first = Math.max(this.from, Math.ceil(this.viewport.scrollTop / (this.height || 1)));
    const at = this.active >= this.from && this.active < this.to ? this.active : first;
    const node = this.target(at);
    if (node) node.tabIndex = 0;
  }

  target(at) {
    const cell = this.body.rows[at - this.from]?.children[this.cell];
    return cell?.querySelector("a, button") ?? cell;
  }

  focus(at, cell = this.cell) {
    if (!this.rows.length) return;
    this.active = Math.min(Math.max(at, 0), this.rows.length - 1);
    this.cell = Math.min(Math.max(cell, 0), this.head.rows[0].children.length - 1);
    const [top, view] = [this.active * this.height, this.viewport];
    if (top < view.scrollTop) view.scrollTop = top;
    else if (top + this.height > view.scrollTop + this.room) view.scrollTop = top + this.height - this.room;
    this.render();
    this.tab();
    this.target(this.active)?.focus({ preventScroll: true });
  }

  note(node) {
    const cell = node.closest("[role=rowheader], [role=gridcell]");
    const row = cell?.parentElement;
    if (!row) return;
    this.active = Number(row.getAttribute("aria-rowindex")) - 2;
    this.cell = [...row.children].indexOf(cell);
    this.tab();
  }

  key(event) {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor(this.room / this.height) - 1);
    const last = this.rows.length - 1;
    const [at, cell] = [this.active, this.cell];
    const move = {
      ArrowDown: [at + 1, cell], ArrowUp: [at - 1, cell], PageDown: [at + page, cell], PageUp: [at - page, cell],
      ArrowRight: [at, cell + 1], ArrowLeft: [at, cell - 1],
      Home: event.ctrlKey ? [0, 0] : [at, 0], End: event.ctrlKey ? [last, cell] : [at, Infinity],
    }[event.key];
    if (!move) return;
    event.preventDefault();
    this.focus(...move);
  }

  // On paper the first rows stand all, without a scrolling window.
  print(paper) {
    this.paper = paper;
    this.redraw();
  }
}
