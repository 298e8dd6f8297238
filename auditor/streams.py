"""Streams of a partition: snapshots, changes, and what is gone when one ends.

Runs inside the transaction that :mod:`auditor.store` opens.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from auditor.commit import Closed, Pen
from auditor.model import State
from auditor.workspace import to_letters
from connectors import Page


def stream_of(db: sqlite3.Connection, partition: int, page: Page) -> tuple[int, int]:
    """The stream's row and its generation; a restart begins a new one."""
    key = to_letters(page.stream)
    db.execute(
        "INSERT OR IGNORE INTO stream (partition, key, generation) VALUES (?, ?, 1)",
        (partition, key),
    )
    if page.restart:
        db.execute(
            "UPDATE stream SET generation = generation + 1, snapshot = 1, cursor = '' "
            "WHERE partition = ? AND key = ?",
            (partition, key),
        )
    pk, generation = db.execute(
        "SELECT pk, generation FROM stream WHERE partition = ? AND key = ?", (partition, key)
    ).fetchone()
    return int(pk), int(generation)


def close_stream(pen: Pen, stream: int, generation: int, cursor: str) -> None:
    """After the last page: what a snapshot did not name is gone; a delta goes on next time."""
    (snapshot,) = pen.db.execute("SELECT snapshot FROM stream WHERE pk = ?", (stream,)).fetchone()
    if snapshot:
        _sweep(pen, "stream = ? AND generation < ?", (stream, generation))
    pen.db.execute(
        "UPDATE stream SET cursor = ?, snapshot = ?, generation = ? WHERE pk = ?",
        (to_letters(cursor), int(not cursor), generation + (not cursor), stream),
    )


def sweep_streams(
    pen: Pen, partition: int, kept: Sequence[str], why: Closed = Closed.DELETED
) -> None:
    """Streams that exist no more (a deleted mail folder) take their items with them."""
    rows = pen.db.execute("SELECT pk, key FROM stream WHERE partition = ?", (partition,)).fetchall()
    for pk, key in rows:
        if key not in kept:
            _sweep(pen, "stream = ?", (pk,), why)
            pen.db.execute("DELETE FROM stream WHERE pk = ?", (pk,))


def _sweep(pen: Pen, where: str, values: tuple[int, ...], why: Closed = Closed.DELETED) -> None:
    found = pen.db.execute(
        f"SELECT item_id FROM known WHERE {where} AND item_id IS NOT NULL",  # noqa: S608
        values,
    ).fetchall()
    for (item_id,) in found:
        pen.close(item_id, why)
    pen.db.execute(f"DELETE FROM known WHERE {where}", values)  # noqa: S608


def count(db: sqlite3.Connection, seq: int, partition: int, changes: Mapping[State, int]) -> None:
    """Change the books of a partition: so many more, or fewer, items in each state."""
    for state, change in changes.items():
        if change:
            db.execute(
                f"UPDATE total SET {state.value} = {state.value} + ?, "  # noqa: S608 — our word
                "listed = listed + ? WHERE seq = ? AND partition = ?",
                (change, change, seq, partition),
            )
