"""The books of runs: begun, gone on with, closed.

A run that is started again after an interruption is the same run.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from auditor.model import State
from auditor.progress import Tally, Unbalanced
from auditor.records import Run
from auditor.redact import mask
from auditor.workspace import Workspace, identifier, problems_of
from auditor.written import time


class Runs:
    """What the workspace remembers of audits."""

    def __init__(self, workspace: Workspace, db: sqlite3.Connection) -> None:
        self._workspace = workspace
        self._db = db
        self.rules = ""
        """The rules digest of the run; set by :meth:`begin`."""
        self.keep_persons = False
        """Whether tokens of distinct numbers persist (``[privacy] key``)."""

    def begin(
        self, tenant: str, name: str, *, full: bool, rules: str, version: str, now: datetime
    ) -> Run:
        """Start a run, or go on with the tenant's interrupted one."""
        self.rules = rules
        with self._transaction() as db:
            row = db.execute(
                "SELECT seq, run_id FROM run WHERE tenant_id = ? AND state IN "
                "('running', 'interrupted') AND rules_digest = ? ORDER BY seq DESC LIMIT 1",
                (tenant, rules),
            ).fetchone()
            if row:
                db.execute(
                    "UPDATE run SET state = 'running', resumed = resumed + 1 WHERE seq = ?",
                    (row[0],),
                )
                return Run(row[0], row[1], tenant, resumed=True)
            db.execute(
                "UPDATE run SET state = 'incomplete', ended = ? "
                "WHERE tenant_id = ? AND state IN ('running', 'interrupted')",
                (time(now), tenant),
            )
            run_id = identifier(secrets.token_hex(16))
            cursor = db.execute(
                "INSERT INTO run (run_id, tenant_id, tenant_name, started, state, tool_version, "
                "rules_digest, full) VALUES (?, ?, ?, ?, 'running', ?, ?, ?)",
                (run_id, tenant, mask(name), time(now), version, rules, int(full)),
            )
            return Run(int(cursor.lastrowid or 0), run_id, tenant, resumed=False)

    def finish(self, run: Run, *, interrupted: bool, persons: int | None, now: datetime) -> str:
        """Close the books of a run: complete, incomplete (something was not read) or interrupted.

        ``persons`` is the exact number of distinct persons, if this run could count them; else
        the bounds are taken from the items.
        """
        self.check_books(run)
        with self._transaction() as db:
            state = "interrupted" if interrupted else "complete"
            if not interrupted and self._has_gaps(run):
                state = "incomplete"
            low, high = self._bounds(run, persons)
            ended = None if interrupted else time(now)
            db.execute(
                "UPDATE run SET state = ?, ended = ?, persons_low = ?, persons_high = ? "
                "WHERE seq = ?",
                (state, ended, low, high, run.seq),
            )
        return state

    def check_books(self, run: Run) -> None:
        """Raise Unbalanced unless listed = complete + partial + skipped + failed + unchanged."""
        row = self._db.execute(
            "SELECT count(*) FROM total WHERE seq = ? AND "
            "listed <> complete + partial + skipped + failed + unchanged",
            (run.seq,),
        ).fetchone()
        if row[0]:
            raise Unbalanced(f"{row[0]} partitions do not balance")

    def persons_kept(self, run: Run) -> int:
        """Distinct tokens of all current items, where ``[privacy] key`` keeps them."""
        row = self._db.execute(
            "SELECT count(DISTINCT token) FROM person WHERE item_id IN (SELECT item_id FROM "
            "item_version i JOIN partition p ON p.pk = i.partition "
            "WHERE p.tenant_id = ? AND i.until IS NULL)",
            (run.tenant_id,),
        ).fetchone()
        return int(row[0])

    def tally(self, run: Run) -> Tally:
        """The books of the whole run."""
        row = self._db.execute(
            "SELECT total(listed), total(complete), total(partial), total(skipped), total(failed), "
            "total(unchanged), total(scope), total(bytes), total(requests), total(seconds), "
            "total(units) FROM total WHERE seq = ?",
            (run.seq,),
        ).fetchone()
        order = (State.COMPLETE, State.PARTIAL, State.SKIPPED, State.FAILED, State.UNCHANGED)
        tally = Tally(
            bytes=int(row[7]), requests=int(row[8]), seconds=float(row[9]), units=int(row[10])
        )
        for state, count in zip(order, row[1:6], strict=True):
            tally.book(state, int(count))
        tally.book(State.NOT_ASSESSED, int(row[6]))
        (tally.findings,) = self._db.execute(
            "SELECT count(*) FROM finding_version f JOIN item_version i ON i.item_id = f.item_id "
            "JOIN partition p ON p.pk = i.partition "
            "WHERE p.tenant_id = ? AND f.until IS NULL AND i.until IS NULL",
            (run.tenant_id,),
        ).fetchone()
        return tally

    def _has_gaps(self, run: Run) -> bool:
        """Whether something was not read that the settings ask for."""
        row = self._db.execute(
            "SELECT 1 FROM gap_version g JOIN partition p ON p.pk = g.partition "
            "WHERE p.tenant_id = ? AND g.until IS NULL "
            "AND g.reason <> 'excluded_by_settings' LIMIT 1",
            (run.tenant_id,),
        ).fetchone()
        return row is not None

    def _bounds(self, run: Run, persons: int | None) -> tuple[int, int]:
        """Exact where the run has seen all that stands; else from the items, and what it saw."""
        if persons is not None and (self.keep_persons or not self._stands_unseen(run)):
            return persons, persons
        low, high = self._persons(run)
        return max(low, persons or 0), max(high, persons or 0)

    def _stands_unseen(self, run: Run) -> bool:
        """Whether something stands from an earlier run, since this one could not read it."""
        row = self._db.execute(
            "SELECT 1 FROM item_version i JOIN partition p ON p.pk = i.partition "
            "WHERE p.tenant_id = ? AND i.until IS NULL AND i.since < ? AND (p.confirmed < ? OR "
            "EXISTS (SELECT 1 FROM gap_version g WHERE g.item_id = i.item_id AND g.until IS NULL "
            "AND g.state IN ('failed', 'skipped'))) LIMIT 1",
            (run.tenant_id, run.seq, run.seq),
        ).fetchone()
        return row is not None

    def _persons(self, run: Run) -> tuple[int, int]:
        row = self._db.execute(
            'SELECT coalesce(max(i."distinct"), 0), coalesce(sum(i."distinct"), 0) '
            "FROM item_version i JOIN partition p ON p.pk = i.partition "
            "WHERE p.tenant_id = ? AND i.until IS NULL AND i.confidence IN ('high', 'medium')",
            (run.tenant_id,),
        ).fetchone()
        return int(row[0]), int(row[1])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with problems_of(self._workspace.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
