"""7z archives, self-extracting ones too, and everything inside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits

SUFFIXES = (".7z",)
MEDIA_TYPES = ("application/x-7z-compressed",)
BEGINNING = False
LONG = True

_SIGNATURE = b"7z\xbc\xaf\x27\x1c\0"


def claims(look: Look) -> int:
    """By signature, which may stand behind a program."""
    if look.head.startswith(_SIGNATURE):
        return CERTAIN
    return SNIFFED - 5 if _libarchive.behind(look, _SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """Every member as content of its own."""
    yield from _libarchive.members(content, limits, "7zip", signatures=(_SIGNATURE,))
