"""Detection in tables: cells with headers and coordinates, read as one text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .candidates import find
from .cell_hits import CellHits, Judged
from .cells import CELL, Cells
from .evidence import DETAILED, codes_of, value_codes
from .grid import boxes
from .headers import Headers
from .labels import has_label
from .ordinary import ordinary
from .result import NOTHING, Detection, Suspect
from .sheet import TITLED, Group, Sheet, Spot
from .verdict import judge

__all__ = ["TableLike", "detect_table", "location"]

_SEARCHED = 200_000
_TOP = 40
_OBJECTS = 1_000
"""Hits up to which they are made at once."""
_NONE = -1
"""Of a number that is none, after all."""


class TableLike(Protocol):
    """A table as the formats give it."""

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """Cells as a person would see them."""

    @property
    def columns(self) -> Sequence[str]:
        """Headers that the format knows."""

    @property
    def head(self) -> Sequence[Sequence[str]]:
        """The table's first rows, where this is a later block."""

    @property
    def first_row(self) -> int:
        """Number of the first row."""

    @property
    def first_column(self) -> int:
        """Number of the first column."""

    @property
    def lines(self) -> Sequence[int]:
        """Lines on which the rows start."""


def _letters(column: int) -> str:
    """Name a column as spreadsheets do (1 is A)."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def location(table: TableLike, row: int, column: int) -> str:
    """Name a cell: ``B7``, or ``line 12`` in a file of lines."""
    if row < len(table.lines):
        return f"line {table.lines[row]}"
    return f"{_letters(table.first_column + column)}{table.first_row + row}"


def _labelled(table: TableLike, joined: str) -> bool:
    """Whether labels for the number may stand in the table."""
    top = (table.columns, *table.head[:_TOP], *table.rows[:_TOP])
    if any(has_label(CELL.join(row)) for row in top):
        return True
    return len(joined) < _SEARCHED and has_label(joined)


def detect_table(table: TableLike, around: Sequence[str]) -> Detection:
    """Detect in ``table``; ``around`` are names that say what it is about, outermost first."""
    cells = Cells(table.rows)
    found = find(cells.text)
    labelled = _labelled(table, cells.text)
    boxed = list(boxes(cells, fours=labelled))
    if not len(found) and not boxed and not labelled:
        return NOTHING
    sheet = Sheet(cells, Headers(cells, table.columns, table.head), around, found)
    if labelled:
        sheet.beside_labels()
    spots, groups = sheet.weighed(labelled=labelled)
    spots += [sheet.boxed(box) for box in boxed]
    lost = [Suspect("digits_lost", location(table, *place)) for place in sorted(sheet.lost)]
    hits = _Judges(sheet).hits(spots, groups, functools.partial(location, table))
    return Detection(hits if len(hits) > _OBJECTS else tuple(hits), tuple(lost[:DETAILED]))


class _Judges:
    """Verdicts on a table's numbers, remembered: most have all but digits and place in common."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[object, ...], int] = {}
        self._judged: list[Judged] = []

    def hits(
        self, spots: list[Spot], groups: list[Group], place: Callable[[int, int], str]
    ) -> CellHits:
        """Judge all, and keep those that count."""
        single = [
            (one.row, one.column, one.one.start, one.one.end, int(one.one.digits), nth)
            for one in spots
            if (nth := self._verdict(one)) >= 0
        ]
        rows = [np.array(single, dtype=np.int64).reshape(-1, 6), *map(self._group, groups)]
        return CellHits(np.concatenate(rows), self._judged, place)

    def _group(self, group: Group) -> npt.NDArray[np.int64]:
        """Judge numbers of a column of which the same is said, as rows of :class:`CellHits`."""
        found, index = self._sheet.found, group.index
        values, rows = found.values[index], self._sheet.rows(index)
        nth = np.full(len(index), _NONE, dtype=np.int64)
        alike = ordinary(values) & (rows >= TITLED) & (not group.evidence.specimen)
        kinds = found.shapes[index] << 2 | found.passing[index] << 1 | (values % 10 == 0)
        for kind in np.flatnonzero(np.bincount(kinds[alike])).tolist():
            same = np.flatnonzero(alike & (kinds == kind))
            (spot,) = self._sheet.pick(index[same[:1]], group.evidence)
            nth[same] = self._verdict(spot)
        others = np.flatnonzero(~alike)
        nth[others] = [*map(self._verdict, self._sheet.pick(index[others], group.evidence))]
        column = np.full(len(index), group.column)
        parts = (rows, column, found.starts[index], found.ends[index], values, nth)
        return np.stack(parts, axis=1)[nth >= 0]

    def _verdict(self, spot: Spot) -> int:
        """Judge one number: the index of what was judged, or that it is none."""
        one, evidence = spot.one, spot.evidence
        value = tuple(value_codes(one, evidence))
        where = spot.column, min(spot.row, TITLED)
        shape = one.form, one.flags, one.code, one.passes, len(one.digits)
        key = (id(evidence), *where, *shape, *value)
        if key not in self._known:
            tallies = self._sheet.tallies(spot)
            codes = codes_of(one, evidence, self._sheet.near(spot), *tallies, value)
            confidence = judge(codes)
            self._known[key] = len(self._judged) if confidence is not None else _NONE
            if confidence is not None:
                self._judged.append(Judged(one, confidence, codes))
        return self._known[key]
