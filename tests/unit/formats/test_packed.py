"""Single files packed with gzip, bzip2, xz, LZMA alone."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random

import pytest

from auditor.model import Limits

TEXT = "氏名,個人番号\n".encode("cp932") * 50


def alone(data: bytes) -> bytes:
    return lzma.compress(data, format=lzma.FORMAT_ALONE)


PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "lzma": alone}
ENDINGS = {"gzip": "gz", "bzip2": "bz2", "xz": "xz", "lzma": "lzma"}


@pytest.mark.parametrize("packer", PACKERS)
def test_the_file_that_was_packed(read, packer: str) -> None:
    reading = read(PACKERS[packer](TEXT), f"folder/番号.csv.{ENDINGS[packer]}")
    assert reading.format == ("xz" if packer == "lzma" else packer)
    assert [(m.name, m.path, m.data) for m in reading.members] == [
        ("番号.csv", ("番号.csv",), TEXT)
    ]
    assert reading.gaps == []


@pytest.mark.parametrize("packer", PACKERS)
def test_content_decides(read, packer: str) -> None:
    reading = read(PACKERS[packer](TEXT), "a.docx")
    assert [m.data for m in reading.members] == [TEXT]
    assert [m.name for m in reading.members] == ["unpacked"]


@pytest.mark.parametrize("packer", ["gzip", "bzip2", "xz"])
def test_several_behind_each_other(read, packer: str) -> None:
    pack = PACKERS[packer]
    data = pack(b"one ") + pack(b"") + pack(b"two") + (b"\0" * 64 if packer != "bzip2" else b"")
    reading = read(data)
    assert b"".join(m.data for m in reading.members) == b"one two"
    assert reading.gaps == []


@pytest.mark.parametrize("packer", PACKERS)
def test_a_missing_end(read, packer: str) -> None:
    data = PACKERS[packer](random.Random(2).randbytes(3 << 20))
    reading = read(data[: len(data) // 2])
    assert reading.reasons == ["malformed"]
    assert sum(len(m.data) for m in reading.members) > 200_000
    assert read(data[: len(data) // 2], truncated=True, total=len(data)).gaps == []


@pytest.mark.parametrize("packer", PACKERS)
def test_bombs(read, packer: str) -> None:
    bomb = PACKERS[packer](bytes(60 << 20))
    reading = read(bomb, limits=Limits(ratio=100))
    assert reading.reasons == ["expansion_ratio"]
    assert sum(len(m.data) for m in reading.members) <= (5 << 20) + len(bomb) * 100
    reading = read(bomb, limits=Limits(expanded_bytes=2 << 20, ratio=10**9))
    assert reading.reasons == ["too_large"]
    reading = read(bomb, limits=Limits(bytes=1 << 20, ratio=10**9))
    assert [(m.truncated, len(m.data)) for m in reading.members] == [(True, 1 << 20)]


def test_the_name_in_a_gzip_header(read) -> None:
    out = io.BytesIO()
    with gzip.GzipFile("kept.csv", "wb", fileobj=out, mtime=0) as file:
        file.write(b"words")
    assert [m.name for m in read(out.getvalue(), "b.gz").members] == ["kept.csv"]
    raw = out.getvalue().replace(b"kept.csv", "一覧.x".encode("cp932")[:8])
    assert next(m.name for m in read(raw, "b.gz").members).startswith("一覧")


def test_a_file_of_several_gigabytes_in_its_header_needs_no_memory(read) -> None:
    data = bytearray(alone(b"words" * 100))
    data[1:5] = (0xFFFFFFFF).to_bytes(4, "little")  # a dictionary of four gigabytes
    reading = read(bytes(data), "a.lzma")
    assert reading.members == [] or reading.gaps == []


@pytest.mark.parametrize("packer", PACKERS)
def test_damage_is_survived(read, packer: str) -> None:
    rng = random.Random(packer)
    data = PACKERS[packer](rng.randbytes(3000) + TEXT)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        reading = read(bytes(damaged[: rng.randrange(len(damaged)) + 1]), "a.gz")
        assert all(gap.detail not in ("IndexError", "TypeError") for gap in reading.gaps)
