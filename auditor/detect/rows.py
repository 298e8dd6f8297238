"""Very many numbers in a few bytes each: those that wait for a verdict, and those found."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .evidence import DETAILED, Where, hit
from .forms import Candidate
from .lazy import LazyHits
from .result import Confidence, Hit
from .said import Evidence

__all__ = ["DROPPED", "UNDECIDED", "Case", "Hits", "Rows", "Verdict"]

DROPPED, UNDECIDED = -2, -1
"""Verdicts of a row that is no number after all, and of one that waits."""


class Case(NamedTuple):
    """What is known of a number beside its place and digits."""

    form: int
    flags: int
    passes: bool
    code: str
    width: int
    evidence: Evidence

    @property
    def shape(self) -> int:
        """Form and flags in one, as in :class:`~.forms.Found`."""
        return self.form << 8 | self.flags

    def candidate(self, start: int, length: int, value: int) -> Candidate:
        """Give it place and digits again."""
        digits = f"{value:0{self.width}d}"
        end = start + length
        return Candidate(start, end, self.form, self.flags, digits, self.passes, self.code)


class Verdict(NamedTuple):
    """What was decided of numbers of one case."""

    case: Case
    confidence: Confidence
    codes: tuple[str, ...]


@dataclass(slots=True, repr=False)
class Rows:
    """Weighed numbers in parallel arrays, by place."""

    starts: array[int]
    lengths: array[int]
    values: array[int]
    lines: array[int]
    cases: array[int]
    verdicts: array[int]
    """Index of the verdict; or undecided, or dropped."""

    @classmethod
    def none(cls) -> Rows:
        """Begin without any."""
        return cls(*(array(code) for code in "qHqqii"))

    def sort_in(self, since: int, **columns: npt.NDArray[Any]) -> None:
        """Add rows among those from index ``since`` on, by start."""
        late = np.argsort(np.concatenate((columns["starts"], self.starts[since:])), kind="stable")
        for one in fields(self):
            column = getattr(self, one.name)
            both = np.concatenate((columns[one.name], column[since:]))[late]
            del column[since:]
            column.frombytes(both.astype(column.typecode).tobytes())

    def candidate(self, i: int, case: Case) -> Candidate:
        """Make one row of this case into an object."""
        return case.candidate(self.starts[i], self.lengths[i], self.values[i])

    def without_dropped(self) -> Rows:
        """Leave out what is no number after all."""
        kept = np.array(self.verdicts) != DROPPED
        columns = (getattr(self, one.name) for one in fields(self))
        return Rows(*(array(one.typecode, np.array(one)[kept].tobytes()) for one in columns))


class Hits(LazyHits):
    """Very many hits, made into objects as they are asked for."""

    __slots__ = ("_rows", "_single", "_verdicts")

    def __init__(self, rows: Rows, verdicts: Sequence[Verdict], *, single: bool) -> None:
        """Take judged numbers; a ``single`` line is not worth a number."""
        self._rows, self._verdicts, self._single = rows, verdicts, single

    def __len__(self) -> int:
        return len(self._rows.starts)

    def _hit(self, i: int) -> Hit:
        rows = self._rows
        case, confidence, codes = self._verdicts[rows.verdicts[i]]
        one = rows.candidate(i, case)
        line = "" if self._single or i >= DETAILED else f"line {rows.lines[i]}"
        return hit(one, confidence, codes, Where(line, one.start, one.end))
