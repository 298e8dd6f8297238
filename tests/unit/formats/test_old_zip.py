"""What PKZIP wrote before version 2: shrink, reduce and implode, byte for byte."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest

from auditor.formats import _explode, _unreduce, _unshrink
from auditor.formats._bits import BrokenError
from fixtures import old_zip

Packed = Callable[[bytes], bytes]
Unpacked = Callable[[bytes, int], Iterator[bytes]]
WAYS: dict[str, tuple[int, int, Packed, Unpacked]] = {
    "shrink": (1, 0, old_zip.shrunk, _unshrink.unpacked),
    **{
        f"reduce {f}": (
            1 + f,
            0,
            lambda data, f=f: old_zip.reduced(data, f),
            lambda data, size, f=f: _unreduce.unpacked(data, size, f),
        )
        for f in range(1, 5)
    },
    **{
        f"implode {f}": (
            6,
            f,
            lambda data, f=f: old_zip.imploded(data, f),
            lambda data, size, f=f: _explode.unpacked(data, size, f),
        )
        for f in (0, 2, 4, 6)
    },
}


def prose(words: int) -> bytes:
    rng = random.Random(5)
    known = [bytes(rng.choices(b"abcdefghijklmnop", k=rng.randrange(2, 9))) for _ in range(900)]
    return b" ".join(rng.choices(known, k=words))


DATA = {
    "one byte": b"a",
    "the same byte": bytes(3000),
    "marks of repeats": bytes([144]) * 700 + b"x" * 700,
    "Japanese": ("氏名と番号の一覧です。\r\n" * 60).encode("cp932"),
    "noise": random.Random(6).randbytes(9000),
    "prose": prose(9000),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", DATA)
def test_what_was_packed_comes_out(way: str, what: str) -> None:
    _, _, pack, unpack = WAYS[way]
    data = DATA[what]
    assert b"".join(unpack(pack(data), len(data))) == data


def test_a_table_that_was_cleared_in_part() -> None:
    packed = old_zip.shrunk(data := random.Random(7).randbytes(20_000))
    assert len(packed) > 13 * 8191 // 8  # every code was given out
    assert b"".join(_unshrink.unpacked(packed, len(data))) == data


@pytest.mark.parametrize("way", WAYS)
def test_a_member_of_a_zip(read, way: str) -> None:
    method, flags, pack, _ = WAYS[way]
    data = DATA["Japanese"]
    whole = old_zip.archive(b"a.txt", method, pack(data), data, flags)
    reading = read(whole)
    assert [member.data for member in reading.members] == [data]
    assert reading.reasons == []
    other = old_zip.archive(b"a.txt", method, pack(data), data[::-1], flags)
    assert read(other).reasons == ["malformed"]  # its checksum says so


@pytest.mark.parametrize("way", WAYS)
def test_a_lost_end_keeps_what_came_before(way: str) -> None:
    _, _, pack, unpack = WAYS[way]
    data = DATA["prose"]
    packed = pack(data)[: -len(data) // 9]
    with pytest.raises(BrokenError):
        list(unpack(packed, len(data)))
    told = b"".join(_before(unpack(packed, len(data))))
    assert len(told) > 1000
    assert data.startswith(told)


def _before(source: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from source
    except BrokenError:
        return


@pytest.mark.parametrize("way", WAYS)
def test_damage_and_lies_are_bounded(way: str) -> None:
    _, _, pack, unpack = WAYS[way]
    rng = random.Random(way)
    packed = pack(DATA["Japanese"])
    start = time.process_time()
    for _ in range(60):
        damaged = bytearray(packed)
        for _ in range(3):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        told = b"".join(_before(unpack(bytes(damaged), 50_000)))
        assert len(told) <= 50_000 + 8192
    for junk in (b"", b"\0" * 3000, b"\xff" * 3000, rng.randbytes(3000)):
        assert len(b"".join(_before(unpack(junk, 1 << 20)))) <= (1 << 20) + 8192
    assert time.process_time() - start < 10
