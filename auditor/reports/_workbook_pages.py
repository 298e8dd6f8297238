"""The pages of the workbook that are read rather than worked through: the summary, and the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from auditor.locales import word
from auditor.reports import _cells
from auditor.reports._workbook import Sheet, Value
from auditor.reports._workbook_tables import RESPONSES, named
from auditor.summary import LEVELS, STATES, Summary

__all__ = ["key", "summary_page"]

_WIDTHS = (26, 15, 15, 15, 15, 15, 15, 15, 15)
_RULES = ("persons", "confidence_rule", "sample", "age", "masked", "denied")
_STATUSES = ("new", "changed", "unchanged", "suppressed", "resolved")
_NEVER = ("digits", "hashes", "context", "names")
_LISTS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "levels": ("exposure.levels", "exposure.levels_mean", LEVELS),
    "confidences": (
        "report.confidences",
        "report.confidences_mean",
        ("high", "medium", "low", "sample"),
    ),
    "states": ("report.states", "report.states_mean", STATES),
}
"""Section of the key → where its words and their meanings stand, and which there are."""


def summary_page(sheet: Sheet, summary: Summary) -> None:
    """What was audited, how exposed it is, what was not read; and what found no room elsewhere."""
    lang = sheet.book.lang
    sheet.widths(*_WIDTHS)
    sheet.line([word("workbook.title", lang)], ["title"])
    sheet.line([word("report.page.footer", lang)], ["lead"])
    for audit in _cells.records(summary.audits()):
        _section(sheet, "report.about.title")
        for key_, value in _audit(audit, lang):
            sheet.line([word(key_, lang), value], ["text", "plain"])
    _section(sheet, "report.exposure.by_source")
    heads = [word(f"exposure.levels.{level}", lang) for level in LEVELS]
    more = [word(f"report.exposure.{name}", lang) for name in ("review", "items", "persons")]
    _block(sheet, [word("report.exposure.source", lang), *heads, *more], _exposed(summary, lang))
    _section(sheet, "workbook.by_status")
    statuses = [word(f"report.statuses.{name}", lang) for name in _STATUSES]
    _block(sheet, [word("workbook.sheets.findings", lang), *statuses], _statuses(summary, lang))
    _section(sheet, "report.coverage.by_source")
    states = [word(f"report.states.{name}", lang) for name in STATES]
    listed = [word(f"report.coverage.{name}", lang) for name in ("listed", "read_share")]
    _block(sheet, [word("report.exposure.source", lang), *listed, *states], _read(summary, lang))
    balanced = bool(_cells.records(summary.books())[0]["balanced"])
    verdict = "report.coverage.balanced" if balanced else "report.coverage.unbalanced"
    sheet.line([word(verdict, lang)], ["lead"])
    if sheet.book.notes:
        _section(sheet, "workbook.left_out")
        for note in sheet.book.notes:
            sheet.line([note], ["lead"])


def _audit(audit: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    yield "report.about.tenant", str(audit["tenant_name"] or audit["tenant_id"])
    yield "report.about.run", str(audit["run_id"])
    for name in ("started", "ended"):
        when = audit[name]
        yield f"report.about.{name}", "" if pd.isna(when) else f"{when:%Y-%m-%d %H:%M} UTC"
    yield "report.about.state", named("report.run_states", audit["state"], lang)
    kind = "full" if audit["full"] else "incremental"
    yield "report.about.kind", word(f"report.about.{kind}", lang)
    yield "report.about.version", str(audit["tool_version"])
    yield "report.about.rules", str(audit["rules_digest"])


def _exposed(summary: Summary, lang: str) -> Iterator[list[Value]]:
    for row in _cells.records(summary.by_source()):
        low, high = int(row["persons_low"]), int(row["persons_high"])
        persons = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        counts = [int(row[name]) for name in (*LEVELS, "review", "items")]
        yield [named("report.sources", row["source"], lang), *counts, persons]


def _statuses(summary: Summary, lang: str) -> Iterator[list[Value]]:
    """One row: how many findings of each status; accepted ones are counted, not left out."""
    counts: Counter[str] = Counter()
    for block in summary.blocks("findings"):
        counts.update(block["status"].dropna())
    yield [word("workbook.columns.count", lang), *(counts[name] for name in _STATUSES)]


def _read(summary: Summary, lang: str) -> Iterator[list[Value]]:
    for row in _cells.records(summary.coverage_by_source()):
        share = None if pd.isna(row["read_share"]) else float(row["read_share"])
        counts = [int(row[name]) for name in STATES]
        name = named("report.sources", row["source"], lang)
        yield [name, int(row["listed"]), share, *counts]


def _section(sheet: Sheet, key_: str) -> None:
    sheet.line([], [])
    sheet.line([word(key_, sheet.book.lang)], ["section"])


def _block(sheet: Sheet, heads: list[str], rows: Iterator[list[Value]]) -> None:
    sheet.line(heads, ["head"] * len(heads))
    for row in rows:
        share = [isinstance(value, float) for value in row]
        kinds = ["share" if part else "number" for part in share]
        sheet.line(row, ["text", *kinds[1:]])


def key(sheet: Sheet) -> None:
    """How to read the workbook: every word that it uses, and what it never holds."""
    lang = sheet.book.lang
    sheet.widths(30, 110)
    sheet.line([word("report.reading.title", lang)], ["title"])
    sheet.line([word("report.reading.lead", lang)], ["lead"])
    _section(sheet, "workbook.filling_in")
    for name in ("in_charge", "due", "response", "memo"):
        _pair(sheet, word(f"workbook.columns.{name}", lang), word(f"workbook.fill.{name}", lang))
    for name in RESPONSES:
        _pair(sheet, word(f"workbook.responses.{name}", lang), word(f"workbook.means.{name}", lang))
    for section, (table, meanings, codes) in _LISTS.items():
        _section(sheet, f"report.reading.{section}")
        for code in codes:
            _pair(sheet, word(f"{table}.{code}", lang), word(f"{meanings}.{code}", lang))
    _section(sheet, "report.reading.rules")
    for name in _RULES:
        _pair(
            sheet, word(f"report.reading.{name}", lang), word(f"report.reading.{name}_text", lang)
        )
    _pair(sheet, word("workbook.cells", lang), word("workbook.cells_text", lang))
    _section(sheet, "report.never.title")
    for name in _NEVER:
        sheet.line(["", word(f"report.never.{name}", lang)], ["text", "text"])


def _pair(sheet: Sheet, left: str, right: str) -> None:
    sheet.line([left, right], ["text", "text"])
