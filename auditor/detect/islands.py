"""The stretches of a long text in which a number may stand; the rest is not even decoded.

A source is a text, or the bytes of one, seen as a row of units. Every number has eight digits with
nothing but separators between; such digits are *spots* (as are ``1.2E+11`` and rows of kanji
numerals), and the stretches around spots are islands. All islands of a block are searched at once,
joined, and only where that finds the shape of a number or a word for one, a passage is read with
all that surrounds it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from .bitmap import marked
from .candidates import find
from .characters import RARE_DIGITS
from .needles import label_offsets
from .passage import REACH, Passage, read_passages
from .repeats import Repeats
from .spots import APART, BETWEEN, COLONS, NUMERALS, Ints, Row, Source, spots_of
from .units import PLANE, digit_mask, units, units_and_top

__all__ = ["BLOCK", "MARGIN", "Characters", "passages"]

BLOCK = 1 << 20
"""Units worked at once: the arrays stay within a few MiB."""
MARGIN = 2 * REACH
"""Characters on either side of a block that are looked at for it."""
_SIGHT = 512
_BEFORE, _BEHIND = 160, 64
"""Characters from a spot to the start of the number it belongs to, either way."""
_LEFT, _RIGHT = 256, 320
"""Characters around an island in which its label and the groups chained to its digits stand."""
_APART = 640
"""Characters between two islands."""
_DENSE = 2
"""From one unit of so many in islands, the block is read whole."""
_CROWDED = 8
"""From one digit in so many units, too: to tell its islands would take longer than to read it."""
_SAMPLE = 16
"""One unit in so many is asked for that."""
_JOINT = "\x01"


@functools.cache
def _units_of(chars: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(1 << 16, dtype=np.bool_)
    table[[ord(char) for char in chars]] = True
    return table


_RARE = "".join(chr(code) for code in RARE_DIGITS if code <= 0xFFFF)
_RAISED, _ENCLOSED = 0x2070, 0x24EA
_OTHER_PLANE = np.uint16(0x660)


class Characters:
    """A text as it is, or a part of one."""

    width = 1
    shortest, samples = 12, 2

    def __init__(self, text: str, offset: int = 0, at: int = 0, breaks: int = 0) -> None:
        """Take a text that begins at ``offset`` of the whole, with ``breaks`` before ``at``."""
        self.kanji, self.numerals = _units_of(NUMERALS + APART), _units_of(NUMERALS)
        self.between, self.colons = _units_of(BETWEEN), _units_of(COLONS)
        self._text, self._offset, self._breaks, self._at = text, offset, breaks, at
        self._row, self._top, self._begin = np.zeros(0, dtype=np.uint8), 0, 0

    def __len__(self) -> int:
        return len(self._text)

    def row(self, low: int, high: int) -> Row:
        """Give the code points as units."""
        (self._row, self._top), self._begin = units_and_top(self._text[low:high]), low
        return self._row

    def sample(self, low: int, high: int, step: int) -> Row:
        """Give one code point of so many as units."""
        return units(self._text[low:high:step])

    def breaks(self, at: int) -> int:
        """Count the line breaks before ``at``."""
        low, high = min(at, self._at), max(at, self._at)
        if low < self._begin or high > self._begin + len(self._row):
            count = self._text.count("\n", low, high)
        else:
            near = self._row[low - self._begin : high - self._begin]
            count = int(np.count_nonzero(near == ord("\n")))
        self._breaks += count if at > self._at else -count
        self._at = at
        return self._breaks

    def digits(self, row: Row) -> npt.NDArray[np.bool_]:
        """Mark every digit, rare ones only beside raised or circled ones."""
        mask = digit_mask(row, self._top)
        if self._top >= _RAISED:
            raised = row - np.uint16(_RAISED) <= np.uint16(_ENCLOSED - _RAISED)
            if self._top > PLANE:
                raised |= row == _OTHER_PLANE
            if raised.any():
                table = _units_of(_RARE)
                at = np.flatnonzero(raised)
                at = at[table[row[at]] | (row[at] == _OTHER_PLANE)]
                if len(at):
                    mask |= table[row]
                    mask[at] = True
        return mask

    def align(self, at: int) -> int:
        """Every unit is a character."""
        return at

    def text(self, low: int, high: int) -> str:
        """Give a part of the text."""
        return self._text[low:high]

    def origin(self, at: int) -> tuple[int, int]:
        """Count the characters and the line breaks before ``at``."""
        return self._offset + at, self.breaks(at)


def _islands(spots: Ints, width: int) -> list[tuple[int, int]]:
    """Join spots that are close to each other: where the numbers start that they belong to."""
    if not len(spots):
        return []
    edges = np.flatnonzero(np.diff(spots) > _APART * width)
    first = spots[np.concatenate(([0], edges + 1))] - _BEFORE * width
    last = spots[np.concatenate((edges, [len(spots) - 1]))] + _BEHIND * width
    return list(zip(first.tolist(), last.tolist(), strict=True))


def _joined(islands: list[tuple[int, int]], apart: int) -> list[tuple[int, int]]:
    """Join islands of which less than ``apart`` lies between."""
    answer: list[tuple[int, int]] = []
    for low, high in islands:
        if answer and low - answer[-1][1] < apart:
            answer[-1] = (answer[-1][0], high)
        else:
            answer.append((low, high))
    return answer


def _inhabited(source: Source, islands: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Choose the islands on which something has the shape of a number, or names one."""
    texts = []
    for low, high in islands:
        left = source.align(max(0, low - _LEFT * source.width))
        right = source.align(min(len(source), high + _RIGHT * source.width))
        texts.append(source.text(left, right))
    together = _JOINT.join(texts)
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    places = [find(together).starts]
    places.append(np.array(label_offsets(together), dtype=np.int64))
    alive = np.searchsorted(begins, np.concatenate(places), "right") - 1
    return [islands[i] for i in sorted(set(alive.tolist()))]


@functools.cache
def _warm() -> None:
    """Let glibc keep freed blocks: it would map and clear every array's pages anew otherwise."""
    bytes((32 << 20) - 8192)


def passages(
    source: Source, low: int, high: int, repeats: Repeats
) -> Iterator[tuple[Passage, Callable[[], tuple[int, int]]]]:
    """Read what starts in units ``low`` to ``high`` of the source, with the origin of its text.

    ``repeats`` are the lines of the source so far.
    """
    _warm()
    width = source.width
    low, high = source.align(low), source.align(high) if high < len(source) else high
    sample = digit_mask(source.sample(low, high, _SAMPLE))
    crowded = np.count_nonzero(sample) * _CROWDED > len(sample)
    found = [(low, high)] if crowded else _settled(source, low, high)
    for begin, end in _joined(found, 2 * REACH * width):
        yield from _read(source, source.align(begin), source.align(end), repeats)


def _settled(source: Source, low: int, high: int) -> list[tuple[int, int]]:
    """Find where numbers or words for one stand: stretches in which such start."""
    width = source.width
    left, right = max(0, low - _SIGHT * width), min(len(source), high + _SIGHT * width)
    row = source.row(left, right)
    spots = left + spots_of(source, row, marked(source.digits(row)))
    found = [
        (max(low, begin), min(high, end))
        for begin, end in _islands(spots, width)
        if begin < high and end > low
    ]
    if sum(end - begin for begin, end in found) * _DENSE > high - low:
        return [(low, high)]
    return _inhabited(source, found) if found else []


def _read(
    source: Source, low: int, high: int, repeats: Repeats
) -> Iterator[tuple[Passage, Callable[[], tuple[int, int]]]]:
    reach = REACH * source.width
    left = source.align(max(0, low - reach))
    right = source.align(min(len(source), high + reach))
    before, own = source.text(left, low), source.text(low, high)
    text = before + own + source.text(high, right)
    for passage in read_passages(text, len(before), len(before) + len(own), repeats):
        yield passage, functools.partial(source.origin, left)
