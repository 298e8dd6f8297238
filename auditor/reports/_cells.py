"""Frames → plain values, a block of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from auditor.summary import Summary

__all__ = ["Cell", "column", "records", "rows", "streamed"]

Cell = str | int | float | bool | list[str] | None
"""A time is ISO 8601 in UTC, to the second; a missing value is None."""

_BLOCK = 10_000


def rows(frame: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    """The rows of ``frame`` in order."""
    for start in range(0, len(frame), _BLOCK):
        block = frame.iloc[start : start + _BLOCK]
        yield from zip(*(column(block[name]) for name in block.columns), strict=True)


def streamed(summary: Summary, table: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table of the contract in its order, one block of them in memory."""
    for block in summary.blocks(table):
        yield from rows(block)


def column(series: pd.Series[Any]) -> list[Any]:
    """The values of one column, as :data:`Cell`."""
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        series = series.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    values = series.astype(object)
    return list(values.where(values.notna(), None))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a small table by column name, as pandas gives them."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
