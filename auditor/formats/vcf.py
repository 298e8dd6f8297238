"""Address cards (vCard 2.1 to 4.0): every field, whatever encoding a phone wrote it in."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _cards
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Text

SUFFIXES = (".vcf", ".vcard")
MEDIA_TYPES = ("text/vcard", "text/x-vcard", "text/directory")
BEGINNING = True

_BEGINS = "BEGIN:VCARD"


def claims(look: Look) -> int:
    """By its first line."""
    return SNIFFED + 20 if look.text[: len(_BEGINS)].upper() == _BEGINS else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Properties line by line, then pictures and other files."""
    yield from _cards.parts(content, limits)
