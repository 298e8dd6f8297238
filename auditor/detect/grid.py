"""Numbers written one digit a cell, in rows and columns, as on squared sheets (方眼紙).

A run is made of cells that hold one digit each, with empty cells between them where boxes are
merged or groups are set apart. Only runs of exactly twelve count; a longer one is another number.
"""

from __future__ import annotations

from collections import Counter
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


def _line(cells: Sequence[str], size: int) -> list[list[int]]:
    """Find runs of cells of ``size`` digits that make up twelve: the places of their cells."""
    places = [i for i, cell in enumerate(cells) if cell]
    fits = [
        len(cell) == size and (size == 1 or cell.isdecimal()) and _DIGITS.issuperset(cell)
        for cell in cells
        if cell
    ]
    count = _TWELVE // size
    found: dict[int, list[int]] = {}
    for widest in _GAPS:
        first = -1
        for k, fit in enumerate((*fits, False)):
            if fit and first >= 0 and places[k] - places[k - 1] <= widest:
                continue
            if first >= 0 and k - first == count:
                found.setdefault(first, places[first:k])
            first = k if fit else -1
    return list(found.values())


def boxes(cells: Cells, *, fours: bool = False) -> Iterator[Boxes]:
    """Join digits across cells; with ``fours`` also three cells of four digits in a row."""
    single = [i for i, cell in enumerate(cells.flat) if cell in _DIGITS]
    if len(single) >= _TWELVE:
        rows, columns = cells.at(np.array(single, dtype=np.int64))
        for row in _busy(rows):
            line = cells.rows[row]
            for run in _line(line, 1):
                yield _boxes(row, run[0], [line[i] for i in run], down=False)
        for column in _busy(columns):
            line = [row[column] if column < len(row) else "" for row in cells.rows]
            for run in _line(line, 1):
                yield _boxes(run[0], column, [line[i] for i in run], down=True)
    if fours and sum(len(cell) == _FOUR for cell in cells.flat) >= _TWELVE // _FOUR:
        for row, line in enumerate(cells.rows):
            for run in _line(line, _FOUR):
                yield _boxes(row, run[0], [line[i] for i in run], down=False)


def _busy(lines: list[int]) -> list[int]:
    """Rows or columns with enough single digits."""
    return [line for line, count in Counter(lines).items() if count >= _TWELVE]


def _boxes(row: int, column: int, parts: list[str], *, down: bool) -> Boxes:
    digits = digits_of("".join(parts))
    one = Candidate(0, len(parts[0]), MIXED, 0, digits, passes(digits), "boxes")
    return Boxes(one, row, column, down=down)
