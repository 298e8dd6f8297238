"""One passage of a text: what its numbers are and what its labels say, within a fixed reach.

Nothing here looks farther than :data:`REACH` from the passage, so that a text gives the same hits
in one piece, in blocks as it streams by, and where only the stretches with digits were decoded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .arrays import find_in, row_of
from .bitmap import WORD
from .candidates import LARGE, find_small
from .context import Evidence, Labels, weigh
from .evidence import RESIDENT
from .forms import NONE, Candidate, Found
from .labelled import ANY_DIGIT, beside_labels, scientific
from .labels import Label, Meaning, read
from .needles import label_offsets, word_offsets
from .scopes import LINE, NAMED, alike
from .unsaid import unsaid

__all__ = ["REACH", "Passage", "read_passage"]

REACH = 2048
"""Characters on either side of a passage on which its hits may depend."""
_SIGHT = 1_280
"""Characters on either side of a passage whose candidates and labels are read, too."""
_WINDOW, _BEHIND = 300, 480
"""Characters before and behind a number in which a label may stand (:mod:`.context`)."""
_LEAD = 160
"""Characters read before and behind a window: longer than a label with what decides its sense."""
_NAMES = 300
"""Characters behind the place of a label in which the number ends that it names."""
_NAMED_BEFORE = 96
"""Characters before the place of a label in which a number starts that it names from behind."""
_REACH_BEHIND = 120
_REACH_AHEAD = 16
_BESIDE = 80
"""Characters between a label and the number right behind it."""
_OF_LABELS = ("label_", "topic_", "against_", "other_")
_LISTED = 700
"""Characters over which numbers below each other share the label of the first."""
_ODD = 260
"""Characters in which a number in an unusual writing must end."""
_BATCH = 1_000
_MANY = 64
"""Candidates that pass from which it is asked of all at once whether anything is said of them."""

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """What stands in one passage; offsets are those of its text."""

    text: str
    found: Found
    """Every candidate that starts in it, also those that nothing speaks for."""
    kept: list[tuple[Candidate, Evidence]]
    """Those worth a verdict, by start."""
    lost: list[int]
    """Where digits were lost, in order."""
    unsaid: Found = NONE
    """Candidates that pass and of which nothing is said, where they are many; none is kept."""


def _part(found: Found, chosen: npt.NDArray[np.bool_], shift: int = 0) -> Found:
    """Take the chosen candidates, ``shift`` farther on."""
    return Found(
        found.starts[chosen] + shift,
        found.ends[chosen] + shift,
        found.shapes[chosen],
        found.values[chosen],
        found.passing[chosen],
    )


def _windows(spots: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join the windows around ``spots`` (by start) in which labels are read."""
    low = high = 0
    for start, end in spots:
        left = max(0, start - _WINDOW - _LEAD)
        if left > high:
            yield low, high
            low = left
        high = max(high, end + _BEHIND + _LEAD)
    yield low, high


def _in_windows(text: str, windows: Iterable[tuple[int, int]]) -> Labels:
    """Read the labels in windows of the text."""
    return Labels([label for low, high in windows for label in read(text[low:high], low)])


def _at_words(text: str, windows: Iterable[tuple[int, int]], words: Ints) -> Labels:
    """Read the same labels, where it is known at which places ``words`` of labels begin."""
    lows, highs = np.array(list(windows)).T
    in_window = words < highs[np.maximum(0, np.searchsorted(lows, words, "right") - 1)]
    words = words[in_window]
    if not len(words):
        return Labels([])
    edges = np.flatnonzero(np.diff(words) > 3 * _LEAD)
    first = np.maximum(0, words[np.concatenate(([0], edges + 1))] - _LEAD)
    last = words[np.concatenate((edges, [len(words) - 1]))] + 2 * _LEAD
    return _in_windows(text, zip(first.tolist(), last.tolist(), strict=True))


def _labels(text: str, found: Found, places: list[int], words: Ints | None, left: int) -> Labels:
    """Read the labels that may speak of the candidates, and those for the number at ``places``.

    ``words`` are the places of the words of labels behind ``left``, where they are known.
    """
    if words is not None and not len(words):
        return Labels([])
    good = found.passing
    spots = list(zip(found.starts[good].tolist(), found.ends[good].tolist(), strict=True))
    spots += [(at - _NAMED_BEFORE, at + _NAMES - _BEHIND) for at in places]
    windows = _windows(sorted(spots))
    return _in_windows(text, windows) if words is None else _at_words(text, windows, words + left)


def _failing(found: Found, naming: list[Label]) -> npt.NDArray[np.bool_]:
    """Mark the candidates whose check fails but that a label may name."""
    near = np.zeros(len(found), dtype=np.bool_)
    if naming:
        ends = np.array([label.end for label in naming])
        starts = np.array([label.start for label in naming])
        before = np.searchsorted(ends, found.starts, "right") - 1
        near |= (before >= 0) & (found.starts - ends[before] <= _REACH_BEHIND)
        after = np.searchsorted(starts, found.ends)
        ahead = starts[np.minimum(after, len(starts) - 1)] - found.ends
        near |= (after < len(starts)) & (ahead <= _REACH_AHEAD)
    return near & ~found.passing


def _beside(
    text: str, naming: list[Label], taken: set[int], low: int, high: int
) -> Iterator[Candidate | int]:
    """Read what stands right behind the labels that name, if it starts in the passage."""
    near = [label for label in naming if low - _BESIDE <= label.end < high]
    for first in range(0, len(near), _BATCH):
        for one in beside_labels(text, Labels(near[first : first + _BATCH]), taken):
            start = one if isinstance(one, int) else one.start
            if not low <= start < high:
                continue
            if isinstance(one, int):
                if scientific(text[start : start + _ODD]):
                    yield one
            elif one.end - start <= _ODD:
                yield one


def _evidence(text: str, labels: Labels, one: Candidate) -> Evidence:
    """Weigh what the labels in the window of one candidate say."""
    low = bisect_left(labels.starts, one.start - _WINDOW)
    high = bisect_left(labels.starts, one.end + _BEHIND, low)
    evidence = weigh(text, Labels(labels.found[low:high]), one)
    if one.code == RESIDENT:
        evidence.codes, evidence.meaning = ["label_field"], Meaning.RESIDENT
    return evidence


def _go_on(
    text: str, found: Found, labels: Labels, weighed: list[tuple[Candidate, Evidence]]
) -> None:
    """Let a list go on under the label of its first number, as far as :data:`_LISTED`."""
    said = {one.start: evidence for one, evidence in weighed}
    ones = found.pick(np.ones(len(found), dtype=np.bool_))
    at = {one.start: i for i, one in enumerate(ones)}
    listed: dict[int, bool] = {}
    heirs: list[tuple[Evidence, Evidence]] = []
    for one, evidence in weighed:
        i = at.get(one.start, 0)
        if evidence.scope <= LINE and evidence.meaning is not None:
            continue
        while i and one.start - ones[i - 1].start <= _LISTED:
            if i not in listed:
                listed[i] = alike(text, ones[i - 1], ones[i])
            if not listed[i]:
                break
            i -= 1
            if ones[i].start not in said:
                said[ones[i].start] = _evidence(text, labels, ones[i])
            above = said[ones[i].start]
            if above.meaning in NAMED and above.scope <= LINE:
                heirs.append((evidence, above))
                break
    # Not before: what was handed down once would go on without end, across every border.
    for evidence, above in heirs:
        _inherit(evidence, above)


def _inherit(evidence: Evidence, above: Evidence) -> None:
    evidence.meaning, evidence.scope = above.meaning, above.scope
    own = (code for code in evidence.codes if not code.startswith(_OF_LABELS))
    evidence.codes = [*(code for code in above.codes if code.startswith("label_")), *own]


def _look(sight: str) -> tuple[Found, list[int], Ints | None, Bools]:
    """Look over a passage with arrays, if it is long enough for them.

    Returns:
        Its candidates, the places of labels for the number, those of the words of all labels where
        many candidates make them worth while, and of which candidates anything may be said.
    """
    if len(sight) < LARGE:
        found = find_small(sight)
        return found, label_offsets(sight), None, np.ones(len(found), dtype=np.bool_)
    folded, row, top = row_of(sight)
    found, inner = find_in(folded, row, top), row[WORD : WORD + len(sight)]
    places = label_offsets(sight, inner)
    if np.count_nonzero(found.passing) < _MANY:
        return found, places, None, np.ones(len(found), dtype=np.bool_)
    words = word_offsets(sight, inner)
    return found, places, words, ~(found.passing & unsaid(found, row, words))


def read_passage(text: str, low: int, high: int) -> Passage | None:
    """Read what starts in ``text[low:high]``; None when there is nothing.

    Args:
        text: the passage with :data:`REACH` characters on both sides, where there are as many.
        low: where the passage begins.
        high: where it ends.
    """
    left, right = max(0, low - _SIGHT), min(len(text), high + _SIGHT)
    sight = text[left:right]
    found, places, words, said = _look(sight)
    if not len(found) and not (places and ANY_DIGIT.search(sight)):
        return None
    found = _part(found, np.ones(len(found), dtype=np.bool_), left)
    labels = _labels(text, found, [at + left for at in places], words, left)
    naming = labels.strong()
    own = (found.starts >= low) & (found.starts < high)
    kept = found.pick((found.passing | _failing(found, naming)) & own & said)
    lost: list[int] = []
    for one in _beside(text, naming, set(found.starts.tolist()), low, high):
        if isinstance(one, int):
            lost.append(one)
        else:
            kept.append(one)
    kept.sort(key=lambda one: one.start)
    weighed = [(one, _evidence(text, labels, one)) for one in kept]
    if naming:
        _go_on(text, found, labels, weighed)
    return Passage(text, _part(found, own), weighed, sorted(lost), _part(found, own & ~said))
