"""The only door a hit goes through: what comes out can hold no digit of a number.

Inside, distinct numbers are told apart by keyed tokens (:meth:`auditor.detect.Number.token`); they
live as long as the scan of one item, and what is kept of them are counts.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from auditor.detect import Confidence, Hit, Kind, spans
from auditor.model import Finding, Flow, Table, Text, Visibility
from auditor.papers import NONE, Paper

__all__ = [
    "JOINT",
    "MASK",
    "Group",
    "findings",
    "groups",
    "mask",
    "merged",
    "persons",
    "row_groups",
    "seen",
]

MASK = "•"
JOINT = " › "
"""Between the steps of a part, outermost first."""

RECOGNISED = "recognised"
"""The reason that says so, a code of ``EVIDENCE``."""
_LOCATIONS = 20
_PARTS = 200
"""Parts of one item that are told apart; of the rest, the container tells."""
_TOLD_APART = 1 << 18
"""Distinct numbers of one kind in one part of an item that are counted exactly."""
_LAYERS = 3
"""Percent encodings on top of each other that are looked through."""
_SAFE = "/:?#[]@!$&'()*+,;=-._~%"
_CERTAIN = frozenset((Confidence.HIGH, Confidence.MEDIUM))
_TOLD: dict[str, tuple[str, ...]] = {"check_passes_zero": ("check_passes",), "zero_lost": ()}
"""Evidence that tells a digit (the last is 0, the first is 0), and what is told instead."""
_ORDER = {confidence: rank for rank, confidence in enumerate(Confidence)}


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind and confidence in one part; a :class:`Finding` in the making."""

    part: str
    kind: str
    confidence: str
    locations: tuple[str, ...]
    count: int
    reasons: tuple[str, ...]
    tokens: frozenset[bytes] = field(repr=False)
    row: int | None = None
    """Index of the row it belongs to, where each row is an item of its own."""
    paper: Paper = NONE
    """What the part is, by its words."""


def row_groups(
    hits: Iterable[Hit], columns: Sequence[str], part: str, key: bytes
) -> tuple[Group, ...]:
    """The same for each row of a table whose rows are items; a place is the column's header."""
    rows: dict[int, list[Hit]] = {}
    for hit in hits:
        at = hit.column if hit.column is not None and hit.column < len(columns) else None
        place = hit.location if at is None else mask(columns[at])
        rows.setdefault(hit.row or 0, []).append(replace(hit, location=place))
    return tuple(
        replace(group, row=row)
        for row, some in sorted(rows.items())
        for group in groups(some, part, key)
    )


def seen(hits: Iterable[Hit], segment: Text | Flow | Table) -> Iterable[Hit]:
    """Hits with what only the segment tells: that it is doubtful, or not seen by a person."""
    if isinstance(segment, Flow):
        return hits
    if isinstance(segment, Text) and segment.recognised:
        hits = map(_doubted, hits)
    if segment.visibility is not Visibility.VISIBLE:
        hits = map(functools.partial(_unseen, visibility=segment.visibility), hits)
    elif isinstance(segment, Table) and (segment.hidden_columns or segment.hidden_rows):
        columns, rows = segment.hidden_columns, segment.hidden_rows
        unseen = functools.partial(_unseen, visibility=Visibility.HIDDEN)
        hits = (unseen(hit) if hit.column in columns or hit.row in rows else hit for hit in hits)
    return hits


def _doubted(hit: Hit) -> Hit:
    """A number read from a picture: one digit in it may be wrong, so that it is never certain."""
    sure = hit.confidence is Confidence.HIGH
    confidence = Confidence.MEDIUM if sure else hit.confidence
    return replace(hit, confidence=confidence, reasons=(*hit.reasons, RECOGNISED))


def _unseen(hit: Hit, visibility: Visibility) -> Hit:
    """A number that stands where nobody looks; the reason is called as the visibility is."""
    return replace(hit, reasons=(*hit.reasons, visibility.value))


def groups(hits: Iterable[Hit], part: str, key: bytes) -> tuple[Group, ...]:
    """Hits of one part, by kind and confidence; ``part`` must be masked already."""
    alike: dict[tuple[Kind, Confidence], _Alike] = {}
    for hit in hits:  # there may be millions, made as they are asked for
        alike.setdefault((hit.kind, hit.confidence), _Alike()).add(hit, key)
    return tuple(
        Group(
            part,
            kind.value,
            confidence.value,
            _first(some.locations),
            some.count,
            tuple(some.reasons),
            frozenset(some.tokens),
        )
        for (kind, confidence), some in alike.items()
    )


class _Alike:
    """Hits of one kind and confidence, counted as they come."""

    def __init__(self) -> None:
        self.count = 0
        self.locations: dict[str, None] = {}
        self.reasons: dict[str, None] = {}
        self.tokens: set[bytes] = set()

    def add(self, hit: Hit, key: bytes) -> None:
        self.count += 1
        self.locations.setdefault(hit.location)
        self.reasons.update(dict.fromkeys(_told(hit.reasons)))
        self.tokens.add(hit.number.token(key))


def findings(found: Iterable[Group]) -> tuple[Finding, ...]:
    """One finding a part, kind and confidence, surest first, in the order they were met."""
    merged: dict[tuple[str, str, str], list[Group]] = {}
    parts: set[str] = set()
    for group in found:
        part, one = group.part, group
        if part not in parts and len(parts) >= _PARTS:
            part, _, step = group.part.rpartition(JOINT)
            one = Group(
                part, group.kind, group.confidence, (step,), group.count, group.reasons,
                group.tokens, paper=group.paper,
            )  # fmt: skip
        else:
            parts.add(part)
        merged.setdefault((part, group.kind, group.confidence), []).append(one)
    made = [_finding(key, alike) for key, alike in merged.items()]
    return tuple(sorted(made, key=lambda finding: _ORDER[Confidence(finding.confidence)]))


def merged(found: Iterable[Group]) -> tuple[tuple[Group, ...], bool]:
    """Groups alike in all but their numbers put together; whether some numbers had to be left out.

    Their count stays right; of numbers beyond :data:`_TOLD_APART` nobody knows which are the same.
    """
    alike: dict[tuple[str, str, str, int | None], list[Group]] = {}
    for group in found:
        key = (group.part, group.kind, group.confidence, group.row)
        alike.setdefault(key, []).append(group)
    made, more = [], False
    for some in alike.values():
        tokens: set[bytes] = set()
        for group in some:
            tokens |= group.tokens
            if len(tokens) > _TOLD_APART:
                more = True
                tokens = set(itertools.islice(tokens, _TOLD_APART))
        made.append(
            replace(
                some[0],
                locations=_first(location for group in some for location in group.locations),
                count=sum(group.count for group in some),
                reasons=tuple(dict.fromkeys(code for group in some for code in group.reasons)),
                tokens=frozenset(tokens),
                paper=next((group.paper for group in some if group.paper.code), NONE),
            )
        )
    return tuple(made), more


def persons(found: Iterable[Group]) -> frozenset[bytes]:
    """Tokens of the distinct Individual Numbers that are at least probable."""
    return frozenset(
        token
        for group in found
        if group.kind == Kind.INDIVIDUAL_NUMBER and group.confidence in _CERTAIN
        for token in group.tokens
    )


def mask(text: str) -> str:
    """A name, path or address with every digit masked that could belong to a number.

    Looks through percent encoding; what had to be masked there comes back encoded again.

    >>> mask("個人番号_4839-2017-5644.pdf"), mask("2026-04-01 memo")
    ('個人番号_••••-••••-••••.pdf', '2026-04-01 memo')
    """
    plain, layers = text, 0
    while "%" in plain and layers < _LAYERS and (inner := unquote(plain)) != plain:
        plain, layers = inner, layers + 1
    masked = _masked(plain)
    if not layers:
        return masked
    if masked != plain:
        return quote(masked, safe=_SAFE).replace(quote(MASK), MASK)
    return _masked(text)


def _masked(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in spans(text):
        pieces.append(text[position:start])
        pieces.append("".join(MASK if char.isalnum() else char for char in text[start:end]))
        position = end
    return "".join((*pieces, text[position:])) if pieces else text


def _told(codes: Iterable[str]) -> Iterator[str]:
    """Reason codes without what they would give away of a number."""
    for code in codes:
        yield from _TOLD.get(code, (code,))


def _first(locations: Iterable[str]) -> tuple[str, ...]:
    """The first few different ones; reads no further than it must."""
    return tuple(_few(locations))


def _few(locations: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for location in locations:
        if location and location not in seen:
            seen.add(location)
            yield location
            if len(seen) == _LOCATIONS:
                return


def _finding(key: tuple[str, str, str], alike: Sequence[Group]) -> Finding:
    part, kind, confidence = key
    paper = next((group.paper for group in alike if group.paper.code), NONE)
    return Finding(
        part=part,
        locations=_first(location for group in alike for location in group.locations),
        kind=kind,
        confidence=confidence,
        count=sum(group.count for group in alike),
        distinct=len(frozenset().union(*(group.tokens for group in alike))),
        reasons=tuple(dict.fromkeys(code for group in alike for code in group.reasons)),
        document_type=paper.code,
        document_year=paper.year,
    )
