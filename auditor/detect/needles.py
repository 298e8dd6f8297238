"""Where the words of labels stand in a long text, found with arrays by how they begin.

To look for each of hundreds of words in turn takes as long as all else together. Instead every two
neighbours are looked up in a table of 65,536 marks at once, and only what is marked is compared:
first with the unit behind them in another such table, then with the words.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from .labels import LATIN, LATIN_NEEDLES, NEEDLES, fold, has_label, label_places
from .units import units
from .vocabulary import WORDS, pattern

__all__ = ["label_offsets", "needles", "word_beginnings", "word_offsets"]

_LARGE = 1024
"""Characters from which arrays are faster."""
_SPREADS = np.arange(40_503, 40_567, 2, dtype=np.uint16)
"""They spread pairs of units over a table (from 2^16 divided by the golden ratio on)."""
_MARKS = np.uint16(ord("@"))
"""Up to here there are digits, spaces and marks."""
_PIECE = 1 << 18
"""Units that are looked up at once: the arrays stay in the processor's cache."""
_SAMPLE, _SPARSE = 64, 4
"""One unit in so many is asked for letters; one in so many units is a letter where they are few."""
_FILLING = np.array([*map(ord, "0123456789,.-: \n")], dtype=np.uint16)
"""What dense text is full of: few pairs of these may fall where a word does."""
_UNITS, _NO_CODE = 1 << 16, 1 << 48
_SPACE = "␣"
_LATIN_WORDS = (
    *(
        f"{first}{second}"
        for firsts, seconds in (("nNｎＮ", "uUｕＵ"), ("nN", "oO"), ("jJｊＪ", "iIｉＩuUｕＵ"))
        for first, second in product(firsts, seconds)
    ),
    "rec",
    "Rec",
)
"""What stands in everything that the expression for Latin labels matches."""
_LATIN_REACH = 16
"""Characters around such a word in which all of it stands."""
_LONGEST_WORD = 256
"""Characters of a word, however it is escaped and spaced."""

_Ints = npt.NDArray[np.int64]
_Row = npt.NDArray[Any]
_Worth: TypeAlias = Callable[[_Ints], _Ints]


def _best_spread(first: _Row, second: _Row) -> np.uint16:
    """Choose how to spread pairs so that fewest of :data:`_FILLING` fall where these do."""
    words = first * _SPREADS[:, None] + second
    filling = (_FILLING[:, None] * _SPREADS[:, None, None] + _FILLING).reshape(len(_SPREADS), -1)
    fallen = [int(np.isin(*both).sum()) for both in zip(filling, words, strict=True)]
    best: np.uint16 = _SPREADS[fallen.index(min(fallen))]
    return best


class _Beginnings:
    """The first two or three units of some words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take words of two units or more."""
        known = sorted({tuple(map(ord, word[:3])) for word in words})
        self._pairs, self._short, self._triples = np.zeros((3, _UNITS), dtype=np.bool_)
        """By where they fall in a table: pairs, those that are words, and those with a third."""
        first, second = np.array([one[:2] for one in known], dtype=np.uint16).T
        self._spread = _best_spread(first, second)
        self._lettered = bool((first > _MARKS).all())
        """Whether every word begins with a letter."""
        places = first * self._spread + second
        short = np.array([len(one) == 2 for one in known])
        third = np.array([one[-1] for one in known], dtype=np.uint16)
        self._pairs[places] = True
        self._short[(places * self._spread + third)[short]] = True
        self._triples[(places * self._spread + third)[~short]] = True
        # The last one is no unit's, so that every search ends before it.
        twos = [one[0] << 16 | one[1] for one in known if len(one) == 2]
        threes = [one[0] << 32 | one[1] << 16 | one[2] for one in known if len(one) == 3]
        self._twos, self._threes = (
            np.array(sorted((*those, _NO_CODE)), dtype=np.int64) for those in (twos, threes)
        )

    def _marked(self, wide: _Row) -> tuple[_Ints, _Row]:
        """Where pairs are marked, and their places in the table."""
        few = np.count_nonzero(wide[::_SAMPLE] > _MARKS) * _SAMPLE * _SPARSE < len(wide)
        if not (few and self._lettered):
            places = wide[:-1] * self._spread
            places += wide[1:]
            # The type keeps these in the table: to check that would take longer than the rest.
            at = np.flatnonzero(self._pairs.take(places, mode="clip"))
            return at, places[at]
        at = np.flatnonzero(wide[:-1] > _MARKS)
        places = wide[at] * self._spread + wide[at + 1]
        some = self._pairs[places]
        return at[some], places[some]

    def find(self, row: _Row) -> _Ints:
        """Offsets at which a word may begin."""
        if len(row) < 2:
            return np.zeros(0, dtype=np.int64)
        # A piece more than it owns: words that begin at its end go on behind it.
        lows = range(0, len(row) - 1, _PIECE)
        found = [low + self._find(row[low : low + _PIECE + 2]) for low in lows]
        return np.concatenate(
            [one[one < low + _PIECE] for low, one in zip(lows, found, strict=True)]
        )

    def _find(self, row: _Row) -> _Ints:
        wide = row.astype(np.uint16, copy=False)
        at, places = self._marked(wide)
        third = wide[np.minimum(at + 2, len(wide) - 1)]
        places *= self._spread
        maybe = self._short[places + wide[at + 1]] | self._triples[places + third]
        at, third = at[maybe], third[maybe]
        both = wide[at].astype(np.int64) << 16 | wide[at + 1]
        two = self._twos[np.searchsorted(self._twos, both)] == both
        both = both << 16 | third
        found: _Ints = at[two | (self._threes[np.searchsorted(self._threes, both)] == both)]
        return found


@functools.cache
def _needle_words() -> tuple[_Beginnings, dict[str, tuple[str, ...]]]:
    """How the words begin of which one stands in every label; and they by their first two."""
    words = (*NEEDLES, *LATIN_NEEDLES)
    by_pair: dict[str, tuple[str, ...]] = {}
    for word in words:
        by_pair[word[:2]] = (*by_pair.get(word[:2], ()), word)
    return _Beginnings(words), by_pair


@functools.cache
def _latin_words() -> _Beginnings:
    return _Beginnings(_LATIN_WORDS)


def _chosen(beginnings: _Beginnings, row: _Row, worth: _Worth | None) -> _Ints:
    found = beginnings.find(row)
    return found if worth is None else worth(found)


def needles(text: str, row: _Row, worth: _Worth | None = None) -> Iterator[tuple[int, str]]:
    """Give the words of which one stands in every label: where, and the longest one there.

    Args:
        text: the text.
        row: its units.
        worth: chooses of many offsets those that are worth a look.
    """
    beginnings, words = _needle_words()
    for at in _chosen(beginnings, row, worth).tolist():
        for word in words.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                yield at, word


def _offsets(text: str, row: _Row, worth: _Worth | None) -> list[int]:
    own, latin = set(), False
    for at, word in needles(text, row, worth):
        if word in LATIN_NEEDLES:
            latin = True
        else:
            own.add(at)
    if not own and not latin:
        return []
    return sorted((*own, *_latin(text, row, worth)))


def label_offsets(text: str, row: _Row | None = None, worth: _Worth | None = None) -> list[int]:
    """Offsets at which a label for the number may stand, in order: none, where none does.

    Args:
        text: the text.
        row: its units, where they are known.
        worth: chooses of many offsets those that are worth a look, in a long text.
    """
    if len(text) < _LARGE:
        return label_places(text) if has_label(text) else []
    return _offsets(text, units(text) if row is None else row, worth)


def _latin(text: str, row: _Row, worth: _Worth | None) -> list[int]:
    """Where labels in Latin letters may stand."""
    found = _chosen(_latin_words(), row, worth)
    if not len(found):
        return []
    edges = np.flatnonzero(np.diff(found) > 2 * _LATIN_REACH)
    first = found[np.concatenate(([0], edges + 1))] - _LATIN_REACH
    last = found[np.concatenate((edges, [len(found) - 1]))] + _LATIN_REACH
    return [
        match.start()
        for low, high in zip(np.maximum(first, 0).tolist(), last.tolist(), strict=True)
        for match in LATIN.finditer(text, low, high)
    ]


@functools.cache
def _variants() -> dict[str, str]:
    """Map each character to those that are folded to it."""
    chars = "".join(map(chr, (*range(0xD800), *range(0xE000, _UNITS))))
    variants: dict[str, str] = {}
    for char, folded in zip(chars, fold(chars), strict=True):
        variants[folded] = variants.get(folded, "") + char
    return variants


@functools.cache
def _all_words() -> _Beginnings:
    """How the words of the vocabulary begin, in any case and width, with spaces between or not."""
    variants = _variants()
    spaces = "".join(filter(str.isspace, map(chr, range(_UNITS))))
    ways: set[tuple[str, ...]] = set()
    for word in WORDS:
        bare = word.replace(_SPACE, "")[:3]
        ways.add(tuple(variants.get(char, char) for char in bare))
        first = tuple(variants.get(char, char) for char in word[:2].rstrip(_SPACE))
        if _SPACE in word[1:3]:
            ways.add(first if len(first) > 1 else (*first, spaces))
    return _Beginnings("".join(one) for way in ways for one in product(*way))


def word_beginnings(row: _Row) -> _Ints:
    """Offsets at which a word of the vocabulary may begin, by its first units."""
    return _all_words().find(row)


def word_offsets(text: str, at: _Ints) -> _Ints:
    """Offsets at which a word of the vocabulary begins, also within other words.

    Args:
        text: the text.
        at: where words may begin.
    """
    if not len(at):
        return at
    match = pattern().match
    if len(at) * _LONGEST_WORD < len(text):
        near = ((one, fold(text[one : one + _LONGEST_WORD])) for one in at.tolist())
        return np.array([one for one, folded in near if match(folded)], dtype=np.int64)
    folded = fold(text)
    return np.array([one for one in at.tolist() if match(folded, one)], dtype=np.int64)
