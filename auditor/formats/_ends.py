"""Where a file of a known kind ends by its own account; what stands behind that is another's."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from auditor.formats import _beginnings

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What is no part of the packed picture."""
_SCAN, _LAST = 0xDA, 0xD9
_ALONE = frozenset((0x01, 0xD8, _LAST))
"""Markers without a length."""
_PICTURES = b"MPF\0"
"""Of a JPEG that says that more pictures follow, which its reader takes for frames."""
_PICTURES_AT = 1 << 16
_PDF_END = re.compile(rb"%%EOF[\r\n \t\0]*")
_PDF_MORE = re.compile(rb"\d{1,10} \d{1,5} obj|xref|trailer|startxref|%")
"""A version whose own end is missing."""
_PAGE_END = re.compile(rb"</html\s*>\s*", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_MOST = 100_000
"""Markers and blocks of a picture that are passed; what has more is no camera's."""
_OBJECTS = 1_000
"""Ends of versions, or of pages, that are looked at."""
_CERTIFICATES = {0x10B: 128, 0x20B: 144}
"""Where the header of a program says where its signature lies."""


def end(data: bytes) -> int:
    """Where the file ends that ``data`` begins with; 0 where that is not known."""
    for beginning, found in _KINDS:
        if data.startswith(beginning):
            try:
                at = found(data)
            except (struct.error, IndexError):
                return 0
            return at if 0 < at <= len(data) else 0
    return 0


def page_end(data: bytes) -> int:
    """Where a page of HTML ends and a file that is none begins; 0 where none does."""
    for number, found in enumerate(_PAGE_END.finditer(data)):
        behind = data[found.end() : found.end() + 64]
        if _beginnings.is_file(behind) and not behind.startswith((b"<", b"BEGIN")):
            return found.end()
        if number > _OBJECTS:
            break
    return 0


def _png(data: bytes) -> int:
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        at += 12 + size
        if kind == b"IEND":
            return at
    return 0


def _gif(data: bytes) -> int:
    at = 13 + _colours(data[10])
    for _ in range(_MOST):
        kind = data[at]
        if kind == 0x3B:
            return at + 1
        if kind == 0x21:
            at += 2
        elif kind == 0x2C:
            at += 11 + _colours(data[at + 9])
        else:
            return 0
        while size := data[at]:
            at += 1 + size
        at += 1
    return 0


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 << (1 + (flags & 7)) if flags & 0x80 else 0


def _jpeg(data: bytes) -> int:
    several = _PICTURES in data[:_PICTURES_AT]
    at = 0
    for _ in range(_MOST):
        found = _MARKER.search(data, at)
        if not found:
            break
        kind, at = data[found.start() + 1], found.end()
        if kind == _LAST:
            following = data[at : at + _PICTURES_AT].lstrip(b"\0")
            if not (several and following.startswith(b"\xff\xd8\xff")):
                return at
        elif kind not in _ALONE:
            at += int.from_bytes(data[at : at + 2], "big")
    return 0


def _bitmap(data: bytes) -> int:
    size = int.from_bytes(data[2:6], "little")
    return size if size > 54 else 0


def _riff(data: bytes) -> int:
    (size,) = struct.unpack_from("<I", data, 4)
    at = 8 + size + size % 2
    return 0 if data.startswith(b"RIFF", at) else at  # a long film goes on


def _pdf(data: bytes) -> int:
    """The end of the last version, or of the one behind which another file begins."""
    at = 0
    for number, found in enumerate(_PDF_END.finditer(data)):
        at = found.end()
        if _beginnings.is_file(data[at : at + 64]) or number > _OBJECTS:
            break
    return 0 if _PDF_MORE.match(data, at) else at


def _program(data: bytes) -> int:
    """The end of the last section, where that is not the signature; only if a file follows."""
    (start,) = struct.unpack_from("<I", data, 0x3C)
    if not data.startswith(b"PE\0\0", start):
        return 0
    count, options = struct.unpack_from("<H12xH", data, start + 6)
    table = start + 24 + options
    ends = [
        sum(struct.unpack_from("<II", data, at + 16)) for at in range(table, table + 40 * count, 40)
    ]
    last = max(ends, default=0)
    certificates = _CERTIFICATES.get(int.from_bytes(data[start + 24 : start + 26], "little"), 0)
    if certificates:
        at, size = struct.unpack_from("<II", data, start + 24 + certificates)
        last = at + size if at == last else last
    return last if _beginnings.is_file(data[last : last + 64]) else 0


def _zip(data: bytes) -> int:
    at = data.rfind(_ZIP_END)
    return at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") if at >= 0 else 0


_KINDS: tuple[tuple[bytes, Callable[[bytes], int]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"GIF8", _gif),
    (b"\xff\xd8\xff", _jpeg),
    (b"BM", _bitmap),
    (b"RIFF", _riff),
    (b"%PDF-", _pdf),
    (b"MZ", _program),
    (b"PK\x03\x04", _zip),
)
