"""Many short texts at once: most hold nothing, and that is seen by reading them as one.

To look at a text costs a hundred times as much as to look at its characters among a million others.
So texts are joined by a character that is no separator, and only those are read one by one in which
a number passes its check or a word for the number may stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .arrays import find_in, row_of
from .bitmap import WORD
from .labels import has_label
from .needles import needles
from .result import NOTHING, Detection
from .texts import DIRECT, detect_text

__all__ = ["detect_texts"]

_JOINT = "\x01"
_TOGETHER = 1 << 21
"""Characters that are read as one."""


def detect_texts(texts: Sequence[str], around: Sequence[Sequence[str]] = ()) -> list[Detection]:
    """Detect in each of many texts; the answers are those of ``detect``, in order.

    Args:
        texts: texts that have nothing to do with each other.
        around: for each text the names that say what it is about, outermost first; () = none.

    Raises:
        ValueError: ``around`` is neither empty nor as long as ``texts``.
    """
    if around and len(around) != len(texts):
        raise ValueError("names are given for each text or for none")
    answers = [NOTHING] * len(texts)
    for at in _worth(texts):
        answers[at] = detect_text(texts[at], around[at] if around else ())
    return answers


def _worth(texts: Sequence[str]) -> Iterator[int]:
    """Indices of the texts that are worth to be read."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    if sizes.max(initial=0) >= DIRECT:
        yield from np.flatnonzero(sizes >= DIRECT).tolist()
        texts = ["" if len(text) >= DIRECT else text for text in texts]
        sizes[sizes >= DIRECT] = 0
    begins = np.concatenate(([0], np.cumsum(sizes + 1)))
    low = 0
    while low < len(texts):
        high = int(np.searchsorted(begins, begins[low] + _TOGETHER))
        yield from (low + at for at in _among(texts[low:high], begins[low:high] - begins[low]))
        low = high


def _among(texts: Sequence[str], begins: npt.NDArray[np.int64]) -> list[int]:
    """Indices of the texts of one batch in which a number passes or a label may stand."""
    joined, row, top = row_of(_JOINT.join(texts))
    found = find_in(joined, row, top)
    passing = np.searchsorted(begins, found.starts[found.passing], "right") - 1
    # All places count from behind the margin of the row.
    inner = row[WORD : WORD + len(joined)]
    places = np.array([at for at, _ in needles(joined, inner)], dtype=np.int64)
    named = np.searchsorted(begins, places, "right") - 1
    labelled = [at for at in np.unique(named).tolist() if has_label(texts[at])]
    return sorted({*passing.tolist(), *labelled})
