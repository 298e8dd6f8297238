"""One passage of a text: what its numbers are and what its labels say, within a fixed reach.

Nothing here looks farther than :data:`REACH` from the passage, so that a text gives the same hits
in one piece, in blocks as it streams by, and where only the stretches with digits were decoded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from .arrays import find_in, row_of
from .bitmap import WORD
from .candidates import LARGE, find_small
from .context import Evidence, Labels, weigh
from .evidence import RESIDENT
from .forms import NONE, Candidate, Found
from .labelled import ANY_DIGIT, beside_labels, scientific
from .labels import NAMED, Label, Meaning
from .lists import alike, named_in_line
from .needles import label_offsets, word_offsets
from .scopes import HEADER, LINE
from .unsaid import unsaid
from .windows import BEFORE, BEHIND, labels_of

__all__ = ["REACH", "Passage", "read_passages"]

REACH = 2048
"""Characters on either side of a passage on which its hits may depend."""
_SIGHT = 1_280
"""Characters on either side of a passage whose candidates and labels are read, too."""
_REACH_BEHIND = 120
_REACH_AHEAD = 16
_BESIDE = 280
"""Characters between a label and the number that it names, right behind it or in a block."""
_OF_LABELS = ("label_", "topic_", "against_", "other_")
_HANDED = NAMED | {Meaning.AGAINST}
_AGAINST = frozenset((Meaning.AGAINST,))
_LISTING = NAMED | {Meaning.TOPIC}
_LISTED = 700
"""Characters over which numbers below each other share the label of the first."""
_ABREAST, _NOBODY = 6, -1
"""Numbers of two rows at most, and the index of none."""
_ODD = 260
"""Characters in which a number in an unusual writing must end."""
_BATCH = 1_000
_SHARE, _MOST = 1 << 18, 8_000
"""Characters of a part, and candidates and labels of a passage from which it is weighed in parts:
they are objects until then."""
_MANY = 64
"""Candidates that pass from which it is asked of all at once whether anything is said of them."""

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
_NOWHERE: Ints = np.zeros(0, dtype=np.int64)


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
    breaks: Ints | None = None
    """Line breaks before each of those."""


def _part(found: Found, chosen: Bools | slice) -> Found:
    """Take the chosen candidates."""
    return Found(
        found.starts[chosen],
        found.ends[chosen],
        found.shapes[chosen],
        found.values[chosen],
        found.passing[chosen],
    )


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
    text: str, naming: list[Label], found: Found, low: int, high: int
) -> Iterator[Candidate | int]:
    """Read what stands right behind the labels that name, if it starts in the passage."""
    near = [label for label in naming if low - _BESIDE <= label.end < high]
    taken = set(found.starts.tolist() if near else ())
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
    low = bisect_left(labels.starts, one.start - BEFORE)
    high = bisect_left(labels.starts, one.end + BEHIND, low)
    evidence = weigh(text, Labels(labels.found[low:high], labels.starts[low:high]), one)
    if one.code == RESIDENT:
        evidence.codes, evidence.meaning = ["label_field"], Meaning.RESIDENT
    return evidence


def _go_on(
    text: str, found: Found, labels: Labels, weighed: list[tuple[Candidate, Evidence]]
) -> None:
    """Let a list go on under the label of its first number, as far as :data:`_LISTED`."""
    said = {one.start: evidence for one, evidence in weighed}
    ones = _within_lists(found, weighed)
    at = {one.start: i for i, one in ones.items()}
    listed: dict[int, int] = {}
    heirs: list[tuple[Evidence, Evidence]] = []
    for one, evidence in weighed:
        i = at.get(one.start, 0)
        settled = evidence.scope <= LINE and evidence.meaning is not None
        # The header of a column counts before words against it in the line, but for the field's.
        against = settled and evidence.meaning is Meaning.AGAINST
        open_still = evidence.meaning is Meaning.TOPIC or (against and evidence.scope == LINE)
        if (settled and not open_still) or "in_path" in evidence.codes:
            continue
        while i in ones:
            if i not in listed:
                listed[i] = _above(text, ones, i)
            i = listed[i]
            if i not in ones or one.start - ones[i].start > _LISTED:
                break
            if ones[i].start not in said:
                said[ones[i].start] = _evidence(text, labels, ones[i])
            above = said[ones[i].start]
            near = above.scope <= (HEADER if against else LINE)
            # Another number's label in a row of its own speaks of that row alone.
            other = above.meaning is Meaning.AGAINST and near
            other = other and not named_in_line(text, ones[i], _AGAINST)
            column = above.meaning is None and above.scope == HEADER
            if (near and (above.meaning in NAMED or other)) or column:
                heirs.append((evidence, above))
                break
    # Not before: what was handed down once would go on without end, across every border.
    for evidence, above in heirs:
        _inherit(evidence, above)


def _above(text: str, ones: dict[int, Candidate], i: int) -> int:
    """Index of the number above the ``i``-th in its list; those of other columns stand between."""
    for nth in range(i - 1, i - 1 - _ABREAST, -1):
        if nth not in ones:
            break
        if alike(text, ones[nth], ones[i]):
            return nth
    return _NOBODY


def _within_lists(found: Found, weighed: list[tuple[Candidate, Evidence]]) -> dict[int, Candidate]:
    """Make those into objects, by index, that one list may join to what was weighed."""
    known = {one.start: one for one, _ in weighed}
    places = np.array([*known], dtype=np.int64)
    edges = np.zeros(len(found) + 1, dtype=np.int64)
    np.add.at(edges, np.searchsorted(found.starts, places - _LISTED), 1)
    np.add.at(edges, np.searchsorted(found.starts, places, "right"), -1)
    chosen = np.flatnonzero(np.cumsum(edges[:-1]))
    ones = found.pick(chosen)
    return {i: known.get(one.start, one) for i, one in zip(chosen.tolist(), ones, strict=True)}


def _inherit(evidence: Evidence, above: Evidence) -> None:
    evidence.meaning, evidence.scope = above.meaning, above.scope
    own = (code for code in evidence.codes if not code.startswith(_OF_LABELS))
    handed = (code for code in above.codes if code.startswith(("label_", "against_", "other_")))
    evidence.codes = [*handed, *own]


class _Sight(NamedTuple):
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
    left: int = 0
    """Where the text begins of which that is told."""

    def moved(self, left: int) -> _Sight:
        """Tell the same of a text in which this one begins at ``left``."""
        found = replace(self.found, starts=self.found.starts + left, ends=self.found.ends + left)
        words = None if self.words is None else self.words + left
        return _Sight(found, self.places + left, words, self.unsaid, self.breaks + left, left)

    def part(self, low: int, high: int) -> _Sight:
        """Tell only of what begins in ``low`` to ``high``, but of all lines."""
        here, there = (
            slice(*np.searchsorted(one, (low, high))) for one in (self.found.starts, self.places)
        )
        words = self.words
        return self._replace(
            found=_part(self.found, here),
            places=self.places[there],
            words=words if words is None else words[slice(*np.searchsorted(words, (low, high)))],
            unsaid=self.unsaid if self.unsaid is None else self.unsaid[here],
        )


def _look(sight: str) -> _Sight:
    """Look over a text with arrays, if it is long enough for them."""
    if len(sight) < LARGE:
        return _Sight(find_small(sight), np.array(label_offsets(sight), dtype=np.int64))
    folded, row, top = row_of(sight)
    found, inner = find_in(folded, row, top), row[WORD : WORD + len(sight)]
    many = np.count_nonzero(found.passing) >= _MANY
    words = word_offsets(sight, inner) if many else None
    # A label for the number begins with a word.
    named = label_offsets(sight, inner) if words is None or len(words) else []
    places = np.array(named, dtype=np.int64)
    if words is None:
        return _Sight(found, places)
    aside = found.passing & unsaid(found, row, words)
    return _Sight(found, places, words, aside, np.flatnonzero(inner == ord("\n")))


def read_passages(text: str, low: int, high: int) -> Iterator[Passage]:
    """Read what starts in ``text[low:high]``: in one passage, or in parts where there is much.

    Args:
        text: the passage with :data:`REACH` characters on both sides, where there are as many.
        low: where the passage begins.
        high: where it ends.
    """
    left, right = max(0, low - _SIGHT), min(len(text), high + _SIGHT)
    seen = _look(sight := text[left:right])
    if not len(seen.found) and not (len(seen.places) and ANY_DIGIT.search(sight)):
        return
    seen = seen.moved(left)
    much = np.count_nonzero(seen.found.passing) + len(seen.places) > _MOST
    share = _SHARE if much else max(1, high - low)
    for at in range(low, high, share):
        to = min(at + share, high)
        yield _weighed(text, seen.part(at - _SIGHT, to + _SIGHT) if much else seen, at, to)


def _weighed(text: str, seen: _Sight, low: int, high: int) -> Passage:
    """Weigh what starts in ``text[low:high]``, of which all that stands near was seen."""
    found = seen.found
    labels = labels_of(text, found, seen.places, seen.words)
    naming = labels.strong()
    own = (found.starts >= low) & (found.starts < high)
    chosen = (found.passing | _failing(found, naming)) & own
    kept = found.pick(chosen if seen.unsaid is None else chosen & ~seen.unsaid)
    lost: list[int] = []
    for one in _beside(text, naming, found, low, high):
        if isinstance(one, int):
            lost.append(one)
        else:
            kept.append(one)
    kept.sort(key=lambda one: one.start)
    weighed = [(one, _evidence(text, labels, one)) for one in kept]
    if weighed and any(label.meaning in _LISTING | _HANDED for label in labels.found):
        _go_on(text, found, labels, weighed)
    passage = Passage(text, _part(found, own), weighed, sorted(lost))
    if seen.unsaid is None:
        return passage
    aside = _part(found, own & seen.unsaid)
    before = np.searchsorted(seen.breaks, aside.starts) + text.count("\n", 0, seen.left)
    return replace(passage, unsaid=aside, breaks=before)
