"""Where a number can sit on a disc in UDF, however its partition is mapped and its files lie."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from probes.probe import probes, table, told, zipped

BLOCK = 2_048
START, BLOCKS = 300, 200
"""Where the partition begins, and how long it is."""
SHORT, LONG, EXTENDED, INSIDE = range(4)
FOLDER, FILE, LINK = 4, 5, 12
FAR = 150
"""A block of the partition where mapped ones lie in truth."""

Tree = Mapping[str, "bytes | Tree"]


def described(kind: int, location: int, body: bytes) -> bytes:
    """A descriptor: its tag, and behind it what it says."""
    head = struct.pack("<HHBBHHHI", kind, 3, 0, 0, 0, 0, 0, location)
    return head[:4] + bytes((sum(head) & 0xFF,)) + head[5:] + body


def packed(text: str) -> bytes:
    """Characters as UDF has them."""
    return b"\x08" + text.encode() if text.isascii() else b"\x10" + text.encode("utf-16-be")


def field_of(text: str, size: int) -> bytes:
    raw = packed(text) if text else b""
    return raw.ljust(size - 1, b"\0") + bytes((len(raw),))


def leads(block: int, length: int = BLOCK, partition: int = 0) -> bytes:
    """An allocation descriptor of the long form."""
    return struct.pack("<IIH6x", length, block, partition)


def named(name: str, icb: bytes, traits: int = 0) -> bytes:
    """What a folder says of a file."""
    raw = packed(name) if name else b""
    body = struct.pack("<HBB", 1, traits, len(raw)) + icb + b"\0\0" + raw
    return described(257, 0, body + bytes(-(16 + len(body)) % 4))


@dataclass
class Disc:
    """A disc being written; what is not said otherwise lies in the entries themselves."""

    form: int = INSIDE
    pieces: int = 1
    """Extents of a file."""
    chained: bool = False
    """The extents stand in a block of their own."""
    long: bool = False
    mapped: str = ""
    """``virtual``, ``spared``, ``metadata``, or "": not at all."""
    label: str = ""
    attributes: bytes = b""
    streams: Tree = field(default_factory=dict)
    """Of every file."""
    traits: int = 0
    """Of every name."""
    blocks: dict[int, bytes] = field(default_factory=dict)
    """Of the partition."""
    free: int = 2

    def take(self, data: bytes = b"") -> int:
        """Blocks that follow each other; the first of them."""
        first = self.free
        self.free += max(1, -(-len(data) // BLOCK))
        for at in range(0, len(data), BLOCK):
            self.blocks[first + at // BLOCK] = data[at : at + BLOCK].ljust(BLOCK, b"\0")
        return first

    @property
    def number(self) -> int:
        """The partition that files say they lie in."""
        return 1 if self.mapped == "metadata" else 0

    def entry(self, kind: int, data: bytes, streams: bytes = bytes(16), at: int = -1) -> bytes:
        """Write the entry of a file; what leads to it."""
        at = self.take() if at < 0 else at
        form = INSIDE if kind == FOLDER else self.form
        allocation = data if form == INSIDE else self._extents(data, form)
        tag = struct.pack("<IHHHBB6xH", 0, 4, 0, 1, 0, kind, form)
        head = tag + bytes(20) + struct.pack("<Q", len(data))
        if self.long:
            head = (head + struct.pack("<Q", len(data))).ljust(136, b"\0") + streams
        head = head.ljust((208 if self.long else 168) - 16, b"\0")
        head += struct.pack("<II", len(self.attributes), len(allocation)) + self.attributes
        self.blocks[at] = described(266 if self.long else 261, at, head + allocation)
        return leads(at, partition=self.number)

    def _extents(self, data: bytes, form: int) -> bytes:
        size = BLOCK * max(1, -(-len(data) // BLOCK // self.pieces))
        out = b""
        for start in range(0, len(data), size):
            piece = data[start : start + size]
            out += self._extent(len(piece), self.take(piece), form)
            self.free += 1  # extents do not touch
        if self.chained:
            block = self.take(described(258, self.free, struct.pack("<II", 0, len(out)) + out))
            out = self._extent(BLOCK | 3 << 30, block, form)
        return out

    def _extent(self, length: int, block: int, form: int) -> bytes:
        if form == SHORT:
            return struct.pack("<II", length, block)
        if form == LONG:
            return leads(block, length, self.number)
        size = length & 0x3FFFFFFF
        return struct.pack("<IIIIH2x", length, size, size, block, self.number)

    def folder(self, tree: Tree, at: int = -1) -> bytes:
        """Write a folder and what is in it; what leads to it."""
        at = self.take() if at < 0 else at
        names = named("", leads(at, partition=self.number), 8 | 2)
        for name, what in tree.items():
            if isinstance(what, bytes):
                mine, self.streams = self.streams, {}
                streams = self.folder(mine) if mine else bytes(16)
                kind = LINK if name == "link" else FILE
                names += named(name, self.entry(kind, what, streams), self.traits)
            else:
                names += named(name, self.folder(what), 2)
        return self.entry(FOLDER, names, at=at)

    def written(self, tree: Tree) -> bytes:
        """The whole disc."""
        root = self.folder(tree, 1)
        body = bytes(96) + field_of(self.label, 128) + bytes(256 - 96)
        self.blocks[0] = described(256, 0, body + root)
        blocks, maps, behind = self._placed()
        logical = field_of("", 128) + struct.pack("<I", BLOCK) + bytes(32)
        logical += leads(0, partition=self.number) + struct.pack(
            "<II", len(b"".join(maps)), len(maps)
        )
        sequence = [
            (1, bytes(8) + field_of("", 32)),
            (5, struct.pack("<IHH", 0, 1, 1).ljust(172, b"\0") + struct.pack("<II", START, BLOCKS)),
            (6, bytes(68) + logical + bytes(168) + b"".join(maps)),
            (8, b""),
        ]
        image = {
            16 + n: b"\0" + mark + b"\1" for n, mark in enumerate((b"BEA01", b"NSR03", b"TEA01"))
        }
        image |= {32 + n: described(kind, 32 + n, body) for n, (kind, body) in enumerate(sequence)}
        image[256] = described(2, 256, struct.pack("<IIII", 16 * BLOCK, 32, 0, 0))
        image |= {START + block: data for block, data in blocks.items()} | behind
        out = bytearray(BLOCK * (max(image) + 1))
        for block, data in image.items():
            out[block * BLOCK : block * BLOCK + len(data)] = data
        return bytes(out)

    def _placed(self) -> tuple[dict[int, bytes], list[bytes], dict[int, bytes]]:
        """Blocks of the partition where they lie, how it is mapped, and blocks outside of it."""
        plain = struct.pack("<BBHH", 1, 6, 1, 1)
        if not self.mapped:
            return self.blocks, [plain], {}
        kinds = {"virtual": "*UDF Virtual Partition", "spared": "*UDF Sparable Partition"}
        kind = kinds.get(self.mapped, "*UDF Metadata Partition").encode()
        two = (struct.pack("<BBHB", 2, 64, 0, 0) + kind).ljust(36, b"\0") + struct.pack("<HH", 1, 1)
        if self.mapped == "metadata":
            file = Disc(form=SHORT, long=True)
            allocation = struct.pack("<II", self.free * BLOCK, FAR)
            file.entry(250, b"", at=190)
            entry = bytearray(file.blocks[190])
            entry[56:64], entry[212:216] = struct.pack("<Q", self.free * BLOCK), b"\x08\0\0\0"
            moved = {FAR + block: data for block, data in self.blocks.items()}
            maps = [plain, two + struct.pack("<III", 190, 191, 0xFFFFFFFF).ljust(24, b"\0")]
            return moved | {190: bytes(entry[:216]) + allocation}, maps, {}
        if self.mapped == "spared":
            far = START + BLOCKS
            spared = {far + block: data for block, data in self.blocks.items() if block < 32}
            kept = {block: data for block, data in self.blocks.items() if block >= 32}
            head = bytes(1) + b"*UDF Sparing Table".ljust(31, b"\0")
            table_ = described(
                0, 290, head + struct.pack("<HHI", 1, 0, 0) + struct.pack("<II", 0, far)
            )
            maps = [two + struct.pack("<HBBII", 32, 1, 0, BLOCK, 290).ljust(24, b"\0")]
            return kept, maps, spared | {290: table_}
        moved = {FAR - block: data for block, data in self.blocks.items()}
        lies = struct.pack("<HH", 152, 0).ljust(152, b"\0")
        lies += b"".join(struct.pack("<I", FAR - block) for block in range(self.free))
        last = Disc()
        last.entry(248, lies, at=BLOCKS - 1)
        return moved | last.blocks, [two.ljust(64, b"\0")], {}


def big(number: str) -> bytes:
    """A list that takes several blocks."""
    return b"memo,memo\r\n" * 500 + table(number)


BEYOND = {
    "file in UDF": lambda n: Disc().written({"a.csv": table(n)}),
    "file in folders": lambda n: Disc().written({"a": {"b": {"c.csv": table(n)}}}),
    "short extents": lambda n: Disc(SHORT, 2).written({"a.csv": big(n)}),
    "long extents": lambda n: Disc(LONG, 3).written({"a.csv": big(n)}),
    "extended extents": lambda n: Disc(EXTENDED, 2).written({"a.csv": big(n)}),
    "extents in a block of their own": lambda n: Disc(SHORT, 3, chained=True).written(
        {"a.csv": big(n)}
    ),
    "virtual partition": lambda n: Disc(mapped="virtual").written({"a.csv": table(n)}),
    "spared packet": lambda n: Disc(mapped="spared").written({"a.csv": table(n)}),
    "metadata partition": lambda n: Disc(LONG, long=True, mapped="metadata").written(
        {"a.csv": big(n)}
    ),
    "deleted file": lambda n: Disc(traits=4).written({"a.csv": table(n)}),
    "named stream": lambda n: Disc(long=True, streams={"s": table(n)}).written({"a.txt": b"memo"}),
    "name of a file": lambda n: Disc().written({f"個人番号_{n}.txt": b"memo"}),
    "target of a link": lambda n: Disc().written(
        {"link": b"\5" + bytes((len(packed(told(n))), 0, 0)) + packed(told(n))}
    ),
    "label": lambda n: Disc(label=told(n)).written({"a.txt": b"memo"}),
    "extended attribute": lambda n: Disc(attributes=f"My Number: {n}\0".encode()).written(
        {"a.txt": b"memo"}
    ),
    "zip on a disc": lambda n: Disc(SHORT).written({"a.zip": zipped({"a.csv": table(n)})}),
}
PROBES = (*probes("udf", BEYOND, "a.iso"),)
