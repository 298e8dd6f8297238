from __future__ import annotations

import base64
import bz2
import io
import lzma
import random
import struct
import time
import zipfile
import zlib

import pytest

from auditor.formats import _bits, _deflate64
from auditor.model import Limits
from fixtures import old_zip


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


@pytest.mark.parametrize("method", [1, 12, 14, 93, 99])
def test_methods_that_nobody_unpacks(read, zipped, method: int) -> None:
    data = zipped({"a.txt": "x"})
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.find(signature) + at
        data = data[:start] + struct.pack("<H", method) + data[start + 2 :]
    assert set(read(data).reasons) <= {"unsupported_format", "malformed"}
    assert len(read(data).gaps) == 1


def single(
    method: int, packed: bytes, data: bytes, name: bytes = b"a.txt", flags: int = 0
) -> bytes:
    """A zip with one member packed in any way."""
    sizes = struct.pack("<III", zlib.crc32(data), len(packed), len(data))
    common = struct.pack("<HHHHH", 63, flags, method, 0, 33) + sizes
    head = b"PK\3\4" + common + struct.pack("<HH", len(name), 0) + name
    listed = b"PK\1\2\x3f\0" + common + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(listed), len(head + packed), 0)
    return head + packed + listed + end


def raw_lzma(data: bytes) -> bytes:
    filters = [{"id": lzma.FILTER_LZMA1, "lc": 3, "lp": 0, "pb": 2, "dict_size": 1 << 20}]
    body = lzma.compress(data, lzma.FORMAT_RAW, filters=filters)
    return struct.pack("<BBH", 9, 20, 5) + b"\x5d" + struct.pack("<I", 1 << 20) + body


# Deflate64 of the words below; no library at hand writes it.
DEFLATE64 = (
    "BcExDQAwCATAvVoQyU4ILDXBxEaCnj7Y6N2kwZXA8rr3BqzOpMGVwPK69waszqTBlcDyuvcGrM6kwZXA8rr3BqzO"
    "pMGVwPK69waszqTBlcDyuvcGrM6kwZXA8rr3BqzOpMGVwPK69waszqTBlcDyuvcGrM6kwZXA8rr3BqzOpMGVwPK6"
    "9waszqTBlcDyuvcGrM6kwZXA8rr3BqzOpMGVwPK69waszqTBlcDyuvcGrM6kwZXA8rr3BqzOpMGVwPK69waszqTB"
    "lcDyuvcGrM6kwZXA8rr3BqzOpMGVwPK69waszqTBlcDyuvcGrM6kwZXA8rr3BqzOpMGVwPK69waszqTBlcDyuvcG"
    "rM6kwZXA8rr3BqzOpMGVwPK69waszqTBlcDyuvcGrM6kwZXA8rr3BqzOpMGVwPK69waszqTBlcDyuvcGrM4H"
)
WORDS = "氏名,個人番号\n".encode() * 30
METHODS = {
    1: old_zip.shrunk(WORDS),
    **{1 + factor: old_zip.reduced(WORDS, factor) for factor in range(1, 5)},
    6: old_zip.imploded(WORDS, 0),
    9: base64.b64decode(DEFLATE64),
    12: bz2.compress(WORDS),
    14: raw_lzma(WORDS),
    95: lzma.compress(WORDS),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("whole", [True, False])
def test_other_methods(read, method: int, whole: bool) -> None:
    data = single(method, METHODS[method], WORDS)
    reading = read(data if whole else data[: data.find(b"PK\1\2")])
    assert [m.data for m in reading.members] == [WORDS]
    assert reading.reasons == ([] if whole else ["malformed"])


@pytest.mark.parametrize("method", METHODS)
def test_damage_in_other_methods(read, method: int) -> None:
    rng = random.Random(method)
    data = single(method, METHODS[method], WORDS)
    for _ in range(80):
        damaged = bytearray(data)
        for _ in range(3):
            damaged[rng.randrange(35, len(data) - 80)] ^= 1 << rng.randrange(8)
        reading = read(bytes(damaged))
        assert reading.members or reading.gaps
        assert set(reading.reasons) <= {"malformed", "unsupported_format", "password_protected"}


def test_deflate64_reaches_farther_back_and_is_bounded(read) -> None:
    packed = METHODS[9]
    assert b"".join(_deflate64.unpacked(packed)) == WORDS
    with pytest.raises(_bits.BrokenError):
        b"".join(_deflate64.unpacked(packed[:-4]))
    assert _deflate64._LENGTHS[28] == (3, 16)
    assert _deflate64._DISTANCES[31] == (49153, 14)


def test_aes_is_said_to_need_a_password(read) -> None:
    for whole in (True, False):
        data = single(99, b"\0" * 40, b"x", flags=1)
        reading = read(data if whole else data[: data.find(b"PK\1\2")])
        assert reading.members == []
        assert ("password_protected", "a.txt") in [(g.reason.value, g.part) for g in reading.gaps]


def test_the_name_in_unicode_beside_the_other(read) -> None:
    data = bytearray(single(0, b"x", b"x", b"??.csv"))
    field = struct.pack("<HHBI", 0x7075, 5 + len("番号.csv".encode()), 1, 0) + "番号.csv".encode()
    at = data.find(b"PK\1\2")
    data[at + 46 + 6 : at + 46 + 6] = field
    data[at + 30 : at + 32] = struct.pack("<H", len(field))
    end = data.find(b"PK\5\6")
    data[end + 12 : end + 16] = struct.pack("<I", 46 + 6 + len(field))
    assert [m.name for m in read(bytes(data)).members] == ["番号.csv"]


def test_members_that_the_directory_does_not_list(read, zipped) -> None:
    hidden = zipped({"hidden.csv": "secret words"})
    hidden = hidden[: hidden.find(b"PK\1\2")]
    data = zipped({"a.txt": "one", "b.zip": "x"})
    reading = read(hidden + data)
    assert [m.name for m in reading.members] == ["a.txt", "b.zip", "hidden.csv"]
    assert reading.gaps == []


def test_stored_archives_inside_are_no_members_of_their_own(read, zipped) -> None:
    inner = zipped({"inner.txt": "words"})
    reading = read(single(0, inner, inner, b"inner.zip"))
    assert [m.name for m in reading.members] == ["inner.zip"]


def test_members_that_are_not_where_the_directory_says(read) -> None:
    described = b"PK\7\x08" + bytes(12)
    one, two = single(0, b"one", b"one", b"1"), single(0, b"two", b"two", b"2")
    heads = one[: one.find(b"PK\1\2")] + described, two[: two.find(b"PK\1\2")] + described
    listed = bytearray(one[one.find(b"PK\1\2") : -22] + two[two.find(b"PK\1\2") : -22])
    struct.pack_into("<I", listed, 47 + 42, len(heads[0]) - 16)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 2, 2, len(listed), len(heads[0]) * 2 - 32, 0)
    reading = read(b"".join(heads) + bytes(listed) + end)
    assert [(m.name, m.data) for m in reading.members] == [("1", b"one"), ("2", b"two")]
    assert reading.gaps == []


def test_the_beginning_of_an_archive(read, zipped) -> None:
    data = zipped({"a.txt": "one" * 100, "b.txt": b"two" + random.Random(1).randbytes(900)})
    reading = read(data[: data.find(b"b.txt") + 100], truncated=True, total=len(data))
    assert [(m.name, m.data[:3]) for m in reading.members] == [("a.txt", b"one"), ("b.txt", b"two")]
    assert reading.gaps == []


def test_stored_members_whose_size_stands_behind_them(read) -> None:
    data = bytearray(single(0, b"words of a file", b"words of a file", flags=8))
    data[18:26] = bytes(8)
    cut = data.find(b"PK\1\2")
    reading = read(bytes(data[:cut]) + b"PK\7\x08" + bytes(12))
    assert [m.data for m in reading.members] == [b"words of a file"]


def test_overlapping_members_are_bounded(read) -> None:
    """Thousands of members that are all the same packed bytes."""
    packed = zlib.compress(bytes(4 << 20), wbits=-15)
    one = single(8, packed, bytes(4 << 20))
    head, listed = one[: one.find(b"PK\1\2")], one[one.find(b"PK\1\2") : -22]
    count = 3000
    size = len(listed) * count
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, size, len(head), 0)
    start = time.process_time()
    reading = read(head + listed * count + end, limits=Limits(expanded_bytes=64 << 20))
    assert sum(len(m.data) for m in reading.members) <= 64 << 20
    assert set(reading.reasons) & {"too_large", "expansion_ratio", "malformed"}
    assert time.process_time() - start < 10


def test_what_stands_before_an_archive_is_not_passed_over(read, zipped) -> None:
    before = b"\xe4\x52\x5c\x7b" + bytes(60) + "個人番号の控え".encode("utf-16-le") + bytes(60)
    reading = read(before + zipped({"a.txt": "x"}), "note.one2")
    assert [m.name for m in reading.members] == ["a.txt"]
    assert reading.reasons == ["unsupported_format"]
    assert "個人番号の控え" in reading.words
    program = read(b"MZ" + before + zipped({"a.txt": "x"}), "setup.exe")
    assert program.gaps == []
    assert "個人番号の控え" in program.words


def test_a_stored_pdf_as_its_first_member_does_not_hide_the_others(read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", b"%PDF-1.7\n%%EOF")
        archive.writestr("b.txt", b"words")
    reading = read(out.getvalue(), "a.pdf")
    assert (reading.format, [m.name for m in reading.members]) == ("zip", ["a.pdf", "b.txt"])
