"""The same candidates for long texts, with arrays instead of a loop.

The text is read as ASCII or UTF-16 units (other planes are folded to one unit first, so a unit is a
code point). One pass makes a bitmap of the digits; two neighbouring 64-bit words of it with fewer
than twelve digits cannot hold a candidate, which rejects nearly all prose at a sixty-fourth of its
size (:mod:`.bitmap`). Gaps, check digits and neighbours are then whole-array arithmetic.
"""

from __future__ import annotations

import functools
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from .bitmap import WORD, Starts, starts
from .characters import (
    DIGIT,
    GLUE,
    HEX,
    JOIN,
    LINE,
    MAX_GAP,
    MONEY,
    PLUS,
    ZERO,
    neighbour_table,
    separator_table,
)
from .checkdigit import read_many
from .forms import (
    GROUPED,
    GROUPS,
    HEX_GROUP,
    MAX_NUMBERS,
    MIXED,
    NONE,
    PLAIN,
    SPACED,
    Found,
    glued_label,
)
from .units import digit_mask, row_of, units

__all__ = ["CHUNK", "digit_mask", "find_in", "find_large", "row_of", "units"]

CHUNK = 1 << 20
"""Characters worked at once: the arrays stay within a few MiB."""
_GUARD = 256
"""Context on both sides of a chunk; longer than :data:`MAX_NUMBERS` numbers written widest."""
_LEAST = 12

_YEAR, _MONTH = 1, 2
"""What may stand behind the year of a date, and behind its month."""
_LABEL_ENDS = [ord(pair[0]) << 8 | ord(pair[1]) for pair in ("er", "no", "go")]
"""What the labels end with that may be glued to a number (my number, my no, kojin bango)."""

_Ints: TypeAlias = npt.NDArray[np.int64]
_Bools: TypeAlias = npt.NDArray[np.bool_]
_Units: TypeAlias = npt.NDArray[Any]


def _gap_flags(row: _Units, ends: _Ints, starts: _Ints) -> _Ints:
    """Flags of the separators between ``ends`` and ``starts``; 0 for anything else."""
    table = separator_table()
    width = starts - ends
    flags = table[row[ends]].astype(np.int64)
    for step in range(1, MAX_GAP):
        inside = np.flatnonzero((width > step) & (flags > 0))
        seen = table[row[ends[inside] + step]]
        flags[inside] = np.where(seen > 0, flags[inside] | seen, 0)
    return np.where(flags == ZERO, ZERO, flags & ~ZERO)


@functools.cache
def _dated() -> npt.NDArray[np.uint8]:
    table = np.zeros(1 << 16, dtype=np.uint8)
    table[[*map(ord, "-./年")]] |= _YEAR
    table[[*map(ord, "-./月")]] |= _MONTH
    return table


def _dates(row: _Units, starts: _Ints) -> _Bools:
    """Mark the groups of four that begin a date (:data:`~.forms.DATE`)."""
    table = _dated()
    found: _Bools = table[row[starts + 4]] & _YEAR != 0
    at = starts[found]
    month = digit_mask(row[at + 5])
    short = table[row[at + 6]] & _MONTH != 0
    found[found] = month & (short | (digit_mask(row[at + 6]) & (table[row[at + 7]] & _MONTH != 0)))
    return found


def _stretches(at: _Ints, keys: _Ints) -> tuple[_Ints, _Ints]:
    """Maximal stretches of neighbours among ``at`` (of which there are some) with equal keys."""
    edges = np.flatnonzero((np.diff(at) != 1) | (np.diff(keys) != 0))
    return at[np.concatenate(([0], edges + 1))], at[np.concatenate((edges, [len(at) - 1]))]


class _Forms:
    """The forms of one chunk: for each number its ends, digits, shape and chain."""

    def __init__(self, row: _Units, found: Starts) -> None:
        self.row = row
        self.parts: list[tuple[_Ints, _Ints, _Units, _Ints, _Ints]] = []
        """Start, end, digits (n, 12), shape, and first run of a chain of several (else -1)."""
        runs, fours, ones = found
        self._add(runs[:, None], PLAIN << 8)
        at, flags = self._links(fours, GROUPED)
        if len(at):
            self._chained(fours, at, flags, flags, GROUPED)
            self._mixed(fours, at, flags)
        at, flags = self._links(ones, SPACED)
        if len(at):
            self._chained(ones, at, flags, flags & LINE, SPACED)

    def _add(self, groups: _Ints, shape: int | _Ints, chain: _Ints | int = -1) -> None:
        """Add the numbers whose groups start at each row of ``groups``."""
        if not len(groups):
            return
        width = _LEAST // groups.shape[1]
        digits = sliding_window_view(self.row, width)[groups].reshape(-1, _LEAST) & 15
        shapes, chains = (np.broadcast_to(one, len(groups)) for one in (shape, chain))
        self.parts.append((groups[:, 0], groups[:, -1] + width, digits, shapes, chains))

    def _links(self, starts: _Ints, form: int) -> tuple[_Ints, _Ints]:
        """Groups (by index) that a gap of separators joins to the next one, and its flags."""
        count = GROUPS[form]
        width = _LEAST // count
        at = np.flatnonzero(np.diff(starts) <= width + MAX_GAP)
        if not len(at):
            return at, at
        first, last = _stretches(at, np.zeros_like(at))
        size = last - first + 1
        at = at[np.repeat(size >= count - 1, size)]
        flags = _gap_flags(self.row, starts[at] + width, starts[at + 1])
        if form == GROUPED:
            flags[_dates(self.row, starts[at + 1])] = 0
        return at[flags > 0], flags[flags > 0]

    def _chained(self, starts: _Ints, at: _Ints, flags: _Ints, keys: _Ints, form: int) -> None:
        """Cut chains of groups into numbers: one fits exactly, or several that all pass."""
        count = GROUPS[form]
        first, last = _stretches(at, keys)
        numbers, rest = np.divmod(last - first + 2, count)
        fits = (rest == 0) & (numbers <= MAX_NUMBERS)
        first, numbers = first[fits], numbers[fits]
        begin = np.repeat(first, numbers)
        nth = np.arange(len(begin)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
        begin = begin + nth * count
        inner = flags[np.searchsorted(at, begin)[:, None] + np.arange(count - 1)]
        shape = form << 8 | np.bitwise_or.reduce(inner, axis=1)
        chain = np.repeat(np.where(numbers > 1, starts[first], -1), numbers)
        self._add(starts[begin[:, None] + np.arange(count)], shape, chain)

    def _mixed(self, starts: _Ints, at: _Ints, flags: _Ints) -> None:
        """Add three groups alone whose two gaps differ."""
        count = GROUPS[GROUPED]
        first, last = _stretches(at, np.zeros_like(at))
        first = first[last - first == count - 2]
        gap = np.searchsorted(at, first)
        left, right = flags[gap], flags[gap + 1]
        unlike = left != right
        groups = starts[first[unlike][:, None] + np.arange(count)]
        self._add(groups, MIXED << 8 | (left | right)[unlike])


def _bounded(row: _Units, text: str, starts: _Ints, ends: _Ints) -> _Bools:
    """Apply the rule of :func:`~.forms.bounded`; ``row`` is ``text`` between margins of a word."""
    table = _neighbours()
    before, after = table[row[starts - 1]], table[row[ends]]
    good: _Bools = (before & (DIGIT | MONEY | PLUS) == 0) & (after & (DIGIT | MONEY | GLUE) == 0)
    joined = np.flatnonzero(good & (before & JOIN != 0))
    if len(joined):
        group = table[row[starts[joined][:, None] - 2 - np.arange(HEX_GROUP)]]
        longer = group[:, 0] & DIGIT != 0
        good[joined[longer | (group & HEX != 0).all(axis=1)]] = False
    joined = np.flatnonzero(good & (after & JOIN != 0))
    if len(joined):
        at = ends[joined]
        behind = table[row[at + 1]] & DIGIT != 0
        zero = (row[at] == ord(".")) & (row[at + 1] == ord("0"))
        zero &= table[row[at + 2]] & DIGIT == 0
        good[joined[behind & ~zero]] = False
    glued = np.flatnonzero(good & (before & GLUE != 0))
    if len(glued):
        good[glued] = False
        letters = _letters()
        at = starts[glued]
        ends = letters[row[at - 2]].astype(np.uint16) << 8 | letters[row[at - 1]]
        for i in glued[np.isin(ends, _LABEL_ENDS)].tolist():
            good[i] = glued_label(text, int(starts[i]) - WORD)
    return good


@functools.cache
def _letters() -> npt.NDArray[np.uint8]:
    """Latin letters by unit, in lower case and narrow; 0 for anything else."""
    table = np.zeros(1 << 16, dtype=np.uint8)
    for first in (0x41, 0x61, 0xFF21, 0xFF41):
        table[first : first + 26] = np.arange(ord("a"), ord("z") + 1)
    return table


@functools.cache
def _neighbours() -> npt.NDArray[np.uint8]:
    return np.frombuffer(neighbour_table(), dtype=np.uint8)


def find_in(piece: str, row: _Units, top: int) -> Found:
    """Find the candidates of a piece as :func:`row_of` gives it."""
    found = starts(digit_mask(row, top))
    parts = _Forms(row, found).parts if found else []
    if not parts:
        return NONE
    begin, end, digits, shapes, chain = map(np.concatenate, zip(*parts, strict=True))
    values, passing = read_many(digits)
    # Several numbers in one chain count only when all of them pass.
    good = _bounded(row, piece, begin, end)
    if (chain >= 0).any():
        good &= (chain < 0) | ~np.isin(chain, chain[~passing])
    order = np.flatnonzero(good)
    order = order[np.argsort(begin[order], kind="stable")]
    begin, end = begin[order] - WORD, end[order] - WORD
    return Found(begin, end, shapes[order], values[order], passing[order])


def _chunk(text: str, low: int, high: int) -> Found:
    """Find the candidates that start in ``text[low:high]``."""
    left, right = max(0, low - _GUARD), min(len(text), high + _GUARD)
    found = find_in(*row_of(text[left:right]))
    begin = found.starts + left
    own = slice(*np.searchsorted(begin, (low, high)))
    return Found(
        begin[own],
        found.ends[own] + left,
        found.shapes[own],
        found.values[own],
        found.passing[own],
    )


@functools.cache
def _warm() -> None:
    """Let glibc keep freed blocks: it would map and clear every array's pages anew otherwise."""
    bytes((32 << 20) - 8192)


def find_large(text: str) -> Found:
    """Find every candidate of a long text, a chunk at a time."""
    _warm()
    parts = [
        part
        for low in range(0, len(text), CHUNK)
        if len(part := _chunk(text, low, min(low + CHUNK, len(text))))
    ]
    if not parts:
        return NONE
    columns = [
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("starts", "ends", "shapes", "values", "passing")
    ]
    return Found(*columns)
