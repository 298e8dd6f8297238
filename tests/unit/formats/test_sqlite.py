"""SQLite databases, whole, damaged, and what they still hold of what was deleted."""

from __future__ import annotations

import random
import sqlite3
import time

import pytest

from auditor.model import Content, Limits, State
from auditor.scan import scan


def base(*statements: object) -> bytes:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.text_factory = bytes
    for statement in statements:
        sql, values = statement if isinstance(statement, tuple) else (statement, ())
        connection.execute(sql, values)
    data = connection.serialize()
    connection.close()
    return data


STAFF = 'CREATE TABLE "社員 ""表" (氏名 TEXT, 個人番号, メモ)'
INSERT = 'INSERT INTO "社員 ""表" VALUES (?, ?, ?)'


def test_tables_with_their_columns(read) -> None:
    data = base(STAFF, (INSERT, ("山田", 123456789018, None)), (INSERT, ("佐藤", "0012", 2.0)))
    reading = read(data, "a.docx")
    assert (reading.format, reading.gaps) == ("sqlite", [])
    (table,) = reading.tables
    assert table.place == '表社員 "表'[1:] or table.place.startswith("table ")
    assert table.columns == ("氏名", "個人番号", "メモ")
    assert [row[0] for row in table.rows] == ["山田", "佐藤"]
    assert [len(row[1]) for row in table.rows] == [12, 4]
    assert table.rows[1][2] == "2"


def test_text_that_is_no_utf8_and_text_in_blobs(read) -> None:
    data = base(
        "CREATE TABLE t (a TEXT, b BLOB)",
        (
            "INSERT INTO t VALUES (CAST(? AS TEXT), ?)",
            ("氏名一覧です".encode("cp932"), "番号の控え".encode()),
        ),
        (
            "INSERT INTO t VALUES ('', ?)",
            (b"\0\1" + "個人番号の控えです".encode("utf-16-le") + b"\0\0\1",),
        ),
    )
    words = read(data).words
    for text in ("氏名一覧です", "番号の控え", "個人番号の控えです"):
        assert text in words


def test_files_in_cells_are_members(read, zipped) -> None:
    package = zipped({"a.txt": "words" * 10})
    data = base("CREATE TABLE f (name, body)", ("INSERT INTO f VALUES ('x', ?)", (package,)))
    reading = read(data)
    assert [(m.path, m.data) for m in reading.members] == [(("table f › row 1",), package)]
    bounded = read(data, limits=Limits(expanded_bytes=10))
    assert (bounded.members, bounded.reasons) == ([], ["too_large"])


def test_views_and_virtual_tables(read) -> None:
    data = base(
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES ('x')",
        "CREATE VIEW v AS SELECT a FROM t",
        "CREATE VIRTUAL TABLE f USING fts5(body)",
        "INSERT INTO f VALUES ('words in full text')",
    )
    reading = read(data)
    places = [table.place for table in reading.tables]
    assert "table t" in places
    assert "table v" not in places
    assert "words in full text" in reading.words
    assert "CREATE VIEW v" in reading.texts["schema"]
    assert reading.gaps == []


def test_deleted_rows_and_dropped_tables(read) -> None:
    rows = [(INSERT, (f"佐藤{i}", "x" * 40, f"deleted words {i} end")) for i in range(200)]
    data = base("PRAGMA secure_delete = off", STAFF, *rows, 'DELETE FROM "社員 ""表"')
    assert "deleted words 77 end" in read(data).texts["deleted rows"]
    some = base(
        "PRAGMA secure_delete = off",
        STAFF,
        *rows[:9],
        'DELETE FROM "社員 ""表" WHERE 氏名 = \'佐藤3\'',
    )
    reading = read(some)
    assert "deleted words 3" in reading.texts["deleted rows"]
    assert "deleted words 4" not in reading.texts["deleted rows"]
    assert "deleted rows" not in read(base(STAFF, *rows)).texts


def test_a_database_that_writes_ahead(read) -> None:
    data = bytearray(base(STAFF, (INSERT, ("山田", "x", "y"))))
    data[18:20] = b"\x02\x02"
    reading = read(bytes(data))
    assert [row[0] for row in reading.tables[0].rows] == ["山田"]
    assert reading.gaps == []


def test_long_tables_come_in_blocks(read) -> None:
    counted = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 45000)"
    fill = f"INSERT INTO t {counted} SELECT n FROM c"
    reading = read(base("CREATE TABLE t (a)", fill))
    assert [table.first_row for table in reading.tables] == [1, 20_001, 40_001]
    assert all(table.columns == ("a",) for table in reading.tables)


def test_what_the_schema_would_have_done_is_not_done(read) -> None:
    data = base("CREATE TABLE t (a, b AS (zeroblob(900000000)))", "INSERT INTO t (a) VALUES ('x')")
    reading = read(data)
    assert reading.tables or reading.gaps


def test_a_broken_page_costs_its_table_from_there_on() -> None:
    rows = [(INSERT, (f"佐藤{i}", "x" * 200, "y")) for i in range(500)]
    data = bytearray(base(STAFF, *rows))
    data[-4096 * 3 : -4096 * 2] = b"\x07" * 4096
    result = scan(Content("a.db", bytes(data)), Limits(), key=b"k" * 32)
    assert result.state is State.PARTIAL
    assert "malformed" in {gap.reason.value for gap in result.gaps}


def test_only_a_header() -> None:
    result = scan(Content("a.db", b"SQLite format 3\0" + b"\1" * 90), Limits(), key=b"k" * 32)
    assert {gap.reason.value for gap in result.gaps} == {"malformed"}


@pytest.mark.parametrize("seed", range(4))
def test_damage_is_survived(read, seed: int) -> None:
    rng = random.Random(seed)
    rows = [(INSERT, (f"佐藤{i}", "x" * 50, bytes(20))) for i in range(300)]
    data = base(
        STAFF,
        *rows,
        'CREATE INDEX i ON "社員 ""表" (氏名)',
        'DELETE FROM "社員 ""表" WHERE rowid < 90',
    )
    start = time.process_time()
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 30)):
            damaged[rng.randrange(len(data))] = rng.randrange(256)
        reading = read(
            bytes(damaged[: rng.choice((len(data), rng.randrange(100, len(data))))]), "a.db"
        )
        assert all(gap.detail not in ("IndexError", "error", "TypeError") for gap in reading.gaps)
    assert time.process_time() - start < 15
