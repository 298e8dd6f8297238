"""Tar archives, alone and packed in one go."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import time

import pytest

from auditor.model import Limits, State

PACKERS = {"tar": bytes, "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
LONG = "人事部/" * 40 + "一覧.csv"


def archive(members: dict[str, bytes], kind: int = tarfile.PAX_FORMAT, encoding: str = "utf-8"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind, encoding=encoding) as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


FILES = {"a.txt": b"one", "sub/b.csv": b"x" * 1500, "empty": b"", LONG: b"deep"}


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_members_with_their_names(read, kind: int, packer: str) -> None:
    reading = read(PACKERS[packer](archive(FILES, kind)), "a.bin")
    assert {m.name: m.data for m in reading.members} == FILES
    assert all(m.path == (m.name,) for m in reading.members)
    assert reading.gaps == []


def test_ustar_names_in_two_fields_and_cp932(read) -> None:
    name = "d" * 90 + "/" + "f" * 60
    assert [m.name for m in read(archive({name: b"x"}, tarfile.USTAR_FORMAT)).members] == [name]
    data = archive({"個人番号一覧表.csv": b"x"}, tarfile.GNU_FORMAT, "cp932")
    assert [m.name for m in read(data).members] == ["個人番号一覧表.csv"]


def test_old_headers_without_a_mark(read) -> None:
    data = bytearray(archive({"old.txt": b"words"}, tarfile.USTAR_FORMAT))
    data[257:345] = bytes(88)
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    reading = read(bytes(data), "a.bin")
    assert (reading.format, [m.data for m in reading.members]) == ("tar", [b"words"])


def test_links_and_folders_have_no_data(read) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, kind in (("dir", tarfile.DIRTYPE), ("link", tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "a.txt"
            tar.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = 3
        tar.addfile(info, io.BytesIO(b"one"))
    assert [(m.name, m.data) for m in read(out.getvalue()).members] == [
        ("link", b""),
        ("a.txt", b"one"),
    ]


def test_several_archives_behind_each_other(read) -> None:
    data = archive({"a": b"1"}) + archive({"b": b"2"})
    assert [m.name for m in read(data).members] == ["a", "b"]


def test_a_damaged_header_costs_its_member_only(read) -> None:
    data = bytearray(archive({f"{n}.txt": b"words" * 300 for n in range(5)}))
    at = data.find(b"2.txt")
    data[at + 130] ^= 0x15
    reading = read(bytes(data))
    assert [m.name for m in reading.members] == ["0.txt", "1.txt", "3.txt", "4.txt"]
    assert reading.reasons == ["malformed"]


@pytest.mark.parametrize("packer", PACKERS)
def test_a_missing_end_is_said_and_the_beginning_comes(read, packer: str) -> None:
    rng = random.Random(1)
    files = {f"{n}.bin": rng.randbytes(60_000) for n in range(40)}
    data = PACKERS[packer](archive(files))
    for cut in (len(data) // 2, len(data) - 20_000):
        reading = read(data[:cut])
        assert len(reading.members) >= 1 if packer == "bz2" else len(reading.members) > 10
        assert set(reading.reasons) == {"malformed"}
        beginning = read(data[:cut], truncated=True, total=len(data))
        assert len(beginning.members) == len(reading.members)
        assert beginning.gaps == []


def test_sizes_are_not_believed(read) -> None:
    data = bytearray(archive({"a.txt": b"words"}, tarfile.GNU_FORMAT))
    for size in (
        b"77777777777\0",
        b"\x80" + (1 << 60).to_bytes(11, "big"),
        b"\xff" * 12,
        b"9" * 12,
    ):
        data[124:136] = size
        data[148:156] = b" " * 8
        data[148:156] = b"%06o\0 " % sum(data[:512])
        reading = read(bytes(data), "a.tar")
        assert reading.format in ("tar", "binary")
        assert all(len(m.data) <= len(data) for m in reading.members)
        assert reading.gaps


def test_bounds(read) -> None:
    data = archive({f"{n}": b"1" for n in range(30)})
    reading = read(data, limits=Limits(members=10))
    assert (len(reading.members), reading.reasons) == (10, ["too_many_members"])
    big = archive({"a": bytes(3 << 20), "b": b"1"})
    reading = read(big, limits=Limits(bytes=1 << 20))
    assert [(m.truncated, m.total, len(m.data)) for m in reading.members] == [
        (True, 3 << 20, 1 << 20),
        (False, None, 1),
    ]
    bomb = gzip.compress(archive({"a": bytes(40 << 20), "b": b"1"}))
    assert "expansion_ratio" in read(bomb, limits=Limits(ratio=100)).reasons
    assert "too_large" in read(bomb, limits=Limits(expanded_bytes=1 << 20, ratio=10**6)).reasons


def test_very_many_small_members_take_linear_time(read) -> None:
    data = archive({f"{n}": b"1" for n in range(9_000)}, tarfile.USTAR_FORMAT)
    start = time.process_time()
    assert len(read(data).members) == 9_000
    assert time.process_time() - start < 5


def test_a_long_run_of_nothing_and_of_junk(read) -> None:
    start = time.process_time()
    data = archive({"a": b"1"}) + bytes(8 << 20) + b"junk" * (1 << 20)
    reading = read(data)
    assert (len(reading.members), reading.reasons) == (1, ["malformed"])
    assert time.process_time() - start < 10


@pytest.mark.parametrize("packer", PACKERS)
def test_damage_is_survived(read, packer: str) -> None:
    rng = random.Random(packer)
    data = PACKERS[packer](archive(FILES))
    for _ in range(150):
        damaged = bytearray(data[: rng.randrange(520, len(data) + 1)] if packer == "tar" else data)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        reading = read(bytes(damaged), "a.tar")
        assert all(gap.detail not in ("IndexError", "TypeError") for gap in reading.gaps)


def test_the_whole_way() -> None:
    from auditor.model import Content
    from auditor.scan import scan

    inner = gzip.compress(archive({"a/番号.csv": "氏名,個人番号\n".encode("cp932")}))
    outer = lzma.compress(archive({"inner.tgz": inner}))
    result = scan(Content("a.txz", outer), Limits(), key=b"k" * 32)
    assert (result.state, result.content_type) == (State.COMPLETE, "xz")


def test_a_pdf_as_its_first_member_does_not_hide_the_others(read) -> None:
    reading = read(archive({"a.pdf": b"%PDF-1.7\n%%EOF", "b.txt": b"words"}), "a.pdf")
    assert (reading.format, [m.name for m in reading.members]) == ("tar", ["a.pdf", "b.txt"])


def test_a_size_beyond_all_is_a_gap(read) -> None:
    whole = archive({"a.txt": b"words"})
    header = whole[:124] + b"\x80" + bytes(3) + b"\x7f" + b"\xff" * 7 + b" " * 8 + whole[156:512]
    header = header[:136] + whole[136:148] + b" " * 8 + whole[156:512]
    header = header[:148] + b"%06o\0 " % sum(header) + header[156:]
    reading = read(header + whole[512:])
    assert (len(reading.members), reading.reasons) == (1, ["malformed"])
