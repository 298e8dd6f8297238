"""Properties and tables of the nodes of Outlook data files (MS-PST, chapter 2.3).

The data of such a node is a heap of small pieces: on it stand trees of properties, and tables; what
is too long for it stands in a node inside the node.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.formats._pstfile import File, Node

PROPERTIES, TABLE = 0xBC, 0x7C
"""What stands on a heap."""
_HEAP, _TREE = 0xEC, 0xB5
_LEVELS = 8
_SMALL = frozenset((2, 3, 4, 10, 11))
"""Kinds of values with up to four bytes."""
_EIGHT = frozenset((5, 6, 7, 20, 64))
_MANY = 0x1000
_OBJECT = 0x0D
_COLUMNS = 2_000


@dataclass(frozen=True, slots=True)
class Value:
    """One property: its number, the kind of its value, and that value."""

    key: int
    kind: int
    data: bytes


class Heap:
    """The pieces on a heap. Raises ValueError when there is none."""

    def __init__(self, file: File, node: Node) -> None:
        """Read the data of ``node``, and list the nodes inside it."""
        self._file = file
        self._blocks = file.blocks(node.data)
        head = self._blocks[0][:12] if self._blocks else b""
        if len(head) < 12 or head[2] != _HEAP:
            raise ValueError("heap")
        self.client = head[3]
        self._root = int.from_bytes(head[4:8], "little")
        self._shift = 19 if file.layout.big else 16
        self.inside = file.subnodes(node.sub)

    def properties(self) -> Iterator[Value]:
        """Those of a node that is one thing."""
        for key, row in self._tree(self._root):
            if len(key) == 2 and len(row) == 6:
                kind, told = struct.unpack("<H4s", row)
                number = int.from_bytes(key, "little")
                yield Value(number, kind, told if kind in _SMALL else self._far(told))

    def rows(self) -> Iterator[list[Value]]:
        """Those of a node that is a table."""
        info = self._piece(self._root)
        if len(info) < 22 or info[0] != TABLE:
            return
        fours, _, ones, size, _, place = struct.unpack_from("<HHHHII", info, 2)
        del fours
        columns = [
            struct.unpack_from("<HHHBB", info, at)
            for at in range(22, min(len(info) - 7, 22 + 8 * min(info[1], _COLUMNS)), 8)
        ]
        if size <= ones:
            return
        for block in self._stretches(place):
            for at in range(0, len(block) - size + 1, size):
                row = block[at : at + size]
                yield list(self._cells(row, columns, row[ones:]))

    def _cells(self, row: bytes, columns: list[tuple[int, ...]], filled: bytes) -> Iterator[Value]:
        for kind, key, place, size, bit in columns:
            if bit // 8 >= len(filled) or not filled[bit // 8] >> 7 - bit % 8 & 1:
                continue
            told = row[place : place + size]
            near = kind in _SMALL or (kind in _EIGHT and size == 8)
            yield Value(key, kind, told if near else self._far(told))

    def _stretches(self, place: int) -> list[bytes]:
        """Rows of a table: on the heap, or in a node inside, where none crosses two blocks."""
        if place & 0x1F == 0:
            return [self._piece(place)]
        node = self.inside.get(place)
        return self._file.blocks(node.data) if node else []

    def _far(self, told: bytes) -> bytes:
        """A value that stands somewhere else."""
        place = int.from_bytes(told[:4], "little")
        return b"".join(self._stretches(place)) if place else b""

    def _piece(self, place: int) -> bytes:
        """What stands on the heap at this place; b"" when there is nothing."""
        number, index = place >> self._shift, (place >> 5) & (1 << self._shift - 5) - 1
        if place & 0x1F or not index or number >= len(self._blocks):
            return b""
        block = self._blocks[number]
        at = int.from_bytes(block[:2], "little") + 2 + 2 * index
        start, end = (int.from_bytes(block[n : n + 2], "little") for n in (at, at + 2))
        return block[start:end] if at + 4 <= len(block) else b""

    def _tree(self, place: int) -> Iterator[tuple[bytes, bytes]]:
        """Keys and rows of a tree on the heap."""
        head = self._piece(place)
        if len(head) < 8 or head[0] != _TREE or head[3] > _LEVELS:
            return
        key, size = head[1], head[2]
        todo = [(int.from_bytes(head[4:8], "little"), head[3])]
        seen: set[int] = set()
        while todo:
            here, level = todo.pop()
            if here in seen or not key:
                continue
            seen.add(here)
            piece = self._piece(here)
            step = key + (4 if level else size)
            rows = [piece[at : at + step] for at in range(0, len(piece) - step + 1, step)]
            if level:
                below = [(int.from_bytes(row[key:], "little"), level - 1) for row in rows]
                todo += below[::-1]
            else:
                yield from ((row[:key], row[key:]) for row in rows)


def many(value: Value) -> list[bytes]:
    """The values of a property that has several; those of fixed length stay together."""
    data = value.data
    if value.kind & ~_MANY not in (0x1E, 0x1F, 0x102) or len(data) < 4:
        return [data]
    count = min(int.from_bytes(data[:4], "little"), len(data) // 4 - 1)
    places = [*struct.unpack_from(f"<{count}I", data, 4), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(places)]
