"use strict";

// The data blocks, as columns. Numbers are letters of a fixed width, the value plus one (zero is
// missing); a repeated value stands once in a dictionary. See auditor/reports/_packed.py.
const root = document.documentElement;
const language = () => root.lang;
const block = (id) => JSON.parse(document.getElementById(id).textContent);
const data = block("data");

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.!*()~$@:;";
const VALUES = new Uint8Array(128);
for (let at = 0; at < SIGNS.length; at++) VALUES[SIGNS.charCodeAt(at)] = at;

function numbers({ n: text, w: width }) {
  const found = new Float64Array(text.length / width);
  for (let row = 0, at = 0; row < found.length; row++) {
    let value = 0;
    for (const end = at + width; at < end; at++) value = value * 64 + VALUES[text.charCodeAt(at)];
    found[row] = value - 1;
  }
  return found;
}

// A column is a function from a row to its value that knows how it is held: every text (`texts`),
// or distinct ones with their places (`texts`, `codes`), or numbers with -1 for a missing one.
function column(packed) {
  if (Array.isArray(packed)) return Object.assign((row) => packed[row], { texts: packed });
  const values = numbers(packed);
  if (packed.d) {
    return Object.assign((row) => packed.d[values[row]], { texts: packed.d, codes: values });
  }
  return Object.assign((row) => (values[row] < 0 ? null : values[row]), { values });
}

function columns(id) {
  const table = block(`data-${id}`);
  const found = {};
  for (const [name, packed] of Object.entries(table)) found[name] = column(packed);
  found.total = (found.item.codes ?? found.item.values ?? found.item.texts).length;
  return found;
}

const DAY_ZERO = Date.UTC(1900, 0, 1);
const day = (count) =>
  count === null ? null : new Date(DAY_ZERO + count * 86400000).toISOString().slice(0, 10);

// Words of the catalogue; a code that has none is shown as it is.
function word(key, values) {
  const text = data.words[language()][key];
  if (text === undefined) return key.slice(key.lastIndexOf(".") + 1);
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
}

// A place inside an item ("page 3 › line 12, B7"): what the program calls its steps, in words.
const STEPS_OF = [/^([a-z]+ [a-z]+) (.+)$/, /^([a-z]+) (.+)$/];
function placed(text) {
  return text.split(/( › |, )/).map((step) => {
    for (const form of STEPS_OF) {
      const [, name, rest] = form.exec(step) ?? [];
      const key = name && `places.${name.replace(" ", "_")}`;
      if (key in data.words[language()] && (/^\d+$/.test(rest) || name.endsWith("sheet"))) return word(key, { n: rest });
    }
    return step;
  }).join("");
}

const counted = (key, n, values) =>
  word(n === 1 && `${key}_one` in data.words[language()] ? `${key}_one` : key, { n: number(n), ...values });

const number = (value) => (value === null ? "" : value.toLocaleString("en-US"));

// Characters that would reorder or hide the text around them are made visible.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const LONGEST = 1000;
function shown(text) {
  const cut = (text ?? "").length > LONGEST ? `${text.slice(0, LONGEST)}…` : text ?? "";
  return cut.replace(HIDDEN, "\ufffd");
}

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

function age(days) {
  if (days === null) return word("table.undated");
  const years = Math.floor(days / 365);
  const months = Math.floor((days % 365) / 30.44);
  if (years > 0 && months > 0) return word("table.age_years_months", { y: years, m: months });
  if (years > 0) return word("table.age_years", { y: years });
  if (months > 0) return word("table.age_months", { m: months });
  return word("table.age_days", { d: days });
}

function bytes(value) {
  if (value === null) return "";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let step = 0;
  while (value >= 1024 && step < units.length - 1) [value, step] = [value / 1024, step + 1];
  return `${step && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}
