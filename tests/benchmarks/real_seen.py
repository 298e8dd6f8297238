"""A target for the workers: what :mod:`auditor.scan` reads, with checksums of it.

The detector is watched, not replaced: every text and table that it is given counts as read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import real_words

from auditor import scan as real
from auditor.model import Content, Gap, Limits, Scan, Table, Text

__all__ = ["Part", "Seen", "fold", "scan", "take"]

_detect = real.detect


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the real scan, or what was seen."""

    gaps: tuple[Gap, ...] = ()
    part: real.Part | None = None
    numbers: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen(Scan):
    """A result, and what was seen on the way to it."""

    numbers: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()


def scan(
    content: Content,
    limits: Limits,
    *,
    key: bytes,
    emit: Callable[[Part], None] | None = None,
    begin: Callable[[int], None] | None = None,
) -> Scan:
    """Scan ``content`` as ever, and emit what the detector was given besides."""
    parts: list[Part] = []

    def give(part: Part) -> None:
        parts.append(part)
        if emit:
            emit(part)

    def watched(segment: Any, *, around: Sequence[str] = ()) -> Any:
        if not isinstance(segment, str):
            numbers, words = real_words.seen(_text(segment))
            give(Part(numbers=frozenset(numbers), words=frozenset(words)))
        return _detect(segment, around=around)

    real.detect = watched  # watched, not replaced
    try:
        real.scan(content, limits, key=key, emit=lambda p: give(Part(part=p)), begin=begin)
    finally:
        real.detect = _detect
    return fold(parts)


def take(known: list[Part], part: Part, since: int = 0) -> None:
    """Add a part as it is: what was seen is not put together before the end."""
    del since
    known.append(part)


def _text(segment: Text | Table) -> str:
    if isinstance(segment, Table):
        return "\n".join("\t".join(row) for row in (segment.columns, *segment.rows))
    return segment.text if isinstance(segment, Text) else str(segment)


def fold(parts: Iterable[Part]) -> Scan:
    """One result, with everything that was seen."""
    known = list(parts)
    inner = [part.part or real.Part(gaps=part.gaps) for part in known if part.part or part.gaps]
    whole = real.fold(inner)
    told = {name: getattr(whole, name) for name in Scan.__dataclass_fields__}
    return Seen(
        **told,
        numbers=frozenset().union(*(part.numbers for part in known)),
        words=frozenset().union(*(part.words for part in known)),
    )
