"""Lines that a text repeats but for their digits: only the first numbers of them are weighed.

Programs write one line thousands of times, and to weigh each number in it would take a hundred
times as long as all else. So the numbers of later ones get the strongest evidence that the first
:data:`WEIGHED` have: their own line speaks of them, and all around them is looked at no more.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from .forms import Found
from .keys import OPENERS, key_before
from .labels import fold
from .said import Evidence
from .units import digit_mask
from .verdict import EVIDENCE
from .vocabulary import pattern

__all__ = ["WEIGHED", "Repeated", "Repeats"]

WEIGHED = 32
"""Numbers of lines that read alike of which each is weighed by itself."""
_LINES = 4_096
"""Lines that are kept in mind; numbers of others are all weighed."""
_AHEAD, _BEHIND = 64, 32
"""Characters of a line before and behind a number, at most."""
_OTHERS = 7
"""Digits of such a line beside the number's; with more it may hold another one, oddly written."""
_RUN = 5
"""Digits from which a run of them is long: what they are does not tell lines apart."""
_DIGITS = 12
_ZERO, _BREAK = ord("0"), ord("\n")
_PIECE = 256
"""Lines that are looked up at once."""

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Row: TypeAlias = npt.NDArray[Any]


class Repeated(NamedTuple):
    """Of candidates, which are such numbers; parallel to them."""

    nth: Ints
    """Index of the line, or -1: of another line, or not asked for."""
    begins: Ints
    """Where the line begins."""
    known: Bools
    """Whether enough of such a line have been weighed."""
    breaks: Ints
    """Line breaks before the line, from where the text begins that was looked over."""

    def of(self, chosen: Bools | slice) -> Repeated:
        """Tell of some of the candidates."""
        return Repeated(
            self.nth[chosen], self.begins[chosen], self.known[chosen], self.breaks[chosen]
        )

    def elsewhere(self, found: Found, size: int) -> Callable[[Ints], Ints] | None:
        """Leave out the offsets that lie before such a number in its line; None if there is none.

        ``size`` is the length of the text.
        """
        if not self.known.any():
            return None
        aside = _within(self.begins[self.known], found.starts[self.known], size)
        return lambda places: places[~aside[places]]

    def moved(self, left: int) -> Repeated:
        """Tell the same of a text in which this one begins at ``left``."""
        return self._replace(begins=self.begins + left)


class Repeats:
    """The lines of one text, as its passages come in order."""

    def __init__(self) -> None:
        self._nth: dict[str, int] = {}
        """By the line with 0 for the digits of long runs, but for what begins the number."""
        self._full: dict[str, int] = {}
        """Likewise, of those of which enough are weighed."""
        self._counts: list[int] = []
        self._words: list[list[int]] = []
        """Offsets in a line, before the number, at which words of the vocabulary begin."""
        self._evidence: list[Evidence | None] = []

    def look(
        self, text: str, row: Row, found: Found, own: tuple[int, int], maybe: Ints | None = None
    ) -> Repeated:
        """Count the lines that hold one candidate, in order.

        Args:
            text: the text.
            row: its units.
            found: its candidates, of which there are some.
            own: where those start that are counted: from, and up to.
            maybe: where words may begin, if that is known.
        """
        at = np.flatnonzero(row == _BREAK)
        breaks = np.searchsorted(at, found.starts)
        edges = np.concatenate(([-1], at, [len(text)]))
        begins, ends = edges[breaks] + 1, edges[breaks + 1]
        alone = np.diff(breaks, prepend=-1, append=-1) != 0
        short = alone[1:] & alone[:-1] & (found.ends <= ends) & (ends - found.ends <= _BEHIND)
        short &= (found.starts > begins) & (found.starts - begins <= _AHEAD)
        short &= (found.starts >= own[0]) & (found.starts < own[1])
        if maybe is not None and short.any():
            marks = np.zeros(len(row) + 1, dtype=np.int32)
            marks[maybe + 1] = 1
            before = np.cumsum(marks, dtype=np.int32)
            short &= (before[found.starts] > before[begins]) | _marks(OPENERS)[
                row[found.starts - 1]
            ]
        nth, known = np.full(len(found), -1), np.zeros(len(found), dtype=np.bool_)
        chosen = np.flatnonzero(short)
        if len(chosen):
            columns = begins[chosen], found.starts[chosen], ends[chosen]
            nth[chosen] = self._counted(_masked(text, row, found), *columns)
            known = nth >= _LINES
            nth[known] -= _LINES
        return Repeated(nth, begins, known, breaks)

    def _counted(self, plain: str, begins: Ints, starts: Ints, ends: Ints) -> list[int]:
        """Give the index of each line, or -1; :data:`_LINES` more where enough are weighed."""
        answer: list[int] = []
        for first in range(0, len(begins), _PIECE):
            piece = slice(first, first + _PIECE)
            both = zip(begins[piece].tolist(), ends[piece].tolist(), strict=True)
            lines = [plain[begin:end] for begin, end in both]
            ahead = (starts[piece] - begins[piece]).tolist()
            full = map(self._full.get, lines)
            rows = zip(full, lines, ahead, strict=True)
            answer += [self._count(line, at) if nth is None else nth for nth, line, at in rows]
        return answer

    def _count(self, line: str, start: int) -> int:
        """Give the index of one line, :data:`_LINES` more if enough are weighed; else count it."""
        nth = self._nth.get(line, -1)
        if nth < 0 and (nth := self._new(line, start)) < 0:
            return -1
        if self._counts[nth] >= WEIGHED:
            self._full[line] = nth + _LINES
            return nth + _LINES
        self._counts[nth] += 1
        return nth

    def _new(self, line: str, start: int) -> int:
        """Keep a line in mind in which a word or a key stands before the number, none behind it."""
        if len(self._nth) >= _LINES:
            return -1
        folded, match = fold(line), pattern().match
        words = [at for at in range(start) if match(folded, at)]
        named = words or key_before(line, start)
        others = sum(map(str.isdecimal, line)) - _DIGITS
        plain = others <= _OTHERS and not pattern().search(folded, start)
        if not named or not plain:
            return -1
        self._counts.append(0)
        self._words.append(words)
        self._evidence.append(None)
        return self._nth.setdefault(line, len(self._nth))

    def spoken(self, repeated: Repeated) -> Ints:
        """Offsets of the words before the numbers of known lines."""
        nth, begins = repeated.nth[repeated.known], repeated.begins[repeated.known]
        sizes = np.array([*map(len, self._words)], dtype=np.int64)
        words = np.array([*chain.from_iterable(self._words)], dtype=np.int64)
        firsts = np.cumsum(sizes) - sizes
        counts = sizes[nth]
        inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        spoken: Ints = np.repeat(begins, counts) + words[np.repeat(firsts[nth], counts) + inner]
        return spoken

    def note(self, nth: int, evidence: Evidence) -> None:
        """Take the evidence of a number that was weighed, in a line of this index."""
        last = self._evidence[nth]
        if last is None or _weight(evidence.codes) > _weight(last.codes):
            self._evidence[nth] = evidence

    def evidence(self, nth: int) -> Evidence | None:
        """Give the strongest evidence of the lines of this index; None if none was weighed."""
        return self._evidence[nth]


def _within(starts: Ints, ends: Ints, size: int) -> Bools:
    """Mark the places in stretches that do not overlap."""
    edges = np.zeros(size + 1, dtype=np.int8)
    edges[starts] = 1
    edges[ends] -= 1
    marks: Bools = np.cumsum(edges, dtype=np.int8).view(np.bool_)
    return marks


def _mask_values(row: Row, digits: Bools, plain: Bools) -> None:
    """Mark short runs of digits, too, that are all of a value: ``"id":1234,``."""
    opens, closes = _marks(":="), _marks(",;}&")
    at = 1 + np.flatnonzero(opens[row[:-1]] & digits[1:])
    for size in range(1, _RUN):
        at = at[at + size < len(row)]
        for step in range(size):
            plain[at[closes[row[at + size]]] + step] = True
        at = at[digits[at + size]]


def _masked(text: str, row: Row, found: Found) -> str:
    """Give a text with other digits for those of candidates and long runs.

    Args:
        text: the text.
        row: its units.
        found: its candidates; 1 or 2 for their first digit says whether they pass.
    """
    digits = digit_mask(row)
    plain = digits & _within(found.starts, found.ends, len(row))[:-1]
    # Words may hold short runs (12桁), and what a mark counts (2.) differs by them.
    size = max(0, len(row) - _RUN + 1)
    runs = np.ones(size, dtype=np.bool_)
    for step in range(_RUN):
        runs &= digits[step : step + size]
    for step in range(_RUN):
        plain[step : step + size] |= runs
    _mask_values(row, digits, plain)
    firsts = np.where(found.passing, _ZERO + 2, _ZERO + 1)
    if row.dtype == np.uint8:
        narrow = np.where(plain, np.uint8(_ZERO), row)
        narrow[found.starts] = firsts
        return narrow.tobytes().decode("ascii")
    # Something behind it: numpy takes zeros at the end of a text for none of it.
    points = np.array([text + "."]).view(np.uint32)
    points[:-1][plain] = _ZERO
    points[found.starts] = firsts
    return str(points.view(f"U{len(points)}")[0])


@functools.cache
def _marks(chars: str) -> Bools:
    table = np.zeros(1 << 16, dtype=np.bool_)
    table[[*map(ord, chars)]] = True
    return table


def _weight(codes: Sequence[str]) -> float:
    return sum(EVIDENCE[code].weight for code in codes)
