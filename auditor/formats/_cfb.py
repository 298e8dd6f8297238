"""Compound files (MS-CFB): a small file system of storages and streams, read without trust.

Chains of sectors end where they should, at the end of the file, or where they come back to
themselves; what was read until then stays, and the stream is noted as damaged.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
STORAGE, STREAM, ROOT = 1, 2, 5

_HEADER = 512
_IN_HEADER = 109
"""Sectors of the allocation table that the header itself lists."""
_ENTRY = struct.Struct("<64sHBxIII16s12x8xIQ")
_ENTRIES = 200_000
_FREE = 1 << 20
"""Bytes that streams may give beyond twice the size of the file."""


class NotCompoundError(ValueError):
    """There is no header, or no directory."""


@dataclass(slots=True, eq=False)
class Entry:
    """A storage or a stream."""

    name: str
    kind: int = STORAGE
    start: int = 0
    size: int = 0
    clsid: bytes = bytes(16)
    children: list[Entry] = field(default_factory=list, repr=False)

    def find(self, *names: str) -> Entry | None:
        """What lies under these names, one inside the other; None when there is no such thing."""
        here: Entry | None = self
        for name in names:
            inside = here.children if here else ()
            here = next((child for child in inside if child.name.lower() == name.lower()), None)
        return here

    def walk(self) -> Iterator[tuple[tuple[str, ...], Entry]]:
        """Everything inside, with the names of the storages around it."""
        stack: list[tuple[tuple[str, ...], Entry]] = [((), self)]
        while stack:
            path, entry = stack.pop()
            for child in entry.children:
                yield path, child
                if child.children:
                    stack.append(((*path, child.name), child))


class Compound:
    """An open compound file."""

    def __init__(self, data: bytes) -> None:
        """Read header, tables and directory; raises NotCompoundError."""
        self._data = data
        if not data.startswith(SIGNATURE) or len(data) < _HEADER:
            raise NotCompoundError("header")
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or not 4 <= mini_shift <= 9:
            raise NotCompoundError("sector size")
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        directory, self._cutoff, minifat, _, difat = struct.unpack_from("<I4xIIII", data, 48)
        self._sectors = max(0, -(-len(data) // self._sector) - 1)
        self._left = 2 * len(data) + _FREE
        self._container: bytes | None = None
        self.damaged: list[str] = []
        """Names of what could not be read whole."""
        self._fat = self._table(difat)
        self.root = self._tree(self._chain(directory, len(data))[0])
        small, _ = self._chain(minifat, len(data)) if minifat < self._sectors else (b"", True)
        self._minifat = _numbers(small)

    def stream(self, entry: Entry) -> bytes:
        """The bytes of a stream, as far as they can be read."""
        read = self._chain if entry.size >= self._cutoff else self._small
        data, whole = read(entry.start, entry.size)
        if not whole or len(data) < entry.size:
            self.damaged.append(entry.name)
        return data

    def _table(self, difat: int) -> array[int]:
        """The allocation table; no longer than the file can need."""
        pieces: list[bytes] = []
        most = -(-self._sectors * 4 // self._sector)
        listed = _numbers(self._data[76 : 76 + 4 * _IN_HEADER])
        seen: set[int] = set()
        while len(pieces) < most:
            # A table that lies beyond the end still counts: places are found by position.
            pieces.extend(self._at(s) for s in listed[: most - len(pieces)] if s < self._sectors)
            if difat >= self._sectors or difat in seen:
                break
            seen.add(difat)
            listed = _numbers(self._at(difat))
            difat = listed.pop() if listed else self._sectors
        return _numbers(b"".join(pieces))

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, sector: int, size: int) -> tuple[bytes, bool]:
        """Up to ``size`` bytes along a chain, and whether it was in order."""
        step = self._sector
        runs, whole = _runs(sector, -(-min(size, self._left) // step), self._fat, self._sectors)
        data = b"".join(self._data[(a + 1) * step : (b + 1) * step] for a, b in runs)[:size]
        self._left = max(0, self._left - len(data))
        return data, whole

    def _small(self, sector: int, size: int) -> tuple[bytes, bool]:
        """The same inside the stream of small streams."""
        if self._container is None:
            self._container, _ = self._chain(self.root.start, self.root.size)
        step, held = self._mini, self._container
        most, end = -(-min(size, self._left) // step), -(-len(held) // step)
        runs, whole = _runs(sector, most, self._minifat, end)
        data = b"".join(held[a * step : b * step] for a, b in runs)[:size]
        self._left = max(0, self._left - len(data))
        return data, whole

    def _tree(self, raw: bytes) -> Entry:
        """The root with everything below it; what hangs nowhere hangs on the root."""
        entries: list[Entry | None] = []
        links: list[tuple[int, int, int]] = []
        for row in _ENTRY.iter_unpack(raw[: min(len(raw), _ENTRIES * 128) // 128 * 128]):
            name, length, kind, left, right, child, clsid, start, size = row
            known = kind in (STORAGE, STREAM, ROOT)
            text = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            size = size if self._sector > _HEADER else size & 0xFFFFFFFF
            entries.append(Entry(text, kind, start, size, clsid) if known else None)
            links.append((left, right, child))
        if not entries or (root := entries[0]) is None or root.kind != ROOT:
            raise NotCompoundError("directory")
        placed = {0}
        todo = [(root, links[0][2])]
        while todo:
            parent, index = todo.pop()
            entry = entries[index] if index < len(entries) else None
            if entry is None or index in placed:
                continue
            placed.add(index)
            parent.children.append(entry)
            left, right, child = links[index]
            todo += [(parent, left), (parent, right)]
            if entry.kind == STORAGE:
                todo.append((entry, child))
        lost = [e for n, e in enumerate(entries) if e and e.kind != ROOT and n not in placed]
        if lost:
            self.damaged.append("directory")
            root.children.extend(lost)
        return root


def _numbers(raw: bytes) -> array[int]:
    numbers = array("I", raw[: len(raw) // 4 * 4])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _runs(
    sector: int, most: int, table: array[int], end: int
) -> tuple[list[tuple[int, int]], bool]:
    """``(first, past the last)`` of neighbouring sectors along a chain of at most ``most``."""
    runs: list[tuple[int, int]] = []
    seen: set[int] = set()
    first = last = sector
    for count in range(most):
        if sector >= end or sector in seen:
            if count:
                runs.append((first, last + 1))
            return runs, False
        seen.add(sector)
        if sector != last + 1 and count:
            runs.append((first, last + 1))
            first = sector
        last = sector
        sector = table[sector] if sector < len(table) else end
    if most:
        runs.append((first, last + 1))
    return runs, True


def top(data: bytes) -> frozenset[str]:
    """Lower-case names in the root of a compound file; none when it cannot be read."""
    try:
        return frozenset(entry.name.lower() for entry in Compound(data).root.children)
    except NotCompoundError:
        return frozenset()
