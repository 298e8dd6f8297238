"""One part of an archive that was split: said to be that, and read as far as it goes."""

from __future__ import annotations

import random
import struct

import pytest


def split(zipped) -> tuple[bytes, bytes]:
    """An archive in two parts; the second member lies in the second one with the directory."""
    first, second = zipped({"a.txt": b"first words"}), zipped({"b.txt": b"second words"})
    local = [data[: data.find(b"PK\1\2")] for data in (first, second)]
    central = [data[data.find(b"PK\1\2") : data.find(b"PK\5\6")] for data in (first, second)]
    listed = central[0] + central[1][:34] + struct.pack("<H", 1) + central[1][36:]
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 1, 1, 2, 2, len(listed), len(local[1]), 0)
    return b"PK\7\x08" + local[0], local[1] + listed + end


def test_parts_of_a_split_archive_are_said_to_be_that(read, zipped) -> None:
    first, last = map(read, split(zipped))
    said = ("unsupported_format", "one part of a split archive")
    assert [(g.reason.value, g.detail, g.part) for g in first.gaps] == [(*said, "")]
    assert [m.data for m in first.members] == [b"first words"]
    assert [(g.reason.value, g.detail, g.part) for g in last.gaps] == [
        (*said, ""),
        (*said, "a.txt"),
    ]
    assert [m.data for m in last.members] == [b"second words"]


@pytest.mark.parametrize("name", ["a.zip.001", "a.z01"])
def test_a_part_is_known_by_its_name(read, zipped, name: str) -> None:
    data = zipped({"a.txt": b"words", "b.txt": random.Random(1).randbytes(900)})
    reading = read(data[:600], name)
    assert reading.gaps[0].detail == "one part of a split archive"
    assert reading.members[0].data == b"words"
    assert read(data, name).reasons == []
