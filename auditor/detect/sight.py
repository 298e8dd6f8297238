"""What arrays tell of a passage before anything in it is weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from .arrays import find_in, row_of
from .bitmap import WORD
from .candidates import LARGE, find_small
from .forms import Found
from .needles import label_offsets, word_beginnings, word_offsets
from .repeats import Repeated, Repeats
from .units import units
from .unsaid import unsaid

__all__ = ["Bools", "Ints", "Sight", "look"]

_MANY = 64
"""Candidates that pass from which it is asked of all at once whether anything is said of them."""

_NEAR = 400
"""Characters from a number to the line that names it, beyond what a label may be away."""

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
_NOWHERE: Ints = np.zeros(0, dtype=np.int64)


class Sight(NamedTuple):
    """What arrays tell of a text, or of a short one a look at each part; places in order."""

    found: Found
    places: Ints
    """Where labels for the number may stand."""
    words: Ints | None = None
    """Where the words of all labels begin, if many candidates make them worth while."""
    unsaid: Bools | None = None
    """Of which candidates nothing is said, if that was asked."""
    breaks: Ints = _NOWHERE
    """Where the lines break, if that was asked."""
    repeated: Repeated | None = None
    """Which candidates stand in lines that the text repeats, if that was asked."""
    left: int = 0
    """Where the text begins of which that is told."""

    def aside(self) -> Bools:
        """Mark the candidates that need not be weighed one by one."""
        marks = np.zeros(len(self.found), dtype=np.bool_)
        if self.unsaid is not None:
            marks |= self.unsaid
        return marks if self.repeated is None else marks | self.repeated.known

    def skipped(self) -> frozenset[int]:
        """Where those start around which labels are not read."""
        if self.repeated is None:
            return frozenset()
        return frozenset(self.found.starts[self.repeated.known].tolist())

    def lines(self) -> Ints:
        """Line breaks before each of those, in what was looked over."""
        answer = np.searchsorted(self.breaks, self.found.starts)
        if self.repeated is not None:
            known = self.repeated.known
            answer[known] = self.repeated.breaks[known]
        return answer

    def asked(self) -> Found:
        """Give the candidates, those marked as passing around which labels are to be read."""
        if self.repeated is None or not self.repeated.known.any():
            return self.found
        known, starts = self.repeated.known, self.found.starts
        # One that fails counts if a line before it or behind it names it.
        lines = self.repeated.begins[known]
        near = np.searchsorted(lines, starts - _NEAR) < np.searchsorted(lines, starts + _NEAR)
        return replace(self.found, passing=(self.found.passing | near) & ~known)

    def moved(self, left: int) -> Sight:
        """Tell the same of a text in which this one begins at ``left``."""
        found = replace(self.found, starts=self.found.starts + left, ends=self.found.ends + left)
        words = None if self.words is None else self.words + left
        return Sight(
            found,
            self.places + left,
            words,
            self.unsaid,
            self.breaks + left,
            self.repeated and self.repeated.moved(left),
            left,
        )

    def part(self, low: int, high: int) -> Sight:
        """Tell only of what begins in ``low`` to ``high``, but of all lines."""
        here, there = (
            slice(*np.searchsorted(one, (low, high))) for one in (self.found.starts, self.places)
        )
        words = self.words
        return self._replace(
            found=self.found.part(here),
            places=self.places[there],
            words=words if words is None else words[slice(*np.searchsorted(words, (low, high)))],
            unsaid=self.unsaid if self.unsaid is None else self.unsaid[here],
            repeated=self.repeated and self.repeated.of(here),
        )


def look(sight: str, low: int, high: int, repeats: Repeats | None) -> Sight:
    """Look over a text with arrays, if it is long enough for them.

    Args:
        sight: the text.
        low: where the passage begins in it, whose lines are counted.
        high: where it ends.
        repeats: the lines of the whole text, if they are to be counted.
    """
    own = low, high
    if len(sight) < LARGE:
        found = find_small(sight)
        places = np.array(label_offsets(sight), dtype=np.int64)
        repeated = None
        if repeats and len(found):
            repeated = repeats.look(sight, units(sight), found, own)
        return Sight(found, places, repeated=repeated)
    folded, row, top = row_of(sight)
    found, inner = find_in(folded, row, top), row[WORD : WORD + len(sight)]
    many = np.count_nonzero(found.passing) >= _MANY
    maybe = word_beginnings(inner) if many else None
    repeated = repeats.look(sight, inner, found, own, maybe) if repeats and len(found) else None
    worth = repeated.elsewhere(found, len(sight)) if repeated else None
    words = None if maybe is None else word_offsets(sight, worth(maybe) if worth else maybe)
    if words is not None and worth and repeats and repeated:
        words = np.sort(np.concatenate((words, repeats.spoken(repeated))))
    # A label for the number begins with a word.
    named = label_offsets(sight, inner, worth) if words is None or len(words) else []
    places = np.array(named, dtype=np.int64)
    if words is None:
        return Sight(found, places, repeated=repeated)
    aside = found.passing & unsaid(found, row, words)
    breaks = np.flatnonzero(inner == ord("\n"))
    return Sight(found, places, words, aside, breaks, repeated)
