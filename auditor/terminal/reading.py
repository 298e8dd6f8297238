"""Looking into a workspace without changing it, and without pandas: what the console shows.

Everything is asked of the contract's views, in numbers that do not grow with the tenant.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from auditor.schema import show
from auditor.terminal.failures import Refusal
from auditor.workspace import reading

__all__ = [
    "Found",
    "Judged",
    "Standing",
    "finding",
    "judgement",
    "listed",
    "reading",
    "runs",
    "standing",
]

_COUNTED = "('individual_number', 'resident_record_code')"
_COLUMNS = (
    "finding_id source partition item_id item url part locations kind confidence count distinct "
    "reasons status first_seen last_seen"
).split()


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, as ``explain`` shows it."""

    finding_id: str
    source: str
    partition: str
    item_id: str
    item: str
    url: str
    part: str
    locations: tuple[str, ...]
    kind: str
    confidence: str
    count: int
    distinct: int
    reasons: tuple[str, ...]
    status: str
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged of the item of a finding; of one that is gone, nothing."""

    exposure: str = "unknown"
    reasons: tuple[str, ...] = ()
    document_type: str = ""
    retention_check: str = ""
    retention_until: date | None = None
    modified: datetime | None = None
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the exit code depends on."""

    confidences: frozenset[str]
    """Of the findings that stand."""
    incomplete: bool


def runs(db: sqlite3.Connection) -> list[str]:
    """Ids of all audits, the latest last."""
    return [row[0] for row in db.execute("SELECT run_id FROM runs")]


def listed(db: sqlite3.Connection) -> dict[str, int]:
    """Items that the latest audits listed, a source."""
    return dict(db.execute("SELECT source, sum(listed) FROM totals GROUP BY source").fetchall())


def standing(db: sqlite3.Connection, run_ids: Sequence[str]) -> Standing:
    """Findings and gaps of the latest audits, as far as they are among ``run_ids``."""
    marks = ", ".join("?" * len(run_ids))
    rows = db.execute(
        f"SELECT DISTINCT confidence FROM findings WHERE run_id IN ({marks}) "  # noqa: S608 - marks
        f"AND status NOT IN ('resolved', 'suppressed') AND kind IN {_COUNTED}",
        list(run_ids),
    )
    confidences = frozenset(row[0] for row in rows)
    unread = db.execute(
        f"SELECT 1 FROM runs WHERE run_id IN ({marks}) AND state <> 'complete' LIMIT 1",  # noqa: S608
        list(run_ids),
    ).fetchone()
    return Standing(confidences, unread is not None)


def finding(db: sqlite3.Connection, given: str) -> Found:
    """The finding whose id begins with ``given``; raises Refusal unless there is exactly one.

    One that was resolved in an earlier audit is told as that audit saw it go, and the connection
    shows that audit from then on.
    """
    if not given.isascii() or not given.isalpha():
        raise Refusal("unknown_finding")
    rows = _beginning(db, given)
    if not rows and (gone := _resolved(db, given)):
        show(db, dict(gone))
        rows = _beginning(db, given)
    if not rows:
        raise Refusal("unknown_finding")
    if len(rows) > 1:
        raise Refusal("ambiguous_finding")
    values: dict[str, Any] = dict(zip(_COLUMNS, rows[0], strict=True))
    for name in ("locations", "reasons"):
        values[name] = tuple(json.loads(values[name]))
    return Found(**values)


def _beginning(db: sqlite3.Connection, given: str) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    return db.execute(
        f"SELECT {names} FROM findings WHERE substr(finding_id, 1, ?) = ? LIMIT 2",  # noqa: S608
        (len(given), given.lower()),
    ).fetchall()


def _resolved(db: sqlite3.Connection, given: str) -> list[tuple[str, int]]:
    """The run in which the last of such findings went, by its tenant."""
    return db.execute(
        "SELECT p.tenant_id, f.until FROM finding_version f "
        "JOIN item_version i ON i.item_id = f.item_id JOIN partition p ON p.pk = i.partition "
        "WHERE substr(f.finding_id, 1, ?) = ? AND f.until IS NOT NULL "
        "ORDER BY f.until DESC LIMIT 1",
        (len(given), given.lower()),
    ).fetchall()


def judgement(db: sqlite3.Connection, item_id: str) -> Judged:
    """What was judged of an item."""
    row = db.execute(
        "SELECT exposure, exposure_reasons, document_type, retention_check, retention_until, "
        "modified, created FROM items WHERE item_id = ?",
        (item_id,),
    ).fetchone()
    if row is None:
        return Judged()
    exposure, reasons, document_type, check, until, *times = row
    return Judged(
        exposure,
        tuple(json.loads(reasons)),
        document_type,
        check,
        date.fromisoformat(until[:10]) if until else None,
        *(datetime.fromisoformat(time) if time else None for time in times),
    )
