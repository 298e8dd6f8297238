"""What the workspace remembers of items, so that the next run reads only what changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from auditor.commit import Pen
from auditor.model import Finding, Scan, State
from auditor.records import Book, Known, Run, Tracked
from auditor.runs import Runs
from auditor.twins import likeness
from auditor.workspace import from_letters
from connectors import Grant, Item, Reach, Via


class Memory(Runs):
    """Questions to the tables; nothing here writes."""

    def token(self, rules: str, item: Item) -> bytes:
        """What must be equal for an item to count as unchanged under these rules."""
        return self._workspace.keyed(item.version, item.name, urlsplit(item.url).path, rules)

    def twin(self, item: Item) -> bytes | None:
        """What is equal for files that give the same under the rules of this run, if any can."""
        like = likeness(item)
        return None if like is None else self._workspace.keyed(self.rules, *like)

    def twins(self, keys: Sequence[bytes]) -> dict[bytes, Scan]:
        """Results that stand of wholly read files, by what those are like."""
        found: dict[bytes, Scan] = {}
        for key in keys:
            row = self._db.execute(
                "SELECT item_id FROM known WHERE twin = ? AND state = 'complete' LIMIT 1", (key,)
            ).fetchone()
            if row is not None:
                found[key] = self._scan(row[0]) if row[0] else Scan(State.COMPLETE)
        return found

    def _scan(self, item_id: str) -> Scan:
        """What an item was found to hold, as its rows tell."""
        db = self._db
        findings = tuple(
            Finding(
                part, tuple(json.loads(locations)), kind, confidence, count, distinct,
                tuple(json.loads(reasons)), *paper,
            )
            for part, locations, kind, confidence, count, distinct, reasons, *paper in db.execute(
                'SELECT part, locations, kind, confidence, count, "distinct", reasons, '
                "document_type, document_year "
                "FROM finding_version WHERE item_id = ? AND until IS NULL ORDER BY rowid",
                (item_id,),
            )
        )  # fmt: skip
        row = self._db.execute(
            'SELECT content_type, "distinct" FROM item_version WHERE item_id = ? AND until IS NULL',
            (item_id,),
        ).fetchone()
        kind, distinct = row or ("", 0)
        return Scan(State.COMPLETE, findings, content_type=kind, distinct=distinct)

    def grants(self, item_ids: Sequence[str]) -> dict[str, tuple[Grant, ...]]:
        """Who could reach items when they were last asked for; names as they are shown."""
        found: dict[str, tuple[Grant, ...]] = {}
        for item_id in item_ids:
            rows = self._db.execute(
                "SELECT reach, via, who, people, expires, password FROM grant_version "
                "WHERE item_id = ? AND until IS NULL ORDER BY rowid",
                (item_id,),
            )
            grants = tuple(
                Grant(
                    Reach[reach.upper()],
                    Via(via),
                    who,
                    people,
                    datetime.fromisoformat(expires) if expires else None,
                    bool(password),
                )
                for reach, via, who, people, expires, password in rows
            )
            if grants:
                found[item_id] = grants
        return found

    def item_id(self, run: Run, item: Item) -> str:
        """The id under which reports know an item."""
        return self._pen(run).item_id(item.partition, item.id)

    def known(self, book: Book, items: Sequence[Item]) -> dict[str, Known]:
        """What is remembered of ``items``, by their id."""
        keys = {self._key(item.id): item.id for item in items}
        found: dict[str, Known] = {}
        ordered = list(keys)
        for start in range(0, len(ordered), 500):
            some = ordered[start : start + 500]
            marks = ",".join("?" * len(some))
            for key, version, state, booked, seen, item_id in self._db.execute(
                "SELECT key, version, state, booked, seen, item_id FROM known "  # noqa: S608 — marks
                f"WHERE partition = ? AND key IN ({marks})",
                (book.pk, *some),
            ):
                found[keys[key]] = Known(version, State(state), State(booked), seen, item_id)
        return found

    def exposed(self, item_ids: Sequence[str]) -> set[str]:
        """Those of ``item_ids`` that have findings."""
        found: set[str] = set()
        for start in range(0, len(item_ids), 500):
            some = item_ids[start : start + 500]
            marks = ",".join("?" * len(some))
            found.update(
                row[0]
                for row in self._db.execute(
                    f"SELECT item_id FROM item_version WHERE item_id IN ({marks}) "  # noqa: S608
                    "AND until IS NULL",
                    tuple(some),
                )
            )
        return found

    def unlisted(self, run: Run, book: Book) -> list[Tracked]:
        """Items with findings or gaps that a listing by changes did not name in this run."""
        rows = self._db.execute(
            "SELECT k.item_id, "
            "coalesce((SELECT native FROM item_version i WHERE i.item_id = k.item_id "
            "  AND i.until IS NULL), (SELECT native FROM gap_version g WHERE g.item_id = k.item_id "
            "  AND g.until IS NULL LIMIT 1)), "
            "k.version IS NULL, "
            "(SELECT item FROM item_version i WHERE i.item_id = k.item_id AND i.until IS NULL) "
            "FROM known k WHERE k.partition = ? AND k.item_id IS NOT NULL AND k.seen < ?",
            (book.pk, run.seq),
        )
        return [
            Tracked(
                item_id,
                from_letters(native) if native else None,
                bool(retry),
                shown is not None,
                shown or "",
            )
            for item_id, native, retry, shown in rows
        ]

    def _pen(self, run: Run) -> Pen:
        return Pen(self._db, run.seq, run.tenant_id, self._workspace)

    def _key(self, native: str) -> bytes:
        return self._workspace.keyed(native)
