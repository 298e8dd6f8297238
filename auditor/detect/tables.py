"""Detection in tables: cells with headers and coordinates, read as one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from .candidates import find
from .cells import CELL, Cells
from .evidence import DETAILED, Where, codes_of, hit, value_codes
from .grid import boxes
from .headers import Headers
from .labels import has_label
from .result import NOTHING, Confidence, Detection, Hit, Suspect
from .sheet import TITLED, Sheet, Spot
from .verdict import judge

__all__ = ["TableLike", "detect_table", "location"]

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
    spots = sheet.spots(labelled=labelled)
    spots += [sheet.boxed(box) for box in boxed]
    spots.sort(key=lambda spot: (spot.row, spot.column, spot.one.start))
    lost = [Suspect("digits_lost", location(table, *place)) for place in sorted(sheet.lost)]
    return Detection(tuple(_hits(table, sheet, spots)), tuple(lost[:DETAILED]))


def _hits(table: TableLike, sheet: Sheet, spots: list[Spot]) -> Iterator[Hit]:
    count = 0
    known: dict[tuple[object, ...], tuple[tuple[str, ...], Confidence | None]] = {}
    for spot in spots:
        one, evidence = spot.one, spot.evidence
        value = tuple(value_codes(one, evidence))
        # Those of a column mostly have all but their digits and their place in common.
        shape = (spot.column, min(spot.row, TITLED), one.form, one.flags, one.code)
        key = (id(evidence), *shape, *value)
        if key not in known:
            known[key] = _verdict(sheet, spot, value)
        codes, confidence = known[key]
        if confidence is not None:
            count += 1
            place = location(table, spot.row, spot.column) if count <= DETAILED else ""
            where = Where(place, one.start, one.end, spot.row, spot.column)
            yield hit(one, confidence, codes, where)


def _verdict(
    sheet: Sheet, spot: Spot, value: Sequence[str]
) -> tuple[tuple[str, ...], Confidence | None]:
    tallies = sheet.tallies(spot)
    codes = codes_of(spot.one, spot.evidence, sheet.near(spot), *tallies, value)
    return codes, judge(codes)
