"""One workbook to hand to departments: what to act on, with columns to fill in, and the facts.

It computes nothing, links to nothing but the items' own addresses, and opens in Excel and
LibreOffice.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from auditor.locales import word
from auditor.reports import _workbook, _workbook_pages, _workbook_tables
from auditor.reports._breach import triage
from auditor.reports._workbook import Book, Column
from auditor.reports.breach import SHEET, sheet
from auditor.summary import Summary

__all__ = ["NAME", "SUFFIX", "write"]

NAME = "xlsx"
SUFFIX = ".xlsx"

_WIDTHS = {
    "part": 12,
    "number": 7,
    "heading": 26,
    "status": 18,
    "known": 46,
    "to_write": 36,
    "entry": 36,
    "source": 22,
}


def write(summary: Summary, out: Path, lang: str) -> list[Path]:
    """``audit.xlsx``, in ``lang``; the summary is the first sheet."""
    path = out / f"audit{SUFFIX}"
    title = word("workbook.title", lang)
    with _workbook.opened(path, lang, title, _made(summary)) as book:
        first = book.sheet("summary")
        _workbook_tables.items(book.sheet("items"), summary)
        _workbook_tables.findings(book.sheet("findings"), summary)
        _workbook_tables.coverage(book.sheet("coverage"), summary)
        _workbook_tables.controls(book.sheet("controls"), summary)
        _breach(book, summary)
        _workbook_pages.key(book.sheet("key"))
        _workbook_pages.summary_page(first, summary)
    return [path]


def _breach(book: Book, summary: Summary) -> None:
    columns = [
        Column(
            name,
            _WIDTHS[name],
            "entry" if name == "entry" else "text",
            f"breach.sheet.{name}",
        )
        for name in SHEET
    ]
    book.sheet("breach").table(columns, sheet(triage(summary), book.lang))


def _made(summary: Summary) -> datetime:
    """The start of the audit: the same audit gives the same file."""
    started = summary.audits()["started"].max()
    return datetime(2000, 1, 1) if pd.isna(started) else started.to_pydatetime()  # noqa: DTZ001
