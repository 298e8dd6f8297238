"""PowerPoint presentations before 2007: slides, tables, notes, comments, layouts, objects."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from auditor.formats import _blips, _cfb, _oleparts, _show, _slides
from auditor.formats._look import CERTAIN, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text

SUFFIXES = (".ppt", ".pps", ".pot", ".ppa")
MEDIA_TYPES = ("application/vnd.ms-powerpoint", "application/mspowerpoint")
BEGINNING = True

_MAIN = "PowerPoint Document"
_LOCKED = bytes.fromhex("dfc4d1f3")
"""What the stream of the last user says of an encrypted file."""
_FREE = 5 << 20
"""Bytes of an object that are unpacked whatever their ratio."""


def claims(look: Look) -> int:
    """By the main stream of a compound file."""
    if not look.head.startswith(_cfb.SIGNATURE):
        return 0
    return CERTAIN if _MAIN.lower() in _cfb.top(look.content.data) else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """Slide after slide, then what lies beside them, members last."""
    rest = _oleparts.opened(content, limits)
    if isinstance(rest, Gap):
        yield rest
        return
    user = rest.read("Current User") or b""
    locked = rest.read("EncryptedSummary") is not None or user[12:16] == _LOCKED
    if locked:
        yield Gap(Reason.PASSWORD_PROTECTED, detail="encrypted presentation")
        return
    if sealed := rest.sealed():
        yield sealed
        return
    main, pictures = rest.read(_MAIN) or b"", rest.read("Pictures") or b""
    show = _show.Show(main)
    yield from show.read()
    if not show.whole:
        yield Gap(Reason.MALFORMED, detail="records cut short")
    yield from rest.parts()
    yield from _blips.pictures(pictures, limits)
    yield from _objects(show, main, limits)


def _objects(show: _show.Show, main: bytes, limits: Limits) -> Iterator[Content | Gap]:
    """Embedded files, unpacked where they are packed."""
    left = limits.expanded_bytes
    for number, record in enumerate(show.objects, 1):
        name = f"object {number}"
        if number > limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        data = main[record.start : record.end]
        if record.kind == _slides.OBJECT and record.instance == 1:
            packed = data[4:]
            most = min(left, max(_FREE, limits.ratio * len(packed)))
            engine = zlib.decompressobj()
            try:
                data = engine.decompress(packed, max(1, most))
            except zlib.error:
                yield Gap(Reason.MALFORMED, part=name, detail="Deflate")
                continue
            if engine.unconsumed_tail:
                yield Gap(Reason.EXPANSION_RATIO, part=name, bytes_read=len(data))
            elif not engine.eof:
                yield Gap(Reason.MALFORMED, part=name, detail="Deflate")
        left = max(0, left - len(data))
        if data:
            yield Content("", data, path=(name,))
