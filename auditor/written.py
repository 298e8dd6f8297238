"""How things of a tenant are written down: names masked, ids in letters, times in UTC."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from auditor.model import Finding
from auditor.redact import mask
from auditor.workspace import identifier, to_letters
from connectors import Grant, Item

__all__ = ["finding_rows", "grant_rows", "native", "shown", "time", "version"]


def shown(item: Item) -> str:
    """The item's name in reports: its path and name, masked."""
    return mask(f"{item.path}/{item.name}" if item.path else item.name)


def version(item: Item) -> str:
    """What the service calls the state of the item; never a hash of the content."""
    return mask(str(item.facts.get("etag", item.version)))


def native(identifier_of_service: str) -> str | None:
    """The service's id in letters, to ask for the item again; None for a name with a number."""
    if mask(identifier_of_service) != identifier_of_service:
        return None
    return to_letters(identifier_of_service)


def time(when: datetime | None) -> str | None:
    """ISO 8601 in UTC, whole seconds; a time without a zone is taken as UTC."""
    if when is None:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    try:
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError):
        return None  # a clock so wrong that it has no UTC


def finding_rows(item_id: str, findings: Sequence[Finding]) -> list[tuple[object, ...]]:
    """Rows of ``finding_version`` for what an item holds."""
    return [
        (
            item_id,
            identifier(item_id, f.part, f.kind, f.confidence),
            f.part,
            json.dumps(f.locations, ensure_ascii=False),
            f.kind,
            f.confidence,
            f.count,
            f.distinct,
            json.dumps(f.reasons),
            f.document_type,
            f.document_year,
        )
        for f in findings
    ]


def grant_rows(item_id: str, grants: Sequence[Grant]) -> list[tuple[object, ...]]:
    """Rows of ``grant_version`` for who can reach it."""
    return [
        (
            item_id,
            g.reach.word,
            g.via.value,
            mask(g.who),
            g.people,
            time(g.expires),
            int(g.password),
        )
        for g in grants
    ]
