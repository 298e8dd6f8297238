"""The written forms of a number, and the neighbours that a number may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .characters import DIGIT, GLUE, HEX, JOIN, MONEY, PLUS, neighbour
from .labels import fold

__all__ = [
    "DATE",
    "GROUPED",
    "GROUPS",
    "HEX_GROUP",
    "LABELLED",
    "MAX_NUMBERS",
    "MIXED",
    "NONE",
    "PLAIN",
    "SPACED",
    "Candidate",
    "Found",
    "bounded",
    "glued_label",
    "pack",
]

PLAIN, GROUPED, SPACED, MIXED, LABELLED = range(5)
"""Forms: a run; 4-4-4 with like gaps; single digits; 4-4-4 with unlike gaps; others by a label."""

GROUPS = {GROUPED: 3, SPACED: 12}
"""Groups of a form."""
DATE = re.compile("[0-9０-９]{4}[-./年][0-9０-９]{1,2}[-./月]")
"""Four digits that begin a date are no group of the number before them."""
MAX_NUMBERS = 4
"""Numbers in one unbroken chain of groups; a longer chain is something else."""


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """One stretch with the shape of a number; ``repr`` is the object's, never the digits."""

    start: int
    end: int
    form: int
    flags: int
    """Separators seen in the gaps (``characters.SPACE`` …)."""
    digits: str
    passes: bool
    code: str = ""
    """Evidence that the form itself brings along (a lost zero, letters for digits)."""
    asked: dict[str, int] = field(default_factory=dict, init=False, compare=False)
    """What was found out of its place in its text: many labels ask for the same."""


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """Candidates of one text as parallel arrays, by start."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.int64]
    """form * 256 + flags"""
    values: npt.NDArray[np.int64]
    passing: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Count the candidates."""
        return len(self.starts)

    def part(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.int64] | slice) -> Found:
        """Take those marked, or those at the indices."""
        return Found(
            self.starts[chosen],
            self.ends[chosen],
            self.shapes[chosen],
            self.values[chosen],
            self.passing[chosen],
        )

    def pick(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> list[Candidate]:
        """Make those marked, or those at the indices, into objects."""
        columns = (self.starts, self.ends, self.shapes, self.values, self.passing)
        return [
            Candidate(start, end, shape >> 8, shape & 255, f"{value:012d}", ok)
            for start, end, shape, value, ok in zip(
                *(column[chosen].tolist() for column in columns), strict=True
            )
        ]


def pack(found: Iterable[Candidate]) -> Found:
    """Put candidates into arrays, by start."""
    rows = sorted(found, key=lambda one: one.start)
    return Found(
        np.array([one.start for one in rows], dtype=np.int64),
        np.array([one.end for one in rows], dtype=np.int64),
        np.array([one.form << 8 | one.flags for one in rows], dtype=np.int64),
        np.array([int(one.digits) for one in rows], dtype=np.int64),
        np.array([one.passes for one in rows], dtype=np.bool_),
    )


NONE = pack(())

_GLUED_LABEL = re.compile(
    r"(?:my[\s_-]?(?:number|no)|(?:kojin|individual)[\s_-]?(?:bango|number|no))[_-]?\Z"
)
HEX_GROUP = 4
_LABEL_REACH = 24


def glued_label(text: str, start: int) -> bool:
    """Whether the letters glued on before ``start`` are a label (``MyNumber4839…``)."""
    return bool(_GLUED_LABEL.search(fold(text[max(0, start - _LABEL_REACH) : start])))


def bounded(text: str, start: int, end: int) -> bool:
    """Whether the neighbours of ``text[start:end]`` let it be a number of its own.

    Refused: a digit of any script; a glued letter (hex, units), unless it ends a label; a currency
    sign; ``+``; a hyphen or dot with a digit behind it (decimals, longer ids, a fourth group), but
    for the ``.0`` that spreadsheets leave; a hyphen after four hex digits (the tail of a GUID).
    """
    before = neighbour(text[start - 1 : start])
    after = neighbour(text[end : end + 1])
    if before & (DIGIT | MONEY | PLUS) or after & (DIGIT | MONEY | GLUE):
        return False
    if before & GLUE and not glued_label(text, start):
        return False
    if before & JOIN:
        group = text[max(0, start - 1 - HEX_GROUP) : start - 1]
        if neighbour(group[-1:]) & DIGIT:
            return False
        if len(group) == HEX_GROUP and all(neighbour(char) & HEX for char in group):
            return False
    if after & JOIN and neighbour(text[end + 1 : end + 2]) & DIGIT:
        return text[end : end + 2] == ".0" and not neighbour(text[end + 2 : end + 3]) & DIGIT
    return True
