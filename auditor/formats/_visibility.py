"""Segments of which a person sees nothing at once: each says why it is there all the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from auditor.model import Table, Text, Visibility

Part = TypeVar("Part")

BEFORE, CONCEALED, PROPERTIES = "before changes", "hidden text", "properties"
STEPS: Mapping[str, Visibility] = {
    BEFORE: Visibility.TRACKED,
    CONCEALED: Visibility.HIDDEN,
    PROPERTIES: Visibility.METADATA,
}
"""Last steps of places that say it."""


def marked(parts: Iterable[Part], visibility: Visibility) -> Iterator[Part]:
    """The same parts; texts and tables among them that were visible are ``visibility`` now."""
    if visibility is Visibility.VISIBLE:
        yield from parts
        return
    for part in parts:
        if isinstance(part, Text | Table) and part.visibility is Visibility.VISIBLE:
            yield replace(part, visibility=visibility)
        else:
            yield part


_COLUMN = re.compile(r"<col\b([^<>]*)>")
_TOLD = re.compile(r"""\b(min|max|hidden)\s*=\s*["'](\w{1,5})["']""")
_WIDEST, _LONGEST = 16_384, 1_048_576


def by_columns(tables: Iterable[Table], before: Callable[[], str]) -> Iterator[Table]:
    """The tables of one worksheet with the columns that are hidden.

    ``before``: the XML before the cells, which is known once there is a table.
    """
    columns: frozenset[int] | None = None
    for table in tables:
        if columns is None:
            columns = frozenset(_hidden_columns(before()))
        mine = frozenset(column - table.first_column + 1 for column in columns)
        yield replace(table, hidden_columns=mine) if mine else table


def _hidden_columns(xml: str) -> Iterator[int]:
    runs = _COLUMN.findall(xml) if "hidden" in xml else []
    if not runs:
        return
    edges = [0] * (_WIDEST + 1)  # runs may overlap, and there may be very many
    for attributes in runs:
        told = dict(_TOLD.findall(attributes))
        first, last = told.get("min", ""), told.get("max", "")
        if told.get("hidden") in ("1", "true") and (first + last).isdecimal():
            begin, end = max(1, int(first or last)), min(int(last or first), _WIDEST)
            if begin <= end:
                edges[begin - 1] += 1
                edges[end] -= 1
    inside = itertools.accumulate(edges[:-1])
    yield from (column for column, depth in enumerate(inside) if depth)


class Unseen:
    """Rows and columns of one sheet that are not shown."""

    def __init__(self) -> None:
        """None yet."""
        self._rows = bytearray()  # one each, as they may be very many
        self._columns: set[int] = set()

    def hide_rows(self, first: int, count: int = 1) -> None:
        """Rows from ``first``, 1 for the first of the sheet, are not shown."""
        end = min(first + count, _LONGEST + 1)
        if 0 < first < end:
            self._rows.extend(bytes(max(0, end - len(self._rows))))
            self._rows[first:end] = b"\1" * (end - first)

    def hide_columns(self, first: int, end: int) -> None:
        """Columns from ``first``, 0 for the first of the sheet, to before ``end``."""
        self._columns.update(range(first, min(end, _WIDEST)))

    def mark(self, tables: Iterable[Table]) -> Iterator[Table]:
        """Tables of the sheet with what is not shown of each."""
        for table in tables:
            told = self._rows[table.first_row : table.first_row + len(table.rows)]
            rows = frozenset(itertools.compress(range(len(told)), told))
            columns = frozenset(column - table.first_column + 1 for column in self._columns)
            shown = not rows and not columns
            yield table if shown else replace(table, hidden_rows=rows, hidden_columns=columns)


def of_step(step: str) -> Visibility:
    """What a place says that ends with ``step``."""
    return STEPS.get(step, Visibility.VISIBLE)


def of_place(place: str, unseen: Iterable[str] = ()) -> Visibility:
    """The same for a whole place; what lies in one of the ``unseen`` places is hidden."""
    if any(place == outer or place.startswith(f"{outer} › ") for outer in unseen):
        return Visibility.HIDDEN
    return of_step(place.rpartition(" › ")[2])


def hidden(told: bool) -> Visibility:
    """What a flag of a format says."""
    return Visibility.HIDDEN if told else Visibility.VISIBLE
