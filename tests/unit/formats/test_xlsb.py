"""Binary workbooks since 2007, written by hand from the specification: LibreOffice writes none."""

from __future__ import annotations

import struct
import time

import pytest

from auditor.model import Visibility
from fixtures import damage

TYPES = "<Types/>"
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/>'
    '<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.bin"/>'
    '<Relationship Id="rId3" Type="x/styles" Target="styles.bin"/></Relationships>'
)


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = bytearray()
    while True:
        length.append(size & 0x7F | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return head + bytes(length) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column, style) + value)


def row(number: int) -> bytes:
    return record(0, struct.pack("<I", number) + bytes(13))


@pytest.fixture(scope="module")
def made(zipped):
    """A workbook of one sheet called ``給与`` from its records."""

    def do(
        cells: bytes, strings: bytes = b"", styles: bytes = b"", state: int = 0, **more: bytes
    ) -> bytes:
        sheet = record(156, struct.pack("<II", state, 1) + wide("rId1") + wide("給与"))
        parts = {
            "[Content_Types].xml": TYPES,
            "xl/workbook.bin": record(131) + sheet + more.pop("book", b""),
            "xl/_rels/workbook.bin.rels": RELATIONS,
            "xl/worksheets/sheet1.bin": record(129) + record(145) + cells + record(146),
            "xl/sharedStrings.bin": record(159, bytes(8)) + strings,
            "xl/styles.bin": record(278) + styles,
        }
        return zipped(
            parts | {name.replace("__", "/") + ".bin": body for name, body in more.items()}
        )

    return do


def test_cells_of_every_kind(read, made) -> None:
    styles = record(44, struct.pack("<H", 200) + wide("000000")) + record(47, bytes(16))
    styles += record(617, bytes(4)) + record(47, bytes(16))
    styles += record(47, struct.pack("<HH", 0, 200) + bytes(12)) + record(618)
    strings = record(19, b"\0" + wide("氏名")) + record(19, b"\1" + wide("個人番号") + bytes(8))
    cells = row(0) + cell(7, 0, struct.pack("<I", 0)) + cell(7, 1, struct.pack("<I", 1))
    cells += row(2) + cell(6, 0, wide("甲")) + cell(5, 1, struct.pack("<d", 42.0), 1)
    cells += cell(2, 2, struct.pack("<I", 7 << 2 | 2)) + cell(4, 3, b"\1")
    cells += cell(8, 4, wide("結果") + bytes(6)) + cell(9, 5, struct.pack("<d", 1.5) + bytes(6))
    cells += cell(62, 6, b"\0" + wide("飾り")) + cell(3, 7, b"\x2a")
    reading = read(made(cells, strings, styles), "a.zip")
    assert reading.format == "xlsb"
    assert reading.table("sheet 給与") == [
        ["氏名", "個人番号"],
        [],
        ["甲", "000042", "7", "1", "結果", "1.5", "飾り"],
    ]
    assert reading.reasons == []


def test_what_stands_beside_the_cells(read, made) -> None:
    headers = record(479, b"\0\0" + wide('&C&"MS,太字"&12見出し') + b"\xff" * 20)
    name = record(39, struct.pack("<IBI", 0, 0, 0) + wide("登録") + bytes(8))
    token = b"\x17\x0a\0" + "1234567890".encode("utf-16-le")
    formula = cell(8, 0, wide("x") + struct.pack("<HI", 0, len(token)) + token)
    cache = record(24, wide("控えの値")) + record(21, struct.pack("<d", 234567890123.0))
    reading = read(
        made(
            row(0) + formula + headers,
            record(19, b"\0" + wide("残り")),
            book=name,
            xl__comments1=record(637, b"\0" + wide("付箋")),
            xl__pivotCache__records1=cache,
        )
    )
    assert reading.texts["sheet 給与 › header"].strip() == "見出し"
    assert reading.texts["workbook › names"] == "登録"
    assert "1234567890" in reading.texts["sheet 給与 › formula"]
    assert reading.texts["comment"] == "付箋"
    assert reading.texts["pivot cache"].split("\n") == ["控えの値", "234567890123"]
    assert reading.texts["texts without a cell"] == "残り"
    assert reading.reasons == []


def test_embedded_objects_are_members(read, made) -> None:
    data = made(b"", xl__embeddings__oleObject1=bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert [member.name for member in read(data).members] == ["oleObject1.bin"]


@pytest.mark.parametrize("state", [1, 2])
def test_hidden_sheets_say_so(read, made, state: int) -> None:
    (table,) = read(made(row(0) + cell(6, 0, wide("裏")), state=state)).tables
    assert (table.place, table.visibility) == ("hidden sheet 給与", Visibility.HIDDEN)


def test_sheets_that_nobody_lists_are_read(read, made) -> None:
    other = record(145) + row(0) + cell(6, 0, wide("別")) + record(146)
    assert "別" in read(made(b"", xl__worksheets__sheet9=other)).words


def test_what_is_cut_off_is_said(read, made) -> None:
    whole = row(0) + cell(6, 0, wide("前")) + bytes([7, 100, 0])
    reading = read(made(whole))
    assert "前" in reading.words
    assert "malformed" in reading.reasons
    lost = read(made(row(0) + cell(7, 0, struct.pack("<I", 99))))
    assert lost.reasons == ["malformed"]


def test_records_over_many_pieces_and_lies_about_size(read, made) -> None:
    long = "長" * 900_000
    start = time.process_time()
    reading = read(made(row(0) + cell(6, 0, wide(long)) + cell(6, 1, wide("後"))))
    assert reading.table("sheet 給与")[0][1] == "後"
    assert len(reading.table("sheet 給与")[0][0]) == 900_000
    lie = read(made(row(0) + cell(6, 0, struct.pack("<I", 0xFFFFFFF0) + b"ab")))
    assert lie.reasons == ["malformed"]
    assert time.process_time() - start < 5


def test_damage_is_survived(made) -> None:
    cells = b"".join(row(n) + cell(6, 0, wide(f"行{n}")) for n in range(200))
    strings = record(19, b"\0" + wide("氏名")) * 50
    start = time.process_time()
    for copy in damage.damaged(made(cells, strings), "xlsb", 90):
        fine = damage.survives("xlsb", copy)
        assert fine
    for copy in damage.damaged(cells, "xlsb records", 60):
        fine = damage.survives("xlsb", made(copy, strings))
        assert fine
    assert time.process_time() - start < 60


def test_hidden_rows_and_columns_are_told_by_their_places(read, made) -> None:
    columns = record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1))
    columns += record(60, struct.pack("<IIIIH", 2, 16_383, 0, 0, 0))
    hidden = record(0, struct.pack("<IIHBB", 3, 0, 0, 0, 0x10) + bytes(5))
    cells = row(2) + cell(6, 0, wide("甲")) + hidden + cell(6, 0, wide("乙"))
    (table,) = read(made(columns + cells), "a.xlsb").tables
    assert (table.first_row, table.hidden_rows, table.hidden_columns) == (3, {1}, {1})
