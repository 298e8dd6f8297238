"""Two runs of a tenant beside each other: what is new, gone, more open, or out of sight.

SQL does the work (``comparison.sql``) over rows that carry the span of runs in which they held;
nothing here grows with the tenant. What an audit could not read, or was not asked to read, is
never told as resolved.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final

__all__ = ["CHANGES", "Audit", "Comparison", "Pair", "WrongRunError", "before", "compare", "pairs"]

CHANGES: Final = (
    "new",
    "exposure_up",
    "unsuppressed",
    "unreachable",
    "changed",
    "resolved",
    "exposure_down",
    "suppressed",
    "readable",
    "moved",
)
"""All changes, what asks for action first."""
GRANTS: Final = 10
"""Grants of an item that are told, of those that came and of those that went."""

_RANK = "instr('high medium low sample', confidence)"
_HEIGHT = "(SELECT height FROM level l WHERE l.exposure = c.exposure)"
_PLACE = "source, partition, item, item_id"
_FINDING = f'{_RANK}, {_HEIGHT} DESC, "distinct" DESC, {_PLACE}, part, finding_id'
_UNREAD = f"suspect DESC, findings DESC, state = 'not_assessed' DESC, {_PLACE}"
_ORDER: Final = {
    "exposure_up": f"{_RANK}, {_HEIGHT} DESC, {_PLACE}",
    "exposure_down": f"{_RANK}, {_HEIGHT} DESC, {_PLACE}",
    "unreachable": _UNREAD,
    "readable": _PLACE,
    "moved": _PLACE,
}
_GRANT = "reach, via, who, people, expires, password"


class WrongRunError(Exception):
    """Two runs that cannot be compared; ``code`` names the message with the remedy.

    One of ``unknown_audit``, ``ambiguous_audit``, ``audits_reversed``, ``audits_of_two_tenants``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Audit:
    """One run, as far as a comparison tells of it."""

    seq: int
    run_id: str
    tenant_id: str
    tenant_name: str
    started: str
    state: str
    tool_version: str
    rules_digest: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs of one tenant, the earlier one first."""

    old: Audit
    new: Audit

    @property
    def other_rules(self) -> bool:
        """Whether the runs judged by different rules."""
        return self.old.rules_digest != self.new.rules_digest


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between the runs of ``pair``; asks the workspace when it is asked."""

    db: sqlite3.Connection
    pair: Pair
    _counts: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)

    def counts(self, change: str) -> Mapping[str, int]:
        """How many rows of a change, by confidence ("" where a row has none)."""
        if change not in self._counts:
            self._counts[change] = dict(
                self.db.execute(
                    f"SELECT confidence, count(*) FROM change_{change} GROUP BY 1"  # noqa: S608
                ).fetchall()
            )
        return self._counts[change]

    def total(self, change: str) -> int:
        """How many rows of a change."""
        return sum(self.counts(change).values())

    def rules_alone(self) -> int:
        """Findings that came or went although their file is the same: other rules saw it."""
        return sum(
            self.db.execute(
                f"SELECT count(*) FROM change_{change} WHERE why = 'rules'"  # noqa: S608
            ).fetchone()[0]
            for change in ("new", "resolved")
        )

    def kept(self) -> tuple[int, int]:
        """Findings seen again as they were, and those that stand without having been seen again."""
        row = self.db.execute(
            "SELECT total(NOT changed AND NOT unseen), total(NOT changed AND unseen) FROM kept"
        ).fetchone()
        lost = self.db.execute(
            "SELECT count(*) FROM lost WHERE unread AND why NOT IN ('deleted', 'scope', 'excluded')"
        ).fetchone()
        return int(row[0]), int(row[1]) + int(lost[0])

    def rows(self, change: str, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a change by column: the first ``limit`` that ask for action, or all."""
        sql = f"SELECT c.* FROM change_{change} c"  # noqa: S608 - our own names
        if limit is not None:
            sql += f" ORDER BY {_ORDER.get(change, _FINDING)} LIMIT {limit:d}"
        cursor = self.db.execute(sql)
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            if change.startswith("exposure_"):
                row["exposure_reasons"] = json.loads(row["exposure_reasons"])
                row["grants_added"] = self._grants(row["item_id"], "now", "then")
                row["grants_removed"] = self._grants(row["item_id"], "then", "now")
            yield row

    def alarming(self) -> frozenset[str]:
        """Confidences of what came: new findings, raised exposure, acceptances that ended."""
        rows = self.db.execute(
            "SELECT confidence FROM change_new WHERE NOT suppressed "
            "UNION SELECT f.confidence FROM change_exposure_up u JOIN stands f USING (item_id) "
            "WHERE NOT f.suppressed UNION SELECT confidence FROM change_unsuppressed"
        )
        return frozenset(confidence for (confidence,) in rows)

    def _grants(self, item_id: str, here: str, there: str) -> list[dict[str, Any]]:
        names = _GRANT.split(", ")
        rows = self.db.execute(
            f"SELECT {_GRANT} FROM grants_{here} WHERE item_id = ? EXCEPT "  # noqa: S608
            f"SELECT {_GRANT} FROM grants_{there} WHERE item_id = ? "
            f"ORDER BY 1, 2, 3 LIMIT {GRANTS}",
            (item_id, item_id),
        )
        found = [dict(zip(names, row, strict=True)) for row in rows]
        return [{**grant, "password": bool(grant["password"])} for grant in found]


def compare(db: sqlite3.Connection, pair: Pair) -> Comparison:
    """Lay the views of a comparison over a workspace that is open for reading.

    One at a time: the views of a connection tell of the pair that came last.
    """
    db.execute("DROP TABLE IF EXISTS temp.pair")
    db.execute(
        "CREATE TEMP TABLE pair (tenant_id TEXT, old INTEGER, new INTEGER, old_started TEXT, "
        "old_day TEXT, new_day TEXT, rules INTEGER)"
    )
    old, new = pair.old, pair.new
    days = old.started[:10], new.started[:10]
    row = (new.tenant_id, old.seq, new.seq, old.started, *days, int(pair.other_rules))
    db.execute("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for statement in _views():
        db.execute(statement)
    return Comparison(db, pair)


@functools.cache
def _views() -> tuple[str, ...]:
    text = resources.files("auditor").joinpath("comparison.sql").read_text("utf-8")
    code = "\n".join(line.partition("--")[0] for line in text.splitlines())
    made = (part.strip() for part in code.split(";"))
    return tuple(part.replace("VIEW", "VIEW IF NOT EXISTS", 1) for part in made if part)


def pairs(db: sqlite3.Connection, old: str = "", new: str = "") -> tuple[list[Pair], list[Audit]]:
    """The runs to compare, and those that have none before them.

    Without ids, the last two finished ones of each tenant; with ``old`` alone, that one and the
    last finished one of its tenant. Ids may be cut short.

    Raises WrongRunError.
    """
    if not old:
        found: list[Pair] = []
        single: list[Audit] = []
        for (tenant,) in db.execute("SELECT tenant_id FROM run GROUP BY 1 ORDER BY 1").fetchall():
            last = _finished(db, tenant)
            if len(last) == 2:
                found.append(Pair(last[1], last[0]))
            single += last if len(last) == 1 else []
        return found, single
    first = _named(db, old)
    second = _named(db, new) if new else next(iter(_finished(db, first.tenant_id)), first)
    if first.tenant_id != second.tenant_id:
        raise WrongRunError("audits_of_two_tenants")
    if first.seq >= second.seq:
        raise WrongRunError("audits_reversed")
    return [Pair(first, second)], []


_AUDIT = "SELECT seq, run_id, tenant_id, tenant_name, started, state, tool_version, rules_digest"


def _finished(db: sqlite3.Connection, tenant: str) -> list[Audit]:
    rows = db.execute(
        f"{_AUDIT} FROM run WHERE tenant_id = ? AND state IN ('complete', 'incomplete') "
        "ORDER BY seq DESC LIMIT 2",
        (tenant,),
    )
    return [Audit(*row) for row in rows]


def _named(db: sqlite3.Connection, given: str) -> Audit:
    rows = db.execute(
        f"{_AUDIT} FROM run WHERE substr(run_id, 1, ?) = ? LIMIT 2", (len(given), given.lower())
    ).fetchall()
    if not rows:
        raise WrongRunError("unknown_audit")
    if len(rows) > 1:
        raise WrongRunError("ambiguous_audit")
    return Audit(*rows[0])


def before(db: sqlite3.Connection, run_id: str) -> Pair | None:
    """A run and the finished one before it in its tenant, if there is one."""
    run = _named(db, run_id)
    row = db.execute(
        f"{_AUDIT} FROM run WHERE tenant_id = ? AND seq < ? "
        "AND state IN ('complete', 'incomplete') ORDER BY seq DESC LIMIT 1",
        (run.tenant_id, run.seq),
    ).fetchone()
    return Pair(Audit(*row), run) if row else None
