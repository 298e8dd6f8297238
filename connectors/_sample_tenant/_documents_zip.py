"""Zip archives written byte by byte: fixed times, CP932 names, and the old ZIP encryption.

The standard library writes neither CP932 names nor encrypted members; an audit meets both.
Layout: PKWARE APPNOTE 4.3 and 6.1.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

_DOS_DATE = (2026 - 1980) << 9 | 4 << 5 | 1
_DOS_TIME = 9 << 11
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8 = 0x800
_ENCRYPTED = 0x1
_MASK = 0xFFFFFFFF


@cache
def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
        table.append(value)
    return tuple(table)


def _encrypt(data: bytes, crc: int, password: bytes) -> bytes:
    """ZipCrypto: three keys, a header of twelve bytes, and a stream XORed byte by byte."""
    table = _crc_table()
    low, middle, high = 0x12345678, 0x23456789, 0x34567890

    def feed(byte: int) -> None:
        nonlocal low, middle, high
        low = low >> 8 ^ table[(low ^ byte) & 0xFF]
        middle = ((middle + (low & 0xFF)) * 134775813 + 1) & _MASK
        high = high >> 8 ^ table[(high ^ middle >> 24) & 0xFF]

    for byte in password:
        feed(byte)
    header = bytes(range(11)) + bytes([crc >> 24 & 0xFF])
    out = bytearray()
    for byte in header + data:
        key = (high | 2) & 0xFFFF
        out.append(byte ^ (key * (key ^ 1) >> 8 & 0xFF))
        feed(byte)
    return bytes(out)


def _packed(data: bytes, *, store: bool) -> tuple[int, bytes]:
    if store or not data:
        return 0, data
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return 8, deflater.compress(data) + deflater.flush()


def archive(
    members: Sequence[tuple[str, bytes]],
    *,
    encoding: str = "utf-8",
    password: str = "",
    stored: frozenset[str] = frozenset(),
) -> bytes:
    """Return a zip of ``members`` (name, bytes); names in ``stored`` are not compressed."""
    body = bytearray()
    directory = bytearray()
    for name, data in members:
        crc = zlib.crc32(data)
        method, packed = _packed(data, store=name in stored)
        flags = _UTF8 if encoding == "utf-8" and not name.isascii() else 0
        if password:
            flags |= _ENCRYPTED
            packed = _encrypt(packed, crc, password.encode())
        raw = name.encode(encoding)
        facts = (flags, method, _DOS_TIME, _DOS_DATE, crc, len(packed), len(data))
        directory += _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, *facts, len(raw), 0, 0, 0, 0, 0, len(body)
        )
        directory += raw
        body += _LOCAL.pack(b"PK\x03\x04", 20, *facts, len(raw), 0) + raw + packed
    count = len(members)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)
