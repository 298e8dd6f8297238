"""Deflate64, as Windows packs large files into a zip: Deflate with a window of 64 KiB.

Written out here, as no library at hand undoes it. About a megabyte a second.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats._bits import Bits, BrokenError, Codes, book

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


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, in pieces; raises BrokenError after what could be read."""
    bits = Bits(data)
    out = bytearray()
    last = 0
    try:
        while not last:
            last, kind = bits.take(1), bits.take(2)
            for _ in _block(bits, kind, out):
                yield bytes(out[:-_WINDOW])
                del out[:-_WINDOW]
    except BrokenError:
        yield bytes(out)
        raise
    yield bytes(out)


def _block(bits: Bits, kind: int, out: bytearray) -> Iterator[None]:
    """Unpack one block onto ``out``; stops whenever much has come together."""
    if kind == 0:
        bits.align()
        size, check = bits.take(16), bits.take(16)
        if size ^ check != 0xFFFF:
            raise BrokenError("length")
        out.extend(bits.take(8) for _ in range(size))
        if len(out) > _FLUSH:
            yield
        return
    if kind == 3:
        raise BrokenError("block")
    literals, distances = _fixed() if kind == 1 else _dynamic(bits)
    take, symbol = bits.take, bits.symbol
    while (code := symbol(literals)) != 256:
        if code < 256:
            out.append(code)
            continue
        if code > 285:
            raise BrokenError("length")
        least, extra = _LENGTHS[code - 257]
        length = least + take(extra)
        base, extra = _DISTANCES[symbol(distances)]
        back = base + take(extra)
        if back > len(out):
            raise BrokenError("distance")
        piece = out[-back:][:length]
        out += (piece * (length // len(piece) + 1))[:length]
        if len(out) > _FLUSH:
            yield


def _fixed() -> tuple[Codes, Codes]:
    return _codes([8] * 144 + [9] * 112 + [7] * 24 + [8] * 8), _codes([5] * 32)


def _dynamic(bits: Bits) -> tuple[Codes, Codes]:
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
            raise BrokenError("repeat")
    return _codes(found[:literals]), _codes(found[literals : literals + distances])


def _codes(lengths: list[int]) -> Codes:
    """Canonical Huffman codes of these lengths."""
    coded: list[tuple[int, int, int]] = []
    code = 0
    for size in range(1, max(1, *lengths) + 1):
        for symbol, length in enumerate(lengths):
            if length == size:
                if code >> size:
                    raise BrokenError("codes")
                coded.append((symbol, code, size))
                code += 1
        code <<= 1
    return book(coded)
