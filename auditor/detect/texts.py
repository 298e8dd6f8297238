"""Detection in running text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .candidates import find
from .column import Tally, tally, tally_values
from .context import LINE, Evidence, Labels, labels_near, weigh
from .evidence import DETAILED, RESIDENT, Surroundings, Where, codes_of, hit, surroundings
from .forms import Candidate, Found
from .labelled import ANY_DIGIT, beside_labels
from .labels import Meaning, has_label, label_places
from .persons import person_code
from .result import NOTHING, Detection, Hit, Suspect
from .verdict import judge

__all__ = ["detect_text"]

CODE = "QR code"
"""The place that says: this text is all that a QR code holds."""
_REACH_BEHIND = 120
_REACH_AHEAD = 16


def _failing(found: Found, labels: Labels) -> npt.NDArray[np.bool_]:
    """Mark the candidates whose check fails but that a label may name."""
    near = np.zeros(len(found), dtype=np.bool_)
    naming = labels.strong()
    if naming:
        ends = np.array([label.end for label in naming])
        starts = np.array([label.start for label in naming])
        before = np.searchsorted(ends, found.starts, "right") - 1
        near |= (before >= 0) & (found.starts - ends[before] <= _REACH_BEHIND)
        after = np.searchsorted(starts, found.ends)
        ahead = starts[np.minimum(after, len(starts) - 1)] - found.ends
        near |= (after < len(starts)) & (ahead <= _REACH_AHEAD)
    return near & ~found.passing


def _tallies(found: Found) -> dict[int, Tally]:
    """Tally the candidates of each shape: a list keeps to one way of writing."""
    if len(found) < 2:
        return {}
    answer = {}
    for shape in np.unique(found.shapes).tolist():
        like = found.shapes == shape
        answer[shape] = tally_values(found.values[like], found.passing[like])
    return answer


class _Lines:
    """Line numbers for offsets asked in rising order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.single = "\n" not in text
        self.at = 0
        self.line = 1

    def place(self, offset: int) -> str:
        if self.single:
            return ""
        self.line += self.text.count("\n", self.at, offset)
        self.at = offset
        return f"line {self.line}"


def _candidates(text: str, found: Found) -> tuple[list[Candidate], list[int], Labels]:
    """Choose the candidates worth weighing, with lost digits and the labels near them."""
    if not has_label(text):
        kept = found.pick(found.passing)
        return kept, [], labels_near(text, ((one.start, one.end) for one in kept))
    passing = found.passing
    spots = [(at, at + _REACH_BEHIND) for at in label_places(text)]
    spots += zip(found.starts[passing].tolist(), found.ends[passing].tolist(), strict=True)
    labels = labels_near(text, sorted(spots))
    kept = found.pick(found.passing | _failing(found, labels))
    lost: list[int] = []
    taken = set(found.starts.tolist())
    for one in beside_labels(text, labels, taken):
        if isinstance(one, int):
            lost.append(one)
        else:
            kept.append(one)
    kept.sort(key=lambda one: one.start)
    return kept, lost, labels


def _weighed(one: Candidate, evidence: Evidence) -> Evidence:
    """Give a form that was found by its label that label."""
    if one.code == RESIDENT:
        evidence.codes, evidence.meaning = ["label_field"], Meaning.RESIDENT
    return evidence


def detect_text(text: str, around: Sequence[str]) -> Detection:
    """Detect in ``text``; ``around`` are names that say what it is about, outermost first."""
    found = find(text)
    if not len(found) and not (has_label(text) and ANY_DIGIT.search(text)):
        return NOTHING
    kept, lost, labels = _candidates(text, found)
    if not kept and not lost:
        return NOTHING
    near = surroundings(around)
    weighed = [(one, _weighed(one, weigh(text, labels, one))) for one in kept]
    if around and around[-1] == CODE and len(kept) == 1 and text.strip().isdecimal():
        weighed[0][1].codes.append("card_code")
    hits = tuple(_hits(text, weighed, near, _unnamed(found, weighed)))
    lines = _Lines(text)
    suspects = tuple(Suspect("digits_lost", lines.place(at)) for at in sorted(lost))
    return Detection(hits, suspects)


def _unnamed(found: Found, weighed: list[tuple[Candidate, Evidence]]) -> dict[int, Tally]:
    """Tally the numbers of each shape that no label names: the named ones say nothing of them."""
    by_shape = _tallies(found)
    for shape in by_shape:
        named = (
            one.digits
            for one, evidence in weighed
            if evidence.strong and one.form << 8 | one.flags == shape
        )
        by_shape[shape] = by_shape[shape].without(tally(named))
    return by_shape


def _hits(
    text: str,
    weighed: list[tuple[Candidate, Evidence]],
    near: Surroundings,
    by_shape: dict[int, Tally],
) -> Iterator[Hit]:
    named = tally(one.digits for one, evidence in weighed if evidence.strong)
    lines = _Lines(text)
    count = 0
    for one, evidence in weighed:
        batch = by_shape.get(one.form << 8 | one.flags)
        if evidence.meaning is None and (code := person_code(text, one.start, one.end)):
            evidence.codes.append(code)
        codes = codes_of(one, evidence, near, batch, named)
        if not one.passes and one.code != RESIDENT and evidence.scope > LINE:
            continue
        confidence = judge(codes)
        if confidence is not None:
            count += 1
            location = lines.place(one.start) if count <= DETAILED else ""
            yield hit(one, confidence, codes, Where(location, one.start, one.end))
