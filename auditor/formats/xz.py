"""Files and tar archives packed with xz, or with LZMA alone."""

from __future__ import annotations

import lzma
from collections.abc import Iterator

from auditor.formats import _long, _unpack
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".xz", ".txz", ".lzma", ".tlz")
MEDIA_TYPES = ("application/x-xz", "application/x-lzma")
BEGINNING = True
LONG = True

_XZ = b"\xfd7zXZ\0"
_ALONE = b"\x5d\0\0"
_UNKNOWN = b"\xff" * 8
_STEP = 1 << 16
_MEMORY = 256 << 20
"""Bytes that unpacking may take; the strongest preset needs 65 MiB."""


def claims(look: Look) -> int:
    """By signature; LZMA alone has none, but a header in which few values are ever seen."""
    head = look.head
    if head.startswith(_XZ):
        return CERTAIN
    size = head[5:13]
    alone = (
        head.startswith(_ALONE)
        and (size == _UNKNOWN or size[5:] == bytes(3))
        and head[13:14] == b"\0"
    )
    return SNIFFED if alone else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """The file that was packed, or the members of the tar that was."""
    name = _unpack.stem(content, SUFFIXES, "unpacked")
    yield from _unpack.parts(content, limits, name, _long.told(_unpacked(_long.view(content))))


def _unpacked(data: bytes | _long.View) -> Iterator[bytes | Gap]:
    """What several such files behind each other give, with zeros between them."""
    at = 0
    alone = not data.startswith(_XZ)
    while at == 0 or (not alone and data.startswith(_XZ, at)):
        engine = lzma.LZMADecompressor(memlimit=_MEMORY)
        while not engine.eof:
            feed = data[at : at + _STEP] if engine.needs_input else b""
            at += len(feed)
            try:
                piece = engine.decompress(feed, _unpack.CHUNK)
            except (lzma.LZMAError, EOFError) as bad:
                yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
                return
            if piece:
                yield piece
            elif not feed and engine.needs_input and not engine.eof:
                yield Gap(Reason.MALFORMED, detail="end is missing")
                return
        at -= len(engine.unused_data)
        while data.startswith(bytes(4), at):
            at += 4
