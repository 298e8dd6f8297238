"""Numbers written one digit a cell, in rows and columns, as on squared sheets (方眼紙).

A run is made of cells that hold one digit each, with empty cells between them where boxes are
merged or groups are set apart. Only runs of exactly twelve count; a longer one is another number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .cells import Cells
from .characters import digits_of
from .checkdigit import passes
from .forms import MIXED, Candidate

__all__ = ["Boxes", "Cells", "boxes"]

_TWELVE = 12
_GAPS = (7, 4, 2, 1)
"""Steps from one digit's cell to the next, tried from wide to narrow."""
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_PIECES = (4, 6)
"""Digits a cell where a number is split over three cells or two."""
_BLANK = frozenset(("", "-", "－", "‐", "−", "―", "ー", "–", "—", " ", "\u3000"))
"""Cells that stand between the groups of a number."""


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
    places = [i for i, cell in enumerate(cells) if cell not in _BLANK]
    fits = [
        len(cell) == size and (size == 1 or cell.isdecimal()) and _DIGITS.issuperset(cell)
        for cell in map(cells.__getitem__, places)
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
    """Join digits across cells; with ``fours`` also three cells of four digits or two of six."""
    single = [i for i in np.flatnonzero(cells.lengths == 1).tolist() if cells.flat[i] in _DIGITS]
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
    if fours:
        for size in _PIECES:
            for row in _in_pieces(cells, size):
                line = cells.rows[row]
                for run in _line(line, size):
                    yield _boxes(row, run[0], [line[i] for i in run], down=False)


def _in_pieces(cells: Cells, size: int) -> list[int]:
    """Rows in which filled cells of ``size`` characters stand side by side, twelve together."""
    filled = np.flatnonzero(cells.lengths > 1)
    count = _TWELVE // size
    fits = cells.lengths[filled] == size
    first = np.arange(max(0, len(filled) - count + 1))
    for nth in range(count):
        first = first[fits[first + nth]]
    rows, _ = cells.places(filled[first])
    last, _ = cells.places(filled[first + count - 1])
    answer: list[int] = np.unique(rows[rows == last]).tolist()
    return answer


def _busy(lines: list[int]) -> list[int]:
    """Rows or columns with enough single digits."""
    return [line for line, count in Counter(lines).items() if count >= _TWELVE]


def _boxes(row: int, column: int, parts: list[str], *, down: bool) -> Boxes:
    digits = digits_of("".join(parts))
    one = Candidate(0, len(parts[0]), MIXED, 0, digits, passes(digits), "boxes")
    return Boxes(one, row, column, down=down)
