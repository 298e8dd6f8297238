"""Labels near a number: which one speaks of it, and from how far.

Scope beats distance: a field (only punctuation between label and number), the line, the paragraph,
then a window of 300 characters. Within a scope the nearest label wins, so a nearer label against
beats a farther one for. A label that has a number of its own right behind it speaks of that one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from .addresses import amid_name, segment_of, token_before
from .examples import is_example
from .forms import Candidate
from .keys import key_before, names_something
from .labels import Label, Meaning, read
from .nearest import WINDOW, extras, nearest
from .owned import TELLING, Decided, by_key, by_thing, said_by
from .pairing import named_apart
from .parts import part_of
from .requests import asked_below, wanted
from .said import NAMING, Evidence, Labels
from .scope_codes import SCOPED, scope_code
from .scopes import FIELD, LINE, PARAGRAPH, THIN, after, received
from .things import named_otherwise

__all__ = [
    "WINDOW",
    "Evidence",
    "Labels",
    "labels_near",
    "weigh",
]

_BEHIND = 480
_NEAR = 80
"""Characters behind a number in which labels may speak of it; farther on, quoted requests."""
_MOST_FOLLOWING = 4
_JOINTS, _GLUE = frozenset("-_"), frozenset("-_.")


def labels_near(text: str, spots: Iterable[tuple[int, int]]) -> Labels:
    """Read the labels in the windows around ``spots`` (ordered stretches), each window once."""
    found: list[Label] = []
    low = high = 0
    for start, end in spots:
        left, right = max(0, start - WINDOW), end + _BEHIND
        if left > high:
            found.extend(read(text[low:high], low))
            low = left
        high = max(high, right)
    found.extend(read(text[low:high], low))
    return Labels(found)


_EXTRAS = frozenset(("form_word", "companion"))


def _following(text: str, labels: Labels, end: int) -> Iterator[tuple[int, int, Meaning]]:
    """Give the next labels behind the number that may speak of it."""
    at = bisect_left(labels.starts, end)
    for label in labels.found[at : at + _MOST_FOLLOWING]:
        if label.start >= end + _NEAR:
            return
        placed = after(text, label, end)
        if placed is not None:
            named = placed[0] == LINE and received(text, label) and "\n" in text[end : label.start]
            yield *placed, (Meaning.STRONG if named else label.meaning)


def weigh(text: str, labels: Labels, one: Candidate) -> Evidence:
    """Weigh what the labels of ``text`` say of one candidate, and what it is a part of."""
    evidence = _in_place(text, labels, one)
    if labels.found and is_example(text, one.start, one.end):
        evidence.codes.append("example")
    return evidence


def _in_place(text: str, labels: Labels, one: Candidate) -> Evidence:
    if segment := segment_of(text, one.start, one.end):
        return _within(text, labels, one, segment)
    if amid_name(text, one.start, one.end):
        return Evidence(["in_token"])
    evidence = _weigh(text, labels, one)
    asking = labels.found[bisect_left(labels.starts, one.end) :] if evidence.scope > LINE else ()
    if asking and asked_below(text, asking, one):
        evidence.codes = ["asked_below", *(code for code in evidence.codes if code in _EXTRAS)]
        evidence.meaning, evidence.scope = Meaning.TOPIC, PARAGRAPH
    named = evidence.meaning in NAMING and evidence.scope <= FIELD
    glued = {text[one.start - 1 : one.start], text[one.end : one.end + 1]}
    if named and _GLUE.isdisjoint(glued):
        return evidence
    code = part_of(text, one.start, one.end)
    if code == "in_token" and named and names_something(_key_of_token(text, one.start)):
        return Evidence([code, "other_field"])
    if code and not (named and (code != "in_token" or _begins_token(text, labels, one))):
        evidence.codes.append(code)
    return evidence


def _key_of_token(text: str, start: int) -> str:
    """Name the key of an identifier that the number at ``start`` ends, but for the label itself."""
    key = key_before(text, start - len(token_before(text, start)))
    return "" if said_by(key) in NAMING else key


def _begins_token(text: str, labels: Labels, one: Candidate) -> bool:
    """Whether a label stands in the identifier itself, or nothing but 番号 or No. before it."""
    if text[one.end : one.end + 1] in _JOINTS:
        return False
    prefix = token_before(text, one.start)
    low = one.start - len(prefix)
    return THIN.fullmatch(prefix.lower()) is not None or any(
        low < label.end <= one.start for label in labels.found
    )


def _within(text: str, labels: Labels, one: Candidate, segment: tuple[int, int]) -> Evidence:
    """Weigh a part of an address: what stands outside of it names the whole."""
    low, high = segment
    inside = [label for label in labels.found if low <= label.start and label.end <= high]
    evidence = _weigh(text, Labels(inside), one)
    named = evidence.meaning in NAMING and evidence.scope <= FIELD
    # A name of Latin words goes on without end; a Japanese one in the same part names the digits.
    own = key_before(text, one.start) or not text[low : one.start].isascii()
    return evidence if named and own else Evidence(["in_path"])


def _weigh(text: str, labels: Labels, one: Candidate) -> Evidence:
    evidence = Evidence()
    codes: dict[str, None] = {}
    key = key_before(text, one.start)
    if not labels.found and not key:
        return evidence
    best = nearest(text, labels, one, evidence, codes)
    best = _apart(text, one, _behind(text, labels, one, evidence, codes, best))
    best = by_thing(text, best, one.start, one.end)
    other = names_something(key)
    if other:
        best = by_key(text, one.start, key, best)
    if best is not None:
        scope, distance, meaning = best
        evidence.meaning, evidence.scope = meaning, scope
        evidence.codes.append(scope_code(meaning, scope, distance))
        if meaning is Meaning.EITHER:
            evidence.codes.append("either_kind")
        if meaning in {Meaning.STRONG, Meaning.EITHER}:
            codes.pop("other_field", None)
        elif meaning is not Meaning.TOPIC:
            codes.pop("topic_near", None)
    elif other or (_spoken_of(labels) and named_otherwise(text, one.start)):
        evidence.codes.append("other_field")
    evidence.codes.extend(code for code in codes if code not in evidence.codes)
    return evidence


def _spoken_of(labels: Labels) -> bool:
    """Whether any label says what the numbers are: beside a mere 番号 a memo is still a memo."""
    mere = {Meaning.VAGUE, Meaning.GENERIC}
    return any(label.meaning not in mere for label in labels.found)


def _behind(
    text: str,
    labels: Labels,
    one: Candidate,
    evidence: Evidence,
    codes: dict[str, None],
    best: Decided | None,
) -> Decided | None:
    """Let a label behind the number decide where it is nearer than those before it."""
    for scope, distance, meaning in _following(text, labels, one.end):
        if meaning not in SCOPED:
            extras(evidence, meaning, codes)
        elif scope == PARAGRAPH:
            # The lines below tell what document this is, but name no number above them.
            if meaning is Meaning.AGAINST and (best is None or best[0] > LINE):
                codes["against_near"] = None
        elif best is None or (scope, distance) < best[:2]:
            best = (scope, distance, meaning)
    return best


def _apart(text: str, one: Candidate, best: Decided | None) -> Decided | None:
    """Let a name decide that stands apart and has the number's place, or its mark."""
    found = named_apart(text, one.start, one.end)
    if found is None or not (found.block or best is None or best[0] > LINE):
        return best
    line = text[found.start : found.end]
    said = {label.meaning for label in read(line) if label.meaning in TELLING}
    if said == {Meaning.TOPIC} and wanted(line):
        said = {Meaning.STRONG}
    if len(said) != 1 or (found.block and not found.exact and said != {Meaning.STRONG}):
        return best
    return LINE, 0, said.pop()
