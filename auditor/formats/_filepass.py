"""Workbooks that are locked with the password everybody knows (MS-XLS, MS-OFFCRYPTO).

Excel 97 to 2003 encrypts a workbook whose structure is protected, with a password of its own that
nobody is asked for. Such a file opens by itself, so what is in it is read here.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

DEFAULT = "VelvetSweatshop"

_BLOCK = 1024
_PLAIN = frozenset((0x0809, 0x2F, 0xE1, 0x0194, 0x0195, 0x0196, 0x0138, 0x0161, 0x008D))
"""Records that are never encrypted."""
_SHEET = 0x85
_PAD = bytes.fromhex("bbffffbaffffb98000be0f00bf0f00")
_MARK = 0xCE4B

Key = Callable[[int], bytes]
"""The key of a block."""


def opened(body: bytes, data: bytes, password: str = DEFAULT) -> bytes | None:
    """The stream as it is in clear; None when the password is another one.

    Args:
        body: of the record that says how the workbook is locked.
        data: the whole stream.
        password: what to try.
    """
    try:
        if len(body) == 4 or body[:2] == b"\0\0":
            key, verifier = struct.unpack_from("<HH", body, len(body) - 4 if len(body) == 4 else 2)
            return _xored(data, key, password) if _verifier(password) == verifier else None
        make, salted = _rc4(body, password)
    except (struct.error, IndexError):
        return None
    if make is None or not salted:
        return None
    stream = b"".join(
        _arc4(make(at // _BLOCK), data[at : at + _BLOCK]) for at in range(0, len(data), _BLOCK)
    )
    return _merged(data, stream)


def _rc4(body: bytes, password: str) -> tuple[Key | None, bool]:
    """The keys of all blocks, and whether the password is right."""
    major, minor = struct.unpack_from("<HH", body, 2)
    raw = password.encode("utf-16-le")
    if (major, minor) == (1, 1):
        salt, check, digest = body[6:22], body[22:38], body[38:54]
        short = hashlib.md5(raw, usedforsecurity=False).digest()[:5]
        base = hashlib.md5((short + salt) * 16, usedforsecurity=False).digest()[:5]

        def old(block: int) -> bytes:
            return hashlib.md5(base + struct.pack("<I", block), usedforsecurity=False).digest()

        plain = _arc4(old(0), check + digest)
        return old, hashlib.md5(plain[:16], usedforsecurity=False).digest() == plain[16:]
    if minor != 2:
        return None, False
    (size,) = struct.unpack_from("<I", body, 10)
    (bits,) = struct.unpack_from("<I", body, 14 + 16)
    at = 14 + size
    salt, check = body[at + 4 : at + 20], body[at + 20 : at + 36]
    digest = body[at + 40 : at + 60]
    first = hashlib.sha1(salt + raw, usedforsecurity=False).digest()
    wide = (bits or 40) // 8

    def new(block: int) -> bytes:
        long = hashlib.sha1(first + struct.pack("<I", block), usedforsecurity=False).digest()
        return long[:wide].ljust(16, b"\0") if wide == 5 else long[:wide]

    plain = _arc4(new(0), check + digest)
    return new, hashlib.sha1(plain[:16], usedforsecurity=False).digest() == plain[16:]


def _arc4(key: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
    from cryptography.hazmat.primitives.ciphers import Cipher

    engine = Cipher(ARC4(key), mode=None).decryptor()
    return engine.update(data) + engine.finalize()


def _merged(data: bytes, stream: bytes) -> bytes:
    """Bodies in clear between heads, and records that were in clear anyway, as they are."""
    out = bytearray(stream)
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        end = at + 4 + size
        clear = end if kind in _PLAIN else at + 8 if kind == _SHEET else at + 4
        out[at:clear] = data[at:clear]
        at = end
    return bytes(out)


def _xored(data: bytes, key: int, password: str) -> bytes:
    """The oldest way: each byte turned and mixed with one of sixteen."""
    mask = _mask(password.encode("latin-1", "replace")[:15], key)
    out = bytearray(data)
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        start, end = at + 4, min(at + 4 + size, len(data))
        if kind not in _PLAIN:
            skipped = 4 if kind == _SHEET else 0
            for place in range(start + skipped, end):
                byte = data[place] ^ mask[(place + size) % 16]
                out[place] = byte >> 5 | (byte << 3) & 0xFF
        at += 4 + size
    return bytes(out)


def _mask(password: bytes, key: int) -> bytes:
    ends = (key & 0xFF, key >> 8)
    filled = (password + _PAD)[:16]
    mixed = (byte ^ ends[place % 2] for place, byte in enumerate(filled))
    return bytes(byte >> 1 | (byte << 7) & 0xFF for byte in mixed)


def _verifier(password: str) -> int:
    raw = password.encode("latin-1", "replace")[:15]
    value = 0
    for byte in reversed(bytes([len(raw)]) + raw):
        value = (value >> 14 & 1 | value << 1 & 0x7FFF) ^ byte
    return value ^ _MARK
