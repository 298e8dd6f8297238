"""The candidates of a table in their cells, as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .cells import Cells
from .column import Tally, tally_values
from .forms import Candidate, Found

__all__ = ["FULL", "Placed"]

FULL = 2
"""Characters that a cell may have beside its number (a quote, a space)."""

_NARROW = 1 << 16

_Ints: TypeAlias = npt.NDArray[np.int64]


class Placed:
    """Candidates with their rows and columns; each is known by its index in order of place."""

    def __init__(self, cells: Cells, found: Found) -> None:
        """Put what was found in the text of ``cells`` into its cells."""
        self.index = cells.index(found.starts)
        """Flat indices of the cells."""
        begins = cells.begins[self.index]
        self.found = replace(found, starts=found.starts - begins, ends=found.ends - begins)
        """With offsets in the cell."""
        self.row, self.column = cells.places(self.index)
        self.alone = cells.lengths[self.index] - (found.ends - found.starts) <= FULL
        """Whether the cell holds nothing beside the number."""
        self._rows: dict[int, _Ints] = {}
        # Numbers of sixteen bits are sorted ten times as fast.
        narrow = self.column.astype(np.uint16) if cells.width <= _NARROW else self.column
        self._order = np.argsort(narrow, kind="stable")
        counts = np.bincount(self.column, minlength=cells.width)
        self._bounds = np.concatenate(([0], np.cumsum(counts)))

    def columns(self, least: int = 1) -> list[int]:
        """Columns with at least so many candidates."""
        answer: list[int] = np.flatnonzero(np.diff(self._bounds) >= least).tolist()
        return answer

    def count(self, column: int) -> int:
        """Count the candidates of a column."""
        return int(self._bounds[column + 1] - self._bounds[column])

    def under(self, column: int) -> _Ints:
        """The candidates of a column, from the top."""
        return self._order[self._bounds[column] : self._bounds[column + 1]]

    def between(self, column: int, above: _Ints, rows: _Ints) -> _Ints:
        """Count the candidates of a column below each row ``above``, down to each of ``rows``."""
        if column not in self._rows:
            self._rows[column] = self.row[self.under(column)]
        high = np.searchsorted(self._rows[column], rows, "right")
        answer: _Ints = high - np.searchsorted(self._rows[column], above, "right")
        return answer

    def tally(self, column: int) -> Tally:
        """Tally the numbers of a column."""
        here = self.under(column)
        return tally_values(self.found.values[here], self.found.passing[here])

    def pick(self, chosen: _Ints) -> Iterator[tuple[Candidate, int, int]]:
        """Make the chosen ones into objects, each with its row and column."""
        rows, columns = self.row[chosen].tolist(), self.column[chosen].tolist()
        return zip(self.found.pick(chosen), rows, columns, strict=True)
