// Down from the tenant to a service, a place, an item; each step has an address, so the browser's
// own buttons go back, and an address can be kept or sent with the file.
const STEPS = ["tenant", "source", "partition", "item"];
const explorer = document.getElementById("items-table");
const several = items.tenant.texts.length > 1;
const state = { path: {}, wanted: {}, shown: null };

// "#items?source=mail&level=public": the path and the filters.
function address(asked) {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(asked)) {
    for (const value of [values].flat()) if (value !== undefined) query.append(name, value);
  }
  return `#items${query.size ? `?${query}` : ""}`;
}

function asked(hash) {
  const at = hash.indexOf("?");
  const found = {};
  for (const [name, value] of new URLSearchParams(at < 0 ? "" : hash.slice(at + 1))) (found[name] ??= []).push(value);
  return [at < 0 ? hash.slice(1) : hash.slice(1, at), found];
}

function split(found) {
  const [path, wanted] = [{}, {}];
  for (const [name, values] of Object.entries(found)) {
    if (STEPS.includes(name)) path[name] = values[0];
    else wanted[name] = values;
  }
  if ("item" in path) {
    const row = Number(path.item);
    if (Number.isInteger(row) && row >= 0 && row < items.total) path.item = row;
    else delete path.item;
  }
  return [path, wanted];
}

// Items whose findings were all accepted: told in every count, shown when they are asked for.
const accepted = items.status.texts.includes("suppressed")
  ? items.status.codes.reduce((sum, code) => sum + (items.status.texts[code] === "suppressed"), 0) : 0;
const asksAccepted = (wanted) => (wanted.status ?? []).includes("suppressed");

const itemTable = explorer && new DataTable(explorer, {
  count: items.total,
  row: itemRow,
  search: [items.item, items.partition, items.owner, items.folder, items.leaf],
  filters: itemFilters,
  sorts: itemSorts,
  said: (name, code) => (name === "document" && !code ? word("table.other_paper")
    : word(`${{ reach: "reaches", persons: "people", period: "periods", document: "types", measure: "measures" }[name]}.${code}`)),
  total: items.total - accepted,
  within: (wanted) => [
    ...STEPS.slice(0, 3).filter((step) => step in state.path).map((step) => among(items[step])([state.path[step]])),
    ...(asksAccepted(wanted) ? [] : [(row) => items.status(row) !== "suppressed"]),
  ],
  besides: (wanted) => (accepted && !asksAccepted(wanted) ? counted("table.accepted", accepted) : ""),
  drawn: (rows) => groups.draw(rows),
  changed(wanted) {
    state.wanted = wanted;
    state.shown = listKey();
    history.replaceState(null, "", address({ ...state.path, ...wanted }));
    crumbs();
  },
});
const groups = explorer && new Places(explorer.querySelector(".groups-of-items"));

function listPath() {
  const { item, ...path } = state.path;
  return path;
}
const listKey = () => address({ ...listPath(), ...state.wanted });

function stepName(step, code) {
  if (step === "source") return word(`sources.${code}`);
  return (step === "tenant" ? data.tenants[code] : code) || code || word("table.unnamed");
}

function crumbs() {
  const list = explorer.querySelector(".path ol");
  const steps = [[several ? word("table.all_tenants") : data.root, {}]];
  const path = {};
  const item = state.path.item;
  for (const step of several ? STEPS : STEPS.slice(1)) {
    if (!(step in state.path) && item === undefined) continue;
    path[step] = step === "item" || item === undefined ? state.path[step] : items[step](item);
    const name = step === "item" ? nameOf(path.item) : stepName(step, path[step]);
    steps.push([name, { ...path }]);
  }
  const last = steps.length - 1;
  list.replaceChildren(...steps.map(([name, at], place) => el("li", {}, place === last
    ? el("span", { "aria-current": "location", tabindex: "-1" }, own(name))
    : el("a", { href: address({ ...at, ...state.wanted }) }, own(name)))));
  explorer.querySelector(".path").hidden = last === 0;
}

// Shows what the address asks for; `moved` is whether a person went there just now.
function visit(moved) {
  const [mark, found] = asked(location.hash);
  if (!explorer || (!moved && !Object.keys(found).length)) return;
  const left = state.path.item;
  if (mark === "items" || mark === "") [state.path, state.wanted] = split(found);
  else state.path = listPath();
  if (state.shown !== listKey()) {
    state.shown = listKey();
    itemTable.ask(state.wanted);
    itemTable.filter();
  }
  open();
  if (mark !== "items" && (left === undefined || mark === "gaps")) return;
  const { top } = explorer.getBoundingClientRect();
  if (mark === "items" && (top < 0 || top > innerHeight / 2)) {
    explorer.scrollIntoView({ block: "start" });
  }
  if (!moved) return;
  const at = left === undefined || "item" in state.path ? -1 : itemTable.grid.rows.indexOf(left);
  if (at >= 0) itemTable.grid.focus(at, 0);
  else explorer.querySelector("item" in state.path ? ".item h3" : ".path [aria-current]")?.focus({ preventScroll: true });
}

function open() {
  const row = state.path.item;
  const single = row !== undefined;
  crumbs();
  explorer.querySelector(".list").hidden = single;
  const view = explorer.querySelector(".item");
  view.hidden = !single;
  view.replaceChildren(...(single ? itemView(row, turns(row)) : []));
  if (!single) groups.draw(itemTable.found);
}

// To the item before and after, in the order of the list.
function turns(row) {
  const { rows } = itemTable.grid;
  const at = rows.indexOf(row);
  const turn = (to, key, sign) => {
    if (at < 0 || rows[to] === undefined) return "";
    const href = address({ ...listPath(), item: rows[to], ...state.wanted });
    return el("a", { href, class: "turn" }, el("span", { "aria-hidden": "true" }, sign), el("span", { class: "hidden" }, word(key)));
  };
  const where = at < 0 ? "" : word("table.place_of", { at: number(at + 1), all: number(rows.length) });
  return el("p", { class: "turns" }, el("a", { href: address({ ...listPath(), ...state.wanted }), class: "turn" }, word("table.to_list")),
    turn(at - 1, "table.before", "‹"), el("span", { class: "small" }, where), turn(at + 1, "table.after", "›"));
}

// Escape goes one step up; the browser's own buttons go back too.
explorer?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.closest("input, select") || !Object.keys(state.path).length) return;
  event.preventDefault();
  const steps = STEPS.filter((step) => step in state.path);
  const path = Object.fromEntries(steps.slice(0, -1).map((step) => [step, state.path[step]]));
  location.hash = address({ ...path, ...state.wanted });
});
