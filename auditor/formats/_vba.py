"""Macros: the source of Visual Basic modules, unpacked (MS-OVBA)."""

from __future__ import annotations

from auditor.formats import _encoding

_START = b"\0Attribut"
_CHUNK = 4096
_MOST = 16 << 20


def source(data: bytes) -> str | None:
    """The source text in a module stream; None when there is none to be found."""
    found = data.find(_START)
    if found < 3:
        return None
    return _encoding.decode(unpacked(data[found - 3 :])).text


def unpacked(data: bytes) -> bytes:
    """A compressed container, as far as it is sound."""
    out = bytearray()
    at = 1
    while at + 2 <= len(data) and len(out) < _MOST:
        header = int.from_bytes(data[at : at + 2], "little")
        end = min(len(data), at + (header & 0xFFF) + 3)
        if header >> 12 & 7 != 3:
            break
        if header & 0x8000:
            _chunk(data, at + 2, end, out)
        else:
            out += data[at + 2 : at + 2 + _CHUNK]
        at = end
    return bytes(out)


def _chunk(data: bytes, at: int, end: int, out: bytearray) -> None:
    start = len(out)
    while at < end:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= end:
                return
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 2 > end:
                return
            token = int.from_bytes(data[at : at + 2], "little")
            at += 2
            bits = max(4, (len(out) - start - 1).bit_length())
            length = (token & (0xFFFF >> bits)) + 3
            back = (token >> (16 - bits)) + 1
            if back > len(out) - start or len(out) - start > _CHUNK:
                return
            for _ in range(length):
                out.append(out[-back])
