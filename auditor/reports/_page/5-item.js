// One item: its evidence, who can open it, what is known of it, and what to do.
const pairs = (entries) =>
  el("dl", { class: "pairs" }, entries.filter(([, value]) => value?.length)
    .flatMap(([key, value]) => [el("dt", {}, word(key)), el("dd", {}, value)]));

const people = (count) => (count === null ? "" : counted("table.people", count));

// Of an item: who is in two of its groups is counted twice, so it is the most there can be.
const mostPeople = (count) =>
  count === null || count <= 1 ? people(count) : word("table.people_most", { n: number(count) });

const joined = (table, codes) => codes.map((code) => word(`${table}.${code}`)).join(word("table.comma"));

// What stands behind the items is read when the first of them is opened.
let behind = null;
function held(row) {
  behind ??= { findings: columns("findings"), grants: columns("grants") };
  const rows = (table) => {
    const [from, to] = [row, row + 1].map((wanted) => firstFrom(table.item.values, wanted));
    return Array.from({ length: to - from }, (_, at) => from + at);
  };
  return { findings: rows(behind.findings), grants: rows(behind.grants) };
}

// The first place in a sorted list whose value is at least the one that is wanted.
function firstFrom(values, wanted) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

const EARLIER = /^(version|snapshot) \d{4}-\d\d-\d\dT/;

function evidence(row) {
  const found = behind.findings;
  const [part, places, status] = [found.part(row), found.locations(row), found.status(row)];
  return el("li", {},
    el("p", {}, el("strong", {}, word(`kinds.${found.kind(row)}`)), " · ",
      word(`confidences.${found.confidence(row)}`), " · ", counted("table.places", found.count(row)),
      " ", mark(status)),
    part || places ? el("p", { class: "small" }, own(placed([part, places].filter(Boolean).join(" › ")))) : "",
    EARLIER.test(part) ? el("p", { class: "small" }, word("copies.itself")) : "",
    el("ul", { class: "small" }, found.reasons(row).map((code) => el("li", {}, word(`evidence.${code}`)))),
    el("p", { class: "small" }, el("code", {}, `mynumber-audit explain ${shown(found.finding_id(row))}`)));
}

function reachable(row) {
  const grant = behind.grants;
  const [who, count, until] = [grant.who(row), grant.people(row), day(grant.expires(row))];
  return el("li", {}, word(`reaches.${grant.reach(row)}`), " · ", word(`ways.${grant.via(row)}`),
    who ? [" · ", own(who)] : [], count === null ? [] : [" ", people(count)],
    until ? [" · ", word("table.expires", { date: until })] : [],
    grant.password(row) ? [" · ", word("table.password")] : []);
}

function kept(row) {
  const check = items.retention_check(row);
  if (!check) return "";
  const [until, [code, from]] = [day(items.retention_until(row)), items.basis(row)];
  const basis = code ? word(`basis.${code}`, { day: from }) : "";
  return word(`checks.${until ? check : "no_period"}`, { until, basis });
}

function toDo(row) {
  const advice = items.exposure_reasons(row).map((code) => word(`fixes.${code}`));
  if (items.retention_check(row) === "check") advice.push(word(`copies.${items.source(row)}`), word("copies.caution"));
  return advice.map((text) => el("li", {}, text));
}

function itemFacts(row) {
  const [paper, breach] = [items.document_type(row), items.breach_class(row)];
  return pairs([
    ["table.reach", [word(`reaches.${items.reach(row)}`), " ", mostPeople(items.reach_people(row))]],
    ["table.reasons", joined("why", items.exposure_reasons(row))],
    ["table.owner", items.owner(row) ? [own(items.owner(row))] : ""],
    ["table.created", day(items.created(row))],
    ["table.modified", day(items.modified(row))],
    ["table.size", bytes(items.size(row))],
    ["table.format", [own(items.content_type(row))]],
    ["table.document", paper ? word(`types.${paper}`) : ""],
    ["table.kept", kept(row)],
    ["table.measures", joined("measures", items.measures(row))],
    ["table.breach", breach ? word(`breaches.${breach}`) : ""],
  ]);
}

function addressOf(row) {
  const url = `${items.folder(row)}${items.leaf(row)}`;
  if (!url) return "";
  if (!items.linked(row) || !url.startsWith("https://")) return el("p", { class: "small url" }, own(url));
  const attributes = { href: url, rel: "noopener noreferrer", target: "_blank", class: "open" };
  return el("p", {}, el("a", attributes, word("table.open_at", { source: word(`sources.${items.source(row)}`) }),
    el("span", { class: "hidden" }, word("table.new_tab"))));
}

function itemView(row, turn) {
  const list = (heading, nodes, none) => el("section", {}, el("h4", {}, word(heading)),
    nodes.length ? el("ul", { class: "plain" }, nodes) : el("p", { class: "small" }, word(none)));
  const { findings, grants } = held(row);
  const persons = items.persons(row);
  return [
    el("div", { class: "item-head" },
      el("h3", { tabindex: "-1" }, own(nameOf(row))), turn,
      el("p", { class: "chips" }, badge(items.exposure(row)), el("span", {}, persons
        ? counted("table.persons_many", persons) : word("confidences.low")),
        el("span", {}, `${word("table.confidence")}: ${word(`confidences.${items.confidence(row)}`)}`), mark(items.status(row)),
        items.retention_check(row) === "check" ? el("span", { class: "flag" }, word("table.retention")) : ""),
      origin(items.source(row), items.partition(row)), addressOf(row)),
    el("div", { class: "behind" },
      list("table.to_do", toDo(row), "table.nothing_to_do"),
      list("table.who", grants.map(reachable), "table.no_grants"),
      list("table.evidence", findings.map(evidence), "table.no_evidence"),
      el("section", {}, el("h4", {}, word("table.facts")), itemFacts(row))),
  ];
}
