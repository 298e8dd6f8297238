"""Discs in UDF: blocks, and how a descriptor says where one lies (ECMA-167; OSTA UDF to 2.60)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.formats._long import View

CHUNK = 1 << 20
INDIRECT, FILE, LONG_FILE = 259, 261, 266
"""Kinds of descriptors: of the entry of a file, and of where it is instead."""


class Place(NamedTuple):
    """A block of a partition, as the descriptors of the disc count them."""

    partition: int
    block: int
    length: int
    """In bytes; 0 where nothing lies."""


NOWHERE = Place(0, 0, 0)


class Run(NamedTuple):
    """Blocks of the disc that follow each other."""

    block: int
    blocks: int


Map = Callable[[int], Run]
"""A block of a partition → where it lies; ValueError where it lies nowhere."""


def tag(data: bytes | View, at: int) -> int:
    """What kind of descriptor lies there; -1 when it is none."""
    if at < 0 or at + 16 > len(data):
        return -1
    head = data[at : at + 16]
    kind, _, check = struct.unpack_from("<HHB", head)
    return kind if kind and (sum(head) - head[4]) & 0xFF == check else -1


def long_place(data: bytes, at: int) -> Place:
    """Where an allocation descriptor of the long form leads."""
    length, block, partition = struct.unpack_from("<IIH", data, at)
    return Place(partition, block, length & 0x3FFFFFFF)


def name(raw: bytes) -> str:
    """Characters as UDF packs them: one byte each, or two."""
    if raw[:1] in (b"\x10", b"\xff"):
        return raw[1:].decode("utf-16-be", "replace")
    return raw[1:].decode("latin-1") if raw[:1] in (b"\x08", b"\xfe") else ""


def label(descriptor: bytes, at: int, size: int) -> str:
    """A string in a field whose last byte says how long it is."""
    return name(descriptor[at : at + min(descriptor[at + size - 1], size - 1)])


@dataclass(slots=True)
class Volume:
    """A disc that is open."""

    data: bytes | View = field(repr=False)
    size: int
    """Bytes of a block."""
    labels: list[str] = field(default_factory=list)
    """What the disc and its owner are called."""
    root: Place = NOWHERE
    streams: Place = NOWHERE
    """The folder of what belongs to no file."""
    maps: list[Map] = field(default_factory=list, repr=False)
    """Of each partition."""

    def block(self, place: Place) -> bytes:
        """One block; ValueError where there is none."""
        found = b"".join(self.pieces(place._replace(length=self.size)))
        if len(found) < self.size:
            raise ValueError("block")
        return found

    def pieces(self, place: Place) -> Iterator[bytes]:
        """The bytes of an extent; ValueError where they end too soon."""
        if place.partition >= len(self.maps):
            raise ValueError("partition")
        block, left = place.block, place.length
        while left > 0:
            run = self.maps[place.partition](block)
            take = min(left, run.blocks * self.size, CHUNK)
            piece = self.data[run.block * self.size : run.block * self.size + take]
            if len(piece) < take or not take:
                if piece:
                    yield piece
                raise ValueError("extent")
            yield piece
            left -= take
            block += -(-take // self.size)
