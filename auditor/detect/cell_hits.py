"""The hits of a table: very many of them are kept in arrays and made as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from .evidence import DETAILED, Where, hit
from .forms import Candidate
from .lazy import LazyHits
from .result import Confidence, Hit

__all__ = ["CellHits", "Judged", "Row"]

Row: TypeAlias = tuple[int, int, int, int, int, int]
"""Row, column, start, end, digits as an integer, index of what was judged."""


class Judged(NamedTuple):
    """What was decided of numbers that have all but place and digits in common."""

    one: Candidate
    """Any of them."""
    confidence: Confidence
    codes: tuple[str, ...]


class CellHits(LazyHits):
    """Hits by place; those after the first 5,000 have no location."""

    __slots__ = ("_judged", "_location", "_rows")

    def __init__(
        self,
        rows: npt.NDArray[np.int64],
        judged: Sequence[Judged],
        location: Callable[[int, int], str],
    ) -> None:
        """Take each hit as a :data:`Row` of an array (n, 6), and how to name a cell."""
        self._rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
        self._judged = judged
        self._location = location

    def __len__(self) -> int:
        return len(self._rows)

    def _hit(self, i: int) -> Hit:
        row, column, start, end, value, nth = self._rows[i].tolist()
        one, confidence, codes = self._judged[nth]
        digits = f"{value:0{len(one.digits)}d}"
        found = Candidate(start, end, one.form, one.flags, digits, one.passes, one.code)
        place = self._location(row, column) if i < DETAILED else ""
        return hit(found, confidence, codes, Where(place, start, end, row, column))
