"""Windows cabinets and everything inside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits

SUFFIXES = (".cab",)
MEDIA_TYPES = ("application/vnd.ms-cab-compressed",)
BEGINNING = True
LONG = True

_SIGNATURE = b"MSCF\0\0\0\0"


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """Every member as content of its own."""
    yield from _libarchive.members(content, limits, "cab")
