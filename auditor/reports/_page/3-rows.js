// What the two long tables show in a row, and behind it.
const badge = (level) =>
  el("span", { class: `level ${level}` }, word(`levels.${level}`));

const place = (source, partition, part) =>
  el("span", { class: "place" }, word(`sources.${source}`), " · ", own(partition),
    part ? [" · ", own(part)] : []);

const cell = (heading, ...children) =>
  el("td", { role: "cell", "data-head": word(`table.${heading}`) }, ...children);

const pairs = (entries) =>
  el("dl", { class: "pairs" }, entries.filter(([, value]) => value)
    .flatMap(([key, value]) => [el("dt", {}, word(key)), el("dd", {}, value)]));

function peopleOf(people) {
  if (people === null) return "";
  return word(people === 1 ? "table.people_one" : "table.people", { n: number(people) });
}

// Of an item: who is in two of its groups is counted twice, so it is the most there can be.
const mostOf = (people) =>
  people === null || people <= 1 ? peopleOf(people) : word("table.people_most", { n: number(people) });

const items = columns(data.items);
const details = data.details;

function itemRow(row) {
  const reasons = items.reasons(row).map((code) => word(`why.${code}`));
  const persons = items.persons(row);
  const count = items.count(row);
  const places = word(count === 1 ? "table.places_one" : "table.places", { n: number(count) });
  return el("tr", { role: "row" },
    el("th", { role: "rowheader", scope: "row" },
      el("span", { class: "name" }, link(items.item(row) || word("table.unnamed"), items.url(row))),
      place(items.source(row), items.partition(row))),
    cell("exposure", badge(items.exposure(row)),
      (reasons.length ? reasons.slice(0, 2) : [word(`reaches.${items.reach(row)}`)])
        .map((text) => el("span", { class: "small" }, text))),
    cell("persons",
      persons ? [el("strong", {}, word(persons === 1 ? "table.persons_one" : "table.persons_many",
        { n: number(persons) })), el("span", { class: "small" }, places)] : places),
    cell("confidence", word(`confidences.${items.confidence(row)}`)),
    cell("age", age(items.age_days(row)),
      el("span", { class: "small" }, items.modified(row) ?? items.created(row)),
      items.retention(row) ? el("span", { class: "flag" }, word("table.retention")) : ""),
    cell("owner", own(items.owner(row))));
}

const EARLIER = /^(version|snapshot) \d{4}-\d\d-\d\dT/;

function evidence(found) {
  const [part, locations, kind, confidence, count, reasons, status, id] = found;
  return el("li", {},
    el("p", {}, el("strong", {}, word(`kinds.${kind}`)), " · ", word(`confidences.${confidence}`),
      " · ", word(count === 1 ? "table.places_one" : "table.places", { n: number(count) }),
      status && status !== "unchanged" ? [" · ", word(`statuses.${status}`)] : []),
    part || locations.length
      ? el("p", { class: "small" }, own([part, locations.join(", ")].filter(Boolean).join(" › ")))
      : "",
    EARLIER.test(part) ? el("p", { class: "small" }, word("copies.itself")) : "",
    reasons.length
      ? el("ul", { class: "small" }, reasons.map((code) => el("li", {}, word(`evidence.${code}`))))
      : "",
    el("p", { class: "small" }, el("code", {}, `mynumber-audit explain ${shown(id)}`)));
}

function reachable(grant) {
  const [reach, via, who, people, expires, password] = grant;
  return el("li", {}, word(`reaches.${reach}`), " · ", word(`ways.${via}`),
    who ? [" · ", own(who)] : [], people === null ? [] : [" ", peopleOf(people)],
    expires ? [" · ", word("table.expires", { date: expires })] : [],
    password ? [" · ", word("table.password")] : []);
}

function kept(row) {
  const check = items.kept(row);
  if (!check) return "";
  const [code, day] = items.basis(row) ?? ["", ""];
  const counted = code ? word(`basis.${code}`, { day }) : "";
  return word(`checks.${items.until(row) ? check : "no_period"}`, { until: items.until(row), basis: counted });
}

function toDo(row) {
  const advice = items.reasons(row).map((code) => word(`fixes.${code}`));
  if (items.retention(row)) advice.push(word(`copies.${items.source(row)}`), word("copies.caution"));
  return advice.map((text) => el("li", {}, text));
}

function itemDetail(row) {
  const held = details[row];
  const list = (heading, nodes, none) => el("div", {}, el("h4", {}, word(heading)),
    nodes.length ? el("ul", { class: "plain" }, nodes) : el("p", { class: "small" }, word(none)));
  const codes = (table, values) => values.map((code) => word(`${table}.${code}`)).join(word("table.comma"));
  const left = held
    ? list("table.evidence", held.f.map(evidence), "table.no_evidence")
    : el("div", {}, el("h4", {}, word("table.evidence")), el("p", {}, word("table.not_embedded")));
  return el("div", { class: "behind" }, left,
    held ? list("table.who", held.g.map(reachable), "table.no_grants") : "",
    el("div", {}, el("h4", {}, word("table.facts")), pairs([
      ["table.reach", [word(`reaches.${items.reach(row)}`), " ", mostOf(items.people(row))]],
      ["table.reasons", codes("why", items.reasons(row))],
      ["table.created", items.created(row)],
      ["table.modified", items.modified(row)],
      ["table.size", bytes(items.size(row))],
      ["table.format", items.content_type(row)],
      ["table.measures", codes("measures", items.measures(row))],
      ["table.document", items.document(row) ? word(`types.${items.document(row)}`) : ""],
      ["table.kept", kept(row)],
      ["table.breach", items.breach(row) ? word(`breaches.${items.breach(row)}`) : ""],
    ]), list("table.to_do", toDo(row), "table.nothing_to_do")));
}

const AGE_EDGES = data.age_edges;
function ageClass(days) {
  if (days === null) return "undated";
  return data.ages[AGE_EDGES.filter((edge) => days >= edge).length];
}

const itemTable = {
  count: data.items.count,
  row: itemRow,
  detail: itemDetail,
  hay: (row) => [items.item(row), items.partition(row), items.owner(row), items.url(row)].join(" "),
  filters: {
    level: (row, values) => values.includes(items.exposure(row)),
    source: (row, values) => values.includes(items.source(row)),
    confidence: (row, [wanted]) => wanted === "certain"
      ? items.confidence(row) !== "low" : items.confidence(row) === wanted,
    age: (row, values) => values.includes(ageClass(items.age_days(row))),
    retention: (row) => items.retention(row),
    breach: (row) => Boolean(items.breach(row)),
  },
  sorts: {
    item: { key: items.item, text: true, down: false },
    exposure: { key: (row) => data.levels.indexOf(items.exposure(row)), down: false },
    persons: { key: items.persons, down: true },
    confidence: { key: (row) => data.confidences.indexOf(items.confidence(row)), down: false },
    age: { key: items.age_days, down: true },
    owner: { key: (row) => items.owner(row) || null, text: true, down: false },
  },
};

const gaps = columns(data.gaps);

function gapRow(row) {
  const [got, all] = [gaps.bytes_read(row), gaps.bytes_total(row)];
  return el("tr", { role: "row" },
    el("th", { role: "rowheader", scope: "row" },
      el("span", { class: "name" }, gaps.item(row) ? own(gaps.item(row)) : word("table.whole_scope")),
      place(gaps.source(row), gaps.partition(row), gaps.part(row))),
    cell("reason", word(`reasons.${gaps.reason(row)}`),
      gaps.suspect(row) ? el("span", { class: "flag" }, word("table.suspect")) : ""),
    cell("state", word(`states.${gaps.state(row)}`)),
    cell("detail", own(gaps.detail(row)),
      got !== null && all !== null
        ? el("span", { class: "small" }, word("table.read_of", { got: bytes(got), all: bytes(all) }))
        : ""),
    cell("permission", gaps.permission(row) ? el("code", {}, own(gaps.permission(row))) : ""));
}

const gapTable = {
  count: data.gaps.count,
  row: gapRow,
  hay: (row) => [gaps.item(row), gaps.partition(row), gaps.part(row), gaps.detail(row)].join(" "),
  filters: {
    reason: (row, values) => values.includes(gaps.reason(row)),
    state: (row, values) => values.includes(gaps.state(row)),
    source: (row, values) => values.includes(gaps.source(row)),
    suspect: (row) => gaps.suspect(row),
  },
  sorts: {
    item: { key: gaps.item, text: true, down: false },
    reason: { key: (row) => word(`reasons.${gaps.reason(row)}`), text: true, down: false },
    state: { key: (row) => data.states.indexOf(gaps.state(row)), down: false },
    permission: { key: (row) => gaps.permission(row) || null, text: true, down: false },
  },
};
