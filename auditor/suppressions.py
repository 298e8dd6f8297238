"""Accepted risks: who accepted which finding, why, and until when.

Nothing is ever taken out: a suppression that is taken back, or takes the place of another, leaves
the earlier one as a row with its end. It holds for the finding's id, which is made of the item, the
part, the kind and the confidence; so it outlives new names and places of an item that keeps its id,
and does not cover what is found in another part or becomes more certain.

A suppression is a short transaction of its own and needs no lock on the folder: an audit may be
writing at the same time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.redact import mask
from auditor.workspace import (
    DATABASE,
    WorkspaceError,
    check_private,
    check_schema,
    connect,
    problems_of,
)
from auditor.written import time

__all__ = ["LONGEST", "PastDayError", "Suppression", "accept", "of_finding", "standing", "withdraw"]

LONGEST = 500
"""Letters of a reason, and of an owner, that are taken."""
_COLUMNS = (
    "finding_id, source, partition, item_id, item, part, kind, confidence, reason, owner, created, "
    "until, revoked, state"
)
_LATEST = (
    "SELECT max(r.seq) FROM run r JOIN partition p ON p.tenant_id = r.tenant_id "
    "JOIN item_version i ON i.partition = p.pk JOIN finding_version f ON f.item_id = i.item_id "
    "WHERE f.finding_id = ?"
)
_WITHDRAW = "UPDATE suppression SET ended = ?, revoked = ? WHERE finding_id = ? AND revoked IS NULL"


class PastDayError(ValueError):
    """A suppression would end before it begins."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """An accepted risk, with what it is about; columns as in the view ``suppressions``."""

    finding_id: str
    source: str
    partition: str
    item_id: str
    item: str
    part: str
    kind: str
    confidence: str
    reason: str
    owner: str
    created: str
    until: str | None
    """The last day, in UTC, on which an audit may begin that it holds for."""
    revoked: str | None
    state: str
    """active, expired, unused (the finding is gone) or revoked."""


def accept(
    path: Path, finding_id: str, reason: str, owner: str, until: date | None, now: datetime
) -> None:
    """Accept a finding from its tenant's latest audit on; one before it gives way to this one.

    Raises:
        PastDayError: for an end that lies before the day of ``now``.
        WorkspaceError: when the workspace cannot be written.

    """
    if until is not None and until < now.astimezone(UTC).date():
        raise PastDayError(until.isoformat())
    with _writing(path) as db:
        (seq,) = db.execute(_LATEST, (finding_id,)).fetchone()
        db.execute(_WITHDRAW, (seq, time(now), finding_id))
        db.execute(
            "INSERT INTO suppression (finding_id, reason, owner, created, until, since) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                finding_id,
                mask(reason.strip()),
                mask(owner.strip()),
                time(now),
                until.isoformat() if until else None,
                seq,
            ),
        )


def withdraw(path: Path, finding_id: str, now: datetime) -> bool:
    """Take an acceptance back; whether there was one."""
    with _writing(path) as db:
        (seq,) = db.execute(_LATEST, (finding_id,)).fetchone()
        return db.execute(_WITHDRAW, (seq, time(now), finding_id)).rowcount > 0


def standing(db: sqlite3.Connection, state: str = "") -> Iterator[Suppression]:
    """Suppressions that were not taken back, or those in one state; the latest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM suppressions "  # noqa: S608 - our own column names
        "WHERE state = ? OR (? = '' AND state <> 'revoked') ORDER BY created DESC, finding_id",
        (state, state),
    )
    return (Suppression(*row) for row in rows)


def of_finding(db: sqlite3.Connection, finding_id: str) -> Suppression | None:
    """The last suppression of a finding that was not taken back, if there is one."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM suppressions "  # noqa: S608 - our own column names
        "WHERE finding_id = ? AND state <> 'revoked' ORDER BY created DESC LIMIT 1",
        (finding_id,),
    ).fetchone()
    return Suppression(*row) if row else None


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction in a workspace that exists."""
    if not (path / DATABASE).is_file():
        raise WorkspaceError("workspace_missing", path)
    check_private(path)
    with problems_of(path), closing(connect(path)) as db:
        check_schema(db, path)
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
