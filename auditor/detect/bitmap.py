"""Runs of digits by shifts of a bitmap, sixty-four characters at a time.

Bit ``p`` of word ``w`` says that character ``64 w + p`` is a digit. Where a run of exactly ``n``
digits starts, and where enough such runs follow each other closely, is a handful of shifts and ands
over an array a sixty-fourth as long as the text. What is chosen here may be too much, never too
little: gaps and neighbours are looked at by :mod:`.arrays`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .characters import MAX_GAP

__all__ = ["WORD", "Starts", "in_a_row", "marked", "starts"]

WORD = 64
_LEAST = 12
_OCTETS = 8
_SPARSE = 4
"""Above all but one surviving word in this many, all are worked."""
_CHAINED = 10
"""Single digits of a number that have two more behind them."""
_NOWHERE = np.zeros(0, dtype=np.int64)

_Ints: TypeAlias = npt.NDArray[np.int64]
_Words: TypeAlias = npt.NDArray[np.uint64]
_Bools: TypeAlias = npt.NDArray[np.bool_]

Starts: TypeAlias = tuple[_Ints, _Ints, _Ints]
"""Where runs of exactly twelve, exactly four, and single digits start, in order."""


def _ahead(words: _Words, step: int) -> _Words:
    """Move every bit ``step`` places to the front: bit p becomes what p + step was."""
    moved = words >> np.uint64(step)
    moved[:-1] |= words[1:] << np.uint64(WORD - step)
    return moved


def _behind(words: _Words, step: int) -> _Words:
    """Move every bit ``step`` places to the back: bit p becomes what p - step was."""
    moved = words << np.uint64(step)
    moved[1:] |= words[:-1] >> np.uint64(WORD - step)
    return moved


def _any(move: Callable[[_Words, int], _Words], words: _Words, steps: Iterable[int]) -> _Words:
    """Join moves by each of ``steps``."""
    first, *rest = steps
    joined = move(words, first)
    for step in rest:
        joined |= move(words, step)
    return joined


def _near(counts: npt.NDArray[np.uint8], least: int) -> _Bools:
    """Words in or beside two neighbours that count ``least`` bits together."""
    alive = np.zeros(len(counts) + 1, dtype=np.bool_)
    near = counts[:-1] + counts[1:] >= least
    # A run may begin a word before and end a word behind the pair that betrays it.
    alive[:-2] |= near
    alive[1:-1] |= near
    alive[:-3] |= near[1:]
    alive[2:] |= near
    return alive[: len(counts)]


def _crowded(bits: _Words, least: int, *alike: _Words | _Ints) -> list[Any]:
    """Keep of arrays ``alike`` the words near ``least`` of ``bits``, an empty one at every break.

    Where nearly all are kept, all are.
    """
    chosen = np.flatnonzero(_near(np.bitwise_count(bits), least))
    if len(chosen) * _SPARSE > len(bits) * (_SPARSE - 1):
        return [*alike]
    place = np.arange(len(chosen))
    place[1:] += np.cumsum(np.diff(chosen) != 1)
    kept = [np.zeros(place[-1] + 1 if len(place) else 0, dtype=words.dtype) for words in alike]
    for few, words in zip(kept, alike, strict=True):
        few[place] = words[chosen]
    return kept


def _positions(words: _Words, index: _Ints) -> _Ints:
    """Where the bits are, in order."""
    octets = words.view(np.uint8)
    filled = np.flatnonzero(octets != 0)
    # As marks: numpy finds those much faster than numbers that are not 0.
    local = np.flatnonzero(np.unpackbits(octets[filled], bitorder="little").view(np.bool_))
    at = filled[local >> 3] * 8 + (local & 7)
    places: _Ints = index[at >> 6] * WORD + (at & 63)
    return places


def _few(words: _Words, least: int) -> bool:
    """Whether there are fewer than ``least`` bits."""
    return int(np.bitwise_count(words).sum()) < least


def _groups(fours: _Words, index: _Ints) -> _Ints:
    """Where groups of four start of which three or more stand in a row."""
    if _few(fours, 3):
        return _NOWHERE
    steps = range(5, 5 + MAX_GAP)
    two = fours & _any(_ahead, fours, steps)
    fours, two, index = _crowded(two, 2, fours, two, index)
    three = two & _any(_ahead, two, steps)
    second = fours & _any(_behind, three, steps)
    return _positions(three | second | (fours & _any(_behind, second, steps)), index)


def _singles(ones: _Words, index: _Ints) -> _Ints:
    """Where single digits stand of which many stand in a row."""
    if _few(ones, _LEAST):
        return _NOWHERE
    ones, index = _crowded(ones, _LEAST, ones, index)
    steps = range(2, 2 + MAX_GAP)
    two = ones & _any(_ahead, ones, steps)
    three = two & _any(_ahead, two, steps)
    return _positions(*_crowded(three, _CHAINED, ones, index))


def marked(marks: _Bools) -> _Ints:
    """Where few marks are, in order; in half the time of ``numpy.flatnonzero``."""
    whole = len(marks) & -_OCTETS
    octets = marks[:whole].view(np.uint64)
    filled = np.flatnonzero(octets != 0)
    local = np.flatnonzero(octets[filled].view(np.bool_))
    places: _Ints = filled[local // _OCTETS] * _OCTETS + local % _OCTETS
    return np.concatenate((places, whole + np.flatnonzero(marks[whole:])))


def in_a_row(marks: _Bools, count: int) -> bool:
    """Whether ``count`` marks (2, 4, 8 …) stand in a row; as many as for :func:`starts`."""
    words = np.packbits(marks, bitorder="little").view(np.uint64)
    step = 1
    while step < count and words.any():
        words = words & _ahead(words, step)
        step *= 2
    return bool(words.any())


def starts(digits: _Bools) -> Starts | None:
    """Find the runs that can be part of a number; None where there are none.

    Args:
        digits: a mark for each character; a multiple of 64, without digits in the last 64.
    """
    words = np.packbits(digits, bitorder="little").view(np.uint64)
    words, index = _crowded(words, _LEAST, words, np.arange(len(words)))
    if not len(words):
        return None
    one = words & _ahead(words, 1)
    two = one & _ahead(one, 2)
    begin = words & ~_behind(words, 1)
    twelve = begin & two & _ahead(two, 4) & _ahead(two, 8) & ~_ahead(words, _LEAST)
    fours = begin & two & ~_ahead(words, 4)
    return _positions(twelve, index), _groups(fours, index), _singles(begin & ~one, index)
