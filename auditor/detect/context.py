"""Labels near a number: which one speaks of it, and from how far.

Scope beats distance: a field (only punctuation between label and number), the line, the paragraph,
then a window of 300 characters. Within a scope the nearest label wins, so a nearer label against
beats a farther one for. A label that has a number of its own right behind it speaks of that one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .forms import Candidate
from .labels import Label, Meaning, read
from .layout import same_column

__all__ = [
    "FAR",
    "FIELD",
    "LINE",
    "PARAGRAPH",
    "THIN",
    "WINDOW",
    "Evidence",
    "Labels",
    "around",
    "key_before",
    "labels_near",
    "weigh",
]

WINDOW = 300
"""Characters before a number in which a label is looked for."""
_BEHIND = 80
_NEAR_AGAINST = 40
_LINE_REACH = 120
_MOST_LABELS = 24
_MOST_FOLLOWING = 4
_LONGEST_NAME = 1_000

FIELD, LINE, PARAGRAPH, FAR = range(4)
HEADER = -1
"""Scope of a label that heads the number's column in a text laid out as a table."""

THIN = re.compile(
    r"(?:[\s:：=＝>＞\"'`「『（(【\[\]】)）」』〔〕\-―ー－‐|｜/／,、;；#＃№.．・…〜～~*＊_→⇒⇨↓▼]++|"
    r"は|が|を|の|こと|も|番号|カード|no|第|半角|全角|数字|必須|入力|12桁|１２桁|十二桁|桁|is|です|欄|様|分|"
    r"下記|以下|通り|とおり|本人|value|text)*+"
)
_OPEN = re.compile(r"[\s（(「\[【<＜:：=←⇐は、,\-ー/|」』\"'で]{0,6}")
_OWN = re.compile(r"[^\n0-9０-９]{0,10}[0-9０-９]{3}")
_BLANK = re.compile(r"\n[ \t\r　]*\n")
_KEY = re.compile(
    r"(?:([A-Za-z_][A-Za-z0-9_.\-]{0,40})[\"']?\s?(?:=>?|:)\s?[\"'\[({]{0,2}|"
    r"<([A-Za-z_][\w:.\-]{0,40})[^<>]{0,60}>\s?)\Z"
)
_COMMON_KEYS = frozenset(
    "number no num value val text data content body title message msg name bango string item field "
    "td th p li div span b i a v t c cell w:t a:t key memo note comment".split()
)
_KEY_REACH = 120
_ELSEWHERE = 9
"""Scope of a label that heads another column."""
_OPENERS = " \t\r\n\"'[({:=>"


_NAMING = {Meaning.STRONG, Meaning.EITHER, Meaning.RESIDENT}


@dataclass(slots=True)
class Labels:
    """The labels of a text in order, ready to be searched."""

    found: Sequence[Label]
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [label.start for label in self.found]

    def strong(self) -> list[Label]:
        """Give the labels that name the number itself."""
        return [label for label in self.found if label.meaning in _NAMING]


@dataclass(slots=True)
class Evidence:
    """What the labels say of one number."""

    codes: list[str] = field(default_factory=list)
    meaning: Meaning | None = None
    """Of the label that speaks of it."""
    scope: int = FAR
    generic: bool = False
    specimen: bool = False

    @property
    def strong(self) -> bool:
        """Whether a label says, in scope, that it is an Individual Number."""
        return self.meaning in {Meaning.STRONG, Meaning.EITHER} and self.scope <= LINE


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


def key_before(text: str, start: int) -> str:
    """Name the JSON key, ``key=`` or XML tag whose value begins at ``start``; else "".

    >>> key_before('{"order": 1234', 10)
    'order'
    """
    if start == 0 or text[start - 1] not in _OPENERS:
        return ""
    near = text[max(0, start - _KEY_REACH) : start]
    if near.rstrip(_OPENERS[:-3])[-1:] not in {":", "=", ">"}:
        return ""
    match = _KEY.search(near)
    return (match[1] or match[2]) if match else ""


_SCOPES = {
    Meaning.STRONG: ("label_field", "label_line", "label_paragraph", "label_window"),
    Meaning.EITHER: ("label_field", "label_line", "label_paragraph", "label_window"),
    Meaning.TOPIC: ("topic_field", "topic_line", "topic_near", "topic_near"),
    Meaning.AGAINST: ("against_field", "against_line", "against_near", "against_far"),
    Meaning.VOID: ("warning", "warning", "warning", "warning"),
    Meaning.RESIDENT: ("against_field", "against_line", "against_near", "against_far"),
}


_HEADED = {
    Meaning.STRONG: "label_header",
    Meaning.EITHER: "label_header",
    Meaning.AGAINST: "against_header",
    Meaning.RESIDENT: "against_header",
}


def scope_code(meaning: Meaning, scope: int) -> str:
    """Name the evidence of a deciding label."""
    if scope == HEADER:
        return _HEADED.get(meaning) or _SCOPES[meaning][FIELD]
    return _SCOPES[meaning][scope]


def _before(text: str, label: Label, one: Candidate) -> tuple[int, int]:
    """Scope and distance of a label that stands before the number."""
    gap = text[label.end : one.start]
    distance = len(gap)
    lines = gap.count("\n")
    if lines:
        heads = same_column(text, (label.start, label.end), (one.start, one.end))
        if heads is not None:
            return (HEADER if heads else _ELSEWHERE), distance
    if distance <= _LINE_REACH and lines <= 1 and THIN.fullmatch(gap.lower()):
        return FIELD, distance
    if lines == 0 and distance <= _LINE_REACH:
        return LINE, distance
    return (FAR if _BLANK.search(gap) else PARAGRAPH), distance


def _after(text: str, label: Label, end: int) -> tuple[int, int] | None:
    """Scope and distance of a label behind the number; None when it speaks of another."""
    gap = text[end : label.start]
    if "\n" in gap or "\x01" in gap or _OWN.match(text, label.end):
        return None
    return (FIELD if _OPEN.fullmatch(gap) else LINE), 2 * len(gap) + 4


def _following(text: str, labels: Labels, end: int) -> Iterator[tuple[int, int, Meaning]]:
    """Give the next labels behind the number that may speak of it."""
    at = bisect_left(labels.starts, end)
    for label in labels.found[at : at + _MOST_FOLLOWING]:
        placed = _after(text, label, end)
        if placed is not None:
            yield *placed, label.meaning


def _taken(text: str, label: Label, start: int) -> bool:
    """Whether a label on an earlier line has a number of its own."""
    own = _OWN.match(text, label.end)
    return own is not None and own.end() <= start and "\n" in text[label.end : start]


def _extras(evidence: Evidence, meaning: Meaning, codes: dict[str, None]) -> None:
    if meaning is Meaning.FORM:
        codes["form_word"] = None
    elif meaning is Meaning.COMPANION:
        codes["companion"] = None
    elif meaning is Meaning.SPECIMEN:
        evidence.specimen = True


def _nearest(
    text: str, labels: Labels, one: Candidate, evidence: Evidence, codes: dict[str, None]
) -> tuple[int, int, Meaning] | None:
    """Find the label before the number that decides."""
    best: tuple[int, int, Meaning] | None = None
    at = bisect_left(labels.starts, one.start)
    for label in reversed(labels.found[max(0, at - _MOST_LABELS) : at]):
        if label.start < one.start - WINDOW:
            break
        meaning = label.meaning
        if meaning is Meaning.GENERIC:
            scope, _ = _before(text, label, one)
            evidence.generic |= best is None and scope <= LINE
        elif meaning not in _SCOPES:
            _extras(evidence, meaning, codes)
        elif best is None:
            scope, distance = _before(text, label, one)
            if scope == _ELSEWHERE or _taken(text, label, one.start):
                if meaning in {Meaning.STRONG, Meaning.TOPIC, Meaning.EITHER}:
                    codes["topic_near"] = None
                continue
            best = (scope, distance, meaning)
    return best


def weigh(text: str, labels: Labels, one: Candidate) -> Evidence:
    """Weigh what the labels of ``text`` say of one candidate."""
    evidence = Evidence()
    codes: dict[str, None] = {}
    if not labels.found and not key_before(text, one.start):
        return evidence
    best = _nearest(text, labels, one, evidence, codes)
    for scope, distance, meaning in _following(text, labels, one.end):
        if meaning not in _SCOPES:
            _extras(evidence, meaning, codes)
        elif best is None or (scope, distance) < best[:2]:
            best = (scope, distance, meaning)
    key = key_before(text, one.start)
    other = bool(key) and key.lower() not in _COMMON_KEYS
    if other:
        best = _by_key(key, best)
    if best is not None:
        scope, distance, meaning = best
        evidence.meaning, evidence.scope = meaning, scope
        evidence.codes.append(_decided(meaning, scope, distance))
        if meaning is Meaning.EITHER:
            evidence.codes.append("either_kind")
        if meaning not in {Meaning.STRONG, Meaning.EITHER, Meaning.TOPIC}:
            codes.pop("topic_near", None)
    elif other:
        evidence.codes.append("other_field")
    evidence.codes.extend(code for code in codes if code not in evidence.codes)
    return evidence


def _by_key(key: str, best: tuple[int, int, Meaning] | None) -> tuple[int, int, Meaning] | None:
    """Let the key or tag that holds the number decide, whatever else the line speaks of."""
    said = [label.meaning for label in read(key) if label.meaning in _SCOPES]
    if said:
        return FIELD, 0, said[-1]
    against = best is not None and best[2] is Meaning.AGAINST
    return best if best is not None and (best[0] == FIELD or against) else None


def _decided(meaning: Meaning, scope: int, distance: int) -> str:
    if meaning is Meaning.AGAINST and scope == LINE and distance > _NEAR_AGAINST:
        return "against_near"
    return scope_code(meaning, scope)


def around(names: Sequence[str]) -> tuple[str, Meaning | None]:
    """Code and meaning of the innermost name that says what a text is about.

    A name is a mail's subject, a folder, a file or a sheet; ``names`` come outermost first.
    """
    form = ""
    for name in reversed(names):
        meanings = {label.meaning for label in read(name[:_LONGEST_NAME])}
        if meanings & {Meaning.STRONG, Meaning.TOPIC, Meaning.EITHER}:
            return "label_around", Meaning.STRONG
        if Meaning.AGAINST in meanings:
            return "against_around", Meaning.AGAINST
        if Meaning.FORM in meanings:
            form = form or "form_around"
    return form, Meaning.FORM if form else None
