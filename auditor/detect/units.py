"""A text as an array: one unit a character, whatever it is made of."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .bitmap import WORD, in_a_row
from .characters import fold_rare

__all__ = ["PLANE", "digit_mask", "row_of", "units", "units_and_top"]

_FOLDED_DIGIT = np.uint16(0x660)
"""Arabic-indic zero: a digit that no fast path reads."""
_WIDE_ZERO = 0xFF10
_RARE, _RARES = 0x2070, 0x47B
"""The first rare digit above Latin-1, and how far to the last (:data:`.characters.RARE_DIGITS`)."""
_LATIN_RARE, _LATIN_RARES = 0xB2, 8
"""Likewise in Latin-1: superscript one, two, three."""
PLANE = 0xFFFF

_Bools: TypeAlias = npt.NDArray[np.bool_]
_Units: TypeAlias = npt.NDArray[Any]


def units(text: str) -> _Units:
    """Give one unit a character: uint8 for ASCII, else uint16 with other planes folded to one.

    A digit of another plane becomes :data:`_FOLDED_DIGIT`, so that it still counts as a digit
    beside a number.
    """
    return _read(text)[0]


def units_and_top(text: str) -> tuple[_Units, int]:
    """Give the same, and the last code point (0 for ASCII)."""
    return _read(text)


def _read(text: str, margin: int = 0) -> tuple[_Units, int]:
    """Give units between ``margin`` zeros, a multiple of 64 with any, and the last code point."""
    size = len(text) + 2 * margin
    size += -size % WORD if margin else 0
    if text.isascii():
        narrow = np.zeros(size, dtype=np.uint8)
        narrow[margin : margin + len(text)] = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        return narrow, 0
    # Three times as fast as to encode: numpy takes a str as its code points.
    points = np.array([text]).view(np.uint32)
    top = int(points.max())
    wide = np.empty(size, dtype=np.uint16)
    wide[:margin] = wide[margin + len(text) :] = 0
    row = wide[margin : margin + len(text)]
    row[:] = points
    if top > PLANE:
        other = np.flatnonzero(points > PLANE)
        row[other] = PLANE
        planes = points[other] - (PLANE + 1)
        kinds = np.flatnonzero(np.bincount(planes))
        digits = [kind for kind in kinds.tolist() if chr(kind + PLANE + 1).isdecimal()]
        row[other[np.isin(planes, digits)]] = _FOLDED_DIGIT
    return wide, top


def digit_mask(row: _Units, top: int = PLANE) -> _Bools:
    """Mark the ASCII and full-width digits; ``top`` is the last code point, where it is known."""
    ten = row.dtype.type(10)
    mask: _Bools = (row - row.dtype.type(48)) < ten
    if row.dtype == np.uint16 and top >= _WIDE_ZERO:
        mask |= (row - np.uint16(_WIDE_ZERO)) < ten
    return mask


def _has_rare(row: _Units, top: int) -> bool:
    """Whether rare digits may stand four in a row (superscript, circled, other planes)."""
    if top < _LATIN_RARE:
        return False
    # Two ranges, each with what lies between its first and its last.
    raised, latin = row - np.uint16(_RARE), row - np.uint16(_LATIN_RARE)
    if top <= PLANE and int(raised.min()) >= _RARES and int(latin.min()) >= _LATIN_RARES:
        return False
    marks = (raised < np.uint16(_RARES)) | (latin < np.uint16(_LATIN_RARES))
    return in_a_row(marks | (row == _FOLDED_DIGIT), 4)


def row_of(piece: str) -> tuple[str, _Units, int]:
    """Give a piece with its rare digits folded, its units after a margin, and its last code point.

    The margin is one word of zeros on either side, so that neighbours at the edges need no care.
    """
    row, top = _read(piece, WORD)
    if _has_rare(row, top):
        piece = fold_rare(piece)
        row, top = _read(piece, WORD)
    return piece, row, top
