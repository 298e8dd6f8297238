from __future__ import annotations

import pytest

from auditor.formats import _rows


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters(read, delimiter: str) -> None:
    text = f"氏名{delimiter}番号\n山田{delimiter}1\n佐藤{delimiter}2\n"
    reading = read(text.encode("cp932"), "a.csv")
    assert [list(row) for row in reading.tables[0].rows] == [
        ["氏名", "番号"],
        ["山田", "1"],
        ["佐藤", "2"],
    ]
    assert list(reading.tables[0].lines) == [1, 2, 3]


def test_a_table_is_one_whatever_its_name(read) -> None:
    assert read(b"a\tb\nc\td\ne\tf\n", "list.txt").format == "csv"
    assert read(b"One line, with a comma.\nAnd none.\nYes.\n", "list.txt").format == "text"


def test_quotes_and_lines_inside_them(read) -> None:
    reading = read(b'a,b\n"x\ny, ""z""",2\n\n3,4\n', "a.csv")
    table = reading.tables[0]
    assert [list(row) for row in table.rows] == [["a", "b"], ['x\ny, "z"', "2"], ["3", "4"]]
    assert list(table.lines) == [1, 2, 5]


@pytest.mark.parametrize("stray", ['"', '"open,', 'x,"y'])
def test_a_stray_quote_costs_no_row(read, stray: str) -> None:
    body = "".join(f"name{i},{i}\n" for i in range(1000))
    reading = read(f"{stray}\n{body}".encode(), "a.csv")
    cells = {cell for table in reading.tables for row in table.rows for cell in row}
    assert {f"name{i}" for i in range(1000)} <= cells


def test_excels_own_hint(read) -> None:
    assert [list(r) for r in read(b"sep=;\na,b;c\nd;e\n", "a.csv").tables[0].rows][1] == [
        "a,b",
        "c",
    ]


def test_blocks_are_bounded_and_know_where_they_stand(read) -> None:
    data = "".join(f"n{i},{i}\n" for i in range(_rows.ROWS * 2 + 5)).encode()
    tables = read(data, "a.csv").tables
    assert [len(table.rows) for table in tables] == [_rows.ROWS, _rows.ROWS, 5]
    assert [table.lines[0] for table in tables] == [1, _rows.ROWS + 1, 2 * _rows.ROWS + 1]
    assert tables[0].head == ()
    assert list(tables[2].head[0]) == ["n0", "0"]


def test_a_header_just_before_a_block_heads_it_too(read) -> None:
    rows = [f"n{i},{i}" for i in range(_rows.ROWS - 2)]
    rows = ["a,b", *rows, "氏名,番号", "x,1", "y,2"]
    first, second = read("\r\n".join(rows).encode("cp932"), "a.csv").tables
    assert len(first.rows) == _rows.ROWS
    assert [list(row) for row in second.rows] == [["x", "1"], ["y", "2"]]
    assert list(second.head[0]) == ["a", "b"]
    assert list(second.head[-1]) == ["氏名", "番号"]


def test_nul_and_lone_returns(read) -> None:
    reading = read(b"a,b\rc,d\re,\0f\r", "a.csv")
    assert "c" in reading.words
