"""Parquet, ORC and Avro: where their libraries are installed, and where they are not."""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
import time

import pytest

from auditor.model import Limits

ROWS = [
    {
        "氏名": f"山田{n}",
        "個人番号": 123_456_789_000 + n,
        "額": 2.0,
        "複": [{"値": "中", "数": n}],
        "空": None,
    }
    for n in range(3)
]
COLUMNS = ("氏名", "個人番号", "額", "複", "空")


def parquet(rows: list[dict], **more: object) -> bytes:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, **more)
    return out.getvalue()


def orc(rows: list[dict], **more: object) -> bytes:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import orc as writer

    out = io.BytesIO()
    plain = [{key: value for key, value in row.items() if key != "空"} for row in rows]
    writer.write_table(pa.Table.from_pylist(plain), out, **more)
    return out.getvalue()


def avro(rows: list[dict], codec: str = "deflate") -> bytes:
    fastavro = pytest.importorskip("fastavro")
    kinds = {"氏名": "string", "個人番号": "long", "額": "double", "空": ["null", "string"]}
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    inner = {
        "type": "record",
        "name": "r",
        "fields": [{"name": "値", "type": "string"}, {"name": "数", "type": "long"}],
    }
    fields.insert(3, {"name": "複", "type": {"type": "array", "items": inner}})
    out = io.BytesIO()
    schema = {"type": "record", "name": "t", "fields": fields}
    fastavro.writer(out, schema, rows, codec=codec, sync_marker=b"x" * 16)
    return out.getvalue()


MAKERS = {"parquet": parquet, "orc": orc, "avro": avro}


@pytest.mark.parametrize("kind", MAKERS)
def test_rows_under_their_columns(read, kind: str) -> None:
    reading = read(MAKERS[kind](ROWS), "a.docx")
    assert (reading.format, reading.gaps) == (kind, [])
    (table,) = reading.tables
    assert table.columns == COLUMNS[: len(table.columns)]
    assert [row[0] for row in table.rows] == ["山田0", "山田1", "山田2"]
    assert {len(row[1]) for row in table.rows} == {12}
    assert [row[2] for row in table.rows] == ["2"] * 3
    assert all("中" in row[3] for row in table.rows)


@pytest.mark.parametrize("kind", MAKERS)
def test_long_files_come_in_blocks(read, kind: str) -> None:
    rows = [ROWS[0]] * 45_000
    reading = read(MAKERS[kind](rows))
    assert [table.first_row for table in reading.tables] == [1, 20_001, 40_001]
    assert sum(len(table.rows) for table in reading.tables) == 45_000


@pytest.mark.parametrize("codec", ["snappy", "gzip", "brotli", "zstd", "lz4", "none"])
def test_parquet_however_it_is_packed(read, codec: str) -> None:
    reading = read(parquet(ROWS, compression=codec))
    assert "山田2" in reading.words
    assert reading.gaps == []


@pytest.mark.parametrize("codec", ["null", "deflate", "bzip2", "xz"])
def test_avro_however_it_is_packed(read, codec: str) -> None:
    assert "山田2" in read(avro(ROWS, codec)).words


def test_bytes_dates_and_files_in_cells(read, zipped) -> None:
    package = zipped({"a.txt": "words" * 10})
    rows = [{"a": "本文です".encode("cp932"), "b": package, "c": dt.date(2026, 1, 1)}]
    reading = read(parquet(rows))
    assert reading.tables[0].rows == [["本文です", "", "2026-01-01"]]
    assert [(m.path, m.data) for m in reading.members] == [(("row 1",), package)]


def test_keys_beside_the_rows(read) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as pq

    out = io.BytesIO()
    table = pa.Table.from_pylist(ROWS).replace_schema_metadata({"note": "備考の言葉"})
    pq.write_table(table, out)
    assert "備考の言葉" in read(out.getvalue()).texts["metadata"]


def test_sealed_parquet(read) -> None:
    assert read(b"PARE" + bytes(60)).reasons == ["encrypted"]


@pytest.mark.parametrize("kind", MAKERS)
def test_without_the_library_a_gap_says_what_to_install(
    read, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = MAKERS[kind](ROWS)
    for name in ("pyarrow", "pyarrow.parquet", "pyarrow.orc", "fastavro"):
        monkeypatch.setitem(sys.modules, name, None)
    reading = read(data)
    assert reading.reasons == ["unsupported_format"]
    assert "extra" in reading.gaps[0].detail


@pytest.mark.parametrize("kind", ["null", {"type": "fixed", "name": "f", "size": 0}])
def test_avro_records_that_take_no_bytes_are_not_counted(read, kind: object) -> None:
    fastavro = pytest.importorskip("fastavro")
    for fields in ([], [{"name": "a", "type": kind}]):
        out = io.BytesIO()
        fastavro.writer(out, {"type": "record", "name": "t", "fields": fields}, [])
        promised = out.getvalue() + b"\xfe" + b"\xff" * 8 + b"\x7f" + b"\0" + out.getvalue()[-16:]
        assert read(promised).reasons == ["malformed"]


def test_the_beginning_of_an_avro_file(read) -> None:
    data = avro([dict(ROWS[0], 氏名=f"山田{n}") for n in range(20_000)])
    cut = data[: len(data) // 2]
    assert len(read(cut, truncated=True, total=len(data)).tables) == 1
    assert read(cut, truncated=True, total=len(data)).gaps == []
    assert read(cut).reasons == ["malformed"]


@pytest.mark.parametrize("kind", MAKERS)
def test_damage_is_survived(read, kind: str) -> None:
    rng = random.Random(kind)
    data = MAKERS[kind](ROWS * 20)
    start = time.process_time()
    limits = Limits(expanded_bytes=64 << 20)
    for _ in range(100):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 4)):
            damaged[rng.randrange(4, len(data))] ^= 1 << rng.randrange(8)
        if rng.random() < 0.3:
            del damaged[rng.randrange(8, len(data)) :]
        reading = read(bytes(damaged), f"a.{kind}", limits=limits)
        assert set(reading.reasons) <= {"malformed", "unsupported_format"}
    assert time.process_time() - start < 20
