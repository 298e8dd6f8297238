"""The node database of Outlook data files (MS-PST, chapter 2.2): nodes and their bytes.

Two trees lead to everything: one of nodes (messages, folders, tables), one of blocks of bytes.
Where a tree is damaged or the end of the file is missing, its pages are looked for all over the
file; pages that the trees have left behind tell of nodes that were deleted.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from auditor.formats import _long, _pstcodes

SIGNATURE = b"!BDN"
_CLIENTS = (b"SM", b"SO")
"""Personal stores, and offline copies of a mailbox."""
_INTERNAL = 2
"""The bit of a block's number by which it leads to others, and is not encoded."""
_NODES, _BLOCKS = 0x81, 0x80
_ALIGNED = 512
_PLAIN, _PERMUTED, _CYCLIC = 0, 1, 2
_DEPTH = 2
"""Blocks that list blocks that list blocks."""


class NotPstError(ValueError):
    """There is no header, or its kind is unknown."""


class SpentError(ValueError):
    """More bytes were asked for than may come out."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand, in each of the three kinds of files."""

    wide: bool
    """Numbers and places have eight bytes, not four."""
    big: bool
    """Pages have 4 KiB, not 512 bytes, and blocks may be packed."""

    @property
    def page(self) -> int:
        return 4096 if self.big else 512

    @property
    def counts(self) -> int:
        """Where the counters of a page stand, behind its entries."""
        return 4056 if self.big else 488 if self.wide else 496

    @property
    def trailer(self) -> int:
        """Bytes at the end of pages and blocks that say what they are."""
        return 24 if self.big else 16 if self.wide else 12

    @property
    def unit(self) -> int:
        """Blocks take a multiple of this."""
        return 512 if self.big else 64


@dataclass(frozen=True, slots=True)
class Node:
    """Numbers of the block with its data, of the block with its subnodes, and of its parent."""

    data: int
    sub: int = 0
    parent: int = 0


@dataclass(slots=True)
class File:
    """An open data file. Raises NotPstError."""

    raw: bytes | _long.View = field(repr=False)
    left: int
    """Bytes that may still come out of blocks."""
    layout: Layout = field(init=False)
    encoded: int = field(init=False)
    """How blocks are encoded; 0 = as they are."""
    nodes: dict[int, Node] = field(default_factory=dict, init=False, repr=False)
    lost: dict[int, Node] = field(default_factory=dict, init=False, repr=False)
    """Nodes of which only pages outside the trees tell."""
    damaged: bool = field(default=False, init=False)
    _blocks: dict[int, tuple[int, int]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the header and both trees."""
        head = self.raw[:564]
        if not begins(head) or len(head) < 564:
            raise NotPstError("header")
        (version,) = struct.unpack_from("<H", head, 10)
        self.layout = Layout(wide=version >= 20, big=version >= 36)
        self.encoded = head[513 if self.layout.wide else 461]
        roots = struct.unpack_from("<8xQ8xQ", head, 216) if self.layout.wide else ()
        roots = roots or struct.unpack_from("<4xI4xI", head, 184)
        seen = {place for root, kind in zip(roots, (_NODES, _BLOCKS), strict=True)
                for place in self._walk(root, kind)}  # fmt: skip
        self._search(seen)

    def _walk(self, root: int, kind: int) -> set[int]:
        """Note everything that one tree leads to; the places of its pages."""
        seen: set[int] = set()
        todo = [root]
        while todo:
            place = todo.pop()
            entries = None if place in seen else self._entries(place, kind)
            if entries is None:
                self.damaged = True
                continue
            seen.add(place)
            if self._level(place):
                below = (entry[len(entry) * 2 // 3 :] for entry in entries)
                todo += (int.from_bytes(place, "little") for place in below)
            elif kind == _NODES:
                self.nodes |= map(self._node, entries)
            else:
                self._blocks |= map(self._block, entries)
        return seen

    def _level(self, place: int) -> int:
        at = place + self.layout.counts + (5 if self.layout.big else 3)
        return int.from_bytes(self.raw[at : at + 1], "little")

    def _entries(self, place: int, kind: int) -> list[bytes] | None:
        """The rows of a page of a tree; None when it is none."""
        layout = self.layout
        page = self.raw[place : place + layout.page]
        at = layout.page - layout.trailer
        if len(page) < layout.page or page[at : at + 2] != bytes((kind, kind)):
            return None
        rows = "<HHBB" if layout.big else "<BBBB"
        count, _, size, level = struct.unpack_from(rows, page, layout.counts)
        least = (32 if kind == _NODES and not level else 24) // (1 if layout.wide else 2)
        if size < least or count * size > layout.counts:
            return None
        return [page[at : at + least] for at in range(0, count * size, size)]

    def _node(self, row: bytes) -> tuple[int, Node]:
        form = "<I4xQQI" if self.layout.wide else "<IIII"
        number, data, sub, parent = struct.unpack_from(form, row)
        return number, Node(data, sub, parent)

    def _block(self, row: bytes) -> tuple[int, tuple[int, int]]:
        number, place, size = struct.unpack_from("<QQH" if self.layout.wide else "<IIH", row)
        return number & ~1, (place, size)

    def _search(self, seen: set[int]) -> None:
        """Pages outside the trees: of what was deleted, or of what the trees have lost."""
        found: dict[int, Node] = {}
        for kind, place in self._pages():
            entries = None if place in seen else self._entries(place, kind)
            if not entries or self._level(place) or not self._is_sound(place):
                continue
            if kind == _NODES:
                found |= map(self._node, entries)
                continue
            for number, block in map(self._block, entries):
                if number not in self._blocks and self._stands(number, *block):
                    self._blocks[number] = block
        fresh = found.keys() - self.nodes.keys()
        self.lost = {n: found[n] for n in sorted(fresh) if found[n].data & ~1 in self._blocks}

    def _pages(self) -> Iterator[tuple[int, int]]:
        """Kind and place of all that may be a page of a tree, in the order of the file."""
        layout = self.layout
        at = layout.page - layout.trailer
        stride = max(_ALIGNED, (_long.PIECE - layout.page) // _ALIGNED * _ALIGNED)
        for start in range(0, len(self.raw) - layout.page + 1, stride):
            piece = self.raw[start : start + stride + layout.page - _ALIGNED]
            codes = np.frombuffer(piece, np.uint8)
            count = (len(codes) - layout.page) // _ALIGNED + 1
            kinds = codes[at::_ALIGNED][:count]
            alike = kinds == codes[at + 1 :: _ALIGNED][:count]
            known = alike & ((kinds == _NODES) | (kinds == _BLOCKS))
            for place in np.flatnonzero(known).tolist():
                yield int(kinds[place]), start + place * _ALIGNED

    def _is_sound(self, place: int) -> bool:
        """Whether the checksum of a page is right."""
        layout = self.layout
        at = layout.page - layout.trailer
        page = self.raw[place : place + layout.page]
        (told,) = struct.unpack_from("<I", page, at + (4 if layout.wide else 8))
        return bool(told == checksum(page[:at]))

    def _end(self, place: int, size: int) -> bytes:
        """The trailer of a block; b"" when it is missing."""
        layout = self.layout
        whole = -(-(size + layout.trailer) // layout.unit) * layout.unit
        end = self.raw[place + whole - layout.trailer : place + whole]
        return end if len(end) == layout.trailer else b""

    def _stands(self, number: int, place: int, size: int) -> bool:
        """Whether a block is still where a page says: its end tells its number."""
        end = self._end(place, size)
        if not end:
            return False
        length, told = struct.unpack_from("<H6xQ" if self.layout.wide else "<H2xI", end)
        return bool(length == size and told & ~1 == number)

    def place(self, node: Node) -> int:
        """Where the data of a node begin."""
        return self._blocks.get(node.data & ~1, (0, 0))[0]

    def blocks(self, number: int) -> list[bytes]:
        """The data of a node, block by block; what cannot be read is missing, and noted."""
        out: list[bytes] = []
        todo = [(number, 0)] if number else []
        while todo:
            here, depth = todo.pop()
            raw = self._bytes(here)
            if not here & _INTERNAL:
                out.append(raw)
            elif depth == _DEPTH or raw[:1] != b"\1":
                self.damaged = True
            else:
                (count,) = struct.unpack_from("<H", raw.ljust(4, b"\0"), 2)
                size = 8 if self.layout.wide else 4
                listed = raw[8 : 8 + size * count]
                ids = struct.iter_unpack(
                    "<Q" if size == 8 else "<I", listed[: len(listed) // size * size]
                )
                todo += [(one, depth + 1) for (one,) in ids][::-1]
        return out

    def subnodes(self, number: int) -> dict[int, Node]:
        """The nodes that lie inside a node."""
        found: dict[int, Node] = {}
        todo = [(number, 0)] if number else []
        while todo:
            here, depth = todo.pop()
            raw = self._bytes(here)
            if raw[:1] != b"\2" or len(raw) < 8 or depth > 1:
                self.damaged = True
                continue
            (level, count), wide = struct.unpack_from("<BH", raw, 1), self.layout.wide
            rows = raw[8 if wide else 4 :]
            form = ("<I4xQ" if level else "<I4xQQ") if wide else ("<II" if level else "<III")
            size = struct.calcsize(form)
            for one, *blocks in struct.iter_unpack(
                form, rows[: min(count, len(rows) // size) * size]
            ):
                if level:
                    todo.append((blocks[0], depth + 1))
                else:
                    found.setdefault(one, Node(*blocks))
        return found

    def _bytes(self, number: int) -> bytes:
        """One block, decoded. Raises SpentError."""
        place, size = self._blocks.get(number & ~1, (0, 0))
        raw = self.raw[place : place + size] if place else b""
        if not raw or len(raw) < size:
            self.damaged = True
        if self.layout.big and not number & _INTERNAL:
            raw = self._inflated(raw, self._end(place, size))
        self.left -= len(raw)
        if self.left < 0:
            raise SpentError
        return raw if number & _INTERNAL else self._decoded(raw, number)

    def _inflated(self, raw: bytes, end: bytes) -> bytes:
        """A block as it was before it was packed, if it was."""
        whole = int.from_bytes(end[18:20], "little")
        if not whole or whole == len(raw):
            return raw
        try:
            return zlib.decompressobj().decompress(raw, 1 << 16)
        except zlib.error:
            return raw

    def _decoded(self, raw: bytes, number: int) -> bytes:
        if self.encoded == _PERMUTED:
            return raw.translate(_pstcodes.BACKWARD)
        return _pstcodes.cyclic(raw, number) if self.encoded == _CYCLIC else raw


def begins(head: bytes) -> bool:
    """Whether a file begins as one of these does."""
    return head.startswith(SIGNATURE) and head[8:10] in _CLIENTS


def checksum(data: bytes) -> int:
    """What stands in the trailers of pages and blocks."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF
