"""Mails in ``winmail.dat``, written here attribute by attribute."""

from __future__ import annotations

import random
import struct
import time

from auditor.model import Content, Limits, State
from auditor.scan import scan

TEXT_8, TEXT_16, BINARY, OBJECT, LONG, LARGE = 0x1E, 0x1F, 0x102, 0x0D, 3, 0x14


def attribute(kind: int, data: bytes, level: int = 1) -> bytes:
    return (
        struct.pack("<BHHI", level, kind, 0, len(data))
        + data
        + struct.pack("<H", sum(data) & 0xFFFF)
    )


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def listed(*properties: tuple) -> bytes:
    """``(id, type, value, name)`` of each."""
    out = struct.pack("<I", len(properties))
    for key, kind, value, *name in properties:
        out += struct.pack("<HH", kind, key)
        if name:
            wide = (name[0] + "\0").encode("utf-16-le")
            out += bytes(16) + struct.pack("<II", 1, len(wide)) + padded(wide)
        elif key >= 0x8000:
            out += bytes(16) + struct.pack("<II", 0, key)
        if isinstance(value, bytes):
            out += struct.pack("<II", 1, len(value)) + padded(value)
        else:
            out += struct.pack("<i" if kind == LONG else "<q", value)
    return out


def mail(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\0" + b"".join(attributes)


def wide(text: str) -> bytes:
    return (text + "\0").encode("utf-16-le")


CODEPAGE = attribute(0x9007, struct.pack("<II", 932, 0))


def test_fields_bodies_and_attachments(read) -> None:
    data = mail(
        CODEPAGE,
        attribute(0x8004, "件名です\0".encode("cp932")),
        attribute(0x800C, "本文 一\0".encode("cp932")),
        attribute(
            0x9003,
            listed(
                (0x1013, BINARY, "<p>頁 <b>二</b> 22".encode("cp932")),
                (0x0C1A, TEXT_16, wide("山田 太郎")),
                (0x8001, TEXT_16, wide("値です"), "社員の番号"),
                (0x8002, LARGE, 123_456_789_012, "番号"),
                (0x0003, LONG, 12),
            ),
        ),
        attribute(0x9004, struct.pack("<I", 1) + listed((0x3001, TEXT_16, wide("佐藤 花子")))),
        attribute(0x9002, bytes(14), 2),
        attribute(0x8010, "短い.csv\0".encode("cp932"), 2),
        attribute(0x800F, b"one", 2),
        attribute(0x9005, listed((0x3707, TEXT_16, wide("長い名前.csv"))), 2),
        attribute(0x9002, bytes(14), 2),
        attribute(0x8010, "二.txt\0".encode("cp932"), 2),
        attribute(0x9005, listed((0x3701, BINARY, b"two")), 2),
    )
    reading = read(data, "winmail.dat")
    assert (reading.format, reading.gaps) == ("tnef", [])
    header = reading.texts["header"]
    for text in ("件名です", "山田 太郎", "社員の番号: 値です", "佐藤 花子"):
        assert text in header
    assert sum(map(str.isdigit, header)) == 12
    assert "本文 一" in reading.words
    assert "頁 二 22" in reading.words
    assert [(m.name, m.path, m.data) for m in reading.members] == [
        ("長い名前.csv", ("attachment 1",), b"one"),
        ("二.txt", ("attachment 2",), b"two"),
    ]
    assert all(m.around == ("件名です",) for m in reading.members)


def test_one_text_in_several_forms_is_told_once(read) -> None:
    bodies = listed((0x1013, BINARY, b"<p>12 words"), (0x1000, TEXT_16, wide("12 words")))
    reading = read(mail(attribute(0x9003, bodies)))
    assert reading.words.count("words") == 1


def test_rich_text(read) -> None:
    rich = b"{\\rtf1\\ansi\\ansicpg932 rich words}"
    packed = struct.pack("<II4sI", len(rich) + 12, len(rich), b"MELA", 0) + rich
    reading = read(mail(attribute(0x9003, listed((0x1009, BINARY, packed)))))
    assert "rich words" in reading.words
    assert reading.gaps == []


def test_mails_in_mails() -> None:
    inner = mail(attribute(0x9003, listed((0x1000, TEXT_16, wide("内側の本文")))))
    data = mail(
        attribute(0x9002, bytes(14), 2),
        attribute(0x9005, listed((0x3701, OBJECT, bytes(16) + inner)), 2),
    )
    result = scan(Content("winmail.dat", data), Limits(), key=b"k" * 32)
    assert (result.state, result.content_type) == (State.COMPLETE, "tnef")
    for _ in range(20):
        data = mail(attribute(0x9005, listed((0x3701, OBJECT, bytes(16) + data)), 2))
    deep = scan(Content("winmail.dat", data), Limits(), key=b"k" * 32)
    assert {gap.reason.value for gap in deep.gaps} == {"too_deep"}


def test_bounds(read) -> None:
    files = [attribute(0x9002, bytes(14)) + attribute(0x800F, b"x") for _ in range(30)]
    reading = read(mail(*files), limits=Limits(members=10))
    assert (len(reading.members), reading.reasons) == (10, ["too_many_members"])
    start = time.process_time()
    lie = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", LONG | 0x1000, 1, 0xFFFFFFFF)
    assert read(mail(attribute(0x9003, lie))).reasons == ["malformed"]
    assert time.process_time() - start < 2


def test_a_missing_end_keeps_what_came_before(read) -> None:
    data = mail(CODEPAGE, attribute(0x8004, b"subject\0"), attribute(0x800C, b"body " * 50))
    cut = data[:-60]
    reading = read(cut)
    assert "subject" in reading.words
    assert "body" in reading.words
    assert reading.reasons == ["malformed"]
    assert read(cut, truncated=True, total=len(data)).gaps == []


def test_damage_is_survived(read) -> None:
    rng = random.Random(1)
    whole = mail(
        CODEPAGE,
        attribute(0x8004, "件名です\0".encode("cp932")),
        attribute(0x9003, listed((0x1013, BINARY, b"<p>x"), (0x8001, TEXT_16, wide("値"), "名"))),
        attribute(0x9002, bytes(14), 2),
        attribute(0x9005, listed((0x3707, TEXT_16, wide("長い.csv")), (0x3701, BINARY, b"x")), 2),
    )
    for _ in range(500):
        damaged = bytearray(whole)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(4, len(whole))] = rng.randrange(256)
        reading = read(bytes(damaged[: rng.randrange(6, len(whole) + 1)]), "winmail.dat")
        assert set(reading.reasons) <= {"malformed"}
