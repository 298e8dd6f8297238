"""Zip archives; also behind junk (self-extracting programs), and with a lost directory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from auditor.formats import _encoding, _zip
from auditor.formats._look import NAMED, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Text

SUFFIXES = (".zip",)
MEDIA_TYPES = ("application/zip", "application/x-zip-compressed")
BEGINNING = False

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK")


def claims(look: Look) -> int:
    """By signature; weakly when only the end says so."""
    if look.head.startswith(_SIGNATURES):
        return SNIFFED
    binary = not look.text and not look.content.truncated
    if binary and zipfile.is_zipfile(io.BytesIO(look.content.data)):
        return NAMED
    return 0


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Its comments, then every member as content of its own."""
    try:
        archive = _zip.Archive(content.data, limits)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as bad:
        yield Gap(Reason.MALFORMED, detail=type(bad).__name__)
        yield from _salvaged(content, limits)
        return
    entries = [info for info in archive.file.infolist() if not info.filename.endswith("/")]
    yield from _comments(archive.file)
    for number, info in enumerate(entries):
        if number >= limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        yield from _member(archive, info)
        if archive.left < 0:
            return


def _member(archive: _zip.Archive, info: zipfile.ZipInfo) -> Iterator[Content | Gap]:
    name = _zip.name_of(info)
    data, more, gap = archive.read(info, archive.limits.bytes)
    if data or not gap:
        total = info.file_size if more else None
        yield Content(name, data, path=(name,), truncated=more, total=total)
    if gap:
        yield replace(gap, part=name)


def _comments(file: zipfile.ZipFile) -> Iterator[Text]:
    notes = [note for note in (file.comment, *(i.comment for i in file.infolist())) if note]
    if notes:
        yield Text(_encoding.decode(b"\n".join(notes)).text, "comment")


def _salvaged(content: Content, limits: Limits) -> Iterator[Content | Gap]:
    for number, (name, data) in enumerate(_zip.salvage(content.data, limits)):
        if number >= limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        yield Content(name, data, path=(name,))
