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
"""Context on both sides of a chunk; longer than :data:`MAX_NUMBERS` numbers in their widest form."""
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

    A digit of another plane becomes :data:`_FOLDED_DIGIT`, so that it still counts as a digit beside a number.
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
    circled = (row - np.uint16(0x2460)) < np.uint16(9)
    raised = (row - np.uint16(0x2070)) < np.uint16(0x1A)
    return bool(circled.any() or raised.any() or (row == _FOLDED_DIGIT).any())


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
        starts = np.flatnonzero(mask[1:] & ~mask[:-1]) + 1
        ends = np.flatnonzero(mask[:-1] & ~mask[1:]) + 1
        return starts, ends
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


def _stretches(keys: _Ints) -> tuple[_Ints, _Ints]:
    """Maximal stretches ``[i, j)`` of equal keys that are not 0."""
    edges = np.flatnonzero(np.diff(keys)) + 1
    first = np.concatenate(([0], edges))
    last = np.concatenate((edges, [len(keys)]))
    real = keys[first] != 0
    return first[real], last[real]


class _Forms:
    """The forms of one chunk: digit positions (n, 12) with shape and chain of each row."""

    def __init__(self, row: _Units, starts: _Ints, ends: _Ints) -> None:
        self.row = row
        self.starts = starts
        self.ends = ends
        self.sizes = ends - starts
        self.parts: list[tuple[_Ints, _Ints, _Ints]] = []
        """Positions, shape, and the run at which a chain of several numbers begins (else -1)."""

    def plain(self) -> None:
        runs = np.flatnonzero(self.sizes == _LEAST)
        at = self.starts[runs][:, None] + np.arange(_LEAST)
        shape = np.full(len(runs), PLAIN << 8)
        self.parts.append((at, shape, np.full_like(shape, -1)))

    def gaps(self, size: int) -> _Ints:
        gaps = np.zeros(len(self.sizes), dtype=np.int64)
        fit = self.sizes == size
        close = self.starts[1:] - self.ends[:-1] <= MAX_GAP
        both = np.flatnonzero(fit[:-1] & fit[1:] & close)
        if len(both):
            gaps[both] = _gap_flags(self.row, self.ends[both], self.starts[both + 1])
        return gaps

    def chained(self, gaps: _Ints, keys: _Ints, form: int) -> None:
        count = GROUPS[form]
        first, last = _stretches(keys)
        numbers, rest = np.divmod(last - first + 1, count)
        fits = (rest == 0) & (numbers <= MAX_NUMBERS)
        first, numbers = first[fits], numbers[fits]
        begin = np.repeat(first, numbers)
        nth = np.arange(len(begin)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
        begin = begin + nth * count
        inner = gaps[begin[:, None] + np.arange(count - 1)]
        flags = np.bitwise_or.reduce(inner, axis=1) if len(begin) else begin
        chain = np.repeat(np.where(numbers > 1, first, -1), numbers)
        self.grouped(begin, count, form << 8 | flags, chain)

    def grouped(self, begin: _Ints, count: int, shape: _Ints, chain: _Ints) -> None:
        groups = self.starts[begin[:, None] + np.arange(count)]
        at = groups[:, :, None] + np.arange(_LEAST // count)
        self.parts.append((at.reshape(-1, _LEAST), shape, chain))

    def mixed(self, gaps: _Ints) -> None:
        first, last = _stretches((gaps > 0).astype(np.int64))
        first = first[last - first == GROUPS[GROUPED] - 1]
        left, right = gaps[first], gaps[first + 1]
        unlike = left != right
        shape = MIXED << 8 | (left | right)[unlike]
        self.grouped(first[unlike], GROUPS[GROUPED], shape, np.full_like(shape, -1))

    def all(self) -> tuple[_Ints, _Ints, _Ints]:
        self.plain()
        gaps = self.gaps(_LEAST // GROUPS[GROUPED])
        if gaps.any():
            self.chained(gaps, gaps, GROUPED)
            self.mixed(gaps)
        gaps = self.gaps(1)
        if np.count_nonzero(gaps) >= GROUPS[SPACED] - 1:
            self.chained(gaps, np.where(gaps > 0, 1 + (gaps & LINE), 0), SPACED)
        at, shape, chain = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        return at, shape, chain


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


_POWERS = 10 ** np.arange(_LEAST - 1, -1, -1, dtype=np.int64)


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
    at, shapes, chain = _Forms(row, starts, ends).all()
    begin, end = at[:, 0], at[:, -1] + 1
    digits = row[at] & 15
    passing = passes_many(digits)
    # Several numbers in one chain count only when all of them pass.
    good = (chain < 0) | ~np.isin(chain, chain[~passing])
    good &= _bounded(row, " " * _WORD + piece, begin, end)
    begin, end = begin + (left - _WORD), end + (left - _WORD)
    good &= (begin >= low) & (begin < high)
    order = np.flatnonzero(good)
    order = order[np.argsort(begin[order], kind="stable")]
    values = digits[order].astype(np.int64) @ _POWERS
    return Found(begin[order], end[order], shapes[order], values, passing[order])


def find_large(text: str) -> Found:
    """Find every candidate of a long text, a chunk at a time."""
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
