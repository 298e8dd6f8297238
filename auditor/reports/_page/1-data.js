"use strict";

// The data block, as columns; a repeated value stands once in a dictionary.
const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const language = () => root.lang;

function column(values) {
  return Array.isArray(values) ? (row) => values[row] : (row) => values.d[values.i[row]];
}

function columns(table) {
  const found = {};
  for (const [name, values] of Object.entries(table.columns)) found[name] = column(values);
  return found;
}

// Words of the catalogue; a code that has none is shown as it is.
function word(key, values) {
  const text = data.words[language()][key];
  if (text === undefined) return key.slice(key.lastIndexOf(".") + 1);
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
}

const number = (value) => (value === null ? "" : value.toLocaleString("en-US"));

// Characters that would reorder or hide the text around them are made visible.
const shown = (text) =>
  (text ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

// The only way anything of the audited tenant gets into the page: as text, never as markup.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") node.append(child);
  }
  return node;
}

const own = (text) => (text ? el("bdi", {}, shown(text)) : "");

function link(text, url) {
  if (!/^https?:\/\//i.test(url ?? "")) return own(text);
  const attributes = { href: url, rel: "noopener noreferrer", target: "_blank" };
  return el("a", attributes, own(text), el("span", { class: "hidden" }, word("table.new_tab")));
}

function age(days) {
  if (days === null) return word("table.undated");
  const years = Math.floor(days / 365);
  const months = Math.floor((days % 365) / 30.44);
  if (years > 0 && months > 0) return word("table.age_years_months", { y: years, m: months });
  if (years > 0) return word("table.age_years", { y: years });
  if (months > 0) return word("table.age_months", { m: months });
  return word("table.age_days", { d: Math.max(0, days) });
}

function bytes(value) {
  if (value === null) return "";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let step = 0;
  while (value >= 1024 && step < units.length - 1) [value, step] = [value / 1024, step + 1];
  return `${step && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}

const fold = (text) => (text ?? "").normalize("NFKC").toLowerCase();
