"""The label before a number that decides: the nearest one that speaks of it and of no other."""

from __future__ import annotations

from bisect import bisect_left

from .forms import Candidate
from .labels import Label, Meaning
from .owned import Decided
from .requests import answers_another, asked, on_papers
from .said import NAMING, Evidence, Labels
from .scope_codes import SCOPED
from .scopes import ELSEWHERE, FIELD, HEADER, LINE, before, may_head, remark, taken
from .things import of_a_field

__all__ = ["WINDOW", "extras", "nearest"]

WINDOW = 300
"""Characters before a number in which a label is looked for."""
_MOST_LABELS = 24
_OWN = ELSEWHERE + 1
"""Scope of a label that speaks of another number."""
_ASKING = frozenset((Meaning.STRONG, Meaning.TOPIC))
_ASKED_FOR = _ASKING | {Meaning.EITHER}


def extras(evidence: Evidence, meaning: Meaning, codes: dict[str, None]) -> None:
    """Note a form, a companion or a specimen that stands near."""
    if meaning is Meaning.FORM:
        codes["form_word"] = None
    elif meaning is Meaning.COMPANION:
        codes["companion"] = None
    elif meaning is Meaning.SPECIMEN:
        evidence.specimen = True


def nearest(
    text: str, labels: Labels, one: Candidate, evidence: Evidence, codes: dict[str, None]
) -> Decided | None:
    """Find the label before the number that decides."""
    best: Decided | None = None
    at = bisect_left(labels.starts, one.start)
    for label in reversed(labels.found[max(0, at - _MOST_LABELS) : at]):
        if label.start < one.start - WINDOW:
            break
        meaning = label.meaning
        if meaning is Meaning.GENERIC:
            if best is None and not evidence.generic:
                evidence.generic = before(text, label, one)[0] <= LINE
        elif meaning not in SCOPED:
            extras(evidence, meaning, codes)
        elif best is None and not remark(text, label):
            scope, distance, below = _scope(text, label, one)
            if scope >= ELSEWHERE:
                _passed_over(evidence, meaning, scope, codes)
                continue
            far = scope > LINE if meaning is Meaning.STRONG else scope != LINE
            if meaning in _ASKING and far and below and asked(text, label, one):
                scope, meaning = LINE, Meaning.STRONG
            best = _with_papers(text, label, (scope, distance, meaning), evidence)
        elif best is not None and meaning in NAMING and best[2] not in NAMING:
            best = _closer(text, label, one, best)
    return best


def _with_papers(text: str, label: Label, best: Decided, evidence: Evidence) -> Decided:
    """Let papers on the number name none below them: they travel under numbers of their own."""
    scope, distance, meaning = best
    if meaning not in _ASKING or not on_papers(text, label.end):
        return best
    if "\n" not in text[label.end : label.end + distance]:
        return best
    evidence.generic = False
    return scope, distance, Meaning.TOPIC


def _passed_over(evidence: Evidence, meaning: Meaning, scope: int, codes: dict[str, None]) -> None:
    """Note that a label for the number speaks of another one, or heads another column."""
    if meaning in _ASKED_FOR:
        codes["other_field" if scope == ELSEWHERE else "topic_near"] = None
        evidence.scope = HEADER if scope == ELSEWHERE else evidence.scope


def _scope(text: str, label: Label, one: Candidate) -> tuple[int, int, bool]:
    """Scope and distance of a label, and whether it stands above the number's line."""
    below = text.find("\n", label.end, one.start) >= 0
    # Of many labels above, most have a number of their own, and that is soon told.
    apart = not may_head(text, label, one)
    if apart and taken(text, label, one.start):
        return _OWN, 0, below
    scope, distance = before(text, label, one)
    if not apart and scope != ELSEWHERE and taken(text, label, one.start, heads=scope == HEADER):
        return _OWN, 0, below
    # A label in the number's own line stands in no other question, and in no other field.
    other = scope != ELSEWHERE and below and _of_another(text, label, one)
    return (_OWN if other else scope), distance, below


def _of_another(text: str, label: Label, one: Candidate) -> bool:
    """Whether a label stands in another field than the number, or in a question before its."""
    return of_a_field(text, label[:2], one.start) or (
        label.meaning in _ASKED_FOR and answers_another(text, label, one)
    )


def _closer(text: str, label: Label, one: Candidate, best: Decided) -> Decided:
    """Let a farther label that names the number decide where it is closer by its scope.

    In one line, too, the number's own name tells more than other talk of the matter.
    """
    scope, distance = before(text, label, one)
    matter = best[2] is Meaning.TOPIC and best[0] >= LINE >= scope
    loose = best[2] is Meaning.VAGUE and scope <= FIELD
    closer = (scope < best[0] and scope <= LINE) or matter or loose
    if closer and not taken(text, label, one.start, heads=scope == HEADER):
        return scope, distance, label.meaning
    return best
