"""Numbers written one digit a cell, in rows and columns, as forms on squared sheets (方眼紙) do.

A run is made of cells that hold one digit each, with empty cells between them where boxes are merged
or groups are set apart. Only runs of exactly twelve count; a longer one is another number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .characters import digits_of
from .checkdigit import passes
from .forms import MIXED, Candidate

__all__ = ["Boxes", "Cells", "boxes"]

_TWELVE = 12
_GAPS = (7, 4, 2, 1)
"""Steps from one digit's cell to the next, tried from wide to narrow."""
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_FOUR = 4


class Cells:
    """The cells of a table, flat, with the row and column of each."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        """Flatten ``rows``, which may differ in length."""
        self.rows = rows
        self.flat = [cell for row in rows for cell in row]
        widths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.first = np.cumsum(widths) - widths
        self.width = int(widths.max()) if len(rows) else 0

    def at(self, index: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
        """Give rows and columns of flat indices."""
        rows = np.searchsorted(self.first, index, "right") - 1
        return rows.tolist(), (index - self.first[rows]).tolist()

    def get(self, row: int, column: int) -> str:
        """Give one cell, "" where there is none."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


@dataclass(frozen=True, slots=True, repr=False)
class Boxes:
    """A number written over several cells."""

    candidate: Candidate
    row: int
    column: int
    """Of its first digit."""
    down: bool


def _runs(
    line: npt.NDArray[np.int64], place: npt.NDArray[np.int64], fit: npt.NDArray[np.bool_], count: int
) -> Iterator[slice]:
    """Find runs of exactly ``count`` fitting cells; all cells given are the filled ones, in order."""
    if np.count_nonzero(fit) < count:
        return
    used: set[int] = set()
    for widest in _GAPS:
        joined = fit[1:] & fit[:-1] & (line[1:] == line[:-1]) & (np.diff(place) <= widest)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], joined.view(np.int8), [0]))))
        for first, last in edges.reshape(-1, 2)[np.diff(edges)[::2] == count - 1].tolist():
            if first not in used:
                used.add(first)
                yield slice(first, last + 1)


def _filled(cells: Cells, size: int) -> tuple[list[int], list[bool]]:
    """Flat indices of the filled cells, and which of them hold ``size`` digits."""
    filled = [i for i, cell in enumerate(cells.flat) if cell]
    flat = cells.flat
    if size == 1:
        return filled, [flat[i] in _DIGITS for i in filled]
    return filled, [
        len(flat[i]) == size and all(char in _DIGITS for char in flat[i]) for i in filled
    ]


def boxes(cells: Cells, *, fours: bool = False) -> Iterator[Boxes]:
    """Join digits across cells; with ``fours`` also three cells of four digits in a row."""
    if sum(map(_DIGITS.__contains__, cells.flat)) >= _TWELVE:
        yield from _joined(cells, 1, down=False)
        yield from _joined(cells, 1, down=True)
    if fours:
        yield from _joined(cells, _FOUR, down=False)


def _joined(cells: Cells, size: int, *, down: bool) -> Iterator[Boxes]:
    filled, fits = _filled(cells, size)
    index = np.array(filled, dtype=np.int64)
    fit = np.array(fits, dtype=np.bool_)
    row = np.searchsorted(cells.first, index, "right") - 1
    # A row without cells starts where the next one does; the last of those is the one with cells.
    column = index - cells.first[row]
    line, place = (column, row) if down else (row, column)
    if down:
        order = np.lexsort((row, column))
        index, fit, line, place = index[order], fit[order], line[order], place[order]
    for run in _runs(line, place, fit, _TWELVE // size):
        digits = digits_of("".join(cells.flat[i] for i in index[run].tolist()))
        one = Candidate(0, size, MIXED, 0, digits, passes(digits), "boxes")
        first = (int(place[run][0]), int(line[run][0]))
        yield Boxes(one, *(first if down else first[::-1]), down=down)
