"""The tables of a workspace: made, brought up to this program, or read as if they were.

What a later program adds to the same schema are tables, columns with a default, and other views;
so an older program still finds all it knows, and a newer one needs no migration.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

__all__ = ["SCHEMA", "bring_up", "create", "lay_over", "show"]

SCHEMA = 2
"""Of the tables; a workspace with other ones is not used."""
_MADE = "SELECT type, name, tbl_name, sql FROM {}sqlite_master WHERE sql IS NOT NULL"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a database has: statements by name, and the columns of each table with how they are."""

    tables: Mapping[str, str]
    indexes: Mapping[str, str]
    views: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]


def create(db: sqlite3.Connection) -> None:
    """Make the tables in an empty database."""
    number = f"INSERT INTO meta VALUES ('schema', '{SCHEMA:d}')"  # noqa: S608 - a number
    db.executescript(f"BEGIN; {_text()}; {number}; COMMIT;")


def bring_up(db: sqlite3.Connection) -> None:
    """Add what a workspace of an earlier program lacks; its rows stay as they are."""
    if not _missing(db):
        return
    db.execute("BEGIN IMMEDIATE")  # another process may have done it meanwhile
    try:
        for statement in _missing(db):
            db.execute(statement)
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def lay_over(db: sqlite3.Connection) -> None:
    """Let a connection that may not write see an earlier program's tables as this program's.

    What is missing is laid over them as empty tables and views of this connection only.
    """
    own, held = _own(), _shape(db)
    if not _missing(db):
        return
    for table, statement in own.tables.items():
        if table not in held.tables:
            db.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        elif lacking := own.columns[table].keys() - held.columns[table].keys():
            more = "".join(f", {_default(own.columns[table][c])} AS {c}" for c in sorted(lacking))
            db.execute(
                f"CREATE TEMP VIEW {table} AS SELECT rowid, *{more} FROM main.{table}"  # noqa: S608
            )
    _views(db)


def show(db: sqlite3.Connection, runs: Mapping[str, int]) -> None:
    """Lay the views over other runs, in this connection only: ``tenant_id`` → ``run.seq``."""
    db.execute("DROP TABLE IF EXISTS temp.shown")
    db.execute("CREATE TEMP TABLE shown (tenant_id TEXT NOT NULL, seq INTEGER NOT NULL)")
    db.executemany("INSERT INTO shown VALUES (?, ?)", runs.items())
    _views(db)


def _views(db: sqlite3.Connection) -> None:
    for name, statement in _own().views.items():
        if name != "shown":
            db.execute(statement.replace("CREATE VIEW", "CREATE TEMP VIEW IF NOT EXISTS", 1))


def _missing(db: sqlite3.Connection) -> list[str]:
    return list(_additions(_own(), _shape(db)))


def _additions(own: _Shape, held: _Shape) -> Iterator[str]:
    """Statements that make the one from the other; views of today take the place of others."""
    for table, statement in own.tables.items():
        if table not in held.tables:
            yield statement
            continue
        for name, how in own.columns[table].items():
            if name not in held.columns[table]:
                yield f"ALTER TABLE {table} ADD COLUMN {name} {how}"
    yield from (sql for name, sql in own.indexes.items() if name not in held.indexes)
    for name, statement in own.views.items():
        if held.views.get(name) != statement:
            yield f"DROP VIEW IF EXISTS {name}"
            yield statement


def _default(how: str) -> str:
    return how.partition("DEFAULT ")[2] or "NULL"


@functools.cache
def _own() -> _Shape:
    db = sqlite3.connect(":memory:")
    try:
        db.executescript(_text())
        return _shape(db)
    finally:
        db.close()


@functools.cache
def _text() -> str:
    return resources.files("auditor").joinpath("schema.sql").read_text("utf-8")


def _shape(db: sqlite3.Connection) -> _Shape:
    made: dict[str, dict[str, str]] = {"table": {}, "index": {}, "view": {}}
    for kind, name, _, statement in db.execute(_MADE.format("main.")).fetchall():
        made.setdefault(kind, {})[name] = statement
    columns = {table: dict(_columns(db, table)) for table in made["table"]}
    return _Shape(made["table"], made["index"], made["view"], columns)


def _columns(db: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    for _, name, kind, needed, default, _ in db.execute(f"PRAGMA main.table_info({table})"):
        how = kind + (" NOT NULL" if needed else "")
        yield name, how + (f" DEFAULT {default}" if default is not None else "")
