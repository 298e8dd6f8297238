"""Images of discs (ISO 9660, Joliet, Rock Ridge) and everything inside them; UDF alone is said."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive, _strings
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".iso",)
MEDIA_TYPES = ("application/x-iso9660-image", "application/x-cd-image")
BEGINNING = True

_SIGNATURE, _EXTENDED = b"CD001", b"BEA01"
"""Of ISO 9660, which libarchive reads, and of what has UDF without it."""
_AT = 0x8001


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith((_SIGNATURE, _EXTENDED), _AT) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Every member as content of its own; of a disc in UDF alone, the writing on it."""
    if content.data.startswith(_SIGNATURE, _AT):
        yield from _libarchive.members(content, limits, "iso9660")
        return
    yield from _strings.parts(content, limits)
    yield Gap(Reason.UNSUPPORTED_FORMAT, detail="disc image in UDF alone")
