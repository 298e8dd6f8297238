"""Where in a long text a number may start: a source of units, and the spots in it."""

from __future__ import annotations

import functools
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from .characters import KANJI_DIGITS, SEPARATOR_FLAGS

__all__ = ["APART", "BETWEEN", "COLONS", "NUMERALS", "Ints", "Row", "Source", "spots_of"]

_DIGITS = 8
"""Digits that every number has."""
_GAP = 16
"""Characters from one of them to the next, at most: letters read for digits stand between."""
NUMERALS, APART = "".join(map(chr, KANJI_DIGITS)), " \u3000・-ー"
"""Kanji numerals, and what may stand between them."""
BETWEEN = "".join(SEPARATOR_FLAGS) + "OoIl|BSZ"
"""What may stand between the digits of a number, with the letters that a scanner reads for some."""

COLONS = ":=："
"""What stands before the digit in a form that has a field a digit (``個人番号_1: 4``)."""
_FIELDS, _FIELD = 12, 32
"""Such fields of a number, and characters from a digit to the next one at most."""

Ints: TypeAlias = npt.NDArray[np.int64]
Row: TypeAlias = npt.NDArray[Any]


class Source(Protocol):
    """A text in units."""

    width: int
    """Units that a character has at most."""
    kanji: npt.NDArray[np.bool_]
    """Whether a unit may belong to kanji numerals."""
    numerals: npt.NDArray[np.bool_]
    """Whether a unit belongs to a kanji numeral and to nothing that stands between."""
    shortest: int
    """Units that twelve kanji numerals have at least."""
    samples: int
    """Units of those that are looked at first: fewer where others seldom look like them."""
    between: npt.NDArray[np.bool_]
    """Whether a unit may stand between the digits of a number."""
    colons: npt.NDArray[np.bool_]
    """Whether a unit may be the last one of a colon."""

    def __len__(self) -> int:
        """Count the units."""

    def row(self, low: int, high: int) -> Row:
        """Give units as an array."""

    def sample(self, low: int, high: int, step: int) -> Row:
        """Give one unit of so many."""

    def digits(self, row: Row) -> npt.NDArray[np.bool_]:
        """Mark every digit that numbers are written with, once."""

    def align(self, at: int) -> int:
        """Give the nearest start of a character at or before ``at``."""

    def text(self, low: int, high: int) -> str:
        """Give the text between two starts of characters."""

    def origin(self, at: int) -> tuple[int, int]:
        """Count the characters and the line breaks before ``at``; asked in rising order."""


def _scientific(row: Row, at: Ints) -> Ints:
    """Where a digit is followed by ``E+11`` or the like."""
    ends = at[:-1][np.diff(at) != 1] + 1
    ends = ends[ends < len(row) - 3]
    ends = ends[(row[ends] | 32) == ord("e")]
    plus = row[ends + 1] == ord("+")
    one, next_one = row[ends + 1 + plus], row[ends + 2 + plus]
    found: Ints = ends[(one == ord("1")) & ((next_one | 1) == ord("1"))] - 1
    return found


def _kanji_rows(source: Source, row: Row) -> Ints:
    """Where kanji numerals may stand in a row: one unit of so many tells."""
    step = source.shortest // source.samples
    table = source.kanji
    # Bounds are kept by the type; to check them would take longer than the rest.
    sampled = np.take(table, row[::step], mode="clip")
    reach = len(sampled) - source.samples + 1
    ahead = (sampled[nth : nth + max(0, reach)] for nth in range(source.samples))
    at = np.flatnonzero(functools.reduce(np.bitwise_and, ahead)) * step
    for nth in range(1, source.samples * step - step):
        at = at[table[row[at + nth]]]
        if not len(at):
            return at
    inner = row[at[:, None] + np.arange((source.samples - 1) * step + 1)]
    found: Ints = at[source.numerals[inner].sum(axis=1) > 1]
    return found


def _fields(source: Source, row: Row, at: Ints) -> Ints:
    """Choose the digits of forms that have a field a digit: each right behind a colon."""
    # A digit right behind another one is none of them.
    at = at[np.flatnonzero(np.diff(at, prepend=0) > 1)]
    at = at[at > 2]
    if len(at) < _FIELDS:
        return at[:0]
    near = source.colons[row[at - 1]]
    for back in (2, 3):
        near |= source.colons[row[at - back]]
    at = at[near]
    if len(at) < _FIELDS:
        return at[:0]
    firsts = np.concatenate(([0], np.flatnonzero(np.diff(at) > _FIELD * source.width) + 1))
    sizes = np.diff(firsts, append=len(at))
    return at[np.repeat(sizes >= _FIELDS, sizes)]


def _chained(source: Source, row: Row, at: Ints) -> Ints:
    """Choose the digits of which enough follow each other with nothing else between."""
    if len(at) < _DIGITS:
        return at[:0]
    apart, table = np.diff(at), source.between
    gap = np.flatnonzero(apart > 1)
    good = (apart[gap] <= _GAP * source.width) & table[row[at[gap] + 1]]
    breaks = gap[~(good & table[row[at[gap + 1] - 1]])]
    firsts = np.concatenate(([0], breaks + 1))
    sizes = np.diff(firsts, append=len(at))
    return at[np.repeat(sizes >= _DIGITS, sizes)]


def spots_of(source: Source, row: Row, at: Ints) -> Ints:
    """Units at or near which a number may start, in order; ``at`` is where the digits are."""
    kanji = _kanji_rows(source, row)
    if not len(at) and not len(kanji):
        return kanji
    others = np.concatenate((_fields(source, row, at), _scientific(row, at), kanji))
    digits = _chained(source, row, at)
    # In dense text there are very many digits, and in order already.
    return np.sort(np.concatenate((digits, others)), kind="stable") if len(others) else digits
