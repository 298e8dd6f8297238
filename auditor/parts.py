"""What reading an item gave, part by part, and how the parts become one result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor import redact
from auditor.model import Gap, Reason, Scan, State
from auditor.redact import Group

__all__ = ["SKIPS", "Part", "fold", "take"]

SKIPS = frozenset(
    (
        Reason.TOO_LARGE,
        Reason.UNSUPPORTED_FORMAT,
        Reason.OCR_OFF,
        Reason.ENCRYPTED,
        Reason.PASSWORD_PROTECTED,
        Reason.RIGHTS_MANAGED,
        Reason.ARCHIVED_TIER,
        Reason.NOT_OFFERED,
        Reason.EXCLUDED_BY_SETTINGS,
        Reason.NOT_LICENSED,
    )
)
"""Of an item with nothing but such gaps nothing was to be read; any other reason is a fault."""

_MANY = 256
"""Parts that are kept one by one."""
_ALIKE = 50
"""Gaps of one item that say the same and are told one by one."""


@dataclass(frozen=True, slots=True)
class Part:
    """What reading gave so far; handed over as it comes, so that a killed worker loses little."""

    groups: tuple[Group, ...] = ()
    gaps: tuple[Gap, ...] = ()
    row_gaps: tuple[tuple[int, Gap], ...] = ()
    """Gaps of single rows, where each row is an item of its own."""
    read: bool = False
    """Something of the content itself was read."""
    format: str = ""
    size: int = 0
    """Bytes of a content of the item, on one of its parts."""


def take(known: list[Part], part: Part, since: int = 0) -> None:
    """Add a part; many of them, from ``since`` on, are put together, so that memory is bounded."""
    known.append(part)
    if len(known) - since >= _MANY:
        known[since:] = [_compact(known[since:])]


def _compact(parts: Sequence[Part]) -> Part:
    """One part that says the same as ``parts``, in as little room as their findings need."""
    groups = [group for part in parts for group in part.groups]
    merged, more = redact.merged(groups)
    gaps = [gap for part in parts for gap in part.gaps]
    if more:
        gaps.append(Gap(Reason.MEMORY, detail="more distinct numbers than can be told apart"))
    return Part(
        merged,
        tuple(dict.fromkeys(gaps)),
        tuple(dict.fromkeys(gap for part in parts for gap in part.row_gaps)),
        any(part.read for part in parts),
        next((part.format for part in parts if part.format), ""),
        sum(part.size for part in parts),
    )


def fold(parts: Iterable[Part]) -> Scan:
    """One result from the parts of one item, whole or as far as they came."""
    known = list(parts)
    found = [group for part in known for group in part.groups if group.row is None]
    gaps = tuple(_bounded([gap for part in known for gap in part.gaps]))
    persons = redact.persons(found)
    return Scan(
        state=_state(gaps, read=any(part.read for part in known)),
        findings=redact.findings(found),
        gaps=gaps,
        content_type=next((part.format for part in known if part.format), ""),
        bytes_read=sum(part.size for part in known),
        persons=persons,
        distinct=len(persons),
        rows=_rows(known),
    )


def _rows(parts: Sequence[Part]) -> dict[int, Scan]:
    """What each row with findings or gaps gave, where each row is an item of its own."""
    found: dict[int, list[Group]] = {}
    lost: dict[int, list[Gap]] = {}
    for part in parts:
        for group in part.groups:
            if group.row is not None:
                found.setdefault(group.row, []).append(group)
        for row, gap in part.row_gaps:
            lost.setdefault(row, []).append(gap)
    rows = {}
    for row in found.keys() | lost.keys():
        groups, gaps = found.get(row, []), tuple(lost.get(row, ()))
        persons = redact.persons(groups)
        state = _state(gaps, read=True)
        rows[row] = Scan(
            state, redact.findings(groups), gaps, persons=persons, distinct=len(persons)
        )
    return rows


def _state(gaps: Sequence[Gap], *, read: bool) -> State:
    if not gaps:
        return State.COMPLETE
    if read:
        return State.PARTIAL
    return State.SKIPPED if all(gap.reason in SKIPS for gap in gaps) else State.FAILED


def _bounded(gaps: Sequence[Gap]) -> Iterator[Gap]:
    """Each gap once, and of very many alike one that stands for the rest."""
    alike: dict[tuple[Reason, str, bool], int] = {}
    for gap in dict.fromkeys(gaps):
        kind = (gap.reason, gap.detail, gap.suspect)
        alike[kind] = alike.get(kind, 0) + 1
        if alike[kind] <= _ALIKE:
            yield gap
        elif alike[kind] == _ALIKE + 1:
            more = f"{gap.detail}, and in more parts".removeprefix(", ")
            yield Gap(gap.reason, detail=more, suspect=gap.suspect)
