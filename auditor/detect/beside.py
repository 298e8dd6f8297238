"""Cells that a label names and that hold no plain candidate: lost zeros, odd forms, lost digits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from . import labelled, labels
from .cell_labels import NAMING
from .cells import CELL, Cells
from .context import Evidence, Labels, weigh
from .evidence import RESIDENT
from .forms import Candidate
from .headers import Headers
from .heard import Spot, write
from .labels import Meaning
from .needles import label_offsets
from .placed import Placed

__all__ = ["Beside"]

_NEXT = 14
_LONG_CELL = 13
_LONGEST_VALUE = 60


class Beside:
    """The cells below and beside the labels of one table, and those that hold label and value."""

    def __init__(self, cells: Cells, headers: Headers, placed: Placed) -> None:
        """Take the cells, their labels, and the candidates that need none."""
        self._cells = cells
        self._headers = headers
        self._placed = placed
        self._taken = np.zeros(len(cells.flat), dtype=np.bool_)
        self._taken[placed.index] = True
        self.spots: list[Spot] = []
        self.lost: set[tuple[int, int]] = set()
        """Rows and columns of cells whose digits are gone."""
        self.short: defaultdict[int, list[str]] = defaultdict(list)
        """Too short and no numbers: they tell dummy data; by column."""

    def read(self) -> None:
        """Read them all."""
        below: set[int] = set()
        for row, column, said in list(self._headers.named()):
            below.add(column)
            if row >= 0:
                self._beside(row, column, said)
        for column in sorted(below):
            self._below(column)
        for i in self._speaking():
            self._inside(i, self._cells.flat[i])

    def _speaking(self) -> list[int]:
        """Long cells that may hold a label for the number."""
        index = self._cells.lettered(_LONG_CELL)
        cells = [self._cells.flat[i] for i in index.tolist()]
        text = CELL.join(cells)
        ends = np.cumsum(np.fromiter(map(len, cells), np.int64, len(cells)) + 1)
        places = label_offsets(text)
        some = np.unique(np.searchsorted(ends, np.array(places, dtype=np.int64), "right"))
        return [int(index[nth]) for nth in some.tolist()]

    def _below(self, column: int) -> None:
        """Read the cells below the labels of a column."""
        rows, index = self._cells.filled(column)
        for row in rows[~self._taken[index]].tolist():
            said, _ = self._headers.above(row, column)
            if said is not None and said in NAMING:
                self._value(row, column, said, "header")

    def _is_taken(self, row: int, column: int) -> bool:
        return bool(self._taken[self._cells.first[row] + column])

    def _beside(self, row: int, column: int, said: Meaning) -> None:
        """Read the first filled cell to the right of a label."""
        for right in range(column + 1, column + 1 + _NEXT):
            if self._cells.get(row, right):
                if not self._is_taken(row, right):
                    self._value(row, right, said, "row")
                return

    def _value(self, row: int, column: int, said: Meaning, scope: str) -> None:
        """Read a whole cell as a value of its label."""
        cell = self._cells.get(row, column)
        text = cell.strip()
        if not 0 < len(text) <= _LONGEST_VALUE:
            return
        read_as = labelled.behind(text, 0, said)
        if isinstance(read_as, int):
            self.lost.add((row, column))
        elif read_as is not None and read_as.end == len(text):
            lead = len(cell) - len(cell.lstrip())
            one = replace(read_as, start=read_as.start + lead, end=read_as.end + lead)
            evidence = write(said, scope, Evidence(), self._headers.extras)
            if one.code == RESIDENT:
                evidence.codes = [f"label_{scope}"]
            self._add(one, row, column, evidence)
        elif text.isascii() and text.isdecimal() and 9 <= len(text) <= 11 and text[0] != "0":
            self.short[column].append(text.zfill(12))

    def _inside(self, i: int, cell: str) -> None:
        """Read a cell that holds label and value together."""
        rows, columns = self._cells.at(np.array([i], dtype=np.int64))
        row, column = rows[0], columns[0]
        found = Labels(list(labels.read(cell)))
        here = slice(*np.searchsorted(self._placed.index, (i, i + 1)))
        taken = set(self._placed.found.starts[here].tolist())
        for one in labelled.beside_labels(cell, found, taken):
            if isinstance(one, int):
                self.lost.add((row, column))
            else:
                evidence = weigh(cell, found, one)
                if one.code == RESIDENT:
                    evidence.codes = ["label_field"]
                self._add(one, row, column, evidence)

    def _add(self, one: Candidate, row: int, column: int, evidence: Evidence) -> None:
        if self._is_taken(row, column):
            return
        self._taken[self._cells.first[row] + column] = True
        self.spots.append(Spot(one, row, column, evidence))
