"""SQLite: a page's results and its cursor in one transaction.

Whatever text arrives is masked at this door (:mod:`auditor.commit`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from auditor.commit import GRANTS, RETRIED, Closed, Pen
from auditor.memory import Memory
from auditor.model import Control, Gap, Outcome, State
from auditor.postures import record
from auditor.progress import Tally
from auditor.records import Book, Entry, Known, Run
from auditor.redact import mask
from auditor.streams import close_stream, count, stream_of, sweep_streams
from auditor.workspace import (
    Workspace,
    WorkspaceError,
    check_schema,
    connect,
    from_letters,
    problems_of,
    to_letters,
)
from connectors import Page, Partition


class Store(Memory):
    """The open workspace of one audit."""

    @classmethod
    def open(cls, path: Path, *, create: bool = True, tenants: Sequence[str] = ()) -> Store:
        """Open or make the workspace; ``tenants`` are those of the settings.

        Raises:
            WorkspaceError: with the code of the message that tells the remedy.

        """
        workspace = Workspace.open(path, create=create)
        try:
            with problems_of(path):
                store = cls(workspace, connect(path))
                store._check(path, tenants)
        except BaseException:
            workspace.close()
            raise
        return store

    def close(self) -> None:
        """Let others in."""
        self._db.close()
        self._workspace.close()

    # — partitions ————————————————————————————————————————————————————————————————————————————

    def partition(self, run: Run, partition: Partition, *, full: bool) -> Book:
        """Open the book of a partition in this run; ``full`` drops its cursors, once a run."""
        key = self._workspace.keyed(partition.source, partition.id)
        with self._transaction() as db:
            db.execute(
                "INSERT INTO partition (tenant_id, source, key, name) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET name = excluded.name",
                (run.tenant_id, partition.source, key, mask(partition.name)),
            )
            pk, started, confirmed = db.execute(
                "SELECT pk, started, confirmed FROM partition "
                "WHERE tenant_id = ? AND source = ? AND key = ?",
                (run.tenant_id, partition.source, key),
            ).fetchone()
            db.execute("INSERT OR IGNORE INTO total (seq, partition) VALUES (?, ?)", (run.seq, pk))
            if started != run.seq:
                db.execute("UPDATE partition SET started = ? WHERE pk = ?", (run.seq, pk))
                if full or self._other_rules(run):
                    db.execute(
                        "UPDATE stream SET cursor = '', snapshot = 1, generation = generation + 1 "
                        "WHERE partition = ?",
                        (pk,),
                    )
            rows = db.execute("SELECT key, cursor FROM stream WHERE partition = ?", (pk,))
            cursors = {from_letters(k): from_letters(c) for k, c in rows if c}
        return Book(pk, partition, confirmed == run.seq, cursors)

    def commit(
        self, run: Run, book: Book, page: Page, outcomes: Sequence[Outcome], bytes_read: int
    ) -> None:
        """A page's results and its cursor, together or not at all."""
        with self._transaction() as db:
            pen = self._pen(run)
            stream, generation = stream_of(db, book.pk, page)
            held = self.known(book, [o.item for o in outcomes])
            entries = [
                Entry(o, held.get(o.item.id), self._key(o.item.id), stream, generation)
                for o in outcomes
            ]
            self._enter(pen, book, entries)
            for identifier_of_service in page.gone:
                self._forget(pen, book, stream, identifier_of_service)
            if page.done:
                close_stream(pen, stream, generation, page.cursor)
            elif page.cursor:
                db.execute(
                    "UPDATE stream SET cursor = ? WHERE pk = ?", (to_letters(page.cursor), stream)
                )
            db.execute(
                "UPDATE total SET bytes = bytes + ? WHERE seq = ? AND partition = ?",
                (bytes_read, run.seq, book.pk),
            )

    def again(self, run: Run, book: Book, outcomes: Sequence[Outcome]) -> None:
        """Results of items that the listing did not name: second tries, and grants asked again."""
        with self._transaction() as db:
            pen = self._pen(run)
            held = self.known(book, [o.item for o in outcomes])
            entries = []
            for outcome in outcomes:
                if known := held.get(outcome.item.id):
                    key = self._key(outcome.item.id)
                    stream, generation = db.execute(
                        "SELECT stream, generation FROM known WHERE partition = ? AND key = ?",
                        (book.pk, key),
                    ).fetchone()
                    entries.append(Entry(outcome, known, key, stream, generation))
            self._enter(pen, book, entries)

    def vanished(self, run: Run, book: Book, natives: Sequence[str]) -> None:
        """Items that a second look did not find any more."""
        with self._transaction():
            for identifier_of_service in natives:
                self._forget(self._pen(run), book, None, identifier_of_service)

    def close_partition(
        self, run: Run, book: Book, streams: Sequence[str], tally: Tally, gap: Gap | None = None
    ) -> int:
        """End a partition: books, vanished streams; with ``gap`` the scope counts as not assessed.

        Returns how many items a listing by changes left unnamed, all of them unchanged.
        """
        with self._transaction() as db:
            pen = self._pen(run)
            unchanged = 0
            scope = pen.item_id(book.partition, "")
            rows = []
            if gap is None:
                sweep_streams(pen, book.pk, [to_letters(s) for s in streams])
                unchanged = db.execute(
                    "SELECT count(*) FROM known WHERE partition = ? AND seen < ?",
                    (book.pk, run.seq),
                ).fetchone()[0]
                db.execute("UPDATE partition SET confirmed = ? WHERE pk = ?", (run.seq, book.pk))
            else:
                state = State.NOT_ASSESSED.value
                rows = [pen.gap_row(book.pk, book.partition, None, scope, state, gap)]
            pen.replace("gap_version", scope, rows)
            db.execute(
                "UPDATE total SET listed = listed + ?, unchanged = unchanged + ?, scope = ?, "
                "requests = requests + ?, units = units + ?, seconds = seconds + ? "
                "WHERE seq = ? AND partition = ?",
                (
                    unchanged,
                    unchanged,
                    int(gap is not None),
                    tally.requests,
                    tally.units,
                    tally.seconds,
                    run.seq,
                    book.pk,
                ),
            )
        return int(unchanged)

    def drop_others(self, run: Run, source: str, kept: Sequence[int]) -> None:
        """Partitions that a complete listing of ``source`` did not name are gone."""
        with self._transaction() as db:
            pen = self._pen(run)
            for (pk,) in db.execute(
                "SELECT pk FROM partition WHERE tenant_id = ? AND source = ?",
                (run.tenant_id, source),
            ).fetchall():
                if pk not in kept:
                    sweep_streams(pen, pk, [], Closed.SCOPE)
                    for (scope,) in db.execute(
                        "SELECT DISTINCT item_id FROM gap_version "
                        "WHERE partition = ? AND until IS NULL",
                        (pk,),
                    ).fetchall():
                        pen.close(scope, Closed.SCOPE)

    def controls(self, run: Run, controls: Sequence[Control], lang: str) -> None:
        """What the checks of the tenant's settings gave; their words in one language."""
        with self._transaction():
            record(self._pen(run), controls, lang)

    # — internals —————————————————————————————————————————————————————————————————————————————

    def _enter(self, pen: Pen, book: Book, entries: Sequence[Entry]) -> None:
        """Book outcomes; one that this run has booked before replaces its earlier entry."""
        changes: Counter[State] = Counter()
        rows = []
        for entry in entries:
            known, state = entry.known, entry.outcome.state
            again = known is not None and known.seen == pen.seq
            unchanged = state is State.UNCHANGED
            if not (again and unchanged):
                changes[state] += 1
                if again and known:
                    changes[known.booked] -= 1
            stands = known.state if unchanged and known else state
            booked = known.booked if again and unchanged and known else state
            version = known.version if unchanged and known else self._version(entry.outcome)
            rows.append(
                (
                    book.pk,
                    entry.key,
                    entry.stream,
                    entry.generation,
                    version,
                    stands.value,
                    booked.value,
                    pen.seq,
                    self._results(pen, book, entry.outcome, known),
                    self.twin(entry.outcome.item),
                )
            )
        pen.db.executemany("INSERT OR REPLACE INTO known VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
        count(pen.db, pen.seq, book.pk, changes)

    def _results(self, pen: Pen, book: Book, outcome: Outcome, known: Known | None) -> str | None:
        """Write what an outcome found; the item's id where there is something to remember."""
        item_id = known.item_id if known else None
        scan = outcome.scan
        if outcome.state is State.UNCHANGED:
            if item_id and outcome.exposure is not None:
                self._regrant(pen, book, outcome, item_id)
            return item_id
        if scan is None or not (scan.findings or scan.gaps or item_id):
            return None
        item_id = item_id or pen.item_id(outcome.item.partition, outcome.item.id)
        pen.results(book.pk, outcome, item_id)
        if self.keep_persons and scan.persons:
            pen.persons(item_id, scan.persons)
        return item_id if scan.findings or scan.gaps else None

    def _regrant(self, pen: Pen, book: Book, outcome: Outcome, item_id: str) -> None:
        gaps = outcome.scan.gaps if outcome.scan else ()
        pen.regrant(book.pk, outcome, item_id, next((g for g in gaps if g.detail == GRANTS), None))

    def _version(self, outcome: Outcome) -> bytes | None:
        gaps = outcome.scan.gaps if outcome.scan else ()
        if any(g.reason in RETRIED and g.detail != GRANTS for g in gaps):
            return None
        return self.token(self.rules, outcome.item)

    def _forget(self, pen: Pen, book: Book, stream: int | None, native: str) -> None:
        """Remove an item; a mail that has moved to another folder meanwhile stays."""
        key = self._key(native)
        row = pen.db.execute(
            "SELECT stream, item_id FROM known WHERE partition = ? AND key = ?", (book.pk, key)
        ).fetchone()
        if row is None or (stream is not None and row[0] != stream):
            return
        pen.db.execute("DELETE FROM known WHERE partition = ? AND key = ?", (book.pk, key))
        if row[1]:
            pen.close(row[1])

    def _other_rules(self, run: Run) -> bool:
        """Whether the tenant's run before this one judged by other rules."""
        row = self._db.execute(
            "SELECT a.rules_digest <> b.rules_digest FROM run a JOIN run b ON b.seq = "
            "(SELECT max(seq) FROM run c WHERE c.tenant_id = a.tenant_id AND c.seq < a.seq) "
            "WHERE a.seq = ?",
            (run.seq,),
        ).fetchone()
        return bool(row and row[0])

    def _check(self, path: Path, tenants: Sequence[str]) -> None:
        check_schema(self._db, path)
        held = {r[0] for r in self._db.execute("SELECT DISTINCT tenant_id FROM run")}
        if tenants and held and not held & set(tenants):
            raise WorkspaceError("workspace_other_tenant", path)
