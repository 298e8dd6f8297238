"""Pictures (png): a plain card-like one, and a QR code such as stands on the back of a card."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

_SIZE = 21
_DATA_WORDS = 16
_CHECK_WORDS = 10
_FORMAT = 0b101010000010010
"""Level M, mask 0, with its error correction and the fixed mask applied (ISO/IEC 18004)."""
_QUIET = 4


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: Sequence[bytes], *, level: int = 9) -> bytes:
    """Return a greyscale picture of ``rows`` of equal length, one byte a pixel."""
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\x00" + row for row in rows), level)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def card() -> bytes:
    """A photograph of a card in which nothing can be read: shades and a frame."""
    width, height = 320, 200
    return png(
        [
            bytes(
                90 if y in {0, height - 1} or x in {0, width - 1} else 200 + (x * 7 + y * 13) % 40
                for x in range(width)
            )
            for y in range(height)
        ]
    )


@cache
def _powers() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Exponents and logarithms of GF(256) over 0x11D."""
    exponents, logarithms, value = [0] * 512, [0] * 256, 1
    for power in range(255):
        exponents[power] = exponents[power + 255] = value
        logarithms[value] = power
        value <<= 1
        if value & 0x100:
            value ^= 0x11D
    return tuple(exponents), tuple(logarithms)


def _times(left: int, right: int) -> int:
    exponents, logarithms = _powers()
    return exponents[logarithms[left] + logarithms[right]] if left and right else 0


def _correction(words: Sequence[int]) -> list[int]:
    generator = [1]
    for power in range(_CHECK_WORDS):
        root = _powers()[0][power]
        generator = [
            a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)
        ]
    rest = [*words, *[0] * _CHECK_WORDS]
    for place in range(len(words)):
        factor = rest[place]
        for offset, value in enumerate(generator):
            rest[place + offset] ^= _times(value, factor)
    return rest[len(words) :]


def _codewords(digits: str) -> list[int]:
    bits = "0001" + f"{len(digits):010b}"
    bits += "".join(f"{int(digits[n : n + 3]):010b}" for n in range(0, len(digits), 3)) + "0000"
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    words = [int(bits[n : n + 8], 2) for n in range(0, len(bits), 8)]
    words += [(0xEC, 0x11)[n % 2] for n in range(_DATA_WORDS - len(words))]
    return words + _correction(words)


def _patterns() -> dict[tuple[int, int], int]:
    """Finders, timing and format modules: (row, column) → dark."""
    fixed: dict[tuple[int, int], int] = {}
    for top, left in ((0, 0), (0, _SIZE - 7), (_SIZE - 7, 0)):
        for row in range(-1, 8):
            for column in range(-1, 8):
                ring = max(abs(row - 3), abs(column - 3))
                place = (top + row, left + column)
                if 0 <= place[0] < _SIZE and 0 <= place[1] < _SIZE:
                    fixed[place] = int(ring in {0, 1, 3})
    for step in range(8, _SIZE - 8):
        fixed[6, step] = fixed[step, 6] = (step + 1) % 2
    fixed[_SIZE - 8, 8] = 1
    first = [(8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(n, 8) for n in (7, 5, 4, 3, 2, 1, 0)]
    second = [(_SIZE - 1 - n, 8) for n in range(7)] + [(8, _SIZE - 8 + n) for n in range(8)]
    for copy in (first, second):
        for bit, place in enumerate(copy):
            fixed[place] = _FORMAT >> (14 - bit) & 1
    return fixed


def qr(digits: str, *, scale: int = 6) -> bytes:
    """Return a QR code of version 1, level M, that holds ``digits`` (a multiple of three, ≤ 33)."""
    modules = _patterns()
    stream = "".join(f"{word:08b}" for word in _codewords(digits))
    used, upward, right = 0, True, _SIZE - 1
    while right > 0:
        right -= right == 6
        for row in range(_SIZE - 1, -1, -1) if upward else range(_SIZE):
            for column in (right, right - 1):
                if (row, column) not in modules:
                    modules[row, column] = int(stream[used]) ^ ((row + column) % 2 == 0)
                    used += 1
        upward, right = not upward, right - 2
    blank = b"\xff" * ((_SIZE + 2 * _QUIET) * scale)
    side = b"\xff" * (_QUIET * scale)
    rows = [blank] * (_QUIET * scale)
    for row in range(_SIZE):
        line = b"".join((b"\xff", b"\x00")[modules[row, n]] * scale for n in range(_SIZE))
        rows += [side + line + side] * scale
    return png([*rows, *[blank] * (_QUIET * scale)])
