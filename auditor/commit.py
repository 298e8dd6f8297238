"""The rows of one page: what an outcome changes in tables that remember when something held.

Runs inside the transaction that :mod:`auditor.store` opens.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from auditor.judgement import judgement, paper_of_item
from auditor.model import Exposure, Gap, Outcome, Reason, Scan, State
from auditor.redact import JOINT, mask
from auditor.workspace import Workspace, identifier, to_letters
from auditor.written import finding_rows, grant_rows, native, shown, time, version
from connectors import Item, Partition

RETRIED = frozenset(
    {
        Reason.THROTTLED,
        Reason.SERVICE_ERROR,
        Reason.TIMEOUT,
        Reason.MEMORY,
        Reason.CRASHED,
        Reason.CHANGED_WHILE_READ,
        Reason.PERMISSION_DENIED,
        Reason.GONE,
    }
)
"""Reasons that may not hold at the next run: such an item is read again although unchanged."""

GRANTS = "grants"
"""``detail`` of the gap that says: the content was read, but not who can reach it."""

_ORDER = ("high", "medium", "low", "sample")

_COLUMNS = {
    "item_version": (
        "item_id", "partition", "native", "item", "url", "owner", "created", "modified", "size",
        "content_type", "version", "confidence", "count", "distinct", "document_type",
        "document_year", "exposure", "reach", "reach_people", "exposure_reasons", "retention_check",
        "retention_until", "measures", "breach_class",
    ),
    "finding_version": (
        "item_id", "finding_id", "part", "locations", "kind", "confidence", "count", "distinct",
        "reasons", "document_type", "document_year",
    ),
    "grant_version": ("item_id", "reach", "via", "who", "people", "expires", "password"),
    "gap_version": (
        "item_id", "partition", "native", "item", "part", "state", "reason", "detail",
        "bytes_read", "bytes_total", "suspect", "permission", "retry",
    ),
}  # fmt: skip


Row = tuple[object, ...]


class Closed(StrEnum):
    """Why an item or a gap of it holds no more; kept where the row has room for it."""

    DELETED = "deleted"
    """The service names the item no more."""
    SCOPE = "scope"
    """Its place is gone, or the settings leave it out."""
    EXCLUDED = "excluded"
    """The settings leave the item itself out."""
    CONTENT = "content"
    """It was read again, and its version is another one."""
    SAME = "same"
    """It was read again, although its version is the same: by other rules or settings."""


_TELLS = ("item_version", "gap_version")
"""Tables whose rows say why they were closed."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes rows for one run."""

    db: sqlite3.Connection
    seq: int
    tenant: str
    workspace: Workspace
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    """On which retention is judged."""

    def item_id(self, partition: Partition, native: str) -> str:
        """Stable over runs, and free of the number where the service's id is a name with one."""
        parts = [self.tenant, partition.source, partition.id, native]
        masked = [mask(part) for part in parts]
        if masked != parts:
            masked.append(to_letters(self.workspace.keyed(*parts).hex()))
        return identifier(*masked)

    def results(self, pk: int, outcome: Outcome, item_id: str) -> None:
        """Findings, grants and gaps of an item that was read in this run."""
        scan = outcome.scan or Scan(outcome.state)
        why = _left_out(scan)
        if scan.findings and not self._unseen(scan, item_id):
            self.replace("item_version", item_id, [self._item_row(pk, outcome, item_id)])
            self.replace("finding_version", item_id, finding_rows(item_id, scan.findings))
            if outcome.grants is not None:
                self.replace("grant_version", item_id, grant_rows(item_id, outcome.grants))
        elif why or not self._unseen(scan, item_id):
            self._close_findings(item_id, why or self._changed(outcome.item, item_id))
        state, item = outcome.state.value, outcome.item
        rows = [self.gap_row(pk, item.partition, item, item_id, state, gap) for gap in scan.gaps]
        self.replace("gap_version", item_id, rows, why or "")

    def _unseen(self, scan: Scan, item_id: str) -> bool:
        """Whether nothing of an item could be read, so that what was found before stands.

        What its name alone tells now says nothing of what its content held.
        """
        if not scan.gaps or not self._current("item_version", item_id):
            return False
        if scan.state in {State.FAILED, State.SKIPPED}:
            return True
        return not scan.findings and self._hidden(scan, item_id)

    def _hidden(self, scan: Scan, item_id: str) -> bool:
        """Whether what was found lies where a part cannot be read that could be read before."""
        part = _COLUMNS["gap_version"].index("part")
        before = {row[part] for row in self._current("gap_version", item_id)}
        closed = [name for gap in scan.gaps if (name := mask(gap.part)) not in before]
        part = _COLUMNS["finding_version"].index("part")
        found = [str(row[part]) for row in self._current("finding_version", item_id)]
        return any(
            name in {"", of} or of.startswith(name + JOINT) for of in found for name in closed
        )

    def _changed(self, item: Item, item_id: str) -> Closed:
        place = _COLUMNS["item_version"].index("version")
        held = {row[place] for row in self._current("item_version", item_id)}
        return Closed.SAME if held == {version(item)} else Closed.CONTENT

    def regrant(self, pk: int, outcome: Outcome, item_id: str, gap: Gap | None) -> None:
        """Who can reach an item whose content was not read again."""
        if outcome.grants is not None:
            self.replace("grant_version", item_id, grant_rows(item_id, outcome.grants))
        columns = _COLUMNS["item_version"]
        held = self.db.execute(
            f"SELECT {_names(columns)} FROM item_version "  # noqa: S608 — our own column names
            "WHERE item_id = ? AND until IS NULL",
            (item_id,),
        ).fetchone()
        if held and outcome.exposure is not None:
            known = dict(zip(columns, held, strict=True))
            judged = judgement(outcome.item.partition.source, outcome.exposure, known, self.today)
            self.replace("item_version", item_id, [(*held[: columns.index("exposure")], *judged)])
        kept = [
            row
            for row in self._current("gap_version", item_id)
            if row[_COLUMNS["gap_version"].index("detail")] != GRANTS
        ]
        if gap is not None:
            partial = State.PARTIAL.value
            kept.append(
                self.gap_row(pk, outcome.item.partition, outcome.item, item_id, partial, gap)
            )
        self.replace("gap_version", item_id, kept)

    def close(self, item_id: str, why: Closed = Closed.DELETED) -> None:
        """The item is gone: nothing of it holds any more."""
        self._close_findings(item_id, why)
        self.replace("gap_version", item_id, [], why)

    def _close_findings(self, item_id: str, why: Closed) -> None:
        for table in ("item_version", "finding_version", "grant_version"):
            self.replace(table, item_id, [], why)
        self.db.execute("DELETE FROM person WHERE item_id = ?", (item_id,))

    def persons(self, item_id: str, tokens: Iterable[bytes]) -> None:
        """Keep the tokens of an item; only called where ``[privacy] key`` is set."""
        self.db.execute("DELETE FROM person WHERE item_id = ?", (item_id,))
        self.db.executemany(
            "INSERT OR IGNORE INTO person VALUES (?, ?)", [(item_id, t) for t in tokens]
        )

    def replace(self, table: str, item_id: str, rows: Sequence[Row], why: str = "") -> None:
        """Let ``rows`` be what holds from this run on; equal rows are left as they stand.

        ``why`` the others hold no more is kept in :data:`_TELLS`; "" is that the item was read.
        """
        wanted = list(dict.fromkeys(rows))
        held = set(self._current(table, item_id))
        for row in held - set(wanted):
            self._end(table, row, why)
        for row in wanted:
            if row not in held:
                self._start(table, row)

    def _current(self, table: str, item_id: str) -> list[Row]:
        return self.db.execute(
            f"SELECT {_names(_COLUMNS[table])} FROM {table} "  # noqa: S608 — our own names
            "WHERE item_id = ? AND until IS NULL",
            (item_id,),
        ).fetchall()

    def _end(self, table: str, row: Row, why: str) -> None:
        same, values = _same(table, row)
        told, reason = (", closed = ?", (str(why),)) if table in _TELLS else ("", ())
        self.db.execute(
            f"DELETE FROM {table} WHERE {same} AND until IS NULL AND since = ?",  # noqa: S608
            (*values, self.seq),
        )
        self.db.execute(
            f"UPDATE {table} SET until = ?{told} WHERE {same} AND until IS NULL",  # noqa: S608
            (self.seq, *reason, *values),
        )

    def _start(self, table: str, row: Row) -> None:
        """Insert, or open again what this same run had closed."""
        same, values = _same(table, row)
        told = ", closed = ''" if table in _TELLS else ""
        reopened = self.db.execute(
            f"UPDATE {table} SET until = NULL{told} WHERE {same} AND until = ?",  # noqa: S608
            (*values, self.seq),
        )
        if not reopened.rowcount:
            columns = (*_COLUMNS[table], "since")
            marks = ",".join("?" * len(columns))
            self.db.execute(
                f"INSERT INTO {table} ({_names(columns)}) VALUES ({marks})",  # noqa: S608
                (*row, self.seq),
            )

    def _item_row(self, pk: int, outcome: Outcome, item_id: str) -> Row:
        item, scan = outcome.item, outcome.scan or Scan(outcome.state)
        real = [f for f in scan.findings if f.confidence != "sample"] or list(scan.findings)
        confidence = min((f.confidence for f in scan.findings), key=_ORDER.index)
        exposure = outcome.exposure or Exposure("unknown", "")
        row = (
            item_id,
            pk,
            native(item.id),
            shown(item),
            mask(item.url),
            mask(item.owner),
            time(item.created),
            time(item.modified),
            item.size if item.size is not None else scan.bytes_read,
            scan.content_type,
            version(item),
            confidence,
            sum(f.count for f in real),
            scan.distinct or max(f.distinct for f in real),
            *paper_of_item(real),
        )
        known = dict(zip(_COLUMNS["item_version"], row, strict=False))
        return (*row, *judgement(item.partition.source, exposure, known, self.today))

    def gap_row(
        self, pk: int, partition: Partition, item: Item | None, item_id: str, state: str, gap: Gap
    ) -> Row:
        """A coverage row; ``item`` None for a whole scope."""
        return (
            item_id,
            pk,
            native(item.id) if item else None,
            shown(item) if item else mask(partition.name),
            mask(gap.part),
            state,
            gap.reason.value,
            mask(gap.detail),
            gap.bytes_read,
            gap.bytes_total,
            int(gap.suspect),
            gap.permission,
            int(gap.reason in RETRIED),
        )


def _left_out(scan: Scan) -> Closed | None:
    """Why nothing of an item is told any more, where the settings leave it out."""
    skipped = scan.state is State.SKIPPED and bool(scan.gaps)
    excluded = all(gap.reason is Reason.EXCLUDED_BY_SETTINGS for gap in scan.gaps)
    return Closed.EXCLUDED if skipped and excluded else None


def _same(table: str, row: Row) -> tuple[str, Row]:
    return " AND ".join(f'"{c}" IS ?' for c in _COLUMNS[table]), row


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{c}"' for c in columns)
