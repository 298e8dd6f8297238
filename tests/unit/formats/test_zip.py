from __future__ import annotations

import io
import struct
import zipfile

import pytest

from auditor.model import Limits


def test_members_in_order_with_their_paths(read, zipped) -> None:
    reading = read(zipped({"sub/a.txt": "one", "b.csv": "two"}), "x.docx")
    assert reading.format == "zip"
    assert [(m.name, m.path, m.data) for m in reading.members] == [
        ("sub/a.txt", ("sub/a.txt",), b"one"),
        ("b.csv", ("b.csv",), b"two"),
    ]


def test_names_in_cp932(read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x" * 22, "data")
    raw = out.getvalue().replace(b"x" * 22, "マイナンバー一覧表.csv".encode("cp932"))
    assert [m.name for m in read(raw).members] == ["マイナンバー一覧表.csv"]


def test_comments_are_read(read, zipped) -> None:
    out = io.BytesIO(zipped({"a.txt": "x"}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = "番号の説明です".encode("cp932")
    assert read(out.getvalue()).texts == {"comment": "番号の説明です"}


def encrypted(data: bytes) -> bytes:
    """Set the flag of encryption in every header."""
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            flags = struct.unpack_from("<H", data, start + at)[0] | 1
            data = data[: start + at] + struct.pack("<H", flags) + data[start + at + 2 :]
            start = data.find(signature, start + 4)
    return data


def test_encrypted_members_are_gaps_with_their_names(read, zipped) -> None:
    reading = read(encrypted(zipped({"a.txt": "x", "b.txt": "y"})))
    assert [(g.reason.value, g.part) for g in reading.gaps] == [
        ("password_protected", "a.txt"),
        ("password_protected", "b.txt"),
    ]
    assert reading.members == []


def test_bombs_end_at_the_bounds(read, zipped) -> None:
    bomb = zipped({"zeros": bytes(40 << 20), "after.txt": "x"})
    reading = read(bomb, limits=Limits(ratio=100))
    assert [(g.reason.value, g.part) for g in reading.gaps] == [("expansion_ratio", "zeros")]
    assert "after.txt" in [m.name for m in reading.members]
    reading = read(bomb, limits=Limits(expanded_bytes=1 << 20, ratio=10**6))
    assert reading.reasons == ["too_large"]
    reading = read(bomb, limits=Limits(bytes=1 << 20, ratio=10**6))
    assert (reading.members[0].truncated, len(reading.members[0].data)) == (True, 1 << 20)


def test_sizes_in_headers_are_not_believed(read, zipped) -> None:
    data = zipped({"a.txt": "content"})
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(signature) + at
        data = data[:start] + struct.pack("<I", 1) + data[start + 4 :]
    reading = read(data)
    assert len(reading.members) + len(reading.gaps) > 0
    data = zipped({"a.txt": "content"})
    start = data.find(b"PK\x01\x02") + 24
    data = data[:start] + struct.pack("<I", 0xFFFFFF) + data[start + 4 :]
    assert [m.data for m in read(data).members] == [b"content"]


def test_too_many_members(read, zipped) -> None:
    data = zipped({f"{n}.txt": "x" for n in range(30)})
    reading = read(data, limits=Limits(members=10))
    assert len(reading.members) == 10
    assert reading.reasons == ["too_many_members"]


def test_a_lost_directory_is_malformed_and_members_come_anyway(read, zipped) -> None:
    data = zipped({"a.txt": "one" * 100, "b.txt": "two" * 100})
    reading = read(data[: data.find(b"PK\x01\x02")])
    assert reading.reasons == ["malformed"]
    assert [(m.name, m.data[:3]) for m in reading.members] == [("a.txt", b"one"), ("b.txt", b"two")]


def test_a_damaged_member_costs_only_itself(read, zipped) -> None:
    data = bytearray(zipped({"a.txt": "one" * 100, "b.txt": "two"}))
    data[40] ^= 0xFF
    reading = read(bytes(data))
    assert reading.reasons == ["malformed"]
    assert b"two" in [m.data for m in reading.members]


def test_junk_before_it(read, zipped) -> None:
    reading = read(b"MZ\0\0" + bytes(range(256)) * 4 + zipped({"a.txt": "x"}), "setup.exe")
    assert [m.name for m in reading.members] == ["a.txt"]


def test_an_empty_archive(read, zipped) -> None:
    reading = read(zipped({}))
    assert (reading.format, reading.members, reading.gaps) == ("zip", [], [])


@pytest.mark.parametrize("method", [9, 12, 14, 93, 99])
def test_methods_that_nobody_unpacks(read, zipped, method: int) -> None:
    data = zipped({"a.txt": "x"})
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.find(signature) + at
        data = data[:start] + struct.pack("<H", method) + data[start + 2 :]
    assert set(read(data).reasons) <= {"unsupported_format", "malformed"}
    assert len(read(data).gaps) == 1
