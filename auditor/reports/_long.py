"""The two long tables: their frame here, their rows in the data blocks, drawn as they are seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.locales import has_word, word
from auditor.reports import _payload
from auditor.reports._markup import Html, Part, both, counted, el, term
from auditor.summary import AGES, LEVELS, STATES, Summary

__all__ = ["gaps_table", "items_table"]

ITEM_HEADS = ("item", "exposure", "persons", "confidence", "age", "owner")
GAP_HEADS = ("item", "reason", "state", "detail", "permission")
_GAP_SORTS = ("item", "reason", "state", "permission")


def items_table(summary: Summary, lang: str) -> Html:
    """Items to act on: where they are, and one row each."""
    items = summary.exposed()
    counts = items["exposure"].value_counts()
    chips = [
        el(
            "label",
            el("input", type="checkbox", name="level", value=level),
            el("span", term("exposure.levels", level), class_=f"level {level}"),
            el("span", int(counts[level]), class_="count"),
            class_="chip",
        )
        for level in LEVELS
        if counts.get(level, 0)
    ]
    levels = el("fieldset", el("legend", both("report.table.exposure"), class_="hidden"), *chips)
    flags = [
        _flag(name, f"report.table.only_{name}")
        for name, any_ in (
            ("retention", bool((items["retention_check"].fillna("") == "check").any())),
            ("breach", bool((items["breach_class"].fillna("") != "").any())),
        )
        if any_
    ]
    confidences = ("certain", "high", "medium", "low")
    fields = [
        levels,
        *_changes(summary, lang),
        _select("confidence", "confidences", confidences, lang),
        _select("age", "ages", (*AGES, "undated"), lang),
        *flags,
    ]
    left_out = len(items) - _payload.ITEMS
    note = counted("report.table.left_out", left_out) if left_out > 0 else None
    grid = _grid("report.table.items_caption", ITEM_HEADS, ITEM_HEADS, "items-grid")
    label = el("span", both("report.table.path"), id="path-label", class_="hidden")
    path = el("nav", label, el("ol"), class_="path", aria_labelledby="path-label", hidden=True)
    found = _frame("items", fields, grid, _places(), note)
    return el("div", path, found, el("div", class_="item", hidden=True), id="items-table")


def _changes(summary: Summary, lang: str) -> Iterator[Html]:
    """A field for what became of the items; none where all of them are new."""
    found = set(_payload.statuses(summary.findings))
    names = [name for name in ("new", "changed", "unchanged", "suppressed") if name in found]
    if names != ["new"]:
        yield _select("status", "statuses", names, lang)


def gaps_table(summary: Summary, lang: str) -> Html:
    """What was not fully read."""
    rows = summary.coverage
    fields = [
        _select("reason", "reasons", sorted(rows["reason"].dropna().unique()), lang),
        _select("state", "states", [s for s in STATES if (rows["state"] == s).any()], lang),
        _select("source", "sources", sorted(rows["source"].dropna().unique()), lang),
        _flag("suspect", "report.table.only_suspect"),
    ]
    left_out = len(rows) - _payload.GAPS
    note = counted("report.table.left_out", left_out) if left_out > 0 else None
    grid = _grid("report.table.gaps_caption", GAP_HEADS, _GAP_SORTS, "gaps-grid")
    return el("div", _frame("gaps", fields, grid, None, note), id="gaps-table")


def option_key(table: str, code: str) -> str:
    """The key of an option's words in the catalogue."""
    return f"reasons.{code}.words" if table == "reasons" else f"report.{table}.{code}"


def _select(name: str, table: str, codes: Iterable[str], lang: str) -> Html:
    options = [el("option", word("report.table.any", lang), value="", data_word="table.any")]
    for code in codes:
        key = option_key(table, code)
        text = word(key, lang) if has_word(key) else code
        options.append(el("option", text, value=code, data_word=f"{table}.{code}"))
    label = el("span", both(f"report.table.{name}"))
    return el("label", label, el("select", *options, name=name), class_="field")


def _flag(name: str, key: str) -> Html:
    box = el("input", type="checkbox", name=name, value="1")
    return el("label", box, el("span", both(key)), class_="chip")


def _frame(mark: str, fields: Sequence[Part], grid: Html, before: Part, note: Html | None) -> Html:
    """The toolbar of a table, what it says of itself, and the table."""
    caption = f"report.table.{mark}_caption"
    search = el(
        "label",
        el("span", both("report.table.search")),
        el("input", type="search", name="search", autocomplete="off", spellcheck="false"),
        class_="field search",
    )
    reset = el("button", both("report.table.reset"), type="reset")
    named = el("span", both(caption), id=f"{mark}-search", class_="hidden")
    inside = (named, search, *fields, reset)
    form = el("form", *inside, class_="toolbar", role="search", aria_labelledby=f"{mark}-search")
    asked = el("ul", class_="asked", hidden=True)
    status = el("p", class_="status", role="status", tabindex="-1")
    left_out = el("p", note, class_="small") if note else None
    paper = el("p", class_="small print-only print-note")
    noscript = el("noscript", el("p", both("report.table.no_script"), class_="notice"))
    return el("div", noscript, form, asked, status, left_out, before, grid, paper, class_="list")


def _grid(caption: str, heads: Sequence[str], sorts: Sequence[str], name: str) -> Html:
    """A table whose rows the script draws as they come into sight."""
    columns = [
        el(
            "th",
            *(_sorter(head) if head in sorts else [both(f"report.table.{head}")]),
            scope="col",
            role="columnheader",
        )
        for head in heads
    ]
    inside = el(
        "table",
        el("caption", both(caption), class_="hidden"),
        el("thead", el("tr", *columns, role="row", aria_rowindex=1), role="rowgroup"),
        el("tbody", role="rowgroup"),
        class_="long",
        role="grid",
        aria_readonly="true",
    )
    return el("div", inside, class_=f"window rows {name}", tabindex="-1")


def _sorter(head: str) -> list[Html]:
    """A button to sort by; on paper plain words, since a head that is repeated loses its button."""
    words = both(f"report.table.{head}")
    button = el("button", words, type="button", value=head)
    return [button, el("span", words, class_="print-only")]


def _places() -> Html:
    """Where the items in sight are: rows of tenants, services or places, each a step down."""
    levels = [el("span", term("exposure.levels", name), class_=f"level {name}") for name in LEVELS]
    heads = [both("report.table.source"), *levels]
    heads += [both(f"report.table.{name}") for name in ("review", "all", "persons")]
    columns = [el("th", head, scope="col", role="columnheader") for head in heads]
    inside = el(
        "table",
        el("caption", both("report.table.by_source"), class_="hidden"),
        el("thead", el("tr", *columns, role="row", aria_rowindex=1), role="rowgroup"),
        el("tbody", role="rowgroup"),
        class_="long",
        role="grid",
        aria_readonly="true",
    )
    window = el("div", inside, class_="window", tabindex="-1")
    return el("div", window, class_="groups-of-items")
