"""Compound files: the container itself, and what lies in one whatever its kind."""

from __future__ import annotations

import random
import struct
import time

import pytest

from auditor.formats import _cfb, _cfbpack
from auditor.model import Limits
from fixtures import damage

CFB = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def node(name: str, data: bytes | None = None, *children: _cfbpack.Node) -> _cfbpack.Node:
    return _cfbpack.Node(name, data, list(children))


def compound(*children: _cfbpack.Node) -> bytes:
    return _cfbpack.pack(node("Root Entry", None, *children))


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        ("", "unsupported_format"),
        ("WordDocument", "unsupported_format"),
        ("EncryptedPackage", "password_protected"),
        ("\x06DataSpaces EncryptedPackage DRMEncryptedTransform", "rights_managed"),
    ],
)
def test_compound_files_say_why_they_are_not_read(read, stream: str, reason: str) -> None:
    reading = read(CFB + stream.encode("utf-16-le"), "a.xlsx")
    assert (reading.format, reading.reasons) == ("ole", [reason])


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "password_protected"),
        (("\tDRMContent",), "rights_managed"),
    ],
)
def test_sealed_files_are_told_by_their_streams(read, names: tuple[str, ...], reason: str) -> None:
    reading = read(compound(*(node(name, b"x" * 99) for name in names)))
    assert (reading.format, reading.reasons) == ("ole", [reason])


def test_streams_come_back_as_they_were_written() -> None:
    rng = random.Random("compound")
    sizes = (0, 1, 63, 64, 65, 4095, 4096, 4097, 511, 512, 513, 20_000, 9_000_000)
    data = {f"s{n}": rng.randbytes(size) for n, size in enumerate(sizes)}
    inner = node("storage", None, *(node(name, raw) for name, raw in data.items()))
    file = _cfb.Compound(compound(inner, node("x", b"y")))
    storage = file.root.find("STORAGE")
    assert storage is not None
    back = {entry.name: file.stream(entry) for entry in storage.children}
    alike = back == data
    assert alike
    assert file.damaged == []


def test_chains_that_bite_their_tail_end() -> None:
    data = bytearray(compound(node("big", bytes(range(256)) * 400)))
    (table,) = struct.unpack_from("<I", data, 76)
    at = (table + 1) * 512
    struct.pack_into("<I", data, at + 4 * 50, 3)  # sector 50 of the stream leads back to its third
    file = _cfb.Compound(bytes(data))
    entry = file.root.find("big")
    assert entry is not None
    assert len(file.stream(entry)) <= 51 * 512
    assert file.damaged == ["big"]


def test_a_directory_that_bites_its_tail_ends() -> None:
    data = bytearray(compound(*(node(f"n{n}", b"x") for n in range(6))))
    at = data.index("n1".encode("utf-16-le"))
    struct.pack_into("<III", data, at + 68, 1, 2, 1)  # neighbours and child: all of them above
    assert len(list(_cfb.Compound(bytes(data)).root.walk())) == 6


def test_streams_that_share_their_sectors_are_bounded() -> None:
    data = bytearray(compound(*(node(f"n{n:04}", bytes(5_000)) for n in range(400))))
    for at in range(0, len(data) - 128, 128):
        if data[at : at + 2] == b"n\0":
            struct.pack_into("<IQ", data, at + 116, 0, 2_000_000)
    file = _cfb.Compound(bytes(data))
    start = time.process_time()
    total = sum(len(file.stream(entry)) for _, entry in file.root.walk())
    assert total <= 2 * len(data) + (1 << 20)
    assert time.process_time() - start < 5


def test_what_hangs_nowhere_is_read(read) -> None:
    data = bytearray(compound(node("Text", "迷子の文章です".encode("utf-16-le"))))
    at = data.index("Root Entry".encode("utf-16-le"))
    struct.pack_into("<I", data, at + 76, 0xFFFFFFFF)
    reading = read(bytes(data))
    assert "迷子の文章です" in reading.words
    assert "malformed" in reading.reasons


def properties(*rows: tuple[int, int, bytes], page: int = 932) -> bytes:
    """A property set with its code page and these rows (identifier, type, value)."""
    values = [(1, 2, struct.pack("<h", page - 65536 if page > 32767 else page)), *rows]
    head, body = b"", b""
    start = 8 + 8 * len(values)
    for key, kind, raw in values:
        head += struct.pack("<II", key, start + len(body))
        body += struct.pack("<I", kind) + raw + b"\0" * (-len(raw) % 4)
    section = struct.pack("<II", start + len(body), len(values)) + head + body
    summary = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return (
        b"\xfe\xff\0\0\2\0\0\0"
        + bytes(16)
        + struct.pack("<I", 1)
        + summary
        + b"\x30\0\0\0"
        + section
    )


def text(words: str) -> bytes:
    raw = words.encode("cp932") + b"\0"
    return struct.pack("<I", len(raw)) + raw


def test_properties_in_their_code_page(read) -> None:
    data = properties(
        (2, 30, text("題名")),
        (6, 31, struct.pack("<I", 3) + "備考\0".encode("utf-16-le")),
        (14, 3, struct.pack("<i", 7)),
        (0x1000, 0x101E, struct.pack("<I", 2) + text("一") + text("二つ")),
    )
    reading = read(compound(node("\x05SummaryInformation", data)))
    assert reading.texts["properties"].split("\n") == [
        "title: 題名",
        "comments: 備考",
        "一",
        "二つ",
    ]


def test_own_properties_have_their_names(read) -> None:
    names = struct.pack("<I", 2) + text("番号")  # of one name: what stands where a type does
    data = properties((0, 1, names), (2, 30, text("値")))
    reading = read(compound(node("\x05DocumentSummaryInformation", data)))
    assert reading.texts["properties"] == "番号: 値"


def test_property_sets_that_point_everywhere_end() -> None:
    rng = random.Random("properties")
    whole = properties(*((key, 30, text("値" * key)) for key in range(2, 40)))
    start = time.process_time()
    for _ in range(200):
        copy = bytearray(whole)
        for _ in range(8):
            copy[rng.randrange(48, len(copy))] = rng.choice((0, 255, rng.randrange(256)))
        fine = damage.survives("ole", compound(node("\x05SummaryInformation", bytes(copy))))
        assert fine
    assert time.process_time() - start < 20


def test_macros_are_unpacked(read) -> None:
    source = b'Attribute VB_Name = "M"\r\n\' 12 words 12 words\r\n'
    body = b""
    for at in range(0, len(source), 8):
        body += b"\0" + source[at : at + 8]
    packed = b"\1" + struct.pack("<H", 0xB000 | (len(body) - 1)) + body
    vba = node(
        "VBA", None, node("M", b"head" + packed), node("dir", b"x"), node("_VBA_PROJECT", b"y")
    )
    reading = read(compound(vba))
    assert "12 words 12 words" in reading.texts["macro"]
    assert reading.reasons == []


def test_embedded_files_have_their_names(read) -> None:
    body = (
        b"\2\0a.txt\0C:\\a.txt\0\0\0\3\0" + struct.pack("<I", 4) + b"tmp\0" + struct.pack("<I", 4)
    )
    body += b"data"
    tail = b"".join(
        struct.pack("<I", len(n)) + n.encode("utf-16-le") for n in ("C:\\t", "資料.txt", "C:\\t")
    )
    stream = struct.pack("<I", len(body)) + body + tail
    reading = read(compound(node("Object", None, node("\x01Ole10Native", stream))))
    assert [(member.name, member.data) for member in reading.members] == [("資料.txt", b"data")]


def test_a_wrapped_object_is_the_file_it_wraps(read) -> None:
    reading = read(compound(node("\x01CompObj", b"x" * 40), node("Package", b"PK\3\4data")))
    assert [member.data for member in reading.members] == [b"PK\3\4data"]
    assert reading.reasons == []


def test_writing_in_unknown_streams_is_read_and_they_are_told(read) -> None:
    number = "9" * 9
    stream = b"\0\1\2" + f"個人番号 {number}".encode("utf-16-le") + b"\xff\xfe\0"
    reading = read(compound(node("VisioDocument", stream)))
    kept = reading.texts["stream VisioDocument"].count(f"個人番号 {number}")
    assert kept == 1
    assert reading.reasons == ["unsupported_format"]


def test_members_are_bounded(read) -> None:
    objects = [node(f"o{n}", None, node("Package", b"PK" + bytes([n]))) for n in range(30)]
    reading = read(compound(*objects), limits=Limits(members=5))
    assert len(reading.members) == 5
    assert "too_many_members" in reading.reasons


def test_damage_is_survived() -> None:
    data = compound(
        node("\x05SummaryInformation", properties((2, 30, text("題名")))),
        node("Object", None, node("Package", b"PK\3\4" * 2_000)),
        node("Other", "文章です".encode("utf-16-le") * 1_000),
    )
    for copy in damage.damaged(data, "ole", 200):
        fine = damage.survives("ole", copy)
        assert fine
