"""Files of a disc in UDF: what their entries say, and where their bytes lie."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.formats._udf import (
    CHUNK,
    FILE,
    INDIRECT,
    LONG_FILE,
    NOWHERE,
    Place,
    Volume,
    long_place,
    tag,
)

_ALLOCATIONS = 258
_FOLLOWED = 16
"""Entries that only say where the next one is."""
_MOST = 100_000
"""Extents of a file, and blocks with more of them."""
_RENEWED = 4_096
"""The strategy by which a newer entry may follow an older one."""
_SHORT, _LONG, _EXTENDED, _INSIDE = range(4)
"""How extents are written, and that there are none: the bytes lie in the entry."""
_SIZES = (8, 16, 20)
_UNWRITTEN, _MORE = 1, 3
_LENGTH = 0x3FFFFFFF


class Extent(NamedTuple):
    """A stretch of a file."""

    place: Place
    hole: bool
    """It was never written: zeros."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a file."""

    kind: int
    size: int
    form: int
    partition: int
    allocation: bytes = field(repr=False)
    """Extents, or the bytes themselves."""
    attributes: bytes = field(repr=False)
    streams: Place
    """The folder of its named streams."""


def entry(volume: Volume, place: Place) -> Entry:
    """The entry of a file, the latest of several; ValueError where there is none."""
    found: Entry | None = None
    for _ in range(_FOLLOWED):
        block = volume.block(place)
        kind = tag(block, 0)
        if kind == INDIRECT:
            place = long_place(block, 36)
            continue
        if kind not in (FILE, LONG_FILE):
            break
        found = _parsed(block, place, long=kind == LONG_FILE)
        following = place._replace(block=place.block + 1)
        if struct.unpack_from("<H", block, 20)[0] != _RENEWED or place.length <= volume.size:
            break
        if tag(volume.block(following), 0) != INDIRECT:
            break
        place = following
    if found is None:
        raise ValueError("entry")
    return found


def _parsed(block: bytes, place: Place, *, long: bool) -> Entry:
    (flags, size) = (*struct.unpack_from("<H", block, 34), *struct.unpack_from("<Q", block, 56))
    at = 216 if long else 176
    many, length = struct.unpack_from("<II", block, at - 8)
    attributes = block[at : at + many]
    allocation = block[at + many : at + many + length]
    streams = long_place(block, 152) if long else NOWHERE
    return Entry(block[27], size, flags & 7, place.partition, allocation, attributes, streams)


def extents(volume: Volume, of: Entry) -> Iterator[Extent]:
    """Where the bytes of a file lie, in order; ValueError where that cannot be followed."""
    if of.form >= _INSIDE:
        return
    allocation, step = of.allocation, _SIZES[of.form]
    at = 0
    for _ in range(_MOST):
        if at + step > len(allocation):
            return
        (told,) = struct.unpack_from("<I", allocation, at)
        place = _place(of, allocation, at)
        at += step
        if not place.length:
            return
        if told >> 30 == _MORE:
            block = volume.block(place)
            if tag(block, 0) != _ALLOCATIONS:
                raise ValueError("extents")
            (length,) = struct.unpack_from("<I", block, 20)
            allocation, at = block[24 : 24 + length], 0
        else:
            yield Extent(place, told >> 30 >= _UNWRITTEN)
    raise ValueError("extents")


def _place(of: Entry, allocation: bytes, at: int) -> Place:
    if of.form == _SHORT:
        length, block = struct.unpack_from("<II", allocation, at)
        return Place(of.partition, block, length & _LENGTH)
    if of.form == _LONG:
        return long_place(allocation, at)
    length, block, partition = struct.unpack_from("<I8xIH", allocation, at)
    return Place(partition, block, length & _LENGTH)


def chunks(volume: Volume, of: Entry, most: int) -> Iterator[bytes]:
    """The bytes of a file, at most ``most``; ValueError where they end too soon."""
    left = min(of.size, most)
    if of.form == _INSIDE:
        yield of.allocation[:left]
        left -= len(of.allocation)
    for found in extents(volume, of):
        if left <= 0:
            return
        place = found.place._replace(length=min(found.place.length, left))
        left -= place.length
        yield from _zeros(place.length) if found.hole else volume.pieces(place)
    if left > 0:
        raise ValueError("extents")


def _zeros(length: int) -> Iterator[bytes]:
    whole, rest = divmod(length, CHUNK)
    yield from itertools.repeat(bytes(CHUNK), whole)
    yield bytes(rest)
