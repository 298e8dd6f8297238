"""Opening a disc in UDF: from its anchor to its partitions and its set of files.

Partitions may be plain, or mapped: by a table of spared packets, by a virtual table (CD-R), by a
file of metadata (Blu-ray).
"""

from __future__ import annotations

import itertools
import struct
from bisect import bisect_right
from collections.abc import Iterator

from auditor.formats import _udffile
from auditor.formats._long import View
from auditor.formats._udf import (
    CHUNK,
    FILE,
    LONG_FILE,
    Map,
    Place,
    Run,
    Volume,
    label,
    long_place,
    tag,
)

_SIZES = (2048, 512, 4096, 1024, 8192, 16_384, 32_768)
"""Bytes of a block: of discs, then of other media."""
_PRIMARY, _ANCHOR, _POINTER, _USE, _PARTITION, _LOGICAL, _END = 1, 2, 3, 4, 5, 6, 8
_SET = 256
_VIRTUAL_TABLE = 248
"""The kind of a file that is a table of virtual blocks; before UDF 2.00 it was none."""
_TABLE_NAME = b"*UDF Virtual Alloc Tbl"
_DESCRIPTORS = 256
_BEFORE_END = 1_024
"""Blocks before the end of what is written among which its virtual table lies."""
_MAPS = 16
_LARGEST = 64 << 20
"""Bytes of a table that maps blocks."""
_SPARED = 1 << 19
_LABELS = {
    _PRIMARY: ((24, 32), (72, 128)),
    _LOGICAL: ((84, 128),),
    _USE: ((116, 128), (244, 36), (280, 36), (316, 36)),
    _SET: ((112, 128), (304, 32), (336, 32), (368, 32)),
}
"""Where descriptors say what the disc, its owner and its files are called, and how long that is."""
_FAULTS = (ValueError, IndexError, struct.error)


def opened(data: bytes | View) -> Volume | None:
    """The disc in ``data``; None where no anchor leads to its descriptors."""
    for size in _SIZES:
        blocks = len(data) // size
        for at in (256, blocks - 1, blocks - 257, 512):
            if tag(data, at * size) != _ANCHOR or _location(data, at * size) != at:
                continue
            for length, start in struct.iter_unpack("<II", data[at * size + 16 : at * size + 32]):
                volume = Volume(data, size)
                try:
                    _mount(volume, list(_sequence(data, size, start, length)))
                except _FAULTS:
                    continue
                return volume
    return None


def _location(data: bytes | View, at: int) -> int:
    return int.from_bytes(data[at + 12 : at + 16], "little")


def _sequence(data: bytes | View, size: int, start: int, length: int) -> Iterator[bytes]:
    """Descriptors of the disc; those that others replace come first."""
    found: list[tuple[int, bytes]] = []
    at, end = start * size, start * size + length
    for _ in range(_DESCRIPTORS):
        kind = tag(data, at) if at < end else -1
        if kind in (-1, _END):
            break
        if kind == _POINTER:
            length, start = struct.unpack("<II", data[at + 20 : at + 28])
            at, end = start * size, start * size + length
            continue
        found.append((int.from_bytes(data[at + 16 : at + 20], "little"), data[at : at + size]))
        at += size
    found.sort(key=lambda one: one[0])
    return (descriptor.ljust(512, b"\0") for _, descriptor in found)


def _mount(volume: Volume, sequence: list[bytes]) -> None:
    """Make sense of the descriptors; ValueError where the main ones are missing."""
    partitions: dict[int, tuple[int, int]] = {}
    logical = b""
    for descriptor in sequence:
        kind = tag(descriptor, 0)
        _call(volume, descriptor, kind)
        if kind == _PARTITION:
            (number,) = struct.unpack_from("<H", descriptor, 22)
            partitions[number] = struct.unpack_from("<II", descriptor, 188)
        elif kind == _LOGICAL:
            logical = descriptor
    if not logical or not partitions:
        raise ValueError("descriptors")
    _map(volume, logical, partitions)
    place = long_place(logical, 248)
    for _ in range(_MAPS):  # the latest set of files
        found = volume.block(place)
        if tag(found, 0) != _SET:
            break
        _call(volume, found, _SET)
        volume.root, volume.streams = long_place(found, 400), long_place(found, 464)
        place = long_place(found, 448)
        if not place.length:
            break
    if not volume.root.length:
        raise ValueError("root")


def _call(volume: Volume, descriptor: bytes, kind: int) -> None:
    volume.labels += [label(descriptor, at, size) for at, size in _LABELS.get(kind, ())]


def _map(volume: Volume, logical: bytes, partitions: dict[int, tuple[int, int]]) -> None:
    length, count = struct.unpack_from("<II", logical, 264)
    at, end = 440, min(440 + length, len(logical))
    for number in range(min(count, _MAPS)):
        if at + 6 > end:
            return
        kind, size = logical[at], logical[at + 1]
        one = logical[at : at + size]
        at += max(size, 6)
        (partition,) = struct.unpack_from("<H", one, 4 if kind == 1 else 38)
        plain = _plain(*partitions.get(partition, (0, 0)))
        volume.maps.append(plain)  # what maps it lies in it
        if kind != 1:
            volume.maps[number] = _mapped(volume, one, number)


def _mapped(volume: Volume, one: bytes, number: int) -> Map:
    """A partition whose blocks lie elsewhere than they say."""
    kind, plain = one[5:28], volume.maps[number]
    if kind.startswith(b"*UDF Virtual"):
        return _virtual(_table(volume, number), plain)
    if kind.startswith(b"*UDF Sparable"):
        return _spared(volume, one, plain)
    for (block,) in struct.iter_unpack("<I", one[40:48]):  # the file, and its mirror
        try:
            entry = _udffile.entry(volume, Place(number, block, volume.size))
            extents = [found.place for found in _udffile.extents(volume, entry) if not found.hole]
        except _FAULTS:
            continue
        return _metadata(extents, plain, volume.size)
    return plain


def _plain(start: int, count: int) -> Map:
    def run(block: int) -> Run:
        if block >= count:
            raise ValueError("block")
        return Run(start + block, count - block)

    return run


def _virtual(table: bytes, plain: Map) -> Map:
    def run(block: int) -> Run:
        (lies,) = struct.unpack_from("<I", table, 4 * block)
        return Run(plain(lies).block, 1)

    return run


def _table(volume: Volume, number: int) -> bytes:
    """The table of a virtual partition; its file is the last thing on the disc."""
    last = _written(volume.data) // volume.size
    for at in range(last, max(0, last - _BEFORE_END), -1):
        if tag(volume.data, at * volume.size) not in (FILE, LONG_FILE):
            continue
        place = Place(number, _location(volume.data, at * volume.size), volume.size)
        try:
            entry = _udffile.entry(volume, place)
            table = b"".join(_udffile.chunks(volume, entry, _LARGEST))
        except _FAULTS:
            continue
        if entry.kind == _VIRTUAL_TABLE:
            return table[int.from_bytes(table[:2], "little") :]
        if _TABLE_NAME in table[-36:]:
            return table[:-36]
    raise ValueError("table")


def _written(data: bytes | View) -> int:
    """The size of a disc without the blanks behind what is written on it."""
    for end in range(len(data), 0, -CHUNK):
        if piece := data[max(0, end - CHUNK) : end].rstrip(b"\0"):
            return max(0, end - CHUNK) + len(piece)
    return 0


def _spared(volume: Volume, one: bytes, plain: Map) -> Map:
    """Packets that the disc keeps elsewhere, as the first whole table says."""
    packet = int.from_bytes(one[40:42], "little") or 32
    elsewhere: dict[int, int] = {}
    for (at,) in struct.iter_unpack("<I", one[48 : 48 + 4 * min(one[42], 4)]):
        table = volume.data[at * volume.size : at * volume.size + _SPARED]
        if len(table) >= 56 and b"*UDF Sparing Table" in table[16:48]:
            count = min(int.from_bytes(table[48:50], "little"), (len(table) - 56) // 8)
            elsewhere = dict(struct.iter_unpack("<II", table[56 : 56 + 8 * count]))
            break

    def run(block: int) -> Run:
        found, inside = plain(block), block % packet
        kept = elsewhere.get(block - inside)
        left = min(packet - inside, found.blocks)
        return Run(found.block if kept is None else kept + inside, left)

    return run


def _metadata(extents: list[Place], plain: Map, size: int) -> Map:
    counts = [-(-place.length // size) for place in extents]
    ends = list(itertools.accumulate(counts))

    def run(block: int) -> Run:
        at = bisect_right(ends, block)
        if at == len(ends):
            raise ValueError("block")
        inside = block - (ends[at] - counts[at])
        found = plain(extents[at].block + inside)
        return Run(found.block, min(found.blocks, counts[at] - inside))

    return run
