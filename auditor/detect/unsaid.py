"""Numbers of which nothing is said: no word of a label is near, and they are a part of nothing.

Tables written as text hold thousands of them. They differ in place and digits only, so one glance
at the units around all of them replaces a look at each.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from .bitmap import WORD
from .forms import Found
from .keys import OPENERS
from .parts import BLANK

__all__ = ["unsaid"]

_ABOVE, _BELOW = 1_100, 512
"""Characters before and behind a number in which a label may stand that speaks of it, or of the
first number of its list (:mod:`.passage`)."""
_ORDINAL = np.uint16(ord("第"))


@functools.cache
def _marked(chars: Iterable[str]) -> npt.NDArray[np.bool_]:
    table = np.zeros(1 << 16, dtype=np.bool_)
    table[[ord(char) for char in chars if char]] = True
    return table


def unsaid(
    found: Found, row: npt.NDArray[Any], words: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Mark the candidates that no label speaks of, in no key and in nothing longer.

    Args:
        found: the candidates of a text.
        row: its units between margins of a word.
        words: where any word of a label begins, in order.
    """
    before, farther = row[found.starts + (WORD - 1)], row[found.starts + (WORD - 2)]
    blank, opens = _marked(BLANK), _marked(OPENERS)
    answer: npt.NDArray[np.bool_] = blank[before] & blank[row[found.ends + WORD]]
    # A key ends with a mark right before the number, or before the spaces there.
    answer &= ~(opens[before] & opens[farther])
    answer &= farther != _ORDINAL
    above = np.searchsorted(words, found.starts - _ABOVE)
    answer &= above == np.searchsorted(words, found.ends + _BELOW)
    return answer
