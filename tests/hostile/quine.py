"""A gzip file that unpacks to itself.

The program is Russ Cox's ("Zip Files All The Way Down", 2010): Deflate has two instructions, print
these bytes and repeat the last ones, both 5 bytes long here, and they suffice for a program that
prints itself. The checksum stands inside what it sums up; as CRC-32 is affine over bits, the one
that fits is found by solving 32 equations.
"""

from __future__ import annotations

import struct
import zlib

_UNIT = 5
_NAME = b"q\0"


def _literal(size: int) -> bytes:
    """Print the next ``size`` bytes."""
    return b"\0" + struct.pack("<HH", size, size ^ 0xFFFF)


def _repeat(size: int) -> bytes:
    """Print the last ``size`` bytes (17 to 20) again, in exactly five bytes."""
    bits = "0" + "10"  # not the last block; of fixed codes
    for length in (10, size - 10):
        code = length - 3 + 257
        bits += f"{code - 256:07b}" + "01000" + f"{size - 17:03b}"[::-1]
    bits += "0000000"
    assert len(bits) == 8 * _UNIT
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))


def _whole(crc: int) -> bytes:
    head = b"\x1f\x8b\x08\x08" + bytes(5) + b"\xff" + _NAME
    size = 0
    for _ in range(2):
        end = b"\x01\x00\x00\xff\xff" + struct.pack("<II", crc, size)
        out, back = _literal(len(head) + _UNIT), _repeat(len(head) + _UNIT)
        one, four, again = _literal(_UNIT), _literal(4 * _UNIT), _repeat(4 * _UNIT)
        final, nothing = _literal(len(end) + _UNIT), _literal(0)
        last = _repeat(len(end) + _UNIT) + end
        whole = head + out + head + out + back
        whole += one + back + one + one + four + back + one + one + four + again
        whole += four + again + four + again + four + again
        whole += four + (again + nothing + nothing + final) * 2 + last + last
        size = len(whole)
    return whole


def quine() -> bytes:
    """The file; ``gzip.decompress(quine()) == quine()``."""
    base = zlib.crc32(_whole(0))
    rows = [(zlib.crc32(_whole(1 << bit)) ^ base ^ (1 << bit), 1 << bit) for bit in range(32)]
    target, crc = base, 0
    for bit in reversed(range(32)):  # elimination: columns of the equations, and what makes them
        pivot = next((row for row in rows if row[0] >> bit & 1), None)
        if pivot is None:
            continue
        rows = [
            (row[0] ^ pivot[0], row[1] ^ pivot[1]) if row[0] >> bit & 1 else row
            for row in rows
            if row is not pivot
        ]
        if target >> bit & 1:
            target, crc = target ^ pivot[0], crc ^ pivot[1]
    return _whole(crc)
