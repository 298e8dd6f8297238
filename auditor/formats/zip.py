"""Zip archives; also behind junk (self-extracting programs), and with a lost directory."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.formats import _encoding, _local, _long, _strings, _zip
from auditor.formats._look import NAMED, SNIFFED, Look
from auditor.model import Content, Gap, Limits, Reason, Text, Visibility

SUFFIXES = (".zip",)
MEDIA_TYPES = ("application/zip", "application/x-zip-compressed")
BEGINNING = True
LONG = True

_ONLY_ITS_END = NAMED + 1
_PROGRAM = b"MZ"
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK")


_END = b"PK\x05\x06"
_TAIL = (1 << 16) + 22
"""Bytes at the end among which the record stands that ends the directory."""
_PART = Gap(Reason.UNSUPPORTED_FORMAT, detail="one part of a split archive")
_NUMBERED = re.compile(r"\.(?:z[0-9]{2}|[0-9]{3})", re.IGNORECASE)
"""How parts are called but for the last one, or all of them."""


def claims(look: Look) -> int:
    """By signature; weakly when only the end says so."""
    if look.head.startswith(_SIGNATURES):
        return SNIFFED
    if look.cut or not zipfile.is_zipfile(look.file()):
        return 0
    return _ONLY_ITS_END


def parts(content: Content, limits: Limits) -> Iterator[Text | Content | Gap]:
    """Its comments, then every member as content of its own."""
    if content.truncated and not content.source:
        yield from _salvaged(content, limits)
        return
    if (split := _split(content)) is not None:
        yield _PART
        yield from (replace(_PART, part=name) for name in split[: limits.members])
        yield from _salvaged(content, limits)
        return
    try:
        archive = _zip.Archive(content.data, limits, content.source)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        yield Gap(Reason.MALFORMED, detail="zip")
        yield from _salvaged(content, limits)
        return
    entries = _entries(archive.file)
    yield from _comments(archive.file)
    yield from _before(content, limits, _zip.stretches(archive.file))
    for number, info in enumerate(entries):
        if number >= limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        yield from _member(archive, info)
        if archive.left < 0:
            return
    if archive.is_in_place and not content.source:
        left = replace(limits, expanded_bytes=archive.left, members=limits.members - len(entries))
        yield from _salvaged(content, left, _zip.stretches(archive.file))


def _split(content: Content) -> list[str] | None:
    """Of one part of a split archive, the names it lists of what lies in other parts; else None."""
    data = _long.view(content)[-_TAIL:] if content.source else content.data
    end = data.rfind(_END, max(0, len(data) - _TAIL))
    if end < 0:
        named = _NUMBERED.fullmatch(content.name[-4:])
        return [] if data.startswith(_SIGNATURES[2]) or named else None
    number, _ = struct.unpack_from("<HH", data.ljust(end + 8, b"\0"), end + 4)
    if number in (0, 0xFFFF):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return [_zip.name_of(one) for one in file.infolist() if one.volume != number]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        return []


def _entries(file: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Files, and folders that no file lies in: they have but a name."""
    listed = file.infolist()
    filled = {info.filename.rpartition("/")[0] for info in listed if info.filename[-1:] != "/"}
    return [info for info in listed if info.filename.rstrip("/") not in filled]


def _member(archive: _zip.Archive, info: zipfile.ZipInfo) -> Iterator[Content | Gap]:
    name = _zip.name_of(info)
    data, more, gap = archive.read(info, archive.limits.bytes)
    if data or not gap:
        total = info.file_size if more else None
        yield Content(name, data, path=(name,), truncated=more, total=total)
    if gap:
        yield replace(gap, part=name)


def _before(
    content: Content, limits: Limits, listed: Sequence[tuple[int, int]]
) -> Iterator[Text | Gap]:
    """What stands before the archive: its writing, and a gap where it is no program."""
    start = listed[0][0] if listed else 0
    if start and not content.data.startswith(_SIGNATURES):
        before = _encoding.decode(content.data[:start])
        if before.sure and "\0" not in before.text:
            yield Text(before.text, "before the archive")
            return
        yield from _strings.parts(replace(content, data=content.data[:start]), limits)
        if not content.data.startswith(_PROGRAM):
            yield Gap(Reason.UNSUPPORTED_FORMAT, detail="data before an archive")


def _comments(file: zipfile.ZipFile) -> Iterator[Text]:
    notes = [note for note in (file.comment, *(i.comment for i in file.infolist())) if note]
    if notes:
        yield Text(_encoding.decode(b"\n".join(notes)).text, "comment")
    fields = _strings.numeric(b"\0\0".join(filter(None, (i.extra for i in file.infolist()))))
    if fields:
        yield Text("\n".join(fields), "fields of members", visibility=Visibility.METADATA)


def _salvaged(
    content: Content, limits: Limits, listed: Sequence[tuple[int, int]] = ()
) -> Iterator[Content | Gap]:
    """What the members' own headers tell of, but for what the directory lists."""
    for number, found in enumerate(_local.salvage(content.data, limits, listed)):
        if number >= limits.members:
            yield Gap(Reason.TOO_MANY_MEMBERS)
            return
        if isinstance(found, Gap):
            yield found
        else:
            name, data = found
            yield Content(name, data, path=(name,), truncated=len(data) >= limits.bytes)
