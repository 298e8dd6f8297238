"""Tar archives and everything inside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _long, _tar, _unpack
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Text

SUFFIXES = (".tar",)
MEDIA_TYPES = ("application/x-tar", "application/tar")
BEGINNING = True
LONG = True


def claims(look: Look) -> int:
    """By the checksum of the first header."""
    return SNIFFED + 30 if _tar.begins(look.head[: _tar.BLOCK]) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Every member as content of its own."""
    bounds = _unpack.Bounds(limits, _long.length(content))
    chunks = bounds.watch(_long.chunks(content, _unpack.CHUNK))
    yield from _tar.parts(chunks, limits, cut=content.truncated)
