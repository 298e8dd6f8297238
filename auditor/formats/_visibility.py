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
_WIDEST = 16_384


def by_columns(tables: Iterable[Table], before: Callable[[], str]) -> Iterator[Table]:
    """The tables of one worksheet with the columns that are hidden.

    ``before``: the XML before the cells, which is known once there is a table.
    """
    columns: frozenset[int] | None = None
    for table in tables:
        if columns is None:
            columns = frozenset(_hidden_columns(before()))
        yield replace(table, hidden_columns=columns) if columns else table


def _hidden_columns(xml: str) -> Iterator[int]:
    edges = [0] * (_WIDEST + 1)  # runs may overlap, and there may be very many
    for attributes in _COLUMN.findall(xml):
        told = dict(_TOLD.findall(attributes))
        first, last = told.get("min", ""), told.get("max", "")
        if told.get("hidden") in ("1", "true") and (first + last).isdecimal():
            begin, end = max(1, int(first or last)), min(int(last or first), _WIDEST)
            if begin <= end:
                edges[begin - 1] += 1
                edges[end] -= 1
    inside = itertools.accumulate(edges[:-1])
    return (column for column, depth in enumerate(inside) if depth)


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
