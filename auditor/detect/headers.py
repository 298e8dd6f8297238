"""What the cells around a cell say of it: the column's header, the row's label, titles.

No header row is guessed. The label of a column is the nearest cell above that reads as one, so
titles, header rows below titles, merged and stacked headers and tables under tables need no
special case.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .cell_labels import DECIDING, NAMING, deciding, holds_value, is_name, names_another
from .cells import CELL, Cells
from .labels import Meaning, read

__all__ = ["Headers"]

_LONGEST = 60
_DEEP = 40
"""Rows at the top in which titles and merged headers are looked for."""
_MOST = 2_000
_LEFT = 40
_BLOCK = 4_096
"""Rows whose cells to the left are asked at once."""
_MERGED = 14
_FILLED = 3
_STACKED = 2
"""Rows between the lines of one header."""
_SEARCHED = 20_000
"""Cells of a table that is searched for labels to its end."""
_HEADING = frozenset((Meaning.STRONG, Meaning.EITHER, Meaning.AGAINST, Meaning.RESIDENT))

_Ints: TypeAlias = npt.NDArray[np.int64]
_Bools: TypeAlias = npt.NDArray[np.bool_]


class Headers:
    """Labels of one table, read where asked and remembered."""

    def __init__(self, cells: Cells, columns: Sequence[str], head: Sequence[Sequence[str]]) -> None:
        """Take the table's cells, its named columns, and rows that stand above its first one."""
        self.cells = cells
        self.columns = columns
        self.head = head
        self._cell: dict[str, frozenset[Meaning]] = {}
        self._deciding: dict[str, Meaning | None] = {}
        self._counts: dict[int, int] = {}
        self._again: dict[int, bool] = {}
        self._above: dict[int, tuple[list[int], list[Meaning]]] = {}
        self.extras = self._top()

    def meaning(self, cell: str) -> Meaning | None:
        """What a cell says as a label; None for values, prose and empty cells."""
        if not cell or len(cell) > _LONGEST:
            return None
        if cell not in self._deciding:
            self._learn((cell,))
        return self._deciding[cell]

    def _learn(self, cells: Iterable[str]) -> None:
        """Read many cells as one text; one by one costs thirty times as much."""
        fresh = [cell for cell in dict.fromkeys(cells) if cell and cell not in self._deciding]
        starts = list(accumulate((len(cell) + 1 for cell in fresh), initial=0))
        labels: defaultdict[int, list[Meaning]] = defaultdict(list)
        for label in read(CELL.join(fresh)):
            labels[bisect_right(starts, label.start) - 1].append(label.meaning)
        self._deciding.update(dict.fromkeys(fresh))
        for nth, meanings in labels.items():
            self._settle(fresh[nth], meanings)

    def _settle(self, cell: str, labels: list[Meaning]) -> None:
        if not holds_value(cell):
            self._deciding[cell] = deciding(cell, labels)
            self._cell[cell] = frozenset(labels)

    def _top(self) -> frozenset[Meaning]:
        """Meanings of all cells at the top: forms, companions, specimens."""
        top = (self.columns, *self.head[:_DEEP], *self.cells.rows[:_DEEP])
        self._learn(cell for row in top for cell in row if len(cell) <= _LONGEST)
        found: set[Meaning] = set()
        for row in top:
            for cell in row:
                if len(cell) > _LONGEST:
                    found.update(label.meaning for label in read(cell[: _LONGEST * 5]))
                elif cell:
                    found |= self._cell.get(cell, frozenset())
        return frozenset(found)

    def named(self) -> Iterator[tuple[int, int, Meaning]]:
        """Cells that name the number: (row, column, meaning); rows of ``head`` are negative."""
        rows = self.cells.rows
        deep = len(rows) if len(self.cells.flat) <= _SEARCHED else _DEEP
        above = [(-len(self.head) - 1, self.columns)]
        above += [(nth - len(self.head), row) for nth, row in enumerate(self.head)]
        for nth, row in [*above, *enumerate(rows[:deep])]:
            for column, cell in enumerate(row):
                if cell and not cell[0].isdecimal() and (said := self.meaning(cell)) in NAMING:
                    yield nth, column, said

    def title(self, row: int) -> str:
        """Give the title above ``row`` that says what a table holds: one or two cells."""
        for near in (*self.cells.rows[: min(row, _DEEP)][::-1], *self.head[::-1]):
            filled = [cell for cell in near if cell]
            # Of two cells one is a date or an author, or both are names of groups.
            if len(filled) == 2 and any(map(str.isdecimal, filled[0])):
                filled.pop(0)
            # A name and its value are no title.
            if len(filled) == 2 and holds_value(filled[1]):
                continue
            if 0 < len(filled) <= 2 and self.meaning(filled[0]) in DECIDING:
                return filled[0]
        return ""

    @functools.cached_property
    def _heading(self) -> tuple[int, Sequence[str]]:
        """The first row of words alone: names of columns, in words that may be in no list."""
        if self.columns:
            return -len(self.head) - 1, self.columns
        for nth, row in enumerate((*self.head[:_DEEP], *self.cells.rows[:_DEEP]), -len(self.head)):
            if sum(map(bool, row)) >= 2:
                words = all(map(is_name, row))
                return (nth, row) if words else (0, ())
        return 0, ()

    @property
    def breadth(self) -> int:
        """Count the columns that have names."""
        return sum(map(bool, self._heading[1]))

    def other(self, column: int) -> bool:
        """Whether the column is headed by a name of something else that no list has."""
        _, heading = self._heading
        name = heading[column].strip() if column < len(heading) else ""
        if not name or self.meaning(name) is not None:
            return False
        return names_another(name)

    def above(self, row: int, column: int) -> tuple[Meaning | None, int]:
        """What the nearest label above in the column says, and how many rows away it is."""
        rows, said = self._column(column)
        at = bisect_left(rows, row) - 1
        return (said[at], row - rows[at]) if at >= 0 else (None, 0)

    def aboves(self, rows: _Ints, column: int) -> tuple[_Ints, _Ints]:
        """Answer :meth:`above` for many rows of a column; 0 for no meaning."""
        places, said = self._column(column)
        at = np.searchsorted(places, rows)
        up = rows - np.array([0, *places])[at]
        return np.array([0, *said])[at], np.where(at > 0, up, 0)

    def meanings(self, column: int) -> list[Meaning]:
        """All that the labels of a column say."""
        return self._column(column)[1]

    def _column(self, column: int) -> tuple[list[int], list[Meaning]]:
        if column not in self._above:
            pairs = list(self._labels(column))
            self._above[column] = ([row for row, _ in pairs], [said for _, said in pairs])
        return self._above[column]

    def _labels(self, column: int) -> list[tuple[int, Meaning]]:
        """All labels of a column by row; ``番号`` takes the sense of the header it stands under."""
        settled: list[tuple[int, Meaning]] = []
        for nth, said in self._plain_labels(column):
            row, above = settled[-1] if settled else (nth, Meaning.GENERIC)
            stacked = said is Meaning.GENERIC and nth - row <= _STACKED and above in _HEADING
            settled.append((nth, above if stacked else said))
        return settled

    def _plain_labels(self, column: int) -> list[tuple[int, Meaning]]:
        found: list[tuple[int, Meaning]] = []
        if column < len(self.columns) and (said := self.meaning(self.columns[column])):
            found.append((-len(self.head) - 1, said))
        for nth, row in enumerate(self.head, -len(self.head)):
            if said := self._own_or_merged(nth, row, column):
                found.append((nth, said))
        for nth, row in enumerate(self.cells.rows[:_DEEP]):
            if said := self._own_or_merged(nth, row, column) or self._renamed(nth, column):
                found.append((nth, said))
        deeper = self.cells.worded(column, _DEEP)[: _MOST + 1]
        own = [self.cells.rows[nth][column] for nth in deeper]
        self._learn(cell for cell in own if len(cell) <= _LONGEST)
        for nth, cell in zip(deeper, own, strict=True):
            if said := self.meaning(cell) or self._renamed(nth, column):
                found.append((nth, said))
        # The name of the column itself is nearer than a title above it.
        named = self.breadth >= _FILLED and self.other(column)
        first = self._heading[0] if named else -_MOST
        return [pair for pair in found if pair[0] >= first]

    def _own_or_merged(self, nth: int, row: Sequence[str], column: int) -> Meaning | None:
        """Read a cell, or, where it is empty, the cell to the left that may be merged over it."""
        own = row[column] if column < len(row) else ""
        if own:
            return self.meaning(own)
        left = [cell for cell in row[max(0, column - _MERGED) : column] if cell]
        if not left or self._filled(nth, row) == 1:
            return None
        return self.meaning(left[-1])

    def _renamed(self, nth: int, column: int) -> Meaning | None:
        """Read a name that no list has, in the row that heads a second table below a gap."""
        if nth not in self._again:
            self._again[nth] = self._heads_again(nth)
        cell = self.cells.get(nth, column) if self._again[nth] else ""
        return Meaning.VAGUE if cell and names_another(cell) else None

    def _heads_again(self, nth: int) -> bool:
        """Whether a row below a gap holds nothing but names, and one of them is of people."""
        rows = self.cells.rows
        above = [self._filled(at, rows[at]) for at in range(max(0, nth - 2), nth)]
        if above[-1:] != [0] and above != [0, 1]:
            return False
        row = [name for name in rows[nth] if name]
        if len(row) < _FILLED or not all(map(is_name, row)):
            return False
        self._learn(name for name in row if len(name) <= _LONGEST)
        return any(Meaning.COMPANION in self._cell.get(name, ()) for name in row)

    def _filled(self, nth: int, row: Sequence[str]) -> int:
        """Count the filled cells of a row at the top, once."""
        if nth not in self._counts:
            self._counts[nth] = sum(map(bool, row))
        return self._counts[nth]

    def _spelled(self, row: int, column: int) -> Meaning | None:
        """Read a label written a character a cell, that ends in ``column``."""
        letters = ""
        while len(cell := self.cells.get(row, column)) == 1 and not cell.isdecimal():
            letters = cell + letters
            column -= 1
        return self.meaning(letters) if len(letters) > 1 else None

    def lefts(self, rows: _Ints, column: int) -> tuple[_Ints, _Ints]:
        """Answer :meth:`left` for many rows of a column; 0 for no meaning."""
        said, away = np.zeros((2, len(rows)), dtype=np.int64)
        for low in range(0, len(rows) if column else 0, _BLOCK):
            part = slice(low, low + _BLOCK)
            said[part], away[part] = self._lefts(rows[part], column)
        return said, away

    def _lefts(self, rows: _Ints, column: int) -> tuple[_Ints, _Ints]:
        steps = np.arange(1, min(column, _LEFT) + 1)
        index = (self.cells.first[rows] + column)[:, None] - steps
        lengths = self.cells.lengths[index]
        words = (lengths > 0) & ~self.cells.numeric(index)
        near = np.cumsum(words, axis=1) - words < _FILLED
        said = self._readings(index, near & (lengths > 0) & (lengths <= _LONGEST))
        letters = near & words & (lengths == 1) & (said == 0)
        letters[:, :-1] &= lengths[:, 1:] == 1
        for nth, step in zip(*(axis.tolist() for axis in np.nonzero(letters)), strict=True):
            said[nth, step] = self._spelled(int(rows[nth]), column - 1 - step) or 0
        first = np.argmax(said > 0, axis=1)
        found = said[np.arange(len(rows)), first]
        return found, np.where(found > 0, first + 1, 0)

    def _readings(self, index: _Ints, asked: _Bools) -> _Ints:
        """What cells say as labels, where asked; those without a letter say nothing."""
        said = np.zeros(index.shape, dtype=np.int64)
        at = index[asked]
        letters = self.cells.has_letter(at)
        cells = [self.cells.flat[i] for i in at[letters].tolist()]
        self._learn(cells)
        answers = np.zeros(len(at), dtype=np.int64)
        answers[letters] = [self._deciding[cell] or 0 for cell in cells]
        said[asked] = answers
        return said

    def left(self, row: int, column: int) -> tuple[Meaning | None, int]:
        """What the nearest label to the left in the row says, and how many columns away it is."""
        filled = 0
        for step in range(1, min(column, _LEFT) + 1):
            cell = self.cells.get(row, column - step)
            if not cell:
                continue
            said = self.meaning(cell) or self._spelled(row, column - step)
            if said is not None:
                return said, step
            # The values of other people stand between in a table that lists them side by side.
            filled += not cell[0].isdecimal()
            if filled >= _FILLED:
                break
        return None, 0
