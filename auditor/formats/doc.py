"""Word documents before 2007: text, tables, headers, notes, comments, changes, embedded files."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.formats import _blips, _cfb, _oleparts, _strings, _word, _wordtext
from auditor.formats._look import CERTAIN, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Table, Text, Visibility

SUFFIXES = (".doc", ".dot", ".wiz")
MEDIA_TYPES = ("application/msword", "application/vnd.ms-word")
BEGINNING = True

_MAIN = "WordDocument"
_ALONE = (b"\xdb\xa5", b"\xdc\xa5", b"\xec\xa5")
"""Beginnings of documents that lie in no compound file."""


def claims(look: Look) -> int:
    """By the main stream of a compound file, or by the mark of a bare one."""
    if look.head.startswith(_cfb.SIGNATURE):
        return CERTAIN if _MAIN.lower() in _cfb.top(look.content.data) else 0
    bare = look.head.startswith(_ALONE) and b"\0" in look.head[:64]
    return SNIFFED + 10 if bare and len(look.head) > 0x60 else 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Table | Content | Gap]:
    """The body first, then notes, headers, comments and text boxes, then everything else."""
    if not content.data.startswith(_cfb.SIGNATURE):
        yield from _document(content.data, {}, b"")
        return
    rest = _oleparts.opened(content, limits)
    if isinstance(rest, Gap):
        yield rest
        return
    if sealed := rest.sealed():
        yield sealed
        return
    main = rest.read(_MAIN) or b""
    tables = {name: rest.read(name) or b"" for name in ("0Table", "1Table")}
    data = rest.read("Data") or b""
    yield from _document(main, tables, data)
    yield from _blips.pictures(data, limits)
    yield from rest.parts()


def _document(
    main: bytes, tables: dict[str, bytes], data: bytes
) -> Iterator[Text | Table | Content | Gap]:
    try:
        document = _word.Document(main, tables, data)
    except struct.error:
        yield from _loose(main)
        return
    if document.sealed:
        yield Gap(Reason.PASSWORD_PROTECTED, detail="encrypted document")
        return
    fields: list[str] = []
    at = 0
    end = max((piece.end for piece in document.pieces), default=0)
    for place, count in zip(_word.STORIES, document.counts, strict=True):
        reader = _wordtext.Reader(place, document.marks)
        for part in reader.read(document.slices(at, min(at + count, end))):
            if isinstance(part, Text) and part.place.endswith("field"):
                fields.append(part.text)
            yield part
        at = min(at + count, end)
    beyond = _wordtext.Reader("beyond the end", document.marks)
    yield from beyond.read(document.slices(at, end))
    if found := _strings.numeric(document.left()):
        yield Text("\n".join(found), "earlier version", visibility=Visibility.TRACKED)
    if found := _strings.numeric(b"".join(tables.values())):
        yield Text("\n".join(found), "other")
    told = "\n".join(fields)  # a link stands both in its code and in the data of the field
    if found := [line for line in _strings.numeric(data) if line not in told]:
        yield Text("\n".join(found), "data of fields and pictures")
    if document.broken:
        yield Gap(Reason.MALFORMED, detail="pieces of the text")


def _loose(main: bytes) -> Iterator[Text | Gap]:
    """What a main stream gives whose header cannot be read."""
    if lines := "\n".join(_strings.words(main)):
        yield Text(lines, "loose text")
    yield Gap(Reason.MALFORMED, detail="header of the document")
