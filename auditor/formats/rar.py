"""RAR archives of version 4 and 5, self-extracting ones too, and everything inside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits

SUFFIXES = (".rar",)
MEDIA_TYPES = ("application/vnd.rar", "application/x-rar-compressed")
BEGINNING = True
LONG = True

_SIGNATURES = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00")


def claims(look: Look) -> int:
    """By signature, which may stand behind a program."""
    if look.head.startswith(_SIGNATURES):
        return CERTAIN
    return SNIFFED - 6 if _libarchive.behind(look, *_SIGNATURES) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """Every member as content of its own."""
    yield from _libarchive.members(content, limits, "rar", "rar5", signatures=_SIGNATURES)
