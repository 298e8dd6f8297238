"""SQLite databases: every table, and what their unused space still holds of deleted rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from auditor.formats import _encoding, _records, _rows, _sqlitepages, _strings
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".sqlite", ".sqlite3", ".db3", ".gpkg", ".mbtiles")
MEDIA_TYPES = ("application/vnd.sqlite3", "application/x-sqlite3")
BEGINNING = False

_SIGNATURE = b"SQLite format 3\0"
_VERSIONS = slice(18, 20)
_ROLLBACK = b"\x01\x01"
"""A database that writes ahead is opened as if it did not: the other file is not here."""
_LONGEST = 64 << 20
_COLUMNS = 2_000
_SILENT = frozenset(("sqlite_sequence", "sqlite_stat1", "sqlite_stat4"))


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Tables as they were made, virtual ones by the tables behind them; views say nothing new."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.deserialize(_still(content.data))
        _bind(base)
        yield from _Reader(base, limits).read()
    except (sqlite3.Error, OverflowError) as bad:
        yield from _strings.parts(content, limits)
        yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
        return
    finally:
        base.close()
    unused = b"\0".join(_sqlitepages.unused(content.data))
    for text in _strings.parts(Content("", unused), limits):
        yield Text(text.text, "deleted rows")


def _still(data: bytes) -> bytes:
    if data[_VERSIONS] == _ROLLBACK:
        return data
    return data[: _VERSIONS.start] + _ROLLBACK + data[_VERSIONS.stop :]


def _bind(base: sqlite3.Connection) -> None:
    """Let nothing that the file says do more than give its rows."""
    base.text_factory = _decoded
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = off", "query_only = on", "cell_size_check = on"):
        base.execute(f"PRAGMA {pragma}")


def _decoded(raw: bytes) -> str:
    """Text as it should be, in UTF-8, or as some programs wrote it."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _encoding.decode(raw).text


class _Reader:
    """An open database."""

    def __init__(self, base: sqlite3.Connection, limits: Limits) -> None:
        self._base = base
        self._limits = limits
        self._members = _records.Members(limits)
        self._gaps: list[Gap] = []

    def read(self) -> Iterator[Text | Table | Content | Gap]:
        """Every table, then what the schema says, then files that lay in cells."""
        listed = self._base.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        names = [str(name) for kind, name, sql in listed if kind == "table" and not _virtual(sql)]
        for number, name in enumerate(names):
            if number >= self._limits.members:
                yield Gap(Reason.TOO_MANY_MEMBERS, detail="tables")
                break
            if name not in _SILENT:
                yield from self._table(name)
        if said := "\n".join(str(sql) for _, _, sql in listed if sql):
            yield Text(said, "schema")
        yield from dict.fromkeys(self._gaps)
        yield from self._members.found()

    def _table(self, name: str) -> Iterator[Table]:
        place = f"table {name}"
        quoted = name.replace('"', '""')
        try:
            rows = self._base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - a table's name
        except sqlite3.Error as bad:
            self._gaps.append(Gap(Reason.MALFORMED, part=place, detail=type(bad).__name__))
            return
        columns = tuple(str(column[0]) for column in rows.description)[:_COLUMNS]
        for block in _rows.blocks(self._cells(rows, place), place):
            yield Table(block.rows, place, columns=columns, first_row=block.first_row)

    def _cells(self, rows: sqlite3.Cursor, place: str) -> Iterator[tuple[int, list[str]]]:
        """Rows by number, as far as they can be read."""
        number = 0
        try:
            for row in rows:
                number += 1
                yield number, [self._members.cell(value, number, place) for value in row]
        except (sqlite3.Error, OverflowError) as bad:
            self._gaps.append(Gap(Reason.MALFORMED, part=place, detail=type(bad).__name__))


def _virtual(sql: Any) -> bool:
    return str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
