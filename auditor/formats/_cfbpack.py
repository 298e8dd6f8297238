"""A storage made a compound file of its own again: what was embedded is handed on as a file."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.formats import _cfb

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _TABLE, _MORE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
_IN_HEADER = 109
_PER_SECTOR = _SECTOR // 4


@dataclass(slots=True, eq=False)
class Node:
    """A storage (``data`` is None) or a stream to be written."""

    name: str
    data: bytes | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)
    clsid: bytes = bytes(16)


def copied(compound: _cfb.Compound, storage: _cfb.Entry) -> Node:
    """A storage with everything in it, ready to be written."""
    root = Node(storage.name, clsid=storage.clsid)
    todo = [(storage, root)]
    while todo:
        source, target = todo.pop()
        for entry in source.children:
            if entry.kind == _cfb.STREAM:
                target.children.append(Node(entry.name, compound.stream(entry)))
            elif entry.kind == _cfb.STORAGE:
                target.children.append(Node(entry.name, clsid=entry.clsid))
                todo.append((entry, target.children[-1]))
    return root


def pack(root: Node) -> bytes:
    """The bytes of a compound file with ``root`` as its root storage."""
    nodes, rows = _listed(root)
    sectors, small = bytearray(), bytearray()
    table: list[int] = []
    minitable: list[int] = []
    starts: list[tuple[int, int]] = []
    for node in nodes[1:]:
        data = node.data or b""
        if not data:
            starts.append((_END, 0))
        elif len(data) < _CUTOFF:
            starts.append((_put(small, minitable, data, _MINI), len(data)))
        else:
            starts.append((_put(sectors, table, data, _SECTOR), len(data)))
    container = _put(sectors, table, bytes(small), _SECTOR) if small else _END
    starts.insert(0, (container, len(small)))
    raw = struct.pack(f"<{len(minitable)}I", *minitable)
    minifat = _put(sectors, table, raw, _SECTOR, b"\xff") if raw else _END
    entries = b"".join(
        _row(node, row, start, size)
        for node, row, (start, size) in zip(nodes, rows, starts, strict=True)
    )
    directory = _put(sectors, table, entries, _SECTOR)
    return _file(sectors, table, directory, (minifat, -(-len(raw) // _SECTOR)))


def _put(out: bytearray, table: list[int], data: bytes, size: int, fill: bytes = b"\0") -> int:
    """Append a stream and its chain; the number of its first sector."""
    first, count = len(table), -(-len(data) // size)
    out += data + fill * (count * size - len(data))
    table.extend(range(first + 1, first + count))
    table.append(_END)
    return first


def _listed(root: Node) -> tuple[list[Node], list[tuple[int, int, int]]]:
    """Every node, and for each its left and right neighbour and its first child."""
    nodes = [root]
    links: dict[int, list[int]] = {0: [_FREE, _FREE, _FREE]}
    at = 0
    while at < len(nodes):
        children = sorted(nodes[at].children, key=_order)
        first = len(nodes)
        nodes.extend(children)
        links |= {first + n: [_FREE, _FREE, _FREE] for n in range(len(children))}
        todo = [(at, 2, first, len(nodes))]
        while todo:  # a balanced tree over the sorted neighbours
            owner, side, low, high = todo.pop()
            if low < high:
                middle = (low + high) // 2
                links[owner][side] = middle
                todo += [(middle, 0, low, middle), (middle, 1, middle + 1, high)]
        at += 1
    return nodes, [(a, b, c) for a, b, c in (links[n] for n in range(len(nodes)))]


def _order(node: Node) -> tuple[int, str]:
    return len(node.name.encode("utf-16-le")), node.name.upper()


def _row(node: Node, links: tuple[int, int, int], start: int, size: int) -> bytes:
    root = node.name == "Root Entry"
    kind = _cfb.STREAM if node.data is not None else _cfb.ROOT if root else _cfb.STORAGE
    raw = node.name.encode("utf-16-le")[:62]
    place = start if kind != _cfb.STORAGE else 0
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        raw, len(raw) + 2, kind, 1, *links, node.clsid, 0, 0, 0, place, size,
    )  # fmt: skip


def _file(sectors: bytearray, table: list[int], directory: int, minifat: Sequence[int]) -> bytes:
    """The header, the sectors, and the allocation table that covers itself."""
    used = len(table)
    fats = more = 0
    while (fats, more) != (new := _tables(used + fats + more)):
        fats, more = new
    table = [*table, *[_TABLE] * fats, *[_MORE] * more]
    table += [_FREE] * (fats * _PER_SECTOR - len(table))
    places = [*range(used, used + fats)]
    lists = places[_IN_HEADER:]
    extra = b""
    for number in range(more):
        piece = lists[number * 127 : number * 127 + 127]
        piece += [_FREE] * (127 - len(piece))
        follows = used + fats + number + 1 if number + 1 < more else _END
        extra += struct.pack("<128I", *piece, follows)
    in_header = places[:_IN_HEADER]
    in_header += [_FREE] * (_IN_HEADER - len(in_header))
    head = _cfb.SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack(
        "<III4xIIIII",
        0, fats, directory, _CUTOFF, minifat[0], minifat[1], used + fats if more else _END, more,
    )  # fmt: skip
    head += struct.pack("<109I", *in_header)
    return head + bytes(sectors) + struct.pack(f"<{len(table)}I", *table) + extra


def _tables(sectors: int) -> tuple[int, int]:
    """Sectors of the allocation table, and of lists of them, for so many sectors."""
    fats = -(-sectors // _PER_SECTOR)
    return fats, max(0, -(-(fats - _IN_HEADER) // 127))
