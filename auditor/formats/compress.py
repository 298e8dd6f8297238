"""Files and tar archives packed with compress or LZ4."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive, _unpack
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Text

SUFFIXES = (".z", ".taz", ".lz4")
MEDIA_TYPES = ("application/x-compress", "application/x-lz4")
BEGINNING = True
LONG = True

_COMPRESS, _LZ4 = b"\x1f\x9d", b"\x04\x22\x4d\x18"


def claims(look: Look) -> int:
    """By signature."""
    if look.head.startswith(_LZ4):
        return CERTAIN
    return SNIFFED if look.head.startswith(_COMPRESS) and len(look.head) > 3 else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """The file that was packed, or the members of the tar that was."""
    name = _unpack.stem(content, SUFFIXES, "unpacked")
    filters = ("filter_compress", "filter_lz4")
    chunks = _libarchive.unpacked(content, *filters, "format_raw")
    yield from _unpack.parts(content, limits, name, chunks)
