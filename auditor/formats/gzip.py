"""Files and tar archives packed with gzip."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from auditor.formats import _encoding, _long, _strings, _unpack
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".gz", ".tgz", ".gzip", ".svgz", ".emz", ".wmz")
MEDIA_TYPES = ("application/gzip", "application/x-gzip")
BEGINNING = True
LONG = True

_SIGNATURE = b"\x1f\x8b\x08"
_NAME, _COMMENT = 0x08, 0x10
_LONGEST = 64 << 10
"""Bytes of a name or a comment."""
_EXTRA = 0x04
_STEP = 1 << 16
_GZIP = zlib.MAX_WBITS + 16


def claims(look: Look) -> int:
    """By signature; flags that nobody has given a meaning are no gzip."""
    known = look.head.startswith(_SIGNATURE) and not look.head[3:4] > b"\x1f"
    return CERTAIN if known else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """The file that was packed, or the members of the tar that was."""
    told, comment = _header(content.data)
    if comment:
        yield Text(comment, "comment")
    name = told or _unpack.stem(content, SUFFIXES, "unpacked")
    yield from _unpack.parts(content, limits, name, unpacked(_long.view(content)))


def unpacked(data: bytes | _long.View) -> Iterator[bytes | Gap]:
    """What several such files behind each other give; zeros and junk after them are passed over."""
    yield from _long.told(_unpacked(data))


def _unpacked(data: bytes | _long.View) -> Iterator[bytes | Gap]:
    at = 0
    while data.startswith(_SIGNATURE, at):
        engine = zlib.decompressobj(_GZIP)
        feed = b""
        while not engine.eof:
            feed = engine.unconsumed_tail or data[at : at + _STEP]
            at += 0 if engine.unconsumed_tail else len(feed)
            try:
                piece = engine.decompress(feed, _unpack.CHUNK)
            except zlib.error:
                yield Gap(Reason.MALFORMED, detail="Deflate")
                return
            if piece:
                yield piece
            elif not feed:
                yield Gap(Reason.MALFORMED, detail="end is missing")
                return
        at -= len(engine.unused_data)


def _header(data: bytes) -> tuple[str, str]:
    """The name in the header, and the comment with fields that have numbers; "" without one."""
    flags, at = int.from_bytes(data[3:4], "big"), 10
    if flags & _EXTRA:
        at += 2 + int.from_bytes(data[10:12], "little")
    extra = _strings.numeric(data[12:at])
    texts: list[str] = []
    for flag in (_NAME, _COMMENT):
        end = data.find(b"\0", at, at + _LONGEST) if flags & flag else -1
        texts.append(_encoding.decode(data[at:end]).text if end > at else "")
        at = end + 1 if end >= 0 else at
    return texts[0], "\n".join(filter(None, (texts[1], *extra)))
