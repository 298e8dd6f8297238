"""Tables side by side: the rows of one item together, one item in memory at a time."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.reports import _cells
from auditor.summary import COLUMNS, Summary

__all__ = ["Record", "Together", "by_item", "records"]

Record = dict[str, Any]
"""A row by column name, of :data:`auditor.reports._cells.Cell`."""
Together = Mapping[str, list[Record]]
"""Table → its rows of one item; a table without any has an empty list."""


def records(summary: Summary, table: str) -> Iterator[Record]:
    """The rows of a table of the contract, by column name."""
    names = tuple(COLUMNS[table])
    for row in _cells.streamed(summary, table):
        yield dict(zip(names, row, strict=True))


def by_item(summary: Summary, *tables: str) -> Iterator[Together]:
    """Each item that one of ``tables`` has, with all its rows of these tables.

    The tables of the contract are sorted by source, place and item, so that nothing has to be
    looked up: they are walked side by side.
    """
    streams = [_marked(summary, table) for table in tables]
    merged = heapq.merge(*streams, key=lambda entry: entry[0])
    for _, entries in itertools.groupby(merged, key=lambda entry: entry[0]):
        found: dict[str, list[Record]] = {table: [] for table in tables}
        for _, table, record in entries:
            found[table].append(record)
        yield found


def _marked(summary: Summary, table: str) -> Iterator[tuple[tuple[str, ...], str, Record]]:
    for record in records(summary, table):
        yield (
            tuple(record[name] or "" for name in ("source", "partition", "item_id")),
            table,
            record,
        )
