"""Which labels of a passage are read: those in the windows around what may be a number.

To read a text for all words of the vocabulary takes longer than all else together. So labels are
read where a number stands near, and where arrays have found how their words begin, there alone.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .forms import Candidate, Found
from .labels import read
from .said import Labels

__all__ = ["BEFORE", "BEHIND", "labels_around", "labels_of"]

BEFORE, BEHIND = 300, 480
"""Characters before and behind a number in which a label may stand (:mod:`.context`)."""
_LEAD = 160
"""Characters read before and behind a window: longer than a label with what decides its sense."""
_NAMES = 600
"""Characters behind the place of a label in which the number ends that it names."""
_NAMED_BEFORE = 96
"""Characters before the place of a label in which a number starts that it names from behind."""

_Ints: TypeAlias = npt.NDArray[np.int64]


def _windows(starts: _Ints, ends: _Ints) -> tuple[_Ints, _Ints]:
    """Join the windows around stretches (in any order) in which labels are read."""
    order = np.argsort(starts, kind="stable")
    lows = np.maximum(0, starts[order] - (BEFORE + _LEAD))
    highs = np.maximum.accumulate(ends[order] + (BEHIND + _LEAD))
    apart = np.flatnonzero(lows[1:] > highs[:-1])
    return lows[np.concatenate(([0], apart + 1))], highs[np.concatenate((apart, [len(lows) - 1]))]


def _read(text: str, lows: _Ints, highs: _Ints) -> Labels:
    windows = zip(lows.tolist(), highs.tolist(), strict=True)
    return Labels([label for low, high in windows for label in read(text[low:high], low)])


def _around(words: _Ints) -> tuple[_Ints, _Ints]:
    """Join the stretches around words (in order) in which all that decides their sense stands."""
    apart = np.flatnonzero(np.diff(words) > 3 * _LEAD)
    first, last = np.concatenate(([0], apart + 1)), np.concatenate((apart, [len(words) - 1]))
    return np.maximum(0, words[first] - _LEAD), words[last] + 2 * _LEAD


def labels_of(text: str, found: Found, places: _Ints, words: _Ints | None = None) -> Labels:
    """Read the labels that may speak of the candidates that pass.

    Args:
        text: the passage.
        found: its candidates.
        places: where labels for the number may stand; those are read, too.
        words: where the words of all labels begin, in order, if that is known.
    """
    good = found.passing
    starts = np.concatenate((found.starts[good], places - _NAMED_BEFORE))
    ends = np.concatenate((found.ends[good], places + _NAMES))
    if not len(starts):
        return Labels([])
    lows, highs = _windows(starts, ends)
    if words is None:
        return _read(text, lows, highs)
    nth = np.maximum(0, np.searchsorted(lows, words, "right") - 1)
    words = words[(words >= lows[0]) & (words < highs[nth])]
    return _read(text, *_around(words)) if len(words) else Labels([])


def labels_around(text: str, one: Candidate) -> Labels:
    """Read the labels that may speak of one candidate."""
    low, high = max(0, one.start - (BEFORE + _LEAD)), one.end + BEHIND + _LEAD
    return Labels([*read(text[low:high], low)])
