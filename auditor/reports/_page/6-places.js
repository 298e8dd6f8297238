// Where the items in sight are: one row a tenant, a service or a place, with its counts a level.
class Places {
  constructor(section) {
    this.section = section;
    this.grid = new Grid(section.querySelector(".window"), (row) => this.row(row));
    this.groups = [];
  }

  // What stands below the place that is open; nothing below a site or mailbox but its items.
  get step() {
    return STEPS.slice(several ? 0 : 1, 3).find((step) => state.path[step] === undefined);
  }

  draw(rows) {
    const step = this.step;
    this.section.hidden = !step || !rows.length || state.path.item !== undefined;
    this.section.querySelector("caption").textContent = word(`table.by_${step ?? "source"}`);
    this.section.querySelector("thead th").textContent = word(`table.${step ?? "source"}`);
    this.groups = this.section.hidden ? [] : this.counted(rows, items[step]);
    this.most = Math.max(1, ...this.groups.flatMap((group) => group.levels));
    this.grid.show(this.groups.map((_, at) => at));
  }

  counted(rows, column) {
    const levels = items.exposure.texts.map((level) => data.levels.indexOf(level));
    const low = items.confidence.texts.map((confidence) => confidence === "low");
    const found = column.texts.map((name) => ({ name, levels: data.levels.map(() => 0), review: 0, items: 0, persons: 0 }));
    for (const row of rows) {
      const group = found[column.codes[row]];
      group.items++;
      if (low[items.confidence.codes[row]]) group.review++;
      else group.levels[levels[items.exposure.codes[row]]]++;
      group.persons += items.persons.values[row];
    }
    return found.filter((group) => group.items).sort((one, two) => worse(one, two) || two.persons - one.persons);
  }

  row(at) {
    const { name, levels, review, items: all, persons } = this.groups[at];
    const step = this.step;
    const path = { ...state.path, [step]: name };
    const heat = (count, level) => el("td", { role: "gridcell",
      class: `n ${level} heat${count ? Math.min(4, 1 + Math.floor(3.999 * Math.sqrt(count / this.most))) : 0}` }, number(count));
    return el("tr", { role: "row" },
      el("th", { role: "rowheader", scope: "row" }, el("a", { class: "name", href: address({ ...path, ...state.wanted }) },
        own(stepName(step, name)))),
      levels.map((count, place) => heat(count, data.levels[place])),
      [review, all, persons].map((count) => el("td", { role: "gridcell", class: "n" }, number(count))));
  }
}

function worse(one, two) {
  for (const [place, count] of one.levels.entries()) if (count !== two.levels[place]) return two.levels[place] - count;
  return two.review - one.review;
}
