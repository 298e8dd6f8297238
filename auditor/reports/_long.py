"""The two long tables: their frame here, their rows in the data block, drawn a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.locales import has_word, word
from auditor.reports._markup import Html, Part, both, counted, el, join, term
from auditor.summary import AGES, LEVELS, STATES, Summary

__all__ = ["gaps_table", "items_table"]

ITEM_HEADS = ("item", "exposure", "persons", "confidence", "age", "owner")
GAP_HEADS = ("item", "reason", "state", "detail", "permission")
_GAP_SORTS = ("item", "reason", "state", "permission")


def items_table(summary: Summary, shown: int, lang: str) -> Html:
    """Items to act on; ``shown`` of them are in the file, the most exposed."""
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
        _select("source", "sources", sorted(items["source"].dropna().unique()), lang),
        _select("confidence", "confidences", confidences, lang),
        _select("age", "ages", (*AGES, "undated"), lang),
        *flags,
    ]
    left_out = len(items) - shown
    note = counted("report.table.left_out", left_out) if left_out > 0 else None
    return _frame("items-table", fields, ITEM_HEADS, ITEM_HEADS, "report.table.items_caption", note)


def gaps_table(summary: Summary, shown: int, lang: str) -> Html:
    """What was not fully read; ``shown`` of the rows are in the file, suspects first."""
    rows = summary.coverage
    fields = [
        _select("reason", "reasons", sorted(rows["reason"].dropna().unique()), lang),
        _select("state", "states", [s for s in STATES if (rows["state"] == s).any()], lang),
        _select("source", "sources", sorted(rows["source"].dropna().unique()), lang),
        _flag("suspect", "report.table.only_suspect"),
    ]
    left_out = len(rows) - shown
    note = counted("report.table.left_out", left_out) if left_out > 0 else None
    return _frame("gaps-table", fields, GAP_HEADS, _GAP_SORTS, "report.table.gaps_caption", note)


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


def _frame(
    mark: str,
    fields: Sequence[Part],
    heads: Sequence[str],
    sorts: Sequence[str],
    caption: str,
    note: Html | None,
) -> Html:
    search = el(
        "label",
        el("span", both("report.table.search")),
        el("input", type="search", name="search", autocomplete="off", spellcheck="false"),
        class_="field search",
    )
    reset = el("button", both("report.table.reset"), type="reset")
    form = el("form", search, *fields, reset, class_="toolbar", role="search")
    columns = [
        el(
            "th",
            *(_sorter(head) if head in sorts else [both(f"report.table.{head}")]),
            scope="col",
            role="columnheader",
        )
        for head in heads
    ]
    table = el(
        "table",
        el("caption", both(caption), class_="hidden"),
        el("thead", el("tr", *columns, role="row"), role="rowgroup"),
        el("tbody", role="rowgroup"),
        class_="long",
        role="table",  # said aloud, since a narrow screen lays the rows out as cards
    )
    return el(
        "div",
        el("noscript", el("p", both("report.table.no_script"), class_="notice")),
        form,
        el("p", note, class_="small") if note else None,
        table,
        _pager(),
        el("p", both("report.table.print_note"), class_="small print-only"),
        id=mark,
        class_="paged",
    )


def _sorter(head: str) -> list[Html]:
    """A button to sort by; on paper plain words, since a head that is repeated loses its button."""
    words = both(f"report.table.{head}")
    button = el("button", words, type="button", value=head)
    return [button, el("span", words, class_="print-only")]


def _pager() -> Html:
    def turn(value: str, sign: str) -> Html:
        name = el("span", both(f"report.table.{value}"), class_="hidden")
        return el("button", el("span", sign, aria_hidden="true"), name, type="button", value=value)

    return el(
        "div",
        join(turn("first", "«"), turn("back", "‹")),
        el("span", role="status"),
        join(turn("next", "›"), turn("last", "»")),
        class_="pager",
    )
