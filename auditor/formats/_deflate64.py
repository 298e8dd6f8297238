"""Deflate64, as Windows packs large files into a zip: Deflate with a window of 64 KiB.

Written out here, as no library at hand undoes it. About a megabyte a second.
"""

from __future__ import annotations

from collections.abc import Iterator

_WINDOW = 1 << 16
_FLUSH = 1 << 20
_LENGTHS = (
    *((n, 0) for n in range(3, 11)),
    *((base + (step << bits), bits) for bits, base in ((1, 11), (2, 19), (3, 35), (4, 67), (5, 131))
      for step in range(4)),
    (3, 16),
)  # fmt: skip
"""Least length and extra bits of the symbols from 257 on; of the last one Deflate64 makes 16."""
_DISTANCES = (
    (1, 0), (2, 0), (3, 0), (4, 0),
    *(((1 << bits + 1) + (step << bits) + 1, bits) for bits in range(1, 15) for step in range(2)),
)  # fmt: skip
_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)

Codes = list[int]
"""The next bits → 16 × symbol + length of its code; as long as the longest code asks for."""


class Deflate64Error(ValueError):
    """The data breaks the rules of the format, or ends too early."""


class _Bits:
    """Bits from the lowest of every byte on."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._held = 0
        self._count = 0

    def _fill(self, count: int) -> bool:
        """Hold at least ``count`` bits, if there are as many."""
        if self._count < count:
            piece = self._data[self._at : self._at + 32]
            self._held |= int.from_bytes(piece, "little") << self._count
            self._count += 8 * len(piece)
            self._at += len(piece)
        return self._count >= count

    def take(self, count: int) -> int:
        if not self._fill(count):
            raise Deflate64Error("end")
        value = self._held & (1 << count) - 1
        self._held >>= count
        self._count -= count
        return value

    def symbol(self, codes: Codes) -> int:
        if self._count < 15:
            self._fill(15)
        found = codes[self._held & len(codes) - 1]
        length = found & 15
        if not length or length > self._count:
            raise Deflate64Error("code")
        self._held >>= length
        self._count -= length
        return found >> 4

    def align(self) -> None:
        self.take(self._count % 8)


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, in pieces; raises Deflate64Error after what could be read."""
    bits = _Bits(data)
    out = bytearray()
    last = 0
    try:
        while not last:
            last, kind = bits.take(1), bits.take(2)
            for _ in _block(bits, kind, out):
                yield bytes(out[:-_WINDOW])
                del out[:-_WINDOW]
    except Deflate64Error:
        yield bytes(out)
        raise
    yield bytes(out)


def _block(bits: _Bits, kind: int, out: bytearray) -> Iterator[None]:
    """Unpack one block onto ``out``; stops whenever much has come together."""
    if kind == 0:
        bits.align()
        size, check = bits.take(16), bits.take(16)
        if size ^ check != 0xFFFF:
            raise Deflate64Error("length")
        out.extend(bits.take(8) for _ in range(size))
        if len(out) > _FLUSH:
            yield
        return
    if kind == 3:
        raise Deflate64Error("block")
    literals, distances = _fixed() if kind == 1 else _dynamic(bits)
    take, symbol = bits.take, bits.symbol
    while (code := symbol(literals)) != 256:
        if code < 256:
            out.append(code)
            continue
        if code > 285:
            raise Deflate64Error("length")
        least, extra = _LENGTHS[code - 257]
        length = least + take(extra)
        base, extra = _DISTANCES[symbol(distances)]
        back = base + take(extra)
        if back > len(out):
            raise Deflate64Error("distance")
        piece = out[-back:][:length]
        out += (piece * (length // len(piece) + 1))[:length]
        if len(out) > _FLUSH:
            yield


def _fixed() -> tuple[Codes, Codes]:
    return _codes([8] * 144 + [9] * 112 + [7] * 24 + [8] * 8), _codes([5] * 32)


def _dynamic(bits: _Bits) -> tuple[Codes, Codes]:
    literals, distances, given = bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4
    lengths = [0] * 19
    for place in _ORDER[:given]:
        lengths[place] = bits.take(3)
    codes = _codes(lengths)
    found: list[int] = []
    while len(found) < literals + distances:
        code = bits.symbol(codes)
        if code < 16:
            found.append(code)
        elif code == 16:
            found += found[-1:] * (3 + bits.take(2))
        else:
            found += [0] * (3 + bits.take(3) if code == 17 else 11 + bits.take(7))
        if not found:
            raise Deflate64Error("repeat")
    return _codes(found[:literals]), _codes(found[literals : literals + distances])


def _codes(lengths: list[int]) -> Codes:
    """Canonical Huffman codes of these lengths."""
    longest = max(1, *lengths)
    codes = [0] * (1 << longest)
    code = 0
    for size in range(1, longest + 1):
        for symbol, length in enumerate(lengths):
            if length == size:
                if code >> size:
                    raise Deflate64Error("codes")
                turned = int(f"{code:0{size}b}"[::-1], 2)
                codes[turned :: 1 << size] = [symbol << 4 | size] * (1 << longest - size)
                code += 1
        code <<= 1
    return codes
