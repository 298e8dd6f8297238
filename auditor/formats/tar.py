"""Tar archives and everything inside them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats import _tar, _unpack
from auditor.formats._look import SNIFFED, Look
from auditor.model import Content, Gap, Limits, Text

SUFFIXES = (".tar",)
MEDIA_TYPES = ("application/x-tar", "application/tar")
BEGINNING = True


def claims(look: Look) -> int:
    """By the checksum of the first header."""
    return SNIFFED + 30 if _tar.begins(look.head[: _tar.BLOCK]) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Every member as content of its own."""
    data = content.data
    chunks = (data[at : at + _unpack.CHUNK] for at in range(0, len(data), _unpack.CHUNK))
    bounds = _unpack.Bounds(limits, len(data))
    yield from _tar.parts(bounds.watch(chunks), limits, cut=content.truncated)
