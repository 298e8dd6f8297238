"""Pages of a SQLite database, for what they still hold of deleted rows."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PAGE_SIZE, _FIRST_TRUNK = 16, 32
_HEADER = 100
_LEAVES, _BRANCHES = (0x0A, 0x0D), (0x02, 0x05)
_LEAST = 8
"""Bytes of a stretch that can hold a number."""


def unused(data: bytes) -> Iterator[bytes]:
    """What lies in free pages and in the unused parts of the others, but for zeros."""
    if len(data) < _HEADER:
        return
    (size,) = struct.unpack_from(">H", data, _PAGE_SIZE)
    size = 65_536 if size == 1 else size
    if size < 512 or size & (size - 1):
        return
    free = _free_pages(data, size)
    for number in range(1, len(data) // size + 1):
        page = data[(number - 1) * size : number * size]
        stretches = [page] if number in free else _gaps(page, _HEADER if number == 1 else 0)
        for stretch in stretches:
            if len(stretch) >= _LEAST and stretch.count(0) < len(stretch):
                yield stretch


def _free_pages(data: bytes, size: int) -> set[int]:
    """Numbers of the pages that the list of free ones tells of, without its own pages."""
    free: set[int] = set()
    seen: set[int] = set()
    (trunk,) = struct.unpack_from(">I", data, _FIRST_TRUNK)
    while trunk and trunk not in seen and trunk * size <= len(data):
        seen.add(trunk)
        start = (trunk - 1) * size
        following, count = struct.unpack_from(">II", data, start)
        count = min(count, size // 4 - 2)
        free.update(struct.unpack_from(f">{count}I", data, start + 8))
        trunk = following
    return free


def _gaps(page: bytes, header: int) -> Iterator[bytes]:
    """Of a page of a table or an index: what is between its cells and between it and them."""
    kind = page[header]
    if kind not in (*_LEAVES, *_BRANCHES):
        return
    block, cells, content = struct.unpack_from(">HHH", page, header + 1)
    begin = header + (8 if kind in _LEAVES else 12) + 2 * cells
    yield page[begin : content or len(page)]
    last = 0
    while last < block <= len(page) - 4:
        following, length = struct.unpack_from(">HH", page, block)
        yield page[block + 4 : block + length]
        last, block = block, following
