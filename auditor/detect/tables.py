"""Detection in tables: cells with headers and coordinates, read as one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from .candidates import find
from .evidence import DETAILED, Where, codes_of, hit
from .grid import Cells, boxes
from .headers import Headers
from .labels import has_label
from .result import NOTHING, Detection, Hit, Suspect
from .sheet import Sheet, Spot
from .verdict import judge

__all__ = ["TableLike", "detect_table", "location"]

_CELL = "\x01"
"""Between cells when they are read as one text: no separator, so nothing joins across it."""
_SEARCHED = 200_000
_TOP = 40


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
    if any(has_label(_CELL.join(row)) for row in top):
        return True
    return len(joined) < _SEARCHED and has_label(joined)


def detect_table(table: TableLike, around: Sequence[str]) -> Detection:
    """Detect in ``table``; ``around`` are names that say what it is about, outermost first."""
    cells = Cells(table.rows)
    joined = _CELL.join(cells.flat)
    found = find(joined)
    labelled = _labelled(table, joined)
    boxed = list(boxes(cells, fours=labelled))
    if not len(found) and not boxed and not labelled:
        return NOTHING
    lengths = np.fromiter(map(len, cells.flat), np.int64, len(cells.flat)) + 1
    begins = np.cumsum(lengths) - lengths
    sheet = Sheet(cells, Headers(cells, table.columns, table.head), around)
    sheet.place(found, np.searchsorted(begins, found.starts, "right") - 1, begins)
    if labelled:
        sheet.beside_labels(joined, begins)
    spots = sheet.spots(labelled=labelled)
    spots += [sheet.boxed(box) for box in boxed]
    spots.sort(key=lambda spot: (spot.row, spot.column, spot.one.start))
    lost = [Suspect("digits_lost", location(table, *place)) for place in sorted(sheet.lost)]
    return Detection(tuple(_hits(table, sheet, spots)), tuple(lost[:DETAILED]))


def _hits(table: TableLike, sheet: Sheet, spots: list[Spot]) -> Iterator[Hit]:
    count = 0
    for spot in spots:
        one = spot.one
        tally, labelled = sheet.tallies(spot)
        codes = codes_of(one, spot.evidence, sheet.near(spot), tally, labelled)
        confidence = judge(codes)
        if confidence is not None:
            count += 1
            place = location(table, spot.row, spot.column) if count <= DETAILED else ""
            where = Where(place, one.start, one.end, spot.row, spot.column)
            yield hit(one, confidence, codes, where)
