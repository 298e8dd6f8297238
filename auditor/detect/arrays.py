"""The same candidates for long texts, with arrays instead of a loop.

The text is read as ASCII or UTF-16 units (other planes are folded to one unit first, so a unit is a
code point). One pass makes a bitmap of the digits; two neighbouring 64-bit words of it with fewer
than twelve digits cannot hold a candidate, which rejects nearly all prose at a sixty-fourth of its
size. Runs, gaps, check digits and neighbours are then whole-array arithmetic.
"""

from __future__ import annotations

import functools
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

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
    fold_rare,
    neighbour_table,
    separator_table,
)
from .checkdigit import passes_many
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

__all__ = ["CHUNK", "digit_mask", "find_large", "units"]

CHUNK = 1 << 20
"""Characters worked at once: the arrays stay within a few MiB."""
_GUARD = 256
"""Context on both sides of a chunk; longer than :data:`MAX_NUMBERS` numbers written widest."""
_WORD = 64
_LEAST = 12
_SPARSE = 4
"""Below one surviving word in this many, only those words are worked."""

_FOLDED_DIGIT = np.uint16(0x660)
"""Arabic-indic zero: a digit that no fast path reads."""

_Ints: TypeAlias = npt.NDArray[np.int64]
_Bools: TypeAlias = npt.NDArray[np.bool_]
_Units: TypeAlias = npt.NDArray[Any]


def units(text: str) -> _Units:
    """Give one unit a character: uint8 for ASCII, else uint16 with other planes folded to one.

    A digit of another plane becomes :data:`_FOLDED_DIGIT`, so that it still counts as a digit
    beside a number.
    """
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    wide = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if len(wide) == len(text):
        return wide
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded = np.minimum(points, 0xFFFF).astype(np.uint16)
    for point in np.unique(points[points > 0xFFFF]).tolist():
        if chr(point).isdecimal():
            folded[points == point] = _FOLDED_DIGIT
    return folded


def digit_mask(row: _Units) -> _Bools:
    """Mark the ASCII and full-width digits."""
    ten = row.dtype.type(10)
    mask: _Bools = (row - row.dtype.type(48)) < ten
    if row.dtype == np.uint16:
        mask |= (row - np.uint16(0xFF10)) < ten
    return mask


def _has_rare(row: _Units) -> bool:
    """Whether rare digits may stand in the chunk (superscript, circled, other planes)."""
    if row.dtype == np.uint8:
        return False
    # One pass over both ranges (U+2070 to U+2468) and what lies between them.
    between = (row - np.uint16(0x2070)) < np.uint16(0x3F9)
    return bool(between.any() or (row == _FOLDED_DIGIT).any())


def _dense_words(mask: _Bools) -> _Ints | None:
    """Words that can take part in a candidate; None when most can."""
    words = np.packbits(mask, bitorder="little").view(np.uint64)
    counts = np.bitwise_count(words)
    alive = np.zeros(len(counts) + 1, dtype=np.bool_)
    near = counts[:-1] + counts[1:] >= _LEAST
    # A run may begin a word before and end a word behind the pair that betrays it.
    alive[:-2] |= near
    alive[1:-1] |= near
    alive[:-3] |= near[1:]
    alive[2:] |= near
    chosen = np.flatnonzero(alive[: len(counts)])
    return None if len(chosen) * _SPARSE > len(counts) else chosen


def _runs(mask: _Bools, chosen: _Ints | None) -> tuple[_Ints, _Ints]:
    """Starts and ends of the runs of digits."""
    if chosen is None:
        edges = np.flatnonzero(mask[1:] != mask[:-1]) + 1
        return np.ascontiguousarray(edges[::2]), np.ascontiguousarray(edges[1::2])
    local = np.flatnonzero(mask.reshape(-1, _WORD)[chosen].ravel())
    at = chosen[local // _WORD] * _WORD + local % _WORD
    breaks = np.flatnonzero(np.diff(at) != 1)
    return at[np.concatenate(([0], breaks + 1))], at[np.concatenate((breaks, [len(at) - 1]))] + 1


def _gap_flags(row: _Units, ends: _Ints, starts: _Ints) -> _Ints:
    """Flags of the separators between ``ends`` and ``starts``; 0 for anything else."""
    table = separator_table()
    width = starts - ends
    flags = np.zeros(len(ends), dtype=np.int64)
    good = (width > 0) & (width <= MAX_GAP)
    for step in range(MAX_GAP):
        inside = np.flatnonzero(good & (width > step))
        seen = table[row[ends[inside] + step]]
        flags[inside] |= seen
        good[inside[seen == 0]] = False
    flags[~good] = 0
    return np.where(flags > ZERO, flags & ~ZERO, np.where(flags == ZERO, ZERO, flags & ~ZERO))


def _stretches(at: _Ints, keys: _Ints) -> tuple[_Ints, _Ints]:
    """Maximal stretches of neighbours among ``at`` with equal keys: first and last of each."""
    if not len(at):
        return at, at
    edges = np.flatnonzero((np.diff(at) != 1) | (np.diff(keys) != 0))
    return at[np.concatenate(([0], edges + 1))], at[np.concatenate((edges, [len(at) - 1]))]


class _Forms:
    """The forms of one chunk: for each number its ends, digits, shape and chain."""

    def __init__(self, row: _Units, starts: _Ints, ends: _Ints) -> None:
        self.row = row
        self.starts = starts
        self.ends = ends
        self.sizes = ends - starts
        self.parts: list[tuple[_Ints, _Ints, _Units, _Ints, _Ints]] = []
        """Start, end, digits (n, 12), shape, and first run of a chain of several (else -1)."""

    def add(self, begin: _Ints, count: int, shape: _Ints, chain: _Ints | None = None) -> None:
        """Add the numbers made of ``count`` runs from each of ``begin`` on."""
        groups = begin[:, None] + np.arange(count)
        width = _LEAST // count
        digits = sliding_window_view(self.row, width)[self.starts[groups]].reshape(-1, _LEAST) & 15
        alone = np.full(len(begin), -1) if chain is None else chain
        ends = self.ends[begin + count - 1]
        self.parts.append((self.starts[begin], ends, digits, shape, alone))

    def gaps(self, size: int) -> tuple[_Ints, _Ints]:
        """Runs of ``size`` that a gap of separators joins to the next such run, and its flags."""
        fit = np.flatnonzero(self.sizes == size)
        both = fit[:-1][np.diff(fit) == 1]
        both = both[self.starts[both + 1] - self.ends[both] <= MAX_GAP]
        flags = _gap_flags(self.row, self.ends[both], self.starts[both + 1])
        return both[flags > 0], flags[flags > 0]

    def chained(self, at: _Ints, flags: _Ints, keys: _Ints, form: int) -> None:
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
        self.add(begin, count, shape, np.repeat(np.where(numbers > 1, first, -1), numbers))

    def mixed(self, at: _Ints, flags: _Ints) -> None:
        """Add three groups alone whose two gaps differ."""
        first, last = _stretches(at, np.zeros_like(at))
        first = first[last - first == GROUPS[GROUPED] - 2]
        gap = np.searchsorted(at, first)
        left, right = flags[gap], flags[gap + 1]
        unlike = left != right
        self.add(first[unlike], GROUPS[GROUPED], MIXED << 8 | (left | right)[unlike])

    def all(self) -> tuple[_Ints, _Ints, _Units, _Ints, _Ints]:
        """Find every form."""
        runs = np.flatnonzero(self.sizes == _LEAST)
        self.add(runs, 1, np.full(len(runs), PLAIN << 8))
        at, flags = self.gaps(_LEAST // GROUPS[GROUPED])
        if len(at) >= GROUPS[GROUPED] - 1:
            self.chained(at, flags, flags, GROUPED)
            self.mixed(at, flags)
        at, flags = self.gaps(1)
        if len(at) >= GROUPS[SPACED] - 1:
            self.chained(at, flags, flags & LINE, SPACED)
        begin, end, digits, shape, chain = map(np.concatenate, zip(*self.parts, strict=True))
        return begin, end, digits, shape, chain


def _bounded(row: _Units, text: str, starts: _Ints, ends: _Ints) -> _Bools:
    """Apply the rule of :func:`~.forms.bounded` to arrays; ``row`` has a margin on both sides."""
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
    for i in np.flatnonzero(good & (before & GLUE != 0)).tolist():
        good[i] = glued_label(text, int(starts[i]))
    return good


@functools.cache
def _neighbours() -> npt.NDArray[np.uint8]:
    return np.frombuffer(neighbour_table(), dtype=np.uint8)


def _chunk(text: str, low: int, high: int) -> Found:
    """Find the candidates that start in ``text[low:high]``."""
    left, right = max(0, low - _GUARD), min(len(text), high + _GUARD)
    piece = text[left:right]
    raw = units(piece)
    if _has_rare(raw):
        piece = fold_rare(piece)
        raw = units(piece)
    # A margin of zeros, so that neighbours at the edges need no special case.
    row = np.zeros((len(raw) // _WORD + 3) * _WORD, dtype=raw.dtype)
    row[_WORD : _WORD + len(raw)] = raw
    mask = digit_mask(row)
    chosen = _dense_words(mask)
    if chosen is not None and not len(chosen):
        return NONE
    starts, ends = _runs(mask, chosen)
    begin, end, digits, shapes, chain = _Forms(row, starts, ends).all()
    if not len(begin):
        return NONE
    passing = passes_many(digits)
    # Several numbers in one chain count only when all of them pass.
    good = (chain < 0) | ~np.isin(chain, chain[~passing])
    good &= _bounded(row, " " * _WORD + piece, begin, end)
    begin, end = begin + (left - _WORD), end + (left - _WORD)
    good &= (begin >= low) & (begin < high)
    order = np.flatnonzero(good)
    order = order[np.argsort(begin[order], kind="stable")]
    values = np.zeros(len(order), dtype=np.int64)
    for column in digits[order].T:
        values = values * 10 + column
    return Found(begin[order], end[order], shapes[order], values, passing[order])


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
