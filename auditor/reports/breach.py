"""A worksheet for a possible breach: what the audit knows, what a person decides, room to write.

Two CSV files for a spreadsheet program: the sheet itself, with the kinds of event, the deadlines,
the nine items of a report and the decisions; and the items that outsiders can open.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from auditor.locales import has_word, word
from auditor.reports import _cells, _files
from auditor.reports._breach import DECISIONS, Triage, dates, triage
from auditor.reports._lines import Line, line, said
from auditor.reports.csv import safe
from auditor.summary import Summary

__all__ = ["NAME", "SHEET", "SUFFIX", "sheet", "write"]

NAME = "breach"
SUFFIX = ".csv"

SHEET = tuple("part number heading status known to_write entry source".split())
_LIST = (
    *"rank item url source place owner exposure persons reasons paper".split(),
    *"not_before ends kind item_id".split(),
)


def write(summary: Summary, out: Path, lang: str) -> list[Path]:
    """``breach-worksheet.csv`` and ``breach-items.csv``, in ``lang``."""
    found = triage(summary)
    items = _items(summary, found, lang)
    return [
        _file(out / f"breach-worksheet{SUFFIX}", "sheet", SHEET, sheet(found, lang), lang),
        _file(out / f"breach-items{SUFFIX}", "list", _LIST, items, lang),
    ]


def _file(
    path: Path, table: str, columns: Sequence[str], rows: Iterable[Sequence[str]], lang: str
) -> Path:
    """UTF-8 with a byte order mark, headed in words, no cell that a program would compute."""
    with _files.opened(path, "utf-8-sig") as file:
        sheet = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        sheet.writerow([word(f"breach.{table}.{name}", lang) for name in columns])
        sheet.writerows([safe(cell) for cell in row] for row in rows)
    return path


def sheet(found: Triage, lang: str) -> Iterator[Sequence[str]]:
    """The rows of the worksheet, with the columns of ``SHEET``."""

    def row(part: str, number: str, heading: str, source: Line, **cells: str) -> list[str]:
        told = {"part": word(f"breach.sheet.{part}", lang), "number": number, "heading": heading}
        told |= {"source": said(source, lang), **cells}
        return [told.get(name, "") for name in SHEET]

    for kind in found.kinds:
        heading = word(f"breach.kinds.{kind.code}", lang)
        status = word(f"breach.status.{kind.status}", lang)
        cells = {"status": status, "known": _all(kind.known, lang)}
        yield row("kind", kind.code, heading, line(f"sources.{kind.code}"), **cells)
    ask = word("breach.clock.ask", lang)
    known = found.clock.known_on.isoformat() if found.clock else ask
    yield row("clock", "", word("breach.clock.known", lang), line("sources.first"), known=known)
    for deadline, when, source in dates(found):
        yield row("clock", "", said(deadline, lang), source, known=said(when, lang))
    for place, (name, lines) in enumerate(found.report, start=1):
        heading, write = (word(f"breach.{table}.{name}", lang) for table in ("items", "to_write"))
        cells = {"known": _all(lines, lang), "to_write": write}
        yield row("report", str(place), heading, line("sources.item", n=place), **cells)
    for place, name in enumerate(DECISIONS, start=1):
        question = word(f"breach.decide.{name}", lang)
        yield row("decide", str(place), "", line("sources.decide"), to_write=question)
    caution = word("breach.sheet.caution", lang)
    yield row("decide", "", "", line("sources.all"), known=caution)


def _all(lines: Iterable[Line], lang: str) -> str:
    """One sentence a line of the cell."""
    return "\n".join(said(sentence, lang) for sentence in lines)


def _items(summary: Summary, found: Triage, lang: str) -> Iterator[Sequence[str]]:
    ends = _ends(summary.grants)
    for row in _cells.records(found.items):
        yield [
            str(row["rank"]),
            _text(row["item"]),
            _text(row["url"]),
            _word("report.sources", row["source"], lang),
            _text(row["partition"]),
            _text(row["owner"]),
            _word("exposure.levels", row["exposure"], lang),
            str(row["persons"]),
            "\n".join(_word("exposure.reasons", code, lang) for code in row["exposure_reasons"]),
            _word("papers.types", row["document_type"], lang),
            _day(row["created"]),
            ends.get(str(row["item_id"]), ""),
            _word("report.breaches", row["breach_class"], lang),
            str(row["item_id"]),
        ]


def _ends(grants: pd.DataFrame) -> dict[str, str]:
    """Item → the day on which its last link to outsiders ends; those that do not end are absent."""
    far = grants[grants["reach"].isin(("guest", "external", "anyone"))]
    last = far.groupby("item_id")["expires"].agg(["max", "count", "size"])
    ending = last[last["count"] == last["size"]]
    return {str(item_id): _day(when) for item_id, when in ending["max"].items()}


def _word(table: str, code: Any, lang: str) -> str:
    key = f"{table}.{_text(code)}"
    return word(key, lang) if has_word(key) else _text(code)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _day(when: Any) -> str:
    return "" if pd.isna(when) else str(when.date())
