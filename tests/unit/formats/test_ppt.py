"""Presentations before 2007, made by LibreOffice once, or record by record where it writes none."""

from __future__ import annotations

import shutil
import struct
import time
import zlib

import pytest

from auditor.formats import _cfbpack
from auditor.model import Limits
from fixtures import damage, legacy_office

NUMBERS = legacy_office.numbers("ppt")
DROPPED = {"comment"}
"""The source has none: its maker cannot write one."""


def atom(kind: int, body: bytes, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4, kind, len(body)) + body


def holder(kind: int, *parts: bytes, instance: int = 0) -> bytes:
    body = b"".join(parts)
    return struct.pack("<HHI", instance << 4 | 0xF, kind, len(body)) + body


def wide(text: str, kind: int = 4000, instance: int = 0) -> bytes:
    return atom(kind, text.encode("utf-16-le"), instance)


def box(text: str, place: tuple[int, int] | None = None) -> bytes:
    anchor = atom(0xF00F, struct.pack("<4i", place[1], place[0], 0, 0)) if place else b""
    return holder(0xF004, anchor, holder(0xF00D, wide(text)))


def slide(*shapes: bytes) -> bytes:
    return holder(1006, holder(1036, holder(0xF002, holder(0xF003, *shapes))))


def show(*records: bytes, user: bytes = b"", **more: bytes) -> bytes:
    streams = {"PowerPoint Document": b"".join(records), "Current User": user} | more
    nodes = [_cfbpack.Node(name, data) for name, data in streams.items()]
    return _cfbpack.pack(_cfbpack.Node("Root Entry", children=nodes))


@pytest.fixture(scope="module")
def talk(read):
    return read(legacy_office.stored("ppt"), "a.bin")


@pytest.mark.parametrize("place", sorted(NUMBERS.keys() - DROPPED))
def test_every_place_is_read(talk, place: str) -> None:
    assert talk.format == "ppt"
    assert talk.reasons == []
    times = talk.words.count(NUMBERS[place])
    assert times == 1


def test_places_and_tables(talk) -> None:
    places = {
        key: [place for place, text in talk.texts.items() if NUMBERS[key] in text]
        for key in ("title", "notes", "hidden", "box")
    }
    assert places == {
        "title": ["slide 1"],
        "notes": ["notes 1"],
        "hidden": ["slide 2"],
        "box": ["slide 2"],
    }
    table = talk.table("slide 1 › table 1")
    assert [table[0], table[1][0]] == [["氏名", "個人番号"], "甲"]
    right = table[1][1] == NUMBERS["table"]
    assert right


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_what_libreoffice_writes_today_reads_alike(read, talk) -> None:
    again = read(legacy_office.convert("ppt"), "a.bin")
    alike = again.words == talk.words
    assert alike


def test_texts_of_both_widths_and_the_outline(read) -> None:
    persist = atom(1011, struct.pack("<IIiII", 2, 0, 0, 256, 0))
    outline = holder(4080, persist, atom(4008, b"plain \xe9"), persist, wide("二枚目\r次\x0b行"))
    reading = read(show(holder(1000, outline)))
    assert reading.texts == {"slide 1": "plain é", "slide 2": "二枚目\n次\n行"}


def test_slides_are_numbered_as_they_are_shown(read) -> None:
    first, second, old = slide(box("one")), slide(box("two")), slide(box("old"))
    listed = holder(
        4080,
        atom(1011, struct.pack("<IIiII", 3, 0, 0, 256, 0)),
        atom(1011, struct.pack("<IIiII", 2, 0, 0, 257, 0)),
    )
    places = struct.pack("<III", 2 << 20 | 2, len(old), len(old) + len(first))
    reading = read(show(old, first, second, holder(1000, listed), atom(6002, places)))
    assert reading.texts == {
        "earlier version of a slide": "old",
        "slide 2": "one",
        "slide 1": "two",
    }


def test_comments_and_links(read) -> None:
    comment = holder(12000, wide("担当", 4026), wide("備考", 4026, 1))
    tags = holder(5000, holder(5002, wide("___PPT10", 4026), atom(5003, comment)))
    link = holder(4055, wide("https://example.jp", 4026))
    reading = read(show(holder(1006, tags), holder(1000, link)))
    assert reading.texts["comment"] == "担当\n備考"
    assert reading.texts["presentation › names and links"] == "https://example.jp"


def test_boxes_in_rows_and_columns_are_a_table_and_others_are_not(read) -> None:
    cells = [box(f"{row}{column}", (row, column * 9)) for row in (5, 7) for column in (0, 1, 2)]
    loose = [box("x", (1, 1)), box("y", (2, 2))]
    reading = read(show(slide(holder(0xF003, *cells), holder(0xF003, *loose))))
    assert reading.tables[0].rows == [["50", "51", "52"], ["70", "71", "72"]]
    assert reading.texts["earlier version of a slide"] == "x\ny"


def test_objects_are_unpacked_within_bounds(read) -> None:
    inner = b"words" * 100
    packed = struct.pack("<I", len(inner)) + zlib.compress(inner)
    bomb = struct.pack("<I", 0) + zlib.compress(bytes(40 << 20))
    data = show(
        atom(4113, packed, 1), atom(4113, b"plain"), atom(4113, bomb, 1), atom(4113, b"xxxxx", 1)
    )
    reading = read(data, limits=Limits(expanded_bytes=10 << 20))
    assert [member.data for member in reading.members[:2]] == [inner, b"plain"]
    assert sum(len(member.data) for member in reading.members) <= 10 << 20
    assert reading.reasons == ["expansion_ratio", "malformed"]


def test_a_locked_presentation_says_so(read) -> None:
    user = bytes(12) + bytes.fromhex("dfc4d1f3")
    for data in (show(slide(box("x")), user=user), show(slide(box("x")), EncryptedSummary=b"x")):
        reading = read(data)
        assert (reading.reasons, reading.texts) == (["password_protected"], {})


def test_padding_and_lies_about_lengths(read) -> None:
    cut = slide(box("inside"))
    lying = struct.pack("<HHI", 0xF, 1006, 10**6) + cut[8:]
    reading = read(show(bytes(4093), slide(box("after")), lying))
    assert {"after", "inside"} <= set(reading.texts["earlier version of a slide"].split("\n"))
    assert reading.reasons == ["malformed"]
    assert read(show(bytes(4093), slide(box("after")))).reasons == []


def test_no_depth_matters(read) -> None:
    nested = b"".join(struct.pack("<HHI", 0xF, 1006, 10**6) for _ in range(50_000))
    start = time.process_time()
    read(show(nested))
    assert time.process_time() - start < 10


def test_damage_is_survived() -> None:
    data = legacy_office.stored("ppt")
    start = time.process_time()
    for copy in damage.damaged(data[: 40 << 10] + data[-8192:], "ppt", 120):
        fine = damage.survives("ppt", copy)
        assert fine
    assert time.process_time() - start < 60
