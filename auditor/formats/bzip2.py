"""Files and tar archives packed with bzip2."""

from __future__ import annotations

import bz2
from collections.abc import Iterator

from auditor.formats import _long, _unpack
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".bz2", ".tbz2", ".tbz", ".bz")
MEDIA_TYPES = ("application/x-bzip2", "application/x-bzip")
BEGINNING = True
LONG = True

_SIGNATURE = b"BZh"
_BLOCK = b"\x31\x41\x59\x26\x53\x59"
_END = b"\x17\x72\x45\x38\x50\x90"
_STEP = 1 << 16


def claims(look: Look) -> int:
    """By signature and the mark of the first block."""
    begins = look.head.startswith(_SIGNATURE) and look.head[4:10] in (_BLOCK, _END)
    return CERTAIN if begins else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """The file that was packed, or the members of the tar that was."""
    name = _unpack.stem(content, SUFFIXES, "unpacked")
    yield from _unpack.parts(content, limits, name, _long.told(_unpacked(_long.view(content))))


def _unpacked(data: bytes | _long.View) -> Iterator[bytes | Gap]:
    """What several such files behind each other give."""
    at = 0
    while data.startswith(_SIGNATURE, at):
        engine = bz2.BZ2Decompressor()
        while not engine.eof:
            feed = data[at : at + _STEP] if engine.needs_input else b""
            at += len(feed)
            try:
                piece = engine.decompress(feed, _unpack.CHUNK)
            except (OSError, ValueError, EOFError) as bad:
                yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
                return
            if piece:
                yield piece
            elif not feed and engine.needs_input and not engine.eof:
                yield Gap(Reason.MALFORMED, detail="end is missing")
                return
        at -= len(engine.unused_data)
