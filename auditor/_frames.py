"""Tables of a workspace as pandas frames, read when they are asked for or streamed by blocks.

All of them show one moment: a reading transaction stands open until :meth:`Frames.close`, or until
nobody holds the object any more. An audit may write meanwhile; only its log cannot shrink.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, cast

import pandas as pd

from auditor._trend import trend
from auditor._types import Column, spec
from auditor.schema import show
from auditor.workspace import problems_of, reading

__all__ = ["COLUMNS", "Frames", "Table", "slices"]

T = TypeVar("T")

COLUMNS: Final[Mapping[str, Mapping[str, Any]]] = {
    "runs": spec(
        "run_id tenant_id tenant_name started:t ended:t state tool_version rules_digest full:b"
        " persons_low:i persons_high:i"
    ),
    "findings": spec(
        "finding_id:u run_id tenant_id source partition item_id item url part locations:l kind"
        " confidence count:i distinct:i reasons:l document_type purview_sit_id first_seen:t"
        " last_seen:t status"
    ),
    "items": spec(
        "item_id source partition item url owner created:t modified:t size:i content_type version"
        " confidence count:i distinct:i exposure reach reach_people:i exposure_reasons:l age_days:i"
        " retention_check measures:l breach_class document_type retention_until:t suppressed:i"
    ),
    "grants": spec("item_id reach via who people:i expires:t password:b"),
    "coverage": spec(
        "source partition item_id item part state reason detail bytes_read:i bytes_total:i"
        " suspect:b permission"
    ),
    "totals": spec(
        "source partition listed:i complete:i partial:i skipped:i failed:i not_assessed:i"
        " unchanged:i bytes:i requests:i seconds:r units:i"
    ),
    "controls": spec("control_id title pillar measures:l status evidence remedy permission"),
    "suppressions": spec(
        "finding_id tenant_id source partition item_id item part kind confidence reason owner"
        " created:t until:t revoked:t state"
    ),
}
"""Table → column → dtype."""

_ORDER: Final = "started source partition item_id control_id part finding_id reach via who".split()
_ITEMS_OF: Final = {
    "findings": "item_version",
    "items": "item_version",
    "grants": "item_version",
    "coverage": "gap_version",
}
"""Tables that grow with the tenant → where their items stand."""
_WANTED: Final = "json_each(?) wanted CROSS JOIN {0} ON {0}.item_id = wanted.value"
"""Items by their ids, looked up one after the other: SQLite keeps the order of a CROSS JOIN."""
_ITEMS: Final = 500
"""Items whose rows are read at a time."""
_BLOCK: Final = 5_000
"""Rows of a whole table that are turned into columns at a time."""


class Frames:
    """The tables of a workspace at one moment. Can be shared by threads; pickled, it holds all."""

    def __init__(self, path: Path, run_id: str | None = None) -> None:
        """Raises WorkspaceError where there is none, KeyError for a run it does not have."""
        self._path = path
        self._held: dict[str, pd.DataFrame] = {}
        self._lock = threading.RLock()
        with contextlib.ExitStack() as stack:
            self._db: sqlite3.Connection | None = stack.enter_context(reading(path))
            if run_id is not None:
                tenant, seq = _run(self._db, run_id)
                show(self._db, {tenant: seq})
            self._db.execute("BEGIN")  # one moment for all tables, also while an audit writes
            runs = "SELECT run_id FROM run JOIN shown USING (tenant_id, seq) ORDER BY seq"
            self.shown: tuple[str, ...] = tuple(row[0] for row in self._db.execute(runs))
            self._closing = weakref.finalize(self, stack.pop_all().close)

    def close(self) -> None:
        """Let go of the workspace; tables that were read stay."""
        self._db = None
        self._closing()

    def frame(self, table: str) -> pd.DataFrame:
        """A whole table; read once."""
        return self._once(table, lambda: self._whole(table))

    def blocks(self, table: str, rows: int) -> Iterator[pd.DataFrame]:
        """A table, ``rows`` rows at a time; of an empty one, an empty block."""
        return slices(self._held[table], rows) if table in self._held else self._read(table, rows)

    def trend(self) -> pd.DataFrame:
        """See :func:`auditor._trend.trend`."""
        return self._once("trend", lambda: self._ask(trend))

    def _once(self, name: str, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        with self._lock:
            if name not in self._held:
                self._held[name] = read()
            return self._held[name]

    def _ask(self, question: Callable[..., T]) -> T:
        """What the workspace says, to one at a time. Raises WorkspaceError, ValueError."""
        with self._lock, problems_of(self._path):
            if self._db is None:
                raise ValueError("the summary was closed before this table was read")
            return question(db=self._db)

    def _read(self, table: str, rows: int) -> Iterator[pd.DataFrame]:
        """A table by blocks, straight from the workspace."""
        columns = {name: Column(dtype) for name, dtype in COLUMNS[table].items()}
        blocks = self._cells(table, rows)
        first: Sequence[Sequence[Any]] = next(blocks, [()] * len(columns))
        for cells in chain([first], blocks):
            pairs = zip(columns.items(), cells, strict=True)
            made = {name: column.block(some) for (name, column), some in pairs}
            yield pd.DataFrame(made, copy=False)

    def _whole(self, table: str) -> pd.DataFrame:
        """A table at once: cells first, then column by column, so that little is held twice."""
        columns = {name: Column(dtype) for name, dtype in COLUMNS[table].items()}
        for cells in self._cells(table, _BLOCK):
            for column, some in zip(columns.values(), cells, strict=True):
                column.add(some)
        made = {name: columns.pop(name).whole() for name in COLUMNS[table]}
        return pd.DataFrame(made, copy=False)

    def _cells(self, table: str, rows: int) -> Iterator[list[tuple[Any, ...]]]:
        """The columns of so many rows at a time; nothing where there are none."""
        records = self._records(table)
        while some := list(islice(records, rows)):
            yield list(zip(*some, strict=True))

    def _records(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table in order: a place after the other, so that none is sorted whole."""
        names = ", ".join(f'{table}."{name}"' for name in COLUMNS[table])
        order = ", ".join(f'"{name}"' for name in _ORDER if name in COLUMNS[table])
        place = (_WANTED if table in _ITEMS_OF else "{0}").format(table)
        sql = f"SELECT {names} FROM {place} ORDER BY {order}"  # noqa: S608 - our own names
        if table not in _ITEMS_OF:
            yield from self._ask(partial(_all, sql))
            return
        ids = self._item_ids(_ITEMS_OF[table])
        while some := list(islice(ids, _ITEMS)):
            yield from self._ask(partial(_all, sql, json.dumps(some)))

    def _item_ids(self, table: str) -> Iterator[str]:
        """Ids of the items that have rows, by source and place."""
        places = (  # those of one name together, so that rows stand in the order of what they show
            "SELECT json_group_array(pk) FROM partition GROUP BY source, name ORDER BY source, name"
        )
        there = "partition IN (SELECT value FROM json_each(?))"
        sql = f"SELECT DISTINCT item_id FROM {table} WHERE {there} ORDER BY item_id"  # noqa: S608
        for place in self._ask(partial(_all, places)):
            cursor = self._ask(partial(_found, sql, *place))
            while some := self._ask(partial(_more, cursor)):
                yield from (item_id for (item_id,) in some)

    def __getstate__(self) -> dict[str, Any]:
        """Everything, since a transaction does not travel."""
        for table in COLUMNS:
            self.frame(table)
        self.trend()
        return {"path": self._path, "held": self._held, "shown": self.shown}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._path, self._held, self.shown = state["path"], state["held"], state["shown"]
        self._lock, self._db = threading.RLock(), None
        self._closing = weakref.finalize(self, bool)


class Sourced(Protocol):
    """What has fields that are tables."""

    def source(self) -> Frames:
        """Where tables come from that were not given."""
        ...


class Table:
    """A field of a dataclass: a frame, read from the workspace when it is first asked for."""

    def __set_name__(self, _: object, name: str) -> None:
        self._name = name

    def __get__(self, summary: Sourced | None, _: object = None) -> pd.DataFrame:
        if summary is None:
            return cast("pd.DataFrame", None)  # the field's default: as the workspace has it
        held: pd.DataFrame | None = summary.__dict__.get(self._name)
        return summary.source().frame(self._name) if held is None else held

    def __set__(self, summary: Sourced, frame: pd.DataFrame | None) -> None:
        summary.__dict__[self._name] = frame


def slices(frame: pd.DataFrame, rows: int) -> Iterator[pd.DataFrame]:
    """A frame, ``rows`` rows at a time; at least one slice."""
    return (frame.iloc[at : at + rows] for at in range(0, max(1, len(frame)), rows))


def _found(sql: str, *values: object, db: sqlite3.Connection) -> sqlite3.Cursor:
    return db.execute(sql, values)


def _all(sql: str, *values: object, db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return _found(sql, *values, db=db).fetchall()


def _more(cursor: sqlite3.Cursor, db: sqlite3.Connection) -> list[tuple[Any, ...]]:  # noqa: ARG001
    return cursor.fetchmany(_ITEMS)


def _run(db: sqlite3.Connection, run_id: str) -> tuple[str, int]:
    """The tenant and the number of a run."""
    run = db.execute("SELECT tenant_id, seq FROM run WHERE run_id = ?", (run_id,)).fetchone()
    if run is None:
        raise KeyError(run_id)
    return run[0], run[1]
