"""Cells of binary workbooks as they come, one by one, made tables of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from auditor.formats import _rows
from auditor.model import Table

_APART = 64
"""Empty columns after which the rest of a row is kept as a table of its own."""
_HELD = 200_000
"""Cells that are put in order together: writers mostly have them in order anyway."""

_PLACE, _ROW = itemgetter(0, 1), itemgetter(0)

Cell = tuple[int, int, str]
"""Row and column from 0, and what is shown."""


def tables(cells: Iterable[Cell], place: str) -> Iterator[Table]:
    """The cells of one sheet, in blocks; what lies far off to the right comes last."""
    islands: dict[int, list[tuple[int, list[str]]]] = {}
    yield from _rows.blocks(_compact(_ordered(cells), islands), place)
    for column, island in islands.items():
        apart: dict[int, list[str]] = {}
        for number, row in island:
            apart.setdefault(number, []).extend(row)
        yield from _rows.blocks(sorted(apart.items()), place, first_column=column)


def _ordered(cells: Iterable[Cell]) -> Iterator[Sequence[Cell]]:
    """The cells of one row after the other, by column; in order as far as they are held."""
    held: list[Cell] = []
    for cell in cells:
        if cell[2]:
            held.append(cell)
        if len(held) >= _HELD:
            held.sort(key=_PLACE)
            last = held[-1][0]  # it may not be complete
            cut = bisect_left(held, last, key=_ROW) or len(held)
            yield from _by_row(held[:cut])
            held = held[cut:]
    held.sort(key=_PLACE)
    yield from _by_row(held)


def _by_row(cells: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    start = 0
    for at, (row, _, _) in enumerate(cells):
        if row != cells[start][0]:
            yield cells[start:at]
            start = at
    if cells:
        yield cells[start:]


def _compact(
    rows: Iterable[Sequence[Cell]], islands: dict[int, list[tuple[int, list[str]]]]
) -> Iterator[tuple[int, list[str]]]:
    for cells in rows:
        number = cells[0][0] + 1
        first: list[str] = []
        target, start = first, 0
        for _, column, text in cells:
            missing = column - start - len(target)
            if missing < 0:  # a cell that is said twice: what it says otherwise is kept apart
                if text != target[-1]:
                    islands.setdefault(column + 1, []).append((number, [text]))
                continue
            if missing > _APART:
                target, start, missing = [], column, 0
                islands.setdefault(column + 1, []).append((number, target))
            if missing:
                target.extend([""] * missing)
            target.append(text)
        if first:
            yield number, first
