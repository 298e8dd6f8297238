"""One CSV file a table, for spreadsheet programs: UTF-8 with a byte order mark, safe cells."""

from __future__ import annotations

import csv
from pathlib import Path

from auditor.reports import _cells, _files
from auditor.summary import COLUMNS, Summary

__all__ = ["NAME", "SUFFIX", "TRIGGERS", "safe", "write"]

NAME = "csv"
SUFFIX = ".csv"

TRIGGERS = tuple("=+-@\t\r\n|＝＋－＠")
"""Signs with which a formula may begin."""


def write(summary: Summary, out: Path, lang: str) -> list[Path]:  # noqa: ARG001 - names are fixed
    """``<table>.csv`` for every table of the contract; lists are joined by ``; ``."""
    return [_table(summary, name, out / f"{name}{SUFFIX}") for name in COLUMNS]


def _table(summary: Summary, name: str, path: Path) -> Path:
    with _files.opened(path, "utf-8-sig") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        rows.writerow(COLUMNS[name])
        for row in _cells.streamed(summary, name):
            rows.writerow([_cell(value) for value in row])
    return path


def _cell(value: _cells.Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "; ".join(value)
    return safe(value) if isinstance(value, str) else value


def safe(text: str) -> str:
    """``text`` as a spreadsheet shows it and never computes it."""
    return f"'{text}" if text.lstrip(" \u3000\u00a0")[:1] in TRIGGERS else text
