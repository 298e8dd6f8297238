"""Images of discs (ISO 9660, Joliet, Rock Ridge) and everything inside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits

SUFFIXES = (".iso",)
MEDIA_TYPES = ("application/x-iso9660-image", "application/x-cd-image")
BEGINNING = True

_SIGNATURE = b"CD001"
_AT = 0x8001


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURE, _AT) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """Every member as content of its own."""
    yield from _libarchive.members(content, limits, "iso9660")
