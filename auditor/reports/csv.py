"""One CSV file a table, for spreadsheet programs: UTF-8 with a byte order mark, safe cells."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from auditor.reports import _cells, _files
from auditor.summary import Summary

__all__ = ["NAME", "SUFFIX", "write"]

NAME = "csv"
SUFFIX = ".csv"

_TRIGGERS = "=+-@\t\r\n|＝＋－＠"


def write(summary: Summary, out: Path, lang: str) -> list[Path]:  # noqa: ARG001 - names are fixed
    """``<table>.csv`` for every table of the contract; lists are joined by ``; ``."""
    return [_table(frame, out / f"{name}{SUFFIX}") for name, frame in summary.tables()]


def _table(frame: pd.DataFrame, path: Path) -> Path:
    with _files.opened(path, "utf-8-sig") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        rows.writerow(frame.columns)
        rows.writerows([_cell(value) for value in row] for row in _cells.rows(frame))
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
    return f"'{text}" if text.lstrip(" \u3000\u00a0")[:1] in tuple(_TRIGGERS) else text
