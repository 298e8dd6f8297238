"""One passage of a text: what its numbers are and what its labels say, within a fixed reach.

Nothing here looks farther than :data:`REACH` from the passage, so that a text gives the same hits
in one piece, in blocks as it streams by, and where only the stretches with digits were decoded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .context import Evidence, Labels, weigh
from .evidence import RESIDENT
from .forms import Candidate, Found
from .heirs import go_on
from .labelled import ANY_DIGIT, beside_labels, scientific
from .labels import NAMED, Label, Meaning
from .repeats import Repeats
from .sight import Bools, Ints, Sight, look
from .windows import BEFORE, BEHIND, labels_around, labels_of

__all__ = ["REACH", "Passage", "Unweighed", "read_passages"]

REACH = 2048
"""Characters on either side of a passage on which its hits may depend."""
_SIGHT = 1_280
"""Characters on either side of a passage whose candidates and labels are read, too."""
_REACH_BEHIND = 120
_REACH_AHEAD = 16
_BESIDE = 280
"""Characters between a label and the number that it names, right behind it or in a block."""
_LISTING = NAMED | {Meaning.TOPIC, Meaning.AGAINST}
_ODD = 260
"""Characters in which a number in an unusual writing must end."""
_BATCH = 1_000
_SHARE, _MOST = 1 << 18, 8_000
"""Characters of a part, and candidates and labels of a passage from which it is weighed in parts:
they are objects until then."""


class Unweighed(NamedTuple):
    """Numbers that were not weighed one by one, by start."""

    found: Found
    breaks: Ints
    """Line breaks before each."""
    nth: Ints
    """Which evidence each of them has."""
    evidence: list[Evidence]


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
    unweighed: Unweighed | None = None
    """Those of which nothing is said, or what was said before; none is kept."""

    def named(self) -> tuple[Ints, Ints, Ints]:
        """Those that a label names: start, form and flags, value with a bit if it passes."""
        rows = [
            (one.start, one.form << 8 | one.flags, int(one.digits) << 1 | one.passes)
            for one, evidence in self.kept
            if evidence.strong
        ]
        kept = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        if self.unweighed is not None:
            found = self.unweighed.found
            said = np.array([one.strong for one in self.unweighed.evidence])[self.unweighed.nth]
            both = found.values << 1 | found.passing
            columns = np.stack((found.starts, found.shapes, both))
            kept = np.concatenate((kept, columns[:, said]), axis=1)
        starts, shapes, values = kept
        return starts, shapes, values


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


def read_passages(
    text: str, low: int, high: int, repeats: Repeats | None = None
) -> Iterator[Passage]:
    """Read what starts in ``text[low:high]``: in one passage, or in parts where there is much.

    Args:
        text: the passage with :data:`REACH` characters on both sides, where there are as many.
        low: where the passage begins.
        high: where it ends.
        repeats: the lines of the whole text so far; None to weigh every number by itself.
    """
    left, right = max(0, low - _SIGHT), min(len(text), high + _SIGHT)
    seen = look(sight := text[left:right], low - left, high - left, repeats)
    if not len(seen.found) and not (len(seen.places) and ANY_DIGIT.search(sight)):
        return
    seen = seen.moved(left)
    much = np.count_nonzero(seen.found.passing) + len(seen.places) > _MOST
    share = _SHARE if much else max(1, high - low)
    for at in range(low, high, share):
        to = min(at + share, high)
        part = seen.part(at - _SIGHT, to + _SIGHT) if much else seen
        yield _weighed(text, part, at, to, repeats)


def _weighed(text: str, seen: Sight, low: int, high: int, repeats: Repeats | None) -> Passage:
    """Weigh what starts in ``text[low:high]``, of which all that stands near was seen."""
    found = seen.found
    labels = labels_of(text, seen.asked(), seen.places, seen.words)
    naming = labels.strong()
    own = (found.starts >= low) & (found.starts < high)
    chosen = (found.passing | _failing(found, naming)) & own & ~seen.aside()
    kept = found.pick(chosen)
    lost: list[int] = []
    for one in _beside(text, naming, found, low, high):
        if isinstance(one, int):
            lost.append(one)
        else:
            kept.append(one)
    kept.sort(key=lambda one: one.start)
    weighed = [(one, _evidence(text, labels, one)) for one in kept]
    if weighed and any(label.meaning in _LISTING for label in labels.found):
        # Around the others labels were not read.
        aside = seen.skipped()

        def weigh_again(one: Candidate) -> Evidence:
            return _evidence(text, labels_around(text, one) if one.start in aside else labels, one)

        go_on(text, found, weighed, weigh_again)
    others = _unweighed(text, seen, own, weighed, repeats)
    return Passage(text, found.part(own), weighed, sorted(lost), others)


def _unweighed(
    text: str,
    seen: Sight,
    own: Bools,
    weighed: list[tuple[Candidate, Evidence]],
    repeats: Repeats | None,
) -> Unweighed | None:
    """Give the others their evidence: none, or what the first ones of such a line have."""
    aside = own & seen.aside()
    nth = np.zeros(len(seen.found), dtype=np.int64)
    evidence = [Evidence()]
    if repeats is not None and seen.repeated is not None:
        _note(seen.found, seen.repeated.nth, weighed, repeats)
        known = np.flatnonzero(seen.repeated.known & own)
        lines, place = np.unique(seen.repeated.nth[known], return_inverse=True)
        said = [*map(repeats.evidence, lines.tolist())]
        # Of those that fail and that no label names, none was weighed.
        aside[known] = np.array([one is not None for one in said], dtype=np.bool_)[place]
        nth[known] = 1 + place
        evidence += [one or Evidence() for one in said]
    if not aside.any():
        return None
    breaks = seen.lines()[aside] + text.count("\n", 0, seen.left)
    return Unweighed(seen.found.part(aside), breaks, nth[aside], evidence)


def _note(
    found: Found, nth: Ints, weighed: list[tuple[Candidate, Evidence]], repeats: Repeats
) -> None:
    """Let those weighed tell of the lines that are counted."""
    ones = [(one.start, evidence) for one, evidence in weighed if not one.code]
    starts = np.array([start for start, _ in ones], dtype=np.int64)
    lines = nth[np.searchsorted(found.starts, starts)].tolist()
    for line, (_, evidence) in zip(lines, ones, strict=True):
        if line >= 0:
            repeats.note(line, evidence)
