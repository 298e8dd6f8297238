from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from auditor.formats import _long


def test_objects_alike_are_a_table(read) -> None:
    rows = [{"氏名": f"n{i}", "番号": i, "x": {"y": "deep"}} for i in range(5)]
    reading = read(json.dumps({"社員": rows, "n": 1.50}, ensure_ascii=True).encode())
    table = reading.tables[0]
    assert (table.place, table.columns) == ("社員", ("氏名", "番号", "x › y"))
    assert [list(row) for row in table.rows][:2] == [["n0", "0", "deep"], ["n1", "1", "deep"]]
    assert "n: 1.5" in reading.texts[""]


def test_numbers_stay_as_they_are_written(read) -> None:
    assert (
        "a: 1.500\nb: 12345678901234567890" in read(b'{"a":1.500,"b":12345678901234567890}').words
    )


def test_json_lines_know_their_lines(read) -> None:
    data = '{"a":1,"b":"\\u500b"}\n\n{"a":2,"d":{"e":"in"}}\noops \\u4eba\n{"a":3}\n'
    reading = read(data.encode(), "x.jsonl")
    assert reading.tables[0].columns == ("a", "b", "d › e")
    assert list(reading.tables[0].lines) == [1, 3, 5]
    assert list(reading.tables[0].rows[1]) == ["2", "", "in"]
    assert reading.texts[""].split("\n")[3] == "oops 人"
    assert reading.reasons == ["malformed"]


def test_a_key_said_twice_loses_nothing(read) -> None:
    reading = read(b'{"a":"one","a":"two","l":[{"k":"x","k":"y"},{"k":"z"},{"k":"w"}]}')
    for word in ("one", "two", "x", "y", "z", "w"):
        assert word in reading.words


def test_leading_zeros_are_read_as_text(read) -> None:
    reading = read(b'{"number":\n0123,\n"name":"\\u500b\\u4eba"}')
    assert reading.reasons == ["malformed"]
    assert "0123" in reading.words
    assert "個人" in reading.words


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b'{"a":' * 200_000, b"[1,\n" * 20_000, b"{}", b"[]"]
)
def test_hostile_documents_end(read, data: bytes) -> None:
    read(data, "a.json")


def test_a_list_of_lists_is_a_grid(read) -> None:
    assert read(b'[["h","i"],[1,null],[2,3]]').table("") == [["h", "i"], ["1", ""], ["2", "3"]]


def test_text_that_only_looks_like_it(read) -> None:
    assert read(b"[memo] nothing here\nto parse").format == "text"


NAMES, ROWS = ["氏名", "個人番号"], [["n0", "v0"], ["n1", "v1"]]
DESCRIBED = [{"id": "a", "label": "氏名"}, {"id": "b", "label": "個人番号", "type": "string"}]


@pytest.mark.parametrize(
    "document",
    [
        {"columns": NAMES, "rows": ROWS},
        {"rows": ROWS, "columns": NAMES},
        {"header": NAMES, "data": ROWS},
        {"fields": DESCRIBED, "values": ROWS},
        {"columns": NAMES, "index": ["r0", "r1"], "data": ROWS},
        {"schema": {"fields": DESCRIBED}, "answer": {"data": ROWS}},
        {"cols": DESCRIBED, "rows": [{"c": [{"v": cell} for cell in row]} for row in ROWS]},
        {"headers": NAMES, "records": [{"cells": row} for row in ROWS]},
        {"columns": NAMES, "rows": [[{"type": None, "value": {"v": c}} for c in r] for r in ROWS]},
        {
            name: {str(nth): row[at] for nth, row in enumerate(ROWS)}
            for at, name in enumerate(NAMES)
        },
    ],
)
@pytest.mark.parametrize("outer", [False, True])
def test_rows_stand_under_the_names_beside_them(read, document: object, outer: bool) -> None:
    document = {"tables": [{"name": "t", "more": [1, 2]}, document]} if outer else document
    reading = read(json.dumps(document, ensure_ascii=False).encode())
    (table,) = [one for one in reading.tables if one.rows]
    assert list(table.columns) == NAMES
    assert [list(row) for row in table.rows] == ROWS
    assert table.head == ()


def test_of_lists_of_names_the_nearest_of_the_width_heads_the_rows(read) -> None:
    inner = {"a": ["x", "y", "z"], "data": [["1", "2"]], "names": ["p", "q"], "index": ["1", "2"]}
    reading = read(json.dumps({"names": ["o", "o2"], "inner": inner}).encode())
    assert [table.columns for table in reading.tables] == [("p", "q")]
    assert read(b'{"columns":["a","a"],"rows":[[1,2]]}').tables[0].columns == ()
    assert read(b'{"columns":["a","1"],"rows":[[1,2]]}').tables[0].columns == ()
    far = json.dumps({"names": ["o", "o2"], "1": {"2": {"3": {"4": {"5": [["1", "2"]]}}}}}).encode()
    assert read(far).tables[0].columns == ()


def test_what_stands_beside_cells_is_kept(read) -> None:
    rows = [{"id": 7, "cells": [{"at": 1, "v": "v0"}, ["w0"]]}, {"cells": [{"v": {"s": ["w1"]}}]}]
    reading = read(json.dumps({"columns": NAMES, "rows": rows}).encode())
    assert reading.table("rows") == [["1\nv0", "", "7"], [""]]
    assert set(reading.texts[""].split("\n")) >= {"w0", "s: w1"}
    reading = read(b'{"columns":["a"],"rows":[{"cells":[1]},{"other":{"z":2}}]}')
    assert (reading.tables, "z: 2" in reading.words) == ([], True)


def test_objects_in_rows_are_columns_of_their_own(read) -> None:
    record = {"record": {"個人番号": {"type": "T", "value": "v"}, "more": [{"k": "in"}]}}
    deep: object = "bottom"
    for nth in range(12):
        deep = {f"d{nth}": deep}
    reading = read(json.dumps([record, {**record, "deep": deep}, record]).encode())
    (table,) = reading.tables
    assert table.columns == ("record › 個人番号 › type", "record › 個人番号 › value")
    assert [list(row) for row in table.rows] == [["T", "v"]] * 3
    assert reading.texts[""].count("k: in") == 3
    assert "d0: bottom" in reading.texts[""]


def test_objects_of_nothing_but_lists_make_no_table(read) -> None:
    reading = read(b'[{"a":["x"]},{"a":["y"]},{"a":["z"]}]')
    assert (reading.tables, reading.texts[""]) == ([], "a: x\na: y\na: z")


@pytest.mark.parametrize(
    "columns", [{"a": {"0": 1}, "b": {"1": 1}}, {"a": {"0": 1}, "b": {"0": {"c": 1}}}, {"a": {}}]
)
def test_objects_that_only_look_like_columns(read, columns: object) -> None:
    assert read(json.dumps(columns).encode()).tables == []


def test_values_by_codes_are_a_column_under_their_name(read) -> None:
    reading = read(
        '{"個人番号":{"E00001":"v0","E00002":"v1"},"x":{"E001":"v2","name":"v3"}}'.encode()
    )
    (table,) = reading.tables
    assert (table.columns, table.rows) == (("", "個人番号"), [["E00001", "v0"], ["E00002", "v1"]])
    assert "E001: v2" in reading.words
    assert read(b'{"E001":"v0","E002":"v1"}').tables == []


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        (["1234", "5678", "9012"], "a: 1234 5678 9012"),
        (["1", "2"], "a: 1 2"),
        (["12", "3"], "a: 3"),
    ],
)
def test_digits_of_one_number_stand_in_one_line(read, pieces: list[str], line: str) -> None:
    assert line in read(json.dumps({"a": pieces}).encode()).texts[""].split("\n")


@dataclass
class Held:
    """A file of which only pieces are asked for."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


@pytest.mark.parametrize("kind", ["lists", "objects"])
def test_long_lines_are_read_as_short_ones(read, monkeypatch, kind: str) -> None:
    monkeypatch.setattr(_long.pieces, "__defaults__", (400,))
    if kind == "lists":
        lines = [NAMES, *([f"n{nth}", [f"v{nth}"]] for nth in range(200))]
    else:
        lines = [{"f": {"氏名": f"n{nth}", "個人番号": f"v{nth}"}} for nth in range(200)]
    data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    whole = read(data, "a.jsonl")
    pieces = read(data[:200], "a.jsonl", truncated=True, total=len(data), source=Held(data))
    assert len(pieces.tables) > 2
    assert whole.gaps == pieces.gaps == []
    (table,) = whole.tables
    assert [row for one in pieces.tables for row in one.rows] == table.rows
    assert [line for one in pieces.tables for line in one.lines] == [*table.lines]
    if kind == "lists":
        assert all(one.head[0] == NAMES for one in pieces.tables[1:])
        assert sum(one.texts.get("", "").count("v199") for one in (whole, pieces)) == 2
    else:
        assert {one.columns for one in pieces.tables} == {("f › 氏名", "f › 個人番号")}
