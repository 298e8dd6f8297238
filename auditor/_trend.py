"""What every run of a workspace found, in one row each: counted from the spans of all rows at once.

A row holds from the run ``since`` until the run ``until``, so one look at each table tells what
stood at any run, however many there are. Nothing is held but a count for each pair of runs.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from auditor._types import TIME, spec

__all__ = ["LEVELS", "trend"]

LEVELS: Final = ("public", "external", "unknown", "internal", "private")
"""Exposure levels, worst first. ``unknown`` may be anything short of public until it is checked."""

_CLASSES: Final = (*LEVELS, "review")
_COLUMNS: Final = spec(
    "run_id tenant_id tenant_name started:t state findings:i new:i resolved:i suppressed:i items:i "
    + " ".join(f"{name}:i" for name in _CLASSES)
    + " persons_low:i persons_high:i listed:i unread:i read_share:r"
)
_RUNS = """
SELECT seq, run_id, tenant_id, tenant_name, started, state, persons_low, persons_high FROM run a
ORDER BY (SELECT min(b.seq) FROM run b WHERE b.tenant_id = a.tenant_id), seq
"""
_FINDINGS = "SELECT since, until FROM finding_version WHERE confidence <> 'sample'"
_NEW = "SELECT min(since) FROM finding_version WHERE confidence <> 'sample' GROUP BY finding_id"
_RESOLVED = """
SELECT f.until FROM finding_version f
WHERE f.until IS NOT NULL AND f.confidence <> 'sample' AND NOT EXISTS (
    SELECT 1 FROM finding_version b WHERE b.finding_id = f.finding_id AND b.since = f.until)
"""
_GAPS = "SELECT item_id, since, until FROM gap_version ORDER BY item_id, since"
_BOOKS = "SELECT seq, sum(listed + scope), sum(complete + unchanged) FROM total GROUP BY seq"

# Accepted risks depend on the day of a run; there are few, so these are looked at run by run.
_HELD = """
SELECT 1 FROM suppression u WHERE u.finding_id = f.finding_id AND u.since <= r.seq
AND (u.ended IS NULL OR u.ended > r.seq)
AND (u.until IS NULL OR u.until >= substr(r.started, 1, 10))
"""
_ACCEPTED = """
SELECT f.item_id FROM suppression u JOIN finding_version f ON f.finding_id = u.finding_id
"""
_STOOD = "{0}.since <= r.seq AND ({0}.until IS NULL OR {0}.until > r.seq)"
_ITEMS = f"""
SELECT CASE WHEN confidence = 'low' THEN 'review' ELSE exposure END, since, until
FROM item_version WHERE confidence <> 'sample' AND item_id NOT IN ({_ACCEPTED})
"""  # noqa: S608 - our own statements
_ACCEPTED_ITEMS = f"""
SELECT r.seq, i.exposure, (
    SELECT f.confidence FROM finding_version f
    WHERE f.item_id = i.item_id AND f.confidence <> 'sample' AND {_STOOD.format("f")}
    AND NOT EXISTS ({_HELD}) ORDER BY instr('high medium low', f.confidence) LIMIT 1) AS best
FROM item_version i JOIN partition p ON p.pk = i.partition
JOIN run r ON r.tenant_id = p.tenant_id AND {_STOOD.format("i")}
WHERE i.item_id IN ({_ACCEPTED}) AND i.confidence <> 'sample' AND best IS NOT NULL
"""  # noqa: S608
_SUPPRESSED = f"""
SELECT r.seq FROM finding_version f
JOIN run r ON {_STOOD.format("f")}
    AND r.tenant_id = (SELECT a.tenant_id FROM run a WHERE a.seq = f.since)
WHERE f.finding_id IN (SELECT finding_id FROM suppression) AND EXISTS ({_HELD})
"""  # noqa: S608

_Span = tuple[int, int | None]


def trend(db: sqlite3.Connection) -> pd.DataFrame:
    """A row a run, tenant by tenant in the order of their first runs, the oldest run first.

    Columns: run_id, tenant_id, tenant_name, started, state; findings (that stand, published samples
    apart), new, resolved, and suppressed (of those that stand, the accepted ones); items (with such
    findings that are not accepted), and of these one column a level for high or medium confidence
    and review for the rest; persons_low, persons_high; listed, unread, read_share as in ``books``.
    """
    runs = db.execute(_RUNS).fetchall()
    counted = {
        "findings": _changes(Counter(db.execute(_FINDINGS))),
        "missed": _changes(Counter(_unread(db.execute(_GAPS)))),
        **{name: _changes(spans) for name, spans in _items(db).items()},
    }
    once = {
        "new": Counter(seq for (seq,) in db.execute(_NEW)),
        "resolved": Counter(seq for (seq,) in db.execute(_RESOLVED)),
        "suppressed": Counter(seq for (seq,) in db.execute(_SUPPRESSED)),
    }
    accepted = _accepted(db)
    books = {seq: (listed, known) for seq, listed, known in db.execute(_BOOKS)}
    rows: list[dict[str, Any]] = []
    for _, group in itertools.groupby(runs, lambda run: run[2]):
        standing: Counter[str] = Counter()
        for seq, run_id, tenant_id, tenant_name, started, state, low, high in group:
            for name, changes in counted.items():
                standing[name] += changes[seq]
            row: dict[str, Any] = {name: standing[name] + accepted[name][seq] for name in _CLASSES}
            row["items"] = sum(row.values())
            row |= {name: counts[seq] for name, counts in once.items()}
            row |= {"run_id": run_id, "tenant_id": tenant_id, "tenant_name": tenant_name}
            row |= {"started": started, "state": state, "persons_low": low, "persons_high": high}
            row |= {"findings": standing["findings"]}
            rows.append(row | _read(*books.get(seq, (0, 0)), standing["missed"]))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    times = pd.to_datetime(frame["started"].astype("object"), utc=True, format="ISO8601")
    return frame.assign(started=times.astype(TIME)).astype(_COLUMNS)


def _changes(spans: Mapping[_Span, int]) -> Counter[int | None]:
    """By how much a run changes what stands."""
    changes: Counter[int | None] = Counter()
    for (since, until), count in spans.items():
        changes[since] += count
        changes[until] -= count
    return changes


def _level(name: str) -> str:
    """A level that nobody knows is unknown."""
    return name if name in _CLASSES else "unknown"


def _items(db: sqlite3.Connection) -> dict[str, Counter[_Span]]:
    """Spans of the items of which nothing is accepted, by level."""
    found: dict[str, Counter[_Span]] = defaultdict(Counter)
    for (level, *span), count in Counter(db.execute(_ITEMS)).items():
        found[_level(level)][span[0], span[1]] += count
    return found


def _accepted(db: sqlite3.Connection) -> dict[str, Counter[int]]:
    """The other items by level: how many at each run, for what is not accepted of them."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for seq, exposure, confidence in db.execute(_ACCEPTED_ITEMS):
        found["review" if confidence == "low" else _level(exposure)][seq] += 1
    return found


def _unread(gaps: Iterable[tuple[str, int, int | None]]) -> Iterator[_Span]:
    """When an item had gaps, whatever parts they were in: its spans, with what overlaps joined."""
    for _, spans in itertools.groupby(gaps, lambda gap: gap[0]):
        since: int | None = None
        until: int | None = 0
        for _, begins, ends in spans:
            if since is not None and until is not None and begins > until:
                yield since, until
                since = None
            if since is None:
                since, until = begins, ends
            elif until is not None:
                until = None if ends is None else max(until, ends)
        if since is not None:
            yield since, until


def _read(listed: int, known: int, missed: int) -> dict[str, Any]:
    unread = min(max(missed, listed - known), listed)
    share = (listed - unread) / listed if listed else None
    return {"listed": listed, "unread": unread, "read_share": share}
