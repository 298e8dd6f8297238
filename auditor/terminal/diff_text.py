"""What changed between two audits, on a terminal: how much of each, then the first of them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.comparison import CHANGES, Comparison
from auditor.locales import word
from auditor.terminal.console import Console
from auditor.terminal.diff_words import CONFIDENCES, cells, counted, heading, standing
from auditor.terminal.display import clean, cut, number, table

__all__ = ["LIMIT", "lines"]

LIMIT = 20
"""Rows of one change, unless more are asked for."""
_ALARMING = {"new": "red", "exposure_up": "red", "unsuppressed": "red", "unreachable": "yellow"}
_PLACE = 90
"""Columns of a place."""
_NAME = 8
"""Letters of a finding's id: enough for ``explain`` and ``suppress``."""


def lines(comparison: Comparison, console: Console, limit: int) -> Iterator[str]:
    """A comparison of one tenant."""
    lang = console.lang
    title, *rest = heading(comparison, lang)
    yield console.paint(clean(title), "bold")
    yield from map(clean, rest)
    yield ""
    changes = [change for change in CHANGES if comparison.total(change)]
    if changes:
        yield from _table(comparison, console, changes)
    else:
        yield word("comparison.kept.nothing", lang)
    yield from standing(comparison, lang)
    for change in changes:
        yield ""
        yield console.paint(word(f"comparison.changes.{change}", lang), "bold")
        yield from _rows(comparison, console, change, limit)


def _table(comparison: Comparison, console: Console, changes: list[str]) -> Iterator[str]:
    lang = console.lang
    heads = [word(f"comparison.confidences.{name}", lang) for name in CONFIDENCES]
    rows = [["", *heads, word("comparison.rows.all", lang)]]
    for change in changes:
        title, counts = word(f"comparison.changes.{change}", lang), counted(comparison, change)
        split = [number(n) if sum(counts[:-1]) else "" for n in counts[:-1]]
        rows.append([title, *split, number(counts[-1])])
    for place, line in enumerate(table(rows, right=range(1, 6))):
        color = _ALARMING.get(changes[place - 1], "") if place else "dim"
        yield "  " + (console.paint(line, color) if color else line)


def _rows(comparison: Comparison, console: Console, change: str, limit: int) -> Iterator[str]:
    lang = console.lang
    shown = []
    for row in comparison.rows(change, limit):
        sure, what, where, detail = (clean(cell) for cell in cells(change, row, lang))
        name = row.get("finding_id", "")[:_NAME]
        shown.append([name, sure, what, cut(where, _PLACE), detail])
    for line in table(shown):
        yield f"  {line}"
    if (more := comparison.total(change) - len(shown)) > 0:
        yield "  " + word("comparison.rows.more", lang, n=number(more))
