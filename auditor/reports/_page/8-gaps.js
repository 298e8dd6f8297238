// What was not fully read.
const gaps = columns("gaps");
const gapSection = document.getElementById("gaps-table");

function gapRow(row) {
  const [got, all] = [gaps.bytes_read(row), gaps.bytes_total(row)];
  return el("tr", { role: "row" },
    el("th", { role: "rowheader", scope: "row" },
      el("span", { class: "name" }, gaps.item(row) ? own(gaps.item(row)) : word("table.whole_scope")),
      origin(gaps.source(row), gaps.partition(row), placed(gaps.part(row)))),
    cell("reason", word(`reasons.${gaps.reason(row)}`),
      gaps.suspect(row) ? el("span", { class: "flag" }, word("table.suspect")) : ""),
    cell("state", word(`states.${gaps.state(row)}`)),
    cell("detail", own(gaps.detail(row)), got !== null && all !== null
      ? small(word("table.read_of", { got: bytes(got), all: bytes(all) })) : ""),
    cell("permission", gaps.permission(row) ? el("code", {}, own(gaps.permission(row))) : ""));
}

function gapSorts() {
  const words = (table, column) => places(column, column.texts.map((code) => word(`${table}.${code}`)));
  return {
    item: { key: () => (row) => gaps.order.values[row], down: false },
    reason: { key: () => words("reasons", gaps.reason), down: false },
    state: { key: () => placeOf(data.states, gaps.state), down: false },
    permission: { key: () => places(gaps.permission, gaps.permission.texts), down: false },
  };
}

const gapTable = gapSection && new DataTable(gapSection, {
  count: gaps.total,
  row: gapRow,
  search: [gaps.item, gaps.partition, gaps.part, gaps.detail],
  filters: {
    reason: among(gaps.reason),
    state: among(gaps.state),
    source: among(gaps.source),
    partition: among(gaps.partition),
    suspect: flagged(gaps.suspect),
  },
  sorts: gapSorts(),
  said: (_, value) => shown(value),
});

function visitGaps(moved) {
  const [mark, found] = asked(location.hash);
  if (!gapSection || mark !== "gaps") return;
  gapTable.ask(found);
  gapTable.filter();
  gapSection.scrollIntoView({ block: "start" });
  if (moved) gapSection.querySelector("[role=status]").focus({ preventScroll: true });
}
