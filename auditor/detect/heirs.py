"""Lists: what the label of their first number says, the numbers below it inherit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .forms import Candidate, Found
from .labels import NAMED, Meaning
from .lists import alike, named_in_line
from .said import Evidence
from .scopes import HEADER, LINE

__all__ = ["go_on"]

_OF_LABELS = ("label_", "topic_", "against_", "other_")
_AGAINST = frozenset((Meaning.AGAINST,))
_LISTED = 700
"""Characters over which numbers below each other share the label of the first."""
_LEAST = 2
"""Numbers of a list."""
_ABREAST, _NOBODY = 6, -1
"""Numbers of two rows at most, and the index of none."""


def go_on(
    text: str,
    found: Found,
    weighed: list[tuple[Candidate, Evidence]],
    weigh: Callable[[Candidate], Evidence],
) -> None:
    """Let a list go on under the label of its first number, as far as :data:`_LISTED`.

    Args:
        text: the passage.
        found: its candidates.
        weighed: those that were weighed, whose evidence may change.
        weigh: weighs another one of them.
    """
    if len(found) < _LEAST:
        return
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
                said[ones[i].start] = weigh(ones[i])
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
