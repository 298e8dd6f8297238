"""Files and tar archives packed with Zstandard."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive, _unpack
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Text

SUFFIXES = (".zst", ".tzst")
MEDIA_TYPES = ("application/zstd",)
BEGINNING = True
LONG = True

_SIGNATURE = b"\x28\xb5\x2f\xfd"
_SKIPPED = b"\x2a\x4d\x18"
"""The end of the signature of frames that only describe."""


def claims(look: Look) -> int:
    """By signature."""
    head = look.head
    described = head[1:4] == _SKIPPED and head[:1] >= b"\x50" and head[:1] <= b"\x5f"
    return CERTAIN if head.startswith(_SIGNATURE) or described else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """The file that was packed, or the members of the tar that was."""
    name = _unpack.stem(content, SUFFIXES, "unpacked")
    chunks = _libarchive.unpacked(content, "filter_zstd", "format_raw")
    yield from _unpack.parts(content, limits, name, chunks)
