"""Ar archives (Debian packages, static libraries) and everything inside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _libarchive
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits

SUFFIXES = (".ar", ".deb", ".a")
MEDIA_TYPES = ("application/vnd.debian.binary-package", "application/x-archive")
BEGINNING = True
LONG = True

_SIGNATURE = b"!<arch>\n"


def claims(look: Look) -> int:
    """By signature."""
    return CERTAIN if look.head.startswith(_SIGNATURE) else 0


def parts(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    """Every member as content of its own."""
    yield from _libarchive.members(content, limits, "ar")
