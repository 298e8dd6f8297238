"""Workbooks before 2007, made by LibreOffice once, or record by record where it writes none."""

from __future__ import annotations

import hashlib
import shutil
import struct
import time

import pytest

from auditor.formats import _cfbpack
from fixtures import damage, legacy_office

NUMBERS = legacy_office.numbers("xls")


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def text8(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def cell(row: int, column: int, style: int = 0) -> bytes:
    return struct.pack("<HHH", row, column, style)


def workbook(globally: bytes, sheet: bytes, version: int = 0x600, name: str = "Workbook") -> bytes:
    """A compound file with a workbook of one sheet called ``s``."""
    begin = record(0x809, struct.pack("<HHII", version, 5, 0, 0)) + globally
    said = b"s" if version < 0x600 else b"\0s"
    size = len(begin) + 4 + 6 + 1 + len(said) + 4
    begin += record(0x85, struct.pack("<IHB", size, 0, 1) + said) + record(0x0A)
    stream = begin + record(0x809, struct.pack("<HHII", version, 0x10, 0, 0)) + sheet
    stream += record(0x0A)
    return _cfbpack.pack(_cfbpack.Node("Root Entry", children=[_cfbpack.Node(name, stream)]))


@pytest.fixture(scope="module")
def payroll(read):
    return read(legacy_office.stored("xls"), "a.bin")


@pytest.mark.parametrize("place", sorted(NUMBERS))
def test_every_place_is_read(payroll, place: str) -> None:
    assert payroll.format == "xls"
    words = payroll.words + "".join(table.place for table in payroll.tables)
    times = words.count(NUMBERS[place])
    assert times in (1, 2)


def test_cells_stand_where_they_stand(payroll) -> None:
    table = payroll.table("sheet 給与")
    assert table[1] == ["氏名", "個人番号", "額"]
    shown = [
        table[row][1] == NUMBERS[key] for row, key in enumerate(("text", "numeric", "padded"), 2)
    ]
    assert shown == [True] * 3
    assert table[2][2] == "1.5"
    assert table[3][2] == "-3"
    assert payroll.reasons == []


def test_far_cells_know_their_column(payroll) -> None:
    far = [table for table in payroll.tables if table.first_column == 200]
    assert [(table.first_row, len(table.rows)) for table in far] == [(7, 1)]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_what_libreoffice_writes_today_reads_alike(read, payroll) -> None:
    again = read(legacy_office.convert("xls"), "a.bin")
    alike = again.words == payroll.words
    assert alike


def test_texts_run_over_records_in_both_widths(read) -> None:
    first = struct.pack("<II", 2, 2) + struct.pack("<HB", 6, 0) + b"abc"
    rest = b"\x01" + "あいう".encode("utf-16-le") + struct.pack("<HBH", 2, 8, 1) + b"xy" + bytes(4)
    table = record(0xFC, first) + record(0x3C, rest)
    sheet = record(0xFD, cell(0, 0) + struct.pack("<I", 0))
    sheet += record(0xFD, cell(0, 1) + struct.pack("<I", 1))
    assert read(workbook(table, sheet)).table("sheet s") == [["abcあいう", "xy"]]


def test_numbers_in_every_spelling(read) -> None:
    formats = record(0x41E, struct.pack("<H", 200) + text8("000000")) + record(0xE0, bytes(20))
    formats += record(0xE0, struct.pack("<HH", 0, 200) + bytes(16))
    sheet = record(0x203, cell(0, 0) + struct.pack("<d", 1234567890.0))
    sheet += record(0x27E, cell(0, 1) + struct.pack("<I", 7 << 2 | 2))
    sheet += record(0x27E, cell(0, 2) + struct.pack("<I", (-3 << 2 | 2) & 0xFFFFFFFF))
    sheet += record(0x27E, cell(0, 3) + struct.pack("<I", 150 << 2 | 3))
    pairs = struct.pack("<HIHI", 1, 42 << 2 | 2, 0, 43 << 2 | 2)
    sheet += record(0xBD, struct.pack("<HH", 1, 0) + pairs + struct.pack("<H", 1))
    sheet += record(0x06, cell(2, 0, 1) + struct.pack("<d", 99.0) + bytes(8))
    sheet += record(0x06, cell(2, 1) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))
    sheet += record(0x207, text8("結果"))
    sheet += record(0x205, cell(2, 2) + b"\1\0")
    assert read(workbook(formats, sheet)).table("sheet s") == [
        ["1234567890", "7", "-3", "1.5"],
        ["000042", "43"],
        ["000099", "結果", "1"],
    ]


def test_notes_boxes_and_formulas(read) -> None:
    note = record(0x5D, struct.pack("<HHHH", 0x15, 18, 0x19, 1) + bytes(14))
    box = record(0x1B6, bytes(10) + struct.pack("<HHI", 4, 16, 0))
    box += record(0x3C, b"\x01" + "付箋".encode("utf-16-le")) + record(0x3C, b"\0ok")
    token = b"\x1f" + struct.pack("<d", 234567890123.0) + b"\x17\x0a\x001234567890"
    formula = record(0x06, cell(0, 0) + struct.pack("<d", 1.0) + bytes(8) + token)
    reading = read(workbook(b"", note + box + formula))
    assert reading.texts["sheet s › comment"] == "付箋ok"
    assert "234567890123" in reading.texts["sheet s › formula"]
    assert "1234567890" in reading.texts["sheet s › formula"]


def test_excel_95_keeps_its_code_page(read) -> None:
    page = record(0x42, struct.pack("<H", 932))
    words = "氏名と番号".encode("cp932")
    label = record(0x204, cell(0, 0) + struct.pack("<H", len(words)) + words)
    note = record(0x1C, struct.pack("<HHH", 0, 0, 4) + "付箋".encode("cp932"))
    header = record(0x14, bytes([4]) + "見出".encode("cp932"))
    reading = read(workbook(page, label + note + header, 0x500, "Book"))
    assert reading.table("sheet s") == [["氏名と番号"]]
    assert reading.texts["sheet s › comment"] == "付箋"
    assert reading.texts["sheet s › header"] == "見出"


def test_excel_2_and_4_lie_in_no_container(read) -> None:
    oldest = record(0x09, b"\x02\0\x10\0") + record(0x1E, b"\7General") + record(0x1E, b"\x040000")
    oldest += record(0x43, b"\0\0\1\0") + record(0x04, struct.pack("<HH3xB", 0, 0, 2) + b"ab")
    oldest += record(0x02, struct.pack("<HH3xH", 0, 1, 7)) + record(0x0A)
    later = record(0x409, b"\0\0\x10\0\0\0") + record(0x41E, b"\0\0\7General")
    later += record(0x443, bytes(12)) + record(0x203, cell(3, 0) + struct.pack("<d", 5.0))
    later += record(0x0A)
    assert read(oldest).table("sheet 1") == [["ab", "0007"]]
    assert read(later).table("sheet 1") == [["5"]]
    assert read(later).tables[0].first_row == 4


def test_a_locked_workbook_says_so(read) -> None:
    reading = read(workbook(record(0x2F, bytes(54)), record(0x203, bytes(14))))
    assert reading.reasons == ["password_protected"]
    assert reading.tables == []


def arc4(key: bytes, data: bytes) -> bytes:
    """RC4 from its description, as an oracle for what opens a locked workbook."""
    box, j = [*range(256)], 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def locked(password: str) -> bytes:
    """A workbook of one cell under a password, as Excel 97 locks it."""
    salt, check = bytes(range(16)), bytes(range(16, 32))
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    base = hashlib.md5((short + salt) * 16).digest()[:5]
    keys = [hashlib.md5(base + struct.pack("<I", n)).digest() for n in range(9)]
    sealed = arc4(keys[0], check + hashlib.md5(check).digest())
    lock = record(0x2F, struct.pack("<HHH", 1, 1, 1) + salt + sealed)
    label = record(0x204, cell(0, 0) + text8("内容" * 900))
    start = record(0x809, struct.pack("<HHII", 0x600, 5, 0, 0))
    sheet = record(0x809, struct.pack("<HHII", 0x600, 0x10, 0, 0)) + label + record(0x0A)
    stream = start + lock + record(0x0A) + sheet
    mask = b"".join(
        arc4(keys[at // 1024], stream[at : at + 1024]) for at in range(0, len(stream), 1024)
    )
    body = stream.index(label) + 4
    stream = stream[:body] + mask[body : body + len(label) - 4] + stream[body + len(label) - 4 :]
    return _cfbpack.pack(_cfbpack.Node("Root Entry", children=[_cfbpack.Node("Workbook", stream)]))


def test_excels_own_password_opens_and_no_other_does(read) -> None:
    opened = read(locked("VelvetSweatshop"))
    assert opened.table("sheet 1") == [["内容" * 900]]
    assert opened.reasons == []
    shut = read(locked("another"))
    assert (shut.reasons, shut.tables) == (["password_protected"], [])


def test_the_oldest_lock(read) -> None:
    # Key and verifier that Excel 95 writes for its own password; the text is turned and mixed.
    lock = struct.pack("<HH", 0xB359, 0x9A0A)
    label = cell(0, 0) + struct.pack("<H", 4) + b"text"
    data = record(0x809, struct.pack("<HHI", 0x500, 0x10, 0)) + record(0x2F, lock)
    at, password = len(data) + 4, b"VelvetSweatshop\xbb"
    ends = (lock[0], lock[1])
    mixed = [byte ^ ends[n % 2] for n, byte in enumerate(password)]
    mask = [byte >> 1 | byte << 7 & 0xFF for byte in mixed]
    sealed = bytes(
        (byte << 5 & 0xFF | byte >> 3) ^ mask[(at + n + len(label)) % 16]
        for n, byte in enumerate(label)
    )
    reading = read(data + record(0x204, sealed) + record(0x0A))
    assert reading.table("sheet 1") == [["text"]]


def test_strings_without_a_cell_are_read(read) -> None:
    table = record(0xFC, struct.pack("<II", 1, 1) + text8("残り"))
    assert read(workbook(table, b"")).texts["texts without a cell"] == "残り"


def test_what_is_cut_off_is_said(read) -> None:
    whole = workbook(b"", record(0x203, cell(0, 0) + struct.pack("<d", 5.0)) * 400)
    reading = read(whole[: len(whole) // 2])
    assert "malformed" in reading.reasons or "unsupported_format" in reading.reasons
    short = read(workbook(b"", record(0x203, cell(0, 0))))
    assert short.reasons == ["malformed"]


def test_embedded_files_are_handed_on(read) -> None:
    inner = _cfbpack.Node("MBD0001", children=[_cfbpack.Node("Package", b"PK\x03\x04data")])
    stream = record(0x809, struct.pack("<HHII", 0x600, 0x10, 0, 0)) + record(0x0A)
    root = _cfbpack.Node("Root Entry", children=[_cfbpack.Node("Workbook", stream), inner])
    reading = read(_cfbpack.pack(root))
    assert [member.data for member in reading.members] == [b"PK\x03\x04data"]


def test_damage_is_survived() -> None:
    start = time.process_time()
    for data in damage.damaged(legacy_office.stored("xls"), "xls", 120):
        fine = damage.survives("xls", data)
        assert fine
    assert time.process_time() - start < 60
