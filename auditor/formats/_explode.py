"""Implode, as PKZIP 1 packed: repeats in a sliding window, in Shannon-Fano codes.

Written out here, as the standard library does not undo it. Codes are those of APPNOTE, section 5.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats._bits import LONGEST, Bits, BrokenError, Codes, Window, book

_WIDE, _CODED = 0x2, 0x4
"""Flags of the member: a window of 8 KiB rather than 4, and a code book for single bytes."""
_EXTRA = 63
"""The length behind which a byte adds to it."""


def unpacked(data: bytes, size: int, flags: int) -> Iterator[bytes]:
    """The ``size`` bytes, in pieces; raises BrokenError after what could be read."""
    bits = Bits(data)
    low = 7 if flags & _WIDE else 6
    window = Window(64 << low, size)
    try:
        literals = _codes(bits, 256) if flags & _CODED else None
        lengths, distances = _codes(bits, 64), _codes(bits, 64)
        least = 3 if literals else 2
        while window.left > 0:
            if bits.take(1):
                window.byte(bits.symbol(literals) if literals else bits.take(8))
            else:
                near = bits.take(low)
                back = (bits.symbol(distances) << low) + near + 1
                length = bits.symbol(lengths)
                length += bits.take(8) if length == _EXTRA else 0
                window.repeat(back, length + least)
            if window.ready():
                yield window.taken()
    except BrokenError:
        yield window.taken()
        raise
    yield window.taken()


def _codes(bits: Bits, count: int) -> Codes:
    """A code book: lengths in runs, codes from the longest down."""
    sizes: list[int] = []
    for _ in range(bits.take(8) + 1):
        size, run = bits.take(4) + 1, bits.take(4) + 1
        sizes += [size] * run
    if len(sizes) != count:
        raise BrokenError("codes")
    coded: list[tuple[int, int, int]] = []
    code = step = last = 0
    # The longest codes come first, and of the same length the highest symbol.
    for symbol in sorted(range(count), key=lambda symbol: (sizes[symbol], symbol), reverse=True):
        code += step
        if sizes[symbol] != last:
            last = sizes[symbol]
            step = 1 << LONGEST - last
        if code >> LONGEST:
            raise BrokenError("codes")
        coded.append((symbol, code >> LONGEST - last, last))
    return book(coded)
