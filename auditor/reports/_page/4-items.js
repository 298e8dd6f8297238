// The items: what a row of the table shows, by what it is filtered and sorted.
const items = columns("items");

const badge = (level) => el("span", { class: `level ${level}` }, word(`levels.${level}`));

const origin = (source, partition, part) =>
  el("span", { class: "place" }, word(`sources.${source}`), " · ", own(partition),
    part ? [" · ", own(part)] : []);

const cell = (heading, ...children) =>
  el("td", { role: "gridcell", "data-head": word(`table.${heading}`) }, ...children);

const small = (...children) => el("span", { class: "small" }, ...children);

const nameOf = (row) => items.item(row) || word("table.unnamed");

// What became of something since the audit before; nothing where there was none.
const compared = items.status.texts.some((status) => status !== "new");
const mark = (status) => (!compared || status === "unchanged" ? ""
  : el("span", { class: `mark ${status}` }, word(`statuses.${status}`)));

function itemRow(row) {
  const reasons = items.exposure_reasons(row).map((code) => word(`why.${code}`));
  const [persons, count] = [items.persons(row), items.count(row)];
  const places = counted("table.places", count);
  const status = items.status(row);
  return el("tr", { role: "row" },
    el("th", { role: "rowheader", scope: "row" },
      el("a", { class: "name", href: address({ ...state.path, item: row }) }, own(nameOf(row))),
      origin(items.source(row), items.partition(row))),
    cell("exposure", badge(items.exposure(row)), small(reasons[0] ?? word(`reaches.${items.reach(row)}`))),
    cell("persons", persons
      ? [el("strong", {}, counted("table.persons_many", persons)), small(places)] : places),
    cell("confidence", word(`confidences.${items.confidence(row)}`),
      small(mark(status))),
    cell("age", age(items.age_days(row)), items.retention_check(row) === "check"
      ? el("span", { class: "flag" }, word("table.retention")) : small(day(items.modified(row) ?? items.created(row)))),
    cell("owner", own(items.owner(row))));
}

const placeOf = (list, column) => {
  const found = column.texts.map((text) => list.indexOf(text));
  return (row) => found[column.codes[row]];
};

const itemFilters = {
  level: among(items.exposure),
  confidence: ([wanted]) => among(items.confidence)(wanted === "certain" ? ["high", "medium"] : [wanted]),
  age: among(items.age),
  status: among(items.status),
  reach: among(items.reach),
  document: among(items.document_type),
  period: among(items.period),
  persons: among(items.people),
  measure: ([wanted]) => {
    const found = items.measures.texts.map((codes) => codes.includes(wanted));
    return (row) => found[items.measures.codes[row]];
  },
  retention: () => among(items.retention_check)(["check"]),
  breach: () => { const none = among(items.breach_class)([""]); return (row) => !none(row); },
};

const itemSorts = {
  item: { key: () => (row) => items.order.values[row], down: false },
  exposure: { key: () => placeOf(data.levels, items.exposure), down: false },
  persons: { key: () => (row) => items.persons.values[row], down: true },
  confidence: { key: () => placeOf(data.confidences, items.confidence), down: false },
  age: { key: () => (row) => items.age_days.values[row], down: true },
  owner: { key: () => places(items.owner, items.owner.texts), down: false },
};
