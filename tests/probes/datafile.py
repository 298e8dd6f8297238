"""Small Outlook data files of all three kinds, as [MS-PST] describes them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence

from auditor.formats import _pstcodes, _pstfile

ANSI, UNICODE, BIG = "ANSI", "Unicode", "4K"
PLAIN, PERMUTED, CYCLIC = 0, 1, 2
ROOT, STORE, NAMES, FOLDER = 0x122, 0x21, 0x61, 0x8022
TEXT_8, TEXT_16, BINARY, LONG, OBJECT = 0x1E, 0x1F, 0x102, 3, 0x0D
_ON_HEAP = 1_000
_BLOCK = 8_176

Properties = Mapping[tuple[int, int], bytes]
"""Number and kind of a property → its value."""


class Writer:
    """A data file that is being written: blocks first, then the trees over them."""

    def __init__(self, kind: str = UNICODE, encoded: int = PERMUTED) -> None:
        self.kind = kind
        self.wide, self.big = kind != ANSI, kind == BIG
        self.encoded = encoded
        self.out = bytearray(0x4600 if not self.big else 0x5000)
        self.blocks: list[tuple[int, int, int]] = []
        self.nodes: dict[int, tuple[int, int, int]] = {}
        self._number = 4

    def block(self, data: bytes, internal: bool = False) -> int:
        """Append a block; its number."""
        number = self._number | (2 if internal else 0)
        self._number += 4
        whole = len(data)
        if not internal:
            if self.encoded == PERMUTED:
                data = data.translate(_pstcodes.FORWARD)
            elif self.encoded == CYCLIC:
                data = _pstcodes.cyclic(data, number)
            if self.big and len(packed := zlib.compress(data)) < len(data):
                data = packed
        unit = 512 if self.big else 64
        self.out += bytes(-len(self.out) % unit)
        place = len(self.out)
        told = _pstfile.checksum(data)
        end = struct.pack("<HH", len(data), sign(place, number))
        end += struct.pack("<IQ", told, number) if self.wide else struct.pack("<II", number, told)
        end += struct.pack("<HHI", 2, whole, 0) if self.big else b""
        self.out += data + bytes(-(len(data) + len(end)) % unit) + end
        self.blocks.append((number, place, len(data)))
        return number

    def data(self, data: bytes) -> int:
        """Data of any length: one block, or one that lists others."""
        pieces = [data[at : at + _BLOCK] for at in range(0, len(data), _BLOCK)] or [b""]
        numbers = [self.block(piece) for piece in pieces]
        if len(numbers) == 1:
            return numbers[0]
        form = "Q" if self.wide else "I"
        rows = struct.pack(f"<{len(numbers)}{form}", *numbers)
        return self.block(struct.pack("<BBHI", 1, 1, len(numbers), len(data)) + rows, internal=True)

    def inside(self, nodes: Mapping[int, tuple[int, int]]) -> int:
        """A block that lists nodes inside a node; 0 when there are none."""
        if not nodes:
            return 0
        form = "<QQQ" if self.wide else "<III"
        rows = b"".join(struct.pack(form, nid, *nodes[nid]) for nid in sorted(nodes))
        head = struct.pack("<BBH", 2, 0, len(nodes)) + (bytes(4) if self.wide else b"")
        return self.block(head + rows, internal=True)

    def context(
        self, values: Properties, nodes: Mapping[int, tuple[int, int]] | None = None
    ) -> tuple[int, int]:
        """A node with properties: numbers of its data and of what is inside."""
        pieces, inner = [b"", b""], dict(nodes or {})
        rows = b""
        for (key, kind), value in sorted(values.items()):
            if kind == LONG:
                told = value
            elif len(value) <= _ON_HEAP:
                pieces.append(value)
                told = struct.pack("<I", len(pieces) << 5 if value else 0)
            else:
                nid = (0x100 + len(inner)) << 5 | 0x1F
                inner[nid] = (self.data(value), 0)
                told = struct.pack("<I", nid)
            rows += struct.pack("<HH4s", key, kind, told)
        pieces[0] = struct.pack("<BBBBI", 0xB5, 2, 6, 0, 2 << 5)
        pieces[1] = rows
        return self.data(heap(0xBC, pieces)), self.inside(inner)

    def table(self, rows: Sequence[Properties], ids: Sequence[int] = ()) -> tuple[int, int]:
        """A node with a table, whose columns are all that its rows have."""
        numbers = [*(ids or range(1, len(rows) + 1))]
        keys = sorted({key for row in rows for key in row})
        size = 8 + 4 * len(keys)
        bits = (len(keys) + 2 + 7) // 8
        ends = (size, size, size, size + bits)
        form = "<II" if self.wide else "<IH"
        index = b"".join(struct.pack(form, one, at) for at, one in enumerate(numbers))
        pieces = [
            b"",
            struct.pack("<BBBBI", 0xB5, 4, len(index) // len(rows) - 4, 0, 4 << 5),
            b"",
            index,
        ]
        columns = struct.pack("<HHHBB", LONG, 0x67F2, 0, 4, 0)
        columns += struct.pack("<HHHBB", LONG, 0x67F3, 4, 4, 1)
        for at, (key, kind) in enumerate(keys):
            columns += struct.pack("<HHHBB", kind, key, 8 + 4 * at, 4, 2 + at)
        matrix = b""
        for number, row in zip(numbers, rows, strict=True):
            cells = struct.pack("<II", number, number)
            filled = 3
            for at, key in enumerate(keys):
                told = bytes(4)
                if key in row:
                    pieces.append(row[key])
                    told = row[key] if key[1] == LONG else struct.pack("<I", len(pieces) << 5)
                    filled |= 1 << 2 + at
                cells += told
            flags = int(f"{filled:0{bits * 8}b}"[::-1], 2)
            matrix += cells + flags.to_bytes(bits, "big")
        pieces[0] = struct.pack("<BB4H3I", 0x7C, len(keys) + 2, *ends, 2 << 5, 3 << 5, 0) + columns
        pieces[2] = matrix
        return self.data(heap(0x7C, pieces)), 0

    def node(self, nid: int, parts: tuple[int, int], parent: int = 0) -> None:
        self.nodes[nid] = (*parts, parent)

    def tree(self, kind: int, rows: Sequence[bytes]) -> tuple[int, int]:
        """Write the pages of a tree; number and place of its root."""
        form = "<QQQ" if self.wide else "<III"
        counts = 4056 if self.big else 488 if self.wide else 496
        level = 0
        while True:
            most = counts // len(rows[0])
            above: list[bytes] = []
            for at in range(0, len(rows), most):
                some = rows[at : at + most]
                number, place = self._page(kind, some, most, level, counts)
                key = int.from_bytes(some[0][: 8 if self.wide else 4], "little")
                above.append(struct.pack(form, key, number, place))
            if len(above) == 1:
                return number, place
            rows, level = above, level + 1

    def _page(
        self, kind: int, rows: Sequence[bytes], most: int, level: int, counts: int
    ) -> tuple[int, int]:
        number, self._number = self._number, self._number + 4
        self.out += bytes(-len(self.out) % (4096 if self.big else 512))
        place = len(self.out)
        form = "<HHBB10x" if self.big else "<BBBB4x" if self.wide else "<BBBB"
        page = b"".join(rows).ljust(counts, b"\0")
        page += struct.pack(form, len(rows), most, len(rows[0]), level)
        told = _pstfile.checksum(page)
        page += struct.pack("<BBH", kind, kind, sign(place, number))
        page += struct.pack("<IQ", told, number) if self.wide else struct.pack("<II", number, told)
        self.out += page + (bytes(8) if self.big else b"")
        return number, place

    def trees(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Write both trees as they are now: of nodes, of blocks."""
        wide = self.wide
        nodes = [
            struct.pack("<QQQII", n, *self.nodes[n], 0)
            if wide
            else struct.pack("<IIII", n, *self.nodes[n])
            for n in sorted(self.nodes)
        ]
        blocks = [
            struct.pack("<QQHHI", *b, 2, 0) if wide else struct.pack("<IIHH", *b, 2)
            for b in sorted(self.blocks)
        ]
        return self.tree(0x81, nodes), self.tree(0x80, blocks)

    def done(self) -> bytes:
        """The file, with a header."""
        nodes, blocks = self.trees()
        version = 36 if self.big else 23 if self.wide else 14
        head = bytearray(580)
        struct.pack_into("<4s4x2sHHBB", head, 0, b"!BDN", b"SM", version, 19, 1, 1)
        if self.wide:
            struct.pack_into("<Q", head, 184, len(self.out))
            struct.pack_into("<QQQQ", head, 216, *nodes, *blocks)
            struct.pack_into("<BB", head, 512, 0x80, self.encoded)
            struct.pack_into("<I", head, 524, _pstfile.checksum(bytes(head[8:524])))
        else:
            struct.pack_into("<I", head, 168, len(self.out))
            struct.pack_into("<IIII", head, 184, *nodes, *blocks)
            struct.pack_into("<BB", head, 460, 0x80, self.encoded)
        struct.pack_into("<I", head, 4, _pstfile.checksum(bytes(head[8:479])))
        self.out[: len(head)] = head
        return bytes(self.out)


def sign(place: int, number: int) -> int:
    """The mark by which a page or a block knows its place."""
    mixed = place ^ number
    return (mixed >> 16 ^ mixed) & 0xFFFF


def heap(kind: int, pieces: Sequence[bytes]) -> bytes:
    """A heap of one block; what stands on it begins with the first piece."""
    places = [12]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    body = b"".join(pieces) + bytes(places[-1] % 2)
    head = struct.pack("<HBBII", 12 + len(body), 0xEC, kind, 1 << 5, 0)
    listed = struct.pack(f"<HH{len(places)}H", len(pieces), 0, *places)
    return head + body + listed


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def item(subject: str = "memo", body: str = "memo", **more: bytes) -> dict[tuple[int, int], bytes]:
    """Properties of a mail; ``more`` are others, as ``x1000001F``."""
    own = {
        (0x1A, TEXT_16): wide("IPM.Note"),
        (0x37, TEXT_16): wide(f"\1\1{subject}"),
        (0x1000, TEXT_16): wide(body),
    }
    return own | {(int(k[1:5], 16), int(k[5:], 16)): v for k, v in more.items()}


Filled = Callable[[Writer], None]


def datafile(
    fill: Filled, kind: str = UNICODE, encoded: int = PERMUTED, folder: str = "受信"
) -> bytes:
    """A data file with one folder; ``fill`` puts items into it."""
    writer = Writer(kind, encoded)
    writer.node(STORE, writer.context({(0x3001, TEXT_16): wide("store")}))
    names = {
        (1, LONG): b"\1\0\0\0",
        (2, BINARY): bytes(16),
        (3, BINARY): struct.pack("<IHH", 0, 5, 0),
        (4, BINARY): struct.pack("<I", 8) + wide("memo"),
    }
    writer.node(NAMES, writer.context(names))
    writer.node(ROOT, writer.context({(0x3001, TEXT_16): b""}), ROOT)
    writer.node(FOLDER, writer.context({(0x3001, TEXT_16): wide(folder)}), ROOT)
    fill(writer)
    listed = [nid for nid in writer.nodes if nid & 0x1F == 4]
    writer.node(ROOT + 11, writer.table([{}], [FOLDER]))
    if listed:
        writer.node(FOLDER + 12, writer.table([{}] * len(listed), listed))
    return writer.done()


def mail(
    writer: Writer, properties: Properties, number: int = 1, **inside: Sequence[tuple[int, int]]
) -> None:
    """Put a mail into the folder; ``recipients`` and ``files`` are nodes inside it."""
    nodes = dict(zip((0x692,), inside.get("recipients", ()), strict=False))
    nodes |= {0x8000 + 32 * n | 5: node for n, node in enumerate(inside.get("files", ()))}
    writer.node(0x200000 + 32 * number | 4, writer.context(properties, nodes), FOLDER)
