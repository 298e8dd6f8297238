from __future__ import annotations

import json

import pytest


def test_objects_alike_are_a_table(read) -> None:
    rows = [{"氏名": f"n{i}", "番号": i, "x": {"y": "deep"}} for i in range(5)]
    reading = read(json.dumps({"社員": rows, "n": 1.50}, ensure_ascii=True).encode())
    table = reading.tables[0]
    assert (table.place, table.columns) == ("社員", ("氏名", "番号"))
    assert [list(row) for row in table.rows][:2] == [["n0", "0"], ["n1", "1"]]
    assert "y: deep" in reading.texts[""]
    assert "n: 1.5" in reading.texts[""]


def test_numbers_stay_as_they_are_written(read) -> None:
    assert (
        "a: 1.500\nb: 12345678901234567890" in read(b'{"a":1.500,"b":12345678901234567890}').words
    )


def test_json_lines_know_their_lines(read) -> None:
    data = '{"a":1,"b":"\\u500b"}\n\n{"a":2,"d":{"e":"in"}}\noops \\u4eba\n{"a":3}\n'
    reading = read(data.encode(), "x.jsonl")
    assert reading.tables[0].columns == ("a", "b")
    assert list(reading.tables[0].lines) == [1, 3, 5]
    assert "in" in reading.words
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
